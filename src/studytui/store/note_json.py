"""Notes and memories as JSON, for the journal and the snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from studytui.study.notes.card import Memory
from studytui.study.notes.note import Example, Note


def instant(at: datetime) -> str:
    """`2026-05-01T08:30:00.125Z`."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def note_to_json(note: Note) -> dict[str, Any]:
    """The note's fields by name."""
    fields: dict[str, Any] = {
        "headword": note.headword,
        "syllables": list(note.syllables),
        "traditional": note.traditional,
        "glosses": list(note.glosses),
        "hsk": note.hsk,
        "frequency": note.frequency,
        "kind": note.kind,
    }
    if note.example is not None:
        example = note.example
        fields["example"] = {
            "text": example.text,
            "start": example.start,
            "end": example.end,
            "document_id": example.document_id,
            "title": example.title,
        }
    return fields


def note_from_json(fields: Mapping[str, Any]) -> Note:
    """The note of `note_to_json`.

    Raises:
        ValueError: it is not one.
    """
    try:
        example = fields.get("example")
        frequency = fields.get("frequency")
        return Note(
            headword=_text(fields["headword"]),
            syllables=_texts(fields["syllables"]),
            traditional=_text(fields["traditional"]),
            glosses=_texts(fields["glosses"]),
            hsk=None if fields.get("hsk") is None else int(fields["hsk"]),
            frequency=None if frequency is None else float(frequency),
            kind=_text(fields.get("kind", "word")),
            example=None if example is None else _example(example),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a note: {error}") from None


def _example(fields: Mapping[str, Any]) -> Example:
    return Example(
        text=_text(fields["text"]),
        start=int(fields["start"]),
        end=int(fields["end"]),
        document_id=_text(fields["document_id"]),
        title=_text(fields["title"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return tuple(map(_text, value))


def memory_to_json(memory: Memory) -> dict[str, Any]:
    """The memory's fields by name. Floats keep every digit, so that a snapshot goes on as the fold would."""
    return {
        "phase": memory.phase,
        "step": memory.step,
        "stability": memory.stability,
        "difficulty": memory.difficulty,
        "due": instant(memory.due),
        "last_review": instant(memory.last_review),
        "reps": memory.reps,
        "lapses": memory.lapses,
        "day": None if memory.day is None else memory.day.isoformat(),
        "interval": memory.interval,
    }


def memory_from_json(fields: Mapping[str, Any]) -> Memory:
    """The memory of `memory_to_json`. Raises KeyError, TypeError or ValueError if it is not one."""
    day = fields["day"]
    return Memory(
        phase=fields["phase"],
        step=fields["step"],
        stability=fields["stability"],
        difficulty=fields["difficulty"],
        due=datetime.fromisoformat(fields["due"]),
        last_review=datetime.fromisoformat(fields["last_review"]),
        reps=fields["reps"],
        lapses=fields["lapses"],
        day=None if day is None else date.fromisoformat(day),
        interval=fields["interval"],
    )
