"""Where the lines of answers come from."""

from __future__ import annotations

import select
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

LONGEST = 2000
"""Characters of a line that are looked at: no answer is longer."""


def answers_for(name: str | None, *, json: bool) -> TextIO | None:
    """What answers are read from; None where none can come, so that questions are listed instead.

    That is standard input, unless it is closed or at its end already (`</dev/null`). Where the text comes
    through it (`-`), it is the terminal. Nobody types JSON, so a terminal gives no answers in JSON.
    """
    if name == "-":
        return None if json else _terminal()
    stream = sys.stdin
    if stream is None or (json and stream.isatty()) or _is_at_its_end(stream):
        return None
    with suppress(AttributeError, ValueError):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    return stream


def _terminal() -> TextIO | None:
    try:
        return Path("/dev/tty").open(encoding=sys.stdin.encoding if sys.stdin else "utf-8", errors="replace")
    except OSError:
        return None


def _is_at_its_end(stream: TextIO) -> bool:
    """Whether nothing more can be read. It does not wait for what may still come."""
    try:
        return bool(select.select([stream], [], [], 0)[0]) and not stream.buffer.peek(1)  # type: ignore[attr-defined]
    except (OSError, ValueError):
        return True


def next_line(stream: TextIO) -> str | None:
    """The next line without its end; None at the end of the input, or where the line dropped."""
    try:
        line = stream.readline()
    except OSError:  # a terminal that was hung up
        return None
    return line[:LONGEST].rstrip("\r\n") if line else None
