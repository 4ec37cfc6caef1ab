"""Further sentences for a note: of other places in its text, of other texts, of collections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from studytui.study.examples.cloze import MOST, Occurrence, judged
from studytui.study.notes.note import Example, Note
from studytui.study.vocabulary import Status
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.token import AnnotatedDocument, Word


@dataclass(frozen=True, slots=True)
class FurtherExample:
    """A sentence with a note's word that is not its own."""

    example: Example
    has_gap: bool
    """Whether the word can be taken out of it and asked for."""


def examples_in(
    document: AnnotatedDocument, note: Note, lexicon: Lexicon, status: Callable[[str], Status]
) -> Iterator[FurtherExample]:
    """The sentences of a text that show the note's word, the best first.

    Which text it is, only the caller knows, since these are not all of its paragraphs.

    Args:
        document: those paragraphs of a text that are to be looked at.
        note: its word is looked for as it is read in it.
        lexicon: for the linter of sentences (`study.examples.cloze`).
        status: what the learner knows.
    """
    own = note.example.text if note.example is not None else ""
    for verdict in judged(_places(document, note), document, lexicon, status):
        length = verdict.end - verdict.start
        if verdict.text != own and length + 1 < len(verdict.text) <= MOST:
            example = Example(verdict.text, verdict.start, verdict.end, "", document.document.title)
            yield FurtherExample(example, verdict.taken and length == len(note.headword))


def _places(document: AnnotatedDocument, note: Note) -> Iterator[Occurrence]:
    for paragraph, words in enumerate(document.words):
        for at in range(len(words)):
            if (end := _stands_at(words, at, note)) is not None:
                yield paragraph, words[at].token.start, end


def _stands_at(words: Sequence[Word], at: int, note: Note) -> int | None:
    """Where the note's word ends that begins with a word of a paragraph; None if it does not."""
    headword, syllables = "", tuple[str, ...]()
    for word in words[at : at + len(note.headword)]:
        headword, syllables = headword + word.headword, (*syllables, *word.syllables)
        if headword == note.headword:
            same = [each.lower() for each in syllables] == [each.lower() for each in note.syllables]
            return word.token.end if same else None
        if not note.headword.startswith(headword):
            return None
    return None
