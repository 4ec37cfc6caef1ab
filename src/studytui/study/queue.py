"""What to study now: learning cards, then reviews, then new cards, within the day's limits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import Literal

from studytui.study.card import Memory, Template, card_id, split_card_id
from studytui.study.note import Note

Order = Literal["due", "random"]

ORDERS: tuple[Order, ...] = ("due", "random")

LEARN_AHEAD = timedelta(minutes=20)
"""When nothing else is left, a learning card may be shown this much early (Anki's default)."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that the queue is drawn from, as it stands on disk."""

    notes: Sequence[Note]
    """In the order in which they were added."""
    memories: Mapping[str, Memory]
    """By card id; a card without reviews is not there."""
    suspended: Collection[str]
    """Card ids that are out of the queue until they are put back."""
    buried: Mapping[str, date]
    """Card id -> the study day for which it is hidden."""
    new_today: int = 0
    """Cards seen for the first time this study day."""
    reviews_today: int = 0
    """Answers given this study day to cards in the review phase."""


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
    """Of reviews: the longest due first, or at random (the same all day)."""


@dataclass(frozen=True, slots=True)
class DueCard:
    """A card that is due."""

    note: Note
    template: Template
    memory: Memory | None
    """None for a new card."""

    @property
    def id(self) -> str:
        """See `studytui.study.card.card_id`."""
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


def cards_of(note: Note, templates: Sequence[Template]) -> tuple[Template, ...]:
    """The templates that this note can fill: no cloze without a sentence, no recall without a gloss."""
    if note.glosses and note.syllables and note.example is not None:
        return tuple(templates)
    fits = {
        "recognition": bool(note.glosses),
        "recall": bool(note.glosses),
        "reading": bool(note.syllables),
        "cloze": note.example is not None,
    }
    return tuple(template for template in templates if fits[template])


def due_cards(shelf: Shelf, limits: Limits, now: datetime, today: date) -> tuple[DueCard, ...]:
    """The cards to be studied now, first things first.

    Learning cards come when their step is over. Then reviews whose study day has come, then new cards, each
    up to the day's limit. Of one note only one card a day is new or a review. Learning cards that are due
    within `LEARN_AHEAD` come last, so that a session can be finished.
    """
    soon = now + LEARN_AHEAD
    learning: list[_Waiting] = []
    reviews: list[_Waiting] = []
    fresh: list[_Waiting] = []
    memories, suspended, buried = shelf.memories, shelf.suspended, shelf.buried
    for note in shelf.notes:
        name = note.id
        new: _Waiting | None = None
        oldest: _Waiting | None = None
        busy = False  # its siblings wait until tomorrow, or they would give the answer away
        for template in cards_of(note, limits.templates):
            card = card_id(name, template)
            memory = memories.get(card)
            if memory is not None and memory.day == today:
                busy = True
            if card in suspended or buried.get(card) == today:
                continue
            if memory is None:
                new = new or (card, note, template, None)
            elif memory.interval is None:
                busy = True
                if memory.due <= soon:
                    learning.append((card, note, template, memory))
            elif memory.due_day <= today:
                waiting = (card, note, template, memory)
                oldest = waiting if oldest is None else min(oldest, waiting, key=_due_day)
        if busy:
            continue
        if oldest:
            reviews.append(oldest)
        elif new:
            fresh.append(new)
    learning.sort(key=lambda waiting: (_due(waiting), waiting[0]))
    if limits.order == "random":
        reviews.sort(key=lambda waiting: _shuffle(waiting[0], today))
    else:
        reviews.sort(key=lambda waiting: (_due_day(waiting), _shuffle(waiting[0], today)))
    due = [waiting for waiting in learning if _due(waiting) <= now]
    ahead = learning[len(due) :]
    left = max(0, limits.reviews - shelf.reviews_today)
    unseen = max(0, limits.new - shelf.new_today)
    chosen = (*due, *reviews[:left], *fresh[:unseen], *ahead)
    return tuple(DueCard(note, template, memory) for _, note, template, memory in chosen)


def count(cards: Sequence[DueCard]) -> DueCount:
    """How many of each kind."""
    new = sum(card.memory is None for card in cards)
    review = sum(card.memory is not None and card.memory.interval is not None for card in cards)
    return DueCount(new, len(cards) - new - review, review)


def is_card(card: str) -> bool:
    """Whether a string is a card's id."""
    try:
        split_card_id(card)
    except ValueError:
        return False
    return True


_Waiting = tuple[str, Note, Template, Memory | None]
"""A card's id and what a `DueCard` is made of; most are never made one."""


def _due(waiting: _Waiting) -> datetime:
    memory = waiting[3]
    return memory.due if memory else datetime.max.replace(tzinfo=UTC)


def _due_day(waiting: _Waiting) -> date:
    memory = waiting[3]
    return memory.due_day if memory else date.max


def _shuffle(card: str, day: date) -> bytes:
    """A place in the day's order: random to look at, the same each time it is asked."""
    return blake2b(f"{day.isoformat()}/{card}".encode(), digest_size=8).digest()
