"""Plots are text with axes that can be read."""

from __future__ import annotations

import subprocess
import sys
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
    assert "0┤" in lines[-3]
    assert ("today" if count == 30 else "Dec") in lines[-1]


def test_nothing_looks_like_nothing() -> None:
    (row,) = (line for line in bars([0, 3, 0, 0], [], 40).splitlines() if "0┤" in line)
    assert 5 < row.count("█") < 15


def test_shares_are_drawn_over_percent() -> None:
    lines = shares([("young, 7 days", 1.0), ("mature, 7 days", 0.5)], 60).splitlines()
    assert lines[0].count("█") > 1.8 * lines[1].count("█") > 0
    assert "100 %" in lines[-1]


def test_the_library_waits_for_the_first_plot() -> None:
    screens = "studytui.tui.app, studytui.tui.screens.statistics_screen"
    program = f"import sys, {screens}; print('plotext' in sys.modules)"
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert printed.stdout.strip() == "False"
