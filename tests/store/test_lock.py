"""The lock between processes, also where the file system has none."""

from __future__ import annotations

import errno
import fcntl
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from studytui.store.lock import locked

HOLD = """
import sys
from pathlib import Path
from studytui.store.lock import locked
with locked(Path(sys.argv[1]), 10):
    print("held", flush=True)
    input()
"""


def test_another_process_is_waited_for_and_its_end_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(TimeoutError), locked(path, 0):
        pass
    holder.kill()
    holder.communicate()
    with locked(path, 0):
        pass


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_file_system_without_locks_has_one_in_the_temporary_folder(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary, shared = tmp_path / "temporary", tmp_path / "shared"
    temporary.mkdir()
    shared.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    real = fcntl.flock

    def flock(descriptor: int, operation: int) -> None:
        if Path(f"/proc/self/fd/{descriptor}").resolve().is_relative_to(shared):
            raise OSError(number, "no locks here")
        real(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", flock)
    with locked(shared / "lock", 0):
        with pytest.raises(TimeoutError), locked(shared / "lock", 0):
            pass
        with locked(shared / "another", 0):
            pass
    with locked(shared / "lock", 0):
        pass
    assert {each.stat().st_mode & 0o077 for each in temporary.rglob("*")} == {0}


def test_a_stranger_cannot_hold_the_place_of_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flock(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "no locks here")

    monkeypatch.setattr(fcntl, "flock", flock)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    import os

    (tmp_path / f"studytui-{os.getuid()}").symlink_to(tmp_path)
    with pytest.raises(PermissionError), locked(tmp_path / "lock", 0):
        pass
