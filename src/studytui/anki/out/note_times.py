"""When each exported note last changed: Anki takes an update only if it is newer than what it has.

A clock alone would make every export look new, and differ in its bytes; the ledger keeps a note's time as
long as its content stays the same. It can be deleted: then notes count as changed when they were last edited.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Final

from studytui.anki.out import write_file
from studytui.anki.out.fields import AnkiNote
from studytui.errors import StudytuiError

_VERSION: Final = 1

_END: Final = 1 << 34
"""Seconds since 1970: the year 2514."""


class Ledger:
    """A memory of contents and times, by Anki's guid."""

    def __init__(self, entries: dict[str, tuple[str, int]] | None = None) -> None:
        self._entries = entries or {}

    @classmethod
    def read(cls, path: Path) -> Ledger:
        """The ledger in a file; an empty one if it is not there or cannot be understood."""
        try:
            found = json.loads(path.read_bytes())
            if found["version"] != _VERSION:
                return cls()
            entries = {
                str(guid): (str(digest), int(stamp)) for guid, (digest, stamp) in found["notes"].items()
            }
        except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
            return cls()
        # Seconds that no clock has shown would be for ever: an update would never look newer.
        return cls({guid: entry for guid, entry in entries.items() if 0 <= entry[1] < _END})

    def write(self, path: Path) -> None:
        """Keeps it in a file, whose folder is made, if that can be done.

        The export stands without it: the next one merely counts every note as changed.
        """
        with suppress(OSError, StudytuiError):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file.write(path, json.dumps({"version": _VERSION, "notes": self._entries}).encode())

    def stamp(self, notes: Iterable[AnkiNote], at: int, edited: Mapping[str, datetime]) -> list[int]:
        """When each note last changed, in seconds since 1970: `at` for those that differ now.

        One that was not exported here before was changed when it was last edited, by note id: another machine
        may have exported it, and the learner may have written on it in Anki since. A note that differs gets a
        later time than it had, even if the clock was set back.
        """
        return [self._stamp(note, at, edited.get(note.note_id)) for note in notes]

    def _stamp(self, note: AnkiNote, at: int, edited: datetime | None) -> int:
        content = f"{note.content}\x1f{' '.join(note.tags)}".encode()
        digest = blake2b(content, digest_size=12).hexdigest()
        known = self._entries.get(note.guid)
        if known and known[0] == digest:
            return known[1]
        first = at if edited is None else int(edited.timestamp())
        stamp = max(at, known[1] + 1) if known else first
        self._entries[note.guid] = (digest, stamp)
        return stamp
