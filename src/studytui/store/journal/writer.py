"""Writes this device's events: names it, waits for its turn, gives each event its id and time."""

from __future__ import annotations

import re
import secrets
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from studytui.errors import StudytuiError
from studytui.store.files import failure, make_private, write_whole
from studytui.store.journal.journal import Appender, Event, EventType, backwards, new_id
from studytui.store.locations import Locations

_PATIENCE = 10.0
"""Seconds to wait for another session; an append takes milliseconds."""

_BACKWARDS = timedelta(seconds=2)
"""A clock that is at most this far behind the last event is taken to stand still."""


@dataclass(frozen=True, slots=True)
class Written:
    """Events that are on disk."""

    events: tuple[Event, ...]
    path: Path
    start: int
    """Where their lines begin in the file, in bytes."""
    end: int
    """One past the last one's line break."""


class Writer:
    """The hand that writes this device's journal."""

    def __init__(self, locations: Locations, clock: Callable[[], datetime]) -> None:
        self.locations = locations
        self.clock = clock

    @contextmanager
    def turn(self) -> Iterator[Path]:
        """Holds the lock between this machine's processes, and names the journal that may be written.

        Raises:
            StudytuiError: the lock is held too long, or cannot be made.
        """
        from filelock import FileLock, Timeout

        make_private(self.locations.state)
        lock = FileLock(self.locations.lock, timeout=_PATIENCE, mode=0o600)
        try:
            lock.acquire()
        except Timeout:
            raise StudytuiError(
                f"another studytui has been writing for {_PATIENCE:.0f} seconds: close it and try again"
            ) from None
        except OSError as error:
            raise failure("lock", self.locations.lock, error) from error
        try:
            if self.locations.own_journal is None:
                self.rename()
            path = self.locations.own_journal
            if path is None:
                raise StudytuiError(f"cannot read {self.locations.device}: make it yours to read")
            yield path
        finally:
            lock.release()

    def rename(self) -> str:
        """Gives this machine a new name in the journal, and with it a new file; the caller has the turn.

        Raises:
            StudytuiError: it cannot be written.
        """
        name = _device_name()
        write_whole(self.locations.device, f"{name}\n".encode())
        return name

    def write(
        self,
        said: Iterable[tuple[EventType, Mapping[str, Any] | Callable[[datetime], Mapping[str, Any]]]],
        horizon: tuple[datetime, str] | None,
    ) -> Written:
        """Appends events, all or none, and returns when they are on disk.

        Args:
            said: their types and payloads; a payload that depends on the time is given as a function of it.
            horizon: the place of the last event known; see `_BACKWARDS`.

        Raises:
            StudytuiError: they could not be written; nothing was changed.
        """
        with self.turn() as path:
            # Another session may have written since: its time counts too.
            last = next(backwards(path, block=1 << 12), None)
            if last is not None and (horizon is None or last.place > horizon):
                horizon = last.place
            events: list[Event] = []
            for kind, payload in said:
                at, name = self._next(horizon)
                body = payload(at) if callable(payload) else payload
                events.append(Event(name, at, path.stem, kind, body))
                horizon = (at, name)
            start, end = Appender(path).append(events)
            return Written(tuple(events), path, start, end)

    def append(self, events: Sequence[Event]) -> Written:
        """Appends events that have their ids and times already, all or none.

        Raises:
            StudytuiError: they could not be written; nothing was changed.
        """
        with self.turn() as path:
            start, end = Appender(path).append(events)
            return Written(tuple(events), path, start, end)

    def _next(self, horizon: tuple[datetime, str] | None) -> tuple[datetime, str]:
        """A time, to the millisecond, and a name; after `horizon` unless the clock was put back."""
        now = self.clock().astimezone(UTC)
        at = now.replace(microsecond=now.microsecond // 1000 * 1000)
        if horizon is not None and timedelta(0) <= horizon[0] - at <= _BACKWARDS:
            at = horizon[0] + timedelta(milliseconds=1)
        return at, new_id(at, secrets.token_bytes(10))


def _device_name() -> str:
    """`laptop-3fa9c1`: readable, and different even for machines of one name."""
    host = re.sub(r"[^a-z0-9]+", "-", socket.gethostname().split(".")[0].lower()).strip("-")[:32]
    return f"{host or 'machine'}-{secrets.token_hex(3)}"
