"""`studytui sync`: journals and texts meet those of the learner's other machines in a git remote.

The learner's files are never git's to change. A bare repository beside them holds what was sent and
received; lines that it has and a journal has not are appended to that journal, and the other way round. A
journal is a set of lines: nothing can conflict, and a line that was seen anywhere is never lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from studytui.errors import StudytuiError
from studytui.store import texts
from studytui.store.files import failure, free_name, make_private
from studytui.store.journal import journal
from studytui.store.journal.events import NewerFormatError, decode
from studytui.store.journal.journal import Appender
from studytui.store.journal.line_set import missing, whole
from studytui.store.journal.writer import Writer
from studytui.store.locations import Locations
from studytui.store.sync.merge import blob_id, grouped, parts
from studytui.store.sync.repository import (
    MAIN,
    NOTHING,
    ORIGIN,
    BrokenRepositoryError,
    Commit,
    Repository,
    remembered,
)

_ATTEMPTS = 20
"""How often to meet another machine that pushed in between before giving up."""

_PATIENCE = 10.0
"""Seconds to wait for another sync of this machine."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did."""

    remote: str
    """Without a password."""
    received: int = 0
    """Lines that this machine did not have."""
    sent: int = 0
    """Lines that the remote did not have."""
    texts_received: int = 0
    texts_sent: int = 0
    renamed: str | None = None
    """This machine's new name in the journal, if another one was found to write under the old one."""


def sync(
    locations: Locations, clock: Callable[[], datetime], remote: str | None, setting: str | None
) -> Synced:
    """Exchanges what is here and what the remote has.

    Args:
        locations: of the learner's files.
        clock: for the commit's date.
        remote: a URL or path given now, to be remembered; None for the setting, or the one remembered.
        setting: `[sync] remote` of config.toml.

    Raises:
        UsageError: no remote was ever named.
        StudytuiError: git is not there, the remote cannot be reached or has what only a later version can
            read. What is here is committed, and goes with the next sync.
    """
    with _alone(locations):
        for again in (True, False):
            try:
                return _Exchange(locations, clock).run(remote, setting)
            except BrokenRepositoryError as error:
                if not again:
                    raise StudytuiError(f"git cannot work in {locations.sync}: {error}.") from None
                remote = remote or remembered(locations.sync)
                with suppress(OSError):
                    locations.sync.rename(free_name(locations.sync.with_name("sync.git.broken")))
    raise AssertionError


@contextmanager
def _alone(locations: Locations) -> Iterator[None]:
    from filelock import FileLock, Timeout

    make_private(locations.state)
    path = locations.sync.with_suffix(".lock")
    try:
        with FileLock(path, timeout=_PATIENCE, mode=0o600):
            yield
    except Timeout:
        raise StudytuiError("another `studytui sync` is under way: wait for it.") from None
    except OSError as error:
        raise failure("lock", path, error) from error


