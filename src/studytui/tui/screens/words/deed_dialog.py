"""Asks before something is done to many words at once, with their number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from studytui.tui.screens.dialog import Dialog

_NAMED = 12
"""Words that are named; of the others it is said how many they are."""


class DeedScreen(Dialog[bool]):
    """Answers whether to do it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss(True)", "Do it", key_display="Enter", id="deed.do"),
        Binding("escape,q", "dismiss(False)", "Cancel", key_display="Esc", id="deed.leave"),
    ]
    DEFAULT_CSS = "DeedScreen Static { width: 100%; height: auto; }"

    def __init__(self, question: str, words: Sequence[str]) -> None:
        """A question that says what is done and to how many, and the words that it is done to."""
        super().__init__()
        self._question = question
        self._words = words

    def compose(self) -> ComposeResult:
        """The question with its numbers, and the words, as many as a few lines hold."""
        named = ", ".join(self._words[:_NAMED])
        if (more := len(self._words) - _NAMED) > 0:
            named += f" … and {more:,} more"
        with Vertical() as box:
            box.border_title = f"{len(self._words):,} words"
            box.border_subtitle = "Enter does it, Esc cancels; u undoes it"
            asked = Content(self._question).highlight_regex(r"\d[\d,]*", style="bold $text-warning")
            yield Static(Content.assemble(asked, "\n\n", Content.styled(named, "dim")), markup=False)
