"""The last line: the keys that matter now, and what has just happened."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len
from textual.widgets import Input, Static

from studytui.session.workspace import Workspace
from studytui.tui.app import Start, StudytuiApp
from studytui.tui.screens.quiz.question_screen import QuizScreen
from studytui.tui.screens.reader.reader import ReaderScreen
from studytui.tui.widgets.key_bar import KeyBar
from tests.tui.conftest import MakeApp
from tests.tui.test_reader import reading


def line(app: StudytuiApp) -> str:
    return str(app.screen.query_one(KeyBar).render()).rstrip()


async def test_a_new_word_a_learnt_one_and_a_known_one_have_keys_of_their_own(
    make_app: MakeApp, workspace: Workspace
) -> None:
    async with reading(make_app, workspace, "two-teas") as (app, pilot, screen):
        workspace.collection.mark("的", "known")
        await pilot.press("n")
        assert line(app) == "a Learn  m Known  n Next new word  f Phrases  t Quiz  esc Back  ? Help"
        await pilot.press("m")
        assert "Undo" in line(app)
        assert "Learn" not in line(app)
        await pilot.press("u")
        screen.query_one(KeyBar).clear()
        assert line(app).startswith("a Learn")
        await pilot.press("a", "a")
        screen.query_one(KeyBar).clear()
        assert line(app).startswith("m Known")


async def test_what_is_selected_or_found_has_its_keys(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace) as (app, pilot, _):
        await pilot.press("x")
        assert line(app).startswith("y Copy")
        await pilot.press("escape", "/")
        assert line(app) == "Enter Find it  Esc Cancel"
        await pilot.press(*"wang", "enter")
        assert line(app).startswith("; Next place found")
        await pilot.press("escape")
        assert "Next place found" not in line(app)


async def test_at_the_end_of_a_text_the_quiz_comes_first(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace, "two-teas") as (app, pilot, _):
        await pilot.press("G")
        assert line(app).startswith("t Quiz")


@pytest.mark.parametrize("width", [40, 56, 80])
async def test_no_key_is_cut_and_help_always_there(
    make_app: MakeApp, workspace: Workspace, width: int
) -> None:
    async with reading(make_app, workspace, "two-teas", (width, 24)) as (app, pilot, _):
        for keys in (["n"], ["m"], ["x"], ["escape"], ["G"]):
            await pilot.press(*keys)
            app.screen.query_one(KeyBar).clear()
            assert line(app).endswith("? Help")
            assert cell_len(line(app)) <= width - 2


async def test_a_click_on_a_key_presses_it(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace, "two-teas") as (app, pilot, _):
        await pilot.press("n")
        await pilot.click(KeyBar, offset=(1 + line(app).index("? Help"), 0))
        await pilot.pause()
        assert app.screen.query("#help-keys")


async def test_a_rebound_key_is_named_as_it_is_now(make_app: MakeApp, workspace: Workspace) -> None:
    workspace.collection.config = replace(workspace.collection.config, keys={"reader.learn": "w"})
    async with reading(make_app, workspace, "two-teas") as (app, pilot, _):
        await pilot.press("n")
        assert line(app).startswith("w Learn")


async def test_what_happened_is_said_in_the_line_and_goes(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace, "two-teas") as (app, pilot, screen):
        await pilot.press("v")
        bar = screen.query_one(KeyBar)
        assert bar.told == "Pinyin over the words you do not know."
        assert not app._notifications
        bar.tell("Short.", "error", 0.01)
        await pilot.pause(0.1)
        assert bar.told == ""
        long = "[b]" + " ".join(["a long sentence"] * 8) + "."
        app.say(long)
        await pilot.pause()
        assert [note.message for note in app._notifications] == [long]


async def test_a_phrase_is_learnt_first_and_then_its_word(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace) as (_, pilot, screen):
        while True:
            await pilot.press("p")
            phrase, word = screen.phrase_here(), screen.view.word
            assert phrase is not None
            assert word is not None
            if phrase.headword != word.headword and word.token.kind == "word":
                break
        await pilot.press("a")
        assert workspace.collection.status(phrase.headword) == "learning"
        assert workspace.collection.status(word.headword) == "new"
        assert screen.query_one(KeyBar).told.endswith(f"Once more for {word.text} alone.")
        assert "learning" in str(screen.query_one("#entry", Static).render())
        await pilot.press("a")
        assert workspace.collection.status(word.headword) == "learning"


async def test_a_known_phrase_is_no_key_phrase_any_more(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace) as (_, pilot, screen):
        assert isinstance(screen, ReaderScreen)
        await pilot.press("p")
        phrase = screen.phrase_here()
        assert phrase is not None
        workspace.collection.mark(phrase.headword, "known")
        screen.changed()
        assert screen.phrase_here() is None


async def test_keys_that_would_be_typed_are_not_named(make_app: MakeApp, workspace: Workspace) -> None:
    app = make_app(Start("quiz", document=workspace.open("two-teas"), limit=6, seed=5))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, QuizScreen)
        while screen.stage == "meeting":
            await pilot.press("enter")
        assert "- Postpone" not in line(app)
        assert "Space I don't know" in line(app)
        field = screen.query_one("#quiz-input", Input)
        field.display = True
        field.focus()
        await pilot.press("a")
        screen._offer_keys()
        await pilot.pause()
        assert line(app).startswith("Enter Answer")
        assert "Space" not in line(app)  # it would be typed
        await pilot.press("minus")
        assert field.value == "a-"
