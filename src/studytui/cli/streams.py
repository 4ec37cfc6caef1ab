"""The streams a command reads from."""

from __future__ import annotations

import os
import sys
from typing import BinaryIO

from studytui.errors import UsageError


def is_in_browser() -> bool:
    """Whether `studytui serve` started this for a browser: its streams are pipes, not a terminal."""
    return os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver")


def stdin_of(name: str) -> BinaryIO | None:
    """Standard input as bytes, where a command's FILE is `-`.

    Raises:
        UsageError: it is closed.
    """
    if name != "-":
        return None
    if sys.stdin is None:
        raise UsageError("standard input is closed: give a text to `-`, or name a file.")
    return sys.stdin.buffer
