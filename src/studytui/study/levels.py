"""Levels of HSK 3.0: their names, and which of them a learner seems to have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from studytui.study.vocabulary import LEFT_ALONE, Status
from studytui.text.token import Word

_UNKNOWN_LEARNER = 5
"""No higher level is taken for granted of a learner of whom nothing is known."""
_TELLING = 3
"""Fewer marked words of a level do not tell that the learner has it."""


def learner_level(words: list[Word], status: Callable[[str], Status]) -> int:
    """The HSK level the learner seems to have, from what is known of this text's words.

    It is the highest level of which half of the words are known or ignored. While there is none, it is
    taken from the text: who opens it can read four fifths of its running words.
    """
    levels = {word.headword: word.hsk for word in words if word.hsk is not None}
    if not levels:
        return 6
    totals: Counter[int] = Counter(levels.values())
    have = Counter(level for headword, level in levels.items() if status(headword) in LEFT_ALONE)
    shown = [level for level in totals if have[level] * 2 >= totals[level] and have[level] >= _TELLING]
    if shown:
        return max(shown)
    running = sorted(word.hsk for word in words if word.hsk is not None)
    return min(_UNKNOWN_LEARNER, running[len(running) * 4 // 5])
