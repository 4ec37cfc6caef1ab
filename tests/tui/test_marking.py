"""Marking the words from the cursor on as known, at once."""

from __future__ import annotations

import re

import pytest
from textual.widgets import OptionList

from studytui.session.workspace import Workspace
from studytui.tui.screens.choice_dialog import ChoiceScreen
from studytui.tui.widgets.key_bar import KeyBar
from studytui.wording import many
from tests.tui.conftest import MakeApp
from tests.tui.test_reader import reading


@pytest.mark.parametrize("stretch", [0, 1, 2])
async def test_the_rest_is_marked_with_one_key_and_one_undo(
    make_app: MakeApp, workspace: Workspace, stretch: int
) -> None:
    collection = workspace.collection
    async with reading(make_app, workspace, "two-teas") as (app, pilot, screen):
        await screen.workers.wait_for_complete()
        await pilot.press("n", "n")
        first = screen.view.word
        assert first is not None
        before = dict(collection.state.marks)
        await pilot.press("M")
        assert isinstance(app.screen, ChoiceScreen)
        rows = app.screen.query_one("#choices", OptionList)
        said = [
            int(re.findall(r"([\d,]+) word", str(option.prompt))[0].replace(",", ""))
            for option in rows.options
        ]
        assert 0 < said[0] < said[1] <= said[2]
        await pilot.press(*["j"] * stretch, "enter")
        await pilot.pause()
        marked = collection.state.marks.keys() - before.keys()
        assert len(marked) == said[stretch]
        assert collection.status(first.headword) == "known"
        assert f"{many(said[stretch], 'word')} marked as known" in screen.query_one(KeyBar).told
        if stretch == 2:
            await pilot.press("M")
            assert not isinstance(app.screen, ChoiceScreen)
        await pilot.press("u")
        assert collection.state.marks == before


async def test_leaving_it_marks_nothing(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace, "two-teas") as (_, pilot, screen):
        await screen.workers.wait_for_complete()
        await pilot.press("M", "escape")
        assert not workspace.collection.state.marks
