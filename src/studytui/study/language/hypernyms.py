"""What sort of thing a word means, by the classes above it in WordNet: 草原 and 沙漠 are land, 键盘 a device.

`benchmarks/hypernyms.py` looked the words up by their English.
"""

from __future__ import annotations

from functools import cache
from os.path import commonprefix

from studytui.text.word_lists import lines


@cache
def _listed() -> dict[str, list[str]]:
    return {word: columns for word, *columns in (line.split("\t") for line in lines("hypernyms.tsv"))}


@cache
def _ways(word: str, column: int) -> tuple[str, ...]:
    """The steps from the top to each meaning of a word as a noun (0) or a verb (1)."""
    return tuple(_listed()[word][column].split()) if word in _listed() else ()


_TOUCHED = "00"
"""The first steps to what can be touched: entity, physical entity."""


def is_thing(word: str) -> bool | None:
    """Whether a noun first means something that can be touched; None if it is not known."""
    ways = _ways(word, 0)
    return ways[0].startswith(_TOUCHED) if ways else None


def is_noun(word: str) -> bool:
    """Whether the English of a word is known as a noun."""
    return bool(_ways(word, 0))


def likeness(one: str, other: str, part: str) -> float | None:
    """How much of the way to their meanings two words share, 0 to 1; None where either has none.

    `part` is `n`, as nouns, or `v`, as verbs. Of several meanings the nearest count (Z. Wu and M. Palmer,
    "Verb semantics and lexical selection", ACL 1994). Raises StudytuiError when the list cannot be read.
    """
    column = "nv".index(part)
    return max(
        (
            2 * len(commonprefix((ours, theirs))) / (len(ours) + len(theirs))  # noqa: RUF071 - a step is a character
            for ours in _ways(one, column)
            for theirs in _ways(other, column)
        ),
        default=None,
    )
