"""How studying goes over the months, from the journals: a calendar, retention by maturity, words known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from studytui.store.journal.events import Marked, Reviewed
from studytui.store.reports.histories import Histories
from studytui.store.state.fold import State, last_days
from studytui.store.state.records import DayCount
from studytui.study.notes.card import split_card_id
from studytui.study.scheduling.optimiser import spaced
from studytui.study.scheduling.scheduler import Phase, Scheduler
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


def progress(
    told: Histories,
    state: State,
    today: date,
    days_of: StudyDays,
    statuses: Mapping[str, Status],
    levels: Mapping[str, int | None],
) -> Progress:
    """Looks back.

    Args:
        told: what the journals tell; it is used up.
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
    known, spaced_reviews = _in_time(told, state, today, days_of)
    return Progress(
        calendar=tuple(
            CalendarDay(first + timedelta(days=number), day.answers, day.took_ms / 60_000)
            for number, day in enumerate(days)
        ),
        retention=tuple(_retention(days[-span:], span) for span in (7, 30, YEAR)),
        known=known,
        by_level=dict(sorted(by_level.items(), key=lambda entry: (entry[0] is None, entry[0] or 0))),
        by_text=dict(by_text),
        spaced=spaced_reviews,
    )


def _retention(days: Sequence[DayCount], span: int) -> Retention:
    mature, still = sum(day.mature for day in days), sum(day.mature_recalled for day in days)
    reviews, recalled = sum(day.reviews for day in days), sum(day.recalled for day in days)
    return Retention(span, reviews - mature, recalled - still, mature, still)


def _in_time(told: Histories, state: State, today: date, days_of: StudyDays) -> tuple[tuple[int, ...], int]:
    """How many words were known at the end of each of the last study days; how many reviews were spaced.

    Known is as `status_of` says. An answer counts on the study day that it says. A mark says none: it counts
    on the study day that the reader had then, wherever it was made.
    """
    counts: Counter[date] = Counter()
    scheduler = Scheduler(weights=state.weights)
    spaced_reviews = 0
    for group in told.groups():
        changes: defaultdict[str, list[_Change]] = defaultdict(list)
        for card, history in group.items():
            record = state.notes.get(split_card_id(card)[0])
            if record is not None:
                changes[record.note.headword] += _matured(scheduler, card, history)
        spaced_reviews += len(spaced(group.values()))
        group.clear()
        for headword, of_cards in changes.items():
            _count_known(counts, of_cards, _said(told.marks.pop(headword, ()), days_of))
    for marks in told.marks.values():
        _count_known(counts, (), _said(marks, days_of))
    first = today - timedelta(days=YEAR - 1)
    total = sum(change for day, change in counts.items() if day < first)
    series = []
    for number in range(YEAR):
        total += counts[first + timedelta(days=number)]
        series.append(total)
    return tuple(series), spaced_reviews


_Change = tuple[date, str, bool | str]
"""On a study day: a card, and whether it is mature now; or no card, and what the learner says."""


def _said(marks: Iterable[Marked], days_of: StudyDays) -> list[_Change]:
    return [(days_of.day(mark.at), "", mark.status) for mark in marks]


def _matured(scheduler: Scheduler, card: str, history: Sequence[Reviewed]) -> Iterator[_Change]:
    """When a card became mature, and when it was no more."""
    trace: list[tuple[Phase | None, float] | None] = []
    memory = scheduler.replay(history, trace)
    after = [before[1] for before in trace[1:] if before is not None]
    if memory is not None:
        after.append(memory.stability)
    last: bool | None = None
    for answer, stability in zip(history, after, strict=True):
        mature = stability >= MATURE
        if mature is not last:
            yield answer.day, card, mature
            last = mature


def _count_known(counts: Counter[date], of_cards: Iterable[_Change], marks: Iterable[_Change]) -> None:
    """Adds one on each day on which a word became known, takes one away when it was no more."""
    mark: bool | str = "new"
    mature: dict[str, bool | str] = {}
    known = False
    for day, card, said in sorted((*of_cards, *marks), key=lambda change: change[0]):
        if card:
            mature[card] = said
        else:
            mark = said
        now = mark == "known" or (mark == "new" and bool(mature) and all(mature.values()))
        if now != known:
            known = now
            counts[day] += 1 if known else -1


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
