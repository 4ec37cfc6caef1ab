"""Machines that meet in a plain folder, and in every way at once."""

from __future__ import annotations

import itertools
import os
import random
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from studytui.cli.main import run
from studytui.errors import StudytuiError, UsageError
from studytui.session.shared_settings import adopt, bring
from studytui.store.collection import Collection
from studytui.store.journal import journal, machine
from studytui.store.journal.event_lines import encode
from studytui.store.journal.events import Event
from studytui.store.locations import Locations
from studytui.store.state.fold import fold
from studytui.store.sync.exchange import Synced, sync
from studytui.study.notes.review import Rating
from studytui.text.document import Document, Paragraph
from tests.store.acts import CARDS, START, a_note, some_events

SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    path = tmp_path / "stick"
    path.mkdir(mode=0o750)
    return path


def home(tmp_path: Path, name: str) -> Locations:
    return Locations.find({"STUDYTUI_HOME": str(tmp_path / name)})


def meet(locations: Locations, place: Path) -> Synced:
    return sync(locations, lambda: START, str(place), None)


def mark(locations: Locations, headword: str) -> None:
    with Collection.open(locations) as collection:
        collection.mark(headword, "known")


def own(locations: Locations) -> Path:
    assert locations.own_journal is not None
    return locations.own_journal


def events(locations: Locations) -> list[Event]:
    return [event for path in journal.files(locations.journal) for event in journal.read(path).events]


def a_text() -> Document:
    text = "山高水长。"
    return Document("story.txt", "故事", "utf-8", (Paragraph("paragraph", text, tuple(range(5))),), 0)


def test_two_machines_come_to_the_same(tmp_path: Path, stick: Path) -> None:
    one, two = home(tmp_path, "one"), home(tmp_path, "two")
    with Collection.open(one) as collection:
        collection.add_note(a_note("水"))
        collection.answer(CARDS[0], Rating.GOOD, 900, "recognition")
        collection.library.remember(a_text())
    mark(two, "山")
    assert meet(one, stick) == Synced(str(stick), sent=3, texts_sent=1)
    assert meet(two, stick) == Synced(str(stick), received=3, sent=1, texts_received=1)
    assert meet(one, stick) == Synced(str(stick), received=1)
    assert meet(one, stick) == meet(two, stick) == Synced(str(stick))
    for path in journal.files(one.journal):
        assert (two.journal / path.name).read_bytes() == path.read_bytes()
        assert (stick / "journal" / path.name).read_bytes() == path.read_bytes()
        assert (stick / "journal" / path.name).stat().st_mode & 0o777 == 0o640
    assert (stick / "journal").stat().st_mode & 0o777 == 0o750
    with Collection.open(two) as collection:
        assert collection.library.text(a_text().id) == a_text()
        assert collection.warnings == ()
    assert not one.sync.exists()


def test_a_folder_that_was_emptied_or_is_older_is_filled_again(tmp_path: Path, stick: Path) -> None:
    one, two = home(tmp_path, "one"), home(tmp_path, "two")
    mark(one, "水")
    meet(one, stick)
    older = tmp_path / "older"
    shutil.copytree(stick, older)
    mark(two, "山")
    meet(two, stick)
    meet(one, stick)
    assert meet(one, older).sent == 1
    shutil.rmtree(stick / "journal")
    assert meet(two, stick).sent == 2
    assert meet(one, stick) == Synced(str(stick))


