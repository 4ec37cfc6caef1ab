"""The state: a pure function of the set of events.

Order, doubling and the way events are spread over files change nothing: events are known by their id, sorted
by it, and those that were undone are left out. Each event speaks of one subject (a card, a note, a mark…),
and subjects do not touch each other; so a late event or an undo renews its subject alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as put
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from msgspec.structs import replace

from studytui.store.journal.card_lines import card_of
from studytui.store.journal.event_ids import YEARS
from studytui.store.journal.events import (
    Event,
    LibraryChanged,
    Marked,
    NoteChanged,
    PlaceLeft,
    PlacementAnswered,
    Recut,
    Reviewed,
    SettingBrought,
    TextOpened,
    WeightsAdopted,
)
from studytui.store.state.card_history import Before, count_of, follow, put_off_to
from studytui.store.state.event_sets import in_order, redated, undone_by, unique
from studytui.store.state.records import (
    DayCount,
    MendRecord,
    NoteRecord,
    PlacementAnswer,
    ReadingPlace,
    Step,
    TextRecord,
)
from studytui.study.notes.card import Memory, split_card_id
from studytui.study.scheduling.scheduler import Scheduler
from studytui.study.vocabulary import Mark

_Value = TypeVar("_Value")


@dataclass(slots=True)
class State:
    """Everything the journals say, folded."""

    notes: dict[str, NoteRecord] = field(default_factory=dict)
    """By note id."""
    memories: dict[str, Memory] = field(default_factory=dict)
    """By card id; cards without reviews are not there."""
    suspended: dict[str, str] = field(default_factory=dict)
    """Card id -> why: `leech`, `by hand`, or `deleted` in another program."""
    buried: dict[str, date] = field(default_factory=dict)
    """Card id -> the study day for which it is hidden."""
    marks: dict[str, Mark] = field(default_factory=dict)
    """Headword -> what the learner said of it."""
    segments: dict[str, MendRecord] = field(default_factory=dict)
    """The learner's cuts, by stretch and where they hold."""
    texts: dict[str, TextRecord] = field(default_factory=dict)
    """By document id."""
    places: dict[str, ReadingPlace] = field(default_factory=dict)
    """By document id."""
    days: dict[date, DayCount] = field(default_factory=dict)
    """By study day."""
    weights: tuple[float, ...] | None = None
    """FSRS-6 weights adopted last; None for the defaults."""
    undone: set[str] = field(default_factory=set)
    """Ids of events that do not count."""
    disputed: bool = False
    """Whether one id was seen with two contents: only the whole fold can settle that."""
    horizon: str | None = None
    """The id of the last event; whatever is not after it is late."""
    redated: dict[str, int] = field(default_factory=dict)
    """The ids of events that were dated by a wrong clock -> how many days later they are taken to be."""
    latest: datetime | None = None
    """The latest time (UTC) of an event, by which a clock that was ahead is noticed."""
    refused: set[str] = field(default_factory=set)
    """Ids of cards whose answers count for nothing: there is no memory that they could lead to."""
    placements: dict[str, PlacementAnswer] = field(default_factory=dict)
    """Headword -> what was last said of it in a placement."""
    deleted: set[str] = field(default_factory=set)
    """Ids of the notes that the learner deleted, and has not added again."""
    settings: dict[str, str] = field(default_factory=dict)
    """Name of a setting -> its value as JSON, as a machine brought it last to a meeting with others."""

    def dated(self, event: _AnyEvent) -> _AnyEvent:
        """An event with the time that it is taken to have happened at."""
        days = self.redated.get(event.id) if self.redated else None
        if days is None:
            return event
        by = timedelta(days=days)
        at = event.at + by
        if at.year not in YEARS:
            return event
        if isinstance(event, Reviewed):
            return replace(event, at=at, day=event.day + by)
        return replace(event, at=at)

    def is_deleted(self, card: str) -> bool:
        """Whether the note of a card, by its id, was deleted."""
        return bool(self.deleted) and split_card_id(card)[0] in self.deleted

    def note_times(self) -> dict[str, datetime]:
        """When each note was last edited (UTC), by its id."""
        return {name: record.changed or record.added for name, record in self.notes.items()}

    def seen(self, at: datetime) -> None:
        """Takes note of the time of an event."""
        if self.latest is None or at > self.latest:
            self.latest = at

    def _once(self, events: Iterable[Event]) -> list[Event]:
        """Some events in order, each once."""
        ordered, disputed = unique(in_order(events))
        self.disputed |= disputed
        return ordered

    def _counted(self, ordered: list[Event]) -> list[Event]:
        """Those of some events, in order, that count, with the times that they count at."""
        if self.redated:
            ordered = list(map(self.dated, ordered))
        if ordered:
            self.horizon = max(self.horizon or "", ordered[-1].id)
            self.seen(max(event.at for event in ordered))
        return [event for event in ordered if event.id not in self.undone] if self.undone else ordered

    def extend(self, event: Event) -> Step | None:
        """Takes in an event whose id is after the horizon, neither an undo nor new weights nor a new date.

        Returns:
            How to take it back while nothing else has happened to its subject; None if nothing was changed.

        Raises:
            ArithmeticError, ValueError: no memory can follow: see `refused`. All is to be folded again.
        """
        self.horizon = event.id
        about = event.subject
        if about is None or event.id in self.undone:
            return None
        kind, name = about
        step = Step(event.id, about)
        if kind == "card":
            step.memory, step.suspended = self.memories.get(name), self.suspended.get(name)
            step.buried = self.buried.get(name)
        elif kind == "note":
            step.note, step.deleted = self.notes.get(name), name in self.deleted
        elif kind == "mark":
            step.mark = self.marks.get(name)
        elif kind == "placement":
            step.answer = self.placements.get(name)
        elif kind == "setting":
            step.setting = self.settings.get(name)
        elif kind == "segment":
            step.mend = self.segments.get(name)
        elif kind == "text":
            step.text = self.texts.get(name)
        elif kind == "place":
            step.place = self.places.get(name)
        counted = self._apply(event)
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
            self.deleted.discard(name)
            if step.deleted:
                self.deleted.add(name)
        elif kind == "mark":
            _put(self.marks, name, step.mark)
        elif kind == "placement":
            _put(self.placements, name, step.answer)
        elif kind == "setting":
            _put(self.settings, name, step.setting)
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
            about: see `Event.subject`.
            before: its events as they stand in this state, undone ones left out.
            after: its events as they are to stand.
        """
        kind, name = about
        if kind == "card":
            self._renew_card(name, in_order(before), in_order(after))
            return
        tables: dict[str, dict[str, Any]] = {
            "note": self.notes,
            "mark": self.marks,
            "placement": self.placements,
            "setting": self.settings,
            "segment": self.segments,
            "text": self.texts,
            "place": self.places,
        }
        tables[kind].pop(name, None)
        if kind == "note":
            self.deleted.discard(name)
        for event in in_order(after):
            self._apply(event)

    def _renew_card(self, card: str, before: list[Event], after: list[Event]) -> None:
        """As `renew`. What was answered before the first event that is new or gone is counted already."""
        same = 0
        for old, new in zip(before, after, strict=False):
            if old.id != new.id:
                break
            same += 1
        scheduler = Scheduler(weights=self.weights)
        answers = follow(scheduler, before)[1] if same < len(before) else []
        then = follow(scheduler, after)
        for event, found in zip(before[same:], answers[same:], strict=False):
            if found is not None and isinstance(event, Reviewed):
                self._uncount(event.day, count_of(event, found))
        self.memories.pop(card, None)
        self.suspended.pop(card, None)
        self.buried.pop(card, None)
        self._put_card(card, after, *then, known=same)

    def _uncount(self, day: date, count: DayCount) -> None:
        self.days[day].subtract(count)
        if not self.days[day].answers:
            del self.days[day]

    def _apply(self, event: Event) -> tuple[date, DayCount] | None:
        """Takes in an event; for an answer that counts, its day and what it adds to that."""
        match event:
            case Reviewed():
                return self._apply_review(event)
            case NoteChanged():
                if event.act == "forget":
                    self.memories.pop(event.card or "", None)
                self._apply_note(event)
            case Marked(status="new"):
                self.marks.pop(event.headword, None)
            case Marked():
                self.marks[event.headword] = event.status
            case PlacementAnswered():
                answer = PlacementAnswer(event.known, event.invented, event.batch, event.id)
                self.placements[event.headword] = answer
            case SettingBrought():
                self.settings[event.name] = event.value
            case Recut():
                self.segments[event.subject[1]] = MendRecord(event.mend, event.at, event.id)
            case TextOpened():
                self._apply_opened(event)
            case LibraryChanged():
                self._apply_library(event)
            case PlaceLeft():
                self.places[event.document] = ReadingPlace(event.paragraph, event.offset, event.at)
        return None

    def _apply_review(self, event: Reviewed) -> tuple[date, DayCount] | None:
        card = event.card
        before = self.memories.get(card)
        if card in self.refused or (before is not None and before.last_review >= event.at):
            raise ValueError("an answer that is earlier than the one before it")
        self.memories[card] = Scheduler(weights=self.weights).advance(before, event)
        count = count_of(event, (before.phase, before.stability) if before else (None, 0.0))
        self.days.setdefault(event.day, DayCount()).add(count)
        self._answered(event)
        return event.day, count

    def _apply_note(self, event: NoteChanged) -> None:
        if (note := event.note) is not None and event.act == "delete":
            self.notes.pop(note.id, None)
            self.deleted.add(note.id)
        elif note is not None:
            self.deleted.discard(note.id)
            known = self.notes.get(note.id)
            documents = set(known.documents) if known else set()
            if note.example is not None and note.example.document_id:
                documents.add(note.example.document_id)
            added, first = (known.added, known.event) if known else (event.at, event.id)
            changed = event.at if known else None
            self.notes[note.id] = NoteRecord(note, added, tuple(sorted(documents)), first, changed)
        elif (card := event.card) is not None:
            if event.act == "suspend":
                self.suspended[card] = "deleted" if event.deleted else "by hand"
            elif event.act == "unsuspend":
                self.suspended.pop(card, None)
            elif event.act == "forget":
                self.suspended.pop(card, None)
                self.buried.pop(card, None)
            elif event.act == "due" and event.day is not None:
                _put(self.memories, card, put_off_to(self.memories.get(card), event.at, event.day))
            elif event.day is not None:
                self.buried[card] = event.day

    def _apply_opened(self, event: TextOpened) -> None:
        opened = TextRecord(event.document, event.title, event.name, event.at, event.id, event.lines)
        before = self.texts.get(event.document)
        if before is not None:
            opened = put(opened, archived=before.archived)
            if before.own_title is not None:
                opened = put(opened, title=before.title, own_title=event.title)
        self.texts[event.document] = opened

    def _apply_library(self, event: LibraryChanged) -> None:
        record = self.texts.get(event.document)
        if record is None:
            return  # the line that says what text it is has not arrived; then all of it is folded again
        if event.title is not None:
            own = record.title if record.own_title is None else record.own_title
            record = put(record, title=event.title, own_title=own)
        elif event.act == "delete":
            record = put(record, deleted=True)
        else:
            record = put(record, archived=event.act == "archive")
        self.texts[event.document] = record

    def _answered(self, event: Reviewed) -> None:
        """What else an answer does to its card."""
        if self.buried:
            self.buried.pop(event.card, None)
        if event.leech:
            self.suspended[event.card] = "leech"

    def _put_card(
        self,
        card: str,
        events: Sequence[Event],
        memory: Memory | None,
        answers: Sequence[Before | None],
        known: int = 0,
    ) -> None:
        """Takes in what a card's events lead to. The first `known` are in the days' counts already."""
        if memory is not None:
            self.memories[card] = memory
        for number, (event, before) in enumerate(zip(events, answers, strict=True)):
            if type(event) is Reviewed:
                if before is None:
                    continue
                if number >= known:
                    day = self.days.get(event.day)
                    if day is None:
                        day = self.days[event.day] = DayCount()
                    day.count(*before, event.rating, event.took_ms)
                self._answered(event)
            elif isinstance(event, NoteChanged):
                self._apply_note(event)
                if event.act == "forget" and memory is not None:
                    self.memories[card] = memory  # a due day that was said before does not count

    def _fold_card(self, scheduler: Scheduler, card: str, events: Sequence[Event]) -> None:
        """Folds a card's events, in order."""
        try:
            memory, answers = follow(scheduler, events)
        except (ArithmeticError, ValueError):
            self.refused.add(card)
            memory, answers = None, [None] * len(events)
        self._put_card(card, events, memory, answers)


