"""Looking back over the year, and a schedule of one's own, on real files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from studytui.anki.out.schedule import kinds
from studytui.cli.main import run
from studytui.session.figures import progress_of, stats_of
from studytui.store.collection import Collection
from studytui.store.journal.event_ids import new_id
from studytui.store.journal.events import new_event
from studytui.store.journal.journal import Appender
from studytui.store.locations import Locations
from studytui.store.reports.reviews import reviews
from studytui.study.notes.card import card_id
from studytui.study.notes.review import Rating
from studytui.study.scheduling.study_day import StudyDays
from tests.store.acts import a_note
from tests.study.test_optimiser import a_learner

START = datetime(2026, 5, 1, 9, tzinfo=UTC)
WATER = card_id(a_note("水").id, "recognition")


class Clock:
    at = START

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def collection(home: Path, clock: Clock) -> Iterator[Collection]:
    locations = Locations.find({"STUDYTUI_HOME": str(home)})
    with Collection.open(locations, clock, StudyDays(UTC, 4)) as collection:
        yield collection


def test_words_known_over_time_end_with_those_known_now(collection: Collection, clock: Clock) -> None:
    collection.add_note(a_note("水", document="one"))
    days: dict[date, int] = {}
    for _ in range(12):
        collection.answer(WATER, Rating.GOOD, 30_000, "recognition")
        days[collection.days.day(clock.at)] = int(collection.status("水") == "known")
        following = collection.next_due()
        assert following is not None
        clock.at = following
    assert set(days.values()) == {0, 1}
    collection.mark("山", "known")
    collection.mark("朋友", "known")
    collection.mark("朋友", "ignored")
    collection.mark("山川", "known")
    collection.undo()
    told = progress_of(collection, {"山": 1})
    series = dict(zip((day.day for day in told.calendar), told.known, strict=True))
    for day, known in days.items():
        if day in series:
            assert series[day] == known
    assert told.known[-1] == 2 == stats_of(collection).words["known"]
    assert told.by_level == {1: {"known": 1}, None: {"known": 1, "ignored": 1}}
    assert told.by_text == {"one": {"known": 1}}
    collection.mark("水", "learning")
    assert progress_of(collection).known[-1] == 1


@pytest.mark.parametrize(("hour", "day"), [(3, date(2026, 5, 1)), (5, date(2026, 5, 2))])
@pytest.mark.parametrize("east", [-8, 0, 8])
def test_a_mark_made_after_midnight_belongs_to_the_study_day_before(
    home: Path, clock: Clock, hour: int, day: date, east: int
) -> None:
    zone = timezone(timedelta(hours=east))
    clock.at = datetime(2026, 5, 2, hour, 30, tzinfo=zone).astimezone(UTC)
    locations = Locations.find({"STUDYTUI_HOME": str(home)})
    with Collection.open(locations, clock, StudyDays(zone, 4)) as collection:
        collection.mark("山", "known")
        clock.at += timedelta(days=3)
        told = progress_of(collection)
    series = dict(zip((each.day for each in told.calendar), told.known, strict=True))
    assert series[day] == 1
    assert series[day - timedelta(days=1)] == 0


def test_the_log_for_anki_has_the_steps_that_held_at_each_review(
    collection: Collection, clock: Clock
) -> None:
    collection.config = replace(collection.config, learning_steps=(60, 300, 600))
    collection.add_note(a_note("水"))
    for _ in range(2):
        collection.answer(WATER, Rating.GOOD, 900, "recognition")
        clock.at += timedelta(minutes=11)
    collection.config = replace(collection.config, learning_steps=(60,))
    told = reviews(collection.locations, collection.state)
    assert [review.learning for review in told] == [(60, 300, 600)] * 2
    assert kinds([*told, replace(told[0], learning=(60,))]) == [0, 0, 0]


def test_the_calendar_and_retention_count_the_answers(collection: Collection, clock: Clock) -> None:
    collection.add_note(a_note("水"))
    for wait, rating in ((0, Rating.EASY), (8, Rating.GOOD), (30, Rating.AGAIN), (400, Rating.GOOD)):
        clock.at += timedelta(days=wait)
        collection.answer(WATER, rating, 30_000, "recognition")
    clock.at -= timedelta(days=400)
    told = progress_of(collection)
    assert len(told.calendar) == len(told.known) == 365
    assert told.calendar[-1].day == date(2026, 6, 8)
    done = {day.day: (day.answers, day.minutes) for day in told.calendar if day.answers}
    assert done == {date(2026, 5, 1): (1, 0.5), date(2026, 5, 9): (1, 0.5), date(2026, 6, 8): (1, 0.5)}
    week, month, year = told.retention
    assert (week.young, week.mature, week.mature_recalled) == (0, 1, 0)
    assert (month.young, month.mature) == (0, 1)
    assert (year.young, year.young_recalled, year.mature) == (1, 1, 1)


def test_a_schedule_of_ones_own_is_adopted_once_and_undone(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    locations = Locations.find()
    assert run(["stats", "--optimise"]) == 1
    assert "there are 0 reviews" in capsys.readouterr().err
    events = []
    for number, history in enumerate(a_learner({0: 0.05, 1: 0.3, 2: 0.8, 3: 3.0, 8: 1.2}, 150)):
        for answer in history:
            said = {"card": f"词{number}/ci2#recall", "rating": int(answer.rating), "took_ms": 1,
                    "kind": "recall", "given": None, "day": answer.day.isoformat(), "offset": 0}  # fmt: skip
            at = answer.at.replace(microsecond=0)
            events.append(
                new_event(new_id(at, number.to_bytes(10, "big")), at, "workspace-1", "review", said)
            )
    locations.state.mkdir(parents=True)
    locations.device.write_text("workspace-1\n")
    Appender(locations.journal / "workspace-1.jsonl").append(events)
    assert run(["stats", "--optimise"]) == 0
    adopted, costs = capsys.readouterr().out.splitlines()
    assert adopted.startswith("Adopted a schedule of your own: log loss ")
    assert "90% (yours) -> " in costs
    with Collection.open(locations) as collection:
        weights = collection.state.weights
        assert weights is not None
        assert len(weights) == 21
    # With those in use, the same weights are no better, and are not adopted again.
    assert run(["stats", "--optimise", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["adopted"] is False
    assert said["log_loss_after"] == said["log_loss_before"]
    with Collection.open(locations) as collection:
        assert collection.state.weights == weights
        assert collection.undo() == "Undone: the new weights of the schedule."
        assert collection.state.weights is None
    assert run(["stats", "--json"]) == 0
    numbers = json.loads(capsys.readouterr().out)
    assert {
        "calendar",
        "known_over_time",
        "retention_by_maturity",
        "words_by_level",
        "words_by_text",
    } <= numbers.keys()
    assert len(numbers["calendar"]) == 365


def test_a_word_is_known_once_all_its_studied_cards_are(collection: Collection, clock: Clock) -> None:
    """As its status is: one card that sits well and one that does not are a word that is being learned."""
    collection.add_note(a_note("水"))
    recall = card_id(a_note("水").id, "recall")
    for _ in range(12):
        collection.answer(WATER, Rating.GOOD, 30_000, "recognition")
        collection.answer(recall, Rating.AGAIN, 30_000, "recall")
        clock.at += timedelta(days=9)
        assert collection.status("水") == "learning"
    assert collection.state.memories[WATER].stability > 21
    assert set(progress_of(collection).known) == {0}
