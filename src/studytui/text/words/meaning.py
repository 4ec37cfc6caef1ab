"""How a word is used in its place, as its neighbours tell, and which of its glosses says that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from studytui.text.lexicon.cedict import is_proper, lead_with
from studytui.text.token import Entry, Token
from studytui.text.words.numerals import NUMERALS

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon

Use = Literal[
    "",
    "measure",
    "after a verb",
    "final",
    "object",
    "or",
    "still",
    "had better",
    "in progress",
    "towards",
    "this",
]
"""Empty where the neighbours tell nothing; the rest is what the gloss to put first is looked for by."""

_SAYS: dict[Use, re.Pattern[str]] = {
    "measure": re.compile(r"\bclassifier\b|\bmeasure\b|^o'clock|^yuan\b"),
    "after a verb": re.compile(r"\bafter a verb\b|^to (?:go on|continue)\b|^indicating "),
    "final": re.compile(r"change of state"),
    "object": re.compile(r"\bobject (?:first|before)\b"),
    "in progress": re.compile(r"\bin progress\b"),
    "towards": re.compile(r"^to, towards$"),
    "this": re.compile(r"^this$"),
    "or": re.compile(r"^or$"),
    "still": re.compile(r"^still$"),
    "had better": re.compile(r"^had better$"),
}
_POINTS = frozenset("这那每几哪各某半")
"""What stands before a measure word, but for numerals."""
MARKED = re.compile(
    r"^\((?:[\w. ]*\b(?:slang|vulgar|dialect|archaic|old|coarse|derog)\b[^)]*)\)|\((?:slang|vulgar)\)$",
    re.IGNORECASE,
)
_JUDGED = frozenset(("不", "很", "太", "是", "都", "说", "做", "没", "最", "更"))
_SAYS_RIGHT = frozenset("的了吗吧不呢啊")
"""What stands around 对 where it is `right`."""
_ENDS = frozenset("。！？；!?;…\n")


def use_of(tokens: Sequence[Token], headwords: Sequence[str], place: int, lexicon: Lexicon) -> Use:
    """How the word at `place` is used, by what stands around it in its paragraph."""
    headword = headwords[place]
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if before is not None and len(headword) == 1 and lexicon.is_measure(headword):
        left = headwords[place - 1]
        if before.kind == "number" or left in _POINTS or (left[-1:] in NUMERALS and len(left) == 1):
            return "measure"
    if after is not None and after.kind != "punctuation":
        verbal = lexicon.classes(headwords[place + 1])[:1] == "v"
        if headword == "把":
            return "object"
        if headword == "在" and verbal:
            return "in progress"
        if headword == "本":
            return "this"
        if (
            headword == "对"
            and (before is None or headwords[place - 1] not in _JUDGED)
            and after.text not in _SAYS_RIGHT
        ):
            return "towards"
    if headword == "了" and (after is None or after.kind == "punctuation"):
        return "final"
    if headword == "还是":
        return _still_or(tokens, place)
    if before is not None and before.kind == "word" and headword[-1:] in "来去":
        return "after a verb" if lexicon.classes(headwords[place - 1])[:1] == "v" else ""
    return ""


def _still_or(tokens: Sequence[Token], place: int) -> Use:
    """还是 between two choices, before advice, or else `still`."""
    for token in tokens[place + 1 :]:
        if token.text in ("？", "?"):
            return "or"
        if token.text == "吧":
            return "had better"
        if token.text in _ENDS:
            break
    return "still"


def for_use(entries: tuple[Entry, ...], use: Use) -> tuple[Entry, ...]:
    """The entries of a word, of the first one the gloss leading that says its use.

    What is marked as slang, vulgar, dialect or old leads nowhere that another meaning can.
    """
    if not entries:
        return entries
    first = entries[0]
    said = _SAYS.get(use)
    found = said and next((gloss for gloss in first.glosses if said.search(gloss)), None)
    if said and found is None:
        alike = (entry for entry in entries[1:] if _sounds_alike(entry, first))
        found = next((gloss for entry in alike for gloss in entry.glosses if said.search(gloss)), None)
    if not found and MARKED.search(first.glosses[0]):
        found = next((gloss for gloss in first.glosses if not MARKED.search(gloss)), None)
    return (lead_with(first, (found,)), *entries[1:]) if found else entries


def _sounds_alike(entry: Entry, other: Entry) -> bool:
    """Whether two entries differ in tones at most (qǐlái, qǐlai)."""
    return [each.lower().rstrip("12345") for each in entry.syllables] == [
        each.lower().rstrip("12345") for each in other.syllables
    ]


def is_everyday(headword: str, entries: Sequence[Entry], lexicon: Lexicon) -> bool:
    """Whether two everyday words make a thing, and the dictionary has only a place so called (大树, 新城)."""
    if len(headword) != 2 or not entries or not all(map(is_proper, entries)):
        return False
    named = lexicon.tag(headword) in ("ns", "nr", "nt", "nz")
    if named and (lexicon.frequency(headword) or 0.0) >= _FAMOUS:
        return False
    easy = all((lexicon.level(character) or 9) <= _EASY for character in headword)
    return easy and headword[0] in _HOW and "n" in lexicon.classes(headword[1])


_HOW = frozenset("大小老新高旧长短好")
"""What everyday nouns are described by."""
_EASY = 4
"""HSK level up to which a character is a word of every day."""
_FAMOUS = 4.0
"""Zipf frequency from which a name is better known than the thing (长城)."""
