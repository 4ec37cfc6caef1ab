"""Asks before something is done to many words at once, with their number."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from studytui.tui.screens.dialog import Dialog


class DeedScreen(Dialog[bool]):
    """Answers whether to do it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss(True)", "Do it", key_display="Enter", id="deed.do"),
        Binding("escape,q", "dismiss(False)", "Cancel", key_display="Esc", id="deed.leave"),
    ]
    DEFAULT_CSS = "DeedScreen Static { width: 100%; height: auto; }"

    def __init__(self, question: str) -> None:
        """A question that says what is done, and to how many."""
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """The question."""
        with Vertical() as box:
            box.border_title = "Are you sure?"
            box.border_subtitle = "Enter does it, Esc cancels; u undoes it afterwards"
            yield Static(self._question, markup=False)
