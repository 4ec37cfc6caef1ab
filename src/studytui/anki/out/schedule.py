"""Our memories and reviews as Anki keeps them: a card's schedule, and rows of its review log."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from studytui.study.notes.card import Memory
from studytui.study.notes.review import Rating, Review
from studytui.study.scheduling.scheduler import Scheduler

DAY_ZERO: Final = date(2010, 1, 1)
"""The study day that due dates are counted from in the package; Anki shifts them to its own collection."""
TOLD_SUSPENDED: Final = '"cd":"{\\"out\\":1}"'
"""In a card's data, which Anki keeps: it left here suspended. If it is not so there, it was put back."""
DEFAULT_DECAY: Final = 0.1542
"""The last of FSRS-6's default weights."""

_NEW, _LEARNING, _REVIEW, _RELEARNING = 0, 1, 2, 3
_QUEUE_LEARNING, _QUEUE_REVIEW, _QUEUE_DAY_LEARNING, _SUSPENDED = 1, 2, 3, -1
_ZERO: Final = DAY_ZERO.toordinal()
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_QUARTER: Final = 900_000
"""Milliseconds in a quarter of an hour."""
_DAY_SECONDS: Final = 86_400
_LONGEST_ANSWER: Final = 60 * 60 * 1000

RevlogRow = tuple[int, int, int, int, int, int, int, int]
"""id (milliseconds since 1970), card, rating, interval, the one before, factor, time taken (ms), kind.

An interval is in days, or in seconds if negative; the kind is 0 learning, 1 review, 2 relearning, 4 by hand.
"""

Schedule = tuple[int, int, int, int, int, int, int, int, str]
"""The columns of Anki's `cards` table that say where a card stands, in the table's order.

type, queue, due, interval, factor, reps, lapses, left, data. What is due is a position for a new card,
seconds since 1970 in (re)learning, and study days since `DAY_ZERO` in review; the interval is in days; left
is how many (re)learning steps are; data is JSON with the FSRS memory state, desired retention, decay, and
`lrt`, the last review in seconds since 1970.
"""


class Cards:
    """Where cards stand, by one scheduler."""

    def __init__(self, scheduler: Scheduler, suspended: Container[str] = ()) -> None:
        """`suspended` holds the ids of cards that are out of the queue until the learner says otherwise."""
        terms, weights = scheduler.terms, scheduler.weights
        self._scheduler, self._suspended = scheduler, suspended
        self._constants = f'"dr":{terms.retention!r},"decay":{weights[-1] if weights else DEFAULT_DECAY!r}'

    def new(self, card: str, position: int) -> Schedule:
        """A card that was never asked, at a place in the queue."""
        out = card in self._suspended
        data = f"{{{TOLD_SUSPENDED}}}" if out else ""
        return (_NEW, _SUSPENDED if out else 0, position, 0, 0, 0, 0, 0, data)

    def known(self, card: str, memory: Memory, position: int, last_review: int) -> Schedule:
        """A card with a memory.

        `last_review` is seconds since 1970 and is that of the last row of the log: Check Database mends it
        otherwise.
        """
        if memory.phase == "review":
            kind, queue, left = _REVIEW, _QUEUE_REVIEW, 0
            day = memory.day or self._scheduler.days.day(memory.last_review)
            interval = memory.interval
            if interval is None:
                interval = max(1, (self._scheduler.days.day(memory.due) - day).days)
            due, interval = day.toordinal() - _ZERO + interval, max(1, interval)
        else:
            kind, queue, due, interval, left = self._learning(memory)
        told = ""
        if card in self._suspended:
            queue, told = _SUSPENDED, f",{TOLD_SUSPENDED}"
        data = (
            f'{{"pos":{position},"s":{memory.stability!r},"d":{memory.difficulty!r},'
            f'{self._constants},"lrt":{last_review}{told}}}'
        )
        return (kind, queue, due, interval, 2500, memory.reps, memory.lapses, left, data)

    def _learning(self, memory: Memory) -> tuple[int, int, int, int, int]:
        """Type, queue, due, interval and steps left of a card in (re)learning."""
        terms = self._scheduler.terms
        kind, steps, interval = (
            (_LEARNING, terms.learning, 0)
            if memory.phase == "learning"
            else (_RELEARNING, terms.relearning, 1)
        )
        left = max(1, len(steps) - (memory.step or 0))
        if memory.due - memory.last_review >= timedelta(days=1):
            day = self._scheduler.days.day(memory.due).toordinal()
            return kind, _QUEUE_DAY_LEARNING, day - _ZERO, interval, left
        return kind, _QUEUE_LEARNING, int(memory.due.timestamp()), interval, left


