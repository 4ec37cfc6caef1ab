"""What the screens need of the application that shows them: they know this, and not the application."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

from textual.message import Message

from studytui.errors import StudytuiError, full_stop
from studytui.session.workspace import Opening, Workspace
from studytui.store.collection import Collection
from studytui.text.document import Document
from studytui.text.token import AnnotatedDocument
from studytui.tui.terminal.terminal_app import TerminalApp
from studytui.tui.themes import OWN_THEMES
from studytui.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from studytui.study.phrases.ranking import KeyPhrase

OnProgress = Callable[[int, int], None]
"""Told how many are done, of how many."""


@runtime_checkable
class KeepsPlace(Protocol):
    """A screen that keeps where the learner stands in a text."""

    document: Document

    def keep_place(self) -> None:
        """Keeps it now."""


@runtime_checkable
class AsksPlacement(Protocol):
    """A screen that holds answers of a placement."""

    def keep(self) -> None:
        """Keeps those there are, if they tell something."""


class CollectionChanged(Message):
    """Something was undone, done again or said of all words: the screen that is on top shows it."""

    bubble = False


class Host(TerminalApp):
    """An application over one workspace. Where its screens lead is for the one that has them to say."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(lambda: workspace.collection.config.ambiguous_width)
        self.workspace = workspace
        self._warned: set[str] = set()
        for theme in OWN_THEMES.values():
            self.register_theme(theme)

    @property
    def collection(self) -> Collection:
        """The learner's collection."""
        return self.workspace.collection

    # -- going from place to place ------------------------------------------------------------------------

    @abstractmethod
    def leave(self, told: str = "") -> None:
        """Goes back to the screen before; from the first one, out. There it says what is `told`."""

    @abstractmethod
    def read(self, opening: Opening, *, guided: bool = False) -> None:
        """Opens a text; `guided` with the prompts for a learner's first one."""

    @abstractmethod
    def show_in_text(self, document: Document, sentence: str, start: int) -> None:
        """Shows where a sentence stands in its text; the learner's place in it stays.

        Args:
            document: the text.
            sentence: as a note has it, perhaps cut with `…`.
            start: where the word begins in it, in characters.

        Raises:
            StudytuiError: it does not stand there.
        """

    @abstractmethod
    def review(self, document_id: str | None = None) -> None:
        """Asks what is due, of one text or of all."""

    @abstractmethod
    def start_quiz(self, document: AnnotatedDocument, phrases: Sequence[KeyPhrase]) -> None:
        """Asks about a text's key phrases."""

    @abstractmethod
    def resume_quiz(self) -> None:
        """Goes on with the quiz that was broken off."""

    @abstractmethod
    def export(self, document: Document | None = None) -> None:
        """Asks where to, and writes the notes of a text there, or all notes."""

    @abstractmethod
    def speak(self, text: str) -> None:
        """Reads a text aloud, or says why not."""

    # -- telling the learner ------------------------------------------------------------------------------

    def warn(self) -> None:
        """Says what is wrong with the learner's files and was not said yet."""
        for warning in self.collection.warnings:
            if warning not in self._warned:
                self._warned.add(warning)
                self.say(warning, severity="warning")

    def say(
        self, sentence: str, severity: Literal["information", "warning", "error"] = "information"
    ) -> None:
        """Says something at the foot of the screen, literally."""
        sentence = full_stop(sentence)
        timeout = 8 if severity == "error" else 4
        # In the last line it covers nothing that is being read; a long one needs a box of its own.
        bars = self.screen.query(KeyBar)
        if not bars or not bars.first().tell(sentence, severity, timeout):
            self.notify(sentence, severity=severity, markup=False, timeout=timeout)

    @abstractmethod
    def say_fault(self, error: BaseException) -> str:
        """Says that something has a fault, where the rest goes on, and keeps the details; what was said."""

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Turns what could not be done into a sentence on the screen."""
        try:
            yield
        except StudytuiError as error:
            self.say(str(error), severity="error")
