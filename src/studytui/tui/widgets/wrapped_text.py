"""Lines of Chinese and English, wrapped by the rules of Chinese, none of its characters cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import get_character_cell_size
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from studytui.text.layout import break_lines, cells_of


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A line of an entry before it is wrapped."""

    content: Content
    hang: int = 0
    """Cells by which its further rows are set in."""


def rows_of(lines: Sequence[EntryLine], width: int) -> list[Content]:
    """The lines, wrapped to a width in cells by the rules of Chinese; no double-width character is cut."""
    rows: list[Content] = []
    for line in lines:
        text = line.content.plain
        # All but the first row are set in: the break falls as if they were that much shorter.
        hang = line.hang if width > line.hang + 12 else 0
        cells = cells_of(text, get_character_cell_size)
        first = next(iter(break_lines(text, width, cells)))
        rows.append(line.content[first.start : first.end].rstrip())
        rest = line.content[first.end :]
        if not rest.plain.strip():
            continue
        for further in break_lines(rest.plain, width - hang, cells[first.end :]):
            piece = rest[further.start : further.end].rstrip()
            rows.append(Content.assemble(" " * hang, piece) if hang else piece)
    return rows


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
