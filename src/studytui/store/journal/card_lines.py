"""Where in the journals the lines are that speak of cards, so that a few cards at a time can be replayed.

Almost all lines are answers, and a million of them take a gigabyte as events. Where one stands takes 8 bytes;
to read and decode it a second time takes about as long as to keep it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from studytui.store.journal import journal
from studytui.store.journal.events import Event, NoteChanged, Reviewed

_GROUPS = 16
"""A million answers in 16 groups take 60 MB at a time; a group more takes longer to find its lines."""

_FILE = 40
"""Bits of a number that say where a line begins; those above them are the file's number."""

_START = (1 << _FILE) - 1


def card_of(event: Event) -> str | None:
    """The card that an event speaks of; None if it is about something else."""
    if type(event) is Reviewed:  # almost all are
        return event.card
    return event.card if isinstance(event, NoteChanged) else None


class CardLines:
    """The lines of journals that speak of cards, in groups. The cards of one headword are in one group."""

    def __init__(self) -> None:
        self._files: list[Path] = []
        self._groups = [array("Q") for _ in range(_GROUPS)]

    def take(self, path: Path, reading: journal.Reading) -> list[Event]:
        """Remembers those of a stretch of a file; gives back the events that speak of something else."""
        if path not in self._files:
            self._files.append(path)
        file = self._files.index(path) << _FILE
        others: list[Event] = []
        groups = self._groups
        for event, start in zip(reading.events, reading.starts, strict=True):
            card = card_of(event)
            if card is None:
                others.append(event)
            else:
                # Any hash will do: what is in which group changes nothing.
                groups[hash(card.partition("/")[0]) % _GROUPS].append(file | start)
        return others

    def groups(self) -> Iterator[list[Event]]:
        """The events of each group, in no order, doubled where they stand twice. To be gone through once.

        Raises:
            StudytuiError: a journal cannot be read.
        """
        while self._groups:
            yield list(self._events(self._groups.pop()))

    def _events(self, places: array[int]) -> Iterator[Event]:
        for file, of_file in groupby(places, lambda place: place >> _FILE):
            starts = (place & _START for place in of_file)
            yield from filter(card_of, journal.lines_at(self._files[file], starts))
