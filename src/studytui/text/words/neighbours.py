"""What neighbours tell of a stretch of text: words that only seem to stand there, and words made there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from studytui.text.lexicon.cedict import is_proper
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.token import Token
from studytui.text.words.numerals import NUMERALS
from studytui.text.words.person_names import ADDRESSES, AFTER_PERSON, NO_SURNAMES

_REDUPLICATED = re.compile(r"(?=(?P<aabb>(\w)\2(?!\2)(\w)\3)|(?P<aab>(\w)\5(?!\5)\w))")
_COMMON = 100
"""From how many occurrences in jieba's corpus a doubled character may be a word itself (看看, 好好, 爸爸)."""
_IDIOM = 1000
"""From how many occurrences a numeral with what it counts is one word wherever it stands (一部分)."""
_RARE = 2
"""As how common the word table has what no corpus has."""
_SOME = re.compile(r"(?:^|(?<=[们也]))有的(?!是)")
"""有的, `some`, begins a clause or follows its subject; after a verb's object 有 and 的 are two words."""
_FIND = frozenset("找查看买听吃做摸闻拿搜碰遇猜料")
_CONTEND = frozenset("说吵打跑比争斗拗敌抢辩拼追骂")
_DONE = frozenset("了过说讲有")
_COMPLEMENT = re.compile(r"\w{1,2}?(?:[上下开了好起住紧掉坏出进到在给得过成]|干净)")
_UNTIL = re.compile(r"\w{0,6}[到起]|毕业|开始|时代|阶段")
"""What follows the school where one counts from it (从小学到大学)."""
_SPAN_OF_TIME = re.compile(r"[一二两三四五六七八九十百千万几数多半\d](?:个?月|[年天日周]|小时|分钟|星期)\Z")
"""Before 前来 and 后来 a time that has passed (三年前|来)."""
_TOWARDS = frozenset("往朝向")
_DIRECTIONS = frozenset("上下前后里外")
_PLACED = _DIRECTIONS | frozenset("中内")
_HAPPENS = re.compile(r"着|过[一二两三四五六七八九十几\d]")
"""What only a verb stands before: 过 after a noun may be too much (内容过长)."""
_POINTERS = frozenset("这那某哪几")
_MOUTHFUL = frozenset("喝吸喘叹松吐歇换")
"""Before 口水 and 口气 what one does with the mouth (喝口水)."""
_SOME_OF = frozenset("是要想能再先多来就我你他她们给得去")
"""Before a verb with 点, some of what follows (要是交点钱)."""
_HELPING = frozenset("会能要想可应该敢肯得没不别未有是在来去使让叫请给把被")
"""Verbs that others stand behind: 没着火, 会错过."""
_BEFORE_OLD = frozenset("，。！？；：、“‘「和跟与同让叫请给对找问帮替陪")
"""What 老 with a surname that is another word too follows (让老高来); 很老高 is no name."""
_IF = re.compile("如果|要是|假如|来讲|来说")
"""With 的话 at the clause's end."""
_SURE = 0.001
"""A surname with a smaller share of the names is more likely another word."""
_FREQUENT = 0.02
"""A surname with a greater share is a name after 小 whatever else it means (小张)."""
_VERBS_TOO = frozenset("连任加查解修成费国男女师谢于")
"""Surnames that before a title are mostly other words (连老师都, 任校长)."""


