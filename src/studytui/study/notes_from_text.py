"""Notes out of a text: from a key phrase, and from a word under the reader's cursor."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.study.notes.note import Example, Note
from studytui.study.phrases.ranking import KeyPhrase
from studytui.text.document import Document
from studytui.text.token import AnnotatedDocument, Word

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon


def note_of(phrase: KeyPhrase, document: AnnotatedDocument | Document | None = None) -> Note:
    """The note of a key phrase of `document`, with its best sentence.

    The phrase has all that a note needs; `document` is only asked to name the text it was found in.
    """
    example = phrase.example
    if example is not None and document is not None:
        plain = document.document if isinstance(document, AnnotatedDocument) else document
        example = Example(example.text, example.start, example.end, plain.id, plain.title)
    return Note(
        headword=phrase.headword,
        syllables=phrase.syllables,
        traditional=phrase.traditional,
        glosses=phrase.gloss,
        hsk=phrase.hsk,
        frequency=phrase.frequency,
        kind=phrase.kind,
        example=example,
        known_as=phrase.known_as,
    )


def as_written(phrase: KeyPhrase, note: Note | None) -> KeyPhrase:
    """A phrase with the meaning and reading that the learner wrote on its note, if there is one."""
    if note is None or not note.own:
        return phrase
    meaning = note.glosses if "meaning" in note.own else phrase.gloss
    return replace(phrase, gloss=meaning, syllables=note.syllables, known_as=note.known_as)


def note_of_word(word: Word, paragraph: int, document: AnnotatedDocument, lexicon: Lexicon) -> Note:
    """The note of a word as it stands in the text, with the sentence it stands in.

    Args:
        word: one of `document.words[paragraph]`.
        paragraph: its paragraph, counted from 0.
    """
    from studytui.study.examples.cloze import judge
    from studytui.study.phrases.candidates import kind_of_listed

    place = (paragraph, word.token.start, word.token.end)
    verdict = judge(place, document, lexicon, lambda _: "new")
    plain = document.document
    alone = len(verdict.text) <= len(word.text) + 1
    sentence = Example(verdict.text, verdict.start, verdict.end, plain.id, plain.title)
    kind = kind_of_listed(word.headword, (word,), lexicon) if len(word.headword) >= 4 else "word"
    return Note(
        headword=word.headword,
        syllables=word.syllables,
        traditional=word.entries[0].traditional if word.entries else word.headword,
        glosses=word.gloss,
        hsk=word.hsk,
        frequency=word.frequency,
        kind=kind,
        example=None if alone else sentence,
    )
