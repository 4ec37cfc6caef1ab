"""Headings that only their neighbours tell: numbers that count on, a title under a chapter's number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from studytui.text.document import ParagraphKind
from studytui.text.reflow.line_marks import CHAPTER, CHAPTER_NUMBER, STOP, cells, ending

_TITLE: Final = 24
"""Characters of the longest title under a chapter's number."""
_CHAPTER_WIDTH: Final = 64
"""Cells of the longest line that begins with a chapter's number and is its heading."""
_NUMBER: Final = re.compile(r"([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})(?:[、.．]\s*(\S.{0,18})?)?")
"""A section's number, alone or with a title: `3`, `三、`, `３、相遇`."""
_IN_SERIES: Final = re.compile(rf"{CHAPTER_NUMBER.pattern}分?\s*\S")
_DOTTED: Final = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,2}){1,3})[.、]?\s+(\S.{0,30})")
"""A section's number within its chapter, and its title: `1.2 安装`."""
_FEWEST_NUMBERED: Final = 2
_FEWEST_LISTED: Final = 3
_DIGITS: Final = " 一二三四五六七八九"


class PossibleHeading(NamedTuple):
    """A paragraph as far as it can be a heading."""

    text: str
    """Its one line, or the first of several."""
    kind: ParagraphKind
    """What it is by itself."""
    single: bool
    """Whether it is one line."""


def is_title(text: str) -> bool:
    """Whether a line can be a title: it neither holds nor ends a sentence."""
    return ending(text) == "none" and not STOP.search(text)


def titled(found: Sequence[PossibleHeading]) -> set[int]:
    """Which of `found` are the short titles under a chapter's bare number, and not under a list of them."""
    return {
        index
        for index, (before, each) in enumerate(pairwise(found), 1)
        if before.single
        and CHAPTER_NUMBER.fullmatch(before.text)
        and each.kind in ("paragraph", "verse")
        and each.single
        and len(each.text) <= _TITLE
        and is_title(each.text)
        and not (index > 2 and all(CHAPTER_NUMBER.fullmatch(found[at].text) for at in (index - 2, index - 3)))
    }


def numbered(found: Sequence[PossibleHeading]) -> set[int]:
    """Which of `found` are short lines that count 1, 2, 3 with running text between them.

    They may begin anew, as the sections of each chapter do.
    """
    result: set[int] = set()
    run: list[int] = []
    for index, (each, after) in enumerate(pairwise(found)):
        match = _NUMBER.fullmatch(each.text) if each.single and not _DOTTED.match(each.text) else None
        if (
            match is None
            or each.kind not in ("paragraph", "list", "heading")
            or after.kind not in ("paragraph", "dialogue", "verse")
            or _NUMBER.fullmatch(after.text)
            or not (match[2] is None or is_title(match[2]))
        ):
            continue
        count = _count(match[1])
        if count == 1:
            run = [index]
        elif count == len(run) + 1:
            run.append(index)
            if len(run) >= _FEWEST_NUMBERED:
                result.update(run)
    return result


def dotted(found: Sequence[PossibleHeading]) -> set[int]:
    """Which of `found` are titles under numbers like 1.2 or 3.1.4, one of which at least follows another."""
    result: list[int] = []
    before: list[int] = []
    follow = False
    for index, each in enumerate(found):
        match = _DOTTED.fullmatch(each.text) if each.single else None
        if match is None or not is_title(match[2]) or each.kind not in ("paragraph", "list", "heading"):
            continue
        number = [int(part) for part in match[1].split(".")]
        follow = follow or bool(before and _is_next(before, number))
        before = number
        result.append(index)
    return set(result) if follow else set()


def _is_next(before: list[int], number: list[int]) -> bool:
    """Whether a number can come after another in a table of contents: 1.2 or 1.1.1 or 2.1 after 1.1."""
    same = next((at for at, (a, b) in enumerate(zip(before, number, strict=False)) if a != b), len(before))
    if same == len(before):
        return number[same:] == [1]
    return same < len(number) and number[same] == before[same] + 1 and set(number[same + 1 :]) <= {1}


def in_series(found: Sequence[PossibleHeading]) -> set[int]:
    """Which of `found` begin with a chapter's number, if at least three do: then what the titles say is no
    matter, and a text in which a sentence without its end mark begins so has but one or two."""
    result = [
        index
        for index, each in enumerate(found)
        if each.single
        and each.kind in ("paragraph", "verse", "heading")
        and _IN_SERIES.match(each.text)
        and is_title(each.text)
        and cells(each.text) <= _CHAPTER_WIDTH
    ]
    runs = [index for index in result if {index - 1, index + 1} & set(result)]
    return set(result) if len(result) >= _FEWEST_LISTED and 2 * len(runs) < len(result) else set()


def chapters(found: Sequence[PossibleHeading]) -> set[int]:
    """Which of `found` begin with a chapter's number and are no list of chapters, which follow each other."""
    marked = [
        each.single
        and each.kind in ("paragraph", "heading")
        and CHAPTER.match(each.text) is not None
        and ending(each.text) == "none"
        and cells(each.text) <= _CHAPTER_WIDTH
        for each in found
    ]
    result: set[int] = set()
    start = 0
    for index in range(len(found) + 1):
        if index < len(found) and marked[index]:
            continue
        if index - start < _FEWEST_LISTED:
            result.update(range(start, index))
        start = index + 1
    return result


def _count(number: str) -> int:
    """What a number of up to 99 says; 0 if it is none."""
    if number.isdecimal():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (_DIGITS.find(tens) if tens else 1) * 10 * bool(ten) + (_DIGITS.find(ones) if ones else 0)
