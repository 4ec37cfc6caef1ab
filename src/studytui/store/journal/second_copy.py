"""What this machine wrote, kept a second time where it does not travel: in the state folder.

The data folder is copied from machine to machine, and a copy can put an older journal in the place of a newer
one. So each line of this machine is in two files. The journal is written first and the copy after it, and
both are on disk before anything is acknowledged. A crash between the two leaves a copy that is behind, which
is brought up in silence. So a journal that has less than its copy has lost something: the lines are put back.

A machine that had other names before keeps the copies of those journals, too.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from studytui.errors import StudytuiError
from studytui.store.files import content_of, failure, make_private, write_whole
from studytui.store.journal import journal
from studytui.store.journal.journal import Appender
from studytui.store.journal.line_set import is_event, missing, split, whole
from studytui.store.locations import Locations


@dataclass(frozen=True, slots=True)
class PutBack:
    """What a journal had lost and has again."""

    path: Path
    """The journal."""
    lines: int
    """How many lines were put back."""
    parted: bool
    """Whether it holds lines that this machine never wrote: another one writes under its name."""


class SecondCopy:
    """The second copies of the journals that this machine writes, or wrote under an earlier name."""

    def __init__(self, locations: Locations) -> None:
        self.locations = locations

    def lacks(self) -> bool:
        """Whether a journal may lack what this machine wrote, as far as sizes and last lines tell."""
        return any(not self._begins_with(self._journal_of(copy), copy) for copy in self._copies())

    def mend(self, own: Path, *, closely: bool = False) -> list[PutBack]:
        """Puts back what journals have lost, and brings up the copy of the own one; the caller has the turn.

        Args:
            own: the journal that this machine writes now.
            closely: whether to compare every line, where sizes and last lines are as they should be.

        Raises:
            StudytuiError: a file cannot be read or written.
        """
        done = []
        for copy in self._copies():
            path = self._journal_of(copy)
            if not (_has_all if closely else self._begins_with)(path, copy):
                here, kept = whole(content_of(path)), whole(content_of(copy))
                back = _lost(here, kept)
                if back:
                    Appender(path).append_lines(back)
                    parted = path == own and bool(_lost(kept, here))
                    done.append(PutBack(path, back.count(b"\n"), parted))
                if here + back != kept:
                    write_whole(copy, here + back)
        self.follow(own)
        return done

    def differs(self) -> list[Path]:
        """The journals that lack what this machine wrote, by every line.

        Raises:
            StudytuiError: a file cannot be read.
        """
        return [
            self._journal_of(copy)
            for copy in self._copies()
            if not _has_all(self._journal_of(copy), copy)
            and _lost(whole(content_of(self._journal_of(copy))), whole(content_of(copy)))
        ]

    def follow(self, path: Path) -> None:
        """Adds to the copy what was appended to a journal; the caller has the turn.

        Raises:
            StudytuiError: the copy cannot be written; it is as it was.
        """
        copy = self._copy_of(path)
        try:
            start = copy.stat().st_size if copy.exists() else 0
            if not path.exists() or path.stat().st_size == start:
                return
            with path.open("rb") as file:
                file.seek(start)
                lines = whole(file.read())
        except OSError as error:
            raise failure("read", path, error) from error
        if lines:
            Appender(copy).append_lines(lines, rest=True)

    def rewrite(self, path: Path, content: bytes) -> None:
        """Gives a journal another content; the caller has the turn.

        Without a copy in between, a crash leaves nothing that looks like a loss.

        Raises:
            StudytuiError: it cannot be written.
        """
        copy = self._copy_of(path)
        try:
            copy.unlink(missing_ok=True)
        except OSError as error:
            raise failure("write", copy, error) from error
        write_whole(path, content)
        self.follow(path)

    def require_home(self) -> None:
        """Refuses to begin anew where this machine has written before and nothing is left.

        Raises:
            StudytuiError: the data folder is gone, or empty.
        """
        data = self.locations.data
        try:
            if any(not path.name.startswith((".", "lost+found")) for path in data.iterdir()):
                return
        except FileNotFoundError:
            pass
        except OSError:
            return  # it is there; whoever reads it says what is wrong
        if self._copies():
            raise StudytuiError(
                f"your answers and texts in {data} are gone: mount its disk or put the folder back, or "
                "let `studytui check --repair` begin it anew with what this machine wrote"
            )

    def begin_anew(self) -> None:
        """Makes the data folder again if it is gone, so that what this machine wrote is put back into it.

        Raises:
            StudytuiError: it cannot be made.
        """
        try:
            self.require_home()
        except StudytuiError:
            make_private(self.locations.journal)

    def _copies(self) -> list[Path]:
        with suppress(StudytuiError, OSError):
            return [path for path in journal.files(self.locations.second_copy) if path.stat().st_size]
        return []

    def _journal_of(self, copy: Path) -> Path:
        return self.locations.journal / copy.name

    def _copy_of(self, path: Path) -> Path:
        return self.locations.second_copy / path.name

    def _begins_with(self, path: Path, copy: Path) -> bool:
        try:
            size = copy.stat().st_size
            return journal.holds(path, size, journal.seal(copy, size))
        except OSError as error:
            raise failure("read", copy, error) from error


_BLOCK = 1 << 20
"""Bytes that are read at a time."""

_ID = re.compile(rb'"id":"([0-9A-Z]{26})"')


def _lost(here: bytes, kept: bytes) -> bytes:
    """Events of `kept` that are not in `here`; what says another thing there was changed, not lost."""
    lines = missing(here, kept)
    if not lines:
        return b""
    ids = set(_ID.findall(here))
    return b"".join(line for line in split(lines) if ids.isdisjoint(_ID.findall(line)) and is_event(line))


def _has_all(path: Path, copy: Path) -> bool:
    """Whether a journal begins with all that its copy has, as it mostly does: told without holding both."""
    try:
        with path.open("rb") as here, copy.open("rb") as kept:
            while block := kept.read(_BLOCK):
                if here.read(len(block)) != block:
                    return False
    except FileNotFoundError:
        return False
    except OSError as error:
        raise failure("read", path, error) from error
    return True
