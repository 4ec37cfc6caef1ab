"""Moving about: sentences, search, places, readings over words, the other script, selection and copying."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from studytui.session.workspace import Workspace
from studytui.study.coverage import words_to
from studytui.text.sentence import sentence_spans
from studytui.tui.app import StudytuiApp
from studytui.tui.screens.reader.reader import ReaderScreen
from studytui.tui.widgets.entry_panel import EntryPanel
from studytui.tui.widgets.key_bar import KeyBar
from studytui.tui.widgets.prompt import Prompt
from studytui.tui.widgets.row_list import RowList
from studytui.tui.widgets.text.text_view import Place
from tests.tui.conftest import MakeApp
from tests.tui.test_reader import reading, rows


async def typed(pilot: Pilot[None], key: str, text: str) -> None:
    await pilot.press(key)
    await pilot.press(*text)
    await pilot.press("enter")
    await pilot.pause()


def said(app: StudytuiApp) -> list[str]:
    told = [bar.told for bar in app.screen.query(KeyBar) if bar.told]
    return [*told, *(notification.message for notification in app._notifications)]


def here(screen: ReaderScreen, length: int) -> str:
    place = screen.view.place
    return screen.document.paragraphs[place.paragraph].text[place.offset : place.offset + length]


async def test_sentences_one_after_the_other_and_back(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace, "two-teas") as (_, pilot, screen):
        starts: list[Place] = []
        for paragraph, content in enumerate(screen.document.paragraphs):
            for start, end in sentence_spans(content.text):
                stops = [
                    w.token.start for w in screen.view.page.stops(paragraph) if start <= w.token.start < end
                ]
                starts += [Place(paragraph, stops[0])] if stops else []
        screen.view.go_to(starts[0])
        for place in starts[1:12]:
            await pilot.press(")")
            assert screen.view.place == place
        await pilot.press("l", "(")
        assert screen.view.place == starts[11]
        await pilot.press("(")
        assert screen.view.place == starts[10]


async def test_search_by_characters_goes_round(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace) as (app, pilot, screen):
        text = "\n".join(paragraph.text for paragraph in screen.document.paragraphs)
        count = text.count("敲门")
        assert count > 1
        await typed(pilot, "/", "敲门")
        first = screen.view.place
        assert here(screen, 2) == "敲门"
        assert screen.view.found is not None
        for _ in range(count - 1):
            await pilot.press(";")
            assert here(screen, 2) == "敲门"
            assert screen.view.place != first
        await pilot.press(";")
        assert screen.view.place == first
        await pilot.press(",", ";")
        assert screen.view.place == first
        await pilot.press("escape")
        assert screen.view.found is None
        assert app.screen is screen


async def test_search_by_pinyin_and_what_is_not_there(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace) as (app, pilot, screen):
        await typed(pilot, "/", "tushuguan")
        assert here(screen, 3) == "图书馆"
        before = screen.view.place
        await typed(pilot, "/", "feijichang")
        assert screen.view.place == before
        assert "feijichang is not in this text." in said(app)
        await pilot.press("/", "a", "escape")
        assert not screen.query_one(Prompt).display
        assert screen.focused is screen.view


@pytest.mark.parametrize(("where", "paragraph"), [("1", 0), ("3", 2), ("0%", 0), ("100%", -1)])
async def test_going_to_a_place(make_app: MakeApp, workspace: Workspace, where: str, paragraph: int) -> None:
    async with reading(make_app, workspace) as (_, pilot, screen):
        await pilot.press("space", "l")
        await typed(pilot, ":", where)
        assert screen.view.place.paragraph == range(len(screen.document.paragraphs))[paragraph]


async def test_the_contents_lead_to_a_heading(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace) as (app, pilot, screen):
        headings = [i for i, each in enumerate(screen.document.paragraphs) if each.kind == "heading"]
        assert len(headings) > 2
        await pilot.press("H", "j", "enter")
        assert app.screen is screen
        assert screen.view.place.paragraph == headings[1]
        await pilot.press("H")
        rows = app.screen.query_one("#headings", RowList)
        assert rows.option_count == len(headings)
        assert rows.highlighted == 1
        await pilot.press("escape")
        assert screen.view.place.paragraph == headings[1]


async def test_a_text_without_headings_says_so(
    make_app: MakeApp, workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("　　他来了。[b]她也来了。\n", encoding="utf-8")
    async with reading(make_app, workspace, str(file)) as (app, pilot, screen):
        await pilot.press("H")
        assert app.screen is screen
        assert said(app)[0].startswith("This text has no headings")


async def test_other_places_of_a_word_are_shown_in_their_words(
    make_app: MakeApp, workspace: Workspace
) -> None:
    async with reading(make_app, workspace, size=(120, 40)) as (_, _, screen):
        word = next(
            word
            for words in screen.view.words
            for word in words or ()
            if word.token.kind == "word" and 2 <= screen._tally.headwords[word.headword] <= 4
        )
        places = [
            Place(index, other.token.start)
            for index, words in enumerate(screen.view.words)
            for other in words or ()
            if other.headword == word.headword
        ]
        screen.view.go_to(places[-1])
        screen.show_entry()
        subject = screen.query_one(EntryPanel).subject
        assert subject is not None
        assert subject.word.headword == word.headword
        assert all(shown == word.text for _, shown, _ in subject.places)
        paragraphs = {place.paragraph for place in places[:-1]} - {places[-1].paragraph}
        texts = [screen.document.paragraphs[index].text for index in paragraphs]
        for before, shown, after in subject.places:
            assert any(f"{before.strip('…')}{shown}{after.strip('…')}" in text for text in texts)
        assert len(subject.places) >= len(paragraphs)
        assert "· " in screen.query_one(EntryPanel).text


async def test_going_half_way_and_nowhere(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace) as (app, pilot, screen):
        await typed(pilot, ":", "50%")
        place = screen.view.place
        lengths = [len(paragraph.text) for paragraph in screen.document.paragraphs]
        share = (sum(lengths[: place.paragraph]) + place.offset) / sum(lengths)
        assert share == pytest.approx(0.5, abs=0.01)
        for wrong in ("x", "101%", "0", "9999", "-1"):
            await typed(pilot, ":", wrong)
            assert screen.view.place == place
        assert any("as 40% or as a paragraph" in message for message in said(app))


@pytest.mark.parametrize("size", [(80, 24), (40, 20), (200, 50)])
async def test_readings_stand_over_their_words_and_lose_nothing(
    make_app: MakeApp, workspace: Workspace, size: tuple[int, int]
) -> None:
    async with reading(make_app, workspace, "two-teas", size) as (_, pilot, screen):
        view = screen.view
        plain = "".join("".join(rows(view)).split())
        await pilot.press("v", "v")
        drawn = rows(view)
        width = view.scrollable_content_region.width
        shown = 0
        for y, row in enumerate(view.rows):
            assert view.render_line(y).cell_length == width
            if row is None or row.base or y + 1 == len(drawn):
                continue
            below = view.rows[y + 1]
            assert below is not None
            assert below.base
            line = view.page.line(row)
            words = [
                word
                for word in view.words[row.paragraph] or ()
                if line.start <= word.token.start < line.end and screen._reading_over(word)
            ]
            readings = drawn[y].split()
            expected = [piece for word in words for piece in screen._reading_over(word).split()]
            assert readings == expected
            shown += len(readings)
        assert shown > 10
        texts = "".join(
            "".join(drawn[y].split())
            for y, row in enumerate(view.rows)
            if row is not None and row.base and row.line >= 0
        )
        assert plain.startswith(texts)
        await pilot.press("v")
        assert "".join("".join(rows(view)).split()) == plain


async def test_readings_have_room_where_letters_with_marks_are_wide(
    make_app: MakeApp, workspace: Workspace
) -> None:
    async with reading(make_app, workspace, "two-teas") as (_, pilot, screen):
        await pilot.press("v", "v")
        screen.view.set_wide(True)
        view = screen.view
        drawn = rows(view)
        for y, row in enumerate(view.rows):
            if row is None or row.base or y + 1 == len(drawn):
                continue
            for column, text in view.page.readings(row):
                assert drawn[y][column:].startswith(view.page.roomy(text))
                assert len(view.page.roomy(text)) > len(text) or text.isascii()


async def test_readings_over_new_words_go_when_a_word_is_known(
    make_app: MakeApp, workspace: Workspace
) -> None:
    async with reading(make_app, workspace, "two-teas") as (_, pilot, screen):
        await pilot.press("v", "n")
        word = screen.view.word
        assert word is not None
        reading_of_it = screen._reading_over(word)
        assert reading_of_it in rows(screen.view)[0]
        await pilot.press("m")
        assert screen._reading_over(word) == ""


async def test_lines_and_clicks_with_readings(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace, "two-teas") as (_, pilot, screen):
        await pilot.press("v", "v", "j")
        below = screen.view.page.row_of(screen.view.place)
        assert below.line == 1 or below.paragraph == 1
        await pilot.press("k")
        assert screen.view.page.row_of(screen.view.place).line == 0
        await pilot.click("#text", offset=(14, 2))  # on the readings of the second line
        assert screen.view.page.row_of(screen.view.place) == below
        await pilot.press("G")
        assert screen.view.page.row_of(screen.view.place) in screen.view.rows


async def test_zhuyin_is_a_setting(make_app: MakeApp, workspace: Workspace) -> None:
    workspace.collection.config = replace(workspace.collection.config, phonetics="zhuyin", pinyin="all")
    async with reading(make_app, workspace, "two-teas") as (_, _, screen):
        assert any("ㄅ" <= character <= "ㄩ" for character in rows(screen.view)[0])
        assert any("ㄅ" <= character <= "ㄩ" for character in screen.query_one(EntryPanel).text)


async def test_the_other_script_and_back(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace) as (_, pilot, screen):
        await typed(pilot, "/", "图书馆")
        place, before = screen.view.place, rows(screen.view)
        await pilot.press("s")
        assert "圖書館" in "".join(rows(screen.view))
        assert screen.view.place == place
        await pilot.press("s")
        assert rows(screen.view) == before


async def test_a_selection_over_lines_is_copied(
    make_app: MakeApp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")
    async with reading(make_app, workspace, "two-teas") as (app, pilot, screen):
        written: list[str] = []
        assert app._driver is not None
        monkeypatch.setattr(app._driver, "write", written.append)
        text = "\n".join(paragraph.text for paragraph in screen.document.paragraphs)
        await pilot.press("x", "j", "l")
        chosen = screen.view.selected
        assert len(chosen) > 10
        assert text.startswith(chosen)
        await pilot.press("y")
        assert app.clipboard == chosen
        assert not screen.view.is_selecting
        wrapped = next(sequence for sequence in written if sequence.startswith("\x1bPtmux;"))
        assert wrapped.startswith("\x1bPtmux;\x1b\x1b]52;c;")
        assert b64decode(wrapped.split(";")[-1].partition("\a")[0]).decode() == chosen


async def test_without_a_selection_the_sentence_is_copied(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace, "two-teas") as (app, pilot, screen):
        await pilot.press(")", "y")
        spans = sentence_spans(screen.document.paragraphs[screen.view.place.paragraph].text)
        start, end = next(span for span in spans if span[0] <= screen.view.place.offset < span[1])
        assert (
            app.clipboard == screen.document.paragraphs[screen.view.place.paragraph].text[start:end].strip()
        )


async def test_the_mouse_selects(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace, "two-teas") as (_, pilot, screen):
        await pilot.mouse_down("#text", offset=(6, 0))
        await pilot.hover("#text", offset=(30, 1))
        await pilot.mouse_up("#text", offset=(30, 1))
        assert len(screen.view.selected) > 10
        await pilot.press("escape")
        assert screen.view.selected == ""


async def test_a_long_entry_scrolls(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace) as (_, pilot, screen):
        await typed(pilot, "/", "图书馆")
        panel = screen.query_one(EntryPanel)
        height = panel.scrollable_content_region.height
        assert len(panel.text.splitlines()) > height
        shown = str(panel.render())
        assert shown.rstrip().endswith("↓")
        await pilot.press(*["]"] * 20)
        assert panel.text.splitlines()[-1][:8] in str(panel.render())
        await pilot.press(*["["] * 20)
        assert str(panel.render()) == shown


async def test_a_terminal_that_draws_quotation_marks_wide_gets_room_for_them(
    make_app: MakeApp, workspace: Workspace
) -> None:
    async with reading(make_app, workspace) as (_, _, screen):
        screen.view.set_wide(True)
        width = screen.view.scrollable_content_region.width
        quoted = 0
        for y in range(screen.view.scrollable_content_region.height):
            strip = screen.view.render_line(y)
            assert strip.cell_length == width
            for mark in ("“", "”"):
                quoted += strip.text.count(mark)
                assert strip.text.count(mark) == strip.text.count(mark + " ")
        assert quoted > 0


async def test_while_a_key_is_held_the_entry_waits(
    make_app: MakeApp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(make_app, workspace, "two-teas") as (_, pilot, screen):
        monkeypatch.setattr(ReaderScreen, "REST", 3600.0)
        panel = screen.query_one(EntryPanel)
        await pilot.press("l")
        before = panel.subject
        await pilot.press("l", "l", "l")
        assert panel.subject == before
        assert screen._rest is not None
        screen.show_entry()
        assert panel.subject is not None
        assert panel.subject.word == screen.view.word
        assert screen._rest is None


async def test_the_header_says_what_it_takes(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace, "two-teas", (120, 40)) as (_, _, screen):
        header = screen.query_one("#reader-header", Static)
        missing = words_to(0.95, screen._tally.headwords, workspace.collection.status)
        assert f"{missing} words to 95 %" in str(header.render())
        commonest = screen._tally.headwords.most_common(1)[0][0]
        workspace.collection.mark(commonest, "known")
        screen.changed()
        assert f"{missing - 1} words to 95 %" in str(header.render())


async def test_the_word_is_in_sight_when_readings_come_over_the_words_before_it(
    make_app: MakeApp, workspace: Workspace
) -> None:
    workspace.collection.config = replace(workspace.collection.config, pinyin="all")
    document = workspace.open("newspaper")
    workspace.collection.library.remember(document)
    workspace.collection.library.set_place(document.id, 6, 40)
    async with reading(make_app, workspace, "newspaper") as (_, _, screen):
        assert screen.view.place.paragraph == 6
        assert screen.view.page.row_of(screen.view.place) in screen.view.rows


async def test_a_jump_is_no_progress_until_one_reads_on(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace, "two-teas") as (_, pilot, screen):
        collection, document = workspace.collection, screen.document
        screen.view.go_to(Place(1, 0))

        def kept() -> int:
            screen.keep_place()
            place = collection.library.place(document.id)
            assert place is not None
            return place.paragraph

        last = len(document.paragraphs) - 1
        far = next(each for each in screen.phrases if each.occurrences[0][0] > 2)
        for jump in (["G"], ["/", *document.paragraphs[last].text[:3], "enter"], ["g"]):
            await pilot.press(*jump)
            await pilot.pause()
            assert screen.view.place.paragraph in (0, last)
            assert kept() == 1
        screen._phrase_chosen(far)
        assert "' goes back to where you read" in screen.query_one(KeyBar).told
        assert kept() == 1
        await pilot.press("'")
        assert screen.view.place.paragraph == 1
        screen._phrase_chosen(far)
        await pilot.press("}")  # reads on from there
        assert kept() == screen.view.place.paragraph == far.occurrences[0][0] + 1


async def test_a_word_is_read_aloud_by_a_program_of_the_machine(
    make_app: MakeApp, workspace: Workspace, tmp_path: Path
) -> None:
    heard = tmp_path / "heard"
    program = tmp_path / "my speech"
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" >> {heard}\n', encoding="utf-8")
    program.chmod(0o755)
    workspace.collection.change_settings({"speech": f"'{program}' -v cmn"})
    async with reading(make_app, workspace, "two-teas") as (_, pilot, screen):
        word = screen.view.word
        assert word is not None
        await pilot.press("V")
        while not heard.exists() or not heard.read_text(encoding="utf-8").endswith(f"{word.text}|"):
            await pilot.pause()
        assert heard.read_text(encoding="utf-8") == f"-v|cmn|{word.text}|"
        for wrong, told in (("nobody-speaks-so", "cannot be started"), ("'", "cannot be started")):
            workspace.collection.change_settings({"speech": wrong})
            await pilot.press("V")
            told_there = screen.query_one(KeyBar).told or screen.app._notifications
            assert told in str(list(told_there)) or told in str(told_there)
