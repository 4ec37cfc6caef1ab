"""A long text chapter by chapter: where its chapters are, and their key phrases put together.

What a novel turns on differs from chapter to chapter, and a learner reads one at a time. So phrases are
found in one chapter after the other, which also tells how far the work is, and are then ranked together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log2

from studytui.study.phrases.ranking import KeyPhrase
from studytui.text.document import Document
from studytui.text.token import AnnotatedDocument

LONG = 50_000
"""Characters from which a text is gone through by chapters."""
LEAST, MOST = 3_000, 20_000
"""Characters of a chapter: shorter ones go with the next, longer ones are cut at paragraphs."""
EACH = 60
"""So many phrases of each chapter are enough to find the best of the book."""

_NUMBERED = re.compile(
    r"^\s*第?[〇零一二三四五六七八九十百千\d]{1,6}[章回节卷部集篇](?:\s|[：:、.]|$|\S{0,24}$)"
)
_USED = re.compile(r"used (?:once|\d+ times)(?: \([^()]*\))?")
_SPREAD = 0.02
"""What a phrase gains each time the number of chapters it stands in doubles."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of a long text."""

    title: str
    """Its heading; empty where it has none."""
    first: int
    """Its first paragraph."""
    last: int
    """One past its last paragraph."""


def is_long(document: Document) -> bool:
    """Whether a text is gone through by chapters."""
    return document.characters > LONG


def chapters(document: Document) -> tuple[Chapter, ...]:
    """The chapters of a text, in order; together they hold every paragraph.

    They begin at headings, or at lines such as 第三回 where there are several; what is longer than `MOST`
    is cut in slices of about one length, and what is shorter than `LEAST` goes with what follows.
    """
    sizes = [len(paragraph.text) for paragraph in document.paragraphs]
    numbered = [_NUMBERED.match(paragraph.text) is not None for paragraph in document.paragraphs]
    headings = [paragraph.kind == "heading" for paragraph in document.paragraphs]
    # Where chapters are numbered, other headings are of parts of them.
    begins = numbered if sum(numbered) > 1 else headings
    found: list[Chapter] = []
    first, size, title = 0, 0, document.paragraphs[0].text.strip() if begins[:1] == [True] else ""
    for place, begin in enumerate(begins):
        if begin and (size >= LEAST or not size):
            if place > first:
                found += _slices(title, first, place, sizes)
            first, size, title = place, 0, document.paragraphs[place].text.strip()
        size += sizes[place]
    if sizes:
        found += _slices(title, first, len(sizes), sizes)
    return tuple(found)


def _slices(title: str, first: int, last: int, sizes: Sequence[int]) -> list[Chapter]:
    """A chapter, cut at paragraphs into as few slices of about one length as `MOST` allows."""
    total = sum(sizes[first:last])
    count = -(-total // MOST)
    if count < 2:
        return [Chapter(title, first, last)]
    found: list[Chapter] = []
    begin, size = first, 0
    for place in range(first, last):
        if size and size + sizes[place] / 2 > total / count and len(found) < count - 1:
            found.append(Chapter(title, begin, place))
            begin, size = place, 0
        size += sizes[place]
    return [*found, Chapter(title, begin, last)]


def chapter_of(document: AnnotatedDocument, chapter: Chapter) -> AnnotatedDocument:
    """A chapter as a text of its own, with the title of the whole."""
    plain = document.document
    part = replace(plain, paragraphs=plain.paragraphs[chapter.first : chapter.last])
    return AnnotatedDocument(part, document.words[chapter.first : chapter.last])


def together(
    document: Document, parts: Iterable[tuple[Chapter, Sequence[KeyPhrase]]], limit: int | None = 40
) -> tuple[KeyPhrase, ...]:
    """The key phrases of chapters (each found in `chapter_of`) as those of the whole text, best first.

    A phrase of several chapters counts all its places; it is worth what it is where it is worth most, and a
    little more for each doubling of the chapters that have it.
    """
    merged: dict[str, list[KeyPhrase]] = {}
    for chapter, phrases in parts:
        for phrase in phrases:
            moved = tuple((place + chapter.first, start, end) for place, start, end in phrase.occurrences)
            merged.setdefault(phrase.headword, []).append(replace(phrase, occurrences=moved))
    ranked = sorted(map(_merged, merged.values()), key=lambda phrase: (-phrase.score, phrase.occurrences[0]))
    chosen: list[KeyPhrase] = []
    whole: set[str] = set()
    pieces: set[str] = set()
    for phrase in ranked:
        if limit is not None and len(chosen) == limit:
            break
        parts_of = _pieces(phrase.headword)
        if phrase.headword in pieces or not parts_of.isdisjoint(whole):
            continue
        chosen.append(phrase)
        whole.add(phrase.headword)
        pieces |= parts_of
    name = document.id
    return tuple(
        replace(phrase, example=replace(phrase.example, document_id=name)) if phrase.example else phrase
        for phrase in chosen
    )


def _merged(found: Sequence[KeyPhrase]) -> KeyPhrase:
    """One phrase of what the chapters say of it."""
    best = max(found, key=lambda phrase: phrase.score)
    if len(found) == 1:
        return best
    places = tuple(sorted(place for phrase in found for place in phrase.occurrences))
    return replace(
        best,
        count=len(places),
        score=round(min(1.0, best.score + _SPREAD * log2(len(found))), 3),
        reason=_USED.sub(f"used {len(places)} times in {len(found)} chapters", best.reason),
        occurrences=places,
    )


def _pieces(headword: str) -> set[str]:
    """What a phrase holds of two characters and more: none of it is listed beside it."""
    length = len(headword)
    if length == 1:
        return set()
    return {headword[first:last] for first in range(length) for last in range(first + 2, length + 1)}
