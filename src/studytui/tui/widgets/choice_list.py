"""Options to choose by number or with the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message

from studytui.tui.widgets.wrapped_text import EntryLine, WrappedText

_HANG = 5
"""Cells before an option's text: its mark, its number, and room."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option as it is drawn."""

    number: int
    """What chooses it; 0 for a line that is no option."""
    text: str
    style: str = ""
    mark: str = " "
    """Before the number, one cell: what became of it."""


class ChoiceList(WrappedText):
    """One option a line, wrapped under itself."""

    ALLOW_SELECT = False

    class Chosen(Message):
        """An option was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's own name for it)
        super().__init__(id=id)
        self._choices: Sequence[Choice] = ()

    def offer(self, choices: Sequence[Choice]) -> None:
        """Shows these options."""
        self._choices = choices
        self.show(
            [
                EntryLine(
                    Content.assemble(
                        Content.styled(choice.mark, choice.style),
                        Content.styled(f" {choice.number}  ", "$text-muted"),
                        Content.styled(choice.text, choice.style),
                    ),
                    _HANG,
                )
                for choice in choices
            ]
        )

    def on_click(self, event: events.Click) -> None:
        """A click on an option chooses it."""
        at = event.get_content_offset(self)
        if at is None:
            return
        top = 0
        for choice, rows in zip(self._choices, self.rows(self.content_region.width), strict=True):
            if top <= at.y < top + len(rows):
                self.post_message(self.Chosen(choice.number))
                return
            top += len(rows)
