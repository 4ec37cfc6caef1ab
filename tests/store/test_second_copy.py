"""What copies of the data folder can take away, and how it is noticed and put back."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytui.cli.main import run
from studytui.errors import StudytuiError
from studytui.store.collection import Collection
from studytui.store.journal import journal, machine
from studytui.store.journal.event_lines import decode, encode
from studytui.store.journal.events import Event
from studytui.store.journal.second_copy import SecondCopy
from studytui.store.locations import Locations
from studytui.store.state.fold import fold
from studytui.study.notes.review import Rating
from tests.store.acts import CARDS, a_note, some_events

SOURCE = Path(__file__).parents[2] / "src"
START = datetime(2026, 5, 1, 9, tzinfo=UTC)


def home(tmp_path: Path, name: str) -> Locations:
    return Locations.find({"STUDYTUI_HOME": str(tmp_path / name)})


@pytest.fixture
def locations(tmp_path: Path) -> Locations:
    return home(tmp_path, "home")


def answer(locations: Locations, count: int, at: datetime = START) -> list[str]:
    """The ids of so many answers that were acknowledged."""
    moment = itertools.count()
    with Collection.open(locations, lambda: at + timedelta(minutes=next(moment))) as collection:
        if collection.note(a_note("水").id) is None:
            collection.add_note(a_note("水"))
        before = set(ids(locations))
        for number in range(count):
            collection.answer(CARDS[number % len(CARDS)], Rating.GOOD, 900, "cloze")
    return [name for name in ids(locations) if name not in before]


def events(locations: Locations) -> list[Event]:
    return [event for path in journal.files(locations.journal) for event in journal.read(path).events]


def ids(locations: Locations) -> list[str]:
    """The ids in all journals, as often as they stand there."""
    return [event.id for event in events(locations)]


def own(locations: Locations) -> Path:
    assert locations.own_journal is not None
    return locations.own_journal


def opening_says(locations: Locations) -> tuple[str, ...]:
    with Collection.open(locations) as collection:
        return collection.warnings


def copy_of(locations: Locations) -> Path:
    return locations.second_copy / own(locations).name


def test_each_line_is_on_disk_twice(locations: Locations) -> None:
    answer(locations, 5)
    assert copy_of(locations).read_bytes() == own(locations).read_bytes()
    assert copy_of(locations).stat().st_mode & 0o777 == 0o600
    assert locations.data not in copy_of(locations).parents


@pytest.mark.parametrize(
    "loss",
    ["older", "deleted", "folder", "emptied", "middle", "half a line", "another's", "nothing but zeros"],
)
def test_what_this_machine_wrote_comes_back_whatever_was_done_to_its_journal(
    locations: Locations, loss: str
) -> None:
    answer(locations, 12)
    path = own(locations)
    content = path.read_bytes()
    lines = content.splitlines(keepends=True)
    match loss:
        case "older":
            path.write_bytes(b"".join(lines[:5]))
        case "deleted":
            path.unlink()
        case "folder":
            shutil.rmtree(locations.journal)
        case "emptied":
            path.write_bytes(b"")
        case "middle":
            path.write_bytes(b"".join(lines[:3] + lines[-2:]))
        case "half a line":
            path.write_bytes(content[:-40])
        case "another's":
            path.write_bytes(encode(some_events(random.Random(1), 1)[0]))
        case "nothing but zeros":
            path.write_bytes(bytes(len(content)))
    (said,) = [each for each in opening_says(locations) if "put back" in each]
    assert str(path) in said
    assert said.isprintable()
    put_back = ids(locations)
    assert len(put_back) == len(set(put_back))
    assert set(put_back) >= {decode(line).id for line in lines}
    assert opening_says(locations) == tuple(
        each for each in opening_says(locations) if "not an event" in each
    )
    with Collection.open(locations) as collection:
        assert sum(day.answers for day in collection.state.days.values()) >= 12


def test_a_loss_is_noticed_while_the_program_runs(locations: Locations) -> None:
    answer(locations, 6)
    older = own(locations).read_bytes()
    with Collection.open(locations) as collection:
        collection.answer(CARDS[0], Rating.GOOD, 900, "cloze")
        own(locations).write_bytes(older)
        collection.answer(CARDS[1], Rating.GOOD, 900, "cloze")
        own(locations).write_bytes(older)
        collection.mark("山", "known")  # does not refresh: noticed under the lock
        assert sum(day.answers for day in collection.state.days.values()) == 8
        assert collection.state.marks == {"山": "known"}
        assert any("put back" in each for each in collection.warnings)
    assert len(ids(locations)) == len(set(ids(locations))) == 10


def test_a_second_copy_that_is_behind_is_brought_up_in_silence(locations: Locations) -> None:
    """A crash between the two writes, an older state folder, a first start after an upgrade."""
    answer(locations, 6)
    content = own(locations).read_bytes()
    for cut in (0, 100, len(content) // 2, len(content) - 1):
        copy_of(locations).write_bytes(content[:cut])
        assert opening_says(locations) == ()
        with Collection.open(locations) as collection:
            collection.mark("山", "known" if collection.status("山") != "known" else "ignored")
            assert collection.warnings == ()
        content = own(locations).read_bytes()
        assert copy_of(locations).read_bytes() == content
    copy_of(locations).unlink()
    assert opening_says(locations) == ()
    answer(locations, 1)
    assert copy_of(locations).read_bytes() == own(locations).read_bytes()


def test_a_line_cut_off_by_a_crash_is_no_loss(locations: Locations) -> None:
    """The journal is written first: half a line in it has no copy yet."""
    answer(locations, 3)
    with own(locations).open("ab") as file:
        file.write(b'{"v":1,"id":"01')
    (said,) = opening_says(locations)
    assert "cut off before it was acknowledged" in said
    answer(locations, 1)
    assert copy_of(locations).read_bytes() == own(locations).read_bytes()


def test_a_full_disk_under_the_second_copy_changes_nothing(locations: Locations) -> None:
    answer(locations, 3)
    before = own(locations).read_bytes()
    copy = copy_of(locations)
    kept = copy.read_bytes()
    script = f"""
