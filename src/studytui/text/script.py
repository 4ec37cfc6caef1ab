"""A text in the other script, character for character, so that every position stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal

Direction = Literal["s2tw", "t2s"]

_NOT_COUNTED = re.compile(
    r"(?<![一二三四五六七八九十百千萬兩幾半這那每哪數多隻船整單雙影首0-9０-９])(?<!一[大小])隻(?![身言字眼語])"
)
"""A 隻 that counts nothing: OpenCC finds 是隻, 能隻 over the borders of words."""
_CLOCK = re.compile(r"(?<!龍)鍾(?![情愛靈馗意姓]|(?:先生|女士|小姐|太太|老師|醫生|經理))")
"""A 鍾 that is a clock: OpenCC has it for every 钟 that stands alone."""
_INSIDE = re.compile(
    r"(?<=[所家店屋房室院館廳校園城市村鎮車船箱包袋櫃盒杯碗心手嘴眼夢書水山街廠樓])里(?![程路弄拉斯昂])"
)
"""A 里 after what something can be in."""


@lru_cache(maxsize=2)
def _converter(direction: Direction) -> Any:
    import opencc

    return opencc.OpenCC(direction)


def convert(text: str, direction: Direction) -> str:
    """The text in traditional (`s2tw`) or simplified (`t2s`) characters; as long as it was.

    Traditional as it is printed in Taiwan, and as the dictionary has it: 為, 群, 裡, not 爲, 羣, 裏.
    By phrases (头发 is 頭髮, 发展 is 發展); where that would change the length, character by character.
    """
    converter = _converter(direction)
    converted = str(converter.convert(text))
    if len(converted) != len(text):
        pieces = (str(converter.convert(character)) for character in text)
        converted = "".join(
            piece if len(piece) == 1 else own for piece, own in zip(pieces, text, strict=True)
        )
    return _mended(converted, text) if direction == "s2tw" else converted


@lru_cache(maxsize=4096)
def traditional(text: str) -> str:
    """A text in traditional characters; as it is where some of them are that already."""
    return text if convert(text, "t2s") != text else convert(text, "s2tw")


def to_script(script: Literal["simplified", "traditional"]) -> Callable[[str], str]:
    """What puts texts into the script that a learner reads; nothing is simplified by it."""
    return traditional if script == "traditional" else str


def _mended(converted: str, text: str) -> str:
    """What OpenCC made of a text, each 只, 钟 and 里 put right; one that was traditional already stays."""
    for misread, meant in ((_NOT_COUNTED, "只"), (_CLOCK, "鐘"), (_INSIDE, "裡")):
        for found in misread.finditer(converted):
            place = found.start()
            if text[place] not in "隻鍾":
                converted = converted[:place] + meant + converted[place + 1 :]
    return converted
