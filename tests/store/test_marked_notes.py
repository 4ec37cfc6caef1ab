"""Words that are marked as known or ignored are not asked; taking the mark back brings their cards back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studytui.session.figures import stats_of
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.study.notes.card import card_id
from studytui.study.scheduling.study_day import StudyDays
from studytui.study.vocabulary import Mark
from tests.store.acts import a_note
from tests.store.test_collection import Clock, learn


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def collection(home: Path, clock: Clock) -> Iterator[Collection]:
    locations = Locations.find({"STUDYTUI_HOME": str(home)})
    with Collection.open(locations, clock, StudyDays()) as opened:
        for headword in ("水", "山"):
            opened.add_note(a_note(headword, document="one"))
        yield opened


def _asked(collection: Collection) -> set[str]:
    return {card.note.headword for card in collection.queue()}


@pytest.mark.parametrize("mark", ["known", "ignored"])
@pytest.mark.parametrize("seen", [False, True])
def test_a_marked_word_is_not_asked_until_the_mark_is_taken_back(
    collection: Collection, clock: Clock, mark: Mark, seen: bool
) -> None:
    if seen:
        for headword in ("水", "山"):
            learn(collection, clock, card_id(a_note(headword).id, "recognition"))
        clock.wait(days=40)
    assert _asked(collection) == {"水", "山"}
    before = stats_of(collection)
    counts = collection.due_counts()
    collection.mark("水", mark)
    assert _asked(collection) == {"山"}
    assert {card.note.headword for card in collection.queue("one")} == {"山"}
    assert collection.due_counts()[""].total < counts[""].total
    assert collection.due_counts()["one"] == collection.due_counts()[""]
    assert collection.today().due.total == len(collection.queue())
    stats = stats_of(collection)
    assert stats.due < before.due
    assert (stats.due_in_30_days, stats.cards["new"]) < (before.due_in_30_days, before.cards["new"])
    collection.mark("山", mark)
    assert not collection.queue()
    assert collection.next_due() is None
    assert collection.undo() is not None
    collection.mark("水", "new")
    assert _asked(collection) == {"水", "山"}
    assert stats_of(collection) == before


def test_it_is_so_after_a_restart_and_for_notes_added_later(home: Path, clock: Clock) -> None:
    locations = Locations.find({"STUDYTUI_HOME": str(home)})
    with Collection.open(locations, clock, StudyDays()) as first:
        first.add_note(a_note("水"))
        first.mark("水", "known")
        first.mark("山", "known")
    with Collection.open(locations, clock, StudyDays()) as second:
        assert not second.queue()
        second.add_note(a_note("山"))
        assert not second.queue()
        second.mark_all({"水": "new", "山": "new"})
        assert _asked(second) == {"水", "山"}
