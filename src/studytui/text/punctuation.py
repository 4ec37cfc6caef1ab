"""Punctuation by what it does: what ends a sentence, what pauses, what opens and what closes.

One table for all that cuts text. Besides the usual forms it holds the small ones (﹐﹔﹖), the vertical ones
(︒), the half-width ones (｡､) and the full-width point of older files (．), which `ends_sentence` weighs.
"""

from __future__ import annotations

from typing import Final

from studytui.text.characters import is_han

ENDS: Final = "。！？!?…‼⁇⁈⁉｡︒︕︖﹒﹖﹗"
"""Marks that end a sentence wherever they stand; a point is weighed by `ends_sentence`."""
POINTS: Final = ".．"
"""Marks that end a sentence, or stand in a number, an address or a name."""
COMMAS: Final = "，,﹐︐"
ENUMERATION: Final = "、､﹑︑"
"""Commas that part words, not clauses."""
COLONS: Final = "：:﹕︓"
SEMICOLONS: Final = "；;﹔︔"
CLAUSE_MARKS: Final = COMMAS + COLONS + SEMICOLONS
"""Marks that part clauses and end no sentence."""
PAUSES: Final = CLAUSE_MARKS + ENUMERATION
OPENERS: Final = "“‘（(《〈「『【〔［[{｛〖﹁﹃﹙﹛﹝｢"
CLOSERS: Final = "”’）)》〉」』】〕］]}｝〗﹂﹄﹚﹜﹞｣"
"""The other halves of OPENERS, in their order."""
QUOTES_OPEN: Final = "“‘「『﹁﹃｢"
QUOTES_CLOSE: Final = "”’」』﹂﹄｣"
STRAIGHT_QUOTES: Final = "\"'＂＇"
"""Quotation marks that look the same at both ends."""

_NEAR = 200
"""Characters in which a text that uses 。 shows one."""


def ends_sentence(text: str, place: int) -> bool:
    """Whether the character at `place` ends a sentence.

    A point does after a Chinese character: `.` unless a letter or a digit follows at once (`网易.com`); `．`
    unless 。 stands nearby as well, where it parts a foreign name (约翰．史密斯) or follows a list's number.
    """
    mark = text[place]
    if mark in ENDS:
        return True
    if mark not in POINTS or place == 0:
        return False
    before = text[place - 1]
    if not (is_han(before) or before in CLOSERS):
        return False
    after = text[place + 1 : place + 2]
    if after.isascii() and after.isalnum():
        return False
    return mark == "." or not after or "。" not in text[max(0, place - _NEAR) : place + _NEAR]


def in_number_or_address(text: str, place: int) -> bool:
    """Whether a colon or a point stands inside a time, a score or an address: 2:30, 3：2, https://."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return text.startswith("//", place + 1) or (
        before.isdigit() and after.isdigit() and text[place] in COLONS + POINTS
    )
