"""Plots with axes that can be read, by plotext: text without colours, for any terminal.

`textual-plotext` would do too, but draws in colours of its own; these take the theme's, and say the same
without any. The library is loaded by the first plot.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil, log10

HEIGHT = 8
"""Rows of a plot, its axes with it."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_name(day: date) -> str:
    """`3 Dec`, whatever the machine's language."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def day_ticks(first: date, count: int, today: date) -> list[tuple[int, str]]:
    """Labels under bars of days: today, and every seventh day from it."""
    ticks = []
    for number in range(count):
        day = first + timedelta(days=number)
        if (day - today).days % 7 == 0:
            ticks.append((number, "today" if day == today else day_name(day)))
    return ticks


def month_ticks(first: date, count: int) -> list[tuple[int, str]]:
    """Labels under a year of days: the beginning of every second month."""
    days = ((number, first + timedelta(days=number)) for number in range(count))
    return [(number, MONTHS[day.month - 1]) for number, day in days if day.day == 1][::2]


def steps(most: float) -> list[int]:
    """Round whole numbers from 0 that reach up to the largest value, three or four of them."""
    if most <= 1:
        return [0, 1]
    rough = most / 2
    size = 10 ** int(log10(rough)) if rough >= 1 else 1
    step = next(step for step in (size, 2 * size, 5 * size, 10 * size) if step >= rough or 3 * step >= most)
    return [step * number for number in range(ceil(most / step) + 1)]


def bars(values: Sequence[float], ticks: Sequence[tuple[int, str]], width: int) -> str:
    """A bar for each value, over an axis with labels.

    Args:
        values: from 0 up.
        ticks: under which value stands what.
        width: in cells; values that have no column of their own share one, in which the last one counts.
    """
    heights = steps(max(values))
    room = width - len(str(heights[-1])) - 3
    share = max(1, ceil(len(values) / room))
    drawn = [group[-1] for group in (values[at : at + share] for at in range(0, len(values), share))]
    import plotext

    plotext.clear_figure()
    plotext.theme("clear")
    plotext.plotsize(width, HEIGHT)
    some = [at for at, value in enumerate(drawn) if value]  # nothing looks like nothing
    plotext.bar(some, [drawn[at] for at in some], width=0.8 if share == 1 else 1, marker="█")
    plotext.xlim(-0.5, len(drawn) - 0.5)
    plotext.xticks([at // share for at, _ in ticks], [label for _, label in ticks])
    plotext.ylim(0, heights[-1])
    plotext.yticks(heights, [str(height) for height in heights])
    plotext.xaxes(True, False)
    plotext.yaxes(True, False)
    return _built()


def shares(rows: Sequence[tuple[str, float]], width: int) -> str:
    """A lying bar for each share (0 to 1), with its label, over an axis in percent."""
    import plotext

    plotext.clear_figure()
    plotext.theme("clear")
    plotext.plotsize(width, len(rows) + 2)
    labels = [label for label, _ in reversed(rows)]
    plotext.bar(labels, [100 * share for _, share in reversed(rows)], orientation="h", width=0.01, marker="█")
    plotext.xlim(0, 100)
    plotext.xticks([0, 25, 50, 75, 100], ["0", "25", "50", "75", "100 %"])
    plotext.xaxes(True, False)
    plotext.yaxes(True, False)
    return _built()


def _built() -> str:
    import plotext

    lines = plotext.uncolorize(plotext.build()).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip("\n")
