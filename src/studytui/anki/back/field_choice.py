"""Which field of a note type, or which column of a list, holds the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from studytui.anki.back.field_words import Lookup, has_han, words_in
from studytui.text.characters import is_han

SAMPLE: Final = 400
"""Notes that are looked at; the choice is the same with more."""
LEAST: Final = 0.25
"""Of the notes with Chinese, the share whose field must name a word that no other of them names."""
_AS_GOOD: Final = 0.03
"""A field that stands earlier wins over one that is better by no more: both scripts of a word, mostly."""
_SENTENCE: Final = 4
"""Chinese characters that a sentence has at least; 你好吗 is asked for as a word is."""
_MOST_SENTENCES: Final = 0.5
"""Of the notes with Chinese, the share that must have a sentence in one field, each another one."""
_KANA: Final = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_MOST_KANA: Final = 0.3
"""Of the notes with Chinese characters, the share with kana from which they are Japanese."""


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """The field that was found, or why there is none."""

    place: int | None
    """Counted from 0; None if no field will do."""
    share: float = 0.0
    """Different words of the dictionary for each note with Chinese, 0 to 1 or a little more."""
    why_not: Literal["", "no Chinese", "Japanese", "no words"] = ""
    sentences: int | None = None
    """Of `no words`: the field that holds sentences, a different one on each note; None if there is none."""


def choose(rows: Sequence[Sequence[str]], lookup: Lookup, *, html: bool = True) -> FieldChoice:
    """Finds the field whose content names a word of the dictionary, a different one on each note.

    Different ones, so that fields of measure words, parts of speech or components do not win.

    Args:
        rows: the fields of some notes of one type.
        lookup: the dictionary.
        html: whether the fields are HTML.
    """
    chinese = [row for row in rows if any(map(has_han, row))]
    if not chinese:
        return FieldChoice(None, why_not="no Chinese")
    if sum(bool(_KANA.search("".join(row))) for row in chinese) > len(chinese) * _MOST_KANA:
        return FieldChoice(None, why_not="Japanese")
    found: list[set[str]] = [set() for _ in range(max(map(len, chinese)))]
    for row in chinese:
        for place, field in enumerate(row):
            if has_han(field) or "&" in field:
                found[place].update(words_in(field, lookup, html=html)[:1])
    shares = [len(words) / len(chinese) for words in found]
    best = max(shares)
    if best < LEAST:
        return FieldChoice(None, best, "no words", _sentences(chinese))
    return FieldChoice(next(place for place, share in enumerate(shares) if share >= best - _AS_GOOD), best)


def _sentences(rows: Sequence[Sequence[str]]) -> int | None:
    """The field of the sentences."""
    found: list[set[str]] = [set() for _ in range(max(map(len, rows)))]
    for row in rows:
        for place, field in enumerate(row):
            if sum(map(is_han, field)) >= _SENTENCE:
                found[place].add(field)
    most = max(map(len, found))
    if most < _MOST_SENTENCES * len(rows):
        return None
    return next(place for place, each in enumerate(found) if len(each) == most)
