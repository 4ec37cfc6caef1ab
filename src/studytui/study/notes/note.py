"""A note: one headword with one reading, and all that its cards are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Field = Literal["meaning", "reading", "sentence"]
"""What of a note a learner can write anew; the remark is the learner's in any case."""


def note_id(headword: str, syllables: tuple[str, ...]) -> str:
    """The identity of a note: `核心/he2 xin1`. An edited gloss or a better sentence leaves it alone."""
    return f"{headword}/{' '.join(syllables)}"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of a text in which the headword stands."""

    text: str
    """The sentence, trimmed for a card."""
    start: int
    """Where the target begins, in characters of `text`."""
    end: int
    """One past the target's last character."""
    document_id: str
    """`Document.id` of the text it comes from; empty where it comes from a collection of sentences."""
    title: str
    """The text's title, or a collection's."""
    translation: str = ""
    """In English, where it is known: of a sentence of a collection."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be remembered."""

    headword: str
    """Simplified."""
    syllables: tuple[str, ...]
    """The reading, as in `studytui.text.token.Entry.syllables`."""
    traditional: str
    glosses: tuple[str, ...]
    hsk: int | None = None
    """Level in HSK 3.0 (2021), 1 to 7 (7 for 7-9)."""
    frequency: float | None = None
    """Zipf frequency."""
    kind: str = "word"
    """`word`, `idiom`, `phrase` or `term`: as in `studytui.study.phrases.ranking.KeyPhrase.kind`."""
    example: Example | None = None
    remark: str = ""
    """What the learner wrote on it, here or in Anki's field `Notes`, as HTML."""
    own: tuple[Field, ...] = ()
    """What of it the learner has written: that stays when the word is met again."""
    known_as: tuple[str, ...] = ()
    """The reading that it is known by, where the learner has put another one in its place; else empty."""

    @property
    def has_gap(self) -> bool:
        """Whether its sentence has the headword in one piece, and not 吃了亏 for 吃亏."""
        example = self.example
        return example is not None and example.end - example.start == len(self.headword)

    @property
    def id(self) -> str:
        """See `note_id`."""
        return note_id(self.headword, self.known_as or self.syllables)


def met_again(known: Note, note: Note) -> Note:
    """A note that is made of a word which has one: what the learner wrote on that one stays."""
    written = known.own
    return replace(
        note,
        glosses=known.glosses if "meaning" in written else note.glosses,
        syllables=known.syllables,
        known_as=known.known_as,
        example=known.example if "sentence" in written else note.example,
        remark=note.remark or known.remark,
        own=written,
    )
