"""Events as a set: in the one order in which they count, each once, and what they say of one another."""

from __future__ import annotations

from collections.abc import Container, Iterable
from itertools import islice
from operator import attrgetter, eq

from studytui.store.journal.event_lines import encode
from studytui.store.journal.events import Event, Redated, Undone, WeightsAdopted

_ID = attrgetter("id")


def in_order(events: Iterable[Event]) -> list[Event]:
    """In the order in which they count: see `Event.id`."""
    return sorted(events, key=_ID)


def unique(ordered: list[Event]) -> tuple[list[Event], bool]:
    """The events, each once; and whether one id has two contents, which can only be damage."""
    names = list(map(_ID, ordered))
    if not any(map(eq, names, islice(names, 1, None))):
        return ordered, False
    once: dict[str, Event] = {}
    disputed = False
    for event in ordered:
        known = once.setdefault(event.id, event)
        if known is not event and known != event:
            disputed = True
            # Chosen by content, so that all machines choose alike.
            once[event.id] = min(event, known, key=_content)
    return list(once.values()), disputed


def _content(event: Event) -> bytes:
    """The same bytes for equal events."""
    return encode(event)


def weights_of(events: Iterable[Event]) -> tuple[float, ...] | None:
    """The weights that hold after these were adopted; None if there are none."""
    adopted = [event for event in in_order(events) if isinstance(event, WeightsAdopted)]
    return adopted[-1].weights if adopted else None


def undone_by(events: Iterable[Event]) -> set[str]:
    """The ids of the events that these take back."""
    return {target for event in events if isinstance(event, Undone) for target in event.targets}


def redated(events: Iterable[Event], undone: Container[str]) -> dict[str, int]:
    """See `State.redated`; `undone` as in `State.undone`."""
    found = [event for event in in_order(events) if isinstance(event, Redated) and event.id not in undone]
    return {event.target: event.days for event in found}
