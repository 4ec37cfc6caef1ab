"""A file that is there whole or as it was before: written beside its place, then moved over it."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path


def replace_whole(path: Path, content: bytes, *, mode: int = 0o600, lasting: bool = True) -> None:
    """Puts `content` at `path`; a reader, or a crash, sees the old content or the new and nothing between.

    Args:
        path: the file; its folder is there.
        content: all of it.
        mode: of a new file, less the process's umask.
        lasting: whether it is on the disk before this returns. A cache need not wait for that.

    Raises:
        OSError: it could not be written; what stood there still does.
    """
    draft = path.with_name(f".{path.name[:100]}.{secrets.token_hex(6)}.part")
    # Exclusive: a link planted under this name is not followed.
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    if lasting:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes a new or renamed file's name as lasting as its content."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
