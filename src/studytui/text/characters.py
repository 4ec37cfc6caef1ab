"""Characters: which are Chinese, which only another form of one, and which no terminal may get."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

HAN: Final = "\u2e80-\u2fdf\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters with radicals, 々 and 〇, to stand in the brackets of a pattern."""

UNSAFE: Final = (
    "\x00-\x1f\x7f-\x9f"  # C0, DEL, C1: what a terminal obeys
    "\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"  # direction, line ends, unseen marks
    "\ud800-\udfff"  # halves of characters
    "\ufff9-\ufffb\U000e0000-\U000e007f"  # marks of notes between lines, unseen letters
    "\ufdd0-\ufdef" + "".join(f"{chr(end - 1)}{chr(end)}" for end in range(0xFFFF, 0x110000, 0x10000))
)
"""What may not be printed on a line, to stand in the brackets of a pattern.

A zero-width joiner and the selectors of variants are no part of it: emoji and rare characters need them.
"""

_UNSAFE: Final = re.compile(f"[{UNSAFE}]")
_UNSAFE_IN_LINES: Final = re.compile(f"(?![\t\n])[{UNSAFE}]")
_BREAKS: Final = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
_REPLACEMENT: Final = "�"

# Unicode's EquivalentUnifiedIdeograph of the supplement of CJK radicals; the others decompose by themselves.
_RADICALS: Final = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳"
    "⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥"
    "⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_OF_RADICALS: Final = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁"
    "冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼"
    "鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
# Older shapes that Korean and Japanese fonts and old prints have, and that no dictionary lists words under.
_OLD: Final = "靑吿郞屛倂飮敍寃敎卽旣槪鄕硏姸竝飜甁尙緖戸黒晩歩毎鎭眞愼塡顚値淸"
_OF_OLD: Final = "青告郎屏併飲敘冤教即既概鄉研妍並翻瓶尚緒户黑晚步每鎮真慎填顛值清"


def _standard_forms() -> dict[int, str]:
    forms = dict(zip(map(ord, _RADICALS + _OLD), _OF_RADICALS + _OF_OLD, strict=True))
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)):
        form = unicodedata.normalize("NFKC", chr(code))
        if form != chr(code) and len(form) == 1:
            forms[code] = form
    return forms


_FORMS: Final = _standard_forms()


def standard(text: str) -> str:
    """`text` with radicals (⼀, ⻓), compatibility forms and old shapes (靑) as what they stand for.

    As long as it was, so that every position stays. PDF files of browsers are full of radicals.
    """
    return text if text.isascii() else text.translate(_FORMS)


def is_han(character: str) -> bool:
    """Whether a character is a Chinese one (with 々 and 〇)."""
    return (
        "\u3400" <= character <= "\u9fff"
        or character in "\u3005\u3007"
        or "\uf900" <= character <= "\ufaff"
        or "\u2e80" <= character <= "\u2fdf"
        or "\U00020000" <= character <= "\U0003ffff"
    )


def is_unsafe(text: str) -> bool:
    """Whether something in a text may not be printed on a line."""
    return _UNSAFE.search(text) is not None


def printable_line(text: str) -> str:
    """A text as it may be printed on one line: breaks become a space, what else is unsafe becomes `�`."""
    return _UNSAFE.sub(_REPLACEMENT, _BREAKS.sub(" ", text)) if is_unsafe(text) else text


def printable(text: str) -> str:
    """A text as it may be printed: it keeps its lines and tabs; what is unsafe becomes `�`."""
    return _UNSAFE_IN_LINES.sub(_REPLACEMENT, text) if is_unsafe(text) else text


def escaped(json: str) -> str:
    """A line of JSON with what is unsafe written as `\\u` and digits, which means the same."""
    return _UNSAFE.sub(_escape, json) if is_unsafe(json) else json


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
