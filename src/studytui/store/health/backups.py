"""Copies of the learner's files: one before a repair, and one each day that something was written.

A daily copy is `backups/daily/2026-05-01.tar.gz`, with the journals and the snapshot as they stand in the
data folder: unpack it there to get back what was lost. (To go back on purpose to less than there was, take
the second copies in the state folder away first: what is in them would be put back.) Older ones are thinned:
see `to_keep`.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from studytui.store.files import failure, free_name, make_private, write_whole
from studytui.store.locations import Locations

_ENDING = ".tar.gz"


def back_up(locations: Locations, now: datetime) -> Path:
    """Copies the journals and the snapshot to a new dated folder, and says where.

    Raises:
        StudytuiError: they cannot be copied.
    """
    folder = free_name(locations.backups / now.strftime("%Y%m%dT%H%M%SZ"))
    make_private(folder)
    try:
        if locations.journal.is_dir():
            shutil.copytree(locations.journal, folder / "journal")
        if locations.snapshot.exists():
            shutil.copy2(locations.snapshot, folder / locations.snapshot.name)
    except OSError as error:
        raise failure("write", folder, error) from error
    return folder


def back_up_daily(locations: Locations, today: date) -> Path | None:
    """Makes the copy of the day, unless it is there, and thins the older ones; the copy made, if any.

    Raises:
        StudytuiError: it cannot be written.
    """
    folder = locations.backups / "daily"
    path = folder / f"{today.isoformat()}{_ENDING}"
    if path.exists() or not locations.journal.is_dir():
        return None
    import tarfile

    packed = io.BytesIO()
    try:
        with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=6) as archive:
            for source in (locations.journal, locations.snapshot):
                if source.exists():
                    archive.add(source, source.name)
    except OSError as error:
        raise failure("read", locations.data, error) from error
    write_whole(path, packed.getvalue())
    days = dict(_dated(folder))
    for day in days.keys() - to_keep(days, today):
        with suppress(OSError):
            days[day].unlink()
    return path


def to_keep(days: Iterable[date], today: date) -> set[date]:
    """Of the days that have a copy, those whose copy stays.

    All of the last 7 days; before that the first of each week for 8 weeks, of each month for a year, and of
    each year for ever. What is dated later than today stays: the clock was wrong, the copy need not be.
    """
    kept: set[date] = set()
    seen: set[tuple[int, ...]] = set()
    for day in sorted(days):
        age = today - day
        if age < timedelta(days=7):
            kept.add(day)
            continue
        spans: list[tuple[int, ...]] = [(day.year,)]
        if age < timedelta(days=366):
            spans.append((day.year, day.month))
        if age < timedelta(weeks=8):
            spans.append((*day.isocalendar()[:2], 0))
        if not seen.issuperset(spans):
            kept.add(day)
        seen.update(spans)
    return kept


def _dated(folder: Path) -> Iterable[tuple[date, Path]]:
    for path in folder.iterdir():
        with suppress(ValueError):
            if path.name.endswith(_ENDING):
                yield date.fromisoformat(path.name.removesuffix(_ENDING)), path
