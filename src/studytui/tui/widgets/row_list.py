"""A list to move through with arrows or vi keys. Rows are the learner's data: never markup."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from studytui.tui.widgets.key_groups import LOOK, MOVE


class RowList(OptionList):
    """An option list whose keys are named for the footer and the help."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "select",
            "Open",
            key_display="Enter",
            id="list.open",
            tooltip="Open or choose what the cursor is on",
            group=LOOK,
        ),
        Binding("j,down", "cursor_down", "Down", show=False, id="list.down", group=MOVE),
        Binding("k,up", "cursor_up", "Up", show=False, id="list.up", group=MOVE),
        Binding("g,home", "first", "First", show=False, id="list.first", group=MOVE),
        Binding("G,end", "last", "Last", show=False, id="list.last", group=MOVE),
        Binding("space,pagedown", "page_down", "Next page", show=False, id="list.next-page", group=MOVE),
        Binding("b,pageup", "page_up", "Previous page", show=False, id="list.previous-page", group=MOVE),
    ]

    DEFAULT_CSS = """
    RowList { height: 1fr; border: none; padding: 0; background: transparent; }
    RowList > .option-list--option { padding: 0 1; }
    RowList:focus { border: none; background-tint: transparent; }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's own name for it)
        super().__init__(id=id, markup=False)
