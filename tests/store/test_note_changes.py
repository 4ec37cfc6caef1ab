"""What a learner does to notes: mends, deletes, suspends, begins anew; here and on another machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytui.session.figures import stats_of
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.study.notes.card import card_id
from studytui.study.notes.note import Example, Note
from studytui.study.notes.review import Rating
from studytui.study.scheduling.study_day import StudyDays
from tests.store.acts import a_note

START = datetime(2026, 5, 1, 9, tzinfo=UTC)
WATER, HILL = a_note("水", document="one"), a_note("山")


class Clock:
    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def opened(home: Path, clock: Clock) -> Collection:
    return Collection.open(Locations.find({"STUDYTUI_HOME": str(home)}), clock, StudyDays(UTC, 4))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def collection(home: Path, clock: Clock) -> Iterator[Collection]:
    with opened(home, clock) as collection:
        collection.add_notes([WATER, HILL])
        yield collection


def learn(collection: Collection, clock: Clock, note: Note) -> None:
    for template in ("recognition", "recall"):
        for _ in range(2):
            collection.answer(card_id(note.id, template), Rating.GOOD, 1000, template)
        clock.at += timedelta(minutes=11)


def again(collection: Collection, home: Path, clock: Clock) -> Collection:
    """The same learner's files, folded from their journals by another session."""
    (home / "data" / "state.json").unlink(missing_ok=True)
    other = opened(home, clock)
    assert other.state == collection.state
    return other


def test_what_the_learner_wrote_stays_when_the_word_is_met_in_another_text(
    collection: Collection, home: Path, clock: Clock
) -> None:
    mended = replace(
        WATER,
        syllables=("shui2",),
        known_as=WATER.syllables,
        glosses=("what one drinks",),
        example=Example("喝水！", 1, 2, "one", "题"),
        remark="from <b>grandma</b>",
        own=("meaning", "reading", "sentence"),
    )
    assert mended.id == WATER.id
    assert collection.edit_note(mended)
    assert not collection.edit_note(mended)
    collection.add_note(a_note("水", "a text's gloss", document="two"))
    assert collection.note(WATER.id) == mended
    # Of what was left as it was found, the text that it was met in last decides.
    collection.edit_note(replace(HILL, glosses=("a big one",), own=("meaning",)))
    collection.add_note(a_note("山", document="two"))
    hill = collection.note(HILL.id)
    assert hill is not None
    assert (hill.glosses, hill.example) == (("a big one",), a_note("山", document="two").example)
    assert collection.undo() is not None
    again(collection, home, clock)


def test_a_deleted_note_is_gone_everywhere_until_it_is_added_again(
    collection: Collection, home: Path, clock: Clock
) -> None:
    learn(collection, clock, WATER)
    memories = dict(collection.state.memories)
    collection.cards.suspend(card_id(WATER.id, "reading"))
    assert collection.delete_notes([WATER.id, "not/there", WATER.id]) == 1
    assert collection.notes() == (HILL,)
    assert collection.status("水") == "new"
    assert collection.cards.taken_out() == ()
    stats = stats_of(collection)
    assert (stats.due_in_30_days, stats.cards["learning"] + stats.cards["review"]) == (0, 0)
    assert stats.cards["suspended"] == 0
    assert stats.answers_today == 4
    assert all(card.note == HILL for card in collection.queue())
    other = again(collection, home, clock)
    assert other.undo() == "Undone: deleting 水."
    collection.refresh()
    assert collection.note(WATER.id) == WATER
    collection.delete_notes([WATER.id])
    collection.add_note(WATER)
    assert collection.state.deleted == set()
    assert collection.state.memories == memories
    again(collection, home, clock)


def test_notes_begin_anew_all_at_once_and_go_on_as_they_were_after_an_undo(
    collection: Collection, home: Path, clock: Clock
) -> None:
    learn(collection, clock, WATER)
    learn(collection, clock, HILL)
    collection.cards.suspend(card_id(HILL.id, "recall"))
    before = dict(collection.state.memories)
    days = dict(collection.state.days)
    assert collection.cards.forget([WATER.id, HILL.id]) == 2
    assert (collection.state.memories, collection.state.suspended) == ({}, {})
    assert collection.state.days == days
    assert collection.cards.forget([WATER.id, HILL.id]) == 0
    assert collection.undo() == "Undone: starting over with 2 notes."
    assert collection.state.memories == before
    assert card_id(HILL.id, "recall") in collection.state.suspended
    collection.cards.forget([WATER.id])
    clock.at += timedelta(days=3)
    learn(collection, clock, WATER)
    memory = collection.state.memories[card_id(WATER.id, "recognition")]
    assert memory.reps == 2
    again(collection, home, clock)


def test_what_goes_to_other_programs_of_a_card_that_began_anew_is_what_came_after(
    collection: Collection, clock: Clock
) -> None:
    from studytui.store.reports.reviews import reviews

    learn(collection, clock, WATER)
    collection.cards.forget([WATER.id])
    assert reviews(collection.locations, collection.state) == ()
    learn(collection, clock, WATER)
    assert len(reviews(collection.locations, collection.state)) == 4


def test_two_machines_that_changed_one_note_agree(
    collection: Collection, tmp_path: Path, clock: Clock
) -> None:
    """Written anew here, deleted there, begun anew there: what was said last of each holds on both."""
    with opened(tmp_path / "lap", clock) as lap:
        exchange(collection, lap)
        learn(collection, clock, WATER)
        lap.delete_notes([WATER.id, HILL.id])
        collection.edit_note(replace(WATER, remark="mine"))
        lap.cards.forget([WATER.id])
        exchange(collection, lap)
        assert [note.remark for note in collection.notes()] == ["mine"]
        assert lap.state == collection.state


def exchange(one: Collection, other: Collection) -> None:
    """Each machine gets the other's journal."""
    for source, target in ((one, other), (other, one)):
        path = source.locations.own_journal
        if path is not None and path.exists():
            target.locations.journal.mkdir(parents=True, exist_ok=True)
            (target.locations.journal / path.name).write_bytes(path.read_bytes())
    one.refresh()
    other.refresh()


def test_cards_of_many_notes_are_taken_out_and_put_back_as_one_act(
    collection: Collection, home: Path, clock: Clock
) -> None:
    assert collection.cards.suspend_all([WATER.id, HILL.id]) == 2
    assert len(collection.queue()) == 0
    assert collection.cards.suspend_all([WATER.id, HILL.id]) == 0
    other = again(collection, home, clock)
    assert other.undo() == "Undone: suspending 2 notes."
    collection.refresh()
    assert collection.state.suspended == {}
    collection.cards.suspend_all([WATER.id])
    assert collection.cards.unsuspend_all([WATER.id, HILL.id]) == 1
    assert collection.state.suspended == {}
