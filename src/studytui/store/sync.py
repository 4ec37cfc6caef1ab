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

from studytui.errors import StudytuiError, UsageError
from studytui.store import journal, texts
from studytui.store.files import failure, free_name, make_private
from studytui.store.git import REMOTE, Git, GitError, without_secrets
from studytui.store.journal import Appender
from studytui.store.locations import Locations
from studytui.store.union import blob_id, grouped, missing, parts, whole
from studytui.store.writer import Writer

_MAIN = "refs/heads/main"
_ORIGIN = "refs/remotes/origin/main"

_ATTEMPTS = 20
"""How often to meet another machine that pushed in between before giving up."""

_PATIENCE = 10.0
"""Seconds to wait for another sync of this machine."""

_CURRENT = b'{"v":%d,' % journal.FORMAT


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


class BrokenRepositoryError(Exception):
    """The repository beside the learner's files is damaged. It can be made again: nothing is in it alone."""


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
                remote = remote or _remembered(locations.sync)
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


def _remembered(folder: Path) -> str | None:
    """The remote in a repository's settings, read without git."""
    with suppress(OSError, UnicodeDecodeError):
        for line in (folder / "config").read_text("utf-8").splitlines():
            key, _, value = line.strip().partition(" = ")
            if key == "url" and value:
                return value.strip('"')
    return None


@dataclass(frozen=True, slots=True)
class _Commit:
    """A commit and the files in it that are ours."""

    name: str
    journals: Mapping[str, str]
    """File name in `journal/` -> blob."""
    texts: Mapping[str, str]
    """A document's id -> blob."""


_NOTHING = _Commit("", {}, {})


