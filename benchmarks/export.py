"""How long an export with progress takes beside bare genanki: `python benchmarks/export.py [NOTES]`.

Both write as many Anki notes, with the same note types, fields, tags and cards. The baseline is what a
program does that uses genanki and nothing of ours: a `genanki.Note` for each note, whose fields are strings
that lie ready, all in one `genanki.Deck`, then `Package.write_to_file`. It writes fresh cards, without a
review log, into a zip that is not compressed. Ours makes the fields, checks them, writes schedules and three
reviews for each card, compresses, flushes to the disk, and remembers in the ledger what it wrote.

A ratio is the median of the rounds' own ratios: each round runs all of them, so that what else the machine
does at the time slows all. CPU seconds are the ones to compare.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import genanki

from studytui.anki.out import models
from studytui.anki.out.export import export
from studytui.anki.out.fields import anki_notes
from studytui.study.notes.card import Memory, Template, card_id
from studytui.study.notes.note import Example, Note
from studytui.study.notes.review import Rating, Review
from studytui.study.scheduling.scheduler import Scheduler
from studytui.study.scheduling.study_day import StudyDays

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
TEMPLATES: tuple[Template, ...] = ("recognition", "recall", "cloze")
ROUNDS = 15


def make_notes(count: int) -> list[Note]:
    """Notes of two characters each, every one with a sentence."""
    sentence = "这座城市的{}越来越重要，所以大家都在讨论今后应该怎样去做。"
    notes = []
    for number in range(count):
        word = chr(0x4E00 + number % 5000) + chr(0x5E00 + number // 5000)
        text = sentence.format(word)
        glosses = ("importance", "to be of weight", "significance (in a debate)")
        example = Example(text, 5, 7, "0" * 16, "城市的明天")
        notes.append(Note(word, ("zhong4", "yao4"), word, glosses, number % 7 + 1, 4.2, "word", example))
    return notes


def make_history(notes: list[Note]) -> tuple[dict[str, Memory], list[Review]]:
    """Three reviews of each card."""
    memories: dict[str, Memory] = {}
    reviews: list[Review] = []
    for note in notes:
        for template in TEMPLATES:
            card = card_id(note.id, template)
            for turn, days in enumerate((0, 1, 4)):
                at = START + timedelta(days=days, seconds=len(reviews))
                reviews.append(Review(f"{card}/{turn}", card, at, Rating.GOOD, 3000))
            memories[card] = Memory("review", None, 9.5, 4.2, at + timedelta(days=9), at, 3, 0, at.date(), 9)
    return memories, reviews


def bare(notes: list[Note], target: Path, *, made: bool) -> Callable[[], object]:
    """Writing by genanki alone; `made` says that the fields are there before the clock runs."""
    model = models.model()

    def fields() -> list[tuple[list[str], list[str], str]]:
        found = anki_notes(
            notes, deck_title="a", templates=TEMPLATES, script="simplified", sentence_readings={}
        )
        return [(list(note.fields), list(note.tags), note.guid) for note in found]

    ready = fields() if made else None

    def write() -> None:
        deck = genanki.Deck(models.DECK_ID, "studytui")
        for texts, tags, guid in ready or fields():
            deck.add_note(genanki.Note(model, texts, tags=tags, guid=guid))
        genanki.Package(deck).write_to_file(str(target))

    return write


def main() -> None:
    """Rounds of each in turn; prints medians, one line of JSON each."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    notes = make_notes(count // 2)
    memories, reviews = make_history(notes)
    scheduler = Scheduler(days=StudyDays(UTC))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def ours() -> None:
            (folder / "ledger.json").unlink(missing_ok=True)
            export(
                notes,
                folder / "ours.apkg",
                deck_title="a",
                memories=memories,
                reviews=reviews,
                scheduler=scheduler,
                ledger=folder / "ledger.json",
            )

        jobs: dict[str, Callable[[], object]] = {
            "genanki, fields ready": bare(notes, folder / "bare.apkg", made=True),
            "genanki, fields made": bare(notes, folder / "bare.apkg", made=False),
            "studytui with progress": ours,
        }
        times: dict[str, list[float]] = {name: [] for name in jobs}
        for _ in range(ROUNDS):
            for name, job in jobs.items():
                start = time.process_time()
                job()
                times[name].append(time.process_time() - start)
        baseline = times["genanki, fields ready"]
        for name, found in times.items():
            ratios = [mine / theirs for mine, theirs in zip(found, baseline, strict=True)]
            line = {"what": name, "notes": count, "cpu seconds": round(median(found), 3)}
            print(json.dumps(line | {"times the first": round(median(ratios), 2)}))


if __name__ == "__main__":
    main()
