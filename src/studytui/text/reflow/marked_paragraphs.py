"""The paragraphs of a text whose format marks them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from studytui.text.characters import standard
from studytui.text.document import Block, Paragraph, Source
from studytui.text.reflow.annotations import written_beside
from studytui.text.reflow.asides import is_aside, is_latin
from studytui.text.reflow.headings import PossibleHeading, chapters, dotted, in_series, numbered, titled
from studytui.text.reflow.lines import Run, harmful, lines, merged
from studytui.text.reflow.positions import Positions

_LINED = frozenset({"verse", "table", "code"})
_SPACES = re.compile(r"\s")

Reflow = Callable[[str], tuple[tuple[Paragraph, ...], int, int]]
"""From a text to its paragraphs, how many unsafe characters and how many annotations were left out."""


def marked_paragraphs(source: Source, reflow: Reflow) -> tuple[tuple[Paragraph, ...], int, int]:
    """The paragraphs of `source.blocks`, how many unsafe characters and how many annotations were left out.

    A block whose breaks may be hard wraps goes through `reflow`; the others are taken as they are.
    """
    paragraphs: list[Paragraph] = []
    removed = left_out = 0
    for block in source.blocks or ():
        text = standard(source.text[block.start : block.end])
        if block.wrapped:
            found, count, beside = reflow(text)
            paragraphs += (_moved(paragraph, block) for paragraph in found)
        else:
            unsafe = harmful(text)
            beside_it = [] if block.kind == "code" else written_beside(text)
            count, beside = len(unsafe), len(beside_it)
            paragraphs += _as_it_is(text, merged(unsafe, beside_it), block)
        removed += count
        left_out += beside
    return _judged(paragraphs), removed, left_out


def _judged(paragraphs: list[Paragraph]) -> tuple[Paragraph, ...]:
    """`paragraphs`, of which some are headings or no part of the text though their format does not say so."""
    found: list[PossibleHeading] = []
    for each in paragraphs:
        loose = each.kind in ("paragraph", "list", "verse") and "\n" not in each.text
        aside = loose and (is_aside(each.text) or is_latin(each.text))
        found.append(PossibleHeading(each.text, "aside" if aside else each.kind, "\n" not in each.text))
    headings: set[int] = set().union(
        *(told(found) for told in (chapters, titled, dotted, numbered, in_series))
    )
    return tuple(
        replace(each, kind="heading" if index in headings else judged.kind)
        for index, (each, judged) in enumerate(zip(paragraphs, found, strict=True))
    )


def _moved(paragraph: Paragraph, block: Block) -> Paragraph:
    """`paragraph` of the text of `block`, with the positions it has in the whole text."""
    origin = Positions((start + block.start, end + block.start) for start, end in paragraph.spans())
    kind = paragraph.kind if block.kind == "paragraph" else block.kind
    return replace(paragraph, kind=kind, origin=origin)


def _as_it_is(text: str, cut: list[Run], block: Block) -> list[Paragraph]:
    """The one paragraph of `block`; none if nothing is left of it."""
    pieces: list[str] = []
    runs: list[Run] = []
    for line in lines(text, cut):
        if block.kind == "code" and line.margin[0]:
            pieces.append(_SPACES.sub(" ", line.margin[0]))
            runs += line.margin[1]
        pieces.append(line.text)
        runs += line.runs
        pieces.append("\n" if block.kind in _LINED else " ")
        runs.append((line.end, line.end + 1))
    if not pieces:
        return []
    origin = Positions((start + block.start, end + block.start) for start, end in runs[:-1])
    return [Paragraph(block.kind, "".join(pieces[:-1]), origin)]
