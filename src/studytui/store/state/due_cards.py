"""What is due in a collection: its queue, kept in step with what the learner does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from studytui.store.config import Config
from studytui.store.gc_pause import no_cycles
from studytui.store.journal.events import Subjects, note_of
from studytui.store.state.fold import DayCount
from studytui.store.state.replay import History
from studytui.store.state.word_status import Words
from studytui.study.notes.note import Note
from studytui.study.scheduling.due_days import Waits, next_due
from studytui.study.scheduling.queue import DueCards, DueCount, Limits, Queue, Room, Today
from studytui.study.scheduling.study_day import StudyDays

_MANY = 500
"""A queue is made anew rather than set right for so many changes at once."""


class DueQueues:
    """Answers what is due. A queue is made once a study day, of all notes or of a text's, and then set right.

    Whoever asks has the collection's turn.
    """

    def __init__(
        self,
        history: History,
        settings: Callable[[], Config],
        days: StudyDays,
        clock: Callable[[], datetime],
        words: Words,
    ) -> None:
        """Of what a history holds; `settings` gives those that hold now, `clock` the time (UTC).

        Of `words` those that are known or ignored are not asked.
        """
        self._words = words
        self._history = history
        self._settings = settings
        self._days = days
        self._clock = clock
        self._queues: dict[str | None, Queue] = {}
        """By document id; None for all notes."""
        self._made_for: tuple[date, Limits] | None = None

    def touched(self, subjects: Subjects | None) -> None:
        """Something has changed: of what it spoke; None for anything."""
        if subjects is None or len(subjects) > _MANY:
            self._queues = {}
            return
        for about in subjects if self._queues else ():
            kind, name = about
            note = note_of(about)
            notes = self._words.notes_of(name) if kind == "mark" else () if note is None else (note,)
            for each in notes:
                for of_day in self._queues.values():
                    of_day.put(each)

    def queue(self, document_id: str | None = None, at: datetime | None = None) -> DueCards:
        """See `Collection.queue`; `at` some other time."""
        now = at or self._clock()
        today = self._days.day(now)
        of_day = self._of_day(today, document_id)
        return of_day.cards(self._room(today), now)

    def today(self, document_id: str | None = None) -> Today:
        """See `Collection.today`."""
        now = self._clock()
        day = self._days.day(now)
        tomorrow = self._days.start(day + timedelta(days=1))
        of_day = self._of_day(day, document_id)
        return of_day.rest(self._room(day), now, tomorrow)

    def counts(self) -> Mapping[str, DueCount]:
        """See `Collection.due_counts`."""
        now = self._clock()
        today = self._days.day(now)
        notes = self._history.state.notes

        def groups(name: str) -> tuple[str, ...]:
            return ("", *notes[name].documents)

        found = {document: DueCount() for record in notes.values() for document in record.documents}
        counted = self._of_day(today, None).counts(groups, self._room(today), now)
        return {"": DueCount(), **found, **counted}

    def next_due(self, document_id: str | None = None) -> datetime | None:
        """See `Collection.next_due`."""
        state, templates = self._history.state, self._settings().templates
        learning, day = next_due(self._rows(document_id), templates, state.memories, state.suspended)
        times = [learning, None if day is None else self._days.start(day)]
        return min((time for time in times if time is not None), default=None)

    def _rows(self, document_id: str | None) -> Mapping[str, Waits]:
        rows = self._history.waits.rows(self._history.state)
        if aside := self._words.set_aside():
            rows = {name: row for name, row in rows.items() if name not in aside}
        if document_id is None:
            return rows
        records = self._history.state.notes.items()
        return {
            name: rows[name] for name, record in records if document_id in record.documents and name in rows
        }

    @no_cycles()
    def _of_day(self, today: date, document_id: str | None) -> Queue:
        limits = self._settings().limits
        if self._made_for != (today, limits):
            self._queues, self._made_for = {}, (today, limits)
        of_day = self._queues.get(document_id)
        if of_day is None:
            state = self._history.state

            def look(name: str) -> tuple[str, Note] | None:
                record = state.notes.get(name)
                if record is None or state.marks.get(record.note.headword) in ("known", "ignored"):
                    return None
                if document_id is not None and document_id not in record.documents:
                    return None
                return record.event, record.note

            of_day = Queue(look, state.memories, state.suspended, state.buried, limits, today)
            of_day.fill(self._rows(document_id))
            self._queues[document_id] = of_day
        return of_day

    def _room(self, today: date) -> Room:
        counted = self._history.state.days.get(today, DayCount())
        return Room.after(self._settings().limits, counted.new, counted.reviews)
