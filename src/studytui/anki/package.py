"""Anki packages (.apkg): an SQLite collection of schema 11 in a zip, which every Anki since 2.1 reads."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from studytui.anki import models, progress
from studytui.anki.fields import ROOT, AnkiNote, Kind
from studytui.study.card import Memory, card_id
from studytui.study.review import Review
from studytui.study.scheduler import Scheduler

NoteRow = tuple[int, str, int, int, int, str, str, str, int, int, str]
CardRow = tuple[int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, str]

CREDIT: Final = (
    "Made by studytui. Dictionary: CC-CEDICT, MDBG and contributors, CC BY-SA 4.0 "
    "(creativecommons.org/licenses/by-sa/4.0); glosses were shortened and set out anew."
)
_FIRST_ID: Final = 1_262_304_000_000
"""2010, in milliseconds: Anki takes ids for times, and shows them as the day a note was made."""
_ID_SLOTS: Final = 100_000_000_000
_STEP: Final = 2000
"""After how many notes progress is told."""


class _Deck:
    """A genanki deck whose rows come ready, so that they are written in bulk and with their schedule."""

    def __init__(self, deck_id: int, name: str, preset: int) -> None:
        self.deck_id, self.name, self.preset = deck_id, name, preset

    def to_json(self) -> dict[str, Any]:
        import genanki

        deck: dict[str, Any] = genanki.Deck(self.deck_id, self.name, CREDIT).to_json()
        return (
            deck
            | {"conf": self.preset, "mod": models.MODELS_CHANGED, "extendRev": 0}
            | {today: [0, 0] for today in ("lrnToday", "newToday", "revToday", "timeToday")}
        )


def build(
    notes: Sequence[AnkiNote],
    *,
    memories: Mapping[str, Memory],
    reviews: Sequence[Review],
    scheduler: Scheduler,
    changed: Sequence[int],
    on_progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """The package, as the bytes of its file. `changed` is when each note last changed, seconds since 1970.

    The same arguments give the same bytes.
    """
    histories: dict[str, list[Review]] = {}
    for review in reviews:
        histories.setdefault(review.card, []).append(review)
    log = progress.Log(scheduler)
    decks = _deck_ids(notes)
    note_rows: list[NoteRow] = []
    card_rows: list[CardRow] = []
    taken: set[int] = set()
    for place, (anki_note, stamp) in enumerate(zip(notes, changed, strict=True)):
        if on_progress and place % _STEP == 0:
            on_progress(place, len(notes))
        note_id = _note_id(anki_note.guid, taken)
        note_rows.append(
            (
                note_id,
                anki_note.guid,
                models.MODEL_IDS[anki_note.kind],
                stamp,
                -1,
                f" {' '.join(anki_note.tags)} ",
                "\x1f".join(anki_note.fields),
                anki_note.fields[0],
                0,
                0,
                "",
            )
        )
        deck, position = decks[anki_note.deck], place + 1
        for template in anki_note.templates:
            order = models.ORDERS[template]
            memory = memories.get(card_id(anki_note.note.id, template)) if memories else None
            if memory is None:
                schedule = progress.new(position)
            else:
                history = histories.get(card_id(anki_note.note.id, template), ())
                last_review = log.add(note_id + order, history, memory)
                schedule = progress.known(memory, scheduler, position, last_review)
                stamp = max(stamp, last_review)
            card_rows.append(
                (
                    note_id + order,
                    note_id,
                    deck,
                    order,
                    stamp,
                    -1,
                    schedule.type,
                    schedule.queue,
                    schedule.due,
                    schedule.interval,
                    schedule.factor,
                    schedule.reps,
                    schedule.lapses,
                    schedule.left,
                    0,
                    0,
                    0,
                    schedule.data,
                )
            )
    database = _database(note_rows, card_rows, log.rows, decks, notes, scheduler, bool(memories))
    content = _zip(database)
    if on_progress:
        on_progress(len(notes), len(notes))
    return content


def _note_id(guid: str, taken: set[int]) -> int:
    """An id from the guid, the same in each export; its cards have it and the two ids after it."""
    slot = int.from_bytes(sha256(guid.encode()).digest()[:8]) % _ID_SLOTS
    while slot in taken:
        slot = (slot + 1) % _ID_SLOTS
    taken.add(slot)
    return _FIRST_ID + 4 * slot


def _deck_ids(notes: Sequence[AnkiNote]) -> dict[str, int]:
    """The decks of the notes by name, in order, with ids that follow from their names."""
    names = dict.fromkeys(note.deck for note in notes)
    return {
        name: _FIRST_ID + int.from_bytes(sha256(name.encode()).digest()[:8]) % _ID_SLOTS for name in names
    }


def _database(
    notes: list[NoteRow],
    cards: list[CardRow],
    log: list[progress.RevlogRow],
    decks: Mapping[str, int],
    anki_notes: Sequence[AnkiNote],
    scheduler: Scheduler,
    with_preset: bool,
) -> bytes:
    import genanki

    preset = models.PRESET_ID if with_preset else 1
    kinds: list[Kind] = list(dict.fromkeys(note.kind for note in anki_notes))
    changed = max((row[3] for row in notes), default=models.MODELS_CHANGED)
    # In memory: genanki would leave a file behind, and the bytes are wanted, not the file.
    connection = sqlite3.connect(":memory:")
    try:
        cursor = connection.cursor()
        genanki.Package([]).write_to_db(cursor, models.MODELS_CHANGED, iter(()))
        connection.commit()
        created, west = progress.day_zero_start(scheduler)
        conf, deck_table, presets = (
            json.loads(text) for text in cursor.execute("SELECT conf, decks, dconf FROM col").fetchone()
        )
        # Without schedVer 2 Anki reads our Good as Easy; without the offset and the hour it guesses the days.
        conf |= {
            "schedVer": 2,
            "sched2021": True,
            "creationOffset": west,
            "rollover": scheduler.days.rollover_hour,
            "nextPos": len(notes) + 1,
            "curModel": str(models.MODEL_IDS[kinds[0]]) if kinds else None,
        }
        tree = {ROOT: models.DECK_ID, **decks}
        for name, identity in tree.items():
            deck_table[str(identity)] = _Deck(identity, name, preset).to_json()
        if with_preset:
            presets[str(preset)] = _preset(presets["1"], scheduler)
        table = {
            models.MODEL_IDS[kind]: models.model(kind).to_json(models.MODELS_CHANGED, models.DECK_ID)
            for kind in kinds
        }
        cursor.execute(
            "UPDATE col SET crt=?, mod=?, scm=?, conf=?, models=?, decks=?, dconf=?",
            (
                created,
                changed * 1000,
                models.MODELS_CHANGED * 1000,
                *(json.dumps(value, ensure_ascii=False) for value in (conf, table, deck_table, presets)),
            ),
        )
        indexes = [
            row[0] for row in cursor.execute("SELECT name FROM sqlite_master WHERE type='index'").fetchall()
        ]
        made = [
            row[0] for row in cursor.execute("SELECT sql FROM sqlite_master WHERE type='index'").fetchall()
        ]
        for index in indexes:
            cursor.execute(f'DROP INDEX "{index}"')
        cursor.executemany(f"INSERT INTO notes VALUES({','.join('?' * 11)})", sorted(notes))
        cursor.executemany(f"INSERT INTO cards VALUES({','.join('?' * 18)})", sorted(cards))
        cursor.executemany(f"INSERT INTO revlog VALUES({','.join('?' * 9)})", sorted(log))
        for statement in made:
            cursor.execute(statement)
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _preset(default: dict[str, Any], scheduler: Scheduler) -> dict[str, Any]:
    """The deck preset: our steps, retention and weights, for learners who import presets too."""
    terms = scheduler.terms
    return default | {
        "id": models.PRESET_ID,
        "name": ROOT,
        "mod": models.MODELS_CHANGED,
        "usn": -1,
        "new": default["new"] | {"delays": [seconds / 60 for seconds in terms.learning]},
        "lapse": default["lapse"]
        | {"delays": [seconds / 60 for seconds in terms.relearning], "leechAction": 1},
        "rev": default["rev"] | {"perDay": 200},
        "desiredRetention": terms.retention,
        "fsrsParams6": list(scheduler.weights or ()),
    }


def _zip(database: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for name, content in (("collection.anki2", database), ("media", b"{}")):
            # A fixed date: the time of writing must not show in the bytes.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, compresslevel=3)
    return buffer.getvalue()
