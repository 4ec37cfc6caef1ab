"""Whole journals are folded some cards at a time: the same state, and few bytes for an answer more."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from studytui.store.collection import Collection
from studytui.store.health.check import check
from studytui.store.journal.events import Event, Reviewed, encode, new_event, new_id
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
        "statistics": lambda: Collection.open(locations).progress(),
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
