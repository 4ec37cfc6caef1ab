"""Texts on their way into the library: what became of each when it was cleaned, and which a folder holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from studytui.errors import StudytuiError, UsageError
from studytui.restricted import require_own
from studytui.session.workspace import Workspace
from studytui.text.characters import printable_line
from studytui.text.document import Document, LinesChoice, Paragraph, Source
from studytui.text.source.formats.recognise import TEXT_ENDINGS
from studytui.text.source.source import load
from studytui.wording import many

_LINED = ("verse", "dialogue", "list", "aside")
"""Kinds of which a paragraph is a line."""
MOST_FILES = 2000
"""Files of a folder that are looked at: a library of novels has fewer, and a whole disk has more."""


@dataclass(frozen=True, slots=True)
class TextPreview:
    """A text as it would be kept."""

    source: Source
    """As it came."""
    document: Document
    """As it was cleaned."""
    lines: LinesChoice
    """What became of its lines."""
    known: bool
    """Whether it is in the library already."""

    @property
    def rows(self) -> list[str]:
        """What is shown of it line by line: empty lines part paragraphs, headings and stanzas."""
        shown: list[str] = []
        previous: Paragraph | None = None
        for paragraph in self.document.paragraphs:
            together = (
                previous is not None
                and previous.kind == paragraph.kind
                and not self._parted(previous, paragraph)
            )
            if shown and not together:
                shown.append("")
            shown += paragraph.text.split("\n")
            previous = paragraph
        return shown

    def _parted(self, before: Paragraph, after: Paragraph) -> bool:
        """Whether two paragraphs of a kind stand apart: all do but lines that follow each other at once."""
        if after.kind not in _LINED:
            return True
        between = self.source.text[before.origin[-1] + 1 : after.origin[0]]
        return len(between.splitlines()) > 1

    @property
    def cleaning(self) -> str:
        """What the cleaning did, in sentences."""
        paragraphs = self.document.paragraphs
        rows = _rows(self.source.text)
        verse = sum(paragraph.text.count("\n") + 1 for paragraph in paragraphs if paragraph.kind == "verse")
        others = sum(paragraph.kind != "verse" for paragraph in paragraphs)
        parts = [many(others, "paragraph")] if others else []
        parts += [many(verse, "line") + " of verse"] if verse else []
        said = [f"{many(self.document.characters, 'character')} in {' and '.join(parts)}"]
        if self.source.blocks is None:
            joined = sum(
                _rows(self.source.text[each.origin[0] : each.origin[-1] + 1]) - _rows(each.text)
                for each in paragraphs
            )
            said[0] += (
                f": {joined:,} of {many(rows, 'line')} joined." if joined else f", of {many(rows, 'line')}."
            )
        else:
            said[0] += "."
        if self.source.encoding.lower().replace("_", "-") not in ("utf-8", "utf-8-sig", "ascii"):
            said.append(f"It was written in {self.source.encoding}.")
        if self.document.warning is not None:
            said.append(self.document.warning)
        if self.known:
            said.append("It is already in your library.")
        return " ".join(said)


def _rows(text: str) -> int:
    """How many lines have something on them."""
    return sum(bool(line.strip()) for line in text.splitlines())


def pasted(text: str) -> Source:
    """What was pasted, as a source.

    Raises:
        StudytuiError: there is no Chinese text in it.
    """
    return load("-", BytesIO(text.encode("utf-8", "replace")))


def previewed(workspace: Workspace, source: Source, lines: LinesChoice | None = None) -> TextPreview:
    """A text as it would be kept; `lines` is what becomes of its lines, or what was said of them before.

    Raises:
        StudytuiError: nothing is left of it.
    """
    collection = workspace.collection
    document = workspace.preview(source, lines or "auto")
    if lines is None and (said := collection.library.lines_of(document.id)) != "auto":
        return previewed(workspace, source, said)
    known = any(record.id == document.id for record in collection.library.texts())
    return TextPreview(source, document, lines or "auto", known)


def add_text(workspace: Workspace, preview: TextPreview) -> None:
    """Keeps a text in the library.

    Raises:
        StudytuiError: it cannot be written.
    """
    workspace.collection.library.remember(preview.document, preview.lines)


def files_in(folder: Path) -> list[Path]:
    """The files in a folder and those below it that look like texts, by name; hidden ones are left out.

    Raises:
        UsageError: the folder cannot be read, or has too many.
    """
    require_own(folder, printable_line(str(folder)))
    found: list[Path] = []

    def refuse(error: OSError) -> None:
        if Path(error.filename) == folder:
            raise UsageError(f"{folder} cannot be read: {error.strerror}.") from error

    for where, below, names in os.walk(folder, onerror=refuse):
        below[:] = sorted(name for name in below if not name.startswith("."))
        found += [
            Path(where, name)
            for name in sorted(names)
            if not name.startswith(".") and name.lower().endswith(TEXT_ENDINGS)
        ]
        if len(found) > MOST_FILES:
            raise UsageError(
                f"{folder} has more than {MOST_FILES:,} texts: add the folders in it one by one."
            )
    if not found:
        raise UsageError(f"{folder} has no file that looks like a text ({', '.join(TEXT_ENDINGS)}).")
    return found


def previews_of(workspace: Workspace, folder: Path) -> Iterator[TextPreview | StudytuiError]:
    """Each text of a folder as it would be kept, or why it cannot be read.

    Raises:
        UsageError: as `files_in`.
    """
    for path in files_in(folder):
        try:
            yield previewed(workspace, load(str(path)))
        except StudytuiError as error:
            yield error
