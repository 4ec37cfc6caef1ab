"""What each line of a text is that was never wrapped: a heading, verse, an item, a turn, a paragraph."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from studytui.text.document import ParagraphKind
from studytui.text.punctuation import ENDS, PAUSES, QUOTES_CLOSE, QUOTES_OPEN
from studytui.text.reflow.asides import is_latin
from studytui.text.reflow.line_marks import (
    CHAPTER,
    FIELD,
    HAN,
    INDENT,
    LIST_ITEM,
    MARKDOWN_HEADING,
    RULE,
    TIME,
    cells,
    ending,
    label,
)
from studytui.text.reflow.lines import Line

_HEADING: Final = 48
"""Cells of the longest heading."""
_VERSE: Final = 44
"""Cells of the longest line of verse."""
_TITLE_AND_AUTHOR: Final = 2
"""Lines of a first stanza that is none: what a poem is called, and whose it is."""
_PLAIN: Final = 0.25
"""The share of lines in a stanza of verse that may hold punctuation; lists of sentences hold more."""


def kinds_of_lines(found: Sequence[Line], apart: Collection[int] = ()) -> list[ParagraphKind]:
    """What each of `found` is, as if none of them had been wrapped; those `apart` are no verse."""
    bare = [_is_bare(line) for line in found]
    kinds: list[ParagraphKind] = []
    for index, line in enumerate(found):
        kinds.append(_kind(line, bare[index], _is_alone(found, bare, index, apart)))
    for index in apart:
        kinds[index] = "aside"
    for start, stop in _stanzas(found, kinds, bare):
        kinds[start:stop] = ["verse"] * (stop - start)
        if (start, stop) == (0, _TITLE_AND_AUTHOR) and len(found) > stop and found[stop].blanks > 0:
            kinds[:stop] = ["heading", "paragraph"]
    return kinds


def _kind(line: Line, bare: bool, alone: bool) -> ParagraphKind:
    text = line.text
    if MARKDOWN_HEADING.match(text) or (CHAPTER.match(text) and ending(text) == "none"):
        return "heading"
    if LIST_ITEM.match(text):
        return "list"
    if label(text) or TIME.match(text) or FIELD.match(text):
        return "dialogue"
    if text[0] in QUOTES_OPEN and text[-1] in QUOTES_CLOSE:
        return "dialogue"
    if is_latin(text):
        return "aside"
    return "heading" if bare and alone and HAN.search(text) else "paragraph"


def _is_bare(line: Line) -> bool:
    """Whether a line is short and neither holds nor ends in the punctuation of sentences."""
    text = line.text
    return (
        cells(text) <= _HEADING
        and line.margin[0] != INDENT
        and not any(mark in text for mark in ENDS + PAUSES)
        and RULE.fullmatch(text) is None
        and (ending(text) == "none" or text[-1] in "？！?!")
    )


def _is_alone(found: Sequence[Line], bare: Sequence[bool], index: int, apart: Collection[int]) -> bool:
    """Whether something else follows a bare line: it heads it. One that is set apart by empty lines does."""
    if index + 1 == len(found):
        return False
    line, following = found[index], found[index + 1]
    first = index == 0 or line.blanks > 0 or line.page or index - 1 in apart
    if following.blanks > 0 or following.page:
        # A stanza of one line is rare, a title before the first one is not.
        return first and not (index > 0 and index + 2 < len(found) and found[index + 2].blanks > 0)
    if not first and TIME.match(found[index - 1].text):
        return False  # who says it, and when, stands above it
    return not bare[index + 1] and (first or not bare[index - 1])


def _may_be_verse(line: Line) -> bool:
    return cells(line.text) <= _VERSE and line.margin[0] != INDENT


def _stanzas(
    found: Sequence[Line], kinds: Sequence[ParagraphKind], bare: Sequence[bool]
) -> list[tuple[int, int]]:
    """The stretches of verse: lines one below the other, short, most of them without any punctuation."""
    stanzas: list[tuple[int, int]] = []
    start = 0
    for index in range(len(found) + 1):
        ends = index == len(found) or kinds[index] != "paragraph" or not _may_be_verse(found[index])
        if not ends and found[index].blanks == 0 and not found[index].page:
            continue
        if index - start >= 2 and sum(bare[start:index]) >= (1 - _PLAIN) * (index - start):
            stanzas.append((start, index))
        start = index + 1 if ends else index
    return stanzas
