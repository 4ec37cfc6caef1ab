"""A placement: some forty words, each known or not, that tell a learner's level.

A test of yes and no (Meara and Buxton 1987): words are asked where an answer tells most, and some of them do
not exist, so that who says yes to everything is found out.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from studytui.study.knowledge import Evidence, Knowledge, Tried
from studytui.study.transparent import parts_of
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.word_lists import lines

LEAST, MOST = 30, 40
"""Words that are asked at least, and at most."""
_SURE = 0.33
"""Levels: with less of a standard deviation the ability is known well enough."""
_INVENTED_EVERY = 5
"""One word of so many does not exist."""
_BEST = 12
"""One of so many words that tell most is asked, so that two placements are not the same."""
_COMMONEST = 40
"""The commonest words are always among those that are looked at: they tell how far a beginner is."""
_OF_EACH = 60
"""Words of a level that are looked at."""


class Placement:
    """One placement. Its answers are all that it holds."""

    def __init__(self, lexicon: Lexicon, level: float, chance: Random, answers: Sequence[Tried] = ()) -> None:
        """Begins one.

        Args:
            lexicon: the dictionary.
            level: of HSK 3.0 that the learner says to have; 0 for none.
            chance: draws the words.
            answers: those of one that was broken off, which goes on.
        """
        self._lexicon = lexicon
        self._level = level
        self._chance = chance
        self._words = _words(lexicon, chance)
        invented = [word for word in lines("invented_words.txt") if word not in lexicon]
        self._invented = chance.sample(invented, len(invented))
        self._answers = list(answers)
        self._asked: Tried | None = None

    @property
    def answers(self) -> tuple[Tried, ...]:
        """What was answered."""
        return tuple(self._answers)

    @property
    def knowledge(self) -> Knowledge:
        """What the answers tell."""
        return Knowledge(Evidence(self._level, self.answers), self._lexicon)

    @property
    def done(self) -> bool:
        """Whether enough was asked."""
        asked = len(self._answers)
        return asked >= MOST or (asked >= LEAST and self.knowledge.ability[1] < _SURE)

    @property
    def word(self) -> str:
        """The word that is asked now."""
        if self._asked is None:
            self._asked = self._next()
        return self._asked.headword

    def answer(self, known: bool) -> None:
        """Takes the answer to `word`."""
        asked = self._asked or self._next()
        self._answers.append(Tried(asked.headword, known, asked.invented))
        self._asked = None

    def take_back(self) -> None:
        """Asks the word before once more."""
        if self._answers:
            self._asked = self._answers.pop()

    def _next(self) -> Tried:
        place = len(self._answers)
        if place % _INVENTED_EVERY == _INVENTED_EVERY - 2 and self._invented:
            used = {each.headword for each in self._answers}
            return Tried(next(word for word in self._invented if word not in used), False, invented=True)
        knowledge = self.knowledge
        used = {each.headword for each in self._answers}
        ranked = sorted(
            (word for word in self._words if word not in used),
            key=lambda word: -knowledge.gain(knowledge.difficulty(word)),
        )
        return Tried(self._chance.choice(ranked[:_BEST]), False)


def _words(lexicon: Lexicon, chance: Random) -> Sequence[str]:
    """Words of all levels and, beyond the lists, of all degrees of commonness, that stand for themselves."""
    words: list[str] = []
    for level in range(1, 8):
        listed = [word for length in (1, 2) for word in lexicon.headwords(length, level)]
        if level == 1:
            listed.sort(key=lambda word: -(lexicon.frequency(word) or 0.0))
            words, listed = listed[:_COMMONEST], listed[_COMMONEST:]
        words += chance.sample(listed, min(_OF_EACH, len(listed)))
    common = [word for word in lexicon.headwords(2) if lexicon.level(word) is None]
    words += chance.sample(common[:3000], _OF_EACH) + chance.sample(common[3000:12000], _OF_EACH)
    return [word for word in words if parts_of(word, lexicon) is None]
