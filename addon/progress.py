"""Progress out of a package of studytui, into cards that are in the collection.

Anki's own import adds cards and never changes one that is there. Here, a card that was answered in studytui
later than in Anki gets those answers into its log, and with them its memory, due day and counts.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from anki.cards import Card, FSRSMemoryState
from anki.collection import Collection, OpChanges

NAME = "Progress from studytui"
"""Of the step in Anki's undo."""
MODEL_ID = 1_763_856_000_001
"""The id of studytui's note type."""
_LARGEST = 1 << 30
"""Bytes of a collection, unpacked."""
_MOVED = 20
"""Milliseconds by which a package may have moved an answer: the log has one row a millisecond."""
_NEW, _SUSPENDED = 0, -1
_FORGET = 4
_A_TIME = 1_000_000_000
"""What is due at this or more is due at a time in seconds since 1970, not on a day."""


class UnreadablePackageError(Exception):
    """The file is not a package of studytui; the sentence is for the learner."""


@dataclass
class Brought:
    """What was done."""

    changes: OpChanges
    """For Anki's windows."""
    cards: int = 0
    """Cards that were brought forward."""
    rows: list[int] = field(default_factory=list)
    """Ids of the answers that were added to the log."""
    divided: int = 0
    """Cards that have answers in Anki which the package has not: left alone."""
    absent: int = 0
    """Cards of the package that the collection has not."""

    @property
    def told(self) -> str:
        """The same in sentences."""
        said = [f"{self.cards} cards brought forward, with {len(self.rows)} answers."]
        if self.divided:
            said.append(
                f"{self.divided} cards were left as they are, since they were changed in Anki too: export "
                "the deck with scheduling, `studytui import` it, `studytui export` again, and come back."
            )
        if self.absent:
            said.append(f"{self.absent} cards are not in Anki yet: import the same file (File > Import) too.")
        return " ".join(said)


def bring(col: Collection, package: Path) -> Brought:
    """Brings the progress of a package into a collection: one step of undo, with `take_back` for the log.

    Raises:
        UnreadablePackageError: it is not a package of studytui.
    """
    cards, log, first_day = _read(package)
    here = {
        (guid, order): card
        for guid, order, card in col.db.all(
            "select n.guid, c.ord, c.id from cards c join notes n on n.id = c.nid"
        )
    }
    brought = Brought(OpChanges())
    found = [
        (here[theirs["guid"], theirs["ord"]], theirs)
        for theirs in cards
        if (theirs["guid"], theirs["ord"]) in here
    ]
    brought.absent = len(cards) - len(found)
    logged = _logs(col, {card for card, _ in found})
    rows: list[tuple[int, ...]] = []
    wanted: list[tuple[int, dict[str, Any], bool]] = []
    for card, theirs in found:
        told, known = log.get(theirs["id"], []), logged.get(card, [])
        fresh, alone = _compared(told, known)
        if not fresh:
            continue
        if alone or max((row[0] for row in known), default=0) > told[-1][0]:
            brought.divided += 1
            continue
        rows += [(row[0], card, *row[1:]) for row in fresh]
        anew = any(not row[1] for row in fresh)
        wanted.append((card, theirs, anew))
    # The log first: what is written to it is no step of undo, and would end one that is open.
    brought.rows = _add(col, rows)
    if wanted:
        step = col.add_custom_undo_entry(NAME)
        zero = col.sched.today - _today(col).toordinal() + first_day.toordinal()
        col.update_cards([_moved_on(col.get_card(card), theirs, zero, anew) for card, theirs, anew in wanted])
        brought.changes = col.merge_undo_entries(step)
        brought.cards = len(wanted)
    return brought


def take_back(col: Collection, rows: Iterable[int]) -> None:
    """After Anki's undo has put the cards back: takes the answers out of the log again."""
    col.db.executemany("delete from revlog where id = ?", [(row,) for row in rows])


def _read(package: Path) -> tuple[list[dict[str, Any]], dict[int, list[tuple[int, ...]]], date]:
    """The package's cards, the log of each in the order of time, and the day that due days count from."""
    refusal = f"{package.name} is no package of studytui: choose an .apkg that `studytui export` has written."
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection"
        try:
            with zipfile.ZipFile(package) as archive:
                entry = archive.getinfo("collection.anki2")
                if entry.file_size > _LARGEST or len(archive.namelist()) > 2:
                    raise UnreadablePackageError(refusal)
                path.write_bytes(archive.read(entry))
            connection = sqlite3.connect(path)
            try:
                return _tables(connection)
            finally:
                connection.close()
        except (
            OSError,
            KeyError,
            ValueError,
            TypeError,
            zipfile.BadZipFile,
            sqlite3.Error,
            RuntimeError,
        ) as error:
            raise UnreadablePackageError(refusal) from error


