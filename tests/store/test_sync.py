"""Machines that meet in a git remote, with git itself."""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import stat
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from studytui.cli.main import run
from studytui.errors import StudytuiError, UsageError
from studytui.store.collection import Collection
from studytui.store.journal import journal, machine
from studytui.store.journal.event_ids import new_id
from studytui.store.journal.event_lines import encode
from studytui.store.journal.events import Event
from studytui.store.locations import Locations
from studytui.store.state.fold import fold
from studytui.store.state.replay import History
from studytui.store.sync import git, merge, repository
from studytui.store.sync.exchange import Synced, sync
from studytui.study.notes.review import Rating
from studytui.text.document import Document, Paragraph
from tests.store.acts import CARDS, START, a_note, some_events

SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git knows nothing of who runs the tests."""
    for name in [name for name in os.environ if name.startswith(("GIT_", "SSH_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    path = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(path)], check=True, capture_output=True)
    return path


def home(tmp_path: Path, name: str) -> Locations:
    return Locations.find({"STUDYTUI_HOME": str(tmp_path / name)})


def meet(locations: Locations, remote: Path | None = None) -> Synced:
    return sync(locations, lambda: START, str(remote) if remote else None, None)


def lines(locations: Locations) -> set[bytes]:
    return {
        line
        for path in journal.files(locations.journal)
        for line in path.read_bytes().splitlines(keepends=True)
    }


def state_of(locations: Locations) -> object:
    with Collection.open(locations) as collection:
        assert not [finding for finding in collection.check() if finding.mended]
        return collection.state


def test_two_machines_come_to_the_same(tmp_path: Path, remote: Path) -> None:
    workspace, lap = home(tmp_path, "workspace"), home(tmp_path, "lap")
    with Collection.open(workspace) as collection:
        collection.add_note(a_note("水"))
        collection.answer(CARDS[0], Rating.GOOD, 900, "recognition")
        collection.library.remember(a_text())
    with Collection.open(lap) as collection:
        collection.mark("山", "known")
        collection.undo()
        collection.mark("山", "ignored")
    assert meet(workspace, remote) == Synced(str(remote), sent=3, texts_sent=1)
    assert meet(lap, remote) == Synced(str(remote), received=3, sent=3, texts_received=1)
    assert meet(workspace) == Synced(str(remote), received=3)
    assert meet(workspace) == meet(lap) == Synced(str(remote))
    assert state_of(workspace) == state_of(lap)
    with Collection.open(lap) as collection:
        assert collection.library.text(a_text().id) == a_text()
        assert collection.state.marks == {"山": "ignored"}
    # Each machine's file is the same on both, byte by byte.
    for path in journal.files(workspace.journal):
        assert (lap.journal / path.name).read_bytes() == path.read_bytes()


def a_text() -> Document:
    text = "山高水长。"
    return Document("story.txt", "故事", "utf-8", (Paragraph("paragraph", text, tuple(range(5))),), 0)


def test_what_is_done_without_a_network_goes_later(tmp_path: Path, remote: Path) -> None:
    workspace, lap = home(tmp_path, "workspace"), home(tmp_path, "lap")
    with Collection.open(workspace) as collection:
        collection.mark("水", "known")
    away = remote.rename(tmp_path / "unplugged")
    with pytest.raises(
        StudytuiError, match=r"cannot reach .*remote\.git: .*kept, and goes with the next"
    ) as said:
        meet(workspace, remote)
    assert said.value.exit_status == 1
    committed = subprocess.run(
        ["git", "--git-dir", str(workspace.sync), "grep", "-h", "known", "refs/heads/main"],
        check=True, capture_output=True,
    )  # fmt: skip
    assert "水".encode() in committed.stdout
    away.rename(remote)
    with Collection.open(lap) as collection:
        collection.mark("山", "known")
    meet(lap, remote)
    assert meet(workspace) == Synced(str(remote), received=1, sent=1)
    meet(lap)
    assert state_of(workspace) == state_of(lap)


def test_a_journal_that_was_lost_comes_back(tmp_path: Path, remote: Path) -> None:
    workspace = home(tmp_path, "workspace")
    with Collection.open(workspace) as collection:
        collection.add_note(a_note("水"))
        collection.mark("水", "known")
    meet(workspace, remote)
    state, content = state_of(workspace), journal.files(workspace.journal)[0].read_bytes()
    shutil.rmtree(workspace.second_copy)  # or it would come from there
    for path in journal.files(workspace.journal):
        path.unlink()
    assert meet(workspace).received == 2
    assert journal.files(workspace.journal)[0].read_bytes() == content
    assert state_of(workspace) == state
    # As after a copy of last week was put back: what is missing comes, and nothing is doubled.
    shutil.rmtree(workspace.second_copy)
    journal.files(workspace.journal)[0].write_bytes(content[: content.index(b"\n") + 20])
    assert meet(workspace).received == 1
    assert journal.files(workspace.journal)[0].read_bytes() == content


def test_a_remote_that_was_lost_or_begun_anew_is_filled_again(tmp_path: Path, remote: Path) -> None:
    workspace = home(tmp_path, "workspace")
    with Collection.open(workspace) as collection:
        collection.mark("水", "known")
    meet(workspace, remote)
    subprocess.run(["git", "--git-dir", str(remote), "update-ref", "-d", "refs/heads/main"], check=True)
    assert meet(workspace).sent == 1
    other = tmp_path / "other.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(other)], check=True, capture_output=True)
    assert meet(workspace, other) == Synced(str(other), sent=1)
    assert meet(workspace) == Synced(str(other))


def test_a_repository_with_other_files_keeps_them(tmp_path: Path, remote: Path) -> None:
    """As hosts make one, with a readme; what stands under our folders is taken for what it is."""
    commit(remote, {"README.md": b"mine\n", "journal/notes.txt": b"no journal\n", "journal/..jsonl": b"{}\n",
                    "journal/deep/er.jsonl": b"{}\n", "texts/../x": b"", "texts/short/text.json": b"{}",
                    "texts/0123456789abcdef/text.json": b"{}", "journal/odd.jsonl": b"no event\nno end",
    })  # fmt: skip
    workspace = home(tmp_path, "workspace")
    with Collection.open(workspace) as collection:
        collection.mark("水", "known")
    assert meet(workspace, remote) == Synced(str(remote), sent=1)
    assert not [path.name for path in workspace.journal.iterdir() if "odd" in path.name]
    assert not workspace.texts.exists()
    assert sorted(path.name for path in workspace.data.iterdir()) == ["backups", "journal", "state.json"]
    shown = subprocess.run(
        ["git", "--git-dir", str(remote), "show", "main:README.md"], check=True, capture_output=True
    )
    assert shown.stdout == b"mine\n"
    assert meet(workspace) == Synced(str(remote))


def commit(remote: Path, files: dict[str, bytes]) -> None:
    stream = [b"commit refs/heads/main\ncommitter a <a@b> 1 +0000\ndata 0\n"]
    for name, content in files.items():
        if ".." not in name.split("/"):
            stream.append(b"M 100644 inline %s\ndata %d\n%s\n" % (name.encode(), len(content), content))
    subprocess.run(
        ["git", "--git-dir", str(remote), "fast-import", "--quiet", "--force"],
        input=b"".join(stream),
        check=True,
    )


def test_a_copied_machine_gets_a_name_of_its_own(tmp_path: Path, remote: Path) -> None:
    workspace, copy = home(tmp_path, "workspace"), home(tmp_path, "copy")
    with Collection.open(workspace) as collection:
        collection.mark("水", "known")
    subprocess.run(["cp", "-r", str(workspace.data.parent), str(copy.data.parent)], check=True)
    machine.remember(copy)  # as if the whole disk were copied: it cannot be told
    for locations, headword in ((workspace, "山"), (copy, "朋友")):
        with Collection.open(locations) as collection:
            collection.mark(headword, "known")
    before = workspace.own_journal, copy.own_journal
    assert before[0] is not None
    assert before[1] is not None
    assert before[0].name == before[1].name
    assert meet(workspace, remote).renamed is None
    done = meet(copy, remote)
    assert (done.received, done.sent) == (1, 1)
    assert copy.own_journal is not None
    assert copy.own_journal.stem == done.renamed != before[1].stem
    with Collection.open(copy) as collection:
        collection.mark("水", "ignored")
    meet(copy)
    assert meet(workspace).renamed is None
    assert state_of(workspace) == state_of(copy)
    assert meet(workspace) == meet(copy) == Synced(str(remote))


def test_later_formats_are_refused_before_anything_changes(tmp_path: Path, remote: Path) -> None:
    workspace = home(tmp_path, "workspace")
    with Collection.open(workspace) as collection:
        collection.mark("水", "known")
    later = encode(some_events(random.Random(1), 1)[0]).replace(b'"v":1', b'"v":2')
    commit(remote, {"journal/lap-1.jsonl": later})
    before = lines(workspace)
    with pytest.raises(StudytuiError, match="newer studytui: update studytui here, then sync"):
        meet(workspace, remote)
    assert lines(workspace) == before
    state_of(workspace)


def test_a_damaged_repository_is_made_again(tmp_path: Path, remote: Path) -> None:
    workspace, lap = home(tmp_path, "workspace"), home(tmp_path, "lap")
    for locations, headword in ((workspace, "山"), (lap, "朋友")):
        with Collection.open(locations) as collection:
            collection.mark(headword, "known")
        meet(locations, remote)
    for damage in ("objects", "HEAD", "refs", "config"):
        with Collection.open(workspace) as collection:
            collection.mark("水", "known" if collection.status("水") != "known" else "ignored")
        for path in sorted((workspace.sync / damage).rglob("*")) or [workspace.sync / damage]:
            if path.is_file():
                path.chmod(0o600)
                path.write_bytes(b"damaged")
        meet(workspace)
        meet(lap)
        assert state_of(workspace) == state_of(lap)


def test_parts_of_a_long_journal_do_not_change_as_it_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "PART", 900)
    encoded = [encode(event) for event in some_events(random.Random(6), 60)]
    before: dict[str, bytes] = {}
    for count in range(len(encoded) + 1):
        content = b"".join(encoded[:count])
        files = merge.parts("workspace-1", content)
        assert b"".join(files.values()) == content
        assert merge.grouped(reversed(list(files))) == ({"workspace-1": list(files)} if files else {})
        assert all(files[name] == before[name] for name in list(before)[:-1])
        before = files
    assert len(before) > 5


def test_a_journal_in_parts_is_put_together(
    tmp_path: Path, remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge, "PART", 300)
    workspace, lap = home(tmp_path, "workspace"), home(tmp_path, "lap")
    for number in range(3):
        with Collection.open(workspace) as collection:
            for card in CARDS:
                collection.answer(card, Rating.GOOD, number, "cloze")
        assert meet(workspace, remote).sent == meet(lap, remote).received == len(CARDS)
    assert state_of(workspace) == state_of(lap)
    assert len(journal.files(lap.journal)) == 1
    assert lines(workspace) == lines(lap)


def test_five_devices_end_equal(tmp_path: Path, remote: Path) -> None:
    """Clocks are minutes off, machines are long out of reach, files arrive by other ways, too, and twice."""
    devices = [f"device-{number}" for number in range(5)]
    rng = random.Random(55)
    events = some_events(rng, int(os.environ.get("STUDYTUI_EVENTS", "400")))
    homes = {device: home(tmp_path, device) for device in devices}
    histories = {device: History(locations) for device, locations in homes.items()}
    whole: list[Event] = []
    for device, locations in homes.items():
        locations.journal.mkdir(parents=True)
        locations.state.mkdir(parents=True)
        locations.device.write_text(f"{device}\n")
    skew = {device: timedelta(minutes=rng.randint(-9, 9)) for device in devices}
    step = max(1, len(events) // 25)
    for start in range(0, len(events), step):
        for event in events[start : start + step]:
            device = rng.choice(devices)
            at = event.at + skew[device]
            written = replace(event, id=new_id(at, event.id[-10:].encode()), at=at, device=device)
            whole.append(written)
            with (homes[device].journal / f"{device}.jsonl").open("ab") as file:
                file.write(encode(written))
        if rng.random() < 0.3:  # a folder is copied by hand, a file perhaps in part
            source, target = rng.sample(devices, 2)
            for path in journal.files(homes[source].journal):
                if path.stem != target:
                    content = path.read_bytes()
                    copy = homes[target].journal / rng.choice(
                        [path.name, f"{path.stem}.sync-conflict-1.jsonl"]
                    )
                    cut = len(content) - rng.choice([0, 0, 30])
                    if not copy.exists() or copy.stat().st_size < cut:
                        copy.write_bytes(content[:cut])
        for device in rng.sample(devices, rng.choice([0, 1, 2])):
            meet(homes[device], remote)
            histories[device].refresh()
    for _ in range(2):
        for device in devices:
            meet(homes[device], remote)
    expected = fold(whole)
    for device in devices:
        histories[device].refresh()
        assert histories[device].state == expected
        assert {line for line in lines(homes[device]) if line.endswith(b"\n")} >= set(map(encode, whole))


def test_the_command_says_what_it_did(
    tmp_path: Path, remote: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["sync"]) == 2
    assert "studytui sync --remote URL" in capsys.readouterr().err
    with Collection.open(Locations.find()) as collection:
        collection.mark("水", "known")
    assert run(["sync", "--remote", str(remote)]) == 0
    assert capsys.readouterr().out == f"{remote}: received nothing, sent 1 change.\n"
    assert run(["sync", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said == {"remote": str(remote), "received": 0, "sent": 0, "texts_received": 0, "texts_sent": 0,
                    "settings": [], "renamed": None}  # fmt: skip
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert run(["sync"]) == 1
    assert capsys.readouterr().err == (
        "studytui: git is not installed: install it, and try `studytui sync` again.\n"
    )


def test_the_remote_of_the_settings_is_used(tmp_path: Path, remote: Path) -> None:
    workspace = home(tmp_path, "workspace")
    workspace.config.mkdir(parents=True)
    workspace.settings.write_text(f'[sync]\nremote = "{remote}"\n')
    with Collection.open(workspace) as collection:
        collection.mark("水", "known")
        setting = collection.config.sync["remote"]
    assert sync(workspace, lambda: START, None, setting) == Synced(str(remote), sent=1)


@pytest.mark.parametrize("address", ["--upload-pack=touch x", "a\x1b[2Jb"])
def test_an_address_is_never_an_option(tmp_path: Path, address: str) -> None:
    with pytest.raises(UsageError, match="is not the address"):
        sync(home(tmp_path, "workspace"), lambda: START, address, None)


def test_no_secret_is_shown(tmp_path: Path) -> None:
    workspace = home(tmp_path, "workspace")
    with Collection.open(workspace) as collection:
        collection.mark("水", "known")
    address = "https://me:secret@127.0.0.1:9/words.git"
    with pytest.raises(StudytuiError, match=r"cannot reach https://127\.0\.0\.1:9/words\.git: ") as said:
        sync(workspace, lambda: START, address, None)
    assert "secret" not in str(said.value)
    assert str(said.value).isprintable()
    assert stat.S_IMODE(workspace.sync.stat().st_mode) == 0o700


def test_git_never_asks_and_never_waits_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An ssh that asks for a password finds no terminal; one that hangs is ended, with all it started."""
    seen = tmp_path / "seen"
    ssh = tmp_path / "ssh"
    ssh.write_text(
        f'#!/bin/sh\necho "$@" > {seen}\n'
        f"(: < /dev/tty) 2>/dev/null && echo terminal >> {seen}\necho 'ssh: no way in' >&2\nexit 255\n"
    )
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh))
    workspace = home(tmp_path, "workspace")
    with Collection.open(workspace) as collection:
        collection.mark("水", "known")
    with pytest.raises(StudytuiError, match="cannot reach me@host:words: ssh: no way in"):
        sync(workspace, lambda: START, "me@host:words", None)
    told = seen.read_text().splitlines()
    assert "BatchMode=yes" in told[0]
    assert told[1:] == []
    # A pipe has an end for its reader only when all who hold it are gone.
    held = tmp_path / "held"
    os.mkfifo(held)
    ssh.write_text(f"#!/bin/sh\nexec > {held}\nsleep 60 &\nwait\n")
    monkeypatch.setattr("studytui.store.sync.repository.REACH", 0.5)
    reader = os.open(held, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with pytest.raises(StudytuiError, match="it gave no answer in 0 seconds"):
            sync(workspace, lambda: START, "me@host:words", None)
        os.set_blocking(reader, True)
        assert os.read(reader, 1) == b""
    finally:
        os.close(reader)


def test_traces_of_another_repository_are_left_out(
    tmp_path: Path, remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a hook, where git names its own repository to all that run in it."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    workspace = home(tmp_path, "workspace")
    with Collection.open(workspace) as collection:
        collection.mark("水", "known")
    assert meet(workspace, remote).sent == 1
    assert not (tmp_path / "elsewhere").exists()
    assert git.without_secrets("ssh://a:b@host/x") == "ssh://host/x"


@pytest.mark.parametrize("lost", ["HEAD", "config", "objects", "refs", "packed-refs", "everything"])
def test_whatever_its_repository_loses_the_remote_is_not_forgotten(
    tmp_path: Path, remote: Path, lost: str
) -> None:
    workspace, lap = home(tmp_path, "workspace"), home(tmp_path, "lap")
    for locations, headword in ((workspace, "山"), (lap, "朋友")):
        with Collection.open(locations) as collection:
            collection.mark(headword, "known")
        meet(locations, remote)
    gone = workspace.sync if lost == "everything" else workspace.sync / lost
    if gone.is_dir():
        shutil.rmtree(gone)
    else:
        gone.unlink(missing_ok=True)
    with Collection.open(workspace) as collection:
        collection.mark("水", "known")
    done = meet(workspace)
    assert (done.remote, done.received, done.sent) == (str(remote), 1, 1)
    assert meet(lap).received == 1
    assert state_of(workspace) == state_of(lap)


def test_a_remote_that_an_earlier_version_kept_is_still_known(tmp_path: Path, remote: Path) -> None:
    workspace = home(tmp_path, "workspace")
    with Collection.open(workspace) as collection:
        collection.mark("水", "known")
    meet(workspace, remote)
    workspace.remote.unlink()
    config = ["git", "--git-dir", str(workspace.sync), "config", "remote.origin.url", str(remote)]
    subprocess.run(config, check=True)
    assert meet(workspace) == Synced(str(remote))


def test_a_mistyped_remote_does_not_replace_one_that_was_reached(tmp_path: Path, remote: Path) -> None:
    workspace = home(tmp_path, "workspace")
    with Collection.open(workspace) as collection:
        collection.mark("水", "known")
    meet(workspace, remote)
    with pytest.raises(StudytuiError, match=r"cannot reach .*/remmote\.git") as said:
        meet(workspace, tmp_path / "remmote.git")
    assert f"That goes to {remote} as before." in str(said.value)
    assert meet(workspace) == Synced(str(remote))


def test_a_first_remote_that_was_mistyped_is_replaced_by_the_right_one(tmp_path: Path, remote: Path) -> None:
    workspace = home(tmp_path, "workspace")
    with Collection.open(workspace) as collection:
        collection.mark("水", "known")
    with pytest.raises(StudytuiError, match="cannot reach"):
        meet(workspace, tmp_path / "remmote.git")
    assert meet(workspace, remote) == Synced(str(remote), sent=1)
    assert meet(workspace) == Synced(str(remote))


@pytest.mark.parametrize("address", ["git://127.0.0.1:{}/words", "http://127.0.0.1:{}/words.git"])
def test_an_address_that_accepts_and_stays_silent_is_given_up(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one question that is asked first has some 25 seconds in all; here, less."""
    assert git.REACH <= 30
    monkeypatch.setattr(repository, "REACH", 1.0)
    monkeypatch.setattr(repository, "REMOTE", 1e9)
    workspace = home(tmp_path, "workspace")
    with Collection.open(workspace) as collection:
        collection.mark("水", "known")
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(StudytuiError, match=r"cannot reach .* it gave no answer in 1 seconds"),
    ):
        sync(workspace, lambda: START, address.format(silent.getsockname()[1]), None)


def test_a_repaired_line_does_not_come_back_and_nobody_is_blamed(tmp_path: Path, remote: Path) -> None:
    workspace, lap = home(tmp_path, "workspace"), home(tmp_path, "lap")
    with Collection.open(workspace) as collection:
        collection.mark("水", "known")
    path = workspace.own_journal
    assert path is not None
    garbage = b"no event\n{\n\xff\xfe\n[1]\n"
    path.write_bytes(path.read_bytes() + garbage)
    # As an earlier version sent it.
    commit(remote, {f"journal/{path.name}": path.read_bytes()})
    meet(workspace, remote)
    meet(lap, remote)
    with Collection.open(workspace) as collection:
        collection.repair()
        collection.mark("山", "known")
    for _ in range(2):
        assert meet(workspace).renamed is None
        assert meet(lap).warnings == ()
        with Collection.open(workspace) as collection:
            collection.mark("朋友", "known" if collection.status("朋友") != "known" else "ignored")
            assert collection.warnings == ()
            assert collection.check() == ()
    meet(workspace)
    meet(lap)
    assert workspace.own_journal == path
    assert lines(workspace) == lines(lap)
    assert state_of(workspace) == state_of(lap)


ODD = {
    "not UTF-8": b"x\xff.jsonl", "a line break": b"a\nb.jsonl", "a quote": b'"q.jsonl',
    "a part": b"x~2.jsonl", "a blank": b" x.jsonl", "an option": b"-x.jsonl", "a backslash": b"a\\b.jsonl",
    "a drive": b"a:b.jsonl",
    "dots": b"..x.jsonl", "a control": b"a\x1b[2J.jsonl", "long": b"x" * 249 + b".jsonl",
    "a device": b"con.jsonl", "git's": b"git~1.jsonl", "ours": b"other.jsonl", "wide": "、。.jsonl".encode(),
}  # fmt: skip


@pytest.mark.parametrize("through", ["git", "folder"])
@pytest.mark.parametrize("name", ODD.values(), ids=ODD)
def test_no_name_of_a_journal_ends_a_sync(tmp_path: Path, remote: Path, name: bytes, through: str) -> None:
    place = remote if through == "git" else tmp_path / "stick"
    place.mkdir(exist_ok=True)
    workspace, lap = home(tmp_path, "workspace"), home(tmp_path, "lap")
    for locations in (workspace, lap):
        with Collection.open(locations) as collection:
            collection.mark("水", "known")
    events = some_events(random.Random(1), 5)
    Path(os.fsdecode(os.fsencode(workspace.journal) + b"/" + name)).write_bytes(b"".join(map(encode, events)))
    for locations in (workspace, lap, workspace, lap):
        last = meet(locations, place)
    assert last == Synced(str(place))
    assert lines(workspace) == lines(lap)
    assert len(lines(lap)) == 7


@pytest.mark.parametrize("through", ["git", "folder"])
@pytest.mark.parametrize("kind", ["folder", "pipe", "link"])
def test_what_is_no_file_but_has_a_journals_name_ends_no_sync(
    tmp_path: Path, remote: Path, kind: str, through: str
) -> None:
    place = remote if through == "git" else tmp_path / "stick"
    place.mkdir(exist_ok=True)
    workspace, lap = home(tmp_path, "workspace"), home(tmp_path, "lap")
    for locations in (workspace, lap):
        with Collection.open(locations) as collection:
            collection.mark("水", "known")
    odd = workspace.journal / "odd.jsonl"
    match kind:
        case "folder":
            odd.mkdir()
        case "pipe":
            os.mkfifo(odd)
        case "link":
            odd.symlink_to("/nowhere/at/all")
    events = some_events(random.Random(1), 5)
    (lap.journal / "odd.jsonl").write_bytes(b"".join(map(encode, events)))
    meet(workspace, place)
    meet(lap, place)
    done = meet(workspace, place)
    assert done.received == 1
    assert done.warnings == ("odd.jsonl cannot be a file here: what is in it is passed over",)
    assert odd.is_symlink() == (kind == "link")
