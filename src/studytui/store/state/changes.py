"""The one way in which anything changes: on disk first, then in the state; and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from operator import attrgetter
from threading import RLock
from typing import Any

from studytui.errors import StudytuiError
from studytui.store.journal.events import MOST_UNDONE, Event, EventType, Reviewed, Subjects, said_by
from studytui.store.journal.imported_reviews import ANKI
from studytui.store.journal.writer import Writer, Written
from studytui.store.locations import Locations
from studytui.store.state.fold import State
from studytui.store.state.replay import History
from studytui.store.state.told_acts import told_of
from studytui.store.state.undo import Act, Acts

Payload = Mapping[str, Any] | Callable[[datetime], Mapping[str, Any]]
"""What an event says; as a function of its time where it depends on that."""

_order = attrgetter("id")


class Changes:
    """What is written, what is read of other sessions, and what can be undone. Threads take turns in it.

    A method that raises has changed nothing.
    """

    def __init__(
        self,
        locations: Locations,
        clock: Callable[[], datetime],
        touched: Callable[[Subjects | None], None],
    ) -> None:
        """Of the journals at `locations`, by `clock` (UTC).

        After each change `touched` is told of what was spoken; None where that may be anything.
        """
        self.locations = locations
        self.history = History(locations)
        self.writer = Writer(locations, clock)
        self.turn = RLock()
        self.has_written = False
        """Whether anything was written here."""
        self._acts = Acts(locations)
        self._touched = touched

    @property
    def state(self) -> State:
        """The folded state. Not to be changed."""
        return self.history.state

    def load(self) -> None:
        """Reads the snapshot and what the journals have beyond it; what a journal has lost is put back first.

        Raises:
            StudytuiError: as `History.load`; the data folder is gone, though this machine has written there.
        """
        self.writer.restore()
        self.history.load()

    def reload(self) -> None:
        """As `load`, from nothing: lines of the journals have moved."""
        with self.turn:
            self.history.reload()
            self._touched(None)
            self._acts = Acts(self.locations)

    def save(self) -> None:
        """Writes the snapshot, if there is something new in it.

        Raises:
            StudytuiError: it cannot be written; the data folder is gone.
        """
        self.writer.require_home()  # an unmounted disk must not get a folder in its place
        self.history.save()

    def refresh(self) -> bool:
        """Takes in what other sessions and devices have written; whether there was anything."""
        with self.turn:
            self.writer.restore()
            subjects = self.history.refresh()
            self._touched(subjects)
        return subjects is None or bool(subjects)

    def record(self, kind: EventType, said: Payload) -> None:
        """Makes an event of now. It is on disk when this returns."""
        self.record_all([(kind, said)])

    def record_all(self, said: Iterable[tuple[EventType, Payload]]) -> None:
        """Makes events of now, all or none."""
        with self.turn:
            self._written(self.writer.write(self._acts.joined(said), self.state.horizon))

    def append(self, events: Sequence[Event]) -> None:
        """Takes events that have their ids and times already, all or none."""
        with self.turn:
            self._written(self.writer.append(events))

    def _written(self, written: Written) -> None:
        self.has_written = True
        self._acts.done(written.events)
        self._touched(self.history.take(written.events, written.path, written.start, written.end))

    @contextmanager
    def one_act(self, foreign: int = 0) -> Iterator[Act]:
        """Whatever is recorded within is one act to `undo`, also after a restart.

        `foreign` is how many events that were made elsewhere it brings: being equal on all machines, they
        cannot bear its name.
        """
        with self.turn:
            act = self._acts.begin(foreign)
            try:
                yield act
            finally:
                self._acts.end(act)

    def undo(self) -> str | None:
        """Takes back the last act that still counts; a sentence that says which, or None.

        First this session's acts, then those that this device had written before it began: what another
        session does meanwhile is that session's to take back. What `mark_all` marked is one act.

        Raises:
            StudytuiError: it could not be written; nothing was changed.
        """
        with self.turn:
            self.refresh()
            return self._take_back(self._acts.last(self.state.undone))

    def take_back(self, act: Act) -> str | None:
        """Takes back one act of this session, whatever came after it; None if it counts no more.

        Raises:
            StudytuiError: it could not be written; nothing was changed.
        """
        with self.turn:
            self.refresh()
            return self._take_back([event for event in act.events if event.id not in self.state.undone])

    def undoable(self, most: int) -> tuple[Act, ...]:
        """The acts that `undo` would take back one after the other, the last first; `most` at most."""
        with self.turn:
            self.refresh()
            return tuple(islice(self._acts.each(self.state.undone), most))

    def redo(self, answer: Callable[[Reviewed], object]) -> str | None:
        """Does again what was taken back last; a sentence that says what, or None if there is nothing.

        An answer is given anew, and counts for today. Once anything else was done, there is nothing any more.

        Args:
            answer: gives an answer anew.

        Raises:
            StudytuiError: it is an import, which cannot be done again so; or it could not be written.
        """
        with self.turn:
            if not self._acts.taken_back:
                return None
            *rest, events = self._acts.taken_back
            if any(event.device == ANKI for event in events):
                raise StudytuiError("an import is done again by importing the file once more.")
            others = [event for event in events if not isinstance(event, Reviewed)]
            with self.one_act():
                if others:
                    self.record_all((event.type, said_by(event)) for event in sorted(others, key=_order))
                for event in events:
                    if isinstance(event, Reviewed):
                        answer(event)
            self._acts.taken_back = rest
            return f"Redone: {told_of(events)}."

    def _take_back(self, events: Sequence[Event]) -> str | None:
        if not events:
            return None
        ids = [event.id for event in events]
        self.record_all(
            [
                ("undo", {"target": first, **({"more": more} if more else {})})
                for first, *more in (ids[at : at + MOST_UNDONE] for at in range(0, len(ids), MOST_UNDONE))
            ]
        )
        self._acts.taken_back.append(list(events))
        return f"Undone: {told_of(events)}."
