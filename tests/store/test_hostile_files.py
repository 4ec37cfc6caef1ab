"""Whatever stands in the learner's files, nothing stops for it."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from contextlib import nullcontext, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from studytui.anki.out.note_times import Ledger
from studytui.cli.main import run
from studytui.errors import NewerFormatError, StudytuiError
from studytui.session.exported_notes import places
from studytui.session.figures import progress_of, stats_of
from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.journal.event_ids import new_id
from studytui.store.journal.event_lines import decode, encode
from studytui.store.locations import Locations
from studytui.store.reports.confusions import confusions
from studytui.store.reports.reviews import reviews
from studytui.store.state import snapshot
from studytui.store.texts import take, write_text
from studytui.study.notes.review import Rating
from tests.store.acts import CARDS, START, a_note, some_events
from tests.store.test_texts import DOCUMENT

COUNT = int(os.environ.get("STUDYTUI_INPUTS", "300"))
"""Inputs of each door."""

VALUES: list[Any] = [
    None, True, False, 0, -1, 1, 3, 10**12, 10**400, -(10**30), 0.5, 1e308, -0.0, float("nan"),
    float("inf"), "", " ", "水", "水/shui3", "水/shui3#cloze", "#cloze", "/#recall", "\0",
    "\x1b]52;c;eA==\x07", "\x9b2J", "\u202e", "\u2028", "\ud800", "\udcff", "x" * 5000, "水" * 400,
    "2026-03-01", "9999-12-31", "0001-01-01", "2026-03-01T09:00:00.000Z",
    "9999-12-31T23:59:59.999Z", "1970-01-01T00:00:00Z", "2499-12-31T23:59:59.999+14:00", [], {},
    [[]], [None], [1] * 100, {"": {}}, [["a"]], "put", "bury", "suspend", "known", "everywhere",
    "place", "review", "undo", "mark", "note", "optimised", "redate", "placement", [0.1] * 21, [1.0] * 21,
    [100.0] * 21, "7" + "Z" * 25, "0" * 26, new_id(START, b"1" * 10),
]  # fmt: skip


def changed(rng: random.Random, value: Any) -> Any:
    """The value with something in it replaced, taken out or put in."""
    if isinstance(value, dict) and value and rng.random() < 0.9:
        key = rng.choice(list(value))
        choice = rng.random()
        if choice < 0.15:
            return {name: each for name, each in value.items() if name != key}
        if choice < 0.3:
            return {
                **value,
                rng.choice(["target", "card", "note", "fuzz", "batch", "days", "weights"]): rng.choice(
                    VALUES
                ),
            }
        return {**value, key: changed(rng, value[key])}
    if isinstance(value, list) and value and rng.random() < 0.8:
        at = rng.randrange(len(value))
        return [*value[:at], changed(rng, value[at]), *value[at + (rng.random() < 0.8) :]]
    return rng.choice(VALUES)


def spoiled(rng: random.Random, content: bytes) -> bytes:
    """The file with its JSON changed, or its bytes."""
    choice = rng.random()
    if choice < 0.75:
        said = json.loads(content.decode("utf-8", "surrogatepass"))
        for _ in range(rng.randint(1, 3)):
            said = changed(rng, said)
        return json.dumps(said, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
    at = rng.randrange(max(1, len(content)))
    if choice < 0.85:
        return (
            content[:at]
            + bytes(rng.choices(range(256), k=rng.randint(0, 4)))
            + content[at + rng.randint(0, 3) :]
        )
    if choice < 0.9:
        return content[:at]
    if choice < 0.95:
        return content.rstrip(b"}\n") + b',"v":%d,"id":"x"}' % rng.randint(1, 3)
    return rng.choice([b"[" * 5000, b'{"v":' * 3000, b"\xff\xfe", b"null", b"1e999", b"9" * 5000, b"\0" * 9])


def hostile_lines(rng: random.Random, count: int) -> list[bytes]:
    """Lines that are no event of a later format, which is refused with a sentence."""
    lines: list[bytes] = []
    events = list(map(encode, some_events(rng, 60)))
    while len(lines) < count:
        line = spoiled(rng, rng.choice(events)).replace(b"\n", b" ")
        try:
            decode(line)
        except NewerFormatError:
            continue
        except ValueError:
            pass
        lines.append(line + b"\n")
    return lines


def study(locations: Locations) -> None:
    """All that reads the learner's files, and some acts."""
    later = START + timedelta(days=400)
    with Collection.open(locations, lambda: later) as collection:
        collection.mark("水", "known" if collection.status("水") != "known" else "new")
        collection.add_note(a_note("山", document="d"))
        memory = collection.answer(CARDS[0], Rating.GOOD, 900, "cloze", "\x1b\ud800")
        assert memory.due > later
        collection.queue()
        collection.today()
        collection.due_counts()
        collection.next_due()
        collection.cards.taken_out()
        stats_of(collection)
        progress_of(collection)
        collection.mends("d")
        collection.library.texts()
        collection.preview(CARDS[0])
        confusions(locations, collection.state)
        reviews(locations, collection.state)
        places(Workspace(collection), collection.notes())
        for record in collection.library.texts():
            collection.library.place(record.id)
        assert collection.undo() is not None
        collection.check()
        state = collection.state
    with Collection.open(locations, lambda: later) as collection:
        assert collection.state == state


