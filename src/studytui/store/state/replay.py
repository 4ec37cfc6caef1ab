"""From the journal files to the state: first by the snapshot and what follows it, then as they grow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from studytui.store.files import failure, free_name, write_whole
from studytui.store.gc_pause import no_cycles
from studytui.store.journal import journal
from studytui.store.journal.events import WEIGHTS, Event, Redated, Reviewed, Subjects
from studytui.store.locations import Locations
from studytui.store.lock import locked
from studytui.store.state import snapshot
from studytui.store.state.event_sets import undone_by, weights_of
from studytui.store.state.fold import State
from studytui.store.state.journal_fold import JournalFold
from studytui.store.state.snapshot import BrokenSnapshotError, Cover
from studytui.store.state.undo_steps import UndoSteps

_SMALL = 3000
"""Up to so many cards and notes a snapshot is written in some tens of milliseconds."""

_WORTH = 1 << 16
"""Bytes of journals, some 300 answers, that are replayed about as fast as a large snapshot is written."""

_FEW = 24
"""So many names are looked for in the text of the journals; for more, every line is read."""

_PATIENCE = 2.0
"""Seconds to wait for a line that has no end yet."""


class History:
    """The state, kept in step with the journal files. Reads only, but for `save`."""

    def __init__(self, locations: Locations) -> None:
        self.locations = locations
        self.state = State()
        self.covers: dict[str, Cover] = {}
        self.saved: dict[str, Cover] = {}
        """What the snapshot on disk covers."""
        self.undo_steps = UndoSteps()
        """How the last acts are taken back without reading what went before them."""
        self.warnings: list[str] = []
        self.broken: Path | None = None
        """The snapshot, if it is damaged."""
        self.lost: str | None = None
        """A sentence about what the state held and the journals have not any more."""
        self._aside: Path | None = None
        """Where the snapshot on disk is put before another is written; None if it may be replaced."""

    @no_cycles()
    def load(self) -> None:
        """Reads the snapshot, and of the journals what it does not cover.

        Raises:
            StudytuiError: a file cannot be read, or is of a later format.
        """
        path = self.locations.snapshot
        try:
            content: bytes | None = path.read_bytes()
        except FileNotFoundError:
            content = None
        except OSError as error:
            raise failure("read", path, error) from error
        if content is not None:
            try:
                saved = snapshot.load(content)
                self.state, self.covers = saved.state, dict(saved.covers)
                self.saved = dict(self.covers)
                self.undo_steps = UndoSteps(saved.steps)
            except BrokenSnapshotError:
                self.broken = path
                self._aside = _beside(path, "broken")
                self.warnings.append(f"{path} was damaged and has been made again from the journals")
        self.refresh()

    def reload(self) -> None:
        """As `load`, from nothing."""
        self.state, self.covers, self.saved, self.undo_steps = State(), {}, {}, UndoSteps()
        self.broken = self._aside = self.lost = None
        self.warnings.clear()
        self.load()

    def refresh(self) -> Subjects | None:
        """Takes in what the files have that the state has not: of what it speaks; None if it may be anything.

        Raises:
            StudytuiError: a file cannot be read, or is of a later format.
        """
        paths = {path.name: path for path in journal.files(self.locations.journal)}
        changed = {
            name: cover
            for name, cover in self.covers.items()
            if name not in paths or not journal.holds(paths[name], cover.end, cover.seal)
        }
        if changed:
            before = self.state
            self.rebuild()
            if lost := _lost(changed, paths, before, self.state):
                self._tell_lost(lost)
            return None
        if not self.covers and paths:
            self.rebuild()  # all at once is a third of the work of one after the other
            return None
        events: list[Event] = []
        covers = dict(self.covers)
        for name, path in paths.items():
            start = covers[name].end if name in covers else 0
            if path.stat().st_size == start and name in covers:
                continue
            reading = self._read(path, start)
            self._tell(path, len(reading.foreign), reading.torn)
            events += reading.events
            if reading.end > start:
                covers[name] = Cover(reading.end, journal.seal(path, reading.end))
        return self._merge(events, covers)

    @no_cycles()
    def rebuild(self) -> None:
        """Folds all journals from their beginning."""
        self.state, self.covers, self.undo_steps = State(), {}, UndoSteps()
        folded = JournalFold()
        for path in journal.files(self.locations.journal):
            foreign = torn = end = 0
            for reading in self._stretches(path):
                folded.take(path, reading)
                foreign += len(reading.foreign)
                torn, end = reading.torn, reading.end
            self._tell(path, foreign, torn)
            if end:
                self.covers[path.name] = Cover(end, journal.seal(path, end))
        self.state = folded.state()

    def take(self, events: Iterable[Event], path: Path, start: int, end: int) -> Subjects | None:
        """As `refresh`, for what this process has just appended to `path`, from byte `start` to `end`."""
        cover = self.covers.get(path.name)
        if (cover.end if cover else 0) != start:
            return self.refresh()  # another session wrote in between
        return self._merge(list(events), {**self.covers, path.name: Cover(end, journal.seal(path, end))})

    def save(self) -> None:
        """Writes the snapshot if it would cover more than the one on disk, and is worth its time.

        A large one waits until `_WORTH` bytes have been written since: to replay those takes less. One that
        is damaged, or holds what the journals have lost, is not overwritten: it is put beside.

        Raises:
            StudytuiError: it cannot be written.
        """
        if self._aside is None and (self.covers == self.saved or not self._worth()):
            return
        if self._aside is not None:
            try:
                self.locations.snapshot.rename(free_name(self._aside))
            except FileNotFoundError:
                pass  # another session has done it
            except OSError as error:
                raise failure("set aside", self.locations.snapshot, error) from error
            self.broken = self._aside = None
        content = snapshot.dump(self.state, self.covers, self.undo_steps.kept())
        write_whole(self.locations.snapshot, content)
        self.saved = dict(self.covers)

    def _read(self, path: Path, start: int) -> journal.Reading:
        """Reads a file from byte `start`; a line that another session is writing is waited for."""
        reading = journal.read(path, start)
        if reading.torn and path == self.locations.own_journal:
            return read_in_turn(self.locations, path, start)
        return reading

    def _worth(self) -> bool:
        small = len(self.state.memories) + len(self.state.notes) < _SMALL
        if small or self.saved.keys() != self.covers.keys():
            return True
        return sum(abs(cover.end - self.saved[name].end) for name, cover in self.covers.items()) >= _WORTH

    def _tell_lost(self, names: list[str]) -> None:
        folder, snapshot_path = self.locations.journal, self.locations.snapshot
        kept = ""
        if snapshot_path.exists():
            self._aside = self._aside or _beside(snapshot_path, "before")
            kept = f"; what {snapshot_path.name} held is kept in {self._aside.name}"
        self.lost = (
            f"{' and '.join(names)} in {folder} held more than now{kept}: sync, or bring it back from "
            f"another machine or from {self.locations.backups}"
        )
        if self.lost not in self.warnings:
            self.warnings.append(self.lost)

    def _stretches(self, path: Path) -> Iterator[journal.Reading]:
        """A file from its beginning; a line that another session is writing is waited for."""
        torn = at = 0
        for reading in journal.stretches(path):
            torn, at = reading.torn, reading.end
            yield reading
        if torn and path == self.locations.own_journal:
            yield read_in_turn(self.locations, path, at)

    def _tell(self, path: Path, foreign: int, torn: int) -> None:
        for sentence in told(path, foreign, torn, own=path == self.locations.own_journal):
            if sentence not in self.warnings:
                self.warnings.append(sentence)

    def _merge(self, events: list[Event], covers: dict[str, Cover]) -> Subjects | None:
        """Takes in events that follow the covered ones; those that come late renew their subjects."""
        try:
            changed = self._changed_by(events)
        except (ArithmeticError, LookupError, ValueError):
            changed = None  # not to be taken in one after the other: see `State.refused`
        if changed is None:
            self.rebuild()
            return None
        self.covers = covers
        return changed

    def _changed_by(self, events: list[Event]) -> Subjects | None:
        """As `_merge`, for the state alone; None if all must be folded again."""
        state, horizon = self.state, self.state.horizon
        unique = {event.id: event for event in events}
        if len(unique) < len(events) and any(unique[event.id] != event for event in events):
            return None
        if any(isinstance(event, Redated) for event in events):
            return None
        undos = undone_by(events) - state.undone
        come = [state.dated(event) for event in unique.values()]
        late = [
            event for event in come if horizon is not None and (event.id <= horizon or self._belies(event))
        ]
        names = {event.id for event in late}
        fresh = [event for event in come if event.id not in names]
        undone = undos | state.undone
        adopted = [event for event in fresh if event.subject == WEIGHTS and event.id not in undone]
        if adopted and weights_of(adopted) != state.weights:
            return None
        changed: Subjects = set()
        past = undos - unique.keys()
        if horizon is not None and (late or past):
            steps = None if late else self.undo_steps.back(past)
            if steps is not None:
                for step in steps:
                    state.step_back(step)
                changed |= {step.about for step in steps}
            elif (renewed := self._renew(late, undos)) is not None:
                changed |= renewed
                self.undo_steps.forget(renewed)
            else:
                return None
        state.undone |= undos
        for event in sorted(fresh, key=lambda event: event.id):
            taken = state.extend(event)
            if taken is not None:
                changed.add(taken.about)
                self.undo_steps.add(taken)
        for event in come:
            state.seen(event.at)
        for event in late:
            state.horizon = max(event.id, state.horizon or "")
        return changed

    def _belies(self, event: Event) -> bool:
        """Whether an answer is earlier than one that it follows: a clock was wrong, or one came back."""
        memory = self.state.memories.get(event.card) if isinstance(event, Reviewed) else None
        return memory is not None and memory.last_review >= event.at

    def _renew(self, late: list[Event], undos: set[str]) -> Subjects | None:
        """Folds again the subjects of late events and of events that are now undone; None if that is all.

        Whether an event is in the state already is told by where it lies: in the covered part of a file.
        """
        if self.state.disputed:
            return None
        came = {event.id: (event, event.subject) for event in late}
        subjects = {about for _, about in came.values() if about is not None}
        past = {event.id: (event, event.subject) for event in self._covered(subjects, undos | came.keys())}
        if any(past.get(name, told) != told for name, told in came.items()):
            return None
        if any(isinstance(event, Redated) for event, _ in past.values()):
            return None
        more = {about for name in undos & past.keys() if (about := past[name][1]) is not None} - subjects
        subjects |= more
        before: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
        after: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
        # A doubled event is the same each time, or the state would be disputed.
        past |= {event.id: (event, event.subject) for event in self._covered(more, ())}
        for event, about in past.values():
            if about is not None and about in subjects and event.id not in self.state.undone:
                before[about].append(event)
                if event.id not in undos:
                    after[about].append(event)
        for event, about in came.values():
            new = event.id not in past and event.id not in self.state.undone and event.id not in undos
            if about is not None and new:
                after[about].append(event)
        # What was adopted before the weights that hold changes nothing; other weights change everything.
        if WEIGHTS in subjects and weights_of(after[WEIGHTS]) != self.state.weights:
            return None
        for about in subjects - {WEIGHTS}:
            self.state.renew(about, before[about], after[about])
        return subjects

    def _covered(self, subjects: Subjects, ids: Collection[str]) -> Iterator[Event]:
        """Of the events that the state holds, those with such a subject or id."""
        if not subjects and not ids:
            return
        few = len(subjects) + len(ids) <= _FEW
        needles = [journal.needle(name) for name in (*map(_written, subjects), *ids)]
        names = {name for kind, name in subjects if kind == "card"}.union(ids)
        for path in journal.files(self.locations.journal):
            cover = self.covers.get(path.name)
            if cover is None:
                continue
            if few:
                events = journal.search(path, cover.end, needles)
            else:
                events = journal.of_cards(path, cover.end, names)
            for event in events:
                if event.id in ids or event.subject in subjects:
                    yield self.state.dated(event)


def _written(about: tuple[str, str]) -> str:
    """What stands in every line that speaks of a subject: a note's line has its headword, not its id."""
    kind, name = about
    if kind == "segment":
        return name.partition("\t")[0]
    if kind == "note":
        return name.rpartition("/")[0]
    return name or "optimised"


