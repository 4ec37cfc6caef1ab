"""What part of speech the words of a text are where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.text.token import AnnotatedDocument
from studytui.text.words.tagger import tags

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon

Place = tuple[int, int, int]
"""Paragraph, first character, one past the last (characters of the paragraph)."""


class PartsInText:
    """The tagger's answers for one text; each paragraph is tagged once."""

    def __init__(self, document: AnnotatedDocument, lexicon: Lexicon) -> None:
        self._document = document
        self._lexicon = lexicon
        self._tagged: dict[int, dict[tuple[int, int], str]] = {}

    def of(self, place: Place) -> str:
        """The part of speech of the word there (`tagger.tags`); empty where several words stand there."""
        paragraph, start, end = place
        if paragraph not in self._tagged:
            row = self._document.words[paragraph]
            parts = tags([word.token for word in row], [word.headword for word in row], self._lexicon)
            self._tagged[paragraph] = {
                (word.token.start, word.token.end): part for word, part in zip(row, parts, strict=True)
            }
        return self._tagged[paragraph].get((start, end), "")
