"""Of what any widget draws, nothing reaches a terminal that a terminal would obey."""

from __future__ import annotations

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from studytui.text.characters import is_unsafe


class PrintableFilter(LineFilter):
    """Replaces what is unsafe in lines that are about to be drawn."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line, as many cells wide as they were."""
        return [
            Segment(_printable(each.text), each.style) if is_unsafe(each.text) else each for each in segments
        ]


def _printable(text: str) -> str:
    """What takes no cell goes, so that the others stay in theirs."""
    return "".join(
        ("�" if get_character_cell_size(each) else "") if is_unsafe(each) else each for each in text
    )
