"""The streams a command reads from."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from studytui.errors import UsageError


def is_in_browser() -> bool:
    """Whether `studytui serve` started this for a browser: its streams are pipes, not a terminal."""
    return os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver")


def locale_without_chinese(environ: Mapping[str, str]) -> str | None:
    """What to tell of a locale that is not UTF-8, in a sentence; None of one that is, or where none is named.

    Python puts UTF-8 in the place of the locale C, so what counts is what the program was started with.
    """
    with suppress(OSError, ValueError):
        pairs = Path("/proc/self/environ").read_bytes().decode("utf-8", "replace").split("\0")
        environ = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    name = next((environ[each] for each in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(each)), None)
    if name is None or "utf8" in name.lower().replace("-", ""):
        return None
    return (
        f"The locale is {name}, which is not UTF-8: if Chinese characters do not show, "
        "set LC_ALL=C.UTF-8, and the terminal to UTF-8."
    )


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
