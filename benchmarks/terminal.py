"""Bytes on the wire and time to the last of them, for each key of the reader, in a real pseudo-terminal.

Beside it stands a bare Textual application that shows the same text in a `Static` inside a scroll view and
scrolls it. Run: python benchmarks/terminal.py [--characters 1000 100000 1000000]
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import random
import select
import shutil
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

import pyte

COLUMNS, ROWS = 80, 24
QUIET = 0.25
"""Seconds without a byte after which a key's work counts as done."""
KEYS = {
    "l": "next word",
    "j": "next line",
    " ": "next page",
    ")": "next sentence",
    "}": "next paragraph",
    "n": "next new word",
    "G": "end",
    "g": "start",
    "v": "readings on",
}
SENTENCES = [
    "春天来了，河边的柳树绿了，孩子们在风里放风筝。",
    "她每天早上六点起床，先烧水，再叫醒弟弟。",
    "“你为什么不早说？”他放下手里的报纸，看着窗外。",
    "图书馆三楼有一间小屋子，里面只放旧地图。",
    "从2016年开始，这条路上的店铺换了一半以上。",
    "他喜欢在Python里写小程序，算一算每个月花了多少钱。",
]


def text_of(characters: int) -> str:
    """Paragraphs of sentences in an order that is the same at each run."""
    rng = random.Random(7)
    lines: list[str] = []
    length = 0
    while length < characters:
        paragraph = "".join(rng.choice(SENTENCES) for _ in range(rng.randint(2, 8)))
        lines.append("　　" + paragraph)
        length += len(paragraph)
    return "\n".join(lines) + "\n"


class Terminal:
    """A program in a pseudo-terminal that answers as terminals do."""

    def __init__(self, argv: list[str], environ: dict[str, str]) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.ByteStream(self.screen)
        self.received = 0
        self.last = self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(
                {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8", **environ}
            )
            os.execvp(argv[0], argv)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        # Where the cursor is, when the program asks: it measures a character so.
        self.screen.write_process_input = lambda answer: os.write(self.fd, answer.encode())

    def read(self, seconds: float) -> bool:
        """Takes what comes within some seconds; whether anything did."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            return False
        if data:
            self.received += len(data)
            self.last = time.perf_counter()
            self.stream.feed(data)
        return bool(data)

    def settle(self, quiet: float = QUIET) -> None:
        """Waits until nothing has come for a while."""
        until = time.perf_counter() + quiet
        while (left := until - time.perf_counter()) > 0:
            if self.read(left):
                until = time.perf_counter() + quiet

    def wait_for(self, *texts: str, seconds: float = 180.0) -> float:
        """Seconds from the start until one of the texts stands on the screen."""
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            self.read(0.02)
            shown = "\n".join(line.replace(" ", "") for line in self.screen.display)
            if any(text in shown for text in texts):
                return self.last - self.started
        raise TimeoutError("\n".join(self.screen.display))

    def press(self, key: str) -> tuple[int, float]:
        """Bytes that a key costs, and milliseconds from the key to the last of them."""
        self.received = 0
        start = time.perf_counter()
        os.write(self.fd, key.encode())
        self.read(1.0)
        self.settle()
        return self.received, max(0.0, self.last - start) * 1000 if self.received else 0.0

    def answers(self, keys: str, times: int) -> list[float]:
        """Milliseconds from a key to the first byte of its answer; a key each fifth of a second, in turn."""
        found: list[float] = []
        for at in range(times):
            start = time.perf_counter()
            os.write(self.fd, keys[at % len(keys)].encode())
            first: float | None = None
            while (left := start + 0.2 - time.perf_counter()) > 0:
                if self.read(left) and first is None:
                    first = time.perf_counter() - start
            found.append(1000 * (first if first is not None else 0.2))
        return sorted(found)

    def hold(self, key: str, times: int) -> float:
        """Bytes a key costs when it repeats 30 times a second."""
        self.received = 0
        for _ in range(times):
            os.write(self.fd, key.encode())
            until = time.perf_counter() + 1 / 30
            while (left := until - time.perf_counter()) > 0:
                self.read(left)
        cost = self.received / times
        self.settle()
        return cost

    def close(self) -> None:
        """Ends the program."""
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def measure_reader(path: Path, home: Path) -> None:
    """Prints the reader's keys."""
    command = [str(Path(sys.executable).with_name("studytui")), "read", str(path)]
    terminal = Terminal(command, {"STUDYTUI_HOME": str(home)})
    first = terminal.wait_for("春天", "她每天", "图书馆", "从2016", "他喜欢", "你为什么")
    terminal.settle(0.5)
    busy = terminal.answers("llllh", 40)
    words = terminal.wait_for("wordsto95%", "wordto95%", "known100%")
    terminal.settle(1.0)
    print(f"  studytui   first text {first:5.2f} s   all words and coverage {words:6.2f} s")
    worst = f">{busy[-1]:.0f}" if busy[-1] >= 200 else f"{busy[-1]:.0f}"
    print(f"    first byte of a move meanwhile: median {busy[len(busy) // 2]:.0f} ms, at most {worst} ms")
    for key, name in KEYS.items():
        tries = [terminal.press(key) for _ in range(3 if key not in "Gg" else 1)]
        sent, took = sorted(tries)[len(tries) // 2]
        print(f"    {name:<16}{sent:>7} bytes {took:>7.0f} ms")
        if key == "l":
            print(f"    {'  held down':<16}{terminal.hold('l', 40):>7.0f} bytes a word")
    terminal.received = 0
    terminal.settle(2.0)
    print(f"    {'idle for 2 s':<16}{terminal.received:>7} bytes")
    terminal.close()


def measure_bare(path: Path) -> None:
    """Prints what a bare application does."""
    terminal = Terminal([sys.executable, str(Path(__file__).with_name("bare_textual.py")), str(path)], {})
    first = terminal.wait_for("春天", "她每天", "图书馆", "从2016", "他喜欢", "你为什么")
    terminal.settle(1.0)
    print(f"  bare app   first text {first:5.2f} s   (no words, no entry, no colours)")
    for key, name in (("\x1b[B", "one line down"), ("\x1b[6~", "next page"), ("\x1b[F", "end")):
        tries = [terminal.press(key) for _ in range(3 if name != "end" else 1)]
        sent, took = sorted(tries)[len(tries) // 2]
        print(f"    {name:<16}{sent:>7} bytes {took:>7.0f} ms")
    terminal.close()


def main() -> None:
    """Measures each size, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, nargs="+", default=[1000, 100_000, 1_000_000])
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        for characters in options.characters:
            path = folder / f"{characters}.txt"
            path.write_text(text_of(characters), "utf-8")
            print(f"{characters:,} characters, {COLUMNS}x{ROWS}")
            measure_reader(path, folder / "home")
            measure_bare(path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
