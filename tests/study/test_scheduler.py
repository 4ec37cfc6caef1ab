"""FSRS by study days: replay, Anki's figures, Anki's intervals."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.study.notes.card import Memory
from studytui.study.notes.review import Rating
from studytui.study.scheduling.fsrs import (
    DEFAULT_WEIGHTS,
    LEAST_WEIGHTS,
    MAXIMUM_INTERVAL,
    MOST_WEIGHTS,
    Fsrs,
)
from studytui.study.scheduling.scheduler import Answer, Scheduler, Terms, fuzz_chance, fuzzed
from studytui.study.scheduling.study_day import StudyDays

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
UTC_DAYS = StudyDays(UTC, 4)

ratings = st.sampled_from(list(Rating))
steps = st.lists(st.sampled_from([30, 60, 600, 3600, 86400]), max_size=3).map(tuple)
terms = st.builds(Terms, st.sampled_from([0.8, 0.9, 0.95]), steps, steps)


@st.composite
def histories(draw: st.DrawFn) -> list[Answer]:
    at, answers = START, []
    for _ in range(draw(st.integers(1, 15))):
        at += draw(
            st.sampled_from([timedelta(minutes=1), timedelta(hours=9), timedelta(days=1), timedelta(days=40)])
        )
        answers.append(Answer(at, UTC_DAYS.day(at), 0, draw(ratings), draw(terms)))
    return answers


@given(histories())
def test_a_replay_is_what_the_answers_came_to_one_by_one(answers: list[Answer]) -> None:
    scheduler = Scheduler(days=UTC_DAYS)
    memory: Memory | None = None
    trace = []
    for answer in answers:
        trace.append((memory.phase, memory.stability) if memory else (None, 0.0))
        memory = scheduler.advance(memory, answer)
    replayed: list[tuple[object, float]] = []
    assert scheduler.replay(answers, replayed) == memory  # type: ignore[arg-type]
    assert replayed == trace


@given(histories(), st.booleans())
def test_a_replay_is_what_fsrs_itself_computes(answers: list[Answer], own_weights: bool) -> None:
    """To 1e-9, given noon of each study day; intervals before Anki's rule spreads them."""
    weights = list(fsrs.scheduler.DEFAULT_PARAMETERS)
    if own_weights:
        weights = [weight * 1.07 for weight in weights[:-1]] + [0.2]
    card = fsrs.Card(card_id=1, due=START)
    for count, answer in enumerate(answers, 1):
        engine = fsrs.Scheduler(
            parameters=weights,
            desired_retention=answer.terms.retention,
            learning_steps=[timedelta(seconds=step) for step in answer.terms.learning],
            relearning_steps=[timedelta(seconds=step) for step in answer.terms.relearning],
            enable_fuzzing=False,
        )
        noon = datetime(answer.day.year, answer.day.month, answer.day.day, 12, tzinfo=UTC)
        recall = engine.get_card_retrievability(card, noon)
        before = Scheduler(days=UTC_DAYS, weights=tuple(weights)).replay(answers[: count - 1])
        card, _ = engine.review_card(card, fsrs.Rating(answer.rating), noon)
        scheduler = Scheduler(days=UTC_DAYS, weights=tuple(weights))
        if before is not None:
            assert scheduler.retrievability(before, answer.at) == pytest.approx(recall, rel=1e-9)
        memory = scheduler.replay(answers[:count])
        assert memory is not None
        assert memory.stability == pytest.approx(card.stability, rel=1e-9)
        assert memory.difficulty == pytest.approx(card.difficulty, rel=1e-9)
        assert memory.step == card.step
        assert memory.phase == card.state.name.lower()
        if memory.interval is None:
            assert memory.due - answer.at == card.due - noon
        elif answer.rating in (Rating.AGAIN, Rating.HARD):
            assert memory.interval == (card.due - noon).days
        else:
            assert memory.interval >= (card.due - noon).days


chances = st.none() | st.floats(0, 0.9999)


@given(histories(), chances)
def test_fuzz_moves_an_interval_within_ankis_range_and_keeps_the_order(
    answers: list[Answer], chance: float | None
) -> None:
    scheduler = Scheduler(days=UTC_DAYS)
    *before, last = answers
    memory = scheduler.replay(before)
    plain = {rating: scheduler.advance(memory, replace(last, rating=rating)) for rating in Rating}
    moved = {
        rating: scheduler.advance(memory, replace(last, rating=rating, chance=chance)) for rating in Rating
    }
    for rating in Rating:
        same = replace(moved[rating], due=plain[rating].due, interval=plain[rating].interval)
        assert same == plain[rating]
    spans = [moved[rating].interval for rating in (Rating.HARD, Rating.GOOD, Rating.EASY)]
    known = [span for span in spans if span is not None]
    if memory is not None and memory.phase == "review":
        assert all(first < second for first, second in pairwise(known))


