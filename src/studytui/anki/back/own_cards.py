"""Our own cards in a collection of Anki's: answers, what was forgotten, and how else they were left."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from studytui.anki.back import own_notes
from studytui.anki.back.survey import SkipCounts
from studytui.anki.out.identity import guid, ids
from studytui.anki.out.schedule import TOLD_SUSPENDED
from studytui.store.journal.imported_acts import ForeignAct
from studytui.store.journal.imported_reviews import ForeignReview
from studytui.study.notes.card import TEMPLATES, card_id
from studytui.study.notes.note import Note
from studytui.study.notes.review import Rating
from studytui.study.scheduling.fsrs import MAXIMUM_INTERVAL

_SUSPENDED, _BURIED = -1, -3
"""Queues; siblings that Anki itself buries are in another."""
_TYPE_REVIEW: Final = 2
_MANUAL, _RESCHEDULED, _FILTERED = 4, 5, 3
_LONGEST_ANSWER: Final = 24 * 60 * 60 * 1000
_AHEAD: Final = timedelta(days=1)


def whole(value: object) -> int:
    """A number; SQLite's columns hold what they are given."""
    return value if isinstance(value, int) else 0


def our_cards(connection: sqlite3.Connection, mine: Mapping[int, Note]) -> dict[int, str]:
    """The ids of our cards, by Anki's."""
    cards: dict[int, str] = {}
    if mine:
        for identity, note, order in connection.execute("SELECT id, nid, ord FROM cards"):
            if note in mine and (card := own_notes.card_of(mine[note], whole(order))):
                cards[identity] = card
    return cards


def forgotten(connection: sqlite3.Connection, cards: Mapping[int, str], now: datetime) -> dict[str, datetime]:
    """When our cards were last made new again, by card id.

    Forget writes a row by hand with neither rating nor ease (rslib `RevlogReviewKind::Manual`, as its FSRS
    reads it).
    """
    found: dict[str, datetime] = {}
    rows = connection.execute("SELECT id, cid FROM revlog WHERE type = 4 AND ease = 0 AND factor = 0")
    for stamp, identity in rows if cards else ():
        card, at = cards.get(identity), time(stamp, now)
        if card is not None and at is not None:
            found[card] = max(at, found.get(card, at))
    return found


def reviews(
    connection: sqlite3.Connection,
    cards: Mapping[int, str],
    forgotten: Mapping[str, datetime],
    skipped: SkipCounts,
    now: datetime,
) -> tuple[ForeignReview, ...]:
    """The answers to our cards since they were new, in the order of their times."""
    found: list[ForeignReview] = []
    rows = connection.execute("SELECT id, cid, ease, factor, time, type, ivl FROM revlog")
    for stamp, identity, ease, factor, took, kind, interval in rows if cards else ():
        card = cards.get(identity)
        if card is None or ease not in (1, 2, 3, 4) or kind in (_MANUAL, _RESCHEDULED):
            continue
        at = time(stamp, now)
        if kind == _FILTERED and not factor:
            skipped.add("are answers of a preview, which Anki does not schedule by")
        elif at is None:
            skipped.add("are answers with a time that cannot be")
        elif card not in forgotten or at > forgotten[card]:
            days = whole(interval) if 0 < whole(interval) <= MAXIMUM_INTERVAL else None
            took_ms = min(max(0, whole(took)), _LONGEST_ANSWER)
            found.append(ForeignReview(card, at, Rating(ease), took_ms, days))
    return tuple(sorted(found, key=lambda each: (each.at, each.card)))


