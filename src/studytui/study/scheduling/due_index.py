"""What is due on a study day: learning cards, then reviews, then new cards, within the day's limits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from studytui.study.notes.card import Memory, Template, card_id, split_card_id
from studytui.study.notes.note import Note
from studytui.study.scheduling.queue import DueCard, DueCards, DueCount, Limits, Room, Today


def cards_of(note: Note, templates: Sequence[Template]) -> tuple[Template, ...]:
    """The templates that this note can fill.

    No recall without a meaning of its own, no cloze without a sentence that has the headword in one piece.
    """
    own = note.kind == "word" or not _is_composed(note)
    if note.glosses and note.syllables and own and note.has_gap:  # as nearly all have
        return tuple(templates)
    fits = {
        "recognition": bool(note.glosses),
        "recall": bool(note.glosses) and not _is_composed(note),
        "reading": bool(note.syllables),
        "cloze": note.has_gap,
    }
    return tuple(template for template in templates if fits[template])


def _is_composed(note: Note) -> bool:
    from studytui.study.language.gloss import is_composed  # few notes ask for it

    return is_composed(note.glosses)


class _InOrder:
    """Cards in order of their keys. They are sorted when that is first asked for."""

    def __init__(self) -> None:
        self._key_of: dict[str, tuple[Any, ...]] = {}
        """Each key ends with the card."""
        self._keys: list[tuple[Any, ...]] | None = None

    def __len__(self) -> int:
        return len(self._key_of)

    def add(self, card: str, *key: Any) -> None:
        """Puts a card in its place."""
        self._key_of[card] = whole = (*key, card)
        if self._keys is not None:
            insort(self._keys, whole)

    def discard(self, card: str) -> None:
        """Takes a card out, if it is there."""
        key = self._key_of.pop(card, None)
        if key is not None and self._keys is not None:
            del self._keys[bisect_left(self._keys, key)]

    @property
    def keys(self) -> list[tuple[Any, ...]]:
        """All, in order."""
        if self._keys is None:
            self._keys = sorted(self._key_of.values())
        return self._keys


class DueIndex:
    """What is to be studied on one study day, kept in order while the cards are studied.

    It is filled once; after that, a change costs what is done to its own note.

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
        """An empty index. What it is given is looked into again and again: it may change.

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
        self._limits = limits
        self._today = today
        self._start = blake2b(f"{today.isoformat()}/".encode(), digest_size=8)
        self._learning = _InOrder()
        """By the time at which the step is over."""
        self._reviews = _InOrder()
        """At most one card of a note, by `_order` and chance."""
        self._fresh = _InOrder()
        """At most one card of a note, by when the note was added."""
        self._held: set[str] = set()
        """Notes whose cards wait for a sibling: they would give the answer away."""

    def fill(self, names: Iterable[str]) -> None:
        """Takes in many notes, by their ids."""
        for name in names:
            self._place(name)

    def put(self, name: str) -> None:
        """Looks at a note again: something has happened to it or its cards."""
        self._held.discard(name)
        for template in self._limits.templates:
            for cards in (self._learning, self._reviews, self._fresh):
                cards.discard(card_id(name, template))
        self._place(name)

    def cards(self, room: Room, now: datetime, of: Callable[[str], bool] | None = None) -> DueCards:
        """The cards to be studied now, first things first; `of` chooses notes, by their ids."""
        keys = self._learning.keys
        at, end = bisect_right(keys, (now, _LAST)), self.soon(now)
        found = (
            *_chosen(keys[:at], of),
            *_chosen(self._reviews.keys, of, room.reviews),
            *_chosen(self._fresh.keys, of, room.new),
            *_chosen(keys[at:end], of),
        )
        return DueCards(found, self._due_card)

    def rest(
        self, room: Room, now: datetime, tomorrow: datetime, of: Callable[[str], bool] | None = None
    ) -> Today:
        """What the study day still holds; `tomorrow` is when the next one begins, `of` as in `cards`."""
        keys = self._learning.keys
        soon, end = self.soon(now), bisect_left(keys, (tomorrow,))
        reviews, fresh = len(_chosen(self._reviews.keys, of)), len(_chosen(self._fresh.keys, of))
        later = _chosen(keys[soon:end], of)
        return Today(
            due=_count(len(_chosen(keys[:soon], of)), reviews, fresh, room),
            later=len(later),
            next=self._memories[later[0]].due if later else None,
            reviews_held=max(0, reviews - room.reviews),
            new_held=max(0, fresh - room.new),
            siblings=len(self._held if of is None else list(filter(of, self._held))),
        )

    def soon(self, now: datetime) -> int:
        """How many learning cards are due, or will be within `Limits.ahead`: all else waits for a change."""
        return bisect_right(self._learning.keys, (now + self._limits.ahead, _LAST))

    def counts(
        self, groups: Callable[[str], Iterable[str]], room: Room, now: datetime
    ) -> dict[str, DueCount]:
        """How many cards are due, group by group; the groups of a note by its id."""
        soon = self._learning.keys[: self.soon(now)]
        learning, reviews, fresh = (
            Counter(group for card in _chosen(keys) for group in groups(_note_of(card)))
            for keys in (soon, self._reviews.keys, self._fresh.keys)
        )
        return {
            group: _count(learning[group], reviews[group], fresh[group], room)
            for group in {**learning, **reviews, **fresh}
        }

    def _place(self, name: str) -> None:
        """Puts a note's cards where they belong."""
        found = self._look(name)
        if found is None:
            return
        added, note = found
        today, memories = self._today, self._memories
        busy = False
        new = due = None
        for template in cards_of(note, self._limits.templates):
            card = card_id(name, template)
            memory = memories.get(card)
            if memory is not None and memory.day == today:
                busy = True
            if card in self._suspended or self._buried.get(card) == today:
                continue
            if memory is None:
                new = new or card
            elif memory.interval is None:
                busy = True
                self._learning.add(card, memory.due)
            elif (day := memory.due_day) <= today and (due is None or day < due[0]):
                due = day, card, memory
        if busy:
            if due or new:
                self._held.add(name)
        elif due:
            self._reviews.add(due[1], self._order(due[2]), self._chance(due[1]))
        elif new:
            self._fresh.add(new, added)

    def _order(self, memory: Memory) -> float:
        """By which a review is put in order: the smallest comes first. It stays the same all day."""
        if self._limits.order == "due":
            return memory.due_day.toordinal()
        if self._limits.order == "random":
            return 0
        # By FSRS, recall falls with the days since the last review divided by the stability, and by nothing
        # else.
        day = memory.day or memory.last_review.date()
        return (day - self._today).days / memory.stability

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


