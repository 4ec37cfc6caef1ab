"""What can be undone, in a few words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from studytui.store.journal.events import (
    Event,
    EventType,
    LibraryChanged,
    Marked,
    NoteChanged,
    PlacementAnswered,
    Recut,
    Reviewed,
    SettingBrought,
    note_of,
)
from studytui.store.journal.imported_reviews import ANKI
from studytui.study.notes.card import split_card_id
from studytui.study.notes.note import Note
from studytui.wording import many

UNDOABLE: tuple[EventType, ...] = (
    "review",
    "mark",
    "note",
    "segment",
    "optimised",
    "placement",
    "library",
)

_CARD_ACTS = {
    "suspend": "suspending",
    "unsuspend": "unsuspending",
    "bury": "burying",
    "due": "the due day of",
    "forget": "starting over with",
}
"""What is done to a card, in words that its name follows."""


_LIBRARY_ACTS = {
    "archive": "putting a text into the archive",
    "unarchive": "taking a text out of the archive",
    "delete": "deleting a text",
}


def told_of(events: Sequence[Event]) -> str:
    """An act in a few words: an answer is told, not the note that was made for it."""
    if len(events) > 1 and any(event.device == ANKI for event in events):
        return _told_of_import(events)
    if len(events) > 1 and all(event.type == "mark" for event in events):
        return f"marking {len(events):,} words"
    if (same := _told_of_notes(events)) is not None:
        return same
    for kind in UNDOABLE:
        of_kind = [event for event in events if event.type == kind]
        if of_kind:
            cards = [event for event in of_kind if isinstance(event, NoteChanged) and event.act != "put"]
            return _told((cards or of_kind)[-1])
    raise AssertionError


def _told_of_notes(events: Sequence[Event]) -> str | None:
    """What was done to several notes or their cards, if it was the same to all."""
    changes = [event for event in events if isinstance(event, NoteChanged)]
    acts = {event.act for event in changes}
    notes = {note_of(event.subject) for event in changes}
    if len(changes) < len(events) or len(acts) != 1 or len(events) == 1:
        return None
    act = acts.pop()
    names = {"put": "adding or editing", "delete": "deleting"}
    told_notes = many(len(notes), "note") if len(notes) > 1 else (notes.pop() or "").partition("/")[0]
    return f"{names.get(act) or _CARD_ACTS[act]} {told_notes}"


def _told_of_import(events: Sequence[Event]) -> str:
    """`an import of 8 reviews and 2 notes`."""
    counts = Counter(
        "act" if isinstance(event, NoteChanged) and event.act != "put" else event.type for event in events
    )
    named = (("review", "review"), ("note", "note"), ("act", "card change"), ("mark", "word"))
    parts = [many(counts[kind], name) for kind, name in named if counts[kind]]
    return f"an import of {', '.join(parts[:-1])}{' and ' if parts[1:] else ''}{parts[-1]}"


def _told(event: Event) -> str:
    """An act in a few words."""
    match event:
        case Reviewed():
            name, template = split_card_id(event.card)
            return f"the answer {event.rating.name.capitalize()} to {name.split('/')[0]} ({template})"
        case Marked():
            return f"marking {event.headword} as {event.status}"
        case PlacementAnswered():
            return "the placement"
        case NoteChanged(act="delete", note=Note() as note):
            return f"deleting {note.headword}"
        case NoteChanged(note=Note() as note):
            return f"adding or editing {note.headword}"
        case NoteChanged():
            name, template = split_card_id(event.card or "")
            return f"{_CARD_ACTS[event.act]} {name.split('/')[0]} ({template})"
        case LibraryChanged(act="rename"):
            return f"the new name {event.title}"
        case LibraryChanged():
            return _LIBRARY_ACTS[event.act]
        case Recut():
            return f"reading {event.text} as {' | '.join(event.parts)}"
        case SettingBrought():
            return f"the setting {event.name}"
        case _:
            return "the new weights of the schedule"
