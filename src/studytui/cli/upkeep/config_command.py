"""`studytui config`: where everything lies, and each setting with its value and where that comes from."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from typing import Literal

from studytui.cli.output import print_object, say
from studytui.errors import UsageError
from studytui.store.config import Config, value_of
from studytui.store.locations import Locations
from studytui.store.setting import SETTINGS

_TIMES = ("learning_steps", "relearning_steps", "learn_ahead")
"""Settings that are read as seconds and written as steps."""


def config(key: str | None, value: str | None, *, json: bool) -> int:
    """Shows all settings, or one; with a value, sets it. `default` takes it out of the file.

    Raises:
        UsageError: there is no such setting, or it cannot be this.
        StudytuiError: the file is not sound, or cannot be written.
    """
    locations = Locations.find(os.environ)
    path = locations.settings
    if key is not None and key not in SETTINGS:
        _refused(key, None)
    if key is not None and value is not None:
        given = None if value == "default" else _given(key, value)
        Config.write(path, {key: given})
    settings = Config.read(path)
    here = _in_the_file(locations)
    rows = {
        each: (_written(each, getattr(settings, each)), "config.toml" if each in here else "default")
        for each in SETTINGS
        if key in (None, each)
    }
    if json:
        told = {each: {"value": shown, "from": origin} for each, (shown, origin) in rows.items()}
        print_object({"files": _files(locations), "settings": told} if key is None else told[key])
        return 0
    if key is not None:
        say(_toml(rows[key][0]))
        return 0
    say("Files")
    for name, where in _files(locations).items():
        say(f"  {name:<20}{where}")
    say(f"  {'':<20}({_custom(os.environ)})")
    say()
    say("Settings")
    for each, (shown, origin) in rows.items():
        say(f"  {each:<20}{_toml(shown):<34}  {origin}")
    say()
    say("`studytui config KEY VALUE` sets one, with `default` it is as it came.")
    return 0


def _given(key: str, value: str) -> object:
    """What a word of the command line stands for in the file: as TOML, or else as a text.

    Raises:
        UsageError: the setting cannot be this.
    """
    try:
        given = tomllib.loads(f"it = {value}")["it"]
    except (tomllib.TOMLDecodeError, ValueError, RecursionError):
        given = value
    _refused(key, given)
    if key == "theme":
        from studytui.tui.settings_check import theme_names  # Textual, which nothing else here needs

        if given not in (names := theme_names()):
            raise UsageError(f"there is no theme {given!r}; there are {', '.join(names)}")
    return given


def _refused(key: str, value: object) -> None:
    """Says what is wrong with a key or its value as with a wrong option."""
    from studytui.errors import StudytuiError

    try:
        value_of(key, value)
    except StudytuiError as error:
        raise UsageError(str(error)) from None


def _in_the_file(locations: Locations) -> Mapping[str, object]:
    try:
        return tomllib.loads(locations.settings.read_text("utf-8-sig"))
    except FileNotFoundError:
        return {}


def _written(key: str, value: object) -> object:
    """A setting as the file would have it."""
    if key in _TIMES:
        return [_step(each) for each in value] if isinstance(value, tuple) else _step(value)
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


def _step(seconds: object) -> str | int:
    if not isinstance(seconds, int) or not seconds:
        return 0
    size: Literal[86400, 3600, 60, 1]
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60), ("s", 1)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    raise AssertionError(seconds)


def _toml(value: object) -> str:
    if value is None:
        return "(left to the program)"
    import tomlkit

    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        table.update(value)
        return table.as_string()
    return tomlkit.item(value).as_string()


def _files(locations: Locations) -> dict[str, str]:
    """Where what lies, as the README's table has it."""
    return {
        "journal": str(locations.journal),
        "state": str(locations.snapshot),
        "texts": str(locations.texts),
        "backups": str(locations.backups),
        "cache": str(locations.cache),
        "this machine": str(locations.state),
        "settings": str(locations.settings),
    }


def _custom(environ: Mapping[str, str]) -> str:
    """By what the folders are chosen."""
    if environ.get("STUDYTUI_HOME"):
        return "by STUDYTUI_HOME"
    named = [name for name in ("DATA", "STATE", "CONFIG", "CACHE") if environ.get(f"XDG_{name}_HOME")]
    said = ", ".join(f"XDG_{name}_HOME" for name in named)
    return f"by {said}, else by the system's custom" if named else "by the system's custom"
