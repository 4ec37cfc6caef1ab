"""The exchange through a git remote.

The learner's files are never git's to change. A bare repository beside them holds what was sent and
received; lines that it has and a journal has not are appended to that journal, and the other way round. A
line that was seen anywhere is never lost.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from studytui.errors import StudytuiError
from studytui.store.journal.line_set import events_in, missing
from studytui.store.sync.git import without_secrets
from studytui.store.sync.local_files import LocalFiles, read_lines
from studytui.store.sync.merge import blob_id, grouped, parts
from studytui.store.sync.repository import MAIN, NOTHING, ORIGIN, Commit, Repository, remember, remembered

_ATTEMPTS = 20
"""How often to meet another machine that pushed in between before giving up."""


class GitExchange:
    """One run."""

    def __init__(self, files: LocalFiles, clock: Callable[[], datetime]) -> None:
        self.files = files
        self.clock = clock
        self.repository = Repository(files.locations.sync)
        self.sent = 0
        """Lines that the remote did not have."""
        self.texts_sent = 0

    def run(self, address: str) -> None:
        """Exchanges what is here and what the remote at `address` has.

        Raises:
            BrokenRepositoryError: the repository beside the learner's files is damaged.
            StudytuiError: the remote cannot be reached, or refuses; a file cannot be read or written.
        """
        locations = self.files.locations
        self.repository.prepare(address)
        self.files.source = self.repository.remote
        for _ in range(_ATTEMPTS):
            offline = self.repository.fetch()
            remember(locations, address, reached=offline is None)
            head, origin = self.repository.commit_at(MAIN), self.repository.commit_at(ORIGIN)
            for commit in (head, origin):
                if commit is not None:
                    self._receive(commit)
            ours = self._commit(head, origin)
            if offline is not None:
                before = remembered(locations)
                where = (
                    "" if before in (None, address) else f" That goes to {without_secrets(before)} as before."
                )
                raise StudytuiError(
                    f"cannot reach {self.repository.remote}: {offline}. "
                    f"What is here is kept, and goes with the next `studytui sync`.{where}"
                )
            if ours is None or (origin is not None and ours == origin.name):
                break
            if self.repository.push(ours):
                self._count_sent(origin)
                break
        else:
            raise StudytuiError(f"other machines kept pushing to {self.repository.remote}: try again.")
        self.repository.tidy()

    # From the repository to the learner's files

    def _receive(self, commit: Commit) -> None:
        """Takes in what a commit has and is not here."""
        arrived: dict[str, bytes] = {}
        for stem, names in grouped(commit.journals).items():
            blobs = [commit.journals[name] for name in names]
            if blobs != [blob_id(part) for part in parts(stem, self.files.lines(stem)).values()]:
                arrived[stem] = self.repository.whole(blobs)
        self.files.take(arrived)
        wanted = [name for name in commit.texts if self.files.lacks_text(name)]
        contents = self.repository.blobs([commit.texts[name] for name in wanted])
        for name, content in zip(wanted, contents, strict=True):
            self.files.take_text(name, content)

    # From the learner's files to the repository

    def _commit(self, head: Commit | None, origin: Commit | None) -> str | None:
        """Commits what is here on top of what is there; None while there is nothing at all."""
        base = self._base(head, origin)
        known = base or NOTHING
        files, _ = self._changed(known)
        for name in self.files.texts():
            if name not in known.texts and (content := self.files.text(name)) is not None:
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
        device = (self.files.locations.own_journal or Path("new")).stem
        return self.repository.commit(files, parents, device, int(self.clock().timestamp()))

    def _count_sent(self, origin: Commit | None) -> None:
        """Counts what the remote did not have."""
        known = origin or NOTHING
        self.sent = self._changed(known)[1]
        self.texts_sent = len(set(self.files.texts()) - known.texts.keys())

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
        for stem, paths in self.files.journals().items():
            here = read_lines(paths)
            names = there.get(stem, [])
            ours = {name: blob_id(part) for name, part in parts(stem, here).items()}
            if ours == {name: known.journals[name] for name in names}:
                continue
            theirs = self.repository.whole([known.journals[name] for name in names])
            lines = events_in(missing(theirs, here))
            if not lines:
                continue
            more += lines.count(b"\n")
            for name, part in parts(stem, theirs + lines).items():
                if known.journals.get(name) != blob_id(part):
                    files[f"journal/{name}"] = part
        return files, more
