"""A placement on the screen."""

from __future__ import annotations

from textual.widgets import Static

from studytui.session.placing import ENOUGH
from studytui.session.workspace import Workspace
from studytui.tui.screens.home.home_screen import HomeScreen
from studytui.tui.screens.known_words.level import LevelScreen
from studytui.tui.screens.known_words.placement_dialog import PlacementScreen
from tests.tui.conftest import MakeApp


async def test_a_placement_is_offered_asked_kept_and_taken_back(
    make_app: MakeApp, workspace: Workspace
) -> None:
    collection, lexicon = workspace.collection, workspace.lexicon
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("L", "8")
        await pilot.pause()
        asked = 0
        while isinstance(app.screen, PlacementScreen):
            word = str(app.screen.query_one("#placement-word", Static).render())
            if asked == 3:
                await pilot.press("backspace")
                again = str(app.screen.query_one("#placement-word", Static).render())
                assert again != word
                asked += 1
                continue
            await pilot.press("y" if (lexicon.level(word) or 9) <= 4 else "n")
            asked += 1
            await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
    assert 30 <= len(collection.state.placements) <= 40
    assert collection.status("经济") in ("known", "probable")
    assert collection.status("踌躇") == "new"
    collection.mark("踌躇", "known")
    assert collection.status("踌躇") == "known"
    collection.mark("踌躇", "new")
    assert collection.undo() is not None
    assert collection.undo() is not None
    assert collection.undo() == "Undone: the placement."
    assert not collection.state.placements
    assert collection.status("经济") == "new"


async def test_what_is_broken_off_early_is_not_kept(make_app: MakeApp, workspace: Workspace) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("L", "8", *["y"] * (ENOUGH - 1), "escape")
        await pilot.pause()
        assert not workspace.collection.state.placements
        await pilot.press("L", "8", *["n"] * ENOUGH, "escape")
        await pilot.pause()
        assert len(workspace.collection.state.placements) == ENOUGH
        await pilot.press("L")
        assert isinstance(app.screen, LevelScreen)
        await pilot.press("3")
        await pilot.pause()
    assert not workspace.collection.state.placements
    assert workspace.collection.config.known_hsk == 3


async def test_answers_are_kept_when_the_program_is_left_midway(
    make_app: MakeApp, workspace: Workspace
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("L", "8", *["y"] * ENOUGH, "ctrl+q")
    assert len(workspace.collection.state.placements) == ENOUGH
