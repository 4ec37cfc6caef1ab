"""What studytui costs over SSH, beside a bare Textual application on the same machine: a table of ratios.

The line is a real pseudo-terminal whose bytes are held back half of a round trip each way. The bare
application shows the same text in a `Static` and scrolls it. What other work the machine does falls on both,
since their runs take turns; the figures are medians. Memory is read from /proc, so it is told on Linux alone.

    python benchmarks/ssh.py [--runs 5] [--learners 50]
"""

from __future__ import annotations

import argparse
import compileall
import os
import select
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.terminal import Terminal, text_of  # noqa: E402

CHARACTERS = 10_000
ROUND_TRIPS = (20, 300)
"""Milliseconds: a cable, and a train."""
STUDYTUI = [sys.executable, "-m", "studytui"]
QUESTIONS = ("EnterGoon", "Whichword", "Whatdoes", "Howis", "Putthe")
NEW = "a new text"
FOUND = ("wordsto95%", "wordto95%", "known100%", "to95%")
"""What stands in the header once all words are found."""
TEXT = ("春天", "她每天", "图书馆", "从2016", "他喜欢", "你为什么")


class FarTerminal(Terminal):
    """A program at the other end of a slow line."""

    def __init__(self, argv: list[str], environ: dict[str, str], round_trip: float) -> None:
        """`round_trip` is in milliseconds."""
        super().__init__(argv, environ)
        self._program = self.fd
        self._line, self._far_end = socket.socketpair()
        self.fd = self._line.fileno()
        threading.Thread(target=self._carry, args=(round_trip / 2000,), daemon=True).start()

    def _carry(self, delay: float) -> None:
        """Takes what comes at either end to the other one, `delay` seconds later."""
        ways = {self._program: self._far_end.fileno(), self._far_end.fileno(): self._program}
        under_way: deque[tuple[float, int, bytes]] = deque()
        while True:
            wait = max(0.0, under_way[0][0] - time.perf_counter()) if under_way else 1.0
            try:
                for end in select.select(list(ways), [], [], wait)[0]:
                    data = os.read(end, 1 << 16)
                    if not data:
                        return
                    under_way.append((time.perf_counter() + delay, ways[end], data))
                while under_way and under_way[0][0] <= time.perf_counter():
                    _, to, data = under_way.popleft()
                    os.write(to, data)
            except OSError:  # one end has gone
                return

    def close(self) -> None:
        """Ends the program."""
        os.close(self._program)
        self._far_end.close()
        os.waitpid(self.pid, 0)
        self._line.close()


def commands(text: Path) -> dict[str, tuple[list[str], tuple[str, ...]]]:
    """By name, a command and what stands on its first frame, without spaces."""
    return {
        "bare Textual": (
            [sys.executable, str(ROOT / "benchmarks/bare_textual.py"), str(text)],
            TEXT,
        ),
        "home": (STUDYTUI, ("qQuit",)),
        "read": ([*STUDYTUI, "read", str(text)], TEXT),
        NEW: ([*STUDYTUI, "read", str(text)], TEXT),
        "review": ([*STUDYTUI, "review"], ("Preparingthequestions", *QUESTIONS)),
    }


class Began(NamedTuple):
    """A start of a program."""

    took: float
    """Seconds to the first frame."""
    worked: float
    """Seconds of processor time to it: what else the machine does tells less in it."""
    coloured: float
    """Seconds of processor time until a text's words are found."""
    sent: int
    """Bytes until the screen is still."""


def worked(pid: int) -> float:
    """Seconds of processor time that a process with its threads has had; 0 where that is not told."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


def start(name: str, text: Path, home: Path) -> Began:
    """Starts a program, and ends it once its screen is still."""
    if name == NEW:
        shutil.rmtree(home / "cache" / "cleaned", ignore_errors=True)
    command, shown = commands(text)[name]
    terminal = Terminal(command, {"STUDYTUI_HOME": str(home)})
    took, first = terminal.wait_for(*shown), worked(terminal.pid)
    if name in ("read", NEW):
        terminal.wait_for(*FOUND)
    coloured = worked(terminal.pid)
    terminal.settle(1.0)
    sent = terminal.received
    terminal.close()
    return Began(took, first, coloured, sent)


def keys(name: str, text: Path, home: Path, round_trip: int) -> tuple[float, float, float]:
    """Milliseconds to the first byte of a move's answer; bytes of a move, and of one of a row held down."""
    command, shown = commands(text)[name]
    terminal = FarTerminal(command, {"STUDYTUI_HOME": str(home)}, round_trip)
    terminal.wait_for(*shown)
    if name == "read":
        terminal.wait_for(*FOUND)
    terminal.settle(1.0 + round_trip / 1000)
    key = "\x1b[B" if name == "bare Textual" else "l"
    waits, costs = [], []
    for _ in range(8):
        terminal.received = 0
        begun = time.perf_counter()
        os.write(terminal.fd, key.encode())
        terminal.read(5.0)
        waits.append(1000 * (terminal.last - begun))
        terminal.settle(0.5 + round_trip / 1000)
        costs.append(terminal.received)
    held = terminal.hold(key, 30)
    terminal.close()
    return statistics.median(waits), statistics.median(costs), held


