"""Anki packages (.apkg): an SQLite collection of schema 11 in a zip, which every Anki since 2.1 reads."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import chain, islice
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from studytui.anki.out import identity, models, schedule
from studytui.anki.out.fields import CREDIT, ROOT, AnkiNote
from studytui.study.notes.card import TEMPLATES, Memory, card_id
from studytui.study.notes.review import Review
from studytui.study.scheduling.scheduler import Scheduler

if TYPE_CHECKING:
    import genanki

_STEP: Final = 1000
"""After how many notes progress is told."""
_AT_ONCE: Final = 500
"""Rows in a statement."""
_IN_TIME: Final = attrgetter("at", "id")
_APART: Final = 60
"""Notes between a new note's one card and its next: at Anki's 20 new cards a day, three days or more."""


def build(
    notes: Sequence[AnkiNote],
    *,
    memories: Mapping[str, Memory],
    reviews: Sequence[Review],
    scheduler: Scheduler,
    changed: Sequence[int],
    forgotten: Mapping[str, datetime] = MappingProxyType({}),
    suspended: Container[str] = (),
    on_progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """The package, as the bytes of its file.

    `changed` is when each note last changed, seconds since 1970; `forgotten` says when cards were made new
    again; `suspended` holds the ids of those that are out of the queue. The same arguments give the same
    bytes.
    """
    decks = {name: _deck_id(name) for name in dict.fromkeys(note.deck for note in notes)}
    # In memory: genanki would leave a file behind, and the bytes are wanted, not the file.
    connection = sqlite3.connect(":memory:")
    try:
        cursor = connection.cursor()
        genanki_package().write_to_db(cursor, models.MODELS_CHANGED, iter(()))
        indexes = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type='index'").fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        _set_up(cursor, notes, decks, scheduler, max(changed, default=0), with_preset=bool(memories))
        _fill(cursor, notes, decks, memories, reviews, scheduler, changed, forgotten, suspended, on_progress)
        for _, statement in indexes:
            cursor.execute(statement)
        connection.commit()
        database = connection.serialize()
    finally:
        connection.close()
    content = _zip(database)
    if on_progress:
        on_progress(len(notes), len(notes))
    return content


def genanki_package() -> genanki.Package:
    """A package without decks: genanki's part is the schema of the collection."""
    import genanki

    return genanki.Package([])


def _deck_id(name: str) -> int:
    """The id of a deck, from its name: a time of the years 2010 to 2013, as Anki takes ids for times."""
    return 1_262_304_000_000 + int.from_bytes(sha256(name.encode()).digest()[:8]) % 100_000_000_000


