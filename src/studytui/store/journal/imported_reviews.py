"""Reviews that were made in another program, and how they come into the journal: once, whoever brings them.

The same review brought twice, or by two machines, is the same event: its id is made of its time and content.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256

from studytui.store.journal import journal
from studytui.store.journal.event_ids import new_id
from studytui.store.journal.events import LONGEST_TIME, Event, NoteChanged, Reviewed, new_event, terms_to_json
from studytui.store.locations import Locations
from studytui.study.notes.card import Memory
from studytui.study.notes.review import Rating
from studytui.study.scheduling.scheduler import Scheduler

ANKI = "anki"
"""Stands in an event for the device, and for the kind of question."""

_CHANCES = 256
"""So many chances tell all days apart that the fuzz of an interval of years may fall on."""

_MOVED = timedelta(milliseconds=20)
"""How far an export may have moved an answer of ours: a millisecond for each other card's at that time."""


@dataclass(frozen=True, slots=True)
class ForeignReview:
    """An answer to one of our cards, given in another program."""

    card: str
    """`studytui.study.notes.card.card_id`."""
    at: datetime
    """UTC, to the millisecond."""
    rating: Rating
    took_ms: int
    """Milliseconds from the question to the answer."""
    interval: int | None = None
    """Study days after which the other program shows the card again; None where it did not say days."""


def import_batch(foreign: int) -> str:
    """A name for an act that brings so many foreign events, for its own events to bear."""
    return f"{secrets.token_hex(8)}/{foreign}"


def foreign_in(batch: str) -> int:
    """How many foreign events belong to an act."""
    count = batch.partition("/")[2]
    return int(count) if count.isascii() and count.isdigit() and len(count) < 12 else 0


def unseen(reviews: Iterable[ForeignReview], locations: Locations) -> tuple[ForeignReview, ...]:
    """Those that no journal has, in the order of their times. What was undone here stays undone.

    An answer that a journal has under another card, with the same time, rating and duration, is that answer:
    Anki keeps the log of deleted cards, and gives it to whatever card comes to have their ids.

    Raises:
        StudytuiError: a journal cannot be read.
    """
    waiting = list(reviews)
    if not waiting:
        return ()
    seen: dict[str, dict[datetime, tuple[int, int]]] = {review.card: {} for review in waiting}
    moments: dict[datetime, set[tuple[int, int]]] = {review.at: set() for review in waiting}
    for path in journal.files(locations.journal):
        for event in (event for reading in journal.stretches(path) for event in reading.events):
            if not isinstance(event, Reviewed):
                continue
            if event.card in seen:
                seen[event.card][event.at] = (int(event.rating), event.took_ms)
            if event.at in moments:
                moments[event.at].add((int(event.rating), event.took_ms))
    # Each answer in a journal stands for one of these: first for that of its very time, then for a moved one.
    waiting = [review for review in waiting if seen[review.card].pop(review.at, None) is None]
    waiting.sort(key=lambda review: (review.at, review.card))
    return tuple(
        review
        for review in waiting
        if not _take_moved(review, seen[review.card])
        and (int(review.rating), review.took_ms) not in moments[review.at]
    )


def outdated(
    forgotten: Mapping[str, datetime], locations: Locations, undone: Container[str]
) -> list[Reviewed]:
    """The answers that count, to cards that were made new again since: those before that moment.

    Args:
        forgotten: card id -> when it was made new (UTC).
        locations: of the journals.
        undone: ids of the events that do not count.

    Raises:
        StudytuiError: a journal cannot be read.
    """
    found: dict[str, Reviewed] = {}
    here: dict[str, tuple[str, datetime]] = {}
    """Of cards that were made new again here, the event, which all that was before it is out by, and when."""
    for path in journal.files(locations.journal) if forgotten else ():
        for event in (event for reading in journal.stretches(path) for event in reading.events):
            if event.id in undone:
                continue
            if isinstance(event, Reviewed) and event.card in forgotten and event.at <= forgotten[event.card]:
                found[event.id] = event
            elif isinstance(event, NoteChanged) and event.act == "forget" and event.card is not None:
                here[event.card] = max((event.id, event.at), here.get(event.card, ("", event.at)))
    return sorted(
        (event for event in found.values() if not _is_out(event, here, forgotten[event.card])),
        key=lambda event: event.id,
    )


