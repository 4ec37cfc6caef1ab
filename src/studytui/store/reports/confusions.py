"""What the learner took for what, from the journals: wrong options are chosen by it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from studytui.store.files import failure
from studytui.store.journal import journal
from studytui.store.journal.events import Reviewed
from studytui.store.locations import Locations
from studytui.store.state.fold import State
from studytui.study.notes.card import split_card_id

Confusions = Mapping[str, Mapping[str, int]]
"""Headword -> the headword that was taken for it -> how often."""


def confusions(locations: Locations, state: State) -> dict[str, Counter[str]]:
    """Every confusion that a review of any device tells of, those undone left out.

    Only lines with the key `confused` are read: a few of the many.

    Raises:
        StudytuiError: a journal cannot be read.
    """
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    seen: set[str] = set()
    for path in journal.files(locations.journal):
        try:
            size = path.stat().st_size
        except OSError as error:
            raise failure("read", path, error) from error
        for event in journal.search(path, size, (b'"confused"',)):
            if not isinstance(event, Reviewed) or event.id in seen or event.id in state.undone:
                continue
            seen.add(event.id)
            # A note's id is `headword/reading`; a headword holds no slash.
            headword = split_card_id(event.card)[0].split("/")[0]
            if event.confused not in (None, headword):
                found[headword][event.confused] += 1
    return dict(found)