@pytest.fixture
def locations(home: Path) -> Locations:
    return Locations.find({"STUDYTUI_HOME": str(home)})


def test_a_journal_of_hostile_lines_stops_nothing(
    locations: Locations, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = random.Random(12)
    locations.journal.mkdir(parents=True)
    for number in range(max(1, COUNT // 100)):
        path = locations.journal / f"other-{number}.jsonl"
        lines = [*hostile_lines(rng, 100), *map(encode, some_events(rng, 30))]
        rng.shuffle(lines)
        path.write_bytes(b"".join(lines))
        if rng.random() < 0.5:
            locations.snapshot.unlink(missing_ok=True)
        study(locations)
        if number % 10:
            continue
        for command in (
            ["stats"], ["stats", "--json"], ["review", "--plain"], ["check"], ["check", "--repair"],
            ["export", "-o", str(tmp_path / "all.apkg")],
        ):  # fmt: skip
            assert run(command) in (0, 1, 2), command
    assert "Traceback" not in capsys.readouterr().err


def spoil(path: Path, whole: bytes, rng: random.Random) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(spoiled(rng, whole))


def _is_newer(path: Path) -> bool:
    with suppress(ValueError, RecursionError):
        said = json.loads(path.read_bytes())
        return type(said) is dict and type(said.get("format")) is int and said["format"] > snapshot.FORMAT
    return False


def test_a_journal_of_a_terabyte_is_named_and_stops_nothing(
    locations: Locations, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study(locations)
    (stick := tmp_path / "stick" / "journal").mkdir(parents=True)
    assert locations.own_journal is not None
    for path in (locations.journal / "other-1.jsonl", stick / locations.own_journal.name):
        with path.open("wb") as file:
            file.truncate(1 << 40)
    capsys.readouterr()
    assert run(["stats"]) == 0
    assert run(["sync", str(stick.parent)]) == 0
    assert f"{locations.own_journal.name} cannot be a journal" in capsys.readouterr().err
    assert run(["check"]) == 1
    assert "other-1.jsonl is larger than a journal can be" in capsys.readouterr().out


def test_a_hostile_snapshot_is_made_again(locations: Locations) -> None:
    rng = random.Random(13)
    locations.journal.mkdir(parents=True)
    (locations.journal / "other-1.jsonl").write_bytes(b"".join(map(encode, some_events(rng, 40))))
    study(locations)
    whole = locations.snapshot.read_bytes()
    with Collection.open(locations) as collection:
        state = collection.state
    for _ in range(COUNT):
        spoil(locations.snapshot, whole, rng)
        newer = pytest.raises(StudytuiError, match="newer studytui")
        with (
            newer if _is_newer(locations.snapshot) else nullcontext(),
            Collection.open(locations) as collection,
        ):
            assert collection.state == state
        for aside in locations.data.glob("state.json.*"):
            aside.unlink()


def test_a_hostile_text_is_taken_whole_or_not_at_all(tmp_path: Path) -> None:
    rng = random.Random(14)
    write_text(tmp_path, DOCUMENT)
    path = tmp_path / DOCUMENT.id / "text.json"
    whole = path.read_bytes()
    for _ in range(COUNT):
        content = spoiled(rng, whole)
        if take(tmp_path, DOCUMENT.id, content):
            assert path.read_bytes() == content
        write_text(tmp_path, DOCUMENT)


@pytest.mark.parametrize(
    "make",
    [lambda rng: spoiled(rng, b'{"a": 1}'), lambda rng: str(rng.choice(VALUES)).encode("utf-8", "replace")],
)
def test_a_hostile_name_of_this_machine_is_given_up(
    locations: Locations, make: Callable[[random.Random], bytes]
) -> None:
    rng = random.Random(15)
    locations.device.parent.mkdir(parents=True)
    for _ in range(min(COUNT, 300) // 20):
        locations.device.write_bytes(make(rng))
        with Collection.open(locations) as collection:
            collection.mark("水", "known" if collection.status("水") != "known" else "new")
        assert locations.own_journal is not None
        assert locations.own_journal.parent == locations.journal


def test_hostile_times_of_notes_are_forgotten(tmp_path: Path) -> None:
    rng = random.Random(16)
    path = tmp_path / "exported.json"
    whole = json.dumps({"version": 1, "notes": {"guid": ["digest", 1_770_000_000]}}).encode()
    for _ in range(COUNT):
        path.write_bytes(spoiled(rng, whole))
        Ledger.read(path).write(path)
        assert Ledger.read(path) is not None
