"""Showing the application: the one door from the commands to the screens."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from studytui.cli.crash import keep
from studytui.cli.exporting import write_notes
from studytui.cli.import_command import look
from studytui.cli.output import say_aside
from studytui.cli.streams import is_in_browser, locale_without_chinese

if TYPE_CHECKING:
    from studytui.session.workspace import Workspace
    from studytui.tui.app import Start


def show(workspace: Workspace, start: Start) -> int:
    """Runs the application until the learner leaves it."""
    gc.disable()  # until something is shown: nothing that is made by then is let go of
    from studytui.tui.app import StudytuiApp

    if not is_in_browser() and (sys.stdin is None or not sys.stdin.isatty()):
        # The text came through a pipe, so the keys come from the terminal itself.
        terminal = os.open("/dev/tty", os.O_RDONLY)
        os.dup2(terminal, 0)
        os.close(terminal)
    with _drawn_on_a_terminal():
        app = StudytuiApp(workspace, start, partial(write_notes, workspace), partial(look, workspace), keep)
        if (sentence := locale_without_chinese(os.environ)) is not None:
            app.notices = (sentence,)
        app.run()
    if app.not_kept is not None:
        say_aside(app.not_kept)
    if app.fault is not None:
        raise app.fault
    return app.return_code or 0


@contextmanager
def _drawn_on_a_terminal() -> Iterator[None]:
    """Textual draws on standard error. Where that is a file, or closed, it draws on standard output."""
    before = sys.__stderr__
    if not is_in_browser() and (before is None or not before.isatty()):
        sys.__stderr__ = sys.__stdout__  # type: ignore[misc]
    try:
        yield
    finally:
        sys.__stderr__ = before  # type: ignore[misc]
