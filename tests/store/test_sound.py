"""Check and repair: every kind of damage is found, and mending loses nothing."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from studytui.cli.main import run
from studytui.errors import StudytuiError
from studytui.store.collection import Collection
from studytui.store.health.check import check
from studytui.store.health.findings import told
from studytui.store.journal import events, journal
from studytui.store.journal.event_ids import new_id
from studytui.store.journal.event_lines import encode
from studytui.store.journal.events import new_event
from studytui.store.journal.writer import Writer
from studytui.store.locations import Locations
from studytui.store.state import snapshot
from studytui.store.state.fold import fold
from studytui.store.state.replay import History
from studytui.study.notes.review import Rating
from studytui.text.document import Document
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


def mark(at: datetime, device: str = "other-1", chance: int = 7) -> events.Event:
    return new_event(
        new_id(at, bytes([chance] * 10)), at, device, "mark", {"headword": "水", "status": "known"}
    )


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
    strange = encode(mark(START, chance=3)).replace(b"known", b"loved")
    lines = [
        encode(mark(START + timedelta(days=1))),
        encode(mark(START)),
        b"nonsense\n",
        strange,
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
        assert {finding.kind for finding in collection.check() if finding.mended} == {
            "foreign",
            "torn",
        }
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


def test_a_snapshot_that_says_something_else_is_found_and_made_again(locations: Locations) -> None:
    with Collection.open(locations) as collection:
        collection.add_note(a_note("水"))
    whole = locations.snapshot.read_bytes()
    saved = snapshot.load(whole)
    (card, memory), *_ = saved.state.memories.items()
    saved.state.memories[card] = replace(memory, reps=4)
    locations.snapshot.write_bytes(snapshot.dump(saved.state, saved.covers, saved.steps))
    assert kinds(locations) == ["snapshot"]
    with Collection.open(locations) as collection:
        assert len(collection.repair()) == 2
        assert {memory.reps for memory in collection.state.memories.values()} == {1}
    assert locations.snapshot.read_bytes().split(b'"steps"')[0] == whole.split(b'"steps"')[0]
    assert kinds(locations) == []


@pytest.mark.parametrize("more", ["", "\ud800"])
def test_a_snapshot_with_a_changed_byte_is_made_again(locations: Locations, more: str) -> None:
    with Collection.open(locations) as collection:
        collection.library.remember(Document(f"{more}.txt", "题", "utf-8", ()))
    whole = locations.snapshot.read_bytes()
    with Collection.open(locations) as collection:
        state = collection.state
    changed = whole.replace(b'"reps":1', b'"reps":4', 1)
    assert changed != whole
    locations.snapshot.write_bytes(changed)
    with Collection.open(locations) as collection:
        assert collection.state == state
        assert any("damaged" in warning for warning in collection.warnings)
    assert snapshot.load(locations.snapshot.read_bytes()).state == state


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


def test_a_report_is_as_long_as_its_kinds_of_fault_not_as_its_lines(locations: Locations) -> None:
    moments = [START + timedelta(minutes=minute) for minute in range(500)]
    lines = b"".join(encode(mark(at)) + b"nonsense\n" for at in moments)
    for number in range(30):
        (locations.journal / f"copy-{number:02}.jsonl").write_bytes(lines)
    with Collection.open(locations) as collection:
        findings = collection.check()
    assert [(finding.kind, finding.file.name, finding.line, finding.lines) for finding in findings[:3]] == [
        ("foreign", "copy-00.jsonl", 2, 500),
        ("foreign", "copy-01.jsonl", 2, 500),
        ("twice", "copy-01.jsonl", 1, 500),
    ]
    assert findings[1].sentence == (
        "copy-01.jsonl:2, 4, 6 and 497 more lines are not events; they are passed over"
    )
    assert findings[2].sentence == (
        "copy-01.jsonl:1, 3, 5 and 497 more lines stand in copy-00.jsonl too; they count once"
    )
    assert len(list(told(findings))) == 22
    assert "the same of 10,000 more lines, in 20 more places" in told(findings)


def test_a_check_of_a_long_copy_ends(locations: Locations) -> None:
    moments = (START + timedelta(seconds=second) for second in range(40_000))
    lines = b"".join(encode(mark(at)) for at in moments)
    for name in ("one", "two"):
        (locations.journal / f"{name}.jsonl").write_bytes(lines)
    # Counting each line's number from the file's beginning took minutes; it takes some seconds.
    command = [sys.executable, "-m", "studytui", "check", "--json"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    *found, last = map(json.loads, done.stdout.splitlines())
    assert [(each["kind"], each["line"], each["lines"]) for each in found] == [("twice", 1, 40_000)]
    assert last == {"sound": True, "findings": 1}


@pytest.mark.parametrize(
    ("line", "sound"),
    [
        (b"", True),
        (b"nonsense\n", False),
        (encode(mark(START)).replace(b"known", b"loved"), False),
        (encode(mark(START)) * 2, True),
        (encode(mark(START)) + encode(mark(START)).replace(b"known", b"ignored"), False),
        (encode(mark(START + timedelta(days=1))) + encode(mark(START)), True),
        (encode(mark(START.replace(year=2090))), False),
        (encode(mark(START))[:-9], True),
    ],
)
def test_text_json_and_status_agree_on_whether_all_is_sound(
    locations: Locations, line: bytes, sound: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    (locations.journal / "other-1.jsonl").write_bytes(line)
    assert run(["check"]) == (0 if sound else 1)
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("Everything is sound" if sound else "Not everything is sound")
    assert run(["check", "--json"]) == (0 if sound else 1)
    *found, told_last = map(json.loads, capsys.readouterr().out.splitlines())
    assert told_last == {"sound": sound, "findings": len(found)}
    assert sound is not any(each["matters"] for each in found)


def test_a_line_that_a_session_is_just_writing_is_not_torn(
    locations: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own,) = journal.files(locations.journal)
    line = encode(mark(datetime.now(UTC).replace(microsecond=0), device=own.stem))
    begun, seen = Event(), Event()

    def write() -> None:
        turn = Writer(locations, lambda: datetime.now(UTC)).turn()
        with turn as path, path.open("ab", buffering=0) as file:
            file.write(line[:40])
            begun.set()
            seen.wait(30)
            file.write(line[40:])

    def read(path: Path, start: int = 0, end: int | None = None) -> Iterator[journal.Reading]:
        for stretch in stretches(path, start, end):
            if stretch.torn:
                seen.set()  # half of the line: now the other session goes on
            yield stretch

    stretches = journal.stretches
    monkeypatch.setattr(journal, "stretches", read)
    writing = Thread(target=write)
    writing.start()
    assert begun.wait(30)
    try:
        assert check(locations, datetime.now(UTC)) == ()
    finally:
        seen.set()
        writing.join()


def test_journals_that_grow_during_a_check_are_no_false_alarm(
    locations: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own,) = journal.files(locations.journal)
    load, before = History.load, own.stat().st_size

    def loading(history: History) -> None:
        load(history)
        writer = Writer(locations, lambda: datetime.now(UTC))
        writer.write([("mark", {"headword": "火", "status": "known"})], history.state.horizon)

    monkeypatch.setattr(History, "load", loading)
    assert check(locations, datetime.now(UTC)) == ()
    assert own.stat().st_size > before