def private(pid: int) -> tuple[float, float]:
    """Megabytes of a process: private to it, and with its share of what is shared."""
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    sizes = {row.split(":")[0]: int(row.split()[1]) / 1024 for row in rows}
    return sizes["Private_Clean"] + sizes["Private_Dirty"], sizes["Pss"]


def memory(name: str, text: Path, home: Path) -> float:
    """Private megabytes once the screen is still."""
    command, shown = commands(text)[name]
    terminal = Terminal(command, {"STUDYTUI_HOME": str(home)})
    terminal.wait_for(*shown)
    if name == "read":
        terminal.wait_for(*FOUND)
    terminal.settle(2.0)
    found = private(terminal.pid)[0]
    terminal.close()
    return found


def learners(count: int, text: Path, folder: Path) -> None:
    """What a server needs for so many who read at once: the sum of their shares."""
    sessions = []
    for number in range(count):
        home = prepared(folder / f"learner{number}")
        command, shown = commands(text)["read"]
        sessions.append(Terminal(command, {"STUDYTUI_HOME": str(home)}))
        sessions[-1].wait_for(*shown)
    for session in sessions:
        session.wait_for(*FOUND)
    total = sum(private(session.pid)[1] for session in sessions)
    print(f"\n{count} learners who read at once: {total:,.0f} MB, {total / count:.0f} MB each")
    for session in sessions:  # the later ones hold the terminals of the earlier open, so closing ends none
        os.kill(session.pid, signal.SIGTERM)
    for session in sessions:
        session.close()


def prepared(home: Path) -> Path:
    """A learner's folder in which the first questions are answered."""
    environ = {**os.environ, "STUDYTUI_HOME": str(home)}
    subprocess.run(
        [*STUDYTUI, "config", "known_hsk", "2"], env=environ, check=True, stdout=subprocess.DEVNULL
    )
    return home


def row(what: str, ours: float, bare: float | None, form: str) -> None:
    """One line of the table."""
    ratio = f"{ours / bare:8.2f}" if bare else " " * 8
    print(f"{what:<44}{format(ours, form):>12}{format(bare, form) if bare is not None else '':>14}{ratio}")


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5, metavar="N", help="of each start (5)")
    options.add_argument("--learners", type=int, default=0, metavar="N", help="who read at once (none)")
    chosen = options.parse_args()
    # As pip does where it installs: else a checkout that is read-only would be compiled at each start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(ROOT / "src", quiet=2)
    folder = Path(tempfile.mkdtemp())
    try:
        text = folder / "text.txt"
        text.write_text(text_of(CHARACTERS), "utf-8")
        home = prepared(folder / "home")
        answers = "{}\n" * 5
        environ = {**os.environ, "STUDYTUI_HOME": str(home)}
        lines = '{"unknown": true, "rating": 1}\n' * 6
        quiz = [*STUDYTUI, "quiz", str(text), "--json"]
        subprocess.run(
            quiz, input=(lines + answers).encode(), env=environ, check=False, stdout=subprocess.DEVNULL
        )
        start("read", text, home)  # the first opening of a text is another matter
        names = list(commands(text))
        starts: dict[str, list[Began]] = {name: [] for name in names}
        for _ in range(chosen.runs):
            for name in names:
                starts[name].append(start(name, text, home))
        print(f"{CHARACTERS:,} characters, 80x24{'':<20}{'studytui':>12}{'bare Textual':>14}   ratio")

        def compared(what: str, of: str, names: Sequence[str], unit: float, form: str) -> None:
            """Rows of one of the figures, each beside the bare application's."""
            bare = unit * statistics.median(getattr(each, of) for each in starts["bare Textual"])
            for name in names:
                ours = unit * statistics.median(getattr(each, of) for each in starts[name])
                row(what.format(name), ours, bare, form)

        compared("first frame of {}, ms", "took", names[1:], 1000, ".0f")
        compared("processor time to it, {}, ms", "worked", names[1:], 1000, ".0f")
        compared("processor time to all words, {}, ms", "coloured", ("read", NEW), 1000, ".0f")
        compared("bytes of {} until still", "sent", names[1:], 1, ",.0f")
        for round_trip in ROUND_TRIPS:
            ours = keys("read", text, home, round_trip)
            theirs = keys("bare Textual", text, home, round_trip)
            row(f"a key's answer, round trip {round_trip} ms", ours[0], theirs[0], ".0f")
        row("bytes of a move, its entry included", ours[1], theirs[1], ",.0f")
        row("bytes of a key held down", ours[2], theirs[2], ",.0f")
        if sys.platform == "linux":
            least = memory("bare Textual", text, home)
            for name in ("home", "read"):
                row(f"private memory of {name}, MB", memory(name, text, home), least, ".0f")
        if chosen.learners:
            learners(chosen.learners, text, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
