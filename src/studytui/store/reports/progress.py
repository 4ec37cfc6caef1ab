"""How studying goes over the months, from the journals: a calendar, retention by maturity, words known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from studytui.store.journal import journal
from studytui.store.journal.events import Event, Marked, Reviewed
from studytui.store.locations import Locations
from studytui.store.state.fold import DayCount, State, last_days
from studytui.study.notes.card import split_card_id
from studytui.study.scheduling.optimiser import spaced
from studytui.study.scheduling.scheduler import Answered, Scheduler
from studytui.study.scheduling.study_day import StudyDays
from studytui.study.vocabulary import MATURE, Status

YEAR = 365
"""Study days that are looked back on."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """What was done on a study day."""

    day: date
    answers: int
    minutes: float


@dataclass(frozen=True, slots=True)
class Retention:
    """Reviews and how many of them were recalled, over some study days."""

    days: int
    """Up to today."""
    young: int
    """Reviews of cards with a stability below 21 days."""
    young_recalled: int
    mature: int
    """Reviews of the others."""
    mature_recalled: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What `studytui stats` tells of the past."""

    calendar: tuple[CalendarDay, ...]
    """The last year, today last."""
    retention: tuple[Retention, ...]
    """Over the last 7, 30 and 365 study days."""
    known: tuple[int, ...]
    """Words known at the end of each day of the calendar."""
    by_level: Mapping[int | None, Mapping[Status, int]]
    """HSK level (None: in no list) -> the learner's words by status."""
    by_text: Mapping[str, Mapping[Status, int]]
    """A text's id -> the words taken from it by status."""
    spaced: int = 0
    """Reviews a study day or more after the one before: what a schedule of one's own is fitted to."""


def events(locations: Locations, state: State) -> list[Event]:
    """The reviews and marks of all devices that count, each once, in order.

    Raises:
        StudytuiError: a journal cannot be read.
    """
    found: dict[str, Event] = {}
    for path in journal.files(locations.journal):
        for event in journal.read(path).events:
            if isinstance(event, Reviewed | Marked) and event.id not in state.undone:
                found[event.id] = state.dated(event)
    return sorted(found.values(), key=lambda event: event.id)


def histories(told: Iterable[Event]) -> dict[str, list[Answered]]:
    """Card id -> its answers, in order; `told` as from `events`."""
    answers: defaultdict[str, dict[datetime, Answered]] = defaultdict(dict)
    for event in told:
        if isinstance(event, Reviewed):
            answers[event.card].setdefault(event.at, event)  # not twice in one millisecond
    return {card: list(history.values()) for card, history in answers.items()}


def progress(
    told: Sequence[Event],
    state: State,
    today: date,
    days_of: StudyDays,
    statuses: Mapping[str, Status],
    levels: Mapping[str, int | None],
) -> Progress:
    """Looks back.

    Args:
        told: as from `events`.
        state: as it is folded.
        today: the study day.
        days_of: the reader's study days.
        statuses: headword -> status now.
        levels: headword -> HSK level, where there is one.
    """
    days = last_days(state, today, YEAR)
    first = today - timedelta(days=YEAR - 1)
    by_level: defaultdict[int | None, Counter[Status]] = defaultdict(Counter)
    for headword, status in statuses.items():
        by_level[levels.get(headword)][status] += 1
    by_text: defaultdict[str, Counter[Status]] = defaultdict(Counter)
    for record in state.notes.values():
        for document in record.documents:
            by_text[document][statuses.get(record.note.headword, "learning")] += 1
    return Progress(
        calendar=tuple(
            CalendarDay(first + timedelta(days=number), day.answers, day.took_ms / 60_000)
            for number, day in enumerate(days)
        ),
        retention=tuple(_retention(days[-span:], span) for span in (7, 30, YEAR)),
        known=known_over_time(told, state, today, days_of),
        by_level=dict(sorted(by_level.items(), key=lambda entry: (entry[0] is None, entry[0] or 0))),
        by_text=dict(by_text),
        spaced=len(spaced(histories(told).values())),
    )


def _retention(days: Sequence[DayCount], span: int) -> Retention:
    mature, still = sum(day.mature for day in days), sum(day.mature_recalled for day in days)
    reviews, recalled = sum(day.reviews for day in days), sum(day.recalled for day in days)
    return Retention(span, reviews - mature, recalled - still, mature, still)


def known_over_time(told: Sequence[Event], state: State, today: date, days_of: StudyDays) -> tuple[int, ...]:
    """How many words were known at the end of each of the last study days, by the rule of `status_of`.

    An answer counts on the study day that it says. A mark says none: it counts on the study day that the
    reader had then, wherever it was made.
    """
    changes: list[tuple[date, int, str, str, float]] = []  # day, order, headword, card or mark, stability
    scheduler = Scheduler(weights=state.weights)
    for card, history in histories(told).items():
        record = state.notes.get(split_card_id(card)[0])
        if record is not None:
            for answer, stability in scheduler.stabilities(history):
                changes.append((answer.day, len(changes), record.note.headword, card, stability))
    for event in told:
        if isinstance(event, Marked):
            changes.append((days_of.day(event.at), len(changes), event.headword, event.status, -1.0))
    changes.sort()
    marks: dict[str, str] = {}
    weak: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    known: set[str] = set()
    counts: Counter[date] = Counter()
    for day, _, headword, what, stability in changes:
        if stability < 0:
            marks[headword] = what
        else:
            weak[headword][what] = stability < MATURE
        mark = marks.get(headword, "new")
        cards = weak[headword]
        is_known = mark == "known" or (mark == "new" and bool(cards) and not any(cards.values()))
        if is_known != (headword in known):
            known ^= {headword}
            counts[day] += 1 if is_known else -1
    first = today - timedelta(days=YEAR - 1)
    total = sum(change for day, change in counts.items() if day < first)
    series = []
    for number in range(YEAR):
        total += counts[first + timedelta(days=number)]
        series.append(total)
    return tuple(series)


def fields(told: Progress) -> dict[str, object]:
    """The same for a program."""
    return {
        "calendar": [
            {"day": day.day.isoformat(), "answers": day.answers, "minutes": round(day.minutes, 2)}
            for day in told.calendar
        ],
        "retention_by_maturity": [
            {
                "days": span.days,
                "young": span.young,
                "young_recalled": span.young_recalled,
                "mature": span.mature,
                "mature_recalled": span.mature_recalled,
            }
            for span in told.retention
        ],
        "known_over_time": list(told.known),
        "spaced_reviews": told.spaced,
        "words_by_level": [{"level": level, **counts} for level, counts in told.by_level.items()],
        "words_by_text": [{"document": name, **counts} for name, counts in told.by_text.items()],
    }
