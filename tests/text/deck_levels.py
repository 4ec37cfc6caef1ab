"""Which words of a bundled text are above the level that it is said to have."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from studytui.study.transparent import parts_of
from studytui.text.annotate import Annotator
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.reflow.reflow import read_document
from studytui.text.source.source import Deck, load


@dataclass(frozen=True, slots=True)
class Above:
    """The running words of a text, and those above its level."""

    running: int
    """Running words that are vocabulary: no names, no numbers."""
    words: Counter[str]
    """Those above the level, by headword."""

    @property
    def share_within(self) -> float:
        """The share, 0 to 1, of running words that are within the level."""
        return 1 - self.words.total() / self.running


def within(word: str, level: int, lexicon: Lexicon) -> bool:
    """Whether the lists have `word` up to `level`, or have all that it is made of."""
    own = lexicon.level(word)
    if own is not None and own <= level:
        return True
    parts = parts_of(word, lexicon)
    return bool(parts) and all(within(part, level, lexicon) for part in parts or ())


def above(deck: Deck, annotator: Annotator) -> Above:
    """The words of `deck`, counted as the program counts what a learner can read."""
    counts = Counter(
        word.headword
        for words in annotator.document(read_document(load(str(deck.path)))).words
        for word in words
        if word.token.kind == "word"
    )
    hard = {word: count for word, count in counts.items() if not within(word, deck.level, annotator.lexicon)}
    return Above(counts.total(), Counter(hard))
