"""What each state of the screens looks like, at the sizes that terminals have.

After a change that is meant: `pytest tests/tui/test_snapshots.py --snapshot-update`; look at the pictures.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.tui.app import Start, StudytuiApp
from studytui.tui.screens.reader.reader import ReaderScreen
from studytui.tui.widgets.key_bar import KeyBar
from tests.tui.test_reader import all_found

MORNING = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
SIZES = [(80, 24), (120, 40)]
Compare = Callable[..., bool]

READER = {
    "words": ["l", "l", "m", "p"],
    "learning": ["n", "a", "p", "m", "l"],
    "readings-new": ["v", "l"],
    "readings-all": ["v", "v", "j", "l"],
    "traditional-selected": ["s", "x", "j", "l"],
    "searching": ["/", "m", "e", "n"],
    "found-and-scrolled": ["/", *"tushuguan", "enter", "]", "]"],
    "end": ["G"],
    "phrases": ["f", "j", "j", "a"],
    "phrases-picked-by-place": ["f", "o", "x", "x"],
    "help": ["?"],
    "cut": ["l", "c"],
}
HOME = {"texts": [], "statistics": ["s"], "help": ["?"]}


@pytest.fixture
def workspace(home: object, at_workspace: Callable[[Collection], Workspace]) -> Iterator[Workspace]:
    with Collection.open(Locations.find(os.environ), clock=lambda: MORNING) as collection:
        yield at_workspace(collection)


def pressing(keys: list[str], theme: str | None = None) -> Callable[[Pilot[None]], object]:
    async def run(pilot: Pilot[None]) -> None:
        app = pilot.app
        app.animation_level = "none"
        if theme is not None:
            app.theme = theme
        await pilot.pause()
        if isinstance(app.screen, ReaderScreen):
            await all_found(app.screen, pilot)
        await app.workers.wait_for_complete()
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
        await app.workers.wait_for_complete()
        await pilot.pause()
        for field in app.screen.query(Input):
            field.cursor_blink = False
        app.clear_notifications()
        for bar in app.screen.query(KeyBar):
            bar.clear()
        await pilot.pause()

    return run


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("state", READER)
def test_reader(snap_compare: Compare, workspace: Workspace, state: str, size: tuple[int, int]) -> None:
    app = StudytuiApp(workspace, Start("read", workspace.begin("newspaper")))
    assert snap_compare(app, terminal_size=size, run_before=pressing(READER[state]))


@pytest.mark.parametrize("size", [(40, 20), (200, 30)], ids=["narrow", "wide"])
def test_reader_in_narrow_and_wide_terminals(
    snap_compare: Compare, workspace: Workspace, size: tuple[int, int]
) -> None:
    app = StudytuiApp(workspace, Start("read", workspace.begin("newspaper")))
    assert snap_compare(app, terminal_size=size, run_before=pressing(["l", "p", "m"]))


@pytest.mark.parametrize("theme", ["textual-light", "ansi-dark", "ansi-light"])
def test_reader_in_other_themes(snap_compare: Compare, workspace: Workspace, theme: str) -> None:
    app = StudytuiApp(workspace, Start("read", workspace.begin("newspaper")))
    keys = ["n", "a", "n", "m", "n", "i", "n"]
    assert snap_compare(app, terminal_size=(80, 24), run_before=pressing(keys, theme))


def test_reader_without_colour(
    snap_compare: Compare, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = StudytuiApp(workspace, Start("read", workspace.begin("newspaper")))
    keys = ["n", "a", "n", "m", "n", "i", "n"]
    assert snap_compare(app, terminal_size=(80, 24), run_before=pressing(keys))


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("state", HOME)
def test_home(snap_compare: Compare, workspace: Workspace, state: str, size: tuple[int, int]) -> None:
    document = workspace.open("two-teas")
    workspace.collection.remember_text(document)
    workspace.collection.add_notes(workspace.notes_for(document, 3))
    assert snap_compare(StudytuiApp(workspace), terminal_size=size, run_before=pressing(HOME[state]))


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("keys", [[], ["1"]], ids=["question", "verdict"])
def test_quiz(snap_compare: Compare, workspace: Workspace, keys: list[str], size: tuple[int, int]) -> None:
    app = StudytuiApp(workspace, Start("quiz", document=workspace.open("two-teas"), limit=6, seed=5))
    assert snap_compare(app, terminal_size=size, run_before=pressing(keys))
