"""The home screen and what it opens."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input, Static

from studytui.session.workspace import Workspace
from studytui.text.source.source import bundled
from studytui.tui.app import StudytuiApp
from studytui.tui.screens.home.add_text import AddTextScreen
from studytui.tui.screens.home.home_screen import HomeScreen
from studytui.tui.screens.quiz.question_screen import QuizScreen
from studytui.tui.screens.reader.reader import ReaderScreen
from studytui.tui.screens.statistics_screen import StatsScreen
from studytui.tui.widgets.key_bar import KeyBar
from studytui.tui.widgets.row_list import RowList
from studytui.tui.widgets.wrapped_text import WrappedText
from studytui.wording import hsk_name
from tests.tui.conftest import MakeApp


def listed(screen: HomeScreen) -> list[str]:
    rows = screen.query_one("#home-list", RowList)
    return [str(rows.get_option_at_index(index).prompt) for index in range(rows.option_count)]


def notified(app: StudytuiApp) -> list[str]:
    told = app.screen.query_one(KeyBar).told
    return [told] if told else [notice.message for notice in app._notifications]


async def test_home_lists_every_bundled_text_with_its_level(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        rows = "\n".join(listed(app.screen))
        for deck in bundled():
            assert deck.title in rows
            assert hsk_name(deck.level) in rows


async def test_enter_opens_the_text_and_escape_comes_back(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("j", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, ReaderScreen)
        assert app.screen.document.title == bundled()[1].title
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


async def test_due_cards_are_counted_and_reviewed(make_app: MakeApp, workspace: Workspace) -> None:
    document = workspace.open("two-teas")
    workspace.collection.library.remember(document)
    for note in workspace.notes_for(document, 3):
        workspace.collection.add_note(note)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        due = len(workspace.collection.queue())
        assert due > 0
        assert f"{due} due" in str(app.screen.query_one("#home-today", Static).render())
        assert any(row.endswith(f" {due}") and document.title in row for row in listed(app.screen))
        await pilot.press("r")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, QuizScreen)
        assert app.screen.question is not None


async def test_statistics_help_and_quit(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("S")
        assert isinstance(app.screen, StatsScreen)
        await pilot.press("escape", "question_mark")
        keys = str(app.screen.query_one("#help-keys", Static).render())
        assert "Review what is due" in keys
        await pilot.press("escape")
        assert "Open" in str(app.screen.query_one(KeyBar).render())
        await pilot.press("q")
    assert app.return_code == 0


async def test_keys_can_be_rebound(make_app: MakeApp, workspace: Workspace) -> None:
    folder = workspace.collection.locations.config
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('[keys]\n"app.stats" = "z"\n', encoding="utf-8")
    import os

    from studytui.store.collection import Collection
    from studytui.store.locations import Locations
    from studytui.tui.app import StudytuiApp

    with Collection.open(Locations.find(os.environ)) as collection:
        app = StudytuiApp(Workspace(collection))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await pilot.press("z")
            assert isinstance(app.screen, StatsScreen)


async def test_one_text_s_due_cards_are_reviewed_alone(make_app: MakeApp, workspace: Workspace) -> None:
    for name in ("two-teas", "broken-chair"):
        document = workspace.open(name)
        workspace.collection.library.remember(document)
        workspace.collection.add_notes(workspace.notes_for(document, 2))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        rows = app.screen.query_one(RowList)
        rows.highlighted = rows.get_option_index("two-teas")
        row = rows.highlighted_option
        assert row is not None
        of_text = workspace.collection.due_counts()[workspace.open(str(row.id)).id].total
        assert 0 < of_text < workspace.collection.due_counts()[""].total
        await pilot.press("R")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, QuizScreen)
        assert f"{of_text} new · 0 done" in str(app.screen.query_one("#quiz-header", Static).render())


async def test_two_texts_of_one_name_are_both_listed_told_apart_and_opened(
    make_app: MakeApp, workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "日记.txt"
    written = ["今天下雨，我没有出门，在家看书。", "昨天我们去爬山，山上的风很大。", "明天要考试，我很紧张。"]
    documents = []
    for text in written:  # a path that is read, changed, and read again
        file.write_text(text, encoding="utf-8")
        documents.append(workspace.open(str(file)))
        workspace.collection.library.remember(documents[-1])
    for text in ("妈妈做的饭很好吃，我吃了很多。", "爸爸开车送我去学校，路上很堵。"):  # two pipes
        piped = replace(workspace.open("-", BytesIO(text.encode())), title="日记")
        documents.append(piped)
        workspace.collection.library.remember(piped)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        rows = [row for row in listed(app.screen) if row.startswith("日记")]  # type: ignore[arg-type]
        assert len(set(rows)) == len(documents)
        options = app.screen.query_one("#home-list", RowList)
        for document in documents:
            options.highlighted = options.get_option_index(document.id)
            await pilot.press("enter")
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert isinstance(app.screen, ReaderScreen)
            assert app.screen.document.id == document.id
            assert app.screen.document.paragraphs[0].text == document.paragraphs[0].text
            await pilot.press("escape")
            await pilot.pause()
            options = app.screen.query_one("#home-list", RowList)


async def test_a_deck_is_opened_from_home_whatever_a_file_beside_it_is_called(
    make_app: MakeApp, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / bundled()[0].name).write_text("这不是那篇课文，是我自己写的。", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    workspace.collection.library.remember(workspace.open(bundled()[0].name))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        options = app.screen.query_one("#home-list", RowList)
        options.highlighted = options.get_option_index(bundled()[0].name)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, ReaderScreen)
        assert app.screen.document.title == bundled()[0].title
        assert app.screen.document.name == bundled()[0].name


async def test_a_long_text_whose_file_has_changed_opens_as_it_was_read(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "long.txt"
    file.write_text(
        "".join(f"　　第{n}天，他们又去了那座山，山上的风很大。\n" for n in range(4000)), encoding="utf-8"
    )
    read = workspace.open(str(file))
    workspace.collection.library.remember(read)
    file.write_text(
        "".join(f"　　第{n}天，他们又去了那条河，河里的水很冷。\n" for n in range(4000)), encoding="utf-8"
    )
    opening = workspace.open_again(workspace.collection.library.texts()[0])
    assert opening.whole is not None
    whole = opening.whole()
    assert whole.document.id == read.id
    assert whole.said is not None


async def test_a_text_is_pasted_looked_at_kept_renamed_put_away_and_deleted(
    make_app: MakeApp, workspace: Workspace
) -> None:
    wrapped = "　　今天下雨，我没有出门，\n在家看书。我觉得这本书\n很好看。\n" * 6
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        home = app.screen
        assert isinstance(home, HomeScreen)
        home.query_one(RowList).post_message(events.Paste(wrapped))
        await pilot.pause()
        assert isinstance(app.screen, AddTextScreen)
        await app.workers.wait_for_complete()
        await pilot.pause()
        said = app.screen.query_one("#add-said", WrappedText)
        assert "12 of 18 lines joined" in said.text
        assert "About HSK 1; you know 0 % of its words" in said.text
        await pilot.press("W")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "of 18 lines." in said.text
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        (name,) = (record.id for record in workspace.collection.library.texts())
        assert workspace.collection.library.lines_of(name) == "keep"
        await app.workers.wait_for_complete()
        await pilot.pause()
        row = next(row for row in listed(home) if row.startswith("今天"))
        assert "~HSK 1" in row
        assert " 0 %" in row

        await pilot.press("E", *["backspace"] * 20, *"Rain", "enter")
        await pilot.pause()
        assert any(row.startswith("Rain") for row in listed(home))
        await pilot.press("-")
        assert not any(row.startswith("Rain") for row in listed(home))
        await pilot.press("slash")
        await pilot.pause()
        bar = home.query_one(KeyBar)
        assert str(bar.render()).split() == ["Enter", "To", "the", "list", "Esc", "All", "texts"]
        await pilot.press(*"qqq")
        assert listed(home) == ["No text matches that; Esc shows all texts."]
        await pilot.press(*["backspace"] * 3, *"archive", "enter")
        assert [row.split()[0] for row in listed(home)] == ["Archive", "Rain"]
        await pilot.press("D")
        assert workspace.collection.library.texts() == ()
        assert "out of the library; its notes and its file stay" in bar.told
        await pilot.press("u", "u")
        await pilot.press("escape")
        assert any(row.startswith("Rain") for row in listed(home))
        home.query_one(RowList).highlighted = home.query_one(RowList).option_count - 1
        await pilot.press("D", "E")  # what comes with the program stays as it is
        assert app.screen is home
        assert any(bundled()[-1].title in row for row in listed(home))


async def test_a_folder_is_added_and_what_cannot_be_added_is_said(
    make_app: MakeApp, workspace: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "书"
    folder.mkdir()
    (folder / "雨.txt").write_text("今天下雨，我没有出门，在家看书。", encoding="utf-8")
    (folder / "山.txt").write_text("昨天我们去爬山，山上的风很大。", encoding="utf-8")
    (folder / "x.txt").write_text("none of it", encoding="utf-8")
    app = make_app()
    async with app.run_test(size=(45, 20)) as pilot:
        await pilot.pause()
        for path, told in ((tmp_path / "nowhere", "nowhere"), (folder, "2 texts to add")):
            await pilot.press("+")
            await pilot.pause()
            assert isinstance(app.screen, AddTextScreen)
            app.screen.query_one("#add-path", Input).value += str(path)  # behind the folder that is proposed
            await pilot.press("enter")
            await app.workers.wait_for_complete()
            await pilot.pause()
            if path is folder:
                assert told in app.screen.query_one("#add-said", WrappedText).text
                assert "x.txt" in app.screen.query_one("#add-passage", WrappedText).text
                await pilot.press("enter")
            else:
                assert not app.screen.has_class("-looked")
                assert notified(app) == [f"There is no file or folder {path}."]
                await pilot.press("escape")
            await pilot.pause()
        assert {record.title for record in workspace.collection.library.texts()} == {"雨", "山"}
        while app.screen.query_one(RowList).highlighted != 1:
            await pilot.press("k")
        await pilot.press("o", "o", "o", "o", "o", "o", "o")
        assert any(row.startswith("书  2") for row in listed(app.screen))  # type: ignore[arg-type]


async def test_reading_goes_on_where_it_stopped(make_app: MakeApp, workspace: Workspace) -> None:
    document = workspace.open("two-teas")
    workspace.collection.library.remember(document)
    workspace.collection.library.set_place(document.id, 2, 0)
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        shown = str(app.screen.query_one("#home-next", Static).render())
        assert document.title in shown
        assert document.paragraphs[2].text[:12] in shown
        home = app.screen
        assert isinstance(home, HomeScreen)
        rows = home.query_one(RowList)
        await pilot.press("j", "j", "j")
        cursor, top = rows.highlighted_option, rows.scroll_offset
        figures = {key: replace(found, new=found.new + 1) for key, found in home.figures.items()}
        home.post_message(HomeScreen.Counted(figures, done=True))
        await pilot.pause()
        # What arrives changes rows where they stand: nothing moves under the learner's eyes.
        assert rows.highlighted_option is cursor
        assert rows.scroll_offset == top
        assert cursor is not None
        assert f" {figures[str(cursor.id)].new}" in str(cursor.prompt)
        await pilot.press("C")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, ReaderScreen)
        assert app.screen.document.id == document.id
        assert app.screen.view.place.paragraph == 2
