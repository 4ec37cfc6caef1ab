"""The two frames on top of the home screen: what today holds, and the text to go on with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from textual.content import Content

from studytui.session.library import LibraryText, TextFigures, level_of
from studytui.session.today import TodayPage
from studytui.tui.header import percent
from studytui.tui.widgets.wrapped_text import EntryLine, rows_of
from studytui.wording import hsk_name, many, share_span

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_BARS = "▁▂▃▄▅▆▇█"
_NOTHING = "·"


@dataclass(frozen=True, slots=True)
class Hint:
    """A key, and what it does here."""

    key: str
    what: str
    first: bool = False
    """Whether it is the obvious next one."""

    @property
    def content(self) -> Content:
        """As it is shown."""
        style = "$text-primary bold" if self.first else "bold"
        return Content.assemble(Content.styled(self.key, style), f" {self.what}")


def justified(left: Content, right: Content, width: int) -> Content:
    """A line with something at both ends; the left end gives way."""
    room = width - right.cell_length - 2
    if room < 1:
        return right.truncate(width, ellipsis=True)
    left = left.truncate(room, ellipsis=True)
    return Content.assemble(left, " " * (width - left.cell_length - right.cell_length), right)


def strip(answers: Sequence[int]) -> str:
    """A bar for each day, as high as its share of the busiest one; a dot where nothing was answered."""
    most = max(answers, default=0)
    return "".join(_BARS[(len(_BARS) * count - 1) // most] if count else _NOTHING for count in answers)


def minutes(count: float) -> str:
    """`about 6 minutes`, `under a minute`."""
    return "under a minute" if count < 0.75 else f"about {many(round(count), 'minute')}"


def to_come(page: TodayPage, width: int) -> str:
    """What comes back on the next days, as many of them as there is room for: `Sun 12  Mon 8`."""
    told = ""
    if not any(page.comes):
        return told
    for away, count in enumerate(page.comes, 1):
        name = DAY_NAMES[(page.day + timedelta(days=away)).weekday()]
        longer = f"{told}{'  ' if told else ''}{name} {count}"
        if len(longer) > width:
            break
        told = longer
    return told


def in_a_row(page: TodayPage) -> str:
    """How many days in a row there were answers; empty where that is nothing to speak of."""
    return f"{page.streak} days in a row" if page.streak > 1 else ""


def due_told(page: TodayPage) -> Content:
    """How much is due, and how long that takes."""
    if page.due.total:
        due = Content.styled(f"{page.due.total:,} due", "$text-warning bold")
        return Content.assemble(due, f"   {minutes(page.minutes)}")
    return Content.styled("Nothing is due", "bold")


def today_frame(page: TodayPage, hints: Sequence[Hint], width: int) -> list[Content]:
    """The lines of the frame on a wide screen."""
    first, *others = [hint.content for hint in hints] or [Content("")]
    reviews = page.due.review + page.due.learning
    kinds = f"{reviews:,} to review, {page.due.new:,} new; " if page.due.total else ""
    days = [page.day - timedelta(days=back) for back in range(len(page.answers) - 1, -1, -1)]
    names = " ".join(DAY_NAMES[day.weekday()][0] for day in days)
    past = Content.assemble(
        Content.styled(" ".join(strip(page.answers)), "$text-success"), f"    {in_a_row(page)}"
    )
    coming = to_come(page, width - 6)
    return [
        justified(due_told(page), first, width),
        Content.styled(f"{kinds}{_new_left(page)}", "dim"),
        Content(""),
        Content.styled(names, "dim"),
        justified(past, Content("").join(others[:1]), width),
        Content(""),
        Content.assemble(Content.styled("next  ", "dim"), coming) if coming else Content(""),
    ]


def _new_left(page: TodayPage) -> str:
    return f"{many(page.new_left, 'new card')} left today"


def today_lines(page: TodayPage, hints: Sequence[Hint], width: int) -> list[Content]:
    """The two lines on a screen that is not wide."""
    first, *others = [hint.content for hint in hints] or [Content("")]
    left = due_told(page)
    more = Content.assemble(left, Content.styled(f"   {_new_left(page)}", "dim"))
    if more.cell_length + first.cell_length + 2 <= width:
        left = more
    bars = Content.styled(" ".join(strip(page.answers)), "$text-success")
    past = Content.assemble(bars, Content.styled(f"   {in_a_row(page)}", "dim"))
    if others and past.cell_length + others[0].cell_length + 2 > width:
        past = bars  # a key is to be read whole
    if others:
        return [justified(left, first, width), justified(past, others[0], width)]
    coming = to_come(page, min(34, width - past.cell_length - 8))
    right = Content.styled(f"next {coming}" if coming else "", "dim")
    return [justified(left, first, width), justified(past, right, width)]


@dataclass(frozen=True, slots=True)
class NextText:
    """The text to go on with, or to begin."""

    text: LibraryText
    figures: TextFigures | None
    """None while it is not counted."""
    line: str
    """What comes next in it; empty while that is not known."""

    @property
    def begun(self) -> bool:
        """Whether some of it was read."""
        return self.text.place is not None


def read_told(found: TextFigures | None) -> str:
    """How much of a text is read: `42 %`, `done`, or nothing."""
    if found is None or found.read is None:
        return ""
    return "done" if found.read >= 1 else f"{percent(int(found.read * 1000), 1000)} %"


def level_told(text: LibraryText, found: TextFigures | None) -> str:
    """The level of a text: `HSK 4`, or `~HSK 4` where its words tell it."""
    level = level_of(text, found)
    return "" if level is None else f"{'' if text.deck is not None else '~'}{hsk_name(level)}"


def _facts(found: NextText) -> list[str]:
    facts = [level_told(found.text, found.figures), read_told(found.figures)]
    if found.figures is not None:
        facts.append(f"known {share_span(found.figures.low, found.figures.high)} %")
        facts.append(f"{many(found.figures.new, 'new word')}")
    return [fact for fact in facts if fact]


def next_frame(found: NextText, hint: Hint, width: int, height: int) -> list[Content]:
    """The lines of the frame on a wide screen, `height` of them."""
    level, *rest = [*_facts(found), ""]
    title = justified(Content.styled(found.text.title, "bold"), Content.styled(level, "dim"), width)
    passage = rows_of([EntryLine(Content(found.line))], width)[: height - 4] if found.line else []
    lines = [title, *passage]
    lines += [Content("")] * (height - 2 - len(lines))
    return [*lines, Content(""), justified(Content.styled("   ".join(rest), "dim"), hint.content, width)]


def next_lines(found: NextText, hint: Hint, width: int) -> list[Content]:
    """The two lines on a screen that is not wide."""
    facts = "   ".join(_facts(found)[:2] if width < 60 else _facts(found))
    title = Content.assemble(Content.styled(found.text.title, "bold"), Content.styled(f"   {facts}", "dim"))
    line = Content(found.line).truncate(width, ellipsis=True)
    return [justified(title, hint.content, width), line]


def day_told(day: date, months: Sequence[str]) -> str:
    """`Sat 28 Nov`, whatever the machine's language."""
    return f"{DAY_NAMES[day.weekday()]} {day.day} {months[day.month - 1]}"
