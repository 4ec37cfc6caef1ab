"""Which rows of a text are on the screen: anchored at one of them, so that nothing above it is laid out."""

from __future__ import annotations

from studytui.tui.widgets.text.text_rows import Place, Row, TextRows


class Viewport:
    """The rows from one on, as many as there is room for."""

    def __init__(self, page: TextRows, height: int = 0) -> None:
        """The beginning of a text; in `height` rows."""
        self.page = page
        self.height = height
        """Rows on the screen."""
        self.top = Row(0, 0)
        """The first of them."""
        self._rows: list[Row | None] | None = None

    @property
    def rows(self) -> list[Row | None]:
        """The row at each line of the screen, None below the text's end."""
        if self._rows is None:
            self._rows = self.page.rows_from(self.top, self.height)
        return self._rows

    @property
    def end(self) -> Place | None:
        """One past the last character on the screen; None if there is no text on it."""
        rows = [row for row in self.rows if row is not None and row.line >= 0]
        if not rows:
            return None
        return Place(rows[-1].paragraph, self.page.lines(rows[-1].paragraph)[rows[-1].line].end)

    def place_at(self, x: int, y: int) -> Place | None:
        """The place drawn at a cell, or None where there is no text."""
        row = self.rows[y] if 0 <= y < len(self.rows) else None
        if row is None or row.line < 0:
            return None
        row = Row(row.paragraph, row.line)
        return Place(row.paragraph, self.page.offset(row, x))

    def renew(self) -> None:
        """Some of the text was laid out anew: begins as near as can be to where it began."""
        self._rows = None
        self.top = self._nearest(self.top)

    def lay_out(self, width: int, height: int) -> None:
        """Lays all of it out anew; the first character on the screen stays in the first row."""
        top, page = self.top, self.page
        held = page.line(top).start if page.paragraphs and top.line >= 0 else 0
        page.width, self.height = width, height
        page.forget()
        self._rows = None
        if page.paragraphs:
            self.top = self._nearest(top if top.line < 0 else page.row_of(Place(top.paragraph, held)))

    def _nearest(self, row: Row) -> Row:
        """The row that is where one was before the text was laid out anew."""
        last = len(self.page.lines(row.paragraph)) - 1
        if row.line < 0 or last < 0:
            return row
        return self.page.head(row.paragraph, min(row.line, last))

    def _go_to(self, row: Row) -> bool:
        if row == self.top:
            return False
        self.top, self._rows = row, None
        return True

    def bring_in(self, row: Row) -> bool:
        """Brings a row on the screen, with as little movement as reading needs; whether anything moved."""
        height = max(1, self.height)
        if row in self.rows:
            return False
        if row < self.top:
            return self._go_to(self.page.head(row.paragraph, row.line) if row.line >= 0 else row)
        above = [row]  # the row and those before it, as many as a screen holds
        while len(above) < height and (before := self.page.previous_row(above[-1])) is not None:
            above.append(before)
        # A short step scrolls until the row is the last one; a jump leaves a third of the screen above it.
        last = self.rows[-1]
        near = last is not None and above[-1] <= last
        return self._go_to(above[-1] if near else above[min(height // 3, len(above) - 1)])

    def scroll(self, count: int) -> bool:
        """Scrolls by rows, as far as there are any; whether anything moved."""
        top = self.top
        for _ in range(abs(count)):
            step = self.page.next_row(top) if count > 0 else self.page.previous_row(top)
            if step is None:
                break
            top = step
        return self._go_to(top)
