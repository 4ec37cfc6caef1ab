"""The lines of a page in the order they are read: columns, indents, and what stands on every page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple


class Fragment(NamedTuple):
    """Characters next to each other on one line; edges in points from the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    text: str
    base: float
    """Where the line stands that the characters stand on."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page."""

    width: float
    """In points."""
    height: float
    """In points."""
    fragments: list[Fragment]
    """In the order of the file, which need not be that of reading."""


_NUMBER = re.compile(r"[0-9０-９]+|\b[ivxlcdm]+\b|[一二三四五六七八九十百〇零]+", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"[\s\-–—·.•~～(（第]*#[\s\-–—·.•~～)）页頁]*(?:[/／共]\s*#\s*[页頁]?)?")
_EDGE = 0.12
"""The part of a page's height, at its top and at its bottom, where headers and footers stand."""
_MOST_DEEP = 6
_MOST_TRIED = 40
"""Strips that are looked at, the best first: on a page of columns one of the first three is it."""


def without_running_lines(sheets: list[Sheet]) -> list[Sheet]:
    """`sheets` without page numbers, headers and footers: what recurs at the edge of many pages."""
    seen: Counter[tuple[str, int]] = Counter()
    for sheet in sheets:
        seen.update({_mark(fragment) for fragment in _at_edge(sheet)})
    # Left and right pages, and chapters, have headers of their own.
    often = max(3, min(len(sheets) // 8, 8))
    kept: list[Sheet] = []
    for sheet in sheets:
        running = {
            fragment
            for fragment in _at_edge(sheet)
            if _PAGE_NUMBER.fullmatch(_mark(fragment)[0])
            or sum(seen[_mark(fragment)[0], _mark(fragment)[1] + step] for step in (-1, 0, 1)) >= often
        }
        kept.append(replace(sheet, fragments=[part for part in sheet.fragments if part not in running]))
    return kept


def _at_edge(sheet: Sheet) -> list[Fragment]:
    """The outermost lines of `sheet`, where they stand near its edge and apart from the text."""
    found: list[Fragment] = []
    if not sheet.fragments:
        return found
    lines = sorted({round(fragment.bottom) for fragment in sheet.fragments})
    outer = {*lines[:2], *lines[-2:]}
    for fragment in sheet.fragments:
        high = fragment.bottom > sheet.height * (1 - _EDGE)
        if round(fragment.bottom) in outer and (high or fragment.top < sheet.height * _EDGE):
            found.append(fragment)
    return found


def _mark(fragment: Fragment) -> tuple[str, int]:
    """What `fragment` says but for its numbers, and where it stands, in tens of points."""
    return _NUMBER.sub("#", fragment.text.strip()), round(fragment.bottom / 10)


def _columns(fragments: list[Fragment], depth: int) -> list[list[Fragment]]:
    """The columns of text, in the order they are read; what crosses a gutter parts above from below."""
    gutter = _gutter(fragments) if depth < _MOST_DEEP else None
    if gutter is None:
        return [fragments]
    crossing = sorted(
        (part for part in fragments if part.left < gutter < part.right), key=lambda part: -part.bottom
    )
    found: list[list[Fragment]] = []
    rest = [part for part in fragments if not part.left < gutter < part.right]
    across: list[Fragment] = []
    for part in crossing:
        above = [other for other in rest if other.bottom > part.bottom]
        if above:
            if across:
                found.append(across)
                across = []
            found += _halves(above, gutter, depth)
            rest = [other for other in rest if other.bottom <= part.bottom]
        across.append(part)
    if across:
        found.append(across)
    return found + (_halves(rest, gutter, depth) if rest else [])


def _halves(fragments: list[Fragment], gutter: float, depth: int) -> list[list[Fragment]]:
    left = [part for part in fragments if part.right <= gutter]
    right = [part for part in fragments if part.right > gutter]
    return [column for half in (left, right) if half for column in _columns(half, depth + 1)]


def _gutter(fragments: list[Fragment]) -> float | None:
    """Where the blank strip is that parts two columns; None if there is one column."""
    if not 6 <= len(fragments) <= 3000:
        return None
    em = median(part.top - part.bottom for part in fragments)
    low, high = min(part.left for part in fragments), max(part.right for part in fragments)
    if high - low < 16 * em:
        return None
    by_left = sorted(fragments, key=lambda part: part.left)
    by_right = sorted(fragments, key=lambda part: part.right)
    lefts, rights = [part.left for part in by_left], [part.right for part in by_right]
    edges = sorted({left for left in lefts if left > low + 6 * em})
    tries: list[tuple[float, float, int, int]] = []
    for edge in edges[:400]:
        place = edge - 0.3 * em
        ends, begins = bisect_right(rights, place + 0.1 * em), bisect_left(lefts, place)
        crossing = begins - ends
        merit = min(ends, len(lefts) - begins) - 4.0 * crossing
        if crossing * 4 <= len(fragments) and merit > 0:
            tries.append((merit, place, ends, begins))
    for _, place, ends, begins in sorted(tries, key=lambda each: -each[0])[:_MOST_TRIED]:
        left, right = by_right[:ends], by_left[begins:]
        # A table has short cells on both sides, and a dialogue's names stand before their lines.
        if min(_lines(left), _lines(right)) >= 3 and min(_fullness(left, em), _fullness(right, em)) >= 5:
            return place
    return None


def _lines(fragments: list[Fragment]) -> int:
    return len({round(part.bottom) for part in fragments})


def _fullness(fragments: list[Fragment], em: float) -> float:
    """The usual length of a line, in ems."""
    return median(part.right - part.left for part in fragments) / em


@dataclass(frozen=True, slots=True)
class PageColumn:
    """Lines one below the other, in the order they are read."""

    lines: list[Fragment]
    """A fragment a line; empty if the text runs from top to bottom."""
    upright: str = ""
    """The text, a line a line, if it runs from top to bottom."""


def columns(sheet: Sheet) -> list[PageColumn]:
    """The columns of text on a page, in the order they are read."""
    return [_column(found) for found in _columns(sheet.fragments, 0) if found]


def _column(fragments: list[Fragment]) -> PageColumn:
    if _upright(fragments):
        return PageColumn([], "\n".join(part.text for part in fragments))
    rows: list[list[Fragment]] = []
    for part in sorted(fragments, key=lambda part: -(part.bottom + part.top)):
        if rows and _same_line(rows[-1][0], part):
            rows[-1].append(part)
        else:
            rows.append([part])
    em = median(part.top - part.bottom for part in fragments)
    return PageColumn([_line(sorted(row, key=lambda part: part.left), em) for row in rows])


def _line(row: list[Fragment], em: float) -> Fragment:
    """The parts of a line as one."""
    largest = max(row, key=lambda part: part.top - part.bottom)
    return Fragment(
        row[0].left,
        largest.bottom,
        max(part.right for part in row),
        largest.top,
        _spaced(row, em),
        row[0].base,
    )


def _same_line(first: Fragment, second: Fragment) -> bool:
    height = min(first.top - first.bottom, second.top - second.bottom)
    return abs((first.bottom + first.top) - (second.bottom + second.top)) < height


def _spaced(line: list[Fragment], em: float) -> str:
    """The parts of a line, spaces between those that stand apart."""
    text = line[0].text
    for before, part in pairwise(line):
        text += ("  " if part.left - before.right > em else "") + part.text
    return text


def _upright(fragments: list[Fragment]) -> bool:
    """Whether the text runs from top to bottom: short fragments, each below the one before."""
    if len(fragments) < 8 or sum(len(part.text) <= 2 for part in fragments) * 10 < len(fragments) * 9:
        return False
    return sum(abs(a.left - b.left) < 2 and b.top < a.top for a, b in pairwise(fragments)) * 2 > len(
        fragments
    )
