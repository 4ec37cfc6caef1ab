"""The answer of a question, with all that makes another word right, or able to stand, beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from studytui.study.language import gloss
from studytui.study.language.hypernyms import likeness
from studytui.study.language.word_kind import (
    CLASSES,
    LITTLE,
    classes_of,
    is_expression,
    is_person,
    may_be_a_person,
    parts_of_speech,
    worded_as,
)
from studytui.study.language.word_vectors import fitness, nearness
from studytui.study.notes.note import Note
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.token import Entry

_GRAMMAR = ("d", "c", "p", "r", "u")
"""jieba's tags of adverbs and words of grammar."""
STANDING = 0.6
"""From here on a word may stand where the answer does: of 2,064 options judged by hand 48 % of those above it
could (nouns at 0.9 and more 65 %, verbs at 0.8 and more 57 %), of those below 26 %."""
_SORT = {"n": (0.8, 0.5), "v": (0.4, 0.25)}
"""What it weighs that two words mean the same sort of thing, and how alike two words usually are: with it
nearness tells nouns that can stand from others with an area under the curve of .755 (without .70), verbs
with .66 (.65)."""
_SAME = 0.93
"""So alike in sort (`hypernyms.likeness`) two words mean the same, or one what the other is a kind of."""
_RARE_NEAR = 0.45
"""How near a word counts to one whose places are not known."""
_FAR = 0.1
"""What is no nearer than this stands nowhere the answer does, whatever it means."""
_BESIDE = 0.1
"""What a word's liking for its neighbours in the sentence weighs beside its nearness to the answer."""
_AS_NEAR = 0.9
"""Nearer than this is no better: of options judged by hand as many could stand at 0.8 as at 0.95."""
TERM = 4
"""Characters of a term of two words."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a gap, simplified."""

    before: str = ""
    """The word or mark before it; empty where nothing stands."""
    after: str = ""
    part: str = ""
    """The answer's part of speech in its sentence, as `words.tagger` says it; empty if it is not known."""


