"""On a shared server: a learner's own files and no others, and no other program.

Off unless `restrict` is called. It holds for the whole process and cannot be taken back.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from studytui.errors import UsageError

_readable: tuple[Path, ...] | None = None
"""The folders whose files may be named; None where nothing is restricted."""
_STARTS = frozenset(("os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system"))
"""What Python says of itself (`sys.audit`) when another program is about to be started."""
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def restrict(readable: Sequence[Path], writable: Sequence[Path]) -> None:
    """From now on only files in these folders can be named, read or written, and no program is started.

    What is named is refused with a sentence (`require_own`). Below that, Python itself refuses to write
    elsewhere and to start anything but itself, whoever asks for it.
    """
    global _readable
    _readable = tuple(folder.resolve() for folder in readable)
    written = tuple(folder.resolve() for folder in (*writable, Path(tempfile.gettempdir())))
    written += Path("/dev/null"), Path("/dev/tty")

    def heed(event: str, arguments: tuple[object, ...]) -> None:
        if event in _STARTS or (event == "subprocess.Popen" and arguments[0] != sys.executable):
            raise PermissionError("no other program is started on this server")
        if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            flags = arguments[2]
            if isinstance(flags, int) and flags & _WRITES and not _is_within(arguments[0], written):
                raise PermissionError(f"{os.fsdecode(arguments[0])} is not one of your own files")

    sys.addaudithook(heed)


def is_restricted() -> bool:
    """Whether only the learner's own files can be named."""
    return _readable is not None


def is_own(path: str | Path) -> bool:
    """Whether a file may be named: nothing is restricted, or it is in an own folder, links followed."""
    if _readable is None:
        return True
    try:
        return _is_within(Path(path).expanduser(), _readable)
    except (OSError, RuntimeError, ValueError):  # no path at all
        return False


def require_own(path: str | Path, shown: str) -> None:
    """Refuses a file that is not the learner's own.

    Raises:
        UsageError: it is not.
    """
    if not is_own(path):
        raise UsageError(
            f"{shown} is not in your own folder, and this server opens no other: give its name alone, "
            "or send a text by `texts add -`."
        )


def require_no_program(what: str) -> None:
    """Refuses what would start another program or reach another machine.

    Raises:
        UsageError: this is a shared server.
    """
    if _readable is not None:
        raise UsageError(f"{what} is not to be had on this server, which is shared: ask who runs it.")


def _is_within(path: str | bytes | os.PathLike[str] | os.PathLike[bytes], folders: Sequence[Path]) -> bool:
    whole = Path(os.fsdecode(path)).resolve()
    return any(whole.is_relative_to(folder) for folder in folders)
