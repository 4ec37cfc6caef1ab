"""How numbers and levels are put into words, the same in commands, screens and sentences."""

from __future__ import annotations

from math import ceil, floor


def many(count: int, what: str) -> str:
    """`1 word`, `1,200 words`."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def share_span(low: float, high: float) -> str:
    """Shares from 0 to 1 in whole percent: `88-92`, or one number where they are the same."""
    one, other = floor(round(100 * low, 6)), ceil(round(100 * high, 6))
    return str(one) if one == other or low == high else f"{one}-{other}"


def hsk_band(level: int) -> str:
    """A level of HSK 3.0, 1 to 7, by its number; `7-9` for the three that the standard does not part."""
    return "7-9" if level >= 7 else str(level)


def hsk_name(level: int, version: str = "3.0") -> str:
    """`HSK 3`, `HSK 7-9`; `HSK 2.0 level 3` of the older lists."""
    return f"HSK {hsk_band(level)}" if version == "3.0" else f"HSK {version} level {level}"


def span(seconds: float) -> str:
    """A stretch of time as a learner says it: `<1 min`, `10 min`, `3 h`, `4 days`, `2.5 months`."""
    minutes = seconds / 60
    if minutes < 1:
        return "<1 min"
    if minutes < 60:
        return f"{round(minutes)} min"
    if minutes < 24 * 60:
        return f"{round(minutes / 60)} h"
    days = minutes / (24 * 60)
    if days < 1.5:
        return "1 day"
    if days < 45:
        return f"{round(days)} days"
    return f"{days / 30.4:.1f} months" if days < 365 else f"{days / 365.25:.1f} years"
