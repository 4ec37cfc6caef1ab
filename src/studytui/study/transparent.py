"""Which words mean what their parts mean together: 这个, 不能, 放进, 热茶, 山路, but not 东西 or 马上.

A reader who knows 热 and 茶 knows 热茶, whether or not a list has it. The words of the levels and others that
are common were judged by hand (`data/lists/compounds.txt`). Of all others a logistic model says how likely it
is, fitted to those judgements by `benchmarks/teach_compounds.py`: it looks at how the word is built, and at
whether the English of the dictionary is made of that of the parts. `hot tea` is made of `hot` and `tea`,
`thing` is not made of `east` and `west`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from studytui.study.language.literal_glosses import MEANINGS
from studytui.text.characters import is_han
from studytui.text.lexicon.cedict import is_proper
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.token import Entry
from studytui.text.word_lists import lines, sections

_NUMBER = re.compile("第?(?:[零一二两三四五六七八九十百千万亿半几数]+|多少)")
_POINTS = "这那哪每各某几"
_TIMES = frozenset("年天月日号点岁周回次遍人")
_WEEK = ("星期", "周", "礼拜")
"""What the days of the week are counted with."""
_NOT = "不没别未无"
_PLACES = "里上下外中内前后旁边"
_MOVEMENTS = """
来 去 上 下 进 出 回 过 起 开 到 走
上来 上去 下来 下去 进来 进去 出来 出去 回来 回去 过来 过去 起来
"""
_ENDINGS = "完 好 见 住 掉 成 懂 会 错 够 满 死 给 在 清楚 干净 明白 倒 破 坏 断 碎 光"
_RESULTS = frozenset((_MOVEMENTS + _ENDINGS).split())
_LONGEST = 8
"""Characters; what is longer stands for itself."""
_UNKNOWN = 9
"""Stands for the level of a part that no list has."""

_IN_COMPOUNDS = {
    "大": "big large great heavy strong loud",
    "小": "small little light minor low young",
    "老": "old elderly",
    "男": "man boy male",
    "女": "woman girl female",
    "人": "person man people",
    "饭": "meal food rice dining",
    "校": "school",
    "车": "vehicle car bus cart",
    "草": "grass straw",
    "家": "home house family",
    "下": "down fall",
    "做": "cook prepare",
    "桌": "table desk",
    "种": "grow plant",
    "养": "keep raise grow",
}
"""What these mean inside words, where the dictionary says it in another way."""

_WORD = re.compile(r"[a-z]+")
_FIGURE = re.compile(r"\b(?:fig\.|idiom|slang|saying|proverb)")
_ASIDE = re.compile(r"\([^()]*\)")
_LABEL = re.compile(r"\b(?:lit|fig|idiom|coll)\b[.:]?")
_BOTH = re.compile(r"(?:to )?\w+ (?:and|or) \w+")
"""左右, 买卖, 山水: such pairs often came to mean something else."""
_LITTLE = """
a an the to of in on at for and or be is are sb sth one s by with from as it that this into up out down off
etc
"""
_SMALL = frozenset(_LITTLE.split())
_SENSES = 8
"""Senses of a part that are looked at; what a dictionary has after them is rare or of the books."""
_NEGATIVE = re.compile(
    r"\b(?:not|no|cannot|can't|don't|doesn't|didn't|won't|isn't|without|unable|never|none|un\w+|in\w+|im\w+|dis\w+)\b"
)
_COUNTS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|this|that|these|those|each|every"
    r"|which|several|few|how many|another|every\w+|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|once|twice)\b",
    re.IGNORECASE,
)


def parts_of(headword: str, lexicon: Lexicon) -> tuple[str, ...] | None:
    """The words whose meanings make this one's; None if it stands for itself.

    A part may be transparent itself. Numerals are left out: who can read a text can count.
    """
    return _parts(lexicon, headword) if 1 < len(headword) <= _LONGEST else None


@lru_cache(maxsize=65536)
def _parts(lexicon: Lexicon, headword: str) -> tuple[str, ...] | None:
    judged = judgements().get(headword)
    if judged is False:
        return None
    found = split(headword, lexicon)
    if found is None or not (judged or likelihood(features(headword, found, lexicon)) > 0):
        return None
    return found.parts


@cache
def judgements() -> dict[str, bool]:
    """Of the words that were judged by hand: whether their parts tell what they mean."""
    judged = sections("compounds.txt")
    return dict.fromkeys(judged["themselves"], False) | dict.fromkeys(judged["parts"], True)


@cache
def _weights() -> dict[str, float]:
    pairs = (line.split("\t") for line in lines("compound_weights.tsv"))
    return {name: float(weight) for name, weight in pairs}


def likelihood(seen: dict[str, float]) -> float:
    """The logarithm of the odds that the parts of a word tell what it means, by its `features`."""
    weights = _weights()
    return sum(weights.get(name, 0.0) * value for name, value in seen.items())


# How a word is built


@dataclass(frozen=True, slots=True)
class Split:
    """A word in two."""

    one: str
    """The first half, less what joins the two: 看 of 看不懂."""
    other: str
    """The second; of 看看 it is the first once more."""
    parts: tuple[str, ...]
    """What a reader has to know of it."""


def split(word: str, lexicon: Lexicon) -> Split | None:
    """Where a word falls into two words; None if nowhere."""
    for week in _WEEK:
        if word[: len(week)] == week and word[len(week) :] in tuple("一二三四五六"):
            return Split(week, word[-1], (week,))
    number = _NUMBER.match(word)
    if number and number[0] == word:
        return Split(word[:1], word[1:], tuple(word))
    head = number[0] if number else word[0] if word[0] in _POINTS else ""
    if head and _is_word(word[len(head) :], lexicon):
        rest = word[len(head) :]
        more = _NUMBER.match(rest)
        if more and more[0] != rest and head in _POINTS:
            rest = rest[len(more[0]) :]
        return Split(head, rest, (rest,) if number else (head, rest))
    base = _undoubled(word)
    if base is not None and base in lexicon:
        return Split(base, base, (base,))
    for end in (word[-2:], word[-1:]):
        verb = word[: -len(end) - 1]
        if verb and word[len(verb)] in "不得" and end in _RESULTS and "v" in lexicon.classes(verb):
            return Split(verb, end, (verb, end))
    cuts = [(word[:at], word[at:]) for at in range(1, len(word))]
    halves = [pair for pair in cuts if all(len(half) == 1 or half in lexicon for half in pair)]
    halves = halves or [pair for pair in cuts if all(_is_word(half, lexicon) for half in pair)]
    if not halves:
        return None
    return Split(*(best := max(halves, key=lambda pair: _fits(word, pair, lexicon))), best)


def _fits(word: str, pair: tuple[str, str], lexicon: Lexicon) -> float:
    """How well two halves go with the English of a word, and, in longer words, how common they are."""
    common = sum(lexicon.frequency(half) or 0.0 for half in pair) / 10
    return _heard(word, pair, lexicon)["cover"] + (common if len(word) > 2 else 0.0)


def _is_word(text: str, lexicon: Lexicon) -> bool:
    if len(text) < 2:
        return is_han(text)
    return text in lexicon or split(text, lexicon) is not None


def _undoubled(word: str) -> str | None:
    """看看, 看一看, 说说话, 研究研究 and 高高兴兴 without what is said twice; None of others."""
    if len(word) == 2 and word[0] == word[1]:
        return word[0]
    if len(word) == 3 and word[0] == word[2] and word[1] in "一了":
        return word[0]
    if len(word) == 3 and word[0] == word[1]:
        return word[1:]
    if len(word) == 4 and word[:2] == word[2:]:
        return word[:2]
    if len(word) == 4 and word[0] == word[1] and word[2] == word[3]:
        return word[0] + word[2]
    return None


def features(word: str, found: Split, lexicon: Lexicon) -> dict[str, float]:
    """What speaks for or against a word's being no more than its halves, by name."""
    one, other = found.one, found.other
    number = _NUMBER.match(word)
    said = _said(word, lexicon)
    classes = {"one": lexicon.classes(one)[:1] or "-", "other": lexicon.classes(other)[:1] or "-"}
    result = other in _RESULTS and "v" in lexicon.classes(one)
    flags = {
        "long": len(word) > 2,
        "four": len(word) > 3,
        "listed": word in lexicon,
        "explained": bool(said),
        "phrase": bool(lexicon.phrase(word)),
        "number": number is not None,
        "numeral": number is not None and number[0] == word,
        "point": word[0] in _POINTS,
        "measure": other in _TIMES or (len(other) < 3 and lexicon.is_measure(other)),
        "not": word[0] in _NOT,
        "plural": word[-1] == "们",
        "doubled": one == other,
        "joined": len(one) + len(other) < len(word),
        "result": result,
        "verb result": result and classes["one"] == "v",
        "place": other in _PLACES,
        "figure": any(_FIGURE.search(gloss) for gloss in said),
        "counts": any(_COUNTS.search(gloss) for gloss in said),
        "negative": any(_NEGATIVE.search(gloss) for gloss in said),
        "pair": any(_BOTH.fullmatch(gloss) for gloss in said),
        f"tag {lexicon.tag(word)[:1]}": True,
        f"classes {classes['one']}{classes['other']}": True,
    }
    seen = {"always": 1.0, **_heard(word, (one, other), lexicon)}
    for name, half in (("one", one), ("other", other)):
        flags[f"{name} {classes[name]}"] = True
        flags[f"{name} level {lexicon.level(half) or _UNKNOWN}"] = True
        seen[f"{name} common"] = (lexicon.frequency(half) or 0.0) / 7
    return seen | {name: 1.0 for name, holds in flags.items() if holds}