def read_in_turn(locations: Locations, path: Path, start: int) -> journal.Reading:
    """As `journal.read`, while no other session of this machine writes; after some seconds all the same."""
    if locations.lock.exists():
        with suppress(OSError), locked(locations.lock, _PATIENCE):
            return journal.read(path, start)
    return journal.read(path, start)


def told(path: Path, foreign: int, torn: int, own: bool) -> list[str]:
    """What the learner should hear of a file with so many foreign lines, and bytes of one that was torn."""
    sentences = []
    if torn and not own:
        sentences.append(f"the last line of {path} has not arrived whole; it counts once the rest is here")
    elif torn:
        sentences.append(
            f"the last line of {path} was cut off before it was acknowledged; "
            "it is set aside and the rest is used"
        )
    if foreign:
        lines = "a line that is" if foreign == 1 else f"{foreign} lines that are"
        sentences.append(f"{path} has {lines} not an event; the rest is used (see `studytui check`)")
    return sentences


def _lost(changed: Mapping[str, Cover], paths: Mapping[str, Path], before: State, now: State) -> list[str]:
    """Of the files that are not what they were, those that cost something; none if all is still there.

    A file may be mended by its owner, or be a conflict's copy that was merged: then the state tells that
    nothing is missing. One that was replaced by another of its length or more has lost something only if
    there are fewer answers; more undone ones account for those.
    """
    short = [name for name, cover in changed.items() if name not in paths or _size(paths[name]) < cover.end]
    if short:
        return [] if now == before else short
    fewer = sum(
        max(0, day.answers - now.days[date].answers if date in now.days else day.answers)
        for date, day in before.days.items()
    )
    return list(changed) if fewer > len(now.undone - before.undone) else []


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0


def _beside(path: Path, why: str) -> Path:
    """A free name for a file that is put aside: when it was last changed, and why."""
    at = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return free_name(path.with_name(f"{path.name}.{why}-{at:%Y%m%dT%H%M%S}"))
