"""What a study day may hold, and what it holds: limits, cards that are due, and how many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, overload

from studytui.study.notes.card import Memory, Template, card_id
from studytui.study.notes.note import Note

Order = Literal["due", "random", "retrievability"]

ORDERS: tuple[Order, ...] = ("due", "random", "retrievability")

LEARN_AHEAD = timedelta(minutes=20)
"""When nothing else is left, a learning card may be shown this much early (Anki's default)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a day, and of what."""

    new: int = 20
    """New cards a study day."""
    reviews: int = 200
    """Reviews a study day; learning steps do not count."""
    templates: Sequence[Template] = ("recognition", "recall", "cloze")
    """Which cards a note has, in the order in which they are learned."""
    order: Order = "due"
    """Of reviews: the longest due first, at random (the same all day), or the most nearly forgotten first."""
    ahead: timedelta = LEARN_AHEAD
    """How much early a learning card is shown when nothing else is left."""


@dataclass(frozen=True, slots=True)
class DueCard:
    """A card that is due."""

    note: Note
    template: Template
    memory: Memory | None
    """None for a new card."""

    @property
    def id(self) -> str:
        """See `studytui.study.notes.card.card_id`."""
        return card_id(self.note.id, self.template)


@dataclass(frozen=True, slots=True)
class DueCount:
    """How many cards are due, by kind."""

    new: int = 0
    learning: int = 0
    review: int = 0

    @property
    def total(self) -> int:
        """All that is due now."""
        return self.new + self.learning + self.review


@dataclass(frozen=True, slots=True)
class Today:
    """What this study day still holds, so that "done for today" can be said honestly."""

    due: DueCount = DueCount()
    """In the queue now."""
    later: int = 0
    """Learning cards whose step is over later today, too late to be shown now."""
    next: datetime | None = None
    """UTC; when the first of them comes back."""
    reviews_held: int = 0
    """Reviews that are due and beyond the day's limit."""
    new_held: int = 0
    """Notes with a new card beyond the day's limit."""
    siblings: int = 0
    """Notes with a card that is due or new, and waits since a sibling was studied today."""

    @property
    def done(self) -> bool:
        """Whether nothing is left of the day: neither now nor later."""
        return not self.due.total and not self.later


def count(cards: Sequence[DueCard]) -> DueCount:
    """How many of each kind."""
    new = sum(card.memory is None for card in cards)
    review = sum(card.memory is not None and card.memory.interval is not None for card in cards)
    return DueCount(new, len(cards) - new - review, review)


@dataclass(frozen=True, slots=True)
class Room:
    """What is left of the day's limits."""

    new: int
    """Cards."""
    reviews: int

    @classmethod
    def after(cls, limits: Limits, new: int, reviews: int) -> Room:
        """What is left once so many new cards were seen, and so many reviews made, on the study day."""
        return cls(max(0, limits.new - new), max(0, limits.reviews - reviews))


class DueCards(Sequence[DueCard]):
    """Cards that are due, first things first. Each is made when it is looked at: there may be thousands."""

    def __init__(self, ids: Sequence[str], made: Callable[[str], DueCard]) -> None:
        self.ids = ids
        """See `DueCard.id`."""
        self._made = made

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, at: int) -> DueCard: ...
    @overload
    def __getitem__(self, at: slice) -> DueCards: ...
    def __getitem__(self, at: int | slice) -> DueCard | DueCards:
        return DueCards(self.ids[at], self._made) if isinstance(at, slice) else self._made(self.ids[at])

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]
