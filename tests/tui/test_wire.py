"""The wire: whatever frames follow one another, the terminal shows the last one."""

from __future__ import annotations

from itertools import combinations

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from studytui.tui.terminal.changed_cells import PLAIN, Wire, change, sent_as

COLUMNS, ROWS = 24, 5
STYLES = [
    Style.parse(style)
    for style in (
        "",
        "bold",
        "underline #57a5e2 on #121212",
        "reverse",
        "bold dim on #1e1e1e",
        "#e0e0e0 on #1e1e1e",
        "italic red",
    )
]
PIECES = ["读", "书", "wān", "a", "  ", "          ", "“", "。", "café", "—", " "]

strips = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(STYLES)), max_size=10).map(
    lambda pieces: Strip([Segment(text, style) for text, style in pieces]).adjust_cell_length(
        COLUMNS, STYLES[5]
    )
)
frames = st.lists(st.lists(strips, min_size=ROWS, max_size=ROWS), min_size=1, max_size=5)


def terminal() -> tuple[pyte.Screen, pyte.Stream]:
    screen = pyte.Screen(COLUMNS, ROWS)
    return screen, pyte.Stream(screen)


def layout(rows: list[Strip]) -> LayoutUpdate:
    return LayoutUpdate([[row] for row in rows], Region(0, 0, COLUMNS, ROWS))


def send(wire: Wire, update: LayoutUpdate | ChopsUpdate) -> str:
    return wire.sequence(update, ColorSystem.TRUECOLOR, (COLUMNS, ROWS))


