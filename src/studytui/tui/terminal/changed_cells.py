"""What goes over the wire: of each frame only the cells that differ from what the terminal shows.

Textual sends a changed region whole, each stretch with all of its colours. Over a slow line that is
what a learner waits for, so the screen that was sent is kept here, and a frame becomes the shortest moves,
colours and characters that turn the one into the other.

Frames are Textual's own values, which it does not promise to keep: they are known by what they have, and one
of another kind is left to Textual to draw.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Protocol, TypeGuard, runtime_checkable

from rich.cells import cell_len, get_character_cell_size
from rich.color import Color, ColorSystem, ColorType
from rich.palette import Palette
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

CellStyle = tuple[tuple[str, ...], str, str]
"""Flags (`1`, `4`, `7`, …), foreground and background, as SGR parameters; empty is the terminal's own."""
Cell = tuple[str, CellStyle]
"""A character (with what combines with it) and how it looks; no character is a wide one's second half."""

PLAIN: CellStyle = ((), "", "")
_FLAGS = {
    "bold": "1", "dim": "2", "italic": "3", "underline": "4", "blink": "5", "blink2": "6", "reverse": "7",
    "conceal": "8", "strike": "9", "underline2": "21", "frame": "51", "encircle": "52", "overline": "53",
}  # fmt: skip
_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "6": "25", "7": "27", "8": "28", "9": "29"}
_OFF |= {"21": "24", "53": "55"}
_SEEN_ON_BLANKS = {"4", "7", "9", "21", "53"}
_ERASE = 7
"""Blanks from which on it is shorter to erase than to write."""
_GAP = 4
"""Unchanged cells that are sent again rather than jumped over."""
_NARROW = str.maketrans("“”‘’—…·×─│━┃°╭╮╰╯", "\"\"''-..x-|-|o++++")
"""What stands for a character of ambiguous width on a terminal that draws it over two cells."""


@runtime_checkable
class WholeFrame(Protocol):
    """The rows of a region: Textual's `LayoutUpdate`."""

    @property
    def strips(self) -> Sequence[Iterable[Strip]]: ...  # noqa: D102
    @property
    def region(self) -> Region: ...  # noqa: D102


@runtime_checkable
class ChangedSpans(Protocol):
    """Spans of rows, and what each row is put together of: Textual's `ChopsUpdate`."""

    @property
    def spans(self) -> Iterable[tuple[int, int, int]]: ...  # noqa: D102
    @property
    def chops(self) -> Sequence[Mapping[int, Strip | None]]: ...  # noqa: D102
    @property
    def chop_ends(self) -> Sequence[Sequence[int]]: ...  # noqa: D102


Frame = WholeFrame | ChangedSpans


def is_frame(renderable: object) -> TypeGuard[Frame]:
    """Whether Textual wants a frame drawn that is understood here."""
    return isinstance(renderable, (WholeFrame, ChangedSpans))


@lru_cache(maxsize=4096)
def is_ambiguous(character: str) -> bool:
    """Whether terminals differ on how wide the character is."""
    return len(character) > 1 or unicodedata.east_asian_width(character) == "A"


@lru_cache(maxsize=8192)
def _clusters(text: str) -> tuple[tuple[str, int], ...]:
    """Characters with what combines with them, and their cells."""
    clusters: list[str] = []
    for character in text:
        if clusters and (get_character_cell_size(character) == 0 or clusters[-1].endswith("\u200d")):
            clusters[-1] += character
        elif get_character_cell_size(character) > 0:
            clusters.append(character)
    return tuple((cluster, max(1, cell_len(cluster))) for cluster in clusters)


@lru_cache(maxsize=1)
def _fixed_colours() -> Palette:
    """The 240 colours that are the same on every terminal: the cube and the greys behind the 16 own ones."""
    return Palette([Color.from_ansi(number).get_truecolor() for number in range(16, 256)])


@lru_cache(maxsize=4096)
def sent_as(colour: Color, colours: ColorSystem) -> Color:
    """The colour that is sent: of 24 bits the nearest of the 240 fixed ones, which takes half the bytes.

    Rich's own way down to them makes dark greys blue.
    """
    if colour.type is ColorType.TRUECOLOR and colours in (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT):
        return Color.from_ansi(16 + _fixed_colours().match(colour.get_truecolor()))
    return colour.downgrade(colours)


