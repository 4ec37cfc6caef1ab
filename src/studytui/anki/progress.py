"""Our memories and reviews as Anki keeps them: a card's schedule, and rows of its review log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

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
_LONGEST_ANSWER: Final = 60 * 60 * 1000

RevlogRow = tuple[int, int, int, int, int, int, int, int]
"""id (milliseconds since 1970), card, rating, interval, the one before, factor, time taken (ms), kind.

An interval is in days, or in seconds if negative; the kind is 0 learning, 1 review, 2 relearning.
"""


class Schedule(NamedTuple):
    """The columns of Anki's `cards` table that say where a card stands, in the table's order."""

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
        queue, due, left = _QUEUE_REVIEW, day.toordinal() - DAY_ZERO.toordinal() + interval, 0
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
    decay = weights[-1] if weights else DEFAULT_DECAY
    data = (
        f'{{"pos":{position},"s":{memory.stability!r},"d":{memory.difficulty!r},'
        f'"dr":{terms.retention!r},"decay":{decay!r},"lrt":{last_review}}}'
    )
    return Schedule(kind, queue, due, interval, 2500, memory.reps, memory.lapses, left, data)


class Log:
    """Rows of Anki's review log. A row's id is its time in milliseconds, and no two are the same."""

    def __init__(self, scheduler: Scheduler) -> None:
        self.rows: list[RevlogRow] = []
        self._scheduler = scheduler
        self._taken: set[int] = set()
        self._days: dict[int, int] = {}
        self._phases: dict[tuple[int, ...], list[int]] = {}

    def add(self, card: int, reviews: Sequence[Review], memory: Memory) -> int:
        """Writes a card's history, in order of time; gives its last review in seconds since 1970.

        The interval of an answer is how long it was until the next one, and of the last what the memory says:
        our journal keeps answers, not what was planned between them.
        """
        until = memory.last_review
        # What was answered after the memory was taken is not part of it.
        history = [review for review in reviews if review.at <= until]
        if not history:
            return int(until.timestamp())
        ratings = tuple([int(review.rating) for review in history])
        phases = self._phases.get(ratings)
        if phases is None:
            phases = self._phases[ratings] = kinds(ratings, self._scheduler.terms)
        stamps = [int(review.at.timestamp() * 1000) for review in history]
        after = [*map(self._between, stamps, stamps[1:], phases[1:]), _planned(memory)]
        taken, before, last = self._taken, 0, len(history) - 1
        for place, stamp in enumerate(stamps):
            while stamp in taken:
                stamp += 1
            taken.add(stamp)
            factor = round((memory.difficulty - 1) / 9 * 1000 + 100) if place == last else 0
            took = history[place].took_ms
            if not 0 <= took <= _LONGEST_ANSWER:
                took = min(max(took, 0), _LONGEST_ANSWER)
            self.rows.append((stamp, card, ratings[place], after[place], before, factor, took, phases[place]))
            before = after[place]
        return stamp // 1000

    def _between(self, before: int, after: int, phase: int) -> int:
        """The time between two answers: days, or seconds as a negative number within (re)learning."""
        seconds = (after - before) // 1000
        if phase != _LOG_REVIEW and seconds < _DAY_SECONDS:
            return -max(1, seconds)
        return self._day(after) - self._day(before) or 1

    def _day(self, stamp: int) -> int:
        """The study day of a time, as a number. Zones and study days change on the quarter of an hour."""
        quarter = stamp // 900_000
        day = self._days.get(quarter)
        if day is None:
            at = datetime.fromtimestamp(quarter * 900, UTC)
            day = self._days[quarter] = self._scheduler.days.day(at).toordinal()
        return day


def _planned(memory: Memory) -> int:
    """The interval that a memory waits for, in Anki's way."""
    if memory.phase == "review":
        return max(1, memory.interval or (memory.due - memory.last_review).days)
    return -max(1, round((memory.due - memory.last_review).total_seconds()))


_LOG_LEARNING, _LOG_REVIEW, _LOG_RELEARNING = 0, 1, 2


def kinds(ratings: Iterable[int], terms: Terms) -> list[int]:
    """The phase in which each rating of a card's history was given, in Anki's numbers.

    The phases follow from the ratings and the steps alone (py-fsrs `Scheduler.review_card`), so the memory
    need not be computed again.
    """
    found: list[int] = []
    phase, step = _LOG_LEARNING, 0
    for rating in ratings:
        found.append(phase)
        if phase == _LOG_REVIEW:
            if rating == Rating.AGAIN and terms.relearning:
                phase, step = _LOG_RELEARNING, 0
            continue
        steps = terms.learning if phase == _LOG_LEARNING else terms.relearning
        if rating == Rating.AGAIN:
            step = 0
        elif rating == Rating.GOOD:
            step += 1
        if not steps or rating == Rating.EASY or step >= len(steps):
            phase = _LOG_REVIEW
    return found


def day_zero_start(scheduler: Scheduler) -> tuple[int, int]:
    """When `DAY_ZERO` began, in seconds since 1970, and the zone's minutes west of UTC then."""
    start: datetime = scheduler.days.start(DAY_ZERO)
    return int(start.timestamp()), -scheduler.days.offset(start)
