"""A card: one question a note asks, and what is remembered of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Template = Literal["recognition", "recall", "reading", "cloze"]
"""recognition: headword -> meaning; recall: meaning -> headword; reading: headword -> pinyin;
cloze: the note's sentence with the headword taken out."""

TEMPLATES: tuple[Template, ...] = ("recognition", "recall", "reading", "cloze")


_BY_NAME: dict[str, Template] = {template: template for template in TEMPLATES}


def card_id(note_id: str, template: Template) -> str:
    """The identity of a card: `核心/he2 xin1#cloze`."""
    return f"{note_id}#{template}"


def split_card_id(card: str) -> tuple[str, Template]:
    """The note's id and the template of a card's id.

    Raises:
        ValueError: it is not a card's id.
    """
    note, _, name = card.rpartition("#")
    template = _BY_NAME.get(name)
    if note and template is not None:
        return note, template
    raise ValueError(f"{card!r} is not a card's id")


@dataclass(frozen=True, slots=True)
class Memory:
    """What FSRS knows of a card after its reviews. A card without reviews has no Memory."""

    phase: Literal["learning", "review", "relearning"]
    step: int | None
    """Which (re)learning step comes next; None in the review phase."""
    stability: float
    """Days until retrievability falls to 0.9 (FSRS-6)."""
    difficulty: float
    """1 (easy) to 10 (hard) (FSRS-6)."""
    due: datetime
    """UTC."""
    last_review: datetime
    """UTC."""
    reps: int
    """How many reviews it had."""
    lapses: int
    """How often it was forgotten (Again) in the review phase."""
    day: date | None = None
    """The learner's study day of the last review; None stands for the UTC day of `last_review`."""
    interval: int | None = None
    """Study days from `day` until it is due; None in (re)learning, where `due` is an instant."""

    @property
    def due_day(self) -> date:
        """The study day on which it comes back (review phase); the UTC day of `due` otherwise."""
        if self.interval is None:
            return self.due.date()
        # Of all cards it is asked for a day's queue; a `timedelta` would take most of that time.
        return date.fromordinal((self.day or self.last_review.date()).toordinal() + self.interval)
