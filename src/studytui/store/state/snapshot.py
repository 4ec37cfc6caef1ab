"""state.json: the fold of the journals, with how far it covers them. A cache: it can be deleted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import msgspec

from studytui.errors import StudytuiError
from studytui.store.state.fold import State
from studytui.store.state.records import (
    DayCount,
    MendRecord,
    NoteRecord,
    PlacementAnswer,
    ReadingPlace,
    Step,
    TextRecord,
)
from studytui.study.notes.card import Memory
from studytui.study.vocabulary import Mark

FORMAT = 9
"""An older one is made again from the journals, as if it were not there; a newer one is refused."""


@dataclass(frozen=True, slots=True)
class Cover:
    """How much of a journal file a state holds."""

    end: int
    """Bytes from the file's beginning."""
    seal: str
    """Fingerprint of the last bytes before `end`: the file is still the one that was read."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a snapshot says."""

    state: State = field(default_factory=State)
    covers: Mapping[str, Cover] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    """The last acts that can be stepped back, the oldest first."""


class BrokenSnapshotError(Exception):
    """The file is not a snapshot."""


class _Content(msgspec.Struct):
    """The file. What msgspec checks while it reads need not be checked after it."""

    format: int
    about: str
    covers: dict[str, tuple[int, str]]
    horizon: str | None
    redated: dict[str, int]
    latest: datetime | None
    refused: set[str]
    weights: tuple[float, ...] | None
    disputed: bool
    undone: set[str]
    notes: dict[str, NoteRecord]
    memories: dict[str, Memory]
    suspended: dict[str, str]
    buried: dict[str, date]
    marks: dict[str, Mark]
    segments: dict[str, MendRecord]
    texts: dict[str, TextRecord]
    places: dict[str, ReadingPlace]
    days: dict[date, DayCount]
    placements: dict[str, PlacementAnswer]
    deleted: set[str]
    settings: dict[str, str]
    steps: tuple[Step, ...]


_ENCODER = msgspec.json.Encoder(order="deterministic")


def dump(state: State, covers: Mapping[str, Cover], steps: Iterable[Step] = ()) -> bytes:
    """The snapshot's bytes: JSON, an entry a line, keys sorted; floats keep every digit."""
    sections: dict[str, Any] = {
        "format": FORMAT,
        "about": "A cache of the journals. It can be deleted.",
        "covers": {name: (cover.end, cover.seal) for name, cover in covers.items()},
        "horizon": state.horizon,
        "redated": state.redated,
        "latest": state.latest,
        "refused": sorted(state.refused),
        "weights": state.weights,
        "disputed": state.disputed,
        "undone": sorted(state.undone),
        "notes": state.notes,
        "memories": state.memories,
        "suspended": state.suspended,
        "buried": state.buried,
        "marks": state.marks,
        "segments": state.segments,
        "texts": state.texts,
        "places": state.places,
        "days": {day.isoformat(): count for day, count in state.days.items()},
        "placements": state.placements,
        "deleted": sorted(state.deleted),
        "settings": state.settings,
        "steps": tuple(steps),
    }
    parts = [b"%s: %s" % (_line(key), _section(section)) for key, section in sections.items()]
    content = b"{\n%s" % b",\n".join(parts)
    return content + _END % _seal(content)


_BEGIN = b'{\n"format": %d,' % FORMAT

_END = b',\n"seal": "%s"\n}\n'


def _seal(content: bytes) -> bytes:
    """The fingerprint of all that stands before it: what was changed since is damaged."""
    return sha256(content).hexdigest()[:32].encode()


def _section(section: Any) -> bytes:
    if isinstance(section, dict) and section:
        entries = [b"  %s: %s" % (_line(key), _line(section[key])) for key in sorted(section)]
        return b"{\n%s\n}" % b",\n".join(entries)
    return _line(section)


def _line(value: Any) -> bytes:
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:  # the name of a file that is not UTF-8
        plain = msgspec.to_builtins(value, str_keys=True)
        return json.dumps(plain, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _version(content: bytes) -> int:
    """The format of a snapshot that is not of this one."""
    version = json.loads(content.decode("utf-8", "surrogatepass"))["format"]
    if type(version) is not int:
        raise TypeError("format")
    return version


def _content(content: bytes) -> _Content:
    try:
        return msgspec.json.decode(content, type=_Content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        plain = json.loads(content.decode("utf-8", "surrogatepass"))
        return msgspec.convert(plain, _Content, str_keys=True)


def _of_other_format(version: int) -> Saved:
    if version > FORMAT:
        raise StudytuiError("state.json was written by a newer studytui: update studytui to open it")
    if version == FORMAT or version < 1:
        raise BrokenSnapshotError("format")
    return Saved()


def load(content: bytes) -> Saved:
    """What a snapshot says; nothing if it has an older format.

    Raises:
        BrokenSnapshotError: it is damaged.
        StudytuiError: it has a later format.
    """
    try:
        if not content.startswith(_BEGIN):
            return _of_other_format(_version(content))
        body = content[: -len(_END % (b"0" * 32))]
        if content != body + _END % _seal(body):
            raise BrokenSnapshotError("seal")
        told = _content(content)
    except (msgspec.MsgspecError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise BrokenSnapshotError(str(error)) from error
    state = State(
        told.notes,
        told.memories,
        told.suspended,
        told.buried,
        told.marks,
        told.segments,
        told.texts,
        told.places,
        told.days,
        told.weights,
        told.undone,
        told.disputed,
        told.horizon,
        told.redated,
        told.latest,
        told.refused,
        told.placements,
        told.deleted,
        told.settings,
    )
    covers = {name: Cover(*cover) for name, cover in told.covers.items()}
    return Saved(state, covers, told.steps)
