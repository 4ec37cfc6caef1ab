"""What a phrase is worth to one learner, and the reason in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from math import log, log10
from typing import TYPE_CHECKING

from studytui.study.language.word_kind import may_be_a_person, parts_of_speech
from studytui.study.language.word_tests import is_glue, rarity
from studytui.study.levels import learner_level
from studytui.study.phrases.candidates import Candidate, PhraseKind
from studytui.study.transparent import parts_of
from studytui.study.vocabulary import LEFT_ALONE, Status
from studytui.text.token import AnnotatedDocument
from studytui.wording import hsk_name

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon

_PLAIN, _CENTRAL, _USEFUL, _LEVEL = 0.15, 0.42, 0.1, 0.1
"""What every phrase has, and the weights of how central, useful and fit it is. With these and those below
the first 40 have 61 % of what a teacher had listed for fourteen texts before the program saw them; when level
and use weighed as much as what a text is about, they had 51 %."""
_KIND: dict[PhraseKind, float] = {"idiom": 0.33, "phrase": 0.12, "term": 0.12, "word": 0.0}
_BEGINNER = 1
"""Up to this level it weighs twice whether a word fits: a rare one does not help who has few."""
_SINGLE, _SEEN_THROUGH, _PERSON = 0.25, 0.1, 0.05
"""What one character loses, what is understood by its parts, and what is for people."""
_SAID = 0.05
"""What is added to a verb or an adjective: nouns are looked up, these are learnt."""
_FIT = {-3: 0.05, -2: 0.15, -1: 0.35, 0: 0.6, 1: 1.0, 2: 0.95, 3: 0.85, 4: 0.65, 5: 0.45, 6: 0.3}
"""How well a phrase so many levels above the learner fits: just above is best."""
_SHARED = 0.7
"""How far what a text turns on makes the terms built with it central (网络 and 网络强国建设)."""
_TOPIC = 0.7
"""How well a term of several words that all turns on fits, whatever its level."""
_UNSURE = 0.25
"""What a chance group of words would lose; what is listed loses nothing."""
_GROUP = 2.4
"""The least Zipf frequency that is taken of a group of words that no list has."""
_EVERYDAY = 3.0
"""Zipf frequency from which a word with a bound ending (建设性, 学术界) is an ordinary word."""
_GAIN = 0.005
"""Share of a text's words (grammar left out) from which it is said what a phrase gains in coverage."""


