"""The fold of whole journals, which holds the events of some cards at a time instead of all."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path

from studytui.store.journal import journal
from studytui.store.journal.card_lines import CardLines
from studytui.store.journal.events import Event
from studytui.store.state.fold import State, fold, fold_groups


class JournalFold:
    """Takes in journals, stretch by stretch, and comes to the state of `fold` of all their events."""

    def __init__(self) -> None:
        self._cards = CardLines()
        self._others: list[Event] = []
        self._ids = array("q")
        self._ends: dict[Path, int] = {}

    def take(self, path: Path, reading: journal.Reading) -> None:
        """Takes in a stretch of a journal; of each journal they follow one another from its beginning."""
        self._others += self._cards.take(path, reading)
        self._ids.extend([hash(event.id) for event in reading.events])
        self._ends[path] = reading.end

    def state(self) -> State:
        """What was taken in, folded. To be asked for once.

        Raises:
            StudytuiError: a journal cannot be read any more.
        """
        ids = len(set(self._ids))
        doubled, self._ids = ids < len(self._ids), array("q")
        # One id with two contents can only be settled with all events side by side.
        if doubled and ids != len({hash(event) for event in self._events()}):
            return fold(self._events())
        return fold_groups(self._others, self._cards.groups())

    def _events(self) -> Iterator[Event]:
        for path, end in self._ends.items():
            for reading in journal.stretches(path, 0, end):
                yield from reading.events