def acts(connection: sqlite3.Connection, cards: Mapping[int, str], now: datetime) -> tuple[ForeignAct, ...]:
    """How our cards stand: whether each is suspended, which are buried, and the day each comes back.

    That day is set by hand, or comes of Anki's own fuzz and order of Hard, Good and Easy, which ours need not
    reach.
    Of a buried card, the day is left to be found: it is the learner's study day of that time.
    """
    if not cards:
        return ()
    found: list[ForeignAct] = []
    last = _last_changes(connection, now)
    first = _first_day(connection)
    rows = connection.execute("SELECT id, type, queue, due, odue, odid, mod, data FROM cards")
    for identity, kind, queue, due, home_due, home, changed, content in rows:
        card, at = cards.get(identity), time(whole(changed) * 1000, now)
        if card is None or at is None:
            continue
        if queue == _SUSPENDED:
            found.append(ForeignAct(card, "suspend", at))
        else:
            told = isinstance(content, str) and TOLD_SUSPENDED in content
            found.append(ForeignAct(card, "unsuspend", at, told=told))
        if queue == _BURIED:
            found.append(ForeignAct(card, "bury", at))
        days = whole(home_due if whole(home) else due)
        if identity in last and kind == _TYPE_REVIEW and first is not None and abs(days) <= MAXIMUM_INTERVAL:
            at, answer = last[identity]
            found.append(ForeignAct(card, "due", at, first + timedelta(days=days), answer))
    return tuple(found)


def deleted(connection: sqlite3.Connection, mine: Sequence[Note], now: datetime) -> tuple[ForeignAct, ...]:
    """The cards of our notes that were deleted, if the collection remembers it: packages of decks do not."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    changed = connection.execute("SELECT mod FROM col").fetchone()
    at = time(changed[0], now) if changed else None
    if "graves" not in tables or not mine or at is None:
        return ()
    gone = {oid for (oid,) in connection.execute("SELECT oid FROM graves WHERE type = 1")}
    here = {each for (each,) in connection.execute("SELECT guid FROM notes")}
    numbers = ids(note.id for note in mine) if gone else {}
    return tuple(
        ForeignAct(card_id(name, template), "suspend", at, gone=True)
        for name, number in numbers.items()
        if number in gone and guid(name) not in here
        for template in TEMPLATES
    )


def _last_changes(
    connection: sqlite3.Connection, now: datetime
) -> dict[int, tuple[datetime, datetime | None]]:
    """When cards got their due day: by hand, or by an answer, whose time stands beside it."""
    found: dict[int, tuple[datetime, datetime | None]] = {}
    rows = connection.execute("SELECT cid, max(id), type, ease, ivl, factor FROM revlog GROUP BY cid")
    for identity, stamp, kind, ease, interval, factor in rows:
        at = time(stamp, now)
        if at is None:
            continue
        if ease:
            found[identity] = at + timedelta(milliseconds=1), at
        elif kind in (_MANUAL, _RESCHEDULED) and (interval or factor):
            found[identity] = at, None
    return found


def day_number(connection: sqlite3.Connection, now: datetime) -> int:
    """The day of now, as due days are counted; one that none is 21 days after, if it cannot be told."""
    first = _first_day(connection)
    return MAXIMUM_INTERVAL if first is None else (now.date() - first).days


def _first_day(connection: sqlite3.Connection) -> date | None:
    """The day that a collection's due days are counted from; None if it does not say its zone."""
    created, conf = connection.execute("SELECT crt, conf FROM col").fetchone()
    try:
        west = json.loads(conf or "{}").get("creationOffset")
        if west is None:
            row = connection.execute("SELECT val FROM config WHERE key = 'creationOffset'").fetchone()
            west = json.loads(row[0]) if row else None
        if west is None:
            return None
        return (datetime.fromtimestamp(whole(created), UTC) - timedelta(minutes=int(west))).date()
    except (sqlite3.Error, ValueError, TypeError, AttributeError, OverflowError, OSError, RecursionError):
        return None


def time(stamp: object, now: datetime) -> datetime | None:
    """A time in milliseconds since 1970; None if it cannot be."""
    if not isinstance(stamp, int) or not 0 < stamp <= (now + _AHEAD).timestamp() * 1000:
        return None
    return datetime.fromtimestamp(stamp // 1000, UTC) + timedelta(milliseconds=stamp % 1000)
