"""Check and repair: every kind of damage is found, and mending loses nothing."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytui.errors import StudytuiError
from studytui.store.collection import Collection
from studytui.store.journal import journal
from studytui.store.journal.journal import Event, encode, new_id
from studytui.store.locations import Locations
from studytui.store.state.fold import fold
from studytui.study.notes.review import Rating
from tests.store.acts import CARDS, START, a_note, some_events


@pytest.fixture
def locations(home: Path) -> Locations:
    locations = Locations.find({"STUDYTUI_HOME": str(home)})
    with Collection.open(locations) as collection:
        for card in CARDS:
            collection.answer(card, Rating.GOOD, 1, "recognition")
    return locations


def kinds(locations: Locations) -> list[str]:
    with Collection.open(locations) as collection:
        return [finding.kind for finding in collection.check()]


def every_byte(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def mark(at: datetime, device: str = "other-1", chance: int = 7) -> Event:
    return Event(new_id(at, bytes([chance] * 10)), at, device, "mark", {"headword": "水", "status": "known"})


def test_sound_files_have_no_findings_and_repair_does_nothing(locations: Locations) -> None:
    before = every_byte(locations.data)
    with Collection.open(locations) as collection:
        assert collection.check() == ()
        assert collection.repair() == ()
    assert every_byte(locations.data) == before


def test_each_kind_of_damage_is_found_with_its_line(locations: Locations) -> None:
    (own,) = journal.files(locations.journal)
    first = own.read_bytes().splitlines(keepends=True)[0]
    other = locations.journal / "other-1.jsonl"
    strange = Event(new_id(START, b"3" * 10), START, "other-1", "mark", {"headword": "水", "status": "loved"})
    lines = [
        encode(mark(START + timedelta(days=1))),
        encode(mark(START)),
        b"nonsense\n",
        encode(strange),
        encode(mark(datetime.now(UTC).replace(microsecond=0) + timedelta(days=400))),
        first,
        encode(mark(START)).replace(b"known", b"ignored"),
        b'{"v":1,',
    ]
    other.write_bytes(b"".join(lines))
    with Collection.open(locations) as collection:
        found = [(finding.kind, finding.line) for finding in collection.check()]
        assert all(finding.sentence.isprintable() for finding in collection.check())
    # The doubled line is found where it is read again, in this machine's own file.
    assert set(found) == {
        ("backwards", 2), ("foreign", 3), ("unknown", 4), ("future", 5), ("differs", 7), ("torn", 8),
        ("twice", 1),
    }  # fmt: skip
    assert len(found) == 7


def test_repair_sets_aside_what_is_no_event_after_a_backup(locations: Locations) -> None:
    (own,) = journal.files(locations.journal)
    sound = own.read_bytes()
    first, rest = sound.split(b"\n", 1)
    damaged = first + b"\nnonsense\n\xff\xff\n" + rest + b'{"v":1,"id'
    own.write_bytes(damaged)
    with Collection.open(locations) as collection:
        assert {finding.kind for finding in collection.check() if finding.mended} == {"foreign", "torn"}
        state = collection.state
        done = collection.repair()
        assert len(done) == 2
        assert collection.state == state
        assert collection.check() == ()
    assert own.read_bytes() == sound
    assert own.with_suffix(".torn").read_bytes() == b'nonsense\n\xff\xff\n{"v":1,"id\n'
    (copy,) = [path for path in locations.backups.iterdir() if path.name != "daily"]
    assert (copy / "journal" / own.name).read_bytes() == damaged
    assert copy.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("said", "instead"), [(rb'"reps":1', b'"reps":4'), (rb'"waits": \[\[-?\d+', b'"waits": [[5')]
)
def test_a_snapshot_that_says_something_else_is_found_and_made_again(
    locations: Locations, said: bytes, instead: bytes
) -> None:
    with Collection.open(locations) as collection:
        collection.add_note(a_note("水"))
    whole = locations.snapshot.read_bytes()
    wrong = re.sub(said, instead, whole, count=1)
    assert wrong != whole
    locations.snapshot.write_bytes(wrong)
    assert kinds(locations) == ["snapshot"]
    with Collection.open(locations) as collection:
        assert len(collection.repair()) == 2
        assert {memory.reps for memory in collection.state.memories.values()} == {1}
    assert locations.snapshot.read_bytes().split(b'"steps"')[0] == whole.split(b'"steps"')[0]
    assert kinds(locations) == []


def test_another_machines_file_is_left_to_that_machine(locations: Locations) -> None:
    other = locations.journal / "other-1.jsonl"
    damaged = b"nonsense\n" + encode(mark(START)) + encode(mark(START + timedelta(days=1)))[:-9]
    other.write_bytes(damaged)
    with Collection.open(locations) as collection:
        assert [(finding.kind, finding.mended) for finding in collection.check()] == [
            ("torn", False),
            ("foreign", False),
        ]
        assert any("has not arrived whole" in sentence for sentence in collection.warnings)
        assert collection.repair() == ()
        assert collection.status("水") == "known"
    assert other.read_bytes() == damaged


def test_a_newer_journal_is_found_and_stops_a_repair(locations: Locations) -> None:
    with Collection.open(locations) as collection:
        line = encode(mark(START)).replace(b'"v":1', b'"v":9')
        (locations.journal / "new.jsonl").write_bytes(line)
        before = every_byte(locations.data)
        assert [finding.kind for finding in collection.check()] == ["newer", "newer"]
        with pytest.raises(StudytuiError, match="newer studytui"):
            collection.repair()
    assert every_byte(locations.data) == before


def test_histories_of_many_devices_are_sound(home: Path) -> None:
    locations = Locations.find({"STUDYTUI_HOME": str(home / "many")})
    locations.journal.mkdir(parents=True)
    events = some_events(random.Random(17), 400)
    for event in events:
        with (locations.journal / f"{event.device}.jsonl").open("ab") as file:
            file.write(encode(event))
    with Collection.open(locations) as collection:
        assert collection.state == fold(events)
    with Collection.open(locations) as collection:
        assert collection.check() == ()
