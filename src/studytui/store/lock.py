"""A lock between this machine's processes. The system lets go of it with the process, however that ends."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

_STEP = 0.02
"""Seconds between two attempts."""
_WITHOUT_LOCKS = (errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP)
"""What a file system says that has no locks: some of NFS, FUSE and old vfat."""


@contextmanager
def locked(path: Path, patience: float) -> Iterator[None]:
    """Holds the lock of a name.

    Where the file system has no locks, a file in the machine's temporary folder is locked in its place.

    Args:
        path: the file that is locked; it is made if it is not there. Its folder is there.
        patience: seconds to wait for another process.

    Raises:
        TimeoutError: another process held it all the time.
        OSError: it cannot be made.
    """
    descriptor = _open(path)
    try:
        try:
            _wait(descriptor, patience)
        except OSError as error:
            if error.errno not in _WITHOUT_LOCKS:
                raise
            os.close(descriptor)
            descriptor = -1
            descriptor = _open(_elsewhere(path))
            _wait(descriptor, patience)
        yield
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)


def _wait(descriptor: int, patience: float) -> None:
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT)) from None
            time.sleep(_STEP)
        else:
            return


def _elsewhere(path: Path) -> Path:
    """The stand-in of a lock: in a folder that nobody else can write to."""
    folder = Path(tempfile.gettempdir()) / f"studytui-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o022:
        raise PermissionError(errno.EPERM, "another user holds the place of the lock", str(folder))
    return folder / f"{sha256(os.fsencode(path.resolve())).hexdigest()[:16]}.lock"
