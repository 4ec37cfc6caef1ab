"""What kind of word a word is, for options that could stand where the answer does.

The lexicon's tags are noisy (精彩 a noun, 整齐 an adverb); the dictionary's English puts many right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from studytui.study.language import gloss
from studytui.study.language.hypernyms import is_noun
from studytui.study.language.word_tests import is_doubled, says_idiom
from studytui.text.lexicon.lexicon import Lexicon

CLASSES = {
    **dict.fromkeys(("vn", "vd", "vg"), "v"),
    **dict.fromkeys(("an", "ad", "ag", "z", "b"), "a"),
    "ng": "n",
    "l": "i",
}
"""jieba's finer tags, coarsened."""


_SAID = frozenset("我你他她这那们")
_TURNS = ("来说", "来看", "而言", "的话", "以来", "为止", "起见", "之后", "以前", "以后")


def is_turn(headword: str) -> bool:
    """Whether it is no word but a turn of grammar: 对我来说, 这就是说."""
    return len(headword) > 2 and (not _SAID.isdisjoint(headword) or headword.endswith(_TURNS))


def is_expression(headword: str, kind: str, lexicon: Lexicon) -> bool:
    """Whether four characters look like an idiom (相辅相成, 走来走去) rather than two words (核心技术)."""
    if is_turn(headword):
        return False
    listed = lexicon.phrase(headword)
    if kind == "idiom" or listed == "idiom" or is_doubled(headword, lexicon):
        return True
    if listed == "term":
        return False
    if lexicon.tag(headword) == "i" or says_idiom(headword, lexicon):
        return True
    if len(headword) != 4:
        return False
    nominal = lexicon.tag(headword[2:])[:1] == "n"
    if nominal and lexicon.level(headword[2:]) is not None:
        return False  # 各族 + 人民
    if lexicon.tag(headword) == "l" and not nominal:
        return True  # 经久不息, 灯火通明
    if lexicon.tag(headword)[:1] == "n" or lexicon.classes(headword) == "n":
        return False  # 物理学家, 正六边形
    return not (headword[:2] in lexicon and headword[2:] in lexicon)


_ASIDE = re.compile(r"^\([^()]*\)\s*")
_PERSON = re.compile(
    r"\b(?:person|people|m[ae]n|wom[ae]n|boy|girl|child|children|baby|father|mother|dad|papa|mama|mommy|parents?"
    r"|(?:grand|step)\w+|brother|sister|sons?|daughter|husband|wife|spouse|uncle|aunt|friend|teacher|student|doctor"
    r"|(?:resident|citizen|netizen|inhabitant|owner|leader|player|driver|candidate|customer|passenger|tourist|lover"
    r"|apprentice|disciple|fan|chief|clerk|cadre|officer|official|director|manager|secretary|lawyer|user|consumer"
    r"|nurse|worker|guest|visitor|author|writer|neighbor|patient|master|member|farmer|soldier|expert|troop)s?"
    r"|hero|deputy|boss|crowd|masses|\w+(?:ist|man|men|woman|ician)s?)\b"
)


def is_person(headword: str, glosses: Sequence[str]) -> bool:
    """Whether a word most likely is for people, by its ending (演员, 作家, 客人) or its first English."""
    if not glosses or gloss.is_verbal(glosses[0]):
        return False
    return (headword[-1] in "员师家者人长生" and len(headword) > 1) or _PERSON.search(glosses[0]) is not None


def may_be_a_person(headword: str, lexicon: Lexicon) -> bool:
    """`is_person` of a word as the dictionary has it first."""
    entries = lexicon.entries(headword)
    return is_person(headword, entries[0].glosses if entries else ())


_BY_TAG = {"n": "n", "j": "n", "s": "n", "a": "a", "d": "d", "t": "t", "v": "v", "": "n"}
"""What jieba's tag makes of a word that the dictionary has not."""

LITTLE = ("d", "o")
"""Adverbs and words of grammar: too few, and tagged too unevenly, to be kept apart."""


_LEADING = (
    "by ",
    "in ",
    "on ",
    "at ",
    "from ",
    "after ",
    "before ",
    "until ",
    "for ",
    "with ",
    "without ",
    "as ",
)


def classes_of(headword: str, lexicon: Lexicon) -> str:
    """The classes of the dictionary, the likeliest first, where the tag list or the English puts them right.

    English adjectives are often nouns (garlic); what begins with a preposition is said of a verb.
    """
    classes = lexicon.classes(headword)
    if classes[:2] == "an" and lexicon.tag(headword) == "n":
        return "na" + classes[2:]
    if (
        classes[:1] == "o"
        and (entries := lexicon.entries(headword))
        and entries[0].glosses[0].startswith(_LEADING)
    ):
        return "d" + classes.replace("d", "")
    return classes


@lru_cache(maxsize=8192)
def parts_of_speech(lexicon: Lexicon, headword: str, meant: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """Every part of speech a word may have, the likeliest first: v, n, a, d, t or o (other).

    Of a phrase that no list knows, its last two characters tell. `meant` are the glosses of the reading or
    sense that is asked.
    """
    tag = lexicon.tag(headword)
    classes = classes_of(headword, lexicon)
    if not classes and not tag and len(headword) > 3:
        return parts_of_speech(lexicon, headword[2:])
    if tag in ("i", "l") and len(headword) == 4 and not is_expression(headword, "word", lexicon):
        if told := tuple(classes.replace("o", "")):
            return told  # 毫无 + 价值: worthless, as the dictionary says
        return parts_of_speech(lexicon, headword[2:])  # 各族人民, 闭路电视: what the last word is
    if not classes:
        return (_BY_TAG.get(CLASSES.get(tag, tag[:1]), "o"),)
    if meant is None:
        return tuple(classes)
    # Of the sense that is asked the wording tells whether it is a verb; what else it is, the word's classes.
    other = next((each for each in classes if each != "v"), "n")
    verbal = [gloss.is_verbal(_ASIDE.sub("", text)) for text in meant[:4]]
    return tuple(dict.fromkeys("v" if each else other for each in verbal)) or tuple(classes)


def worded_as(lexicon: Lexicon, headword: str, meant: Sequence[str]) -> str:
    """The class of which a word is and its English is worded: v, n, a, d or t; empty where that is not sure.

    `meant` are the glosses of the reading or sense that is asked.
    """
    shown = gloss.short_gloss(meant)
    if gloss.is_verbal(shown):
        return "v"
    tag, classes = lexicon.tag(headword), lexicon.classes(headword).replace("v", "")
    if tag == "d" and "d" in classes and len(gloss.words(shown.split(";")[0])) > 1:
        return "d"  # 愈来愈, `more and more`; of one word the English tells (缓慢)
    if classes[:2] == "an" and tag == "n":
        return "" if is_noun(headword) else "a"  # 潮湿; but 大蒜 is a thing, and 沙哑 (rough) may be one
    if not classes:
        return _BY_TAG.get(tag[:1], "").replace("v", "") if tag else ""
    return classes[0].replace("o", "")