# What the English of a dictionary tells


def _heard(word: str, pair: tuple[str, str], lexicon: Lexicon) -> dict[str, float]:
    """How much of the English of the halves is in that of a word."""
    first, second = (_meanings(lexicon, half) for half in pair)
    seen = {"cover": 0.0, "hears one": 0.0, "hears other": 0.0, "first": 0.0, "length": 0.0, "unheard": 1.0}
    for place, gloss in enumerate(_said(word, lexicon, 3)[:6]):
        words = _content(gloss)
        if not words:
            continue
        one, other = any(each in first for each in words), any(each in second for each in words)
        share = sum(each in first or each in second for each in words) / len(words)
        later = 1 - 0.2 * place
        seen["cover"] = max(seen["cover"], share + (one + other) / 2 - 0.15 * place)
        seen["hears one"] = max(seen["hears one"], one * later)
        seen["hears other"] = max(seen["hears other"], other * later)
        seen["unheard"] = min(seen["unheard"], (1 - share) * len(words) / 4)
        if place == 0:
            seen["first"], seen["length"] = share, min(len(words), 6) / 6
        if place < 2 and share == 1 and one and other and len(words) > 1:
            seen["all"] = 1.0
    seen["hears both"] = min(seen["hears one"], seen["hears other"])
    return seen


