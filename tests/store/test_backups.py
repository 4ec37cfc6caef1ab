"""Daily copies: made once, whole, thinned, and good to go back to."""

from __future__ import annotations

import tarfile
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from studytui.store.collection import Collection
from studytui.store.health.backups import to_keep
from studytui.store.locations import Locations
from studytui.study.scheduling.study_day import StudyDays

START = datetime(2026, 5, 1, 9, tzinfo=UTC)
TODAY = date(2026, 5, 1)


def session(locations: Locations, at: datetime, headword: str | None) -> Collection:
    with Collection.open(locations, lambda: at, StudyDays(UTC, 4)) as collection:
        if headword:
            collection.mark(headword, "known")
    return collection


def test_a_day_with_writing_leaves_one_copy_that_can_be_gone_back_to(home: Path, tmp_path: Path) -> None:
    locations = Locations.find({"STUDYTUI_HOME": str(home)})
    session(locations, START, None)
    assert not home.exists()
    first = session(locations, START, "水").state
    session(locations, START + timedelta(hours=1), "山")
    session(locations, START + timedelta(days=1), None)
    session(locations, START + timedelta(days=2), "人")
    daily = sorted((locations.backups / "daily").iterdir())
    assert [path.name for path in daily] == ["2026-05-01.tar.gz", "2026-05-03.tar.gz"]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in daily)
    back = Locations.find({"STUDYTUI_HOME": str(tmp_path / "back")})
    with tarfile.open(daily[0]) as archive:
        archive.extractall(back.data, filter="data")
    assert session(back, START, None).state == first


def test_a_backup_that_cannot_be_written_loses_nothing(home: Path) -> None:
    locations = Locations.find({"STUDYTUI_HOME": str(home)})
    locations.data.mkdir(parents=True)
    locations.backups.write_text("a file stands here")
    session(locations, START, "水")
    assert session(locations, START, None).state.marks == {"水": "known"}


def test_a_year_of_daily_copies_is_thinned() -> None:
    kept: set[date] = set()
    for number in range(800):
        day = TODAY + timedelta(days=number)
        kept = to_keep(kept | {day}, day)
    ages = sorted((day - kept_day).days for kept_day in kept)
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert len(ages) < 32
    assert max(later - earlier for earlier, later in pairwise(ages)) < 300
    assert all(later - earlier <= 8 for earlier, later in pairwise(ages) if later < 50)
    assert all(later - earlier <= 32 for earlier, later in pairwise(ages) if later < 330)
    assert min(kept) == TODAY


@given(st.sets(st.dates(date(2020, 1, 1), date(2026, 6, 1)), max_size=60))
def test_thinning_takes_nothing_new_and_is_soon_done(days: set[date]) -> None:
    kept = to_keep(days, TODAY)
    assert kept <= days
    assert {day for day in days if day > TODAY - timedelta(days=7)} <= kept
    assert to_keep(kept, TODAY) == kept
    assert {day.year for day in days} == {day.year for day in kept}
