"""Opening a package that Anki, or anybody, has made: its collection as a database that can only be read.

Nothing in a package is trusted. Only the collection is taken out of it, into a private folder that is gone
afterwards; names in the archive are never used as paths, and sizes are counted, not believed.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import struct
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import IO, Any, BinaryIO, Final

from studytui.errors import StudytuiError
from studytui.text.characters import printable_line

_COPIES: Final = "studytui-import-"
"""Begins the names of folders with copies; the number of the process follows."""
LARGEST: Final = 512 << 20
"""Bytes of a collection, unpacked; that of a learner with a million reviews has some 150 MB."""
NEWEST_SCHEMA: Final = 18
"""The latest version of Anki's tables that is known here (since Anki 2.1.28)."""

_NAMES: Final = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""The newest first. Where a newer one is, `collection.anki2` is a decoy that asks to update Anki."""
_SHEET: Final = "[Content_Types].xml"
"""What every .xlsx has."""
_PACKED: Final = "collection.anki21b"
_NEWEST_PACKAGE: Final = 3
"""anki.import_export.PackageMetadata: 1 anki2, 2 anki21, 3 anki21b."""
_TABLE_OF_CONTENTS: Final = 8 << 20
"""Bytes; some 150,000 files. zipfile keeps ten times as much in memory."""
_LONGEST_FIELD: Final = 32 << 20
_SQLITE: Final = b"SQLite format 3\0"
_CHUNK: Final = 1 << 20
_SUSPECT: Final = 64 << 20
_HIGHEST_RATIO: Final = 200
"""Beyond `_SUSPECT` bytes, nothing that people wrote shrinks to less than a two-hundredth."""
_WINDOW_LOG: Final = 27
"""zstd may ask for a window of 128 MB, as much as its highest level needs."""
_AGAIN: Final = "export it from Anki again"


@contextmanager
def open_collection(stream: BinaryIO, shown: str) -> Iterator[sqlite3.Connection]:
    """The collection of the package in `stream`, which is called `shown`. Its tables are checked.

    Raises:
        StudytuiError: it is not a package, is damaged, too large, or newer than what is known here.
    """
    with ExitStack() as stack:
        try:
            _sweep()
            folder = stack.enter_context(
                tempfile.TemporaryDirectory(prefix=f"{_COPIES}{os.getpid()}-", ignore_cleanup_errors=True)
            )
            path = Path(folder) / "collection"
            _unpack(stream, path, shown)
        except OSError as error:
            if error.errno == errno.EINVAL:  # a place in the file that is none
                raise StudytuiError(f"{shown} is damaged or cut short: {_AGAIN}.") from error
            reason = os.strerror(error.errno) if error.errno else str(error)
            raise StudytuiError(
                f"{shown} cannot be unpacked ({reason}): make room in the temporary folder, or {_AGAIN}."
            ) from error
        connection = stack.enter_context(closing(_connect(path)))
        with damaged(shown):
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # opens the file
            path.unlink()  # so that nothing is left of it, however this ends
            _check(connection, shown)
        yield connection


def _sweep() -> None:
    """Takes away what a process that was killed while it unpacked has left."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_COPIES}*"):
        number = folder.name.removeprefix(_COPIES).split("-")[0]
        with suppress(OSError):
            if number.isdecimal() and folder.lstat().st_uid == os.getuid() and not _lives(int(number)):
                shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def damaged(shown: str) -> Iterator[None]:
    """Says what SQLite finds wrong in a sentence."""
    try:
        yield
    except (sqlite3.Error, ValueError, OverflowError, MemoryError) as error:
        # Python cannot even decode what SQLite says of some damage: that is a ValueError.
        why = "" if isinstance(error, ValueError) else f" ({_plain(error)})"
        raise StudytuiError(f"The collection in {shown} is damaged{why}: {_AGAIN}.") from error


def _unpack(stream: BinaryIO, target: Path, shown: str) -> None:
    """Writes the package's collection to `target`.

    Raises:
        StudytuiError: there is none that can be read.
        OSError: `target` cannot be written.
    """
    _refuse_crowd(stream, shown)
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            version = _version(archive, shown) if "meta" in names else None
            wanted = _NAMES if version is None else _NAMES[_NEWEST_PACKAGE - version :]
            name = next((name for name in wanted if name in names), None)
            if _SHEET in names:
                raise StudytuiError(f"{shown} is a spreadsheet: save it as CSV in UTF-8, and import that.")
            if name is None or (version == _NEWEST_PACKAGE and name != _PACKED):
                raise StudytuiError(
                    f"{shown} holds no Anki collection: export a deck (.apkg) or your collection (.colpkg)."
                )
            with _member(archive, name, shown) as packed, target.open("xb") as file:
                unpacked = _unzstd(packed) if name == _PACKED else packed
                _copy(unpacked, file, archive.getinfo(name).compress_size, shown)
    except zipfile.BadZipFile as error:
        raise StudytuiError(f"{shown} is damaged or cut short ({_plain(error)}): {_AGAIN}.") from error
    except (zlib.error, EOFError, _zstd().ZstdError, struct.error, ValueError, RuntimeError) as error:
        # RuntimeError: a flag asks for something that zipfile has not implemented.
        raise StudytuiError(f"{shown} is damaged ({_plain(error)}): {_AGAIN}.") from error


