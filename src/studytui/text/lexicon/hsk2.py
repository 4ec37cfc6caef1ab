"""The lists of HSK 2.0 (2010), which most textbooks follow: words by their first level, 1 to 6."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from studytui.errors import StudytuiError

LISTED = Path(__file__).resolve().parents[2] / "data" / "hsk2.tsv"
"""The file that the wheel's build makes."""
HIGHEST = 6


@cache
def _levels() -> dict[str, int]:
    try:
        rows = [line.split("\t") for line in LISTED.read_text(encoding="utf-8").splitlines()]
        return {word: int(level) for word, level in rows}
    except (OSError, ValueError) as error:
        raise StudytuiError(f"The lists {LISTED} cannot be read: install studytui again.") from error


def level(headword: str) -> int | None:
    """The level of a word; None if the lists have it not.

    Raises:
        StudytuiError: the lists are missing or damaged.
    """
    return _levels().get(headword)
