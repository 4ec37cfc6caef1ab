"""The learner's settings: `config.toml`, read and checked.

It is the learner's own file: a setting that is changed in the app is put into it, all else stays.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from studytui.errors import StudytuiError
from studytui.store.files import failure, write_whole
from studytui.store.setting import SETTINGS, TextOrder
from studytui.study.levels import HskVersion, SaidLevel
from studytui.study.notes.card import Template
from studytui.study.scheduling.queue import Limits, Order
from studytui.study.scheduling.scheduler import Terms

Script = Literal["simplified", "traditional"]
TextScript = Literal["written", "simplified", "traditional"]
Pinyin = Literal["none", "new", "all"]
Phonetics = Literal["pinyin", "zhuyin"]
Meanings = Literal["english", "chinese"]


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
    """The script of cards, lists and exports."""
    text_script: TextScript = "written"
    """The script in which texts are shown; `written` leaves each as it was written."""
    phonetics: Phonetics = "pinyin"
    """In what a text's readings are written."""
    meanings: Meanings = "english"
    """By what words from HSK 5 on are asked: their English, or a sentence of theirs."""
    empty_lines: bool = False
    """Whether an empty line stands between the lines of a text."""
    sandhi: bool = False
    """Whether readings over a text's words have the tones of speech; entries keep the dictionary's."""
    library_order: TextOrder = "recent"
    """In which order the texts on the home screen stand."""
    known_hsk: int = 0
    """Words of HSK up to this level count as known until they are marked or learned; 0 for none."""
    hsk_version: HskVersion = "3.0"
    """Of which lists `known_hsk` is."""
    ambiguous_width: int = 0
    """Cells of “ ” — … on this terminal, 1 or 2; 0 asks the terminal."""
    speech: str | None = None
    """The program that reads aloud, with its options; None for one that is there."""
    share_settings: bool = False
    """Whether level and settings travel with `studytui sync`."""
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Action id -> key, as in `[keys]`; an action that is not named keeps its key."""
    sync: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """`remote` -> the git repository of `studytui sync`, as in `[sync]`."""

    @property
    def said_level(self) -> SaidLevel:
        """The level that the learner says to have."""
        return SaidLevel(self.known_hsk, self.hsk_version)

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
        settings: dict[str, Any] = {}
        for key, value in cls.named(path).items():
            try:
                settings[key] = value_of(key, value)
            except StudytuiError as error:
                raise StudytuiError(f"{path}: {error}") from None
        return cls(**settings)

    @classmethod
    def named(cls, path: Path) -> dict[str, Any]:
        """What a file says, as it stands there; nothing if it is not there.

        Raises:
            StudytuiError: it cannot be read, or is not TOML.
        """
        import tomllib

        try:
            raw = _content(path)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise failure("read", path, error) from error
        try:
            return tomllib.loads(raw.decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise StudytuiError(f"{path} is not UTF-8: save it as UTF-8") from None
        except tomllib.TOMLDecodeError as error:
            raise StudytuiError(f"{path} is not valid TOML: {error}") from None
        except (ValueError, RecursionError):  # a number of thousands of digits, lists within lists
            raise StudytuiError(
                f"{path} has a number or a nesting that no setting has: take it out, or begin a new file"
            ) from None

    @classmethod
    def write(cls, path: Path, values: Mapping[str, object]) -> Config:
        """Puts settings into a file; comments, order and all other settings stay as they are.

        Args:
            path: the file; it is made if it is not there. A link stays one: what it points to is changed.
            values: by key, each as it stands in the file; None takes one out, so that its default holds.

        Returns:
            The settings that hold now.

        Raises:
            StudytuiError: a value is not allowed, or the file is not sound as it is, or cannot be written; it
                is as it was.
        """
        import tomlkit

        for key, value in values.items():
            if value is not None:
                value_of(key, value)
        cls.read(path)  # says in a sentence what is wrong with it
        try:
            table = tomlkit.parse(path.read_text("utf-8-sig"))
        except FileNotFoundError:
            table = tomlkit.document()
        except OSError as error:
            raise failure("read", path, error) from error
        for key, value in values.items():
            if value is not None:
                table[key] = value
            elif key in table:
                del table[key]
        write_whole(path.resolve(), tomlkit.dumps(table).encode())
        return cls.read(path)


def value_of(key: str, value: object) -> object:
    """The value of a setting from what the file has for it.

    Raises:
        StudytuiError: there is no such setting, or it cannot be this.
    """
    setting = SETTINGS.get(key)
    if setting is None:
        from difflib import get_close_matches

        near = get_close_matches(key, SETTINGS, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(sorted(SETTINGS))}"
        raise StudytuiError(f"there is no setting {key!r}; {hint}")
    try:
        return setting.read(value)
    except (TypeError, ValueError):
        raise StudytuiError(f"{key} must be {setting.allowed}, not {_shown(value)}") from None


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


def typed_value(key: str, text: str) -> object:
    """What a file has for a setting that was typed: `yes`, `0.9`, `1m 10m`.

    Raises:
        StudytuiError: there is no such setting, or it is a table.
    """
    text = text.strip()
    if key in ("keys", "sync"):
        raise StudytuiError(f"{key} is a table: write it into config.toml")
    if key not in SETTINGS:
        return value_of(key, text)
    usual = getattr(Config(), key)
    if isinstance(usual, bool):
        return {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}.get(
            text.lower(), text
        )
    if isinstance(usual, tuple):
        return [_number(each) for each in text.replace(",", " ").split()]
    return _number(text)


def _number(text: str) -> object:
    for read in (int, float):
        try:
            return read(text) if text.isascii() else text
        except ValueError:
            continue
    return text


def told_value(key: str, value: Any) -> str:
    """A setting's value as it may be typed: seconds as `10m`, a list with commas."""
    if key in ("learning_steps", "relearning_steps"):
        return ", ".join(map(_span, value))
    if key == "learn_ahead":
        return _span(value) if value else "0"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)


def usual_value(key: str) -> object:
    """What a file has for the usual value of a setting."""
    return typed_value(key, told_value(key, getattr(Config(), key)))


def _span(seconds: int) -> str:
    for name, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{name}"
    return f"{seconds}s"


def _shown(value: Any) -> str:
    try:
        shown = repr(value)
    except (ValueError, RecursionError):
        return "what stands there"
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
