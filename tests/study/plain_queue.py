"""The queue of a study day made the plain way: every note looked at, everything sorted. Slow, and plain."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b

from studytui.study.notes.card import Memory, card_id
from studytui.study.notes.note import Note
from studytui.study.scheduling.due_index import DueIndex, cards_of
from studytui.study.scheduling.queue import DueCard, DueCount, Limits, Room, Today


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that a queue is drawn from."""

    notes: Sequence[Note]
    """In the order in which they were added."""
    memories: Mapping[str, Memory]
    suspended: Collection[str]
    buried: Mapping[str, date]
    new_today: int = 0
    reviews_today: int = 0

    def look(self, name: str) -> tuple[int, Note] | None:
        """See `DueIndex`."""
        return next(((at, note) for at, note in enumerate(self.notes) if note.id == name), None)

    def queue(self, limits: Limits, today: date) -> DueIndex:
        """The queue that is to be like this one."""
        queue = DueIndex(self.look, self.memories, self.suspended, self.buried, limits, today)
        queue.fill(note.id for note in self.notes)
        return queue

    def room(self, limits: Limits) -> Room:
        """What is left of the day."""
        return Room.after(limits, self.new_today, self.reviews_today)


def plain_queue(
    shelf: Shelf, limits: Limits, now: datetime, today: date, tomorrow: datetime
) -> tuple[tuple[DueCard, ...], Today]:
    """The cards to be studied now, and what the day still holds."""
    learning: list[DueCard] = []
    reviews: list[DueCard] = []
    fresh: list[DueCard] = []
    siblings = 0
    for note in shelf.notes:
        due: list[DueCard] = []
        new: list[DueCard] = []
        busy = False
        for template in cards_of(note, limits.templates):
            name = card_id(note.id, template)
            memory = shelf.memories.get(name)
            card = DueCard(note, template, memory)
            busy |= memory is not None and memory.day == today
            if name in shelf.suspended or shelf.buried.get(name) == today:
                continue
            if memory is None:
                new.append(card)
            elif memory.interval is None:
                busy = True
                learning.append(card)
            elif memory.due_day <= today:
                due.append(card)
        if busy:
            siblings += bool(due or new)
        elif due:
            reviews.append(min(due, key=lambda card: card.memory.due_day if card.memory else today))
        elif new:
            fresh.append(new[0])

    def chance(card: DueCard) -> bytes:
        return blake2b(f"{today.isoformat()}/{card.id}".encode(), digest_size=8).digest()

    def order(card: DueCard) -> float:
        assert card.memory is not None
        if limits.order == "due":
            return card.memory.due_day.toordinal()
        last = card.memory.day or card.memory.last_review.date()
        return 0 if limits.order == "random" else -(today - last).days / card.memory.stability

    def due_at(card: DueCard) -> datetime:
        assert card.memory is not None
        return card.memory.due

    learning.sort(key=lambda card: (due_at(card), card.id))
    reviews.sort(key=lambda card: (order(card), chance(card)))
    soon = now + limits.ahead
    at_once = [card for card in learning if due_at(card) <= now]
    ahead = [card for card in learning if now < due_at(card) <= soon]
    later = [due_at(card) for card in learning if soon < due_at(card) < tomorrow]
    room = shelf.room(limits)
    rest = Today(
        DueCount(min(len(fresh), room.new), len(at_once) + len(ahead), min(len(reviews), room.reviews)),
        len(later),
        min(later, default=None),
        max(0, len(reviews) - room.reviews),
        max(0, len(fresh) - room.new),
        siblings,
    )
    return (*at_once, *reviews[: room.reviews], *fresh[: room.new], *ahead), rest
