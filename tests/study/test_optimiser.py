"""Weights from one's own reviews: adopted only when they foretell better."""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta
from math import log

import fsrs
import pytest

from studytui.errors import StudytuiError
from studytui.study.notes.card import Memory
from studytui.study.notes.review import Rating
from studytui.study.scheduling.optimiser import ENOUGH, cost, log_loss, propose, spaced
from studytui.study.scheduling.scheduler import Answer, Scheduler
from studytui.study.scheduling.study_day import StudyDays

START = datetime(2025, 1, 1, 9, tzinfo=UTC)
DAYS = StudyDays(UTC, 4)
USUAL = Scheduler(days=DAYS)


def a_learner(weights: dict[int, float], cards: int, seed: int = 1) -> list[list[Answer]]:
    """Histories of a learner whose memory goes by other weights than the schedule."""
    true = list(fsrs.scheduler.DEFAULT_PARAMETERS)
    for index, weight in weights.items():
        true[index] = weight
    world = Scheduler(days=DAYS, weights=tuple(true))
    rng = random.Random(seed)
    histories = []
    for _ in range(cards):
        at = START + timedelta(days=rng.randint(0, 200))
        planned: Memory | None = None
        truly: Memory | None = None
        history: list[Answer] = []
        for _ in range(10):
            chance = world.retrievability(truly, at) if truly else 0.7
            answer = USUAL.answer(at, Rating.GOOD if rng.random() < chance else Rating.AGAIN)
            history.append(answer)
            planned, truly = USUAL.advance(planned, answer), world.advance(truly, answer)
            at = planned.due
        histories.append(history)
    return histories


def test_a_learner_who_forgets_faster_gets_a_schedule_of_their_own() -> None:
    histories = a_learner({0: 0.05, 1: 0.3, 2: 0.8, 3: 3.0, 8: 1.2}, 200)
    proposal = propose(histories, USUAL)
    assert proposal.better
    assert proposal.after < proposal.before - 0.01
    assert proposal.trained + proposal.tested == pytest.approx(len(spaced(histories)), abs=30)
    assert proposal.trained > 3 * proposal.tested
    own = Scheduler(days=DAYS, weights=proposal.weights)
    first = {scheduler: scheduler.review(None, START, Rating.GOOD) for scheduler in (USUAL, own)}
    assert first[own].stability < first[USUAL].stability


def test_nothing_is_proposed_from_few_reviews() -> None:
    histories = a_learner({}, 20)
    assert 0 < len(spaced(histories)) < ENOUGH
    with pytest.raises(
        StudytuiError, match=rf"there are \d+ reviews from one day to another, and {ENOUGH} are"
    ):
        propose(histories, USUAL)


def test_log_loss_is_that_of_the_chances_foretold() -> None:
    """By hand: one card, one spaced review that was recalled and one that was not."""
    at = START
    first, second = USUAL.answer(at, Rating.EASY), USUAL.answer(at + timedelta(days=8), Rating.GOOD)
    third = USUAL.answer(at + timedelta(days=40), Rating.AGAIN)
    same_day = USUAL.answer(at + timedelta(days=40, minutes=20), Rating.GOOD)
    one, two = USUAL.replay([first]), USUAL.replay([first, second])
    assert one is not None
    assert two is not None
    chances = USUAL.retrievability(one, second.at), USUAL.retrievability(two, third.at)
    history = [first, second, third, same_day]
    assert log_loss([history], USUAL, START) == pytest.approx(-(log(chances[0]) + log(1 - chances[1])) / 2)
    assert log_loss([history], USUAL, third.at) == pytest.approx(-log(1 - chances[1]))
    assert log_loss([], USUAL, START) == 0


def test_more_retention_costs_more_reviews() -> None:
    costs = cost(None, 5, 9999)
    assert list(costs) == sorted(costs)
    assert list(costs.values()) == sorted(costs.values())
    assert costs[0.95] > 1.5 * costs[0.8] > 0
    assert cost(None, 5, 9999) == costs


def test_without_the_extra_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsrs_rs_python", None)
    with pytest.raises(StudytuiError, match=r"install `studytui\[optimiser\]`"):
        propose([], USUAL)