class _Exchange:
    """One run."""

    def __init__(self, locations: Locations, clock: Callable[[], datetime]) -> None:
        self.locations = locations
        self.clock = clock
        self.repository = Repository(locations.sync)
        self.writer = Writer(locations, clock)
        self.done = Synced("")

    def run(self, remote: str | None, setting: str | None) -> Synced:
        self.repository.prepare(remote, setting)
        self.done = Synced(self.repository.remote)
        for _ in range(_ATTEMPTS):
            offline = self.repository.fetch()
            head, origin = self.repository.commit_at(MAIN), self.repository.commit_at(ORIGIN)
            for commit in (head, origin):
                if commit is not None:
                    self._receive(commit)
            ours = self._commit(head, origin)
            if offline is not None:
                raise StudytuiError(
                    f"cannot reach {self.done.remote}: {offline}. "
                    "What is here is kept, and goes with the next `studytui sync`."
                )
            if ours is None or (origin is not None and ours == origin.name):
                return self._finished()
            if self.repository.push(ours):
                self._count_sent(origin)
                return self._finished()
        raise StudytuiError(f"other machines kept pushing to {self.done.remote}: try again.")

    def _journals(self) -> Mapping[str, list[Path]]:
        """The journal files here, by the name of the journal that they are parts of."""
        paths = {path.name: path for path in journal.files(self.locations.journal)}
        found = {stem: [paths.pop(name) for name in names] for stem, names in grouped(paths).items()}
        if paths:  # names that no repository should have
            found.setdefault("other", []).extend(paths.values())
        return found

    def _lines(self, paths: list[Path]) -> bytes:
        """The whole lines of a journal here."""
        contents = []
        for path in paths:
            try:
                contents.append(whole(path.read_bytes()))
            except FileNotFoundError:
                continue
            except OSError as error:
                raise failure("read", path, error) from error
        return b"".join(contents)

    def _finished(self) -> Synced:
        self.repository.tidy()
        return self.done

    # From the repository to the learner's files

    def _receive(self, commit: Commit) -> None:
        """Appends to the journals here what a commit has and they have not, and puts its texts here."""
        arrived: dict[str, bytes] = {}
        paths = self._journals()
        for stem, names in grouped(commit.journals).items():
            blobs = [commit.journals[name] for name in names]
            here = self._lines(paths.get(stem, []))
            if blobs == [blob_id(part) for part in parts(stem, here).values()]:
                continue
            there = self.repository.whole(blobs)
            if lines := missing(here, there):
                self._understand(lines)
                arrived[stem] = there
        if arrived:
            with self.writer.turn() as own:
                for stem, there in arrived.items():
                    self._append(stem, there, own)
        self._receive_texts(commit)

    def _understand(self, lines: bytes) -> None:
        """Refuses lines of a later format before anything is changed: with them nothing could be opened."""
        for line in lines.split(b"\n"):
            try:
                decode(line)
            except NewerFormatError:
                raise StudytuiError(
                    f"{self.done.remote} has answers of a newer studytui: update studytui here, "
                    "then sync. Nothing was changed."
                ) from None
            except ValueError:
                continue  # no event: it is kept, and passed over like any such line

    def _append(self, stem: str, there: bytes, own: Path) -> None:
        """Appends what is missing, with the lock held."""
        path = self.locations.journal / f"{stem}.jsonl"
        here = self._lines(self._journals().get(stem, []))
        try:
            raw = path.read_bytes() if path.exists() else b""
        except OSError as error:
            raise failure("read", path, error) from error
        # A line that had arrived in part is completed: the file stays the other machine's, byte by byte.
        rest = whole(raw) == here and there.startswith(raw)
        lines = there[len(raw) :] if rest else missing(here, there)
        if not lines:
            return
        if path == own:
            self.writer.append_lines(path, lines, rest=rest)
        else:
            Appender(path).append_lines(lines, rest=rest)
        self.done = replace(self.done, received=self.done.received + lines.count(b"\n"))
        if path == own and missing(there, here):
            # Both went on from the same file: a copied machine. From here on each has a file of its own.
            self.done = replace(self.done, renamed=self.writer.rename())

    def _receive_texts(self, commit: Commit) -> None:
        wanted = [name for name in commit.texts if not texts.is_kept(self.locations.texts, name)]
        for name, content in zip(
            wanted, self.repository.blobs([commit.texts[name] for name in wanted]), strict=True
        ):
            if texts.take(self.locations.texts, name, content):
                self.done = replace(self.done, texts_received=self.done.texts_received + 1)

    # From the learner's files to the repository

    def _commit(self, head: Commit | None, origin: Commit | None) -> str | None:
        """Commits what is here on top of what is there; None while there is nothing at all."""
        base = self._base(head, origin)
        known = base or NOTHING
        files, _ = self._changed(known)
        for name in texts.kept(self.locations.texts):
            if name not in known.texts:
                with suppress(FileNotFoundError):
                    content = (self.locations.texts / name / "text.json").read_bytes()
                    files[f"texts/{name}/text.json"] = content
        if not files:
            if base is not None and base is not head:
                self.repository.go_to(base.name)
            return base.name if base else None
        parents = [base.name] if base else []
        if (
            base is origin
            and head is not None
            and origin is not None
            and not self.repository.holds(origin, head)
        ):
            parents.append(head.name)
        device = (self.locations.own_journal or Path("new")).stem
        return self.repository.commit(files, parents, device, int(self.clock().timestamp()))

    def _count_sent(self, origin: Commit | None) -> None:
        """Counts what the remote did not have."""
        known = origin or NOTHING
        fresh = set(texts.kept(self.locations.texts)) - known.texts.keys()
        self.done = replace(self.done, sent=self._changed(known)[1], texts_sent=len(fresh))

    def _base(self, head: Commit | None, origin: Commit | None) -> Commit | None:
        """The commit to go on from: the remote's, unless ours has all of it."""
        if head is None or origin is None:
            return origin or head
        return head if self.repository.holds(head, origin) else origin

    def _changed(self, known: Commit) -> tuple[dict[str, bytes], int]:
        """The repository's journal files that must be written anew, and how many lines more are in them."""
        files: dict[str, bytes] = {}
        more = 0
        there = grouped(known.journals)
        for stem, paths in self._journals().items():
            here = self._lines(paths)
            names = there.get(stem, [])
            ours = {name: blob_id(part) for name, part in parts(stem, here).items()}
            if ours == {name: known.journals[name] for name in names}:
                continue
            theirs = self.repository.whole([known.journals[name] for name in names])
            lines = missing(theirs, here)
            if not lines:
                continue
            more += lines.count(b"\n")
            for name, part in parts(stem, theirs + lines).items():
                if known.journals.get(name) != blob_id(part):
                    files[f"journal/{name}"] = part
        return files, more
