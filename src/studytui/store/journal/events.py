"""What a journal's events say: a class for each kind, with what it bounds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from math import isfinite
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, convert
from msgspec.structs import force_setattr

from studytui.store.journal.bounds import LONGEST_WORD, check_card, check_name, check_note, check_text
from studytui.store.journal.event_ids import check_id
from studytui.study.notes.card import split_card_id
from studytui.study.notes.note import Note
from studytui.study.notes.review import Rating
from studytui.study.scheduling.scheduler import Scheduler, Terms
from studytui.study.vocabulary import Mark
from studytui.text.words.recut import Mend, Scope

FORMAT = 1
"""The version of a line. A newer one is refused; whatever older ones there will be are read."""

EventType = Literal[
    "review",
    "undo",
    "mark",
    "note",
    "segment",
    "optimised",
    "text",
    "library",
    "place",
    "redate",
    "placement",
    "setting",
]

LONGEST_ANSWER = 2000
"""Characters of `Reviewed.given`."""

LONGEST_TIME = (1 << 31) - 1
"""Milliseconds of `Reviewed.took_ms`: 24 days."""

_Id = Annotated[str, Meta(min_length=26, max_length=26)]

_Name = Annotated[str, Meta(min_length=1, max_length=64)]

_Target = Annotated[str, Meta(min_length=1, max_length=64)]

MOST_UNDONE = 4000
"""Ids of `Undone.more`: they take half of the longest line."""

_Word = Annotated[str, Meta(min_length=1, max_length=LONGEST_WORD)]

_Card = Annotated[str, Meta(min_length=1, max_length=20 * LONGEST_WORD)]

_Said = Annotated[str, Meta(max_length=4096)]

_Steps = Annotated[tuple[Annotated[int, Meta(gt=0, le=31 * 86400)], ...], Meta(max_length=40)]

_Whole = Annotated[int, Meta(ge=0, lt=1 << 40)]

_USUAL = Terms()


class Event(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True, tag_field="type"):
    """Something that the learner did."""

    v: Literal[1]
    """`FORMAT`."""
    id: _Id
    """A ULID: unique, and later than all that its writer had seen, by name and by the time it begins with.

    That time is a logical clock: `at`, unless something is known that was later by its own clock. So events
    are ordered by their ids, and a clock that was wrong for a while bends dates, not what holds in the end.
    """
    at: datetime
    """UTC, to the millisecond, by the writer's clock; never after the time of `id`."""
    device: _Name
    """The machine that it was done on."""

    @property
    def type(self) -> EventType:
        """Which kind of event it is, as its line names it."""
        return self.__struct_config__.tag  # type: ignore[return-value]  # each class below has one of them

    @property
    def subject(self) -> tuple[str, str] | None:
        """What it speaks of, as a kind and a name; None if it speaks of other events."""
        return None

    def check(self) -> None:
        """Raises ValueError if what it says cannot be."""


