"""All settings of `config.toml`, each with its value and a sentence; what is changed holds at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from studytui.store.config import Config, told_value
from studytui.store.setting import SETTINGS
from studytui.tui.host import CollectionChanged
from studytui.tui.screens.settings.theme_choice import choose_theme
from studytui.tui.screens.settings.value_dialog import ValueScreen
from studytui.tui.widgets.key_bar import KeyBar
from studytui.tui.widgets.key_groups import LOOK, PROGRAM
from studytui.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from studytui.tui.host import Host

_LABEL = 26
"""Cells of the column of labels."""
_NAMES = tuple(name for name, setting in SETTINGS.items() if setting.what)


def _in_words(name: str, value: object) -> str:
    return SETTINGS[name].in_words(value, told_value(name, value))


class SettingList(RowList):
    """Where → and ← turn a value."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Change", key_display="Enter", id="settings.change", group=LOOK),
        Binding("right", "screen.turn(1)", "Next value", id="settings.next", group=LOOK),
        Binding("left", "screen.turn(-1)", "Previous value", show=False, id="settings.previous", group=LOOK),
    ]


class SettingsScreen(Screen[None]):
    """A row each."""

    app: Host

    SIGNS: ClassVar[Sequence[tuple[str, str]]] = (
        ("*", "changed by you; Backspace puts the usual value back"),
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "backspace",
            "usual",
            "As usual",
            id="settings.usual",
            group=LOOK,
            tooltip="Back to the usual value",
        ),
        Binding("escape,q,equals_sign", "leave", "Back", id="settings.leave", group=PROGRAM),
    ]
    DEFAULT_CSS = """
    SettingsScreen #settings-header { height: 1; padding: 0 1; background: $panel; }
    SettingsScreen #settings-about { height: 4; padding: 0 1; border-top: solid $panel; }
    """

    def compose(self) -> ComposeResult:
        """The settings, and the sentence on the one under the cursor."""
        yield Static(id="settings-header", markup=False)
        yield SettingList(id="settings-list")
        yield Static(id="settings-about", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Lists them."""
        keys = ("settings.change", "settings.next", "settings.usual", "settings.leave", "app.help")
        self.query_one(KeyBar).offer(keys, 2)
        where = self.app.collection.locations.settings
        self.query_one("#settings-header", Static).update(
            Content.assemble(Content.styled("Settings", "bold"), Content.styled(f"  {where}", "dim"))
        )
        self._fill()

    def on_resize(self) -> None:
        """Leaves room for the longest sentence, so that the list stands still."""
        self.query_one("#settings-about").styles.height = 4 if self.size.width >= 80 else 7
        self._fill()

    @on(CollectionChanged)
    def _fill(self) -> None:
        rows = self.query_one("#settings-list", RowList)
        highlighted = rows.highlighted or 0
        rows.clear_options()
        rows.add_options([Option(self._line(name)) for name in _NAMES])
        rows.highlighted = highlighted
        rows.focus()

    def _line(self, name: str) -> Content:
        value = getattr(self.app.collection.config, name)
        changed = value != getattr(Config(), name)
        shown = self.app.theme if name == "theme" and value is None else _in_words(name, value)
        # Whoever changed it finds it by more than its weight.
        told = Content.assemble(
            f"{'*' if changed else ' '} ", Content.styled(shown, "bold" if changed else "")
        )
        label = set_cell_size(SETTINGS[name].label, _LABEL)
        return Content.assemble(label, told.truncate(max(10, self.size.width - _LABEL - 4), ellipsis=True))

    @property
    def _chosen_name(self) -> str:
        return _NAMES[self.query_one("#settings-list", RowList).highlighted or 0]

    @on(OptionList.OptionHighlighted)
    def _about(self) -> None:
        setting = SETTINGS[self._chosen_name]
        usual = getattr(Config(), self._chosen_name)
        told = f"Usually: {_in_words(self._chosen_name, usual)}.  " if usual is not None else ""
        told += f"In the file: {self._chosen_name}."
        now = _in_words(self._chosen_name, getattr(self.app.collection.config, self._chosen_name))
        if cell_len(now) > self.size.width - _LABEL - 6:  # cut in its row
            told = f"Now: {now}.  {told}"
        self.query_one("#settings-about", Static).update(
            Content.assemble(f"{setting.what}\n", Content.styled(told, "dim"))
        )

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        name = self._chosen_name
        if name == "theme":
            choose_theme(self.app, self._fill)
        elif SETTINGS[name].choices:
            self.action_turn(1)
        else:
            value = told_value(name, getattr(self.app.collection.config, name))

            def typed(given: object) -> None:
                if given is not None:
                    self._keep(given)

            self.app.push_screen(ValueScreen(name, value), typed)

    def action_turn(self, step: int) -> None:
        """Takes the next of a few values, or the one before."""
        choices = SETTINGS[self._chosen_name].choices
        if choices:
            now = choices.index(getattr(self.app.collection.config, self._chosen_name))
            self._keep(choices[(now + step) % len(choices)])

    def action_usual(self) -> None:
        """Takes the setting out of the file."""
        self._keep(None)

    def _keep(self, value: object) -> None:
        name, collection = self._chosen_name, self.app.collection
        with self.app.telling():
            if name == "known_hsk":
                collection.set_known_hsk(int(str(value or 0)), collection.config.hsk_version)
            else:
                collection.change_settings({name: value})
        self._fill()

    def action_leave(self) -> None:
        """Goes back to a screen that shows what holds now."""
        self.app.pop_screen()
        self.app.screen.post_message(CollectionChanged())
