"""A placement: a word at a time, known or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from studytui.session.placing import HOW, finish, keep
from studytui.study.placement import MOST, Placement
from studytui.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from studytui.tui.host import Host


class PlacementScreen(Dialog[None]):
    """Asks the words of a placement, until enough is known or the learner leaves."""

    app: Host

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,right", "answer(True)", "I know it", id="placement.yes"),
        Binding("n,left", "answer(False)", "I do not", id="placement.no"),
        Binding("backspace,u", "back", "The word before", id="placement.back"),
        Binding("escape,q", "dismiss(None)", "Leave", id="placement.leave"),
    ]

    DEFAULT_CSS = """
    PlacementScreen Static { height: auto; }
    PlacementScreen #placement-word { text-align: center; text-style: bold; margin: 2 0; }
    PlacementScreen .quiet { color: $text-muted; }
    """

    def __init__(self, placement: Placement) -> None:
        """Asks this placement, which takes the answers."""
        super().__init__()
        self._placement = placement
        self._kept = False
        self._taken_up = bool(placement.answers)
        """Whether it goes on from where it was cut off."""

    def compose(self) -> ComposeResult:
        """The word, and what to do."""
        with Vertical() as box:
            box.border_title = "Do you know this word?"
            box.border_subtitle = "y yes  n no  ⌫ back  Esc stop"
            yield Static("", id="placement-word")
            yield Static("", id="placement-count", classes="quiet")
            yield Static(HOW, classes="quiet", markup=False)

    def keep(self) -> None:
        """Keeps the answers so far, if they tell something, on a way out that asks nothing more.

        Raises:
            StudytuiError: they could not be written; nothing was changed.
        """
        if not self._kept:
            self._kept = True
            finish(self.app.workspace, self._placement)

    def on_mount(self) -> None:
        """Shows the first word."""
        self._show()

    def _show(self) -> None:
        self.query_one("#placement-word", Static).update(Content(self._placement.word))
        count = len(self._placement.answers) + 1
        told = ": it goes on where it was cut off" if self._taken_up else ""
        self.query_one("#placement-count", Static).update(Content(f"{count} of {MOST} at most{told}"))

    def action_answer(self, known: bool) -> None:
        """Takes an answer; after the last one the screen closes."""
        self._placement.answer(known)
        self._taken_up = False
        with self.app.telling():
            keep(self.app.workspace, self._placement)
        if self._placement.done:
            self.dismiss(None)
        else:
            self._show()

    def action_back(self) -> None:
        """Asks the word before once more."""
        self._placement.take_back()
        with self.app.telling():
            keep(self.app.workspace, self._placement)
        self._show()
