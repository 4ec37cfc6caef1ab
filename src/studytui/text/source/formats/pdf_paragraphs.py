"""The paragraphs of a PDF, by where its lines begin, end and stand: what the page shows, not what it says.

A line that does not reach the right edge of its column ends its paragraph, if what the next line begins with
would have fitted on it. So does a wider step to the next line, another size, an indent, or a mark of a list.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from studytui.text.document import ParagraphKind
from studytui.text.source.formats.extract import Composer, folded
from studytui.text.source.formats.pdf_layout import Fragment, PageColumn

_MARK = re.compile(
    r"[•●○■□◆◇▪▫‣⁃–·※★☆➢➤✓*\-]\s?(?=\S)|[(（]?\d{1,3}[.．、)）](?!\d)|[(（][一二三四五六七八九十]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}、|[①-⑳]|[A-Za-z][.)](?=\s)"
)
"""What an item of a list, or a numbered heading, begins with."""
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡]|[①-⑳])\s*(?=\D)")
_STOPS = frozenset("。！？…；：”」』）.!?;:")
_WORD = re.compile(r"[A-Za-z0-9_./:@~%&=+#?'’-]+")
_LARGER = 1.12
"""How many times as large as the text a heading is, at least; another size is as much smaller or larger."""
_LONGEST_HEADING = 60
_INDENT = 0.7
"""Ems from which a line begins further right, or left, than the one before."""
_OTHER_WIDTH = 0.3
"""The part by which a column's width differs from another's that no paragraph goes on from."""
_WIDER = 0.3
"""Ems by which a step to the next line is wider than the usual one."""


@dataclass(frozen=True, slots=True)
class _Style:
    """What a document's lines have in common."""

    size: float
    """Of its text, in points."""
    step: float
    """From one base line to the next, in points, for text of that size."""
    edges: dict[int, float]
    """Left margin in units of ten points -> where its lines end at most, in points."""


def compose(sheets: Sequence[Sequence[PageColumn]], composer: Composer) -> None:
    """Adds the paragraphs of a document's pages, each page the columns that are read one after the other.

    A paragraph goes on over the end of a column or page; the notes at its foot follow it.
    """
    style = _style(sheets)
    open_: list[Fragment] = []
    notes: list[Fragment] = []
    edge = width = 0.0

    def close() -> None:
        _add(open_, style, composer)
        open_.clear()
        for number, line in enumerate(notes):
            if number and _NOTE.match(line.text):
                _add(open_, style, composer)
                open_.clear()
            open_.append(line)
        _add(open_, style, composer)
        open_.clear()
        notes.clear()

    for column in (column for sheet in sheets for column in sheet):
        if column.upright:
            close()
            composer.add("paragraph", column.upright, wrapped=True)
            continue
        lines, below = _without_notes(column.lines, style)
        if lines:
            margin = _margin(lines)
            before, edge = edge, _edge(style, margin, lines)
            other, width = abs(edge - margin - width) > _OTHER_WIDTH * width, edge - margin
            if open_ and (other or _ends(open_, lines[0], style, before, margin)):
                close()
            open_.append(lines[0])
            for line in lines[1:]:
                if _ends(open_, line, style, edge):
                    close()
                open_.append(line)
        notes += below
    close()


def _without_notes(lines: list[Fragment], style: _Style) -> tuple[list[Fragment], list[Fragment]]:
    """A column's lines, and the notes below them: smaller, the first with a mark."""
    start = len(lines)
    while start and _size(lines[start - 1]) * _LARGER < style.size:
        start -= 1
    while start < len(lines) and not _NOTE.match(lines[start].text):
        start += 1
    return lines[:start], lines[start:]


