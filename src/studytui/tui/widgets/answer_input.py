"""Where an answer is typed. While it is empty, some keys are commands, as they are everywhere else."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from studytui.tui.widgets.key_groups import LEARN


class AnswerInput(Input):
    """A field whose empty state lets the screen's own keys through."""

    COMMANDS: ClassVar[frozenset[str]] = frozenset(" -@?")
    """Characters with which no answer begins."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Answer", key_display="Enter", id="quiz.answer", group=LEARN),
        Binding(
            "ctrl+u",
            "undo_or_clear",
            "Undo",
            key_display="Ctrl+U",
            id="quiz.undo-typing",
            group=LEARN,
            tooltip="Undo, while you type",
        ),
        Binding(
            "ctrl+r",
            "redo_or_restore",
            "Redo",
            show=False,
            key_display="Ctrl+R",
            id="quiz.redo-typing",
            group=LEARN,
            tooltip="Put back what Ctrl+U took back",
        ),
    ]

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's own name for it)
        super().__init__(id=id)
        self._cleared = ""

    def begin(self, placeholder: str) -> None:
        """Is empty, for another question."""
        self.value = self._cleared = ""
        self.placeholder = placeholder

    def on_key(self, event: events.Key) -> None:
        """Leaves a command to the screen."""
        if self.lets_through(event.character):
            event.prevent_default()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """What is typed here is no command of the screen, unless it is let through."""
        return not self.lets_through(character) and super().check_consume_key(key, character)

    def lets_through(self, character: str | None) -> bool:
        """Whether a character is a command of the screen now."""
        return not self.value and character is not None and character in self.COMMANDS

    async def action_undo_or_clear(self) -> None:
        """Takes back what is typed; where nothing is, the last rating."""
        if self.value:
            self._cleared, self.value = self.value, ""
        else:
            await self.run_action("screen.undo")

    async def action_redo_or_restore(self) -> None:
        """Puts back what was typed and taken back; where nothing was, does the last step again."""
        if self._cleared and not self.value:
            self.value, self._cleared = self._cleared, ""
            self.cursor_position = len(self.value)
        else:
            await self.run_action("screen.redo")
