"""Takes in what was done elsewhere, by the learner's own schedule: reviews, and acts upon cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from studytui.store.journal.imported_acts import ForeignAct, event_of, later
from studytui.store.journal.imported_reviews import (
    ForeignReview,
    events_of,
    forgetting,
    memories_after,
    outdated,
    unseen,
)
from studytui.store.state.changes import Changes
from studytui.study.notes.card import Memory
from studytui.study.scheduling.scheduler import Scheduler


def take_reviews(
    changes: Changes,
    scheduler: Scheduler,
    reviews: Iterable[ForeignReview],
    forgotten: Mapping[str, datetime] = MappingProxyType({}),
) -> int:
    """Takes in reviews that were made elsewhere, all or none; how many were not in a journal already.

    What was answered, here or elsewhere, before a card was made new again does not count any more.

    Args:
        changes: of the learner's collection.
        scheduler: the schedule on the learner's terms.
        reviews: made elsewhere.
        forgotten: card id -> when it was made new again elsewhere (UTC).

    Raises:
        StudytuiError: they could not be written, or a journal cannot be read; nothing was changed.
    """
    with changes.turn:
        changes.refresh()
        state = changes.state
        old = outdated(forgotten, changes.locations, state.undone)
        undos = [forgetting(event, forgotten[event.card]) for event in old]
        fresh = [
            review
            for review in unseen(reviews, changes.locations)
            if review.card not in forgotten or review.at > forgotten[review.card]
        ]
        kept = {card: memory for card, memory in state.memories.items() if card not in forgotten}
        taken = events_of(fresh, scheduler, kept)
        if events := [*undos, *taken]:
            changes.append(events)
    return len(taken)


def take_acts(changes: Changes, scheduler: Scheduler, today: date, acts: Iterable[ForeignAct]) -> int:
    """Takes in what was done to cards elsewhere, all or none; how much of it was new here.

    Raises:
        StudytuiError: it could not be written, or a journal cannot be read; nothing was changed.
    """
    with changes.turn:
        changes.refresh()
        if events := [event_of(act) for act in new_acts(changes, scheduler, today, acts)]:
            changes.append(events)
    return len(events)


def new_acts(
    changes: Changes,
    scheduler: Scheduler,
    today: date,
    acts: Iterable[ForeignAct],
    reviews: Iterable[ForeignReview] = (),
) -> tuple[ForeignAct, ...]:
    """Those of some acts done elsewhere that would change something here, once reviews are taken.

    See `imported_acts.later`; `today` is the study day.
    """
    known = changes.state.memories
    after: dict[str, Memory | None] = {**known, **memories_after(reviews, scheduler, known)}
    return later(acts, changes.locations, suspended=changes.state.suspended, memories=after, today=today)
