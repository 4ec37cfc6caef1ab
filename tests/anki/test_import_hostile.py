"""Bad packages: one sentence each, little memory, nothing written outside and nothing left behind."""

from __future__ import annotations

import io
import json
import os
import random
import re
import resource
import sqlite3
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

import pytest
from anki.collection import Collection as AnkiCollection

from studytui.anki.back import collection_file
from studytui.errors import StudytuiError
from tests.anki.packages import add, edit_database, look, repack, schedule, write

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Members = dict[str, bytes]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A sound package of each format."""
    folder = tmp_path_factory.mktemp("sound")
    anki = AnkiCollection(str(folder / "collection.anki2"))
    try:
        for word in ("核心", "发展", "城市", "高楼"):
            schedule(anki, add(anki, (word, "x")), interval=40)
        return {name: write(anki, folder, name) for name in ("legacy.apkg", "new.apkg", "new.colpkg")}
    finally:
        anki.close()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, to see that it is empty afterwards."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def refused(path: Path, *says: str) -> str:
    """The one sentence with which a file is refused."""
    with pytest.raises(StudytuiError) as caught:
        look(path)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert len(sentence) < 400
    assert sentence.endswith(".")
    assert str(path) in sentence
    for part in says:
        assert part in sentence
    return sentence


def inner(change: Callable[[bytes], bytes]) -> Callable[[Members], None]:
    """Changes the database of a new package, under its Zstandard."""

    def apply(members: Members) -> None:
        content = zstd.decompress(members["collection.anki21b"])
        members["collection.anki21b"] = zstd.compress(change(content))

    return apply


def test_an_empty_file(tmp_path: Path, temporary: Path) -> None:
    path = tmp_path / "a.apkg"
    path.write_bytes(b"")
    refused(path, "is empty")


@pytest.mark.parametrize(
    "content", [b"hello", "核心\n".encode(), b"\x00" * 5000, os.urandom(5000)], ids=range(4)
)
def test_no_zip_file(content: bytes, tmp_path: Path, temporary: Path) -> None:
    path = tmp_path / "a.apkg"
    path.write_bytes(content)
    refused(path, "not an Anki package")


@pytest.mark.parametrize("name", ["legacy.apkg", "new.apkg"])
def test_cut_short_anywhere(name: str, sound: dict[str, Path], tmp_path: Path, temporary: Path) -> None:
    whole = sound[name].read_bytes()
    path = tmp_path / "cut.apkg"
    for share in range(1, 20):
        path.write_bytes(whole[: len(whole) * share // 20])
        refused(path)
    path.write_bytes(whole[:-1])
    refused(path)
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("name", ["legacy.apkg", "new.apkg", "new.colpkg"])
def test_flipped_bytes(name: str, sound: dict[str, Path], tmp_path: Path, temporary: Path) -> None:
    """Wherever a byte is flipped, the package is refused in a sentence, or says the same as before."""
    whole = sound[name].read_bytes()
    truth = look(sound[name]).words
    rng = random.Random(7)
    path = tmp_path / f"flipped-{name}"
    sentences: list[str] = []
    for _ in range(150):
        spoilt = bytearray(whole)
        spoilt[rng.randrange(len(whole))] ^= 1 << rng.randrange(8)
        path.write_bytes(spoilt)
        try:
            assert look(path).words == truth
        except StudytuiError as error:
            sentences.append(str(error))
    assert len(sentences) > 10
    assert not any("\n" in sentence for sentence in sentences)
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("name", ["legacy.apkg", "new.apkg"])
def test_flipped_bytes_of_the_archives_own_records(
    name: str, sound: dict[str, Path], tmp_path: Path, temporary: Path
) -> None:
    """A third of the bytes of the records around the files: offsets, sizes, flags, versions, names."""
    whole = sound[name].read_bytes()
    records = [match.start() for match in re.finditer(rb"PK(\x03\x04|\x01\x02|\x05\x06)", whole)]
    places = sorted({place for start in records for place in range(start, min(start + 60, len(whole)))})
    rng = random.Random(9)
    path = tmp_path / "flipped.apkg"
    for place in places[rng.randrange(3) :: 3]:
        spoilt = bytearray(whole)
        spoilt[place] ^= 1 << rng.randrange(8)
        path.write_bytes(spoilt)
        with suppress(StudytuiError):
            look(path)
    assert len(places) > 300
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("name", ["legacy.apkg", "new.apkg"])
def test_flipped_bytes_inside_the_database(
    name: str, sound: dict[str, Path], tmp_path: Path, temporary: Path
) -> None:
    """Under a right checksum: damage from before the export. Never anything but a sentence or a survey."""
    rng = random.Random(8)

    def flip(content: bytes) -> bytes:
        spoilt = bytearray(content)
        for _ in range(rng.choice((1, 20, 400))):
            spoilt[rng.randrange(16, len(spoilt))] = rng.randrange(256)
        return bytes(spoilt)

    def apply(members: Members) -> None:
        if "collection.anki21b" in members:
            inner(flip)(members)
        else:
            members["collection.anki21"] = flip(members["collection.anki21"])

    sentences: set[str] = set()
    for _ in range(60):
        path = repack(sound[name], tmp_path / "spoilt.apkg", apply)
        try:
            look(path)
        except StudytuiError as error:
            sentences.add(str(error))
    assert sentences
    assert not any("\n" in sentence for sentence in sentences)
    assert list(temporary.iterdir()) == []


def test_no_collection(sound: dict[str, Path], tmp_path: Path, temporary: Path) -> None:
    def without(members: Members) -> None:
        del members["collection.anki21b"]

    # What is left is the decoy, which asks to update Anki: it is not taken for the learner's.
    refused(repack(sound["new.apkg"], tmp_path / "a.apkg", without), "no Anki collection")
    with zipfile.ZipFile(tmp_path / "b.apkg", "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    refused(tmp_path / "b.apkg", "no Anki collection")
    with zipfile.ZipFile(tmp_path / "c.apkg", "w"):
        pass
    refused(tmp_path / "c.apkg", "no Anki collection")


def test_a_collection_that_is_no_database(sound: dict[str, Path], tmp_path: Path, temporary: Path) -> None:
    for content in (b"", b"SQLite format 3\0", b"SQLite format 3\0" + b"\0" * 4096, b"hello" * 100):
        path = repack(sound["new.apkg"], tmp_path / "a.apkg", inner(lambda _, content=content: content))  # type: ignore[misc]
        refused(path)

    def raw(members: Members) -> None:
        members["collection.anki21b"] = b"\x28\xb5\x2f\xfd" + b"\xff" * 50

    refused(repack(sound["new.apkg"], tmp_path / "b.apkg", raw), "damaged")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("create table songs (title)")
        other.commit()
    content = (tmp_path / "other.db").read_bytes()
    refused(repack(sound["new.apkg"], tmp_path / "c.apkg", inner(lambda _: content)), "not Anki's")


def test_a_newer_anki(sound: dict[str, Path], tmp_path: Path, temporary: Path) -> None:
    def package(members: Members) -> None:
        members["meta"] = b"\x08\x04"

    refused(repack(sound["new.apkg"], tmp_path / "a.apkg", package), "newer Anki", "update studytui")
    tables = "update col set ver = 19"
    refused(repack(sound["new.apkg"], tmp_path / "b.apkg", edited(tables)), "newer Anki", "update studytui")

    def nonsense(members: Members) -> None:
        members["meta"] = b"\xff" * 60

    refused(repack(sound["new.apkg"], tmp_path / "c.apkg", nonsense), "version")


def edited(*statements: str) -> Callable[[Members], None]:
    """Runs statements in the database of a new package."""
    return inner(lambda content: edit_database(content, *statements))


def test_a_schema_is_not_trusted(sound: dict[str, Path], tmp_path: Path, temporary: Path) -> None:
    """Views that never end and tables that run code in the place of Anki's."""
    endless = edited(
        "drop table revlog",
        "create view revlog as with recursive a(id) as (select 1 union all select id + 1 from a) "
        "select id, 1 cid, 3 ease, 0 factor, 0 time, 1 type from a",
    )
    refused(repack(sound["new.apkg"], tmp_path / "a.apkg", endless), "no revlog")
    virtual = edited("create virtual table spy using fts5(a)")
    refused(repack(sound["new.apkg"], tmp_path / "b.apkg", virtual), "run programs")


