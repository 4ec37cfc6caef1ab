"""Run by test_scheduler in a process of its own, since Anki takes its time zone from the environment.

Gives Anki's back end random histories and prints, for each, its memory state beside ours.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from anki.collection import Collection

from studytui.study.notes.card import Memory
from studytui.study.notes.review import Rating
from studytui.study.scheduling.scheduler import Scheduler
from studytui.study.scheduling.study_day import StudyDays


def history(rng: random.Random, scheduler: Scheduler, now: datetime) -> list[tuple[datetime, Rating, Memory]]:
    """A learner's answers to one card: on time, early, late, and again on the same day."""
    answers: list[tuple[datetime, Rating, Memory]] = []
    memory: Memory | None = None
    at = now - timedelta(days=rng.uniform(30, 400))
    for _ in range(rng.randint(1, 12)):
        at = at.replace(microsecond=at.microsecond // 1000 * 1000)
        if at - scheduler.days.start(scheduler.days.day(at)) < timedelta(seconds=2):
            at += timedelta(seconds=2)  # Anki, looking back, puts a day's first second in the day before
        if at > now - timedelta(minutes=1):
            break
        rating = Rating(rng.choices([1, 2, 3, 4], [2, 1, 5, 1])[0])
        memory = scheduler.review(memory, at, rating)
        answers.append((at, rating, memory))
        if rng.random() < 0.1:
            at += timedelta(minutes=30) if memory.interval else timedelta(days=rng.randint(1, 3))
        elif memory.interval:
            at += timedelta(days=memory.interval * rng.uniform(0.3, 1.8), hours=rng.uniform(-7, 12))
        else:
            at += (memory.due - at) * rng.uniform(1, 3)
    return answers


def main(zone: str, count: int, seed: int) -> None:
    rng = random.Random(seed)
    now = datetime.now(UTC)
    scheduler = Scheduler(days=StudyDays(ZoneInfo(zone), 4))
    collection = Collection(str(Path(tempfile.mkdtemp()) / "collection.anki2"))
    collection.set_config("fsrs", True)
    basic = collection.models.by_name("Basic")
    kinds = {"learning": 0, "review": 1, "relearning": 2}
    used: set[int] = set()
    for number in range(count):
        note = collection.new_note(basic)
        note["Front"], note["Back"] = f"front {number}", "back"
        collection.add_note(note, 1)
        card = note.cards()[0].id
        memory: Memory | None = None
        for at, rating, after in history(rng, scheduler, now):
            stamp = round(at.timestamp() * 1000)
            while stamp in used:
                stamp += 1
            used.add(stamp)
            ivl = after.interval or -round((after.due - at).total_seconds())
            kind = kinds[memory.phase] if memory else 0
            row = (stamp, card, -1, int(rating), ivl, 0, 2500, 5000, kind)
            collection.db.execute("insert into revlog values (?,?,?,?,?,?,?,?,?)", *row)
            memory = after
        if memory is None:
            continue
        theirs = collection._backend.compute_memory_state(card).state
        print(json.dumps([theirs.stability, memory.stability, theirs.difficulty, memory.difficulty]))
    collection.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
