"""What it would take: how many words are between a learner and reading a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil

from studytui.study.vocabulary import Status

AIM = 0.95
"""The share of running words known from which a text can be read with help: Laufer (1989)."""


def words_to(aim: float, counts: Mapping[str, int], status: Callable[[str], Status]) -> int:
    """The fewest headwords whose learning lets a learner know `aim` (0 to 1) of the running words.

    Args:
        aim: the share, 0 to 1.
        counts: how often the text has each headword, names left out.
        status: of a headword; known and ignored ones need no learning.

    Each headword gains what it occurs, so the commonest first is the shortest way.
    """
    total = sum(counts.values())
    gains: list[int] = []
    covered = 0
    for headword, count in counts.items():
        if status(headword) in ("probable", "known", "ignored"):
            covered += count
        else:
            gains.append(count)
    missing = ceil(round(aim * total, 6)) - covered
    words = 0
    for gain in sorted(gains, reverse=True):
        if missing <= 0:
            break
        missing -= gain
        words += 1
    return words
