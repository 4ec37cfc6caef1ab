"""At which width the lines of a text were wrapped: where, and how sharply."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import accumulate

from studytui.text.reflow.line_marks import cells, ending, has_odd_spaces, unit
from studytui.text.reflow.lines import Line

LONGEST = 240
"""Cells; a longer line was not wrapped by anybody."""
_SECTION = 400
_WINDOW = 10
_WINDOWS = ((_WINDOW, 0), (0, _WINDOW), (4, 0), (0, 4))
"""Lines before and after that are looked at for a common width: columns change it within a few."""
_Limit = tuple[int, int, bool]
"""A wrap: the width most lines have, the width that makes a line full, whether most lines nearby have it."""
_SLACK = 4
_BEYOND = 4
"""Cells by which a wrapped line may hang over: punctuation, an indent that was not counted."""
_FEW = 4
"""Lines that are too few to have a common width."""

GAPS = ("full", "weak", "near", "indented", "short", "widest", "wide", "over", "unknown")


def gaps(found: list[Line]) -> list[str]:
    """For each line but the last, how far it falls short of the width at which its neighbours are wrapped.

    `full`: the next line's first character or word would not have fitted. `weak`: the same, but only a
    few neighbours are as wide. `near`: it would have, just;
    `indented`: by the width of an indent that was lost; `short`: by more. `wide`: it is much wider;
    `over`: so wide that nobody wrapped it.
    `unknown`: its neighbours show no common width; `widest`: it is the widest of a handful.
    """
    odd = has_odd_spaces(line.text for line in found)
    ambiguous, indented = _measure(found, odd)
    widths = [cells(line.text, ambiguous, odd) + (line.indent if indented else 0) for line in found]
    closed = [ending(line.text) in ("final", "spoken") for line in found]
    units = [cells(unit(line.text), ambiguous) for line in found[1:]]
    result: list[str] = []
    for begin in range(0, len(found), _SECTION):
        end = min(begin + _SECTION, len(found))
        if len(found) - end < _SECTION // 2:
            end = len(found)
        local = _local_widths(widths[begin:end], closed[begin:end])
        few = len(found) <= _FEW and not any(local)
        for offset, limits in enumerate(local):
            index = begin + offset
            if index < len(units):
                widest = few and widths[index] == max(widths) <= LONGEST
                result.append(
                    "widest" if widest else _gap(widths[index], widths[index + 1], units[index], limits)
                )
        if end == len(found):
            break
    return result


def _measure(found: list[Line], odd: bool) -> tuple[int, bool]:
    """Which way of measuring makes the common width sharpest: cells of a `“`, and whether indents count."""
    step = max(1, len(found) // 1200)
    sample = found[::step]
    best = (-1.0, 1, True)
    for ambiguous in (1, 2):
        for indented in (True, False):
            widths = [cells(line.text, ambiguous, odd) + (line.indent if indented else 0) for line in sample]
            counts = Counter(width for width in widths if width <= LONGEST)
            peak = max((counts[w] + counts[w - 1] / 2 for w in counts if w >= 8), default=0)
            # Ties go to the plain way.
            sharpness = peak - (0.01 if ambiguous == 2 else 0) - (0 if indented else 0.02)
            if sharpness > best[0]:
                best = (sharpness, ambiguous, indented)
    return best[1], best[2]


def _peaks(widths: list[int], closed: list[bool]) -> list[int]:
    """The widths at which many lines end and hardly any goes beyond, the widest first.

    `closed` are the lines that end a sentence. A wrap ends few; where most do, they are alike by chance.
    """
    counts = Counter(width for width in widths if 8 <= width <= LONGEST)
    done = Counter(width for width, end in zip(widths, closed, strict=True) if end)
    total = len(widths)
    if not counts:
        return []
    top = max(counts)
    prefix = list(accumulate((counts[w] for w in range(top + 12)), initial=0))

    def among(low: int, high: int) -> int:
        return prefix[min(max(high, -1) + 1, len(prefix) - 1)] - prefix[min(max(low, 0), len(prefix) - 1)]

    # Where most lines are too long to have been wrapped, those that are not were not wrapped either.
    need = max(2, 0.03 * total, sum(width > LONGEST for width in widths))
    peaks: list[tuple[int, int]] = []
    width = top
    while width >= 8:
        here = among(width - 3, width)
        if counts[width] and here >= need and among(width + 1, width + 6) <= 0.4 * here:
            # The few that hang over the edge are not the edge: that is where most lines end.
            if sum(done[w] for w in range(width - 3, width + 1)) * 5 > here * 3:
                width -= 1
                continue
            edge = max(range(width - 3, width + 1), key=lambda w: counts[w])
            peaks.append((here, edge))
            # Below a width that is certain, a handful of headlines may be alike.
            need = max(need, 4, 0.08 * total)
            width = edge - 4
        else:
            width -= 1
    peaks = sorted(peaks, reverse=True)[:6]
    return sorted((w for _, w in peaks), reverse=True)


def _local_widths(widths: list[int], closed: list[bool]) -> list[tuple[_Limit, ...]]:
    """For each line the widths that the lines before and after it are wrapped at, and whether most are."""
    peaks = _peaks(widths, closed)
    if not peaks:
        return [()] * len(widths)
    counts = [
        list(accumulate((peak - _SLACK <= width <= peak + 2 for width in widths), initial=0))
        for peak in peaks
    ]
    edges = {peak: _edge(widths, peak) for peak in peaks}
    wider = [list(accumulate((width > peak + _SLACK + 2 for width in widths), initial=0)) for peak in peaks]
    total = len(widths)
    main = max(range(len(peaks)), key=lambda k: counts[k][-1])
    result: list[tuple[_Limit, ...]] = []
    for index in range(total):
        limits = set()
        for before, after in _WINDOWS:
            low, high = index - before, index + after + 1
            low, high = max(low, 0), min(high, total)
            need = 3 if high - low >= _WINDOW // 2 else 2
            for peak, count, over in zip(peaks, counts, wider, strict=True):
                here = count[high] - count[low]
                # Among lines that are mostly wider, some that are alike are so by chance.
                if here >= need and over[high] - over[low] <= here:
                    edge = edges[peak]
                    if edge < peak:
                        # What a printer squeezes, it squeezes by the column.
                        edge = min(edge, _edge(widths[low:high], peak))
                    limits.add((peak, edge, here * 2 >= high - low))
                    break
        low, high = max(index - _WINDOW, 0), min(index + _WINDOW + 1, total)
        if not limits and (wider[main][high] - wider[main][low]) * 4 <= high - low:
            limits.add((peaks[main], edges[peaks[main]], False))
        result.append(tuple(limits))
    return result


def _edge(widths: list[int], peak: int) -> int:
    """The width that a line must reach to be full, once what follows is added.

    A terminal wraps at `peak` sharply. A printer squeezes and stretches: then it is what most lines reach.
    """
    near = sorted(width for width in widths if peak - _SLACK <= width <= peak + 2)
    sharp = sum(peak - 1 <= width <= peak for width in near) * 10 >= 6 * len(near)
    return peak if sharp else near[len(near) // 2] - 2


def _gap(width: int, next_width: int, unit_width: int, limits: tuple[_Limit, ...]) -> str:
    if width > LONGEST:
        return "over"
    if not limits:
        return "unknown"
    # A paragraph goes on at one width: what is followed by a wider line was not wrapped here.
    fitting = [limit for limit in limits if next_width <= limit[0] + _BEYOND]
    if not fitting:
        return "wide" if all(width > limit[0] + _BEYOND for limit in limits) else "short"
    return min((_gap_to(width, unit_width, limit) for limit in fitting), key=GAPS.index)


def _gap_to(width: int, unit_width: int, limit: _Limit) -> str:
    peak, edge, usual = limit
    room = edge - width - unit_width
    if width > peak + _BEYOND:
        return "wide"
    if room < 0:
        return "full" if usual else "weak"
    # Bounds, in cells: less than a character; an indent and its rounding.
    return ("near", "indented", "short")[bisect_right((2, 6), room)]
