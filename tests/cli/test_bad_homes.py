"""A learner's folder in trouble: one sentence each, and nothing lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from studytui.cli.main import run
from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.study.notes.review import Rating


def answer_some(count: int = 2) -> Locations:
    """A home with some answers in it, by the real program's parts."""
    locations = Locations.find(os.environ)
    with Collection.open(locations) as collection:
        workspace = Workspace(collection)
        document = workspace.open("two-teas")
        collection.library.remember(document)
        for note in workspace.notes_for(document, count):
            collection.add_note(note)
        for card in collection.queue()[:count]:
            collection.answer(card.id, Rating.GOOD, 1000, kind="recognition", given=None)
    return locations


def test_a_broken_state_is_made_again_and_nothing_is_lost(capsys: pytest.CaptureFixture[str]) -> None:
    locations = answer_some()
    before = json.loads(locations.snapshot.read_text(encoding="utf-8"))
    locations.snapshot.write_text("{ not JSON", encoding="utf-8")
    assert run(["stats", "--json"]) == 0
    captured = capsys.readouterr()
    assert len(captured.err.splitlines()) == 1
    assert "state.json" in captured.err
    assert run(["check"]) == 0
    after = json.loads(locations.snapshot.read_text(encoding="utf-8"))
    assert after["notes"] == before["notes"]
    assert after["memories"] == before["memories"] != {}


def test_a_home_that_is_a_file_is_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.write_text("not a folder", encoding="utf-8")
    assert run(["stats"]) == 1
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "a file stands where a folder should be" in said
    assert home.read_text(encoding="utf-8") == "not a folder"


def test_a_wrong_setting_names_the_file_and_the_key(capsys: pytest.CaptureFixture[str]) -> None:
    locations = Locations.find(os.environ)
    path = locations.config / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text("new_per_dy = 3\n", encoding="utf-8")
    assert run(["stats"]) == 1
    said = capsys.readouterr().err
    assert "config.toml" in said
    assert "new_per_dy" in said
    assert len(said.splitlines()) == 1


def test_a_full_disk_while_exporting_leaves_no_half_file(tmp_path: Path) -> None:
    target = tmp_path / "out.apkg"
    code = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from studytui.cli.main import run\n"
        "from studytui.session.workspace import Workspace\n"
        "run(['tokens', 'two-teas'])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        f"sys.exit(run(['export', 'two-teas', '-o', {str(target)!r}]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=120, check=False)
    assert done.returncode == 1
    assert len(done.stderr.decode().splitlines()) == 1
    assert not target.exists()
    assert list(tmp_path.glob("*.apkg*")) == []
