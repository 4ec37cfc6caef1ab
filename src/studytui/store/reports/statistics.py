"""Figures about the learner's studying, from the state alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from studytui.store.state.fold import State, last_days
from studytui.store.state.records import DayCount
from studytui.study.notes.card import Memory, split_card_id
from studytui.study.scheduling.queue import DueCount
from studytui.study.vocabulary import Status


@dataclass(frozen=True, slots=True)
class Stats:
    """What `studytui stats` shows."""

    due: int
    """Cards that the queue holds now."""
    due_in_7_days: int
    """Cards seen before that come back within 7 study days, today's first, overdue ones with them."""
    due_in_30_days: int
    forecast: tuple[int, ...]
    """Cards that come back on each of 30 study days, today (with what is overdue) first."""
    answers_today: int
    """All answers of this study day."""
    reviews_today: int
    """Answers of this study day to cards in the review phase."""
    new_today: int
    minutes_today: float
    retention: float | None
    """Of the reviews of the last 30 study days, the share that was recalled; None without reviews."""
    mature_retention: float | None
    """The same of cards with a stability of 21 days or more."""
    cards: Mapping[str, int]
    """Cards by phase: `new`, `learning`, `review`, `relearning`, and `suspended` (in none of the others)."""
    words: Mapping[Status, int]
    """Headwords by status: `learning`, `known`, `ignored`."""
    streak: int
    """Study days in a row with an answer, up to today (or yesterday, while today is still open)."""


def forecast(
    state: State, today: date, days: int = 30, aside: Container[str] = frozenset()
) -> tuple[int, ...]:
    """How many cards come back on each study day; what is overdue or in a learning step counts today.

    The cards of the notes in `aside`, by id, are not asked.
    """
    counts = [0] * days
    for card, memory in state.memories.items():
        away = max(0, (_comes(memory, today) - today).days)
        if away < days and card not in state.suspended and split_card_id(card)[0] not in aside:
            counts[away] += 1
    return tuple(counts)


def retention(days: list[DayCount]) -> tuple[float | None, float | None]:
    """The share of reviews recalled, of all cards and of mature ones."""
    reviews, mature = sum(day.reviews for day in days), sum(day.mature for day in days)
    recalled, still = sum(day.recalled for day in days), sum(day.mature_recalled for day in days)
    return (recalled / reviews if reviews else None), (still / mature if mature else None)


def streak(state: State, today: date) -> int:
    """Study days in a row with an answer, the last of them today or yesterday."""
    day = today if today in state.days else today - timedelta(days=1)
    length = 0
    while day in state.days:
        length += 1
        day -= timedelta(days=1)
    return length


def stats(
    state: State,
    today: date,
    due: int,
    new: int,
    words: Counter[Status],
    aside: Container[str] = frozenset(),
) -> Stats:
    """Every figure.

    Args:
        state: as it is folded.
        today: the study day.
        due: cards in the queue now.
        new: cards without reviews, suspended ones left out.
        words: headwords by status.
        aside: ids of the notes whose cards are not asked.
    """
    now = state.days.get(today, DayCount())
    comes = forecast(state, today, aside=aside)
    kept, mature = retention(last_days(state, today, 30))
    phases = Counter(
        memory.phase
        for card, memory in state.memories.items()
        if card not in state.suspended and not state.is_deleted(card)
    )
    return Stats(
        due=due,
        due_in_7_days=sum(comes[:7]),
        due_in_30_days=sum(comes),
        forecast=comes,
        answers_today=now.answers,
        reviews_today=now.reviews,
        new_today=now.new,
        minutes_today=now.took_ms / 60_000,
        retention=kept,
        mature_retention=mature,
        cards={
            "new": new,
            "learning": phases["learning"],
            "review": phases["review"],
            "relearning": phases["relearning"],
            "suspended": sum(not state.is_deleted(card) for card in state.suspended),
        },
        words={"learning": words["learning"], "known": words["known"], "ignored": words["ignored"]},
        streak=streak(state, today),
    )


def _comes(memory: Memory, today: date) -> date:
    return today if memory.interval is None else memory.due_day


USUAL_SECONDS = 9.0
"""Of an answer, of a learner of whom little is known."""
USUAL_ANSWERS = 3.0
"""To a new card on its first day, as `USUAL_SECONDS`: a first look and two learning steps."""
_SURE = 20
"""Answers that weigh as much as the usual ones."""
_LONGEST = 60.0
"""Seconds: whoever takes longer for an answer did something else meanwhile."""


def minutes_for(due: DueCount, days: Sequence[DayCount]) -> float:
    """About how many minutes some cards take, by the learner's own answers.

    Args:
        due: the cards.
        days: what was answered lately; all answers that are no reviews are taken to be of new cards.
    """
    answers, new = sum(day.answers for day in days), sum(day.new for day in days)
    reviews, took = sum(day.reviews for day in days), sum(day.took_ms for day in days) / 1000
    each = min(_LONGEST, (took + _SURE * USUAL_SECONDS) / (answers + _SURE))
    of_new = (answers - reviews + _SURE * USUAL_ANSWERS) / (new + _SURE)
    return each * (due.learning + due.review + due.new * of_new) / 60
