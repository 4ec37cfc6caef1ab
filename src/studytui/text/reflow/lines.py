"""The lines of a text, made safe: no control characters, each character still with its position."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

_PICTURE = "[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]"
# What a terminal would obey, and what can be seen by nobody. An escape sequence goes as a whole: CSI; the
# strings of OSC, DCS, SOS, PM and APC up to their end (or the line's, if they have none); others.
_HARMFUL = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n\r\x0b\x0c\x85\u2028\u2029]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
    r"|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
    rf"|(?<!{_PICTURE})\u200d|\u200d(?!{_PICTURE})"  # inside an emoji it joins what is one picture
    r"|[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
PAGE = "\x0c"

_NO_MARGIN: tuple[str, tuple[tuple[int, int], ...]] = ("", ())

Run = tuple[int, int]
"""A stretch `[start, end)` of the source."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it."""

    text: str
    """Without white space at its ends and without what is unsafe."""
    runs: tuple[Run, ...]
    """Where the characters of `text` stand in the source, in order."""
    indent: int
    """White space before it, in cells; a full-width space is two, a tab goes to the next fourth."""
    blanks: int
    """Empty lines before it."""
    page: bool
    """Whether a form feed stands between it and the line before."""
    margin: tuple[str, tuple[Run, ...]]
    """The white space before it, and where it stands."""
    end: int
    """Where its line break is in the source (or would be, after the last line)."""


def harmful(text: str) -> list[Run]:
    """The stretches of `text` that are taken out, in order."""
    if text.isascii() and text.isprintable():
        return []
    return [match.span() for match in _HARMFUL.finditer(text)]


def merged(first: list[Run], second: list[Run]) -> list[Run]:
    """The stretches of both, in order, none overlapping."""
    found: list[Run] = []
    for start, end in sorted(first + second) if second else first:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def lines(text: str, cut: list[Run]) -> Iterator[Line]:
    """The lines of `text` without the stretches `cut`; empty ones are counted in the next line's `blanks`."""
    starts = [start for start, _ in cut]
    blanks = 0
    page = False
    for start, stop, ending in _pieces(text):
        first = bisect_left(starts, start)
        last = bisect_left(starts, stop, lo=first)
        line = _line(text, _outside(start, stop, cut[first:last]), blanks, page, stop)
        if line is None:
            blanks += 1
        else:
            yield line
            blanks, page = 0, False
        page = page or ending == PAGE


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and line break of each line of `text`."""
    start = 0
    for match in _LINE_END.finditer(text):
        yield start, match.start(), match.group()
        start = match.end()
    if start < len(text):
        yield start, len(text), ""


def _outside(start: int, stop: int, cut: list[Run]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for first, last in cut:
        if first > start:
            runs.append((start, first))
        start = last
    if stop > start:
        runs.append((start, stop))
    return tuple(runs)


def end_of_line(text: str, place: int) -> int:
    """Where the line ends that has a place of `text` in it: its line break, or the end of the text."""
    found = _LINE_END.search(text, place)
    return found.start() if found else len(text)


def safe_line(text: str, runs: tuple[Run, ...]) -> Line | None:
    """A line of text that is safe already, its characters at `runs`; None if nothing is on it."""
    content = text.strip()
    if not content:
        return None
    before = len(text) - len(text.lstrip())
    margin = (text[:before], slice_runs(runs, 0, before)) if before else _NO_MARGIN
    places = slice_runs(runs, before, before + len(content)) if len(content) < len(text) else runs
    return Line(content, places, _cells_of_space(margin[0]), 0, False, margin, runs[-1][1])


def _line(text: str, runs: tuple[Run, ...], blanks: int, page: bool, end: int) -> Line | None:
    if not runs:
        return None
    body = text[runs[0][0] : runs[0][1]] if len(runs) == 1 else "".join(text[a:b] for a, b in runs)
    line = safe_line(body, runs)
    return None if line is None else replace(line, blanks=blanks, page=page, end=end)


def _cells_of_space(space: str) -> int:
    cells = 0
    for character in space:
        if character == "\t":
            cells += 4 - cells % 4
        else:
            cells += 2 if character == "\u3000" else 1
    return cells


def slice_runs(runs: tuple[Run, ...], start: int, stop: int) -> tuple[Run, ...]:
    """Characters `start` to `stop` of the concatenation of `runs`."""
    found: list[Run] = []
    offset = 0
    for first, last in runs:
        length = last - first
        low, high = max(start - offset, 0), min(stop - offset, length)
        if low < high:
            found.append((first + low, first + high))
        offset += length
        if offset >= stop:
            break
    return tuple(found)
