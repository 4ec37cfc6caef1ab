"""Every review that counts, from the journals: for programs that keep a history of their own."""

from __future__ import annotations

from datetime import datetime

from studytui.store.journal import journal
from studytui.store.journal.events import Reviewed
from studytui.store.locations import Locations
from studytui.store.state.fold import State
from studytui.study.notes.review import Review


def reviews(locations: Locations, state: State) -> tuple[Review, ...]:
    """The reviews of all devices that were not undone, in the order of their times.

    Raises:
        StudytuiError: a journal cannot be read.
    """
    found: dict[tuple[str, datetime], Review] = {}
    for path in journal.files(locations.journal):
        for event in (event for reading in journal.stretches(path) for event in reading.events):
            if not isinstance(event, Reviewed) or event.id in state.undone:
                continue
            event = state.dated(event)
            steps = event.terms.learning, event.terms.relearning
            review = Review(event.id, event.card, event.at, event.rating, event.took_ms, *steps)
            # A card is not answered twice in one millisecond: of two events that say so the first counts.
            known = found.setdefault((review.card, review.at), review)
            if review.id < known.id:
                found[review.card, review.at] = review
    return tuple(sorted(found.values(), key=lambda review: (review.at, review.id)))
