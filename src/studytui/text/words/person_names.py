"""Names that no dictionary lists: a surname and a given name, or characters that spell a foreign sound."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from studytui.text.token import Token

_LONGEST_GIVEN = 2
_FOREIGN_LEAST = 5
"""In how many foreign names a character must stand to count as spelling sounds."""
_TITLES = (
    "主席", "书记", "总理", "总统", "首相", "部长", "省长", "市长", "县长", "镇长", "乡长",
    "村长", "局长", "处长", "科长", "厂长", "院长", "校长", "所长", "会长", "社长", "行长",
    "队长", "班长", "船长", "总裁", "董事长", "经理", "教授", "研究员", "院士", "博士", "工程师",
    "记者", "作家", "诗人", "演员", "导演", "歌手", "编剧", "主任", "秘书", "司机", "将军",
    "司令", "委员", "代表", "同学", "同志", "老师", "医生", "护士", "律师", "法官", "警察",
    "民警", "农民", "工人", "村民", "战士", "画家", "专家", "学者", "教练", "选手", "冠军",
    "名叫", "叫做",
)  # fmt: skip
"""Words that a person's name often follows."""
_FORMS = (
    "同志", "先生", "女士", "小姐", "教授", "老师", "医生", "博士", "主席", "书记", "总理",
    "总统", "部长", "主任", "说", "告诉", "表示", "指出", "认为", "介绍", "强调", "回忆",
    "笑着", "夫妇", "等人", "一起",
)  # fmt: skip
"""Words that often follow a person's name."""
ADDRESSES = frozenset(
    (
        "爷爷", "奶奶", "叔叔", "阿姨", "伯伯", "婶婶", "大爷", "大妈", "大娘", "大叔", "大婶", "大伯",
        "大哥", "大姐", "师傅", "师父", "老师", "医生", "大夫", "先生", "女士", "小姐", "太太", "夫人",
        "经理", "校长", "院长", "主任", "教授", "护士", "警官", "老板", "同学", "同志", "律师", "局长",
        "村长", "队长", "厂长", "教练", "老先生",
    )
)  # fmt: skip
"""What people are called by after their surname."""
ENDS_NO_NAME = (*sorted(ADDRESSES), *_TITLES[:-2], "家", "府")
"""What follows a surname and makes no name of it."""
AFTER_PERSON = frozenset(
    (
        *"说的是在也就都和跟把对给想问笑来去走看听有要会从又还很才却不没先正拿站坐你我这那被让叫家",
        "没有", "告诉", "觉得", "已经", "今天", "昨天", "明天", "马上", "突然", "终于", "赶紧", "连忙",
        "自己", "他们", "你好", "您好", "一起", "一块儿", "回答",
    )
)  # fmt: skip
"""What follows a person's name, where another noun might follow 小 (小王说, but 小黄狗)."""
DEEDS = "说道笑问听见想忙便叫答喊看走站坐拿给把来去也很拉跑跳睡哭接穿"
"""What a person does right after the name: these end no given name (宋钢|坐)."""
_AFTER = tuple(AFTER_PERSON)
_AFTER_TITLE = 300.0
_BEFORE_FORM = 10.0
_BY_NICKNAME = {"小": 0.02, "阿": 0.02, "大": 0.002}
"""What makes a name of a character of a given name (小红, 阿华), and how likely it is to, as a share."""
_LEAST_GIVEN = 0.0008
"""A smaller share of the given names' characters makes no name after 小 or 阿, nor said twice, ..."""
_LEAST_SPOKEN_OF = 0.0002
"""... but where a person must stand: at the beginning or after 和, 让, and before 说, 也."""
_KIN = frozenset("哥姐弟妹爷叔姨嫂婶")
"""After 小 and 大 kinship, not names: 小哥."""
_DOUBLED = 0.02
"""How likely a given name said twice (亮亮), or a short foreign one, is to stand for a person, as a share."""
_NAME_COMES = frozenset("和跟与同让叫请给对找问帮替陪喊教带送是到等见的")
"""After what one speaks of a person, where the next character tells no more."""
_DOTS = "·•・‧"
_DIVISIONS = frozenset("省市县区镇乡村州")
_PLACES = tuple("省市县区镇乡村州国岛山河江湖海港湾路街巷桥门关寺庙宫塔站")
_ORGANISATIONS = (
    "大学", "学院", "公司", "集团", "银行", "研究所", "研究院", "出版社", "通讯社", "医院", "法院",
    "检察院", "委员会", "常委会", "博物馆", "图书馆", "电视台", "科学院", "工程院", "大会", "日报", "协会",
)  # fmt: skip
NO_SURNAMES = frozenset(
    "一二三四五六七八九十百千万两几半不是有和与及从向往到在对把被让给使为以因由于自当比那哪这此其某各每该"
    "我你他她它咱也都就才还又再更最很太可能会要应须将已曾正所而但或若如则即并且虽却只来去上下里外前后中"
    "大小多少新老好强长同无多真难行过出起开得地着了的吧吗呢啊么之者年月日时分秒元角点个位名家人"
)
"""Characters that are surnames too, but in a running text are nearly always something else."""
NO_GIVEN = frozenset(
    "一二三四五六七八九十百千万亿两〇零的了着过得地之乎者和与及或但而且则即是有在从向往到对把被让给使为"
    "以因由于不没无也都就才还又再更最很太可能会要应须将已曾所这那哪此其某各每该我你他她它们吗呢吧啊么"
    "个只条张片块件次种位名场年日时分秒元角县乡镇村矿省市区州厂率说问道讲称指出去来后前上下里外间"
    "等第做作做用由受被请找找给让叫拿看见听想去到站走跑"
)
"""Characters that end a word or a clause rather than make a given name."""


