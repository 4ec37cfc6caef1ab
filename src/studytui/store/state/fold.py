"""The state: a pure function of the set of events.

Order, doubling and the way events are spread over files change nothing: events are known by their id, sorted
by time, and those that were undone are left out. Each event speaks of one subject (a card, a note, a mark…),
and subjects do not touch each other; so a late event or an undo renews its subject alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from itertools import islice
from operator import attrgetter, eq
from typing import Any, TypeVar

from msgspec import Struct

from studytui.store.journal.journal import Event, encode, event_of
from studytui.store.journal.payload import answer_of, mend_of, subject, undone_by
from studytui.store.journal.review_line import Reviewed
from studytui.store.note_json import note_from_json
from studytui.study.notes.card import Memory, is_card_id
from studytui.study.notes.note import Note
from studytui.study.notes.review import Rating
from studytui.study.scheduling.scheduler import Phase, Scheduler
from studytui.study.vocabulary import MATURE, Status
from studytui.text.words.recut import Mend

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """A note with its history in short."""

    note: Note
    """As it was last edited."""
    added: datetime
    """UTC; when it was first added."""
    documents: tuple[str, ...]
    """Ids of the texts it was taken from, sorted."""


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


@dataclass(frozen=True, slots=True)
class MendRecord:
    """How the learner cuts a stretch of text."""

    mend: Mend
    at: datetime
    """UTC; of two cuts of the same characters the later one holds."""
    id: str
    """The event's id: tells apart what happened in the same millisecond."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where reading stopped."""

    paragraph: int
    """Counted from 0."""
    offset: int
    """In characters of the paragraph."""
    at: datetime
    """UTC."""


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
    """Its subject: see `payload.subject`. What is said below is what was known of that."""
    memory: Memory | None = None
    suspended: str | None = None
    buried: date | None = None
    note: NoteRecord | None = None
    mark: Status | None = None
    mend: MendRecord | None = None
    text: TextRecord | None = None
    place: Place | None = None
    day: date | None = None
    """The study day on which the act counts, if it is an answer."""
    count: DayCount | None = None
    """What it adds to that day."""


