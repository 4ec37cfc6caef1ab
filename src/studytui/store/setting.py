"""Each setting of `config.toml`: what it is for, what it may be, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, get_args

from studytui.study.notes.card import TEMPLATES
from studytui.study.scheduling.queue import ORDERS

TextOrder = Literal["recent", "readable", "level", "title", "length", "new", "due", "folder"]
"""In which order the texts of the library stand."""

TEXT_ORDERS: tuple[TextOrder, ...] = get_args(TextOrder)


@dataclass(frozen=True, slots=True)
class Setting:
    """What there is to say of one setting."""

    read: Callable[[Any], Any]
    """Its value from what the file has, or a ValueError or TypeError."""
    allowed: str
    """What it may be, for a sentence."""
    what: str
    """A sentence for the learner on what it does; empty for tables, which have a place of their own."""
    choices: tuple[object, ...] = ()
    """What it may be, where that is one of a few, as the file has it."""


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


_STEPS = 'a list of at most 10 steps up to 30 days, in minutes or as "30s", "10m", "4h", "1d"'


def _of(choices: tuple[str, ...], what: str) -> Setting:
    return Setting(_one_of(choices), "one of " + ", ".join(choices), what, choices)


def _switch(what: str) -> Setting:
    return Setting(_truth, "true or false", what, (False, True))


SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        "known_hsk": Setting(
            _whole(0, 7),
            "a whole number from 0 (none) to 7",
            "Words of HSK up to this level count as known until you mark or learn them; 0 for none.",
            tuple(range(8)),
        ),
        "pinyin": _of(("none", "new", "all"), "Over which words of a text pinyin stands, or zhuyin."),
        "phonetics": _of(
            ("pinyin", "zhuyin"), "How readings are written, over words, on cards and in questions."
        ),
        "meanings": _of(
            ("english", "chinese"),
            "By what words from HSK 5 on are asked: their English or their sentences.",
        ),
        "sandhi": _switch("Over words, pinyin has the tones of speech: ní hǎo for nǐ hǎo."),
        "empty_lines": _switch("An empty line between the lines of a text."),
        "text_script": _of(
            ("written", "simplified", "traditional"),
            "The characters of texts: as they were written, or turned into one script.",
        ),
        "script": _of(("simplified", "traditional"), "The characters of cards, lists and exports."),
        "library_order": _of(TEXT_ORDERS, "In which order the texts on the home screen stand."),
        "theme": Setting(_text, "the name of a theme", "The colours."),
        "ambiguous_width": Setting(
            _whole(0, 2),
            "1, 2, or 0 to ask the terminal",
            "Cells that this terminal draws “ ” — … over; 0 asks it.",
            (0, 1, 2),
        ),
        "new_per_day": Setting(_whole(0, 9999), "a whole number from 0 to 9999", "New cards a day."),
        "reviews_per_day": Setting(
            _whole(0, 9999),
            "a whole number from 0 to 9999",
            "Reviews a day; the steps of a card being learned do not count.",
        ),
        "review_order": _of(
            ORDERS, "Which reviews come first: the longest due, any, or the most nearly forgotten."
        ),
        "desired_retention": Setting(
            _retention,
            "a number from 0.7 to 0.99",
            "How likely you still know a card when it comes back; higher means more reviews.",
        ),
        "learning_steps": Setting(
            _steps, _STEPS, "After how long a new card comes again, in minutes or as 30s, 10m, 4h, 1d."
        ),
        "relearning_steps": Setting(_steps, _STEPS, "The same for a card that was forgotten."),
        "learn_ahead": Setting(
            _ahead,
            'a time up to a day, in minutes or as "20m", "1h"; 0 for never',
            "How early a card being learned may come when nothing else is left.",
        ),
        "templates": Setting(
            _templates,
            "a list of one or more of " + ", ".join(TEMPLATES),
            "The cards of a word, in the order in which they are learned.",
        ),
        "leech_threshold": Setting(
            _whole(0, 999),
            "a whole number from 0 (never) to 999",
            "How often a card may be forgotten before it is suspended; 0 for as often as it will.",
        ),
        "fuzz": _switch("Days between reviews are moved a little, as in Anki."),
        "rollover_hour": Setting(
            _whole(0, 23),
            "a whole number from 0 to 23",
            "The hour at which a new day begins; it holds from the next start on.",
        ),
        "sync": Setting(_sync, 'a table with remote = "the address of a git repository"', ""),
        "keys": Setting(_keys, "a table of action = key, each a text in quotes", ""),
    }
)
"""By name, in the order in which a learner meets them."""