class Reviewed(Event, frozen=True, gc=False, kw_only=True, tag="review"):
    """An answer to a card (see `scheduler.Answered`)."""

    card: _Card
    rating: Rating
    took_ms: Annotated[int, Meta(ge=0, le=LONGEST_TIME)]
    """Milliseconds from the question to the answer."""
    kind: _Name
    """Of the question."""
    given: Annotated[str, Meta(max_length=LONGEST_ANSWER)] | None
    """What was typed or chosen."""
    day: date
    """The learner's study day."""
    # No zone is more than 14 hours from UTC, and no day turns over later than 23 hours after midnight.
    offset: Annotated[int, Meta(ge=-1440, le=1440)]
    """Minutes east of UTC."""
    leech: bool = False
    """Whether the card was suspended for it."""
    fuzz: Annotated[float, Meta(ge=0, lt=1)] | None = None
    """See `Answer.chance`."""
    confused: _Word | None = None
    """The headword that was taken for the card's."""
    batch: _Name | None = None
    """The same text in all events of one act."""
    retention: Annotated[float, Meta(ge=0.5, lt=1)] = _USUAL.retention
    learning: _Steps = _USUAL.learning
    relearning: _Steps = _USUAL.relearning

    @property
    def subject(self) -> tuple[str, str]:
        """Its card."""
        return "card", self.card

    @property
    def chance(self) -> float | None:
        """See `Answer.chance`."""
        return self.fuzz

    @property
    def terms(self) -> Terms:
        """What the learner asked of the schedule. In format 1 what is not written is as in `Terms`."""
        # The same object each time: a replay sees at once that nothing has changed.
        if (
            self.learning is _USUAL.learning
            and self.relearning is _USUAL.relearning
            and self.retention == _USUAL.retention
        ):
            return _USUAL
        return _terms(self.retention, self.learning, self.relearning)

    def check(self) -> None:
        """Raises ValueError if what it says cannot be."""
        check_card(self.card)
        check_name(self.kind)
        if not -2 <= self.day.toordinal() - self.at.toordinal() <= 2:
            raise ValueError("a study day that cannot be")
        if self.confused is not None:
            check_name(self.confused)
        if self.fuzz is not None and not isfinite(self.fuzz):
            raise ValueError("a chance that cannot be")
        if self.given is not None:
            check_text(self.given)


class Undone(Event, frozen=True, gc=False, kw_only=True, tag="undo"):
    """An act that does not count any more."""

    target: _Target
    """The id of its event."""
    more: Annotated[tuple[_Target, ...], Meta(max_length=MOST_UNDONE)] = ()
    """Those of its other events, if there were more: an import, words marked at once."""
    batch: _Name | None = None

    @property
    def targets(self) -> tuple[str, ...]:
        """The ids of all events that it takes back."""
        return (self.target, *self.more)


class Redated(Event, frozen=True, gc=False, kw_only=True, tag="redate"):
    """An event that was dated by a wrong clock."""

    target: _Target
    """Its id. Of two such events for one target the later one holds."""
    days: Annotated[int, Meta(ge=-100_000, le=100_000)]
    """How many days later than it says it is taken to have happened."""


class Marked(Event, frozen=True, gc=False, kw_only=True, tag="mark"):
    """How well a word is known, by the learner's own word."""

    headword: _Word
    status: Mark
    batch: _Name | None = None

    @property
    def subject(self) -> tuple[str, str]:
        """The word."""
        return "mark", self.headword

    def check(self) -> None:
        """Raises ValueError if what it says cannot be."""
        check_name(self.headword)


class PlacementAnswered(Event, frozen=True, gc=False, kw_only=True, tag="placement"):
    """A word of a placement, and whether the learner said to know it."""

    headword: _Word
    known: bool
    batch: _Name
    """The same text in all answers of one placement: those of the last one count."""
    invented: bool = False
    """Whether there is no such word."""

    @property
    def subject(self) -> tuple[str, str]:
        """The word, in a placement."""
        return "placement", self.headword

    def check(self) -> None:
        """Raises ValueError if what it says cannot be."""
        check_name(self.headword)
        check_name(self.batch)


class SettingBrought(Event, frozen=True, gc=False, kw_only=True, tag="setting"):
    """A setting as it was on a machine when that met others; what was brought last holds on all of them."""

    name: _Name
    value: _Said
    """As JSON."""

    @property
    def subject(self) -> tuple[str, str]:
        """The setting."""
        return "setting", self.name

    def check(self) -> None:
        """Raises ValueError if what it says cannot be. What it may be is for the settings to say."""
        check_name(self.name)
        try:
            json.loads(self.value)
        except RecursionError:
            raise ValueError("value") from None


