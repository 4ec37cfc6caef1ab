"""Undoes hard wraps: from the lines of a file to the paragraphs its writer meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from studytui.errors import StudytuiError
from studytui.text.characters import standard
from studytui.text.document import Document, LinesChoice, Paragraph, ParagraphKind, Source
from studytui.text.punctuation import COLONS, QUOTES_CLOSE, QUOTES_OPEN
from studytui.text.reflow.annotations import edited_section, written_beside
from studytui.text.reflow.asides import without_tail
from studytui.text.reflow.blocks import KeptLines, blocks
from studytui.text.reflow.hard_wraps import NARROWEST, ends_anyway, never_wrapped
from studytui.text.reflow.headings import PossibleHeading, dotted, in_series, numbered, titled
from studytui.text.reflow.kept_lines import kinds_of_lines
from studytui.text.reflow.line_marks import (
    BARE_NUMBER,
    CHAPTER,
    HAN,
    LIST_ITEM,
    MARKDOWN_HEADING,
    PAGE_NUMBER,
    STOP,
    beginning,
    cells,
    ending,
    has_odd_spaces,
    label,
    quoted_after,
    stands_alone,
    within_word,
)
from studytui.text.reflow.lines import Line, end_of_line, harmful, lines, merged, safe_line, slice_runs
from studytui.text.reflow.marked_paragraphs import marked_paragraphs
from studytui.text.reflow.model.paragraph_model import breaks
from studytui.text.reflow.model.rates import END, HEAD, JOIN, Sight
from studytui.text.reflow.positions import Positions
from studytui.text.reflow.spaces import join, spaced, stack
from studytui.text.reflow.widths import gaps

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon

_HEADLINE = 40
"""Characters of the longest headline."""
_DIGITS = re.compile("[0-9０-９\\s·.-]+")
_NUMBER = re.compile("[0-9０-９]")
_LONGEST_HEAD = 24
"""Characters of the longest line at the head of pages."""
_MANY_PAGES = 3
"""Pages at whose head a line stands that is no part of the text."""
_SETTLING = 5
"""How often a result is read again, at most."""
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Style(NamedTuple):
    """How a text uses spaces."""

    apart: bool
    """It sets Chinese apart from Latin letters and numbers."""
    odd: bool
    """They stand between any Chinese characters."""


class _Group(NamedTuple):
    """The lines of a paragraph."""

    lines: list[Line]
    kind: ParagraphKind
    """What they are as far as they show it."""
    kept: bool = False
    """Whether it is one line that stands as it was written: then its kind is sure."""


class Reflowed(NamedTuple):
    """A text as paragraphs."""

    paragraphs: tuple[Paragraph, ...]
    removed: int
    """How many control characters, escape sequences and invisible characters were taken out."""
    annotations: int
    """How many readings in brackets and marks of notes were left out."""


def read_document(source: Source, choice: LinesChoice = "auto") -> Document:
    """The Document of `source`; see `reflow` for `choice`. Raises StudytuiError if nothing is left of it."""
    if source.blocks is None:
        paragraphs, removed, left_out = reflow(source.text, choice)
    else:
        paragraphs, removed, left_out = marked_paragraphs(source, lambda text: reflow(text, choice))
    if not paragraphs:
        raise StudytuiError(f"{source.title} has nothing to read in it: choose another text.")
    notices = source.notices
    if left_out:
        what = "1 reading or note mark is" if left_out == 1 else f"{left_out} readings and note marks are"
        notices += (f"{what} left out of the text.",)
    as_it_came = source.text if source.name == "-" and source.blocks is None else None
    return Document(source.name, source.title, source.encoding, paragraphs, removed, notices, as_it_came)


def reflow(text: str, choice: LinesChoice = "auto") -> Reflowed:
    """The paragraphs of `text`, each character with its position in `text`.

    `choice` says what becomes of its lines: `keep` them as they are, `join` what was wrapped, or `auto`: join
    where they look wrapped.

    Raises StudytuiError if `text` holds halves of characters (lone surrogates).
    """
    if _SURROGATE.search(text):
        raise StudytuiError("The text holds halves of characters (lone surrogates): save it again as UTF-8.")
    text = standard(text)
    unsafe, beside = harmful(text), written_beside(text)
    cut = merged(unsafe, beside)
    found = [part for line in _without_page_numbers(list(lines(text, cut))) for part in without_tail(line)]
    paragraphs = _paragraphs(text, found, choice)
    for _ in range(_SETTLING):
        # What was joined may show the rest in a new light: the result must read the same.
        again = _paragraphs(text, _lines_of(paragraphs, text), choice)
        if [paragraph.text for paragraph in again] == [paragraph.text for paragraph in paragraphs]:
            break
        paragraphs = again
    return Reflowed(paragraphs, len(unsafe), len(beside))


def _paragraphs(text: str, found: list[Line], choice: LinesChoice) -> tuple[Paragraph, ...]:
    style = _Style(
        apart=spaced(line.text for line in found),
        odd=has_odd_spaces(line.text for line in found),
    )
    groups = _with_headings(_groups(text, found, choice))
    return tuple(
        _paragraph(group, style, closing=index == len(groups) - 1) for index, group in enumerate(groups)
    )


def _with_headings(groups: list[_Group]) -> list[_Group]:
    """`groups`, of which those are headings that only their neighbours tell."""
    for told in (titled, dotted, numbered, in_series):
        found = told(
            [PossibleHeading(each.lines[0].text, each.kind, len(each.lines) == 1) for each in groups]
        )
        groups = [
            each._replace(kind="heading") if index in found else each for index, each in enumerate(groups)
        ]
    return groups


def _lines_of(paragraphs: Sequence[Paragraph], source: str) -> list[Line]:
    """The lines of a file that has a paragraph of `source` a line."""
    found: list[Line] = []
    for paragraph in paragraphs:
        runs = paragraph.origin.runs if isinstance(paragraph.origin, Positions) else ()
        start = 0
        for text in paragraph.text.split("\n"):
            end = start + len(text)
            line = safe_line(text, slice_runs(runs, start, end))
            if line is not None:
                found.append(replace(line, end=end_of_line(source, line.end)))
            start = end + 1
    return found


def _without_page_numbers(found: list[Line]) -> list[Line]:
    """`found` without the numbers that stand alone at the end or the beginning of a page, and without what
    stands at the head of many pages."""
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
    # One line for each text: a head with the number of its page is never the same, what people say may be.
    heads = Counter(map(_head, {line.text for line in kept if line.page}))
    result: list[Line] = []
    for line in kept:
        if line.page and heads[_head(line.text)] >= _MANY_PAGES and _head(line.text) != "":
            page = True
        else:
            result.append(replace(line, page=True) if page else line)
            page = False
    return result


def _head(text: str) -> str:
    """What a short line says but for the number of its page: 牛顿传·1· and 牛顿传·2· are one."""
    return _DIGITS.sub("", text) if len(text) <= _LONGEST_HEAD and _NUMBER.search(text) else ""


def _groups(text: str, found: list[Line], choice: LinesChoice) -> list[_Group]:
    """The lines of each paragraph of `text`, and what it is as far as its lines show."""
    sections = [i for i, line in enumerate(found) if edited_section(text, line)]
    fixed = {block.start: block for block in blocks(found)}
    fixed |= {index: KeptLines(index, index + 1, "heading") for index in sections}
    inside = {index for block in fixed.values() for index in range(block.start, block.end)}
    loose = [index for index in range(len(found)) if index not in inside]
    kinds = kinds_of_lines(found, inside)
    kept = _kept([found[index] for index in loose], choice)
    alone = {index: kinds[index] for index, stays in zip(loose, kept, strict=True) if stays}
    prose = [found[index] for index in loose if index not in alone]
    states = iter((*breaks(_sights(prose)), END))
    groups: list[_Group] = []
    group: list[Line] = []
    for index, line in enumerate(found):
        if group and (index in fixed or index in alone):
            groups.append(_Group(group, "paragraph"))
            group = []
        if index in fixed:
            lines_of_block = found[index : fixed[index].end]
            if fixed[index].kind in ("verse", "dialogue", "heading"):
                groups += [_Group([each], fixed[index].kind, kept=True) for each in lines_of_block]
            else:
                groups.append(_Group(lines_of_block, fixed[index].kind))
        if index in alone:
            groups.append(_Group([line], alone[index], kept=True))
        if index in inside or index in alone:
            continue
        group.append(line)
        state = next(states)
        if state != JOIN:
            groups.append(_Group(group, "heading" if state == HEAD else "paragraph"))
            group = []
    if group:
        groups.append(_Group(group, "paragraph"))
    return groups


def _kept(found: list[Line], choice: LinesChoice) -> list[bool]:
    """For each line whether it stands as it was written; else it may have been wrapped."""
    return [choice == "keep"] * len(found) if choice != "auto" else never_wrapped(found, _known)


@cache
def _lexicon() -> Lexicon:
    from studytui.text.lexicon.lexicon import Lexicon  # most texts are cleaned without it

    return Lexicon.open()


def _known(forms: set[str]) -> set[str]:
    return _lexicon().known(forms) if forms else set()


def _sights(found: Sequence[Line]) -> list[Sight]:
    speakers = Counter(name for name in (label(line.text) for line in found) if name)
    indents = Counter(line.indent for line in found)
    margin = min((indent for indent, count in indents.items() if count * 10 >= len(found)), default=0)
    usual = _usual_beginnings(found)
    quoted = False
    sights: list[Sight] = []
    parted = ends_anyway(found)
    for line, following, gap, anyway in zip(found, found[1:], gaps(list(found)), parted, strict=False):
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
                ending="head" if stands_alone(line.text, _fills(line.text, gap)) else ending(line.text),
                gap=gap,
                blank="page" if following.page else str(min(following.blanks, 2)),
                indent="same" if step < 2 else "in" if step <= 8 else "far",
                beginning=start,
                quoted=quoted,
                split=within_word(line.text, following.text),
                stopped=STOP.search(line.text) is not None,
                parted=anyway,
            )
        )
    return sights


def _fills(text: str, gap: str) -> bool:
    """Whether a line fills its line, and may go on in the next one."""
    return gap == "full" and cells(text) >= NARROWEST


def _usual_beginnings(found: Sequence[Line]) -> set[str]:
    """The two characters that lines begin with again and again, and that hardly stand elsewhere.

    A wrap cuts anywhere, so what a wrapped line begins with stands elsewhere some twenty times as often.
    """
    counts = Counter(line.text[:2] for line in found if HAN.match(line.text) and len(line.text) > 2)
    frequent = [(start, count) for start, count in counts.most_common(40) if count >= 3]
    everything = "\n".join(line.text for line in found) if frequent else ""
    return {start for start, count in frequent if count * 2 >= everything.count(start)}


def _paragraph(found: _Group, style: _Style, closing: bool) -> Paragraph:
    """The paragraph of a group of lines; `closing` if it is the last."""
    group, kind, kept = found
    if kind in ("code", "table"):
        text, runs = stack(group, kind)
    elif kind in ("verse", "aside"):
        text, runs = join(group, style.apart or kept, parted=not style.odd)
    else:
        kind = kind if kept else _kind(group, kind, closing)
        text, runs = join(group, style.apart or kept, parted=_parted(group, style))
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
    if (
        ending(last) == "none"
        and not STOP.search(first)
        and sum(len(line.text) for line in group) <= _HEADLINE
        and not closing
    ):
        return "heading"
    if (first[0] in QUOTES_OPEN and last[-1] in QUOTES_CLOSE) or label(first):
        return "dialogue"
    return "paragraph"