class _Exchange:
    """One run."""

    def __init__(self, locations: Locations, clock: Callable[[], datetime]) -> None:
        self.locations = locations
        self.clock = clock
        self.git = Git(locations.sync)
        self.writer = Writer(locations, clock)
        self.done = Synced("")

    def run(self, remote: str | None, setting: str | None) -> Synced:
        self._prepare(remote, setting)
        for _ in range(_ATTEMPTS):
            offline = self._fetch()
            head, origin = self._commit_at(_MAIN), self._commit_at(_ORIGIN)
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
            if self._push(ours):
                self._count_sent(origin)
                return self._finished()
        raise StudytuiError(f"other machines kept pushing to {self.done.remote}: try again.")

    def _finished(self) -> Synced:
        with suppress(GitError):  # it only saves room
            self.git.run("-c", "gc.auto=200", "gc", "--auto", "--quiet")
        return self.done

    def _local(self, *arguments: str, given: bytes = b"") -> bytes:
        try:
            return self.git.run(*arguments, given=given)
        except GitError as error:
            raise BrokenRepositoryError(str(error)) from error

    def _prepare(self, remote: str | None, setting: str | None) -> None:
        """Makes the repository, if it is not there, and says which remote is meant."""
        fresh = not (self.locations.sync / "HEAD").exists()
        chosen = remote or setting or (None if fresh else self._named())
        if not chosen:
            raise UsageError(
                "no remote is named: make an empty, private git repository somewhere and give its address, "
                "`studytui sync --remote URL`; it is remembered."
            )
        if chosen.startswith("-") or not chosen.isprintable():
            raise UsageError(f"{chosen!r} is not the address of a git repository.")
        path = Path(chosen).expanduser()
        if "://" not in chosen and path.is_dir():
            chosen = str(path.resolve())
        if fresh:
            make_private(self.locations.sync)
            self._local("-c", "init.defaultBranch=main", "init", "--bare", "--quiet", "--template=")
        self._local("config", "--replace-all", "remote.origin.url", chosen)
        self.done = Synced(without_secrets(chosen))

    def _named(self) -> str | None:
        """The remote that was named before."""
        try:
            return self.git.run("config", "--get", "remote.origin.url").decode("utf-8", "replace").strip()
        except GitError:
            return _remembered(self.locations.sync)

    def _fetch(self) -> str | None:
        """Gets what the remote has; why it could not be reached, if so."""
        # A pattern, since an empty remote has no branch; pruned, since a remote may be begun anew.
        branch = "+refs/heads/main*:refs/remotes/origin/main*"
        try:
            self.git.run("fetch", "--quiet", "--prune", "--no-tags", "origin", branch, patience=REMOTE)
        except GitError as error:
            self._local("rev-list", "--objects", "--all", "--quiet")  # or is it that ours is damaged?
            return str(error)
        return None

    def _commit_at(self, ref: str) -> _Commit | None:
        if not self._local("for-each-ref", ref, "--format=%(refname)").split():
            return None
        name = self._local("rev-parse", "--verify", f"{ref}^{{commit}}").decode().strip()
        journals: dict[str, str] = {}
        kept: dict[str, str] = {}
        for entry in self._local("ls-tree", "-r", "-z", name, "--", "journal", "texts").split(b"\0")[:-1]:
            about, _, raw = entry.partition(b"\t")
            mode, kind, blob = about.decode().split(" ")
            folder, _, rest = raw.decode("utf-8", "replace").partition("/")
            if kind != "blob" or not mode.startswith("100"):
                continue
            document, _, file = rest.partition("/")
            if folder == "journal":
                journals[rest] = blob
            elif file == "text.json" and texts.is_id(document):
                kept[document] = blob
        return _Commit(name, journals, kept)

    def _blobs(self, names: list[str]) -> list[bytes]:
        """The contents of blobs."""
        if not names:
            return []
        printed = self._local("cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode())
        contents, position = [], 0
        for name in names:
            stop = printed.index(b"\n", position)
            about = printed[position:stop].split(b" ")
            if len(about) != 3:
                raise BrokenRepositoryError(f"{name} is missing")
            position = stop + 1 + int(about[2])
            contents.append(printed[stop + 1 : position])
            position += 1
        return contents

    def _whole(self, blobs: list[str]) -> bytes:
        """The lines of a journal in the repository; whatever put them there, each has an end."""
        return b"".join(part if part.endswith(b"\n") else part + b"\n" for part in self._blobs(blobs))

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

    # From the repository to the learner's files

    def _receive(self, commit: _Commit) -> None:
        """Appends to the journals here what a commit has and they have not, and puts its texts here."""
        arrived: dict[str, bytes] = {}
        paths = self._journals()
        for stem, names in grouped(commit.journals).items():
            blobs = [commit.journals[name] for name in names]
            here = self._lines(paths.get(stem, []))
            if blobs == [blob_id(part) for part in parts(stem, here).values()]:
                continue
            there = self._whole(blobs)
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
            if not line.startswith(_CURRENT):
                try:
                    journal.decode(line)
                except journal.NewerFormatError:
                    raise StudytuiError(
                        f"{self.done.remote} has answers of a newer studytui: update studytui here, "
                        "then sync. Nothing was changed."
                    ) from None
                except (ValueError, RecursionError):
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
        Appender(path).append_lines(lines, rest=rest)
        self.done = replace(self.done, received=self.done.received + lines.count(b"\n"))
        if path == own and missing(there, here):
            # Both went on from the same file: a copied machine. From here on each has a file of its own.
            self.done = replace(self.done, renamed=self.writer.rename())

    def _receive_texts(self, commit: _Commit) -> None:
        wanted = [name for name in commit.texts if not texts.is_kept(self.locations.texts, name)]
        for name, content in zip(wanted, self._blobs([commit.texts[name] for name in wanted]), strict=True):
            if texts.take(self.locations.texts, name, content):
                self.done = replace(self.done, texts_received=self.done.texts_received + 1)

    # From the learner's files to the repository

    def _commit(self, head: _Commit | None, origin: _Commit | None) -> str | None:
        """Commits what is here on top of what is there; None while there is nothing at all."""
        base = self._base(head, origin)
        known = base or _NOTHING
        files, _ = self._changed(known)
        for name in texts.kept(self.locations.texts):
            if name not in known.texts:
                with suppress(FileNotFoundError):
                    content = (self.locations.texts / name / "text.json").read_bytes()
                    files[f"texts/{name}/text.json"] = content
        if not files:
            if base is not None and base is not head:
                self._local("update-ref", _MAIN, base.name)
            return base.name if base else None
        parents = [base.name] if base else []
        if base is origin and head is not None and origin is not None and not self._holds(origin, head):
            parents.append(head.name)
        self._import(files, parents)
        return self._local("rev-parse", "--verify", _MAIN).decode().strip()

    def _count_sent(self, origin: _Commit | None) -> None:
        """Counts what the remote did not have."""
        known = origin or _NOTHING
        fresh = set(texts.kept(self.locations.texts)) - known.texts.keys()
        self.done = replace(self.done, sent=self._changed(known)[1], texts_sent=len(fresh))

    def _base(self, head: _Commit | None, origin: _Commit | None) -> _Commit | None:
        """The commit to go on from: the remote's, unless ours has all of it."""
        if head is None or origin is None:
            return origin or head
        return head if self._holds(head, origin) else origin

    def _holds(self, later: _Commit, earlier: _Commit) -> bool:
        """Whether one commit is, or comes after, another."""
        return not self._local("rev-list", "--max-count=1", earlier.name, f"^{later.name}").strip()

    def _changed(self, known: _Commit) -> tuple[dict[str, bytes], int]:
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
            theirs = self._whole([known.journals[name] for name in names])
            lines = missing(theirs, here)
            if not lines:
                continue
            more += lines.count(b"\n")
            for name, part in parts(stem, theirs + lines).items():
                if known.journals.get(name) != blob_id(part):
                    files[f"journal/{name}"] = part
        return files, more

    def _import(self, files: Mapping[str, bytes], parents: list[str]) -> None:
        who = f"studytui <studytui@{(self.locations.own_journal or Path('new')).stem}>"
        message = b"Answers and texts\n"
        lines: list[bytes] = [
            f"commit {_MAIN}\ncommitter {who} {int(self.clock().timestamp())} +0000\n".encode(),
            b"data %d\n%s\n" % (len(message), message),
        ]
        for word, parent in zip(("from", "merge"), parents, strict=False):
            lines.append(f"{word} {parent}\n".encode())
        for name, content in files.items():
            lines.append(b"M 100644 inline %s\ndata %d\n%s\n" % (name.encode(), len(content), content))
        lines.append(b"done\n")
        self._local("fast-import", "--quiet", "--done", "--date-format=raw", given=b"".join(lines))

    def _push(self, commit: str) -> bool:
        """Whether the remote took a commit; False if another machine was quicker.

        Raises:
            StudytuiError: it refuses, or cannot be reached any more.
        """
        try:
            self.git.run("push", "--porcelain", "--quiet", "origin", f"{commit}:{_MAIN}", patience=REMOTE)
        except GitError as error:
            told = f"{error.printed} {error}"
            if any(
                sign in told
                for sign in ("[rejected]", "cannot lock ref", "failed to update ref", "old value")
            ):
                return False
            raise StudytuiError(
                f"{self.done.remote} did not take what was sent: {error}. "
                "What is here is kept, and goes with the next `studytui sync`."
            ) from None
        self._local("update-ref", _ORIGIN, commit)
        return True
