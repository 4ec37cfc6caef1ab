"""The columns of the list of words: which there are at a width, their headings, and a word's row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from studytui.session.words.own_words import Order
from studytui.session.words.word_query import OwnWord
from studytui.tui.widgets.entry_text import STATUS_STYLES
from studytui.wording import hsk_band


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as it stands at some width."""

    order: Order | None
    """What sorts by it, if anything does."""
    heading: str
    start: int
    """The cell where it begins."""
    width: int
    """In cells, the gap after it left out."""
    cell: Callable[[OwnWord], str]
    style: Callable[[OwnWord], str]


@dataclass(frozen=True, slots=True)
class _Kind:
    order: Order | None
    heading: str
    cells: Callable[[int], int]
    """How wide it is in a list of a width; 0 where there is no room for it."""
    cell: Callable[[OwnWord], str]
    style: Callable[[OwnWord], str] = lambda word: ""


MARK = 2
"""Cells before a row, for the mark of what is picked."""
_MEANING = 1000
"""Takes what is left."""


def due_told(word: OwnWord) -> str:
    """When a word comes back: `today`, `3 d`, `2 mo`, `1.5 y`; `off` while it is suspended."""
    if word.due is None:
        return "off" if "suspended" in word.standings else ""
    return "today" if word.due <= 0 else span_told(word.due)


def span_told(days: float) -> str:
    """Days in four or five cells."""
    if days < 100:
        return f"{days:.0f} d"
    return f"{days / 30.4:.0f} mo" if days < 700 else f"{days / 365:.1f} y"


_KINDS = (
    _Kind(
        "word", "word", lambda width: 9 if width < 60 else 12, lambda word: word.headword, lambda word: "bold"
    ),
    _Kind(None, "reading", lambda width: 11 if width < 60 else 16, lambda word: word.reading),
    _Kind(None, "meaning", lambda width: _MEANING, lambda word: word.gloss, lambda word: "dim"),
    _Kind(
        "status",
        "status",
        lambda width: 8 if width >= 56 else 0,
        lambda word: word.status,
        lambda word: STATUS_STYLES[word.status],
    ),
    _Kind(
        "level",
        "HSK",
        lambda width: 3 if width >= 64 else 0,
        lambda word: "" if word.hsk is None else hsk_band(word.hsk),
    ),
    _Kind("due", "due", lambda width: 5, due_told),
    _Kind(
        "stability",
        "holds",
        lambda width: 5 if width >= 74 else 0,
        lambda word: "" if word.stability is None else span_told(word.stability),
    ),
    _Kind("lapses", "×", lambda width: 2 if width >= 74 else 0, lambda word: str(word.lapses or "")),
    _Kind(
        None,
        "text",
        lambda width: min(24, width // 6) if width >= 90 else 0,
        lambda word: ", ".join(word.texts),
        lambda word: "dim",
    ),
)


@lru_cache(maxsize=8)
def columns(width: int) -> tuple[_Column, ...]:
    """The columns of a list of so many cells."""
    wanted = [(kind, cells) for kind in _KINDS if (cells := kind.cells(width))]
    fixed = sum(cells + 1 for kind, cells in wanted if cells != _MEANING)
    left = max(4, width - MARK - fixed - 1)
    found: list[_Column] = []
    at = MARK
    for kind, cells in wanted:
        cells = left if cells == _MEANING else cells
        found.append(_Column(kind.order, kind.heading, at, cells, kind.cell, kind.style))
        at += cells + 1
    return tuple(found)


def headings(width: int, order: Order, *, reverse: bool) -> Content:
    """The headings, that of the column that is sorted by marked."""
    pieces: list[Content] = [Content(" " * MARK)]
    for column in columns(width):
        sorted_by = column.order == order
        arrow = ("▲" if reverse else "▼") if sorted_by else ""
        text = set_cell_size(f"{column.heading}{arrow}", column.width)
        pieces += [Content.styled(text, "bold underline" if sorted_by else ""), Content(" ")]
    return Content.assemble(*pieces)


def heading_at(width: int, cell: int) -> Order | None:
    """What a heading sorts by, if one stands there."""
    for column in columns(width):
        if column.start <= cell < column.start + column.width:
            return column.order
    return None


def row(word: OwnWord, written: str, width: int, *, picked: bool) -> Content:
    """A word's row; `written` is how it stands in the script of the settings."""
    pieces = [Content.styled("> " if picked else "  ", "bold")]
    for column in columns(width):
        cell = written if column.order == "word" else column.cell(word)
        pieces += [Content.styled(_fitted(cell, column.width), column.style(word)), Content(" ")]
    return Content.assemble(*pieces)


def _fitted(text: str, cells: int) -> str:
    if cell_len(text) <= cells:
        return set_cell_size(text, cells)
    return set_cell_size(set_cell_size(text, cells - 1).rstrip() + "…", cells)
