"""Which reading a character of several has beside its neighbours.

Written by hand for everyday polyphones that stand as a token of their own; the readings of whole words are
the dictionary's. A rule is a line: the character, its reading, what comes before it, what comes after it
(regular expressions, `.` for anything). The first rule that fits is taken.
"""

from __future__ import annotations

import re
from functools import cache

from studytui.text.word_lists import lines

_ANYTHING = re.compile("")


@cache
def _table() -> dict[str, list[tuple[str, re.Pattern[str], re.Pattern[str]]]]:
    rules: dict[str, list[tuple[str, re.Pattern[str], re.Pattern[str]]]] = {}
    for line in lines("polyphones.txt"):
        character, reading, before, after = line.split()
        rules.setdefault(character, []).append(
            (
                reading,
                _ANYTHING if before == "." else re.compile(rf"(?:{before})\Z"),
                _ANYTHING if after == "." else re.compile(after),
            )
        )
    return rules


def by_context(character: str, before: str, after: str) -> str | None:
    """The reading of a character between the text before it and the text after it; None without a rule."""
    for reading, behind, ahead in _table().get(character, ()):
        if behind.search(before) and ahead.match(after):
            return reading
    return None
