"""How long an export with progress takes beside bare genanki: `python benchmarks/export.py [NOTES]`.

Both write as many Anki notes with the same fields; bare genanki writes fresh cards, uncompressed, no history.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import genanki

from studytui.anki import models
from studytui.anki.export import export
from studytui.anki.fields import anki_notes
from studytui.study.card import Memory, Template, card_id
from studytui.study.day import StudyDays
from studytui.study.note import Example, Note
from studytui.study.review import Rating, Review
from studytui.study.scheduler import Scheduler

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
TEMPLATES: tuple[Template, ...] = ("recognition", "recall", "cloze")


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


def bare(notes: list[Note], target: Path) -> int:
    """The same fields and cards by genanki alone; gives the number of Anki's notes."""
    made = list(
        anki_notes(notes, deck_title="a", templates=TEMPLATES, script="simplified", sentence_readings={})
    )
    kinds = {"vocabulary": models.model("vocabulary"), "cloze": models.model("cloze")}
    begin = time.perf_counter()
    deck = genanki.Deck(models.DECK_ID, "studytui")
    for note in made:
        deck.add_note(genanki.Note(kinds[note.kind], list(note.fields), tags=list(note.tags), guid=note.guid))
    genanki.Package(deck).write_to_file(str(target))
    report("bare genanki", time.perf_counter() - begin, target, len(made))
    return len(made)


def report(name: str, seconds: float, path: Path, count: int) -> None:
    """Prints a line of JSON."""
    line = {
        "what": name,
        "notes": count,
        "seconds": round(seconds, 3),
        "kilobytes": path.stat().st_size // 1000,
    }
    print(json.dumps(line))


def main() -> None:
    """Three rounds of both, in turn."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    notes = make_notes(count // 2)
    memories, reviews = make_history(notes)
    scheduler = Scheduler(days=StudyDays(UTC))
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(3):
            bare(notes, Path(folder) / "bare.apkg")
            target = Path(folder) / "ours.apkg"
            begin = time.perf_counter()
            done = export(
                notes,
                target,
                deck_title="a",
                memories=memories,
                reviews=reviews,
                scheduler=scheduler,
                ledger=Path(folder) / f"ledger-{turn}.json",
            )
            report("studytui with progress", time.perf_counter() - begin, target, done.notes)


if __name__ == "__main__":
    main()
