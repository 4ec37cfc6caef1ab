"""Where a key leads from a place in the text: by words, by rows, by paragraphs, to its edges."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from studytui.tui.widgets.text.text_rows import Place, Row, TextRows

if TYPE_CHECKING:
    from studytui.text.token import Word


def by_word(
    page: TextRows, here: Place, forward: bool, wanted: Callable[[int, Word], bool] | None = None
) -> Place | None:
    """The next (previous) word that is wanted, or any; None if there is none."""
    if wanted is None and page.paragraphs and page.words[here.paragraph] is None:
        # Its words are being found: by a character, so that no key is dead meanwhile.
        offset = here.offset + (1 if forward else -1)
        if 0 <= offset < len(page.paragraphs[here.paragraph].text):
            return Place(here.paragraph, offset)
    for paragraph, word in _walk(page, here, forward):
        if wanted is None or wanted(paragraph, word):
            return Place(paragraph, word.token.start)
    return None


def _walk(page: TextRows, here: Place, forward: bool) -> Iterator[tuple[int, Word]]:
    """The words after (before) a place, with their paragraph."""
    step = 1 if forward else -1
    paragraph = here.paragraph
    while 0 <= paragraph < len(page.paragraphs):
        for word in page.stops(paragraph)[::step]:
            if paragraph != here.paragraph or (word.token.start - here.offset) * step > 0:
                yield paragraph, word
        paragraph += step


def by_rows(page: TextRows, here: Place, count: int) -> Place:
    """So many rows on (back, below 0), in the same column as far as words allow."""
    row = target = page.row_of(here)
    column = page.column(row, here.offset)
    remaining = abs(count)
    while remaining:
        step = page.next_row(target) if count > 0 else page.previous_row(target)
        if step is None:
            break
        target = step
        if step.line >= 0 and step.base:
            remaining -= 1
    if target.line < 0 or target == row:
        return here
    target = Row(target.paragraph, target.line)
    return stop_near(page, target, page.offset(target, column))


def stop_near(page: TextRows, row: Row, offset: int) -> Place:
    """The stop at or nearest to an offset, preferably one that begins in the row."""
    paragraph, line = row.paragraph, page.line(row)
    stops = page.stops(paragraph)
    if not stops:
        return Place(paragraph, offset)
    inside = [word for word in stops if line.start <= word.token.start < line.end] or stops
    nearest = min(inside, key=lambda word: (abs(word.token.start - offset), word.token.start))
    for word in inside:
        if word.token.start <= offset < word.token.end:
            nearest = word
    return Place(paragraph, nearest.token.start)


def by_paragraph(page: TextRows, here: Place, forward: bool) -> Place:
    """The first word of the next (this, then the previous) paragraph."""
    if forward:
        return first_stop(page, here.paragraph + 1) if here.paragraph + 1 < len(page.paragraphs) else here
    first = page.stops(here.paragraph)
    at_start = not first or here.offset <= first[0].token.start
    return first_stop(page, max(0, here.paragraph - (1 if at_start else 0)))


def first_stop(page: TextRows, paragraph: int) -> Place:
    """The first word of a paragraph."""
    stops = page.stops(paragraph)
    return Place(paragraph, stops[0].token.start if stops else 0)


def last_stop(page: TextRows) -> Place:
    """The last word of the text."""
    paragraph = len(page.paragraphs) - 1
    stops = page.stops(paragraph)
    return Place(paragraph, stops[-1].token.start if stops else 0)
