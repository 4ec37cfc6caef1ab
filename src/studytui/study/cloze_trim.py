"""The ways in which a sentence can be shortened around a target without breaking a clause."""

from __future__ import annotations

from dataclasses import dataclass

_BREAKS = "，；：,;:—"
_ENDS = "。！？!?…"
_OPENERS = '“‘「『（(《【〈"'
_CLOSERS = '”’」』）)》】〉"'


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of a paragraph that holds the target."""

    start: int
    """First character, counted in characters of the paragraph."""
    end: int
    """One past the last character."""
    trimmed: bool
    """Whether clauses were left out."""
    closed: bool
    """Whether a clause ends where it ends (a comma or semicolon stood there), if not the sentence."""


def cuts(text: str, begin: int, stop: int, start: int, end: int, most: int) -> tuple[Cut, ...]:
    """Every cut of the sentence `[begin, stop)` at clause boundaries that is not too long.

    The whole sentence comes first. When every cut is longer than `most`, the shortest one is added,
    so that there is always one.
    """
    begin, stop = _stripped(text, begin, stop)
    begin, stop = min(begin, start), max(stop, end)
    starts = [begin, *(place + 1 for place in range(begin, start) if text[place] in _BREAKS)]
    ends = [stop, *(place for place in range(end, stop) if text[place] in _BREAKS)]
    found: dict[tuple[int, int], Cut] = {}
    for first in starts:
        for last in ends:
            left, right = _unquoted(text, *_stripped(text, first, last), start, end)
            closed = last != stop
            trimmed = first != begin or last != stop
            found.setdefault((left, right), Cut(left, right, trimmed, closed))
    short = [cut for cut in found.values() if cut.end - cut.start <= most]
    return tuple(short) or (min(found.values(), key=lambda cut: cut.end - cut.start),)


def _stripped(text: str, begin: int, stop: int) -> tuple[int, int]:
    """Without spaces at the ends, and without a closing mark that was left over at the beginning."""
    while begin < stop and (text[begin].isspace() or text[begin] in "”’」』）)》】〉，、；：,;:—"):
        begin += 1
    while stop > begin and text[stop - 1].isspace():
        stop -= 1
    return begin, stop


def _unquoted(text: str, begin: int, stop: int, start: int, end: int) -> tuple[int, int]:
    """Without a quotation mark at an end whose other half was cut off."""
    changed = True
    while changed:
        changed = False
        piece = text[begin:stop]
        if (
            piece
            and begin < start
            and piece[0] in _OPENERS
            and piece.count(piece[0]) > piece.count(_other(piece[0]))
        ):
            begin, changed = begin + 1, True
        elif (
            piece
            and stop > end
            and piece[-1] in _CLOSERS
            and piece.count(piece[-1]) > piece.count(_other(piece[-1]))
        ):
            stop, changed = stop - 1, True
    return begin, stop


def _other(mark: str) -> str:
    """The other half of a pair; a straight quotation mark has none, and counts as missing when odd."""
    if mark in _OPENERS[:-1]:
        return _CLOSERS[_OPENERS.index(mark)]
    if mark in _CLOSERS[:-1]:
        return _OPENERS[_CLOSERS.index(mark)]
    return ""
