"""The foot of a screen: the keys that matter now, and what has just happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, Static

from studytui.tui.widgets.answer_input import AnswerInput
from studytui.tui.widgets.wrapped_text import EntryLine, rows_of

Severity = Literal["information", "warning", "error"]

_STYLES: dict[Severity, str] = {
    "information": "$footer-foreground",
    "warning": "$text-warning bold",
    "error": "$text-error bold",
}
_NARROW = 60
"""Cells below which a roomy bar has a second line of keys."""
_GAP = 2
"""Blank cells between two keys."""


def typed_over(screen: Screen[object]) -> Callable[[Binding], bool]:
    """Whether a key is a character that goes into a field now, and commands nothing."""
    field = screen.focused if isinstance(screen.focused, Input) else None

    def is_text(binding: Binding) -> bool:
        character = " " if binding.key == "space" else screen.app.get_key_display(binding)
        if field is None or len(character) != 1:
            return False
        return not (isinstance(field, AnswerInput) and field.lets_through(character))

    return is_text


class KeyBar(Static):
    """Names keys by what their bindings declare; a click on one is a press of it.

    It is one line, in which for some seconds stands what has just happened. A roomy one has a second line for
    keys where the screen is narrow, and what happened stands above them until it is cleared.
    """

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
        &.-roomy { height: auto; }
    }
    """

    def __init__(self, *, roomy: bool = False) -> None:
        super().__init__("", markup=False, classes="-roomy" if roomy else "")
        self._roomy = roomy
        self._rows = 0
        self._offered: tuple[str, ...] | None = None
        self._always = 1
        self._told: tuple[str, Severity] | None = None
        self._timer: Timer | None = None
        self._places: list[tuple[int, int, int, str]] = []

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

    def offer(self, names: Sequence[str] | None, always: int = 1) -> None:
        """Shows the keys of these bindings, the most needed first, as many as there is room for.

        Args:
            names: ids of bindings; None for those that are declared to be shown.
            always: how many of the last ones have room before all others.
        """
        self._always = always
        offered = tuple(names) if names is not None else None
        if offered != self._offered:
            self._offered = offered
            self._draw()

    def tell(self, sentence: str, severity: Severity, seconds: float) -> bool:
        """Shows a sentence in place of the keys for a while; False if it is too long for the line.

        A roomy bar shows it above the keys, however long it is, until it is cleared.
        """
        if not self._roomy and cell_len(sentence) > self.content_region.width:
            return False
        self._stop()
        self._told = (sentence, severity)
        if not self._roomy:
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
        rows: list[Content] = []
        if self._told is not None:
            sentence, severity = self._told
            told = Content.styled(sentence, _STYLES[severity])
            rows = rows_of([EntryLine(told)], max(8, self.content_region.width)) if self._roomy else [told]
        if self._roomy or self._told is None:
            for keys in self._fitting(self._keys()):
                rows.append(self._row(keys, len(rows)))
        self.update(Content("\n").join(rows), layout=len(rows) != self._rows)
        self._rows = len(rows)

    def _row(self, keys: Sequence[tuple[str, str, str]], y: int) -> Content:
        """A row of keys, whose places are kept for clicks."""
        pieces: list[Content] = []
        at = 0
        for key, name, what in keys:
            width = cell_len(name) + 1 + cell_len(what)
            self._places.append((y, at, at + width, key))
            pieces += [
                Content(" " * _GAP if pieces else ""),
                Content.styled(name, "$footer-key-foreground bold"),
                Content.styled(f" {what}", "$footer-description-foreground"),
            ]
            at += width + _GAP
        return Content.assemble(*pieces)

    def _keys(self) -> list[tuple[str, str, str]]:
        """Each key, how it is written, and what it does."""
        found: dict[str, tuple[str, str, str]] = {}
        is_text = typed_over(self.screen)
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            name = binding.id or binding.action
            wanted = binding.show if self._offered is None else name in self._offered
            shown = self.app.get_key_display(binding)
            if is_text(binding):
                continue
            if enabled and wanted and binding.description and name not in found:
                found[name] = (binding.key, shown, binding.description)
        if self._offered is None:
            return list(found.values())
        return [found[name] for name in self._offered if name in found]

    def _fitting(self, keys: list[tuple[str, str, str]]) -> list[list[tuple[str, str, str]]]:
        """Rows with as many as fit, none of them cut; the last ones before those in front of them."""
        room = self.content_region.width

        def width(row: Sequence[tuple[str, str, str]]) -> int:
            return sum(cell_len(name) + 1 + cell_len(what) + _GAP for _, name, what in row) - _GAP

        if self._roomy and room < _NARROW and width(keys) > room:
            first: list[tuple[str, str, str]] = []
            while len(keys) > 1 and width([*first, keys[0]]) <= room:
                first.append(keys.pop(0))
        else:
            first = []
        while len(keys) > 1 and width(keys) > room:
            del keys[-1 - min(self._always, len(keys) - 1)]
        return [first, keys] if first else [keys]

    def on_click(self, event: events.Click) -> None:
        """A click on a key presses it."""
        at = event.get_content_offset(self)
        if at is None:
            return
        for y, start, end, key in self._places:
            if at.y == y and start <= at.x < end:
                self.app.simulate_key(key)