class NoteChanged(Event, frozen=True, gc=False, kw_only=True, tag="note"):
    """A note that was added, edited or deleted, or a card that was taken out, put back, put off, forgotten.

    A card that is forgotten is a new one from then on. Its answers count for their days as before.
    """

    act: Literal["put", "delete", "suspend", "unsuspend", "bury", "due", "forget"]
    note: Note | None = None
    """Of `put`; of `delete`, as it was."""
    card: _Card | None = None
    """Of the others."""
    day: date | None = None
    """Of `bury`: the study day for which it is hidden; of `due`: the one on which it comes back."""
    deleted: bool = False
    """Of `suspend`: whether it was deleted in another program."""
    batch: _Name | None = None

    @property
    def subject(self) -> tuple[str, str]:
        """The note or the card."""
        return ("card", self.card) if self.note is None else ("note", self.note.id)  # type: ignore[return-value]

    def check(self) -> None:
        """Raises ValueError if what it says cannot be."""
        if self.act in ("put", "delete"):
            if self.note is None or self.card is not None:
                raise ValueError("no note")
            check_note(self.note)
            return
        if self.card is None or self.note is not None or (self.act in ("bury", "due") and self.day is None):
            raise ValueError("no card, or no day")
        check_card(self.card)


class Recut(Event, frozen=True, gc=False, kw_only=True, tag="segment"):
    """How the learner cuts a stretch of text into tokens."""

    text: _Word
    parts: Annotated[tuple[_Word, ...], Meta(min_length=1, max_length=200)]
    scope: Scope
    document: _Name | None = None
    """The text it holds in, unless everywhere."""
    before: Annotated[str, Meta(max_length=200)] = ""
    """For a place: what stands before it."""
    after: Annotated[str, Meta(max_length=200)] = ""
    batch: _Name | None = None

    @property
    def mend(self) -> Mend:
        """The cut."""
        if self.scope == "everywhere":
            return Mend(self.parts)
        if self.scope == "text":
            return Mend(self.parts, "text", self.document)
        return Mend(self.parts, "place", self.document, self.before, self.after)

    @property
    def subject(self) -> tuple[str, str]:
        """The stretch, and where it is cut so."""
        mend = self.mend
        return "segment", "\t".join([mend.text, mend.scope, mend.document_id or "", mend.before, mend.after])

    def check(self) -> None:
        """Raises ValueError if what it says cannot be."""
        if "".join(self.parts) != self.text or (self.scope != "everywhere" and self.document is None):
            raise ValueError("parts that are not the text, or no text to hold in")
        check_text(f"{self.text}{self.before}{self.after}{self.document or ''}")


class WeightsAdopted(Event, frozen=True, gc=False, kw_only=True, tag="optimised"):
    """New weights of FSRS-6."""

    weights: Annotated[tuple[float, ...], Meta(min_length=21, max_length=21)]
    batch: _Name | None = None

    @property
    def subject(self) -> tuple[str, str]:
        """There is one schedule."""
        return WEIGHTS

    def check(self) -> None:
        """Raises ValueError if what it says cannot be."""
        if not all(map(isfinite, self.weights)):
            raise ValueError("weights that cannot be")
        Scheduler(weights=self.weights).check()


class TextOpened(Event, frozen=True, gc=False, kw_only=True, tag="text"):
    """A text that was opened."""

    document: _Name
    title: _Said
    name: _Said
    """How the learner named it: a path, `-`, a bundled deck. The path may not be UTF-8."""
    lines: Literal["auto", "keep", "join"] = "auto"
    """What the learner said of its lines."""

    @property
    def subject(self) -> tuple[str, str]:
        """The text."""
        return "text", self.document

    def check(self) -> None:
        """Raises ValueError if what it says cannot be."""
        check_name(self.document)
        check_text(self.title)


class LibraryChanged(Event, frozen=True, gc=False, kw_only=True, tag="library"):
    """A text that was renamed, put into the archive, taken out of it, or deleted from the library.

    One that is opened again after it was deleted is there again.
    """

    document: _Name
    act: Literal["rename", "archive", "unarchive", "delete"]
    title: Annotated[str, Meta(min_length=1, max_length=4096)] | None = None
    """Of `rename`."""
    batch: _Name | None = None

    @property
    def subject(self) -> tuple[str, str]:
        """The text."""
        return "text", self.document

    def check(self) -> None:
        """Raises ValueError if what it says cannot be."""
        check_name(self.document)
        if (self.act == "rename") != (self.title is not None):
            raise ValueError("no title, or one that nothing is called")
        if self.title is not None:
            check_name(self.title)


