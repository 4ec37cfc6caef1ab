"""Texts that were never wrapped, made from a seed: lyrics, dialogues, lists, chats, exam papers."""

from __future__ import annotations

import random
from collections.abc import Callable

KINDS = ("lyrics", "sentences", "dialogue", "chat", "transcript", "list", "exam", "fields")
_WHO = ("小王", "老师", "妈妈", "医生", "李明", "我", "他们", "那位客人", "我的朋友", "邻居家的孩子")
_WHEN = ("昨天晚上", "每天早上", "上个周末", "这几天", "", "", "明年春天", "刚才", "下课以后")
_WHERE = ("在学校门口", "在超市", "在火车站", "在医院的走廊里", "", "", "坐在窗前", "在图书馆二楼")
_WHAT = (
    "等公共汽车",
    "买了两斤苹果",
    "看了一部老电影",
    "给家里打电话",
    "跟朋友聊天",
    "准备下星期的考试",
    "丢了一把新雨伞",
    "听见有人唱歌",
    "想起小时候的事",
    "学做西红柿炒鸡蛋",
    "忘了带钥匙",
    "收到一封从南方寄来的信",
)
_IMAGES = ("老街", "月光", "旧车站", "江水", "风", "雨", "你的背影", "那条小路", "远方的灯", "一片叶子")
_DOES = ("还亮着", "慢慢走远", "吹过窗台", "落在屋檐上", "不再说话", "等着天亮", "变得模糊", "轻轻唱起来")
_THINGS = (
    "红富士苹果",
    "全麦面包",
    "低脂牛奶",
    "洗衣粉",
    "两节电池",
    "生日蜡烛",
    "一双拖鞋",
    "茶叶",
    "铅笔盒",
)
_FIELDS = ("姓名", "性别", "年龄", "职业", "爱好", "电话", "地址", "出生年月")


def _sentence(chance: random.Random) -> str:
    said = "".join((chance.choice(_WHO), chance.choice(_WHEN), chance.choice(_WHERE), chance.choice(_WHAT)))
    if chance.random() < 0.3:
        said += "，" + chance.choice(_WHEN) + chance.choice(_WHAT)
    return said


def _lyrics(chance: random.Random, mark: str) -> list[str]:
    return [chance.choice(("", "啊 ", "", "我记得")) + chance.choice(_IMAGES) + chance.choice(_DOES) + mark]


def _dialogue(chance: random.Random, mark: str) -> list[str]:
    return [f"{name}：{_sentence(chance)}{mark}" for name in ("男", "女")]


def _chat(chance: random.Random, mark: str) -> list[str]:
    time = f"{chance.randint(8, 22)}:{chance.randint(10, 59)}"
    return [f"[{time}] {chance.choice(('小红', '小明'))}: {_sentence(chance)}{mark}"]


def _transcript(chance: random.Random, mark: str) -> list[str]:
    return [f"00:{chance.randint(10, 59)}:{chance.randint(10, 59)} {_sentence(chance)}{mark}"]


def _exam(chance: random.Random, mark: str) -> list[str]:
    options = [f"{letter}. {chance.choice(_THINGS)}" for letter in "ABCD"]
    return [f"{chance.randint(1, 60)}. {_sentence(chance)}{mark}", *options]


_MAKERS: dict[str, Callable[[random.Random, str], list[str]]] = {
    "lyrics": _lyrics,
    "sentences": lambda chance, mark: [_sentence(chance) + mark],
    "dialogue": _dialogue,
    "chat": _chat,
    "transcript": _transcript,
    "list": lambda chance, mark: [f"- {chance.choice(_THINGS)}{mark}"],
    "exam": _exam,
    "fields": lambda chance, mark: [f"{chance.choice(_FIELDS)}：{chance.choice(_THINGS)}{mark}"],
}


def unwrapped(
    kind: str, lines: int, seed: int, mark: str = "", blanks: bool = False, indent: str = ""
) -> list[str]:
    """At least `lines` lines of one of KINDS, each a line of its own.

    Every line ends in `mark` and begins with `indent`; `blanks` puts an empty line after some.
    """
    chance = random.Random(f"{kind} {seed}")
    made: list[str] = []
    written = 0
    while written < lines:
        some = [indent + line for line in _MAKERS[kind](chance, mark)]
        written += len(some)
        made += some
        if blanks and chance.random() < 0.3:
            made.append("")
    return made
