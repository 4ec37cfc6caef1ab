"""Where the learner's files are."""

from __future__ import annotations

from pathlib import Path

from studytui.store.locations import Locations

FOLDERS = ("data", "state", "config", "cache")


def test_one_variable_puts_everything_under_one_folder(tmp_path: Path) -> None:
    found = Locations.find({"STUDYTUI_HOME": str(tmp_path), "XDG_DATA_HOME": "/elsewhere"})
    assert [getattr(found, name) for name in FOLDERS] == [tmp_path / name for name in FOLDERS]
    assert found.journal == tmp_path / "data" / "journal"
    assert found.snapshot == tmp_path / "data" / "state.json"
    # What names this machine must not travel with the data.
    assert found.data not in found.device.parents
    assert found.data not in found.lock.parents


def test_the_xdg_variables_are_followed_unless_they_are_relative() -> None:
    environ = {f"XDG_{name.upper()}_HOME": f"/x/{name}" for name in FOLDERS}
    found = Locations.find(environ)
    assert [getattr(found, name) for name in FOLDERS] == [Path(f"/x/{name}/studytui") for name in FOLDERS]
    relative = Locations.find({"XDG_DATA_HOME": "data"})
    assert relative.data.is_absolute()
    assert relative.data.name == "studytui"
    assert relative == Locations.find({})


def test_looking_makes_nothing(tmp_path: Path) -> None:
    Locations.find({"STUDYTUI_HOME": str(tmp_path / "home")})
    assert list(tmp_path.iterdir()) == []
