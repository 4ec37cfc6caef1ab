"""One grammar of keys: a character does the same on every screen that has it."""

from __future__ import annotations

from collections import defaultdict

from textual.widgets import Static

from studytui.session.workspace import Workspace
from studytui.tui.screens.choice_dialog import ChoiceScreen
from studytui.tui.settings_check import _character, action_keys, declared_bindings
from studytui.tui.widgets.key_bar import KeyBar
from tests.tui.conftest import MakeApp
from tests.tui.test_reader import reading

ONE_DEED = [
    {"select", "pick"},
    {"known", "know", "standing"},
    {"undo", "back"},
    {"suspend", "taken-out"},
    {"next-page", "unknown", "go-on-too"},  # on: where there is nothing to go on to but the answer
    {"new", "take-back", "back"},  # as it was before
    {"archive", "bury"},  # out of the way
    {"search", "filter"},
    {"first", "start"},
    {"last", "end"},
    {"down", "next-line"},
    {"up", "previous-line"},
    {"leave", "quit", "close"},
]
ANSWERS = {"placement.yes", "placement.no", "quiz.hint", "help.close"}
"""Answers to what is asked, named beside it; on a question no cursor moves."""


CHOICES = {"quiz", "level", "older_level"}
"""Where digits choose what stands beside them."""


def test_a_character_does_the_same_everywhere() -> None:
    deeds: defaultdict[str, set[str]] = defaultdict(set)
    for action, keys in action_keys().items():
        place, _, deed = action.partition(".")
        # What opens a screen closes it again.
        if action in ANSWERS or deed == "leave" or (deed.isdecimal() and place in CHOICES):
            continue
        for key in keys.split(","):
            character = _character(key.strip())
            if character is not None and character.isprintable():
                deeds[character].add(deed)
    several = {key: names for key, names in deeds.items() if len(names) > 1}
    assert {key: names for key, names in several.items() if not any(names <= each for each in ONE_DEED)} == {}


GROUPED = ("reader", "home", "words", "phrases", "quiz", "stats", "settings", "taken-out", "list", "app")
"""Places whose help is long enough for groups: screens, and no dialogs."""


def test_the_help_of_each_screen_is_in_groups() -> None:
    bare = {
        binding.id
        for binding in declared_bindings()
        if binding.id and binding.description and binding.group is None
    }
    assert sorted(name for name in bare if name.partition(".")[0] in GROUPED) == []


async def test_help_has_groups_the_deed_first_and_what_colours_mean(
    make_app: MakeApp, workspace: Workspace
) -> None:
    async with reading(make_app, workspace, "two-teas") as (app, pilot, _):
        await pilot.press("?")
        lines = str(app.screen.query_one("#help-keys", Static).render()).splitlines()
        legend = " ".join(" ".join(lines[:3]).split())
        assert legend.startswith("Colours new probably known being learned known ignored key phrase")
        groups = [line for line in lines if line and not line.startswith(" ")]
        assert [name for name in groups if " " not in name] == [
            "Colours",
            "Move",
            "Look",
            "Learn",
            "Text",
            "Program",
        ]
        assert any(
            line.split() == ["Next", "word,", "previous", "word", "l", "→", "h", "←"] for line in lines
        )


async def test_the_last_line_fills_the_width_and_has_quiz_and_way_back(
    make_app: MakeApp, workspace: Workspace
) -> None:
    told = {}
    for width in (45, 80, 120):
        async with reading(make_app, workspace, "two-teas", (width, 24)) as (app, pilot, _):
            for keys in (["n"], ["/", "escape"], ["x"]):
                await pilot.press(*keys)
                line = str(app.screen.query_one(KeyBar).render()).rstrip()
                assert line.endswith("t Quiz  esc Back  ? Help"), line
                assert len(line) <= width - 2
            told[width] = len(line)
    assert told[45] < told[80]


async def test_what_was_done_is_listed_taken_back_and_done_again(
    make_app: MakeApp, workspace: Workspace
) -> None:
    collection = workspace.collection
    async with reading(make_app, workspace, "two-teas") as (app, pilot, screen):
        bar = screen.query_one(KeyBar)
        await pilot.press("U")
        assert bar.told == "There is nothing to do again."
        await pilot.press("n", "m", "M", "j", "enter")
        marks = dict(collection.state.marks)
        assert len(marks) > 2
        await pilot.press("u")
        assert bar.told == f"Undone: marking {len(marks) - 1} words."
        await pilot.press("U")
        assert bar.told == f"Redone: marking {len(marks) - 1} words."
        assert collection.state.marks == marks
        await pilot.press("Z")
        assert isinstance(app.screen, ChoiceScreen)
        await pilot.press("j", "enter")
        await pilot.pause()
        assert bar.told.startswith("Undone: marking")
        assert len(collection.state.marks) == len(marks) - 1
        await pilot.press("u", "m", "U")  # what was done since is not done over
        assert bar.told == "There is nothing to do again."
