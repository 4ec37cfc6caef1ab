"""Whether the settings name themes, actions and keys that there are."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from importlib import import_module

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, key_to_character
from textual.theme import BUILTIN_THEMES

import studytui.tui
from studytui.store.config import Config
from studytui.tui.themes import OWN_THEMES

_MODIFIERS = frozenset({"ctrl", "shift", "alt", "super", "hyper", "meta"})
_NAMES = frozenset(key.value for key in Keys)
_UNICODE_NAMES = {short: name for name, short in KEY_NAME_REPLACEMENTS.items()}
"""What Textual calls a key by a shorter name (minus) -> its name in Unicode (hyphen_minus)."""
_WITHOUT_LIST = frozenset({"reader", "quiz", "prompt", "export", "import", "help", "stats"})
"""Screens on which no list of rows stands, whose keys would count there as well."""


def theme_names() -> tuple[str, ...]:
    """The names of all themes, as the settings screen lists them."""
    return tuple(sorted({*BUILTIN_THEMES, *OWN_THEMES}))


def unknown_settings(config: Config) -> tuple[str, ...]:
    """Sentences on a theme, actions and keys that the settings name and there are not; else none."""
    told: list[str] = []
    theme = config.theme
    themes = theme_names()
    if theme is not None and theme not in themes:
        near = _like(theme, themes)
        told.append(f"there is no theme {theme!r} (config.toml), so the usual one is used{near}")
    if not config.keys:
        return tuple(told)
    actions = action_keys()
    for action, keys in config.keys.items():
        if action not in actions:
            told.append(f"there is no action {action!r} ([keys] in config.toml){_like(action, actions)}")
        told += [
            f"{key!r} is no key ([keys] in config.toml, {action}): "
            'write it as "z", "ctrl+x", "f5" or "question_mark"'
            for key in (each.strip() for each in keys.split(","))
            if not is_key(key)
        ]
    told += _doubled(config.keys, actions)
    return tuple(told)


def action_keys() -> dict[str, str]:
    """Every action that can be given a key -> the keys that it has, with commas."""
    found: dict[str, str] = {}
    for binding in declared_bindings():
        if binding.id is not None:
            found.setdefault(binding.id, binding.key)
    return found


def declared_bindings() -> Iterator[Binding]:
    """What every screen and widget declares as its keys."""
    for module in pkgutil.walk_packages(studytui.tui.__path__, "studytui.tui."):
        for each in vars(import_module(module.name)).values():
            if isinstance(each, type) and issubclass(each, DOMNode):
                yield from (one for one in each.__dict__.get("BINDINGS", ()) if isinstance(one, Binding))


def is_key(name: str) -> bool:
    """Whether a key can be called so: `z`, `?`, `question_mark`, `ctrl+x`, `shift+f5`."""
    *modifiers, key = name.split("+") if name != "+" else (name,)
    if not set(modifiers) <= _MODIFIERS or name != name.strip():
        return False
    return name in _NAMES or key in _NAMES or _character(key) is not None


def _doubled(chosen: Mapping[str, str], actions: Mapping[str, str]) -> Iterator[str]:
    """One sentence for each key that the learner gives to two actions of one screen."""
    keys = {action: _keys(chosen.get(action, usual)) for action, usual in actions.items()}
    told: set[frozenset[str]] = set()
    for action in chosen.keys() & actions.keys():
        for other, others in keys.items():
            pair = frozenset({action, other})
            shared = (keys[action] & others) - (_keys(actions[action]) & _keys(actions[other]))
            if other != action and shared and pair not in told and _meet(action, other):
                told.add(pair)
                first, second = sorted(pair)
                yield (
                    f"{min(shared)!r} is the key of two actions, {first} and {second}: "
                    "give one of them another key ([keys] in config.toml)"
                )


def _keys(names: str) -> frozenset[str]:
    """The keys of an action, each by its character if it has one."""
    return frozenset(_character(name.strip()) or name.strip() for name in names.split(","))


def _character(key: str) -> str | None:
    return key if len(key) == 1 else key_to_character(_UNICODE_NAMES.get(key, key))


def _meet(action: str, other: str) -> bool:
    """Whether two actions can be had on one screen."""
    places = {action.partition(".")[0], other.partition(".")[0]}
    return len(places) == 1 or "app" in places or ("list" in places and not places & _WITHOUT_LIST)


def _like(name: str, names: Iterable[str]) -> str:
    near = get_close_matches(name, names, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""