_LAST = "\U0010ffff"
"""Beyond all cards of a time."""


def next_due(
    notes: Iterable[Note],
    templates: Sequence[Template],
    memories: Mapping[str, Memory],
    suspended: Collection[str],
) -> tuple[datetime | None, date | None]:
    """When the next learning card is due, and the study day of the next review; None if there is none.

    Args:
        notes: whose cards count.
        templates: which cards the notes have.
        memories: by card id.
        suspended: ids of cards that do not count.
    """
    cards = (card_id(note.id, template) for note in notes for template in cards_of(note, templates))
    waiting = [memories[card] for card in cards if card in memories and card not in suspended]
    learning = min((memory.due for memory in waiting if memory.interval is None), default=None)
    return learning, min((memory.due_day for memory in waiting if memory.interval is not None), default=None)


def _chosen(
    keys: Sequence[tuple[Any, ...]], of: Callable[[str], bool] | None = None, most: int | None = None
) -> list[str]:
    """The cards of these, at most so many, of notes that `of` chooses."""
    if of is None:
        return [key[-1] for key in keys[:most]]
    return [card for key in keys if of(_note_of(card := key[-1]))][:most]


def _note_of(card: str) -> str:
    return card.rpartition("#")[0]


def _count(learning: int, reviews: int, fresh: int, room: Room) -> DueCount:
    return DueCount(min(fresh, room.new), learning, min(reviews, room.reviews))
