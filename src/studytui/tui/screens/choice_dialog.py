"""A question with a few answers, one a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from studytui.tui.screens.dialog import Dialog
from studytui.tui.widgets.row_list import RowList


class ChoiceScreen(Dialog[int | None]):
    """Returns the number of the answer, from 0; None if the learner leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Cancel", id="choice.leave"),
    ]
    DEFAULT_CSS = """
    ChoiceScreen RowList { margin: 1 0; }
    ChoiceScreen Static { height: auto; color: $text-muted; }
    """

    def __init__(
        self,
        title: str,
        rows: Sequence[str | Content],
        *,
        chosen: int = 0,
        keys: str = "Enter chooses it, Esc cancels",
        told: str = "",
        on_row: Callable[[int], None] | None = None,
    ) -> None:
        """A question.

        Args:
            title: what is asked.
            rows: the answers.
            chosen: the one that the cursor stands on at first.
            keys: what the keys do.
            told: what there is to know about it, below the answers.
            on_row: called with the number of the answer that the cursor comes to.
        """
        super().__init__()
        self._title = title
        self._rows = rows
        self._chosen_first = chosen
        self._keys_told = keys
        self._told = told
        self._on_row = on_row

    def compose(self) -> ComposeResult:
        """The answers, and what is told of them."""
        with Vertical() as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content(self._keys_told)
            yield RowList(id="choices")
            if self._told:
                yield Static(self._told, markup=False)

    def on_mount(self) -> None:
        """Lists them."""
        rows = self.query_one("#choices", RowList)
        rows.add_options([Option(row) for row in self._rows])
        rows.highlighted = self._chosen_first

    @on(OptionList.OptionHighlighted)
    def _shown(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self._on_row is not None and self.is_current:
            self._on_row(event.option_index)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_index)