def _tables(
    connection: sqlite3.Connection,
) -> tuple[list[dict[str, Any]], dict[int, list[tuple[int, ...]]], date]:
    connection.row_factory = sqlite3.Row
    created, conf = connection.execute("select crt, conf from col").fetchone()
    zone = timezone(-timedelta(minutes=json.loads(conf)["creationOffset"]))
    cards = [
        {**dict(row), "data": json.loads(row["data"] or "{}")}
        for row in connection.execute(
            "select c.*, n.guid from cards c join notes n on n.id = c.nid where n.mid = ?", (MODEL_ID,)
        )
    ]
    log: dict[int, list[tuple[int, ...]]] = {}
    rows = connection.execute(
        "select cid, id, ease, ivl, lastIvl, factor, time, type from revlog order by id"
    )
    for card, *row in rows:
        log.setdefault(card, []).append(tuple(map(int, row)))
    return cards, log, datetime.fromtimestamp(created, zone).date()


def _logs(col: Collection, cards: set[int]) -> dict[int, list[tuple[int, ...]]]:
    """The log of each of some cards, in the order of time."""
    log: dict[int, list[tuple[int, ...]]] = {}
    for card, *row in col.db.all(
        "select cid, id, ease, ivl, lastIvl, factor, time, type from revlog order by id"
    ):
        if card in cards:
            log.setdefault(card, []).append(tuple(row))
    return log


def _compared(
    told: list[tuple[int, ...]], known: list[tuple[int, ...]]
) -> tuple[list[tuple[int, ...]], bool]:
    """The rows that Anki's log has not; and whether it says something that the package does not know of.

    That is an answer that the package has not, or that the card was forgotten after an answer it has.
    """
    ours, theirs = _forgotten(told), _forgotten(known)
    left = {row[0]: row for row in known if row[1]}
    fresh = [row for row in told if row[0] == ours and ours > theirs]
    for row in told:
        if not row[1]:
            continue
        near = next(
            (stamp for stamp, other in left.items() if stamp == row[0]),
            next(
                (
                    stamp
                    for stamp, other in left.items()
                    if abs(stamp - row[0]) <= _MOVED and (other[1], other[5]) == (row[1], row[5])
                ),
                None,
            ),
        )
        if near is None:
            fresh.append(row)
        else:
            del left[near]
    alone = any(stamp > max(ours, theirs) for stamp in left) or any(row[0] < theirs for row in fresh)
    return fresh, alone


def _forgotten(rows: list[tuple[int, ...]]) -> int:
    """When a card was last made new again, by its log; 0 for never."""
    return max((row[0] for row in rows if row[6] == _FORGET and not row[1] and not row[4]), default=0)


def _add(col: Collection, rows: list[tuple[int, ...]]) -> list[int]:
    """Adds rows to the log, each at its time or as soon after it as is free; the ids they got."""
    taken = set(col.db.list("select id from revlog")) if rows else set()
    written = []
    for stamp, card, *rest in sorted(rows):
        while stamp in taken:
            stamp += 1
        taken.add(stamp)
        written.append((stamp, card, -1, *rest))
    col.db.executemany("insert into revlog values (?, ?, ?, ?, ?, ?, ?, ?, ?)", written)
    return [row[0] for row in written]


def _today(col: Collection) -> date:
    """The study day that it is, by Anki's own turn of the day."""
    return datetime.fromtimestamp(col.sched.day_cutoff).astimezone().date() - timedelta(days=1)


def _moved_on(card: Card, theirs: dict[str, Any], zero: int, anew: bool) -> Card:
    """The card as it stands in the package, whose days count from `zero` by this collection.

    One that is suspended here stays so, unless it was made new again there, which puts it back.
    """
    memory = theirs["data"]
    suspended = theirs["queue"] == _SUSPENDED or (card.queue == _SUSPENDED and not anew)
    card.type, card.due = theirs["type"], theirs["due"]
    card.queue = _SUSPENDED if suspended else theirs["queue"]
    if theirs["type"] != _NEW and theirs["due"] < _A_TIME:
        card.due += zero
    card.ivl, card.factor, card.left = theirs["ivl"], theirs["factor"], theirs["left"]
    card.reps, card.lapses = theirs["reps"], theirs["lapses"]
    is_known = "s" in memory  # a card that was made new again has none
    card.memory_state = FSRSMemoryState(stability=memory["s"], difficulty=memory["d"]) if is_known else None
    card.desired_retention, card.decay = memory.get("dr"), memory.get("decay")
    card.last_review_time = memory.get("lrt")
    if anew or theirs["queue"] == _SUSPENDED:
        card.custom_data = memory.get("cd", "")
    if card.odid:  # it was in a filtered deck; what was answered goes home
        card.did, card.odid, card.odue = card.odid, 0, 0
    return card
