"""What to study now: learning cards, then reviews, then new cards, within the day's limits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from itertools import filterfalse, repeat
from operator import add
from typing import Literal

from studytui.study.card import Memory, Template, card_id
from studytui.study.note import Note

Order = Literal["due", "random", "retrievability"]

ORDERS: tuple[Order, ...] = ("due", "random", "retrievability")

LEARN_AHEAD = timedelta(minutes=20)
"""When nothing else is left, a learning card may be shown this much early (Anki's default)."""


Laid = tuple[Note, tuple[tuple[str, Template], ...]]
"""A note with its cards: the id and template of each."""


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
    laid: Sequence[Laid] | None = None
    """`lay_out` of the notes, where that was done before: it takes longer than all the rest."""


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


def lay_out(notes: Sequence[Note], templates: Sequence[Template]) -> tuple[Laid, ...]:
    """Each note with its cards."""
    laid: list[Laid] = []
    for note in notes:
        name = note.id
        cards = tuple((card_id(name, template), template) for template in cards_of(note, templates))
        laid.append((note, cards))
    return tuple(laid)


def awake(
    names: Collection[str],
    note_of: Callable[[str], Note],
    templates: Sequence[Template],
    memories: Mapping[str, Memory],
    today: date,
) -> list[tuple[str, Laid]]:
    """Of the notes, those that may have something to study today, laid out; the others sleep.

    A note sleeps that has no new card, none in learning and none due: whether it was studied today, too, is
    the same to it. It stays right for the study day, while nothing happens to a note that sleeps.

    Args:
        names: the notes' ids.
        note_of: a note by its id.
        templates: which cards a note has.
        memories: by card id.
        today: the study day.
    """
    # In any zone, a due day that is this far from now is told by the instant alone.
    far = datetime.combine(today, time(), UTC) + timedelta(days=3)
    # Most cards sleep: to find the others, one pass over the memories, and one that C does over the names.
    up = {
        card
        for card, memory in memories.items()
        if memory.interval is None or (memory.due < far and memory.due_day <= today)
    }
    endings = {template: card_id("", template) for template in templates}
    candidates = {card.rpartition("#")[0] for card in up}
    for ending in endings.values():
        cut = -len(ending)
        fresh = filterfalse(memories.__contains__, map(add, names, repeat(ending)))
        candidates.update([card[:cut] for card in fresh])
    found: list[tuple[str, Laid]] = []
    for name in candidates:
        if name in names:
            note = note_of(name)
            cards = tuple([(name + endings[template], template) for template in cards_of(note, templates)])
            for card, _ in cards:
                if card in up or card not in memories:
                    found.append((name, (note, cards)))
                    break
    return found


def due_cards(shelf: Shelf, limits: Limits, now: datetime, today: date) -> tuple[DueCard, ...]:
    """The cards to be studied now, first things first.

    Learning cards come when their step is over. Then reviews whose study day has come, then new cards, each
    up to the day's limit. Of one note only one card a day is new or a review. Learning cards that are due
    within `Limits.ahead` come last, so that a session can be finished.
    """
    piles = _sort_out(shelf, limits, now, today)
    chosen = (*piles.learning, *piles.reviews, *piles.fresh, *piles.ahead)
    return tuple(DueCard(note, template, memory) for _, note, template, memory in chosen)


def rest_of_day(shelf: Shelf, limits: Limits, now: datetime, today: date, tomorrow: datetime) -> Today:
    """What the study day still holds.

    Args:
        shelf: all cards.
        limits: of the day.
        now: the time.
        today: the study day.
        tomorrow: when the next study day begins.
    """
    piles = _sort_out(shelf, limits, now, today)
    later = [waiting for waiting in piles.later if _due(waiting) < tomorrow]
    return Today(
        due=DueCount(len(piles.fresh), len(piles.learning) + len(piles.ahead), len(piles.reviews)),
        later=len(later),
        next=min(map(_due, later), default=None),
        reviews_held=piles.reviews_held,
        new_held=piles.new_held,
        siblings=piles.siblings,
    )


_Waiting = tuple[str, Note, Template, Memory | None]
"""A card's id and what a `DueCard` is made of; most are never made one."""


@dataclass(slots=True)
class _Piles:
    """The cards of a shelf, sorted out."""

    learning: list[_Waiting]
    ahead: list[_Waiting]
    """Learning cards that are due soon."""
    later: list[_Waiting]
    """Learning cards that are due after that."""
    reviews: list[_Waiting]
    fresh: list[_Waiting]
    reviews_held: int
    new_held: int
    siblings: int


def _sort_out(shelf: Shelf, limits: Limits, now: datetime, today: date) -> _Piles:
    learning: list[_Waiting] = []
    reviews: list[_Waiting] = []
    fresh: list[_Waiting] = []
    siblings = 0
    memories, suspended, buried = shelf.memories, shelf.suspended, shelf.buried
    # In any zone, a due day that is not within two days of now is told by the instant alone.
    near, far = now - timedelta(days=3), now + timedelta(days=3)
    for note, cards in lay_out(shelf.notes, limits.templates) if shelf.laid is None else shelf.laid:
        new: _Waiting | None = None
        oldest: _Waiting | None = None
        busy = False  # its siblings wait until tomorrow, or they would give the answer away
        for card, template in cards:
            memory = memories.get(card)
            if memory is not None and memory.day == today:
                busy = True
            if card in suspended or (buried and buried.get(card) == today):
                continue
            if memory is None:
                new = new or (card, note, template, None)
            elif memory.interval is None:
                busy = True
                learning.append((card, note, template, memory))
            elif memory.due < near or (memory.due < far and memory.due_day <= today):
                waiting = (card, note, template, memory)
                if oldest is None or memory.due_day < _due_day(oldest):
                    oldest = waiting
        if busy:
            siblings += (oldest or new) is not None
        elif oldest:
            reviews.append(oldest)
        elif new:
            fresh.append(new)
    learning.sort(key=lambda waiting: (_due(waiting), waiting[0]))
    _ORDER[limits.order](reviews, today)
    first = bisect_right(learning, now, key=_due)
    last = bisect_right(learning, now + limits.ahead, key=_due)
    left = max(0, limits.reviews - shelf.reviews_today)
    unseen = max(0, limits.new - shelf.new_today)
    return _Piles(
        learning=learning[:first],
        ahead=learning[first:last],
        later=learning[last:],
        reviews=reviews[:left],
        fresh=fresh[:unseen],
        reviews_held=max(0, len(reviews) - left),
        new_held=max(0, len(fresh) - unseen),
        siblings=siblings,
    )


def count(cards: Sequence[DueCard]) -> DueCount:
    """How many of each kind."""
    new = sum(card.memory is None for card in cards)
    review = sum(card.memory is not None and card.memory.interval is not None for card in cards)
    return DueCount(new, len(cards) - new - review, review)


def _due(waiting: _Waiting) -> datetime:
    memory = waiting[3]
    return memory.due if memory else datetime.max.replace(tzinfo=UTC)


def _due_day(waiting: _Waiting) -> date:
    memory = waiting[3]
    return memory.due_day if memory else date.max


def _by_due(reviews: list[_Waiting], today: date) -> None:
    places = _shuffled(reviews, today)
    reviews.sort(key=lambda waiting: (_due_day(waiting), places[waiting[0]]))


def _by_chance(reviews: list[_Waiting], today: date) -> None:
    places = _shuffled(reviews, today)
    reviews.sort(key=lambda waiting: places[waiting[0]])


def _by_retrievability(reviews: list[_Waiting], today: date) -> None:
    # By FSRS, recall falls with the days since the last review divided by the stability, and by nothing else.
    def elapsed(memory: Memory | None) -> float:
        if memory is None:
            return 0.0
        return (today - (memory.day or memory.last_review.date())).days / memory.stability

    places = _shuffled(reviews, today)
    reviews.sort(key=lambda waiting: (-elapsed(waiting[3]), places[waiting[0]]))


_ORDER: Mapping[Order, Callable[[list[_Waiting], date], None]] = {
    "due": _by_due,
    "random": _by_chance,
    "retrievability": _by_retrievability,
}


def _shuffled(reviews: list[_Waiting], day: date) -> dict[str, bytes]:
    """Each card's place in the day's order: random to look at, the same each time it is asked."""
    start = blake2b(f"{day.isoformat()}/".encode(), digest_size=8)
    places: dict[str, bytes] = {}
    for card, _, _, _ in reviews:
        place = start.copy()
        place.update(card.encode())
        places[card] = place.digest()
    return places
