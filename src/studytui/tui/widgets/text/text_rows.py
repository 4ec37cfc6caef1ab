"""Paragraphs as rows of cells, laid out where they are looked at: the cost does not grow with the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rich.cells import cell_len, get_character_cell_size

from studytui.text.layout import (
    Above,
    DisplayLine,
    break_lines,
    cells_of,
    column_of,
    inside,
    line_of,
    offset_at,
)
from studytui.tui.terminal.changed_cells import is_ambiguous

if TYPE_CHECKING:
    from studytui.text.document import Paragraph
    from studytui.text.token import Word

INDENT = 4
"""Cells before a paragraph's first line: two full-width characters, as Chinese books have it."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in the document."""

    paragraph: int
    """Index of the paragraph."""
    offset: int
    """Character of the paragraph."""


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """A row of the laid out text."""

    paragraph: int
    """Index of the paragraph."""
    line: int
    """Index of its display line; -1 for the blank row above a paragraph."""
    base: bool = True
    """Whether it holds the text; False for the row of readings above it."""


@dataclass(slots=True)
class _Laid:
    """A paragraph that was laid out."""

    cells: tuple[int, ...]
    lines: tuple[DisplayLine, ...]
    over: dict[int, str]
    """What stands over the word that begins at a character."""
    starts: list[int]
    """Those characters, in order."""


