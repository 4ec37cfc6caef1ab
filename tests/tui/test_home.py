"""The home screen and what it opens."""

from __future__ import annotations

from textual.widgets import Static

from studytui.session.workspace import Workspace
from studytui.text.source.source import bundled
from studytui.tui.screens.home import HomeScreen
from studytui.tui.screens.question_screen import QuizScreen
from studytui.tui.screens.reader.reader import ReaderScreen
from studytui.tui.screens.statistics_screen import StatsScreen
from studytui.tui.widgets.key_bar import KeyBar
from studytui.tui.widgets.row_list import RowList
from tests.tui.conftest import MakeApp


def listed(screen: HomeScreen) -> list[str]:
    rows = screen.query_one("#home-list", RowList)
    return [str(rows.get_option_at_index(index).prompt) for index in range(rows.option_count)]


async def test_home_lists_every_bundled_text_with_its_level(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        rows = "\n".join(listed(app.screen))
        for deck in bundled():
            assert deck.title in rows
            assert deck.level in rows


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
    workspace.collection.remember_text(document)
    for note in workspace.notes_for(document, 3):
        workspace.collection.add_note(note)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        due = len(workspace.collection.queue())
        assert due > 0
        assert f"{due} due" in str(app.screen.query_one("#home-header", Static).render())
        assert any(f"{due} due" in row and document.title in row for row in listed(app.screen))
        await pilot.press("r")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, QuizScreen)
        assert app.screen.question is not None


async def test_statistics_help_and_quit(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("s")
        assert isinstance(app.screen, StatsScreen)
        await pilot.press("escape", "question_mark")
        keys = str(app.screen.query_one("#help-keys", Static).render())
        assert "Review what is due" in keys
        await pilot.press("escape")
        assert "Review" in str(app.screen.query_one(KeyBar).render())
        await pilot.press("q")
    assert app.return_code == 0


async def test_keys_can_be_rebound(make_app: MakeApp, workspace: Workspace) -> None:
    folder = workspace.collection.locations.config
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('[keys]\n"home.stats" = "z"\n', encoding="utf-8")
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
        workspace.collection.remember_text(document)
        workspace.collection.add_notes(workspace.notes_for(document, 2))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        row = app.screen.query_one(RowList).highlighted_option
        assert row is not None
        of_text = workspace.collection.due_counts()[workspace.open(str(row.id)).id].total
        assert 0 < of_text < workspace.collection.due_counts()[""].total
        await pilot.press("R")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, QuizScreen)
        assert f"{of_text} to go" in str(app.screen.query_one("#quiz-header", Static).render())
