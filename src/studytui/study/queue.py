"""What to study now: learning cards, then reviews, then new cards, within the day's limits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b
from itertools import repeat
from operator import add, itemgetter
from typing import Any, Literal, overload

from studytui.study.card import TEMPLATES, Memory, Template, card_id, split_card_id
from studytui.study.note import Note

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


def count(cards: Sequence[DueCard]) -> DueCount:
    """How many of each kind."""
    new = sum(card.memory is None for card in cards)
    review = sum(card.memory is not None and card.memory.interval is not None for card in cards)
    return DueCount(new, len(cards) - new - review, review)


Waits = tuple[int, int, int, int]
"""What a note's cards wait for, in the order of `TEMPLATES`: in the review phase `Memory.due_day`, as
`date.toordinal` counts days; or one of the signs below. It holds on every day, while nothing
happens to the note."""

NEW = 0
"""The sign of a new card."""
LEARNING = -1
"""That of a card in a learning step."""
NEVER = 1 << 30
"""That of a card that the note cannot fill."""
_STUDIED = -2
"""That of a card that was studied today; its siblings wait until tomorrow."""


def waits(note: Note, memories: Mapping[str, Memory]) -> Waits:
    """What a note's cards wait for; `memories` by card id."""
    (row,) = all_waits({note.id: note}, memories).values()
    return row


def all_waits(notes: Mapping[str, Note], memories: Mapping[str, Memory]) -> dict[str, Waits]:
    """`waits` of many notes, by id."""
    # A column for each template, put together by C as far as may be: there may be 100,000 cards.
    columns = []
    for template in TEMPLATES:
        known = map(memories.get, map(add, notes, repeat(card_id("", template))))
        columns.append([NEW if memory is None else _wait(memory) for memory in known])
    one, two, three, four = columns
    rows: dict[str, Waits] = dict(zip(notes, zip(one, two, three, four, strict=True), strict=True))
    for name, note in notes.items():
        if not (note.glosses and note.syllables and note.example is not None):
            fits = cards_of(note, TEMPLATES)
            marked = [
                wait if template in fits else NEVER
                for template, wait in zip(TEMPLATES, rows[name], strict=True)
            ]
            rows[name] = (marked[0], marked[1], marked[2], marked[3])
    return rows


def next_due(
    rows: Mapping[str, Waits],
    templates: Sequence[Template],
    memories: Mapping[str, Memory],
    suspended: Collection[str],
) -> tuple[datetime | None, date | None]:
    """When the next learning card is due, and the next review; None if there is none. Suspended ones do not
    count. `rows` by note id, `memories` by card id."""
    chosen = [(TEMPLATES.index(template), card_id("", template)) for template in templates]
    learning: datetime | None = None
    least = NEVER
    for name, row in rows.items():
        for at, ending in chosen:
            wait = row[at]
            if wait == LEARNING and name + ending not in suspended:
                due = memories[name + ending].due
                learning = due if learning is None or due < learning else learning
            elif NEW < wait < least and name + ending not in suspended:
                least = wait
    return learning, date.fromordinal(least) if least < NEVER else None


def _wait(memory: Memory) -> int:
    if memory.interval is None:
        return LEARNING
    return (memory.day or memory.last_review.date()).toordinal() + memory.interval


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
            limits: the templates and the order; how much, is said whenever it is asked.
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
        self._order = limits.order
        self._start = blake2b(f"{today.isoformat()}/".encode(), digest_size=8)
        self._learning = _Pile(str)
        self._reviews = _Pile(self._chance)
        self._fresh = _Pile(_note_of)
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

    def cards(self, limits: Limits, room: Room, now: datetime) -> DueCards:
        """The cards to be studied now, first things first."""
        soon = now + limits.ahead
        learning, ahead = self._learning.between(None, now), self._learning.between(now, soon)
        found = (*learning, *self._reviews.first(room.reviews), *self._fresh.first(room.new), *ahead)
        return DueCards(found, self._due_card)

    def rest(self, limits: Limits, room: Room, now: datetime, tomorrow: datetime) -> Today:
        """What the study day still holds; `tomorrow` is when the next one begins."""
        soon = now + limits.ahead
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
        self, groups: Callable[[str], Iterable[str]], limits: Limits, room: Room, now: datetime
    ) -> dict[str, DueCount]:
        """How many cards are due, group by group; the groups of a note by its id."""
        soon = self._learning.between(None, now + limits.ahead)
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


class _Pile:
    """Cards, by their ids, in order of a key; those of one key in order of what `within` says of them.

    The keys are sorted when they are first asked for, the cards of a key when it is their turn.
    """

    def __init__(self, within: Callable[[str], Any]) -> None:
        self._within = within
        self._key_of: dict[str, Any] = {}
        self._cards: dict[Any, list[str]] = {}
        self._in_order: set[Any] = set()
        """Those keys whose cards are in order."""
        self._keys: list[Any] | None = None

    def __len__(self) -> int:
        return len(self._key_of)

    def __iter__(self) -> Iterator[str]:
        """All cards, in no order."""
        return iter(self._key_of)

    def add(self, key: Any, card: str) -> None:
        """Puts a card in its place."""
        self._key_of[card] = key
        cards = self._cards.get(key)
        if cards is None:
            self._cards[key] = [card]
            if self._keys is not None:
                insort(self._keys, key)
        elif key in self._in_order:
            insort(cards, card, key=self._within)
        else:
            cards.append(card)

    def discard(self, card: str) -> None:
        """Takes a card out, if it is there."""
        if card not in self._key_of:
            return
        key = self._key_of.pop(card)
        cards = self._cards[key]
        cards.remove(card)
        if not cards:
            del self._cards[key]
            self._in_order.discard(key)
            if self._keys is not None:
                del self._keys[bisect_left(self._keys, key)]

    def first(self, number: int) -> list[str]:
        """So many cards, in order."""
        found: list[str] = []
        for key in self._sorted():
            if len(found) >= number:
                break
            found += self._of(key)
        return found[:number]

    def between(self, after: Any, end: Any) -> list[str]:
        """The cards with keys beyond `after` (None for all) and up to `end`, in order."""
        keys = self._sorted()
        start = 0 if after is None else bisect_right(keys, after)
        found: list[str] = []
        for key in keys[start : bisect_right(keys, end)]:
            found += self._of(key)
        return found

    def waiting(self, after: Any, before: Any) -> tuple[int, Any]:
        """How many have keys beyond `after` and below `before`, and the first such key."""
        keys = self._sorted()
        span = keys[bisect_right(keys, after) : bisect_left(keys, before)]
        return sum(len(self._cards[key]) for key in span), next(iter(span), None)

    def _sorted(self) -> list[Any]:
        if self._keys is None:
            self._keys = sorted(self._cards)
        return self._keys

    def _of(self, key: Any) -> list[str]:
        """The cards of a key, in order."""
        cards = self._cards[key]
        if len(cards) > 1 and key not in self._in_order:
            cards.sort(key=self._within)
            self._in_order.add(key)
        return cards