import os, resource
from studytui.errors import StudytuiError
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.store.state.fold import fold
from studytui.store.journal import second_copy
collection = Collection.open(Locations.find(os.environ))
marks = dict(collection.state.marks)
class Full(second_copy.Appender):
    def append_lines(self, lines, rest=False):
        resource.setrlimit(resource.RLIMIT_FSIZE, ({len(kept)} + 20, {len(kept)} + 20))
        return super().append_lines(lines, rest)
second_copy.Appender = Full
try:
    collection.mark("山", "known")
except StudytuiError as error:
    print(error)
assert collection.state.marks == marks
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "STUDYTUI_HOME": str(locations.data.parent), "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"cannot write {copy}: the file would grow beyond the allowed size")
    assert own(locations).read_bytes() == before
    assert copy.read_bytes() == kept
    assert opening_says(locations) == ()


def test_kills_between_the_writes_lose_nothing_and_cry_no_wolf(locations: Locations) -> None:
    """Stopped dead before and after each system call that counts."""
    answer(locations, 2)
    for stop in range(1, 7):
        script = f"""
import os
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.store.state.fold import fold
collection = Collection.open(Locations.find(os.environ))
calls = 0
def counted(real):
    def call(*arguments):
        global calls
        calls += 1
        if calls == {stop}:
            os._exit(9)
        return real(*arguments)
    return call
os.fsync, os.write = counted(os.fsync), counted(os.write)
collection.mark("山", "known" if collection.status("山") != "known" else "ignored")
print("acknowledged", flush=True)
"""
        before = own(locations).read_bytes()
        done = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "STUDYTUI_HOME": str(locations.data.parent), "PYTHONPATH": str(SOURCE)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in (0, 9), done.stderr
        assert (done.returncode == 0) == (done.stdout == "acknowledged\n")
        assert opening_says(locations) == ()
        assert own(locations).read_bytes().startswith(before)
        assert len(set(ids(locations))) == len(ids(locations))
    answer(locations, 1)
    assert copy_of(locations).read_bytes() == own(locations).read_bytes()


