"""Cleaned text to display lines: the one place where characters become terminal cells.

Lines break by the rules of Chinese typesetting (kinsoku; a practical subset of UAX #14): no closing mark at
a line's start, no opening mark at its end, runs of Latin letters and digits whole, a dash or an ellipsis of
two characters never parted, and never half of a double-width character.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

CellWidth = Callable[[str], int]
"""Cells that one character takes: 0, 1 or 2. The screen's own function, so that both agree."""
Cells = Sequence[int]
"""The cells of each character of a paragraph, with the room that was made after it."""

NOT_AT_START = frozenset(
    "，。、；：？！…—～·）〕〉》」』】〗｝］’”％‰℃°)]},.;:?!%ー々〻ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
NOT_AT_END = frozenset("（〔〈《「『【〖｛［‘“([{￥＄£¥$#＃")
PAIRS = frozenset({"——", "……", "──", "--", "..", "⋯⋯"})


@dataclass(frozen=True, slots=True)
class DisplayLine:
    """A stretch of a paragraph that stands in one row."""

    start: int
    """First character, counted in characters of the paragraph."""
    end: int
    """One past the last character; a space at the break belongs to the line before it."""
    indent: int
    """Blank cells before the first character."""


@dataclass(frozen=True, slots=True)
class Above:
    """Something that stands over a stretch of a paragraph: the reading of a word."""

    start: int
    """First character, counted in characters of the paragraph."""
    end: int
    """One past the last character."""
    cells: int
    """How wide what stands above is."""


def cells_of(text: str, cell_width: CellWidth, above: Sequence[Above] = ()) -> tuple[int, ...]:
    """The cells of each character, with room so that what stands above never touches its neighbour.

    Args:
        text: the paragraph's cleaned text.
        cell_width: cells of a character.
        above: what stands over it, in order, none overlapping.
    """
    cells = [cell_width(character) for character in text]
    for index, each in enumerate(above):
        # Closing marks follow in the same line and have nothing over them: what stands above hangs over
        # them, and the room comes after them.
        end = each.end
        limit = above[index + 1].start if index + 1 < len(above) else len(text)
        while end < limit and text[end] in NOT_AT_START:
            end += 1
        short = each.cells + 1 - sum(cells[each.start : end])
        if short > 0:
            cells[end - 1] += short
    return tuple(cells)


def inside(above: Sequence[Above]) -> frozenset[int]:
    """The places where a line must not begin, because they are within what has something above it."""
    return frozenset(place for each in above for place in range(each.start + 1, each.end))


def _joins_latin(character: str) -> bool:
    """Whether the character belongs to a run that must stay whole: `Python`, `3.14`, `COVID-19`."""
    return character.isalnum() and unicodedata.east_asian_width(character) not in "WF"


def can_break(before: str, after: str) -> bool:
    """Whether a line may end between two neighbouring characters."""
    if after.isspace():
        return False  # the space hangs on the line's end, where it is not seen
    if before.isspace():
        return True
    if after in NOT_AT_START or before in NOT_AT_END or before + after in PAIRS:
        return False
    if unicodedata.combining(after) or after in "\ufe0e\ufe0f":
        return False
    return (
        not (_joins_latin(before) and _joins_latin(after))
        and not (before in "-'’_.,/@:&+" and _joins_latin(after))
        and not (_joins_latin(before) and after in "-'’_/@&+")
    )


def break_lines(
    text: str, width: int, cells: Cells, first_indent: int = 0, whole: Collection[int] = ()
) -> tuple[DisplayLine, ...]:
    """The display lines of one paragraph.

    Args:
        text: the paragraph's cleaned text. A newline in it (verse, tables, code) ends its line.
        width: cells in a row, at least 2 (less is taken as 2).
        cells: of each character, as `cells_of` has them.
        first_indent: blank cells before the paragraph's first line; given up where the screen is narrow.
        whole: places where no line begins, as `inside` has them, unless a line has no other.

    Returns:
        Lines that cover every character in order. An empty text has one empty line.
    """
    width = max(2, width)
    indent = first_indent if width >= first_indent + 8 else 0
    lines: list[DisplayLine] = []
    start = 0
    used = indent
    opportunity = -1  # the last place in this line where it may break
    used_at_opportunity = 0
    position = 0
    while position < len(text):
        character = text[position]
        if character == "\n":
            lines.append(DisplayLine(start, position + 1, indent))
            start, used, indent, opportunity = position + 1, 0, 0, -1
            position += 1
            continue
        if position > start and position not in whole and can_break(text[position - 1], character):
            opportunity, used_at_opportunity = position, used
        if used + cells[position] > width and position > start and not character.isspace():
            if opportunity > start:
                lines.append(DisplayLine(start, opportunity, indent))
                start, used = opportunity, used - used_at_opportunity
            else:  # nothing in this line may break: it breaks here all the same
                lines.append(DisplayLine(start, position, indent))
                start, used = position, 0
            indent, opportunity = 0, -1
            continue  # the same character again, in its new line
        used += cells[position]
        position += 1
    if start < len(text) or not lines or text.endswith("\n"):
        lines.append(DisplayLine(start, len(text), indent))
    return tuple(lines)


def line_of(lines: tuple[DisplayLine, ...], offset: int) -> int:
    """The index of the line that holds the character at `offset` (the last line, past the end)."""
    low, high = 0, len(lines) - 1
    while low < high:
        middle = (low + high) // 2
        if offset < lines[middle].end:
            high = middle
        else:
            low = middle + 1
    return low


def column_of(line: DisplayLine, offset: int, cells: Cells) -> int:
    """The cell in which the character at `offset` begins, counted from the line's left edge."""
    return line.indent + sum(cells[line.start : offset])


def offset_at(line: DisplayLine, column: int, cells: Cells) -> int:
    """The character drawn at the cell `column` of a line; the nearest one where nothing is drawn."""
    reached = line.indent
    for offset in range(line.start, line.end):
        reached += cells[offset]
        if column < reached:
            return offset
    return max(line.start, line.end - 1)
