"""The settings on one screen, and the choice of a theme."""

from __future__ import annotations

import pytest
from textual.widgets import Input, Static

from studytui.session.workspace import Workspace
from studytui.store.config import Config, told_value, typed_value, value_of
from studytui.store.setting import SETTINGS
from studytui.tui.screens.choice_dialog import ChoiceScreen
from studytui.tui.screens.settings.settings_screen import SettingsScreen
from studytui.tui.screens.settings.value_dialog import ValueScreen
from studytui.tui.widgets.row_list import RowList
from tests.tui.conftest import MakeApp


@pytest.mark.parametrize("key", [name for name, setting in SETTINGS.items() if setting.what])
def test_what_is_told_of_a_setting_can_be_typed(key: str) -> None:
    usual = getattr(Config(), key)
    if usual is not None:
        assert value_of(key, typed_value(key, told_value(key, usual))) == usual


async def test_a_setting_is_turned_typed_refused_and_put_back(
    make_app: MakeApp, workspace: Workspace
) -> None:
    collection = workspace.collection
    collection.change_settings({"pinyin": "all"})
    path = collection.locations.settings
    path.write_text(path.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    names = [name for name, setting in SETTINGS.items() if setting.what]
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("=")
        assert isinstance(app.screen, SettingsScreen)
        rows = app.screen.query_one("#settings-list", RowList)

        async def at(name: str) -> None:
            rows.highlighted = names.index(name)
            await pilot.pause()
            assert SETTINGS[name].what in str(app.screen.query_one("#settings-about", Static).render())
            row = str(rows.get_option_at_index(names.index(name)).prompt)
            assert row.startswith(SETTINGS[name].label)
            assert name not in row

        await at("pinyin")
        await pilot.press("right")
        assert str(collection.config.pinyin) == "none"
        await pilot.press("left", "left")
        assert str(collection.config.pinyin) == "new"
        await pilot.press("backspace")
        assert collection.config == Config()
        await at("learning_steps")
        await pilot.press("enter")
        assert isinstance(app.screen, ValueScreen)
        app.screen.query_one(Input).value = "2m soon"
        await pilot.press("enter")
        assert "must be a list" in str(app.screen.query_one("#value-wrong", Static).render())
        app.screen.query_one(Input).value = "2m, 1h"
        await pilot.press("enter")
        await pilot.pause()
        assert collection.config.learning_steps == (120, 3600)
        assert "# mine" in path.read_text(encoding="utf-8")
        await at("known_hsk")
        await pilot.press("right")
        assert collection.config.known_hsk == 1


async def test_a_theme_is_seen_before_it_is_kept_and_remembered(
    make_app: MakeApp, workspace: Workspace
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before = app.theme
        app.action_theme()
        await pilot.pause()
        assert isinstance(app.screen, ChoiceScreen)
        await pilot.press("g", "j")
        seen = app.theme
        assert seen != before
        await pilot.press("escape")
        assert app.theme == before
        app.action_theme()
        await pilot.pause()
        await pilot.press("g", "j", "enter")
        await pilot.pause()
        assert Config.read(workspace.collection.locations.settings).theme == app.theme == seen
    again = make_app()
    async with again.run_test(size=(80, 24)):
        assert again.theme == seen