def test_a_repaired_line_stays_away(locations: Locations) -> None:
    answer(locations, 3)
    lines = own(locations).read_bytes().splitlines(keepends=True)
    own(locations).write_bytes(b"".join([lines[0], b"no event\n", *lines[1:]]))
    answer(locations, 1)  # and now it is in the second copy as well
    assert run_in(locations, "check", "--repair") == 0
    answer(locations, 1)
    assert b"no event" not in own(locations).read_bytes() + copy_of(locations).read_bytes()
    assert opening_says(locations) == ()
    assert len(ids(locations)) == len(set(ids(locations))) == 6


def run_in(locations: Locations, *arguments: str) -> int:
    before = os.environ["STUDYTUI_HOME"]
    os.environ["STUDYTUI_HOME"] = str(locations.data.parent)
    try:
        return run(arguments)
    finally:
        os.environ["STUDYTUI_HOME"] = before


def test_check_compares_every_line(locations: Locations, capsys: pytest.CaptureFixture[str]) -> None:
    """Where sizes and last lines are as they were, an opening sees nothing; `check` does."""
    answer(locations, 9)
    content = own(locations).read_bytes()
    lines = content.splitlines(keepends=True)
    damaged = b"".join([lines[0], b"x" * (len(lines[1]) - 1) + b"\n", *lines[2:]])
    own(locations).write_bytes(damaged)
    assert run_in(locations, "check") == 1
    assert f"{own(locations).name} has lost lines that this machine wrote" in capsys.readouterr().out
    assert run_in(locations, "check", "--repair") == 0
    assert sorted(ids(locations)) == sorted(decode(line).id for line in lines)


# Other machines' journals


def a_peer(locations: Locations, count: int = 8) -> Path:
    """The journal of another machine, as it came here."""
    peer = home(locations.data.parent.parent, "peer")
    answer(peer, count, START + timedelta(days=1))
    locations.journal.mkdir(parents=True, exist_ok=True)
    shutil.copy(own(peer), locations.journal)
    return locations.journal / own(peer).name


@pytest.mark.parametrize("loss", ["deleted", "shorter", "cut in a line", "folder", "replaced"])
def test_what_others_wrote_is_missed_and_the_snapshot_is_kept(locations: Locations, loss: str) -> None:
    answer(locations, 4)
    theirs = a_peer(locations)
    with Collection.open(locations) as collection:
        before = collection.state
    held = locations.snapshot.read_bytes()
    content = theirs.read_bytes()
    match loss:
        case "deleted":
            theirs.unlink()
        case "shorter":
            theirs.write_bytes(b"".join(content.splitlines(keepends=True)[:-1]))
        case "cut in a line":
            theirs.write_bytes(content[:-30])
        case "folder":
            shutil.rmtree(locations.journal)
        case "replaced":
            theirs.write_bytes(b"".join(content.splitlines(keepends=True)[:2]) + b"x" * 9000 + b"\n")
    (said,) = [each for each in opening_says(locations) if theirs.name in each and "held more" in each]
    (aside,) = locations.data.glob("state.json.before-*")
    assert aside.name in said
    assert aside.read_bytes() == held
    assert locations.snapshot.read_bytes() != held
    assert not any("held more" in each for each in opening_says(locations))
    theirs.write_bytes(content)
    with Collection.open(locations) as collection:
        assert collection.state == before
    assert aside.read_bytes() == held


