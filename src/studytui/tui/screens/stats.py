"""How it is going, in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Sparkline, Static

from studytui.errors import StudytuiError
from studytui.store.figures import groups, past_groups
from studytui.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from studytui.store.progress import CalendarDay, Progress
    from studytui.tui.app import StudytuiApp


class StatsScreen(Screen[None]):
    """Due, retention, words."""

    app: StudytuiApp

    class LookedBack(Message):
        """The journals have been read."""

        def __init__(self, progress: Progress) -> None:
            super().__init__()
            self.progress = progress

    class Unreadable(Message):
        """A journal could not be read."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    DEFAULT_CSS = """
    StatsScreen #stats-past { height: auto; }
    StatsScreen #stats-calendar { text-wrap: nowrap; }
    StatsScreen Sparkline { height: 3; max-width: 73; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,s", "app.pop_screen", "Back", id="stats.leave"),
        Binding(
            "x",
            "taken_out",
            "Cards taken out",
            id="stats.taken-out",
            tooltip="The suspended cards, to put them back",
        ),
        Binding("question_mark", "app.toggle_help", "Help", key_display="?", id="app.help"),
    ]

    def compose(self) -> ComposeResult:
        """The numbers, a group a paragraph; what must be read from the journals follows when it is there."""
        yield Static(Content.styled("Statistics", "bold"), id="stats-header", markup=False)
        with VerticalScroll(id="stats-body"):
            stats = self.app.collection.stats()
            yield Static(_groups(groups(stats)), markup=False)
            yield from _plot("Cards that come back, the next 30 days", stats.forecast)
            yield Vertical(id="stats-past")
        yield KeyBar()

    def action_taken_out(self) -> None:
        """Lists the suspended cards."""
        from studytui.tui.screens.taken_out import TakenOutScreen

        self.app.push_screen(TakenOutScreen())

    def on_mount(self) -> None:
        """Begins to read the journals."""
        self._look_back()

    @work(thread=True, exclusive=True)
    def _look_back(self) -> None:
        try:
            progress = self.app.collection.progress()
        except StudytuiError as error:
            self.post_message(self.Unreadable(str(error)))
        else:
            self.post_message(self.LookedBack(progress))

    def on_stats_screen_unreadable(self, event: Unreadable) -> None:
        """Says what is wrong where the figures would be."""
        self.query_one("#stats-past").mount(Static(Content(event.sentence), markup=False))

    def on_stats_screen_looked_back(self, event: LookedBack) -> None:
        """Shows the year."""
        told = event.progress
        titles = {text.id: text.title for text in self.app.collection.texts()}
        past = self.query_one("#stats-past", Vertical)
        past.mount(Static(_calendar(told.calendar), id="stats-calendar", markup=False))
        past.mount(*_plot("Minutes a day, the last year", [day.minutes for day in told.calendar]))
        past.mount(*_plot(f"Words known, the last year: {told.known[0]} to {told.known[-1]}", told.known))
        past.mount(Static(_groups(past_groups(told, titles)), markup=False))


def _groups(told: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> Content:
    lines: list[Content] = []
    for group, rows in told:
        if not rows:
            continue
        lines += [Content(""), Content.styled(group, "bold")]
        lines += [Content(f"  {_padded(name, 28)}{value:>16}") for name, value in rows]
    return Content("\n").join(lines[1:])


def _padded(name: str, width: int) -> str:
    """A name and spaces, so many cells together at least."""
    return name + " " * max(1, width - cell_len(name))


def _plot(title: str, values: Sequence[float]) -> tuple[Widget, ...]:
    """A series as a line of bars; nothing if there is nothing in it."""
    if not any(values):
        return ()
    return Static(Content.styled(f"\n{title}", "bold"), markup=False), Sparkline(values)


def _calendar(days: Sequence[CalendarDay]) -> Content:
    """The year as weeks side by side, Monday at the top; the darker a day, the more was answered.

    Letters tell it apart too, for terminals without colours and eyes that do not see them.
    """
    most = max((day.answers for day in days), default=0)
    done = sum(day.answers for day in days)
    open_days = sum(day.answers > 0 for day in days)
    title = f"The last year: {done} answers on {open_days} day{'' if open_days == 1 else 's'}"
    rows: list[list[Content]] = [[] for _ in range(7)]
    for number in range(days[0].day.weekday() if days else 0):
        rows[number].append(Content(" "))
    for day in days:
        step = 0 if not day.answers else 1 + min(3, 4 * day.answers // (most + 1))
        rows[day.day.weekday()].append(
            Content.styled(
                ".-+x#"[step],
                ("$text-muted", "$success-darken-2", "$success", "$success", "bold $success")[step],
            )
        )
    return Content("\n").join(
        [Content.styled(f"\n{title}", "bold"), *(Content("").join(row) for row in rows)]
    )
