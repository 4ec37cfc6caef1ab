"""How it is going, in numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from studytui.errors import StudytuiError
from studytui.session.figures import groups, how_it_goes, past_groups, progress_of, stats_of
from studytui.study.scheduling.optimiser import ENOUGH, is_installed
from studytui.tui.plots import MONTHS, bars, day_ticks, month_ticks, shares, spans
from studytui.tui.widgets.key_bar import KeyBar
from studytui.tui.widgets.key_groups import LEARN, PROGRAM
from studytui.wording import hsk_name, many

if TYPE_CHECKING:
    from studytui.store.reports.progress import CalendarDay, Progress
    from studytui.tui.host import Host


_WIDE = 100
"""Cells from which figures and plots stand beside each other."""
_FIGURES = 42
"""Cells of the column of figures there."""
WIDEST = 110
"""Cells beyond which a plot is no easier to read."""


class StatsScreen(Screen[None]):
    """Due, retention, words."""

    app: Host

    _enough = False
    """Whether there are reviews enough to fit a schedule to."""

    class LookedBack(Message):
        """The journals have been read."""

        def __init__(self, progress: Progress, levels: Mapping[int, tuple[float, float]]) -> None:
            super().__init__()
            self.progress = progress
            self.levels = levels
            """Level of HSK 3.0 -> between which shares, 0 to 1, of its words are known."""

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
    StatsScreen #stats-columns { height: auto; layout: vertical; }
    StatsScreen.-wide #stats-columns { layout: horizontal; }
    StatsScreen #stats-now, StatsScreen #stats-past, StatsScreen #stats-words { height: auto; }
    StatsScreen.-wide #stats-now { width: 42; padding: 0 2 0 0; }
    StatsScreen.-wide #stats-past { width: 1fr; }
    StatsScreen #stats-told { height: auto; }
    StatsScreen .plot { text-wrap: nowrap; height: auto; }
    """

    SIGNS: ClassVar[Sequence[tuple[str, str]]] = (
        ("retention", "the share of the reviews at which you still knew the card"),
        ("young, mature", "cards that hold for less than 21 days, and for longer"),
        ("░▒▓█", "few to many answers on a day"),
        ("suspended", "asked no more until you put it back"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,S", "app.pop_screen", "Back", id="stats.leave", group=PROGRAM),
        Binding(
            "at",
            "taken_out",
            "Suspended cards",
            key_display="@",
            id="stats.taken-out",
            group=LEARN,
            tooltip="The suspended cards, to put them back",
        ),
        Binding(
            "F",
            "fit",
            "Fit the schedule",
            id="stats.fit",
            group=LEARN,
            tooltip="Fit the schedule to your own reviews; it is adopted only if it predicts them better",
        ),
    ]

    def compose(self) -> ComposeResult:
        """The numbers, a group a paragraph; what must be read from the journals follows when it is there."""
        yield Static(Content.styled("Statistics", "bold"), id="stats-header", markup=False)
        with VerticalScroll(id="stats-body"):
            stats = stats_of(self.app.collection)
            yield Static(Content.styled(how_it_goes(stats), "bold"), id="stats-told", markup=False)
            with Container(id="stats-columns"):
                with Vertical(id="stats-now"):
                    yield Static(Content.assemble("\n", _groups(groups(stats))), markup=False)
                    yield Static("", id="stats-words", markup=False)
                with Vertical(id="stats-past"):
                    today = self.app.collection.days.day(self.app.collection.now())
                    ticks = day_ticks(today, len(stats.forecast), today)
                    yield from self._plot("Cards that come back, the next 30 days", stats.forecast, ticks)
        yield KeyBar()

    def _plot(
        self, title: str, values: Sequence[float], ticks: Sequence[tuple[int, str]]
    ) -> tuple[Static, ...]:
        """A series as bars over an axis; nothing if there is nothing in it."""
        return _plotted(title, bars(values, ticks, self._width)) if any(values) else ()

    @property
    def _width(self) -> int:
        """Cells that a plot may take: the screen less its scroll bar and edges."""
        left = _FIGURES if self.app.size.width >= _WIDE else 0
        return max(36, min(WIDEST, self.app.size.width - 6 - left))

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
            progress = progress_of(self.app.collection)
            levels = self.app.workspace.known_by_level()
        except StudytuiError as error:
            self.post_message(self.Unreadable(str(error)))
        else:
            self.post_message(self.LookedBack(progress, levels))

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
        titles = self.app.collection.library.titles()
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
        levels = [(hsk_name(level), *between) for level, between in event.levels.items()]
        past.mount(
            *_plotted("Words known of each level, by all that is known of you", spans(levels, self._width))
        )
        self.query_one("#stats-words", Static).update(
            Content.assemble("\n", _groups(past_groups(told, titles)))
        )
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
        from studytui.session.fitted_schedule import costs, fit_schedule, fitted, told_costs

        collection = self.app.collection
        try:
            lines = [fitted(fit_schedule(collection))]
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
        for name, value in rows:
            room = _LINE - 3 - cell_len(value)
            lines.append(Content(f"  {_padded(_cut(name, room), room + 1)}{value}"))
    return Content("\n").join(lines[1:])


def _padded(name: str, width: int) -> str:
    """A name and spaces, so many cells together at least."""
    return name + " " * max(1, width - cell_len(name))


def _cut(name: str, room: int) -> str:
    """A name that leaves room for its figure."""
    return name if cell_len(name) <= room else f"{set_cell_size(name, room - 1).rstrip()}…"


_LINE = 38
"""Cells of a line of figures: a terminal of 45 has room for it."""


def _calendar(days: Sequence[CalendarDay]) -> Content:
    """The year as weeks side by side, Monday at the top; the darker a day, the more was answered.

    Shades tell it apart too, for terminals without colours and eyes that do not see them.
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
        step = -(-4 * day.answers // most) if day.answers else 0
        row.append(Content.styled(SHADES[step], STYLES[step]))
    # From how many answers on a day has each shade; of few answers some shades stand for nothing.
    begins = {step: (step - 1) * most // 4 + 1 for step in (1, 2, 3)} if most >= 4 else {}
    told = [(SHADES[step], STYLES[step], f"from {count}") for step, count in begins.items()]
    legend = Content("    ") + Content("  ").join(
        Content.assemble(Content.styled(shade, style), Content.styled(f" {what}", "dim"))
        for shade, style, what in (
            (SHADES[0], STYLES[0], "none"),
            *told,
            (SHADES[4], STYLES[4], f"up to {most}"),
        )
    )
    lines = [
        Content.styled(f"\n{title}", "bold"),
        Content.styled("    " + "".join(months).rstrip(), "dim"),
        *(Content("").join(row) for row in rows),
    ]
    return Content("\n").join([*lines, legend] if most else lines)


SHADES = "·░▒▓█"

STYLES = ("$text-muted", "$success-darken-2", "$success", "$success", "bold $success")
