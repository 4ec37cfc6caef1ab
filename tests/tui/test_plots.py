"""Plots are text with axes that can be read."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.tui.plots import bars, day_ticks, month_ticks, shares, steps

TODAY = date(2026, 11, 25)


@given(st.one_of(st.integers(0, 10**7), st.floats(0, 10**6)))
def test_steps_are_few_and_reach_up_to_the_largest(most: float) -> None:
    found = steps(most)
    assert found[0] == 0
    assert found[-1] >= most
    assert len(found) <= 5
    assert {later - earlier for earlier, later in pairwise(found)} == {found[1]}
    assert most <= 2 or found[-2] < most


@pytest.mark.parametrize("width", [40, 74, 110])
@pytest.mark.parametrize("count", [30, 365])
def test_a_plot_fits_and_names_its_axes(width: int, count: int) -> None:
    first = TODAY - timedelta(days=count - 1)
    ticks = day_ticks(first, count, TODAY) if count == 30 else month_ticks(first, count)
    lines = bars([number % 37 for number in range(count)], ticks, width).splitlines()
    assert max(map(len, lines)) <= width
    assert all(character.isprintable() for line in lines for character in line)
    assert f"{steps(36 if count > 36 else 29)[-1]}┤" in lines[0]
    assert "0┤" in lines[-2]
    assert ("today" if count == 30 else "Dec") in lines[-1]


@pytest.mark.parametrize("busy", [{3}, {0, 29}, {12, 13, 28}])
@pytest.mark.parametrize("width", [40, 74, 110])
def test_a_day_is_as_wide_as_a_day_however_few_are_busy(busy: set[int], width: int) -> None:
    lines = bars([2 * (day in busy) for day in range(30)], [], width).splitlines()
    wide = (width - 2) // 30
    for line in lines[:6]:
        drawn = {at for at, cell in enumerate(line[2:]) if cell == "█"}
        assert {at // wide for at in drawn} == busy
        assert len(drawn) == len(busy) * max(1, wide - 1)
    assert set(lines[6]) == set("0┤─")


def test_little_is_not_nothing() -> None:
    assert "▁" in bars([1000, 1, 0], [], 40).splitlines()[5]


def test_shares_are_drawn_over_percent() -> None:
    lines = shares([("young, 7 days", 1.0), ("mature, 7 days", 0.5)], 60).splitlines()
    assert lines[0].count("█") > 1.8 * lines[1].count("█") > 0
    assert lines[0].endswith("100 %")
    assert max(map(len, lines)) <= 60
