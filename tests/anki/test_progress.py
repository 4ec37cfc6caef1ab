"""Progress travels: Anki has the same memory of each card, and shows it on the same day."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from studytui.anki.out.export import export
from studytui.anki.out.schedule import kinds
from studytui.study.notes.card import Memory, card_id
from studytui.study.notes.review import Rating, Review
from studytui.study.scheduling.scheduler import Scheduler, Terms
from studytui.study.scheduling.study_day import StudyDays
from tests.anki.conftest import Import, Judge
from tests.anki.deck import CORE, GROW, NOTES
from tests.anki.packages import tables

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("anki_progress.py")
UTC_DAYS = Scheduler(days=StudyDays(UTC))


def in_anki(zone: str, count: int, seed: int, weights: str) -> dict[str, Any]:
    path = os.pathsep.join([str(ROOT / "src"), *sys.path])
    done = subprocess.run(
        [sys.executable, str(SCRIPT), zone, str(count), str(seed), weights],
        env={**os.environ, "TZ": zone, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("zone", "seed", "weights"),
    [
        ("Asia/Shanghai", 1, "default"),
        ("Pacific/Honolulu", 2, "weighted"),
        ("Pacific/Kiritimati", 3, "default"),
    ],
)
def test_two_hundred_histories(zone: str, seed: int, weights: str) -> None:
    found = in_anki(zone, 200, seed, weights)
    assert found["cards"] == 200
    # Same due day, interval, phase, reviews and lapses for each card.
    assert found["differing"] == []
    # Anki keeps difficulty to three places, stability to four.
    assert found["stored"] <= 5.1e-4
    assert found["recomputed"] <= 1e-4
    assert found["reviews"] == 0
    assert all(found["kinds"][kind] > 50 for kind in ("0", "1", "2"))
    assert found["check"] == "Database rebuilt and optimized."
    if weights == "weighted":
        assert (found["retention"], found["learning"]) == (pytest.approx(0.87), [2.0, 15.0])


def learned(card: str, ratings: str, start: datetime) -> tuple[Memory, list[Review]]:
    memory: Memory | None = None
    reviews: list[Review] = []
    at = start
    for letter in ratings:
        rating = Rating(int(letter))
        memory = UTC_DAYS.review(memory, at, rating)
        reviews.append(Review(f"{card}/{len(reviews)}", card, at, rating, 2500))
        at = memory.due
    assert memory is not None
    return memory, reviews


START = datetime(2026, 1, 5, 9, tzinfo=UTC)
CARD = card_id(CORE.id, "recognition")


def write(target: Path, *, progress: bool = True) -> tuple[Memory, list[Review]]:
    memory, reviews = learned(CARD, "3313", START)
    export(
        NOTES,
        target,
        deck_title="t",
        memories={CARD: memory},
        reviews=reviews,
        scheduler=UTC_DAYS,
        progress=progress,
    )
    return memory, reviews


def test_one_card_with_a_history(tmp_path: Path, judge: Judge) -> None:
    memory, reviews = write(tmp_path / "a.apkg")
    judge.take(tmp_path / "a.apkg")
    card = judge.card("核心", "Meaning")
    assert (card.reps, card.lapses) == (4, 1)
    assert card.memory_state.stability == pytest.approx(memory.stability, abs=1e-4)
    assert card.last_review_time == int(memory.last_review.timestamp())
    rows = judge.collection.db.all("select id, cid, ease, time, type from revlog order by id")
    assert [row[0] for row in rows] == [int(review.at.timestamp() * 1000) for review in reviews]
    assert [tuple(row[1:]) for row in rows] == [
        (card.id, rating, 2500, kind) for rating, kind in ((3, 0), (3, 0), (1, 1), (3, 2))
    ]
    # The other cards are new.
    assert len(judge.cards("is:new")) == len(judge.cards()) - 1
    judge.assert_sound()


def test_suspended_cards_are_suspended_in_anki(tmp_path: Path, judge: Judge) -> None:
    """A leech, or what the learner took out by hand, known or new, does not come back by way of Anki."""
    memory, reviews = learned(CARD, "3313", START)
    fresh = card_id(GROW.id, "recall")
    export(
        NOTES,
        tmp_path / "a.apkg",
        deck_title="t",
        memories={CARD: memory},
        reviews=reviews,
        suspended={CARD: "leech", fresh: "by hand"},
        scheduler=UTC_DAYS,
    )
    judge.take(tmp_path / "a.apkg")
    assert {
        (card.note()["Word"], card.template()["name"], int(card.type)) for card in judge.cards("is:suspended")
    } == {("核心", "Meaning", 2), ("发展", "Word", 0)}
    state = judge.card("核心", "Meaning").memory_state
    assert state.stability == pytest.approx(memory.stability, abs=1e-4)
    judge.assert_sound()
    # Without progress all is fresh.
    export(NOTES, tmp_path / "b.apkg", deck_title="t", suspended={fresh: "by hand"}, progress=False)
    connection = tables(tmp_path / "b.apkg")
    assert connection.execute("SELECT DISTINCT queue FROM cards").fetchall() == [(0,)]
    connection.close()


def test_without_progress(tmp_path: Path, judge: Judge) -> None:
    write(tmp_path / "a.apkg", progress=False)
    judge.take(tmp_path / "a.apkg")
    assert len(judge.cards("is:new")) == len(judge.cards())
    assert judge.collection.db.scalar("select count() from revlog") == 0
    judge.assert_sound()


def test_import_without_scheduling_gives_fresh_cards(tmp_path: Path, judge: Judge) -> None:
    write(tmp_path / "a.apkg")
    judge.take(tmp_path / "a.apkg", scheduling=False, presets=False)
    assert len(judge.cards("is:new")) == len(judge.cards())
    judge.assert_sound()


def test_good_stays_good(tmp_path: Path, judge: Judge) -> None:
    """A collection that does not say it is of the second scheduler has its Good (3) read as Easy (4)."""
    write(tmp_path / "a.apkg")
    judge.take(tmp_path / "a.apkg")
    assert judge.collection.db.list("select distinct ease from revlog order by ease") == [1, 3]


def test_what_was_learned_in_anki_since_stays(tmp_path: Path, judge: Judge) -> None:
    write(tmp_path / "a.apkg")
    judge.take(tmp_path / "a.apkg")
    judge.collection.set_v3_scheduler(True)
    judge.collection.decks.select(judge.card("核心", "Meaning").did)
    queued = judge.collection.sched.get_queued_cards().cards[0]
    card = judge.collection.get_card(queued.card.id)
    card.start_timer()
    answer = judge.collection.sched.build_answer(card=card, states=queued.states, rating=2)
    judge.collection.sched.answer_card(answer)
    history = judge.collection.db.scalar("select count() from revlog")
    assert history == 5
    assert judge.take(tmp_path / "a.apkg") == Import(new=0, updated=0, duplicate=4, rejected=0)
    assert judge.collection.db.scalar("select count() from revlog") == history
    judge.assert_sound()


def test_answers_of_one_millisecond_are_all_kept(tmp_path: Path, judge: Judge) -> None:
    cards = [card_id(note.id, "recognition") for note in (CORE, GROW)]
    memories, reviews = {}, []
    for card in cards:
        memories[card], told = learned(card, "333", START)
        reviews += told
    export(NOTES, tmp_path / "a.apkg", deck_title="t", memories=memories, reviews=reviews, scheduler=UTC_DAYS)
    judge.take(tmp_path / "a.apkg")
    assert judge.collection.db.scalar("select count() from revlog") == 6
    judge.assert_sound()


def test_a_memory_without_its_reviews_travels(tmp_path: Path, judge: Judge) -> None:
    memory, _ = learned(CARD, "33", START)
    export([CORE], tmp_path / "a.apkg", deck_title="t", memories={CARD: memory}, scheduler=UTC_DAYS)
    judge.take(tmp_path / "a.apkg")
    assert judge.card("核心", "Meaning").memory_state.stability == pytest.approx(memory.stability, abs=1e-4)
    judge.assert_sound()


def test_reviews_after_the_memory_are_left_out(tmp_path: Path, judge: Judge) -> None:
    memory, reviews = learned(CARD, "333", START)
    later = replace(reviews[-1], id="later", at=memory.last_review + timedelta(days=1))
    target = tmp_path / "a.apkg"
    export(
        [CORE], target, deck_title="t", memories={CARD: memory}, reviews=[*reviews, later], scheduler=UTC_DAYS
    )
    judge.take(target)
    assert judge.collection.db.scalar("select count() from revlog") == 3
    judge.assert_sound()


def test_phases_are_those_of_the_scheduler_by_the_steps_of_each_answer() -> None:
    choices = [
        Terms(),
        Terms(learning=(), relearning=()),
        Terms(learning=(60, 300, 600)),
        Terms(relearning=()),
    ]
    numbers = {"learning": 0, "review": 1, "relearning": 2}
    rng = random.Random(5)
    changed = 0
    for _ in range(600):
        memory: Memory | None = None
        history, expected = [], []
        at, terms = START, rng.choice(choices)
        for place in range(rng.randint(1, 7)):
            if rng.random() < 0.3:  # the learner thinks again
                terms = rng.choice(choices)
            rating = Rating(rng.randint(1, 4))
            expected.append(numbers[memory.phase] if memory else 0)
            memory = Scheduler(terms=terms, days=StudyDays(UTC)).review(memory, at, rating)
            steps = terms.learning, terms.relearning
            history.append(Review(f"{place}", CARD, at, rating, 900, *steps))
            at = memory.due
        assert kinds(history) == expected
        changed += kinds(history) != kinds(
            [replace(each, learning=(60, 600), relearning=(600,)) for each in history]
        )
    assert changed > 50


def test_what_was_studied_is_not_lost_by_the_choice_of_cards(tmp_path: Path, judge: Judge) -> None:
    """A quiz asks readings too: their memories leave with the others, unless the learner chose the cards."""
    card = card_id(CORE.id, "reading")
    memory, reviews = learned(card, "3313", START)
    for name, keep, expected in (("a", False, {"Meaning"}), ("b", True, {"Meaning", "Reading"})):
        export(
            [CORE, GROW],
            tmp_path / f"{name}.apkg",
            deck_title="t",
            memories={card: memory},
            reviews=reviews,
            templates=("recognition",),
            keep_studied=keep,
            scheduler=UTC_DAYS,
            at=START + timedelta(days=len(name) + keep),
        )
        judge.take(tmp_path / f"{name}.apkg")
        cards = [card for card in judge.cards() if card.note()["Word"] == "核心"]
        assert {card.template()["name"] for card in cards} == expected
    assert judge.card("核心", "Reading").reps == 4
    assert len(judge.cards()) == 3
    judge.assert_sound()
