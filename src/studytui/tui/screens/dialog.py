"""What all boxes in the middle of the screen have in common."""

from __future__ import annotations

from textual.screen import ModalScreen, ScreenResultType


class Dialog(ModalScreen[ScreenResultType]):
    """A box over the screen that was before; whoever builds on it composes one `Vertical`."""

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
