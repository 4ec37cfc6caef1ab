"""The journal under crashes, full disks and company."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studytui.errors import StudytuiError
from studytui.store.collection import Collection
from studytui.store.journal import journal
from studytui.store.journal.event_ids import new_id
from studytui.store.journal.event_lines import decode, encode
from studytui.store.journal.events import FORMAT, new_event
from studytui.store.journal.journal import Appender, backwards
from studytui.store.locations import Locations
from studytui.store.lock import locked
from studytui.store.state.fold import fold
from studytui.study.notes.review import Rating
from studytui.study.vocabulary import Mark
from tests.store.acts import CARDS, a_note, some_events

SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture
def locations(home: Path) -> Locations:
    return Locations.find({"STUDYTUI_HOME": str(home)})


def one_journal(locations: Locations) -> Path:
    (path,) = journal.files(locations.journal)
    return path


def answer_some(locations: Locations, count: int) -> None:
    with Collection.open(locations) as collection:
        for number in range(count):
            collection.answer(CARDS[number % len(CARDS)], Rating.GOOD, 1200, "cloze", "水")


def test_lines_are_readable_json_that_say_their_version(locations: Locations) -> None:
    answer_some(locations, 1)
    line = one_journal(locations).read_text("utf-8")
    assert '"card":"水/shui3#recognition"' in line
    assert json.loads(line)["v"] == FORMAT
    assert one_journal(locations).stat().st_mode & 0o777 == 0o600
    assert locations.journal.stat().st_mode & 0o777 == 0o700


def test_a_journal_cut_at_any_byte_keeps_every_whole_line(locations: Locations) -> None:
    """And the next answer is kept too, and the piece that was cut off lies beside the journal."""
    with Collection.open(locations) as collection:
        collection.add_note(a_note("水"))
    answer_some(locations, 12)
    path = one_journal(locations)
    whole = path.read_bytes()
    events = [line.event for line in journal.parse(whole, 0, path).lines]
    # Each byte of the last two lines; of the last 2,000 bytes in the long run.
    span = min(len(whole), int(os.environ.get("STUDYTUI_CUTS", "300")))
    for cut in range(len(whole) - span, len(whole) + 1):
        path.write_bytes(whole[:cut])
        # What a crash cuts off never came to the second copy, nor to the snapshot.
        locations.snapshot.unlink(missing_ok=True)
        (locations.second_copy / path.name).write_bytes(whole[: whole[:cut].rfind(b"\n") + 1])
        torn = path.with_suffix(".torn")
        torn.unlink(missing_ok=True)
        kept = whole[:cut].count(b"\n")
        piece = whole[:cut].rpartition(b"\n")[2]
        with Collection.open(locations) as collection:
            assert collection.state == fold(events[:kept])
            assert len(collection.warnings) == bool(piece)
            collection.mark("山", "known")
            assert collection.state.marks == {"山": "known"}
        lines = path.read_bytes().splitlines(keepends=True)
        assert lines[:kept] == whole.splitlines(keepends=True)[:kept]
        assert [decode(line).type for line in lines[kept:]] == ["mark"]
        assert (torn.read_bytes() if torn.exists() else b"") == (piece + b"\n" if piece else b"")


def test_a_newer_format_is_refused_and_left_alone(locations: Locations) -> None:
    answer_some(locations, 2)
    path = one_journal(locations)
    newer = path.read_bytes() + path.read_bytes().splitlines()[0].replace(b'"v":1', b'"v":2') + b"\n"
    path.write_bytes(newer)
    with pytest.raises(StudytuiError, match="newer studytui"):
        Collection.open(locations)
    assert path.read_bytes() == newer


def test_lines_that_are_no_events_are_passed_over_and_told(locations: Locations) -> None:
    answer_some(locations, 2)
    path = one_journal(locations)
    first, second = path.read_bytes().splitlines(keepends=True)
    strange = [
        b"\n",
        b"nonsense\n",
        b"[1, 2]\n",
        b'{"v":1}\n',
        b"\xff\xfe\n",
        first.replace(b'"id":"0', b'"id":"1'),
    ]
    path.write_bytes(first + b"".join(strange) + second)
    with Collection.open(locations) as collection:
        assert collection.state == fold([decode(first), decode(second)])
        assert ["5 lines that are not an event" in sentence for sentence in collection.warnings] == [True]


def test_backwards_gives_the_events_in_reverse(tmp_path: Path) -> None:
    events = some_events(random.Random(2), 60)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"".join(map(encode, events)) + b"torn")
    for block in (1, 7, 300, 1 << 16):
        assert list(backwards(path, block)) == events[::-1]
    assert list(backwards(tmp_path / "none.jsonl")) == []


def limited(locations: Locations, size: int, script: str) -> subprocess.CompletedProcess[str]:
    """Runs a script in a process whose files cannot grow beyond `size` bytes, like a disk that fills."""
    program = f"""
