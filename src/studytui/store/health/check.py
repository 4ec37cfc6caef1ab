"""Whether the learner's files are sound, and how to mend them without losing anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from studytui.errors import StudytuiError
from studytui.store.files import failure, write_whole
from studytui.store.health.backups import back_up
from studytui.store.journal import journal
from studytui.store.journal.imported_reviews import ANKI
from studytui.store.journal.journal import Event
from studytui.store.journal.payload import understood
from studytui.store.journal.second_copy import SecondCopy
from studytui.store.journal.writer import Writer
from studytui.store.locations import Locations
from studytui.store.state import snapshot
from studytui.store.state.due_table import WaitTable
from studytui.store.state.fold import fold
from studytui.store.state.replay import History
from studytui.store.state.snapshot import BrokenSnapshotError

FindingKind = Literal[
    "torn", "foreign", "unknown", "twice", "differs", "future", "backwards", "lost", "snapshot", "newer",
    "unreadable",
]  # fmt: skip

_FUTURE = timedelta(hours=26)
"""Beyond any time zone: the clock was wrong."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be."""

    kind: FindingKind
    file: Path
    line: int | None
    """Counted from 1; None if it is about the file."""
    sentence: str
    """What is wrong, and whether it matters."""
    mended: bool = False
    """Whether `repair` does something about it; the rest does no harm here and stays as it is."""


def check(locations: Locations, now: datetime) -> tuple[Finding, ...]:
    """Reads every journal whole, folds it, and compares that with the snapshot. Writes nothing."""
    findings: list[Finding] = []
    seen: dict[str, tuple[Path, Event]] = {}
    for path in journal.files(locations.journal):
        try:
            content = path.read_bytes()
            reading = journal.parse(content, 0, path)
        except OSError as error:
            findings.append(Finding("unreadable", path, None, str(failure("read", path, error))))
            continue
        except StudytuiError as error:
            findings.append(Finding("newer", path, None, str(error)))
            continue
        findings += _file(path, content, reading, seen, now, own=path == locations.own_journal)
    findings += _lost(locations)
    findings += _snapshot(locations)
    return tuple(findings)


def _lost(locations: Locations) -> Iterator[Finding]:
    """Compares the journals with the second copies of what this machine wrote, line by line."""
    try:
        for path in SecondCopy(locations).differs():
            sentence = f"{path.name} has lost lines that this machine wrote; they can be put back"
            yield Finding("lost", path, None, sentence, mended=True)
    except StudytuiError as error:
        yield Finding("unreadable", locations.second_copy, None, str(error))


def _file(
    path: Path,
    content: bytes,
    reading: journal.Reading,
    seen: dict[str, tuple[Path, Event]],
    now: datetime,
    own: bool,
) -> Iterator[Finding]:
    def found(kind: FindingKind, start: int, what: str, mended: bool = False) -> Finding:
        line = content.count(b"\n", 0, start) + 1
        return Finding(kind, path, line, f"{path.name}:{line} {what}", mended)

    # Another machine's file is left to that machine: two that write it would part it in two.
    if reading.torn and own:
        yield found("torn", reading.end, "was cut off; it never counted", mended=True)
    elif reading.torn:
        yield found("torn", reading.end, "has not arrived whole; it counts once the rest is here")
    for start in reading.foreign:
        yield found("foreign", start, "is not an event; it is passed over", mended=own)
    last: Event | None = None
    for entry in reading.lines:
        event, start = entry.event, entry.start
        if not understood(event):
            yield found("unknown", start, "does not say what it should; it counts for nothing")
        if event.at > now + _FUTURE:
            yield found("future", start, f"is dated {event.at:%Y-%m-%d}, in the future")
        behind = last is not None and event.at < last.at and event.device == last.device
        if behind and event.device != ANKI:  # whose reviews come when the learner brings them
            yield found("backwards", start, "is earlier than the line before it: the clock was put back")
        known = seen.setdefault(event.id, (path, event))
        if known[1] is not event and known[1] == event:
            yield found("twice", start, f"stands in {known[0].name} too; it counts once")
        elif known[1] is not event:
            yield found(
                "differs", start, f"has the id of another event in {known[0].name}; one of them counts"
            )
        last = event


def _snapshot(locations: Locations) -> Iterator[Finding]:
    """Compares the snapshot, brought up to date, with the fold of everything."""
    path = locations.snapshot
    if not path.exists():
        return
    try:
        history = History(locations)
        history.load()
        if history.broken is not None:
            yield Finding(
                "snapshot", path, None, f"{path.name} is damaged; it can be made again", mended=True
            )
            return
        if history.lost is not None:
            yield Finding("lost", path, None, history.lost)
        read = [journal.read(file) for file in journal.files(locations.journal)]
    except StudytuiError as error:
        yield Finding("newer", path, None, str(error))
        return
    except (OSError, BrokenSnapshotError) as error:
        yield Finding("snapshot", path, None, f"{path.name} cannot be read: {error}", mended=True)
        return
    whole = fold(event for reading in read for event in reading.events)
    ours = snapshot.dump(history.state, {}, (), history.waits.rows(history.state))
    if ours != snapshot.dump(whole, {}, (), WaitTable().rows(whole)):
        sentence = f"{path.name} is not what the journals say; it can be made again"
        yield Finding("snapshot", path, None, sentence, mended=True)


def repair(locations: Locations, now: datetime, writer: Writer) -> tuple[str, ...]:
    """After a backup, puts lines of the own journal that are not events beside it; makes the snapshot again.

    Raises:
        StudytuiError: a file is of a later format or cannot be written; what was not mended is as it was.
    """
    findings = check(locations, now)
    for finding in findings:
        if finding.kind in ("newer", "unreadable"):
            raise StudytuiError(finding.sentence)
    if not any(finding.mended for finding in findings):
        return ()
    done = [f"A copy of everything is in {back_up(locations, now)}."]
    with writer.turn(closely=True) as path:
        if any(finding.file == path and finding.mended for finding in findings):
            done.append(_set_aside(path, journal.read(path), writer))
        if any(finding.kind == "snapshot" for finding in findings):
            history = History(locations)
            history.rebuild()
            waits = history.waits.rows(history.state)
            write_whole(locations.snapshot, snapshot.dump(history.state, history.covers, (), waits))
            done.append(f"{locations.snapshot.name} was made again from the journals.")
    return tuple(done)


def _set_aside(path: Path, reading: journal.Reading, writer: Writer) -> str:
    content = path.read_bytes()
    aside = [content[start : content.index(b"\n", start) + 1] for start in reading.foreign]
    if reading.torn:
        aside.append(content[reading.end :] + b"\n")
    sidecar = path.with_suffix(".torn")
    before = sidecar.read_bytes() if sidecar.exists() else b""
    write_whole(sidecar, before + b"".join(aside))
    writer.rewrite(path, b"".join(content[line.start : line.end] for line in reading.lines))
    return f"{len(aside)} lines of {path.name} that are not events were put into {sidecar.name}."
