"""A note to be written anew: its meaning, reading, sentence and the learner's own remark."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from studytui.errors import StudytuiError, full_stop
from studytui.session.words.note_edit import BREAK, NoteLines, edited, lines_of
from studytui.study.notes.note import Note
from studytui.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from studytui.tui.host import Host

_HELP = {
    "meaning": "Meaning, with ; between two",
    "reading": "Reading, as zhǎng dà or zhang3 da4",
    "sentence": "Sentence, the word in 【】",
    "remark": f"Your own remark; {BREAK} is a new line",
}


class NoteScreen(Dialog[Note | None]):
    """Answers the note as it was written; None if the learner thought better of it."""

    app: Host

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "Keep", key_display="Enter", id="note.keep"),
        Binding("escape", "leave", "Cancel", key_display="Esc", id="note.leave"),
    ]
    DEFAULT_CSS = """
    NoteScreen > Vertical { width: 76; padding: 0 2; }
    NoteScreen Label { color: $text-muted; height: 1; }
    NoteScreen Input { border: none; height: 1; padding: 0; margin-bottom: 1; background: $boost; }
    NoteScreen Input:focus { border: none; background: $primary 30%; }
    NoteScreen Static { width: 100%; height: auto; }
    """

    def __init__(self, note: Note) -> None:
        super().__init__()
        self._note = note
        self._warned = False
        """Whether the learner heard that Esc drops what was typed."""

    def compose(self) -> ComposeResult:
        """A line for each part."""
        lines = lines_of(self._note)
        with Vertical() as box:
            is_traditional = self.app.collection.config.script == "traditional"
            box.border_title = Content((is_traditional and self._note.traditional) or self._note.headword)
            box.border_subtitle = "Tab moves on, Enter saves, Esc cancels"
            for part in fields(NoteLines):
                yield Label(_HELP[part.name], markup=False)
                yield Input(getattr(lines, part.name), id=f"note-{part.name}", select_on_focus=False)
            yield Static(id="note-said", markup=False)

    def on_mount(self) -> None:
        """Begins at the meaning."""
        for field in self.query(Input):
            field.cursor_blink = False
        self.query(Input).first().focus()

    @property
    def _written(self) -> NoteLines:
        return NoteLines(
            **{part.name: self.query_one(f"#note-{part.name}", Input).value for part in fields(NoteLines)}
        )

    @on(Input.Changed)
    def _changed(self) -> None:
        self._warned = False

    def action_leave(self) -> None:
        """Leaves the note as it was; what was typed is dropped only once that was said."""
        if self._warned or self._written == lines_of(self._note):
            self.dismiss(None)
            return
        self._warned = True
        self._say("What you changed is not saved: Enter saves it, Esc once more drops it.", "$text-warning")

    def _say(self, sentence: str, style: str) -> None:
        self.query_one("#note-said", Static).update(Content.styled(sentence, f"{style} bold"))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_keep()

    def action_keep(self) -> None:
        """Gives back the note, or says what is wrong with a line."""
        try:
            note = edited(self._note, self._written)
        except StudytuiError as error:
            self._say(full_stop(str(error)), "$text-error")
        else:
            self.dismiss(note)