class Worth:
    """Judges the candidates of one document for one learner."""

    def __init__(
        self, document: AnnotatedDocument, lexicon: Lexicon, status: Callable[[str], Status]
    ) -> None:
        self._lexicon = lexicon
        self._status = status
        self._words = [word for row in document.words for word in row if not is_glue(word)]
        self._counts = Counter(word.headword for word in self._words)
        self._headings = {
            index
            for index, paragraph in enumerate(document.document.paragraphs)
            if paragraph.kind == "heading"
        }
        self._cap = max(4.0, len(self._words) ** 0.5 / 3)
        self.level = learner_level(self._words, status)
        """The HSK level, 0 to 7, that the learner seems to have."""
        self._level = _LEVEL * (2 if self.level <= _BEGINNER else 1)

    def of(self, candidate: Candidate, free: int, cohesion: float) -> float:
        """0 to 1. `free` is how often it occurs outside firmer phrases."""
        standing = self._status(candidate.headword)
        if standing in LEFT_ALONE:
            return 0.0
        heading = any(place.paragraph in self._headings for place in candidate.places)
        central = min(1.0, self._keyness(candidate.headword, free) + 0.1 * heading)
        if candidate.kind == "term" and len(candidate.words) > 1:
            central = max(central, _SHARED * self._turned_on(candidate))
        fit = _fit(self.difficulty(candidate) - self.level)
        if candidate.kind == "term" and len(candidate.words) > 1:
            # What a text is about is to be had as one piece, however easy its parts are (网络 + 安全).
            fit = max(fit, _TOPIC * central)
        worth = _PLAIN + _CENTRAL * central + _USEFUL * self._useful(candidate) + self._level * fit
        worth += self._kind(candidate) * (1.0 if candidate.kind == "idiom" else min(1.0, fit / 0.8))
        worth += self._make(candidate)
        if standing == "learning":
            worth *= 0.85
        return max(0.0, min(1.0, worth * (1 - _UNSURE + _UNSURE * cohesion)))

    def _make(self, candidate: Candidate) -> float:
        """What is added or taken for what it is made of, and for what it stands for."""
        headword, lexicon = candidate.headword, self._lexicon
        if len(headword) == 1:
            return -_SINGLE
        alone = len(candidate.words) == 1
        made = -_SEEN_THROUGH if alone and parts_of(headword, lexicon) is not None else 0.0
        if may_be_a_person(headword, lexicon):
            made -= _PERSON
        return made + _SAID * (parts_of_speech(lexicon, headword)[0] in ("v", "a"))

    def _turned_on(self, candidate: Candidate) -> float:
        """How central the most central of a term's words is to this text, 0 to 1."""
        return max(
            (
                min(1.0, log(1 + self._counts[word.headword]) / log(1 + self._cap))
                * self._keyness(word.headword, max(1, self._counts[word.headword]))
                for word in candidate.words
                if self._lexicon.tag(word.headword)[:1] != "a"
            ),
            default=0.0,
        )

    def _keyness(self, headword: str, free: int) -> float:
        """How much oftener this text has it than others: 0.4 (no oftener) to 1 (1,000 times and more)."""
        zipf = self._lexicon.frequency(headword)
        if zipf is None:
            return 1.0
        expected = len(self._words) * 10 ** (zipf - 9)
        return min(1.0, 0.4 + 0.2 * max(0.0, log10(free / expected)))

    def difficulty(self, candidate: Candidate) -> float:
        """Its HSK level, or the level of words as frequent; a phrase is as hard as its hardest part."""
        text = candidate.headword
        level = self._lexicon.level(text)
        if level is not None:
            return float(level)
        if candidate.kind == "idiom":
            return 7.0
        parts = self._parts(candidate)
        if candidate.is_coined:
            return 8.0
        if len(parts) > 1:
            return max(_level_of(self._lexicon.level(part), self._lexicon.frequency(part)) for part in parts)
        return _level_of(None, self._lexicon.frequency(text))

    def _parts(self, candidate: Candidate) -> tuple[str, ...]:
        """The words it is made of: its tokens, or the halves of a word of four characters."""
        text = candidate.headword
        if len(candidate.words) > 1:
            return tuple(word.headword for word in candidate.words)
        halves = (text[:2], text[2:])
        return halves if len(text) == 4 and all(half in self._lexicon for half in halves) else (text,)

    def _kind(self, candidate: Candidate) -> float:
        """What is added for its kind; little for a group of easy words that explains itself."""
        full = _KIND[candidate.kind]
        if candidate.kind == "idiom" or not full:
            return full
        if len(candidate.headword) == 3 and (self._lexicon.frequency(candidate.headword) or 0) >= _EVERYDAY:
            full /= 2
        hardest = max(rarity(self._lexicon.frequency(part)) for part in self._parts(candidate))
        hardest = max(hardest, 0.5) if len(candidate.words) == 2 else hardest
        often = min(1.0, (len(candidate.places) - 1) / 3)
        return full * max(0.2 + 0.8 * hardest, often)

    def _useful(self, candidate: Candidate) -> float:
        """How far the language at large rewards knowing it: not rare, and not met everywhere anyway."""
        zipf = self._lexicon.frequency(candidate.headword)
        if zipf is None and len(candidate.words) > 1:
            # A group met rarely is made of rare words, which does not make it less useful than they are.
            zipf = max(_GROUP, min(word.frequency or 2.0 for word in candidate.words) - 1.2)
        if zipf is None:
            # What the dictionary has and the frequency lists have not is mostly new (获得感).
            zipf = 2.5 if candidate.kind == "term" and candidate.headword in self._lexicon else 1.5
        if candidate.kind == "idiom":
            return min(1.0, max(0.55, 0.55 + (zipf - 1.0) * 0.2))
        if zipf < 3.3:
            return max(0.1, 0.1 + (zipf - 1.0) * 0.39)
        return 1.0 if zipf <= 4.8 else max(0.15, 1.0 - (zipf - 4.8) * 0.5)

    def reason(self, candidate: Candidate, count: int) -> str:
        """One clause after the other, as a teacher would say it."""
        name = {"idiom": "an idiom", "phrase": "a set phrase", "term": "a term", "word": "a word"}[
            candidate.kind
        ]
        if any(place.paragraph in self._headings for place in candidate.places):
            name += " of the headline"
        elif count >= max(3, self._cap / 2):
            name += " this text turns on"
        level = self._lexicon.level(candidate.headword)
        band = "outside the HSK lists" if level is None else hsk_name(level)
        used = "once" if count == 1 else f"{count} times"
        gain = count * len(candidate.words) / max(1, len(self._words))
        if count > 1 and gain >= _GAIN:
            used += f" ({gain:.1%} of its words)"
        known = "being learned" if self._status(candidate.headword) == "learning" else "not yet known"
        return f"{name}, used {used}; {band}; {known}"


def _fit(above: float) -> float:
    return _FIT[max(-3, min(6, round(above)))]


def _level_of(hsk: int | None, zipf: float | None) -> float:
    if hsk is not None:
        return float(hsk)
    if zipf is None or zipf < 3.0:
        return 8.0
    return 3.0 if zipf >= 5.5 else 5.0 if zipf >= 4.8 else 6.0 if zipf >= 4.2 else 7.0
