"""What to study now: learning cards, then reviews, then new cards, within the day's limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b
from operator import itemgetter
from typing import Any, Literal, overload

from studytui.study.notes.card import TEMPLATES, Memory, Template, card_id, split_card_id
from studytui.study.notes.note import Note
from studytui.study.scheduling.due_days import LEARNING, NEVER, NEW, Waits, waits
from studytui.study.scheduling.ordered_cards import OrderedCards

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


_STUDIED = -2
"""Beside the signs of `Waits`, that of a card that was studied today: its siblings wait until tomorrow."""


class Queue:
    """What is to be studied on one study day, kept in order while the cards are studied.

    It is filled once; after that, a change costs what is done to its own note. Only as many cards are put in
    order as the limits let through: after a long absence all cards are due.

    Learning cards come when their step is over. Then reviews whose study day has come, then new cards, each
    up to the day's limit. Of one note only one card a day is new or a review. Learning cards that are due
    within `Limits.ahead` come last, so that a session can be finished.
    """

    def __init__(
        self,
        look: Callable[[str], tuple[Any, Note] | None],
        memories: Mapping[str, Memory],
        suspended: Collection[str],
        buried: Mapping[str, date],
        limits: Limits,
        today: date,
    ) -> None:
        """An empty queue. What it is given is looked into again and again: it may change.

        Args:
            look: when a note was added (anything that can be ordered), and the note, by its id; None if it is
                not there.
            memories: by card id; a card without reviews is not there.
            suspended: card ids that are out of the queue until they are put back.
            buried: card id -> the study day for which it is hidden.
            limits: what is left of them is said whenever it is asked (`Room`).
            today: the study day.
        """
        self._look = look
        self._memories = memories
        self._suspended = suspended
        self._buried = buried
        self._endings = tuple(card_id("", template) for template in limits.templates)
        self._chosen = tuple(TEMPLATES.index(template) for template in limits.templates)
        self._today = today
        self._number = today.toordinal()
        self._order, self._ahead = limits.order, limits.ahead
        self._start = blake2b(f"{today.isoformat()}/".encode(), digest_size=8)
        self._learning = OrderedCards(str)
        self._reviews = OrderedCards(self._chance)
        self._fresh = OrderedCards(_note_of)
        self._held: set[str] = set()
        """Notes whose cards wait for a sibling: they would give the answer away."""

    def fill(self, rows: Mapping[str, Waits]) -> None:
        """Takes in many notes, by their ids."""
        out = {card for card, day in self._buried.items() if day == self._today}.union(self._suspended)
        today = self._today
        self._place(rows, out, {card for card, memory in self._memories.items() if memory.day == today})

    def put(self, name: str) -> None:
        """Looks at a note again: something has happened to it or its cards."""
        self._held.discard(name)
        cards = [name + ending for ending in self._endings]
        for pile in (self._learning, self._reviews, self._fresh):
            for card in cards:
                pile.discard(card)
        if (found := self._look(name)) is not None:
            out = {card for card in cards if card in self._suspended or self._buried.get(card) == self._today}
            known = [(card, memory) for card in cards if (memory := self._memories.get(card)) is not None]
            studied = {card for card, memory in known if memory.day == self._today}
            self._place({name: waits(found[1], self._memories)}, out, studied)

    def cards(self, room: Room, now: datetime) -> DueCards:
        """The cards to be studied now, first things first."""
        soon = now + self._ahead
        learning, ahead = self._learning.between(None, now), self._learning.between(now, soon)
        found = (*learning, *self._reviews.first(room.reviews), *self._fresh.first(room.new), *ahead)
        return DueCards(found, self._due_card)

    def rest(self, room: Room, now: datetime, tomorrow: datetime) -> Today:
        """What the study day still holds; `tomorrow` is when the next one begins."""
        soon = now + self._ahead
        reviews, fresh = len(self._reviews), len(self._fresh)
        later, coming = self._learning.waiting(soon, tomorrow)
        return Today(
            due=_count(len(self._learning.between(None, soon)), reviews, fresh, room),
            later=later,
            next=coming,
            reviews_held=max(0, reviews - room.reviews),
            new_held=max(0, fresh - room.new),
            siblings=len(self._held),
        )

    def counts(
        self, groups: Callable[[str], Iterable[str]], room: Room, now: datetime
    ) -> dict[str, DueCount]:
        """How many cards are due, group by group; the groups of a note by its id."""
        soon = self._learning.between(None, now + self._ahead)
        learning, reviews, fresh = (
            Counter(group for card in cards for group in groups(_note_of(card)))
            for cards in (soon, self._reviews, self._fresh)
        )
        return {
            group: _count(learning[group], reviews[group], fresh[group], room)
            for group in {**learning, **reviews, **fresh}
        }

    def _place(self, rows: Mapping[str, Waits], out: set[str], studied: set[str]) -> None:
        """Puts the cards of notes where they belong. After a long absence this is most of the work.

        Args:
            rows: the notes.
            out: the cards that are suspended or buried.
            studied: those that were studied today.
        """
        number, endings = self._number, self._endings
        apart = out | studied
        chosen = [list(map(itemgetter(column), rows.values())) for column in self._chosen]
        for name, row in zip(rows, zip(*chosen, strict=True), strict=False):
            numbers: Sequence[int] = row
            least = min(row)
            if least > number:
                continue  # it sleeps, as most do
            if apart and not apart.isdisjoint(cards := [name + ending for ending in endings]):
                numbers = [
                    (_STUDIED if card in studied and wait != NEVER else NEVER)
                    if card in out
                    else (_STUDIED if card in studied and 0 <= wait < NEVER else wait)
                    for card, wait in zip(cards, row, strict=True)
                ]
                least = min(numbers)
            if least == NEW:
                least = min([wait for wait in numbers if wait != NEW], default=NEVER)
                if least > number:
                    least = NEW
            if least > NEW:
                if least <= number:
                    card = name + endings[numbers.index(least)]
                    self._reviews.add(self._key(card, least), card)
            elif least == NEW:
                if (found := self._look(name)) is not None:
                    self._fresh.add(found[0], name + endings[numbers.index(NEW)])
            else:
                held = False
                for wait, ending in zip(numbers, endings, strict=True):
                    if wait == LEARNING:
                        card = name + ending
                        self._learning.add(self._memories[card].due, card)
                    elif NEW <= wait <= number:
                        held = True
                if held:
                    self._held.add(name)

    def _key(self, card: str, due: int) -> float:
        """By which a review is put in order: the smallest comes first. It stays the same all day."""
        if self._order == "due":
            return due
        if self._order == "random":
            return 0
        # By FSRS, recall falls with the days since the last review divided by the stability, and by nothing
        # else.
        memory = self._memories[card]
        day = memory.day or memory.last_review.date()
        return (day.toordinal() - self._number) / memory.stability

    def _chance(self, card: str) -> bytes:
        """A card's place among its equals: random to look at, the same each time it is asked on a day."""
        place = self._start.copy()
        place.update(card.encode())
        return place.digest()

    def _due_card(self, card: str) -> DueCard:
        name, template = split_card_id(card)
        found = self._look(name)
        if found is None:
            raise LookupError(f"{name} is not there any more")
        return DueCard(found[1], template, self._memories.get(card))


def _note_of(card: str) -> str:
    return card.rpartition("#")[0]


def _count(learning: int, reviews: int, fresh: int, room: Room) -> DueCount:
    return DueCount(min(fresh, room.new), learning, min(reviews, room.reviews))
