"""A text that another machine or a disk has spoiled stops nothing, and is mended by opening it again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studytui.cli.main import run
from studytui.errors import StudytuiError
from studytui.session.exported_notes import places
from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.store.texts import read_text, take, write_text
from studytui.text.document import Document, Paragraph
from tests.store.acts import a_note

TEXT = "　　老师说他很高兴。\n　　学生也觉得这里的山水很美。\n"
DOCUMENT = Document(
    "/home/li/\udcff.txt",
    "题",
    "utf-8",
    (Paragraph("paragraph", "我们", (0, 1)), Paragraph("verse", "看\n山水", (3, 4, 9, 10))),
)

Change = Callable[[dict[str, Any]], object]


def first(said: dict[str, Any]) -> dict[str, Any]:
    paragraph: dict[str, Any] = said["paragraphs"][0]
    return paragraph


HOSTILE: list[Change] = [
    lambda said: first(said).update(source=[[0, 10**12]]),
    lambda said: first(said).update(source=[[0, 10**400]]),
    lambda said: first(said).update(source=[[10**12, 0], [0, 10**12]]),
    lambda said: first(said).update(source=[[0, 1]] * 2),
    lambda said: first(said).update(source=[[0, 2], [2, 2]]),
    lambda said: first(said).update(source=[[5, 6], [0, 1]]),
    lambda said: first(said).update(source=[[-2, 0]]),
    lambda said: first(said).update(source=[[0, 1.5]]),
    lambda said: first(said).update(source=[[0]]),
    lambda said: first(said).update(source=[]),
    lambda said: first(said).update(kind="dance"),
    lambda said: first(said).update(text=3),
    lambda said: first(said).update(text="我\x1b"),
    lambda said: first(said).update(text="你们"),
    lambda said: said.update(paragraphs={}),
    lambda said: said.update(paragraphs=[[]] * 9),
    lambda said: said.update(title=None),
    lambda said: said.update(removed=float("inf")),
    lambda said: said.update(removed=-1),
    lambda said: said.update(encoding="x" * 1000),
    lambda said: said.update(format="1"),
    lambda said: said.update(format=0),
    lambda said: said.clear(),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_text(tmp_path, DOCUMENT)
    return tmp_path


def file_of(folder: Path) -> Path:
    return folder / DOCUMENT.id / "text.json"


def test_a_text_comes_back_as_it_was_kept(folder: Path) -> None:
    assert read_text(folder, DOCUMENT.id) == DOCUMENT
    assert read_text(folder, "0" * 16) is None
    assert read_text(folder, "\0") is None


@pytest.mark.parametrize("change", HOSTILE)
def test_a_spoiled_text_is_refused_and_mended(folder: Path, change: Change) -> None:
    path = file_of(folder)
    whole = path.read_bytes()
    said = json.loads(whole.decode("utf-8", "surrogatepass"))
    change(said)
    path.write_bytes(json.dumps(said).encode())
    with pytest.raises(StudytuiError, match="open the text again"):
        read_text(folder, DOCUMENT.id)
    assert not take(folder, DOCUMENT.id, path.read_bytes())
    write_text(folder, DOCUMENT)
    assert path.read_bytes() == whole


@pytest.mark.parametrize(
    "content", [b"", b"[" * 10**6, b'{"a":' * 10**5, b"\xff", b"null", b"1e999", b"9" * 9999]
)
def test_what_is_no_text_at_all_is_refused(folder: Path, content: bytes) -> None:
    file_of(folder).write_bytes(content)
    with pytest.raises(StudytuiError, match="open the text again"):
        read_text(folder, DOCUMENT.id)
    assert not take(folder, DOCUMENT.id, content)


def test_a_text_of_a_later_format_is_left_alone(folder: Path) -> None:
    newer = b'{"format": 2, "pages": []}'
    file_of(folder).write_bytes(newer)
    with pytest.raises(StudytuiError, match="newer studytui"):
        read_text(folder, DOCUMENT.id)
    write_text(folder, DOCUMENT)
    assert file_of(folder).read_bytes() == newer
    assert not take(folder, DOCUMENT.id, newer)


def test_a_text_under_another_texts_name_is_refused(folder: Path) -> None:
    content = file_of(folder).read_bytes()
    assert not take(folder, "0" * 16, content)
    assert take(folder, DOCUMENT.id, content)


def test_every_command_goes_on_beside_a_spoiled_text(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    with Collection.open(Locations.find({"STUDYTUI_HOME": str(home)})) as collection:
        document = Workspace(collection).open(str(file))
        collection.library.remember(document)
    path = collection.locations.texts / document.id / "text.json"
    whole = path.read_bytes()
    spoiled = whole.replace(b'"source": [', b'"source": [[0, 300000000], ', 1)
    assert spoiled != whole
    path.write_bytes(spoiled)
    assert run(["check"]) == 1
    assert "text.json is damaged" in capsys.readouterr().out
    for command in (["stats"], ["review", "--plain"]):
        assert run(command) == 0, command
    assert run(["read", document.title, "--plain"]) == 1
    assert run(["export", str(file), "-o", str(tmp_path / "two.apkg")]) == 0
    assert run(["read", str(file), "--plain"]) == 0
    with Collection.open(collection.locations) as again:
        again.add_note(a_note("山水", document=document.id))
        assert places(Workspace(again), again.notes()) == {}
        assert run(["export", str(file), "-o", str(tmp_path / "three.apkg")]) == 0
        again.library.remember(document)
        assert again.library.text(document.id) == document


def test_sync_mends_a_spoiled_text_and_never_sends_one(tmp_path: Path, home: Path) -> None:
    here = Locations.find({"STUDYTUI_HOME": str(home)})
    stick = tmp_path / "stick"
    stick.mkdir()
    write_text(here.texts, DOCUMENT)
    assert run(["sync", str(stick)]) == 0
    whole = file_of(here.texts).read_bytes()
    file_of(here.texts).write_bytes(whole[:-9])
    assert run(["sync", str(stick)]) == 0
    assert file_of(here.texts).read_bytes() == file_of(stick / "texts").read_bytes() == whole
    file_of(here.texts).write_bytes(whole[:-9])
    file_of(stick / "texts").unlink()
    assert run(["sync", str(stick)]) == 0
    assert not file_of(stick / "texts").exists()
