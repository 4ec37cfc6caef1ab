"""`--lines` says what becomes of a text's lines, and is remembered for the text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from studytui.cli.main import run
from studytui.session.workspace import BEGINNING, LONG, Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.text.document import LinesChoice
from studytui.text.source.source import bundled
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


@pytest.mark.parametrize("command", ["clean", "tokens", "read", "phrases", "quiz", "export"])
def test_what_one_command_was_told_all_others_know(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        "我爷爷的图书馆在山坡上",
        "他每天清晨都要打扫台阶",
        "年轻人喜欢坐在窗边看书",
        "傍晚的阳光照在木头桌子",
    ]
    path, table = tmp_path / "山.txt", tmp_path / "out.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    output = ["-o", str(table)] if command == "export" else []
    assert run([command, str(path), "--lines", "join", *output]) == 0

    def printed(*arguments: str) -> list[str]:
        capsys.readouterr()
        assert run(list(arguments)) == 0
        return capsys.readouterr().out.splitlines()

    whole = "".join(lines)
    assert printed("clean", str(path)) == [whole]
    plain = [re.sub("[【】]", "", line) for line in printed("read", str(path), "--plain")]
    assert whole in plain
    assert {json.loads(line)["paragraph"] for line in printed("tokens", str(path), "--json")} == {0}
    phrases = [json.loads(line)["sentence"] for line in printed("phrases", str(path), "--json")]
    assert phrases
    assert set(phrases) == {whole}
    asked = [json.loads(line)["sentence"] for line in printed("quiz", str(path), "--json")]
    assert set(filter(None, asked)) == {whole}
    printed("export", str(path), "-o", str(table))
    assert whole in re.sub("<[^<>]*>", "", table.read_text("utf-8"))


def opened(home: Path) -> Collection:
    return Collection.open(Locations(*(home / each for each in ("data", "state", "config", "cache"))))


def test_a_choice_is_of_its_text_alone(tmp_path: Path) -> None:
    first, second = tmp_path / "1.txt", tmp_path / "2.txt"
    first.write_text("\n".join(WRAPPED), "utf-8")
    second.write_text("\n".join(wrapped(PARAGRAPHS[4], 40)), "utf-8")
    with opened(tmp_path) as collection:
        workspace = Workspace(collection)
        assert len(workspace.begin(str(first), lines="keep").document.paragraphs) == len(WRAPPED)
        assert len(workspace.begin(str(second)).document.paragraphs) == 1
        assert [text.title for text in collection.library.texts()] == ["1"]


@pytest.mark.parametrize("choice", ["keep", "auto"])
def test_of_a_bundled_deck_on_the_home_screen(choice: LinesChoice, tmp_path: Path) -> None:
    deck = next(deck for deck in bundled() if deck.name == "two-teas")
    kept = sum(bool(line.strip()) for line in deck.path.read_text("utf-8").splitlines())
    with opened(tmp_path) as collection:
        workspace = Workspace(collection)
        wanted = workspace.open(deck.name, lines=choice)
        assert workspace.begin_deck(deck).document.paragraphs == wanted.paragraphs
        assert (len(wanted.paragraphs) == kept) == (choice == "keep")


def test_the_beginning_of_a_long_text_has_its_lines_as_they_were_chosen(tmp_path: Path) -> None:
    path = tmp_path / "长.txt"
    path.write_text("\n".join(WRAPPED * (LONG // sum(map(len, WRAPPED)) + 1)), "utf-8")
    with opened(tmp_path) as collection:
        workspace = Workspace(collection)
        workspace.open(str(path), lines="keep")
        opening = workspace.begin(str(path))
        assert opening.whole is not None
        assert sum(len(each.text) for each in opening.document.paragraphs) <= BEGINNING
        assert {each.text for each in opening.document.paragraphs} == set(WRAPPED)
        assert {each.text for each in opening.whole().document.paragraphs} == set(WRAPPED)
        assert len(collection.library.texts()) == 1


def test_another_word_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["clean", "two-teas", "--lines", "sometimes"]) == 2
    assert "sometimes" in capsys.readouterr().err
