"""An application on a terminal: what it sends of a frame, and what the terminal answers."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial

from rich.console import COLOR_SYSTEMS, RenderableType
from textual.events import CursorPosition
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widgets import Input

from studytui.text.characters import printable
from studytui.tui.terminal.changed_cells import Wire, is_frame
from studytui.tui.terminal.clipboard import through
from studytui.tui.terminal.contrast import ReadableFilter
from studytui.tui.terminal.key_order import KeysInOrder
from studytui.tui.terminal.printable_filter import PrintableFilter

DRAWS_WITH = ("_driver", "_running", "_closed", "_batch_count", "_begin_update", "_end_update")
"""What our drawing needs of Textual beyond what it promises; where one is gone, Textual draws itself."""

AT_ONCE = 400
"""Characters that reach a terminal in one piece: longer frames are marked, so that none is shown half."""

ANSWERED_WITHIN = 5.0
"""Seconds to wait for a terminal to say that it has drawn a frame."""

REACTION = 0.2
"""Seconds in which nobody reacts to what is drawn: keys that come sooner were typed ahead."""


class TerminalApp(KeysInOrder):
    """Sends of each frame what has changed, and of no text what a terminal would obey."""

    def __init__(self, ambiguous_width: Callable[[], int]) -> None:
        """On a terminal that draws “ ” — … in so many cells, as the learner says; 0 asks it."""
        super().__init__()
        self._ambiguous_width = ambiguous_width
        self.is_wide = ambiguous_width() == 2
        """Whether the terminal draws “ ” — … over two cells."""
        terminal = os.environ.get("TERM", "")
        self._draws = all(hasattr(self, name) for name in DRAWS_WITH)
        self._wire = Wire(wide=self.is_wide, erases=not terminal.startswith("screen") or "TMUX" in os.environ)
        self._answers = False
        """Whether the terminal has answered a question."""
        self._unseen: list[Callable[[], None]] = []
        """What waits for the terminal to say that it has drawn a frame, the oldest first."""
        self._undrawn: list[Callable[[], object]] | None = []
        """What waits for the first frame; None once that is drawn."""
        self._ours = (ReadableFilter(), PrintableFilter())

    def ask_terminal(self) -> None:
        """Asks the terminal whether it answers, and how wide it draws; called before the first frame."""
        self._ask_width()
        self.app_resume_signal.subscribe(self, lambda _: self._wire.forget())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line goes through before it is drawn."""
        return [*super().get_line_filters(), *self._ours]

    def width_found(self) -> None:
        """The terminal has told that `is_wide` is otherwise than was thought."""

    def when_drawn(self, then: Callable[[], object]) -> None:
        """Calls once what there is to be drawn is drawn.

        At the start Textual draws in a batch, and calls what is to come after a refresh before it draws.
        """
        if self.is_headless:  # nothing is ever drawn
            then()
        elif self._undrawn is None:
            self.screen.call_after_refresh(then)
        else:
            self._undrawn.append(then)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Sends a frame as what has changed since the last one; other renderables go Textual's way."""
        if self._undrawn is not None and not (self._draws and self._batch_count):
            waiting, self._undrawn = self._undrawn, None
            for then in waiting:
                screen.call_after_refresh(then)  # and after what its widgets draw once they know their size
        frame = renderable if self._draws and is_frame(renderable) else None
        driver = self._driver if frame is not None else None
        if frame is None or driver is None or driver.is_inline:
            super()._display(screen, renderable)
            return
        if not (self._running and not self._closed and not self.is_headless) or self._batch_count:
            self.post_display_hook()
            return
        colours = COLOR_SYSTEMS[self.console.color_system or "standard"]
        sent = self._wire.sequence(frame, colours, self.size)
        cursor = self.screen.outer_size.clamp_offset(self.cursor_position)
        if isinstance(self.focused, Input):  # where an input method shows what is being typed
            sent += f"\x1b[{cursor.y + 1};{cursor.x + 1}H"
        if sent:
            whole = len(sent) > AT_ONCE
            if whole:
                self._begin_update()
            driver.write(sent)
            if whole:
                self._end_update()
            driver.flush()
        self.post_display_hook()

    def _ask_width(self) -> None:
        """Asks the terminal how wide it draws a quotation mark; one that does not answer draws one cell."""
        if self._driver is None or self.is_headless:
            return
        if self._ambiguous_width():
            self._driver.write("\x1b[6n")  # only whether it answers
            self._driver.flush()
            return
        self._driver.write("\x1b[1;1H“\x1b[6n\x1b[1;1H  ")
        self._driver.flush()

    def when_seen(self, then: Callable[[], None]) -> None:
        """Calls once what was drawn so far stands on the learner's terminal.

        What a terminal answers stands in line with what is typed: keys before the answer were pressed before
        the frame was drawn. A terminal that answers nothing is believed to show what was sent to it, and
        what comes faster than anyone reacts was typed or pasted before.
        """
        if self._driver is None or self.is_headless:
            then()
            return
        if not self._answers:
            self.set_timer(REACTION, then)
            return
        self._unseen.append(then)
        here = self.screen.outer_size.clamp_offset(self.cursor_position)
        # Asked from the last line, where no answer is taken for that about the width of a quotation mark.
        self._driver.write(f"\x1b[{self.size.height};1H\x1b[6n\x1b[{here.y + 1};{here.x + 1}H")
        self._driver.flush()
        self.set_timer(ANSWERED_WITHIN, partial(self._seen, then))

    def _seen(self, then: Callable[[], None]) -> None:
        if then in self._unseen:
            self._unseen.remove(then)
            then()

    def on_cursor_position(self, event: CursorPosition) -> None:
        """The terminal's answer: where the cursor stands, behind the quotation mark or in the last line."""
        self._answers = True
        if event.y > 0 and self._unseen:
            self._seen(self._unseen[0])
        if event.y != 0 or event.x not in (1, 2) or self._ambiguous_width():
            return
        self._wire.narrow = event.x == 1
        if self.is_wide != (event.x == 2):
            self.is_wide = self._wire.wide = event.x == 2
            self.action_redraw()
            self.width_found()

    def copy_to_clipboard(self, text: str) -> None:
        """Copies to the clipboard of the learner's terminal, also through SSH, tmux and screen (OSC 52)."""
        text = printable(text)
        super().copy_to_clipboard(text)
        if self._driver is not None:
            self._driver.write(through(os.environ, text))

    def on_unmount(self) -> None:
        """Clears the screen: a terminal that has but one (GNU screen, the Linux console) would keep it."""
        if self._driver is not None and not self.is_headless and not self._driver.is_inline:
            self._driver.write("\x1b[H\x1b[2J")

    def action_redraw(self) -> None:
        """Sends the whole screen again: something else has written on it."""
        self._wire.forget()
        self.refresh()
        self.screen.refresh()
