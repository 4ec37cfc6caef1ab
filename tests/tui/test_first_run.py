"""The first start: three questions, a text at the learner's level, and prompts beside it."""

from __future__ import annotations

from studytui.session.suggestions import text_to_begin_with
from studytui.session.workspace import Workspace
from studytui.store.config import Config
from studytui.text.source.source import bundled
from studytui.tui.app import Start, StudytuiApp
from studytui.tui.screens.choice_dialog import ChoiceScreen
from studytui.tui.screens.first_run.guide import PROMPTS
from studytui.tui.screens.help import HelpScreen
from studytui.tui.screens.home.home_screen import HomeScreen
from studytui.tui.screens.known_words.level import LevelScreen
from studytui.tui.screens.reader.reader import ReaderScreen
from studytui.tui.widgets.row_list import RowList
from tests.tui.conftest import MakeApp
from tests.tui.test_reader import all_found, rows


def prompt(app: StudytuiApp) -> str:
    assert isinstance(app.screen, ReaderScreen)
    guide = app.screen.guide
    return str(guide.render()) if guide.display else ""


async def test_a_beginner_comes_to_a_text_with_pinyin_and_prompts(
    make_app: MakeApp, workspace: Workspace
) -> None:
    app = make_app(Start("welcome"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, LevelScreen)
        await pilot.press("enter")
        assert isinstance(app.screen, ChoiceScreen)
        await pilot.press("j", "enter")
        await pilot.press("enter")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ReaderScreen)
        await all_found(screen, pilot)
        assert screen.document.title == "打错了"
        shown = "\n".join(rows(screen.view))
        assert "電話" in shown
        assert "diànhuà" in shown
        told = [prompt(app)]
        for keys in (["l"], ["n", "m"], ["v"], ["."], ["?", "escape"]):
            await pilot.press(*keys)
            await pilot.pause()
            told.append(prompt(app))
        assert told[0].startswith("→ goes")
        assert [f"({number} of 5;" in each for number, each in enumerate(told[:-1], 1)] == [True] * len(
            PROMPTS
        )
        assert told[-1] == ""
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
    kept = Config.read(workspace.collection.locations.settings)
    assert (kept.known_hsk, kept.script, kept.text_script, kept.pinyin) == (
        0,
        "traditional",
        "traditional",
        "all",
    )


def test_the_text_is_of_the_hardest_that_are_not_too_hard(workspace: Workspace) -> None:
    found = []
    for level in range(8):
        workspace.collection.set_known_hsk(level)
        found.append(text_to_begin_with(workspace))
    places = [bundled().index(deck) for deck in found]
    assert places == sorted(places)
    assert places[0] == 0
    assert found[7].level == bundled()[-1].level != found[4].level != found[0].level


async def test_what_is_skipped_is_not_asked_again(make_app: MakeApp, workspace: Workspace) -> None:
    app = make_app(Start("welcome"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        # Help is there in a question; Esc asks how to go on, and Esc there asks the same again.
        await pilot.press("?")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape", "escape", "escape")
        assert isinstance(app.screen, LevelScreen)
        await pilot.press("escape", "enter", "escape", "j", "enter")
        assert isinstance(app.screen, LevelScreen)  # back from the characters
        await pilot.press("escape", "enter", "escape", "enter", "escape")
        assert "To the home screen" in str(app.screen.query_one(RowList).get_option_at_index(2).prompt)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ReaderScreen)
    assert workspace.collection.has_settings
    assert workspace.collection.config == Config(pinyin="new")


async def test_what_a_text_was_shown_with_is_remembered(make_app: MakeApp, workspace: Workspace) -> None:
    app = make_app(Start("read", workspace.begin("two-teas")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("v", "s")
    kept = Config.read(workspace.collection.locations.settings)
    assert (kept.pinyin, kept.text_script) == ("new", "traditional")
    app = make_app(Start("read", workspace.begin("broken-chair")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, ReaderScreen)
        assert "壞" in "".join(rows(app.screen.view))
        await pilot.press("s")
        assert "坏" in "".join(rows(app.screen.view))
    assert Config.read(workspace.collection.locations.settings).text_script == "written"
