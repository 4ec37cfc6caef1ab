"""The placement that was begun and is neither over nor left: a file of this machine, not of the journal.

Its answers count once it is over. Until then this file keeps them, so that a program that was killed asks on
where it stood.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from studytui.store.files import write_whole
from studytui.study.knowledge import Tried

FORMAT = 1


@dataclass(frozen=True, slots=True)
class UnfinishedPlacement:
    """A placement that was begun."""

    level: float
    """Of HSK 3.0, that the learner said to have when it began; 0 for none."""
    answers: tuple[Tried, ...]
    """What was answered."""
    format: int = FORMAT


def write(path: Path, level: float, answers: Sequence[Tried]) -> None:
    """Keeps the answers so far, in place of those kept before.

    Raises:
        StudytuiError: they cannot be written.
    """
    write_whole(path, msgspec.json.encode(UnfinishedPlacement(level, tuple(answers))))


def read(path: Path, level: float) -> tuple[Tried, ...]:
    """The answers of the placement that was begun at a level; none where there is none that can be read."""
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=UnfinishedPlacement)
    except (OSError, msgspec.MsgspecError, ValueError, RecursionError):
        return ()
    return kept.answers if kept.format == FORMAT and kept.level == level else ()


def remove(path: Path) -> None:
    """Forgets it: it is over, or was left."""
    with suppress(OSError):  # it would be asked on from there, with all of its answers to be seen
        path.unlink(missing_ok=True)
