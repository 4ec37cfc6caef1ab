"""The texts that were opened: each cleaned, as JSON, with where it came from."""

from __future__ import annotations

import json
import re
from itertools import chain, pairwise
from pathlib import Path
from typing import Annotated

from msgspec import Meta, MsgspecError, Struct, convert
from msgspec.json import Decoder

from studytui.errors import NewerFormatError, StudytuiError
from studytui.store.files import failure, write_whole
from studytui.store.journal.bounds import kept_text
from studytui.text.document import Document, Paragraph, ParagraphKind

FORMAT = 1
_ID = re.compile("[0-9a-f]{16}")

LONGEST = 1 << 28
"""Bytes of a file: a text of a million characters has some six million."""

_Whole = Annotated[int, Meta(ge=0, lt=1 << 40)]


class _Paragraph(Struct):
    kind: ParagraphKind
    text: str
    source: list[tuple[_Whole, _Whole]]


class _Head(Struct):
    format: Annotated[int, Meta(ge=1, lt=1 << 20)]


class _Content(Struct):
    """The file."""

    name: Annotated[str, Meta(max_length=4096)]
    title: Annotated[str, Meta(max_length=4096)]
    encoding: Annotated[str, Meta(max_length=64)]
    removed: _Whole
    paragraphs: list[_Paragraph]
    as_it_came: str | None = None


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")

_HEAD, _CONTENT = Decoder(_Head), Decoder(_Content)


def write_text(folder: Path, document: Document) -> None:
    """Puts a document at `<folder>/<id>/text.json`, if it is not there, is damaged, or lacks its lines there.

    Raises:
        StudytuiError: it cannot be written.
    """
    if is_kept(folder, document.id) and (document.as_it_came is None or _has_lines(folder, document.id)):
        return
    fields = {
        "format": FORMAT,
        "id": document.id,
        "name": document.name,
        "title": document.title,
        "encoding": document.encoding,
        "removed": document.removed,
        "paragraphs": [
            {"kind": paragraph.kind, "text": paragraph.text, "source": paragraph.spans()}
            for paragraph in document.paragraphs
        ],
    } | ({} if document.as_it_came is None else {"as_it_came": document.as_it_came})
    text = json.dumps(fields, ensure_ascii=False, indent=1)
    write_whole(folder / document.id / "text.json", text.encode("utf-8", "surrogatepass") + b"\n")


def _has_lines(folder: Path, name: str) -> bool:
    """Whether a text that is kept here, if by an earlier version or from a file, can be read otherwise."""
    try:
        found = read_text(folder, name)
    except StudytuiError:  # of a later version
        return True
    return found is not None and found.as_it_came is not None


def is_id(name: str) -> bool:
    """Whether a name could be a document's id."""
    return _ID.fullmatch(name) is not None


def is_kept(folder: Path, name: str) -> bool:
    """Whether a text is here, and can be read, by this version or a later one."""
    try:
        return read_text(folder, name) is not None
    except NewerFormatError:
        return True
    except StudytuiError:
        return False


def kept(folder: Path) -> tuple[str, ...]:
    """The ids of the texts that are here, damaged ones too.

    Raises:
        StudytuiError: the folder cannot be read.
    """
    try:
        return tuple(
            sorted(
                path.parent.name
                for path in folder.glob("*/text.json")
                if is_id(path.parent.name) and path.is_file()
            )
        )
    except OSError as error:
        raise failure("read", folder, error) from error


def take(folder: Path, name: str, content: bytes) -> bool:
    """Puts here a text as another machine keeps it; False if it is not one that can be read.

    Raises:
        StudytuiError: it cannot be written.
    """
    try:
        _document(name, content)
    except (NewerFormatError, ValueError):
        return False
    write_whole(folder / name / "text.json", content)
    return True


def content(folder: Path, name: str) -> bytes | None:
    """What is kept of a text; None if nothing is. What is longer than any text is cut off.

    A pipe or a device may stand in a file's place, in a folder that others write to: it is not waited for.

    Raises:
        OSError: it cannot be read.
    """
    path = folder / name / "text.json"
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return file.read(LONGEST + 1)
    except (FileNotFoundError, ValueError):  # a name with a NUL in it is no file's
        return None


def read_text(folder: Path, name: str) -> Document | None:
    """The document with the id `name`; None if it is not kept here.

    Raises:
        StudytuiError: it cannot be read, or is damaged, or was written by a later version.
    """
    path = folder / name / "text.json"
    try:
        found = content(folder, name)
    except OSError as error:
        raise failure("read", path, error) from error
    if found is None:
        return None
    try:
        return _document(name, found)
    except NewerFormatError:
        raise NewerFormatError(
            f"{path} was written by a newer studytui: update studytui to open it"
        ) from None
    except ValueError:
        raise StudytuiError(f"{path} is damaged: open the text again from its own file") from None


def _document(name: str, content: bytes) -> Document:
    """The document of a file.

    Raises:
        NewerFormatError: it has a later format.
        ValueError: it is not a document with this id.
    """
    if len(content) > LONGEST:
        raise ValueError("too long")
    try:
        try:
            version = _HEAD.decode(content).format
            found = _CONTENT.decode(content) if version == FORMAT else None
        except (MsgspecError, UnicodeDecodeError):  # perhaps the name of a file that is not UTF-8
            plain = json.loads(content.decode("utf-8", "surrogatepass"))
            version = convert(plain, _Head).format
            found = convert(plain, _Content) if version == FORMAT else None
    except (MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from None
    if found is None:
        raise NewerFormatError(f"format {version}")
    paragraphs = tuple(map(_paragraph, found.paragraphs))
    document = Document(
        found.name,
        kept_text(found.title),
        found.encoding,
        paragraphs,
        found.removed,
        as_it_came=found.as_it_came,
    )
    if document.id != name:
        raise ValueError("another text")
    return document


def _paragraph(said: _Paragraph) -> Paragraph:
    if _CONTROL.search(said.text):
        raise ValueError("a control character")
    # Looked at before it is spelled out: a span may say anything.
    if any(start >= end for start, end in said.source) or any(
        before[1] > after[0] for before, after in pairwise(said.source)
    ):
        raise ValueError("spans that overlap")
    if sum(end - start for start, end in said.source) != len(said.text):
        raise ValueError("spans that are not the text's")
    return Paragraph(said.kind, said.text, tuple(chain.from_iterable(range(*span) for span in said.source)))
