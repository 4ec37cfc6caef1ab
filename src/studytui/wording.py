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


def hsk_name(level: int) -> str:
    """`HSK 3`, `HSK 7-9`."""
    return f"HSK {hsk_band(level)}"
