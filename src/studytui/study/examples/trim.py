"""The ways in which a sentence can be shortened around a target without breaking a clause."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from studytui.text.document import Document
from studytui.text.punctuation import CLAUSE_MARKS, CLOSERS, OPENERS, PAUSES, in_number_or_address
from studytui.text.sentence import sentence_spans

_BREAKS = CLAUSE_MARKS + "—"
_LIST_MARK = re.compile(
    r"(?:[-*+>•·●○▪◎①-⓿❶-❿]|\d{1,3}[.、)）]|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、"
    r"|【[^【】]{1,8}】)\s*"
)
"""What stands before an entry of a list or a note, and is no part of its sentence."""
_LABEL = re.compile(r"[^\W_]{1,6}(?:[（(][^（()）]{1,10}[)）])?[：:](?!\s*[“「『\"\d])\s*")
"""Who speaks, or what is told of (A：, 小王（笑）：), before what is said; not what tells (他答：“…”)."""
_OPENERS = OPENERS + '"'
_CLOSERS = CLOSERS + '"'


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
    opened: bool
    """Whether clauses before it were left out."""


def left_out(document: Document, shown: str) -> tuple[bool, bool]:
    """Whether the sentence of a text goes on before, and after, what is shown of it.

    Neither where the text has no such sentence: the learner has written another one.
    """
    for paragraph in document.paragraphs:
        text = paragraph.text
        if not shown or (at := text.find(shown)) < 0:
            continue
        begin, stop = next(span for span in sentence_spans(text) if span[0] <= at < span[1])
        for mark in (_LIST_MARK, _LABEL):
            if (stands := mark.match(text, begin)) is not None and stands.end() <= at:
                begin = stands.end()
        before, after = text[begin:at], text[at + len(shown) : stop]
        return any(map(str.isalnum, before)), any(map(str.isalnum, after))
    return False, False


def cuts(
    text: str, sentence: tuple[int, int], target: tuple[int, int], most: int, skips: Mapping[int, int]
) -> tuple[Cut, ...]:
    """Every cut of a sentence at clause boundaries that holds the target and is not too long.

    The whole sentence comes first. When every cut is too long, the shortest one stands for all, so that
    there is always one.

    Args:
        text: the paragraph; all positions are characters of it.
        sentence: `[start, end)`, the target inside.
        target: `[start, end)`.
        most: the longest that is not too long, in characters.
        skips: words that may be left off where a clause begins with them: start -> end.
    """
    start, end = target
    begin, stop = _stripped(text, *sentence)
    for mark in (_LIST_MARK, _LABEL):
        if (stands := mark.match(text, begin)) is not None and stands.end() <= start:
            begin = stands.end()
    begin, stop = min(begin, start), max(stop, end)
    # A break farther away than the longest cut makes none: a sentence of a thousand clauses costs no more.
    reach = 2 * most
    before = range(max(begin, start - reach), start)
    starts = [begin, *(place + 1 for place in before if _is_break(text, place))]
    ends = [stop, *(place for place in range(end, min(stop, end + reach)) if _is_break(text, place))]
    found: dict[tuple[int, int], Cut] = {}
    for first in starts:
        for last in ends:
            left, right = _unquoted(text, *_stripped(text, first, last), start, end)
            for inner in {left, _skipped(text, left, right, start, skips)}:
                found.setdefault(
                    (inner, right),
                    Cut(inner, right, inner != begin or last != stop, last != stop, first != begin),
                )
    short = [cut for cut in found.values() if cut.end - cut.start <= most]
    return tuple(short) or (min(found.values(), key=lambda cut: (cut.end - cut.start, cut.start)),)


def _is_break(text: str, place: int) -> bool:
    return text[place] in _BREAKS and not in_number_or_address(text, place)


def _skipped(text: str, left: int, right: int, start: int, skips: Mapping[int, int]) -> int:
    """Where a cut begins without the words that only join it to what stood before."""
    while left in skips and skips[left] < start:
        left = _stripped(text, skips[left], right)[0]
    return left


def _stripped(text: str, begin: int, stop: int) -> tuple[int, int]:
    """Without spaces at the ends, and without a closing mark that was left over at the beginning."""
    while begin < stop and (text[begin].isspace() or text[begin] in CLOSERS + PAUSES + "—"):
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
