"""Lists what can be undone, and undoes one act of it."""

from __future__ import annotations

from collections.abc import Callable

from studytui.tui.host import Host
from studytui.tui.screens.choice_dialog import ChoiceScreen

LISTED = 30
"""Acts that are listed."""


def choose_undo(host: Host, changed: Callable[[], None]) -> None:
    """Lists what can be undone, the last first; the chosen act is taken back, and `changed` called."""
    changes = host.collection.changes
    acts = changes.undoable(LISTED)
    if not acts:
        host.say("There is nothing to undo.")
        return

    def chosen(number: int | None) -> None:
        if number is None:
            return
        with host.telling():
            told = changes.take_back(acts[number])
            changed()
            host.say(told or "That counts no more.")

    rows = [f"{act.at.astimezone():%d %b %H:%M}  {act.told}" for act in acts]
    host.push_screen(ChoiceScreen("What can be undone", rows, keys="Enter undoes it, Esc cancels"), chosen)
