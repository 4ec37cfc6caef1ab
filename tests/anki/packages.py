"""Packages that Anki itself writes, for the tests of the import."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from anki.collection import Collection as AnkiCollection
from anki.collection import ExportAnkiPackageOptions

from studytui.anki.back import importing
from studytui.anki.back.survey import Survey
from studytui.store.collection import Collection
from studytui.text.lexicon.lexicon import Lexicon

FORMATS = ("legacy.apkg", "new.apkg", "legacy.colpkg", "new.colpkg")
"""Every kind of package that Anki writes today."""


def write(anki: AnkiCollection, folder: Path, name: str) -> Path:
    """What Anki exports, with scheduling, in the format that the name says."""
    path = folder / name
    legacy = name.startswith("legacy")
    if name.endswith(".colpkg"):
        anki.export_collection_package(str(path), include_media=False, legacy=legacy)
        anki.reopen()
    else:
        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=True, with_media=False, legacy=legacy
        )
        anki.export_anki_package(out_path=str(path), options=options, limit=None)
    return path


def add(anki: AnkiCollection, fields: Iterable[str], type_name: str = "Basic") -> Any:
    """A note, and its first card."""
    note = anki.new_note(anki.models.by_name(type_name))
    for place, content in enumerate(fields):
        note.fields[place] = content
    anki.add_note(note, 1)
    return note.cards()[0]


def schedule(
    anki: AnkiCollection, card: Any, *, interval: int = 0, stability: float | None = None, kind: int = 2
) -> None:
    """Makes a card one that was studied: its interval in days, its FSRS stability, its type."""
    data = "" if stability is None else json.dumps({"s": stability, "d": 5.0, "dr": 0.9})
    anki.db.execute(
        "update cards set type = ?, queue = ?, ivl = ?, due = 5, reps = 3, data = ? where id = ?",
        kind, 1 if kind in (1, 3) else kind, interval, data, card.id,
    )  # fmt: skip


def look(path: Path, collection: Collection | None = None, **options: Any) -> Survey:
    """The survey of a file."""
    with closing(Lexicon.open()) as lexicon:
        return importing.survey(
            str(path),
            lexicon=lexicon,
            mine=collection.notes() if collection else (),
            now=datetime.now(UTC),
            **options,
        )


def repack(source: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A copy of a zip file whose members were changed."""
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target


def edit_database(content: bytes, *statements: str) -> bytes:
    """A database in which statements were run."""
    with closing(sqlite3.connect(":memory:")) as connection:
        # In memory there is no write-ahead log, which the header may ask for.
        connection.deserialize(content[:18] + b"\1\1" + content[20:])
        connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        return connection.serialize()


def tables(package: Path) -> sqlite3.Connection:
    """The collection of a package that we have written."""
    with zipfile.ZipFile(package) as archive:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(archive.read("collection.anki2"))
        return connection
