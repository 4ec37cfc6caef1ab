"""The words of a sentence, one of which is looked up in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from studytui.tui.widgets.entry_text import Subject, article
from studytui.tui.widgets.wrapped_text import EntryLine

if TYPE_CHECKING:
    from studytui.store.config import Phonetics
    from studytui.text.lexicon.lexicon import Lexicon
    from studytui.text.token import Word


class SentenceWords:
    """Goes from word to word of a sentence."""

    def __init__(self, sentence: str, words: Sequence[Word]) -> None:
        self._sentence = sentence
        self._words = [word for word in words if word.token.kind != "punctuation"]
        self._at = -1

    @property
    def word(self) -> Word | None:
        """The word that is looked at; None before the first move, and where the sentence has none."""
        return self._words[self._at] if 0 <= self._at < len(self._words) else None

    def move(self, by: int) -> None:
        """Looks at the word so many further; from the last one on at the first, and back."""
        if self._words:
            start = max(self._at, 0) if by < 0 else self._at
            self._at = (start + by) % len(self._words)

    def lines(
        self, subject_of: Callable[[Word], Subject], lexicon: Lexicon, phonetics: Phonetics
    ) -> list[Content | EntryLine]:
        """The sentence with the word marked in it, and its entry."""
        word = self.word
        if word is None:
            return [Content(self._sentence)]
        start, end = word.token.start, word.token.end
        shown = Content.assemble(
            self._sentence[:start],
            Content.styled(self._sentence[start:end], "reverse bold"),
            self._sentence[end:],
        )
        return [shown, Content(""), *article(subject_of(word), lexicon, phonetics, airy=False)]
