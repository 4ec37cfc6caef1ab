"""What is the learner's is nobody else's; what is written for others is as the learner's umask says."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from studytui.anki.back.collection_file import open_collection

MOST_PATIENCE = 120
PROGRAM = [sys.executable, "-m", "studytui"]


def studytui(*arguments: str, umask: int = 0o022, **environ: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *arguments],
        capture_output=True,
        timeout=MOST_PATIENCE,
        check=False,
        env={**os.environ, **environ},
        umask=umask,
    )


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_all_that_is_kept_is_private_and_an_export_is_not(home: Path, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("朋友\n老师\n", "utf-8")
    assert studytui("import", str(words), "--yes").returncode == 0
    assert studytui("read", "two-teas", "--plain").returncode == 0
    shared = tmp_path / "shared.md"
    assert studytui("export", "two-teas", "-o", str(shared)).returncode == 0
    made = [home, *home.rglob("*")]
    assert len(made) > 8
    assert [path for path in made if mode_of(path) & 0o077] == []
    assert mode_of(shared) == 0o644
    assert studytui("export", "two-teas", "-o", str(tmp_path / "two.csv"), umask=0o027).returncode == 0
    assert mode_of(tmp_path / "two.csv") == 0o640


def test_a_file_that_is_there_keeps_its_mode(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "group.tsv"
    target.write_text("", "utf-8")
    target.chmod(0o664)
    assert studytui("export", "two-teas", "-o", str(target)).returncode == 0
    assert target.stat().st_size
    assert mode_of(target) == 0o664


def test_parents_that_are_made_are_private_too(tmp_path: Path) -> None:
    home = tmp_path / "one" / "two" / "home"
    assert studytui("read", "two-teas", "--plain", STUDYTUI_HOME=str(home)).returncode == 0
    assert {mode_of(path) for path in (home, home.parent, home.parent.parent)} == {0o700}


def test_an_export_does_not_take_the_place_of_a_pipe(home: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    done = studytui("export", "two-teas", "-o", str(pipe))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_copy_of_a_collection_is_gone_while_it_is_still_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    package = a_package(tmp_path)
    with package.open("rb") as stream, open_collection(stream, "it") as connection:
        assert [path for path in tmp_path.rglob("*") if path.is_file() and path != package] == []
        assert connection.execute("SELECT count(*) FROM notes").fetchone()[0] > 0


def a_package(folder: Path) -> Path:
    package = folder / "two.apkg"
    home = str(folder.with_name("home-of-package"))
    assert studytui("export", "two-teas", "-o", str(package), STUDYTUI_HOME=home).returncode == 0
    return package


def test_what_a_killed_import_left_is_taken_away_by_the_next(home: Path, tmp_path: Path) -> None:
    package = a_package(tmp_path)
    folder = tmp_path / "temporary"
    folder.mkdir()
    sleeper = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    left, held = (folder / f"studytui-import-{number}-abc" for number in (sleeper.pid, os.getpid()))
    for each in (left, held):
        each.mkdir()
        (each / "collection").write_bytes(b"somebody's")
    sleeper.send_signal(signal.SIGKILL)
    sleeper.communicate()
    assert studytui("import", str(package), TMPDIR=str(folder)).returncode == 0
    assert list(folder.iterdir()) == [held]
