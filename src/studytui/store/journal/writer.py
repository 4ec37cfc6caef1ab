"""Writes this device's events: names it, waits for its turn, gives each event its id and time."""

from __future__ import annotations

import re
import secrets
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from studytui.errors import StudytuiError
from studytui.store.files import failure, make_private, write_whole
from studytui.store.journal import machine
from studytui.store.journal.event_ids import YEARS, new_id
from studytui.store.journal.event_lines import encode
from studytui.store.journal.events import Event, EventType, new_event
from studytui.store.journal.journal import Appender, backwards
from studytui.store.journal.second_copy import SecondCopy
from studytui.store.locations import Locations
from studytui.store.lock import locked
from studytui.wording import many

_PATIENCE = 10.0
"""Seconds to wait for another session; an append takes milliseconds."""

_OTHERS = re.compile("[^a-z0-9]+")

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
        self.warnings: list[str] = []
        """Sentences for the learner: what was put back, and that this machine has a new name."""
        self._copy = SecondCopy(locations)
        self._is_known = False
        """Whether this machine was found to be the one that its name belongs to."""

    def require_home(self) -> None:
        """Refuses to write where everything that was there is gone: see `SecondCopy.require_home`.

        Raises:
            StudytuiError: the data folder is gone, or empty, though this machine has written there.
        """
        self._copy.require_home()

    def restore(self) -> None:
        """Puts back what this machine wrote and a journal has lost; what hinders it is a warning.

        Raises:
            StudytuiError: the data folder is gone altogether.
        """
        self.require_home()
        try:
            if self._copy.lacks():
                with self.turn():
                    pass
        except StudytuiError as error:
            self._warn(f"what this machine wrote is not all in {self.locations.journal} any more: {error}")

    @contextmanager
    def turn(self, *, closely: bool = False) -> Iterator[Path]:
        """Holds the lock between this machine's processes, and names the journal that may be written.

        What the journal has lost of this machine's lines is put back first; `closely` compares every line.

        Raises:
            StudytuiError: the lock is held too long, or cannot be made; the data folder is gone; what was
                lost cannot be put back.
        """
        make_private(self.locations.state)
        with ExitStack() as stack:
            try:
                stack.enter_context(locked(self.locations.lock, _PATIENCE))
            except TimeoutError:
                raise StudytuiError(
                    f"another studytui has been writing for {_PATIENCE:.0f} seconds: close it and try again"
                ) from None
            except OSError as error:
                raise failure("lock", self.locations.lock, error) from error
            yield self._own_journal(closely)

    def _own_journal(self, closely: bool) -> Path:
        self.require_home()
        if self.locations.own_journal is None:
            self.rename()
        elif not self._is_known and machine.is_copy(self.locations):
            self._warn(f"this is a copy of another machine; in the journal it is {self.rename()} from now on")
        self._is_known = True
        path = self.locations.own_journal
        if path is None:
            raise StudytuiError(f"cannot read {self.locations.device}: make it yours to read")
        for done in self._copy.mend(path, closely=closely):
            were = "was" if done.lines == 1 else "were"
            lines = many(done.lines, "line")
            self._warn(
                f"{lines} of this machine {were} lost from {done.path} and {were} put back: "
                "to copy between machines, use `studytui sync FOLDER`"
            )
            if done.parted:
                # A copied machine: from here on each of the two has a file of its own.
                name = self.rename()
                self._warn(f"another machine writes under this one's name; from now on this one is {name}")
                path = self.locations.journal / f"{name}.jsonl"
        return path

    def _warn(self, sentence: str) -> None:
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def rename(self) -> str:
        """Gives this machine a new name in the journal, and with it a new file; the caller has the turn.

        Raises:
            StudytuiError: it cannot be written.
        """
        name = _device_name()
        write_whole(self.locations.device, f"{name}\n".encode())
        machine.remember(self.locations)
        return name

    def write(
        self,
        said: Iterable[tuple[EventType, Mapping[str, Any] | Callable[[datetime], Mapping[str, Any]]]],
        horizon: str | None,
    ) -> Written:
        """Appends events, all or none, and returns when they are on disk.

        Args:
            said: their types and payloads; a payload that depends on the time is given as a function of it.
            horizon: the id of the last event known.

        Raises:
            StudytuiError: they could not be written, or no journal would take them; nothing was changed.
        """
        with self.turn() as path:
            # Another session may have written since: what it wrote comes before this, too.
            last = next(backwards(path, block=1 << 12), None)
            if last is not None and (horizon is None or last.id > horizon):
                horizon = last.id
            before = None if last is None else last.at
            events: list[Event] = []
            for kind, payload in said:
                before = at = self._now(before, apart=kind == "review")
                horizon = new_id(at, secrets.token_bytes(10), horizon)
                body = payload(at) if callable(payload) else payload
                try:
                    events.append(new_event(horizon, at, path.stem, kind, body))
                except ValueError as error:
                    raise StudytuiError(f"this cannot be kept in the journal: {error}") from None
            start, end = self.append_lines(path, b"".join(map(encode, events)))
            return Written(tuple(events), path, start, end)

    def append(self, events: Sequence[Event]) -> Written:
        """Appends events that have their ids and times already, all or none.

        Raises:
            StudytuiError: they could not be written; nothing was changed.
        """
        with self.turn() as path:
            start, end = self.append_lines(path, b"".join(map(encode, events)))
            return Written(tuple(events), path, start, end)

    def append_lines(self, path: Path, lines: bytes, *, rest: bool = False) -> tuple[int, int]:
        """Appends to the own journal and to its second copy, all or none; the caller has the turn.

        Args:
            path: the own journal.
            lines: see `Appender.append_lines`, as for `rest`.

        Returns:
            Where the new lines begin and end in the journal, in bytes.

        Raises:
            StudytuiError: they could not be written; nothing was changed.
        """
        start, end = Appender(path).append_lines(lines, rest)
        try:
            self._copy.follow(path)
        except StudytuiError:
            Appender(path).take_back(start)
            raise
        return start, end

    def rewrite(self, path: Path, content: bytes) -> None:
        """Gives the own journal another content, and its second copy too; the caller has the turn.

        Raises:
            StudytuiError: it cannot be written.
        """
        self._copy.rewrite(path, content)

    def _now(self, before: datetime | None, *, apart: bool) -> datetime:
        """The time, to the millisecond; not earlier than `before` unless the clock was put back.

        Later than that if they are to be `apart`: no two answers have one time. Nothing else waits for the
        clock, or many acts at once would run ahead of it.
        """
        now = self.clock().astimezone(UTC)
        if now.year not in YEARS:
            raise StudytuiError(f"this computer's clock says {now:%Y-%m-%d}: set it right and try again")
        at = now.replace(microsecond=now.microsecond // 1000 * 1000)
        if before is not None and timedelta(0) <= before - at <= _BACKWARDS:
            at = before + timedelta(milliseconds=apart)
        return at


def _device_name() -> str:
    """`laptop-3fa9c1`: readable, and different even for machines of one name."""
    host = _OTHERS.sub("-", socket.gethostname().split(".")[0].lower()).strip("-")[:32]
    return f"{host or 'machine'}-{secrets.token_hex(3)}"
