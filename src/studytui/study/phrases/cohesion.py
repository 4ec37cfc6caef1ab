"""How firmly the tokens of a candidate belong together, from 0 (chance neighbours) to 1 (one expression).

A word list's word settles it. Without one, what the text itself shows counts: pointwise mutual information
of the parts (Church and Hanks 1990), branching entropy of the neighbours on both sides (Jin and
Tanaka-Ishii 2006), whether the stretch stands between commas and particles, and whether it is listed beside
others of its make (基础技术、通用技术、前沿技术).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import log2
from typing import TYPE_CHECKING

from studytui.study.language.gloss import cleaned
from studytui.study.language.word_tests import (
    PREFIXES,
    SUFFIXES,
    WordClass,
    is_attested,
    is_doubled,
    is_glue,
    rarity,
    word_class,
)
from studytui.study.phrases.candidates import Candidate, Occurrence
from studytui.text.token import AnnotatedDocument, Word

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon

FIRM = 0.5
"""From here on a candidate is taken for an expression, and its parts are counted only outside it."""


_WEIGHTY = 0.35
"""Rarity of both words from which four characters beside an idiom are as bookish as it is."""
_COMPOUND = 3
"""So often must a noun and a verb be met together to be no clause."""
_TELLING = 0.4
"""Rarity of a word from which a pair in a chain of nouns is more than its parts."""


class Cohesion:
    """The cohesion of one document's candidates."""

    def __init__(self, document: AnnotatedDocument, found: list[Candidate], lexicon: Lexicon) -> None:
        self._rows = document.words
        self._lexicon = lexicon
        self._words = Counter(
            word.headword for row in document.words for word in row if word.token.kind == "word"
        )
        self._total = max(1, sum(self._words.values()))
        self._counts = {candidate.headword: len(candidate.places) for candidate in found}
        self._items = self._listed_items(found)
        self._idiom_ends = frozenset(
            (place.paragraph, place.last)
            for candidate in found
            if candidate.kind in ("idiom", "phrase") and candidate.source in ("listed", "word", "shape")
            for place in candidate.places
        )
        self._units = self._units_of_runs(found)

    def of(self, candidate: Candidate) -> float:
        """0 to 1."""
        if len(candidate.words) == 1:
            return 1.0
        if candidate.source == "shape":
            return 0.8
        if candidate.source == "listed" and self._lexicon.phrase(candidate.headword):
            return 1.0
        text = candidate.headword
        singles = any(len(word.text) == 1 for word in candidate.words)
        if candidate.source == "listed":
            if text in self._lexicon or is_doubled(text, self._lexicon):
                return 1.0
            if self._lexicon.tag(text) in ("i", "l") and singles:
                return 1.0
        listed = 0.15 if candidate.source == "listed" else 0.0
        if candidate.source == "listed" and candidate.kind in ("idiom", "phrase"):
            listed = 0.3
        return min(1.0, listed + self._run(candidate))

    def _run(self, candidate: Candidate) -> float:
        words = candidate.words
        if len(candidate.places) == 1 and self._lexicon.tag(words[0].headword) in ("s", "ns", "t", "f"):
            return 0.0  # 楼上 + 住户: which one, not what
        classes = [word_class(word.headword, self._lexicon) for word in words]
        rarities = [rarity(word.frequency) for word in words]
        rare, both_rare = max(rarities), min(rarities)
        if classes[0] == "verb" and (len(words) > 2 or both_rare < 0.25 or len(candidate.headword) > 4):
            return 0.0
        done = classes[0] == "noun" and classes[-1] == "verb"
        if done and candidate.source == "run" and len(candidate.places) < _COMPOUND:
            return 0.0  # 世界 + 作对; 生态修复 is said again and again
        edges = [self._edges(place, classes[0] == "verb") for place in candidate.places]
        edge = sum(left + right for left, right in edges) / (2 * len(edges))
        count = len(candidate.places)
        described = classes[0] == "adjective" and words[0].headword not in PREFIXES
        plain = 0.5 if described and both_rare < 0.35 else -0.3 if words[-1].headword in SUFFIXES else 0.0
        if count == 1 and candidate.source == "run" and not self._is_telling(candidate):
            return 0.0
        if count == 1:
            left, right = edges[0]
            place = candidate.places[0]
            is_unit = (place.paragraph, place.first, place.last) in self._units
            if max(left, right) < 1.0 and not is_unit:
                return 0.0
            if len(words) > 2 and "verb" in classes[:-1]:
                return 0.0
            if self._is_parallel(candidate) and both_rare >= _WEIGHTY:
                return 0.3 + 0.35 * rare + 0.25 * both_rare
            if candidate.source == "run" and self._is_clause(candidate, classes):
                return 0.0
            named = classes[0] in ("noun", "adjective")
            if is_unit and named and rare >= _TELLING and classes[-1] in ("noun", "verb"):
                return 0.35 + 0.35 * rare + 0.25 * both_rare - plain
            aside = 0.25 if candidate.headword in self._items else 0.0
            chain = len(words) > 2 and set(classes) == {"noun"} and not self._has_commoner_part(candidate)
            chain = chain and not any(map(_is_only_done, words[1:-1]))
            whole = 0.35 if left and right and chain else 0.0
            # Long chains of nouns fall into units of four characters: 能力建设 + 顶层设计.
            unit = 0.15 if len(candidate.headword) == 4 and len(words) == 2 and right and rare >= 0.6 else 0.0
            return 0.15 * edge + 0.35 * rare + 0.25 * both_rare + aside + whole + unit - plain
        variety = self._variety(candidate)
        if edge < 0.45 and variety < 0.5:
            return 0.0
        return 0.3 + 0.25 * self._pmi(candidate) + 0.15 * edge + 0.15 * variety + 0.3 * rare - plain

    def _is_telling(self, candidate: Candidate) -> bool:
        """Whether a run met once may be a term at all, and no clause or pile of nouns (官网博客文章).

        Of two words both must be hard enough to be worth a card together, or it stands in a list beside
        others of its make; of more, some must be listed or met together elsewhere (网络强国 + 建设).
        """
        words = [word.headword for word in candidate.words]
        if self._lexicon.classes(words[0])[:1] == "v":
            return False  # 感染 + 寄生虫
        if len(words) == 2:
            hard = min(rarity(word.frequency) for word in candidate.words) >= _WEIGHTY
            return hard or candidate.headword in self._items
        pairs = ("".join(words[first : first + 2]) for first in range(len(words) - 1))
        return any(self._counts.get(pair, 0) > 1 or is_attested(pair, self._lexicon) for pair in pairs)

    def _has_commoner_part(self, candidate: Candidate) -> bool:
        """Whether the text has some of its words together more often than all of them."""
        words = [word.headword for word in candidate.words]
        parts = ("".join(words[first : first + 2]) for first in range(len(words) - 1))
        return any(self._counts.get(part, 0) > len(candidate.places) for part in parts)

    def _is_parallel(self, candidate: Candidate) -> bool:
        """Whether it stands in a list beside an idiom of the same length: 强强联合、协同攻关."""
        place = candidate.places[0]
        row = self._rows[place.paragraph]
        if len(candidate.headword) != 4 or [len(word.text) for word in candidate.words] != [2, 2]:
            return False
        after = row[place.last] if place.last < len(row) else None
        if place.first < 2 or row[place.first - 1].text != "、" or (after is not None and not is_glue(after)):
            return False
        return (place.paragraph, place.first - 1) in self._idiom_ends

    def _units_of_runs(self, found: list[Candidate]) -> frozenset[tuple[int, int, int]]:
        """The pairs into which long chains of nouns fall, from the right: 军民融合 + 技术体系.

        What a word list holds, or the text has twice, is not taken apart. Each is (paragraph, first, last).
        """
        firm: dict[tuple[int, int], int] = {}
        for candidate in found:
            listed = candidate.source == "listed" or len(candidate.places) > 1
            if len(candidate.words) == 1 or not listed:
                continue
            for place in candidate.places:
                key = (place.paragraph, place.last)
                firm[key] = min(firm.get(key, place.first), place.first)
        units: set[tuple[int, int, int]] = set()
        for index, row in enumerate(self._rows):
            last = len(row)
            while last:
                first = last
                while first and self._may_chain(row[first - 1]):
                    first -= 1
                if last - first > 2:
                    units |= {(index, *pair) for pair in self._pairs(index, first, last, row, firm)}
                last = min(first, last - 1)
        return frozenset(units)

    def _may_chain(self, word: Word) -> bool:
        if is_glue(word) or len(word.text) < 2:
            return False
        return word_class(word.headword, self._lexicon) in ("noun", "verb", "adjective")

    def _pairs(
        self, index: int, first: int, last: int, row: tuple[Word, ...], firm: dict[tuple[int, int], int]
    ) -> list[tuple[int, int]]:
        pairs: list[tuple[int, int]] = []
        while last - first > 1:
            anchor = firm.get((index, last))
            if anchor is not None and anchor >= first:
                last = anchor
                continue
            inner = firm.get((index, last - 1))
            if inner is not None and first <= inner < last - 2:
                last -= 1  # 人力物力 + 财力: the listed one stands
            elif 4 <= len(row[last - 2].text) + len(row[last - 1].text) <= 5:
                pairs.append((last - 2, last))
                last -= 2
            else:
                last -= 1
        return pairs

    def _is_clause(self, candidate: Candidate, classes: list[WordClass]) -> bool:
        """Whether it is as likely verb and object, or subject and verb, met by chance (嘴唇哆嗦)."""
        subject = classes[0] == "noun" or self._lexicon.tag(candidate.words[0].headword) in ("s", "t")
        last = candidate.words[-1]
        tag = self._lexicon.tag(last.headword)
        # 跑步 is a noun by its tag alone; 建设 is used as one; ，慧眼 + 识才， is more than a clause.
        weighty = min(rarity(word.frequency) for word in candidate.words) >= _WEIGHTY
        set_off = weighty and self._is_set_off(candidate.places[0])
        verbal = classes[-1] == "verb" or tag == "v" or (tag == "n" and not set_off and _is_only_done(last))
        return classes[0] == "verb" or (subject and verbal)

    def _edges(self, place: Occurrence, verbal: bool) -> tuple[float, float]:
        """How surely something new begins on the left, and after it on the right, 0 to 1."""
        row = self._rows[place.paragraph]
        before = row[place.first - 1] if place.first else None
        after = row[place.last] if place.last < len(row) else None
        left = 1.0 if before is None or is_glue(before) else 0.0
        if before is not None and not left and not verbal:
            left = 0.7 if self._governs(before) else 0.0
        right = 1.0 if after is None or is_glue(after) else 0.0
        if (
            after is not None
            and not right
            and word_class(after.headword, self._lexicon) in ("verb", "adverb")
        ):
            right = 0.6
        return left, right

    def _governs(self, word: Word) -> bool:
        """Whether a word is a verb and nothing else, so that its object begins after it (not 创新 + 驱动)."""
        return (not word.gloss or _is_only_done(word)) and word_class(word.headword, self._lexicon) == "verb"

    def _is_set_off(self, place: Occurrence) -> bool:
        """Whether it stands between marks, beside another clause as long: 慧眼识才，爱才惜才."""
        row = self._rows[place.paragraph]
        clauses: list[int] = []
        for side in (row[: place.first][::-1], row[place.last :]):
            if side and side[0].token.kind != "punctuation":
                return False
            marks = [index for index, word in enumerate(side[1:], 1) if word.token.kind == "punctuation"]
            clause = side[1 : marks[0]] if marks else side[1:]
            clauses.append(sum(len(word.text) for word in clause))
        return place.end - place.start in clauses

    def _pmi(self, candidate: Candidate) -> float:
        """Normalised pointwise mutual information of the weakest joint, 0 to 1."""
        count = len(candidate.places)
        together = count / self._total
        apart = [self._words[word.headword] / self._total for word in candidate.words]
        weakest = 1.0
        for cut in range(1, len(apart)):
            left, right = (
                _share(candidate, self._counts, apart, 0, cut, self._total),
                _share(candidate, self._counts, apart, cut, len(apart), self._total),
            )
            weakest = min(weakest, log2(together / (left * right)) / -log2(together))
        return max(0.0, weakest)

    def _variety(self, candidate: Candidate) -> float:
        """Branching entropy of the poorer side, 0 (always the same neighbour) to 1 (never the same)."""
        sides: tuple[list[str], list[str]] = ([], [])
        for place in candidate.places:
            row = self._rows[place.paragraph]
            sides[0].append(row[place.first - 1].text if place.first else f"start{place.paragraph}")
            sides[1].append(row[place.last].text if place.last < len(row) else f"end{place.paragraph}")
        most = log2(len(candidate.places))
        return min(_entropy(side) for side in sides) / most if most else 0.0

    def _listed_items(self, found: list[Candidate]) -> frozenset[str]:
        """Candidates that stand between list commas beside another with the same last token."""
        by_paragraph: defaultdict[tuple[int, str], list[tuple[Occurrence, str]]] = defaultdict(list)
        for candidate in found:
            if len(candidate.words) < 2:
                continue
            for place in candidate.places:
                row = self._rows[place.paragraph]
                before = row[place.first - 1].text if place.first else ""
                after = row[place.last].text if place.last < len(row) else ""
                if before == "、" or after == "、":
                    tail = candidate.words[-1].headword
                    by_paragraph[place.paragraph, tail].append((place, candidate.headword))
        items: set[str] = set()
        for listed in by_paragraph.values():
            for place, text in listed:
                if any(other.first == place.last + 1 or other.last == place.first - 1 for other, _ in listed):
                    items.add(text)
        return frozenset(items)


def _is_only_done(word: Word) -> bool:
    """Whether the dictionary's English of a word is all verbs."""
    shown = [cleaned(gloss) for gloss in word.gloss[:3]]
    return bool(word.entries) and any(shown) and all(gloss.startswith("to ") for gloss in shown if gloss)


def _share(
    candidate: Candidate, counts: dict[str, int], apart: list[float], first: int, last: int, total: int
) -> float:
    """How often a part of a candidate occurs, as a share of all tokens."""
    if last - first == 1:
        return apart[first]
    text = "".join(word.headword for word in candidate.words[first:last])
    return max(counts.get(text, 0), len(candidate.places)) / total


def _entropy(neighbours: list[str]) -> float:
    total = len(neighbours)
    return sum(-count / total * log2(count / total) for count in Counter(neighbours).values())
