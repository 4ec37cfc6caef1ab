"""How it is going, in numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from studytui.errors import StudytuiError
from studytui.session.figures import groups, past_groups
from studytui.study.scheduling.optimiser import ENOUGH, is_installed
from studytui.tui.plots import MONTHS, bars, day_ticks, month_ticks, shares
from studytui.tui.widgets.key_bar import KeyBar
from studytui.wording import many

if TYPE_CHECKING:
    from studytui.store.reports.progress import CalendarDay, Progress
    from studytui.tui.host import Host


WIDEST = 110
"""Cells beyond which a plot is no easier to read."""


class StatsScreen(Screen[None]):
    """Due, retention, words."""

    app: Host

    _enough = False
    """Whether there are reviews enough to fit a schedule to."""

    class LookedBack(Message):
        """The journals have been read."""

        def __init__(self, progress: Progress) -> None:
            super().__init__()
            self.progress = progress

    class Fitted(Message):
        """The schedule was fitted, or was not."""

        def __init__(self, sentences: str) -> None:
            super().__init__()
            self.sentences = sentences

    class Unreadable(Message):
        """A journal could not be read."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    DEFAULT_CSS = """
    StatsScreen #stats-past { height: auto; }
    StatsScreen .plot { text-wrap: nowrap; height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,S", "app.pop_screen", "Back", id="stats.leave"),
        Binding(
            "at",
            "taken_out",
            "Suspended cards",
            key_display="@",
            id="stats.taken-out",
            tooltip="The suspended cards, to put them back",
        ),
        Binding(
            "F",
            "fit",
            "Fit the schedule",
            id="stats.fit",
            tooltip="Fit the schedule to your own reviews; it is adopted only if it predicts them better",
        ),
    ]

    def compose(self) -> ComposeResult:
        """The numbers, a group a paragraph; what must be read from the journals follows when it is there."""
        yield Static(Content.styled("Statistics", "bold"), id="stats-header", markup=False)
        with VerticalScroll(id="stats-body"):
            stats = self.app.collection.stats()
            yield Static(_groups(groups(stats)), markup=False)
            today = self.app.collection.days.day(self.app.collection.now())
            ticks = day_ticks(today, len(stats.forecast), today)
            yield from self._plot("Cards that come back, the next 30 days", stats.forecast, ticks)
            yield Vertical(id="stats-past")
        yield KeyBar()

    def _plot(
        self, title: str, values: Sequence[float], ticks: Sequence[tuple[int, str]]
    ) -> tuple[Static, ...]:
        """A series as bars over an axis; nothing if there is nothing in it."""
        return _plotted(title, bars(values, ticks, self._width)) if any(values) else ()

    @property
    def _width(self) -> int:
        """Cells that a plot may take: the screen less its scroll bar and edges."""
        return max(40, min(WIDEST, self.app.size.width - 6))

    def action_taken_out(self) -> None:
        """Lists the suspended cards."""
        from studytui.tui.screens.suspended_cards import TakenOutScreen

        self.app.push_screen(TakenOutScreen())

    def on_mount(self) -> None:
        """Begins to read the journals."""
        self.query_one(KeyBar).offer(("stats.fit", "stats.taken-out", "stats.leave", "app.help"))
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
        if not self.is_attached:
            return  # the learner is on the way out
        self.query_one("#stats-past").mount(Static(Content(event.sentence), markup=False))

    def on_stats_screen_looked_back(self, event: LookedBack) -> None:
        """Shows the year."""
        if not self.is_attached:
            return
        told = event.progress
        titles = self.app.collection.titles()
        past = self.query_one("#stats-past", Vertical)
        past.mount(Static(_calendar(told.calendar), id="stats-calendar", classes="plot", markup=False))
        month = told.calendar[-30:]
        ticks = day_ticks(month[0].day, len(month), month[-1].day)
        past.mount(*self._plot("Answers a day, the last 30 days", [day.answers for day in month], ticks))
        past.mount(*self._plot("Minutes a day, the last 30 days", [day.minutes for day in month], ticks))
        ticks = month_ticks(told.calendar[0].day, len(told.calendar))
        past.mount(
            *self._plot(f"Words known, the last year: {told.known[0]} to {told.known[-1]}", told.known, ticks)
        )
        if kept := list(_retention(told)):
            past.mount(*_plotted("Recalled, by maturity", shares(kept, self._width)))
        past.mount(Static(_groups(past_groups(told, titles)), markup=False))
        past.mount(Static(self._offer(told.spaced), id="stats-schedule", markup=False))
        self._enough = told.spaced >= ENOUGH
        self.refresh_bindings()

    def _offer(self, reviews: int) -> Content:
        """Whether a schedule of one's own can be had by now."""
        if reviews < ENOUGH:
            told = f"From {ENOUGH} reviews of earlier days on, it can be fitted to you: {reviews} so far."
        elif not is_installed():
            told = f"It can be fitted to your {reviews} reviews: install `studytui[optimiser]`."
        elif self.app.collection.state.weights is None:
            told = f"It can be fitted to your {reviews} reviews: press F."
        else:
            told = f"It is fitted to you; press F to fit it to all {reviews} reviews."
        return Content.assemble(Content.styled("\nSchedule\n", "bold"), f"  {told}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A schedule is offered once there are reviews enough."""
        return self._enough and is_installed() if action == "fit" else True

    @work(thread=True, exclusive=True, group="fit")
    def action_fit(self) -> None:
        """Fits the schedule, and says in a line what came of it and what a retention costs."""
        from studytui.session.fitted_schedule import costs, fitted, told_costs

        collection = self.app.collection
        try:
            lines = [fitted(collection.optimise())]
            lines.append(told_costs(costs(collection), collection.config.desired_retention))
        except StudytuiError as error:
            lines = [str(error)]
        self.post_message(self.Fitted("\n".join(lines)))

    def on_stats_screen_fitted(self, event: Fitted) -> None:
        """Says it where it was offered."""
        schedule = self.query_one("#stats-schedule", Static)
        schedule.update(Content.assemble(Content.styled("\nSchedule\n", "bold"), event.sentences))
        schedule.scroll_visible()


def _plotted(title: str, plot: str) -> tuple[Static, ...]:
    return (
        Static(Content.styled(f"\n{title}", "bold"), markup=False),
        Static(Content.styled(plot, "$success"), classes="plot", markup=False),
    )


def _retention(told: Progress) -> Iterator[tuple[str, float]]:
    """What share of the reviews was recalled, by the card's maturity and over some spans."""
    for span in told.retention:
        name = "a year" if span.days > 30 else f"{span.days} days"
        if span.young:
            yield f"young, {name}", span.young_recalled / span.young
        if span.mature:
            yield f"mature, {name}", span.mature_recalled / span.mature


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


def _calendar(days: Sequence[CalendarDay]) -> Content:
    """The year as weeks side by side, Monday at the top; the darker a day, the more was answered.

    Letters tell it apart too, for terminals without colours and eyes that do not see them.
    """
    most = max((day.answers for day in days), default=0)
    done = sum(day.answers for day in days)
    open_days = sum(day.answers > 0 for day in days)
    title = f"The last year: {done} answers on {many(open_days, 'day')}"
    rows = [[Content.styled(f"{name:<4}", "dim")] for name in ("Mon", "", "Wed", "", "Fri", "", "Sun")]
    months = [" "] * 60
    for number in range(days[0].day.weekday() if days else 0):
        rows[number].append(Content(" "))
    for day in days:
        row = rows[day.day.weekday()]
        column = len(row) - 1
        if day.day.day == 1 and column < 50:
            months[column : column + 3] = MONTHS[day.day.month - 1]
        step = 0 if not day.answers else 1 + min(3, 4 * day.answers // (most + 1))
        row.append(Content.styled(SHADES[step], STYLES[step]))
    least = max(1, -(-most // 4))
    legend = Content.assemble(
        Content.styled("    . none  ", "dim"),
        *(
            Content.assemble(Content.styled(SHADES[step], STYLES[step]), Content.styled(f" {told}  ", "dim"))
            for step, told in (
                (1, "few"),
                (2, f"from {least}"),
                (3, f"from {2 * least}"),
                (4, f"up to {most}"),
            )
        ),
    )
    lines = [
        Content.styled(f"\n{title}", "bold"),
        Content.styled("    " + "".join(months).rstrip(), "dim"),
        *(Content("").join(row) for row in rows),
    ]
    return Content("\n").join([*lines, legend] if most else lines)


SHADES = ".-+x#"

STYLES = ("$text-muted", "$success-darken-2", "$success", "$success", "bold $success")
