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
Compare = Callable[..., bool]

READER = [
    ("words", (80, 24), ["l", "l", "m", "p"]),
    ("words", (120, 40), ["l", "l", "m", "p"]),
    ("words", (40, 20), ["l", "p", "m"]),
    ("readings-all", (80, 24), ["v", "v", "j", "l"]),
    ("traditional-selected", (80, 24), ["s", "x", "j", "l"]),
    ("found-and-scrolled", (80, 24), ["/", *"tushuguan", "enter", "]", "]"]),
    ("phrases-picked-by-place", (80, 24), ["f", "o", "x", "x"]),
    ("cut", (80, 24), ["l", "c"]),
]
"""A second size only where the layout differs: the entry below the text, beside it, or out of the way."""
STATUSES = ["n", "a", "n", "m", "n", "i", "n"]
"""Keys after which words of every status are on the screen."""


def named(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


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


@pytest.mark.parametrize(
    ("state", "size", "keys"), READER, ids=[f"{state}-{named(size)}" for state, size, _ in READER]
)
def test_reader(
    snap_compare: Compare, workspace: Workspace, state: str, size: tuple[int, int], keys: list[str]
) -> None:
    app = StudytuiApp(workspace, Start("read", workspace.begin("newspaper")))
    assert snap_compare(app, terminal_size=size, run_before=pressing(keys))


def test_reader_of_sixteen_colours_on_white(snap_compare: Compare, workspace: Workspace) -> None:
    app = StudytuiApp(workspace, Start("read", workspace.begin("newspaper")))
    assert snap_compare(app, terminal_size=(80, 24), run_before=pressing(STATUSES, "ansi-light"))


def test_reader_without_colour(
    snap_compare: Compare, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = StudytuiApp(workspace, Start("read", workspace.begin("newspaper")))
    assert snap_compare(app, terminal_size=(80, 24), run_before=pressing(STATUSES))


@pytest.mark.parametrize(
    ("keys", "size"),
    [
        (["slash", *"cups", "enter"], (80, 24)),
        (["slash", *"cups", "enter"], (120, 40)),
        (["S"], (120, 40)),
    ],
    ids=["texts", "texts-wide", "statistics"],
)
def test_home(snap_compare: Compare, workspace: Workspace, keys: list[str], size: tuple[int, int]) -> None:
    document = workspace.open("two-teas")
    workspace.collection.library.remember(document)
    workspace.collection.add_notes(workspace.notes_for(document, 3))
    assert snap_compare(StudytuiApp(workspace), terminal_size=size, run_before=pressing(keys))


def test_verdict_of_a_quiz(snap_compare: Compare, workspace: Workspace) -> None:
    app = StudytuiApp(workspace, Start("quiz", document=workspace.open("two-teas"), limit=6, seed=5))
    assert snap_compare(app, terminal_size=(80, 24), run_before=pressing([*["enter"] * 4, "1"]))
