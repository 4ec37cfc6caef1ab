"""What a journal's lines say: a class for each kind of event, and the one door by which they come in.

Whatever writes a journal, here or on another machine, `decode` decides what counts. What it lets in is
bounded and can be folded, exported and shown; a line that it refuses counts for nothing and stops nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from math import isfinite
from typing import Annotated, Any, Literal, NoReturn

from msgspec import Meta, MsgspecError, Struct, convert, to_builtins
from msgspec.json import Decoder
from msgspec.structs import force_setattr

from studytui.errors import StudytuiError
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
]

LONGEST = 1 << 18
"""Bytes of a line; what the program writes has some hundreds, a note with a long sentence some thousands."""

LONGEST_ANSWER = 2000
"""Characters of `Reviewed.given`."""

LONGEST_TIME = (1 << 31) - 1
"""Milliseconds of `Reviewed.took_ms`: 24 days."""

YEARS = range(1970, 2500)
"""A clock without a battery begins in 1970; from the last no interval leads out of the calendar."""

_LAST_TIME = 16_725_225_599_999
"""Milliseconds of a ULID: the end of `YEARS`."""

_Id = Annotated[str, Meta(min_length=26, max_length=26)]

_Name = Annotated[str, Meta(min_length=1, max_length=64)]

_Target = Annotated[str, Meta(min_length=1, max_length=64)]

MOST_UNDONE = 4000
"""Ids of `Undone.more`: they take half of `LONGEST`."""

_LONGEST_WORD = 1000
"""Characters of a headword: a list of another program may have a sentence in its place."""

_Word = Annotated[str, Meta(min_length=1, max_length=_LONGEST_WORD)]

_Card = Annotated[str, Meta(min_length=1, max_length=20 * _LONGEST_WORD)]

_Said = Annotated[str, Meta(max_length=4096)]

_Steps = Annotated[tuple[Annotated[int, Meta(gt=0, le=31 * 86400)], ...], Meta(max_length=40)]

_Whole = Annotated[int, Meta(ge=0, lt=1 << 40)]

_USUAL = Terms()


class NewerFormatError(StudytuiError):
    """A file was written by a later version of the program."""


class NotUnderstoodError(ValueError):
    """A line is an event, but not one that this version can make sense of."""


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
        _check_card(self.card)
        _check_name(self.kind)
        if not -2 <= self.day.toordinal() - self.at.toordinal() <= 2:
            raise ValueError("a study day that cannot be")
        if self.confused is not None:
            _check_name(self.confused)
        if self.fuzz is not None and not isfinite(self.fuzz):
            raise ValueError("a chance that cannot be")
        if self.given is not None:
            _check_text(self.given)


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
        _check_name(self.headword)


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
        _check_name(self.headword)
        _check_name(self.batch)


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
        _check_card(self.card)


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
        _check_text(f"{self.text}{self.before}{self.after}{self.document or ''}")


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
        _check_name(self.document)
        _check_text(self.title)


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
        _check_name(self.document)
        if (self.act == "rename") != (self.title is not None):
            raise ValueError("no title, or one that nothing is called")
        if self.title is not None:
            _check_name(self.title)


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
        _check_name(self.document)


Subjects = set[tuple[str, str]]
"""What events speak of: see `Event.subject`."""

WEIGHTS = ("weights", "")
"""The subject of adopted weights."""

_Any = (
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
)

_DECODER = Decoder(_Any)


class _Envelope(Struct):
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
    event: Event = convert(fields, _Any)
    _check_envelope(event)
    event.check()
    return event


def said_by(event: Event) -> dict[str, Any]:
    """The fields of an event that make it what it is: not who wrote it, when, and as part of what."""
    envelope = (*Event.__struct_fields__, "batch")
    return {name: getattr(event, name) for name in event.__struct_fields__ if name not in envelope}


def encode(event: Event) -> bytes:
    """The event's line, with its line break."""
    said = to_builtins(event)
    at = event.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    line = {"v": FORMAT, "id": event.id, "at": at, "device": event.device, "type": said.pop("type")}
    line |= {key: value for key, value in said.items() if key not in line}
    # A name that is not UTF-8 has lone surrogates in Python: `\udcff` is how JSON writes one.
    written = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    return written.encode("utf-8", "backslashreplace") + b"\n"


