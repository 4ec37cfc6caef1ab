"""state.json: the fold of the journals, with how far it covers them. A cache: it can be deleted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from studytui.errors import StudytuiError
from studytui.store.encoding import (
    instant,
    memory_from_json,
    memory_to_json,
    note_from_json,
    note_to_json,
)
from studytui.store.payload import mend_of, mend_to_json
from studytui.store.state import DayCount, MendRecord, NoteRecord, Place, State, TextRecord

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Cover:
    """How much of a journal file a state holds."""

    end: int
    """Bytes from the file's beginning."""
    seal: str
    """Fingerprint of the last bytes before `end`: the file is still the one that was read."""


class BrokenSnapshotError(Exception):
    """The file is not a snapshot."""


def dump(state: State, covers: Mapping[str, Cover]) -> bytes:
    """The snapshot's bytes: JSON, an entry a line, keys sorted."""
    horizon = state.horizon
    sections: dict[str, Any] = {
        "format": FORMAT,
        "about": "A cache of the journals. It can be deleted.",
        "covers": {name: [cover.end, cover.seal] for name, cover in covers.items()},
        "horizon": None if horizon is None else [instant(horizon[0]), horizon[1]],
        "weights": None if state.weights is None else list(state.weights),
        "disputed": state.disputed,
        "undone": sorted(state.undone),
        "notes": {
            name: {
                "note": note_to_json(record.note),
                "added": instant(record.added),
                "documents": list(record.documents),
            }
            for name, record in state.notes.items()
        },
        "memories": {card: memory_to_json(memory) for card, memory in state.memories.items()},
        "suspended": state.suspended,
        "buried": {card: day.isoformat() for card, day in state.buried.items()},
        "marks": state.marks,
        "segments": {
            name: {**mend_to_json(record.mend), "at": instant(record.at), "id": record.id}
            for name, record in state.segments.items()
        },
        "texts": {
            name: {"title": text.title, "name": text.name, "opened": instant(text.opened)}
            for name, text in state.texts.items()
        },
        "places": {
            name: [place.paragraph, place.offset, instant(place.at)] for name, place in state.places.items()
        },
        "days": {day.isoformat(): asdict(count) for day, count in state.days.items()},
    }
    text = ",\n".join(f"{_line(key)}: {_section(section)}" for key, section in sections.items())
    return f"{{\n{text}\n}}\n".encode("utf-8", "surrogatepass")


def _section(section: Any) -> str:
    # An entry a line reads and compares well, and the C encoder can do each (`indent` would forgo it).
    if isinstance(section, dict) and section:
        entries = ",\n".join(f"  {_line(key)}: {_line(section[key])}" for key in sorted(section))
        return f"{{\n{entries}\n}}"
    return _line(section)


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def load(content: bytes) -> tuple[State, dict[str, Cover]]:
    """The state and what it covers.

    Raises:
        BrokenSnapshotError: it is damaged.
        StudytuiError: it has a later format.
    """
    try:
        fields = json.loads(content)
        version = fields["format"]
        if type(version) is int and version > FORMAT:
            raise StudytuiError("state.json was written by a newer studytui: update studytui to open it")
        if version != FORMAT:
            raise BrokenSnapshotError("format")
        return _state(fields), {
            name: Cover(int(end), str(seal)) for name, (end, seal) in fields["covers"].items()
        }
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise BrokenSnapshotError(str(error)) from error


def _state(fields: Mapping[str, Any]) -> State:
    horizon, weights = fields["horizon"], fields["weights"]
    return State(
        notes={
            name: NoteRecord(
                note_from_json(record["note"]),
                datetime.fromisoformat(record["added"]),
                tuple(record["documents"]),
            )
            for name, record in fields["notes"].items()
        },
        memories={card: memory_from_json(memory) for card, memory in fields["memories"].items()},
        suspended=dict(fields["suspended"]),
        buried={card: date.fromisoformat(day) for card, day in fields["buried"].items()},
        marks=dict(fields["marks"]),
        segments={
            name: MendRecord(mend_of(record), datetime.fromisoformat(record["at"]), record["id"])
            for name, record in fields["segments"].items()
        },
        texts={
            name: TextRecord(name, text["title"], text["name"], datetime.fromisoformat(text["opened"]))
            for name, text in fields["texts"].items()
        },
        places={
            name: Place(paragraph, offset, datetime.fromisoformat(at))
            for name, (paragraph, offset, at) in fields["places"].items()
        },
        days={date.fromisoformat(day): DayCount(**count) for day, count in fields["days"].items()},
        weights=None if weights is None else tuple(weights),
        undone=set(fields["undone"]),
        disputed=bool(fields["disputed"]),
        horizon=None if horizon is None else (datetime.fromisoformat(horizon[0]), horizon[1]),
    )
