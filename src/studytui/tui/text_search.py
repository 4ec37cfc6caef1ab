"""Where things stand in a text that is shown: sentences, what is searched for, other places of a word."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

from studytui.text.document import Document
from studytui.text.find import find
from studytui.text.sentence import sentence_spans
from studytui.text.token import Word
from studytui.tui.widgets.text.text_rows import Place, TextRows

AROUND = 12
"""Characters before and after a word that are shown of another place of it."""
FAR = 20_000
"""Words ahead that are looked through for the next place of a word: some sixty pages."""


def next_sentence(page: TextRows, here: Place, forward: bool) -> Place | None:
    """Where the next sentence begins; backward, this one, or the one before if this is its beginning."""
    step = 1 if forward else -1
    paragraph = here.paragraph
    while 0 <= paragraph < len(page.paragraphs):
        text = page.paragraphs[paragraph].text
        starts = [_first_stop(page, paragraph, span) for span in sentence_spans(text)]
        for start in starts[::step]:
            place = Place(paragraph, start)
            if (place > here) if forward else (place < here):
                return place
        paragraph += step
    return None


def _first_stop(page: TextRows, paragraph: int, span: tuple[int, int]) -> int:
    """The first word of a sentence that a cursor stops at: not its opening quotation mark."""
    words = page.words[paragraph]
    if not words:
        return span[0]
    for word in words[page.index_of(paragraph, span[0]) :]:
        if word.token.start >= span[1]:
            break
        if word.token.kind != "punctuation" and word.token.start >= span[0]:
            return word.token.start
    return span[0]


def sentence_at(page: TextRows, here: Place) -> str:
    """The sentence at a place, as it is shown."""
    if not page.paragraphs:
        return ""
    spans = sentence_spans(page.paragraphs[here.paragraph].text)
    for start, end in spans:
        if start <= here.offset < end:
            return page.text(here.paragraph)[start:end].strip()
    return ""


def search(
    page: TextRows, query: str, here: Place, forward: bool, simplified: Callable[[str], str]
) -> tuple[Place, int] | None:
    """The next place of what is searched for and its end, going round at the text's end; None if none.

    Args:
        page: the text.
        query: as in `studytui.text.find.find`.
        here: where the cursor is; a match there comes last.
        forward: the direction.
        simplified: the simplified form of a text, character for character.
    """
    count = len(page.paragraphs)
    step = 1 if forward else -1
    for distance in range(count + 1):
        paragraph = (here.paragraph + step * distance) % count
        text = page.paragraphs[paragraph].text
        spans = find(query, text, simplified(text), page.words[paragraph] or ())
        if distance == 0:
            spans = tuple(span for span in spans if (span[0] - here.offset) * step > 0)
        if spans:
            start, end = spans[0 if forward else -1]
            return Place(paragraph, start), end
    return None


def place_named(document: Document, where: str) -> Place | None:
    """The place that `40%` (of the text) or `12` (a paragraph, from 1) means; None if it is neither."""
    where = where.strip()
    if where.endswith(("%", "％")):
        try:
            share = float(where[:-1]) / 100
        except ValueError:
            return None
        if not 0 <= share <= 1:
            return None
        ends = paragraph_ends(document)
        at = int(share * ends[-1]) if ends else 0
        index = min(bisect_right(ends, at), len(ends) - 1)
        return Place(index, at - (ends[index - 1] if index else 0))
    if where.isascii() and where.isdecimal() and 1 <= int(where) <= len(document.paragraphs):
        return Place(int(where) - 1, 0)
    return None


def paragraph_ends(document: Document) -> list[int]:
    """How many characters the text has up to the end of each paragraph."""
    return list(accumulate(len(paragraph.text) for paragraph in document.paragraphs))


def elsewhere(page: TextRows, word: Word, here: Place, count: int) -> str:
    """How often the text has a word, and how far on it comes again.

    Args:
        page: the text.
        word: the word at `here`.
        here: where the cursor is.
        count: how often the text has it.
    """
    if count < 2:
        return ""
    said = f"{count} times in this text"
    distance = -here.offset
    looked = 0
    for paragraph in range(here.paragraph, len(page.paragraphs)):
        for other in page.words[paragraph] or ():
            if other.headword == word.headword and (paragraph, other.token.start) > (
                here.paragraph,
                here.offset,
            ):
                return f"{said}; again {distance + other.token.start} characters on"
        looked += len(page.words[paragraph] or ())
        if looked > FAR:
            return said
        distance += len(page.paragraphs[paragraph].text)
    return f"{said}; this is the last"


def other_places(page: TextRows, word: Word, here: Place, most: int) -> tuple[tuple[str, str, str], ...]:
    """Where else the text has a word: what stands before it in its sentence, it, and what follows.

    Those after the cursor come first, then those from the text's beginning on.

    Args:
        page: the text.
        word: the word at `here`.
        here: where the cursor is.
        most: how many places.
    """
    found: list[tuple[str, str, str]] = []
    looked = 0
    count = len(page.paragraphs)
    for paragraph in (*range(here.paragraph, count), *range(here.paragraph)):
        words = page.words[paragraph] or ()
        for other in words:
            start = other.token.start
            # What stands before the cursor in its own paragraph is before the reader's eyes.
            if other.headword != word.headword or (paragraph == here.paragraph and start <= here.offset):
                continue
            found.append(_around(page, paragraph, start, other.token.end))
            if len(found) == most:
                return tuple(found)
        looked += len(words)
        if looked > FAR:
            break
    return tuple(found)


def _around(page: TextRows, paragraph: int, start: int, end: int) -> tuple[str, str, str]:
    text = page.text(paragraph)
    spans = sentence_spans(page.paragraphs[paragraph].text)
    first, last = next((span for span in spans if span[0] <= start < span[1]), (0, len(text)))
    before, after = text[first:start].lstrip(), text[end:last].rstrip()
    return (
        before if len(before) <= AROUND else f"…{before[-AROUND:]}",
        text[start:end],
        after if len(after) <= AROUND else f"{after[:AROUND]}…",
    )