def decode(line: bytes) -> Event:
    """The event of a line.

    Of a key that a line has twice the last counts, but for what would make it a line of a later format.

    Raises:
        NewerFormatError: it has a later format.
        NotUnderstoodError: it is an event, but says something that cannot be.
        ValueError: it is not an event.
    """
    if len(line) > LONGEST:
        raise ValueError("too long")
    try:
        event: Event = _DECODER.decode(line)
    except (MsgspecError, ValueError, RecursionError):
        event = _decode_otherwise(line)
    _check_envelope(event)
    try:
        event.check()
    except (ValueError, OverflowError) as error:
        raise NotUnderstoodError(str(error)) from None
    return event


def decode_again(line: bytes) -> Event:
    """As `decode`, of a line that it took before: what was found to be right is not looked at again.

    Raises:
        ValueError: the line is another one by now.
    """
    try:
        event: Event = _DECODER.decode(line)
    except (MsgspecError, ValueError, RecursionError):
        return decode(line)
    usual = event.at.tzinfo is UTC and not event.at.microsecond % 1000
    return event if usual else decode(line)


def _decode_otherwise(line: bytes) -> Event:
    """What msgspec does not take: names that are not UTF-8, later formats; or it says why it is no event."""
    try:
        fields = json.loads(
            line.decode("utf-8", "surrogatepass"), object_pairs_hook=_object, parse_constant=_refuse
        )
        envelope = convert(fields, _Envelope)
    except RecursionError:
        raise ValueError("too deep") from None
    _check_envelope(envelope)
    if envelope.v > FORMAT:
        raise NewerFormatError(f"format {envelope.v}")
    try:
        event: Event = convert(fields, _Any)
    except (MsgspecError, ValueError, OverflowError, RecursionError) as error:
        raise NotUnderstoodError(str(error)) from None
    return event


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a key stands twice")
    return fields


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _check_envelope(event: Event | _Envelope) -> None:
    """Raises ValueError if an id is not one, belies its time, or the time cannot be."""
    at, name = event.at, event.id.encode("ascii")
    if at.tzinfo is not UTC or at.microsecond % 1000:
        if at.tzinfo is None:
            raise ValueError("a time without a zone")
        try:
            at = at.astimezone(UTC)
        except OverflowError:
            raise ValueError("a time that cannot be") from None
        at = at.replace(microsecond=at.microsecond // 1000 * 1000)
        force_setattr(event, "at", at)
    # As `time_of` and `milliseconds`, which a million lines would call.
    if (
        at.year not in YEARS
        or len(name) != 26
        or name[0] > _LAST
        or not (at - _EPOCH) // _MILLISECOND <= int(name.translate(_CROCKFORD), 32) >> 80 <= _LAST_TIME
    ):
        raise ValueError("an id that belies its time, or a time that cannot be")
    _check_name(event.device)


@lru_cache(maxsize=1 << 16)
def _check_card(card: str) -> None:
    split_card_id(card)
    _check_name(card)


@lru_cache(maxsize=1 << 12)
def _check_name(name: str) -> None:
    """Raises ValueError unless it can stand in a line of a list."""
    if _UNFIT_IN_NAMES.search(name) or not name.strip():
        raise ValueError(f"{name!r} is no name")


def _check_text(text: str) -> None:
    """Raises ValueError for what no text that was cleaned has: control characters, halves of characters."""
    if _UNFIT.search(text):
        raise ValueError("a control character")


_UNFIT_IN_NAMES = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def kept_text(text: str) -> str:
    """A text as an event may have it, of the same length: without control characters."""
    return _UNFIT.sub(" ", text)


def check_note(note: Note) -> None:
    """Raises ValueError if a note is not one that can be kept, shown and exported."""
    _check_name(note.headword)
    _check_name(note.kind)
    for text in (note.id, note.traditional, note.remark, *note.glosses):
        _check_text(text)
    if max(len(note.headword), len(note.syllables), len(note.known_as)) > _LONGEST_WORD:
        raise ValueError("too long for a word")
    if note.frequency is not None and not isfinite(note.frequency):
        raise ValueError("a frequency that cannot be")
    if note.hsk is not None and not 1 <= note.hsk <= 7:
        raise ValueError("a level that cannot be")
    if note.example is not None:
        example = note.example
        for text in (example.text, example.title, example.document_id):
            _check_text(text)
        if not 0 <= example.start < example.end <= len(example.text):
            raise ValueError("an example without its word")


def kept_note(note: Note) -> Note:
    """A note as an event may have it: see `kept_text`."""
    example = note.example
    if example is not None:
        example = replace(example, text=kept_text(example.text), title=kept_text(example.title))
    glosses = tuple(map(kept_text, note.glosses))
    return replace(
        note,
        traditional=kept_text(note.traditional),
        glosses=glosses,
        example=example,
        remark=kept_text(note.remark),
    )


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


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_MILLISECOND = timedelta(milliseconds=1)

# A ULID is in Crockford's base 32, which leaves out I, L, O and U; Python's base 32 has 0-9 and A-V, and
# lets much else pass: lower case, signs, underscores.
_CROCKFORD = bytes.maketrans(
    b"JKMNPQRSTVWXYZ" + b"ILOUabcdefghijklmnopqrstuvwxyz_+- \t\n\r\v\f",
    b"IJKLMNOPQRSTUV" + b"!" * 39,
)

_LAST = ord("7")
"""What a ULID can begin with: 26 characters hold 130 bits, and it has 128."""


def new_id(at: datetime, chance: bytes, after: str | None = None) -> str:
    """A ULID: the time, to the millisecond, and 10 random bytes.

    Args:
        at: the time.
        chance: the random bytes.
        after: an id that it must follow in order; its time is a millisecond after that then.
    """
    from ulid import ULID

    time = milliseconds(at)
    if after is not None:
        time = max(time, min(time_of(after) + 1, _LAST_TIME))
    return str(ULID.from_bytes(time.to_bytes(6) + chance))


def milliseconds(at: datetime) -> int:
    """Since 1970 began (UTC)."""
    return (at - _EPOCH) // _MILLISECOND


def time_of(name: str) -> int:
    """The time that a ULID begins with, in milliseconds since 1970 began.

    Raises:
        ValueError: it is not a ULID.
    """
    raw = name.encode("ascii")
    if len(raw) != 26 or raw[0] > _LAST:
        raise ValueError("not a ULID")
    return int(raw.translate(_CROCKFORD), 32) >> 80


def note_of(about: tuple[str, str]) -> str | None:
    """The id of the note that a subject is or belongs to; None if it is neither a note nor a card."""
    kind, name = about
    if kind == "card":
        return split_card_id(name)[0]
    return name if kind == "note" else None


CARD_ACTS = {
    "suspend": "suspending",
    "unsuspend": "unsuspending",
    "bury": "burying",
    "due": "the due day of",
    "forget": "starting over with",
}
"""What is done to a card, in words that its name follows."""


_LIBRARY_ACTS = {
    "archive": "putting a text into the archive",
    "unarchive": "taking a text out of the archive",
    "delete": "deleting a text",
}


def told(event: Event) -> str:
    """An act in a few words."""
    match event:
        case Reviewed():
            name, template = split_card_id(event.card)
            return f"the answer {event.rating.name.capitalize()} to {name.split('/')[0]} ({template})"
        case Marked():
            return f"marking {event.headword} as {event.status}"
        case PlacementAnswered():
            return "the placement"
        case NoteChanged(act="delete", note=Note() as note):
            return f"deleting {note.headword}"
        case NoteChanged(note=Note() as note):
            return f"adding or editing {note.headword}"
        case NoteChanged():
            name, template = split_card_id(event.card or "")
            return f"{CARD_ACTS[event.act]} {name.split('/')[0]} ({template})"
        case LibraryChanged(act="rename"):
            return f"the new name {event.title}"
        case LibraryChanged():
            return _LIBRARY_ACTS[event.act]
        case Recut():
            return f"reading {event.text} as {' | '.join(event.parts)}"
        case _:
            return "the new weights of the schedule"
