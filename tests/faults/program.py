"""Runs commands of the program and says what no run may show.

As a module it is the program, loaded once: each command, or each few, runs in a fork of it, so that ten
thousand of them take minutes, and what one of them does to its process ends with that.
"""

from __future__ import annotations

import json
import os
import pkgutil
import resource
import signal
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).parents[2]

CPU = 60
"""Seconds of work after which a command counts as hanging; the inputs here take less than two."""
WAIT = 300
"""Seconds after which it counts as hanging though it does not work; the machine may be busy."""
CLOCK = "FAULTS_CLOCK"
"""The variable with the seconds by which the program's clock is wrong."""
MEMORY = 2 << 30
"""Bytes of address space that a command may take."""

_GO_ON, _END, _FELL = 64, 65, 70
"""How a process that ran commands ended: it has run its number, there are no more, or one of them fell."""


@dataclass(frozen=True, slots=True)
class Done:
    """A command that has ended."""

    arguments: tuple[str, ...]
    status: int
    """Its exit status, or the number of the signal that ended it, negative."""
    out: bytes
    err: bytes

    def faults(self, home: Path) -> list[str]:
        """What no run may show; empty if all is well."""
        found = []
        if self.status in (-signal.SIGPROF, -signal.SIGALRM):
            found.append("hang")
        elif self.status not in (0, 1, 2):
            found.append(f"exit status {self.status}")
        if b"Traceback" in self.err + self.out or b"has a fault" in self.err or crash_log(home).exists():
            found.append("traceback")
        if self.status in (1, 2) and not self.err.strip() and self.arguments[0] != "check":
            found.append("no sentence")
        for name, stream in (("out", self.out), ("err", self.err)):
            if odd := controls(stream):
                found.append(f"control characters on {name}: {odd}")
        return found


def crash_log(home: Path) -> Path:
    """Where the program keeps the details of a fault of its own."""
    return home / "state" / "crash.log"


def controls(stream: bytes) -> list[str]:
    """The printed characters that a terminal would obey, or that turn the order of others round."""
    return sorted(
        {
            f"U+{ord(each):04X}"
            for each in stream.decode("utf-8", "surrogateescape")
            if each not in "\n\t"
            and (
                unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp")
                or unicodedata.bidirectional(each)
                in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
            )
        }
    )


class Program:
    """The program, loaded once, that runs commands one after the other, so many in one process."""

    def __init__(self, environ: Mapping[str, str] | None = None, *, each: int = 1) -> None:
        self._each = each
        self._environ = environ or {}

    def __enter__(self) -> Program:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.program", "serve", str(self._each)],
            cwd=ROOT,
            env=environment(**self._environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.__exit__(kind, error, trace)  # it ends when there is nothing more to read

    def run(
        self,
        home: Path,
        *arguments: str,
        stdin: bytes = b"",
        size: int | None = None,
        fault: Mapping[str, Any] | None = None,
    ) -> Done:
        """One command in a home; without a terminal, as in a pipe.

        Args:
            home: its STUDYTUI_HOME.
            arguments: of the command line.
            stdin: what comes through standard input.
            size: bytes beyond which no file of it may grow.
            fault: of the disk, as `disk.break_disk` takes it.
        """
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            streams = [Path(folder) / name for name in ("in", "out", "err")]
            streams[0].write_bytes(stdin)
            said = {
                "arguments": arguments,
                "home": str(home),
                "size": size,
                "fault": fault,
                "streams": [str(path) for path in streams],
            }
            self._server.stdin.write(json.dumps(said).encode() + b"\n")
            self._server.stdin.flush()
            status = int(self._server.stdout.readline())
            return Done(arguments, status, streams[1].read_bytes(), streams[2].read_bytes())


def environment(**environ: str) -> dict[str, str]:
    """The environment of a learner whose git has no settings, and who runs what stands in this folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {
        **kept,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **environ,
    }


def command(home: Path, *arguments: str, **environ: str) -> subprocess.Popen[bytes]:
    """Starts one command in a process of its own, which can be killed."""
    return subprocess.Popen(
        [sys.executable, "-m", "studytui", *arguments],
        env=environment(STUDYTUI_HOME=str(home), **environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _load() -> None:
    """Imports all that a command may import, but the screens."""
    import importlib

    import studytui

    for module in pkgutil.walk_packages(studytui.__path__, "studytui."):
        if not module.name.startswith(("studytui.tui", "studytui.__main__")):
            importlib.import_module(module.name)


def _warm() -> None:
    """Runs what takes the dictionary and the models in, in which no input has a say."""
    from studytui.cli.main import run

    with tempfile.TemporaryDirectory() as home, Path(os.devnull).open("r+") as nothing:
        os.environ["STUDYTUI_HOME"] = home
        kept = sys.stdin, sys.stdout
        sys.stdin = sys.stdout = nothing
        for asked in (["quiz", "two-teas", "--plain"], ["export", "two-teas", "-o", f"{home}/out.apkg"]):
            assert run(asked) == 0
        sys.stdin, sys.stdout = kept


def _as_asked(said: Mapping[str, Any]) -> int:
    from studytui.cli.main import run

    os.environ["STUDYTUI_HOME"] = said["home"]
    for number, path in enumerate(said["streams"]):
        descriptor = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(descriptor, number)
        os.close(descriptor)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, 1, encoding="utf-8", closefd=False)  # noqa: SIM115
        for number, mode in ((0, "r"), (1, "w"), (2, "w"))
    )
    signal.setitimer(signal.ITIMER_PROF, CPU)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if said["size"] is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (said["size"], resource.RLIM_INFINITY))
    if said["fault"] is not None:
        from tests.faults.disk import break_disk

        break_disk(said["home"], **said["fault"])
    signal.alarm(WAIT)
    try:
        return run(said["arguments"])
    except SystemExit as ended:  # `--help`, `--version`
        return ended.code if isinstance(ended.code, int) else 1
    finally:
        sys.stdout.flush()


def shift_clock(seconds: float) -> None:
    """Makes the clock wrong that the program reads, which it does in one place."""
    from studytui.store import collection

    class Wrong(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(seconds=seconds)

    vars(collection)["datetime"] = Wrong


def _serve(each: int) -> None:
    """Runs what is asked, a line a command, and says how each ended; a new process after so many."""
    _load()
    if each > 1:
        _warm()
    asked, told = os.fdopen(os.dup(0), "rb"), os.dup(1)
    while True:
        pid = os.fork()
        if pid == 0:
            try:
                for _ in range(each):
                    if not (line := asked.readline()):
                        os._exit(_END)
                    os.write(told, b"%d\n" % _as_asked(json.loads(line)))
                os._exit(_GO_ON)
            finally:
                os._exit(_FELL)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if status == _END:
            return
        if status != _GO_ON:
            os.write(told, b"%d\n" % status)


if __name__ == "__main__":
    shift_clock(float(os.environ.get(CLOCK, "0")))
    if sys.argv[1:2] == ["serve"]:
        _serve(int(sys.argv[2]))
    else:
        from studytui.__main__ import main

        main()
