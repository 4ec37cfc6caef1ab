"""How sure it is that a question is a good one: that its meaning, its target and its options are right.

A quiz asks the surest of many questions. The weights stand for what a strict teacher found wrong in 420
questions on twelve texts: options that cannot stand in the gap, wrong meanings, cut sentences, targets that
are not worth a card.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from studytui.study.examples.cloze import SentenceVerdict, is_ended
from studytui.study.language.gloss import content, field, is_composed, is_verbal, short_gloss
from studytui.study.language.hypernyms import is_thing, likeness
from studytui.study.language.sense import DEGREES
from studytui.study.language.word_kind import may_be_a_person, parts_of_speech
from studytui.study.language.word_tests import is_attested
from studytui.study.language.word_vectors import vector
from studytui.study.notes.note import Note
from studytui.study.questions.options.known_characters import ENOUGH, TellingCharacters
from studytui.study.questions.options.right_answer import STANDING, Beside, Right
from studytui.study.questions.question import Option
from studytui.study.transparent import parts_of
from studytui.text.pinyin import toneless

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon

_BY_SENSES = (1.0, 0.97, 0.9, 0.8, 0.7)
"""How sure the first meaning of a word with one, two, ... senses is; with more, 0.6."""
_ODDS = {"n": (0.4, 0.65), "v": (0.35, 0.6), "a": (0.4, 0.55), "i": (0.45, 0.55)}
"""How often an option at `STANDING` and one at 1.0 could stand, by the answer's part of speech; of 2,064 that
were judged by hand."""

_PERSONS, _THINGS, _OTHERS = 0.25, 0.05, -0.15
"""What is added to the odds of a noun where all are people (of 12 such options judged by hand 11 could
stand), all things of one sort that can be touched (56 % could), or others, as ideas (42 %)."""
_ONE_SORT = 0.65
"""So alike are things of one sort (`hypernyms.likeness`), on average."""
_UNKNOWN_SORT = 0.4
"""How alike words count of which that is not known."""
_GRADED = 0.05
"""What is added to the odds of an adjective after a word of degree (很狡猾), and taken from it elsewhere."""
_CLAUSE = 0.15
"""What is taken from the odds of a verb: all that is around it must go with it."""
_BOUND = 0.6
"""What is left of the odds where the answer is one expression with its neighbour."""
_OPENED, _CLOSED, _UNENDED, _SHORT = 0.1, 0.2, 0.1, 0.2
"""What a sentence loses that lacks clauses before it, after it, or its end; and what is left is short."""
_BRIEF = 12
"""Characters up to which what is left of a sentence lacks its scene: 男友打游戏拒绝了。"""
_LITTLE = 8
"""Fewer characters beside the gap tell too little: ＿＿的、确定的幸福。"""
_ANY_THING = frozenset("个個种種些类類项項")
"""Measure words of things of every make; after another (那把雨伞) few nouns can stand."""
_AFTER_VERB = frozenset("的地得")
"""What stands after a verb that has no object beside it."""
MOST_LIKELY = 0.9
"""No options are likelier to stand than this."""
_RESULT_WORDS = """
给 到 入 成 掉 完 住 好 上 下 进 出 回 过 开 走 来 去 起
上来 上去 下来 下去 进来 进去 出来 出去 回来 回去 过来 过去 起来
"""
_RESULTS = frozenset(_RESULT_WORDS.split())
"""Ends of a verb that say where it leads or what comes of it."""
_ENDINGS = frozenset("子儿头")
"""Ends of a noun that add nothing to what is before them: 鞋子."""
_NARROW = re.compile(
    r"^\((?:of|used|in|esp|especially|usu|said|about|name)\b|^name of\b|\bsuch\b", re.IGNORECASE
)
"""A meaning that holds of one thing only: `(of Taoists) to practice austerities`."""
_OPEN = frozenset("nva")
_LONGEST = 6
"""Characters up to which a word may be seen through by its parts."""
_ADVERBIAL = re.compile(r"^(?:in|on|at|by|from|with|without|to the|for) ")
_POINTS_BACK = ("比如", "例如", "譬如", "诸如", "当然", "这种", "其他", "否则", "不然")
"""Openings of a sentence that goes on from the one before."""


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
    elif len(note.headword) == 1 or (part in ("v", "n", "a") and (part == "v") != is_verbal(gloss)):
        sure -= 0.35
    elif part not in ("d", "v", "") and _ADVERBIAL.match(gloss):
        sure -= 0.4  # 美好的瞬间 is no `in an instant`
    tag, classes = lexicon.tag(note.headword)[:1], lexicon.classes(note.headword)[:1]
    if tag != classes and tag in _OPEN and classes in _OPEN:
        sure -= 0.2  # 耐心: a noun to the dictionary, an adjective to the corpus
    if len(entries) > 1:
        sure -= 0.1
    if gloss.endswith("…"):
        sure -= 0.3
    if _NARROW.search(note.glosses[0]):
        sure -= 0.4
    return max(0.0, sure)


def of_target(note: Note, easy: int, lexicon: Lexicon) -> float:
    """How sure it is, 0 to 1, that a phrase is worth a card. Up to the HSK level `easy` words are easy."""
    headword = note.headword
    if note.hsk is not None and note.hsk < easy:
        return 0.6
    if not is_attested(headword, lexicon) or is_composed(note.glosses) or len(headword) == 1:
        return 0.5
    if note.kind == "idiom":
        return 1.0
    if parts_of(headword, lexicon) is not None or _is_seen_through(note, easy, lexicon):
        return 0.5
    return 1.0


def _is_seen_through(note: Note, easy: int, lexicon: Lexicon) -> bool:
    """Whether who knows the words up to a level needs no card for it: 忘掉, 放入, 鞋子, 坐车.

    `study.transparent` has what any reader understands; here the learner knows the parts.
    """
    headword = note.headword

    def is_known(part: str) -> bool:
        return (lexicon.level(part) or 9) <= easy

    if not note.glosses or len(headword) > _LONGEST:
        return False
    if note.glosses[0].lower() == toneless(note.syllables).replace(" ", ""):
        return True  # 大寨 is Dazhai: who reads it has it
    meant = content(note.glosses[0])
    for end in (headword[-2:], headword[-1:]):
        front = headword[: -len(end)]
        if front and end in _RESULTS and is_known(front) and "v" in lexicon.classes(front):
            shared = meant & _field(front, lexicon)
            return bool(shared) or (note.hsk is None and end in "给到入")
    if headword[-1] in _ENDINGS and len(headword) == 2 and is_known(headword[0]):
        return bool(meant & _field(headword[0], lexicon))
    for at in range(1, len(headword)):
        parts = (headword[:at], headword[at:])
        if all(is_known(part) for part in parts):
            told = [bool(meant & _field(part, lexicon)) for part in parts]
            if all(told) or (note.hsk is None and (any(told) or len(headword) > 2)):
                return True  # 新房, 工作人员, 包饺子
    return False


def _field(word: str, lexicon: Lexicon) -> frozenset[str]:
    return field(text for entry in lexicon.entries(word) for text in entry.glosses)


def of_sentence(verdict: SentenceVerdict) -> float:
    """How sure it is, 0 to 1, that a sentence with a gap is whole and says enough."""
    whole = 1.0 - _OPENED * verdict.opened - _CLOSED * verdict.closed
    if verdict.opened and len(verdict.text) < _BRIEF:
        whole -= _SHORT
    if not is_ended(verdict.text) or verdict.text[-2:-1] == "的":
        whole -= _UNENDED  # 有其他违法行为的。 is one entry of a list
    if not verdict.opened and verdict.text.startswith(_POINTS_BACK):
        whole -= _CLOSED
    if len(verdict.text) - (verdict.end - verdict.start) < _LITTLE:
        whole -= _SHORT
    return whole * min(1.0, verdict.fitness + 0.1)


def of_options(note: Note, beside: Beside, options: Sequence[Option], lexicon: Lexicon) -> float:
    """How likely, 0 to 1, an option is to be one that could stand in the gap; 0 if one surely could not."""
    right = Right(note, lexicon, beside)
    part = "i" if right.expression else right.parts[0]
    if len(beside.after) == 1 and lexicon.classes(beside.after)[:1] in _OPEN and part == "n":
        return 0.0  # 水电 + 费: no word of its own
    standing = [right.standing(option.headword) for option in options if option.family != "answer"]
    if not standing or part not in _ODDS or min(standing) < STANDING or vector(note.headword) is None:
        return 0.0  # of a word without a vector no place is known: 客户端 is a client, but not a person
    low, high = _ODDS[part]
    far = [min(1.0, (each - STANDING) / (1.0 - STANDING)) for each in standing]
    odds = low + (high - low) * sum(far) / len(far)
    if part == "n":
        odds += _by_sort(right, [option.headword for option in options if option.family != "answer"])
    elif part == "a":
        odds += _GRADED if beside.before in DEGREES and beside.after != "的" else -_GRADED
    elif part == "v":
        odds -= _CLAUSE
    return odds * _BOUND if _is_bound(beside, part, lexicon) else odds


def _by_sort(right: Right, others: Sequence[str]) -> float:
    """What is added to the odds of a noun for the sort of things that it and the others are."""
    if right.person and all(may_be_a_person(other, right.lexicon) for other in others):
        return _PERSONS
    if not all(is_thing(word) for word in (right.headword, *others)):
        return _OTHERS
    likely = [likeness(right.headword, other, "n") or _UNKNOWN_SORT for other in others]
    return _THINGS if sum(likely) / len(likely) >= _ONE_SORT else _OTHERS


def alike(note: Note, options: Sequence[Option], lexicon: Lexicon) -> float:
    """The share of the wrong options, 0 to 1, that are of the answer's class."""
    right = Right(note, lexicon)
    same = [right.agrees(option.headword) for option in options if option.family != "answer"]
    return sum(same) / max(1, len(same))


def gives_away(note: Note, options: Sequence[Option], lexicon: Lexicon) -> bool:
    """Whether who knows one character of the answer needs no more: no others have one in common with it."""
    told = TellingCharacters(Right(note, lexicon))
    wrong = [option.headword for option in options if option.family != "answer"]
    return bool(told) and sum(map(told.is_near, wrong)) < min(ENOUGH, len(wrong))


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
