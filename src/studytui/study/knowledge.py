"""How likely a learner knows a word: item response theory, fitted to each learner.

A word has a difficulty and a learner an ability, both in levels of HSK 3.0, and the chance that the learner
knows the word is a logistic curve of their difference (Rasch 1960; one slope for all words). Lists
and life teach in different orders: 咖啡 is of an early level and rare in books, 政府 is not. So a
word has two difficulties, that of the lists and that of its commonness, and the learner a second figure: how
much of what was learned follows the lists. A third is for who brings characters along, as from Japanese:
nouns, verbs and adjectives are then far ahead of the words of grammar.

What is known of all three is a table of chances over a grid (Bayes, as in adaptive tests: van der Linden and
Glas 2010), which each answer, mark and level said makes sharper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import exp, log, sqrt
from typing import Protocol

from studytui.study.language.function_words import FUNCTION_WORDS

SLOPE = 1.7
"""Of the curve, for a level. With it, who is at home on a level knows four in five of its words and nearly
half of those of the next. No list of what learners know is free to fit it to: `benchmarks/knowledge.py` tries
it on learners that were not made by this model."""
AT_HOME = 0.9
"""How many levels the ability of a learner is above the level that is said."""
KNOWN, PROBABLE = 0.7, 0.5
"""From these chances on a word counts as known, or probably known."""

EQUAL = (
    (6.70, -3.0), (6.42, -2.0), (6.07, -1.0), (5.71, 0.0), (5.38, 1.0), (4.98, 2.0), (4.70, 3.0), (4.50, 4.0),
    (4.34, 5.0), (4.20, 6.0), (3.73, 7.5),
)  # fmt: skip
"""Zipf frequency of the commonest N words of the dictionary, where N words are in the lists up to a level.

