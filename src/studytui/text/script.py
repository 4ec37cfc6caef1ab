"""A text in the other script, character for character, so that every position stays."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

Direction = Literal["s2tw", "t2s"]


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
    if len(converted) == len(text):
        return converted
    pieces = (str(converter.convert(character)) for character in text)
    return "".join(piece if len(piece) == 1 else own for piece, own in zip(pieces, text, strict=True))