_AnyEvent = TypeVar("_AnyEvent", bound=Event)


def fold(events: Iterable[Event]) -> State:
    """The state that a set of events comes to; how they are ordered or doubled changes nothing."""
    state = State()
    cards: list[Event] = []
    others: list[Event] = []
    for event in state._once(events):
        (others if card_of(event) is None else cards).append(event)
    _fold_into(state, others, (cards,))
    return state


def fold_groups(others: Iterable[Event], groups: Iterable[list[Event]]) -> State:
    """As `fold`, with the events of some cards at a time.

    Args:
        others: all events that speak of no card.
        groups: those that do, all of a card in one group. Each is emptied before the next is asked for. An
            id that stands elsewhere, too, must say the same there.
    """
    state = State()
    _fold_into(state, state._once(others), groups)
    return state


def _fold_into(state: State, others: list[Event], groups: Iterable[list[Event]]) -> None:
    undone = state.undone = undone_by(others)
    state.redated = redated(others, undone)
    for event in state._counted(others):
        if type(event) is WeightsAdopted:
            state.weights = event.weights
        else:
            state._apply(event)
    scheduler = Scheduler(weights=state.weights)
    for group in groups:
        cards: defaultdict[str, list[Event]] = defaultdict(list)
        for event in state._counted(state._once(group)):
            cards[card_of(event) or ""].append(event)
        group.clear()
        while cards:
            state._fold_card(scheduler, *cards.popitem())


def _put(table: dict[str, _Value], name: str, value: _Value | None) -> None:
    """Sets an entry; without a value, takes it out."""
    if value is None:
        table.pop(name, None)
    else:
        table[name] = value


def last_days(state: State, today: date, days: int) -> list[DayCount]:
    """The counts of the last study days, today's last; an empty one where nothing was answered."""
    span = (today - timedelta(days=days - 1 - back) for back in range(days))
    return [state.days.get(day, DayCount()) for day in span]
