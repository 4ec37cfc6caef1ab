"""A text that was opened before is the same text when it comes from the cache, in all that is told of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations

TEXTS = {
    "plain.txt": "　　春天来了，河边的柳树绿了，孩子们在风里放风筝，大人们坐在\n"
    "河边说话，一直说到太阳下山，才慢慢地走回家去吃饭。第二天早上\n他们又来了，还带来了水果。\n",
    "verse.txt": "静夜思\n床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。\n",
    "page.html": "<h1>河边</h1><p>孩子们在风里放风筝。<p>他们很高兴。",
    "cues.srt": "1\n00:00:01,000 --> 00:00:02,000\n你为什么不早说？\n",
    "odd.txt": "他\x1b[31m坚持锻炼\u202e身体\ufffd，学习(xuéxí)很重要。\n",
}


@pytest.fixture
def workspace(home: Path) -> Iterator[Workspace]:
    with Collection.open(Locations.find(os.environ)) as collection:
        yield Workspace(collection)


def kept(workspace: Workspace) -> list[Path]:
    return list((workspace.collection.locations.cache / "cleaned").iterdir())


@pytest.mark.parametrize("name", TEXTS)
def test_opened_again_it_is_the_same(name: str, tmp_path: Path, workspace: Workspace) -> None:
    path = tmp_path / name
    path.write_text(TEXTS[name], "utf-8")
    first = workspace.begin(str(path)).document
    (file,) = kept(workspace)
    again = workspace.begin(str(path)).document
    assert (again, again.warning) == (first, first.warning)
    assert kept(workspace) == [file]
    file.write_bytes(file.read_bytes()[:-20])
    assert workspace.begin(str(path)).document == first, "a cache may be damaged"


def test_what_makes_it_another_text_is_seen(
    tmp_path: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "text.txt").write_text(TEXTS["plain.txt"], "utf-8")
        monkeypatch.chdir(tmp_path / name)
        assert workspace.begin("text.txt").document.name == str(tmp_path / name / "text.txt")
    Path("text.txt").write_text(TEXTS["verse.txt"], "utf-8")
    verse = workspace.begin("text.txt").document
    assert verse.title == "静夜思"
    workspace.collection.library.remember(verse)
    workspace.collection.library.rename(verse.id, "李白")
    assert workspace.begin("text.txt").document.title == "李白"


def test_lines_that_the_learner_decided_on_stay(tmp_path: Path, workspace: Workspace) -> None:
    path = tmp_path / "plain.txt"
    path.write_text(TEXTS["plain.txt"], "utf-8")
    joined = workspace.begin(str(path)).document
    lines = workspace.begin(str(path), lines="keep").document
    assert len(lines.paragraphs) > len(joined.paragraphs)
    assert workspace.begin(str(path)).document.paragraphs == lines.paragraphs
    assert workspace.begin(str(path), lines="auto").document == joined
