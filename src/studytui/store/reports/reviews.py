"""Every review that counts, from the journals: for programs that keep a history of their own."""

from __future__ import annotations

from studytui.store.locations import Locations
from studytui.store.reports.histories import Histories
from studytui.store.state.fold import State
from studytui.study.notes.review import Review


def reviews(locations: Locations, state: State) -> tuple[Review, ...]:
    """The reviews of all devices that were not undone, in the order of their times.

    Raises:
        StudytuiError: a journal cannot be read.
    """
    found = [
        Review(answer.id, card, answer.at, answer.rating, answer.took_ms, answer.learning, answer.relearning)
        for group in Histories(locations, state).groups()
        for card, history in group.items()
        for answer in history
    ]
    found.sort(key=lambda review: (review.at, review.id))
    return tuple(found)
