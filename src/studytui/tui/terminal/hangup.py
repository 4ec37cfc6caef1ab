"""What ends or stops the program from outside: signals, a terminal that is gone, a shell that is missing."""

from __future__ import annotations

import atexit
import os
import signal
import sys
import termios
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

GRACE = 5.0
"""Seconds to leave in order after a signal. Nobody may be reading any more what is written to the terminal,
and then even the goodbye waits for ever."""

WRITER = "textual-output"
"""The thread that writes to the terminal, as Textual names it."""


class Hangup:
    """Leaves in order when a signal comes or the terminal goes; and leaves in any case.

    For the main thread only. What it sets up holds until the process ends: also the last steps can wait for
    a terminal that nobody reads.
    """

    def __init__(self, leave: Callable[[int], None], keep: Callable[[], None]) -> None:
        """Heeds SIGTERM, SIGHUP, and a terminal that can no longer be written to.

        Args:
            leave: asks the program to leave, with an exit status; called amid whatever it is doing.
            keep: keeps what is not kept yet, where the program does not leave within `GRACE` seconds.
        """
        self._leave = leave
        self._keep = keep
        self._status = 0
        self._modes = _modes()
        self._other_threads = threading.excepthook
        threading.excepthook = self._thread_failed
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._signalled)
        # Once all threads have ended nothing waits any more, and nobody is left to take the alarm.
        atexit.register(signal.setitimer, signal.ITIMER_REAL, 0)

    def look(self) -> bool:
        """Takes a terminal that was closed without a signal as a signal; whether it is gone."""
        gone = self._modes is not None and _modes() is None
        if gone:
            os.kill(os.getpid(), signal.SIGHUP)
        return gone

    def _signalled(self, number: int, _: FrameType | None) -> None:
        if self._status:
            return
        self._status = 128 + number
        signal.signal(signal.SIGALRM, self._end)
        signal.setitimer(signal.ITIMER_REAL, GRACE)
        self._leave(self._status)

    def _end(self, _: int, __: FrameType | None) -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # to keep it must not take for ever either
        signal.setitimer(signal.ITIMER_REAL, GRACE)
        try:
            self._keep()
        finally:
            if self._modes is not None:
                with suppress(termios.error, OSError):
                    termios.tcsetattr(0, termios.TCSANOW, self._modes)
            os._exit(self._status)

    def _thread_failed(self, args: threading.ExceptHookArgs) -> None:
        if args.thread is not None and args.thread.name == WRITER and isinstance(args.exc_value, OSError):
            os.kill(os.getpid(), signal.SIGHUP)  # the terminal is gone
        else:
            self._other_threads(args)


def _modes() -> list[int | list[bytes | int]] | None:
    """How the terminal is set; None where there is none."""
    try:
        return termios.tcgetattr(0)
    except (termios.error, OSError):
        return None


def can_be_continued() -> bool:
    """Whether a shell could continue the program, were it suspended.

    It is the first of its session under `ssh -t host studytui`, as a forced command, or as all that a tmux
    window runs. Else its process group needs a parent outside the group and in the session: the shell.
    """
    session, group = os.getsid(0), os.getpgrp()
    process = os.getppid()
    for _ in range(100):
        try:
            if process <= 1 or os.getsid(process) != session:
                return False
            if os.getpgid(process) != group:
                return True
        except OSError:  # it has gone meanwhile, or cannot be asked
            return False
        parent = _parent_of(process)
        if parent is None:
            return session != group
        process = parent
    return False


def _parent_of(process: int) -> int | None:
    """The parent of a process; None where the system has no /proc to tell."""
    try:
        told = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
        return int(told.rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return None


def stop_is_ignored() -> bool:
    """Whether the program was started so that it cannot be suspended."""
    return sys.platform != "win32" and signal.getsignal(signal.SIGTSTP) is signal.SIG_IGN