@dataclass(frozen=True, slots=True)
class NameModel:
    """How names are made, learnt from a list of names. All values are shares of that list, 0 to 1."""

    surnames: dict[str, float]
    """Surname -> share of the names."""
    first: dict[str, float]
    """Character -> share of the two-character given names that begin with it."""
    last: dict[str, float]
    """Character -> share of the two-character given names that end with it."""
    single: dict[str, float]
    """Character -> share of the one-character given names that are it."""
    double: float
    """Share of the names whose given name has two characters."""
    foreign: frozenset[str]
    """Characters that foreign names are spelt with."""

    @classmethod
    def learn(cls, people: Iterable[str], foreign: Iterable[str], surnames: frozenset[str]) -> NameModel:
        """A model of Chinese names (surname first) and of foreign ones; what looks like no name is left."""
        family: Counter[str] = Counter()
        first: Counter[str] = Counter()
        last: Counter[str] = Counter()
        single: Counter[str] = Counter()
        for name in people:
            surname = name[:2] if name[:2] in surnames and len(name) > 2 else name[:1]
            given = name[len(surname) :]
            if surname not in surnames or not 1 <= len(given) <= _LONGEST_GIVEN:
                continue
            if surname in NO_SURNAMES or not NO_GIVEN.isdisjoint(given.removeprefix("一")) or given == "一":
                continue
            family[surname] += 1
            if len(given) == 1:
                single[given] += 1
            else:
                first[given[0]] += 1
                last[given[1]] += 1
        sounds = Counter(character for name in foreign for character in name)
        doubles, singles = first.total(), single.total()
        return cls(
            _shares(family),
            _shares(first),
            _shares(last),
            _shares(single + last),
            doubles / max(1, doubles + singles),
            frozenset(sound for sound, n in sounds.items() if n >= _FOREIGN_LEAST) - NO_GIVEN,
        )

    @classmethod
    def from_json(cls, text: str) -> NameModel:
        """The model that `to_json` wrote."""
        surnames, first, last, single, double, foreign = json.loads(text)
        return cls(surnames, first, last, single, double, frozenset(foreign))

    def to_json(self) -> str:
        """The model as text; the same model gives the same text."""
        shares = [
            {key: float(f"{share:.4g}") for key, share in sorted(part.items())}
            for part in (self.surnames, self.first, self.last, self.single)
        ]
        whole = [*shares, round(self.double, 4), "".join(sorted(self.foreign))]
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))

    def may_begin(self, run: str, start: int) -> bool:
        """Whether `candidates` may have anything for `run[start]`."""
        first = run[start]
        return (
            first in self.surnames
            or first in _BY_NICKNAME
            or first in self.foreign
            or run.startswith(first, start + 1)
            or run[start : start + 2] in self.surnames
        )

    def candidates(self, run: str, start: int) -> Iterator[tuple[int, float]]:
        """(end, likelihood) of each name that may begin at `run[start]`; the likelihoods are shares.

        A title before the name and a form of address or a verb of speech after it make it likelier.
        """
        first = run[start]
        if first in _BY_NICKNAME or first in self.foreign or run.startswith(first, start + 1):
            yield from self._nickname(run, start)
        for width in (2, 1):
            begin = start + width
            family = self.surnames.get(run[start:begin]) if begin < len(run) else None
            if family is None:
                continue
            if run[max(0, start - 3) : start].endswith(_TITLES):
                family *= _AFTER_TITLE
            given = {
                begin + 1: self.single.get(run[begin], 0.0) * (1 - self.double),
                begin + 2: self.first.get(run[begin], 0.0)
                * self.last.get(run[begin + 1 : begin + 2], 0.0)
                * self.double,
            }
            for stop, share in given.items():
                if not share or (run[start] == run[stop - 1] and run[begin] == "一"):
                    continue  # 查一查 is a verb
                if run[stop - 1] not in DEEDS:
                    likelier = run.startswith(_FORMS, stop) or _is_spoken_of(run, start, stop) == _BEFORE_FORM
                    yield stop, family * share * (_BEFORE_FORM if likelier else 1.0)

    def _nickname(self, run: str, start: int) -> Iterator[tuple[int, float]]:
        """小红, 阿华, 大龙, 亮亮, 丽莎: what is a name where a person may be spoken of, and nowhere else."""
        first, second = run[start], run[start + 1 : start + 2]
        shares = self.single.get(first, 0.0), self.single.get(second, 0.0)
        spoken_of = _is_spoken_of(run, start, start + 2)
        least = _LEAST_SPOKEN_OF if spoken_of == _BEFORE_FORM else _LEAST_GIVEN
        if spoken_of and first in _BY_NICKNAME and shares[1] >= least and second not in _KIN:
            yield start + 2, _BY_NICKNAME[first] * max(shares[1], _LEAST_GIVEN) * spoken_of
        elif spoken_of < _BEFORE_FORM:
            return
        elif first == second and shares[0] >= least:
            yield start + 2, _DOUBLED * max(shares[0], _LEAST_GIVEN)
        elif first in self.foreign and second in self.foreign:
            yield start + 2, _DOUBLED * _LEAST_GIVEN