def _is_out(answer: Reviewed, here: Mapping[str, tuple[str, datetime]], forgotten: datetime) -> bool:
    """Whether a card's new beginning here counts already, or is what came back from there."""
    if answer.card not in here:
        return False
    event, at = here[answer.card]
    return answer.id < event or at <= forgotten <= at + _MOVED


def forgetting(answer: Reviewed, at: datetime) -> Event:
    """The event that takes back an answer to a card that was made new again at a moment.

    Equal on every machine.
    """
    content = json.dumps([ANKI, "undo", answer.id]).encode()
    identity = new_id(at.astimezone(UTC), sha256(content).digest()[:10])
    return new_event(identity, at.astimezone(UTC), ANKI, "undo", {"target": answer.id})


def _take_moved(review: ForeignReview, left: dict[datetime, tuple[int, int]]) -> bool:
    """Whether one of the answers left is this one, moved a little; it is taken out of them then."""
    for at, (rating, took_ms) in left.items():
        if at < review.at <= at + _MOVED and (rating, took_ms) == (review.rating, review.took_ms):
            del left[at]
            return True
    return False


def events_of(
    reviews: Iterable[ForeignReview], scheduler: Scheduler, memories: Mapping[str, Memory]
) -> list[Reviewed]:
    """The events that say reviews, in the order of their times, each with the fuzz that it was given.

    Equal reviews, days, terms and memories give equal events on every machine.
    """
    return [event for event, _ in _followed(reviews, scheduler, memories)]


def memories_after(
    reviews: Iterable[ForeignReview], scheduler: Scheduler, memories: Mapping[str, Memory]
) -> dict[str, Memory | None]:
    """What the cards' memories come to; None where an older answer comes late: all is to be folded anew."""
    after: dict[str, Memory | None] = {}
    for event, memory in _followed(reviews, scheduler, memories):
        after[event.card] = None if after.get(event.card, memory) is None else memory
    return after


def _followed(
    reviews: Iterable[ForeignReview], scheduler: Scheduler, memories: Mapping[str, Memory]
) -> Iterator[tuple[Reviewed, Memory | None]]:
    """The event of each review, and the memory after it; None if its card's history is to be folded anew."""
    before: dict[str, Memory] = {}
    for review in reviews:
        memory = before.get(review.card, memories.get(review.card))
        chance = after = None
        if memory is None or memory.last_review < review.at:
            chance = _chance(review, memory, scheduler)
            answer = scheduler.answer(review.at, review.rating, chance)
            before[review.card] = after = scheduler.advance(memory, answer)
        yield event_of(review, scheduler, chance), after


def _chance(review: ForeignReview, memory: Memory | None, scheduler: Scheduler) -> float | None:
    """Where in the range of the fuzz the other program's interval falls, or comes nearest; None for nowhere.

    With it the card is due on the same day in both, but where the program does not schedule as we do.
    """
    wanted = review.interval
    if wanted is None:
        return None

    @cache
    def interval(chance: float | None) -> int:
        return scheduler.advance(memory, scheduler.answer(review.at, review.rating, chance)).interval or 0

    if interval(None) in (0, wanted):
        return None
    low, high = 0, _CHANCES - 1
    while low < high:  # intervals grow with the chance
        middle = (low + high) // 2
        low, high = (middle + 1, high) if interval(middle / _CHANCES) < wanted else (low, middle)
    chances = (None, low / _CHANCES, max(0, low - 1) / _CHANCES)
    return min(chances, key=lambda chance: abs(interval(chance) - wanted))


def event_of(review: ForeignReview, scheduler: Scheduler, chance: float | None = None) -> Reviewed:
    """The event that says a review. Equal reviews, days and terms give equal events on every machine."""
    answer = scheduler.answer(review.at, review.rating, chance)
    said = {
        "card": review.card,
        "rating": int(review.rating),
        "took_ms": min(max(0, review.took_ms), LONGEST_TIME),
        "kind": ANKI,
        "given": None,
        "day": answer.day.isoformat(),
        "offset": answer.offset,
        **terms_to_json(answer.terms),
    }
    if chance is not None:
        said["fuzz"] = chance
    at = review.at.astimezone(UTC)
    content = json.dumps([ANKI, at.isoformat(), said], ensure_ascii=True, sort_keys=True).encode()
    identity = new_id(at, sha256(content).digest()[:10])
    event: Reviewed = new_event(identity, at, ANKI, "review", said)  # type: ignore[assignment]  # by its kind
    return event
