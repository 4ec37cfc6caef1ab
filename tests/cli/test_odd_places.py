"""Homes and settings that are not what they should be: one sentence, its exit status, nothing made."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

MOST_PATIENCE = 120


def said(*arguments: str, without: tuple[str, ...] = (), **environ: str) -> tuple[int, str]:
    """Exit status, and what is said on standard error."""
    around = {name: value for name, value in os.environ.items() if name not in without} | environ
    done = subprocess.run(
        [sys.executable, "-m", "studytui", *arguments],
        capture_output=True,
        timeout=MOST_PATIENCE,
        check=False,
        env=around,
    )
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize("value", ["~nobody-of-this-name/x", "x" * 5000])
def test_a_home_that_names_no_folder_is_said(value: str) -> None:
    status, sentence = said("stats", STUDYTUI_HOME=value)
    assert status == 2
    assert len(sentence.splitlines()) == 1
    assert "STUDYTUI_HOME" in sentence


@pytest.mark.parametrize("value", ["", "relative"])
def test_without_a_home_of_ones_own_nothing_is_made_in_the_working_folder(
    value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, sentence = said("stats", without=("STUDYTUI_HOME",), HOME=value)
    assert list(tmp_path.iterdir()) == []
    if status:  # an empty one may be known from the list of users
        assert (status, len(sentence.splitlines())) == (2, 1)


def test_relative_xdg_variables_are_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    status, _ = said(
        "read", "two-teas", "--plain", without=("STUDYTUI_HOME",), HOME=str(home), XDG_DATA_HOME="data"
    )
    assert status == 0
    assert [each.name for each in tmp_path.iterdir()] == ["home"]


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_folder(path: Path) -> None:
    path.mkdir()


def of(content: bytes) -> Callable[[Path], None]:
    def put(path: Path) -> None:
        path.write_bytes(content)

    return put


@pytest.mark.parametrize(
    "put",
    [
        a_pipe,
        a_folder,
        lambda path: path.symlink_to("/dev/zero"),
        lambda path: path.symlink_to("/dev/tty"),
        lambda path: path.symlink_to(path.name),
        of(b"theme = \xff\xfe"),
        of(b"#" * (100 << 20)),
        of(b"new_per_day = " + b"9" * 10_000),
        of(b"new_per_day = 0x" + b"f" * 10_000),
        of(b"templates = " + b"[" * 100_000),
        of(b"templates = " + b"[" * 300 + b"]" * 300),
        of(b"keys = " + b"{a=" * 5_000),
        of(b"a" + b".a" * 16_000 + b" = 1"),
        of(b"a" + b".a" * 1_000_000 + b" = 1"),
        of(b"theme" + b".a" * 5_000 + b" = 1"),
        of(b"learn_ahead = 1e999"),
        of(b"theme = 'a\x00b'"),
    ],
)
def test_settings_that_are_none_are_said_in_one_sentence(put: Callable[[Path], None], home: Path) -> None:
    settings = home / "config" / "config.toml"
    settings.parent.mkdir(parents=True)
    put(settings)
    status, sentence = said("stats")
    assert status == 1
    assert len(sentence.splitlines()) == 1
    assert "config.toml" in sentence
    assert "fault" not in sentence


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfnew_per_day = 3\r\n", b"# empty\r\n\r\n", b""])
def test_settings_of_other_editors_are_read(content: bytes, home: Path) -> None:
    settings = home / "config" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_bytes(content)
    assert said("stats") == (0, "")


@pytest.mark.parametrize("command", ["read", "clean", "tokens", "phrases", "quiz", "import"])
@pytest.mark.parametrize("put", [a_folder, lambda path: path.symlink_to("/dev/zero"), of(b"")])
def test_a_file_that_is_none_is_said(
    command: str, put: Callable[[Path], None], home: Path, tmp_path: Path
) -> None:
    put(tmp_path / "text.txt")
    status, sentence = said(command, str(tmp_path / "text.txt"))
    assert status in (1, 2)
    assert len(sentence.splitlines()) == 1
    assert "fault" not in sentence
