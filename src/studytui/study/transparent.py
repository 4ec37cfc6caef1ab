"""Which words mean what their parts mean together: 这个, 不能, 放进, 热茶, 山路, but not 东西 or 马上.

A reader who knows 热 and 茶 knows 热茶, whether or not a list has it. What a word is made of is seen by its
structure; that the whole means no more is seen in the English of the dictionary: `hot tea` is made of `hot`
and `tea`, `thing` is not made of `east` and `west`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from studytui.study.language.literal_glosses import MEANINGS
from studytui.text.characters import is_han
from studytui.text.lexicon.cedict import is_proper
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.token import Entry
from studytui.text.words.meaning import is_everyday

_NUMBER = re.compile("第?(?:[零一二两三四五六七八九十百千万亿半几数]+|多少)")
_POINTS = "这那哪每各某几"
_TIMES = frozenset("年天月日号点岁周回次遍")
_MEASURES = frozenset("个位次件只条张本家名座")
"""Measure words that are little else after a numeral: 一家 is not only `the whole family`."""
_WEEK = ("星期", "周", "礼拜")
"""What the days of the week are counted with."""
_NOT = "不没别未"
_PLACES = "里上下外中内前后旁边"
_MOVEMENTS = """
来 去 上 下 进 出 回 过 起 开 到 走
上来 上去 下来 下去 进来 进去 出来 出去 回来 回去 过来 过去 起来
"""
_DIRECTIONS = frozenset(_MOVEMENTS.split())
_ENDINGS = "完 好 见 到 住 掉 成 懂 会 错 够 满 死 给 在 清楚 干净 明白 倒 破 坏 断 碎 光"
_RESULTS = frozenset(_ENDINGS.split())
_LONGEST = 8
"""Characters; what is longer stands for itself."""
_EASY = 3
"""HSK level up to which a word is one of every day."""
_MOVES = re.compile(r"\b(?:out|down|up|back|in|into|over|off|away|here|there)\b")
_REACHED = "到见完来去"
"""Results that say no more than that it succeeded: 找到 is `to find`."""
_SEEN = 3.0
"""Zipf frequency of a word that most readers have met."""
_COMMON = 4.0
"""Zipf frequency from which a character that no list has is a word."""
_DEGREES = "很太最更极挺"

_SORTS = "店杯桶瓶桌门房屋室边顶口路岸光水"
"""What English joins to a word before it as freely as Chinese does: bookstore, teacup."""
_ANIMALS = "牛羊猪鸡鸭鱼狗马兔鹿驴虾蟹鹅"
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
_LITTLE = """
a an the to of in on at for and or be is are sb sth one s by with from as it that this into up out down off
etc
"""
_SMALL = frozenset(_LITTLE.split())
_SENSES = 8
"""Senses of a part that are looked at; what a dictionary has after them is rare or of the books."""
_PREFIX = re.compile(r"\b(?:un|in|im|dis)(?=\w{4})")
_NEGATIVE = re.compile(
    r"\b(?:not|no|cannot|can't|don't|doesn't|didn't|won't|isn't|without|unable|never|none|un\w+|in\w+|im\w+|dis\w+)\b"
)


def parts_of(headword: str, lexicon: Lexicon) -> tuple[str, ...] | None:
    """The words whose meanings make this one's; None if it stands for itself.

    A part may be transparent itself. Numerals are left out: who can read a text can count.
    """
    return _parts(lexicon, headword) if 1 < len(headword) <= _LONGEST else None


@lru_cache(maxsize=65536)
def _parts(lexicon: Lexicon, headword: str) -> tuple[str, ...] | None:
    for rule in (_counted, _plural, _doubled, _negated, _degree, _with_result, _placed, _person, _joined):
        found = rule(headword, lexicon)
        if found is not None:
            return found
    return None


def _is_word(text: str, lexicon: Lexicon) -> bool:
    return text in lexicon or (len(text) == 1 and is_han(text)) or parts_of(text, lexicon) is not None


def _counted(word: str, lexicon: Lexicon) -> tuple[str, ...] | None:
    """这个, 两次, 第一天, 四月, 星期一."""
    if word[:-1] in _WEEK and word[-1] in "一二三四五六":
        return (word[:-1],)
    number = _NUMBER.match(word)
    head = number[0] if number else word[0] if word[0] in _POINTS else ""
    rest = word[len(head) :]
    if head and head in _POINTS and (more := _NUMBER.match(rest)) and more[0] != rest:
        rest = rest[len(more[0]) :]
    if not head or not rest:
        return None
    if rest not in _TIMES | {"人"} and not (len(rest) <= 2 and lexicon.is_measure(rest)):
        return None
    if lexicon.level(word) is not None:
        return None  # 一样, 半天, 这些: the lists have it since it says more
    counts = any(_COUNTS.search(gloss) for gloss in _said(word, lexicon))
    if _entries(word, lexicon) and not counts and rest not in _MEASURES | _TIMES:
        return None
    return (rest,) if number else (head, rest)


_COUNTS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|this|that|these|those|each|every"
    r"|which|several|few|how many|another|every\w+|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|once|twice)\b",
    re.IGNORECASE,
)


def _plural(word: str, lexicon: Lexicon) -> tuple[str, ...] | None:
    base = word[:-1]
    known = lexicon.level(base) is not None or (lexicon.frequency(base) or 0.0) >= _SEEN
    plain = base in "人他她它" if len(base) == 1 else known and lexicon.level(word) is None
    return (base,) if word.endswith("们") and plain else None


def _doubled(word: str, lexicon: Lexicon) -> tuple[str, ...] | None:
    """看看, 看一看, 说说话, 高高兴兴, 研究研究."""
    base = _undoubled(word)
    if base is None or base not in lexicon or not set(lexicon.classes(base)) & set("vad"):
        return None
    if lexicon.level(word) is not None or (len(base) == 1 and lexicon.level(base) is None):
        return None
    if word in lexicon and not _explains(base, word, lexicon):
        return None
    return (base,)


def _undoubled(word: str) -> str | None:
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


def _negated(word: str, lexicon: Lexicon) -> tuple[str, ...] | None:
    base = word[1:]
    if word[0] not in _NOT or not _is_word(base, lexicon):
        return None
    if lexicon.level(word) is not None:
        return None  # 不错, 不同, 没事
    easy = (lexicon.level(base) or 9) <= _EASY and "v" in lexicon.classes(base)
    if word not in lexicon or easy:
        return (word[0], base)
    first = _said(word, lexicon)[:2]
    if any(_NEGATIVE.search(gloss) and _shares(_PREFIX.sub("", gloss), base, lexicon) for gloss in first):
        return (word[0], base)
    return None


def _degree(word: str, lexicon: Lexicon) -> tuple[str, ...] | None:
    base = word[1:]
    if word[0] not in _DEGREES or not _is_word(base, lexicon) or lexicon.level(word) is not None:
        return None
    return (word[0], base) if word not in lexicon or _shares(_first(word, lexicon), base, lexicon) else None


def _with_result(word: str, lexicon: Lexicon) -> tuple[str, ...] | None:
    """放进, 停下来, 看不懂."""
    for length in (2, 1):
        verb, end = word[:-length], word[-length:]
        if not verb or end not in _DIRECTIONS | _RESULTS:
            continue
        bound = verb[-1] in "不得" and len(verb) > 1
        if bound:
            verb = verb[:-1]
        if "v" not in lexicon.classes(verb):
            continue
        if word not in lexicon:
            return (verb, end)
        first = _first(word, lexicon)
        if lexicon.level(word) is not None:
            whole = end in _REACHED and _covers(first, (verb, end), lexicon)
            moved = _MOVES.search(first) is not None and _shares(first, verb, lexicon)
            made = whole or (
                end not in _RESULTS
                and (moved or (_shares(first, end, lexicon) and _covers(first, (verb, end), lexicon)))
            )
        else:
            made = any(_shares(gloss, verb, lexicon, asides=True) for gloss in _said(word, lexicon, 3)) or (
                bound and _shares(first, end, lexicon)
            )
            made = made or _covers(first, (verb, end), lexicon)
        if made:
            return (verb, end)
    return None


def _placed(word: str, lexicon: Lexicon) -> tuple[str, ...] | None:
    """家里, 山上."""
    base = word[:-1]
    if word[-1] not in _PLACES or "n" not in lexicon.classes(base)[:2] or lexicon.tag(word) == "t":
        return None
    first = _first(word, lexicon)
    if lexicon.level(word) is not None:
        made = not first or _covers(first, (base,), lexicon)
    else:
        made = not first or _shares(first, base, lexicon)
    return (base, word[-1]) if made else None


def _person(word: str, lexicon: Lexicon) -> tuple[str, ...] | None:
    """中国人, 年轻人."""
    base = word[:-1]
    if not word.endswith("人") or len(base) < 2 or lexicon.level(word) is not None or base not in lexicon:
        return None
    named = word in lexicon and not _entries(word, lexicon)
    return (base, "人") if named or _shares(_first(word, lexicon), base, lexicon) else None


def _stands(part: str, lexicon: Lexicon) -> bool:
    """Whether a part is a word that one learns: the 册 of 手册 is none."""
    return len(part) > 1 or lexicon.level(part) is not None or (lexicon.frequency(part) or 0.0) >= _COMMON


def _joined(word: str, lexicon: Lexicon) -> tuple[str, ...] | None:
    """热茶, 山路, 喝茶: two words whose English is that of the whole."""
    if lexicon.level(word) is not None and lexicon.tag(word)[:1] in ("c", "d", "r", "p"):
        return None  # 刚刚, 不许: grammar that the lists teach
    if word[0] in _NOT or word[0] in _POINTS or _NUMBER.match(word):
        counted = lexicon.level(word) is not None or len(word) == 2
        said = any(_COUNTS.search(gloss) for gloss in _said(word, lexicon))
        if counted or (word in lexicon and not said):
            return None  # 不错, 八卦, 半天
    if (
        any(_FIGURE.search(gloss) for gloss in _said(word, lexicon, 1))
        or lexicon.tag(word) == "i"
        or lexicon.phrase(word) == "idiom"
    ):
        return None
    for at in range(1, len(word)):
        one, other = word[:at], word[at:]
        if one == other or not (_is_word(one, lexicon) and _is_word(other, lexicon)):
            continue
        if lexicon.level(word) is not None and not (_stands(one, lexicon) and _stands(other, lexicon)):
            continue
        if _entries(word, lexicon):
            made = _composes(word, (one, other), lexicon)
        else:
            made = not lexicon.phrase(word) and (
                word not in lexicon or is_everyday(word, lexicon.entries(word), lexicon)
            )
        if made:
            return (one, other)
    return None


# What the English of a dictionary tells


def _entries(word: str, lexicon: Lexicon) -> tuple[Entry, ...]:
    """The dictionary's entries; those of names count for nothing: 山上 is no township to a reader."""
    return tuple(entry for entry in lexicon.entries(word) if not is_proper(entry))


