"""The journal: every act of the learner, one JSON object a line, appended and never changed.

A device writes one file, `<device>.jsonl`, and reads all that are in the folder. An event is a fact with a
name of its own, so that files may be copied, merged and doubled: see `studytui.store.state.fold`.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from array import array
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from msgspec import MsgspecError, Struct
from msgspec.json import Decoder

from studytui.errors import NewerFormatError, StudytuiError
from studytui.store.files import failure, make_private
from studytui.store.journal.event_lines import NotUnderstoodError, decode, decode_again, encode
from studytui.store.journal.events import Event
from studytui.whole_file import sync_folder

LARGEST = 1 << 30
"""Bytes that a file may have to be read: four million events, a hundred years of a hundred a day."""


class ReadLine(Struct, frozen=True, gc=False):
    """A line of a journal file that could be read."""

    event: Event
    start: int
    """Where it begins in the file, in bytes."""
    end: int
    """One past its line break."""


@dataclass(slots=True)
class Reading:
    """What a stretch of a journal file holds."""

    events: list[Event]
    """Of the lines that are events, in order."""
    starts: array[int]
    """Where each of those lines begins in the file, in bytes."""
    ends: array[int]
    """One past the line break of each."""
    foreign: list[int]
    """Where lines begin (in bytes) that are not events."""
    unknown: list[int]
    """Where events begin (in bytes) that say what cannot be."""
    end: int
    """One past the last whole line, in bytes."""
    torn: int = 0
    """How many bytes follow it that have no line break: a write that did not finish."""

    @property
    def lines(self) -> Iterator[ReadLine]:
        """The events with their places."""
        return map(ReadLine, self.events, self.starts, self.ends)


_BLOCK = 1 << 20
"""Bytes that are read at a time: years of lines side by side with their events take twice the memory."""


def read(path: Path, start: int = 0, end: int | None = None) -> Reading:
    """The events of a file from byte `start`, which must be a line's beginning, up to `end` or its end.

    Raises:
        NewerFormatError: a line has a later format.
        StudytuiError: the file cannot be read.
    """
    whole = _nothing(start)
    for part in stretches(path, start, end):
        whole.events += part.events
        whole.starts += part.starts
        whole.ends += part.ends
        whole.foreign += part.foreign
        whole.unknown += part.unknown
        whole.end, whole.torn = part.end, part.torn
    return whole


def stretches(path: Path, start: int = 0, end: int | None = None) -> Iterator[Reading]:
    """As `read`, some lines at a time: what is done with them need not hold years of them at once.

    The last one alone may be `torn`.
    """
    at = start
    for block in _blocks(path, start, end):
        reading = parse(block, at, path)
        at = reading.end
        yield reading


def _blocks(path: Path, start: int, end: int | None) -> Iterator[bytes]:
    """The lines of a stretch of a file, some at a time; the last block alone may end within a line."""
    left = sys.maxsize if end is None else end - start
    rest: list[bytes] = []
    try:
        with path.open("rb") as file:
            file.seek(start)
            while block := file.read(min(left, _BLOCK)):
                left -= len(block)
                cut = block.rfind(b"\n") + 1
                if cut:
                    yield b"".join([*rest, block[:cut]])
                    rest = []
                rest.append(block[cut:])
    except OSError as error:
        raise failure("read", path, error) from error
    if any(rest):
        yield b"".join(rest)


def parse(content: bytes, start: int, path: Path) -> Reading:
    """As `read`, for bytes that begin at `start` of the file `path`."""
    reading = _nothing(start)
    *whole, torn = content.split(b"\n")
    _take(reading, whole, path)
    reading.torn = len(torn)
    return reading


def _nothing(start: int) -> Reading:
    return Reading([], array("Q"), array("Q"), [], [], start)


def _take(reading: Reading, lines: list[bytes], path: Path) -> None:
    """Adds lines, without their line breaks, to what was read."""
    at = reading.end
    for line in lines:
        end = at + len(line) + 1
        try:
            event = decode(line)
        except NewerFormatError:
            raise NewerFormatError(
                f"{path} was written by a newer studytui than this one: update studytui to open it"
            ) from None
        except NotUnderstoodError:
            reading.unknown.append(at)
        except ValueError:
            if line.strip():
                reading.foreign.append(at)
        else:
            reading.events.append(event)
            reading.starts.append(at)
            reading.ends.append(end)
        at = end
    reading.end = at


def search(path: Path, end: int, needles: Iterable[bytes], start: int = 0) -> Iterator[Event]:
    """The events from byte `start` to `end` of a file whose lines hold one of the needles, or an escape.

    Much faster than reading them all, for a few needles; a line with a `\\u` or `\\/` may hide one.

    Raises:
        StudytuiError: the file cannot be read.
    """
    # Of one byte, and a rare one, all places are found in no time.
    wanted = (*needles, b"\\")
    for block in _blocks(path, start, end):
        yield from _with(block, wanted)


def _with(content: bytes, wanted: Iterable[bytes]) -> Iterator[Event]:
    """The events of the lines that hold one of these."""
    lines: set[tuple[int, int]] = set()
    for each in wanted:
        position = 0
        while (found := content.find(each, position)) >= 0:
            if each == b"\\" and content[found + 1 : found + 2] not in (b"u", b"/"):
                position = found + 2
                continue
            begin, position = content.rfind(b"\n", 0, found) + 1, content.find(b"\n", found) + 1
            lines.add((begin, position))
            if not position:
                break
    for begin, stop in sorted(lines):
        with suppress(ValueError):
            yield decode(content[begin : stop or len(content)])


class _Names(Struct, gc=False):
    """Of a line no more than what tells whether it is looked for."""

    id: str = ""
    card: str | None = None


_NAMES = Decoder(_Names)


def of_cards(path: Path, end: int, wanted: Container[str]) -> Iterator[Event]:
    """The events up to byte `end` of a file whose id or card is wanted, and all that speak of no card.

    Most lines are answers, and to decode one whole and check it takes seven times as long.

    Raises:
        StudytuiError: the file cannot be read.
    """
    for block in _blocks(path, 0, end):
        for line in block.split(b"\n"):
            try:
                names = _NAMES.decode(line)
                if names.card is not None and names.card not in wanted and names.id not in wanted:
                    continue
            except (MsgspecError, ValueError):
                pass  # msgspec does not take the name of a file that is not UTF-8
            with suppress(ValueError):
                yield decode(line)


def needle(text: str) -> bytes:
    """How a text stands in a line, unless with escapes."""
    return json.dumps(text, ensure_ascii=False)[1:-1].encode("utf-8", "surrogatepass")


_NEAR = 1 << 16
"""Bytes that are read where one line is wanted: of some cards at a time the next one is near."""


def lines_at(path: Path, starts: Iterable[int]) -> Iterator[Event]:
    """The events of the lines that begin at these bytes of a file, each of which was read before.

    Raises:
        StudytuiError: the file cannot be read.
    """
    try:
        with path.open("rb", buffering=_NEAR) as file:
            for start in starts:
                file.seek(start)
                try:
                    event = decode_again(file.readline())
                except ValueError:
                    continue
                yield event
    except OSError as error:
        raise failure("read", path, error) from error


_SEAL = 512
"""How many bytes before a place its seal is of: two or three lines."""


def seal(path: Path, end: int) -> str:
    """The fingerprint of the last bytes before `end`: whether a file is still the one that was read.

    Raises:
        StudytuiError: the file cannot be read.
    """
    start = max(0, end - _SEAL)
    try:
        with path.open("rb") as file:
            file.seek(start)
            content = file.read(end - start)
    except OSError as error:
        raise failure("read", path, error) from error
    return sha256(content).hexdigest()[:32]


def holds(path: Path, end: int, sealed: str) -> bool:
    """Whether a file still begins with what was read of it up to `end`, when its seal was this."""
    try:
        return path.stat().st_size >= end and seal(path, end) == sealed
    except (OSError, StudytuiError):
        return False


def files(folder: Path) -> tuple[Path, ...]:
    """The journal files of a folder, by name; none if the folder is not there. Too large ones are left out.

    Raises:
        StudytuiError: the folder cannot be read.
    """
    return tuple(path for path in _files(folder) if not is_too_large(path))


def too_large(folder: Path) -> tuple[Path, ...]:
    """The journal files of a folder that are not read, since nobody studies so much.

    Raises:
        StudytuiError: the folder cannot be read.
    """
    return tuple(path for path in _files(folder) if is_too_large(path))


def is_too_large(path: Path) -> bool:
    """Whether a file has more than a journal can: one with a hole in it may say that it has terabytes."""
    return path.stat().st_size > LARGEST


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".jsonl" and path.is_file())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise failure("read", folder, error) from error


class Appender:
    """Writes one device's file. The caller holds the lock."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, events: Sequence[Event]) -> tuple[int, int]:
        """Puts events at the end of the file, all or none, and returns when the disk has them.

        Returns:
            Where the new lines begin and end, in bytes.

        Raises:
            StudytuiError: the disk did not take them; the file is as it was.
        """
        return self.append_lines(b"".join(map(encode, events)))

    def append_lines(self, lines: bytes, rest: bool = False) -> tuple[int, int]:
        """As `append`, for lines that are encoded already.

        Args:
            lines: whole lines.
            rest: whether they begin with what is missing of a line that has not arrived whole.
        """
        make_private(self.path.parent)
        fresh = not self.path.exists()
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise failure("write", self.path, error) from error
        start: int | None = None
        try:
            start = os.fstat(descriptor).st_size
            if start + len(lines) > LARGEST:  # it would not be read
                raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
            torn = b"" if rest else _torn(descriptor, start)
            if torn:
                self._set_aside(torn)
                start -= len(torn)
                os.ftruncate(descriptor, start)
            _write(descriptor, lines)
            os.fsync(descriptor)
            if fresh:
                sync_folder(self.path.parent)
            end = os.fstat(descriptor).st_size
        except OSError as error:
            if start is not None:
                # What was not acknowledged must not be there, nor half of it.
                with suppress(OSError):
                    os.ftruncate(descriptor, start)
                    os.fsync(descriptor)
            raise failure("write", self.path, error) from error
        finally:
            os.close(descriptor)
        return start, end

    def take_back(self, start: int) -> None:
        """Cuts off what was appended from byte `start`, and was not acknowledged; if the disk lets it."""
        with suppress(OSError), self.path.open("r+b") as file:
            file.truncate(start)
            os.fsync(file.fileno())

    def _set_aside(self, torn: bytes) -> None:
        """Keeps a line that was cut off (by a crash, in the middle of a write) beside the journal."""
        with self.path.with_suffix(".torn").open("ab") as file:
            file.write(torn + b"\n")
            file.flush()
            os.fsync(file.fileno())


