"""What the settings name and what there is not, is said: in the application and by every command."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest
from textual.theme import BUILTIN_THEMES

from studytui.cli.main import run
from studytui.store.config import Config
from studytui.tui.settings_check import action_keys, is_key, unknown_settings


def told(**keys: str) -> tuple[str, ...]:
    return unknown_settings(
        Config(
            keys=MappingProxyType(
                {name.replace("__", ".").replace("_", "-"): key for name, key in keys.items()}
            )
        )
    )


def test_what_there_is_is_not_remarked_upon() -> None:
    assert unknown_settings(Config()) == ()
    for theme in BUILTIN_THEMES:
        assert unknown_settings(Config(theme=theme)) == ()
    for action, keys in action_keys().items():  # each as it is
        assert unknown_settings(Config(keys=MappingProxyType({action: keys}))) == (), action
    for key in (
        "z",
        "?",
        "+",
        "é",
        "字",
        "f5",
        "ctrl+x",
        "shift+f3",
        "ctrl+shift+f3",
        "question_mark",
        "pageup",
        "space",
    ):
        assert is_key(key), key
    assert told(app__stats="z,ctrl+t") == ()
    assert told(home__review="n", reader__known="r") == ()  # keys of other screens


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"app__stat": "z"}, "did you mean 'app.stats'"),
        ({"nonsense": "z"}, "no action 'nonsense'"),
        ({"app__stats": "kontrol+z"}, "'kontrol+z' is no key"),
        ({"app__stats": "zz"}, "'zz' is no key"),
        ({"app__stats": "z,"}, "'' is no key"),
        ({"home__review": "e"}, "two actions, home.export and home.review"),
        ({"home__review": "j"}, "two actions, home.review and list.down"),
        ({"reader__known": "ctrl+q"}, "two actions, app.quit and reader.known"),
        ({"reader__known": "z", "reader__ignore": "z"}, "two actions, reader.ignore and reader.known"),
        ({"reader__search": "?"}, "two actions, app.help and reader.search"),
    ],
)
def test_what_there_is_not_is_told_in_a_sentence(keys: dict[str, str], said: str) -> None:
    sentences = told(**keys)
    assert len(sentences) == 1
    assert said in sentences[0]


def test_every_command_says_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text(
        'theme = "nord-licht"\n[keys]\n"app.stat" = "z"\n', encoding="utf-8"
    )
    for command in (["stats"], ["phrases", "two-teas", "--limit", "1"], ["review", "--plain"]):
        assert run(command) == 0
        error = capsys.readouterr().err
        assert "no theme 'nord-licht'" in error
        assert "no action 'app.stat'" in error
