"""The program in a pseudo-terminal: keys go in, a screen comes out, and every byte is kept."""

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
from collections.abc import Mapping
from contextlib import suppress

import pyte

from tests.faults.program import CLOCK, environment

PATIENCE = 300.0
"""Seconds until a program that shows nothing new counts as hanging; the machine may be busy."""

AGAIN = 5.0
"""Seconds after which a learner presses a key again that did nothing."""

VERDICTS = ("✓Right", "~Nearly", "✗Notquite", "Theanswer", "Didyouknowit?", "Isitthesame?")
"""One of these stands over a judged answer."""

RATINGS = "1Again"
"""What stands under that of a card, and not of a sentence that was put in order."""

OVER = ("rightatthefirsttry", "Nothingisdue", "thereisnothing", "hasnophrase", "Allthat")
"""One of these stands where there is nothing more to ask."""


class Terminal:
    """The program under a pseudo-terminal of 80 by 24 cells, which answers what it is asked; all is kept."""

    def __init__(self, *arguments: str, **environ: str | None) -> None:
        module = "tests.faults.program" if CLOCK in environ else "studytui"
        self._start((sys.executable, "-m", module, *arguments), environ)

    @classmethod
    def of(cls, *command: str) -> Terminal:
        """Another command than the program itself."""
        terminal = cls.__new__(cls)
        terminal._start(command, {})
        return terminal

    def _start(self, command: tuple[str, ...], environ: Mapping[str, str | None]) -> None:
        self.raw = b""
        self.alive = True
        self.screen = pyte.Screen(80, 24)
        self.screen.write_process_input = self._say
        self._stream = pyte.ByteStream(self.screen)
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            said = {**environment(), "TERM": "xterm-256color", "COLORTERM": None, "NO_COLOR": None, **environ}
            given = {name: value for name, value in said.items() if value is not None}
            os.execvpe(command[0], command, given)
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

    @property
    def shown(self) -> str:
        """What stands on the screen, without blanks (one follows a double-width character there)."""
        return "".join(self.screen.display).replace(" ", "")

    def wait_for(self, *texts: str) -> str:
        """Until one of the texts stands on the screen; which one."""
        end = time.monotonic() + PATIENCE
        while not (found := [text for text in texts if text in self.shown]):
            assert time.monotonic() < end, "\n".join(self.screen.display)
            assert self.read(0.1), self.raw[-300:].decode(errors="replace")
        return found[0]

    def press(self, key: str, *texts: str) -> None:
        """Presses a key, again if it came too early, until one of the texts is on the screen."""
        for _ in range(int(PATIENCE / AGAIN)):
            if self._press(key, *texts):
                return
        raise AssertionError("\n".join(self.screen.display))

    def _press(self, key: str, *texts: str) -> bool:
        """Presses a key once; whether one of the texts, or without texts anything new, is soon shown."""
        before = self.shown
        self.send(key)
        end = time.monotonic() + AGAIN
        while time.monotonic() < end:
            if any(text in self.shown for text in texts) or (not texts and self.shown != before):
                return True
            self.read(0.05)
        return False

    def send(self, keys: str) -> None:
        """Types keys."""
        os.write(self.fd, keys.encode())

    def _say(self, answer: str) -> None:
        """What a terminal says when it is asked; a program that is gone hears nothing."""
        with suppress(OSError):
            self.send(answer)

    def exit_status(self) -> int:
        """Reads on until the program has ended."""
        end = time.monotonic() + PATIENCE
        while self.read(0.1):
            assert time.monotonic() < end
        self.alive = False
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.fd)
        return status

    def ended(self) -> int:
        """The exit status, while nobody reads what the program writes; an error if it does not end."""
        end = time.monotonic() + PATIENCE
        while (found := os.waitpid(self.pid, os.WNOHANG))[0] == 0:
            assert time.monotonic() < end, "it goes on"
            select.select([], [], [], 0.05)
        return os.waitstatus_to_exitcode(found[1])

    def kill(self) -> None:
        """SIGKILL, whatever it is doing, and what it wrote before is taken in."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self.exit_status()

    # -- a learner at a quiz or a review

    def settle(self, quiet: float = 0.05) -> None:
        """Reads until nothing has come for so many seconds: a whole frame is on the screen."""
        while select.select([self.fd], [], [], quiet)[0] and self.read(0):
            pass

    def is_settled(self) -> bool:
        """Whether an answer was judged and waits for its rating."""
        return any(verdict in self.shown for verdict in VERDICTS)

    def wait_for_next(self) -> None:
        """Until the answer that was rated is off the screen."""
        end = time.monotonic() + PATIENCE
        while self.is_settled():
            assert time.monotonic() < end, "\n".join(self.screen.display)
            self.read(0.1)

    def answer(self) -> bool | None:
        """Answers the question on the screen, up to its rating: whether it has a card; None at the end."""
        end = time.monotonic() + PATIENCE
        tries = 0
        self.wait_for("done", *OVER)
        while time.monotonic() < end:
            self.settle()
            shown = self.shown
            if self.is_settled():
                return RATINGS in shown
            if any(text in shown for text in OVER):
                return None
            if "Anewword" in shown:
                self._press("\r")
                continue
            if "Entershowsit" in shown:
                keys = "\r"
            elif "EnterAnswer" in shown:
                keys = "x\r"  # also where a key that came before the whole frame stands in the field
            else:
                # A sentence in pieces has no option that answers it: it is not known.
                keys = " " if tries % 2 else "1"
                tries += 1
            # Pressed again at once, the same key would rate what it has answered.
            self._press(keys, *VERDICTS)
        raise AssertionError("\n".join(self.screen.display))

    def rate(self, key: str) -> None:
        """Rates the answer; returns when the next question is shown: from then on it is acknowledged."""
        end = time.monotonic() + PATIENCE
        while self.is_settled():
            assert time.monotonic() < end, "\n".join(self.screen.display)
            self.send(key)
            again = time.monotonic() + AGAIN
            while self.is_settled() and time.monotonic() < again:
                self.read(0.05)
                self.settle()
