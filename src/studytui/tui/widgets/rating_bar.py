"""The four ratings at the foot of a question, always in view."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from studytui.wording import span

if TYPE_CHECKING:
    from studytui.study.notes.review import Rating

_SHORT = ((" months", " mo"), (" years", " y"), (" days", " d"), (" day", " d"))
"""Where a column is narrow."""
_WIDEST = 16
"""Cells of a column: the four are as wide as what is asked above them."""


class RatingBar(Static):
    """A rating a column, its wait below; a click takes it."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    RatingBar { height: 3; padding: 0 1; border-top: solid $panel; }
    """

    class Taken(Message):
        """A rating was clicked."""

        def __init__(self, rating: Rating) -> None:
            super().__init__()
            self.rating = rating

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's own name for it)
        super().__init__("", id=id, markup=False)
        self._waits: Mapping[Rating, timedelta] = {}
        self._proposed: Rating | None = None

    def offer(self, waits: Mapping[Rating, timedelta], proposed: Rating | None) -> None:
        """Shows how long until the card would come back, by rating, and marks the proposed one."""
        self._waits, self._proposed = waits, proposed
        self.display = bool(waits)
        self.refresh()

    @property
    def text(self) -> str:
        """What it says, without styles."""
        return " ".join(
            f"{rating.value} {rating.name.capitalize()} {span(wait.total_seconds())}"
            for rating, wait in self._waits.items()
        )

    def _left(self) -> int:
        """Cells before the first column: the four stand in the middle."""
        return max(0, (self.content_region.width - self._column() * len(self._waits)) // 2)

    def _column(self) -> int:
        """Cells of a column."""
        return max(1, min(_WIDEST, self.content_region.width // max(1, len(self._waits))))

    def render(self) -> Content:
        """Two rows: the rating, and when the card comes back."""
        column = self._column()
        names = [Content(" " * self._left())]
        waits = [Content(" " * self._left())]
        for rating, wait in self._waits.items():
            told = span(wait.total_seconds())
            for long, short in _SHORT if cell_len(told) > column - 2 else ():
                told = told.replace(long, short)
            style = "reverse bold" if rating == self._proposed else ""
            name = f"{rating.value} {rating.name.capitalize()}"
            for row, cell in ((names, name), (waits, told)):
                row.append(Content.styled(f" {cell} ".ljust(column - 1)[: column - 1], style))
                row.append(Content(" "))
        return Content("\n").join([Content.assemble(*names), Content.assemble(*waits)])

    def on_click(self, event: events.Click) -> None:
        """A click on a rating takes it."""
        at = event.get_content_offset(self)
        if at is None or not self._waits:
            return
        index = (at.x - self._left()) // self._column()
        if 0 <= index < len(self._waits):
            self.post_message(self.Taken(list(self._waits)[index]))
