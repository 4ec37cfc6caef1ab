"""What a name, a text and a note may be, so that they can be kept, exported and shown."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from math import isfinite

from studytui.study.notes.card import split_card_id
from studytui.study.notes.note import Note

LONGEST_WORD = 1000
"""Characters of a headword: a list of another program may have a sentence in its place."""

_UNFIT_IN_NAMES = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@lru_cache(maxsize=1 << 16)
def check_card(card: str) -> None:
    """Raises ValueError unless it is the id of a card, and can stand in a line of a list."""
    split_card_id(card)
    check_name(card)


@lru_cache(maxsize=1 << 12)
def check_name(name: str) -> None:
    """Raises ValueError unless it can stand in a line of a list."""
    if _UNFIT_IN_NAMES.search(name) or not name.strip():
        raise ValueError(f"{name!r} is no name")


def check_text(text: str) -> None:
    """Raises ValueError for what no text that was cleaned has: control characters, halves of characters."""
    if _UNFIT.search(text):
        raise ValueError("a control character")


def kept_text(text: str) -> str:
    """A text as an event may have it, of the same length: without control characters."""
    return _UNFIT.sub(" ", text)


def check_note(note: Note) -> None:
    """Raises ValueError if a note is not one that can be kept, shown and exported."""
    check_name(note.headword)
    check_name(note.kind)
    for text in (note.id, note.traditional, note.remark, *note.glosses):
        check_text(text)
    if max(len(note.headword), len(note.syllables), len(note.known_as)) > LONGEST_WORD:
        raise ValueError("too long for a word")
    if note.frequency is not None and not isfinite(note.frequency):
        raise ValueError("a frequency that cannot be")
    if note.hsk is not None and not 1 <= note.hsk <= 7:
        raise ValueError("a level that cannot be")
    if note.example is not None:
        example = note.example
        for text in (example.text, example.title, example.document_id):
            check_text(text)
        if not 0 <= example.start < example.end <= len(example.text):
            raise ValueError("an example without its word")


def kept_note(note: Note) -> Note:
    """A note as an event may have it: see `kept_text`."""
    example = note.example
    if example is not None:
        example = replace(example, text=kept_text(example.text), title=kept_text(example.title))
    glosses = tuple(map(kept_text, note.glosses))
    return replace(
        note,
        traditional=kept_text(note.traditional),
        glosses=glosses,
        example=example,
        remark=kept_text(note.remark),
    )
