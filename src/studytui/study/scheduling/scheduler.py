"""Scheduling by FSRS-6: what an answer does to a card, and when it comes back.

Elapsed time is counted in study days, as Anki does, not in spans of 24 hours. Intervals follow Anki's rule
that Good is later than Hard and Easy later than Good, and have its fuzz if the learner asks for it
(rslib/src/scheduler/states: `passing_fsrs_review_intervals`, `fuzz.rs`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Literal, Protocol

from studytui.study.notes.card import Memory
from studytui.study.notes.review import Rating
from studytui.study.scheduling.fsrs import MAXIMUM_INTERVAL, Fsrs
from studytui.study.scheduling.study_day import StudyDays

Phase = Literal["learning", "review", "relearning"]

_NOON = time(12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the learner asks of the schedule."""

    retention: float = 0.9
    """The probability of recall at which a card comes back, 0.7 to 0.99."""
    learning: tuple[int, ...] = (60, 600)
    """Seconds between the first answers to a new card."""
    relearning: tuple[int, ...] = (600,)
    """Seconds between the answers to a card that was forgotten."""


class Answered(Protocol):
    """Whatever says an answer: an `Answer`, or a line of a journal."""

    @property
    def at(self) -> datetime: ...  # noqa: D102
    @property
    def day(self) -> date: ...  # noqa: D102
    @property
    def offset(self) -> int: ...  # noqa: D102
    @property
    def rating(self) -> Rating: ...  # noqa: D102
    @property
    def terms(self) -> Terms: ...  # noqa: D102
    @property
    def chance(self) -> float | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Answer:
    """One rating with all that its schedule depends on, so that a replay needs nothing else."""

    at: datetime
    """UTC."""
    day: date
    """The learner's study day."""
    offset: int
    """Minutes east of UTC of the learner's clock."""
    rating: Rating
    terms: Terms = Terms()
    chance: float | None = None
    """0 up to 1: where in the range of the fuzz its interval falls (`fuzz_chance`); None for no fuzz."""


def fuzz_chance(card: str, reps: int) -> float:
    """A number from 0 to 1, the same whenever and wherever a card is answered after so many reviews."""
    digest = blake2b(f"{card}/{reps}".encode(), digest_size=4).digest()
    return round(int.from_bytes(digest) / 2**32 * 0.9999, 4)


def fuzzed(interval: int, chance: float | None) -> int:
    """An interval in days moved within Anki's range for it, so that what was learned together parts."""
    if chance is None or interval < 2.5:
        return interval
    reach = 1 + sum(part * max(0.0, min(interval, end) - start) for start, end, part in _RANGES)
    low, high = max(2, round(interval - reach)), min(MAXIMUM_INTERVAL, round(interval + reach))
    return min(high, int(low + chance * (1 + high - low)))


_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))


@lru_cache(maxsize=64)
def _fsrs(retention: float, weights: tuple[float, ...] | None) -> Fsrs:
    return Fsrs(weights, retention)