def test_fuzz_reaches_as_far_as_ankis() -> None:
    """The ranges of Anki's `fuzz.rs`: nothing below 2.5 days; a day and 15, 10 and 5 % beyond."""
    for interval, low, high in (
        (1, 1, 1),
        (2, 2, 2),
        (3, 2, 4),
        (10, 8, 12),
        (100, 93, 107),
        (36500, 34673, 36500),
    ):
        reached = {fuzzed(interval, step / 1000) for step in range(1000)} | {fuzzed(interval, 0.9999)}
        assert (min(reached), max(reached)) == (low, high)
        assert fuzzed(interval, None) == interval
    given_out = [fuzz_chance("水/shui3#recall", reps) for reps in range(400)]
    assert all(0 <= chance < 1 for chance in given_out)
    assert given_out == [fuzz_chance("水/shui3#recall", reps) for reps in range(400)]
    assert sum(given_out) / 400 == pytest.approx(0.5, abs=0.05)


@given(histories())
def test_better_ratings_come_back_later_and_the_review_phase_counts_whole_days(answers: list[Answer]) -> None:
    scheduler = Scheduler(days=UTC_DAYS)
    memory = scheduler.replay(answers)
    assert memory is not None
    at = answers[-1].at + timedelta(days=5)
    after = {rating: scheduler.review(memory, at, rating) for rating in Rating}
    for result in after.values():
        assert (result.interval is not None) == (result.phase == "review") == (result.step is None)
        assert result.due > at
        assert result.reps == len(answers) + 1
    if memory.phase == "review":
        intervals = [after[rating].interval for rating in (Rating.HARD, Rating.GOOD, Rating.EASY)]
        known = [interval for interval in intervals if interval is not None]
        assert len(known) == 3
        assert all(first < second for first, second in pairwise(known))
        assert after[Rating.AGAIN].lapses == memory.lapses + 1
    spans = scheduler.preview(memory, at)
    assert {rating: after[rating].interval for rating in Rating if after[rating].interval} == {
        rating: span.days for rating, span in spans.items() if after[rating].interval
    }


def test_new_cards_take_ankis_learning_steps() -> None:
    scheduler = Scheduler(days=UTC_DAYS)
    spans = scheduler.preview(None, START)
    assert spans[Rating.AGAIN] == timedelta(minutes=1)
    assert spans[Rating.HARD] == timedelta(minutes=5.5)
    assert spans[Rating.GOOD] == timedelta(minutes=10)
    # Good would give 2 days, so Easy gives its own 8; both from FSRS-6's first stabilities.
    assert spans[Rating.EASY] == timedelta(days=8)
    first = scheduler.review(None, START, Rating.GOOD)
    second = scheduler.review(first, START + timedelta(minutes=10), Rating.GOOD)
    assert (first.phase, first.step) == ("learning", 1)
    assert (second.phase, second.interval, second.due_day) == ("review", 2, date(2026, 3, 3))


def test_retrievability_is_the_retention_asked_for_on_the_day_it_is_due() -> None:
    scheduler = Scheduler(days=UTC_DAYS)
    memory = Memory("review", None, 10.0, 5.0, START, START, 1, 0, UTC_DAYS.day(START), 10)
    assert scheduler.retrievability(memory, START) == 1
    assert scheduler.retrievability(memory, START + timedelta(days=10)) == pytest.approx(0.9)
    assert scheduler.retrievability(memory, START + timedelta(days=11)) < 0.9


def test_two_answers_by_night_are_one_study_day_apart_when_four_o_clock_lies_between() -> None:
    days = StudyDays(ZoneInfo("Asia/Shanghai"), 4)
    scheduler = Scheduler(days=days)
    evening = datetime(2026, 5, 1, 23, 0, tzinfo=days.zone)
    memory = scheduler.review(None, evening, Rating.EASY)
    same_night = scheduler.review(memory, evening.replace(day=2, hour=3), Rating.GOOD)
    next_morning = scheduler.review(memory, evening.replace(day=2, hour=5), Rating.GOOD)
    assert memory.day == same_night.day == date(2026, 5, 1)
    assert next_morning.day == date(2026, 5, 2)
    assert same_night.stability != next_morning.stability


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"])
def test_every_instant_lies_in_its_study_day_through_summer_time(zone: str) -> None:
    days = StudyDays(ZoneInfo(zone), 4)
    at = datetime(2026, 1, 1, 0, 30, tzinfo=UTC)
    seen = []
    while at.year == 2026:
        day = days.day(at)
        assert days.start(day) <= at < days.start(day + timedelta(days=1))
        seen.append(day)
        at += timedelta(hours=1)
    assert seen == sorted(seen)
    assert len(set(seen)) in (365, 366)


