"""What can be undone, the last first: this session's acts, then what the device wrote before it began."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from studytui.store.journal import Event, EventType, backwards
from studytui.store.locations import Locations
from studytui.store.payload import told, understood

UNDOABLE: tuple[EventType, ...] = ("review", "mark", "note", "segment", "optimised")

_APART = 64
"""Lines of other sessions that may stand between two of one act."""


@dataclass(slots=True)
class Act:
    """What was done at once."""

    events: list[Event] = field(default_factory=list)
    """Those that can be undone."""


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
        self._batch = ""

    def begin(self) -> Act:
        """From here on everything is one act."""
        act = Act()
        self._open.append(act)
        if len(self._open) == 1:
            self._done.append(act)
            self._batch = secrets.token_hex(8)
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

    def _before(self, undone: Collection[str]) -> list[Event]:
        if self._path is None:
            return []
        earlier = self._mine()
        last = next((event for event in earlier if event.id not in undone and understood(event)), None)
        if last is None:
            return []
        batch = last.payload.get("batch")
        act = [last]
        apart = 0
        while batch is not None and apart < _APART and (event := next(earlier, None)) is not None:
            if event.payload.get("batch") != batch:
                apart += 1
            elif event.id not in undone:
                act.append(event)
                apart = 0
        return act

    def _mine(self) -> Iterator[Event]:
        if self._path is None:
            return
        for event in backwards(self._path, end=self._end):
            if event.type in UNDOABLE and event.device == self._path.stem:
                yield event


def told_of(events: Sequence[Event]) -> str:
    """An act in a few words: an answer is told, not the note that was made for it."""
    if len(events) > 1 and all(event.type == "mark" for event in events):
        return f"marking {len(events):,} words"
    for kind in UNDOABLE:
        of_kind = [event for event in events if event.type == kind]
        if of_kind:
            cards = [event for event in of_kind if kind == "note" and event.payload["act"] != "put"]
            return told((cards or of_kind)[-1])
    raise AssertionError
