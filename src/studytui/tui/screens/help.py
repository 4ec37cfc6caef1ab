"""The keys of the place the learner came from, and only them."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen

from studytui.tui.widgets.entry_text import EntryLine
from studytui.tui.widgets.key_bar import typed_over
from studytui.tui.widgets.wrapped_text import WrappedText


class HelpScreen(ModalScreen[None]):
    """Lists keys and what they do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss", "Close", id="help.close"),
    ]

    def __init__(self, of: Screen[object]) -> None:
        super().__init__()
        self._of = of

    def compose(self) -> ComposeResult:
        """A box in the middle."""
        with VerticalScroll(id="help-box") as box:
            box.border_title = "Keys"
            box.border_subtitle = "Esc closes"
            yield WrappedText(id="help-keys")

    def on_mount(self) -> None:
        """Lists them."""
        self.query_one("#help-keys", WrappedText).show(self._keys())

    def _keys(self) -> list[EntryLine]:
        keys: dict[str, list[str]] = {}
        told: dict[str, list[str]] = {}
        is_text = typed_over(self._of)
        for _, binding, enabled, _ in self._of.active_bindings.values():
            if not enabled or binding.id is None:
                continue  # without an id it is not ours: a list's own arrows, Textual's own keys
            if is_text(binding):
                continue
            shown = self.app.get_key_display(binding)
            what = binding.tooltip or binding.description
            if what:
                # There and back again is one line: `word(True)` and `word(False)`.
                name, _, rest = binding.action.partition("(")
                line = name if rest in ("True)", "False)", "1)", "-1)") else binding.action
                keys.setdefault(line, []).append(shown)
                if what not in told.setdefault(line, []):
                    told[line].append(what)
        width = max((len(" ".join(names)) for names in keys.values()), default=0)
        return [
            EntryLine(
                Content.assemble(
                    Content.styled(" ".join(names).ljust(width), "bold"),
                    "  ",
                    ", ".join([told[line][0], *(what[0].lower() + what[1:] for what in told[line][1:])]),
                ),
                width + 2,
            )
            for line, names in keys.items()
        ]
