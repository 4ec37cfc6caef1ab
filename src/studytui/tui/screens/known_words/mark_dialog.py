"""Marking many words at once as known: which, and how many they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from studytui.tui.screens.dialog import Dialog
from studytui.tui.widgets.row_list import RowList
from studytui.wording import many


class MarkScreen(Dialog[int | None]):
    """Lists stretches of the text with the number of words to be marked; answers the chosen one's number."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Leave it", id="mark.leave")
    ]

    def __init__(self, stretches: Sequence[tuple[str, int]]) -> None:
        """Each stretch has a name and a number of words."""
        super().__init__()
        self._stretches = stretches

    def compose(self) -> ComposeResult:
        """The stretches."""
        with Vertical() as box:
            box.border_title = "Mark as known what is neither known nor learned in"
            box.border_subtitle = "Enter marks it, Esc leaves it, u afterwards undoes it"
            yield RowList(id="mark-stretches")

    def on_mount(self) -> None:
        """Lists them."""
        rows = self.query_one("#mark-stretches", RowList)
        rows.add_options([Option(f"{name}: {many(count, 'word')}") for name, count in self._stretches])
        rows.highlighted = 0

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_index)
