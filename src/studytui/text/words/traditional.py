"""A simplified text in traditional characters, by its words: OpenCC knows no reading and no surname.

干 is 乾 where it is read gān and 幹 where it is read gàn, and the surname 钟 is 鍾, the clock 鐘. What the
dictionary leaves open, and a text whose words are not known yet, is as OpenCC has it.
"""

from __future__ import annotations

from collections.abc import Sequence

from studytui.text.lexicon.cedict import is_reference
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.script import convert
from studytui.text.token import Entry, Word

_LONGEST_NAME = 3
"""A longer name is mostly no person's."""


def to_traditional(text: str, words: Sequence[Word], lexicon: Lexicon) -> str:
    """The text, character for character; `words` are its words, or nothing where they are not known yet."""
    converted = convert(text, "s2tw")
    if not words:
        return converted
    return "".join(_form(word, converted[word.token.start : word.token.end], lexicon) for word in words)


def _form(word: Word, converted: str, lexicon: Lexicon) -> str:
    """How a word is written, that OpenCC wrote so in its sentence."""
    if word.text != word.headword or word.token.kind not in ("word", "name"):
        return converted  # it was traditional already
    if word.token.kind == "name" and not word.entries:
        place = 1 if word.text[0] in "小老" else 0
        if len(word.text) > _LONGEST_NAME or len(word.syllables) != len(word.text):
            return converted
        family = [
            each
            for each in lexicon.entries(word.text[place])
            if each.syllables == (word.syllables[place],) and each.glosses[0].startswith("surname ")
        ]
        return converted[:place] + _one_of(family, converted[place]) + converted[place + 1 :]
    said = [each for each in word.entries if each.syllables == word.syllables and not is_reference(each)]
    return _one_of(said, converted)


def _one_of(entries: Sequence[Entry], converted: str) -> str:
    """The first of the entries' forms, unless OpenCC's is one of them too."""
    forms = [entry.traditional for entry in entries if len(entry.traditional) == len(converted)]
    return converted if not forms or converted in forms else forms[0]