@dataclass(slots=True)
class State:
    """Everything the journals say, folded."""

    notes: dict[str, NoteRecord] = field(default_factory=dict)
    """By note id."""
    memories: dict[str, Memory] = field(default_factory=dict)
    """By card id; cards without reviews are not there."""
    suspended: dict[str, str] = field(default_factory=dict)
    """Card id -> why: `leech` or `by hand`."""
    buried: dict[str, date] = field(default_factory=dict)
    """Card id -> the study day for which it is hidden."""
    marks: dict[str, Status] = field(default_factory=dict)
    """Headword -> what the learner said of it."""
    segments: dict[str, MendRecord] = field(default_factory=dict)
    """The learner's cuts, by stretch and where they hold."""
    texts: dict[str, TextRecord] = field(default_factory=dict)
    """By document id."""
    places: dict[str, Place] = field(default_factory=dict)
    """By document id."""
    days: dict[date, DayCount] = field(default_factory=dict)
    """By study day."""
    weights: tuple[float, ...] | None = None
    """FSRS-6 weights adopted last; None for the defaults."""
    undone: set[str] = field(default_factory=set)
    """Ids of events that do not count."""
    disputed: bool = False
    """Whether one id was seen with two contents: only the whole fold can settle that."""
    horizon: tuple[datetime, str] | None = None
    """The place of the last event; whatever is not after it is late."""

    def extend(self, event: Event) -> Step | None:
        """Takes in an event whose place is after the horizon, neither an undo nor new weights.

        Returns:
            How to take it back while nothing else has happened to its subject; None if nothing was changed.
        """
        self.horizon = event.place
        about = subject(event)
        if about is None or event.id in self.undone:
            return None
        kind, name = about
        step = Step(event.id, about)
        if kind == "card":
            step.memory, step.suspended = self.memories.get(name), self.suspended.get(name)
            step.buried = self.buried.get(name)
        elif kind == "note":
            step.note = self.notes.get(name)
        elif kind == "mark":
            step.mark = self.marks.get(name)
        elif kind == "segment":
            step.mend = self.segments.get(name)
        elif kind == "text":
            step.text = self.texts.get(name)
        elif kind == "place":
            step.place = self.places.get(name)
        counted = self._apply(event, name)
        if counted is not None:
            step.day, step.count = counted
        return step

    def step_back(self, step: Step) -> None:
        """Takes back the last act on a subject."""
        kind, name = step.about
        if kind == "card":
            _put(self.memories, name, step.memory)
            _put(self.suspended, name, step.suspended)
            _put(self.buried, name, step.buried)
        elif kind == "note":
            _put(self.notes, name, step.note)
        elif kind == "mark":
            _put(self.marks, name, step.mark)
        elif kind == "segment":
            _put(self.segments, name, step.mend)
        elif kind == "text":
            _put(self.texts, name, step.text)
        elif kind == "place":
            _put(self.places, name, step.place)
        if step.day is not None and step.count is not None:
            self._uncount(step.day, step.count)

    def renew(self, about: tuple[str, str], before: Iterable[Event], after: Iterable[Event]) -> None:
        """Folds one subject again.

        Args:
            about: see `subject`.
            before: its events as they stand in this state, undone ones left out.
            after: its events as they are to stand.
        """
        kind, name = about
        if kind == "card":
            self._renew_card(name, _sorted(before), _sorted(after))
            return
        tables: dict[str, dict[str, Any]] = {
            "note": self.notes,
            "mark": self.marks,
            "segment": self.segments,
            "text": self.texts,
            "place": self.places,
        }
        tables[kind].pop(name, None)
        for event in _sorted(after):
            self._apply(event, name)

    def _renew_card(self, card: str, before: list[Event], after: list[Event]) -> None:
        """As `renew`. What was answered before the first event that is new or gone is counted already."""
        same = 0
        for old, new in zip(before, after, strict=False):
            if old.id != new.id:
                break
            same += 1
        answers = self._follow(before)[1] if same < len(before) else []
        for counted in answers[same:]:
            if counted is not None:
                self._uncount(counted[0], _count_of(counted))
        self.memories.pop(card, None)
        self.suspended.pop(card, None)
        self.buried.pop(card, None)
        self._replay(card, after, same)

    def _uncount(self, day: date, count: DayCount) -> None:
        self.days[day].subtract(count)
        if not self.days[day].answers:
            del self.days[day]

    def _apply(self, event: Event, name: str) -> tuple[date, DayCount] | None:
        """Takes in an event; for an answer that counts, its day and what it adds to that."""
        said = event.payload
        match event.type:
            case "review":
                answer = answer_of(event)
                if answer is None:
                    return None
                before = self.memories.get(name)
                if before is not None and before.last_review == answer.at:
                    return None  # the same review, brought back by a machine that had not seen it
                self.memories[name] = Scheduler(weights=self.weights).advance(before, answer)
                phase, stability = (before.phase, before.stability) if before else (None, 0.0)
                count = _count_of((answer.day, said["took_ms"], answer.rating, phase, stability))
                self.days.setdefault(answer.day, DayCount()).add(count)
                self._answered(name, said)
                return answer.day, count
            case "note":
                self._apply_note(event, name)
            case "mark":
                if said["status"] == "new":
                    self.marks.pop(name, None)
                else:
                    self.marks[name] = said["status"]
            case "segment":
                self.segments[name] = MendRecord(mend_of(said), event.at, event.id)
            case "text":
                self.texts[name] = TextRecord(name, said["title"], said["name"], event.at)
            case "place":
                self.places[name] = Place(said["paragraph"], said["offset"], event.at)
        return None

    def _apply_note(self, event: Event, name: str) -> None:
        said = event.payload
        match said["act"]:
            case "put":
                note = note_from_json(said["note"])
                known = self.notes.get(name)
                documents = set(known.documents) if known else set()
                if note.example is not None:
                    documents.add(note.example.document_id)
                added = known.added if known else event.at
                self.notes[name] = NoteRecord(note, added, tuple(sorted(documents)))
            case "suspend":
                self.suspended[name] = "by hand"
            case "unsuspend":
                self.suspended.pop(name, None)
            case "bury":
                self.buried[name] = date.fromisoformat(said["day"])

    def _answered(self, card: str, said: Mapping[str, Any]) -> None:
        """What else an answer does to its card."""
        self.buried.pop(card, None)
        if said.get("leech"):
            self.suspended[card] = "leech"

    def _follow(self, events: list[Event]) -> tuple[Memory | None, list[_Counted | None]]:
        """What a card's events lead to; of each, in order, what it adds to its day, if it is an answer."""
        said = [answer_of(event) if event.type == "review" else None for event in events]
        trace: list[tuple[Phase | None, float] | None] = []
        memory = Scheduler(weights=self.weights).replay([each for each in said if each is not None], trace)
        passed = iter(trace)
        found: list[_Counted | None] = []
        for event, answer in zip(events, said, strict=True):
            before = next(passed) if answer is not None else None
            if answer is None or before is None:
                found.append(None)
            else:
                found.append((answer.day, event.payload["took_ms"], answer.rating, *before))
        return memory, found

    def _replay(self, card: str, events: list[Event], known: int = 0) -> None:
        """Folds a card's events, in order. The first `known` are in the days' counts already."""
        memory, answers = self._follow(events)
        if memory is not None:
            self.memories[card] = memory
        for number, (event, counted) in enumerate(zip(events, answers, strict=True)):
            if counted is not None:
                if number >= known:
                    on, took_ms, rating, phase, stability = counted
                    day = self.days.get(on)
                    if day is None:
                        day = self.days[on] = DayCount()
                    day.count(phase, stability, rating, took_ms)
                self._answered(card, event.payload)
            elif event.type == "note":
                self._apply_note(event, card)

    def _replay_reviews(self, scheduler: Scheduler, card: str, said: list[Reviewed]) -> None:
        """As `_replay`, of a card with reviews alone, at about the cost of FSRS."""
        trace: list[tuple[Phase | None, float] | None] = []
        memory = scheduler.replay(said, trace)
        if memory is None:
            return
        self.memories[card] = memory
        days, again = self.days, Rating.AGAIN
        for each, before in zip(said, trace, strict=True):
            if before is None:
                continue
            phase, stability = before
            day = days.get(each.day)
            if day is None:
                day = days[each.day] = DayCount()
            # What `DayCount.count` does, without a million calls.
            day.answers += 1
            day.took_ms += each.took_ms
            if phase is None:
                day.new += 1
            elif phase == "review":
                recalled = each.rating is not again
                day.reviews += 1
                day.recalled += recalled
                if stability >= MATURE:
                    day.mature += 1
                    day.mature_recalled += recalled
            if each.leech is True:
                self.suspended[card] = "leech"


