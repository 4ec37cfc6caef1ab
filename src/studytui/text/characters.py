"""Characters: which are Chinese, and which are only another form of one that words are written with."""

from __future__ import annotations

import unicodedata
from typing import Final

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
