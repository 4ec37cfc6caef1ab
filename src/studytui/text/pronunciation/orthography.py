"""A sentence's reading as the rules of pinyin write it (GB/T 16159): words joined, names with capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.pinyin import joined
from studytui.text.token import Word

_PLACES: Final = "省市区县镇乡村庄屯沟口城店路街巷山河江湖海岛桥站港湾寺庙塔楼园"
"""What the name of a place ends in, and that of a person hardly."""
_SURNAME: Final = re.compile("(?:two-character )?surname ")
_MOST_GIVEN: Final = 2
"""Characters of a given name."""


def sentence_pinyin(words: Iterable[Word], lexicon: Lexicon) -> str:
    """The reading with tone marks, a space between words; what has no reading as it is written."""
    return " ".join(word_pinyin(word, lexicon) or word.text for word in words)


def word_pinyin(word: Word, lexicon: Lexicon) -> str:
    """A word's reading in one piece; a name's with a capital, a person's in two (`Wáng Xiǎojūn`)."""
    if word.token.kind != "name" or not word.syllables:
        return joined(word.syllables)
    parts = word.headword.split("·")
    if sum(map(len, parts)) != len(word.syllables):
        return _capital(word.syllables)
    written = []
    start = 0
    for part in parts:
        syllables = word.syllables[start : start + len(part)]
        start += len(part)
        family = 0 if word.entries or len(parts) > 1 else _family(part, syllables, lexicon)
        written += [_capital(piece) for piece in (syllables[:family], syllables[family:]) if piece]
    return " ".join(written)


def _family(name: str, syllables: tuple[str, ...], lexicon: Lexicon) -> int:
    """How many characters of a name are a surname: 1 of 王小军, 2 of 欧阳修; 0 where it is no person's."""
    if name[-1] in _PLACES:
        return 0
    for length in (2, 1):
        entries = lexicon.entries(name[:length])
        is_surname = any(_SURNAME.match(gloss) for entry in entries for gloss in entry.glosses)
        if (
            is_surname
            and 1 <= len(name) - length <= _MOST_GIVEN
            and (length == 2 or syllables[0][0].isupper())
        ):
            return length
    return 0


def _capital(syllables: tuple[str, ...]) -> str:
    written = joined(syllables)
    return written[:1].upper() + written[1:]
