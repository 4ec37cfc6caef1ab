"""The learner's settings: `config.toml`, read and checked.

It is the learner's own file: the one setting that is asked for in the app is put into it, all else stays.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from studytui.errors import StudytuiError
from studytui.store.files import failure, write_whole
from studytui.study.notes.card import TEMPLATES, Template
from studytui.study.scheduling.queue import ORDERS, Limits, Order
from studytui.study.scheduling.scheduler import Terms

Script = Literal["simplified", "traditional"]
Pinyin = Literal["none", "new", "all"]
Phonetics = Literal["pinyin", "zhuyin"]


_LARGEST = 32 << 10
"""Bytes of the longest file of settings that is read; the time for keys within keys grows with its square."""


@dataclass(frozen=True, slots=True)
class Config:
    """Settings, each with its default. A field's name is its key in config.toml."""

    new_per_day: int = 20
    """New cards a study day."""
    reviews_per_day: int = 200
    """Reviews a study day; learning steps do not count."""
    review_order: Order = "due"
    """Of the reviews of a day: the longest due first, at random, or the most nearly forgotten first."""
    learn_ahead: int = 1200
    """Seconds that a learning card is shown early when nothing else is left; written as a step."""
    desired_retention: float = 0.9
    """The probability of recall at which a card comes back."""
    fuzz: bool = False
    """Whether intervals are moved a little, as in Anki; off, every due day is what FSRS computes."""
    rollover_hour: int = 4
    """The local hour at which a new study day begins."""
    learning_steps: tuple[int, ...] = (60, 600)
    """Seconds; in the file minutes or `"90s"`, `"10m"`, `"4h"`, `"1d"`."""
    relearning_steps: tuple[int, ...] = (600,)
    """As `learning_steps`, for a card that was forgotten."""
    templates: tuple[Template, ...] = ("recognition", "recall", "cloze")
    """Which cards a note has, in the order in which they are learned."""
    leech_threshold: int = 8
    """After how many lapses a card is suspended; 0 for never."""
    theme: str | None = None
    """The name of a theme; None leaves it to the app."""
    pinyin: Pinyin = "none"
    """Over which words of a text the reading stands: none, those that are new or learned, all."""
    script: Script = "simplified"
    """The script of cards and lists; a text stays as it was written."""
    phonetics: Phonetics = "pinyin"
    """In what a text's readings are written."""
    sandhi: bool = False
    """Whether readings over a text's words have the tones of speech; entries keep the dictionary's."""
    known_hsk: int = 0
    """Words of HSK 3.0 up to this level count as known until they are marked or learned; 0 for none."""
    ambiguous_width: int = 0
    """Cells of “ ” — … on this terminal, 1 or 2; 0 asks the terminal."""
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Action id -> key, as in `[keys]`; an action that is not named keeps its key."""
    sync: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """`remote` -> the git repository of `studytui sync`, as in `[sync]`."""

    @property
    def terms(self) -> Terms:
        """What the scheduler needs."""
        return Terms(self.desired_retention, self.learning_steps, self.relearning_steps)

    @property
    def limits(self) -> Limits:
        """What the queue needs."""
        ahead = timedelta(seconds=self.learn_ahead)
        return Limits(self.new_per_day, self.reviews_per_day, self.templates, self.review_order, ahead)

    @classmethod
    def read(cls, path: Path) -> Config:
        """The settings in a file; the defaults if it is not there.

        Raises:
            StudytuiError: it cannot be read, is not TOML, or has a key or a value that is not allowed.
        """
        import tomllib

        try:
            raw = _content(path)
        except FileNotFoundError:
            return cls()
        except OSError as error:
            raise failure("read", path, error) from error
        try:
            table = tomllib.loads(raw.decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise StudytuiError(f"{path} is not UTF-8: save it as UTF-8") from None
        except tomllib.TOMLDecodeError as error:
            raise StudytuiError(f"{path} is not valid TOML: {error}") from None
        except (ValueError, RecursionError):  # a number of thousands of digits, lists within lists
            raise StudytuiError(
                f"{path} has a number or a nesting that no setting has: take it out, or begin a new file"
            ) from None
        settings: dict[str, Any] = {}
        for key, value in table.items():
            if key not in _SETTINGS:
                raise StudytuiError(
                    f"{path}: there is no setting {key!r}; there are {_listed(sorted(_SETTINGS))}"
                )
            read, allowed = _SETTINGS[key]
            try:
                settings[key] = read(value)
            except (TypeError, ValueError):
                raise StudytuiError(f"{path}: {key} must be {allowed}, not {_shown(value)}") from None
        return cls(**settings)

    @classmethod
    def write(cls, path: Path, key: str, value: object) -> Config:
        """Puts one setting into a file; comments, order and all other settings stay as they are.

        Args:
            path: the file; it is made if it is not there. A link stays one: what it points to is changed.
            key: the setting.
            value: as it stands in the file.

        Returns:
            The settings that hold now.

        Raises:
            StudytuiError: the file is not sound as it is, or cannot be written; it is as it was.
        """
        import tomlkit

        cls.read(path)  # says in a sentence what is wrong with it
        try:
            table = tomlkit.parse(path.read_text("utf-8-sig"))
        except FileNotFoundError:
            table = tomlkit.document()
        except OSError as error:
            raise failure("read", path, error) from error
        table[key] = value
        write_whole(path.resolve(), tomlkit.dumps(table).encode())
        return cls.read(path)


def _content(path: Path) -> bytes:
    """What is in a file of settings; opened without blocking, since anything may stand in its place."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise StudytuiError(f"{path} is not a file: move it away, or make a file of it")
        raw = file.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        raise StudytuiError(
            f"{path} is larger than {_LARGEST >> 10} kB, and no settings are: take out the rest"
        )
    return raw