This makes commonness and level one scale (equipercentile linking): as many words are as common as that as
are of that level. The last is half past seven, since the standard does not part its levels 7 to 9. Below
level 1, which has 500 words, no list parts them: there are 200, 80, 30 and 10 up to each step down.
"""
_WITHIN, _LITTLE = 0.7, 0.25
"""A word that is commoner than its level is easier by that part of the difference, but by no more than so
many levels: who learns a list learns all of it. Down from level 1 it goes on, since a beginner knows 我 and
好 before the list. Measured with `benchmarks/knowledge.py` on the texts of `decks` and on learners of the 30
to 200 commonest words: with half a level, list learners lose up to two points of a hundred, with these none.
"""
_FIRST = 0.5
"""A word that no list has is not taught before this, however common it is. Measured on the same."""
_UNLISTED = 1.5
"""How many levels a word that no list has is above its commonness, for who learns by lists."""
_COMMONEST = (7.2, -4.0)
"""Zipf frequency and level of the commonest two words."""
_RARE, _HARDEST = 1.0, 10.0
"""Zipf frequency of what was not seen; the level of the rarest word."""

_ABILITIES = tuple(-6.0 + 0.25 * step for step in range(69))
_WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0)
"""How much of what was learned follows the lists."""
_AHEAD = ((0.0, 0.0), (2.5, -3.0), (6.0, -3.0), (9.0, -3.0))
"""By how many levels words of content may be ahead of those of grammar, and the logarithm of how likely."""
_SLIP = 0.03
"""How often a word that is known is said not to be."""
_GUESSES, _TRIED = 0.1, 2.0
"""Before any answer: one false alarm in twenty invented words, which counts as much as two tries."""
_MOST = 25.0
"""Marks and notes count together for no more answers than this: they are not drawn by lot."""


class LevelledWords(Protocol):
    """What a dictionary says of words."""

    def level(self, headword: str) -> int | None:
        """Level of HSK 3.0, 1 to 7."""

    def frequency(self, headword: str) -> float | None:
        """Zipf frequency."""

    def classes(self, headword: str) -> str:
        """Its parts of speech, the likeliest first; see `word_class.classes_of`."""


Shape = tuple[float, float, float]
"""A learner's ability, in levels; how much of what was learned follows the lists, 0 to 1; by how many levels
the words of content are ahead."""


@dataclass(frozen=True, slots=True)
class Difficulty:
    """How hard a word is, in levels of HSK 3.0."""

    taught: float
    """By where the lists have it."""
    met: float
    """By how common it is."""
    content: bool = True
    """Whether it is a noun, a verb or an adjective, and no word of grammar."""

    def known_to(self, learner: Shape) -> float:
        """The chance, 0 to 1, that a learner of a shape knows it."""
        ability, weight, ahead = learner
        hard = weight * self.taught + (1 - weight) * self.met
        if self.content:
            hard -= ahead
        elif ahead:
            hard = max(1.0, hard)  # who brings characters along did not begin with the commonest words
        return 1 / (1 + exp(-SLOPE * (ability - hard)))


@lru_cache(maxsize=4096)
def difficulty(level: int | None, zipf: float | None, content: bool = True) -> Difficulty:
    """The difficulty of a word of a level and of a Zipf frequency, where it has them."""
    common = _level_of(_RARE if zipf is None else round(zipf, 1))
    if level is None:
        return Difficulty(min(_HARDEST, max(_FIRST, common) + _UNLISTED), common, content)
    middle = _middle(level)
    off = min(0.0, _WITHIN * (common - middle))
    return Difficulty(middle + (off if level == 1 else max(-_LITTLE, off)), common, content)


def _middle(level: float) -> float:
    """Where a level stands on the scale; 7 is that of the levels 7 to 9."""
    return 7.5 if level == 7 else float(level)


def _level_of(zipf: float) -> float:
    """The level of which there are as many words as there are as common as this."""
    pairs = [_COMMONEST, *EQUAL, (_RARE, _HARDEST)]
    for (above, level), (below, next_level) in pairwise(pairs):
        if zipf >= below:
            share = min(1.0, max(0.0, (above - zipf) / (above - below)))
            return level + share * (next_level - level)
    return _HARDEST


@dataclass(frozen=True, slots=True)
class Tried:
    """A word of a placement, and what the learner said of it."""

    headword: str
    known: bool
    """Whether the learner said to know it."""
    invented: bool = False
    """Whether there is no such word: who says to know it guesses."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a learner."""

    level: float = 0
    """The level of HSK 3.0 that the learner says to have; 0 for none."""
    tried: tuple[Tried, ...] = ()
    """The answers of the last placement."""
    known: tuple[str, ...] = ()
    """Words that were marked as known, or whose cards are firm."""
    unknown: tuple[str, ...] = ()
    """Words that were new to the learner: marked as learned, or made into notes."""

    @property
    def tells(self) -> bool:
        """Whether a word that nothing was said of can be judged by it."""
        return bool(self.level or self.tried)

    @property
    def guessing(self) -> float:
        """How often a word that is not known is said to be, by the invented words."""
        invented = [each for each in self.tried if each.invented]
        return (_GUESSES + sum(each.known for each in invented)) / (_TRIED + len(invented))


