"""Line breaking: nothing lost, nothing too wide, no mark where it must not stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import get_character_cell_size

from studytui.text.layout import (
    NOT_AT_END,
    NOT_AT_START,
    Above,
    DisplayLine,
    break_lines,
    cells_of,
    column_of,
    inside,
    line_of,
    offset_at,
)

CHINESE = "我们在2016年的“讨论会”上，听到Python程序员说：“网络……是大家的——真的！”（笑）他又说，3.14%不多。"


def cells(text: str) -> tuple[int, ...]:
    return cells_of(text, get_character_cell_size)


def drawn(text: str, line: DisplayLine) -> int:
    visible = text[line.start : line.end].rstrip()
    return line.indent + sum(get_character_cell_size(character) for character in visible)


@pytest.mark.parametrize("width", range(8, 60))
def test_marks_and_runs_keep_their_places(width: int) -> None:
    lines = break_lines(CHINESE, width, cells(CHINESE), first_indent=4)
    for line in lines[1:]:
        assert CHINESE[line.start] not in NOT_AT_START
    for line in lines[:-1]:
        assert CHINESE[line.end - 1] not in NOT_AT_END
    if width >= 12:
        for whole in ("Python", "2016", "3.14%", "……", "——"):
            at = CHINESE.index(whole)
            assert line_of(lines, at) == line_of(lines, at + len(whole) - 1), whole


def test_a_closing_mark_takes_its_character_along() -> None:
    text = "一二三四五，六"
    lines = break_lines(text, 10, cells(text))
    assert [text[line.start : line.end] for line in lines] == ["一二三四", "五，六"]


def test_a_wide_character_is_never_cut() -> None:
    lines = break_lines("a一二三", 4, cells("a一二三"))
    assert [(line.start, line.end) for line in lines] == [(0, 2), (2, 4)]


def test_an_unbreakable_run_longer_than_the_line_is_cut_at_the_edge() -> None:
    lines = break_lines("x" * 25, 10, cells("x" * 25))
    assert [line.end - line.start for line in lines] == [10, 10, 5]


def test_newlines_of_verse_are_kept() -> None:
    text = "床前明月光\n疑是地上霜"
    lines = break_lines(text, 40, cells(text))
    assert [text[line.start : line.end] for line in lines] == ["床前明月光\n", "疑是地上霜"]


def test_an_empty_paragraph_has_one_line() -> None:
    assert break_lines("", 10, cells("")) == (DisplayLine(0, 0, 0),)


@given(
    st.text(alphabet="我你他的，。“”（）—… aB3.%\n７e\u0301😀", max_size=120),
    st.integers(2, 50),
    st.integers(0, 6),
)
def test_lines_cover_the_text_and_fit_the_width(text: str, width: int, indent: int) -> None:
    lines = break_lines(text, width, cells(text), indent)
    assert "".join(text[line.start : line.end] for line in lines) == text
    assert all(drawn(text, line) <= width for line in lines)
    assert all(line.start < line.end for line in lines[:-1])


@given(st.text(alphabet="我你，a3 ", min_size=1, max_size=80), st.integers(4, 40), st.data())
def test_a_place_and_its_cell_are_inverse(text: str, width: int, data: st.DataObject) -> None:
    lines = break_lines(text, width, cells(text))
    offset = data.draw(st.integers(0, len(text) - 1))
    line = lines[line_of(lines, offset)]
    assert line.start <= offset < line.end
    column = column_of(line, offset, cells(text))
    assert offset_at(line, column, cells(text)) == offset


@st.composite
def annotated(draw: st.DrawFn) -> tuple[str, list[Above]]:
    """A text, and over some of its words something as wide as pinyin is."""
    word = st.tuples(st.text("我你他们", min_size=1, max_size=4), st.integers(0, 12))
    pieces = draw(st.lists(st.one_of(word, st.tuples(st.just("a3"), st.just(0))), max_size=20))
    text, above = "", []
    for piece, wide in pieces:
        if wide:
            above.append(Above(len(text), len(text) + len(piece), wide))
        text += piece + draw(st.sampled_from(["", "", "，", "。”", "“", " "]))
    return text, above


@given(annotated(), st.integers(24, 60), st.integers(0, 4))
def test_what_stands_above_never_touches_its_neighbour_nor_leaves_the_line(
    sample: tuple[str, list[Above]], width: int, indent: int
) -> None:
    text, above = sample
    widths = cells_of(text, get_character_cell_size, above)
    lines = break_lines(text, width, widths, indent, inside(above))
    assert "".join(text[line.start : line.end] for line in lines) == text
    for line in lines:
        free = 0
        for each in above:
            if not line.start <= each.start < line.end:
                continue
            column = column_of(line, each.start, widths)
            assert column >= free
            assert column + each.cells <= width
            free = column + each.cells + 1
            assert each.end <= line.end