def test_a_loss_that_was_seen_while_the_program_ran_is_told_at_its_end(
    locations: Locations, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(locations, 4)
    theirs = a_peer(locations)
    with Collection.open(locations) as collection:
        theirs.unlink()
        collection.refresh()
        assert [each for each in collection.warnings if theirs.name in each]
    assert len(list(locations.data.glob("state.json.before-*"))) <= 1


def test_files_that_moved_without_a_loss_alarm_nobody(locations: Locations) -> None:
    answer(locations, 4)
    theirs = a_peer(locations)
    conflict = theirs.with_name(f"{theirs.stem}.sync-conflict-20260501-090000-ABCDEFG.jsonl")
    conflict.write_bytes(theirs.read_bytes())
    assert opening_says(locations) == ()
    conflict.unlink()
    assert opening_says(locations) == ()
    theirs.rename(theirs.with_name("renamed-1.jsonl"))
    assert opening_says(locations) == ()
    assert not list(locations.data.glob("state.json.*"))


def test_check_does_not_call_a_loss_sound(locations: Locations, capsys: pytest.CaptureFixture[str]) -> None:
    answer(locations, 4)
    theirs = a_peer(locations)
    opening_says(locations)
    theirs.unlink()
    run_in(locations, "check")
    told = capsys.readouterr()
    assert "Everything is sound" not in told.out
    assert theirs.name in told.out


# A home that is gone


@pytest.mark.parametrize("gone", ["missing", "empty", "hidden"])
def test_a_home_that_is_gone_is_not_made_anew_in_silence(
    locations: Locations, gone: str, capsys: pytest.CaptureFixture[str]
) -> None:
    known = answer(locations, 4)
    away = locations.data.rename(locations.data.with_name("away"))
    if gone != "missing":
        locations.data.mkdir()
    if gone == "hidden":
        (locations.data / "lost+found").mkdir()
    for arguments in (["stats"], ["sync"], ["check"], ["tokens", "two-teas"], ["review", "--plain"]):
        assert run_in(locations, *arguments) == 1
        told = capsys.readouterr()
        assert told.out == ""
        assert f"your answers and texts in {locations.data} are gone" in told.err
        assert not (locations.data / "journal").exists()
        assert not (locations.data / "state.json").exists()
    assert run_in(locations, "check", "--repair") == 0
    assert set(known) <= set(ids(locations))
    shutil.rmtree(locations.data)
    away.rename(locations.data)
    assert opening_says(locations) == ()


def test_a_disk_that_goes_while_the_program_runs_gets_no_folder_in_its_place(locations: Locations) -> None:
    answer(locations, 4)
    with Collection.open(locations) as collection:
        collection.mark("水", "known")
        away = locations.data.rename(locations.data.with_name("away"))
        for act in (
            lambda: collection.mark("山", "known"),
            collection.refresh,
            lambda: collection.answer(CARDS[0], Rating.GOOD, 1, "cloze"),
        ):
            with pytest.raises(StudytuiError, match="are gone: mount its disk"):
                act()
    assert not locations.data.exists()
    away.rename(locations.data)
    with Collection.open(locations) as collection:
        assert collection.warnings == ()
        assert collection.state.marks == {"水": "known"}


def test_a_first_start_asks_for_nothing(locations: Locations) -> None:
    assert opening_says(locations) == ()
    assert run_in(locations, "check", "--repair") == 0
    assert not locations.data.exists()


# Copied machines


def test_a_copy_beside_the_first_takes_a_name_of_its_own(tmp_path: Path, locations: Locations) -> None:
    known = answer(locations, 3)
    other = home(tmp_path, "other")
    subprocess.run(["cp", "-a", str(locations.data.parent), str(other.data.parent)], check=True)
    name = own(locations).name
    assert opening_says(other) == ()
    with Collection.open(other) as collection:
        collection.mark("山", "known")
        (said,) = collection.warnings
    assert own(other).name != name
    assert own(other).stem in said
    with Collection.open(locations) as collection:
        collection.mark("水", "known")
        assert collection.warnings == ()
    assert own(locations).name == name
    assert set(known) <= set(ids(other))
    with Collection.open(other) as collection:
        collection.mark("水", "ignored")
        assert collection.warnings == ()


def test_a_move_a_backup_and_a_new_host_name_change_no_name(
    tmp_path: Path, locations: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(locations, 3)
    name = own(locations).name
    backup = tmp_path / "backup"
    subprocess.run(["cp", "-r", str(locations.data.parent), str(backup)], check=True)
    monkeypatch.setattr("socket.gethostname", lambda: "renamed")
    answer(locations, 1)
    shutil.rmtree(locations.data.parent)
    subprocess.run(["cp", "-r", str(backup), str(locations.data.parent)], check=True)
    answer(locations, 1)
    assert own(locations).name == name
    moved = home(tmp_path, "moved")
    locations.data.parent.rename(moved.data.parent)
    answer(moved, 1)
    assert own(moved).name == name
    assert opening_says(moved) == ()


def test_a_home_copied_to_another_machine_takes_a_name_and_a_shared_one_does_not(
    tmp_path: Path, locations: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(locations, 3)
    name = own(locations).name
    this = tmp_path / "machine-id"
    this.write_text("0123\n")
    monkeypatch.setattr(machine, "_IDS", (this,))
    answer(locations, 1)  # the same file, read on another machine: a network's share, a stick
    assert own(locations).name == name
    facts = json.loads(locations.machine.read_bytes())
    facts["inode"] += 1
    facts["changed"] -= 1000
    locations.machine.write_text(json.dumps(facts))
    answer(locations, 1)
    assert own(locations).name == name
    facts["machine"] = "another"
    locations.machine.write_text(json.dumps(facts))
    answer(locations, 1)
    assert own(locations).name != name
    assert opening_says(locations) == ()


def test_two_whose_copy_cannot_be_told_keep_both_branches(tmp_path: Path, locations: Locations) -> None:
    """A whole disk was copied, ids and all: their lines tell, when they meet."""
    answer(locations, 3)
    other = home(tmp_path, "other")
    subprocess.run(["cp", "-a", str(locations.data.parent), str(other.data.parent)], check=True)
    machine.remember(other)
    ours, theirs = answer(locations, 4), answer(other, 5)
    assert own(locations).name == own(other).name
    shutil.copy(own(other), own(locations))
    said = opening_says(locations)
    assert any("put back" in each for each in said)
    assert any("another machine writes under this one's name" in each for each in said)
    assert set(ours) | set(theirs) <= set(ids(locations))
    assert len(ids(locations)) == len(set(ids(locations)))
    more = answer(locations, 2)
    for _ in range(2):  # each file over the other's, both ways
        shutil.copytree(locations.journal, other.journal, dirs_exist_ok=True)
        more += answer(other, 1, START + timedelta(days=2))
        shutil.copytree(other.journal, locations.journal, dirs_exist_ok=True)
        more += answer(locations, 1, START + timedelta(days=3))
    shutil.copytree(locations.journal, other.journal, dirs_exist_ok=True)
    for each in (locations, other):
        opening_says(each)
        found = ids(each)
        assert len(found) == len(set(found))
        assert {*ours, *theirs, *more} <= set(found)


@pytest.mark.parametrize("seed", range(int(os.environ.get("STUDYTUI_SEEDS", "3"))))
def test_five_homes_that_copy_over_each_other_keep_every_answer_of_their_own(
    tmp_path: Path, seed: int
) -> None:
    """As `scp` and `rsync -a` do: file by file, whichever was changed last, or simply the other's."""
    rng = random.Random(seed)
    homes = [home(tmp_path, f"home-{number}") for number in range(4)]
    written: dict[str, set[str]] = {}
    for locations in homes:
        written[str(locations.data)] = set(answer(locations, 2))
    clone = home(tmp_path, "clone")
    subprocess.run(["cp", "-a", str(homes[0].data.parent), str(clone.data.parent)], check=True)
    if rng.random() < 0.5:
        machine.remember(clone)  # it cannot be told
    homes.append(clone)
    written[str(clone.data)] = set()
    for step in range(40):
        locations = rng.choice(homes)
        at = START + timedelta(hours=step, minutes=rng.randint(-9, 9))
        written[str(locations.data)] |= set(answer(locations, rng.randint(1, 3), at))
        for _ in range(rng.randint(0, 2)):
            source, target = rng.sample(homes, 2)
            for path in journal.files(source.journal):
                there = target.journal / path.name
                if not there.exists() or rng.random() < 0.5 or newer(path, there):
                    shutil.copy2(path, there)
    for locations in homes:
        opening_says(locations)
        found = ids(locations)
        assert written[str(locations.data)] <= set(found)
        assert len(found) == len(set(found))
        assert not SecondCopy(locations).lacks()
        with Collection.open(locations) as collection:
            assert collection.state == fold(events(locations))


def newer(path: Path, there: Path) -> bool:
    return path.stat().st_mtime_ns > there.stat().st_mtime_ns
