"""How sure it is that a question is a good one: that its meaning, its target and its options are right.

A quiz asks the surest of many questions. The weights stand for what a strict teacher found wrong in 420
questions on twelve texts: options that cannot stand in the gap, wrong meanings, cut sentences, targets that
are not worth a card.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from studytui.study.examples.cloze import SentenceVerdict, is_ended
from studytui.study.language.gloss import is_composed, is_verbal, short_gloss
from studytui.study.language.word_kind import parts_of_speech
from studytui.study.language.word_tests import is_attested
from studytui.study.language.word_vectors import vector
from studytui.study.notes.note import Note
from studytui.study.questions.likeness import STANDING, Beside, Right
from studytui.study.questions.question import Option
from studytui.study.transparent import parts_of

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon

_BY_SENSES = (1.0, 0.97, 0.9, 0.8, 0.7)
"""How sure the first meaning of a word with one, two, ... senses is; with more, 0.6."""
_ODDS = {"n": (0.4, 0.65), "v": (0.35, 0.6), "a": (0.4, 0.55), "i": (0.45, 0.55)}
"""How often an option at `STANDING` and one at 1.0 could stand, by the answer's part of speech; of 2,064 that
were judged by hand."""

_BOUND = 0.6
"""What is left of the odds where the answer is one expression with its neighbour."""
_OPENED, _CLOSED, _UNENDED, _SHORT = 0.1, 0.2, 0.1, 0.2
"""What a sentence loses that lacks clauses before it, after it, or its end; and what is left is short."""
_BRIEF = 12
"""Characters up to which what is left of a sentence lacks its scene: 男友打游戏拒绝了。"""
_ANY_THING = frozenset("个個种種些类類项項")
"""Measure words of things of every make; after another (那把雨伞) few nouns can stand."""
_AFTER_VERB = frozenset("的地得")
"""What stands after a verb that has no object beside it."""
MOST_LIKELY = 0.65
"""No options are likelier to stand than this."""


def of_meaning(note: Note, part: str, lexicon: Lexicon) -> float:
    """How sure it is, 0 to 1, that the meaning shown is the one meant. `part` is its part of speech there."""
    gloss = short_gloss(note.glosses)
    if not gloss or is_composed(note.glosses):
        return 0.0
    entries = lexicon.entries(note.headword)
    senses = max((len(entry.senses) for entry in entries[:1]), default=1)
    sure = _BY_SENSES[senses - 1] if senses <= len(_BY_SENSES) else 0.6
    if len(note.headword) > 3:
        sure = max(sure, 0.95)
    elif len(note.headword) == 1:
        sure -= 0.3
    elif (part == "v" and not is_verbal(gloss)) or (part in ("n", "a") and is_verbal(gloss)):
        sure -= 0.2
    if len(entries) > 1:
        sure -= 0.1
    if gloss.endswith("…"):
        sure -= 0.3
    return max(0.0, sure)


def of_target(note: Note, easy: int, lexicon: Lexicon) -> float:
    """How sure it is, 0 to 1, that a phrase is worth a card. Up to the HSK level `easy` words are easy."""
    headword = note.headword
    if note.hsk is not None and note.hsk < easy:
        return 0.75
    if not is_attested(headword, lexicon) or is_composed(note.glosses):
        return 0.5
    return 0.7 if parts_of(headword, lexicon) is not None else 1.0


def of_sentence(verdict: SentenceVerdict) -> float:
    """How sure it is, 0 to 1, that a sentence with a gap is whole and says enough."""
    whole = 1.0 - _OPENED * verdict.opened - _CLOSED * verdict.closed
    if verdict.opened and len(verdict.text) < _BRIEF:
        whole -= _SHORT
    if not is_ended(verdict.text) or verdict.text[-2:-1] == "的":
        whole -= _UNENDED  # 有其他违法行为的。 is one entry of a list
    return whole * min(1.0, verdict.fitness + 0.1)


def of_options(note: Note, beside: Beside, options: Sequence[Option], lexicon: Lexicon) -> float:
    """How likely, 0 to 1, an option is to be one that could stand in the gap; 0 if one surely could not."""
    right = Right(note, lexicon, beside)
    part = "i" if right.expression else right.parts[0]
    standing = [right.standing(option.headword) for option in options if option.family != "answer"]
    if not standing or part not in _ODDS or min(standing) < STANDING or vector(note.headword) is None:
        return 0.0  # of a word without a vector no place is known: 客户端 is a client, but not a person
    low, high = _ODDS[part]
    far = [min(1.0, (each - STANDING) / (1.0 - STANDING)) for each in standing]
    odds = low + (high - low) * sum(far) / len(far)
    return odds * _BOUND if _is_bound(beside, part, lexicon) else odds


def _is_bound(beside: Beside, part: str, lexicon: Lexicon) -> bool:
    """Whether the answer makes one expression with its neighbour, so that little else could stand there.

    A noun does with a noun (艺术精品, 直肠国) or its measure word (那把雨伞), a verb with its object
    (查阅了资料), and what describes without 的 (民用设备).
    """
    before, after = (
        parts_of_speech(lexicon, word)[0] if word else "" for word in (beside.before, beside.after)
    )
    if part == "n":
        counted = lexicon.is_measure(beside.before) and beside.before not in _ANY_THING
        return before == "n" or after == "n" or counted
    if part == "a":
        return after == "n"
    return part == "v" and bool(beside.after) and beside.after not in _AFTER_VERB
