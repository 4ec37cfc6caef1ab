"""Where a text comes from: a file, standard input or a bundled deck, decoded and checked."""

from __future__ import annotations

import errno
import os
import re
import select
import stat
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

from studytui.errors import StudytuiError, UsageError
from studytui.restricted import require_own
from studytui.text.characters import HAN, printable_line
from studytui.text.document import LOST, Source

MAX_BYTES = 64 * 1024 * 1024
"""The largest text that is read: some ten long novels."""

_HAN = re.compile(f"[{HAN}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_PATIENCE = 10.0
"""Seconds to wait for the first byte of a FIFO."""

# What a file begins with, and what that makes it.
_MAGIC = (
    (b"\x89PNG\r\n", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"\xfd7zXZ\0", "a compressed file (xz)"),
    (b"7z\xbc\xaf'\x1c", "a compressed file (7z)"),
    (b"Rar!\x1a\x07", "a compressed file (RAR)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7fELF", "a program"),
)


@dataclass(frozen=True, slots=True)
class Deck:
    """A text that comes with the program."""

    name: str
    """What it is called on the command line."""
    title: str
    """Its title, in Chinese."""
    english: str
    """Its title in English."""
    level: int
    """Of HSK 3.0, 1 to 7 (7 for 7-9): 95 % of its running words are of this level or below."""
    topics: tuple[str, ...]
    """What kind of text it is, then what it is about: `story`, `family`."""
    summary: str
    """One line in English on what it is about."""
    default: bool
    """Whether it is the one to begin with."""
    path: Path
    """The text itself."""


@cache
def bundled() -> tuple[Deck, ...]:
    """The decks that come with the program, in the order of `decks.toml`.

    Raises StudytuiError if the installation has none.
    """
    import tomllib

    folder = _deck_folder()
    try:
        table = tomllib.loads((folder / "decks.toml").read_text("utf-8"))
        return tuple(
            Deck(
                name=str(entry["name"]),
                title=str(entry["title"]),
                english=str(entry["english"]),
                level=entry["level"],
                topics=tuple(entry["topics"]),
                summary=str(entry["summary"]),
                default=bool(entry.get("default", False)),
                path=folder / f"hsk{entry['level']}" / f"{entry['name']}.txt",
            )
            for entry in table["deck"]
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise StudytuiError(f"The bundled texts cannot be read ({error}): install studytui again.") from error


def _deck_folder() -> Path:
    """`studytui/decks` of an installed package, else `decks/` of the checkout."""
    here = Path(__file__).resolve()
    packaged = here.parents[2] / "decks"
    return packaged if packaged.is_dir() else here.parents[4] / "decks"


@dataclass(frozen=True, slots=True)
class RawText:
    """A text before anything is known of its bytes."""

    name: str
    """As in `Source.name`."""
    title: str
    """What to call it, unless it has a title of its own."""
    shown: str
    """How it is called in a sentence on it."""
    content: bytes


def load(name: str, stdin: BinaryIO | None = None) -> Source:
    """The text called `name`: a path, `-` for standard input, or the name of a bundled deck.

    A path that exists wins over a deck of the same name. `stdin` stands in for standard input.

    Raises UsageError if there is no such thing to read, StudytuiError if it is not Chinese text.
    """
    return decoded(raw_text(name, stdin))


def raw_text(name: str, stdin: BinaryIO | None = None) -> RawText:
    """The bytes of the text that `load` loads.

    Raises UsageError if there is no such thing to read, StudytuiError if it is too much.
    """
    if name == "-":
        content = _bounded(stdin if stdin is not None else sys.stdin.buffer, "Standard input")
        return RawText(name, "standard input", "Standard input", content)
    shown = printable_line(name)
    if _SCHEME.match(name) and not name.lower().startswith("file://"):
        raise UsageError(f"studytui does not fetch pages: save {shown} and open the file.")
    path = Path(name.removeprefix("file://"))
    require_own(path, shown)
    try:
        path = path.expanduser()
        found = os.path.lexists(path)
    except (OSError, RuntimeError, ValueError):
        found = False
    if not found:
        for deck in bundled():
            if deck.name == name:
                return RawText(name, deck.title, shown, _read(deck.path, shown))
        raise UsageError(
            f"There is no file {shown}, and no text of that name: `studytui texts` lists those there are."
        )
    return RawText(name, printable_line(path.stem or path.name), shown, _read(path, shown))


def _read(path: Path, shown: str) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UsageError(f"{shown} is a directory: name a file in it.")
        if stat.S_ISFIFO(mode):
            return _read_fifo(path, shown)
        if not stat.S_ISREG(mode):
            raise UsageError(f"{shown} is a device, not a file: name a text file.")
        with path.open("rb") as stream:
            return _bounded(stream, shown)
    except FileNotFoundError as error:
        raise UsageError(f"{shown} points to a file that is not there.") from error
    except PermissionError as error:
        raise UsageError(f"{shown} may not be read: change its permissions, or copy it.") from error
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise UsageError(f"{shown} cannot be read ({reason}): check the path and the disk.") from error


def _read_fifo(path: Path, shown: str) -> bytes:
    """The bytes of a FIFO; opened without blocking, since nobody may ever write to it."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as stream:
        if not select.select([descriptor], [], [], _PATIENCE)[0]:
            raise UsageError(f"Nothing is written to the pipe {shown}: start its writer first.")
        os.set_blocking(descriptor, True)
        return _bounded(stream, shown)


def _bounded(stream: BinaryIO, shown: str) -> bytes:
    """All of `stream`, or an error if it is more than MAX_BYTES: memory stays bounded."""
    try:
        raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        if error.errno == errno.EISDIR:
            raise UsageError(f"{shown} is a directory: name a file in it.") from error
        raise
    if len(raw) > MAX_BYTES:
        raise StudytuiError(f"{shown} is larger than {MAX_BYTES >> 20} MB: split it and open the parts.")
    return raw


def decoded(unread: RawText) -> Source:
    """A text as `load` has it.

    Raises StudytuiError if it is not Chinese text.
    """
    from studytui.text.source.encoding import UnknownEncodingError, decode
    from studytui.text.source.formats.recognise import extract
    from studytui.text.source.garbled import put_right

    name, title, shown, raw = unread.name, unread.title, unread.shown, unread.content
    if not raw.strip():
        raise StudytuiError(f"{shown} is empty: there is nothing to read in it.")
    try:
        found = extract(raw, name, shown)
        if found is None:
            kind = _kind(raw)
            if kind is not None:
                raise StudytuiError(f"{shown} is {kind}, a format not supported yet: save it as plain text.")
            text, encoding = decode(raw)
        else:
            text, encoding, title = found.text, found.encoding, printable_line(found.title).strip() or title
    except UnknownEncodingError as error:
        raise StudytuiError(f"{shown} cannot be read as text: {error}") from error
    if len(_CONTROL.findall(text)) * 20 > len(text):
        raise StudytuiError(f"{shown} is a binary file, not a text: choose a text file.")
    if _SURROGATE.search(text):
        raise StudytuiError(f"{shown} holds halves of characters (lone surrogates): save it again as UTF-8.")
    notices: tuple[str, ...] = ()
    before = text
    if found is None or found.blocks is None:
        text, notices = put_right(text, shown)
    if found is not None:
        notices += found.notices
    if lost := text.count(LOST):
        what = "1 place" if lost == 1 else f"{lost:,} places"
        notices += (f"{what} in {shown} could not be read: no question is made of those sentences.",)
    if not _HAN.search(text):
        raise StudytuiError(f"{shown} has no Chinese in it: choose a Chinese text.")
    return Source(
        name=name,
        title=title,
        text=text,
        encoding=encoding,
        blocks=None if found is None else found.blocks,
        notices=notices,
        raw=raw if found is None and text == before else None,
    )


def _kind(raw: bytes) -> str | None:
    """What a file that is not text is, by its first bytes."""
    if raw.startswith(b"PK\x03\x04"):
        return "a Word document" if b"word/" in raw else "a zip archive"
    if raw[60:68] == b"BOOKMOBI":
        return "a Kindle book"
    for magic, kind in _MAGIC:
        if raw.startswith(magic):
            return kind
    return None
