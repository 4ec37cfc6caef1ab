"""Which of a word's senses a text means: by how it stands there, and by the words it goes into."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from studytui.study.language.gloss import content, is_verbal

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon
    from studytui.text.token import Entry, Sense, Word

Around = tuple["Word | None", "Word | None"]
"""The words right before and after one place of the word."""

_COMPOUNDS = 30
"""How many of the commonest words with a character tell what it means (修理, 维修: `to repair`)."""
_ODD = re.compile(
    r"^\((?:literary|archaic|old|Tw|dialect|slang|coll|fig|loanword|onom|math|computing|physics|chemistry)\b"
    r"|^aka\b|\bclassifier\b|^abbr\.|variant of|Japanese-style|^surname",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"^\([^()]*\)\s*")
_BEFORE_VERB_WORDS = """
不 没 没有 想 会 能 要 可以 能够 别 应该 必须 愿意 敢 肯 来 去 把 被 地 一起
不要 不会 不能 不用 不想 不敢 不必 不得 需要 应当 正在 常常 经常 一直 总是 开始 继续 不断 已经
"""
_DEGREE_WORDS = "很 太 不太 更 最 非常 真 十分 特别 有点 有点儿 这么 那么 多么 比较 越 极其 相当 格外"
_BEFORE_VERB = frozenset(_BEFORE_VERB_WORDS.split())
DEGREES = frozenset(_DEGREE_WORDS.split())
"""Words before an adjective."""
_AFTER_VERB = frozenset("了过着到完好给住")
_SHOWN, _TAGGED = 0.8, 0.2
"""How much its neighbours, and its usual part of speech, say of a word's being a verb here."""
_LATER = 0.3
"""What a sense loses for each that the dictionary puts before it."""
_CLEARLY = 0.5
"""By so much must another sense fit better than the dictionary's first to be put before it."""


def ordered(entry: Entry, lexicon: Lexicon, places: Iterable[Around] = ()) -> tuple[Sense, ...]:
    """The senses of an entry, the one this text means first; the others in the dictionary's order.

    Evidence: the words before and after each of `places` (很 before an adjective, 了 after a verb); for a
    single character, how many of the commonest words that hold it have a sense's English in their meaning.
    """
    senses = entry.senses
    if len(senses) < 2:
        return senses
    places = list(places)
    verbal = _SHOWN * _verbality(places, lexicon)
    if (
        verbal < 0
        and len(entry.simplified) > 1
        and not any(before and before.headword in DEGREES for before, _ in places)
    ):
        verbal = 0.0  # 对老师的尊重: used as a noun, a verb means what it means
    tag = lexicon.tag(entry.simplified)
    verbal += _TAGGED * ((tag[:1] == "v") - (tag[:1] in ("n", "a")))
    votes = _votes(entry, lexicon) if len(entry.simplified) == 1 else (0.0,) * len(senses)
    fits: list[float] = []
    for place, (sense, vote) in enumerate(zip(senses, votes, strict=True)):
        fit = vote - _LATER * place / (2 if any(votes) else 1)
        fit -= 1.5 * any(_ODD.search(gloss) is not None for gloss in sense.glosses)
        fit += verbal if is_verbal(_ASIDE.sub("", sense.glosses[0])) else -verbal
        fits.append(fit)
    best = max(range(len(senses)), key=lambda place: (fits[place], -place))
    if fits[best] < fits[0] + _CLEARLY:
        return senses
    return (senses[best], *senses[:best], *senses[best + 1 :])


def _verbality(places: list[Around], lexicon: Lexicon) -> float:
    """-1 (surely no verb) to 1 (surely one), by the neighbours; 0 where they do not tell."""
    signs: list[int] = []
    for before, after in places:
        left = before.headword if before is not None else ""
        right = after.headword if after is not None else ""
        counted = before is not None and (lexicon.tag(left) == "q" or left[-1:] in ("个", "只", "本", "张"))
        if left in DEGREES or left in ("的", "之") or counted:
            signs.append(-1)
        elif len(left) == 1 and lexicon.tag(left) == "v" and left not in _BEFORE_VERB:
            signs.append(-1)  # 弄松了: what comes of a verb is mostly a state
        elif left in _BEFORE_VERB or right in _AFTER_VERB:
            signs.append(1)
    return sum(signs) / len(signs) if signs else 0.0


@lru_cache(maxsize=4)
def _pairs(lexicon: Lexicon) -> tuple[str, ...]:
    """All words of two characters, commonest first, read once: each look into the file goes through it."""
    return lexicon.headwords(2)


@lru_cache(maxsize=4096)
def _votes(entry: Entry, lexicon: Lexicon) -> tuple[float, ...]:
    """For each sense of a character 0 to 2: how much of what is made with it has that meaning."""
    character = entry.simplified
    counts = [0.0] * len(entry.senses)
    stems = [content(" ".join(sense.glosses)) for sense in entry.senses]
    for headword in islice((each for each in _pairs(lexicon) if character in each), _COMPOUNDS):
        meaning = frozenset().union(*(content(gloss) for gloss in lexicon.entries(headword)[0].glosses[:4]))
        for place, stem in enumerate(stems):
            counts[place] += bool(stem & meaning)
    most = max(counts)
    return tuple(2 * count / most for count in counts) if most > 1 else (0.0,) * len(counts)
