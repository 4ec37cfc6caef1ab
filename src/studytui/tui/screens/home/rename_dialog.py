"""Asks what a text is to be called."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from studytui.store.text_library import LONGEST_TITLE
from studytui.tui.screens.dialog import Dialog


class RenameScreen(Dialog[str | None]):
    """Returns the new title; None if it stays."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", id="rename.leave"),
    ]

    def __init__(self, title: str) -> None:
        """`title` is what it is called now."""
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        """The title, to be changed."""
        with Vertical() as box:
            box.border_title = "Rename"
            box.border_subtitle = "Enter renames, Esc cancels"
            yield Input(self._title, id="rename-title", max_length=LONGEST_TITLE)

    def on_mount(self) -> None:
        """Holds still for pictures."""
        self.query_one("#rename-title", Input).cursor_blink = False

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        title = event.value.strip()
        self.dismiss(title if title and title != self._title else None)