def _torn(descriptor: int, size: int) -> bytes:
    """The bytes after the last line break."""
    end, tail = size, b""
    while end > 0:
        start = max(0, end - 4096)
        tail = os.pread(descriptor, end - start, start) + tail
        cut = tail.rfind(b"\n")
        if cut >= 0:
            return tail[cut + 1 :]
        end = start
    return tail


def _write(descriptor: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]


def backwards(path: Path, block: int = 1 << 16, end: int | None = None) -> Iterator[Event]:
    """The events of a file up to byte `end`, the last first. Foreign lines and a torn end are passed over.

    Raises:
        StudytuiError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            end = size if end is None else min(size, end)
            rest = b""
            step = block
            whole = False  # what follows the last line break is torn
            while end > 0:
                start = max(0, end - step)
                file.seek(start)
                rest = file.read(end - start) + rest
                end = start
                head, *lines = rest.split(b"\n")
                # A line that is longer than a block is not to be copied again and again.
                step = block if lines else step * 2
                for line in reversed(lines if start else [head, *lines]):
                    if whole:
                        with suppress(ValueError):
                            yield decode(line)
                    whole = True
                rest = head
                if lines:
                    whole = True
    except FileNotFoundError:
        return
    except OSError as error:
        raise failure("read", path, error) from error
