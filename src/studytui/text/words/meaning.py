"""How a word is used in its place, as its neighbours tell, and which of its glosses says that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from studytui.text.lexicon.cedict import is_proper, lead_with
from studytui.text.token import ANY_USE, Entry, Token, Use
from studytui.text.words.context_glosses import context_gloss
from studytui.text.words.numerals import NUMERALS
from studytui.text.words.tagger import tags

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon

_MEASURES = re.compile(r"\bclassifier\b|\bmeasure\b|^o'clock|^yuan\b")
_POINTS = frozenset("这那每几哪各某半")
"""What stands before a measure word, but for numerals."""
_NOUN_AND_VERB = frozenset(("nv", "vn"))
"""The classes of words that are both; of those that are more, tags are too often wrong."""
_AFTER_VERB = frozenset("着了过到得出起住")
"""What only a verb stands before."""
_OBJECTS = frozenset(
    ("我", "你", "他", "她", "它", "我们", "你们", "他们", "她们", "大家", "自己", "这", "那", "每")
)
"""Words of grammar that may be what a verb is done to."""
MARKED = re.compile(
    r"^\((?:[\w. ]*\b(?:slang|vulgar|dialect|archaic|old|coarse|derog)\b[^)]*)\)|\((?:slang|vulgar)\)$",
    re.IGNORECASE,
)


def uses(tokens: Sequence[Token], headwords: Sequence[str], lexicon: Lexicon) -> list[Use]:
    """How each word of a paragraph is used, by what stands around it."""
    tagged = tags(tokens, headwords, lexicon)
    return [
        ANY_USE
        if token.kind == "punctuation"
        else Use(
            context_gloss(place, headwords, tagged, lexicon.is_measure),
            _counts(tokens, headwords, place, lexicon),
            _is_verb(place, headwords, tagged, lexicon),
        )
        for place, token in enumerate(tokens)
    ]


def _counts(tokens: Sequence[Token], headwords: Sequence[str], place: int, lexicon: Lexicon) -> bool:
    """Whether the word at `place` is a measure word after a number or what points (这, 每)."""
    if not place or len(headwords[place]) != 1:
        return False
    left = headwords[place - 1]
    counted = (
        tokens[place - 1].kind == "number" or left in _POINTS or (left[-1:] in NUMERALS and len(left) == 1)
    )
    return counted and lexicon.is_measure(headwords[place])


def _is_verb(place: int, headwords: Sequence[str], tagged: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether what can be a noun is tagged as a verb, and has what only verbs have (站着, 他代表大家)."""
    if tagged[place] != "v" or lexicon.classes(headwords[place]) not in _NOUN_AND_VERB:
        return False
    right = headwords[place + 1] if place + 1 < len(headwords) else ""
    if right in _AFTER_VERB:
        return True
    has_object = right in _OBJECTS or (right and tagged[place + 1] in "nm")
    return bool(has_object and place and tagged[place - 1] in "ndo" and headwords[place - 1] not in "的之")


def for_use(entries: tuple[Entry, ...], use: Use) -> tuple[Entry, ...]:
    """The entries of a word, of the first one the gloss leading that says its use.

    What is marked as slang, vulgar, dialect or old leads nowhere that another meaning can.
    """
    if not entries:
        return entries
    first = entries[0]
    found = (
        use.gloss
        or (_measure(entries) if use.is_measure else None)
        or (_verb(first) if use.is_verb else None)
    )
    if not found and MARKED.search(first.glosses[0]):
        found = next((gloss for gloss in first.glosses if not MARKED.search(gloss)), None)
    return (lead_with(first, (found,)), *entries[1:]) if found else entries


def _measure(entries: Sequence[Entry]) -> str | None:
    """The gloss of a measure word, of the first entry or one that sounds alike."""
    alike = (entry for entry in entries if _sounds_alike(entry, entries[0]))
    return next((gloss for entry in alike for gloss in entry.glosses if _MEASURES.search(gloss)), None)


def _verb(entry: Entry) -> str | None:
    """The first gloss that is a verb, where the very first is none."""
    return next((each for each in entry.glosses if each.startswith("to ") and not MARKED.search(each)), None)


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
