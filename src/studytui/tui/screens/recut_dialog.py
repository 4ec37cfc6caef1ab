"""How a stretch of text is cut into words: the ways there are, and where the learner's choice holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.pinyin import separate
from studytui.text.words.recut import Scope, alternatives
from studytui.tui.screens.dialog import Dialog
from studytui.tui.widgets.row_list import RowList

SCOPES: tuple[tuple[Scope, str], ...] = (
    ("text", "in this text"),
    ("place", "at this place alone"),
    ("everywhere", "in every text"),
)

MOST = 12
"""Ways that are listed: the dictionary's come first, and nobody looks further."""


@dataclass(frozen=True, slots=True)
class RecutChoice:
    """What the learner chose."""

    parts: tuple[str, ...]
    """The tokens, in order."""
    scope: Scope


class MendScreen(Dialog[RecutChoice | None]):
    """Lists ways to cut a word, or a word with the next one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "scope", "Where", id="mend.scope", tooltip="Here alone, in this text, everywhere"),
        Binding("escape,q", "dismiss(None)", "Cancel", id="mend.leave"),
    ]

    DEFAULT_CSS = """
    MendScreen RowList { max-height: 14; }
    MendScreen #mend-scope { margin-top: 1; color: $text-muted; }
    """

    def __init__(self, stretches: Sequence[str], lexicon: Lexicon) -> None:
        """A choice of cuts.

        Args:
            stretches: the word under the cursor, and the word with its neighbour.
            lexicon: says which words there are, and how they are read.
        """
        super().__init__()
        self._lexicon = lexicon
        self._scope = 0
        ways = [way for stretch in stretches for way in alternatives(stretch, lexicon.__contains__)[:MOST]]
        self._ways = list(dict.fromkeys(ways))

    def compose(self) -> ComposeResult:
        """The ways, and where the choice holds."""
        with Vertical() as box:
            box.border_title = "Which words are these?"
            box.border_subtitle = "Enter chooses it, Tab says where, Esc cancels"
            yield RowList(id="mend-ways")
            yield Static(id="mend-scope", markup=False)

    def on_mount(self) -> None:
        """Lists the ways."""
        self.query_one("#mend-ways", RowList).add_options([Option(self._line(way)) for way in self._ways])
        self.query_one("#mend-ways", RowList).highlighted = 0 if self._ways else None
        self._show_scope()

    def _line(self, way: tuple[str, ...]) -> Content:
        pieces: list[Content] = []
        for part in way:
            if pieces:
                pieces.append(Content.styled(" | ", "dim"))
            entries = self._lexicon.entries(part)
            pieces.append(Content.styled(part, "bold" if entries else "dim"))
            if entries and len(way) <= 3:
                gloss = entries[0].glosses[0] if entries[0].glosses else ""
                pieces.append(Content.styled(f" {separate(entries[0].syllables)} {gloss[:24]}", "dim"))
        return Content.assemble(*pieces)

    def _show_scope(self) -> None:
        self.query_one("#mend-scope", Static).update(Content(f"It holds {SCOPES[self._scope][1]}."))

    def action_scope(self) -> None:
        """Here alone, in this text, everywhere."""
        self._scope = (self._scope + 1) % len(SCOPES)
        self._show_scope()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(RecutChoice(self._ways[event.option_index], SCOPES[self._scope][0]))
