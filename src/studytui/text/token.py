"""The units that a learner moves over: tokens, and what the lexicon says of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from studytui.text.document import Document

TokenKind = Literal["word", "name", "number", "latin", "punctuation"]


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a paragraph. A paragraph's tokens, joined, are the paragraph."""

    start: int
    """First character, counted in characters of the paragraph."""
    end: int
    """One past the last character."""
    text: str
    kind: TokenKind
    """`word` is Chinese vocabulary; spaces and symbols are `punctuation`."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of an entry."""

    glosses: tuple[str, ...]
    """English equivalents, near-synonyms of each other, without CC-CEDICT's own notation."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One dictionary entry: a headword with one reading."""

    traditional: str
    simplified: str
    syllables: tuple[str, ...]
    """The reading as CC-CEDICT writes it, a syllable each: `he2`, `lu:4`, `xi5`; ü is `u:`, neutral 5."""
    senses: tuple[Sense, ...]
    classifiers: tuple[str, ...] = ()
    """Measure words (`CL:`), simplified."""

    @property
    def glosses(self) -> tuple[str, ...]:
        """Every gloss of every sense, in the dictionary's order."""
        return tuple(gloss for sense in self.senses for gloss in sense.glosses)


class Use(NamedTuple):
    """How a word is used in a place."""

    gloss: str = ""
    """What its neighbours say that it means; empty where they do not tell."""
    is_measure: bool = False
    """Whether it counts something."""
    is_verb: bool = False
    """Whether it is a verb here, though it can be a noun (代表大家).

    Other parts of speech are left alone: a noun made of a verb means what the verb means, and English tells
    adjectives and adverbs badly apart. Of 90 changes that tags would make in fifteen texts, those from noun
    to verb alone were for the better.
    """


ANY_USE = Use()
"""Of a word whose place nothing is known of."""


@dataclass(frozen=True, slots=True)
class Word:
    """A token with what the lexicon knows of it, in its sentence."""

    token: Token
    headword: str
    """What it is looked up and remembered under: its simplified form."""
    syllables: tuple[str, ...]
    """Its reading in this sentence, one `Entry.syllables`-like syllable each; empty if it has none."""
    entries: tuple[Entry, ...]
    """Its dictionary entries, the one that fits this reading first; empty if there is none."""
    gloss: tuple[str, ...]
    """Glosses for the learner: the first entry's, or made of the parts' where there is no entry."""
    hsk: int | None
    """Level in HSK 3.0 (the 2021 standard), 1 to 7; 7 stands for the band 7-9."""
    frequency: float | None
    """Zipf frequency: log10 of occurrences per 10^9 words, about 1 (rare) to 8; None if not seen."""
    use: Use = ANY_USE
    """How it is used here, which decides which of its glosses leads."""

    @property
    def text(self) -> str:
        """The token as it stands in the text."""
        return self.token.text


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A document with its words."""

    document: Document
    words: tuple[tuple[Word, ...], ...]
    """One tuple for each paragraph of `document`, in order; joined, they are the paragraph's text."""