def shown(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    """What can be seen of every cell: of a blank no foreground and no bold."""
    rows = []
    for y in range(ROWS):
        row: list[tuple[object, ...]] = []
        for x in range(COLUMNS):
            cell = screen.buffer[y][x]
            bare = (cell.data, cell.bg, cell.underscore, cell.reverse)
            seen = cell.data != " " or cell.underscore or cell.reverse
            row.append((*bare, cell.fg, cell.bold, cell.italics) if seen and cell.data else bare)
        rows.append(row)
    return rows


@given(frames, st.booleans())
@settings(max_examples=150)
def test_the_terminal_shows_the_last_frame_however_it_came(sequence: list[list[Strip]], erases: bool) -> None:
    wire = Wire(erases=erases)
    screen, stream = terminal()
    for rows in sequence:
        stream.feed(send(wire, layout(rows)))
    fresh, fresh_stream = terminal()
    fresh_stream.feed("".join(f"\x1b[{y};1H" + row_ansi(row) for y, row in enumerate(sequence[-1], 1)))
    assert shown(screen) == shown(fresh)


def row_ansi(row: Strip) -> str:
    """A row as Rich itself writes it, in the colours that are sent."""
    return "".join(
        in_sent_colours(style).render(text, color_system=ColorSystem.EIGHT_BIT) if style else text
        for text, style, _ in row
    )


def in_sent_colours(style: Style) -> Style:
    front, back = (
        sent_as(colour, ColorSystem.TRUECOLOR) if colour else None for colour in (style.color, style.bgcolor)
    )
    return style + Style.from_color(front, back)


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_the_colour_that_is_sent_is_near_the_one_that_is_meant(rgb: tuple[int, int, int]) -> None:
    sent = sent_as(Color.from_rgb(*rgb), ColorSystem.TRUECOLOR)
    assert sent.number is not None
    assert sent.number >= 16  # the first 16 are the learner's own
    off = max(abs(a - b) for a, b in zip(sent.get_truecolor(), rgb, strict=True))
    assert off <= 60  # the cube's widest step is 95


@pytest.mark.parametrize("grey", [18, 30, 36, 224])
def test_greys_stay_grey(grey: int) -> None:
    red, green, blue = sent_as(Color.from_rgb(grey, grey, grey), ColorSystem.TRUECOLOR).get_truecolor()
    assert red == green == blue
    assert abs(red - grey) <= 5


@given(st.lists(strips, min_size=ROWS, max_size=ROWS))
def test_the_same_frame_again_costs_nothing(rows: list[Strip]) -> None:
    wire = Wire()
    assert send(wire, layout(rows))
    assert send(wire, layout(rows)) == ""
    wire.forget()
    assert send(wire, layout(rows))


def test_one_changed_word_costs_that_word() -> None:
    wire = Wire()
    rows = [Strip([Segment("我们在读一本书。".ljust(16), STYLES[2])])] * ROWS
    send(wire, layout(rows))
    changed = Strip(
        [Segment("我们在", STYLES[2]), Segment("写", STYLES[2]), Segment("一本书。".ljust(12), STYLES[2])]
    )
    assert cell_len(rows[0].text) == changed.cell_length
    sent = send(wire, layout([changed, *rows[1:]]))
    assert "写" in sent
    assert "我" not in sent
    assert "书" not in sent


def test_a_part_of_the_screen_changes_that_part() -> None:
    wire = Wire()
    screen, stream = terminal()
    stream.feed(send(wire, layout([Strip([Segment("0" * COLUMNS)])] * ROWS)))
    chops: list[dict[int, Strip | None]] = [{0: None, 8: None} for _ in range(ROWS)]
    chops[2][8] = Strip([Segment("读书" + "0" * (COLUMNS - 12))])
    sent = send(wire, ChopsUpdate(chops, [(2, 8, COLUMNS)], [[8, COLUMNS]] * ROWS))
    stream.feed(sent)
    assert sent == "\x1b[3;9H读书"
    assert [line.replace("0", "") for line in screen.display] == ["", "", "读书", "", ""]


def test_after_a_character_of_uncertain_width_the_cursor_is_placed_anew() -> None:
    sent = send(Wire(), layout([Strip([Segment("a“b”cd")]), *[Strip.blank(COLUMNS)] * (ROWS - 1)]))
    assert "a“\x1b[3Gb”\x1b[5Gcd" in sent


def test_a_terminal_that_draws_it_wide_gets_room_or_another_character() -> None:
    wire = Wire(wide=True)
    row = Strip([Segment("“ 读— 书“x")])
    sent = send(wire, layout([row, *[Strip.blank(COLUMNS)] * (ROWS - 1)]))
    # With room beside it the mark stands as it is and the room is left alone; without, a narrow one does.
    assert '“\x1b[3G读—\x1b[7G书"\x1b[10Gx' in sent


@pytest.mark.parametrize("old", STYLES)
@pytest.mark.parametrize("new", STYLES)
def test_from_any_look_to_any_other(old: Style, new: Style) -> None:
    from studytui.tui.terminal.changed_cells import _look

    first, last = (_look(style, ColorSystem.TRUECOLOR) for style in (old, new))
    screen, stream = terminal()
    stream.feed(change(PLAIN, first) + change(first, last) + "x")
    fresh, fresh_stream = terminal()
    fresh_stream.feed(change(PLAIN, last) + "x")
    assert screen.buffer[0][0] == fresh.buffer[0][0]


FLAGS = ["1", "2", "3", "4", "7", "9"]
LOOKS = [
    (tuple(flags), colour, "")
    for count in range(4)
    for flags in combinations(FLAGS, count)
    for colour in ("", "31")
]
_ENDS = {"22": {"1", "2"}, "23": {"3"}, "24": {"4", "21"}, "27": {"7"}, "29": {"9"}}


def after_codes(look: tuple[tuple[str, ...], str, str], sequence: str) -> tuple[set[str], str]:
    """Flags and foreground of a terminal that looked so, by ECMA-48; pyte knows nothing of dim."""
    flags, colour = set(look[0]), look[1]
    for code in sequence.removeprefix("\x1b[").removesuffix("m").split(";") if sequence else []:
        if code in ("", "0"):
            flags, colour = set(), ""
        elif code in _ENDS:
            flags -= _ENDS[code]
        elif code in ("31", "39"):
            colour = "" if code == "39" else code
        else:
            flags.add(code)
    return flags, colour


def test_a_change_of_look_ends_what_is_gone_and_nothing_else() -> None:
    """22 ends bold and dim alike: what stays of the two is said again."""
    for old in LOOKS:
        for new in LOOKS:
            assert after_codes(old, change(old, new)) == (set(new[0]), new[1]), (old, new)