def is_trap(run: str, start: int, stop: int, counts: Mapping[str, int], lexicon: Lexicon) -> bool:
    """Whether a word stands here only by accident, as neighbours tell and its count cannot."""
    if not 1 < stop - start < 5:
        return False
    word, before, after = run[start:stop], run[start - 1 : start] if start else "", run[stop : stop + 1]
    if word[0] in NUMERALS and after and _counts_a_thing(word, after, counts, lexicon):
        return True
    if len(word) == 4:
        return False
    if len(word) == 3:
        # 说了一句话 counts its words; 一句话，我不去 sums up.
        return word[0] == "一" and before in _DONE and word[1] in _classifiers(word, 2, counts, lexicon)
    if word == "的话":
        # `如果下雨的话，` ends a clause; in 他的话很有趣 it is 的 and 话.
        return bool(after) and not _IF.search(run, 0, start)
    if word == "个人":
        # In 两个人 the measure word belongs to the number, and in 找个人帮忙 to the verb.
        if before and before in "找有是像换叫派":
            return lexicon.tag(_longest(run, stop, counts))[:1] in ("v", "d", "p", "")
        return bool(before) and (before in "这那哪每几各" or before in NUMERALS)
    if word == "得到":
        return before in _FIND and not _ends_word(run, start, counts)
    if word == "不过":
        alone = before in _CONTEND and not _ends_word(run, start, counts)
        return alone and bool(after) and after not in "是也只就"
    if word[1] in "说道问笑想" and len(word) == 2 and before in ("小", "老") and after:
        # 小陈说 is what Chen says.
        return lexicon.surname_reading(word[0]) is not None
    if word == "心想":
        return before == "一"  # 一心 + 想去
    if word[0] == "出" and len(word) == 2 and after == "来":
        # 张出榜来, 拿出书来: out with it, and no 出榜 or 出书.
        return "v" in lexicon.classes(before) and not counts.get(word + after)
    if word == "没收":
        return after in ("到", "拾")
    if word == "才能":
        # 穿过云层才能到达 wants a verb behind it; 他的才能出众 is a gift.
        return before not in ("", "的", "有", "其") and _is_action(_longest(run, stop, counts), lexicon)
    if word == "人才":
        return before == "的" and after in "能会" and after != ""  # 这样的人 才能成功
    if word == "小学":
        # 从小 学电脑; 从小学到大学 is the school.
        return (
            before == "从"
            and lexicon.tag(_longest(run, stop, counts)) == "n"
            and not _UNTIL.search(run, stop)
        )
    if word == "问好":
        return lexicon.tag(_longest(run, stop, counts)) == "n"  # greeted are those that 向 stands before
    if word in ("前来", "后来"):
        return bool(_SPAN_OF_TIME.search(run, 0, start))
    if word == "部长":
        return before in ("根", "底", "尾", "腹", "背") and after == "出"  # 根部 长出芽来
    if word == "火烧":
        return before in ("大", "小", "中", "旺")  # 大火 烧开
    if word == "地带":
        return before == "外" and after in ("回", "来", "到", "去", "给", "了")  # 从外地带回来
    if word[0] == "握" and before == "把":
        return True  # 没能把握住: nothing stands before the verb that 把 could have put there
    if word[0] in "在放到" and after and after in "上里下中内外":
        # 在场上 and 放火上炖 say where; 在场 and 放火 have nothing behind them.
        return word == "在场" or (len(word) == 2 and word != "到底" and lexicon.tag(word[1]) == "n")
    if word[1] == "天" == after and before == "小":
        # 小明天天迟到 is about Xiaoming, every day; 小 stands before no day.
        return lexicon.level(run[stop : stop + 2]) is None
    if word[0] in _PLACED and before not in ("", "的") and _HAPPENS.match(run, stop):
        # 大桥下游过一群鸭, 窗外挂着灯: a verb behind a place, and neither 下游 nor 外挂.
        acts = "v" in lexicon.classes(word[1]) and "v" not in lexicon.classes(word)
        return acts and not counts.get(run[stop : stop + 2])
    if len(word) == 2 and before and _is_cut_by_verb(run, start, stop, counts, lexicon):
        return True
    if word[0] == "把":
        # 把门关上 and 把手举起来 are verbs with an object; 门把手 is a thing.
        noun = lexicon.tag(word[1]).startswith("n")
        return noun and before not in ("的", "门", "一", "个") and bool(_COMPLEMENT.match(run, stop))
    if lexicon.tag(word[1]) == "f" and lexicon.tag(word)[:1] in ("n", "s"):
        # 天下雨: what falls is rain, and no 天下.
        return _is_action(word[1] + after, lexicon) and not counts.get(run[stop : stop + 2])
    if word == "一行":
        # 干一行爱一行 and 写了一行 are trades and lines; 总理一行 are people.
        return (
            before != ""
            and before in "干爱这那哪第另每了着过写读抄背隔换转入改同"
            and after not in (*"人数", *NUMERALS)
        )
    if word[1] == "点" and before and before in _SOME_OF:
        return lexicon.classes(word[0]).startswith("v") and lexicon.tag(_longest(run, stop, counts)) == "n"
    counting = before in _POINTERS or before in NUMERALS
    if before and counting and word[1] != "子" and word != "回事" and lexicon.is_measure(word[0]):
        # 一个旧箱子 is no town 个旧, and 这座钟 no kind of clock.
        measured = word[0] in _classifiers(run, start + 1, counts, lexicon)
        return measured or all(map(is_proper, lexicon.entries(word)))
    if word[0] == "一":
        return word[1] in _classifiers(run, stop, counts, lexicon)
    return False


def _is_cut_by_verb(run: str, start: int, stop: int, counts: Mapping[str, int], lexicon: Lexicon) -> bool:
    """Whether the verb before a word takes its first character: 举着|手, 坐错|过, 往下|落."""
    word, before = run[start:stop], run[start - 1]
    if before in _TOWARDS:
        return (
            word[0] in _DIRECTIONS and lexicon.classes(word[1]).startswith("v") and lexicon.tag(word) == "v"
        )
    if before in _HELPING or not lexicon.classes(before).startswith("v") or _ends_word(run, start, counts):
        return False
    if word[0] == "着":
        return lexicon.tag(word[1]) == "n"
    if word == "错过":
        return True
    if word in ("口水", "口气"):
        return before in _MOUTHFUL
    return "n" not in lexicon.classes(word) and word[0] in _classifiers(run, start + 1, counts, lexicon)


