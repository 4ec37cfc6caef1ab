"""Undoes hard wraps: from the lines of a file to the paragraphs its writer meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from studytui.errors import StudytuiError
from studytui.text.document import Document, Paragraph, ParagraphKind, Source
from studytui.text.positions import Positions
from studytui.text.reflow_lines import Line, harmful, lines
from studytui.text.reflow_marks import (
    BARE_NUMBER,
    CHAPTER,
    HAN,
    LIST_ITEM,
    MARKDOWN_HEADING,
    PAGE_NUMBER,
    beginning,
    cells,
    ending,
    label,
    quoted_after,
    stands_alone,
    within_word,
)
from studytui.text.reflow_model import END, HEAD, JOIN, Sight, breaks
from studytui.text.reflow_spaces import join, spaced
from studytui.text.reflow_widths import gaps

_SURROGATE = re.compile("[\ud800-\udfff]")


class Reflowed(NamedTuple):
    """A text as paragraphs."""

    paragraphs: tuple[Paragraph, ...]
    removed: int
    """How many control characters, escape sequences and invisible characters were taken out."""


def read_document(source: Source) -> Document:
    """The Document of `source`. Raises StudytuiError if nothing is left to read."""
    paragraphs, removed = reflow(source.text)
    if not paragraphs:
        raise StudytuiError(f"{source.title} has nothing to read in it: choose another text.")
    return Document(source.name, source.title, source.encoding, paragraphs, removed)


def reflow(text: str) -> Reflowed:
    """The paragraphs of `text`, each character with its position in `text`.

    Raises StudytuiError if `text` holds halves of characters (lone surrogates).
    """
    if _SURROGATE.search(text):
        raise StudytuiError("The text holds halves of characters (lone surrogates): save it again as UTF-8.")
    cut = harmful(text)
    found = _without_page_numbers(list(lines(text, cut)))
    apart = spaced(line.text for line in found)
    paragraphs = tuple(_paragraph(group, state, apart) for group, state in _groups(found))
    return Reflowed(paragraphs, len(cut))


def _without_page_numbers(found: list[Line]) -> list[Line]:
    """`found` without the numbers that stand alone at the end or the beginning of a page."""
    kept: list[Line] = []
    page = False
    for index, line in enumerate(found):
        follows_page = index + 1 < len(found) and found[index + 1].page
        if PAGE_NUMBER.fullmatch(line.text) or (
            (line.page or follows_page) and BARE_NUMBER.fullmatch(line.text)
        ):
            page = True
        else:
            kept.append(replace(line, page=True) if page else line)
            page = False
    return kept


def _groups(found: list[Line]) -> list[tuple[list[Line], int]]:
    """The lines of each paragraph, and whether it is a HEAD."""
    if not found:
        return []
    sights = _sights(found)
    states = breaks(sights)
    groups: list[tuple[list[Line], int]] = []
    group: list[Line] = []
    for line, state in zip(found, (*states, END), strict=True):
        group.append(line)
        if state != JOIN:
            groups.append((group, state))
            group = []
    return groups


def _sights(found: Sequence[Line]) -> list[Sight]:
    speakers = Counter(name for name in (label(line.text) for line in found) if name)
    indents = Counter(line.indent for line in found)
    margin = min((indent for indent, count in indents.items() if count * 10 >= len(found)), default=0)
    usual = _usual_beginnings(found)
    quoted = False
    sights: list[Sight] = []
    for line, following, gap in zip(found, found[1:], gaps(list(found)), strict=False):
        quoted = quoted_after(line.text, quoted)
        start = beginning(following.text)
        if start == "other" and speakers[label(following.text) or ""] > 1:
            start = "mark"
        if start == "other" and following.text[:2] in usual:
            start = "usual"
        if start == "quote" and line.text[-1] in "：:":
            start = "other"  # what was announced: it follows in either case
        step = following.indent - margin
        sights.append(
            Sight(
                ending="head" if stands_alone(line.text, gap == "full") else ending(line.text),
                gap=gap,
                blank="page" if following.page else str(min(following.blanks, 2)),
                indent="same" if step < 2 else "in" if step <= 8 else "far",
                beginning=start,
                quoted=quoted,
                split=within_word(line.text, following.text),
            )
        )
    return sights


def _usual_beginnings(found: Sequence[Line]) -> set[str]:
    """The two characters that lines begin with again and again, and that hardly stand elsewhere.

    A wrap cuts anywhere, so what a wrapped line begins with stands elsewhere some twenty times as often.
    """
    counts = Counter(line.text[:2] for line in found if HAN.match(line.text) and len(line.text) > 2)
    frequent = [(start, count) for start, count in counts.most_common(40) if count >= 3]
    everything = "\n".join(line.text for line in found) if frequent else ""
    return {start for start, count in frequent if count * 2 >= everything.count(start)}


def _paragraph(group: list[Line], state: int, apart: bool) -> Paragraph:
    text, runs = join(group, apart)
    return Paragraph(_kind(text, state), text, Positions(runs))


def _kind(text: str, state: int) -> ParagraphKind:
    if MARKDOWN_HEADING.match(text) or (CHAPTER.match(text) and cells(text) <= 80):
        return "heading"
    if LIST_ITEM.match(text):
        return "list"
    if state == HEAD:
        return "heading"
    return "paragraph"
