"""The rows of the library: columns that fit the width, and what stands above them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from studytui.session.library import LibraryText, TextFigures
from studytui.study.coverage import AIM
from studytui.tui.screens.home.panels import level_told, read_told
from studytui.wording import share_span

_GAP = 2
_LEAST_TITLE = 14
_LEAST_ASIDE = 16


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column right of the title."""

    name: str
    width: int


_COLUMNS = (
    TextColumn("level", 8),
    TextColumn("length", 7),
    TextColumn("read", 5),
    TextColumn("known", 8),
    TextColumn("new", 5),
    TextColumn("due", 4),
    TextColumn("opened", 6),
)
_NEEDED = (("known", "due"), ("level", "read", "new"), ("length", "opened"))
"""Which columns go first where there is room, those of a group together."""


def columns_for(width: int) -> tuple[TextColumn, ...]:
    """The columns that fit a width in cells."""
    names: tuple[str, ...] = ()
    shown: tuple[TextColumn, ...] = ()
    for group in _NEEDED:
        names += group
        wanted = tuple(column for column in _COLUMNS if column.name in names)
        if sum(column.width + _GAP for column in wanted) > width - (_LEAST_TITLE if width < 60 else 26):
            break
        shown = wanted
    return shown


def _cells(width: int) -> int:
    return width - sum(column.width + _GAP for column in columns_for(width))


def head(width: int) -> Content:
    """The names of the columns."""
    named = "".join(" " * _GAP + column.name.rjust(column.width) for column in columns_for(width))
    return Content.styled(" " * _cells(width) + named, "dim")


def row(text: LibraryText, found: TextFigures | None, width: int, apart: bool) -> Content:
    """A text's row.

    Args:
        text: the text.
        found: None while it is not counted.
        width: in cells.
        apart: whether its id must tell it from another text of its name.
    """
    room = _cells(width)
    title = text.title
    tail = f"  {text.key}" if apart else ""
    if cell_len(title) + len(tail) > room:
        title = f"{set_cell_size(title, max(1, room - len(tail) - 1)).rstrip()}…"
    pieces = [Content.styled(title, "bold"), Content.styled(tail, "dim")]
    left = room - cell_len(title) - len(tail)
    if left >= _LEAST_ASIDE and not tail and (aside := _aside(text, left - 2)):
        pieces.append(Content.styled(f"  {aside}", "dim"))
        left -= cell_len(aside) + 2
    pieces.append(Content(" " * max(0, left)))
    for column in columns_for(width):
        told, style = _told(column.name, text, found)
        pieces += [
            Content(" " * (_GAP + max(0, column.width - len(told)))),
            Content.styled(told[: column.width], style),
        ]
    return Content.assemble(*pieces)


def is_cut(text: LibraryText, width: int) -> bool:
    """Whether a row of such a width has only the beginning of the title."""
    return cell_len(text.title) > _cells(width)


def _aside(text: LibraryText, room: int) -> str:
    """What is said beside a title where there is room."""
    aside = text.deck.english if text.deck is not None else text.folder
    return aside if cell_len(aside) <= room else ""


def _told(name: str, text: LibraryText, found: TextFigures | None) -> tuple[str, str]:
    if name == "due":
        return (str(text.due), "bold") if text.due else ("", "")
    if name == "level":
        return level_told(text, found), "dim"
    if name == "opened":
        opened = (
            text.record.opened.astimezone() if text.record is not None and text.place is not None else None
        )
        return ("" if opened is None else f"{opened:%d %b}"), "dim"
    if found is None:
        return "…" if name == "known" else "", "dim"
    if name == "read":
        return read_told(found), "dim"
    if name == "length":
        return f"{found.characters:,}", "dim"
    if name == "new":
        return f"{found.new:,}" if found.new else "", "dim"
    able = (found.low + found.high) / 2 >= AIM
    # No colour of its own: the cursor's bar has another in each theme.
    return f"{share_span(found.low, found.high)} %", "bold" if able else ""


def alike(texts: Collection[LibraryText]) -> frozenset[str]:
    """The titles that more than one of the learner's own texts bears."""
    titles = [text.title for text in texts if text.deck is None]
    return frozenset(title for title in titles if titles.count(title) > 1)