@lru_cache(maxsize=4096)
def _look(style: Style, colours: ColorSystem) -> CellStyle:
    flags = tuple(code for name, code in _FLAGS.items() if getattr(style, name))
    front, back = style.color, style.bgcolor
    return (
        flags,
        ";".join(sent_as(front, colours).get_ansi_codes()) if front is not None else "",
        ";".join(sent_as(back, colours).get_ansi_codes(foreground=False)) if back is not None else "",
    )


@lru_cache(maxsize=4096)
def _blank(look: CellStyle) -> CellStyle:
    """How a blank looks: its foreground is not seen."""
    flags = tuple(flag for flag in look[0] if flag in _SEEN_ON_BLANKS)
    return (flags, look[1] if flags else "", look[2])


@lru_cache(maxsize=4096)
def change(old: CellStyle, new: CellStyle) -> str:
    """The shortest sequence from one look to another; empty if they are the same."""
    if old == new:
        return ""
    gone = set(old[0]) - set(new[0])
    codes = list(dict.fromkeys(_OFF.get(flag, "0") for flag in sorted(gone)))
    # 22 ends bold and dim alike.
    kept = {flag for flag in old[0] if _OFF.get(flag) not in codes}
    codes += [flag for flag in new[0] if flag not in kept]
    if old[1] != new[1]:
        codes.append(new[1] or "39")
    if old[2] != new[2]:
        codes.append(new[2] or "49")
    step = ";".join(codes)
    afresh = ";".join(["0", *new[0], *filter(None, (new[1], new[2]))]) if new != PLAIN else ""
    return f"\x1b[{afresh if '0' in codes or len(afresh) < len(step) else step}m"


