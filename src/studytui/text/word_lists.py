"""The word lists that lie in `data/lists`, each with its source at its head."""

from __future__ import annotations

from pathlib import Path

from studytui.errors import StudytuiError

FOLDER = Path(__file__).parents[1] / "data" / "lists"


def lines(name: str) -> list[str]:
    """The lines of a list, less comments and empty ones.

    Raises:
        StudytuiError: the file is not there, or cannot be read.
    """
    path = FOLDER / name
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise StudytuiError(f"The word list {path} cannot be read: install studytui again.") from error
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def sections(name: str) -> dict[str, list[str]]:
    """The words of a list by the heading in brackets that they stand under; raises as `lines`."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in lines(name):
        if line.startswith("["):
            heading = line.strip("[]")
        else:
            found.setdefault(heading, []).extend(line.split())
    return found
