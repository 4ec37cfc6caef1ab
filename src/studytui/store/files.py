"""The few ways in which the learner's files are touched: privately, wholly, and with clear failures."""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from studytui.errors import StudytuiError
from studytui.whole_file import replace_whole

_CAUSES = {
    errno.ENOSPC: "the disk is full: make room and try again",
    errno.EDQUOT: "your disk quota is used up: make room and try again",
    errno.EFBIG: "the file would grow beyond the allowed size: raise the limit and try again",
    errno.EACCES: "permission is denied: make it yours to write, or set STUDYTUI_HOME to another folder",
    errno.EPERM: "permission is denied: make it yours to write, or set STUDYTUI_HOME to another folder",
    errno.EROFS: "it is on a read-only disk: set STUDYTUI_HOME to a folder that can be written",
    errno.EIO: "the disk reports an error: copy your files to another disk before anything else",
    errno.ENOTDIR: "a file stands where a folder should be: move it away or set STUDYTUI_HOME",
    errno.EEXIST: "a file stands where a folder should be: move it away or set STUDYTUI_HOME",
}


def failure(doing: str, path: Path, error: OSError) -> StudytuiError:
    """One sentence for the learner: `cannot write /…/journal: the disk is full: make room and try again`."""
    cause = _CAUSES.get(error.errno or 0) or (error.strerror or str(error)).lower()
    return StudytuiError(f"cannot {doing} {path}: {cause}")


def make_private(folder: Path) -> None:
    """Makes a folder that only the learner can enter, and its parents.

    Raises:
        StudytuiError: it cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise failure("make", folder, error) from error


def content_of(path: Path) -> bytes:
    """What a file holds; nothing if it is not there.

    Raises:
        StudytuiError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise failure("read", path, error) from error


_T = TypeVar("_T")


def from_cache(path: Path, kind: type[_T]) -> _T | None:
    """What a JSON file of a cache holds, which is used by that; None if it is not there, or damaged."""
    import msgspec  # most who write a file need none

    try:
        kept = msgspec.json.decode(path.read_bytes(), type=kind)
        path.touch()
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return kept


def keep_in_cache(path: Path, content: bytes, most: int) -> None:
    """Writes a JSON file of a cache, and lets go of all but the `most` files there that were used last.

    A full or read-only disk is no fault: what is not kept is worked out again.
    """
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_whole(path, content, lasting=False)
        files = list(path.parent.glob("*.json"))
        if len(files) > most:
            for old in sorted(files, key=lambda each: each.stat().st_mtime)[:-most]:
                old.unlink()


def free_name(path: Path) -> Path:
    """The path itself, or with `-2`, `-3`… behind it: one at which nothing is."""
    free, number = path, 1
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free


def write_whole(path: Path, content: bytes) -> None:
    """Replaces a file so that a reader, or a crash, sees the old content or the new and nothing between.

    Raises:
        StudytuiError: it cannot be written; the old file is as it was.
    """
    make_private(path.parent)
    try:
        replace_whole(path, content)
    except OSError as error:
        raise failure("write", path, error) from error
