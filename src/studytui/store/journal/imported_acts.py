"""What a learner did to our cards in another program, and how it comes into the journal: once, at its time.

As with reviews, the same act brought twice, or by two machines, is the same event.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Literal

from studytui.store.journal import journal
from studytui.store.journal.event_ids import new_id
from studytui.store.journal.events import Event, NoteChanged, Reviewed, new_event
from studytui.store.journal.imported_reviews import ANKI
from studytui.store.locations import Locations
from studytui.study.notes.card import Memory


@dataclass(frozen=True, slots=True)
class ForeignAct:
    """How a card stands in another program by the learner's will."""

    card: str
    """`studytui.study.notes.card.card_id`."""
    act: Literal["suspend", "unsuspend", "bury", "due"]
    at: datetime
    """UTC; when the card was last changed there."""
    day: date | None = None
    """Of `bury`, the study day for which it is hidden; of `due`, the one on which it comes back."""
    answer: datetime | None = None
    """Of `due`: when the answer was given (UTC) that led to that day; None where it was set by hand."""
    gone: bool = False
    """Of `suspend`: whether the card was deleted there, at some time before `at`."""
    told: bool = False
    """Of `unsuspend`: whether the other program was told, by an export, that the card is suspended."""


def later(
    acts: Iterable[ForeignAct],
    locations: Locations,
    *,
    suspended: Container[str],
    memories: Mapping[str, Memory | None],
    today: date,
) -> tuple[ForeignAct, ...]:
    """Those that change something and are later than what was done here; what was undone stays undone.

    A due day counts for a card whose last answer here is the one that led to it, or is older than the hand
    that set it.

    Raises:
        StudytuiError: a journal cannot be read.
    """

    def changes(act: ForeignAct) -> bool:
        if act.act == "bury":
            return act.day == today
        if act.act == "due":
            memory = memories.get(act.card)
            if memory is None or memory.last_review >= act.at:
                return False
            if act.answer not in (None, memory.last_review):
                return False
            return memory.phase != "review" or memory.due_day != act.day
        return (act.card in suspended) is (act.act == "unsuspend")

    waiting = [act for act in acts if changes(act)]
    if not waiting:
        return ()
    cards = {act.card for act in waiting}
    last: dict[tuple[str, str], tuple[datetime, str]] = {}
    for path in journal.files(locations.journal):
        for event in (event for reading in journal.stretches(path) for event in reading.events):
            if isinstance(event, NoteChanged) and event.card in cards:
                kind = _KINDS[event.act]
            elif isinstance(event, Reviewed) and event.leech and event.card in cards:
                kind = "suspend"
            else:
                continue
            key = event.card or "", kind
            last[key] = max(last.get(key, (event.at, event.device)), (event.at, event.device))
    found = []
    for act in waiting:
        at, device = last.get((act.card, _KINDS[act.act]), (None, ""))
        if act.gone and at is not None:
            continue  # when it was deleted is not known: what was ever said of the card here holds
        if (at is None or at < act.at) and (act.act != "unsuspend" or act.told or device == ANKI):
            found.append(act)
    return tuple(sorted(found, key=lambda act: (act.at, act.card, act.act)))


_KINDS = {"suspend": "suspend", "unsuspend": "suspend", "forget": "suspend", "bury": "bury", "due": "due"}
"""Of acts of one kind, the last holds."""


def event_of(act: ForeignAct) -> Event:
    """The event that says an act. Equal acts give equal events on every machine."""
    said: dict[str, object] = {"act": act.act, "card": act.card}
    if act.gone:
        said["deleted"] = True
    if act.day is not None:
        said["day"] = act.day.isoformat()
    at = act.at.astimezone(UTC)
    content = json.dumps([ANKI, at.isoformat(), said], sort_keys=True).encode()
    return new_event(new_id(at, sha256(content).digest()[:10]), at, ANKI, "note", said)