def _longest(run: str, start: int, counts: Mapping[str, int]) -> str:
    """The longest word of the table that begins at a place."""
    return next(
        (run[start:end] for end in range(min(start + 4, len(run)), start, -1) if counts.get(run[start:end])),
        "",
    )


def _counts_a_thing(word: str, after: str, counts: Mapping[str, int], lexicon: Lexicon) -> bool:
    """Whether a phrase is a numeral, a measure word and the beginning of what is counted: 三只手|表."""
    if len(word) < 3 or counts[word] >= _IDIOM or not lexicon.is_measure(word[1]):
        return False
    # 两个中国|人: what no corpus has is no phrase before another noun.
    counted = word[2:] + after if counts[word] > _RARE else after
    return "n" in (lexicon.tag(word[2:] + after)[:1], lexicon.tag(counted)[:1])


def _ends_word(run: str, stop: int, counts: Mapping[str, int]) -> bool:
    """Whether a word of two characters ends at `stop` (调查 before 得到)."""
    return stop > 1 and bool(counts.get(run[stop - 2 : stop]))


def _classifiers(run: str, start: int, counts: Mapping[str, int], lexicon: Lexicon) -> tuple[str, ...]:
    """The measure words of the longest word that begins here, or else of its last character (锦旗 as 旗)."""
    for length in (4, 3, 2, 1):
        word = run[start : start + length]
        if len(word) == length and counts.get(word):
            own = tuple(measure for entry in lexicon.entries(word) for measure in entry.classifiers)
            if own or length == 1:
                return own
            return tuple(measure for entry in lexicon.entries(word[-1]) for measure in entry.classifiers)
    return ()


def made_words(run: str, counts: Mapping[str, int], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The spans `[start, end)` that are one word here though the word table would cut them.

    Reduplications (老老实实, 说说话), and 有的 for `some`.
    """
    for match in _REDUPLICATED.finditer(run):
        word = match["aabb"] or match["aab"]
        base, doubled = str(base_of(word)), counts.get(word[:2], 0)
        if not counts.get(base):
            continue
        if match["aabb"]:
            # 爸爸妈妈 is two words.
            if doubled < _COMMON or doubled <= counts[base]:
                yield match.start(), match.start() + 4
        elif _ends_word(run, match.start() + 1, counts):
            continue  # 保持持续: the first of the two ends a word
        elif (doubled < _COMMON or 2 * doubled < counts[base]) and _is_action(base, lexicon):
            yield match.start(), match.start() + 3
    for match in _SOME.finditer(run):
        yield match.span()


def base_of(word: str) -> str | None:
    """The word that a reduplication is made of: 老实 of 老老实实, 说话 of 说说话; None if it is none."""
    if len(word) == 4 and word[0] == word[1] != word[2] == word[3]:
        return word[0] + word[2]
    if len(word) == 3 and word[0] == word[1] != word[2]:
        return word[1:]
    return None


def _is_action(word: str, lexicon: Lexicon) -> bool:
    entries = lexicon.entries(word)
    return bool(entries) and entries[0].glosses[0].startswith("to ")


def name_people(tokens: list[Token], surnames: Mapping[str, float], lexicon: Lexicon) -> list[Token]:
    """A surname before a form of address becomes a name (魏 爷爷), and 小 or 老 is joined to one (小罗)."""
    named: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if following is not None and following.text in ADDRESSES and _is_surname(token, surnames):
            token = Token(token.start, token.end, token.text, "name")
        elif (
            following is not None
            and token.text in ("小", "老")
            and _is_surname(following, surnames)
            and (
                _names_people(following.text, surnames, lexicon)
                or (token.text == "老" and (place == 0 or tokens[place - 1].text in _BEFORE_OLD))
            )
            and (place == 0 or tokens[place - 1].text not in ("最", "很", "太", "更"))
            and (place + 2 == len(tokens) or _may_follow_person(tokens[place + 2]))
        ):
            token = Token(token.start, following.end, token.text + following.text, "name")
            place += 1
        named.append(token)
        place += 1
    return named


def _is_surname(token: Token, surnames: Mapping[str, float]) -> bool:
    text = token.text
    common = surnames.get(text, 0.0) >= _SURE and text not in NO_SURNAMES and text not in _VERBS_TOO
    return common and len(text) == 1 and token.kind in ("word", "name")


def _names_people(surname: str, surnames: Mapping[str, float], lexicon: Lexicon) -> bool:
    """Whether a surname is hardly an everyday word, unlike the 花 of 小花."""
    return surnames[surname] >= _FREQUENT or (lexicon.level(surname) or 7) > 4


def _may_follow_person(token: Token) -> bool:
    return token.kind == "punctuation" or token.text in AFTER_PERSON
