"""The sentences of a note, taken in turn: its own, others of the learner's texts, and of free collections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from studytui.study.examples.collected_sentences import sentences_with
from studytui.study.examples.more_examples import FurtherExample, examples_in
from studytui.text.document import Document, Paragraph
from studytui.text.sentence import sentence_spans
from studytui.text.token import AnnotatedDocument, Word

if TYPE_CHECKING:
    from studytui.store.collection import Collection
    from studytui.study.notes.card import Template
    from studytui.study.notes.note import Example, Note
    from studytui.text.lexicon.lexicon import Lexicon

MOST = 5
"""Sentences of one note: more would not come round."""
TEXTS = 12
"""So many of the texts that were read last are looked through, the note's own first."""
SENTENCES = 6
"""So many sentences of one text are looked at."""
COLLECTED = 6
"""So many collected sentences are looked at."""


class ExampleTurns:
    """Finds the sentences of notes, each note's once in a session."""

    def __init__(
        self, collection: Collection, lexicon: Lexicon, words: Callable[[str, str], tuple[Word, ...]]
    ) -> None:
        """`words` cuts a paragraph of a text, by the text's id, into words."""
        self._collection = collection
        self._lexicon = lexicon
        self._words = words
        self._found: dict[str, tuple[FurtherExample, ...]] = {}
        self._texts: dict[str, Document | None] = {}

    def of(self, note: Note, *, with_gap: bool = False) -> tuple[Example, ...]:
        """Up to `MOST` sentences, the note's own first; `with_gap` only those that a gap can be made of."""
        if note.id not in self._found:
            found: dict[str, FurtherExample] = {}
            if note.example is not None:
                found[note.example.text] = FurtherExample(note.example, note.has_gap)
            for each in self._others(note):
                if len(found) == MOST:
                    break
                found.setdefault(each.example.text, each)
            self._found[note.id] = tuple(found.values())
        return tuple(each.example for each in self._found[note.id] if each.has_gap or not with_gap)

    def in_turn(self, note: Note, template: Template, reviews: int) -> Note:
        """The note with the sentence whose turn it is after so many reviews of the card that is asked."""
        by_sentence = template == "cloze" or self._collection.config.meanings == "chinese"
        examples = self.of(note, with_gap=by_sentence) or self.of(note)
        return replace(note, example=examples[reviews % len(examples)]) if examples else note

    def _others(self, note: Note) -> Iterator[FurtherExample]:
        own = [note.example.document_id] if note.example is not None and note.example.document_id else []
        opened_last = (text.id for text in self._collection.library.texts()[:TEXTS])
        for document_id in dict.fromkeys([*own, *opened_last]):
            document = self.text(document_id)
            if document is None:
                continue
            sentences = list(islice(_sentences(note, document), SENTENCES))
            for each in self._examples(note, sentences, document_id, document.title):
                yield replace(each, example=replace(each.example, document_id=document_id))
        collected = {each.text: each for each in sentences_with(note.headword)[:COLLECTED]}
        for each in self._examples(note, list(collected), "", ""):
            if (sentence := collected.get(each.example.text)) is not None:  # whole, as its translation is
                told = replace(each.example, title=sentence.source, translation=sentence.english)
                yield replace(each, example=told)

    def _examples(
        self, note: Note, sentences: Sequence[str], document_id: str, title: str
    ) -> Iterator[FurtherExample]:
        if not sentences:
            return iter(())
        words = tuple(self._words(text, document_id) for text in sentences)
        paragraphs = tuple(Paragraph("paragraph", text, range(len(text))) for text in sentences)
        part = AnnotatedDocument(Document("", title, "utf-8", paragraphs), words)
        return examples_in(part, note, self._lexicon, self._collection.status)

    def text(self, document_id: str) -> Document | None:
        """A text of the library, read once; None if it cannot be read."""
        if document_id not in self._texts:
            self._texts[document_id] = self._collection.library.sound_text(document_id)
        return self._texts[document_id]


def _sentences(note: Note, document: Document) -> Iterator[str]:
    """The sentences of running text in which the note's characters stand, one a paragraph."""
    for paragraph in document.paragraphs:
        if paragraph.kind in ("heading", "table", "code", "aside"):
            continue
        for form in dict.fromkeys((note.headword, note.traditional)):
            if form and (at := paragraph.text.find(form)) >= 0:
                spans = sentence_spans(paragraph.text)
                yield from (paragraph.text[start:end] for start, end in spans if start <= at < end)
                break
