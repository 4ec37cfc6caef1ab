"""Each setting of `config.toml`: what it is for, what it may be, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, get_args

from studytui.study.notes.card import TEMPLATES
from studytui.study.scheduling.queue import ORDERS, Order

TextOrder = Literal["recent", "readable", "level", "title", "length", "new", "due", "folder"]
"""In which order the texts of the library stand."""

TEXT_ORDERS: tuple[TextOrder, ...] = get_args(TextOrder)


@dataclass(frozen=True, slots=True)
class Setting:
    """What there is to say of one setting."""

    label: str
    """What it is called on the screen; its name in the file is its key."""
    read: Callable[[Any], Any]
    """Its value from what the file has, or a ValueError or TypeError."""
    allowed: str
    """What it may be, for a sentence."""
    what: str
    """A sentence for the learner on what it does; empty for tables, which have a place of their own."""
    choices: tuple[object, ...] = ()
    """What it may be, where that is one of a few, as the file has it."""
    told: tuple[str, ...] = ()
    """How each of the choices is put into words on the screen; empty where they are words already."""

    def in_words(self, value: object, written: str) -> str:
        """A value as the screen has it; `written` is how it may be typed."""
        return self.told[self.choices.index(value)] if self.told and value in self.choices else written


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


_REVIEW_ORDERS: Mapping[Order, str] = {
    "due": "longest due first",
    "random": "any",
    "retrievability": "most nearly forgotten first",
}
_STEPS = 'a list of at most 10 steps up to 30 days, in minutes or as "30s", "10m", "4h", "1d"'


def _hsk_version(value: Any) -> str:
    return _one_of(("3.0", "2.0"))(str(value))  # 2.0 may be written as a number


def _of(label: str, choices: tuple[str, ...], what: str, told: tuple[str, ...] = ()) -> Setting:
    return Setting(label, _one_of(choices), "one of " + ", ".join(choices), what, choices, told)


def _switch(label: str, what: str) -> Setting:
    return Setting(label, _truth, "true or false", what, (False, True), ("off", "on"))


_UP_TO = tuple(f"up to HSK {level}" for level in range(1, 7))

SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        "known_hsk": Setting(
            "Words you know",
            _whole(0, 7),
            "a whole number from 0 (none) to 7",
            "Words of HSK up to this level count as known until you mark or learn them.",
            tuple(range(8)),
            ("none", *_UP_TO, "up to HSK 9"),
        ),
        "pinyin": _of(
            "Readings over a text",
            ("none", "new", "all"),
            "Over which words of a text pinyin (or zhuyin) stands. `v` in a text turns it, too.",
            ("over no words", "over words you do not know", "over all words"),
        ),
        "hsk_version": Setting(
            "Levels of",
            _hsk_version,
            "one of 3.0, 2.0",
            "Of which HSK the level of your words is: of 2021, or of 2010, which most textbooks follow.",
            ("3.0", "2.0"),
            ("HSK 3.0, of 2021", "HSK 2.0, of most textbooks"),
        ),
        "phonetics": _of(
            "Readings written in",
            ("pinyin", "zhuyin"),
            "How readings are written: over words, on cards and in questions.",
            ("pinyin", "zhuyin (ㄅㄆㄇㄈ)"),
        ),
        "sandhi": _switch(
            "Tones as they are spoken", "Pinyin over words has the tones of speech: ní hǎo for nǐ hǎo."
        ),
        "text_script": _of(
            "Characters of texts",
            ("written", "simplified", "traditional"),
            "The characters in which a text is shown. `s` in a text turns it, too.",
            ("as each was written", "simplified", "traditional"),
        ),
        "script": _of(
            "Characters of words",
            ("simplified", "traditional"),
            "The characters of your words, key phrases, questions and exports. What you read in traditional"
            " characters keeps them; titles of texts stay as they are.",
        ),
        "empty_lines": _switch("Room between lines", "An empty line between the lines of a text."),
        "library_order": _of(
            "Order of the library",
            TEXT_ORDERS,
            "In which order the texts on the home screen stand. `o` there turns it, too.",
            (
                "opened last first",
                "readable first",
                "by level",
                "by title",
                "shortest first",
                "fewest new words first",
                "most due first",
                "by folder",
            ),
        ),
        "meanings": _of(
            "Hard words asked by",
            ("english", "chinese"),
            "By what words from HSK 5 on are asked: their English meaning, or their sentences alone.",
            ("their meaning in English", "their sentences"),
        ),
        "templates": Setting(
            "Cards of a word",
            _templates,
            "a list of one or more of " + ", ".join(TEMPLATES),
            "Which cards a word has, in the order in which they are learned: recognition asks its meaning,"
            " recall the word, reading its pinyin, cloze a gap in its sentence.",
        ),
        "new_per_day": Setting(
            "New cards a day",
            _whole(0, 9999),
            "a whole number from 0 to 9999",
            "How many cards you see for the first time on a day.",
        ),
        "reviews_per_day": Setting(
            "Reviews a day",
            _whole(0, 9999),
            "a whole number from 0 to 9999",
            "How many cards come back on a day at most; the steps of a card being learned do not count.",
        ),
        "review_order": _of(
            "Order of reviews",
            ORDERS,
            "Which reviews come first.",
            tuple(_REVIEW_ORDERS[order] for order in ORDERS),
        ),
        "desired_retention": Setting(
            "Remembering aimed at",
            _retention,
            "a number from 0.7 to 0.99",
            "How likely you still know a card when it comes back; higher means more reviews.",
        ),
        "learning_steps": Setting(
            "Steps of a new card",
            _steps,
            _STEPS,
            "After how long a new card comes again, as 30s, 10m, 4h, 1d, or a number of minutes.",
        ),
        "relearning_steps": Setting(
            "Steps of a forgotten card",
            _steps,
            _STEPS,
            "After how long a card that was forgotten comes again.",
        ),
        "learn_ahead": Setting(
            "Cards before their time",
            _ahead,
            'a time up to a day, in minutes or as "20m", "1h"; 0 for never',
            "How early a card being learned may come when nothing else is left.",
        ),
        "leech_threshold": Setting(
            "Suspended when forgotten",
            _whole(0, 999),
            "a whole number from 0 (never) to 999",
            "How often a card may be forgotten before it is suspended (a leech); 0 for as often as it will.",
        ),
        "fuzz": _switch("Days spread a little", "Days between reviews are moved a little, as in Anki."),
        "rollover_hour": Setting(
            "A new day begins at",
            _whole(0, 23),
            "a whole number from 0 to 23",
            "The hour at which a new day begins; it holds from the next start on.",
        ),
        "speech": Setting(
            "Reads aloud with",
            _text,
            "a command to which the text is added",
            "The program that `V` reads a word aloud with, as espeak-ng -v cmn; usually one that is there.",
        ),
        "share_settings": _switch(
            "Settings travel",
            "Level and settings go along with `studytui sync`, to and from each machine where this is on."
            " Colours, keys and what belongs to a terminal stay.",
        ),
        "theme": Setting("Colours", _text, "the name of a theme", "The colours; Enter shows each of them."),
        "ambiguous_width": Setting(
            "Width of “ ” — …",
            _whole(0, 2),
            "1, 2, or 0 to ask the terminal",
            "Over how many cells this terminal draws “ ” — …; change it if lines stand askew.",
            (0, 1, 2),
            ("as the terminal says", "one cell", "two cells"),
        ),
        "sync": Setting("", _sync, 'a table with remote = "the address of a git repository"', ""),
        "keys": Setting("", _keys, "a table of action = key, each a text in quotes", ""),
    }
)
"""By name, in the order in which a learner meets them."""

OF_A_MACHINE = frozenset(
    ("share_settings", "speech", "theme", "ambiguous_width", "empty_lines", "keys", "sync")
)
"""Settings that do not travel: they belong to a machine and its terminal."""