class Right:
    """The answer, with all that makes another word right beside it."""

    def __init__(self, note: Note, lexicon: Lexicon, beside: Beside | None = None) -> None:
        self.note = note
        self.beside = beside
        self.lexicon = lexicon
        self.headword = note.headword
        entries = lexicon.entries(note.headword)
        self.forms = {note.headword, note.traditional} | {
            form for entry in entries for form in (entry.simplified, entry.traditional)
        }
        self.field = gloss.field(note.glosses) | field_of(lexicon, note.headword)
        self.expression = len(note.headword) > 3 and is_expression(note.headword, note.kind, lexicon)
        self.parts = ("n",) if note.kind == "term" else parts_of_speech(lexicon, note.headword, note.glosses)
        if beside is not None and beside.part and beside.part in "nvad" and not self.expression:
            # 研究 is offered among verbs where it is one.
            self.parts = (beside.part, *(each for each in self.parts if each != beside.part))
        self.person = is_person(note.headword, note.glosses)
        self.measures = measures_of(entries)
        self.tag = class_of(lexicon, note.headword, note.kind)
        self.zipf = note.frequency if note.frequency is not None else lexicon.frequency(note.headword)
        self.level = note.hsk if note.hsk is not None else lexicon.level(note.headword)
        self._standing: dict[str, float] = {}

    def standing(self, headword: str) -> float:
        """How well a word can stand where the answer stands, 0 (or nothing is known) to 1 and a bit more."""
        if headword not in self._standing:
            self._standing[headword] = self._stands(headword)
        return self._standing[headword]

    def _stands(self, headword: str) -> float:
        near = nearness(self.headword, headword)
        if near is None and len(self.headword) == len(headword) == TERM and not self.expression:
            near = nearness(self.headword[2:], headword[2:])  # 文物保护: a term is what its last word is
        part = self.parts[0]
        if near is None:
            # Of a rare word it is known at most what sort of thing it is: 牛腩 is offered among food.
            alike = likeness(self.headword, headword, part) if part in _SORT else None
            return _RARE_NEAR + _SORT[part][0] * (alike - _SORT[part][1]) if alike is not None else 0.0
        if part in _SORT and near > _FAR:
            weight, usual = _SORT[part]
            alike = likeness(self.headword, headword, part)
            near = min(near, _AS_NEAR) + weight * ((usual if alike is None else alike) - usual)
        beside = self.beside
        fit = fitness(headword, beside.before, beside.after) if beside is not None and near > _FAR else 0.0
        return near + _BESIDE * max(-1.0, min(2.0, fit))

    def same_class(self, headword: str) -> bool:
        """Whether a word is of the answer's part of speech, coarsely."""
        return class_of(self.lexicon, headword) == self.tag

    def agrees(self, headword: str) -> bool:
        """Whether a word is surely of the answer's class and its meaning worded as one (`worded_as`)."""
        if self.expression:
            return True
        entries = self.lexicon.entries(headword)
        ours = "n" if self.note.kind == "term" else worded_as(self.lexicon, self.headword, self.note.glosses)
        return bool(ours and entries) and worded_as(self.lexicon, headword, entries[0].glosses) == ours

    def fits(self, headword: str, kind: str = "word", *, any_being: bool = False) -> bool:
        """Whether a word could stand for the answer by its make: as an idiom or not, as a part of speech.

        Where the answer is somebody, only a person will do, unless `any_being` lets things stand, too.
        """
        if len(self.headword) > 3:
            expression = is_expression(headword, kind, self.lexicon)
            if expression or self.expression:
                return expression == self.expression
        if self.person and not any_being and not may_be_a_person(headword, self.lexicon):
            return False
        # Terms are things, whatever the last of their words is by itself (百姓生活).
        parts = ("n",) if kind == "term" else parts_of_speech(self.lexicon, headword)
        if self.parts[0] == "t":
            return parts[0] in ("t", "n")
        if self.parts[0] in LITTLE:
            return parts[0] in LITTLE or self.lexicon.tag(headword)[:1] in _GRAMMAR
        return parts[0] == self.parts[0]

    def differs(self, headword: str) -> bool:
        """Whether it is another word with another meaning."""
        if headword in self.forms or headword + "儿" in self.forms or headword == self.headword + "儿":
            return False
        entries = self.lexicon.entries(headword)
        if any(entry.traditional in self.forms for entry in entries):
            return False
        if any(form in text for entry in entries for text in entry.glosses for form in self.forms):
            return False
        if any((likeness(self.headword, headword, part) or 0.0) >= _SAME for part in _SORT):
            return False  # 想念, 怀念; 黄牛, 公牛
        field = field_of(self.lexicon, headword)
        return not (field & self.field or _compounded(field, self.field) or self._goes_alike(headword))

    def _goes_alike(self, headword: str) -> bool:
        """Whether only a direction differs (赶来, 赶往), or half of four characters (亲自动手)."""
        ours = self.headword
        if len(ours) == len(headword) == 2:
            return ours[0] == headword[0] and ours[1] in _DIRECTIONS and headword[1] in _DIRECTIONS
        return len(ours) == len(headword) == 4 and (ours[:2] == headword[:2] or ours[2:] == headword[2:])


@lru_cache(maxsize=8192)
def field_of(lexicon: Lexicon, headword: str) -> frozenset[str]:
    """The content words of every gloss of every entry."""
    return gloss.field(text for entry in lexicon.entries(headword) for text in entry.glosses)


_DIRECTIONS = frozenset("来去往上下到向过回进出起开")


def _compounded(field: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a word of one meaning ends in one of the other: friend, girlfriend."""
    return any(
        len(short) > 4 and long != short and long.endswith(short)
        for one, two in ((field, other), (other, field))
        for short in one
        for long in two
    )


def class_of(lexicon: Lexicon, headword: str, kind: str = "word") -> str:
    """The part of speech, coarsely: n, v, a, d, i (idiom)…; from the wording of the gloss if untagged."""
    if kind == "idiom":
        return "i"
    tag = lexicon.tag(headword)
    if tag not in ("i", "l") and (classes := classes_of(headword, lexicon)):
        return classes[0]
    if tag and tag not in ("x", "zg", "g", "eng"):
        return CLASSES.get(tag, tag[:1])
    entries = lexicon.entries(headword)
    if entries and any("(idiom)" in text for text in entries[0].glosses):
        return "i"
    return "v" if entries and entries[0].glosses and gloss.is_verbal(entries[0].glosses[0]) else "n"


_VAGUE = frozenset("个種种项項次些点點类類件")
"""Measure words that say nothing of a thing's make."""


def measures_of(entries: Sequence[Entry]) -> frozenset[str]:
    """The measure words by which a thing is counted, as far as they tell what it is like (台, 把)."""
    return frozenset(entries[0].classifiers) - _VAGUE if entries else frozenset()
