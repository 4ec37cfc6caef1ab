"""Paths that are typed: behind the folder that stands in the field already, and completed as one types."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from textual.suggester import Suggester

_ANEW = re.compile(r"\A.*(?:(?<!:)/(?=/)|/(?=~(?:/|$))|/(?=['\"][/~])|/(?=\w+://))", re.DOTALL)
"""What stands before a path that begins anew: `/home/me/` in `/home/me//tmp/x` and in `/home/me/~/x`."""


def typed_name(text: str) -> str:
    """What a field names: what looks absolute in it, or like an address, counts from there.

    Whoever types or pastes `/tmp/x` behind the folder that was proposed means `/tmp/x`. Where only the whole
    names something, it is the whole.
    """
    whole = text.strip()
    anew = _ANEW.sub("", whole).strip("'\"")
    return whole if _is_there(whole) and not _is_there(anew) else anew


def typed_path(text: str) -> Path:
    """The path that a field holds."""
    return _expanded(typed_name(text))


def _expanded(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:  # the home of somebody who is not there
        return Path(text)


def _is_there(name: str) -> bool:
    try:
        return os.path.lexists(_expanded(name))
    except (OSError, ValueError):
        return False


def working_folder() -> Path:
    """Where the program was started; the learner's home if that folder is gone."""
    try:
        return Path.cwd()
    except OSError:
        return Path.home()


class Paths(Suggester):
    """Completes the name of a folder, or of a file whose name ends in one of some ways."""

    def __init__(self, endings: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._endings = tuple(endings)

    async def get_suggestion(self, value: str) -> str | None:
        """The first that begins so, by name."""
        folder, _, begun = value.rpartition("/")
        if not begun:
            return None
        try:
            found = sorted(
                f"{entry.name}/" if entry.is_dir() else entry.name
                for entry in (typed_path(f"{folder}/") if "/" in value else Path()).iterdir()
                if entry.name.startswith(begun) and (entry.is_dir() or entry.suffix.lower() in self._endings)
            )
        except (OSError, ValueError):
            return None
        return f"{value}{found[0][len(begun) :]}" if found else None
