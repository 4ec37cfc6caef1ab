"""Which words the learner knows already: a level, once, instead of a mark on each word."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from studytui.tui.screens.dialog import Dialog
from studytui.tui.widgets.row_list import RowList
from studytui.wording import hsk_name

WORDS = (0, 500, 1272, 2245, 3245, 4316, 5456, 11092)
"""Words up to each level of the standard of 2021 (GF 0025-2021); the last is that of levels 7 to 9."""


class LevelScreen(Dialog[int | Literal["placement"] | None]):
    """Asks for a level of HSK 3.0, 0 for none, or for a placement; None if the learner leaves it as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(level), f"take({level})", show=False, id=f"level.{level}")
            for level in range(len(WORDS))
        ),
        Binding("8", "dismiss('placement')", "Find out", id="level.placement"),
        Binding("escape,q", "dismiss(None)", "Cancel", id="level.leave"),
    ]

    DEFAULT_CSS = """
    LevelScreen RowList { margin: 1 0; }
    LevelScreen Static { height: auto; color: $text-muted; }
    """

    def __init__(
        self,
        level: int,
        title: str = "Which words do you already know?",
        keys: str = "Enter chooses it, Esc cancels",
    ) -> None:
        """Asks for a level, from the one that holds; `title` and `keys` say what for and how."""
        super().__init__()
        self._level = level
        self._title = title
        self._keys_told = keys

    def compose(self) -> ComposeResult:
        """The levels, and what choosing one does."""
        with Vertical() as box:
            box.border_title = self._title
            box.border_subtitle = self._keys_told
            yield RowList(id="levels")
            yield Static(
                "Words up to this level count as known until you mark or learn them."
                " You can come back and choose another. Finding out asks some forty words, known or not: it"
                " takes two minutes and says more than a level.",
                markup=False,
            )

    def on_mount(self) -> None:
        """Lists the levels."""
        levels = self.query_one("#levels", RowList)
        levels.add_options([Option(_line(level)) for level in range(len(WORDS))])
        found_out = Content.styled(f"{len(WORDS)}  {'not sure':<12}", "bold")
        levels.add_option(
            Option(Content.assemble(found_out, Content.styled("Find out in two minutes", "dim")))
        )
        levels.highlighted = self._level

    def action_take(self, level: int) -> None:
        """Takes a level by its number."""
        self.dismiss(level)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_index if event.option_index < len(WORDS) else "placement")


def _line(level: int) -> Content:
    if level == 0:
        return Content.assemble(
            Content.styled(f"0  {'none':<12}", "bold"), Content.styled("I am just beginning", "dim")
        )
    name = hsk_name(level)
    return Content.assemble(
        Content.styled(f"{level}  {name:<12}", "bold"), Content.styled(f"{WORDS[level]:,} words", "dim")
    )
