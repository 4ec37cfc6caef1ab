"""Levels of HSK 3.0: which one a text has, and which one a learner seems to have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studytui.study.coverage import AIM
from studytui.study.vocabulary import LEFT_ALONE, Status
from studytui.text.lexicon import hsk2

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon
    from studytui.text.token import Word

HIGHEST = 7
"""The level of what the standard calls 7 to 9."""

HskVersion = Literal["3.0", "2.0"]
"""Which lists a level is of: those of 2021, or those of 2010, which most textbooks follow."""

_PLACES = (0.0, 0.3, 0.6, 1.1, 1.9, 3.25, 5.6)
"""Where each level of HSK 2.0 stands among those of 3.0: by how many words there are up to it (150, 300, 600,
1,200, 2,500 and 5,000)."""


@dataclass(frozen=True, slots=True)
class SaidLevel:
    """The level that a learner says to have."""

    number: int
    """1 to 7; 0 for none."""
    version: HskVersion = "3.0"
    """Of which lists."""

    @property
    def place(self) -> float:
        """The level of HSK 3.0 that it comes to."""
        return float(self.number) if self.version == "3.0" else _PLACES[min(self.number, hsk2.HIGHEST)]

    def holds(self, headword: str, lexicon: Lexicon) -> bool:
        """Whether its lists have a word; raises StudytuiError where those of HSK 2.0 are missing."""
        found = lexicon.level(headword) if self.version == "3.0" else hsk2.level(headword)
        return found is not None and found <= self.number


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


def word_level(headword: str, lexicon: Lexicon) -> int | None:
    """The first level whose words are enough to read a word: its own, or that of all its parts.

    None where the lists have neither the word nor its parts.
    """
    from studytui.study.transparent import parts_of  # not before words are looked at

    own = lexicon.level(headword)
    parts = [word_level(part, lexicon) for part in parts_of(headword, lexicon) or ()]
    by_parts = max((level for level in parts if level is not None), default=None)
    found = [level for level in (own, None if None in parts else by_parts) if level is not None]
    return min(found, default=None)


def text_level(counts: Mapping[str, int], lexicon: Lexicon) -> int | None:
    """The level at which 95 % of a text's running words can be read; None where it has no words.

    A text that is beyond all levels, since many of its words are in no list, has the highest.

    Args:
        counts: how often the text has each headword, names left out.
        lexicon: the dictionary, with the lists.
    """
    total = sum(counts.values())
    if not total:
        return None
    by_level: Counter[int] = Counter()
    for headword, count in counts.items():
        level = word_level(headword, lexicon)
        if level is not None:
            by_level[level] += count
    covered = 0
    for level in range(1, HIGHEST):
        covered += by_level[level]
        if covered >= AIM * total:
            return level
    return HIGHEST
