"""Reviews that were made in another program, and how they come into the journal: once, whoever brings them.

The same review brought twice, or by two machines, is the same event: its id is made of its time and content.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from studytui.store import journal
from studytui.store.journal import Event, new_id
from studytui.store.locations import Locations
from studytui.store.payload import answer_of, subject, terms_to_json
from studytui.study.review import Rating
from studytui.study.scheduler import Scheduler

ANKI = "anki"
"""Stands in an event for the device, and for the kind of question."""

_SAME = timedelta(seconds=1)
"""Nobody answers one card twice in so short a time. An export moves a review by a millisecond where two
have the same."""


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
    """Those that no journal has, in the order of their times. What was undone counts as seen: it stays undone.

    Raises:
        StudytuiError: a journal cannot be read.
    """
    waiting = sorted(reviews, key=lambda review: (review.at, review.card))
    if not waiting:
        return ()
    cards = {review.card for review in waiting}
    seen: dict[str, list[datetime]] = {card: [] for card in cards}
    for path in journal.files(locations.journal):
        for line in journal.read(path).lines:
            about = subject(line.event) if line.event.type == "review" else None
            if about is not None and about[1] in cards and answer_of(line.event) is not None:
                seen[about[1]].append(line.event.at)
    for times in seen.values():
        times.sort()
    fresh: list[ForeignReview] = []
    for review in waiting:
        times = seen[review.card]
        place = bisect_left(times, review.at)
        if not any(abs(time - review.at) < _SAME for time in times[max(0, place - 1) : place + 1]):
            times.insert(place, review.at)
            fresh.append(review)
    return tuple(fresh)


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
