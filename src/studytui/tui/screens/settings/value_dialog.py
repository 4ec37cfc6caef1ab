"""A setting that is typed."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from studytui.errors import StudytuiError, full_stop
from studytui.store.config import typed_value, value_of
from studytui.store.setting import SETTINGS
from studytui.tui.screens.dialog import Dialog


class ValueScreen(Dialog[object]):
    """Returns the value as the file is to have it; None if the learner leaves it as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", id="value.leave"),
    ]
    DEFAULT_CSS = """
    ValueScreen Static { height: auto; color: $text-muted; }
    ValueScreen #value-wrong { color: $text-error; }
    """

    def __init__(self, key: str, value: str) -> None:
        """Asks for a setting that is `value` now."""
        super().__init__()
        self._key = key
        self._value = value

    def compose(self) -> ComposeResult:
        """The value, and what it may be."""
        setting = SETTINGS[self._key]
        with Vertical() as box:
            box.border_title = Content(setting.label)
            box.border_subtitle = "Enter chooses it, Esc cancels"
            yield Input(self._value, id="value")
            yield Static(f"{setting.what} It is {setting.allowed}.", markup=False)
            yield Static("", id="value-wrong", markup=False)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            value = typed_value(self._key, event.value)
            value_of(self._key, value)
        except StudytuiError as error:
            self.query_one("#value-wrong", Static).update(Content(full_stop(str(error))))
        else:
            self.dismiss(value)