@dataclass(frozen=True, slots=True)
class Scheduler:
    """FSRS-6 with one set of weights."""

    terms: Terms = Terms()
    """What holds for new answers; past answers carry their own."""
    days: StudyDays = field(default_factory=StudyDays)
    weights: tuple[float, ...] | None = None
    """The 21 parameters of FSRS-6; None for the defaults."""

    def check(self) -> None:
        """Raises ValueError if the weights are not ones that FSRS-6 allows."""
        Fsrs(self.weights)

    def answer(self, at: datetime, rating: Rating, chance: float | None = None) -> Answer:
        """A rating given now, in the learner's zone and on the learner's terms; `chance` as in `Answer`."""
        return Answer(at.astimezone(UTC), self.days.day(at), self.days.offset(at), rating, self.terms, chance)

    def review(self, memory: Memory | None, at: datetime, rating: Rating) -> Memory:
        """The memory of a card after an answer; `memory` is None for a new card."""
        return self.advance(memory, self.answer(at, rating))

    def advance(self, memory: Memory | None, answer: Answered) -> Memory:
        """As `review`, for an answer that brings its own day and terms."""
        reps, lapses = (memory.reps, memory.lapses) if memory else (0, 0)
        lapsed = memory is not None and memory.phase == "review" and answer.rating is Rating.AGAIN
        before = _trace_of(memory)
        after, wait = _step(_fsrs(answer.terms.retention, self.weights), before, answer)
        return self._to_memory(before, after, wait, answer, reps + 1, lapses + lapsed)

    def replay(
        self, answers: Iterable[Answered], trace: list[tuple[Phase | None, float] | None] | None = None
    ) -> Memory | None:
        """The memory after a history, in order; None if it is empty. Equal to `advance`, answer by answer.

        Args:
            answers: to one card. Of answers at the same instant the first counts.
            trace: gets, for each answer, the phase before it (None for a new card) and the stability in days;
                None for one that does not count.
        """
        before = after = _NEW
        wait: timedelta | None = None
        last: Answered | None = None
        reps = lapses = 0
        terms: Terms | None = None
        formulas: Fsrs | None = None
        at: datetime | None = None
        for answer in answers:
            if answer.at == at:
                if trace is not None:
                    trace.append(None)
                continue
            last, at = answer, answer.at
            if answer.terms is not terms or formulas is None:
                terms = answer.terms
                formulas = _fsrs(terms.retention, self.weights)
            before = after
            phase = before[0]
            if trace is not None:
                trace.append((phase, before[2]) if reps else (None, 0.0))
            reps += 1
            lapses += phase == "review" and answer.rating is Rating.AGAIN
            after, wait = _step(formulas, before, answer)
        return self._to_memory(before, after, wait, last, reps, lapses) if last is not None else None

    def chances(self, answers: Iterable[Answered]) -> Iterator[tuple[Answered, float]]:
        """For each answer a study day or more after the one before, the probability of recall foretold."""
        state = _NEW
        for answer in answers:
            formulas = _fsrs(answer.terms.retention, self.weights)
            last = state[4]
            if last is not None and answer.day > last:
                yield answer, formulas.recall(state[2], (answer.day - last).days)
            state, _ = _step(formulas, state, answer)

    def preview(
        self, memory: Memory | None, at: datetime, chance: float | None = None
    ) -> dict[Rating, timedelta]:
        """How long until the card comes back, for each rating; whole days once it is in the review phase."""
        spans: dict[Rating, timedelta] = {}
        for rating in Rating:
            after = self.advance(memory, self.answer(at, rating, chance))
            spans[rating] = (
                timedelta(days=after.interval) if after.interval else after.due - after.last_review
            )
        return spans

    def retrievability(self, memory: Memory, at: datetime) -> float:
        """The probability of recall on the study day of `at`."""
        formulas = _fsrs(self.terms.retention, self.weights)
        day = memory.day or memory.last_review.date()
        return formulas.recall(memory.stability, (self.days.day(at) - day).days)

    def _to_memory(
        self, before: _Trace, after: _Trace, wait: timedelta | None, answer: Answered, reps: int, lapses: int
    ) -> Memory:
        formulas = _fsrs(answer.terms.retention, self.weights)
        phase, step, stability, difficulty, _ = after
        interval: int | None = None
        if wait is None:
            days = fuzzed(formulas.interval(stability), answer.chance)
            interval = self._spread(formulas, before, answer, days)
            # Noon, local: the instant stays in its study day whatever summer time does.
            noon = datetime.combine(answer.day, _NOON) - timedelta(minutes=answer.offset)
            due = noon + timedelta(days=interval)
        else:
            due = answer.at + wait
        return Memory(
            phase=phase,
            step=step,
            stability=stability,
            difficulty=difficulty,
            due=due,
            last_review=answer.at,
            reps=reps,
            lapses=lapses,
            day=answer.day,
            interval=interval,
        )

    def _spread(self, formulas: Fsrs, before: _Trace, answer: Answered, days: int) -> int:
        """Anki's intervals: Good at least a day after Hard, Easy at least a day after Good."""
        if answer.rating in (Rating.AGAIN, Rating.HARD):
            return days
        # From a learning step Hard does not graduate: Good stands alone, Easy follows it.
        lower = [Rating.HARD, Rating.GOOD] if before[0] == "review" else [Rating.GOOD]
        least = 0
        for rating in lower:
            if rating < answer.rating:
                stability = _remember(formulas, before, answer.day, rating)[0]
                days_then = fuzzed(formulas.interval(stability), answer.chance)
                least = max(least + 1, days_then)
        return min(max(days, least + 1), MAXIMUM_INTERVAL)


_Trace = tuple[Phase, int | None, float, float, date | None]
"""What a card's next step depends on: phase, step, stability, difficulty, study day; no day if it is new."""

_NEW: _Trace = ("learning", 0, 0.0, 0.0, None)


def _trace_of(memory: Memory | None) -> _Trace:
    if memory is None:
        return _NEW
    day = memory.day or memory.last_review.date()
    return (memory.phase, memory.step, memory.stability, memory.difficulty, day)


def _remember(formulas: Fsrs, before: _Trace, day: date, rating: Rating) -> tuple[float, float]:
    """Stability and difficulty after an answer."""
    _, _, stability, difficulty, last = before
    if last is None:
        return formulas.first(rating)
    return formulas.after(stability, difficulty, (day - last).days, rating)


def _step(formulas: Fsrs, before: _Trace, answer: Answered) -> tuple[_Trace, timedelta | None]:
    """What follows an answer, and the (re)learning step until it comes back; None where days are counted."""
    phase, step, _, _, _ = before
    rating, day, terms = answer.rating, answer.day, answer.terms
    stability, difficulty = _remember(formulas, before, day, rating)
    graduated: _Trace = ("review", None, stability, difficulty, day)
    if phase == "review":
        if rating is not Rating.AGAIN or not terms.relearning:
            return graduated, None
        return ("relearning", 0, stability, difficulty, day), timedelta(seconds=terms.relearning[0])
    steps = terms.learning if phase == "learning" else terms.relearning
    at = step or 0
    if not steps or rating is Rating.EASY or (at >= len(steps) and rating is not Rating.AGAIN):
        return graduated, None
    if rating is Rating.GOOD:
        at += 1
        if at == len(steps):
            return graduated, None
        wait: float = steps[at]
    elif rating is Rating.AGAIN:
        at, wait = 0, steps[0]
    elif at:
        wait = steps[at]
    else:  # Hard in the first step: half-way to the second, or half as long again
        wait = steps[0] * 1.5 if len(steps) == 1 else (steps[0] + steps[1]) / 2
    return (phase, at, stability, difficulty, day), timedelta(seconds=wait)
