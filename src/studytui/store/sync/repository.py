"""The bare git repository beside the learner's files, through which journals and texts are exchanged."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from studytui.errors import StudytuiError
from studytui.store import texts
from studytui.store.files import make_private, write_whole
from studytui.store.locations import Locations
from studytui.store.sync.git import QUIET, REACH, REMOTE, Git, GitError, without_secrets

MAIN = "refs/heads/main"
ORIGIN = "refs/remotes/origin/main"


class BrokenRepositoryError(Exception):
    """The repository beside the learner's files is damaged. It can be made again: nothing is in it alone."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit and the files in it that are ours."""

    name: str
    journals: Mapping[str, str]
    """File name in `journal/` -> blob."""
    texts: Mapping[str, str]
    """A document's id -> blob."""


NOTHING = Commit("", {}, {})


class Repository:
    """A repository, and what is asked of it. Nothing is in it alone: a damaged one can be made again.

    Whatever git cannot do in it raises BrokenRepositoryError, unless a remote is the cause.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git = Git(folder)
        self.remote = ""
        """Without a password; known once it is prepared."""
        self._address = ""

    def _local(self, *arguments: str, given: bytes = b"") -> bytes:
        try:
            return self.git.run(*arguments, given=given)
        except GitError as error:
            raise BrokenRepositoryError(str(error)) from error

    def _at_remote(self, *arguments: str) -> bytes:
        return self.git.run(*arguments, patience=REMOTE, quiet=QUIET)

    def prepare(self, address: str) -> None:
        """Makes the repository if it is not there, or not whole; `address` is the remote."""
        if not all((self.folder / name).exists() for name in ("HEAD", "config", "objects", "refs")):
            make_private(self.folder)
            self._local("-c", "init.defaultBranch=main", "init", "--bare", "--quiet", "--template=")
        self._address = address
        self.remote = without_secrets(address)

    def fetch(self) -> str | None:
        """Gets what the remote has; why it could not be reached, if so."""
        # A pattern, since an empty remote has no branch; pruned, since a remote may be begun anew.
        branch = "+refs/heads/main*:refs/remotes/origin/main*"
        try:
            # One that stays silent is found out by a question with a short answer.
            told = self.git.run("ls-remote", "--quiet", self._address, MAIN, patience=REACH).split()
            if told and told[0] == self._local("for-each-ref", ORIGIN, "--format=%(objectname)").strip():
                return None
            self._at_remote("fetch", "--progress", "--prune", "--no-tags", self._address, branch)
        except GitError as error:
            self._local("rev-list", "--objects", "--all", "--quiet")  # or is it that ours is damaged?
            return str(error)
        return None

    def commit_at(self, ref: str) -> Commit | None:
        """What a branch points to; None if it is not there."""
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
        return Commit(name, journals, kept)

    def blobs(self, names: list[str]) -> list[bytes]:
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

    def whole(self, blobs: list[str]) -> bytes:
        """The lines of a journal in the repository; whatever put them there, each has an end."""
        return b"".join(part if part.endswith(b"\n") else part + b"\n" for part in self.blobs(blobs))

    def holds(self, later: Commit, earlier: Commit) -> bool:
        """Whether one commit is, or comes after, another."""
        return not self._local("rev-list", "--max-count=1", earlier.name, f"^{later.name}").strip()

    def commit(self, files: Mapping[str, bytes], parents: list[str], device: str, at: int) -> str:
        """Commits files on top of others; the commit's name. `at` in seconds since 1970 began."""
        who = f"studytui <studytui@{device}>"
        message = b"Answers and texts\n"
        lines: list[bytes] = [
            f"commit {MAIN}\ncommitter {who} {at} +0000\n".encode(),
            b"data %d\n%s\n" % (len(message), message),
        ]
        for word, parent in zip(("from", "merge"), parents, strict=False):
            lines.append(f"{word} {parent}\n".encode())
        for name, content in files.items():
            lines.append(b"M 100644 inline %s\ndata %d\n%s\n" % (name.encode(), len(content), content))
        lines.append(b"done\n")
        self._local("fast-import", "--quiet", "--done", "--date-format=raw", given=b"".join(lines))
        return self._local("rev-parse", "--verify", MAIN).decode().strip()

    def push(self, commit: str) -> bool:
        """Whether the remote took a commit; False if another machine was quicker.

        Raises:
            StudytuiError: it refuses, or cannot be reached any more.
        """
        try:
            self._at_remote("push", "--porcelain", "--progress", self._address, f"{commit}:{MAIN}")
        except GitError as error:
            told = f"{error.printed} {error}"
            if any(
                sign in told
                for sign in ("[rejected]", "cannot lock ref", "failed to update ref", "old value")
            ):
                return False
            raise StudytuiError(
                f"{self.remote} did not take what was sent: {error}. "
                "What is here is kept, and goes with the next `studytui sync`."
            ) from None
        self._local("update-ref", ORIGIN, commit)
        return True

    def go_to(self, commit: str) -> None:
        """Takes a commit for ours."""
        self._local("update-ref", MAIN, commit)

    def tidy(self) -> None:
        """Saves room, if there is much to save."""
        with suppress(GitError):
            self.git.run("-c", "gc.auto=200", "gc", "--auto", "--quiet")


def remembered(locations: Locations) -> str | None:
    """The remote that was reached last, or tried first; None if none was ever named."""
    with suppress(OSError, UnicodeDecodeError):
        return locations.remote.read_text("utf-8").strip() or None
    with suppress(OSError, UnicodeDecodeError):  # where earlier versions kept it
        for line in (locations.sync / "config").read_text("utf-8").splitlines():
            key, _, value = line.strip().partition(" = ")
            if key == "url" and value:
                return value.strip('"')
    return None


def remember(locations: Locations, address: str, *, reached: bool) -> None:
    """Keeps a remote for the next time, but not one that was never reached in the place of another.

    It is not kept in the repository: that can be lost, and is made again.

    Raises:
        StudytuiError: it cannot be written.
    """
    before = remembered(locations)
    if before is None or (reached and before != address) or not locations.remote.exists():
        write_whole(locations.remote, f"{address if reached or before is None else before}\n".encode())
