"""Scheduling by FSRS-6: what an answer does to a card's memory. The only module that knows `fsrs`.

Elapsed time is counted in study days, as Anki does, not in spans of 24 hours: `fsrs` is always given noon
of the study day. Intervals follow Anki's rule that Good is later than Hard and Easy later than Good
(rslib/src/scheduler/states: `passing_fsrs_review_intervals`). There is no fuzz.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from studytui.study.card import Memory
from studytui.study.day import StudyDays
from studytui.study.review import Rating

if TYPE_CHECKING:
    import fsrs

Phase = Literal["learning", "review", "relearning"]

MAXIMUM_INTERVAL = 36500
"""Days; Anki's default."""

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


@lru_cache(maxsize=64)
def _engine(terms: Terms, weights: tuple[float, ...] | None) -> fsrs.Scheduler:
    import fsrs

    return fsrs.Scheduler(
        parameters=fsrs.scheduler.DEFAULT_PARAMETERS if weights is None else weights,
        desired_retention=terms.retention,
        learning_steps=[timedelta(seconds=seconds) for seconds in terms.learning],
        relearning_steps=[timedelta(seconds=seconds) for seconds in terms.relearning],
        maximum_interval=MAXIMUM_INTERVAL,
        enable_fuzzing=False,
    )


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
        _engine(self.terms, self.weights)

    def answer(self, at: datetime, rating: Rating) -> Answer:
        """A rating given now, in the learner's zone and on the learner's terms."""
        return Answer(at.astimezone(UTC), self.days.day(at), self.days.offset(at), rating, self.terms)

    def review(self, memory: Memory | None, at: datetime, rating: Rating) -> Memory:
        """The memory of a card after an answer; `memory` is None for a new card."""
        return self.advance(memory, self.answer(at, rating))

    def advance(self, memory: Memory | None, answer: Answer) -> Memory:
        """As `review`, for an answer that brings its own day and terms."""
        before = _to_card(memory)
        lapsed = memory is not None and memory.phase == "review" and answer.rating is Rating.AGAIN
        after = self._step(before, answer)
        reps, lapses = (memory.reps, memory.lapses) if memory else (0, 0)
        return self._to_memory(before, after, answer, reps + 1, lapses + lapsed)

    def replay(
        self, answers: Iterable[Answer], trace: list[tuple[Phase | None, float]] | None = None
    ) -> Memory | None:
        """The memory after a history, in order; None if it is empty. Equal to `advance`, answer by answer.

        Args:
            answers: to one card.
            trace: gets, for each answer, the phase before it (None for a new card) and the stability in days.
        """
        card = before = _to_card(None)
        last: Answer | None = None
        reps = lapses = 0
        for last in answers:
            before = card
            phase = _PHASES[card.state.value] if reps else None
            if trace is not None:
                trace.append((phase, card.stability or 0.0))
            lapses += phase == "review" and last.rating is Rating.AGAIN
            card = self._step(before, last)
            reps += 1
        return self._to_memory(before, card, last, reps, lapses) if last else None

    def preview(self, memory: Memory | None, at: datetime) -> dict[Rating, timedelta]:
        """How long until the card comes back, for each rating; whole days once it is in the review phase."""
        spans: dict[Rating, timedelta] = {}
        for rating in Rating:
            after = self.review(memory, at, rating)
            spans[rating] = (
                timedelta(days=after.interval) if after.interval else after.due - after.last_review
            )
        return spans

    def retrievability(self, memory: Memory, at: datetime) -> float:
        """The probability of recall on the study day of `at`."""
        noon = datetime.combine(self.days.day(at), _NOON)
        return _engine(self.terms, self.weights).get_card_retrievability(_to_card(memory), noon)

    def _step(self, card: fsrs.Card, answer: Answer) -> fsrs.Card:
        import fsrs

        noon = datetime.combine(answer.day, _NOON)
        return _engine(answer.terms, self.weights).review_card(card, fsrs.Rating(answer.rating), noon)[0]

    def _to_memory(
        self, before: fsrs.Card, after: fsrs.Card, answer: Answer, reps: int, lapses: int
    ) -> Memory:
        import fsrs

        span = after.due - datetime.combine(answer.day, _NOON)
        interval: int | None = None
        due = answer.at + span
        if after.state == fsrs.State.Review:
            interval = self._spread(before, answer, span.days)
            # Noon, local: the instant stays in its study day whatever summer time does.
            noon = datetime.combine(answer.day, _NOON) - timedelta(minutes=answer.offset)
            due = noon + timedelta(days=interval)
        if after.stability is None or after.difficulty is None:
            raise ValueError("a reviewed card has a stability and a difficulty")
        return Memory(
            phase=_PHASES[after.state.value],
            step=after.step,
            stability=after.stability,
            difficulty=after.difficulty,
            due=due,
            last_review=answer.at,
            reps=reps,
            lapses=lapses,
            day=answer.day,
            interval=interval,
        )

    def _spread(self, before: fsrs.Card, answer: Answer, days: int) -> int:
        """Anki's intervals: Good at least a day after Hard, Easy at least a day after Good."""
        import fsrs

        if answer.rating in (Rating.AGAIN, Rating.HARD):
            return days
        # From a learning step Hard does not graduate: Good stands alone, Easy follows it.
        lower = [Rating.HARD, Rating.GOOD] if before.state == fsrs.State.Review else [Rating.GOOD]
        least = 0
        for rating in lower:
            if rating < answer.rating:
                least = max(least + 1, self._graduated(before, answer, rating))
        return min(max(days, least + 1), MAXIMUM_INTERVAL)

    def _graduated(self, before: fsrs.Card, answer: Answer, rating: Rating) -> int:
        """The interval in days that `rating` would give by its stability alone."""
        engine = _engine(Terms(answer.terms.retention, (), ()), self.weights)
        other = Answer(answer.at, answer.day, answer.offset, rating, answer.terms)
        card = self._step(before, other)
        return engine._next_interval(stability=card.stability or 0.0)


_PHASES: dict[int, Phase] = {1: "learning", 2: "review", 3: "relearning"}


def _to_card(memory: Memory | None) -> fsrs.Card:
    import fsrs

    if memory is None:
        # The id and due date are given because `Card()` would sleep, and look at the clock.
        return fsrs.Card(card_id=0, due=datetime.combine(date(2000, 1, 1), _NOON))
    day = memory.day or memory.last_review.date()
    states = {
        "learning": fsrs.State.Learning,
        "review": fsrs.State.Review,
        "relearning": fsrs.State.Relearning,
    }
    return fsrs.Card(
        card_id=0,
        state=states[memory.phase],
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due,
        last_review=datetime.combine(day, _NOON),
    )
