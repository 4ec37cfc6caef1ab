"""A placement on the screen."""

from __future__ import annotations

from random import Random

from textual.widgets import Static

from studytui.session.placing import ENOUGH, begin
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


async def test_a_placement_that_was_killed_goes_on_where_it_stood(
    make_app: MakeApp, workspace: Workspace
) -> None:
    """A program that is killed says no goodbye: what it has written by then is all there is."""
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("L", "8", "y", "n", "y", "n", "backspace")
        left = workspace.collection.locations.placement.read_bytes()
        await pilot.press("escape")
        await pilot.pause()
    assert not workspace.collection.locations.placement.exists()
    workspace.collection.locations.placement.write_bytes(left)
    assert [answer.known for answer in begin(workspace, Random(1)).answers] == [True, False, True]
    app = make_app()
    async with app.run_test(size=(45, 20)) as pilot:
        await pilot.pause()
        await pilot.press("L", "8")
        await pilot.pause()
        told = str(app.screen.query_one("#placement-count", Static).render())
        assert told.startswith("4 of")
        assert "where it was cut off" in told
        await pilot.press(*["n"] * (ENOUGH - 3), "escape")
        await pilot.pause()
    assert len(workspace.collection.state.placements) == ENOUGH
    assert not begin(workspace, Random(1)).answers
    for damaged in (b"", b"{", b'{"level": 0, "answers": [1]}', b'{"level":0,"answers":[],"format":9}'):
        workspace.collection.locations.placement.write_bytes(damaged)
        assert not begin(workspace, Random(1)).answers
