"""Lines of Chinese and English, wrapped by the rules of Chinese, none of its characters cut."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from studytui.tui.widgets.entry_panel import rows_of
from studytui.tui.widgets.entry_text import EntryLine


class WrappedText(Static):
    """As high as its lines are once they are wrapped to its width."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's own name for it)
        super().__init__(id=id, markup=False)
        self._lines: Sequence[EntryLine] = ()
        self._wrapped: tuple[int, list[list[Content]]] | None = None

    @property
    def text(self) -> str:
        """What it says, without styles, a line each."""
        return "\n".join(line.content.plain for line in self._lines)

    def show(self, lines: Sequence[Content | EntryLine]) -> None:
        """Shows these lines; without any it takes no room."""
        self._lines = [line if isinstance(line, EntryLine) else EntryLine(line) for line in lines]
        self._wrapped = None
        self.display = bool(self._lines)
        self.refresh(layout=True)

    def rows(self, width: int) -> list[list[Content]]:
        """The rows of each line at a width in cells."""
        if self._wrapped is None or self._wrapped[0] != width:
            self._wrapped = width, [rows_of([line], max(8, width)) or [Content("")] for line in self._lines]
        return self._wrapped[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One for each row."""
        return sum(map(len, self.rows(width)))

    def render(self) -> Content:
        """All rows."""
        width = self.content_region.width
        return Content("\n").join([row for rows in self.rows(width) for row in rows])
