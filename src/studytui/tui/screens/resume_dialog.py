"""Offers to go on with a quiz that was broken off."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from studytui.tui.screens.dialog import Dialog
from studytui.tui.widgets.row_list import RowList


class ResumeScreen(Dialog[bool | None]):
    """Whether to go on with the questions left; False for a new quiz, None for neither."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss(None)", "Back", id="resume.leave")]

    def __init__(self, left: int) -> None:
        """`left` is how many questions are not answered."""
        super().__init__()
        self._left = left

    def compose(self) -> ComposeResult:
        """The two ways."""
        with Vertical() as box:
            box.border_title = "A quiz on this text was broken off"
            box.border_subtitle = "Enter takes it, Esc leaves it"
            yield RowList(id="resume-ways")

    def on_mount(self) -> None:
        """Lists them, the first one chosen."""
        rows = self.query_one("#resume-ways", RowList)
        questions = "question that is" if self._left == 1 else f"{self._left} questions that are"
        rows.add_options([Option(f"Go on with the {questions} left"), Option("Begin a new quiz")])
        rows.highlighted = 0

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_index == 0)
