"""A disk that fails: at any of its operations, at any byte, or because it is full or read-only."""

from __future__ import annotations

import errno
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.faults import homes, journals
from tests.faults.kills import GARBAGE
from tests.faults.program import Done, Program

CAUSES = ("ENOSPC", "EDQUOT", "EIO", "EROFS", "EACCES", "EPERM", "EFBIG")

KINDS = (*CAUSES, "size limit", "full disk", "read-only disk")
"""The first are put in where the program asks the system; the others are the kernel's own."""

ROOM = 24 << 20
"""Bytes of the small disk."""

_CHANGES = {
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.truncate",
    "os.chmod",
    "os.link",
    "os.symlink",
}


def break_disk(home: str, cause: str, at: int, *, stays: bool) -> None:
    """From now on the operation number `at` on files of this home fails, and with `stays` all that follow.

    With EIO reading fails, too.
    """
    code, seen = getattr(errno, cause), 0

    def operation(path: object) -> None:
        nonlocal seen
        if not isinstance(path, (str, bytes, os.PathLike)) or not os.fsdecode(path).startswith(home):
            return
        seen += 1
        if seen == at + 1 or (stays and seen > at):
            raise OSError(code, os.strerror(code), os.fsdecode(path))

    def heard(event: str, said: tuple[Any, ...]) -> None:
        to_write = event == "open" and bool((said[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
        if to_write or (event == "open" and cause == "EIO") or event in _CHANGES:
            operation(said[0])

    def failing(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(descriptor: int, *said: Any) -> Any:
            with suppress(FileNotFoundError):
                operation(Path(f"/proc/self/fd/{descriptor}").readlink())
            return real(descriptor, *said)

        return call

    os.write, os.fsync, os.ftruncate = failing(os.write), failing(os.fsync), failing(os.ftruncate)
    sys.addaudithook(heard)


class Disk:
    """A home on a disk of its own, which is as it was before each try."""

    def __init__(self, folder: Path, program: Program, rng: random.Random, disk: Path | None) -> None:
        self.folder = folder
        self.program = program
        self.rng = rng
        self.disk = disk
        self.place = disk or folder
        self.home = homes.studied(self.place / "home")
        self.remote = homes.bare_repository(folder / "remote.git")
        self.list = folder / "words.txt"
        self.words = homes.Words().next(5)
        self.list.write_text("\n".join(self.words), "utf-8")
        shutil.copytree(self.home, folder / "sound")

    def commands(self) -> tuple[tuple[str, ...], ...]:
        """What writes."""
        return (
            ("import", str(self.list), "--yes"),
            ("sync", "--remote", str(self.remote)),
            ("check", "--repair"),
            ("export", "-o", str(self.place / "home" / "out.apkg")),
            ("stats",),
        )

    def try_kind(self, kind: str) -> list[str]:
        """One command with one fault, and the same again without; what is wrong."""
        shutil.rmtree(self.home)
        shutil.copytree(self.folder / "sound", self.home)
        command = self.rng.choice(self.commands())
        own = next((self.home / "data" / "journal").glob("*.jsonl"))
        before = journals.lines(self.home)
        if command == ("check", "--repair"):
            own.write_bytes(GARBAGE + own.read_bytes())
        if command == ("stats",):
            (self.home / "data" / "state.json").unlink()
        done = self._failing(kind, command)
        found = done.faults(self.home)
        if lost := before - self._kept():
            found.append(f"{len(lost)} lines lost")
        if command[0] == "import" and done.status == 0 and (missing := self._unmarked()):
            found.append(f"acknowledged, but not there: {missing}")
        again = self.program.run(self.home, *command)
        found += again.faults(self.home) + ([f"afterwards: {again.err!r}"] if again.status else [])
        if command[0] == "import" and (missing := self._unmarked()):
            found.append(f"not marked once: {missing}")
        if lost := before - journals.lines(self.home):
            found.append(f"{len(lost)} lines lost in the end")
        found += [f"twice: {name}" for name in journals.doubled(self.home)][:3]
        checked = self.program.run(self.home, "check")
        found += checked.faults(self.home) + ([repr(checked.out + checked.err)] if checked.status else [])
        return [f"{' '.join(command)}: {sentence}" for sentence in found]

    def _kept(self) -> journals.Lines:
        """What is in the journals, or set aside by a repair."""
        aside = b"".join(path.read_bytes() for path in (self.home / "data" / "journal").glob("*.torn"))
        return journals.lines(self.home) | journals.counted(aside)

    def _unmarked(self) -> list[str]:
        marked = [mark["headword"] for mark in journals.of_type(self.home, "mark").values()]
        return [word for word in self.words if marked.count(word) != 1]

    def _failing(self, kind: str, command: tuple[str, ...]) -> Done:
        if kind in CAUSES:
            at = self.rng.randrange(self.rng.choice([8, 60]))
            fault = {"cause": kind, "at": at, "stays": self.rng.random() < 0.5}
            return self.program.run(self.home, *command, fault=fault)
        if kind == "size limit":
            sizes = [path.stat().st_size for path in self.home.rglob("*") if path.is_file()]
            # A third near the size that some file has; there is room for a sentence in any case.
            limit = self.rng.choice([0, self.rng.randrange(4000), self.rng.choice(sizes)])
            limit += self.rng.randrange(999, 1300)
            return self.program.run(self.home, *command, size=limit)
        assert self.disk is not None
        if kind == "full disk":
            with filled(self.disk, self.rng.choice([0, 1, 2, 5, 20, 100]) * 4096):
                return self.program.run(self.home, *command)
        _mount("-o", "remount,ro", str(self.disk))
        try:
            return self.program.run(self.home, *command)
        finally:
            _mount("-o", "remount,rw", str(self.disk))


@contextmanager
def filled(disk: Path, room: int) -> Iterator[None]:
    """Leaves so many bytes free on a disk."""
    free = os.statvfs(disk)
    filler = disk / "filler"
    filler.write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - room)))
    try:
        yield
    finally:
        filler.unlink()


def _mount(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A small disk in memory; None where one may not be made (that is root's right alone)."""
    folder.mkdir()
    if os.geteuid() != 0 or not _mount("-t", "tmpfs", "-o", f"size={ROOM}", "studytui-faults", str(folder)):
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def run(folder: Path, count: int, seed: int) -> dict[str, list[str]]:
    """So many faults of every kind in turn; by kind and number what was wrong."""
    found = {}
    with small_disk(folder / "disk") as small, Program() as program:
        disk = Disk(folder, program, random.Random(), small)
        kinds = KINDS if small is not None else KINDS[:-2]
        for number in range(count):
            kind = kinds[number % len(kinds)]
            disk.rng.seed(f"{seed} {number}")
            if wrong := disk.try_kind(kind):
                found[f"{kind} {number}"] = wrong
    return found
