"""Reads journals as what they are, lines of JSON, with nothing of the program: the judge of what was kept."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

Lines = Counter[bytes]
"""Whole lines, and how often each stands there."""


def counted(content: bytes) -> Lines:
    """The whole lines of a file."""
    return Counter(content.split(b"\n")[:-1])


def lines(home: Path) -> Lines:
    """The lines of all journals of a home; one in two copies of a journal counts once."""
    found: Lines = Counter()
    for path in sorted((home / "data" / "journal").glob("*.jsonl")):
        found |= counted(path.read_bytes())
    return found


def events(home: Path) -> list[dict[str, Any]]:
    """What the lines say; a line that says nothing is left out."""
    found = []
    for line in lines(home):
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(said, dict) and isinstance(said.get("id"), str):
            found.append(said)
    return found


def of_type(home: Path, kind: str) -> dict[str, dict[str, Any]]:
    """The events of one type, by id."""
    return {event["id"]: event for event in events(home) if event.get("type") == kind}


def doubled(home: Path) -> list[str]:
    """The ids that two lines of one file have, or two different lines anywhere."""
    ids = Counter(event["id"] for event in events(home))
    twice = [line.decode(errors="replace") for line, times in lines(home).items() if times > 1]
    return [name for name, times in ids.items() if times > 1] + twice


def acts(home: Path) -> set[str]:
    """The ids of the answers and marks: what a learner is told was taken."""
    return {event["id"] for event in events(home) if event.get("type") in ("review", "mark")}
