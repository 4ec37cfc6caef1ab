"""The cards that were taken out of the reviews, to be put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from studytui.study.language.gloss import in_a_line
from studytui.text.script import to_script
from studytui.tui.host import CollectionChanged
from studytui.tui.widgets.key_bar import KeyBar
from studytui.tui.widgets.key_groups import PROGRAM
from studytui.tui.widgets.row_list import RowList
from studytui.wording import many

if TYPE_CHECKING:
    from studytui.store.card_changes import TakenOut
    from studytui.tui.host import Host

REASONS = {"leech": "a leech", "by hand": "by you", "deleted": "deleted in Anki"}


class TakenOutScreen(Screen[None]):
    """Suspended cards, a row each."""

    app: Host

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,at", "app.pop_screen", "Back", id="taken-out.leave", group=PROGRAM),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._cards: tuple[TakenOut, ...] = ()

    def compose(self) -> ComposeResult:
        """How many, which, and what Enter does."""
        yield Static(id="taken-out-header", markup=False)
        yield RowList(id="taken-out-list")
        yield KeyBar()

    def on_mount(self) -> None:
        """Lists them."""
        self.query_one(KeyBar).offer(("list.open", "app.undo", "taken-out.leave", "app.help"))
        self._fill()

    @on(CollectionChanged)
    def _show_again(self) -> None:
        self._fill()

    def on_resize(self) -> None:
        """Fits the columns to the width."""
        self._fill()

    def _fill(self) -> None:
        self._cards = self.app.collection.cards.taken_out()
        count = len(self._cards)
        told = f"{many(count, 'card')}; Enter puts one back" if count else "none"
        self.query_one("#taken-out-header", Static).update(
            Content.assemble(Content.styled("Suspended cards", "bold"), Content.styled(f"  {told}", "dim"))
        )
        rows = self.query_one("#taken-out-list", RowList)
        highlighted = rows.highlighted or 0
        rows.clear_options()
        rows.add_options([Option(self._line(card)) for card in self._cards])
        rows.highlighted = min(highlighted, count - 1) if count else None
        rows.focus()

    def _line(self, card: TakenOut) -> Content:
        width = max(30, self.size.width - 4)
        wide = min(width // 4, max(cell_len(each.headword) for each in self._cards) + 2)
        times = f", forgotten {card.lapses}×" if card.lapses else ""
        written = to_script(self.app.collection.config.script)
        why = f"{REASONS.get(card.why, card.why)}{times}"
        room = max(0, width - wide - 13 - cell_len(why) - 2)
        return Content.assemble(
            Content.styled(set_cell_size(written(card.headword), wide), "bold"),
            Content(f"{card.template:<13}"),
            Content.styled(set_cell_size(in_a_line(card.glosses), room), "dim"),
            Content(f"  {why}"),
        )

    @on(OptionList.OptionSelected)
    def _put_back(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        card = self._cards[event.option_index]
        with self.app.telling():
            self.app.collection.cards.unsuspend(card.card)
            self.app.say(f"{card.headword} ({card.template}) is asked again.")
        self._fill()