def test_values_of_the_wrong_kind(sound: dict[str, Path], tmp_path: Path, temporary: Path) -> None:
    """SQLite keeps what it is given, whatever a column is for."""
    strange = edited(
        "update notes set flds = x'ff00fe' where rowid % 2",
        "update notes set guid = x'00ff', mid = 'x' where rowid % 3 = 1",
        "update cards set data = '{\"s\": \"high\"}', ivl = 'long', type = 'x'",
        "update revlog set ease = 'good', time = 'x'",
    )
    look(repack(sound["new.apkg"], tmp_path / "a.apkg", strange))

    def legacy(members: Members) -> None:
        models = "update col set models = '[1, 2'"
        members["collection.anki21"] = edit_database(members["collection.anki21"], models)

    refused(repack(sound["legacy.apkg"], tmp_path / "b.apkg", legacy), "note types")


def test_media_with_paths_that_lead_outside(sound: dict[str, Path], tmp_path: Path, temporary: Path) -> None:
    def traverse(members: Members) -> None:
        members["../../escaped"] = b"x"
        members["/tmp/../escaped"] = b"x"
        members["media"] = json.dumps({"0": "../../escaped", "1": "/etc/escaped"}).encode()
        members["0"] = members["1"] = b"x"

    before = {path for path in tmp_path.rglob("*") if path.name != "a.apkg"}
    path = repack(sound["legacy.apkg"], tmp_path / "a.apkg", traverse)
    assert look(path).count("known") == 4
    assert {path for path in tmp_path.rglob("*") if path.name != "a.apkg"} == before
    assert not (tmp_path.parent / "escaped").exists()


