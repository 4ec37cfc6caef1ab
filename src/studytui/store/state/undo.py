"""What can be undone, the last first: this session's acts, then what the device wrote before it began."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from studytui.store.journal.events import Event, EventType
from studytui.store.journal.imported_reviews import ANKI, foreign_in, import_batch
from studytui.store.journal.journal import backwards
from studytui.store.locations import Locations
from studytui.store.state.told_acts import UNDOABLE, told_of

_APART = 64
"""Lines of other sessions that may stand between two of one act."""


@dataclass(slots=True)
class Act:
    """What was done at once."""

    events: list[Event] = field(default_factory=list)
    """Those that can be undone."""

    @property
    def at(self) -> datetime:
        """When it was done, UTC."""
        return max(event.at for event in self.events)

    @property
    def told(self) -> str:
        """It in a few words, with how many it touched."""
        return told_of(self.events)


class Acts:
    """The acts of one session, and where the earlier ones are.

    What another session of this device writes meanwhile is not seen here: an undo never takes that back.
    """

    def __init__(self, locations: Locations) -> None:
        self._path = locations.own_journal
        self._end = 0
        if self._path is not None:
            with suppress(OSError):  # whoever reads it says why it cannot be read
                self._end = self._path.stat().st_size
        self._done: list[Act] = []
        self._open: list[Act] = []
        self.taken_back: list[list[Event]] = []
        """The events of the acts that were taken back since anything else was done, the last one last."""
        self._batch = ""

    def begin(self, foreign: int = 0) -> Act:
        """From here on everything is one act, with so many events that were made elsewhere."""
        act = Act()
        self._open.append(act)
        if len(self._open) == 1:
            self._done.append(act)
            self._batch = import_batch(foreign) if foreign else secrets.token_hex(8)
        return act

    def end(self, act: Act) -> None:
        """Up to here."""
        self._open.remove(act)
        if not self._open and not act.events:
            self._done.remove(act)

    def joined(self, said: Iterable[tuple[EventType, Any]]) -> list[tuple[EventType, Any]]:
        """What is to be written, with the name of the act that it is part of."""
        if not self._open:
            return list(said)
        batch = {"batch": self._batch}

        def with_batch(payload: Any) -> Any:
            return (lambda at: {**payload(at), **batch}) if callable(payload) else {**payload, **batch}

        return [(kind, with_batch(payload) if kind in UNDOABLE else payload) for kind, payload in said]

    def done(self, events: Sequence[Event]) -> None:
        """Something was written."""
        events = [event for event in events if event.type in UNDOABLE]
        if not events:
            return
        self.taken_back = []
        if self._open:
            for act in self._open:
                act.events += events
        else:
            self._done.append(Act(events))

    def last(self, undone: Collection[str]) -> list[Event]:
        """The events of the last act that still counts; none if there is no such act."""
        while self._done:
            events = [event for event in self._done[-1].events if event.id not in undone]
            if events:
                return events
            self._done.pop()
        return self._before(undone)

    def each(self, undone: Collection[str]) -> Iterator[Act]:
        """The acts that still count, the last first."""
        for act in reversed(self._done):
            events = [event for event in act.events if event.id not in undone]
            if events:
                yield Act(events)
        told = set(undone)
        while events := self._before(told):
            yield Act(events)
            told.update(event.id for event in events)

    def _before(self, undone: Collection[str]) -> list[Event]:
        if self._path is None:
            return []
        earlier = self._mine()
        last = next((event for event in earlier if event.id not in undone), None)
        if last is None:
            return []
        batch = _batch_of(last)
        run: list[Event] = []
        apart = foreign = 0
        for event in chain((last,), earlier):
            if event.device == ANKI:
                # An act says how many of them are its own; where none does, those that stand together.
                own = batch is None or foreign < foreign_in(batch)
                foreign += own
            else:
                of_event = foreign_in(_batch_of(event) or "") if batch is None else 0
                if of_event and of_event == foreign:
                    batch = _batch_of(event)
                elif 0 < of_event < foreign:  # the act before this one begins here, with the first of them
                    run = run[: foreign - of_event]
                own = event is last or (batch is not None and _batch_of(event) == batch)
            if own:
                run.append(event)
            apart = 0 if own else apart + 1
            if apart and (batch is None or apart >= _APART):
                break
        return [event for event in run if event.id not in undone]

    def _mine(self) -> Iterator[Event]:
        if self._path is None:
            return
        for event in backwards(self._path, end=self._end):
            if event.type in UNDOABLE and event.device in (self._path.stem, ANKI):
                yield event


def _batch_of(event: Event) -> str | None:
    """The name of the act that an event says it belongs to."""
    batch: str | None = getattr(event, "batch", None)
    return batch
