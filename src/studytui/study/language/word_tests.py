"""What a token can be in a phrase: grammar's glue, a bound suffix, a noun, a verb; and what an idiom is.

Everything here holds for the language, nothing for one text. Word classes come from the lexicon's tags
(jieba's), which are noisy for single words; they steer the search and never decide alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from studytui.study.language.function_words import DUAL, FUNCTION_WORDS
from studytui.text.characters import HAN
from studytui.text.token import Word

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon

WordClass = Literal["noun", "verb", "adjective", "adverb", "other"]


SUFFIXES = frozenset("感性化力观率度型式界者论")
"""Bound endings that make a noun of a word of two characters: 获得 + 感, 颠覆 + 性."""

PREFIXES = frozenset("新正微高非反超亚准软硬云零核")
"""Single characters that begin a term before a word of two: 新 + 常态, 正 + 能量."""

_ALLUSIVE = frozenset("之其而乎者焉矣兮若如以于无不莫勿自相何所")
"""Words of the classical language that idioms are built with."""

_RARE, _COMMON = 3.0, 5.5
"""Zipf frequencies between which a part's rarity goes from 1 to 0."""
_UNSEEN = 2.0
"""Zipf frequency of what no list has seen."""
_SMALL = frozenset(("of", "the", "and", "for", "in", "on", "to", "a"))
_COUNTERS = frozenset("一二两三四五六七八九十百千万亿半几数每这那哪某各本上下")

_ASIDE = re.compile(r"\([^()]*\)")
_IDIOM_GLOSS = re.compile(r"\b(?:idiom|idioms|saying|proverb|set phrase|set expression)\b", re.IGNORECASE)
_CLASSES: tuple[tuple[str, WordClass], ...] = (
    ("vn", "noun"),
    ("an", "noun"),
    ("ad", "adverb"),
    ("n", "noun"),
    ("j", "noun"),
    ("l", "noun"),
    ("s", "noun"),
    ("v", "verb"),
    ("i", "other"),
    ("a", "adjective"),
    ("z", "adjective"),
    ("b", "adjective"),
    ("d", "adverb"),
)

_BY_LETTER: dict[str, WordClass] = {"n": "noun", "v": "verb", "a": "adjective", "d": "adverb"}


def rarity(zipf: float | None) -> float:
    """1 for a rare word, 0 for an everyday one."""
    zipf = _UNSEEN if zipf is None else zipf
    return min(1.0, max(0.0, (_COMMON - zipf) / (_COMMON - _RARE)))


def is_glue(word: Word) -> bool:
    """Whether a token can neither begin nor end a phrase: grammar, punctuation, a name or a number."""
    return word.token.kind != "word" or word.headword in FUNCTION_WORDS


def is_counted(headword: str, hsk: int | None, lexicon: Lexicon) -> bool:
    """Whether a word counts or points: 一次, 四月, 那天, 每次 (but 全方位 and 整整 are vocabulary)."""
    tag = lexicon.tag(headword)
    if headword[0] in _COUNTERS and len(headword) <= 3:
        return tag in ("m", "q", "r", "t") or (headword[0] in "这那哪每" and hsk is None)
    return hsk is None and len(headword) < 4 and tag in ("m", "q", "r", "c", "p", "u", "y", "e")


def is_grammar(headword: str, hsk: int | None, lexicon: Lexicon) -> bool:
    """Whether a word only holds sentences together: 虽说, 如果说, 说起, 还有, 什么样.

    A conjunction by its tag, an asking word with something added, or two function words in one.
    """
    if len(headword) > 3:
        return False
    entries = lexicon.entries(headword)
    verbal = bool(entries) and entries[0].glosses[0].startswith("to ")
    if lexicon.tag(headword) == "c" and not verbal:
        return True
    if headword[:2] in ("什么", "怎么", "多么", "这么", "那么"):
        return True
    if hsk is not None and hsk > 3 and lexicon.tag(headword)[:1] in ("n", "v", "a"):
        return False
    if hsk is not None and hsk > 5 and lexicon.tag(headword) == "d":
        return False  # 从未
    return any(
        headword[:cut] in FUNCTION_WORDS and headword[cut:] in FUNCTION_WORDS
        for cut in range(1, len(headword))
    )


def is_called(headword: str, text: str) -> bool:
    """Whether a text brings a word in as somebody's name: 我叫小雨。 她的名字叫春花，"""
    around = re.escape(headword)
    return (
        re.search(f"(?:[我你您他她它]|名字|名|小名|大家|人们|人称)叫(?:做|作)?{around}(?![{HAN}])", text)
        is not None
    )


def is_loose(tokens: tuple[Word, ...]) -> bool:
    """Whether listed words are held together by living grammar (敲了半天, 从那以后)."""
    ends = (tokens[0].headword, tokens[-1].headword)
    if any(end in FUNCTION_WORDS and end not in DUAL for end in ends):
        return True
    return any(word.text in "了着过的得是在" for word in tokens)


