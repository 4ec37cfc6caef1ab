"""What all boxes in the middle of the screen have in common."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, ScreenResultType

from studytui.tui.widgets.key_groups import PROGRAM


class Dialog(ModalScreen[ScreenResultType]):
    """A box over the screen that was before; whoever builds on it composes one `Vertical`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "question_mark",
            "app.toggle_help",
            "Help",
            show=False,
            key_display="?",
            id="app.help",
            group=PROGRAM,
        ),
    ]
    DEFAULT_CSS = """
    Dialog { align: center middle; }
    Dialog > Vertical {
        width: 60;
        max-width: 95%;
        height: auto;
        max-height: 95%;
        padding: 0 1;
        border: round $border;
        background: $surface;
    }
    Dialog RowList { height: auto; }
    """