def _plain(error: Exception) -> str:
    """What a library says, on one line, without names out of the archive."""
    return (printable_line(str(error)) or type(error).__name__)[:80].rstrip(".")


def _refuse_crowd(stream: BinaryIO, shown: str) -> None:
    """Looks at the archive's last record: its table of contents must fit into memory."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - (1 << 16) - 22))
    tail = stream.read()
    stream.seek(0)
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 22:
        raise StudytuiError(f"{shown} is not an Anki package, or is cut short (no whole zip file): {_AGAIN}.")
    (length,) = struct.unpack_from("<L", tail, place + 12)
    if length > _TABLE_OF_CONTENTS or (length == 0xFFFFFFFF or tail.rfind(b"PK\x06\x06", 0, place) >= 0):
        raise StudytuiError(f"{shown} holds too many files: export it from Anki without media.")


def _version(archive: zipfile.ZipFile, shown: str) -> int:
    """The package's version, from its `meta`: a protobuf message whose first field is a varint."""
    with _member(archive, "meta", shown) as stream:
        content = stream.read(64)
    if not content.startswith(b"\x08"):
        raise StudytuiError(f"{shown} is damaged (it does not say its version): {_AGAIN}.")
    version = shift = 0
    for byte in content[1:11]:
        version |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            break
    if version > _NEWEST_PACKAGE:
        raise StudytuiError(
            f"{shown} was made by a newer Anki than studytui knows: update studytui, "
            "or export it with support for older Anki versions."
        )
    return max(1, version)


def _member(archive: zipfile.ZipFile, name: str, shown: str) -> IO[bytes]:
    """A file of the archive, to be read piece by piece."""
    entry = archive.getinfo(name)
    if entry.flag_bits & 1:
        raise StudytuiError(f"{shown} is locked with a password: {_AGAIN}.")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # Of these the memory they need is known. Anki uses no others.
        raise StudytuiError(f"{shown} is packed in a way that Anki does not use: {_AGAIN}.")
    if entry.file_size > LARGEST:
        raise _too_large(shown)
    return archive.open(entry)


def _too_large(shown: str) -> StudytuiError:
    return StudytuiError(
        f"The collection in {shown} unpacks to more than {LARGEST >> 20} MB: export one deck instead of all."
    )


def _copy(source: IO[bytes], target: IO[bytes], packed: int, shown: str) -> None:
    """Copies a database, as long as it looks like one."""
    written = 0
    while chunk := source.read(_CHUNK):
        if not written and not chunk.startswith(_SQLITE):
            raise StudytuiError(f"The collection in {shown} is damaged (it is no database): {_AGAIN}.")
        written += len(chunk)
        if written > LARGEST:
            raise _too_large(shown)
        if written > _SUSPECT and written > packed * _HIGHEST_RATIO:
            raise StudytuiError(f"The collection in {shown} unpacks to hundreds of times its size: {_AGAIN}.")
        target.write(chunk)
    if not written:
        raise StudytuiError(f"The collection in {shown} is empty: {_AGAIN}.")


def _zstd() -> Any:
    """The standard library's zstd, or its backport."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd


def _unzstd(packed: IO[bytes]) -> IO[bytes]:
    zstd = _zstd()
    unpacked: IO[bytes] = zstd.ZstdFile(
        packed, options={zstd.DecompressionParameter.window_log_max: _WINDOW_LOG}
    )
    return unpacked


def _connect(path: Path) -> sqlite3.Connection:
    """The database, for reading alone, with nothing in its schema trusted."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_FIELD)
    connection.text_factory = lambda content: content.decode("utf-8", "replace")
    connection.create_collation("unicase", _unicase)
    return connection


def _unicase(one: str, other: str) -> int:
    """Anki's order of names; reading alone needs it only to be there."""
    first, second = one.casefold(), other.casefold()
    return (first > second) - (first < second)


def _check(connection: sqlite3.Connection, shown: str) -> None:
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "temp_store=MEMORY", "cache_size=-16384"):
        connection.execute(f"PRAGMA {pragma}")
    tables = {
        str(name): str(statement)
        for name, statement in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    }
    if missing := {"col", "notes", "cards", "revlog"} - tables.keys():
        raise StudytuiError(f"The collection in {shown} is not Anki's (it has no {sorted(missing)[0]}).")
    if any(statement.upper().startswith("CREATE VIRTUAL") for statement in tables.values()):
        raise StudytuiError(f"The collection in {shown} is not Anki's (it has tables that run programs).")
    version = connection.execute("SELECT ver FROM col").fetchone()
    if version is None or type(version[0]) is not int:
        raise StudytuiError(f"The collection in {shown} is damaged (it does not say its version): {_AGAIN}.")
    if version[0] > NEWEST_SCHEMA:
        raise StudytuiError(
            f"{shown} was made by a newer Anki than studytui knows (tables of version {version[0]}): "
            "update studytui, or export it with support for older Anki versions."
        )
    for table in ("notes", "cards", "revlog"):
        (verdict,) = connection.execute(f"PRAGMA quick_check('{table}')").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(str(verdict))
