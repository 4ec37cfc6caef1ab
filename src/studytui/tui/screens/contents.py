"""A text's headings, to go to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import set_cell_size
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from studytui.tui.screens.dialog import Dialog
from studytui.tui.widgets.row_list import RowList

_WIDTH = 56
"""Cells of a heading; a longer one is cut at a whole character."""


class ContentsScreen(Dialog[int | None]):
    """Lists headings; the result is the paragraph of the one that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,H", "dismiss(None)", "Cancel", id="contents.leave"),
    ]

    DEFAULT_CSS = """
    ContentsScreen > Vertical { width: 70; }
    """

    def __init__(self, headings: Sequence[tuple[int, str, float]], here: int) -> None:
        """A choice of headings.

        Args:
            headings: paragraph, text, and how far through the text it stands, 0 to 1.
            here: the paragraph of the cursor.
        """
        super().__init__()
        self._headings = headings
        self._here = here

    def compose(self) -> ComposeResult:
        """A box in the middle."""
        with Vertical() as box:
            box.border_title = "Contents"
            box.border_subtitle = "Enter goes there, Esc cancels"
            yield RowList(id="headings")

    def on_mount(self) -> None:
        """Lists the headings, the cursor on the one that is being read."""
        rows = self.query_one("#headings", RowList)
        rows.add_options([Option(_line(text, share)) for _, text, share in self._headings])
        before = sum(paragraph <= self._here for paragraph, _, _ in self._headings)
        rows.highlighted = max(0, before - 1)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._headings[event.option_index][0])


def _line(text: str, share: float) -> Content:
    return Content.assemble(Content.styled(f"{int(100 * share):>3}%  ", "dim"), set_cell_size(text, _WIDTH))