class PlaceLeft(Event, frozen=True, gc=False, kw_only=True, tag="place"):
    """Where reading stopped."""

    document: _Name
    paragraph: _Whole
    offset: _Whole
    """In characters of the paragraph."""

    @property
    def subject(self) -> tuple[str, str]:
        """The text."""
        return "place", self.document

    def check(self) -> None:
        """Raises ValueError if what it says cannot be."""
        check_name(self.document)


Subjects = set[tuple[str, str]]
"""What events speak of: see `Event.subject`."""

WEIGHTS = ("weights", "")
"""The subject of adopted weights."""

AnyEvent = (
    Reviewed
    | Undone
    | Redated
    | Marked
    | PlacementAnswered
    | NoteChanged
    | Recut
    | WeightsAdopted
    | TextOpened
    | LibraryChanged
    | PlaceLeft
    | SettingBrought
)


class Envelope(Struct):
    """What every line has, of whatever version."""

    v: Annotated[int, Meta(ge=1, lt=1 << 20)]
    id: _Id
    at: datetime
    device: _Name
    type: Annotated[str, Meta(min_length=1, max_length=64)]


def new_event(identity: str, at: datetime, device: str, kind: EventType, said: Mapping[str, Any]) -> Event:
    """The event of a type that says this.

    Args:
        identity: see `Event.id`.
        at: UTC, to the millisecond.
        device: the machine that it was done on.
        kind: its type.
        said: its fields by name, plain or as they are in the event.

    Raises:
        ValueError: no journal would take it.
    """
    fields = {"v": FORMAT, "id": identity, "at": at, "device": device, "type": kind, **said}
    event: Event = convert(fields, AnyEvent)
    check_envelope(event)
    event.check()
    return event


def check_envelope(event: Event | Envelope) -> None:
    """Raises ValueError if an id is not one, belies its time, or the time cannot be."""
    at = event.at
    if at.tzinfo is not UTC or at.microsecond % 1000:
        if at.tzinfo is None:
            raise ValueError("a time without a zone")
        try:
            at = at.astimezone(UTC)
        except OverflowError:
            raise ValueError("a time that cannot be") from None
        at = at.replace(microsecond=at.microsecond // 1000 * 1000)
        force_setattr(event, "at", at)
    check_id(event.id, at)
    check_name(event.device)


def said_by(event: Event) -> dict[str, Any]:
    """The fields of an event that make it what it is: not who wrote it, when, and as part of what."""
    envelope = (*Event.__struct_fields__, "batch")
    return {name: getattr(event, name) for name in event.__struct_fields__ if name not in envelope}


@lru_cache(maxsize=256)
def _terms(retention: float, learning: tuple[int, ...], relearning: tuple[int, ...]) -> Terms:
    return Terms(retention, learning, relearning)


def terms_to_json(terms: Terms) -> dict[str, Any]:
    """What of the terms must be written: see `Reviewed.terms`."""
    said = {"retention": terms.retention, "learning": terms.learning, "relearning": terms.relearning}
    return {key: value for key, value in said.items() if value != getattr(_USUAL, key)}


def mend_to_json(mend: Mend) -> dict[str, Any]:
    """What a `segment` event says."""
    said: dict[str, Any] = {"text": mend.text, "parts": list(mend.parts), "scope": mend.scope}
    if mend.scope != "everywhere":
        said["document"] = mend.document_id
    if mend.scope == "place":
        said |= {"before": mend.before, "after": mend.after}
    return said


def note_of(about: tuple[str, str]) -> str | None:
    """The id of the note that a subject is or belongs to; None if it is neither a note nor a card."""
    kind, name = about
    if kind == "card":
        return split_card_id(name)[0]
    return name if kind == "note" else None
