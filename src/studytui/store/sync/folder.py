"""The exchange through a plain folder: on a stick, on a network's share, or one that a program copies.

The folder holds `journal/` and `texts/`, as the data folder does. Nothing there is locked and nothing is
taken for whole: of what is being copied the whole lines count, what this machine sends is put in place at
once, and looked at again afterwards. If another machine wrote at the same time, one of the two finds lines
missing and adds them again; what none finds is sent with the next sync, since every machine keeps all.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from studytui.errors import StudytuiError, UsageError
from studytui.store import texts
from studytui.store.files import failure
from studytui.store.journal import journal
from studytui.store.journal.line_set import events_in, missing, whole
from studytui.store.sync.local_files import LocalFiles, can_be_a_file, read_lines
from studytui.store.sync.merge import grouped
from studytui.whole_file import replace_whole

_ATTEMPTS = 20
"""How often to meet another machine that wrote in between before giving up."""

_STALE = 86_400
"""Seconds after which a file that was not put in place is what a dead sync has left."""


def is_repository(place: Path) -> bool:
    """Whether a folder is a git repository, with files or bare: then it is a remote of git."""
    return (place / ".git").exists() or all((place / name).exists() for name in ("HEAD", "objects", "refs"))


class FolderExchange:
    """One run."""

    def __init__(self, files: LocalFiles, place: Path, clock: Callable[[], datetime]) -> None:
        self.files = files
        self.clock = clock
        self.place = place
        self.sent = 0
        """Lines that the folder did not have."""
        self.texts_sent = 0

    def run(self) -> None:
        """Exchanges what is here and what is in the folder.

        Raises:
            UsageError: it is the data folder itself.
            StudytuiError: a file here or there cannot be read or written; it has events of a later format.
        """
        data = self.files.locations.data.resolve()
        if self.place == data or data in self.place.parents:
            raise UsageError(f"{self.place} is where studytui keeps its own files: name another folder.")
        try:
            self._tidy()
            for _ in range(_ATTEMPTS):
                self._receive()
                if not self._send():
                    return
        except OSError as error:
            raise failure("exchange with", self.place, error) from error
        raise StudytuiError(f"other machines kept writing to {self.place}: try again")

    # From the folder

    def _receive(self) -> None:
        there = {path.name: path for path in journal.files(self.place / "journal")}
        self.files.take(
            {stem: read_lines([there[name] for name in names]) for stem, names in grouped(there).items()}
        )
        for name in texts.kept(self.place / "texts"):
            if self.files.lacks_text(name):
                content = texts.content(self.place / "texts", name)
                if content is not None:
                    self.files.take_text(name, content)

    # To the folder

    def _send(self) -> bool:
        """Puts there what is missing; whether anything was."""
        anything = False
        for stem, paths in self.files.journals().items():
            path = self.place / "journal" / f"{stem}.jsonl"
            if not can_be_a_file(path) or (path.exists() and journal.is_too_large(path)):
                self.files.warn(f"{path} cannot be a journal: what belongs into it was not sent")
                continue
            there = {each.name: each for each in journal.files(path.parent)}
            parts = [there[name] for name in grouped(there).get(stem, []) if name != path.name]
            raw = path.read_bytes() if path.exists() else b""
            theirs = whole(raw)
            lines = events_in(missing(theirs + read_lines(parts), read_lines(paths)))
            if lines:
                # A line that was cut off stays at the end, unless it is the beginning of one of these.
                torn = raw[len(theirs) :]
                begun = lines.startswith(torn) or b"\n" + torn in lines
                _put(path, theirs + lines + (b"" if begun else torn), self.place)
                self.sent += lines.count(b"\n")
                anything = True
        for name in self.files.texts():
            path = self.place / "texts" / name / "text.json"
            content = self.files.text(name)
            if not can_be_a_file(path) or (path.exists() and journal.is_too_large(path)):
                self.files.warn(f"{path} cannot be a file: that text was not sent")
            elif content is not None and not _is_whole(path, len(content)):
                _put(path, content, self.place)
                self.texts_sent += 1
                anything = True
        return anything

    def _tidy(self) -> None:
        """Removes what syncs have left that were ended in the middle."""
        for drafts in ("journal/.*.part", "texts/*/.*.part"):
            for draft in self.place.glob(drafts):
                with suppress(OSError):
                    if self.clock().timestamp() - draft.stat().st_mtime > _STALE:
                        draft.unlink()


def _is_whole(path: Path, size: int) -> bool:
    """Whether a text is there, of that many bytes or at least one that can be read."""
    try:
        if path.stat().st_size == size:
            return True
        json.loads(texts.content(path.parents[1], path.parent.name) or b"")
    except (OSError, ValueError, RecursionError):
        return False
    return True


def _put(path: Path, content: bytes, place: Path) -> None:
    """Puts a file in place at once, as open to others as the folder is that the learner chose."""
    mode = place.stat().st_mode
    for folder in reversed([each for each in path.parents if place in each.parents]):
        with suppress(FileExistsError):
            folder.mkdir()
            with suppress(OSError):
                folder.chmod(mode & 0o777)
    try:
        replace_whole(path, content)
    except OSError:
        # Not every share can make a folder's names last; what counts is what can be read there.
        if not path.is_file() or path.read_bytes() != content:
            raise
    with suppress(OSError):  # file systems without rights
        path.chmod(mode & 0o666)
