"""Where in a journal the lines are that speak of a subject, or that bear an id.

A late event, or an undo of something old, renews its subject from the subject's own events; to find those
must not cost as much as to read years of answers. So a journal that was looked into has an index in the cache
folder: one number for each subject and each id of a line, made of a hash and of the line's place, sorted. It
is kept in segments that follow one another, each as a file, and grows with the journal: a new segment takes
in those before it that are not twice its size. It is a cache. A segment whose seal is not that of the journal
any more is passed over, and whatever is found is read in the journal and looked at.
"""

from __future__ import annotations

import os
import sys
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from studytui.errors import StudytuiError
from studytui.store.files import make_private
from studytui.store.gc_pause import no_cycles
from studytui.store.journal import journal
from studytui.store.journal.journal import Event
from studytui.store.journal.payload import subject

_PLACE = 40
"""Bits of a number that say where a line begins; those above them are a hash."""

_PLACES, _HASH = (1 << _PLACE) - 1, (1 << 24) - 1

_BLOCK = 1 << 24
"""Bytes of a journal that are read at a time."""

_FEW = 24
"""So many names are looked for in the text of a journal, if much of it has no index yet."""

_MUCH = 1 << 20
"""Bytes that take longer to index than to look through for a few names."""


@dataclass(frozen=True, slots=True)
class _Segment:
    """The index of a stretch of a journal."""

    start: int
    """In bytes of the journal."""
    end: int
    seal: str
    """Of the journal before `end`."""
    numbers: array[int]

    @property
    def name(self) -> str:
        """Of its file."""
        return f"{self.start:x}-{self.end:x}-{self.seal}"


class LineIndex:
    """The index of one journal file."""

    def __init__(self, path: Path, cache: Path) -> None:
        """Of the journal `path`; `cache` is the learner's folder for what can be made again."""
        self._path = path
        self._folder = cache / "lines" / path.name
        self._segments: list[_Segment] = []

    def events(
        self, subjects: Collection[tuple[str, str]], ids: Collection[str], end: int
    ) -> Iterator[tuple[Event, tuple[str, str] | None]]:
        """The events in the first `end` bytes that speak of one of the subjects, or have one of the ids.

        Each comes with its subject.

        Raises:
            StudytuiError: the journal cannot be read.
        """
        self._open(end)
        known = self._segments[-1].end if self._segments else 0
        few = end - known > _MUCH and len(subjects) + len(ids) <= _FEW
        if not few:
            self._grow(known, end)
        names = {*map(_subject_hash, subjects), *map(_hash, ids)}
        starts = sorted({at for segment in self._segments for at in _places(segment, names) if at < end})
        yield from _chosen(journal.lines_at(self._path, starts), subjects, ids)
        if few:
            needles = map(journal.needle, (*map(_written, subjects), *ids))
            yield from _chosen(journal.search(self._path, end, needles, known), subjects, ids)

    def _open(self, end: int) -> None:
        """Takes the segments on disk, unless those in hand are still of this journal."""
        if self._segments and self._holds(self._segments[-1]):
            return
        self._segments = []
        found: dict[int, list[tuple[int, str]]] = {}
        with suppress(OSError):
            for path in self._folder.iterdir():
                with suppress(ValueError):  # a draft
                    begin, until, sealed = path.name.split("-")
                    found.setdefault(int(begin, 16), []).append((int(until, 16), sealed))
        at = 0
        while at < end:
            for stop, sealed in sorted(found.get(at, []), reverse=True):
                segment = self._read(at, stop, sealed)
                if stop > at and segment is not None and self._holds(segment):
                    self._segments.append(segment)
                    at = stop
                    break
            else:
                return

    def _holds(self, segment: _Segment) -> bool:
        return journal.holds(self._path, segment.end, segment.seal)

    def _read(self, start: int, end: int, sealed: str) -> _Segment | None:
        segment = _Segment(start, end, sealed, array("Q"))
        try:
            content = (self._folder / segment.name).read_bytes()
            segment.numbers.frombytes(content[:-4])
        except (OSError, ValueError):
            return None
        if crc32(content[:-4]).to_bytes(4) != content[-4:]:
            return None
        if sys.byteorder == "big":
            segment.numbers.byteswap()
        return segment

    @no_cycles()
    def _grow(self, start: int, end: int) -> None:
        """Indexes what was written since."""
        numbers: list[int] = []
        at, block = start, _BLOCK
        while at < end:
            reading = journal.read(self._path, at, min(end, at + block))
            for event, place in zip(reading.events, reading.starts, strict=True):
                numbers.append(_hash(event.id) << _PLACE | place)
                if (about := subject(event)) is not None:
                    numbers.append(_subject_hash(about) << _PLACE | place)
            if reading.end == at:  # a line that is longer than that
                if at + block >= end:
                    break
                block *= 2
            at = reading.end
        if at == start:
            return
        while self._segments and len(self._segments[-1].numbers) <= 2 * len(numbers):
            before = self._segments.pop()
            start, numbers = before.start, [*before.numbers, *numbers]
        numbers.sort()
        self._segments.append(_Segment(start, at, journal.seal(self._path, at), array("Q", numbers)))
        self._keep()

    def _keep(self) -> None:
        """Puts the last segment on disk, and takes away what is not of use any more."""
        segment = self._segments[-1]
        numbers = segment.numbers
        if sys.byteorder == "big":
            numbers = array("Q", numbers)
            numbers.byteswap()
        with suppress(OSError, StudytuiError):  # then it is made again the next time
            make_private(self._folder)
            draft = self._folder / f".{segment.name}.{os.getpid()}"
            content = numbers.tobytes()
            draft.write_bytes(content + crc32(content).to_bytes(4))
            draft.replace(self._folder / segment.name)
            names = {each.name for each in self._segments}
            for path in self._folder.iterdir():
                if path.name not in names:
                    path.unlink(missing_ok=True)


def _places(segment: _Segment, names: Iterable[int]) -> Iterator[int]:
    numbers = segment.numbers
    for name in names:
        at = bisect_left(numbers, name << _PLACE)
        while at < len(numbers) and numbers[at] >> _PLACE == name:
            yield numbers[at] & _PLACES
            at += 1


def _hash(name: str) -> int:
    return crc32(name.encode("utf-8", "surrogatepass")) & _HASH


def _subject_hash(about: tuple[str, str]) -> int:
    return _hash("\t".join(about))


def _chosen(
    events: Iterable[Event], subjects: Collection[tuple[str, str]], ids: Collection[str]
) -> Iterator[tuple[Event, tuple[str, str] | None]]:
    """Those that are meant, with their subjects: a hash, or a name in a line, may be another's."""
    for event in events:
        about = subject(event)
        if event.id in ids or about in subjects:
            yield event, about


def _written(about: tuple[str, str]) -> str:
    """What stands in every line that speaks of a subject: a note's line has its headword, not its id."""
    kind, name = about
    if kind == "segment":
        return name.partition("\t")[0]
    return name.rpartition("/")[0] if kind == "note" else name
