"""The short forms. `python -m tests.faults` is the long one; each says what went wrong, and where."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.faults import disk, inputs, kills, machines

SEED = int(os.environ.get("STUDYTUI_SEED", "1"))


@pytest.fixture
def count(request: pytest.FixtureRequest) -> int:
    """How many: the parameter, or the variable `STUDYTUI_FAULTS`."""
    return int(os.environ.get("STUDYTUI_FAULTS", request.param))


@pytest.mark.parametrize("count", [len(kills.KINDS)], indirect=True)
def test_nothing_acknowledged_is_lost_or_doubled_by_kills(tmp_path: Path, count: int) -> None:
    assert kills.run(tmp_path, count, SEED) == {}


@pytest.mark.parametrize("count", [25], indirect=True)
def test_machines_that_meet_in_every_way_lose_and_double_nothing(tmp_path: Path, count: int) -> None:
    assert machines.run(tmp_path, count, SEED) == {}


@pytest.mark.parametrize("count", [len(disk.KINDS)], indirect=True)
def test_a_disk_that_fails_is_said_and_loses_nothing(tmp_path: Path, count: int) -> None:
    assert disk.run(tmp_path, count, SEED) == {}


@pytest.mark.parametrize("count", [1], indirect=True)
def test_hostile_content_stops_nothing_at_any_door(tmp_path: Path, count: int) -> None:
    assert inputs.run(tmp_path, count, SEED) == {}
