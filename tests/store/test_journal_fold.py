"""Whole journals are folded some cards at a time: the same state, and few bytes for an answer more."""

from __future__ import annotations

import json
import random
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from studytui.session.figures import progress_of
from studytui.store.collection import Collection
from studytui.store.health.check import check
from studytui.store.journal.event_ids import new_id
from studytui.store.journal.event_lines import encode
from studytui.store.journal.events import Event, Reviewed, new_event
from studytui.store.locations import Locations
from studytui.store.state.fold import fold
from studytui.store.state.replay import History
from studytui.study.notes.card import card_id
from tests.store.acts import START, a_note, some_events, words


@pytest.fixture
def locations(home: Path) -> Locations:
    locations = Locations.find({"STUDYTUI_HOME": str(home)})
    locations.journal.mkdir(parents=True)
    return locations


def write(locations: Locations, events: list[Event], files: int, rng: random.Random) -> None:
    for event in events:
        with (locations.journal / f"device-{rng.randrange(files)}.jsonl").open("ab") as file:
            file.write(encode(event))


@pytest.mark.parametrize("seed", range(12))
def test_the_state_is_that_of_all_events_side_by_side(locations: Locations, seed: int) -> None:
    rng = random.Random(seed)
    events = some_events(rng, 300, headwords=40)
    if seed % 3:  # some stand twice
        events += rng.sample(events, 100)
    if seed % 3 == 2:  # and some ids say two things, of one card or of two
        answers = [event for event in events if isinstance(event, Reviewed)]
        for one, other in zip(answers[:20:2], answers[1:20:2], strict=True):
            events.append(replace(one, card=other.card) if rng.random() < 0.5 else replace(one, took_ms=1))
    rng.shuffle(events)
    write(locations, events, 3, rng)
    history = History(locations)
    history.load()
    assert history.state == fold(events)
    assert history.state.disputed is (seed % 3 == 2)


@pytest.mark.parametrize("escaped", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_many_late_events_come_to_the_state_of_all(locations: Locations, seed: int, escaped: bool) -> None:
    rng = random.Random(seed)
    whole = ("optimised", "redate")  # after these all is folded again
    events = [event for event in some_events(rng, 400, headwords=60) if event.type not in whole]
    for number, word in enumerate(words(3)):  # texts in files whose names are not UTF-8
        at = START + timedelta(hours=number)
        said = {"document": word, "title": word, "name": "\udcff.txt"}
        events.append(new_event(new_id(at, rng.randbytes(10)), at, "device-0", "text", said))
    rng.shuffle(events)
    path = locations.journal / "device-0.jsonl"

    def append(some: list[Event]) -> None:
        with path.open("ab") as file:
            for event in some:
                line = encode(event)
                file.write(json.dumps(json.loads(line)).encode() + b"\n" if escaped else line)

    append(events[:200])
    history = History(locations)
    history.load()
    append(events[200:])
    changed = history.refresh()
    # Each of them was folded again by itself, of what the journal has of it.
    assert changed is not None
    assert len(changed) > 40
    assert history.state == fold(events)


def answers(locations: Locations, count: int) -> None:
    """So many answers to 200 cards on one device."""
    names = [card_id(a_note(word).id, "recall") for word in words(200)]
    rng = random.Random(1)
    lines = []
    for number in range(count):
        at = START + timedelta(minutes=number)
        said = {
            "card": rng.choice(names), "rating": rng.randint(2, 4), "took_ms": 900, "kind": "recall",
            "given": None, "day": at.date().isoformat(), "offset": 0,
        }  # fmt: skip
        lines.append(encode(new_event(new_id(at, rng.randbytes(10)), at, "device-1", "review", said)))
    (locations.journal / "device-1.jsonl").write_bytes(b"".join(lines))


@pytest.mark.parametrize("what", ["rebuild", "check", "statistics"])
def test_an_answer_more_takes_few_bytes(locations: Locations, what: str) -> None:
    acts: dict[str, Callable[[], object]] = {
        "rebuild": lambda: History(locations).rebuild(),
        "check": lambda: check(locations, START),
        "statistics": lambda: progress_of(Collection.open(locations)),
    }

    def peak(count: int) -> int:
        answers(locations, count)
        tracemalloc.start()
        try:
            acts[what]()
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(100)  # what is made once
    small, large = 6_000, 24_000
    # As events, all at once, an answer takes 700 bytes and more.
    assert (peak(large) - peak(small)) / (large - small) < 300
