"""The texts that were opened: each cleaned, as JSON, with where it came from."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from studytui.errors import StudytuiError
from studytui.store.files import failure, write_whole
from studytui.text.document import Document, Paragraph

FORMAT = 1
_ID = re.compile("[0-9a-f]{16}")


def write_text(folder: Path, document: Document) -> None:
    """Puts a document at `<folder>/<id>/text.json`, if it is not there.

    Raises:
        StudytuiError: it cannot be written.
    """
    path = folder / document.id / "text.json"
    if path.exists():
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
    }
    text = json.dumps(fields, ensure_ascii=False, indent=1)
    write_whole(path, text.encode("utf-8", "surrogatepass") + b"\n")


def is_id(name: str) -> bool:
    """Whether a name could be a document's id."""
    return _ID.fullmatch(name) is not None


def is_kept(folder: Path, name: str) -> bool:
    """Whether a text is here."""
    return (folder / name / "text.json").exists()


def kept(folder: Path) -> tuple[str, ...]:
    """The ids of the texts that are here.

    Raises:
        StudytuiError: the folder cannot be read.
    """
    try:
        return tuple(
            sorted(path.parent.name for path in folder.glob("*/text.json") if is_id(path.parent.name))
        )
    except OSError as error:
        raise failure("read", folder, error) from error


def take(folder: Path, name: str, content: bytes) -> bool:
    """Puts here a text as another machine keeps it; False if it is not one that can be read.

    Raises:
        StudytuiError: it cannot be written.
    """
    try:
        fields = json.loads(content)
        if fields["format"] > FORMAT or fields["id"] != name:
            return False
        _document(fields)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return False
    write_whole(folder / name / "text.json", content)
    return True


def read_text(folder: Path, name: str) -> Document | None:
    """The document with the id `name`; None if it is not kept here.

    Raises:
        StudytuiError: it cannot be read, or is damaged.
    """
    path = folder / name / "text.json"
    try:
        fields = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise failure("read", path, error) from error
    except ValueError:
        raise StudytuiError(f"{path} is damaged: open the text again from its own file") from None
    try:
        if fields["format"] > FORMAT:
            raise StudytuiError(f"{path} was written by a newer studytui: update studytui to open it")
        return _document(fields)
    except (KeyError, TypeError, ValueError):
        raise StudytuiError(f"{path} is damaged: open the text again from its own file") from None


def _document(fields: dict[str, Any]) -> Document:
    return Document(
        name=fields["name"],
        title=fields["title"],
        encoding=fields["encoding"],
        paragraphs=tuple(
            Paragraph(
                kind=paragraph["kind"],
                text=paragraph["text"],
                origin=tuple(place for start, end in paragraph["source"] for place in range(start, end)),
            )
            for paragraph in fields["paragraphs"]
        ),
        removed=fields["removed"],
    )
