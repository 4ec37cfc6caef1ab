"""The texts of the learner's library: kept when they are opened, and what is done to them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from studytui.errors import StudytuiError
from studytui.store.journal.bounds import kept_text
from studytui.store.state.changes import Changes
from studytui.store.state.records import ReadingPlace, TextRecord
from studytui.store.texts import read_text, write_text
from studytui.text.document import Document, LinesChoice

LONGEST_TITLE = 200
"""Characters of the title that a learner gives a text."""


class TextLibrary:
    """The learner's texts: what each is called, where reading stopped, what was archived and deleted.

    A method that raises `StudytuiError` has changed nothing.
    """

    def __init__(self, changes: Changes, folder: Path) -> None:
        """The texts kept in `folder`; what is said of them goes through `changes`."""
        self._changes = changes
        self._folder = folder

    def remember(self, document: Document, lines: LinesChoice | None = None) -> None:
        """Keeps a text that was opened, and says so in the journal; `lines` is what becomes of its lines."""
        self._changes.writer.require_home()
        write_text(self._folder, document)
        record = self._changes.state.texts.get(document.id)
        own = record.own_title if record is not None else None  # so that a new name can be taken back
        title = document.title if own is None else own
        said = {"document": document.id, "title": kept_text(title), "name": document.name}
        choice = lines or self.lines_of(document.id)
        self._changes.record("text", said if choice == "auto" else {**said, "lines": choice})

    def lines_of(self, document_id: str) -> LinesChoice:
        """What the learner said of a text's lines."""
        record = self._changes.state.texts.get(document_id)
        return "auto" if record is None else record.lines

    def texts(self) -> tuple[TextRecord, ...]:
        """The texts of the learner's library, archived ones too, the one opened last first."""
        texts = [text for text in self._changes.state.texts.values() if not text.deleted]
        return tuple(sorted(texts, key=lambda text: (text.event, text.id), reverse=True))

    def titles(self) -> dict[str, str]:
        """By id, what the texts are called, those that were deleted too: notes were taken from them."""
        return {text.id: text.title for text in self._changes.state.texts.values()}

    def rename(self, document_id: str, title: str) -> None:
        """Calls a text otherwise, from now on and wherever it is opened from.

        Raises:
            StudytuiError: that is no title.
        """
        title = " ".join(kept_text(title).split())
        if not title or len(title) > LONGEST_TITLE or not title.isprintable():
            raise StudytuiError(f"A title has from 1 to {LONGEST_TITLE} characters, in one line.")
        if title != self._record(document_id).title:
            self._changes.record("library", {"document": document_id, "act": "rename", "title": title})

    def archive(self, document_id: str, *, archived: bool = True) -> None:
        """Puts a text out of the way, or back among the others.

        Raises:
            StudytuiError: there is no such text.
        """
        if self._record(document_id).archived != archived:
            self._changes.record(
                "library", {"document": document_id, "act": "archive" if archived else "unarchive"}
            )

    def delete(self, document_id: str) -> None:
        """Takes a text out of the library. Its notes stay, and an undo brings it back.

        Raises:
            StudytuiError: there is no such text.
        """
        self._record(document_id)
        self._changes.record("library", {"document": document_id, "act": "delete"})

    def _record(self, document_id: str) -> TextRecord:
        record = self._changes.state.texts.get(document_id)
        if record is None or record.deleted:
            raise StudytuiError("There is no such text in your library: see `studytui texts`.")
        return record

    def text(self, document_id: str) -> Document | None:
        """A text that was kept, as the learner calls it; None if it is not here.

        Raises:
            StudytuiError: it cannot be read, or is damaged.
        """
        document = read_text(self._folder, document_id)
        return None if document is None else self.titled(document)

    def sound_text(self, document_id: str) -> Document | None:
        """As `text`, and None if it is damaged too: what only looks into it goes on without."""
        try:
            return self.text(document_id)
        except StudytuiError:
            return None

    def titled(self, document: Document) -> Document:
        """A text as the learner calls it."""
        if all(text.own_title is None for text in self._changes.state.texts.values()):
            return document  # its id takes a while to find
        record = self._changes.state.texts.get(document.id)
        renamed = record is not None and record.own_title is not None
        return replace(document, title=record.title) if record is not None and renamed else document

    def place(self, document_id: str) -> ReadingPlace | None:
        """Where reading stopped."""
        return self._changes.state.places.get(document_id)

    def set_place(self, document_id: str, paragraph: int, offset: int) -> None:
        """Says where reading stopped: to be called when a text is left, not at each move."""
        place = self._changes.state.places.get(document_id)
        if place is None or (place.paragraph, place.offset) != (paragraph, offset):
            said = {"document": document_id, "paragraph": paragraph, "offset": offset}
            self._changes.record("place", said)
