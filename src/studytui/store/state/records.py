"""What the state keeps of each note, text, cut and study day, and what an act found before it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from msgspec import Struct

from studytui.study.notes.card import Memory
from studytui.study.notes.note import Note
from studytui.study.notes.review import Rating
from studytui.study.scheduling.scheduler import Phase
from studytui.study.vocabulary import MATURE, Mark
from studytui.text.document import LinesChoice
from studytui.text.words.recut import Mend


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """A note with its history in short."""

    note: Note
    """As it was last edited."""
    added: datetime
    """UTC; when it was first added."""
    documents: tuple[str, ...]
    """Ids of the texts it was taken from, sorted."""
    event: str = ""
    """The id of the event that added it first: tells which of two notes is the older."""
    changed: datetime | None = None
    """UTC; when it was last edited, if it was."""


@dataclass(frozen=True, slots=True)
class TextRecord:
    """A text that was opened."""

    id: str
    """`Document.id`."""
    title: str
    name: str
    """How the learner named it: a path, `-`, a bundled deck."""
    opened: datetime
    """UTC; the last time."""
    event: str = ""
    """The id of the event that says so: tells which text was opened last."""
    lines: LinesChoice = "auto"
    """Whether its lines stand as they are, as the learner said."""
    own_title: str | None = None
    """What it calls itself, where the learner calls it otherwise; None where `title` is that."""
    archived: bool = False
    """Whether it is out of the way."""
    deleted: bool = False
    """Whether it is no longer in the library; its notes and its title are."""


@dataclass(frozen=True, slots=True)
class MendRecord:
    """How the learner cuts a stretch of text."""

    mend: Mend
    at: datetime
    """UTC."""
    id: str
    """The event's id: of two cuts of the same characters the later one holds."""


@dataclass(frozen=True, slots=True)
class ReadingPlace:
    """Where reading stopped."""

    paragraph: int
    """Counted from 0."""
    offset: int
    """In characters of the paragraph."""
    at: datetime
    """UTC."""


@dataclass(frozen=True, slots=True)
class PlacementAnswer:
    """What was said of a word in a placement."""

    known: bool
    invented: bool
    placement: str
    """The name of the placement."""
    event: str
    """The event's id: the placement with the last one counts."""


@dataclass(slots=True)
class DayCount:
    """What was answered on one study day."""

    answers: int = 0
    new: int = 0
    """Cards seen for the first time."""
    reviews: int = 0
    """Answers to cards in the review phase."""
    recalled: int = 0
    """Of `reviews`, those that were not Again."""
    mature: int = 0
    """Of `reviews`, those of cards with a stability of 21 days or more."""
    mature_recalled: int = 0
    took_ms: int = 0

    def count(self, phase: Phase | None, stability: float, rating: Rating, took_ms: int) -> None:
        """Adds one answer, given the card's phase and stability before it."""
        recalled = rating is not Rating.AGAIN
        mature = stability >= MATURE
        self.answers += 1
        self.new += phase is None
        self.took_ms += took_ms
        if phase == "review":
            self.reviews += 1
            self.recalled += recalled
            self.mature += mature
            self.mature_recalled += mature and recalled

    def add(self, other: DayCount) -> None:
        """Adds what `other` counts."""
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def subtract(self, other: DayCount) -> None:
        """Takes away what `other` counts."""
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) - getattr(other, name))


_COUNTS = tuple(entry.name for entry in fields(DayCount))


class Step(Struct, omit_defaults=True):
    """What an act found before it, so that it can be taken back whatever the size of the collection."""

    id: str
    """The event's."""
    about: tuple[str, str]
    """Its subject: see `Event.subject`. What is said below is what was known of that."""
    memory: Memory | None = None
    suspended: str | None = None
    buried: date | None = None
    note: NoteRecord | None = None
    deleted: bool = False
    """Whether the note had been deleted."""
    mark: Mark | None = None
    answer: PlacementAnswer | None = None
    setting: str | None = None
    mend: MendRecord | None = None
    text: TextRecord | None = None
    place: ReadingPlace | None = None
    day: date | None = None
    """The study day on which the act counts, if it is an answer."""
    count: DayCount | None = None
    """What it adds to that day."""
