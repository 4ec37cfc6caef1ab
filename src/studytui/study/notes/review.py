"""A review: one answer to one card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class Rating(IntEnum):
    """How well it went, with Anki's and FSRS's numbers."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Review:
    """An answered card."""

    id: str
    """The journal event's id: time-ordered and unique."""
    card: str
    """`studytui.study.notes.card.card_id`."""
    at: datetime
    """UTC."""
    rating: Rating
    took_ms: int
    """Milliseconds from the question to the answer, pauses left out."""
    learning: tuple[int, ...] = (60, 600)
    """The learning steps that held for it, in seconds."""
    relearning: tuple[int, ...] = (600,)
    """The relearning steps."""
    put_off: bool = False
    """Whether the card was given another day since the answer before, which ended its steps."""
