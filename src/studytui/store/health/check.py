"""Whether the learner's files are sound, and how to mend them without losing anything."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from studytui.errors import NewerFormatError, StudytuiError
from studytui.store import texts
from studytui.store.files import write_whole
from studytui.store.health.backups import back_up
from studytui.store.health.findings import Fault, Faults, Finding
from studytui.store.health.future_dates import FUTURE, is_most, redating
from studytui.store.journal import journal
from studytui.store.journal.events import Event, Redated, Undone
from studytui.store.journal.imported_reviews import ANKI
from studytui.store.journal.second_copy import SecondCopy
from studytui.store.journal.writer import Writer
from studytui.store.locations import Locations
from studytui.store.state import snapshot
from studytui.store.state.event_sets import redated, undone_by
from studytui.store.state.fold import State
from studytui.store.state.journal_fold import JournalFold
from studytui.store.state.replay import History, read_in_turn
from studytui.store.state.snapshot import BrokenSnapshotError

_BEHIND = timedelta(seconds=2)
"""A clock that goes back by less is one that is being set right."""

_START, _NUMBER = (1 << 40) - 1, (1 << 24) - 1
"""Bits of a line's name in `_doubles`: where it begins in its file, and the file's number."""

# Another machine's file is left to that machine: two that write it would part it in two.
_TORN = Fault("torn", "was cut off; it never counted", "", mended=True)
_ARRIVING = Fault("torn", "has not arrived whole; it counts once the rest is here", "", matters=False)
_UNKNOWN = Fault(
    "unknown",
    "does not say what it should; it counts for nothing",
    "do not say what they should; they count for nothing",
)
_LATER = Fault("future", "is dated in the future", "are dated in the future", mended=True)
_BACKWARDS = Fault(
    "backwards",
    "is earlier than the line before it: the clock was put back",
    "are earlier than the lines before them: the clock was put back",
    matters=False,
)


def _foreign(own: bool) -> Fault:
    said = ("is not an event; it is passed over", "are not events; they are passed over")
    return Fault("foreign", *said, mended=own)


def _twice(name: str) -> Fault:
    said = (f"stands in {name} too; it counts once", f"stand in {name} too; they count once")
    return Fault("twice", *said, matters=False)


def _differs(name: str) -> Fault:
    return Fault(
        "differs",
        f"has the id of another event in {name}; one of them counts",
        f"have the ids of other events in {name}; one of each two counts",
    )


def check(locations: Locations, now: datetime) -> tuple[Finding, ...]:
    """Reads every journal whole, folds it, and compares that with the snapshot. Writes nothing.

    Other sessions may write meanwhile: the snapshot is compared with what it covered when this began.
    """
    findings: list[Finding] = []
    for path in journal.too_large(locations.journal):
        sentence = f"{path.name} is larger than a journal can be: nothing in it counts; move it elsewhere"
        findings.append(Finding("unreadable", path, None, sentence))
    files: dict[int, Faults] = {}
    named: list[int] = []
    dates = State(redated=_redated(locations))
    for number, path in enumerate(journal.files(locations.journal)):
        faults, before = Faults(path), len(named)
        try:
            _lines(locations, faults, dates, now, number, named)
        except StudytuiError as error:
            del named[before:]
            findings.append(_closed(path, error))
        else:
            files[number] = faults
    _doubles(files, named)
    named.clear()
    for faults in files.values():
        findings += faults.findings()
    return (*findings, *_lost(locations), *_texts(locations), *_snapshot(locations))


def _texts(locations: Locations) -> Iterator[Finding]:
    """Reads each text that is kept."""
    try:
        for name in texts.kept(locations.texts):
            try:
                texts.read_text(locations.texts, name)
            except StudytuiError as error:
                yield Finding("text", locations.texts / name / "text.json", None, str(error))
    except StudytuiError as error:
        yield Finding("unreadable", locations.texts, None, str(error))


def _lost(locations: Locations) -> Iterator[Finding]:
    """Compares the journals with the second copies of what this machine wrote, line by line."""
    try:
        for path in SecondCopy(locations).differs():
            sentence = f"{path.name} has lost lines that this machine wrote; they can be put back"
            yield Finding("lost", path, None, sentence, mended=True)
    except StudytuiError as error:
        yield Finding("unreadable", locations.second_copy, None, str(error))


def _closed(path: Path, error: StudytuiError) -> Finding:
    """What stops the program from reading a file."""
    return Finding("newer" if isinstance(error, NewerFormatError) else "unreadable", path, None, str(error))


def _redated(locations: Locations) -> dict[str, int]:
    """See `State.redated`, without reading all that the journals say."""

    def found(word: bytes) -> list[Event]:
        events: list[Event] = []
        for path in journal.files(locations.journal):
            with suppress(StudytuiError):  # which is found elsewhere
                events += journal.search(path, path.stat().st_size, (word,))
        return events

    if not (redates := [event for event in found(b'"redate"') if isinstance(event, Redated)]):
        return {}
    return redated(redates, undone_by(found(b'"undo"')))


def _lines(
    locations: Locations, faults: Faults, dates: State, now: datetime, number: int, named: list[int]
) -> None:
    """Looks at each line of a file; adds to `named`, for each event, its id, the file's number, its place.

    Raises:
        NewerFormatError: a line has a later format.
        StudytuiError: the file cannot be read.
    """
    path = faults.path
    own = path == locations.own_journal
    last: Event | None = None
    for reading in journal.stretches(path):
        for start in reading.foreign:
            faults.add(_foreign(own), start)
        for start in reading.unknown:
            faults.add(_UNKNOWN, start)
        for event, start in zip(reading.events, reading.starts, strict=True):
            if not isinstance(event, Undone | Redated) and dates.dated(event).at > now + FUTURE:
                faults.add(_LATER, start)
            behind = last is not None and event.at < last.at - _BEHIND and event.device == last.device
            if behind and event.device != ANKI:  # whose reviews come when the learner brings them
                faults.add(_BACKWARDS, start)
            named.append(int.from_bytes(event.id.encode()) << 64 | number << 40 | start)
            last = event
        if reading.torn and own:  # perhaps by a session that is just writing it
            reading = read_in_turn(locations, path, reading.end)
        if reading.torn:
            faults.add(_TORN if own else _ARRIVING, reading.end)


def _doubles(files: Mapping[int, Faults], named: list[int]) -> None:
    """Finds the events of one id: in order they are neighbours.

    Raises:
        StudytuiError: a file cannot be read.
    """
    named.sort()
    pairs: defaultdict[tuple[int, int], array[int]] = defaultdict(lambda: array("Q"))
    first = -1
    for each in named:
        if each >> 64 != first >> 64:
            first = each
        else:
            of_first, of_other = first >> 40 & _NUMBER, each >> 40 & _NUMBER
            pairs[of_first, of_other].extend((first & _START, each & _START))
    for (one, other), starts in pairs.items():
        path, faults = files[one].path, files[other]
        firsts, others = journal.lines_at(path, starts[::2]), journal.lines_at(faults.path, starts[1::2])
        for first_event, event, start in zip(firsts, others, starts[1::2], strict=True):
            faults.add(_twice(path.name) if event == first_event else _differs(path.name), start)


def _snapshot(locations: Locations) -> Iterator[Finding]:
    """Compares the snapshot, brought up to date, with the fold of everything that it covers."""
    path = locations.snapshot
    if not path.exists():
        return
    try:
        history = History(locations)
        history.load()
        if history.broken is not None:
            sentence = f"{path.name} is damaged; it can be made again"
            yield Finding("snapshot", path, None, sentence, mended=True)
            return
        if history.lost is not None:
            yield Finding("lost", path, None, history.lost)
        if history.state.refused:
            count = len(history.state.refused)
            what = "a card" if count == 1 else f"{count:,} cards"
            sentence = f"the answers to {what} count for nothing: no schedule can follow from them"
            yield Finding("unknown", locations.journal, None, sentence)
        saved = _told(history.state)
        history.state = State()  # not two of them at a time
        folded = JournalFold()
        for file in journal.files(locations.journal):
            cover = history.covers.get(file.name)
            for reading in journal.stretches(file, 0, cover.end) if cover else ():
                folded.take(file, reading)
        whole = _told(folded.state())
    except StudytuiError as error:
        yield _closed(path, error)
        return
    except (OSError, BrokenSnapshotError) as error:
        yield Finding("snapshot", path, None, f"{path.name} cannot be read: {error}", mended=True)
        return
    if saved != whole:
        sentence = f"{path.name} is not what the journals say; it can be made again"
        yield Finding("snapshot", path, None, sentence, mended=True)


def _told(state: State) -> bytes:
    """The same for equal states, and for no others."""
    return sha256(snapshot.dump(state, {})).digest()


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
        if any(finding.file == path and finding.kind in ("torn", "foreign") for finding in findings):
            done.append(_set_aside(path, journal.read(path), writer))
        if any(finding.kind == "snapshot" for finding in findings):
            history = History(locations)
            history.rebuild()
            write_whole(locations.snapshot, snapshot.dump(history.state, history.covers))
            done.append(f"{locations.snapshot.name} was made again from the journals.")
    if any(finding.kind == "future" for finding in findings):
        done.append(_redate(locations, now, writer))
    return tuple(done)


def _redate(locations: Locations, now: datetime, writer: Writer) -> str:
    history = History(locations)
    history.load()
    said = redating(locations, history.state, now)
    if is_most(locations, len(said)):
        return (
            f"Most of what you did is dated after {now:%Y-%m-%d}: this computer's clock is wrong. Set it "
            "right; no date was changed."
        )
    writer.write(said, history.state.horizon)
    return f"{len(said):,} answers and other acts that were dated in the future have dates before today's."


def _set_aside(path: Path, reading: journal.Reading, writer: Writer) -> str:
    content = path.read_bytes()
    aside = [content[start : content.index(b"\n", start) + 1] for start in reading.foreign]
    if reading.torn:
        aside.append(content[reading.end :] + b"\n")
    sidecar = path.with_suffix(".torn")
    before = sidecar.read_bytes() if sidecar.exists() else b""
    write_whole(sidecar, before + b"".join(aside))
    kept, at = [], 0  # whatever is an event, also one that is not understood: a later version may
    for start, line in zip(reading.foreign, aside, strict=False):
        kept.append(content[at:start])
        at = start + len(line)
    writer.rewrite(path, b"".join((*kept, content[at : reading.end])))
    return f"{len(aside)} lines of {path.name} that are not events were put into {sidecar.name}."