def _is_spoken_of(run: str, start: int, stop: int) -> float:
    """How much likelier a name is here than anywhere: 0 where neither side speaks of a person."""
    follows = stop == len(run) or run.startswith(_AFTER, stop)
    comes = start > 0 and run[start - 1] in _NAME_COMES
    if follows and run[stop : stop + 1] == "的" and not comes:
        return 0.0  # 小花的叶子: what has something is not yet a person
    if follows and (comes or not start):
        return _BEFORE_FORM
    return float(comes or follows)


def _shares(counter: Counter[str]) -> dict[str, float]:
    total = max(1, counter.total())
    return {key: count / total for key, count in counter.items()}


def is_likely_name(word: str, tag: str, count: int, surnames: frozenset[str]) -> bool:
    """Whether a word that jieba tags as a name is one: its list holds much that is none (多少钱, 入市)."""
    if len(word) < 2 or count < 3 or not NO_GIVEN.isdisjoint(word[1:]):
        return False
    if tag == "nr":
        return 2 < len(word) < 4 and count > 20 and word[0] in surnames and word[0] not in NO_SURNAMES
    if tag in ("nrt", "nrfg"):
        return len(word) > 2
    if tag == "ns":
        return (len(word) > 2 and word.endswith(_PLACES)) or count > 20
    return tag == "nt" and len(word) > 3 and word.endswith(_ORGANISATIONS)


def join_foreign(tokens: list[Token], model: NameModel) -> list[Token]:
    """Puts foreign names together: the parts around a dot, and runs of single characters that spell one."""
    joined: list[Token] = []
    place = 0
    while place < len(tokens):
        stop, dots = place, 0
        while stop < len(tokens):
            if _spells(tokens[stop], model):
                stop += 1
            elif stop > place and tokens[stop].text in _DOTS and _follows_dot(tokens, stop + 1, model):
                stop, dots = stop + 2, dots + 1
            else:
                break
        run = tokens[place:stop]
        singles = sum(len(token.text) == 1 for token in run)
        if len(run) > 1 and (dots or (singles > 1 and run[-1].end - run[0].start > 2)):
            joined.append(Token(run[0].start, run[-1].end, "".join(token.text for token in run), "name"))
            place = stop
        else:
            joined.append(tokens[place])
            place += 1
    return joined


def join_places(tokens: list[Token]) -> list[Token]:
    """Puts the name of a place and what it is together: 石桥 村, and 柳 湾 市, which no dictionary has."""
    joined: list[Token] = []
    for token in tokens:
        width = 0
        if token.text in _DIVISIONS and token.kind == "word" and joined:
            if joined[-1].kind == "name" and len(joined[-1].text) == 2:
                width = 1
            elif len(joined) > 1 and all(map(_may_name_a_place, joined[-2:])):
                width = 2
        if width:
            parts = [*joined[-width:], token]
            del joined[-width:]
            token = Token(parts[0].start, token.end, "".join(part.text for part in parts), "name")
        joined.append(token)
    return joined


def _may_name_a_place(token: Token) -> bool:
    text = token.text
    return token.kind == "word" and len(text) == 1 and text not in NO_SURNAMES and text not in NO_GIVEN


def _spells(token: Token, model: NameModel) -> bool:
    if token.kind not in ("word", "name") or (token.kind == "word" and len(token.text) > 1):
        return False
    return model.foreign.issuperset(token.text)


def _follows_dot(tokens: list[Token], place: int, model: NameModel) -> bool:
    if place == len(tokens) or tokens[place].kind not in ("word", "name"):
        return False
    return len(tokens[place].text) == 1 or model.foreign.issuperset(tokens[place].text)
