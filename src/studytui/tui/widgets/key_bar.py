"""The last line of a screen: the keys that matter now, or for some seconds what has just happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, Static

from studytui.tui.widgets.answer_input import AnswerInput

Severity = Literal["information", "warning", "error"]

_STYLES: dict[Severity, str] = {
    "information": "$footer-foreground",
    "warning": "$text-warning bold",
    "error": "$text-error bold",
}
_GAP = 2
"""Blank cells between two keys."""


class KeyBar(Static):
    """Names keys by what their bindings declare; a click on one is a press of it."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        padding: 0 1;
        color: $footer-foreground;
        background: $footer-background;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._offered: tuple[str, ...] | None = None
        self._told: tuple[str, Severity] | None = None
        self._timer: Timer | None = None
        self._places: list[tuple[int, int, str]] = []

    @property
    def told(self) -> str:
        """What is being told; empty while the keys are shown."""
        return self._told[0] if self._told is not None else ""

    def on_mount(self) -> None:
        """Follows the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_updated)

    def _bindings_updated(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """Shows as many keys as there is room for."""
        self._draw()

    def offer(self, names: Sequence[str] | None) -> None:
        """Shows the keys of these bindings, the most needed first, the last one always.

        Args:
            names: ids of bindings; None for those that are declared to be shown.
        """
        offered = tuple(names) if names is not None else None
        if offered != self._offered:
            self._offered = offered
            self._draw()

    def tell(self, sentence: str, severity: Severity, seconds: float) -> bool:
        """Shows a sentence in place of the keys for a while; False if it is too long for the line."""
        if cell_len(sentence) > self.content_region.width:
            return False
        self._stop()
        self._told = (sentence, severity)
        self._timer = self.set_timer(seconds, self.clear)
        self._draw()
        return True

    def clear(self) -> None:
        """Shows the keys again."""
        self._stop()
        self._told = None
        self._draw()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _draw(self) -> None:
        if not self.is_attached:
            return  # the screen was left meanwhile
        self._places = []
        if self._told is not None:
            sentence, severity = self._told
            self.update(Content.styled(sentence, _STYLES[severity]), layout=False)
            return
        shown = self._fitting(self._keys())
        pieces: list[Content] = []
        at = 0
        for key, name, what in shown:
            width = cell_len(name) + 1 + cell_len(what)
            self._places.append((at, at + width, key))
            pieces += [
                Content.styled(name, "$footer-key-foreground bold"),
                Content.styled(f" {what}{' ' * _GAP}", "$footer-description-foreground"),
            ]
            at += width + _GAP
        self.update(Content.assemble(*pieces), layout=False)

    def _keys(self) -> list[tuple[str, str, str]]:
        """Each key, how it is written, and what it does."""
        found: dict[str, tuple[str, str, str]] = {}
        field = self.screen.focused if isinstance(self.screen.focused, Input) else None
        commands = field.COMMANDS if isinstance(field, AnswerInput) and not field.value else ""
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            name = binding.id or binding.action
            wanted = binding.show if self._offered is None else name in self._offered
            shown = self.app.get_key_display(binding)
            if field is not None and len(shown) == 1 and shown not in commands:
                continue  # a character is typed where something is typed
            if enabled and wanted and binding.description and name not in found:
                found[name] = (binding.key, shown, binding.description)
        if self._offered is None:
            return list(found.values())
        return [found[name] for name in self._offered if name in found]

    def _fitting(self, keys: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        """As many as fit, none of them cut; the last one, the help, before those in front of it."""
        room = self.content_region.width
        widths = [cell_len(name) + 1 + cell_len(what) for _, name, what in keys]
        while len(keys) > 1 and sum(widths) + _GAP * (len(keys) - 1) > room:
            del keys[-2], widths[-2]
        return keys

    def on_click(self, event: events.Click) -> None:
        """A click on a key presses it."""
        at = event.get_content_offset(self)
        if at is None:
            return
        for start, end, key in self._places:
            if start <= at.x < end:
                self.app.simulate_key(key)
