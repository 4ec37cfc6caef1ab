"""An undo takes back what it says, and nothing else; at the same cost whatever the size of the collection."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings

from studytui.session.asking.study_session import StudySession
from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.journal import journal
from studytui.store.journal.event_ids import new_id
from studytui.store.journal.events import Event, new_event
from studytui.store.journal.journal import Appender
from studytui.store.locations import Locations
from studytui.store.state import replay, snapshot
from studytui.store.state.fold import State, fold
from studytui.store.state.replay import History
from studytui.study.notes.card import card_id
from studytui.study.notes.review import Rating
from studytui.study.questions.judge import judge
from studytui.study.scheduling.study_day import StudyDays
from studytui.study.vocabulary import Mark
from tests.store.acts import CARDS, a_note, chances, some_events
from tests.store.test_study_session import by_choice, cache, session, workspace

__all__ = ["cache", "session", "workspace"]  # fixtures

START = datetime(2026, 5, 1, 9, tzinfo=UTC)
WATER, HILL = (card_id(a_note(headword).id, "recognition") for headword in ("水", "山"))


@pytest.fixture
def locations(home: Path) -> Locations:
    return Locations.find({"STUDYTUI_HOME": str(home)})


def opened(locations: Locations) -> Collection:
    clock = iter(START + timedelta(minutes=minute) for minute in range(10_000))
    offset = timedelta(days=len(list(locations.journal.glob("*"))) and sum(1 for _ in whole(locations)))
    return Collection.open(locations, lambda: next(clock) + offset, StudyDays(UTC, 4))


def whole(locations: Locations) -> Iterator[Event]:
    for path in journal.files(locations.journal):
        yield from journal.read(path).events


def seen(state: State) -> bytes:
    return snapshot.dump(replace(state, undone=set(), horizon=None, latest=None), {})


def test_in_a_quiz_each_undo_takes_back_the_answer_before_with_the_note_made_for_it(
    workspace: Workspace, session: StudySession
) -> None:
    first = by_choice(session)
    session.rate(first, Rating.GOOD, 1000, judge(first, first.answer))
    second = by_choice(session)
    before = len(workspace.collection.state.memories)
    session.rate(second, Rating.GOOD, 1000, judge(second, second.answer))
    assert session.undo() == f"Undone: {second.note.headword}: Good."
    assert second.card not in workspace.collection.state.memories
    assert len(workspace.collection.state.memories) == before
    while session.undo():
        pass
    assert workspace.collection.state.memories == {}
    assert workspace.collection.state.notes == {}


def test_a_session_takes_back_its_own_answer_though_another_session_went_on(
    workspace: Workspace, session: StudySession
) -> None:
    question = by_choice(session)
    session.rate(question, Rating.GOOD, 1000, judge(question, question.answer))
    with Collection.open(
        workspace.collection.locations, workspace.collection.clock, StudyDays(UTC, 4)
    ) as other:
        other.mark("海", "known")
    assert question.card in workspace.collection.state.memories
    session.undo()
    assert question.card not in workspace.collection.state.memories
    assert workspace.collection.state.marks == {"海": "known"}


def test_two_sessions_of_one_machine_take_back_each_its_own(locations: Locations) -> None:
    with opened(locations) as earlier:
        earlier.mark("江", "known")
    with opened(locations) as one, opened(locations) as other:
        one.mark("水", "known")
        other.mark("山", "known")
        one.mark("火", "known")
        assert other.undo() == "Undone: marking 山 as known."
        assert one.undo() == "Undone: marking 火 as known."
        assert one.undo() == "Undone: marking 水 as known."
        assert other.undo() == "Undone: marking 江 as known."
        assert one.undo() is None
        one.refresh()
        assert one.state.marks == other.state.marks == {}


def test_what_was_one_act_is_one_act_after_a_restart(locations: Locations) -> None:
    with opened(locations) as collection:
        collection.mark("海", "known")
        with collection.changes.one_act():
            collection.add_note(a_note("水"))
            collection.answer(WATER, Rating.GOOD, 900, "recognition")
    with opened(locations) as collection:
        assert collection.undo() == "Undone: the answer Good to 水 (recognition)."
        assert collection.state.notes == {}
        assert collection.state.memories == {}
        assert collection.undo() == "Undone: marking 海 as known."
        assert collection.undo() is None


def test_an_act_of_many_events_is_taken_back_by_one_line(locations: Locations) -> None:
    words: dict[str, Mark] = {chr(0x4E00 + number): "known" for number in range(4500)}
    with opened(locations) as collection:
        collection.mark("海", "ignored")
        collection.mark_all(words)
        before = len(list(whole(locations)))
        assert collection.undo() == "Undone: marking 4,500 words."
        assert collection.state.marks == {"海": "ignored"}
        # Two of them, since no line is longer than any machine takes.
        assert len(list(whole(locations))) == before + 2
        assert collection.state == fold(whole(locations))
        assert collection.check() == ()
    with opened(locations) as collection:
        assert collection.undo() == "Undone: marking 海 as ignored."
        assert collection.undo() is None


def test_it_leaves_alone_what_another_device_did_to_the_same_card_before_and_after(
    locations: Locations,
) -> None:
    def elsewhere(at: datetime, rating: int) -> None:
        said = {"card": WATER, "rating": rating, "took_ms": 1, "kind": "cloze", "given": None,
                "day": at.date().isoformat(), "offset": 0}  # fmt: skip
        event = new_event(new_id(at, random.Random(rating).randbytes(10)), at, "other-1", "review", said)
        Appender(locations.journal / "other-1.jsonl").append([event])

    for seconds in (-30, 30):  # before and after ours
        with opened(locations) as collection:
            collection.answer(WATER, Rating.EASY, 900, "recognition")
            elsewhere(collection.state.memories[WATER].last_review + timedelta(seconds=seconds), 2)
            collection.undo()
            assert seen(collection.state) == seen(fold(whole(locations)))
            assert collection.state.memories[WATER].last_review.microsecond == 0
            assert collection.check() == ()


@given(chances)
@settings(max_examples=40)
def test_random_acts_and_undos_over_restarts_equal_the_fold(rng: random.Random) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        locations = Locations.find({"STUDYTUI_HOME": folder})
        collection = opened(locations)
        states: list[bytes] = []
        others = some_events(rng, 30)
        theirs = 0
        for _ in range(30):
            what = rng.random()
            if what < 0.25:
                before = fold(whole(locations)) if locations.journal.exists() else State()
                told = collection.undo()
                assert (told is None) is (seen(before) == seen(collection.state) and not told)
            elif what < 0.35:
                collection.close()
                collection = opened(locations)
            elif what < 0.45:
                Appender(locations.journal / "workspace-1.jsonl").append(others[theirs : theirs + 3])
                theirs += 3
                collection.refresh()
            elif what < 0.8:
                collection.answer(rng.choice(CARDS), Rating(rng.randint(1, 4)), 5, "cloze")
            elif what < 0.9:
                collection.mark(rng.choice("水山火"), rng.choice(["known", "learning", "ignored"]))
            else:
                cards = collection.cards
                rng.choice([cards.suspend, cards.unsuspend, cards.bury])(rng.choice(CARDS))
            states.append(seen(collection.state))
            assert states[-1] == seen(fold(whole(locations)) if locations.journal.exists() else State())


def test_an_undo_reads_nothing_of_what_went_before(
    locations: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(locations) as collection:
        for card in CARDS * 3:
            collection.answer(card, Rating.GOOD, 900, "recognition")
        collection.cards.suspend(HILL)

    def refuse(self: History, names: set[str]) -> Iterator[Event]:
        raise AssertionError("the journals were read")

    monkeypatch.setattr(replay.History, "_covered", refuse)
    with opened(locations) as collection:
        for _ in range(3 * len(CARDS) + 1):
            assert collection.undo() is not None
        assert collection.undo() is None
        assert seen(collection.state) == seen(State())


def test_what_was_taken_back_is_done_again_in_turn(locations: Locations) -> None:
    with opened(locations) as collection:
        collection.add_note(a_note("水"))
        collection.answer(WATER, Rating.GOOD, 1000, "recognition")
        collection.mark_all({"山": "known", "火": "ignored"})
        collection.delete_notes([a_note("水").id])
        marks = dict(collection.state.marks)
        told = [act.told for act in collection.changes.undoable(9)]
        assert told == [
            "deleting 水",
            "marking 2 words",
            "the answer Good to 水 (recognition)",
            "adding or editing 水",
        ]
        undone = [collection.undo() for _ in range(4)]
        assert undone == [f"Undone: {each}." for each in told]
        assert collection.notes() == ()
        assert (collection.state.marks, collection.state.memories) == ({}, {})
        assert collection.changes.undoable(9) == ()
        again = [collection.redo() for _ in range(3)]
        assert again == [f"Redone: {each}." for each in told[:0:-1]]
        assert (collection.state.marks, collection.state.memories[WATER].reps) == (marks, 1)
        assert collection.notes() == (a_note("水"),)
        assert len(collection.changes.undoable(9)) == 3
        collection.mark("木", "known")
        assert collection.redo() is None
    with opened(locations) as collection:  # each is one act after a restart, too
        told = [act.told for act in collection.changes.undoable(2)]
        assert told == ["marking 木 as known", "marking 2 words"]
        assert collection.redo() is None
