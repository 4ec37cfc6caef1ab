"""How a token is read in its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from studytui.text.lexicon import Lexicon, is_han
from studytui.text.pinyin import numbered
from studytui.text.token import Entry


class Reader:
    """Readings by the dictionary, and by pypinyin on the sentence where the dictionary leaves a choice."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._sentence = ""
        self._guesses: tuple[str, ...] = ()

    def syllables(self, headword: str, sentence: str, start: int) -> tuple[str, ...]:
        """The reading of `headword`, which stands (in simplified form) at `sentence[start:]`.

        One syllable for each Chinese character; empty if there is none. A word of the dictionary is read
        as one of its entries.
        """
        entries = self._lexicon.entries(headword)
        if entries:
            return self._choose(headword, entries, sentence, start)
        if not any(map(is_han, headword)):
            return ()
        guesses = self.guesses(sentence)[start : start + len(headword)]
        syllables: list[str] = []
        place = 0
        for part in self._lexicon.parts(headword):
            known = {entry.syllables for entry in self._lexicon.entries(part)}
            if len(part) > 1 and len(known) == 1:
                syllables.extend(known.pop())
            else:
                syllables.extend(guess for guess in guesses[place : place + len(part)] if guess)
            place += len(part)
        return tuple(syllables)

    def _choose(self, headword: str, entries: Sequence[Entry], sentence: str, start: int) -> tuple[str, ...]:
        readings = list(dict.fromkeys(entry.syllables for entry in entries))
        if len(readings) == 1:
            return readings[0]
        guess = tuple(filter(None, self.guesses(sentence)[start : start + len(headword)]))
        lower = [reading for reading in readings if reading[0][:1].islower()] or readings
        if guess in lower:
            return guess
        return lower[0]

    def guesses(self, sentence: str) -> tuple[str, ...]:
        """pypinyin's syllable for each character of the sentence; empty for what is not Chinese."""
        if sentence != self._sentence:
            self._guesses = _pypinyin(sentence)
            self._sentence = sentence
        return self._guesses


def _pypinyin(sentence: str) -> tuple[str, ...]:
    import pypinyin

    lazy: Any = pypinyin.lazy_pinyin
    read = lazy(
        sentence,
        style=pypinyin.Style.TONE3,
        errors=lambda other: [""] * len(other),
        neutral_tone_with_five=True,
    )
    if len(read) != len(sentence):
        return ("",) * len(sentence)
    return tuple(numbered(syllable) for syllable in read)
