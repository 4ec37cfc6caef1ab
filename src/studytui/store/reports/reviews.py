"""Every review that counts, from the journals: for programs that keep a history of their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from studytui.store.locations import Locations
from studytui.store.reports.histories import Histories
from studytui.store.state.fold import State
from studytui.study.notes.review import Review


def reviews(locations: Locations, state: State) -> tuple[Review, ...]:
    """The reviews of all devices that were not undone, in the order of their times.

    Raises:
        StudytuiError: a journal cannot be read.
    """
    return reviews_and_forgotten(locations, state)[0]


def reviews_and_forgotten(
    locations: Locations, state: State
) -> tuple[tuple[Review, ...], Mapping[str, datetime]]:
    """As `reviews`, and when cards were made new again (UTC), by card id.

    Raises:
        StudytuiError: a journal cannot be read.
    """
    histories = Histories(locations, state)
    found = [
        Review(
            answer.id,
            card,
            answer.at,
            answer.rating,
            answer.took_ms,
            answer.learning,
            answer.relearning,
            answer.id in histories.put_off,
        )
        for group in histories.groups()
        for card, history in group.items()
        for answer in history
    ]
    found.sort(key=lambda review: (review.at, review.id))
    return tuple(found), histories.forgotten
