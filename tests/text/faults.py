"""Clean paragraphs, and the eight ways in which files and scans break them, each drawn from a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence

from studytui.text.reflow.line_marks import cells

FAULTS = (
    "plain",
    "indented",
    "parted",
    "blank inside",
    "double spaced",
    "odd spaces",
    "pages",
    "ragged",
)

PARAGRAPHS = (
    "村口的老槐树下有一口井，井沿被绳子磨出十几道深深的沟。老人们说，这口井比村子的年纪还大，"
    "谁家娶媳妇，头一担水都要从这里挑。后来家家装了自来水，井边就安静下来，只有下雨的时候，"
    "雨点落进井里，还会发出从前那样的声音。",
    "“你真的要把它填了吗？”小满问。",
    "爷爷没有马上回答。他弯下腰，把一块松动的石头放回原来的地方，又用脚踩了踩，好像在试它还稳不稳。",
    "“不填。”他说，“留着它，也就留着一点记性。”",
    "那年秋天，镇上来了两位测量的年轻人，带着 3台机器，在井边忙了一个下午。他们说，地下水位比 1990年"
    "低了 4米，再过几年，井也许就干了。小满把这句话写进了作文，老师在旁边画了一个圈，写道：继续观察。",
    "于是她每个星期天都去看井。她准备了一本厚厚的练习簿，记下日期、天气和水面离井口的距离；有时候还画一张"
    "小小的图，画上那天停在井沿的麻雀。练习簿写满的时候，她已经上了初中，住在县城的学校里，一个月才能回来"
    "一次。可是井边的记录并没有停：爷爷不识字，就学着用一根根短线来记，长的是晴天，短的是雨天。",
    "第二年春天，水面忽然升高了。没有人知道为什么，有人说是上游修好了水库，有人说是因为村后的山坡上种满了树。",
    "小满把两本练习簿放在一起，从头到尾看了一遍，看见自己的字由大变小，爷爷的线由弯变直。她想，所谓历史，"
    "大概就是这样一个人记一段、另一个人再接下去的东西。",
)


def wrapped(paragraph: str, width: int) -> list[str]:
    """`paragraph` cut at `width` cells wherever that is, as a program that knows no Chinese does it."""
    lines: list[str] = []
    line = ""
    for character in paragraph:
        if cells(line + character) > width:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


def broken(paragraphs: Sequence[str], fault: str, width: int, seed: int) -> str:
    """`paragraphs` with one of FAULTS, wrapped at `width` cells."""
    chance = random.Random(seed)
    out: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        lines = wrapped(paragraph, width)
        if fault == "plain":
            out += lines
        elif fault == "indented":
            out += ["\u3000\u3000" + lines[0], *lines[1:]]
        elif fault == "parted":
            out += [*lines, ""]
        elif fault == "blank inside":
            for line in lines:
                out += [line, ""] if chance.random() < 0.15 else [line]
            out.append("")
        elif fault == "double spaced":
            for line in lines:
                out += [line, ""]
        elif fault == "odd spaces":
            out += ["".join(c + " " * (chance.random() < 0.05) for c in line) for line in lines]
            out.append("")
        elif fault == "pages":
            out += [line + "\r" for line in lines] + ["\r"]
            if number % 4 == 3:
                out.append(f"\f— {number // 4 + 1} —\r")
        elif fault == "ragged":
            rest = paragraph
            while rest:
                line = wrapped(rest, chance.choice((width, width, width - 2, width // 2)))[0]
                out.append(line)
                rest = rest[len(line) :]
            out.append("")
        else:
            raise ValueError(fault)
    return "\n".join(out)


def bare(text: str) -> str:
    """`text` without white space."""
    return "".join(text.split())


def boundaries(paragraphs: Sequence[str]) -> set[int]:
    """Where paragraphs end, in characters that are not white space."""
    found = set()
    position = 0
    for paragraph in paragraphs:
        position += len(bare(paragraph))
        found.add(position)
    return found


def f1(wanted: Sequence[str], found: Sequence[str]) -> float:
    """How well the boundaries of `found` are those of `wanted`, from 0 to 1."""
    gold, guess = boundaries(wanted), boundaries(found)
    return 2 * len(gold & guess) / (len(gold) + len(guess))
