"""Seals every test from the learner's own files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# A stopwatch measures what else the machine does.
settings.register_profile("no stopwatch", deadline=None)
settings.load_profile("no stopwatch")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh, empty STUDYTUI_HOME for each test."""
    folder = tmp_path / "studytui-home"
    monkeypatch.setenv("STUDYTUI_HOME", str(folder))
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return folder
