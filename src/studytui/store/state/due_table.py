"""What each note's cards wait for, in plain numbers beside the state: a queue is made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from studytui.store.gc_pause import no_cycles
from studytui.store.journal.events import Subjects, note_of
from studytui.study.notes.card import TEMPLATES
from studytui.study.scheduling.due_days import Waits, all_waits, waits

if TYPE_CHECKING:
    from studytui.store.state.fold import State


class WaitTable:
    """The `Waits` of all notes. The snapshot keeps them; after that they are set right."""

    def __init__(self, rows: dict[str, Waits] | None = None) -> None:
        self._rows = rows

    @no_cycles()
    def rows(self, state: State) -> Mapping[str, Waits]:
        """By note id; made now if they are not there. `state` is the one that `touched` was told of."""
        if self._rows is None:
            notes = {name: record.note for name, record in state.notes.items()}
            self._rows = all_waits(notes, state.memories)
        return self._rows

    def touched(self, subjects: Subjects, state: State) -> None:
        """Something has happened to these."""
        if self._rows is None:
            return
        for about in subjects:
            if (note := note_of(about)) is None:
                continue
            record = state.notes.get(note)
            if record is None:
                self._rows.pop(note, None)
            else:
                self._rows[note] = waits(record.note, state.memories)


def to_columns(rows: Mapping[str, Waits]) -> list[list[int]]:
    """A list for each template, in the order of the notes' ids."""
    return list(map(list, zip(*(rows[name] for name in sorted(rows)), strict=True)))


@no_cycles()
def from_columns(columns: Sequence[Sequence[int]], names: Sequence[str]) -> dict[str, Waits] | None:
    """Back again; None if they are not of these notes."""
    if len(columns) != len(TEMPLATES) or any(len(column) != len(names) for column in columns):
        return None
    one, two, three, four = columns
    return dict(zip(names, zip(one, two, three, four, strict=True), strict=True))
