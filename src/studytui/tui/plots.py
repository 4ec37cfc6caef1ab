"""Plots with axes that can be read: text without colours, for any terminal.

A day takes the same room whether something was done on it or not, so that two days look like two of thirty;
plotext, which was here, draws the days that are not empty as wide as all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil, log10

from rich.cells import cell_len

from studytui.wording import share_span

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
    margin = len(str(heights[-1])) + 1
    room = width - margin
    share = max(1, ceil(len(values) / room))
    drawn = [group[-1] for group in (values[at : at + share] for at in range(0, len(values), share))]
    wide = max(1, room // len(drawn))
    bar = max(1, wide - 1)  # a cell between two of them, where there is room for one
    named = {round(_ROWS * height / heights[-1]): str(height) for height in heights}
    lines = []
    for row in range(_ROWS, -1, -1):
        label = named.get(row, "")
        axis = f"{label:>{margin - 1}}{'┤' if label else '│'}"
        cells = (_piece(8 * _ROWS * value / heights[-1], row - 1) * bar for value in drawn)
        # The lowest line is the axis itself.
        line = "".join(f"{cell:<{wide}}" for cell in cells) if row else "─" * (wide * len(drawn))
        lines.append(f"{axis}{line}".rstrip())
    below = [" "] * width
    for at, label in ticks:
        start = min(margin + at // share * wide, width - len(label))
        if all(cell == " " for cell in below[max(0, start - 1) : start + len(label) + 1]):
            below[start : start + len(label)] = label
    return "\n".join([*lines, "".join(below).rstrip()])


def _piece(eighths: float, row: int) -> str:
    """What a bar has in a row, counted from the axis up; what is not nothing shows."""
    filled = min(8, max(0, round(eighths) - 8 * row))
    return _EIGHTHS[max(filled, 1 if eighths and not row else 0)]


def shares(rows: Sequence[tuple[str, float]], width: int) -> str:
    """A lying bar for each share (0 to 1), with its label and its percent."""
    return spans([(label, share, share) for label, share in rows], width)


def spans(rows: Sequence[tuple[str, float, float]], width: int) -> str:
    """As `shares`, of shares between two: the bar is full to the first, and lighter to the second."""
    names = max(cell_len(label) for label, _, _ in rows)
    told = [_between(low, high) for _, low, high in rows]
    longest = max(5, *(len(each) for each in told))
    room = max(8, width - names - longest - 2)
    lines = []
    for (label, low, high), percent in zip(rows, told, strict=True):
        full, light = round(room * low), round(room * high)
        bar = "█" * full + "▒" * (light - full) + "·" * (room - light)
        lines.append(f"{label}{' ' * (names - cell_len(label))} {bar} {percent:>{longest}}".rstrip())
    return "\n".join(lines)


def _between(low: float, high: float) -> str:
    return f"{100 * low:>3.0f} %" if low == high else f"{share_span(low, high)} %"


_ROWS = 6
"""Rows of a bar of the greatest height."""
_EIGHTHS = " ▁▂▃▄▅▆▇█"