def _said(word: str, lexicon: Lexicon, senses: int = 2) -> list[str]:
    """The glosses that a learner meets first."""
    entries = _entries(word, lexicon)
    return [gloss for sense in entries[0].senses[:senses] for gloss in sense.glosses] if entries else []


def _first(word: str, lexicon: Lexicon) -> str:
    said = _said(word, lexicon)
    return said[0] if said else ""


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
    if part not in lexicon:
        for piece in parts_of(part, lexicon) or ():
            found |= _meanings(lexicon, piece)
    for entry in _entries(part, lexicon):
        for sense in entry.senses[:_SENSES]:
            for gloss in sense.glosses:
                found.update(_content(gloss, asides=True))
    return frozenset(found)


def _shares(gloss: str, part: str, lexicon: Lexicon, asides: bool = False) -> bool:
    """Whether a gloss has a word of a part's."""
    meanings = _meanings(lexicon, part)
    return any(word in meanings for word in _content(gloss, asides))


def _covers(gloss: str, parts: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether a gloss says nothing that the parts do not say."""
    words = _content(gloss)
    return bool(words) and all(any(word in _meanings(lexicon, part) for part in parts) for word in words)


def _explains(part: str, whole: str, lexicon: Lexicon) -> bool:
    return any(_shares(gloss, part, lexicon) for gloss in _said(whole, lexicon)[:2])


def _composes(whole: str, parts: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether the first English of the whole is made of that of its parts: each of them, and nothing else."""
    said = _said(whole, lexicon)
    one, other = parts
    if any(_BOTH.fullmatch(gloss) for gloss in said) and len(whole) == 2:
        return False  # 左右, 买卖, 山水: pairs came to mean something else
    if any(_made_of(gloss, parts, lexicon) for gloss in said[:2]):
        return True
    if other == "色" and _covers(said[0], parts, lexicon):
        return True
    if other == "肉" and one in _ANIMALS:
        return True
    if one in "男女" and _covers(said[0], parts, lexicon):
        return True
    if lexicon.level(whole) is not None:
        return (lexicon.level(whole) or 9) <= 2 and _acts(parts, lexicon) and _covers(said[0], parts, lexicon)
    sized = one in "大小长短" and lexicon.classes(other)[:1] == "n"
    things = all(lexicon.classes(part)[:1] == "n" and (lexicon.level(part) or 9) <= _EASY for part in parts)
    if (sized or things) and _covers(said[0], (other,), lexicon):
        return True
    doer = other in "人民" and _DOER.search(said[0]) is not None
    return (doer and _shares(said[0], one, lexicon)) or (
        _acts(parts, lexicon) and _covers(said[0], parts, lexicon)
    )


def _acts(parts: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether it is an everyday verb with its object: 喝酒 is `to drink`."""
    verb, thing = parts
    easy = (lexicon.level(thing) or 9) <= _EASY
    return easy and lexicon.classes(verb)[:1] == "v" and lexicon.classes(thing)[:1] == "n"


_DOER = re.compile(r"(?:er|or|ist|ian|ese|people|person)\b")


def _made_of(gloss: str, parts: tuple[str, ...], lexicon: Lexicon) -> bool:
    used = [False] * len(parts)
    for word in _content(gloss):
        hits = [word in _meanings(lexicon, part) for part in parts]
        if not any(hits):
            split = _split(word, parts, lexicon)
            if not split:
                return False
            hits = [True] * len(parts)
        # A word that both parts have speaks for the one that has not been heard of yet.
        free = next((place for place, hit in enumerate(hits) if hit and not used[place]), None)
        if free is not None and not (sum(hits) == len(hits) > 1 and _split(word, parts, lexicon)):
            used[free] = True
        else:
            used = [one or hit for one, hit in zip(used, hits, strict=True)]
    return all(used)


def _split(word: str, parts: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether an English word is written of both: bookstore, teacup."""
    if len(parts) != 2:
        return False
    one, other = (_meanings(lexicon, part) for part in parts)
    if parts[1] not in _SORTS:
        return False  # goldfish, handbook, hotpot
    return any(word[:at] in one and word[at:] in other for at in range(2, len(word) - 1))
