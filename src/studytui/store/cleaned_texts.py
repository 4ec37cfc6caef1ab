"""What a file reads as once it is cleaned, kept by its bytes: opened again, it is not reflowed anew.

A cache: any file of it can be deleted. A file is named after all that its content hangs on.
"""

from __future__ import annotations

from hashlib import sha256
from os import scandir
from pathlib import Path

import msgspec

import studytui.text
from studytui.store.files import from_cache, keep_in_cache
from studytui.text.document import Document, Paragraph, ParagraphKind
from studytui.text.reflow.positions import Positions
from studytui.text.source.source import RawText

FORMAT = 1
LONGEST = 1_000_000
"""Bytes of a file that is kept; what is longer is opened in two steps."""
MOST_FILES = 100
"""The files used last are kept: a text of 10,000 characters takes 35 kB."""


class _Paragraph(msgspec.Struct, array_like=True):
    kind: ParagraphKind
    text: str
    source: tuple[tuple[int, int], ...]
    """As `Paragraph.spans`."""


class _Cleaned(msgspec.Struct, array_like=True):
    name: str
    title: str
    encoding: str
    removed: int
    notices: tuple[str, ...]
    paragraphs: list[_Paragraph]


def load(folder: Path, raw: RawText) -> Document | None:
    """The document of a text whose lines are as they look; None if it is not kept."""
    if len(raw.content) > LONGEST:
        return None
    kept = from_cache(_path(folder, raw), _Cleaned)
    if kept is None:
        return None
    paragraphs = tuple(Paragraph(each.kind, each.text, Positions(each.source)) for each in kept.paragraphs)
    if any(len(paragraph.text) != len(paragraph.origin) for paragraph in paragraphs):
        return None
    return Document(kept.name, kept.title, kept.encoding, paragraphs, kept.removed, kept.notices)


def save(folder: Path, raw: RawText, document: Document) -> None:
    """Keeps what a text reads as. A full or read-only disk is no fault here."""
    if len(raw.content) > LONGEST:
        return
    paragraphs = [_Paragraph(each.kind, each.text, each.spans()) for each in document.paragraphs]
    kept = _Cleaned(
        document.name, document.title, document.encoding, document.removed, document.notices, paragraphs
    )
    try:
        packed = msgspec.json.encode(kept)
    except UnicodeEncodeError:  # of a file whose name is not UTF-8
        return
    keep_in_cache(_path(folder, raw), packed, MOST_FILES)


def _path(folder: Path, raw: RawText) -> Path:
    digest = sha256(repr((FORMAT, raw.name, raw.title, raw.shown, _code())).encode("utf-8", "surrogatepass"))
    digest.update(raw.content)
    return folder / "cleaned" / f"{digest.hexdigest()[:32]}.json"


def _code() -> tuple[tuple[str, int, int], ...]:
    """What tells one state of the code that cleans from another: its files with their sizes and times."""
    folders, found = list(studytui.text.__path__), []
    while folders:
        with scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    folders.append(entry.path)
                elif entry.name.endswith(".py"):
                    told = entry.stat()
                    found.append((entry.path, told.st_size, told.st_mtime_ns))
    return tuple(sorted(found))
