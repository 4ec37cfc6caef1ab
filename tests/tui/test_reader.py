"""The reader, key by key, on a bundled text."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from weakref import ReferenceType, ref

import pytest
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Static
from textual.worker import Worker

from studytui.session.workspace import Workspace
from studytui.text.token import AnnotatedDocument
from studytui.tui.app import Start, StudytuiApp
from studytui.tui.screens.phrase_list import PhrasesScreen
from studytui.tui.screens.quiz.question_screen import QuizScreen
from studytui.tui.screens.reader.reader import ReaderScreen
from studytui.tui.widgets.entry_panel import EntryPanel
from studytui.tui.widgets.text.text_view import Place, TextView
from tests.text.faults import PARAGRAPHS, wrapped
from tests.tui.conftest import MakeApp


async def all_found(screen: ReaderScreen, pilot: Pilot[None]) -> None:
    """Waits for the words, which ask for the phrases, and for the phrases."""
    while screen.annotated is None:
        await screen.workers.wait_for_complete()
        await pilot.pause()


@asynccontextmanager
async def reading(
    make_app: MakeApp, workspace: Workspace, name: str = "newspaper", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[StudytuiApp, Pilot[None], ReaderScreen]]:
    app = make_app(Start("read", workspace.begin(name)))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ReaderScreen)
        await all_found(screen, pilot)
        yield app, pilot, screen


def entry(screen: ReaderScreen) -> str:
    return screen.query_one("#entry", EntryPanel).text


def rows(view: TextView) -> list[str]:
    return [view.render_line(y).text for y in range(view.scrollable_content_region.height)]


async def test_the_text_stands_in_whole_characters_at_both_sizes(
    make_app: MakeApp, workspace: Workspace
) -> None:
    for size in ((80, 24), (120, 40), (40, 20)):
        async with reading(make_app, workspace, size=size) as (_, _, screen):
            for y in range(screen.view.scrollable_content_region.height):
                strip = screen.view.render_line(y)
                assert strip.cell_length == screen.view.scrollable_content_region.width


async def test_the_first_frame_has_the_text_before_its_words_are_known(
    make_app: MakeApp, workspace: Workspace
) -> None:
    opening = workspace.begin("two-teas")
    document = opening.document
    app = make_app(Start("read", opening))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, ReaderScreen)
        assert document.paragraphs[0].text[:3] in "".join(rows(app.screen.view))


async def test_before_the_words_are_known_the_cursor_moves_by_characters(
    make_app: MakeApp, workspace: Workspace
) -> None:
    async with reading(make_app, workspace, "two-teas") as (_, pilot, screen):
        view = screen.view
        view.show(screen.document.paragraphs)  # as when the text has just come
        await pilot.press("l", "l")
        assert view.place == Place(0, 2)
        await pilot.press("h")
        assert view.place == Place(0, 1)
        await pilot.press("h", "h")
        assert view.place == Place(0, 0)


async def test_words_are_moved_over_and_their_entry_follows(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace, "two-teas") as (_, pilot, screen):
        view = screen.view
        first = view.word
        assert first is not None
        await pilot.press("l")
        second = view.word
        assert second is not None
        assert view.place > Place(0, 0)
        assert second.text in entry(screen)
        await pilot.press("h")
        assert view.word == first
        assert first.text in entry(screen)
        await pilot.press("right", "left")
        assert view.word == first


async def test_the_cursor_crosses_every_word_and_comes_back(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace, "two-teas") as (_, _, screen):
        view = screen.view
        stops = [
            Place(paragraph, word.token.start)
            for paragraph, words in enumerate(view.words)
            for word in words or ()
            if word.token.kind != "punctuation"
        ]
        view.go_to(stops[0])
        seen = [view.place]
        while view.move_to_word(True):
            seen.append(view.place)
        assert seen == stops
        while view.move_to_word(False):
            seen.pop()
            assert view.place == seen[-1]
        assert len(seen) == 1


async def test_lines_pages_paragraphs_and_edges(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace) as (_, pilot, screen):
        view = screen.view
        await pilot.press("j")
        below = view.place
        assert below > Place(0, 0)
        await pilot.press("k")
        assert view.place < below
        await pilot.press("space")
        page = view.place
        assert page > below
        await pilot.press("b")
        assert view.place < page
        await pilot.press("}")
        assert view.place.paragraph == 1
        await pilot.press("{")
        assert view.place.paragraph == 0
        await pilot.press("G")
        assert view.place.paragraph == len(view.paragraphs) - 1
        last_rows = "".join(rows(view))
        assert view.paragraphs[-1].text[-3:] in last_rows.replace(" ", "")
        await pilot.press("g")
        assert view.place == Place(0, 0)


async def test_paging_reaches_the_end_and_shows_every_character(
    make_app: MakeApp, workspace: Workspace
) -> None:
    async with reading(make_app, workspace) as (_, pilot, screen):
        view = screen.view
        shown = "".join(rows(view))
        for _ in range(40):
            await pilot.press("space")
            shown += "".join(rows(view))
        for paragraph in view.paragraphs:
            for start in range(0, len(paragraph.text) - 4, 30):
                piece = paragraph.text[start : start + 2]
                assert piece in shown or " " in piece or len(set(piece)) == 1 or piece[0] in shown
        assert view.place.paragraph == len(view.paragraphs) - 1


async def test_the_next_new_word_and_the_next_key_phrase(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace) as (_, pilot, screen):
        view = screen.view
        await pilot.press("p")
        assert screen.phrase_here() is not None
        assert "Key phrase" in entry(screen)
        at = view.place
        await pilot.press("p", "P")
        assert view.place == at
        await pilot.press("n")
        word = view.word
        assert word is not None
        assert workspace.collection.status(word.headword) == "new"


async def test_the_new_word_before(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace, "two-teas") as (_, pilot, screen):
        await pilot.press("n")
        first = screen.view.place
        await pilot.press("m", "n", "n", "n")
        assert screen.view.word is not None
        await pilot.press("N", "N")
        second = screen.view.place
        assert second > first
        await pilot.press("N")
        word = screen.view.word
        assert word is not None
        assert workspace.collection.status(word.headword) == "new"
        assert screen.view.place <= second
        assert screen.view.place != first


async def test_learn_known_ignore_back_and_undo(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace, "two-teas") as (_, pilot, screen):
        await pilot.press("n")
        word = screen.view.word
        assert word is not None
        status = workspace.collection.status
        for key, expected in (("m", "known"), ("i", "ignored"), ("backspace", "new")):
            await pilot.press(key)
            assert status(word.headword) == expected
            assert expected in entry(screen)
        await pilot.press("u")
        assert status(word.headword) == "ignored"
        await pilot.press("u", "u")
        assert status(word.headword) == "new"
        await pilot.press("a")
        learnt = screen.phrase_here()
        headword = learnt.headword if learnt else word.headword
        assert status(headword) == "learning"
        (note,) = workspace.collection.notes()
        assert note.headword == headword
        assert note.example is not None
        assert note.example.text[note.example.start : note.example.end] in (note.headword, note.traditional)
        await pilot.press("u")
        assert workspace.collection.notes() == ()


async def test_the_header_tells_the_coverage(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace, "two-teas") as (_, pilot, screen):
        header = str(screen.query_one("#reader-header", Static).render())
        assert "两杯茶" in header
        assert "new 100 %" in header
        await pilot.press("n", "m")
        assert "new 100 %" not in str(screen.query_one("#reader-header", Static).render())


async def test_the_place_is_kept(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace) as (_, pilot, screen):
        await pilot.press("space", "l", "l")
        place = screen.view.place
        await pilot.press("escape")
    async with reading(make_app, workspace) as (_, _, screen):
        assert screen.view.place == place


async def test_a_click_moves_the_cursor(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace, "two-teas") as (_, pilot, screen):
        await pilot.click("#text", offset=(12, 2))
        word = screen.view.word
        assert word is not None
        assert word.text in rows(screen.view)[2]


async def test_resizing_keeps_the_word_in_sight(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace) as (_, pilot, screen):
        await pilot.press("space", "space", "j")
        word = screen.view.word
        assert word is not None
        for size in ((40, 12), (200, 50), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert screen.view.word == word
            visible = "".join(row.strip() for row in rows(screen.view))
            assert word.text in visible


async def test_phrases_are_listed_learnt_and_jumped_to(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace) as (app, pilot, screen):
        await pilot.press("f")
        assert isinstance(app.screen, PhrasesScreen)
        await pilot.press("a")
        assert [note.headword for note in workspace.collection.notes()] == [screen.phrases[0].headword]
        await pilot.press("enter")
        assert app.screen_stack[-1] is screen
        paragraph, start, _ = screen.phrases[1].occurrences[0]
        here = screen.view.word
        assert here is not None
        assert screen.view.place.paragraph == paragraph
        assert here.token.start <= start < here.token.end


async def test_help_shows_this_place_s_keys(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace, "two-teas") as (app, pilot, screen):
        await pilot.press("?")
        keys = str(app.screen.query_one("#help-keys", Static).render())
        assert "Next key phrase" in keys
        assert "Mark the word as known" in keys
        await pilot.press("escape")
        assert app.screen is screen


async def test_the_quiz_starts_from_the_reader(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace) as (app, pilot, _):
        await pilot.press("t")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, QuizScreen)
        assert app.screen.question is not None


@pytest.mark.parametrize("markup", ["[red]我[/red]们", "[@click=app.quit]他[/]说", "<b>我</b>们\\[x]"])
async def test_markup_in_a_text_is_shown_as_it_stands(
    make_app: MakeApp, workspace: Workspace, tmp_path: Path, markup: str
) -> None:
    file = tmp_path / "text.txt"
    file.write_text(f"他看着{markup}，没有说话。我们都听见了。", encoding="utf-8")
    async with reading(make_app, workspace, str(file)) as (_, _, screen):
        assert markup in rows(screen.view)[0].replace("  ", "")


async def test_a_long_text_opens_at_its_beginning_and_goes_on_whole(
    make_app: MakeApp, workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "long.txt"
    sentences = "".join(f"　　第{number}天，他们又去了那座山，山上的风很大。\n" for number in range(4000))
    file.write_text(sentences, encoding="utf-8")
    opening = workspace.begin(str(file))
    assert opening.whole is not None
    app = make_app(Start("read", opening))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ReaderScreen)
        assert "第0天" in "".join(rows(screen.view))
        screen.view.go_to(Place(7, 3))
        while screen.annotated is None:  # the beginning, then the whole, then its words
            await pilot.pause(0.02)
        assert len(screen.document.paragraphs) == 4000
        assert screen.annotated is not None
        assert screen.view.place.paragraph == 7
        assert "".join(paragraph.text for paragraph in screen.document.paragraphs) == "".join(
            sentences.split()
        )


async def test_phrases_are_picked_ordered_and_the_rest_is_learnt(
    make_app: MakeApp, workspace: Workspace
) -> None:
    async with reading(make_app, workspace) as (app, pilot, _):
        await pilot.press("f")
        panel = app.screen
        assert isinstance(panel, PhrasesScreen)
        ranked = panel.ranked
        await pilot.press("x", "j", "x", "a")
        assert {note.headword for note in workspace.collection.notes()} == {
            ranked[0].headword,
            ranked[2].headword,
        }
        await pilot.press("u", "u")
        assert workspace.collection.notes() == ()
        at = panel._phrase()
        await pilot.press("o")
        assert [phrase.occurrences[0] for phrase in panel.phrases] == sorted(
            phrase.occurrences[0] for phrase in ranked
        )
        assert panel._phrase() == at
        await pilot.press("o")
        assert [phrase.count for phrase in panel.phrases] == sorted(
            (phrase.count for phrase in ranked), reverse=True
        )
        await pilot.press("o", "o")
        assert panel.phrases == ranked
        await pilot.press("A", "enter")
        assert len(workspace.collection.notes()) == len(ranked)


async def test_reasons_stand_in_a_column_where_there_is_room(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace, size=(160, 40)) as (app, pilot, _):
        await pilot.press("f")
        panel = app.screen
        assert isinstance(panel, PhrasesScreen)
        for phrase in panel.phrases:
            line = panel._line(phrase)
            assert phrase.reason[:20] in line.plain
            assert line.cell_length <= 156


async def test_the_palette_has_every_action_of_the_place(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace, "two-teas") as (app, _, screen):
        commands = {command.title: command for command in app.get_system_commands(screen)}
        own = [binding for _, binding, _, _ in screen.active_bindings.values() if binding.id is not None]
        assert len(own) > 30
        wanted = {binding.description for binding in own if binding.action != "suspend_process"}
        assert wanted <= set(commands)
        assert not any("uspend" in title for title in commands)  # chosen from a list, it would surprise
        before = screen.view.place
        await commands["Next word"].callback()
        assert screen.view.place > before
        shown = {binding.description for binding in own if binding.show}
        assert len(shown) == 5


async def test_readings_over_words_have_the_tones_of_speech_where_that_is_set(
    make_app: MakeApp, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "text.txt"
    file.write_text("老师说你好，不要忘记水果。", encoding="utf-8")
    for sandhi, expected in ((False, "shuǐguǒ"), (True, "shuíguǒ")):
        monkeypatch.setattr(
            workspace.collection, "config", replace(workspace.collection.config, sandhi=sandhi)
        )
        async with reading(make_app, workspace, str(file)) as (_, _, screen):
            word = next(word for word in screen.view.words[0] or () if word.text == "水果")
            screen.show_readings("all")
            assert screen._reading_over(word) == expected
            assert word.syllables == ("shui3", "guo3")


async def test_numerals_in_characters_have_readings_over_them(
    make_app: MakeApp, workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "text.txt"
    file.write_text("一个人在2016年来了三个城市。", encoding="utf-8")
    async with reading(make_app, workspace, str(file)) as (_, _, screen):
        screen.show_readings("all")
        over = {word.text: screen._reading_over(word) for word in screen.view.words[0] or ()}
        assert over["一"] == "yī"
        assert over["三"] == "sān"


async def test_the_background_work_is_not_named_after_the_whole_text(
    make_app: MakeApp, workspace: Workspace
) -> None:
    """Textual describes a worker by its arguments written out; of a novel that takes seconds."""
    named: set[str] = set()

    def heard(message: Message) -> None:
        if isinstance(message, Worker.StateChanged):
            named.add(message.worker.description)

    app = make_app(Start("read", workspace.begin("newspaper")))
    async with app.run_test(size=(80, 24), message_hook=heard) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, ReaderScreen)
        await all_found(app.screen, pilot)
    assert "phrases" in named
    assert max(map(len, named)) < 80


@pytest.mark.parametrize("where", ["phrases", "words"])
async def test_a_fault_in_the_background_is_said_and_the_text_goes_on(
    where: str, make_app: MakeApp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ValueError("something of ours")

    monkeypatch.setattr(workspace, "phrases" if where == "phrases" else "all_words", fails)
    app = make_app(Start("read", workspace.begin("two-teas")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ReaderScreen)
        while screen.failed is None:
            await pilot.pause(0.02)
        assert "fault" in screen.failed
        assert "something of ours" in screen.failed
        assert "finding" not in str(screen.query_one("#reader-header", Static).render())
        assert screen.still_finding == screen.failed  # what the keys for phrases and quiz say
        before = screen.view.place
        await pilot.press("l", "t", "f")
        assert screen.view.place != before
        assert app.screen is screen
    assert app.fault is None


def texts_in_memory() -> int:
    return sum(isinstance(each, AnnotatedDocument) for each in gc.get_objects())


async def test_a_closed_text_is_freed(make_app: MakeApp, workspace: Workspace) -> None:
    """Each novel that was opened and closed used to stay in memory for the rest of the session."""
    app = make_app()
    gc.collect()
    before = texts_in_memory()
    closed: list[ReferenceType[ReaderScreen]] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for _ in range(4):
            app.read(workspace.begin("two-teas"))
            await pilot.pause()
            assert isinstance(app.screen, ReaderScreen)
            await all_found(app.screen, pilot)
            # Its words are passed over by the collector, which would hold up keys to look through them.
            assert gc.get_freeze_count() > 0
            closed.append(ref(app.screen))
            await pilot.press("q")
        tries = 0
        while texts_in_memory() > before:
            tries += 1
            assert tries < 200, "closed texts are held"
            await pilot.pause(0.05)
        for each in closed:
            screen = each()
            assert screen is None or (screen.annotated is None and not screen.document.paragraphs)
    assert gc.get_freeze_count() == 0  # what is frozen is not seen, and never freed


async def test_w_keeps_the_lines_and_shows_it_at_once(
    make_app: MakeApp, workspace: Workspace, tmp_path: Path
) -> None:
    lines = wrapped(PARAGRAPHS[5], 40)
    path = tmp_path / "a.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    async with reading(make_app, workspace, str(path)) as (_, pilot, screen):
        await all_found(screen, pilot)
        assert len(screen.document.paragraphs) == 1
        await pilot.press("W")
        await pilot.pause()
        await all_found(screen, pilot)
        assert [paragraph.text for paragraph in screen.document.paragraphs] == lines
        assert workspace.collection.library.lines_of(screen.document.id) == "keep"
        assert len(screen.annotated.words if screen.annotated else ()) == len(lines)


async def test_without_colour_a_word_that_is_probably_known_differs_from_new_and_known(
    make_app: MakeApp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(make_app, workspace, "two-teas") as (_, _, screen):
        looks = {
            name: screen.view.get_component_rich_style(f"text-view--{name}", partial=True)
            for name in ("new", "probable", "known", "learning", "ignored")
        }
        forms = {(look.dim, look.underline, look.bold) for look in looks.values()}
        assert len(forms) == len(looks)