class Wire:
    """The terminal's screen as it was last sent."""

    def __init__(self, *, wide: bool = False, erases: bool = True, narrow: bool = False) -> None:
        self.narrow = narrow
        """Whether it is certain that it draws them in one."""
        self.wide = wide
        """Whether the terminal draws characters of ambiguous width over two cells."""
        self.erases = erases
        """Whether the terminal erases in the current background, as all but GNU screen do."""
        self._rows: list[list[Cell | None]] = []
        self._width = 0
        self._current: CellStyle = PLAIN
        self._at: tuple[int, int] | None = None

    def forget(self) -> None:
        """What the terminal shows is not known any more: the next frame is sent whole."""
        self._rows = []

    def sequence(self, frame: Frame, colours: ColorSystem, size: tuple[int, int]) -> str:
        """What to send for a frame of a screen of `size` (columns, rows)."""
        stretches = _of_whole(frame) if isinstance(frame, WholeFrame) else _of_spans(frame)
        columns, lines = size
        if (self._width, len(self._rows)) != (columns, lines):
            self._width = columns
            self._rows = [[None] * columns for _ in range(lines)]
        out: list[str] = []
        # Others write to the terminal between frames: only within one is it known where the cursor stands.
        self._current, self._at = PLAIN, None
        for y, x, strip in stretches:
            if 0 <= y < lines:
                self._send(y, x, self._cells(strip, colours), out)
        if out and self._current != PLAIN:
            out.append("\x1b[m")
        return "".join(out)

    def _cells(self, strip: Iterable[Segment], colours: ColorSystem) -> list[Cell]:
        cells: list[Cell] = []
        for text, style, control in strip:
            if control:
                continue
            look = _look(style, colours) if style is not None else PLAIN
            for cluster, width in _clusters(text):
                if cluster == " ":
                    # The blank after it makes room for a wide quotation mark.
                    room = self.wide and cells and _is_wide_here(cells[-1][0])
                    cells.append(("", look) if room else (" ", _blank(look)))
                    continue
                cells.append((cluster, look))
                cells.extend([("", look)] * (width - 1))
        return cells

    def _send(self, y: int, x: int, cells: Sequence[Cell], out: list[str]) -> None:
        row = self._rows[y]
        cells = cells[: max(0, self._width - x)]
        changed = [at for at, cell in enumerate(cells) if row[x + at] != cell]
        if not changed:
            return
        runs: list[tuple[int, int]] = []
        for at in changed:
            first = at
            while first and cells[first][0] == "":
                first -= 1
            last = at + 1
            while last < len(cells) and cells[last][0] == "":
                last += 1
            gap = first - runs[-1][1] if runs else self._width
            near = gap <= _GAP or self.erases
            if gap <= 0 or (runs and near and self._alike(cells, runs[-1][1], first)):
                runs[-1] = (runs[-1][0], max(runs[-1][1], last))
            else:
                runs.append((first, last))
        for first, last in runs:
            at = first
            while at < last:
                at += self._erase(y, x + at, cells[at:last], out) or self._put(y, x + at, cells, at, out)
        row[x : x + len(cells)] = cells

    @staticmethod
    def _alike(cells: Sequence[Cell], first: int, last: int) -> bool:
        """Whether to send a gap again costs no change of colour."""
        near = cells[max(0, first - 1) : last + 1]
        if near.count((" ", near[0][1])) == len(near):
            return True  # blanks, which are erased at once
        looks = {look for text, look in near if text != " "}
        alike = len(looks) == 1 and {_blank(look) for _, look in near} == {_blank(*looks)}
        return alike and last - first <= _GAP

    def _erase(self, y: int, x: int, cells: Sequence[Cell], out: list[str]) -> int:
        """Erases the blanks that begin here, if they are many; how many."""
        look = cells[0][1]
        if not self.erases or look[0] or cells[0][0] != " ":
            return 0
        count = next((at for at, cell in enumerate(cells) if cell != (" ", look)), len(cells))
        if count < _ERASE:
            return 0
        self._move(y, x, out)
        self._paint(" ", look, out)
        out.append(f"\x1b[{count}X")
        return count

    def _paint(self, text: str, look: CellStyle, out: list[str]) -> None:
        """Changes the pen where it must be another one for this character."""
        if text == " ":
            if _blank(self._current) == look:
                return
            if not look[0]:
                look = ((), self._current[1], look[2])  # a blank shows no foreground
        out.append(change(self._current, look))
        self._current = look

    def _move(self, y: int, x: int, out: list[str]) -> None:
        if self._at == (y, x):
            return
        if self._at is not None and self._at[0] == y and 0 <= self._at[1] < x:
            steps = x - self._at[1]
            out.append("\x1b[C" if steps == 1 else f"\x1b[{steps}C")
        elif self._at is not None and self._at[0] == y:
            out.append(f"\x1b[{x + 1}G")
        else:
            out.append(f"\x1b[{y + 1};{x + 1}H")
        self._at = (y, x)

    def _put(self, y: int, x: int, cells: Sequence[Cell], at: int, out: list[str]) -> int:
        """Writes one character; how many cells it takes."""
        text, look = cells[at]
        if not text:
            return 1
        wide = at + 1 < len(cells) and cells[at + 1][0] == ""
        uncertain = is_ambiguous(text) and not (self.narrow and len(text) == 1)
        if uncertain and self.wide and not wide:
            text, uncertain = text.translate(_NARROW), True
        self._move(y, x, out)
        self._paint(text, look, out)
        out.append(text)
        after = x + 1 + wide
        # After a character whose width is the terminal's own choice, and at the right edge, the cursor
        # may stand anywhere in this row: what follows is placed anew.
        self._at = (y, -1) if uncertain or after >= self._width else (y, after)
        return 1 + wide


def _is_wide_here(text: str) -> bool:
    return bool(text) and is_ambiguous(text) and cell_len(text) == 1


def _of_whole(frame: WholeFrame) -> Iterator[tuple[int, int, Iterable[Segment]]]:
    for y, strips in enumerate(frame.strips, frame.region.y):
        yield y, frame.region.x, Strip.join(list(strips))


def _of_spans(frame: ChangedSpans) -> Iterator[tuple[int, int, Iterable[Segment]]]:
    for y, first, last in frame.spans:
        ends = frame.chop_ends[y]
        for end, (x, strip) in zip(ends, frame.chops[y].items(), strict=False):
            if strip is not None and x < last and end > first:
                yield y, x, strip
