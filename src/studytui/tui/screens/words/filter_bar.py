"""The standings of the learner's words in a line, with how many have each: a click asks for those only."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from studytui.errors import full_stop
from studytui.session.words.word_query import STANDINGS


class FilterBar(Static):
    """As many of the standings as there is room for, those that are asked for marked."""

    class Chosen(Message):
        """A standing was clicked."""

        def __init__(self, standing: str) -> None:
            super().__init__()
            self.standing = standing

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._places: list[tuple[int, int, str]] = []
        """Where in the line each standing stands, in cells."""

    def say(self, unclear: str) -> None:
        """Says instead what of a search was not understood."""
        self._places = []
        self.update(Content.styled(full_stop(unclear), "$text-warning"), layout=False)

    def show(self, counts: Mapping[str, int], asked: Collection[str], width: int) -> None:
        """Shows how many words have each standing, and which are asked for, in a line of so many cells."""
        self._places = []
        pieces: list[Content] = []
        at = 0
        for number, standing in enumerate(STANDINGS, 1):
            on_ = standing in asked
            if not (count := counts.get(standing, 0)) and not on_:
                continue
            text = f"{number} {standing} ({count:,})"
            if at + cell_len(text) > width:
                break
            self._places.append((at, at + cell_len(text), standing))
            pieces += [Content.styled(text, "bold reverse" if on_ else ""), Content("  ")]
            at += cell_len(text) + 2
        self.update(Content.assemble(*pieces), layout=False)

    def on_click(self, event: events.Click) -> None:
        """Tells which standing was clicked."""
        place = event.get_content_offset(self)
        for start, end, standing in self._places:
            if place is not None and start <= place.x < end:
                self.post_message(self.Chosen(standing))