def test_locked_and_strangely_packed_archives(
    sound: dict[str, Path], tmp_path: Path, temporary: Path
) -> None:
    content = bytearray(sound["new.apkg"].read_bytes())
    place = content.index(b"PK\x01\x02")
    while place >= 0:
        content[place + 8] |= 1
        place = content.find(b"PK\x01\x02", place + 4)
    path = tmp_path / "locked.apkg"
    path.write_bytes(content)
    refused(path, "password")
    with zipfile.ZipFile(tmp_path / "lzma.apkg", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("collection.anki2", b"x" * 1000)
    refused(tmp_path / "lzma.apkg", "does not use")


def test_an_archive_of_too_many_files(sound: dict[str, Path], tmp_path: Path, temporary: Path) -> None:
    content = bytearray(sound["new.apkg"].read_bytes())
    place = content.rindex(b"PK\x05\x06")
    content[place + 12 : place + 16] = struct.pack("<L", 100 << 20)
    path = tmp_path / "crowd.apkg"
    path.write_bytes(content)
    refused(path, "without media")


BOMB = 1 << 30


@cache
def gigabyte() -> bytes:
    """A package whose collection is a gigabyte of zeros."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("collection.anki2", "w", force_zip64=True) as member,
    ):
        member.write(b"SQLite format 3\0")
        for _ in range(BOMB >> 24):
            member.write(bytes(1 << 24))
    return content.getvalue()


def zip_bomb(path: Path) -> None:
    """Says how large it is."""
    path.write_bytes(gigabyte())


def zstd_bomb(path: Path) -> None:
    """A gigabyte of zeros behind a right beginning, in some kilobytes of Zstandard."""
    packer = zstd.ZstdCompressor()
    packed = packer.compress(b"SQLite format 3\0")
    packed += b"".join(packer.compress(bytes(1 << 24)) for _ in range(BOMB >> 24))
    packed += packer.flush()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("meta", b"\x08\x03")
        archive.writestr("collection.anki21b", packed)


def zstd_window(path: Path) -> None:
    """A frame that asks for a window of a gigabyte."""
    options: dict[int, int] = {
        zstd.CompressionParameter.window_log: 30,
        zstd.CompressionParameter.enable_long_distance_matching: 1,
    }
    packer = zstd.ZstdCompressor(options=options)
    packed = packer.compress(b"SQLite format 3\0" + bytes(1 << 20)) + packer.flush()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("meta", b"\x08\x03")
        archive.writestr("collection.anki21b", packed)


def lying_zip(path: Path) -> None:
    """Says that its gigabyte is a kilobyte."""
    content = bytearray(gigabyte())
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<L", 1024)
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (zip_bomb, "unpacks to more than 512 MB"),
        (zstd_bomb, "hundreds of times its size"),
        (zstd_window, "requires too much memory"),
        (lying_zip, "damaged"),
    ],
)
def test_bombs_take_little_memory(
    make: Callable[[Path], None], says: str, tmp_path: Path, temporary: Path, home: Path
) -> None:
    """The real command, in a process that may not have 300 MB."""
    path = tmp_path / "bomb.apkg"
    make(path)
    done = subprocess.run(
        [sys.executable, "-m", "studytui", "import", str(path), "--yes"],
        capture_output=True,
        env={**os.environ, "TMPDIR": str(temporary)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (300 << 20, 300 << 20)),
        check=False,
    )
    sentence = done.stderr.decode()
    assert done.returncode == 1
    assert done.stdout == b""
    assert sentence.count("\n") == 1
    assert "Traceback" not in sentence
    assert str(path) in sentence
    assert says in sentence
    assert list(temporary.iterdir()) == []
    assert not (home / "data" / "journal").exists()


def test_a_large_collection_is_refused_by_its_size(
    sound: dict[str, Path], tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection_file, "LARGEST", 64 << 10)
    refused(sound["new.apkg"], "more than")
    refused(sound["legacy.apkg"], "more than")


def test_a_full_temporary_folder(
    sound: dict[str, Path], temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(temporary / "missing"))
    refused(sound["new.apkg"], "temporary folder")


def test_the_temporary_folder_is_private_and_gone(
    sound: dict[str, Path], temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    unpack = collection_file._unpack

    def spy(stream: object, target: Path, shown: str) -> None:
        unpack(stream, target, shown)  # type: ignore[arg-type]
        assert target.is_relative_to(temporary)
        seen.append(target.parent.stat().st_mode & 0o777)

    monkeypatch.setattr(collection_file, "_unpack", spy)
    assert look(sound["new.apkg"]).count("known") == 4
    assert seen == [0o700]
    assert list(temporary.iterdir()) == []


def test_ankis_own_database_is_not_touched(tmp_path: Path, temporary: Path) -> None:
    anki = AnkiCollection(str(tmp_path / "collection.anki2"))
    anki.close()
    refused(tmp_path / "collection.anki2", "export it from Anki")
