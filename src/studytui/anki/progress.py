"""Our memories and reviews as Anki keeps them: a card's schedule, and rows of its review log."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from studytui.study.card import Memory
from studytui.study.review import Rating, Review
from studytui.study.scheduler import Scheduler, Terms

DAY_ZERO: Final = date(2010, 1, 1)
"""The study day that due dates are counted from in the package; Anki shifts them to its own collection."""
DEFAULT_DECAY: Final = 0.1542
"""The last of FSRS-6's default weights."""

_NEW, _LEARNING, _REVIEW, _RELEARNING = 0, 1, 2, 3
_QUEUE_LEARNING, _QUEUE_REVIEW, _QUEUE_DAY_LEARNING = 1, 2, 3
_DAY_SECONDS: Final = 86_400

RevlogRow = tuple[int, int, int, int, int, int, int, int, int]
"""id (milliseconds since 1970), card, usn, rating, interval, the one before, factor, time (ms), kind.

An interval is in days, or in seconds if negative; the kind is 0 learning, 1 review, 2 relearning.
"""


@dataclass(frozen=True, slots=True)
class Schedule:
    """The columns of Anki's `cards` table that say where a card stands."""

    type: int
    queue: int
    due: int
    """New: its position. In (re)learning: seconds since 1970. Review: study days since `DAY_ZERO`."""
    interval: int
    """Days."""
    factor: int
    reps: int
    lapses: int
    left: int
    """How many (re)learning steps are left."""
    data: str
    """JSON: FSRS memory state, desired retention, decay, and `lrt`, the last review in seconds since 1970."""


def new(position: int) -> Schedule:
    """A card that was never asked, at a place in the queue."""
    return Schedule(_NEW, 0, position, 0, 0, 0, 0, 0, "")


def known(memory: Memory, scheduler: Scheduler, position: int, last_review: int) -> Schedule:
    """A card with a memory.

    `last_review` is seconds since 1970 and equals the last row of the log: Check Database mends it otherwise.
    """
    terms, weights = scheduler.terms, scheduler.weights
    day = memory.day or scheduler.days.day(memory.last_review)
    if memory.phase == "review":
        interval = max(1, memory.interval or (scheduler.days.day(memory.due) - day).days)
        queue, due, left = _QUEUE_REVIEW, (day - DAY_ZERO).days + interval, 0
        kind = _REVIEW
    else:
        kind, steps = (
            (_LEARNING, terms.learning) if memory.phase == "learning" else (_RELEARNING, terms.relearning)
        )
        left = max(1, len(steps) - (memory.step or 0))
        interval = 0 if kind == _LEARNING else 1
        if memory.due - memory.last_review >= timedelta(days=1):
            queue, due = _QUEUE_DAY_LEARNING, (scheduler.days.day(memory.due) - DAY_ZERO).days
        else:
            queue, due = _QUEUE_LEARNING, int(memory.due.timestamp())
    data = {
        "pos": position,
        "s": memory.stability,
        "d": memory.difficulty,
        "dr": terms.retention,
        "decay": weights[-1] if weights else DEFAULT_DECAY,
        "lrt": last_review,
    }
    return Schedule(
        kind,
        queue,
        due,
        interval,
        2500,
        memory.reps,
        memory.lapses,
        left,
        json.dumps(data, separators=(",", ":")),
    )


class Log:
    """Rows of Anki's review log. A row's id is its time in milliseconds, and no two are the same."""

    def __init__(self, scheduler: Scheduler) -> None:
        self.rows: list[RevlogRow] = []
        self._scheduler = scheduler
        self._taken: set[int] = set()

    def add(self, card: int, reviews: Iterable[Review], memory: Memory) -> int:
        """Writes a card's history; gives its last review in seconds since 1970.

        The interval of an answer is how long it was until the next one, and of the last what the memory says:
        our journal keeps answers, not what was planned between them.
        """
        ordered = sorted(reviews, key=lambda review: (review.at, review.id))
        # What was learned after the memory was taken is not part of it.
        ordered = [review for review in ordered if review.at <= memory.last_review]
        days = [self._scheduler.days.day(review.at) for review in ordered]
        phases = kinds([review.rating for review in ordered], self._scheduler.terms)
        before, stamp = 0, int(memory.last_review.timestamp() * 1000)
        for place, review in enumerate(ordered):
            last = place + 1 == len(ordered)
            if not last:
                seconds = round((ordered[place + 1].at - review.at).total_seconds())
                learning = phases[place + 1] != _LOG_REVIEW
                after = (
                    -seconds if learning and seconds < _DAY_SECONDS else (days[place + 1] - days[place]).days
                )
                after = after or 1
            elif memory.phase == "review":
                after = max(1, memory.interval or (self._scheduler.days.day(memory.due) - days[place]).days)
            else:
                after = -max(1, round((memory.due - review.at).total_seconds()))
            stamp = self._unique(int(review.at.timestamp() * 1000))
            factor = round((memory.difficulty - 1) / 9 * 1000 + 100) if last else 0
            took = min(max(review.took_ms, 0), 60 * 60 * 1000)
            self.rows.append(
                (stamp, card, -1, int(review.rating), after, before, factor, took, phases[place])
            )
            before = after
        return stamp // 1000

    def _unique(self, stamp: int) -> int:
        while stamp in self._taken:
            stamp += 1
        self._taken.add(stamp)
        return stamp


_LOG_LEARNING, _LOG_REVIEW, _LOG_RELEARNING = 0, 1, 2


def kinds(ratings: Sequence[Rating], terms: Terms) -> list[int]:
    """The phase in which each rating of a card's history was given, in Anki's numbers.

    The phases follow from the ratings and the steps alone (py-fsrs `Scheduler.review_card`), so the memory
    need not be computed again.
    """
    found: list[int] = []
    phase, step = _LOG_LEARNING, 0
    for rating in ratings:
        found.append(phase)
        if phase == _LOG_REVIEW:
            if rating is Rating.AGAIN and terms.relearning:
                phase, step = _LOG_RELEARNING, 0
            continue
        steps = terms.learning if phase == _LOG_LEARNING else terms.relearning
        if rating is Rating.AGAIN:
            step = 0
        elif rating is Rating.GOOD:
            step += 1
        if not steps or rating is Rating.EASY or step >= len(steps):
            phase = _LOG_REVIEW
    return found


def day_zero_start(scheduler: Scheduler) -> tuple[int, int]:
    """When `DAY_ZERO` began, in seconds since 1970, and the zone's minutes west of UTC then."""
    start: datetime = scheduler.days.start(DAY_ZERO)
    return int(start.timestamp()), -scheduler.days.offset(start)
