"""Lines to type into: one of any screen, and the one at the foot for a search or a place."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

Asked = Literal["search", "place"]
_PLACEHOLDERS: dict[Asked, str] = {
    "search": "/ characters, or pinyin without tones: 图书馆, tushuguan",
    "place": ": 40% of the text, or the number of a paragraph",
}


class LineInput(Input):
    """A line of a screen, without a frame; its cursor stands still."""

    DEFAULT_CSS = """
    LineInput { height: 1; border: none; padding: 0 1; background: $panel; }
    LineInput:focus { border: none; }
    """

    def on_mount(self) -> None:
        """Whatever moves on a screen draws the eye."""
        self.cursor_blink = False


class Prompt(LineInput):
    """Hidden until it asks; Enter answers, Esc leaves it."""

    DEFAULT_CSS = """
    Prompt { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Find it", key_display="Enter", id="prompt.answer"),
        Binding("escape", "leave", "Cancel", key_display="Esc", id="prompt.leave"),
    ]

    class Answered(Message):
        """The learner has typed what was asked for."""

        def __init__(self, asked: Asked, text: str) -> None:
            super().__init__()
            self.asked = asked
            self.text = text

    class Left(Message):
        """The learner has typed nothing."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._asked: Asked = "search"

    def ask(self, what: Asked) -> None:
        """Opens."""
        self._asked = what
        self.value = ""
        self.placeholder = _PLACEHOLDERS[what]
        self.display = True
        self.focus()

    def action_leave(self) -> None:
        """Closes without an answer."""
        self.display = False
        self.post_message(self.Left())

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.display = False
        text = event.value.strip()
        self.post_message(self.Answered(self._asked, text) if text else self.Left())
