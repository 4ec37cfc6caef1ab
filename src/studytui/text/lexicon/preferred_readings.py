"""The commonest reading of words that CC-CEDICT gives several, where its order does not tell."""

from __future__ import annotations

from studytui.text.word_lists import sections


def _readings(pieces: list[str]) -> dict[str, str]:
    preferred: dict[str, str] = {}
    headword = ""
    for piece in pieces:
        if piece[-1].isdigit():
            preferred[headword] = f"{preferred[headword]} {piece}".strip()
        else:
            headword = piece
            preferred[headword] = ""
    return preferred


_LISTS = sections("readings.txt")

PREFERRED_READINGS = _readings(_LISTS["words"])
"""Simplified headword -> its commonest reading, as in `Entry.syllables`, joined by spaces."""

IN_NAMES = _readings(_LISTS["names"])
"""Character -> its reading inside a name that no dictionary lists, where its reading in words differs."""