class TextRows:
    """The text as rows of a given width."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self.words: list[tuple[Word, ...] | None] = [None] * len(paragraphs)
        self.width = 80
        """Cells in a row."""
        self.wide = False
        """Whether quotation marks, dashes and ellipses take two cells here."""
        self.spaced = False
        """Whether an empty line stands between lines."""
        self.over: Callable[[Word], str] | None = None
        """What stands over a word; an empty text for nothing."""
        self.written: Callable[[str, Sequence[Word]], str] | None = None
        """How a paragraph with its words, as far as they are known, is written; None as it came."""
        self._starts: dict[int, list[int]] = {}
        self._laid: dict[int, _Laid] = {}
        self._texts: dict[int, str] = {}

    def forget(self) -> None:
        """Lays everything out anew: its width, its script or what stands over it has changed."""
        self._laid = {}
        self._texts = {}

    def set_words(self, index: int, words: tuple[Word, ...]) -> None:
        """Takes the words of a paragraph."""
        self.words[index] = words
        self._starts[index] = [word.token.start for word in words]
        self._texts.pop(index, None)
        if self.over is not None:
            self._laid.pop(index, None)

    def index_of(self, paragraph: int, offset: int) -> int:
        """The index of the word that holds a character of a paragraph whose words are known."""
        return max(0, bisect_right(self._starts[paragraph], offset) - 1)

    def word_at(self, place: Place) -> Word | None:
        """The word at a place, or None where the words are not known yet."""
        words = self.words[place.paragraph] if place.paragraph < len(self.words) else None
        return words[self.index_of(place.paragraph, place.offset)] if words else None

    def stops(self, paragraph: int) -> list[Word]:
        """The words a cursor stops at."""
        return [word for word in self.words[paragraph] or () if word.token.kind != "punctuation"]

    def text(self, paragraph: int) -> str:
        """A paragraph's text as it is shown: the same characters at the same places."""
        if self.written is None:
            return self.paragraphs[paragraph].text
        text = self._texts.get(paragraph)
        if text is None:
            text = self._texts[paragraph] = self.written(
                self.paragraphs[paragraph].text, self.words[paragraph] or ()
            )
        return text

    def cell_width(self, character: str) -> int:
        """Cells of a character on this terminal."""
        cells = get_character_cell_size(character)
        return 2 if self.wide and cells == 1 and is_ambiguous(character) else cells

    def _lay(self, paragraph: int) -> _Laid:
        laid = self._laid.get(paragraph)
        if laid is None:
            what = self.paragraphs[paragraph]
            text = self.text(paragraph)
            over: dict[int, str] = {}
            above: list[Above] = []
            if self.over is not None:
                for word in self.words[paragraph] or ():
                    if reading := self.over(word):
                        over[word.token.start] = reading
                        above.append(Above(word.token.start, word.token.end, self.width_of(reading)))
            cells = cells_of(text, self.cell_width, above)
            indent = INDENT if what.kind in ("paragraph", "dialogue") else 0
            lines = break_lines(text, self.width, cells, indent, inside(above))
            laid = self._laid[paragraph] = _Laid(cells, lines, over, sorted(over))
        return laid

    def width_of(self, text: str) -> int:
        """Cells of what stands over a word."""
        return cell_len(self.roomy(text))

    def roomy(self, text: str) -> str:
        """A text with a blank after each character that this terminal draws wider than it is counted."""
        if not self.wide:
            return text
        return "".join(
            character + " " * (self.cell_width(character) - get_character_cell_size(character))
            for character in text
        )

    # -- rows ---------------------------------------------------------------------------------------------

    def lines(self, paragraph: int) -> tuple[DisplayLine, ...]:
        """A paragraph's display lines."""
        return self._lay(paragraph).lines

    def line(self, row: Row) -> DisplayLine:
        """The display line of a row that is not blank."""
        return self.lines(row.paragraph)[row.line]

    def readings(self, row: Row) -> list[tuple[int, str]]:
        """What stands over a line: the column in which it begins, and it."""
        laid, line = self._lay(row.paragraph), self.line(row)
        first = bisect_right(laid.starts, line.start - 1)
        found: list[tuple[int, str]] = []
        for start in laid.starts[first:]:
            if start >= line.end:
                break
            found.append((column_of(line, start, laid.cells), laid.over[start]))
        return found

    def _is_read(self, paragraph: int, line: int) -> bool:
        """Whether a row of readings stands over the line, or an empty one."""
        laid = self._lay(paragraph)
        if self.spaced and (line > 0 or (paragraph > 0 and not self._has_blank_above(paragraph))):
            return True
        if not laid.starts:
            return False
        first = bisect_right(laid.starts, laid.lines[line].start - 1)
        return first < len(laid.starts) and laid.starts[first] < laid.lines[line].end

    def head(self, paragraph: int, line: int) -> Row:
        """The first of a line's rows."""
        return Row(paragraph, line, not self._is_read(paragraph, line))

    def _has_blank_above(self, paragraph: int) -> bool:
        if paragraph == 0:
            return False
        kinds = (self.paragraphs[paragraph - 1].kind, self.paragraphs[paragraph].kind)
        if kinds == ("verse", "verse"):
            gap = self._gap(paragraph)
            return gap is None or gap > self._closest
        return kinds[0] != kinds[1] or kinds[0] in ("code", "table")

    def _gap(self, paragraph: int) -> int | None:
        """How far in the file a line of verse is from the one before; None if either is a whole stanza."""
        before, here = self.paragraphs[paragraph - 1], self.paragraphs[paragraph]
        if before.kind != "verse" or here.kind != "verse" or "\n" in before.text + here.text:
            return None
        return here.origin[0] - before.origin[-1]

    @cached_property
    def _closest(self) -> int:
        """How near lines of verse stand to each other: those further apart have an empty line between."""
        gaps = map(self._gap, range(1, len(self.paragraphs)))
        return min((gap for gap in gaps if gap is not None), default=0)

    def next_row(self, row: Row) -> Row | None:
        """The row below; None at the text's end."""
        if not row.base:
            return Row(row.paragraph, row.line)
        if row.line + 1 < len(self.lines(row.paragraph)):
            return self.head(row.paragraph, row.line + 1)
        following = row.paragraph + 1
        if following >= len(self.paragraphs):
            return None
        return Row(following, -1) if self._has_blank_above(following) else self.head(following, 0)

    def previous_row(self, row: Row) -> Row | None:
        """The row above; None at the text's beginning."""
        if row.line >= 0 and row.base and self._is_read(row.paragraph, row.line):
            return Row(row.paragraph, row.line, base=False)
        if row.line > 0:
            return Row(row.paragraph, row.line - 1)
        if row.line == 0 and self._has_blank_above(row.paragraph):
            return Row(row.paragraph, -1)
        if row.paragraph == 0:
            return None
        return Row(row.paragraph - 1, len(self.lines(row.paragraph - 1)) - 1)

    def row_of(self, place: Place) -> Row:
        """The row that holds a place."""
        return Row(place.paragraph, line_of(self.lines(place.paragraph), place.offset))

    def rows_from(self, top: Row, height: int) -> list[Row | None]:
        """The rows of a screen, None below the text's end."""
        rows: list[Row | None] = []
        row: Row | None = top if self.paragraphs else None
        for _ in range(height):
            rows.append(row)
            row = self.next_row(row) if row is not None else None
        return rows

    def column(self, row: Row, offset: int) -> int:
        """The cell of a row in which a character begins."""
        return column_of(self.line(row), offset, self._lay(row.paragraph).cells)

    def offset(self, row: Row, column: int) -> int:
        """The character drawn at a cell of a row."""
        return offset_at(self.line(row), column, self._lay(row.paragraph).cells)

    def drawn(self, paragraph: int, start: int, end: int) -> str:
        """A stretch of a line as it is drawn, with the room that was made in it."""
        text = self.text(paragraph)[start:end]
        if self.over is None and not self.wide:
            return text.replace("\n", "").replace("\t", " ")
        cells = self._lay(paragraph).cells
        pieces: list[str] = []
        for at, character in enumerate(text, start):
            if character == "\n":
                continue
            shown = " " if character == "\t" else character
            pieces.append(shown + " " * (cells[at] - get_character_cell_size(shown)))
        return "".join(pieces)
