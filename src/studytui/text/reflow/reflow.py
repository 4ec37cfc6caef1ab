"""Undoes hard wraps: from the lines of a file to the paragraphs its writer meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from studytui.errors import StudytuiError
from studytui.text.characters import standard
from studytui.text.document import Document, Paragraph, ParagraphKind, Source
from studytui.text.punctuation import COLONS, ENDS, QUOTES_CLOSE, QUOTES_OPEN, SEMICOLONS
from studytui.text.reflow.blocks import blocks
from studytui.text.reflow.line_marks import (
    BARE_NUMBER,
    CHAPTER,
    HAN,
    LIST_ITEM,
    MARKDOWN_HEADING,
    PAGE_NUMBER,
    beginning,
    ending,
    has_odd_spaces,
    label,
    quoted_after,
    stands_alone,
    within_word,
)
from studytui.text.reflow.lines import Line, harmful, lines, safe_line, slice_runs
from studytui.text.reflow.marked_paragraphs import marked_paragraphs
from studytui.text.reflow.paragraph_model import breaks
from studytui.text.reflow.positions import Positions
from studytui.text.reflow.rates import END, HEAD, JOIN, Sight
from studytui.text.reflow.spaces import join, spaced, stack
from studytui.text.reflow.widths import gaps

_HEADLINE = 40
"""Characters of the longest headline."""
_SETTLING = 5
"""How often a result is read again, at most."""
_STOP = re.compile(f"[{re.escape(ENDS + SEMICOLONS)}](?!$)")
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Style(NamedTuple):
    """How a text uses spaces."""

    apart: bool
    """It sets Chinese apart from Latin letters and numbers."""
    odd: bool
    """They stand between any Chinese characters."""


class Reflowed(NamedTuple):
    """A text as paragraphs."""

    paragraphs: tuple[Paragraph, ...]
    removed: int
    """How many control characters, escape sequences and invisible characters were taken out."""


def read_document(source: Source) -> Document:
    """The Document of `source`. Raises StudytuiError if nothing is left to read."""
    if source.blocks is None:
        paragraphs, removed = reflow(source.text)
    else:
        paragraphs, removed = marked_paragraphs(source, reflow)
    if not paragraphs:
        raise StudytuiError(f"{source.title} has nothing to read in it: choose another text.")
    return Document(source.name, source.title, source.encoding, paragraphs, removed, source.notices)


def reflow(text: str) -> Reflowed:
    """The paragraphs of `text`, each character with its position in `text`.

    Raises StudytuiError if `text` holds halves of characters (lone surrogates).
    """
    if _SURROGATE.search(text):
        raise StudytuiError("The text holds halves of characters (lone surrogates): save it again as UTF-8.")
    text = standard(text)
    cut = harmful(text)
    found = _without_page_numbers(list(lines(text, cut)))
    paragraphs = _paragraphs(found)
    for _ in range(_SETTLING):
        # What was joined may show the rest in a new light: the result must read the same.
        again = _paragraphs(_lines_of(paragraphs))
        if [paragraph.text for paragraph in again] == [paragraph.text for paragraph in paragraphs]:
            break
        paragraphs = again
    return Reflowed(paragraphs, len(cut))


def _paragraphs(found: list[Line]) -> tuple[Paragraph, ...]:
    style = _Style(
        apart=spaced(line.text for line in found),
        odd=has_odd_spaces(line.text for line in found),
    )
    groups = _groups(found)
    return tuple(
        _paragraph(group, kind, style, closing=index == len(groups) - 1)
        for index, (group, kind) in enumerate(groups)
    )


def _lines_of(paragraphs: Sequence[Paragraph]) -> list[Line]:
    """The lines of a file that has a paragraph a line."""
    found: list[Line] = []
    for paragraph in paragraphs:
        runs = paragraph.origin.runs if isinstance(paragraph.origin, Positions) else ()
        start = 0
        for text in paragraph.text.split("\n"):
            end = start + len(text)
            line = safe_line(text, slice_runs(runs, start, end))
            if line is not None:
                found.append(line)
            start = end + 1
    return found


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


def _groups(found: list[Line]) -> list[tuple[list[Line], ParagraphKind]]:
    """The lines of each paragraph, and what it is as far as its lines show."""
    fixed = {block.start: block for block in blocks(found)}
    inside = {index for block in fixed.values() for index in range(block.start, block.end)}
    prose = [line for index, line in enumerate(found) if index not in inside]
    states = iter((*breaks(_sights(prose)), END))
    groups: list[tuple[list[Line], ParagraphKind]] = []
    group: list[Line] = []
    for index, line in enumerate(found):
        if index in fixed:
            if group:
                groups.append((group, "paragraph"))
                group = []
            lines_of_block = found[index : fixed[index].end]
            if fixed[index].kind == "verse":
                groups += [([verse], "verse") for verse in lines_of_block]
            else:
                groups.append((lines_of_block, fixed[index].kind))
        if index in inside:
            continue
        group.append(line)
        state = next(states)
        if state != JOIN:
            groups.append((group, "heading" if state == HEAD else "paragraph"))
            group = []
    if group:
        groups.append((group, "paragraph"))
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
        if start == "quote" and line.text[-1] in COLONS:
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
                stopped=_STOP.search(line.text) is not None,
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


def _paragraph(group: list[Line], kind: ParagraphKind, style: _Style, closing: bool) -> Paragraph:
    """A paragraph of the lines `group`; `closing` if it is the last."""
    if kind in ("code", "table"):
        text, runs = stack(group, kind)
    elif kind == "verse":
        text, runs = join(group, style.apart, parted=not style.odd)
    else:
        kind = _kind(group, kind, closing)
        text, runs = join(group, style.apart, parted=_parted(group, style))
    return Paragraph(kind, text, Positions(runs))


def _parted(group: list[Line], style: _Style) -> bool:
    """Whether a space between Chinese parts what it stands between: in a short line that is no sentence."""
    return (
        not style.odd
        and sum(len(line.text) for line in group) <= _HEADLINE
        and ending(group[-1].text) not in ("final", "spoken")
    )


def _kind(group: list[Line], kind: ParagraphKind, closing: bool) -> ParagraphKind:
    first, last = group[0].text, group[-1].text
    if MARKDOWN_HEADING.match(first) or (CHAPTER.match(first) and len(group) <= 2 and ending(last) == "none"):
        return "heading"
    if LIST_ITEM.match(first):
        return "list"
    if kind == "heading":
        return kind
    if ending(last) == "none" and sum(len(line.text) for line in group) <= _HEADLINE and not closing:
        return "heading"
    if (first[0] in QUOTES_OPEN and last[-1] in QUOTES_CLOSE) or label(first):
        return "dialogue"
    return "paragraph"
