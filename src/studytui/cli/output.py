"""Printing for programs (a JSON object a line) and for people without a screen."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from studytui.errors import full_stop
from studytui.store.locations import Locations
from studytui.text.characters import escaped, printable, printable_line

if TYPE_CHECKING:
    from studytui.session.workspace import Workspace


@contextmanager
def open_workspace() -> Iterator[Workspace]:
    """The learner's workspace; what is wrong with it but was mended is said on standard error."""
    # Not before they are needed: completions and settings do without the learner's collection.
    from studytui.session.workspace import Workspace
    from studytui.store.collection import Collection

    with Collection.open(Locations.find(os.environ)) as collection:
        told: set[str] = set()

        def tell(sentence: str) -> None:
            if sentence not in told:
                told.add(sentence)
                say_aside(sentence)

        def warn() -> None:
            for warning in collection.warnings:
                tell(warning)

        warn()
        if collection.config.theme is not None or collection.config.keys:
            from studytui.tui.settings_check import unknown_settings

            for sentence in unknown_settings(collection.config):
                tell(full_stop(sentence))
        yield Workspace(collection, tell)
        warn()  # what came to light meanwhile


def _write_over(line: str) -> None:
    """Shows a line in place of the last one, on a terminal; an empty one when the work is done."""
    if sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb":
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()


def chapter_told(done: int, all_: int) -> None:
    """Says on a terminal how many chapters of a long text are done; nothing where nobody looks."""
    _write_over(f"Key phrases: chapter {done} of {all_}" if done < all_ else "")


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """Says on a terminal how many percent are done; nothing where nobody looks."""
    last = -1

    def told(done: int, total: int) -> None:
        nonlocal last
        percent = done * 100 // total if total else 100
        if percent != last:
            last = percent
            _write_over(f"{what}: {percent} %")

    try:
        yield told
    finally:
        if last >= 0:
            _write_over("")


def print_object(keys: Mapping[str, object]) -> None:
    """One JSON object on a line of its own."""
    print(escaped(json.dumps(keys, ensure_ascii=False)))  # noqa: T201


def say(line: str = "") -> None:
    """A line for a person; nothing in it is obeyed by a terminal."""
    print(printable(line))  # noqa: T201


def say_prompt(prompt: str) -> None:
    """What stands before a learner's answer, on the same line."""
    print(printable(prompt), end="", flush=True)  # noqa: T201


def say_aside(sentence: str) -> None:
    """A sentence for a person on standard error, beside what a command prints; on one line, as `say`."""
    print(f"studytui: {full_stop(printable_line(sentence))}", file=sys.stderr)  # noqa: T201
