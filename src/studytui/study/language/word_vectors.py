"""Which words stand in the same places, and which go together, by the bigrams of a large body of prose.

`benchmarks/word_vectors.py` makes the figures. Nearness tells words that can stand in each other's place from
others with an area under the curve of .67, over 2,064 pairs judged by hand; part of speech and level, .55.
"""

from __future__ import annotations

import base64
from array import array
from dataclasses import dataclass
from functools import cache
from operator import mul

from studytui.text.word_lists import lines

MEANING = 32
"""Figures that say what a word is like."""
PLACE = 16
"""Figures that say what it asks of the word beside it, on each side; the first of `MEANING` answer them."""
UNIT = 210
"""The length of a word's figures as they are kept; so that few are cut off at 127."""
_FIT = 127 * 127 * UNIT / 8
"""What the best neighbours come to."""


@dataclass(frozen=True, slots=True)
class WordVector:
    """Where one word stands."""

    like: array[int]
    """What it is like, `MEANING` figures."""
    firmness: int
    """How firmly it keeps its place."""
    after: array[int]
    """What it asks of the word after it, `PLACE` figures."""
    before: array[int]
    """What it asks of the word before it."""


@cache
def _packed() -> dict[str, str]:
    return dict(line.split("\t") for line in lines("word_vectors.tsv"))


@cache
def vector(headword: str) -> WordVector | None:
    """The figures of a word; None of a rare one. Raises StudytuiError when their file cannot be read."""
    packed = _packed().get(headword)
    if packed is None:
        return None
    figures = array("b", base64.b64decode(packed))
    place = MEANING + 1
    return WordVector(
        figures[:MEANING], figures[MEANING], figures[place : place + PLACE], figures[place + PLACE :]
    )


def nearness(one: str, other: str) -> float | None:
    """How much two words stand in the same places, -1 to 1; None where one is rare."""
    ours, theirs = vector(one), vector(other)
    if ours is None or theirs is None:
        return None
    return float(sum(map(mul, ours.like, theirs.like)) / UNIT**2)


def fitness(headword: str, before: str, after: str) -> float:
    """How well a word goes after `before` and before `after`: 0 if nothing is known, 1 and more if well.

    `before` and `after` are words or marks of punctuation; empty where nothing stands.
    """
    ours = vector(headword)
    if ours is None:
        return 0.0
    left, right = vector(before), vector(after)
    asked = [*([left.after] if left else []), *([right.before] if right else [])]
    return sum(sum(map(mul, ours.like, each)) for each in asked) * ours.firmness / _FIT
