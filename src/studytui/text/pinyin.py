"""Pinyin: numbered syllables as CC-CEDICT writes them, tone marks, and plain letters.

A syllable is letters with a tone number: `he2`, `lu:4`, `xi5`, `r5`. Some have no number at all (`A` in
AA制); they are passed through. Every function here is total: text that is no pinyin comes back as it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_MARKS = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_COMBINING = {tone: mark for mark, tone in _MARKS.items()}
_NUMBERED = re.compile(r"(?<![A-Za-zÜüÊê:])([A-Za-zÜüÊê:]++)([0-5])", re.ASCII)
_FINALS_N = ("ng", "n")


def split_tone(syllable: str) -> tuple[str, str]:
    """Letters and tone digit of a numbered syllable; the digit is empty where there is none."""
    if len(syllable) > 1 and syllable[-1] in "012345":
        return syllable[:-1], "5" if syllable[-1] == "0" else syllable[-1]
    return syllable, ""


def tone(syllable: str) -> int:
    """The tone of a numbered syllable, 1 to 5; 5 (neutral) where none is written."""
    return int(split_tone(syllable)[1] or "5")


def with_umlaut(letters: str) -> str:
    """`lu:` and `lv` -> `lü`."""
    return letters.replace("u:", "ü").replace("U:", "Ü").replace("v", "ü").replace("V", "Ü")


def marked(syllable: str) -> str:
    """A numbered syllable with its tone mark: `he2` -> `hé`, `lu:4` -> `lǜ`, `xi5` -> `xi`, `r5` -> `r`.

    The mark stands on a or e, on the o of ou, and else on the last vowel.
    """
    letters, digit = split_tone(syllable)
    if not digit:
        return syllable
    if letters.lower() == "xx":
        # CC-CEDICT's sign for a character whose sound is not known.
        return "?"
    letters = with_umlaut(letters)
    if digit == "5":
        return letters
    place = _mark_place(letters)
    if place is None:
        return syllable
    return unicodedata.normalize("NFC", letters[: place + 1] + _COMBINING[digit] + letters[place + 1 :])


def _mark_place(letters: str) -> int | None:
    lower = letters.lower()
    for vowel in ("a", "e", "ê", "ou"):
        if (found := lower.find(vowel)) >= 0:
            return found
    vowels = [place for place, letter in enumerate(lower) if letter in "iouü"]
    if vowels:
        return vowels[-1]
    # Syllables without a vowel: m2, n2, ng4, hm5, hng5.
    nasals = [place for place, letter in enumerate(lower) if letter in "mn"]
    return nasals[0] if nasals else None


def numbered(syllable: str) -> str:
    """A syllable with a tone mark as a numbered one: `hé` -> `he2`, `lǜ` -> `lu:4`, `xi` -> `xi5`.

    A numbered syllable is brought to the same form (`lv4`, `lü4` -> `lu:4`, `ma0` -> `ma5`).
    """
    letters: list[str] = []
    digit = ""
    for character in unicodedata.normalize("NFD", syllable.strip()):
        if character in _MARKS:
            digit = _MARKS[character]
        elif character == "\u0308" and letters and letters[-1] in "uU":
            letters.append(":")
        elif character in "012345" and letters and not digit:
            digit = "5" if character == "0" else character
        elif character in "vV":
            letters.append("u:" if character == "v" else "U:")
        else:
            letters.append(character)
    plain = unicodedata.normalize("NFC", "".join(letters))
    return plain + (digit or "5") if plain else ""


def toneless(syllables: Iterable[str]) -> str:
    """Plain lower-case letters, a space between syllables, ü as v: `Lu:4 xing2` -> `lv xing`."""
    return " ".join(
        split_tone(syllable)[0].lower().replace("u:", "v").replace("ü", "v") for syllable in syllables
    )


def split_numbered(reading: str) -> tuple[str, ...]:
    """The syllables of a numbered reading, with or without spaces: `bei3jing1` -> `bei3`, `jing1`.

    Punctuation that stands between syllables (`·` and `,` in CC-CEDICT) is left out.
    """
    syllables: list[str] = []
    for chunk in reading.split():
        if not any(character.isalnum() for character in chunk):
            continue
        parts = ["".join(match.groups()) for match in _NUMBERED.finditer(chunk)]
        # A chunk that is more than numbered syllables (`A`, `dB`) is kept whole.
        syllables.extend(parts if "".join(parts) == chunk else [chunk])
    return tuple(syllables)


def joined(syllables: Iterable[str]) -> str:
    """The syllables as one word by the orthography: `xi1`, `an1` -> `xī'ān`; erhua joined, `huār`.

    An apostrophe stands before a syllable in the word that begins with a, o or e. A capital begins a new
    word (`Mao2 Ze2 dong1` -> `Máo Zédōng`).
    """
    written = ""
    apart = False
    for syllable in syllables:
        mark = marked(syllable)
        if not mark:
            continue
        # A letter that is read by its name (the A of AA制) stands apart.
        was_apart, apart = apart, not split_tone(syllable)[1]
        if written and (mark[0].isupper() or apart or was_apart):
            written += " "
        elif written and written[-1].isalpha() and _begins_with_open_vowel(mark):
            written += "'"
        written += mark
    return written


def separate(syllables: Iterable[str]) -> str:
    """The syllables with tone marks, a space between each: `hé xīn`."""
    return " ".join(marked(syllable) for syllable in syllables)


def _begins_with_open_vowel(text: str) -> bool:
    return unicodedata.normalize("NFD", text[0])[0].lower() in "aoe"