@given(st.sampled_from(["Europe/Berlin", "America/New_York", "Pacific/Honolulu", "Pacific/Kiritimati"]),
       st.integers(0, 8759), st.sampled_from([Rating.HARD, Rating.GOOD, Rating.EASY]))  # fmt: skip
def test_a_review_is_due_within_its_study_day(zone: str, hour: int, rating: Rating) -> None:
    days = StudyDays(ZoneInfo(zone), 4)
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
    before = Memory("review", None, 60.0, 5.0, at, at - timedelta(days=60), 1, 0, None, 60)
    memory = Scheduler(days=days).review(before, at, rating)
    assert days.day(memory.due) == memory.due_day


def test_wrong_weights_are_refused() -> None:
    with pytest.raises(ValueError, match="weights"):
        Scheduler(weights=(1.0, 2.0)).check()
    for place, (least, most) in enumerate(zip(LEAST_WEIGHTS, MOST_WEIGHTS, strict=True)):
        for wrong in (least - 0.01, most + 0.01, float("nan")):
            weights = (*DEFAULT_WEIGHTS[:place], wrong, *DEFAULT_WEIGHTS[place + 1 :])
            with pytest.raises(ValueError, match=f"w{place} "):
                Scheduler(weights=weights).check()


def test_the_weights_are_those_of_the_project() -> None:
    assert DEFAULT_WEIGHTS == fsrs.scheduler.DEFAULT_PARAMETERS
    assert LEAST_WEIGHTS == fsrs.scheduler.LOWER_BOUNDS_PARAMETERS
    assert MOST_WEIGHTS == fsrs.scheduler.UPPER_BOUNDS_PARAMETERS


@pytest.mark.parametrize("seed", range(20))
def test_formulas_are_what_fsrs_itself_computes(seed: int) -> None:
    """1,000 answers each with weights from all over their ranges; the first seed has the defaults."""
    rng = random.Random(seed)
    weights = tuple(rng.uniform(*bounds) for bounds in zip(LEAST_WEIGHTS, MOST_WEIGHTS, strict=True))
    weights = weights if seed else DEFAULT_WEIGHTS
    retention = rng.uniform(0.7, 0.99)
    judge = fsrs.Scheduler(weights, retention, (), (), MAXIMUM_INTERVAL, enable_fuzzing=False)
    formulas = Fsrs(weights, retention)
    card, at = fsrs.Card(card_id=1, due=START), START
    memory: tuple[float, float] | None = None
    for count in range(1000):
        if count % 12 == 0:
            card, memory = fsrs.Card(card_id=1, due=START), None
        elapsed = 0 if memory is None else rng.choice([0, 0, 1, 2, 7, 30, 365, 3650])
        at += timedelta(days=elapsed)
        if memory is not None:
            recall = judge.get_card_retrievability(card, at)
            assert formulas.recall(memory[0], elapsed) == pytest.approx(recall, rel=1e-9)
        rating = rng.choice(list(Rating))
        card, _ = judge.review_card(card, fsrs.Rating(rating), at)
        memory = formulas.first(rating) if memory is None else formulas.after(*memory, elapsed, rating)
        assert memory == pytest.approx((card.stability, card.difficulty), rel=1e-9)
        assert formulas.interval(memory[0]) == (card.due - at).days


def _anki(script: str, *arguments: object, zone: str = "UTC") -> Sequence[Sequence[float]]:
    path = Path(__file__).with_name(script)
    source = Path(__file__).parents[2] / "src"
    environ = {**os.environ, "TZ": zone, "PYTHONPATH": str(source)}
    run = subprocess.run(
        [sys.executable, str(path), *map(str, arguments)],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


# Zones without summer time: Anki counts the days of the past by the offset of the present.
@pytest.mark.parametrize(
    "zone", ["UTC", "Asia/Shanghai", "Asia/Kolkata", "Pacific/Honolulu", "America/Phoenix"]
)
def test_memory_is_what_ankis_back_end_computes(zone: str) -> None:
    count = int(os.environ.get("STUDYTUI_HISTORIES", "200")) // 5
    compared = _anki("anki_memory.py", zone, count, 11, zone=zone)
    assert len(compared) > count * 3 // 4
    for theirs, ours, their_difficulty, our_difficulty in compared:
        assert ours == pytest.approx(theirs, rel=1e-4)
        assert our_difficulty == pytest.approx(their_difficulty, abs=1e-4)


def test_intervals_are_ankis_within_its_fuzz() -> None:
    """Anki fuzzes from 2.5 days on; below that, and in learning steps, the intervals must be the same."""
    compared = _anki("anki_intervals.py", 120, 5)
    exact = [pair for *pair, within in compared if within == 0]
    assert len(exact) > 150
    for ours, theirs, within in compared:
        assert abs(ours - theirs) <= within
