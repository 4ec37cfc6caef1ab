"""Run by test_scheduler: prints our next interval, Anki's, and how far fuzz may set them apart.

Intervals are days in the review phase, else negative seconds.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from anki.collection import Collection

from studytui.study.notes.card import Memory
from studytui.study.notes.review import Rating
from studytui.study.scheduling.scheduler import Scheduler
from studytui.study.scheduling.study_day import StudyDays


def fuzz(interval: int) -> int:
    """The furthest that Anki's fuzz moves an interval, with the day that it keeps clear of a neighbour."""
    if interval < 3:
        return 0
    ranges = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
    return round(1 + sum(part * max(0.0, min(interval, end) - start) for start, end, part in ranges)) + 1


def of_anki(state: Any) -> int:
    """An interval of Anki's, as ours."""
    kind = state.normal.WhichOneof("kind")
    if kind == "review":
        return int(state.normal.review.scheduled_days)
    step = state.normal.learning if kind == "learning" else state.normal.relearning.learning
    return -int(step.scheduled_secs)


def main(count: int, seed: int) -> None:
    rng = random.Random(seed)
    now = datetime.now(UTC)
    days = StudyDays(UTC, 4)
    scheduler = Scheduler(days=days)
    collection = Collection(str(Path(tempfile.mkdtemp()) / "collection.anki2"))
    collection.set_config("fsrs", True)
    basic = collection.models.by_name("Basic")
    for number in range(count):
        note = collection.new_note(basic)
        note["Front"], note["Back"] = f"front {number}", "back"
        collection.add_note(note, 1)
        card = note.cards()[0]
        stability, difficulty = (
            round(rng.choice([rng.uniform(0.05, 2), rng.uniform(1, 30)]), 4),
            round(rng.uniform(1, 10), 3),
        )
        ago, interval = rng.choice([0, 1, 2, 3, 5]), rng.choice([1, 2, 3])
        last = now - timedelta(days=ago)
        phase = rng.choice(["learning", "review", "relearning"])
        step = {"learning": rng.choice([0, 1]), "review": None, "relearning": 0}[phase]
        span = interval if phase == "review" else None
        memory = Memory(phase, step, stability, difficulty, now, last, 3, 0, days.day(last), span)  # type: ignore[arg-type]
        card.type = {"learning": 1, "review": 2, "relearning": 3}[phase]
        card.queue = 2 if phase == "review" else 1
        card.ivl = 0 if phase == "learning" else interval
        card.due = collection.sched.today - ago + interval if phase == "review" else int(now.timestamp())
        card.left = {"learning": 2 - (step or 0), "review": 0, "relearning": 1}[phase]
        card.reps = 3
        collection.update_card(card)
        known = {"s": stability, "d": difficulty, "dr": 0.9, "decay": 0.1542, "lrt": int(last.timestamp())}
        collection.db.execute("update cards set data = ? where id = ?", json.dumps(known), card.id)
        states = collection._backend.get_scheduling_states(card.id)
        within = 0
        for rating in Rating:
            after = scheduler.review(memory, now, rating)
            ours = after.interval or -round((after.due - after.last_review).total_seconds())
            # What is kept a day after its fuzzed neighbour is moved by both fuzzes.
            # A learning card's Easy keeps clear of a Good that is not shown, when Good is another step.
            within += fuzz(ours) * (1 if phase == "review" else 2)
            print(json.dumps([ours, of_anki(getattr(states, rating.name.lower())), within]))
    collection.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
