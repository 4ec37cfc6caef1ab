"""The command `import`: its report, its JSON keys, its exit status, and that a dry run changes nothing."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import genanki
import pytest

from studytui.cli.main import run

KEYS = {"known", "learning", "new", "suspended"}


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "words.csv"
    path.write_text("词语,拼音\n核心,hé xīn\n發展,fā zhǎn\n不是词典里的词,x\n", encoding="utf-8-sig")
    return path


@pytest.fixture
def package(tmp_path: Path) -> Path:
    template = {"name": "1", "qfmt": "{{Hanzi}}", "afmt": "x"}
    model = genanki.Model(1607392319, "Mine", fields=[{"name": "Hanzi"}], templates=[template])
    deck = genanki.Deck(2059400110, "Chinese")
    for word in ("核心", "發展", "<b>城市</b>"):
        deck.add_note(genanki.Note(model=model, fields=[word]))
    path = tmp_path / "deck.apkg"
    genanki.Package(deck).write_to_file(str(path))
    return path


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    found: dict[str, Any] = json.loads(lines[0])
    assert set(found) >= KEYS
    return found


def status_of(word: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> str:
    """The status with which a word stands in a text."""
    text = tmp_path / "text.txt"
    text.write_text(f"他说{word}。\n", encoding="utf-8")
    assert run(["tokens", str(text), "--json"]) == 0
    tokens = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return str(next(token["status"] for token in tokens if token["text"] == word))


def test_a_dry_run_reports_and_changes_nothing(
    words: Path, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", str(words)]) == 0
    report = capsys.readouterr().out
    assert "Words are in 词语 of the list: 2 of 3 lines." in report
    assert "2 different words of the dictionary, taken as known." in report
    assert "Skipped: 1 that are not words of the dictionary (不是词典里的词)." in report
    assert "Nothing has been changed yet. With --yes: 2 words marked as known." in report
    assert not list(home.rglob("*.jsonl"))
    assert status_of("核心", capsys, tmp_path) == "new"


def test_with_yes_words_are_marked(words: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(words), "--yes"]) == 0
    assert "Done: 2 words marked as known." in capsys.readouterr().out
    assert status_of("核心", capsys, tmp_path) == "known"
    assert status_of("发展", capsys, tmp_path) == "known"
    assert run(["import", str(words), "--yes"]) == 0
    assert "Nothing in it is new to studytui. 2 words left as they are here." in capsys.readouterr().out


def test_words_of_one_s_level_are_told_as_such(words: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["config", "known_hsk", "7"]) == 0
    assert run(["import", str(words)]) == 0
    said = capsys.readouterr().out
    assert "2 words already counted as known by your level or placement." in said
    assert "left as they are" not in said
    assert run(["import", str(words), "--as", "learning"]) == 0
    assert "2 words marked as being learned" in capsys.readouterr().out


def test_json(words: Path, package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(words), "--json", "--as", "learning"]) == 0
    found = printed(capsys)
    assert [found[key] for key in ("known", "learning", "new", "suspended")] == [0, 2, 0, 0]
    assert (found["done"], found["words"], found["marked_learning"]) == (False, 2, 2)
    assert found["fields"] == [{"type": None, "field": "词语", "notes": 3, "words": 2}]
    assert found["skipped"] == [
        {"reason": "are not words of the dictionary", "count": 1, "examples": ["不是词典里的词"]}
    ]
    assert run(["import", str(package), "--json", "--yes"]) == 0
    found = printed(capsys)
    assert [found[key] for key in ("known", "learning", "new", "suspended")] == [0, 0, 3, 0]
    assert found["fields"] == [{"type": "Mine", "field": "Hanzi", "notes": 3, "words": 3}]
    assert found["done"]


def test_a_package_is_reported_by_standing(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(package)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Words are in the field Hanzi of Mine: 3 of 3 notes."
    assert [line.split()[:2] for line in lines[2:6]] == [
        ["known", "0"], ["learning", "0"], ["new", "3"], ["suspended", "0"],
    ]  # fmt: skip
    # What Anki exports without scheduling looks so, however well it is known.
    assert lines[6].startswith("All of it is new. If you have studied it, export it again with scheduling")
    assert lines[-1] == "Nothing in it is new to studytui."


@pytest.mark.parametrize("content", ["核心\n发展\n".encode("gb18030"), None])
def test_standard_input(
    content: bytes | None, package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A list, or a package, through a pipe."""
    raw = io.BytesIO(package.read_bytes() if content is None else content)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw))
    assert run(["import", "-", "--json"]) == 0
    assert printed(capsys)["words"] == (3 if content is None else 2)


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["import"], 2, "FILE"),
        (["import", "nowhere.apkg"], 2, "There is no file nowhere.apkg."),
        (["import", "."], 2, "is a directory"),
        (["import", "words.csv", "--field", "nothing"], 2, "There is no column 'nothing'"),
        (["import", "words.csv", "--as", "loved"], 2, "invalid choice"),
        (["import", "empty.apkg"], 1, "is empty"),
        (["import", "text.apkg"], 1, "not an Anki package"),
        (["import", "\x1b[31mred.csv"], 2, "There is no file"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    arguments: list[str],
    status: int,
    says: str,
    words: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(words.parent)
    Path("empty.apkg").write_bytes(b"")
    Path("text.apkg").write_text("核心\n", encoding="utf-8")
    assert run(arguments) == status
    captured = capsys.readouterr()
    assert captured.out == ""
    assert says in captured.err
    assert captured.err.count("\n") == 1
    assert "\x1b" not in captured.err
    assert not list(home.rglob("*.jsonl"))


def test_names_out_of_a_package_are_shown_without_control_characters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template = {"name": "1", "qfmt": "{{A\x1b[31m}}", "afmt": "x"}
    model = genanki.Model(1607392320, "M\x1b[2J", fields=[{"name": "A\x1b[31m"}], templates=[template])
    deck = genanki.Deck(2059400111, "Chinese")
    for word in ("核心", "发展", "不是词典\x9b里的词"):
        deck.add_note(genanki.Note(model=model, fields=[word]))
    path = tmp_path / "deck.apkg"
    genanki.Package(deck).write_to_file(str(path))
    assert run(["import", str(path)]) == 0
    report = capsys.readouterr().out
    assert "\x1b" not in report
    assert "\x9b" not in report
    assert "Words are in the field A�[31m of M�[2J: 2 of 3 notes." in report