@pytest.mark.parametrize("cut", [0, 1, 40, 200])
def test_what_is_half_copied_counts_as_far_as_it_is_whole(tmp_path: Path, stick: Path, cut: int) -> None:
    """Of another machine's journal, while it is being copied into the folder; and of a text."""
    one, two = home(tmp_path, "one"), home(tmp_path, "two")
    mark(one, "水")
    whole = b"".join(map(encode, some_events(random.Random(3), 6)))
    there = stick / "journal" / "lap-2.jsonl"
    there.parent.mkdir()
    part = whole[: len(whole) - cut]
    there.write_bytes(part)
    done = meet(one, stick)
    assert done.received == part.count(b"\n")
    assert there.read_bytes() == part
    (one.journal / "lap-2.jsonl").write_bytes(whole)  # it came here whole by another way
    meet(one, stick)
    assert there.read_bytes() == whole
    meet(two, stick)
    assert (two.journal / "lap-2.jsonl").read_bytes() == whole
    with Collection.open(one) as collection:
        collection.library.remember(a_text())
    meet(one, stick)
    text = stick / "texts" / a_text().id / "text.json"
    content = text.read_bytes()
    text.write_bytes(content[: len(content) // 2])
    assert meet(two, stick).texts_received == 0
    assert meet(one, stick).texts_sent == 1
    assert meet(two, stick).texts_received == 1


def test_what_is_no_event_is_left_where_it_is(tmp_path: Path, stick: Path) -> None:
    one = home(tmp_path, "one")
    mark(one, "水")
    (stick / "journal").mkdir()
    (stick / "journal" / own(one).name).write_bytes(b"no event\n" + bytes(50) + b"\nhalf a")
    (stick / "journal" / "odd.jsonl").write_bytes(b"no event\n[1]\n" + b'{"v":1}\n' * 3)
    (stick / "mine.txt").write_text("mine")
    before = own(one).read_bytes()
    assert meet(one, stick) == Synced(str(stick), sent=1)
    assert own(one).read_bytes() == before
    there = (stick / "journal" / own(one).name).read_bytes()
    assert there == b"no event\n" + bytes(50) + b"\n" + before + b"half a"
    assert [path.name for path in one.journal.iterdir()] == [own(one).name]
    assert meet(one, stick) == Synced(str(stick))
    assert (stick / "mine.txt").read_text() == "mine"


def test_a_later_format_is_refused_before_anything_changes(tmp_path: Path, stick: Path) -> None:
    one = home(tmp_path, "one")
    mark(one, "水")
    (stick / "journal").mkdir()
    later = encode(some_events(random.Random(1), 1)[0]).replace(b'"v":1', b'"v":2')
    (stick / "journal" / "lap-1.jsonl").write_bytes(later)
    with pytest.raises(StudytuiError, match="has answers of a newer studytui"):
        meet(one, stick)
    assert not (one.journal / "lap-1.jsonl").exists()


def test_what_a_folder_is_told_by(tmp_path: Path, stick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One that is not there is not made; one with a git repository is git's; ours is refused."""
    here = Locations.find()
    mark(here, "水")
    assert run(["sync", str(tmp_path / "unplugged")]) == 2
    assert "is no folder that is there: plug its disk in" in capsys.readouterr().err
    assert not (tmp_path / "unplugged").exists()
    assert run(["sync", str(stick), "--remote", "x"]) == 2
    for ours in (here.data, here.journal):
        with pytest.raises(UsageError, match="is where studytui keeps its own files"):
            meet(here, ours)
    bare = tmp_path / "bare"
    subprocess.run(["git", "init", "--quiet", "--bare", str(bare)], check=True)
    assert run(["sync", str(bare)]) == 0
    assert not (bare / "journal").exists()
    assert run(["sync", str(stick)]) == 0
    assert capsys.readouterr().out.endswith(f"{stick}: received nothing, sent 1 change.\n")
    assert run(["sync"]) == 0  # the remote is what it was
    assert capsys.readouterr().out == f"{bare}: both have everything.\n"


@pytest.mark.parametrize("kind", ["folder", "pipe", "endless", "loop"])
def test_what_is_no_file_but_has_a_texts_name_ends_no_sync(tmp_path: Path, stick: Path, kind: str) -> None:
    here, there = home(tmp_path, "here"), home(tmp_path, "there")
    text = a_text()
    with Collection.open(here) as collection:
        collection.library.remember(text)
    mark(there, "水")
    odd = stick / "texts" / text.id / "text.json"
    odd.parent.mkdir(parents=True)
    match kind:
        case "folder":
            odd.mkdir()
        case "pipe":
            os.mkfifo(odd)
        case "endless":
            odd.symlink_to("/dev/zero")
        case "loop":
            odd.symlink_to(odd.name)
    done = meet(here, stick)
    assert done.warnings == (f"{odd} cannot be a file: that text was not sent",)
    assert not meet(there, stick).warnings
    with Collection.open(there) as collection:
        assert collection.library.text(text.id) is None


def test_what_a_dead_sync_has_left_goes_after_a_day(tmp_path: Path, stick: Path) -> None:
    one = home(tmp_path, "one")
    mark(one, "水")
    meet(one, stick)
    drafts = [stick / "journal" / ".a.jsonl.0.part", stick / "texts" / "a" / ".text.json.0.part"]
    for draft, age in zip(drafts, (2, 0), strict=True):
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(b"half")
        at = (START - timedelta(days=age)).timestamp()
        os.utime(draft, (at, at))
    assert meet(one, stick) == Synced(str(stick))
    assert [draft.exists() for draft in drafts] == [False, True]


def test_a_full_or_read_only_stick_is_said_in_one_sentence(tmp_path: Path, stick: Path) -> None:
    one = home(tmp_path, "one")
    mark(one, "水")
    (stick / "journal").write_text("a file")
    with pytest.raises(StudytuiError, match="a file stands where a folder should be") as said:
        meet(one, stick)
    assert str(said.value).isprintable()
    assert len(events(one)) == 1


def test_syncs_at_once_and_killed_ones_lose_nothing(tmp_path: Path, stick: Path) -> None:
    homes = [home(tmp_path, name) for name in ("one", "two", "three")]
    for locations in homes:
        mark(locations, "水")
    rng = random.Random(4)
    for _ in range(int(os.environ.get("STUDYTUI_KILLS", "2"))):
        running = [
            subprocess.Popen(
                [sys.executable, "-m", "studytui", "sync", str(stick)],
                env={**os.environ, "STUDYTUI_HOME": str(locations.data.parent), "PYTHONPATH": str(SOURCE)},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
            for locations in homes
        ]
        with Collection.open(homes[0]) as collection:
            for card in CARDS:
                collection.answer(card, Rating.GOOD, 1, "cloze")
        victim = rng.choice(running)
        if rng.random() < 0.5:
            victim.kill()
        for process in running:
            _, complaints = process.communicate(timeout=120)
            assert process.returncode == 0 or process is victim, complaints
    for _ in range(2):
        for locations in homes:
            meet(locations, stick)
    found = [sorted(event.id for event in events(locations)) for locations in homes]
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == len(set(found[0]))


@pytest.mark.parametrize("seed", range(int(os.environ.get("STUDYTUI_SEEDS", "3"))))
def test_five_homes_with_a_clone_that_meet_in_every_way_keep_each_answer_once(
    tmp_path: Path, stick: Path, seed: int
) -> None:
    """Whole files over each other both ways, as scp and rsync do; git; a stick. And now and then a loss."""
    rng = random.Random(seed)
    moments = itertools.count()
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)
    homes = [home(tmp_path, f"home-{number}") for number in range(4)]
    said: list[str] = []

    def act(locations: Locations) -> None:
        skew = timedelta(minutes=rng.randint(-9, 9))
        clock = lambda: START + timedelta(minutes=10 * next(moments)) + skew  # noqa: E731
        with Collection.open(locations, clock) as collection:
            before = {event.id for event in events(locations)}
            for card in rng.sample(CARDS, rng.randint(1, 3)):
                collection.answer(card, Rating(rng.randint(1, 4)), 900, "cloze")
            said.extend(event.id for event in events(locations) if event.id not in before)

    for locations in homes:
        act(locations)
    clone = home(tmp_path, "clone")
    subprocess.run(["cp", "-a", str(homes[0].data.parent), str(clone.data.parent)], check=True)
    if rng.random() < 0.5:
        machine.remember(clone)  # a copied disk: it cannot be told
    homes.append(clone)
    for _ in range(int(os.environ.get("STUDYTUI_STEPS", "40"))):
        locations = rng.choice(homes)
        match rng.choices(["act", "copy", "git", "stick", "loss"], [8, 6, 2, 2, 1])[0]:
            case "act":
                act(locations)
            case "copy":
                other = rng.choice([each for each in homes if each is not locations])
                for source, target in ((locations, other), (other, locations)):
                    for path in journal.files(source.journal):
                        there = target.journal / path.name
                        if not there.exists() or path.stat().st_mtime_ns > there.stat().st_mtime_ns:
                            shutil.copy2(path, there)
            case "git":
                meet(locations, remote)
            case "stick":
                meet(locations, stick)
            case "loss":
                rng.choice(journal.files(locations.journal)).unlink()
    for _ in range(2):
        for locations in homes:
            meet(locations, stick)
    for locations in homes:
        found = [event.id for event in events(locations)]
        assert len(found) == len(set(found))
        assert set(said) == set(found)
        with Collection.open(locations) as collection:
            assert collection.state == fold(events(locations))
            assert not [each for each in collection.check() if each.kind in ("lost", "twice", "differs")]


def test_level_and_settings_travel_where_it_is_wished(tmp_path: Path, stick: Path) -> None:
    one, other, third = (home(tmp_path, name) for name in ("one", "other", "third"))

    def visit(locations: Locations, **settings: object) -> tuple[str, ...]:
        with Collection.open(locations) as collection:
            if settings:
                collection.change_settings(settings)
            bring(collection)
            meet(locations, stick)
            collection.refresh()
            return adopt(collection)

    def told(locations: Locations) -> tuple[object, ...]:
        with Collection.open(locations) as collection:
            config = collection.config
            return config.known_hsk, config.learning_steps, config.theme

    theme = "paper"
    assert visit(one, share_settings=True, known_hsk=4, learning_steps=["2m", "1h"], theme=theme) == ()
    assert visit(other) == ()  # it was not wished here
    assert visit(other, share_settings=True) == ("known_hsk", "learning_steps")
    assert visit(third, share_settings=True, known_hsk=2) == ("learning_steps",)
    assert visit(one) == ("known_hsk",)
    assert told(one) == (2, (120, 3600), theme)
    assert told(third) == (2, (120, 3600), None)
    # The usual value is one, too; and what is no setting's value is passed over.
    assert visit(one, learning_steps=None) == ()
    with Collection.open(one) as collection:
        collection.changes.record("setting", {"name": "pinyin", "value": "7"})
        collection.changes.record("setting", {"name": "later", "value": "[]"})
    visit(one)
    assert visit(other) == ("known_hsk", "learning_steps")
    assert told(other) == (2, (60, 600), None)
