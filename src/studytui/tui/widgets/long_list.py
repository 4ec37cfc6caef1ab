"""A list of any length: it keeps no row and draws only those that are seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from studytui.tui.widgets.row_list import RowList

Draw = Callable[[int, int], Content]
"""The row with a number, in so many cells."""


class LongList(ScrollView, can_focus=True):
    """Rows of one line each, with a cursor. Who has the rows says how many there are, and draws one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"long-list--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = RowList.BINDINGS
    DEFAULT_CSS = """
    LongList {
        height: 1fr;
        background: transparent;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        & > .long-list--cursor { color: $foreground; background: $block-cursor-blurred-background; }
        &:focus > .long-list--cursor {
            color: $block-cursor-foreground; background: $block-cursor-background;
        }
    }
    LongList:ansi > .long-list--cursor { text-style: reverse; }
    """

    cursor: reactive[int] = reactive(0, repaint=False)
    """The row that keys act on; 0 in an empty list."""

    class Entered(Message):
        """The cursor came to another row, or other rows came under it."""

    class Resized(Message):
        """The rows are drawn in another width from now on."""

    class Chosen(Message):
        """Enter was pressed on a row, or it was clicked twice."""

    def __init__(self, draw: Draw, *, id: str) -> None:  # noqa: A002  (Textual's own name for it)
        super().__init__(id=id)
        self._draw_row = draw
        self._count = 0

    def show(self, count: int, cursor: int = 0) -> None:
        """Shows so many rows, all drawn anew, the cursor on one of them."""
        self._count = count
        self.virtual_size = Size(0, count)
        self.set_reactive(LongList.cursor, max(0, min(cursor, count - 1)))
        self._bring_into_view()
        self.refresh()
        self.post_message(self.Entered())

    def redraw(self) -> None:
        """Draws the rows again: what they say has changed."""
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """Within the list."""
        return max(0, min(cursor, self._count - 1))

    def watch_cursor(self, before: int, after: int) -> None:
        """Draws the two rows again."""
        if not self._bring_into_view():
            for row in (before, after):
                self.refresh(Region(0, row - self.scroll_offset.y, self.size.width, 1))
        self.post_message(self.Entered())

    def _bring_into_view(self) -> bool:
        """Scrolls as far as the cursor needs; whether it did."""
        height = self.scrollable_content_region.height
        top = self.scroll_offset.y
        wanted = min(max(top, self.cursor - height + 1), self.cursor) if height else top
        if wanted == top:
            return False
        self.scroll_to(y=wanted, animate=False, immediate=True)
        self.refresh()
        return True

    def on_resize(self) -> None:
        """Keeps the cursor in view."""
        self._bring_into_view()
        self.post_message(self.Resized())

    def render_line(self, y: int) -> Strip:
        """One row."""
        width = self.scrollable_content_region.width
        number = self.scroll_offset.y + y
        if number >= self._count:
            return Strip.blank(width, self.rich_style)
        here = number == self.cursor
        style = self.get_visual_style("long-list--cursor") if here else self.visual_style
        return Visual.to_strips(self, self._draw_row(number, width), width, 1, style, pad=True)[0]

    def action_cursor_down(self) -> None:
        """Moves the cursor by a row."""
        self.cursor += 1

    def action_cursor_up(self) -> None:
        """Moves the cursor back by a row."""
        self.cursor -= 1

    def action_page_down(self) -> None:
        """Moves by as many rows as are seen."""
        self.cursor += self._page

    def action_page_up(self) -> None:
        """Moves back by as many rows as are seen."""
        self.cursor -= self._page

    @property
    def _page(self) -> int:
        return max(1, self.scrollable_content_region.height - 1)

    def action_first(self) -> None:
        """Moves to the first row."""
        self.cursor = 0

    def action_last(self) -> None:
        """Moves to the last row."""
        self.cursor = self._count - 1

    def action_select(self) -> None:
        """Chooses the row under the cursor."""
        if self._count:
            self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        """Goes to a row; a second click chooses it."""
        row = self.scroll_offset.y + event.y
        if row < self._count:
            self.cursor = row
            if event.chain == 2:
                self.action_select()
