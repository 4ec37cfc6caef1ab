"""The real program in a real pseudo-terminal, as terminals name themselves; and how it leaves one."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path

import pyte
import pytest

from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations


class Terminal:
    """The program under a pseudo-terminal of 80 by 24 cells; all that it writes is kept."""

    def __init__(self, *arguments: str, **environ: str | None) -> None:
        self.raw = b""
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            for name in ("COLORTERM", "NO_COLOR"):
                os.environ.pop(name, None)
            for name, value in {"TERM": "xterm-256color", **environ}.items():
                if value is not None:
                    os.environ[name] = value
            os.execv(sys.executable, [sys.executable, "-m", "studytui", *arguments])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def read(self, seconds: float) -> bool:
        """Takes in what comes within the time; False once the program is gone."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)

    def wait_for(self, text: str) -> None:
        """Until the text stands on the screen (a blank follows a double-width character there)."""
        end = time.monotonic() + 60
        while text not in "".join(self.screen.display).replace(" ", ""):
            assert time.monotonic() < end, "\n".join(self.screen.display)
            assert self.read(0.1), self.raw[-300:].decode(errors="replace")

    def send(self, keys: str) -> None:
        os.write(self.fd, keys.encode())

    def exit_status(self) -> int:
        end = time.monotonic() + 60
        while self.read(0.1):
            assert time.monotonic() < end
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


@pytest.mark.parametrize(
    "environ",
    [
        {"TERM": "xterm-256color"},
        {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
        {"TERM": "xterm-256color", "NO_COLOR": "1"},
        {"TERM": "screen-256color"},
        {"TERM": "xterm"},
        {"TERM": "linux"},
        {"TERM": "vt100"},
    ],
    ids=lambda environ: "-".join(environ.values()),
)
def test_the_home_screen_opens_and_quits_on_every_kind_of_terminal(
    environ: dict[str, str], home: Path
) -> None:
    terminal = Terminal(**environ)
    terminal.wait_for("两杯茶")
    terminal.send("q")
    assert terminal.exit_status() == 0
    assert b"\x1b[?1049l" in terminal.raw
    assert "has a fault" not in terminal.raw.decode(errors="replace")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was(number: signal.Signals, home: Path) -> None:
    terminal = Terminal("read", "two-teas")
    terminal.wait_for("两杯茶")
    os.kill(terminal.pid, number)
    assert terminal.exit_status() == 128 + number
    for restored in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l"):
        assert terminal.raw.rindex(restored) > terminal.raw.index(b"\x1b[?1049h")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP])
def test_a_review_that_is_cut_off_keeps_what_was_rated(number: signal.Signals, home: Path) -> None:
    with Collection.open(Locations.find({"STUDYTUI_HOME": str(home)})) as collection:
        workspace = Workspace(collection)
        document = workspace.open("two-teas")
        collection.add_notes(workspace.notes_for(document, 8))
    terminal = Terminal("review")
    terminal.wait_for("0answered")
    for done in (1, 2):
        terminal.send("1")
        terminal.wait_for("Entertakes")
        terminal.send("3")
        terminal.wait_for(f"{done}answered")
    terminal.send("1")  # judged, but not rated
    os.kill(terminal.pid, number)
    terminal.exit_status()
    with Collection.open(Locations.find({"STUDYTUI_HOME": str(home)})) as collection:
        assert sum(memory.reps for memory in collection.state.memories.values()) == 2
        assert collection.check() == ()


def test_the_screen_is_drawn_again_and_left_by_their_keys(home: Path) -> None:
    terminal = Terminal("read", "two-teas")
    terminal.wait_for("wordsto95%")
    while terminal.read(0.5) and select.select([terminal.fd], [], [], 0.5)[0]:
        pass
    before = len(terminal.raw)
    terminal.screen.reset()  # as after another program has written over it
    terminal.send("\x0c")
    terminal.wait_for("两杯茶")
    terminal.wait_for("?Help")
    assert len(terminal.raw) - before > 1000
    terminal.send("\x11")
    assert terminal.exit_status() == 0
