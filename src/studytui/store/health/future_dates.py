"""Events that are dated in the future: a clock was wrong when they were written, or is wrong now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from math import ceil

from studytui.store.journal import journal
from studytui.store.journal.events import Event, EventType, Redated, Undone
from studytui.store.locations import Locations
from studytui.store.state.fold import State

FUTURE = timedelta(hours=26)
"""Beyond any time zone."""


def told_of_dates(locations: Locations, state: State, now: datetime) -> str | None:
    """A sentence about events that are dated in the future; None if there are none.

    Raises:
        StudytuiError: a journal cannot be read.
    """
    if state.latest is None or state.latest <= now + FUTURE:
        return None
    count = sum(1 for _ in _ahead(locations, state, now))
    what = "one answer or other act is" if count == 1 else f"{count:,} answers and other acts are"
    return (
        f"{what} dated in the future, up to {state.latest:%Y-%m-%d}, and cards wait until then: if this "
        "computer's clock is right, `studytui check --repair` gives them dates of today"
    )


def redating(locations: Locations, state: State, now: datetime) -> list[tuple[EventType, dict[str, object]]]:
    """What is to be written so that nothing is dated in the future any more; see `Redated`.

    What a machine wrote is moved by whole days, all alike: what was in between is as long as it was.

    Raises:
        StudytuiError: a journal cannot be read.
    """
    if state.latest is None or state.latest <= now + FUTURE:
        return []
    by_device: defaultdict[str, dict[str, datetime]] = defaultdict(dict)
    for event in _ahead(locations, state, now):
        by_device[event.device][event.id] = event.at
    said: list[tuple[EventType, dict[str, object]]] = []
    for times in by_device.values():
        days = ceil((max(times.values()) - now) / timedelta(days=1))
        said += [
            ("redate", {"target": name, "days": state.redated.get(name, 0) - days}) for name in sorted(times)
        ]
    return said


def is_most(locations: Locations, count: int) -> bool:
    """Whether so many are more than half of all events: then it is this computer's clock that is wrong.

    Raises:
        StudytuiError: a journal cannot be read.
    """
    ids = {event.id for path in journal.files(locations.journal) for event in journal.read(path).events}
    return len(ids) < 2 * count


def _ahead(locations: Locations, state: State, now: datetime) -> Iterator[Event]:
    """Each event once, with the time that it is taken to have happened at."""
    seen: set[str] = set()
    for path in journal.files(locations.journal):
        for part in journal.stretches(path):
            for event in map(state.dated, part.events):
                if (
                    event.at > now + FUTURE
                    and event.id not in seen
                    and not isinstance(event, Undone | Redated)
                ):
                    seen.add(event.id)
                    yield event