def is_reduplicated(headword: str) -> bool:
    """Whether a word is another said twice for a light touch (看看, 商量商量, 试一试)."""
    half = len(headword) // 2
    if len(headword) == 3 and headword[0] == headword[2]:
        return headword[1] in "一了不"
    return len(headword) in (2, 4) and headword[:half] == headword[half:]


def is_doubled(text: str, lexicon: Lexicon) -> bool:
    """Whether a word of two characters is said with each of them twice (歪歪扭扭, 进进出出)."""
    if len(text) != 4 or text[0] != text[1] or text[2] != text[3] or text[0] == text[2]:
        return False
    return bool(lexicon.tag(text)) or text in lexicon or text[1:3] in lexicon


def word_class(word: str, lexicon: Lexicon) -> WordClass:
    """The class of a word in a phrase; a verb that the corpus has as a noun (建设) is one there."""
    if len(word) > 2 and word[-1] == "儿" and word[:-1] in lexicon:
        word = word[:-1]  # of 压根儿 the dictionary only says that it is 压根
    classes, tag = lexicon.classes(word), lexicon.tag(word)
    if classes:
        return "noun" if classes[0] == "v" and tag == "vn" else _BY_LETTER.get(classes[0], "other")
    return next((name for start, name in _CLASSES if tag.startswith(start)), "other")


def says_idiom(text: str, lexicon: Lexicon) -> bool:
    """Whether the dictionary calls it an idiom, a saying or a proverb."""
    return any(
        _IDIOM_GLOSS.search(gloss) is not None for entry in lexicon.entries(text) for gloss in entry.glosses
    )


def names_something(text: str, lexicon: Lexicon) -> bool:
    """Whether the dictionary's English is a name of two words or more (Central Military Committee)."""
    if len(text) < 3:
        return False
    for entry in lexicon.entries(text)[:1]:
        words = [word for word in _ASIDE.sub(" ", entry.glosses[0]).split() if word not in _SMALL]
        return len(words) > 1 and all(word[0].isupper() for word in words)
    return False


def is_attested(text: str, lexicon: Lexicon) -> bool:
    """Whether some word list holds it as one word: the dictionary, a frequency list, a tag list."""
    return bool(lexicon.tag(text)) or lexicon.frequency(text) is not None or text in lexicon


def has_idiom_shape(tokens: tuple[Word, ...], lexicon: Lexicon) -> bool:
    """Whether tokens of four characters, in no list, are put together as idioms are.

    Either a figure (爱才惜才, 走来走去), or in halves of one make with a character that is hardly a word by
    itself any more (风 清, 气 正), or with such a one around a classical particle (无 本 之 木). A sentence
    of four everyday words (小猫吃鱼) is none of these, nor are rare characters side by side (云缝里漏).
    """
    text = "".join(word.text for word in tokens)
    if len(text) != 4 or any(word.token.kind != "word" for word in tokens):
        return False
    if any(word.headword in FUNCTION_WORDS and word.headword not in DUAL for word in tokens):
        return False
    singles = [word for word in tokens if len(word.text) == 1]
    if len(singles) < 2:
        return False
    if text[0] in "小老阿" or (text[0] == text[1] and text[2] != text[3]):
        return False  # 小梅 + 睁大, a name; 灼灼 + 才华, a described noun
    if (text[0] == text[2] and text[1] in "不没") or (text[1] == text[3] and text[2] in "不没"):
        return False  # 去不去, a question
    if text[0] == text[2] or text[1] == text[3] or (text[0] == text[1] and text[2] == text[3]):
        return True
    bound = sum((word.hsk or 9) >= 4 and word.headword not in FUNCTION_WORDS for word in singles)
    classes = [word_class(character, lexicon) for character in text]
    if not bound or len(singles) < 4:
        return False
    if classes[:2] == classes[2:] and classes[0] != classes[1] and "other" not in classes:
        return True
    return bound == 1 and any(character in _ALLUSIVE for character in text[1:3])


def is_misnamed_idiom(word: Word, lexicon: Lexicon) -> bool:
    """Whether what was taken for a name of four characters is an idiom: 慧眼识才, but not 司马相如.

    The tag list has many such. A name begins with a surname or a name of the dictionary.
    """
    text = word.headword
    if len(text) != 4 or word.token.kind != "name" or text in lexicon or lexicon.tag(text) != "nr":
        return False
    first = lexicon.entries(text[:2])
    return (
        bool(first)
        and not any(entry.syllables[0][:1].isupper() for entry in first)
        and not any(entry.syllables[0][:1].isupper() for entry in lexicon.entries(text[0]))
    )
