"""The frame with the text to go on with, and what comes next in it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from studytui.session.library import LibraryText, TextFigures, next_passage
from studytui.tui.screens.home.panels import Hint, NextText, next_frame, next_lines

if TYPE_CHECKING:
    from studytui.tui.host import Host

_LINES = 7
"""Lines in the frame."""


class NextPanel(Static):
    """Two lines, or a frame on a wide screen; what comes next is found behind the picture."""

    app: Host

    class PassageFound(Message):
        """What comes next in a text."""

        def __init__(self, of: tuple[str, object], passage: str) -> None:
            super().__init__()
            self.of = of
            self.passage = passage

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._shown: tuple[LibraryText, TextFigures | None, Hint, int, bool] | None = None
        """What was shown last."""
        self._passage: tuple[tuple[str, object], str] | None = None
        """Of which text and place, what comes next."""

    def show(
        self, text: LibraryText | None, figures: TextFigures | None, hint: Hint, width: int, *, wide: bool
    ) -> None:
        """Shows a text, in lines of so many cells; `wide` as a frame. None hides the frame."""
        self.display = text is not None
        if text is None:
            return
        self._shown = text, figures, hint, width, wide
        of = (text.key, text.place)
        if self._passage is None or self._passage[0] != of:
            self._passage = of, ""
            self.app.when_drawn(partial(self._find_passage, text))
        self._draw()

    def _draw(self) -> None:
        if self._shown is None:
            return
        text, figures, hint, width, wide = self._shown
        found = NextText(text, figures, self._passage[1] if self._passage is not None else "")
        self.border_title = "Go on reading" if found.begun else "Begin with"
        lines = next_frame(found, hint, width, _LINES) if wide else next_lines(found, hint, width)
        self.update(Content("\n").join(lines))

    @work(thread=True, exclusive=True, group="passage", exit_on_error=False)
    def _find_passage(self, text: LibraryText) -> None:
        passage = next_passage(self.app.workspace, text)
        self.post_message(self.PassageFound((text.key, text.place), passage))

    @on(PassageFound)
    def _take_passage(self, event: PassageFound) -> None:
        if self.is_attached and self._passage is not None and self._passage[0] == event.of:
            self._passage = event.of, event.passage
            self._draw()
