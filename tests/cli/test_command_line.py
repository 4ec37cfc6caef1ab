"""The command line itself: what was likely meant, completion, the manual page, the settings."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import hatch_build
from studytui.cli.main import run
from studytui.cli.parser import parser


def complained(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    return said.err


def test_a_text_is_read_without_a_verb(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "stat"  # near to a command, and there
    path.write_text("他坚持锻炼身体。\n", encoding="utf-8")
    for name in (str(path), "two-teas"):
        assert run([name]) == 0
        bare = capsys.readouterr().out
        assert run(["read", name]) == 0
        assert capsys.readouterr().out == bare


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["reveiw"], "'review'"),
        (["statz", "--json"], "'stats'"),
        (["quiz", "two-teas", "--plian"], "--plain"),
        (["quiz", "two-teas", "--limt=3"], "--limit"),
        (["stats", "--optimize"], "--optimise"),
        (["--verson"], "--version"),
        (["config", "new_per_dy", "3"], "'new_per_day'"),
    ],
)
def test_what_was_likely_meant_is_named(
    arguments: list[str], meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert f"did you mean {meant}?" in complained(capsys, *arguments)


def test_what_is_like_nothing_is_not_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["frobnicate"], ["stats", "--frobnicate"], ["stats", "more"]):
        assert "did you mean" not in complained(capsys, *arguments)


def test_settings_are_shown_with_where_they_come_from(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def shown() -> dict[str, dict[str, object]]:
        assert run(["config", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["files"]["journal"] == str(home / "data/journal")
        return dict(told["settings"])

    before = shown()
    assert {each["from"] for each in before.values()} == {"default"}
    for key, value in (("new_per_day", "7"), ("learning_steps", '["1m", 90]'), ("theme", "textual-light")):
        assert run(["config", key, value]) == 0
    capsys.readouterr()
    after = shown()
    assert after["new_per_day"] == {"value": 7, "from": "config.toml"}
    assert after["learning_steps"]["value"] == ["1m", "90m"]
    assert "textual-dark" in complained(capsys, "config", "theme", "nosuch")
    assert "must be" in complained(capsys, "config", "new_per_day", "many")
    for key in after:
        assert run(["config", key, "default"]) == 0
    capsys.readouterr()
    assert shown() == before


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_takes_its_completion(shell: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "studytui", "completion", shell], capture_output=True, timeout=60, check=True
    )
    script = tmp_path / "completion"
    script.write_bytes(done.stdout)
    assert all(command.encode() in done.stdout for command in parser().commands)
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not here")
    assert subprocess.run([shell, "-n", str(script)], timeout=60, check=False).returncode == 0
    if shell == "bash":
        for words, offered in ((["studytui", "qu"], "quiz"), (["studytui", "read", "two"], "two-teas")):
            ask = f"source {script}; COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; "
            ask += "_shtab_studytui; printf '%s\\n' \"${COMPREPLY[@]}\""
            answer = subprocess.run(["bash", "-c", ask], capture_output=True, timeout=60, check=False)
            assert offered in answer.stdout.decode().split()


def test_the_manual_page_has_every_command(tmp_path: Path) -> None:
    (tmp_path / "src").symlink_to(Path(hatch_build.__file__).parent / "src")
    page = hatch_build.manual(tmp_path).read_text("utf-8")
    assert page.startswith(".TH STUDYTUI")
    for name, one in parser().commands.items():
        assert f"studytui {name}" in page
        assert one.description is not None