def _style(sheets: Sequence[Sequence[PageColumn]]) -> _Style:
    lines = [line for sheet in sheets for column in sheet for line in column.lines]
    if not lines:
        return _Style(1.0, 1.0, {})
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(_size(line) * 2) / 2] += len(line.text)
    size = sizes.most_common(1)[0][0]
    steps: Counter[float] = Counter()
    edges: dict[int, list[float]] = {}
    for sheet in sheets:
        for column in sheet:
            if column.lines:
                edges.setdefault(round(_margin(column.lines) / 10), []).extend(
                    line.right for line in column.lines
                )
            for first, second in pairwise(column.lines):
                step = first.base - second.base
                if _alike(first, second) and 0.8 * size < step < 3 * size:
                    steps[round(step * 4) / 4] += 1
    return _Style(
        size,
        steps.most_common(1)[0][0] if steps else 1.5 * size,
        {place: _common_end(rights, size) for place, rights in edges.items()},
    )


def _common_end(rights: list[float], size: float) -> float:
    """Where many lines end, and few later: lines of Latin letters may stand out of the column.

    The last place that half as many lines end at, within one character, as at the place where most do.
    """
    ordered = sorted(rights)
    ends = [
        (right, bisect_right(ordered, right + 0.1 * size) - bisect_left(ordered, right - 0.9 * size))
        for right in ordered
    ]
    most = max(count for _, count in ends)
    return max(right for right, count in ends if 2 * count >= most)


def _size(line: Fragment) -> float:
    return max(line.top - line.bottom, 1.0)


def _alike(first: Fragment, second: Fragment) -> bool:
    """Whether two lines are of one size."""
    return 1 / _LARGER < _size(first) / _size(second) < _LARGER


def _margin(lines: Sequence[Fragment]) -> float:
    """Where lines begin: the leftmost place that one line in ten begins at, or else as many as anywhere."""
    counts = Counter(round(line.left / 4) for line in lines)
    many = min(len(lines) / 10, max(counts.values()))
    return 4.0 * min(place for place, count in counts.items() if count >= many)


def _edge(style: _Style, margin: float, lines: Sequence[Fragment]) -> float:
    """Where the lines of a column end at most."""
    place = round(margin / 10)
    known = [style.edges[each] for each in (place - 1, place, place + 1) if each in style.edges]
    return max(known) if known else max(line.right for line in lines)


def _ends(
    paragraph: Sequence[Fragment], line: Fragment, style: _Style, edge: float, margin: float | None = None
) -> bool:
    """Whether a paragraph ends before `line`; `margin` is that of the column that it begins, if it does."""
    last = paragraph[-1]
    em = _size(last)
    if not _alike(last, line) or _MARK.match(line.text):
        return True
    if last.right + _width_of_first(line) < edge - 0.5 * em:
        return True
    wide = last.base - line.base > style.step * em / style.size + _WIDER * em
    if margin is not None:
        if wide and line.left < last.right and last.left < line.right:
            return True
        return line.left > margin + _INDENT * em or last.text[-1:] in _STOPS
    if wide:
        return True
    further = line.left - last.left
    if further > _INDENT * em:
        return not (len(paragraph) == 1 and _MARK.match(last.text))
    return further < -_INDENT * em and len(paragraph) > 1


def _width_of_first(line: Fragment) -> float:
    """How wide what a line begins with is, that could not have been parted: a word, or a character."""
    word = _WORD.match(line.text)
    length = word.end() if word else 1
    wide = sum(1.0 if ord(each) > 0x2E7F else 0.55 for each in line.text) or 1.0
    part = sum(1.0 if ord(each) > 0x2E7F else 0.55 for each in line.text[:length])
    return (line.right - line.left) * part / wide


def _add(paragraph: Sequence[Fragment], style: _Style, composer: Composer) -> None:
    if not paragraph:
        return
    text = folded("\n".join(line.text for line in paragraph))
    composer.add(_kind(text, median(map(_size, paragraph)), style), text)


def _kind(text: str, size: float, style: _Style) -> ParagraphKind:
    if size > _LARGER * style.size and len(text) <= _LONGEST_HEADING and text[-1] not in "。；，":
        return "heading"
    return "list" if _MARK.match(text) else "paragraph"