class Knowledge:
    """What is known of a learner, as chances over abilities."""

    def __init__(self, evidence: Evidence, facts: LevelledWords) -> None:
        """Of what is known of a learner; `facts` are the dictionary's."""
        self._facts = facts
        self._chances: dict[Difficulty, float] = {}
        self._said = {each.headword: each.known for each in evidence.tried if not each.invented}
        self._guessing = evidence.guessing
        shapes = [
            (ability, weight, ahead) for ability in _ABILITIES for weight in _WEIGHTS for ahead, _ in _AHEAD
        ]
        logs = [_prior(shape, evidence) for shape in shapes]
        self._shapes = shapes
        counted: Counter[tuple[Difficulty, bool, float]] = Counter()
        for headword, known in self._said.items():
            counted[self.difficulty(headword), known, self._guessing] += 1
        self._add(logs, counted, 1.0)
        marked: Counter[tuple[Difficulty, bool, float]] = Counter()
        for headwords, known in ((evidence.known, True), (evidence.unknown, False)):
            for headword in headwords:
                marked[self.difficulty(headword), known, 0.1] += 1
        self._add(logs, marked, min(1.0, _MOST / max(1, marked.total())))
        top = max(logs)
        masses = [exp(value - top) for value in logs]
        total = sum(masses)
        chances = [(shape, mass / total) for shape, mass in zip(shapes, masses, strict=True)]
        kept = [(shape, share) for shape, share in chances if share > _NOTHING]
        left = sum(share for _, share in kept)
        self._posterior = [(shape, share / left) for shape, share in kept]

    def _add(
        self, logs: list[float], counted: Mapping[tuple[Difficulty, bool, float], int], share: float
    ) -> None:
        for (hard, known, guessing), count in counted.items():
            for place, shape in enumerate(self._shapes):
                chance = hard.known_to(shape)
                yes = (1 - _SLIP) * chance + guessing * (1 - chance)
                logs[place] += count * share * log(yes if known else 1 - yes)

    def difficulty(self, headword: str) -> Difficulty:
        """Of a word, by the dictionary."""
        facts = self._facts
        content = headword not in FUNCTION_WORDS and facts.classes(headword)[:1] not in ("o", "d")
        return difficulty(facts.level(headword), facts.frequency(headword), content)

    def chance(self, headword: str) -> float:
        """The chance, 0 to 1, that the learner knows a word, also by what was said of it in a placement."""
        chance = self.chance_of(self.difficulty(headword))
        said = self._said.get(headword)
        if said is None:
            return chance
        given = (1 - _SLIP if said else _SLIP) * chance
        other = (self._guessing if said else 1 - self._guessing) * (1 - chance)
        return given / (given + other)

    def chance_of(self, hard: Difficulty) -> float:
        """The chance that the learner knows a word of a difficulty."""
        chance = self._chances.get(hard)
        if chance is None:
            chance = sum(mass * hard.known_to(shape) for shape, mass in self._posterior)
            self._chances[hard] = chance
        return chance

    @property
    def ability(self) -> tuple[float, float]:
        """The learner's ability in levels of HSK 3.0, and how far it may be off (a standard deviation)."""
        mean = sum(mass * shape[0] for shape, mass in self._posterior)
        return mean, sqrt(sum(mass * (shape[0] - mean) ** 2 for shape, mass in self._posterior))

    def gain(self, hard: Difficulty) -> float:
        """How much an answer on a word of a difficulty tells: the spread of the chances it may have."""
        mean = self.chance_of(hard)
        spread = sum(mass * (hard.known_to(shape) - mean) ** 2 for shape, mass in self._posterior)
        return spread / max(1e-9, mean * (1 - mean))

    def spread(self, counts: Iterable[tuple[Difficulty, int]]) -> float:
        """The standard deviation of how many of so many running words are known, for want of certainty.

        Args:
            counts: of headwords of which nothing was said: difficulty, and how often it stands in the text.
        """
        sums: Counter[Difficulty] = Counter()
        squares: Counter[Difficulty] = Counter()
        for hard, count in counts:
            sums[hard] += count
            squares[hard] += count * count
        own = sum(many * (p := self.chance_of(hard)) * (1 - p) for hard, many in squares.items())
        means = [
            (sum(many * hard.known_to(shape) for hard, many in sums.items()), mass)
            for shape, mass in self._posterior
        ]
        mean = sum(value * mass for value, mass in means)
        return sqrt(own + sum(mass * (value - mean) ** 2 for value, mass in means))


_NOTHING = 1e-4
"""A share of what may be that is left out."""


def _prior(shape: Shape, evidence: Evidence) -> float:
    """The logarithm, but for a constant, of what is thought before any answer."""
    ability, weight, ahead = shape
    odd = dict(_AHEAD)[ahead]
    if not evidence.level:
        return odd - (((ability - 3.0) / 3.5) ** 2) / 2
    # Who says a level has learned by its lists; where a placement was made, it may well be otherwise.
    off, lists, odd = (2.0, 0.5, odd) if evidence.tried else (0.5, 5.0, odd * 4)
    return odd - (((ability - _middle(evidence.level) - AT_HOME) / off) ** 2) / 2 + lists * weight
