"""This machine's journals and texts, as those see them who exchange them with other machines.

A journal is a set of lines: nothing can conflict, and what is taken in is only what is not here yet. Lines
that are not events stay where they are, here and there: a damaged line that was repaired does not come back.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from studytui.errors import NewerFormatError, StudytuiError
from studytui.store import texts
from studytui.store.files import content_of
from studytui.store.journal import journal
from studytui.store.journal.event_lines import NotUnderstoodError, decode
from studytui.store.journal.journal import Appender
from studytui.store.journal.line_set import events_in, missing, split, whole
from studytui.store.journal.writer import Writer
from studytui.store.locations import Locations
from studytui.store.sync.merge import grouped

_NAME_MAX = 255
"""Bytes of a file's name, on nearly every file system."""


class LocalFiles:
    """What an exchange reads and writes here, and what it counts meanwhile."""

    def __init__(self, locations: Locations, clock: Callable[[], datetime], source: str) -> None:
        """`source` is where lines and texts come from, for sentences."""
        self.locations = locations
        self.source = source
        self.writer = Writer(locations, clock)
        self.received = 0
        """Lines that were not here."""
        self.texts_received = 0
        self.renamed: str | None = None
        """This machine's new name in the journal, if another one was found to write under the old one."""
        self.warnings: list[str] = []

    def journals(self) -> Mapping[str, list[Path]]:
        """The journal files here, by the name of the journal that they are parts of."""
        paths = {path.name: path for path in journal.files(self.locations.journal)}
        found = {stem: [paths.pop(name) for name in names] for stem, names in grouped(paths).items()}
        if paths:  # names that no repository should have
            found.setdefault("other", []).extend(paths.values())
        return found

    def lines(self, stem: str) -> bytes:
        """The whole lines of a journal here.

        Raises:
            StudytuiError: it cannot be read.
        """
        return read_lines(self.journals().get(stem, []))

    def warn(self, sentence: str) -> None:
        """Keeps a sentence for the learner, once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def take(self, arrived: Mapping[str, bytes]) -> None:
        """Appends to the journals here what others have and they have not.

        Args:
            arrived: whole lines as another machine has them, by the journal's name.

        Raises:
            StudytuiError: there are events of a later format; a file cannot be read or written.
        """
        wanted = {}
        for stem, there in arrived.items():
            if not (fresh := missing(self.lines(stem), there)):
                continue
            if not can_be_a_file(self.locations.journal / f"{stem}.jsonl"):
                self.warn(f"{stem[:60]}.jsonl cannot be a file here: what is in it is passed over")
            elif self._understood(fresh):
                wanted[stem] = there
        if not wanted:
            return
        with self.writer.turn() as own:
            for stem, there in wanted.items():
                self._append(stem, there, own)

    def _understood(self, lines: bytes) -> bool:
        """Whether there are events; later formats are refused: with them nothing could be opened."""
        found = False
        for line in split(lines):
            try:
                decode(line)
            except NewerFormatError:
                raise StudytuiError(
                    f"{self.source} has answers of a newer studytui: update studytui here, then sync. "
                    "Nothing was changed."
                ) from None
            except NotUnderstoodError:
                pass  # it is kept, and counts once a version makes sense of it
            except ValueError:
                continue
            found = True
        return found

    def _append(self, stem: str, there: bytes, own: Path) -> None:
        """Appends what is missing, with the lock held."""
        path = self.locations.journal / f"{stem}.jsonl"
        here = self.lines(stem)
        raw = content_of(path)
        fresh = missing(here, there)
        # A line that had arrived in part is completed: the file stays the other machine's, byte by byte.
        rest = whole(raw) == here and there.startswith(raw) and events_in(fresh) == fresh
        lines = there[len(raw) :] if rest else events_in(fresh)
        if not lines:
            return
        if path == own:
            parted = bool(events_in(missing(there, here)))
            self.writer.append_lines(path, lines, rest=rest)
            if parted:
                # Both went on from the same file: a copied machine. From here on each has its own.
                self.renamed = self.writer.rename()
        else:
            Appender(path).append_lines(lines, rest=rest)
        self.received += lines.count(b"\n")

    def lacks_text(self, name: str) -> bool:
        """Whether a text is not here, or damaged."""
        return not texts.is_kept(self.locations.texts, name)

    def take_text(self, name: str, content: bytes) -> None:
        """Puts a text here, if it is one.

        Raises:
            StudytuiError: it cannot be written.
        """
        self.texts_received += texts.take(self.locations.texts, name, content)

    def texts(self) -> tuple[str, ...]:
        """The ids of the texts that are here and sound.

        Raises:
            StudytuiError: the folder cannot be read.
        """
        folder = self.locations.texts
        return tuple(name for name in texts.kept(folder) if texts.is_kept(folder, name))

    def text(self, name: str) -> bytes | None:
        """A text's file; None if it is gone again."""
        return texts.content(self.locations.texts, name)


def read_lines(paths: list[Path]) -> bytes:
    """The whole lines of a journal's files.

    Raises:
        StudytuiError: one cannot be read.
    """
    return b"".join(whole(content_of(path)) for path in paths)


def can_be_a_file(path: Path) -> bool:
    """Whether a file is there or can be; a folder, a pipe or a link to nowhere may bear its name."""
    if len(os.fsencode(path.name)) > _NAME_MAX:
        return False
    return path.is_file() or not (path.exists() or path.is_symlink())
