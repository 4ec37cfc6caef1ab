"""Finding words in a text by their characters or by their pinyin."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from studytui.text.characters import is_han
from studytui.text.document import Document
from studytui.text.pinyin import split_tone
from studytui.text.token import Word


def plain_letters(query: str) -> str:
    """Letters alone, in lower case, without tones: `Tú shū` and `tu2shu1` -> `tushu`; ü as v."""
    letters: list[str] = []
    for character in unicodedata.normalize("NFD", query.lower().replace("u:", "v")):
        if character == "\u0308" and letters and letters[-1] == "u":
            letters[-1] = "v"
        elif character.isascii() and character.isalpha():
            letters.append(character)
    return "".join(letters)


def find(query: str, text: str, simplified: str, words: Sequence[Word]) -> tuple[tuple[int, int], ...]:
    """Where a paragraph has what is looked for, as spans `[start, end)` of its characters, in order.

    Args:
        query: characters in either script, letters of the text itself, or pinyin with or without tones.
        text: the paragraph as it stands.
        simplified: the same in simplified characters.
        words: its words, for their readings; without them pinyin finds nothing.
    """
    query = query.strip()
    if not query:
        return ()
    found = set(_occurrences(query.casefold(), text))
    if any(map(is_han, query)):
        found.update(_occurrences(query, simplified))
    elif letters := plain_letters(query):
        found.update(_by_pinyin(letters, words))
    return tuple(sorted(found))


def place_of_sentence(document: Document, sentence: str, start: int) -> tuple[int, int] | None:
    """Where a character of a sentence stands in a text: paragraph and character; None if it is not there.

    Of a sentence that was cut with `…` the piece round `start` is looked for.
    """
    begin = sentence.rfind("…", 0, start) + 1
    piece = sentence[begin:].split("…", 1)[0].strip()
    if not piece:
        return None
    within = start - sentence.index(piece, begin)
    for index, paragraph in enumerate(document.paragraphs):
        if (at := paragraph.text.find(piece)) >= 0:
            return index, at + max(0, within)
    return None


def _occurrences(query: str, text: str) -> list[tuple[int, int]]:
    lower = text.lower()
    if len(lower) != len(text):
        lower = text
    spans: list[tuple[int, int]] = []
    at = lower.find(query)
    while at >= 0:
        spans.append((at, at + len(query)))
        at = lower.find(query, at + len(query))
    return spans


def _by_pinyin(letters: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """Stretches read so; they begin with a syllable, and may end within one."""
    spelt: list[str] = []
    places: list[tuple[int, int]] = []  # of each syllable: its characters
    first: list[int] = []  # and the letter with which it begins
    length = 0
    for word in words:
        syllables = word.syllables
        one_each = len(syllables) == len(word.text)
        if not syllables:
            spelt.append(" ")
            length += 1
            continue
        for position, syllable in enumerate(syllables):
            start = word.token.start + position
            places.append((start, start + 1) if one_each else (word.token.start, word.token.end))
            first.append(length)
            spelt.append(plain_letters(split_tone(syllable)[0]))
            length += len(spelt[-1])
    joined = "".join(spelt)
    begins = {letter: index for index, letter in enumerate(first)}
    found: list[tuple[int, int]] = []
    at = joined.find(letters)
    while at >= 0:
        if at in begins:
            last = begins[at]
            while last + 1 < len(first) and first[last + 1] < at + len(letters):
                last += 1
            found.append((places[begins[at]][0], places[last][1]))
        at = joined.find(letters, at + 1)
    return found
