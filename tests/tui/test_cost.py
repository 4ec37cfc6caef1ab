"""What the reader's keys cost on the wire, and that a terminal shows what the application means."""

from __future__ import annotations

from typing import Any

import pyte
import pytest
from rich.color import ColorSystem
from textual.screen import Screen

from studytui.session.workspace import Workspace
from studytui.tui.screens.reader.reader import ReaderScreen
from studytui.tui.terminal.changed_cells import Wire
from tests.tui.conftest import MakeApp
from tests.tui.test_reader import reading

COLUMNS, ROWS = 80, 24
SCREENFUL = COLUMNS * ROWS * 3
"""Bytes of a screen without any colour, each cell a character of up to three bytes."""


def frame(wire: Wire, screen: Screen[Any]) -> str:
    """What is sent for the screen as it is now."""
    update = screen._compositor.render_full_update()
    sent = wire.sequence(update, ColorSystem.TRUECOLOR, (COLUMNS, ROWS))
    assert sent is not None
    return sent


async def test_a_move_by_a_word_costs_150_bytes_at_most(
    make_app: MakeApp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(make_app, workspace) as (_, pilot, screen):
        monkeypatch.setattr(ReaderScreen, "REST", 3600.0)  # the key is held down
        wire = Wire(narrow=True)
        await pilot.press("l")
        frame(wire, screen)
        costs: list[int] = []
        for _ in range(50):
            top = screen.view.rows[0]
            await pilot.press("l")
            cost = len(frame(wire, screen).encode())
            if screen.view.rows[0] == top:  # else the text has scrolled
                costs.append(cost)
        assert len(costs) > 30
        assert max(costs) <= 150
        assert frame(wire, screen) == ""


@pytest.mark.parametrize("readings", [[], ["v"], ["v", "v"]], ids=["plain", "new", "all"])
async def test_a_page_costs_a_screenful_at_most(
    make_app: MakeApp, workspace: Workspace, readings: list[str]
) -> None:
    async with reading(make_app, workspace) as (_, pilot, screen):
        wire = Wire(narrow=True)
        await pilot.press(*readings)
        frame(wire, screen)
        costs: list[int] = []
        while screen.view.place.paragraph < len(screen.document.paragraphs) - 1:
            await pilot.press("space")
            costs.append(len(frame(wire, screen).encode()))
        assert len(costs) > 3
        assert max(costs) <= SCREENFUL


async def test_a_terminal_shows_every_frame_as_it_is_meant(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace) as (app, pilot, screen):
        wire = Wire(narrow=True)
        terminal = pyte.Screen(COLUMNS, ROWS)
        stream = pyte.Stream(terminal)
        for key in [
            "l",
            "j",
            "space",
            "v",
            "l",
            "v",
            "j",
            "s",
            "x",
            "l",
            "escape",
            "G",
            "k",
            "f",
            "j",
            "q",
            "?",
        ]:
            await pilot.press("space" if key == " " else key)
            await pilot.pause()
            stream.feed(frame(wire, app.screen))
            meant = [strip.text for strip in app.screen._compositor.render_strips()]
            shown = ["".join(terminal.buffer[y][x].data for x in range(COLUMNS)) for y in range(ROWS)]
            assert shown == meant, key
        assert screen.is_attached
