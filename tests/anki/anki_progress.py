"""Run by test_progress in a process of its own, since Anki takes its time zone from the environment.

Exports random histories, imports them into Anki, and prints for each card what Anki makes of it beside ours.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from studytui.anki.out.export import export
from studytui.study.notes.card import TEMPLATES, Memory, card_id
from studytui.study.notes.note import Example, Note
from studytui.study.notes.review import Rating, Review
from studytui.study.scheduling.scheduler import Scheduler, Terms
from studytui.study.scheduling.study_day import StudyDays

END = datetime(2026, 3, 1, tzinfo=UTC)
"""No answer is later, so that none lies in the future of Anki's own clock."""


def history(rng: random.Random, card: str, scheduler: Scheduler) -> tuple[list[Review], Memory]:
    """A learner's answers to one card: on time, early, late, and again on the same day."""
    at = datetime(2025, 1, 6, 9, tzinfo=UTC) + timedelta(days=rng.uniform(0, 60))
    reviews: list[Review] = []
    memory: Memory | None = None
    while memory is None or (at < END and len(reviews) < 12 and rng.random() < 0.9):
        at = at.replace(microsecond=at.microsecond // 1000 * 1000)
        rating = Rating(rng.choices([1, 2, 3, 4], [2, 1, 6, 1])[0])
        memory = scheduler.review(memory, at, rating)
        reviews.append(Review(f"{card}/{len(reviews):03}", card, at, rating, rng.randint(500, 20_000)))
        if rng.random() < 0.1:
            at += timedelta(minutes=rng.randint(1, 600))
        elif memory.interval:
            at += timedelta(days=memory.interval * rng.uniform(0.4, 1.6), hours=rng.uniform(-7, 12))
        else:
            at += timedelta(minutes=rng.randint(1, 30))
    return reviews, memory


def main(zone: str, count: int, seed: int, weighted: bool) -> dict[str, Any]:
    """The comparison. With `weighted`, the learner has weights, steps and a retention of their own."""
    rng = random.Random(seed)
    days = StudyDays(ZoneInfo(zone))
    scheduler = Scheduler(days=days)
    if weighted:
        import fsrs

        weights = tuple(weight * rng.uniform(1, 1.05) for weight in fsrs.scheduler.DEFAULT_PARAMETERS)
        terms = Terms(retention=0.87, learning=(120, 900), relearning=(300, 1200))
        scheduler = Scheduler(terms=terms, days=days, weights=weights)
    notes, memories, reviews = [], {}, []
    for number in range(-(-count // len(TEMPLATES))):
        word = chr(0x4E00 + number)
        sentence = Example(f"这是{word}吗？", 2, 3, "0" * 16, "题")
        notes.append(Note(word, ("yi1",), word, ("one",), example=sentence))
        for template in TEMPLATES:
            card = card_id(notes[-1].id, template)
            told, memories[card] = history(rng, card, scheduler)
            reviews += told
    rng.shuffle(reviews)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "deck.apkg"
        export(
            notes,
            target,
            deck_title="题",
            memories=memories,
            reviews=reviews,
            templates=TEMPLATES,
            scheduler=scheduler,
        )
        collection = Collection(str(Path(folder) / "collection.anki2"))
        try:
            return compare(collection, target, notes, memories, reviews, days)
        finally:
            collection.close()


def compare(
    collection: Collection,
    target: Path,
    notes: list[Note],
    memories: dict[str, Memory],
    reviews: list[Review],
    days: StudyDays,
) -> dict[str, Any]:
    collection.set_config("fsrs", True)
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(target), options=options))
    stored, recomputed, differing = 0.0, 0.0, []
    cards = {
        (card.note()["Word"], card.ord): card for card in map(collection.get_card, collection.find_cards(""))
    }
    today = days.day(datetime.now(UTC))
    for note in notes:
        for template in TEMPLATES:
            identity = card_id(note.id, template)
            memory, card = (
                memories[identity],
                cards[note.headword, TEMPLATES.index(template)],
            )
            state = card.memory_state
            stored = max(
                stored, abs(state.stability - memory.stability), abs(state.difficulty - memory.difficulty)
            )
            again = collection.compute_memory_state(card.id)
            recomputed = max(recomputed, distance(again.stability, again.difficulty, memory))
            if memory.phase == "review":
                due = (today + timedelta(days=card.due - collection.sched.today)).isoformat()
                expected = (memory.due_day.isoformat(), memory.interval, 2, 2)
            else:
                due = datetime.fromtimestamp(card.due, UTC).isoformat()
                kind = 1 if memory.phase == "learning" else 3
                expected = (memory.due.replace(microsecond=0).isoformat(), card.ivl, kind, 1)
            told = sum(review.card == identity for review in reviews)
            logged = collection.db.scalar("select count() from revlog where cid = ?", card.id)
            found = (due, card.ivl, int(card.type), int(card.queue))
            if (
                found != expected
                or (card.reps, card.lapses) != (memory.reps, memory.lapses)
                or logged != told
            ):
                differing.append([identity, found, expected, card.reps, card.lapses, logged])
    kinds = dict(collection.db.all("select type, count() from revlog group by type"))
    preset = collection.decks.config_dict_for_deck_id(cards[notes[0].headword, 0].did)
    return {
        "cards": len(cards),
        "stored": stored,
        "recomputed": recomputed,
        "differing": differing,
        "kinds": kinds,
        "retention": preset["desiredRetention"],
        "learning": preset["new"]["delays"],
        "check": collection.fix_integrity()[0],
        "reviews": collection.db.scalar("select count() from revlog") - len(reviews),
    }


def distance(stability: float, difficulty: float, memory: Memory) -> float:
    """The larger of the relative differences."""
    return max(abs(stability / memory.stability - 1), abs(difficulty / memory.difficulty - 1))


if __name__ == "__main__":
    zone, count, seed, weighted = sys.argv[1:]
    print(json.dumps(main(zone, int(count), int(seed), weighted == "weighted")))
