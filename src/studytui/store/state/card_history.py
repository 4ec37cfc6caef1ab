"""What a card's events lead to: its memory, and what each answer found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from studytui.store.journal.events import Event, NoteChanged, Reviewed
from studytui.store.state.records import DayCount
from studytui.study.notes.card import Memory
from studytui.study.scheduling.fsrs import MAXIMUM_INTERVAL
from studytui.study.scheduling.scheduler import Phase, Scheduler

Before = tuple[Phase | None, float]
"""The phase and the stability (in days) of a card before an answer."""


def follow(scheduler: Scheduler, events: Sequence[Event]) -> tuple[Memory | None, list[Before | None]]:
    """What a card's events lead to; of each, in order, what it found, if it is an answer that counts.

    Of answers at one time the first counts: one is the other, brought back by a machine without this journal.

    Raises:
        ArithmeticError, ValueError: no memory can follow.
    """
    answers: dict[datetime, Reviewed] = {}
    put_off = False
    for event in events:
        if type(event) is Reviewed:
            answers.setdefault(event.at, event)
        elif type(event) is NoteChanged and event.act in ("due", "forget"):
            put_off = True
    trace: list[Before | None] = []
    if put_off:  # which changes what the next answer finds
        followed: Memory | None = None
        times: set[datetime] = set()
        for event in events:
            if type(event) is Reviewed and event.at not in times:
                times.add(event.at)
                trace.append((followed.phase, followed.stability) if followed else (None, 0.0))
                followed = scheduler.advance(followed, event)
                continue
            if type(event) is NoteChanged and event.act == "due" and event.day is not None:
                followed = put_off_to(followed, event.at, event.day)
            elif type(event) is NoteChanged and event.act == "forget":
                followed = None
                times.clear()
            trace.append(None)
        return followed, trace
    memory = scheduler.replay(answers.values(), trace)
    if len(trace) == len(events):
        return memory, trace
    found = dict(zip((answer.id for answer in answers.values()), trace, strict=True))
    return memory, [found.get(event.id) for event in events]


def put_off_to(memory: Memory | None, at: datetime, day: date) -> Memory | None:
    """A card that was answered comes back on a day, whatever step it is in, if that was said since."""
    if memory is None or memory.last_review >= at:
        return memory
    answered = memory.day or memory.last_review.date()
    interval = min(max(0, (day - answered).days), MAXIMUM_INTERVAL)
    if memory.interval is None:
        due = memory.last_review + timedelta(days=interval)
    else:
        due = memory.due + timedelta(days=interval - memory.interval)
    return replace(memory, phase="review", step=None, interval=interval, due=due)


def count_of(answer: Reviewed, before: Before) -> DayCount:
    """What an answer adds to its day."""
    count = DayCount()
    count.count(*before, answer.rating, answer.took_ms)
    return count