def _fill(
    cursor: sqlite3.Cursor,
    notes: Sequence[AnkiNote],
    decks: Mapping[str, int],
    memories: Mapping[str, Memory],
    reviews: Sequence[Review],
    scheduler: Scheduler,
    changed: Sequence[int],
    forgotten: Mapping[str, datetime],
    suspended: Container[str],
    on_progress: Callable[[int, int], None] | None,
) -> None:
    """Writes notes, cards and the review log."""
    log, cards = schedule.Log(scheduler), schedule.Cards(scheduler, suspended)
    ids = identity.ids(note.note_id for note in notes)
    positions = _positions(notes)

    def note_rows() -> Iterator[tuple[object, ...]]:
        for place, (note, stamp) in enumerate(zip(notes, changed, strict=True)):
            if on_progress and place % _STEP == 0:
                on_progress(place // 2, len(notes))
            tags = f" {' '.join(note.tags)} "
            yield (
                ids[note.note_id],
                note.guid,
                models.MODEL_ID,
                stamp,
                tags,
                note.content,
                note.fields[0],
            )

    def card_rows() -> Iterator[tuple[object, ...]]:
        histories = _histories(reviews)
        for place, (note, stamp) in enumerate(zip(notes, changed, strict=True), 1):
            if on_progress and place % _STEP == 0:
                on_progress((len(notes) + place) // 2, len(notes))
            deck, name, note_id = decks[note.deck], note.note_id, ids[note.note_id]
            for template in note.templates:
                card, order, touched = card_id(name, template), TEMPLATES.index(template), stamp
                position = positions[card]
                memory = memories.get(card)
                if card in forgotten:
                    log.forget(note_id + order, forgotten[card])
                if memory is None:
                    schedule = cards.new(card, position)
                else:
                    last_review = log.add(note_id + order, histories.get(card, ()), memory)
                    schedule = cards.known(card, memory, position, last_review)
                    if last_review > touched:
                        touched = last_review
                yield (note_id + order, note_id, deck, order, touched, *schedule)

    _insert(cursor, "notes", "(?,?,?,?,-1,?,?,?,0,0,'')", note_rows())
    _insert(cursor, "cards", "(?,?,?,?,?,-1,?,?,?,?,?,?,?,?,0,0,0,?)", card_rows())
    _insert(cursor, "revlog", "(?,?,-1,?,?,?,?,?,?)", log.rows)


def _positions(notes: Sequence[AnkiNote]) -> dict[str, int]:
    """Where each card stands among the new ones: notes in their order, their cards `_APART` notes apart.

    So siblings are days apart even where Anki does not bury them.
    """
    cards = [
        (place + _APART * number, number, card_id(note.note_id, template))
        for place, note in enumerate(notes)
        for number, template in enumerate(note.templates)
    ]
    return {card: position for position, (_, _, card) in enumerate(sorted(cards), 1)}


def _insert(cursor: sqlite3.Cursor, table: str, row: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Inserts rows, hundreds in a statement, which takes about half the time of one by one."""
    most = cursor.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER) // row.count("?")
    waiting = iter(rows)
    while batch := list(islice(waiting, min(_AT_ONCE, most))):
        values = ",".join([row] * len(batch))
        cursor.execute(f"INSERT INTO {table} VALUES{values}", list(chain.from_iterable(batch)))


def _histories(reviews: Sequence[Review]) -> dict[str, list[Review]]:
    """The reviews of each card, in the order of their times."""
    found: dict[str, list[Review]] = {}
    in_order = True
    for review in reviews:
        history = found.get(review.card)
        if history is None:
            found[review.card] = [review]
        else:
            in_order = in_order and history[-1].at < review.at
            history.append(review)
    if not in_order:
        for history in found.values():
            history.sort(key=_IN_TIME)
    return found


def _set_up(
    cursor: sqlite3.Cursor,
    notes: Sequence[AnkiNote],
    decks: Mapping[str, int],
    scheduler: Scheduler,
    changed: int,
    *,
    with_preset: bool,
) -> None:
    """Writes the collection's one row: when its days began, our note type, decks and presets."""
    preset = models.PRESET_ID if with_preset else 1
    created, west = schedule.day_zero_start(scheduler)
    conf, deck_table, presets = (
        json.loads(text) for text in cursor.execute("SELECT conf, decks, dconf FROM col").fetchone()
    )
    # Without schedVer 2 Anki reads our Good as Easy; without the offset and the hour it guesses the days.
    conf |= {
        "schedVer": 2,
        "sched2021": True,
        "creationOffset": west,
        "rollover": scheduler.days.rollover_hour,
        "nextPos": sum(len(note.templates) for note in notes) + 1,
        "curModel": str(models.MODEL_ID),
    }
    for name, deck_id in {ROOT: models.DECK_ID, **decks}.items():
        deck_table[str(deck_id)] = _deck(deck_id, name, preset)
    if with_preset:
        presets[str(preset)] = _preset(presets["1"], scheduler)
    table = {models.MODEL_ID: models.model().to_json(models.MODELS_CHANGED, models.DECK_ID)}
    cursor.execute(
        "UPDATE col SET crt=?, mod=?, scm=?, conf=?, models=?, decks=?, dconf=?",
        (
            created,
            changed * 1000,
            models.MODELS_CHANGED * 1000,
            *(json.dumps(value, ensure_ascii=False) for value in (conf, table, deck_table, presets)),
        ),
    )


def _deck(identity: int, name: str, preset: int) -> dict[str, Any]:
    import genanki

    deck: dict[str, Any] = genanki.Deck(identity, name, CREDIT).to_json()
    today = {counter: [0, 0] for counter in ("lrnToday", "newToday", "revToday", "timeToday")}
    return deck | today | {"conf": preset, "mod": models.MODELS_CHANGED, "extendRev": 0}


def _preset(default: dict[str, Any], scheduler: Scheduler) -> dict[str, Any]:
    """The deck preset: our steps, retention and weights, for learners who import presets too."""
    terms = scheduler.terms
    return default | {
        "id": models.PRESET_ID,
        "name": ROOT,
        "mod": models.MODELS_CHANGED,
        "usn": -1,
        "new": default["new"] | {"delays": [seconds / 60 for seconds in terms.learning], "bury": True},
        "lapse": default["lapse"]
        | {"delays": [seconds / 60 for seconds in terms.relearning], "leechAction": 1},
        "rev": default["rev"] | {"perDay": 200, "bury": True},
        "buryInterdayLearning": True,
        "desiredRetention": terms.retention,
        "fsrsParams6": list(scheduler.weights or ()),
    }


def _zip(database: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in (("collection.anki2", database), ("media", b"{}")):
            # A fixed date: the time of writing must not show in the bytes.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, compresslevel=1)
    return buffer.getvalue()
