"""What today holds: what is due and how long that takes, the last days, and those to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from studytui.store.collection import Collection
from studytui.store.reports.statistics import forecast, minutes_for, streak
from studytui.store.state.fold import last_days
from studytui.study.scheduling.queue import DueCount, Room

WEEK = 7
"""Study days that are shown, of those past (today's with them) and of those to come."""


@dataclass(frozen=True, slots=True)
class TodayPage:
    """A study day at a glance."""

    day: date
    """The study day."""
    due: DueCount
    """What the queue holds now."""
    minutes: float
    """About how long that takes this learner."""
    new_left: int
    """New cards that the day's limit still lets in."""
    answers: tuple[int, ...]
    """Answers on each of the last study days, today's last."""
    streak: int
    """Study days in a row with an answer, the last of them today or yesterday."""
    comes: tuple[int, ...]
    """Cards seen before that come back on each of the next study days, tomorrow's first; none while that is
    not known."""


def today_page(collection: Collection, due: DueCount, comes: tuple[int, ...] = ()) -> TodayPage:
    """The page of the study day that it is now; its figures are those of `figures.stats_of`.

    Args:
        collection: the learner's.
        due: what is due of all texts, as `Collection.due_counts` has it.
        comes: as `days_to_come` has it; where there are very many cards, that takes a moment.
    """
    state, day = collection.state, collection.study_day()
    now = state.days.get(day)
    room = Room.after(collection.config.limits, now.new if now else 0, now.reviews if now else 0)
    return TodayPage(
        day,
        due,
        minutes_for(due, last_days(state, day, 30)),
        room.new,
        tuple(each.answers for each in last_days(state, day, WEEK)),
        streak(state, day),
        comes,
    )


def days_to_come(collection: Collection) -> tuple[int, ...]:
    """See `TodayPage.comes`."""
    with collection.changes.turn:
        aside = collection.words.set_aside()
        return forecast(collection.state, collection.study_day(), WEEK + 1, aside)[1:]