import resource, signal
from studytui.errors import StudytuiError
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.store.lock import locked
from studytui.study.notes.review import Rating
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
collection = Collection.open(Locations.find())
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, resource.RLIM_INFINITY))
{script}
"""
    environ = {**os.environ, "STUDYTUI_HOME": str(locations.data.parent), "PYTHONPATH": str(SOURCE)}
    return subprocess.run(
        [sys.executable, "-c", program], env=environ, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("room", [0, 1, 50, 150])
def test_a_disk_that_fills_in_the_middle_of_a_line_leaves_the_journal_as_it_was(
    locations: Locations, room: int
) -> None:
    answer_some(locations, 3)
    path = one_journal(locations)
    before = path.read_bytes()
    script = f"""
state = repr(collection.state)
try:
    collection.answer({CARDS[0]!r}, Rating.GOOD, 1000, "cloze")
except StudytuiError as error:
    print(error)
assert repr(collection.state) == state
"""
    run = limited(locations, len(before) + room, script)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith(f"cannot write {path}: the file would grow beyond the allowed size: ")
    assert run.stdout.count("\n") == 1
    assert path.read_bytes() == before
    answer_some(locations, 1)
    assert path.read_bytes().startswith(before)


def test_a_full_disk_is_said_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "full.jsonl"
    path.symlink_to("/dev/full")
    with pytest.raises(StudytuiError, match="the disk is full: make room and try again"):
        Appender(path).append(some_events(random.Random(1), 1))


def test_a_disk_that_reports_an_error_is_said_in_one_sentence(tmp_path: Path) -> None:
    """A real EIO: the kernel gives it to whoever reads or writes memory that is not there."""
    path = tmp_path / "broken.jsonl"
    path.symlink_to("/proc/self/mem")
    with pytest.raises(StudytuiError, match=r"cannot write .*: the disk reports an error: copy your files"):
        Appender(path).append(some_events(random.Random(1), 1))
    with pytest.raises(StudytuiError, match=r"cannot read .*: the disk reports an error"):
        journal.read(path)


@contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """Gives a folder to a user without rights and is that user for a while; root may write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, 65534, 65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_home_can_be_read_and_refuses_writing() -> None:
    with tempfile.TemporaryDirectory() as root:  # pytest's own folder is closed to other users
        locations = Locations.find({"STUDYTUI_HOME": root})
        answer_some(locations, 2)
        path = one_journal(locations)
        before = path.read_bytes()
        with as_nobody(Path(root)):
            path.chmod(0o400)
            for folder in (locations.journal, locations.data):
                folder.chmod(0o500)
            with Collection.open(locations) as collection:
                assert len(collection.state.memories) == 2
                for act in (lambda: collection.mark("水", "known"), collection.undo):
                    with pytest.raises(StudytuiError, match="permission is denied: make it yours"):
                        act()
                assert collection.state.marks == {}
            for folder in (locations.journal, locations.data):
                folder.chmod(0o700)
        assert path.read_bytes() == before


def test_opening_writes_nothing(locations: Locations) -> None:
    with Collection.open(locations) as collection:
        assert collection.queue() == ()
        assert collection.undo() is None
        assert collection.check() == ()
    assert not locations.data.parent.exists()


WRITER = """
import sys
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.store.lock import locked
from studytui.study.notes.review import Rating
cards = sys.argv[2:]
with Collection.open(Locations.find()) as collection:
    for number in range(int(sys.argv[1])):
        before = collection.state.memories.get(cards[number % len(cards)])
        memory = collection.answer(cards[number % len(cards)], Rating.GOOD, 1, "cloze")
        print(memory.reps, flush=True)
"""


def start_writer(locations: Locations, count: int, cards: list[str]) -> subprocess.Popen[str]:
    environ = {**os.environ, "STUDYTUI_HOME": str(locations.data.parent), "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-c", WRITER, str(count), *cards]
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True)


