"""A text in simplified characters, as it is looked up: by OpenCC, and where that errs by the dictionary.

OpenCC leaves every 著 as it is, though a traditional text writes the particle 着 with it: 跟著, 睡著, 看著
are 跟着, 睡着, 看着, and 著名, 原著, 土著 keep theirs. The dictionary's traditional forms tell them apart.
Full-width letters become plain ones, and a word that holds letters is spelt as the dictionary has it: Ｔ恤
and t恤 are T恤.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from studytui.text.characters import is_han
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.script import convert

_LONGEST = 4
"""Characters of the longest word that 著 is looked for in."""
_AS_COMMON = 0.3
"""By how much of the Zipf scale a word may be rarer than another and still count as as common."""
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_LETTERS = re.compile("[Ａ-Ｚａ-ｚ]")
_ANY_LETTER = re.compile("[A-Za-z]")
_WRITES = re.compile(r"[《〈「『“]|[有书述论者称录作名文]")
"""What follows the verb 著, to write."""
_WRITTEN = frozenset("所合编专原名巨新遗论拙土显昭卓共自")
"""What stands before 著 as to write, a book, or outstanding."""


class LetteredWords:
    """The words that hold letters and Chinese characters (T恤, 卡拉OK), in whatever case a text has them."""

    def __init__(self, headwords: Iterable[str]) -> None:
        self._spellings = {word.lower(): word for word in headwords}
        longest_first = sorted(self._spellings, key=len, reverse=True)
        # No part of a longer Latin word: 主 after `app` is no UP主.
        self._pattern = re.compile(
            "|".join(
                (r"(?<![A-Za-z0-9])" if word[0].isascii() else "")
                + re.escape(word)
                + (r"(?![A-Za-z0-9])" if word[-1].isascii() else "")
                for word in longest_first
            )
            or "(?!)",
            re.IGNORECASE | re.ASCII,
        )

    def spelt(self, text: str) -> str:
        """The text with each such word as the dictionary spells it, character for character."""
        if not _ANY_LETTER.search(text):
            return text
        return self._pattern.sub(lambda match: self._spellings[match[0].lower()], text)


def has_letters_and_han(word: str) -> bool:
    """Whether a word is written with Chinese characters and with others."""
    return any(map(is_han, word)) and any(character.isalpha() and not is_han(character) for character in word)


def to_simplified(text: str, traditional: frozenset[str], lexicon: Lexicon, lettered: LetteredWords) -> str:
    """The text in simplified characters, as long as it was.

    Args:
        text: in either script.
        traditional: the characters that only traditional text has.
        lexicon: what tells 著 from 着.
        lettered: the words that hold letters.
    """
    simplified = text if traditional.isdisjoint(text) else convert(text, "t2s")
    if "著" in simplified:
        particles = {
            at
            for at, character in enumerate(simplified)
            if character == "著" and _is_particle(text, simplified, at, lexicon)
        }
        if particles:
            simplified = "".join("着" if at in particles else own for at, own in enumerate(simplified))
    if _LETTERS.search(simplified):
        simplified = simplified.translate(_FULL_WIDTH)
    return lettered.spelt(simplified)


def _is_particle(text: str, simplified: str, place: int, lexicon: Lexicon) -> bool:
    """Whether the 著 at a place is a 着."""
    words = list(_words(text, place, lexicon))
    longest = max((len(word) for word, _ in words), default=0)
    readings = {form for word, form in words if len(word) == longest}
    before, after = simplified[:place], simplified[place + 1 :]
    if readings == {"着"}:
        return True
    if readings:
        # 看著作業 holds 著作, but 作業 is as common a word; 聽著名曲 is about 著名.
        rival = max((lexicon.frequency(word) or 0.0 for word, form in words if form == "著"), default=0.0)
        starts = all(text.startswith(word, place) for word, form in words if form == "著")
        done = "v" in lexicon.classes(before[-1:])
        return starts and done and (lexicon.frequency(after[:2]) or 0.0) > rival - _AS_COMMON
    return bool(before) and before[-1] not in _WRITTEN and not _WRITES.match(after) and before[-1].isalnum()


def _words(text: str, place: int, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The dictionary's words around a place: (as it stands there, what simplified text has in the place)."""
    for begin in range(max(0, place - _LONGEST + 1), place + 1):
        for end in range(max(place + 1, begin + 2), min(len(text), begin + _LONGEST) + 1):
            form = text[begin:end]
            for entry in lexicon.entries(form):
                if len(entry.simplified) == len(form):
                    yield form, entry.simplified[place - begin]