def _whole(low: int, high: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if type(value) is not int or not low <= value <= high:
            raise ValueError
        return value

    return read


def _retention(value: Any) -> float:
    if type(value) not in (int, float) or not 0.7 <= value <= 0.99:
        raise ValueError
    return float(value)


def _one_of(allowed: tuple[str, ...]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in allowed:
            raise ValueError
        return str(value)

    return read


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise ValueError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError
    return value


_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def _step(value: Any) -> int:
    if type(value) is int:
        seconds = value * 60
    elif isinstance(value, str) and value[:-1].isascii() and value[:-1].isdecimal() and value[-1:] in _UNITS:
        seconds = int(value[:-1]) * _UNITS[value[-1]]
    else:
        raise ValueError
    if not 1 <= seconds <= 30 * 86400:
        raise ValueError
    return seconds


def _ahead(value: Any) -> int:
    seconds = 0 if value == 0 and type(value) is int else _step(value)
    if seconds > 86400:
        raise ValueError
    return seconds


def _steps(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list) or len(value) > 10:
        raise ValueError
    return tuple(_step(step) for step in value)


def _templates(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or len(set(value)) != len(value):
        raise ValueError
    return tuple(_one_of(TEMPLATES)(name) for name in value)


def _keys(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise ValueError
    return MappingProxyType({_text(action): _text(key) for action, key in value.items()})


def _sync(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict) or not value.keys() <= {"remote"}:
        raise ValueError
    return MappingProxyType({key: _text(name) for key, name in value.items()})


def _listed(names: list[str]) -> str:
    return ", ".join(names)


def _shown(value: Any) -> str:
    try:
        shown = repr(value)
    except (ValueError, RecursionError):
        return "what stands there"
    return shown if len(shown) <= 60 else f"{shown[:57]}..."


_STEPS = 'a list of at most 10 steps up to 30 days, in minutes or as "30s", "10m", "4h", "1d"'

_SETTINGS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "new_per_day": (_whole(0, 9999), "a whole number from 0 to 9999"),
    "reviews_per_day": (_whole(0, 9999), "a whole number from 0 to 9999"),
    "review_order": (_one_of(ORDERS), "one of " + ", ".join(ORDERS)),
    "learn_ahead": (_ahead, 'a time up to a day, in minutes or as "20m", "1h"; 0 for never'),
    "desired_retention": (_retention, "a number from 0.7 to 0.99"),
    "fuzz": (_truth, "true or false"),
    "sandhi": (_truth, "true or false"),
    "rollover_hour": (_whole(0, 23), "a whole number from 0 to 23"),
    "learning_steps": (_steps, _STEPS),
    "relearning_steps": (_steps, _STEPS),
    "templates": (_templates, "a list of one or more of " + ", ".join(TEMPLATES)),
    "leech_threshold": (_whole(0, 999), "a whole number from 0 (never) to 999"),
    "theme": (_text, "the name of a theme"),
    "pinyin": (_one_of(("none", "new", "all")), "one of none, new, all"),
    "script": (_one_of(("simplified", "traditional")), "one of simplified, traditional"),
    "sync": (_sync, 'a table with remote = "the address of a git repository"'),
    "phonetics": (_one_of(("pinyin", "zhuyin")), "one of pinyin, zhuyin"),
    "known_hsk": (_whole(0, 7), "a whole number from 0 (none) to 7"),
    "ambiguous_width": (_whole(0, 2), "1, 2, or 0 to ask the terminal"),
    "keys": (_keys, "a table of action = key, each a text in quotes"),
}