def test_no_acknowledged_answer_is_lost_or_counted_twice_by_kills(locations: Locations) -> None:
    """A process answers as fast as it can and is killed at a random moment, again and again."""
    rng = random.Random(4)
    acknowledged = 0
    for _ in range(int(os.environ.get("STUDYTUI_KILLS", "25"))):
        with start_writer(locations, 100_000, CARDS[:1]) as writer:
            assert writer.stdout is not None
            told = [writer.stdout.readline() for _ in range(rng.randint(1, 12))]
            for _ in range(rng.randint(0, 3000)):
                pass
            writer.send_signal(signal.SIGKILL)
            told += writer.stdout.readlines()
        acknowledged = max(int(line) for line in told if line.endswith("\n"))
        with Collection.open(locations) as collection:
            reps = collection.state.memories[CARDS[0]].reps
            # The one answer that may be there without having been acknowledged was being given.
            assert acknowledged <= reps <= acknowledged + 1
            events = [line.event for line in journal.read(one_journal(locations)).lines]
            assert len({event.id for event in events}) == len(events) == reps
            assert collection.state == fold(events)


def test_two_processes_that_answer_at_once_lose_nothing(locations: Locations) -> None:
    answer_some(locations, 1)
    writers = [start_writer(locations, 60, CARDS[number : number + 2]) for number in (0, 1)]
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    with Collection.open(locations) as collection:
        assert sum(memory.reps for memory in collection.state.memories.values()) == 121
        assert collection.warnings == ()
        assert collection.check() == ()


def test_two_sessions_see_each_others_answers(locations: Locations) -> None:
    with Collection.open(locations) as one, Collection.open(locations) as two:
        one.add_note(a_note("水"))
        assert two.notes() == ()
        two.refresh()
        assert two.notes() == one.notes()
        two.answer(CARDS[0], Rating.GOOD, 1, "recognition")
        one.answer(CARDS[0], Rating.GOOD, 1, "recognition")
        assert one.state.memories[CARDS[0]].reps == 2
        two.refresh()
        assert one.state == two.state


def test_events_of_one_moment_keep_the_order_in_which_they_were_written(locations: Locations) -> None:
    """Even across sessions, with a clock that stands still."""
    clock: Callable[[], datetime] = lambda: datetime(2026, 5, 1, tzinfo=UTC)  # noqa: E731
    statuses: list[Mark] = ["known", "ignored", "learning", "known", "ignored"]
    for status in statuses:
        with Collection.open(locations, clock) as collection:
            collection.mark("水", status)
    places = [line.event.id for line in journal.read(one_journal(locations)).lines]
    assert places == sorted(places)
    with Collection.open(locations, clock) as collection:
        assert collection.status("水") == "ignored"


def test_threads_that_answer_at_once_lose_nothing(locations: Locations) -> None:
    with Collection.open(locations) as collection, ThreadPoolExecutor(4) as pool:
        given = [
            pool.submit(collection.answer, CARDS[number % 3], Rating.GOOD, 1, "cloze") for number in range(60)
        ]
        assert all(answer.result().reps for answer in given)
        assert sum(memory.reps for memory in collection.state.memories.values()) == 60
        assert collection.check() == ()


def test_a_line_being_written_is_waited_for(locations: Locations) -> None:
    """A session that opens while another is writing sees the whole line, and no damage."""
    answer_some(locations, 1)
    path = one_journal(locations)
    whole = path.read_bytes()
    answered = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        with locked(locations.lock, 0):
            path.write_bytes(whole + whole[:40])

            def look() -> tuple[str, ...]:
                answered.set()
                with Collection.open(locations) as collection:
                    return collection.warnings

            seen = pool.submit(look)
            answered.wait()
            path.write_bytes(whole)
        assert seen.result() == ()


def test_a_line_being_written_is_not_taken_in_until_it_is_whole(locations: Locations) -> None:
    answer_some(locations, 1)
    path = one_journal(locations)
    event = decode(path.read_bytes())
    late = new_event(
        new_id(event.at, b"\xff" * 10),
        event.at,
        event.device,
        "mark",
        {"headword": "水", "status": "known"},
    )
    with Collection.open(locations) as collection:
        line = encode(late)
        with path.open("ab", buffering=0) as file:
            file.write(line[:40])
            assert not collection.refresh()
            file.write(line[40:])
        assert collection.refresh()
        assert collection.status("水") == "known"


def test_an_answer_is_flushed_to_the_disk_before_it_is_acknowledged(
    locations: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: dict[int, int] = {}
    fsync = os.fsync

    def watched(descriptor: int) -> None:
        fsync(descriptor)
        status = os.fstat(descriptor)
        flushed[status.st_ino] = status.st_size

    monkeypatch.setattr(os, "fsync", watched)
    with Collection.open(locations) as collection:
        for card in CARDS[:3]:
            collection.answer(card, Rating.GOOD, 1200, "cloze", "水")
            status = one_journal(locations).stat()
            assert flushed[status.st_ino] == status.st_size
            flushed.clear()
