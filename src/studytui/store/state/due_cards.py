"""What is due in a collection, kept in step with what the learner does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from studytui.store.config import Config
from studytui.store.gc_pause import no_cycles
from studytui.store.journal.events import Subjects, note_of
from studytui.store.state.records import DayCount
from studytui.store.state.replay import History
from studytui.store.state.word_status import Words
from studytui.study.notes.note import Note
from studytui.study.scheduling.due_index import DueIndex, next_due
from studytui.study.scheduling.queue import DueCards, DueCount, Limits, Room, Today
from studytui.study.scheduling.study_day import StudyDays
from studytui.study.vocabulary import LEFT_ALONE

_MANY = 500
"""The index is made anew rather than set right for so many changes at once."""


class CollectionDue:
    """Answers what is due, of all notes or of a text's. The index is made once a study day, and set right.

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
        self._index: DueIndex | None = None
        self._made_for: tuple[date, Limits] | None = None
        self._counted: tuple[int, Mapping[str, DueCount]] | None = None
        """What is due of each text, while so many learning cards are due soon and nothing changes."""

    def touched(self, subjects: Subjects | None) -> None:
        """Something has changed: of what it spoke; None for anything."""
        if subjects is None or subjects:
            self._counted = None
        if subjects is None or len(subjects) > _MANY:
            self._index = None
        elif self._index is not None:
            for about in subjects:
                kind, name = about
                note = note_of(about)
                notes = self._words.notes_of(name) if kind == "mark" else () if note is None else (note,)
                for each in notes:
                    self._index.put(each)

    def queue(self, document_id: str | None = None, at: datetime | None = None) -> DueCards:
        """See `Collection.queue`; `at` some other time."""
        now = at or self._clock()
        today = self._days.day(now)
        return self._of_day(today).cards(self._room(today), now, self._notes_of(document_id))

    def today(self, document_id: str | None = None) -> Today:
        """See `Collection.today`."""
        now = self._clock()
        day = self._days.day(now)
        tomorrow = self._days.start(day + timedelta(days=1))
        return self._of_day(day).rest(self._room(day), now, tomorrow, self._notes_of(document_id))

    def tomorrow(self) -> DueCount:
        """See `Collection.due_tomorrow`."""
        day = self._days.day(self._clock()) + timedelta(days=1)
        # Made apart: what is studied today is in the index that is kept, and its siblings wait there.
        index = self._made(day, self._settings().limits)
        begins, ends = self._days.start(day), self._days.start(day + timedelta(days=1))
        return index.rest(self._room(day), begins, ends).due

    def counts(self) -> Mapping[str, DueCount]:
        """See `Collection.due_counts`."""
        now = self._clock()
        today = self._days.day(now)
        index = self._of_day(today)
        soon = index.soon(now)
        if self._counted is not None and self._counted[0] == soon:
            return self._counted[1]  # home looks each minute, and of 100,000 notes that takes a second
        notes = self._history.state.notes

        def groups(name: str) -> tuple[str, ...]:
            return ("", *notes[name].documents)

        found = {document: DueCount() for record in notes.values() for document in record.documents}
        told = {"": DueCount(), **found, **index.counts(groups, self._room(today), now)}
        self._counted = soon, told
        return told

    def next_due(self, document_id: str | None = None) -> datetime | None:
        """See `Collection.next_due`."""
        state, templates = self._history.state, self._settings().templates
        wanted = self._notes_of(document_id)
        looked = (self._look(name) for name in state.notes if wanted is None or wanted(name))
        notes = (found[1] for found in looked if found is not None)
        learning, day = next_due(notes, templates, state.memories, state.suspended)
        times = [learning, None if day is None else self._days.start(day)]
        return min((time for time in times if time is not None), default=None)

    def _notes_of(self, document_id: str | None) -> Callable[[str], bool] | None:
        """Whether a note is one of a text's; None for all notes."""
        if document_id is None:
            return None
        notes = self._history.state.notes
        return lambda name: document_id in notes[name].documents

    def _look(self, name: str) -> tuple[str, Note] | None:
        """The event that added a note, and the note; None if it is not there, or its word is set aside."""
        state = self._history.state
        record = state.notes.get(name)
        if record is None or state.marks.get(record.note.headword) in LEFT_ALONE:
            return None
        return record.event, record.note

    @no_cycles()
    def _made(self, day: date, limits: Limits) -> DueIndex:
        state = self._history.state
        index = DueIndex(self._look, state.memories, state.suspended, state.buried, limits, day)
        index.fill(state.notes)
        return index

    def _of_day(self, today: date) -> DueIndex:
        limits = self._settings().limits
        if self._index is None or self._made_for != (today, limits):
            self._index = self._made(today, limits)
            self._counted = None
            self._made_for = (today, limits)
        return self._index

    def _room(self, today: date) -> Room:
        counted = self._history.state.days.get(today, DayCount())
        return Room.after(self._settings().limits, counted.new, counted.reviews)
