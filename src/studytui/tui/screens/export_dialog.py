"""Asks where to, and writes a text's notes there, with the progress shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import ItemGrid, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Checkbox, Input, ProgressBar, Static

from studytui.errors import StudytuiError
from studytui.restricted import is_own
from studytui.study.notes.card import Template
from studytui.tui.host import Host, OnProgress
from studytui.tui.screens.dialog import Dialog
from studytui.tui.screens.typed_path import typed_path, working_folder

Write = Callable[[Path, tuple[Template, ...], bool, OnProgress], str]
"""Writes such cards to a path, with schedules and reviews or without; says in a sentence what it wrote."""

KINDS: dict[Template, str] = {
    "recognition": "meaning",
    "recall": "word",
    "reading": "reading",
    "cloze": "gap",
}
"""What a card asks for."""
FORMATS = ".apkg for Anki, .csv or .tsv for a spreadsheet, .txt for Pleco, .md for paper"


class TickBox(Checkbox, inherit_bindings=False):
    """A box to tick: space ticks it, and Enter writes, as everywhere on this screen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "toggle_button", "Choose", show=False)]

    BUTTON_INNER = " "

    def watch_value(self) -> None:
        """Whether it is ticked shows without colour too."""
        self.BUTTON_INNER = "x" if self.value else " "
        super().watch_value()


class ExportScreen(Dialog[str | None]):
    """Returns the sentence that says what was written; None if the learner thought better of it."""

    app: Host

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "write", "Write", id="export.write"),
        Binding("escape", "leave", "Back", id="export.leave"),
    ]
    DEFAULT_CSS = """
    ExportScreen > Vertical { width: 72; padding: 0 2; }
    ExportScreen Static { width: 100%; height: auto; color: $text-muted; }
    ExportScreen ItemGrid { height: auto; grid-rows: 1; }
    ExportScreen TickBox {
        width: auto; border: none; padding: 0; margin-right: 2; color: $text; background: transparent;
    }
    ExportScreen TickBox:focus { border: none; }
    ExportScreen ProgressBar { width: 100%; display: none; }
    ExportScreen.-writing ProgressBar { display: block; }
    """

    @dataclass
    class Progressed(Message):
        """Some notes are written."""

        done: int
        total: int

    @dataclass
    class Written(Message):
        """The file is there."""

        sentence: str

    @dataclass
    class Failed(Message):
        """It could not be written."""

        sentence: str

    def __init__(self, write: Write, proposed: Path, cards: tuple[Template, ...]) -> None:
        """A question for the place.

        Args:
            write: does the work, in a thread.
            proposed: the path that is offered.
            cards: the kinds that are ticked.
        """
        super().__init__()
        self._write = write
        self._proposed = proposed
        self._cards = cards
        self._writing = False
        self._agreed: Path | None = None
        """The file that the learner has agreed to have replaced, once the question was on the screen."""

    def compose(self) -> ComposeResult:
        """A box in the middle with the path."""
        with Vertical() as box:
            box.border_title = "Export"
            box.border_subtitle = "Tab, Space choose; Enter writes, Esc goes back"
            yield Input(str(self._proposed), id="export-path", select_on_focus=False)
            with ItemGrid(min_column_width=14):
                for template, label in KINDS.items():
                    yield TickBox(label, template in self._cards, id=f"export-{template}")
            yield TickBox("with schedules and reviews (off: every card is new)", True, id="export-progress")
            yield Static(FORMATS, id="export-said", markup=False)
            yield ProgressBar(show_eta=False)

    def _say(self, sentence: str) -> None:
        self.query_one("#export-said", Static).update(Content(sentence))

    @property
    def _path(self) -> Path:
        return typed_path(self.query_one("#export-path", Input).value)

    @on(Input.Changed)
    def _look(self) -> None:
        """Says beforehand that a file would be replaced."""
        self._agreed = None
        self._say(
            "This file is there already: Enter asks before it will be replaced."
            if self._is_there
            else FORMATS
        )

    @property
    def _is_there(self) -> bool:
        """Whether something other than a folder, which is refused anyway, stands at the path."""
        try:
            return is_own(self._path) and self._path.exists() and not self._path.is_dir()
        except (OSError, ValueError):
            return False

    def _ask(self) -> None:
        """Asks whether a file is to be replaced; the question is to be read before it can be answered."""
        path = self._path
        self._say(
            f"{path.name} is there already. Enter once more replaces it; Esc, or another name, does not."
        )

        def read() -> None:
            if self._path == path:
                self._agreed = path

        self.call_after_refresh(self.app.when_seen, partial(self.call_later, read))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_write()

    def action_write(self) -> None:
        """Writes the file."""
        if self._writing or not self.query_one("#export-path", Input).value.strip():
            return
        cards = tuple(name for name in KINDS if self.query_one(f"#export-{name}", TickBox).value)
        if not cards:
            self._say("Choose at least one kind of card.")
            return
        if self._is_there and self._agreed != self._path:
            self._ask()
            return
        progress = self.query_one("#export-progress", TickBox).value
        self._writing = True
        self.add_class("-writing")
        self.query_one("#export-path", Input).disabled = True
        self._work(self._path, cards, progress)

    @work(thread=True)
    def _work(self, path: Path, cards: tuple[Template, ...], progress: bool) -> None:
        try:
            sentence = self._write(path, cards, progress, self._told)
        except StudytuiError as error:
            self.post_message(self.Failed(str(error)))
        else:
            self.post_message(self.Written(sentence))

    def _told(self, done: int, total: int) -> None:
        self.post_message(self.Progressed(done, total))

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        self.query_one(ProgressBar).update(total=event.total, progress=event.done)

    @on(Written)
    def _written(self, event: Written) -> None:
        self.dismiss(event.sentence)

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        self._writing = False
        self.remove_class("-writing")
        path = self.query_one("#export-path", Input)
        path.disabled = False
        path.focus()
        self._say(event.sentence)

    def action_leave(self) -> None:
        """Goes back; what is being written is written."""
        if not self._writing:
            self.dismiss(None)


def proposed(title: str) -> Path:
    """A name in the folder where the program was started."""
    kept = (letter if letter.isalnum() or letter in " -_.·" else "_" for letter in title[:60])
    name = "".join(kept).strip(" .")
    return working_folder() / f"{name or 'studytui'}.apkg"
