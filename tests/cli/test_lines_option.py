"""`--lines` says what becomes of a text's lines, and is remembered for the text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studytui.cli.main import run
from tests.text.faults import PARAGRAPHS, wrapped

WRAPPED = wrapped(PARAGRAPHS[5], 40)


def paragraphs(capsys: pytest.CaptureFixture[str], *arguments: str) -> int:
    """How many paragraphs the tokens of a text stand in."""
    capsys.readouterr()
    assert run(["tokens", *arguments, "--json"]) == 0
    return len({json.loads(line)["paragraph"] for line in capsys.readouterr().out.splitlines()})


def test_a_choice_is_remembered_until_another_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "井.txt"
    path.write_text("\n".join(WRAPPED), encoding="utf-8")
    assert paragraphs(capsys, str(path)) == 1
    assert paragraphs(capsys, str(path), "--lines", "keep") == len(WRAPPED)
    assert paragraphs(capsys, str(path)) == len(WRAPPED)
    assert paragraphs(capsys, str(path), "--lines", "auto") == 1
    assert paragraphs(capsys, str(path)) == 1


def test_of_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "井.txt"
    path.write_text("\n".join(WRAPPED), encoding="utf-8")
    assert run(["clean", str(path), "--lines", "keep"]) == 0
    assert capsys.readouterr().out.splitlines() == WRAPPED


def test_another_word_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["clean", "two-teas", "--lines", "sometimes"]) == 2
    assert "sometimes" in capsys.readouterr().err