def _entries(word: str, lexicon: Lexicon) -> tuple[Entry, ...]:
    """The dictionary's entries; those of names count for nothing: 山上 is no township to a reader."""
    return tuple(entry for entry in lexicon.entries(word) if not is_proper(entry))


def _said(word: str, lexicon: Lexicon, senses: int = 2) -> list[str]:
    """The glosses that a learner meets first."""
    entries = _entries(word, lexicon)
    return [gloss for sense in entries[0].senses[:senses] for gloss in sense.glosses] if entries else []


_SAME = {
    "cannot": "can",
    "am": "be",
    "is": "be",
    "are": "be",
    "was": "be",
    "men": "man",
    "women": "woman",
    "people": "person",
}


def _stem(word: str) -> str:
    word = _SAME.get(word, word)
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        word = word[:-1]
    for ending in ("ing", "est", "en", "ed", "er", "ern", "ly", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def _content(gloss: str, asides: bool = False) -> list[str]:
    """The words of a gloss that say something, as stems; all its words if none does."""
    plain = _LABEL.sub(" ", gloss.lower() if asides else _ASIDE.sub(" ", gloss.lower()))
    words = _WORD.findall(plain)
    return [_stem(word) for word in words if word not in _SMALL] or [
        _stem(word) for word in words if word != "to"
    ]


@lru_cache(maxsize=16384)
def _meanings(lexicon: Lexicon, part: str) -> frozenset[str]:
    """The English of a part, as stems."""
    found: set[str] = set(_content(f"{MEANINGS.get(part, '')} {_IN_COMPOUNDS.get(part, '')}"))
    for entry in _entries(part, lexicon):
        for sense in entry.senses[:_SENSES]:
            for gloss in sense.glosses:
                found.update(_content(gloss, asides=True))
    return frozenset(found)
