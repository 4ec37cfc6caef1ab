"""How it is going, in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from studytui.store.figures import groups

if TYPE_CHECKING:
    from studytui.tui.app import StudytuiApp


class StatsScreen(Screen[None]):
    """Due, retention, words."""

    app: StudytuiApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,s", "app.pop_screen", "Back", id="stats.leave"),
        Binding("question_mark", "app.toggle_help", "Help", key_display="?", id="app.help"),
    ]

    def compose(self) -> ComposeResult:
        """The numbers, a group a paragraph."""
        yield Static(Content.styled("Statistics", "bold"), id="stats-header", markup=False)
        with VerticalScroll(id="stats-body"):
            yield Static(self._numbers(), markup=False)
        yield Footer(show_command_palette=False)

    def _numbers(self) -> Content:
        lines: list[Content] = []
        for group, rows in groups(self.app.collection.stats()):
            if lines:
                lines.append(Content(""))
            lines.append(Content.styled(group, "bold"))
            lines += [Content(f"  {name:<28}{value:>16}") for name, value in rows]
        return Content("\n").join(lines)
