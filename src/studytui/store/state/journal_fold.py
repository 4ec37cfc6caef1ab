"""The fold of whole journals, which holds the events of some cards at a time instead of all."""

from __future__ import annotations

from array import array
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
        self._ids, self._contents = array("q"), array("q")
        self._ends: dict[Path, int] = {}

    def take(self, path: Path, reading: journal.Reading) -> None:
        """Takes in a stretch of a journal; of each journal they follow one another from its beginning."""
        self._others += self._cards.take(path, reading)
        self._ids.extend([hash(event.id) for event in reading.events])
        self._contents.extend(map(hash, reading.events))
        self._ends[path] = reading.end

    def state(self) -> State:
        """What was taken in, folded. To be asked for once.

        Raises:
            StudytuiError: a journal cannot be read any more.
        """
        ids = len(set(self._ids))
        # Each event once, or each time the same; one id with two contents is settled with all side by side.
        if ids == len(self._ids) or ids == len(set(self._contents)):
            self._ids, self._contents = array("q"), array("q")
            return fold_groups(self._others, self._cards.groups())
        return fold(event for path, end in self._ends.items() for event in journal.read(path, 0, end).events)
