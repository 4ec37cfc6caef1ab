"""A file that is there whole or as it was before: written beside its place, then moved over it."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

_learners_umask: int | None = None
"""What the learner's shell takes from a new file's mode, once `make_private` has put a stricter one."""


def make_private() -> None:
    """From now on all that this process makes is the learner's alone: journals, texts, caches, their folders.

    Only what is written for others (`replace_whole` with a mode of 0o666) is as the learner's umask says.
    """
    global _learners_umask
    previous = os.umask(0o077)
    _learners_umask = previous if _learners_umask is None else _learners_umask


def replace_whole(path: Path, content: bytes, *, mode: int = 0o600, lasting: bool = True) -> None:
    """Puts `content` at `path`; a reader, or a crash, sees the old content or the new and nothing between.

    Args:
        path: the file; its folder is there.
        content: all of it.
        mode: of a new file, less the learner's umask. A file that is there keeps its own.
        lasting: whether it is on the disk before this returns. A cache need not wait for that.

    Raises:
        OSError: it could not be written; what stood there still does.
    """
    draft = path.with_name(f".{path.name[:100]}.{os.urandom(6).hex()}.part")
    # Exclusive: a link planted under this name is not followed.
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with suppress(OSError):  # file systems without rights
                if path.exists():
                    os.fchmod(descriptor, stat.S_IMODE(path.stat().st_mode) & 0o777)
                elif _learners_umask is not None:
                    os.fchmod(descriptor, mode & ~_learners_umask)
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
    """Makes a new or renamed file's name as lasting as its content, where the file system can."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS):  # shares that sync files alone
            raise
    finally:
        os.close(descriptor)
