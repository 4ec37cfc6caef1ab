"""What is due in a collection: its notes laid out for the queue, as few of them as may be awake."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from studytui.store.cycles import no_cycles
from studytui.store.state import DayCount, NoteRecord
from studytui.study import queue
from studytui.study.card import split_card_id
from studytui.study.queue import DueCard, DueCount, Laid, Shelf, Today

if TYPE_CHECKING:
    from studytui.store.collection import Collection as Learned
    from studytui.store.history import Subjects

_Place = tuple[datetime, str]
"""When a note was added, and its id: the order of the notes."""


class _Awake:
    """The notes that may have something to study on a day, in the order in which they were added."""

    def __init__(self, found: Sequence[tuple[_Place, Laid]]) -> None:
        self.entries = sorted(found, key=lambda entry: entry[0])
        self.places = {place[1]: place for place, _ in self.entries}

    def put(self, name: str, record: NoteRecord | None, laid: Laid | None) -> None:
        """Sets a note anew: what is asked of it may have changed, or that it is there at all."""
        if name in self.places:
            del self.places[name]
            self.entries = [entry for entry in self.entries if entry[0][1] != name]
        if record is not None and laid is not None:
            place = (record.added, name)
            self.places[name] = place
            insort(self.entries, (place, laid), key=lambda entry: entry[0])


class Shelves:
    """Answers what is due. What it has laid out is kept, and set right as things change."""

    def __init__(self, collection: Learned) -> None:
        self._collection = collection
        self._awake: dict[tuple[date, str | None], _Awake] = {}

    def touched(self, subjects: Subjects | None) -> None:
        """Something has changed: of what it spoke; None for anything."""
        if subjects is None:
            self._awake = {}
            return
        state, templates = self._collection.state, self._collection.config.templates
        for kind, name in subjects if self._awake else ():
            note = name if kind == "note" else split_card_id(name)[0] if kind == "card" else None
            if note is None:
                continue
            record = state.notes.get(note)
            for (_, document), awake in self._awake.items():
                # A note that is awake stays so for the day, asleep or not: `queue.due_cards` looks itself.
                if kind == "card" and note in awake.places:
                    continue
                here = record is not None and (document is None or document in record.documents)
                laid = queue.lay_out([record.note], templates)[0] if record is not None and here else None
                awake.put(note, record, laid)

    def queue(self, document_id: str | None = None, at: datetime | None = None) -> tuple[DueCard, ...]:
        """See `Collection.queue`; `at` some other time."""
        now = at or self._collection.clock()
        today = self._collection.days.day(now)
        shelf = self._shelf(self._awake_on(today, document_id), today)
        return queue.due_cards(shelf, self._collection.config.limits, now, today)

    def today(self, document_id: str | None = None) -> Today:
        """See `Collection.today`."""
        now = self._collection.clock()
        day = self._collection.days.day(now)
        tomorrow = self._collection.days.start(day + timedelta(days=1))
        shelf = self._shelf(self._awake_on(day, document_id), day)
        return queue.rest_of_day(shelf, self._collection.config.limits, now, day, tomorrow)

    def counts(self) -> Mapping[str, DueCount]:
        """See `Collection.due_counts`."""
        now = self._collection.clock()
        today = self._collection.days.day(now)
        notes, limits = self._collection.state.notes, self._collection.config.limits
        entries = list(self._awake_on(today, None).entries)
        groups: dict[str, list[Laid]] = {"": [laid for _, laid in entries]}
        for record in list(notes.values()):
            for document in record.documents:
                groups.setdefault(document, [])
        for (_, name), laid in entries:
            if (known := notes.get(name)) is not None:
                for document in known.documents:
                    groups[document].append(laid)
        return {
            document: queue.count(queue.due_cards(self._lay(group, today), limits, now, today))
            for document, group in groups.items()
        }

    def next_due(self, document_id: str | None = None) -> datetime | None:
        """See `Collection.next_due`."""
        state, days = self._collection.state, self._collection.days
        notes = (
            state.notes
            if document_id is None
            else {name for name, record in list(state.notes.items()) if document_id in record.documents}
        )
        known = [
            memory
            for card, memory in list(state.memories.items())
            if card not in state.suspended and split_card_id(card)[0] in notes
        ]
        times = [memory.due for memory in known if memory.interval is None]
        day = min((memory.due_day for memory in known if memory.interval is not None), default=None)
        if day is not None:
            times.append(days.start(day))
        return min(times, default=None)

    @no_cycles()
    def _awake_on(self, today: date, document_id: str | None) -> _Awake:
        known = self._awake.get((today, document_id))
        if known is None:
            state, templates = self._collection.state, self._collection.config.templates
            names: Collection[str] = state.notes.keys()
            if document_id is not None:
                names = {name for name, record in state.notes.items() if document_id in record.documents}
            up = queue.awake(names, lambda name: state.notes[name].note, templates, state.memories, today)
            known = _Awake([((state.notes[name].added, name), laid) for name, laid in up])
            self._awake = {key: kept for key, kept in self._awake.items() if key[0] == today}
            self._awake[today, document_id] = known
        return known

    def _shelf(self, awake: _Awake, today: date) -> Shelf:
        return self._lay([laid for _, laid in awake.entries], today)

    def _lay(self, laid: Sequence[Laid], today: date) -> Shelf:
        state = self._collection.state
        counted = state.days.get(today, DayCount())
        return Shelf(
            notes=(),
            memories=state.memories,
            suspended=state.suspended,
            buried=state.buried,
            new_today=counted.new,
            reviews_today=counted.reviews,
            laid=laid,
        )
