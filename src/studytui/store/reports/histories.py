"""What the journals tell of each card and word, in groups: of a million answers some are held at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from studytui.store.journal import journal
from studytui.store.journal.card_lines import CardLines
from studytui.store.journal.events import Event, Marked, NoteChanged, Reviewed
from studytui.store.locations import Locations
from studytui.store.state.fold import State


class Histories:
    """The answers and marks of all devices that count, each once."""

    def __init__(self, locations: Locations, state: State) -> None:
        """Reads the journals.

        Raises:
            StudytuiError: a journal cannot be read.
        """
        self._state = state
        self._lines = CardLines()
        marks: list[Event] = []
        for path in journal.files(locations.journal):
            for reading in journal.stretches(path):
                marks += (event for event in self._lines.take(path, reading) if isinstance(event, Marked))
        self.put_off: set[str] = set()
        """Ids of the answers, of the groups so far, before which the card was given another day."""
        self.forgotten: dict[str, datetime] = {}
        """When the cards of the groups so far were last made new again (UTC), by card id."""
        self.marks: defaultdict[str, list[Marked]] = defaultdict(list)
        """Headword -> what was said of it, in order."""
        for event in self._counted(marks):
            if isinstance(event, Marked):
                self.marks[event.headword].append(event)

    def groups(self) -> Iterator[dict[str, list[Reviewed]]]:
        """Card id -> its answers, in order; the cards of one headword in one group. To be gone through once.

        Of a card that was forgotten they are those that came after.

        Raises:
            StudytuiError: a journal cannot be read.
        """
        for events in self._lines.groups():
            answers: defaultdict[str, dict[datetime, Reviewed]] = defaultdict(dict)
            moved: set[str] = set()
            for event in self._counted(events):
                if isinstance(event, Reviewed) and event.card not in self._state.refused:
                    answers[event.card].setdefault(event.at, event)  # not twice in one millisecond
                    if event.card in moved:
                        moved.remove(event.card)
                        self.put_off.add(event.id)
                elif isinstance(event, NoteChanged) and event.card is not None:
                    if event.act == "forget":
                        answers.pop(event.card, None)
                        moved.discard(event.card)
                        self.forgotten[event.card] = event.at
                    elif event.act == "due" and event.card in answers:
                        moved.add(event.card)
            events.clear()
            yield {card: list(history.values()) for card, history in answers.items()}

    def _counted(self, events: Iterable[Event]) -> Iterator[Event]:
        """In order, each once, with the times that they count at; without those that do not."""
        state = self._state
        for event in sorted({event.id: event for event in events}.values(), key=lambda event: event.id):
            if event.id not in state.undone:
                yield state.dated(event)