_Counted = tuple[date, int, Rating, Phase | None, float]
"""An answer's study day, milliseconds and rating; its card's phase and stability before it."""


def _count_of(counted: _Counted) -> DayCount:
    _, took_ms, rating, phase, stability = counted
    count = DayCount()
    count.count(phase, stability, rating, took_ms)
    return count


WEIGHTS = ("weights", "")
"""The subject of adopted weights: see `studytui.store.journal.payload.subject`."""


def weights_of(events: Iterable[Event]) -> tuple[float, ...] | None:
    """The weights that hold after these were adopted; None if there are none."""
    ordered = _sorted(events)
    return tuple(ordered[-1].payload["weights"]) if ordered else None


def fold(events: Iterable[Event]) -> State:
    """The state that a set of events comes to; how they are ordered or doubled changes nothing."""
    state = State()
    ordered = _sorted(events)
    names = list(map(_ID, ordered))
    if any(map(eq, names, islice(names, 1, None))):
        ordered = _unique(ordered, state)
    state.undone = {target for event in ordered if event.type == "undo" for target in undone_by(event)}
    if ordered:
        state.horizon = ordered[-1].place
    reviews: defaultdict[str, list[Reviewed]] = defaultdict(list)
    subjects: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
    undone = state.undone
    for event in ordered:
        if not undone or event.id not in undone:
            said: object = event.payload
            if type(said) is Reviewed:
                reviews[said.card].append(said)  # whether it is a card's id is asked once for all of them
            elif (about := subject(event)) is not None:
                subjects[about].append(event)
    state.weights = weights_of(subjects.pop(WEIGHTS, []))
    for (kind, name), group in subjects.items():
        if kind == "card":
            state._replay(name, _sorted([*group, *map(event_of, reviews.pop(name, []))]))
        else:
            for event in group:
                state._apply(event, name)
    scheduler = Scheduler(weights=state.weights)
    for card, answers in reviews.items():
        if is_card_id(card):
            state._replay_reviews(scheduler, card, answers)
    return state


def _put(table: dict[str, _Value], name: str, value: _Value | None) -> None:
    """Sets an entry; without a value, takes it out."""
    if value is None:
        table.pop(name, None)
    else:
        table[name] = value


_ID = attrgetter("id")


def _sorted(events: Iterable[Event]) -> list[Event]:
    """By `Event.place`: an id begins with its time."""
    return sorted(events, key=_ID)


def _unique(ordered: Iterable[Event], state: State) -> list[Event]:
    """The events, each once. One id with two contents can only be damage, of which the state takes note."""
    unique: dict[str, Event] = {}
    for event in ordered:
        known = unique.setdefault(event.id, event)
        if known is not event and known != event:
            state.disputed = True
            # Chosen by content, so that all machines choose alike.
            unique[event.id] = min(event, known, key=_content)
    return list(unique.values())


def _content(event: Event) -> bytes:
    """The same bytes for equal events, however their lines were written."""
    return encode(Event(event.id, event.at, event.device, event.type, dict(sorted(event.payload.items()))))


def last_days(state: State, today: date, days: int) -> list[DayCount]:
    """The counts of the last study days, today's last; an empty one where nothing was answered."""
    span = (today - timedelta(days=days - 1 - back) for back in range(days))
    return [state.days.get(day, DayCount()) for day in span]
