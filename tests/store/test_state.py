"""The state is a function of the set of events, however they arrive."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from msgspec import structs

from studytui.store.journal import journal
from studytui.store.journal.event_ids import new_id
from studytui.store.journal.event_lines import decode, encode
from studytui.store.journal.events import Event, Reviewed, new_event
from studytui.store.journal.journal import Appender
from studytui.store.locations import Locations
from studytui.store.state import snapshot
from studytui.store.state.fold import State, fold
from studytui.store.state.records import Step, TextRecord
from studytui.store.state.replay import History
from studytui.study.notes.review import Rating
from tests.store.acts import CARDS, DEVICES, START, chances, histories, some_events


def seen(state: State) -> bytes:
    """Everything a state says, in one canonical form."""
    return snapshot.dump(state, {})


@given(histories, chances)
def test_order_and_doubling_change_nothing(events: list[Event], rng: random.Random) -> None:
    doubled = events + rng.choices(events, k=len(events) // 3) if events else []
    rng.shuffle(doubled)
    assert fold(doubled) == fold(events)


@given(histories)
def test_a_line_says_all_of_its_event(events: list[Event]) -> None:
    for event in events:
        line = encode(event)
        assert line.count(b"\n") == 1
        assert decode(line) == event
        assert encode(decode(line)) == line


def deliver(folder: Path, events: Iterable[Event], names: Iterable[str]) -> None:
    """Appends events to journal files, as a synchronised folder would show them."""
    folder.mkdir(parents=True, exist_ok=True)
    for event, name in zip(events, names, strict=True):
        with (folder / f"{name}.jsonl").open("ab") as file:
            file.write(encode(event))


@given(histories, chances)
def test_events_that_arrive_bit_by_bit_come_to_the_same(events: list[Event], rng: random.Random) -> None:
    """Late, in any order, doubled, in files of any name; with the snapshot saved and read in between."""
    with tempfile.TemporaryDirectory() as root:
        locations = Locations.find({"STUDYTUI_HOME": root})
        history = History(locations)
        history.load()
        waiting = list(events)
        if rng.random() < 0.7:
            rng.shuffle(waiting)
        arrived: list[Event] = []
        while waiting:
            part = [waiting.pop(0) for _ in range(min(len(waiting), rng.randint(1, 9)))]
            if arrived and rng.random() < 0.3:
                part += rng.choices(arrived, k=3)
            arrived += part
            deliver(locations.journal, part, [rng.choice([*DEVICES, "copy"]) for _ in part])
            history.refresh()
            assert history.state == fold(arrived)
            if rng.random() < 0.4:
                history.save()
                history = History(locations)
                history.load()
                assert history.state == fold(arrived)


def test_two_contents_under_one_id_are_settled_alike_everywhere() -> None:
    events = some_events(random.Random(3), 40)
    review = next(event for event in events if isinstance(event, Reviewed))
    twin = structs.replace(review, rating=Rating(5 - review.rating))
    assert fold([*events, twin]) == fold([twin, *reversed(events)])


def test_an_undo_takes_back_what_it_names_and_nothing_else() -> None:
    rng = random.Random(5)
    events = [event for event in some_events(rng, 80) if event.type != "undo"]
    target = events[len(events) // 2]
    first = some_events(rng, 1)[0]
    undo = new_event(first.id, first.at, first.device, "undo", {"target": target.id})
    rest = [event for event in events if event is not target]
    undone = fold([*events, undo])
    assert seen(replace(undone, undone=set(), horizon=None, latest=None)) == seen(
        replace(fold(rest), horizon=None, latest=None)
    )


def test_an_undo_that_arrives_before_its_target_still_takes_it_back() -> None:
    events = some_events(random.Random(8), 30)
    review = next(event for event in events if event.type == "review")
    identity = new_id(events[-1].at, b"z" * 10, events[-1].id)
    undo = new_event(identity, events[-1].at, "lap-2", "undo", {"target": review.id})
    assert fold([undo, review]).memories == {}


def test_day_counts_are_the_sum_of_the_answers() -> None:
    events = some_events(random.Random(13), 400)
    # A card that is forgotten knows no more of the answers before.
    state = fold(event for event in events if getattr(event, "act", None) != "forget")
    answers = sum(memory.reps for memory in state.memories.values())
    assert sum(day.answers for day in state.days.values()) == answers > 100
    assert sum(day.new for day in state.days.values()) == len(state.memories) <= len(CARDS)
    assert all(day.recalled <= day.reviews <= day.answers for day in state.days.values())
    assert all(day.mature_recalled <= day.mature <= day.reviews for day in state.days.values())


def test_a_snapshot_gives_back_the_state_it_was_made_of() -> None:
    state = fold(some_events(random.Random(21), 300))
    content = snapshot.dump(state, {"a.jsonl": snapshot.Cover(7, "seal")})
    saved = snapshot.load(content)
    assert saved.state == state
    assert saved.covers == {"a.jsonl": snapshot.Cover(7, "seal")}
    assert snapshot.dump(saved.state, saved.covers) == content


def test_devices_that_meet_at_random_end_equal(tmp_path: Path) -> None:
    """Their clocks are minutes off; a file may arrive in part, even in the middle of a line."""
    rng = random.Random(34)
    count = int(os.environ.get("STUDYTUI_EVENTS", "600"))
    # In a long history, as in a real one, some 60 answers to a word; in a short one all happens to a few.
    events = some_events(rng, count, headwords=max(3, count // 100))
    homes = {device: Locations.find({"STUDYTUI_HOME": str(tmp_path / device)}) for device in DEVICES}
    histories = {device: History(locations) for device, locations in homes.items()}

    def give(source: Locations, target: Locations, cut: int) -> None:
        for path in journal.files(source.journal):
            copy = target.journal / path.name
            size = copy.stat().st_size if copy.exists() else 0
            arrived = path.stat().st_size - cut - size
            if path.stem != target.data.parent.name and arrived > 0:
                with path.open("rb") as whole_file, copy.open("ab") as copied:
                    whole_file.seek(size)
                    copied.write(whole_file.read(arrived))

    for locations in homes.values():
        locations.journal.mkdir(parents=True)
    for event in events:
        deliver(homes[event.device].journal, [event], [event.device])
        if rng.random() < 0.1:
            source, target = rng.sample(DEVICES, 2)
            give(homes[source], homes[target], rng.choice([0, 0, rng.randint(1, 400)]))
            histories[target].refresh()
        if rng.random() < 0.05:
            device = rng.choice(DEVICES)
            histories[device].refresh()
            histories[device].save()
            histories[device] = History(homes[device])
            histories[device].load()
    for source in DEVICES:
        for target in DEVICES:
            give(homes[source], homes[target], 0)
    whole = fold(events)
    for device in DEVICES:
        histories[device].refresh()
        assert histories[device].state == whole


def test_a_snapshot_keeps_names_that_are_not_utf_8() -> None:
    """A path of another encoding has surrogates in Python, which no strict JSON reader takes."""
    state = State(texts={"d": TextRecord("d", "题", "/home/li/\udcff.txt", START)})
    step = Step("0" * 26, ("mark", "水"), mark="known")
    saved = snapshot.load(snapshot.dump(state, {"a.jsonl": snapshot.Cover(7, "seal")}, [step]))
    assert saved.state == state
    assert saved.covers == {"a.jsonl": snapshot.Cover(7, "seal")}
    assert saved.steps == (step,)


def test_an_older_snapshot_is_made_again_without_a_word(tmp_path: Path) -> None:
    locations = Locations.find({"STUDYTUI_HOME": str(tmp_path)})
    events = some_events(random.Random(3), 40)
    Appender(locations.journal / "workspace-1.jsonl").append(events)
    history = History(locations)
    history.load()
    history.save()
    whole = locations.snapshot.read_bytes()
    locations.snapshot.write_bytes(b'{"format": 1, "memories": {"x": {"face": 1}}}')
    again = History(locations)
    again.load()
    assert again.warnings == []
    assert again.state == history.state
    again.save()
    assert locations.snapshot.read_bytes() == whole