class Log:
    """Rows of Anki's review log. A row's id is its time in milliseconds, and no two are the same."""

    def __init__(self, scheduler: Scheduler) -> None:
        self.rows: list[RevlogRow] = []
        self._scheduler = scheduler
        self._taken: set[int] = set()
        self._days: dict[int, int] = {}

    def add(self, card: int, history: Sequence[Review], memory: Memory) -> int:
        """Writes a card's history, in order of time; gives its last review in seconds since 1970.

        The interval of an answer is how long it was until the next one, and of the last what the memory says:
        our journal keeps answers, not what was planned between them.
        """
        until = memory.last_review
        if history and history[-1].at > until:
            # What was answered after the memory was taken is not part of it.
            history = [review for review in history if review.at <= until]
        if not history:
            return int(until.timestamp())
        phases = kinds(history)
        stamps = [(review.at - _EPOCH) // _MILLISECOND for review in history]
        rows, last = self.rows, len(history) - 1
        factor = before = 0
        for place, stamp in enumerate(stamps):
            if place < last:
                after = self._between(stamp, stamps[place + 1], phases[place + 1])
            else:
                after, factor = _planned(memory), round((memory.difficulty - 1) / 9 * 1000 + 100)
            stamp = self._free(stamp)
            took = history[place].took_ms
            if not 0 <= took <= _LONGEST_ANSWER:
                took = min(max(took, 0), _LONGEST_ANSWER)
            rows.append((stamp, card, int(history[place].rating), after, before, factor, took, phases[place]))
            before = after
        return stamp // 1000

    def forget(self, card: int, at: datetime) -> None:
        """Writes that a card was made new again, as Anki's Forget does."""
        stamp = self._free((at - _EPOCH) // _MILLISECOND)
        self.rows.append((stamp, card, 0, 0, 0, 0, 0, _LOG_MANUAL))

    def _free(self, stamp: int) -> int:
        """The first time from `stamp` on that no row has."""
        while stamp in self._taken:
            stamp += 1
        self._taken.add(stamp)
        return stamp

    def _between(self, before: int, after: int, phase: int) -> int:
        """The time between two answers: days, or seconds as a negative number within (re)learning."""
        if phase != _LOG_REVIEW:
            seconds = (after - before) // 1000
            if seconds < _DAY_SECONDS:
                return -seconds or -1
        days = self._days
        one, other = before // _QUARTER, after // _QUARTER
        return (days.get(other) or self._day(other)) - (days.get(one) or self._day(one)) or 1

    def _day(self, quarter: int) -> int:
        """The study day of a quarter of an hour, as a number. Zones and study days change on the quarter."""
        at = datetime.fromtimestamp(quarter * 900, UTC)
        day = self._days[quarter] = self._scheduler.days.day(at).toordinal()
        return day


def _planned(memory: Memory) -> int:
    """The interval that a memory waits for, in Anki's way."""
    if memory.phase == "review":
        return max(1, memory.interval or (memory.due - memory.last_review).days)
    return -max(1, round((memory.due - memory.last_review).total_seconds()))


_LOG_LEARNING, _LOG_REVIEW, _LOG_RELEARNING, _LOG_MANUAL = 0, 1, 2, 4


def kinds(history: Iterable[Review]) -> list[int]:
    """The phase in which each answer of a card's history was given, in Anki's numbers.

    The phases follow from the ratings and the steps alone (py-fsrs `Scheduler.review_card`), so the memory
    need not be computed again. The steps are those that held for each answer.
    """
    found: list[int] = []
    phase, step = _LOG_LEARNING, 0
    for review in history:
        if review.put_off:
            phase = _LOG_REVIEW
        found.append(phase)
        rating = review.rating
        if phase == _LOG_REVIEW:
            if rating is Rating.AGAIN and review.relearning:
                phase, step = _LOG_RELEARNING, 0
            continue
        steps = len(review.learning if phase == _LOG_LEARNING else review.relearning)
        if rating is Rating.GOOD:
            step += 1
        # There may have been more steps when it came to this one than there are now.
        beyond = step >= steps and rating is not Rating.AGAIN
        if not steps or rating is Rating.EASY or beyond:
            phase = _LOG_REVIEW
        elif rating is Rating.AGAIN:
            step = 0
    return found


def day_zero_start(scheduler: Scheduler) -> tuple[int, int]:
    """When `DAY_ZERO` began, in seconds since 1970, and the zone's minutes west of UTC then."""
    start: datetime = scheduler.days.start(DAY_ZERO)
    return int(start.timestamp()), -scheduler.days.offset(start)
