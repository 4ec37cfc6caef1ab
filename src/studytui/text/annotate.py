"""Tokens joined with what the lexicon says of them: what the reader shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from studytui.text.document import Document
from studytui.text.lexicon import Lexicon, is_han
from studytui.text.reading import Reader
from studytui.text.segment import Segmenter
from studytui.text.sentence import sentence_spans
from studytui.text.token import AnnotatedDocument, Entry, Token, Word

_PART_GLOSSES = 1


class Annotator:
    """Paragraph -> words. Not to be shared between threads; make one for each."""

    def __init__(self, lexicon: Lexicon, segmenter: Segmenter) -> None:
        self.lexicon = lexicon
        """What it looks words up in."""
        self.segmenter = segmenter
        """What it cuts paragraphs with."""
        self._reader = Reader(lexicon)
        self._glosses: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}

    def paragraph(self, text: str) -> tuple[Word, ...]:
        """The words of a paragraph; joined, they are its text."""
        return self.words(text, self.segmenter.tokens(text))

    def words(self, text: str, tokens: tuple[Token, ...]) -> tuple[Word, ...]:
        """The words of tokens that were cut elsewhere (by the learner, say); `text` is their paragraph."""
        simplified = self.segmenter.simplified(text)
        sentences = iter(sentence_spans(text))
        begin, end = 0, 0
        sentence = ""
        words: list[Word] = []
        for token in tokens:
            while token.start >= end and end < len(text):
                begin, end = next(sentences)
                sentence = simplified[begin:end]
            words.append(
                self._word(token, simplified[token.start : token.end], sentence, token.start - begin)
            )
        return tuple(words)

    def documents(self, document: Document) -> Iterator[tuple[Word, ...]]:
        """The words of one paragraph after the other, for work in the background."""
        for paragraph in document.paragraphs:
            yield self.paragraph(paragraph.text)

    def document(self, document: Document) -> AnnotatedDocument:
        """All of a document at once."""
        return AnnotatedDocument(document, tuple(self.documents(document)))

    def _word(self, token: Token, headword: str, sentence: str, start: int) -> Word:
        if token.kind == "punctuation":
            return Word(token, headword, (), (), (), None, None)
        syllables = self._reader.syllables(headword, sentence, start, token.kind)
        entries = self._fitting(token.text, headword, syllables)
        return Word(
            token,
            headword,
            syllables,
            entries,
            self.gloss(headword, entries),
            self.lexicon.level(headword),
            self.lexicon.frequency(headword),
        )

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

    def gloss(self, headword: str, entries: tuple[Entry, ...]) -> tuple[str, ...]:
        """The first entry's glosses; without an entry those of the parts, `核心 core` + `技术 technology`."""
        if entries:
            return entries[0].glosses
        parts = [part for part in self.lexicon.parts(headword) if any(map(is_han, part))]
        if len(parts) < 2:
            return ()
        glosses: list[str] = []
        for part in parts:
            known = self.lexicon.entries(part)
            glosses.append(f"{part} {'; '.join(known[0].glosses[:_PART_GLOSSES])}" if known else part)
        return tuple(glosses)


def open_annotator(cache_folder: Path | None = None) -> Annotator:
    """An annotator on the packaged lexicon; `cache_folder` keeps what is slow to make.

    Raises StudytuiError when the lexicon cannot be read.
    """
    lexicon = Lexicon.open()
    return Annotator(lexicon, Segmenter(lexicon, cache_folder))
