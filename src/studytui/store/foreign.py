"""Reviews that were made in another program, and how they come into the journal: once, whoever brings them.

The same review brought twice, or by two machines, is the same event: its id is made of its time and content.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from studytui.store import journal
from studytui.store.journal import Event, new_id
from studytui.store.locations import Locations
from studytui.store.payload import answer_of, subject
from studytui.store.reviewline import terms_to_json
from studytui.study.review import Rating
from studytui.study.scheduler import Scheduler

ANKI = "anki"
"""Stands in an event for the device, and for the kind of question."""

_MOVED = timedelta(milliseconds=20)
"""How far an export may have moved an answer of ours: a millisecond for each other card's at that time."""


@dataclass(frozen=True, slots=True)
class ForeignReview:
    """An answer to one of our cards, given in another program."""

    card: str
    """`studytui.study.card.card_id`."""
    at: datetime
    """UTC, to the millisecond."""
    rating: Rating
    took_ms: int
    """Milliseconds from the question to the answer."""


def unseen(reviews: Iterable[ForeignReview], locations: Locations) -> tuple[ForeignReview, ...]:
    """Those that no journal has, in the order of their times. What was undone here stays undone.

    Raises:
        StudytuiError: a journal cannot be read.
    """
    waiting = list(reviews)
    if not waiting:
        return ()
    seen: dict[str, dict[datetime, tuple[int, int]]] = {review.card: {} for review in waiting}
    for path in journal.files(locations.journal):
        for event in journal.read(path).events:
            about = subject(event) if event.type == "review" else None
            if about is not None and about[1] in seen and (answer := answer_of(event)) is not None:
                seen[about[1]][event.at] = (int(answer.rating), int(event.payload["took_ms"]))
    # Each answer in a journal stands for one of these: first for that of its very time, then for a moved one.
    waiting = [review for review in waiting if seen[review.card].pop(review.at, None) is None]
    waiting.sort(key=lambda review: (review.at, review.card))
    return tuple(review for review in waiting if not _take_moved(review, seen[review.card]))


def _take_moved(review: ForeignReview, left: dict[datetime, tuple[int, int]]) -> bool:
    """Whether one of the answers left is this one, moved a little; it is taken out of them then."""
    for at, (rating, took_ms) in left.items():
        if at < review.at <= at + _MOVED and (rating, took_ms) == (review.rating, review.took_ms):
            del left[at]
            return True
    return False


def event_of(review: ForeignReview, scheduler: Scheduler) -> Event:
    """The event that says a review. Equal reviews, days and terms give equal events on every machine."""
    answer = scheduler.answer(review.at, review.rating)
    said = {
        "card": review.card,
        "rating": int(review.rating),
        "took_ms": max(0, review.took_ms),
        "kind": ANKI,
        "given": None,
        "day": answer.day.isoformat(),
        "offset": answer.offset,
        **terms_to_json(answer.terms),
    }
    at = review.at.astimezone(UTC)
    content = json.dumps([ANKI, at.isoformat(), said], ensure_ascii=True, sort_keys=True).encode()
    return Event(new_id(at, sha256(content).digest()[:10]), at, ANKI, "review", said)
