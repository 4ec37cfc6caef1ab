"""Tokens joined with what the lexicon says of them: what the reader shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from sys import intern

from studytui.text.characters import HAN, is_han
from studytui.text.document import Document
from studytui.text.lexicon.cedict import is_reference
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.pronunciation.token_readings import Reader
from studytui.text.sentence import sentence_spans
from studytui.text.token import AnnotatedDocument, Entry, Token, TokenKind, Use, Word
from studytui.text.words.meaning import for_use, is_everyday, uses
from studytui.text.words.names_in_text import NO_NAMES, TextNames
from studytui.text.words.neighbours import base_of
from studytui.text.words.segment import Segmenter

_REFERENCE = re.compile(rf"(?:variant of|variant for|see also|see|used in|same as|also written) ([{HAN}]+)")
_A_NAME = ("a name",)

_Key = tuple[str, str, TokenKind, tuple[str, ...], Use]
"""Text, headword, kind, reading and use of a token."""
_Known = tuple[str, tuple[str, ...], tuple[Entry, ...], tuple[str, ...], int | None, float | None, Use]
"""Its headword, reading, entries, gloss, level, frequency and use: all that a `Word` has but its token."""


class Annotator:
    """Paragraph -> words. Safe to use from several threads."""

    def __init__(self, lexicon: Lexicon, segmenter: Segmenter) -> None:
        self.lexicon = lexicon
        """What it looks words up in."""
        self.segmenter = segmenter
        """What it cuts paragraphs with."""
        self._reader = Reader(lexicon)
        self._known: dict[_Key, _Known] = {}

    def paragraph(self, text: str, names: TextNames = NO_NAMES) -> tuple[Word, ...]:
        """The words of a paragraph; joined, they are its text. `names` are what the whole text taught."""
        return self.words(text, self.segmenter.tokens(text, names))

    def names(self, document: Document) -> TextNames:
        """The names of people that a document teaches, for the words of its paragraphs."""
        return self.segmenter.names(paragraph.text for paragraph in document.paragraphs)

    def words(self, text: str, tokens: tuple[Token, ...]) -> tuple[Word, ...]:
        """The words of tokens that were cut elsewhere (by the learner, say); `text` is their paragraph."""
        simplified = self.segmenter.simplified(text)
        sentences = iter(sentence_spans(text))
        begin, end = 0, 0
        sentence = ""
        words: list[Word] = []
        headwords = [
            token.text if simplified is text else intern(simplified[token.start : token.end])
            for token in tokens
        ]
        used = uses(tokens, headwords, self.lexicon)
        for at, token in enumerate(tokens):
            while token.start >= end and end < len(text):
                begin, end = next(sentences)
                sentence = simplified[begin:end]
            headword = headwords[at]
            if token.kind == "punctuation":
                words.append(Word(token, headword, (), (), (), None, None))
                continue
            start = token.start - begin
            syllables = self._reader.syllables(headword, sentence, start, token.kind, tokens, at)
            words.append(self.word(token, headword, syllables, used[at]))
        return tuple(words)

    def documents(self, document: Document) -> Iterator[tuple[Word, ...]]:
        """The words of one paragraph after the other, for work in the background."""
        names = self.names(document)
        for paragraph in document.paragraphs:
            yield self.paragraph(paragraph.text, names)

    def document(self, document: Document) -> AnnotatedDocument:
        """All of a document at once."""
        return AnnotatedDocument(document, tuple(self.documents(document)))

    def word(self, token: Token, headword: str, syllables: tuple[str, ...], use: Use) -> Word:
        """A token whose reading and use are known already, with what the lexicon says of it."""
        # A text's words come again and again: what is said of each is looked up once for each reading.
        key = (token.text, headword, token.kind, syllables, use)
        known = self._known.get(key)
        if known is None:
            entries = for_use(self._fitting(token.text, headword, syllables), use)
            known = self._known[key] = (
                headword,
                syllables,
                entries,
                self.gloss(headword, entries, token.kind),
                self.lexicon.level(headword),
                self.lexicon.frequency(headword),
                use,
            )
        return Word(token, *known)

    def _fitting(self, text: str, headword: str, syllables: tuple[str, ...]) -> tuple[Entry, ...]:
        entries = self.lexicon.entries(headword)
        if len(entries) < 2:
            return entries
        written = text != headword
        return tuple(
            sorted(
                entries,
                key=lambda entry: (entry.syllables != syllables, written and entry.traditional != text),
            )
        )

    def gloss(self, headword: str, entries: tuple[Entry, ...], kind: TokenKind = "word") -> tuple[str, ...]:
        """What a learner is told of a headword.

        The first entry's glosses; where that only points to another word (`variant of …`), that word's before
        them. What is put together of everyday words, and a name to the dictionary alone, is glossed by its
        parts (大树). Without an entry, a reduplication is glossed as what is doubled, another text has one
        gloss for each of its parts: `核心 core`, `技术 technology`. A name that holds no word of the
        dictionary is called a name.
        """
        if entries:
            if is_everyday(headword, entries, self.lexicon):
                return self._parts_gloss(headword, "word", tuple(headword))
            first = entries[0]
            pointer = _REFERENCE.search(first.glosses[0]) if is_reference(first) else None
            pointed = self.lexicon.entries(pointer[1]) if pointer else ()
            # 複習 points to 復習: both are 复习, of whose entries the one that says something is meant.
            meant = next((entry.glosses for entry in pointed if not is_reference(entry)), ())
            return meant + first.glosses
        if kind == "word" and (base := base_of(headword)) is not None and base in self.lexicon:
            return self.gloss(base, self.lexicon.entries(base))
        return self._parts_gloss(headword, kind)

    def _parts_gloss(
        self, headword: str, kind: TokenKind, parts: tuple[str, ...] | None = None
    ) -> tuple[str, ...]:
        if kind in ("latin", "number"):
            return ()
        parts = parts or self.lexicon.parts(headword)
        if kind == "name" and (len(headword) < 4 or "·" in headword or max(map(len, parts)) < 2):
            return _A_NAME
        if len(parts) < 2:
            return ()
        glossed: list[str] = []
        for part in parts:
            entries = self.lexicon.entries(part)
            if entries:
                glossed.append(f"{part} {entries[0].glosses[0]}")
            elif any(map(is_han, part)):
                glossed.append(part)
        return tuple(glossed)


def open_annotator(cache_folder: Path | None = None, lexicon: Lexicon | None = None) -> Annotator:
    """An annotator on a lexicon, or the packaged one; `cache_folder` keeps what is slow to make.

    Raises StudytuiError when the lexicon cannot be read.
    """
    lexicon = lexicon or Lexicon.open()
    return Annotator(lexicon, Segmenter(lexicon, cache_folder))
