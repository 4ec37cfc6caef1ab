"""To and fro: what is answered in Anki, on a deck that we exported, comes back into the journal, once."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import time_ns
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from studytui.anki.back import importing
from studytui.anki.out.export import export
from studytui.errors import StudytuiError
from studytui.store.collection import Collection
from studytui.store.journal import journal
from studytui.store.journal.event_lines import decode, encode
from studytui.store.journal.events import Reviewed
from studytui.store.journal.imported_reviews import ForeignReview, event_of
from studytui.store.locations import Locations
from studytui.store.reports.reviews import reviews
from studytui.store.state.fold import fold
from studytui.store.state.imports import take_reviews
from studytui.study.notes.card import Memory, card_id
from studytui.study.notes.review import Rating
from studytui.study.scheduling.scheduler import Scheduler
from studytui.study.scheduling.study_day import StudyDays
from tests.anki.anki_progress import distance
from tests.anki.conftest import Judge
from tests.anki.deck import CORE, FACTS, FLOWER, GROW, NOTES
from tests.anki.packages import edit_database, look, repack, write

ORDERS = {"recognition": "Meaning", "recall": "Word", "cloze": "Cloze"}


def locations(folder: Path) -> Locations:
    return Locations.find({"STUDYTUI_HOME": str(folder)})


class Clock:
    """A clock that is set, until it is let run."""

    def __init__(self, at: datetime) -> None:
        self.at: datetime | None = at

    def __call__(self) -> datetime:
        return self.at or datetime.now(UTC)


def next_millisecond() -> None:
    """Waits for a millisecond in which nothing was answered yet.

    Anki's log has one answer in each and moves a second one on, over the end of a second at times: then its
    own Check Database mends the card. No learner answers as fast.
    """
    before = time_ns() // 1_000_000
    while time_ns() // 1_000_000 == before:
        pass


STUDIED = (
    (30, 0, CORE, 3), (30, 10, CORE, 3), (29, 0, GROW, 3), (29, 10, GROW, 3),
    (28, 0, FACTS, 1), (28, 1, FACTS, 3), (28, 11, FACTS, 3), (27, 0, CORE, 3),
    (26, 0, GROW, 4), (24, 0, FACTS, 3), (20, 0, FACTS, 1),
)  # fmt: skip
"""Days ago, minutes later, note, rating."""


def studied(folder: Path) -> Collection:
    """A learner who studied three cards some weeks ago; two are overdue by now, one is in relearning."""
    start = datetime.now(UTC) - timedelta(days=31)
    clock = Clock(start)
    collection = Collection.open(locations(folder), clock)
    collection.add_notes(NOTES)
    for days, minutes, note, rating in STUDIED:
        clock.at = start + timedelta(days=31 - days, minutes=minutes)
        collection.answer(card_id(note.id, "recognition"), Rating(rating), 4000, kind="recognition")
    clock.at = None
    return collection


def send(collection: Collection, judge: Judge, folder: Path, notes: Any = None) -> None:
    """Exports the collection and imports it into Anki."""
    notes = collection.notes() if notes is None else notes
    target = folder / "out.apkg"
    export(
        notes,
        target,
        deck_title="t",
        memories=collection.state.memories,
        reviews=reviews(collection.locations, collection.state),
        suspended=collection.state.suspended,
        scheduler=collection.scheduler,
        at=datetime.now(UTC),
        ledger=folder / "ledger.json",
    )
    judge.take(target)


def answer(judge: Judge, word: str, template: str, ratings: str) -> Any:
    """Answers a card in Anki, with its own scheduler."""
    card = judge.card(word, template)
    for rating in ratings:
        next_millisecond()
        card.load()
        card.start_timer()
        states = judge.collection._backend.get_scheduling_states(card.id)
        judge.collection.sched.answer_card(
            judge.collection.sched.build_answer(card=card, states=states, rating=int(rating) - 1)
        )
    return card


def bring(path: Path, collection: Collection) -> importing.Carried:
    return importing.carry_out(importing.plan(look(path, collection), collection), collection)


def agrees(judge: Judge, collection: Collection, word: str, template: str, card: str) -> None:
    anki = judge.collection.compute_memory_state(judge.card(word, template).id)
    memory = collection.state.memories[card]
    assert distance(anki.stability, anki.difficulty, memory) <= 1e-4


@pytest.fixture
def anki(judge: Judge) -> Judge:
    judge.collection.set_config("fsrs", True)
    return judge


@pytest.mark.parametrize("name", ["legacy.apkg", "new.apkg", "new.colpkg"])
def test_answers_given_in_anki_come_back_with_the_same_memory(
    name: str, tmp_path: Path, home: Path, anki: Judge
) -> None:
    with studied(home) as collection:
        before = dict(collection.state.memories)
        send(collection, anki, tmp_path)
        answer(anki, "核心", "Meaning", "3")
        answer(anki, "发展", "Meaning", "133")
        answer(anki, "花儿", "Word", "313")
        answer(anki, "实事求是", "Cloze", "4")
        carried = bring(write(anki.collection, tmp_path, name), collection)
        assert (carried.reviews, carried.known, carried.learning, carried.notes) == (8, 0, 0, 0)
        for word, template, note in (
            ("核心", "recognition", CORE),
            ("发展", "recognition", GROW),
            ("花儿", "recall", FLOWER),
            ("实事求是", "cloze", FACTS),
        ):
            card = card_id(note.id, template)  # type: ignore[arg-type]
            assert collection.state.memories[card] != before.get(card)
            agrees(anki, collection, word, ORDERS[template], card)
            theirs, mine = anki.card(word, ORDERS[template]), collection.state.memories[card]
            assert (theirs.reps, theirs.lapses) == (mine.reps, mine.lapses)
            assert theirs.last_review_time == int(mine.last_review.timestamp())
        # What was not answered in Anki stays as it was.
        untouched = card_id(FACTS.id, "recognition")
        assert collection.state.memories[untouched] == before[untouched]
        assert [finding.kind for finding in collection.check()] == []


def test_a_card_answered_in_anki_is_due_on_the_same_day_here(tmp_path: Path, home: Path, anki: Judge) -> None:
    """Anki moves its intervals a little (fuzz); what it showed the learner holds here too."""
    notes = [replace(CORE, headword=chr(0x4E00 + number)) for number in range(40)]
    start = datetime.now(UTC) - timedelta(days=60)
    clock = Clock(start)
    with Collection.open(locations(home), clock) as collection:
        collection.add_notes(notes)
        for days, rating in ((0, 4), (9, 3)):
            for number, note in enumerate(notes):
                clock.at = start + timedelta(days=days, seconds=number)
                collection.answer(card_id(note.id, "recognition"), Rating(rating), 900, kind="recognition")
        clock.at = None
        send(collection, anki, tmp_path)
        for number, note in enumerate(notes):
            answer(anki, note.headword, "Meaning", "34"[number % 2])
        assert bring(write(anki.collection, tmp_path, "new.apkg"), collection).reviews == 40
        today = collection.days.day(datetime.now(UTC))
        for note in notes:
            card = anki.card(note.headword, "Meaning")
            memory = collection.state.memories[card_id(note.id, "recognition")]
            there = today + timedelta(days=card.due - anki.collection.sched.today)
            assert (there, card.ivl) == (memory.due_day, memory.interval)
        intervals = {anki.card(note.headword, "Meaning").ivl for note in notes[::2]}
        assert len(intervals) > 3  # there was fuzz
        told = reviews(collection.locations, collection.state)
    with Collection.open(locations(home)) as again:
        assert reviews(again.locations, again.state) == told
        assert not again.state.disputed


@pytest.mark.parametrize("reset_counts", [False, True])
def test_a_card_forgotten_in_anki_is_new_here(
    tmp_path: Path, home: Path, anki: Judge, reset_counts: bool
) -> None:
    """Forget begins a card anew; answers after it count, and only they."""
    core, grow = card_id(CORE.id, "recognition"), card_id(GROW.id, "recognition")
    with studied(home) as collection:
        facts = collection.state.memories[card_id(FACTS.id, "recognition")]
        send(collection, anki, tmp_path)
        answer(anki, "核心", "Meaning", "3")
        forgotten = [anki.card(word, "Meaning").id for word in ("核心", "发展")]
        anki.collection.sched.schedule_cards_as_new(
            forgotten, restore_position=True, reset_counts=reset_counts
        )
        answer(anki, "发展", "Meaning", "13")
        path = write(anki.collection, tmp_path, "new.apkg")
        planned = importing.plan(look(path, collection), collection)
        assert planned.forgotten.keys() == {core, grow}
        assert len(planned.reviews) == 2
        carried = importing.carry_out(planned, collection)
        assert (carried.reviews, carried.forgotten) == (2, 2)
        assert core not in collection.state.memories
        assert collection.state.memories[grow].reps == 2
        agrees(anki, collection, "发展", "Meaning", grow)
        assert collection.state.memories[card_id(FACTS.id, "recognition")] == facts
        assert collection.check() == ()
        # Once: and what came before does not come back.
        again = importing.plan(look(path, collection), collection)
        assert (again.reviews, dict(again.forgotten)) == ((), {})
        # A new Anki gets the card as a new one.
        assert {each.card for each in reviews(collection.locations, collection.state)} == {
            grow,
            card_id(FACTS.id, "recognition"),
        }
        # An answer given here later counts, whatever is imported again.
        collection.answer(core, Rating.GOOD, 900, kind="recognition")
        importing.carry_out(importing.plan(look(path, collection), collection), collection)
        assert collection.state.memories[core].reps == 1
    with Collection.open(locations(home)) as collection:
        assert collection.state.memories[core].reps == 1


def test_forgetting_is_the_same_event_on_every_machine(tmp_path: Path, anki: Judge) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    studied(one).close()
    shutil.copytree(one, other)
    with Collection.open(locations(one)) as first:
        send(first, anki, tmp_path)
        anki.collection.sched.schedule_cards_as_new([anki.card("核心", "Meaning").id])
        path = write(anki.collection, tmp_path, "new.apkg")
        bring(path, first)
        Locations.find({"STUDYTUI_HOME": str(other)}).device.unlink()
        with Collection.open(locations(other)) as second:
            bring(path, second)
            assert second.state.memories == first.state.memories
            for file in journal.files(second.locations.journal):
                shutil.copy(file, first.locations.journal / file.name)
        first.refresh()
        assert not first.state.disputed
        assert card_id(CORE.id, "recognition") not in first.state.memories
        # The copy put an older journal in the place of the first one's, which got its lines back.
        assert {finding.kind for finding in first.check()} == {"twice"}


def test_an_import_of_reviews_is_undone_as_one_act(tmp_path: Path, home: Path, anki: Judge) -> None:
    """Somebody else's copy of the deck was imported: one undo takes back its reviews, notes and marks."""
    with studied(home) as collection:
        before = dict(collection.state.memories)
        collection.mark_all({"城市": "known", "高楼": "known"})
        send(collection, anki, tmp_path, notes=NOTES[:3])
        answer(anki, "核心", "Meaning", "3")
        answer(anki, "实事求是", "Cloze", "4")
        assert bring(write(anki.collection, tmp_path, "new.apkg"), collection).reviews == 2
        assert collection.undo() == "Undone: an import of 2 reviews."
        assert collection.state.memories == before
        assert collection.undo() == "Undone: marking 2 words."
    with Collection.open(locations(tmp_path / "second")) as collection:
        collection.mark_all({"城市": "known", "高楼": "known"})
        carried = bring(write(anki.collection, tmp_path, "new.apkg"), collection)
        assert (carried.notes, carried.reviews) == (3, len(STUDIED) + 2)
        collection.mark("好", "known")
        assert collection.undo() == "Undone: marking 好 as known."
        assert collection.undo() == f"Undone: an import of {len(STUDIED) + 2} reviews and 3 notes."
        assert (collection.state.memories, collection.notes()) == ({}, ())
        assert collection.undo() == "Undone: marking 2 words."
        assert collection.undo() is None
        assert collection.check() == ()


def test_an_import_is_one_act_after_a_restart_too(tmp_path: Path, home: Path, anki: Judge) -> None:
    """The command brings it in; the app, started later, takes it back, and then what was before it."""
    with studied(tmp_path / "one") as collection:
        send(collection, anki, tmp_path)
    answer(anki, "核心", "Meaning", "3")
    path = write(anki.collection, tmp_path, "new.apkg")
    with Collection.open(locations(home)) as collection:
        collection.mark_all({"城市": "known", "高楼": "known"})
    with Collection.open(locations(home)) as collection:
        assert bring(path, collection).reviews == len(STUDIED) + 1
    answer(anki, "发展", "Meaning", "3")
    with Collection.open(locations(home)) as collection:
        # Only reviews come this time: nothing of our own bears the name of this act.
        assert bring(write(anki.collection, tmp_path, "legacy.apkg"), collection).reviews == 1
    with Collection.open(locations(home)) as collection:
        before = collection.undo()
        assert before is not None
        assert "Good to 发展" in before
        assert collection.undo() == f"Undone: an import of {len(STUDIED) + 1} reviews and 3 notes."
        assert (collection.state.memories, collection.notes()) == ({}, ())
        assert collection.undo() == "Undone: marking 2 words."
        assert collection.undo() is None
        assert collection.check() == ()


def test_a_second_import_adds_nothing(tmp_path: Path, home: Path, anki: Judge) -> None:
    with studied(home) as collection:
        send(collection, anki, tmp_path)
        answer(anki, "核心", "Meaning", "3")
        path = write(anki.collection, tmp_path, "new.apkg")
        assert bring(path, collection).reviews == 1
        written = {file: file.read_bytes() for file in journal.files(collection.locations.journal)}
        again = importing.plan(look(path, collection), collection)
        assert (again.reviews, again.notes, again.known, again.learning) == ((), (), (), ())
        assert importing.carry_out(again, collection) == importing.Carried(0, 0, 0, 0)
        assert written == {file: file.read_bytes() for file in journal.files(collection.locations.journal)}


def test_to_and_fro_and_to_again(tmp_path: Path, home: Path, new_judge: Callable[[], Judge]) -> None:
    """Answers there, here, and there again. Each Anki is a new one: it takes no schedule for cards it has."""
    card = card_id(GROW.id, "recognition")
    with studied(home) as collection:
        for name in ("new.apkg", "legacy.apkg"):
            anki = new_judge()
            anki.collection.set_config("fsrs", True)
            send(collection, anki, tmp_path)
            answer(anki, "发展", "Meaning", "1")
            assert bring(write(anki.collection, tmp_path, name), collection).reviews == 1
            agrees(anki, collection, "发展", "Meaning", card)
            mine = [each for each in reviews(collection.locations, collection.state) if each.card == card]
            stamps = [round(each.at.timestamp() * 1000) for each in mine]
            logged = anki.collection.db.list(
                "select id from revlog where cid = ? order by id", anki.card("发展", "Meaning").id
            )
            assert logged == stamps
            anki.assert_sound()
            collection.answer(card, Rating.GOOD, 900, kind="recognition")
        assert [int(each.rating) for each in mine] == [3, 3, 4, 1, 3, 1]


def test_two_machines_write_the_same_events(tmp_path: Path, anki: Judge) -> None:
    """Each takes the package in, and then they meet: every review counts once."""
    one, other = tmp_path / "one", tmp_path / "other"
    studied(one).close()
    shutil.copytree(one, other)
    with Collection.open(locations(one)) as first:
        send(first, anki, tmp_path)
        answer(anki, "核心", "Meaning", "3")
        answer(anki, "花儿", "Meaning", "133")
        path = write(anki.collection, tmp_path, "new.apkg")
        assert bring(path, first).reviews == 4
        # The other machine has a name of its own.
        Locations.find({"STUDYTUI_HOME": str(other)}).device.unlink()
        with Collection.open(locations(other)) as second:
            assert bring(path, second).reviews == 4
            assert second.state.memories == first.state.memories
            lines = [
                {
                    line.event.id: line.event
                    for file in journal.files(each.locations.journal)
                    for line in journal.read(file).lines
                }
                for each in (first, second)
            ]
            assert lines[0] == lines[1]
            memories = dict(first.state.memories)
            for file in journal.files(second.locations.journal):
                target = first.locations.journal / file.name
                if not target.exists():
                    shutil.copy(file, target)
        assert first.refresh()
        assert first.state.memories == memories
        assert not first.state.disputed
        assert len(reviews(first.locations, first.state)) == len(STUDIED) + 4


def test_a_machine_that_has_not_seen_our_answers_takes_them_from_anki_but_they_count_once(
    tmp_path: Path, anki: Judge
) -> None:
    """The package comes to the second machine before the first one's journal does."""
    with studied(tmp_path / "one") as first:
        send(first, anki, tmp_path)
        path = write(anki.collection, tmp_path, "new.apkg")
        with Collection.open(locations(tmp_path / "two")) as second:
            carried = bring(path, second)
            assert (carried.notes, carried.reviews) == (3, len(STUDIED))
            for file in journal.files(first.locations.journal):
                shutil.copy(file, second.locations.journal / file.name)
            second.refresh()
            mine, theirs = first.state.memories, second.state.memories
            assert mine == theirs
            assert second.state.days == first.state.days
            events = [
                line.event
                for file in journal.files(second.locations.journal)
                for line in journal.read(file).lines
            ]
            assert fold(events).memories == mine
            told = [reviews(each.locations, each.state) for each in (first, second)]
            assert [(each.card, each.at, each.rating) for each in told[0]] == [
                (each.card, each.at, each.rating) for each in told[1]
            ]


def test_notes_that_are_not_here_come_back_whole(tmp_path: Path, home: Path, anki: Judge) -> None:
    """A text's phrases can be exported without ever being studied here: the notes come with their reviews."""
    with Collection.open(locations(home)) as collection:
        send(collection, anki, tmp_path, notes=NOTES)
        answer(anki, "核心", "Meaning", "3")
        answer(anki, "实事求是", "Cloze", "1")
        carried = bring(write(anki.collection, tmp_path, "legacy.apkg"), collection)
        assert (carried.notes, carried.reviews) == (2, 2)
        for note in (CORE, FACTS):
            found = collection.note(note.id)
            assert found is not None
            assert found.example is not None
            assert note.example is not None
            same = replace(found, frequency=note.frequency, example=note.example)
            assert same == note
            assert replace(found.example, document_id=note.example.document_id) == note.example
        assert collection.note(GROW.id) is None
        assert collection.status("核心") == "learning"
        assert {card.note.headword for card in collection.queue()} >= {"核心", "实事求是"}


def test_words_of_ours_are_not_marked_their_cards_tell(tmp_path: Path, home: Path, anki: Judge) -> None:
    with studied(home) as collection:
        send(collection, anki, tmp_path)
        found = look(write(anki.collection, tmp_path, "new.apkg"), collection)
        assert found.words == {"核心": "learning", "发展": "known", "实事求是": "learning", "花儿": "new"}
        planned = importing.plan(found, collection)
        assert (planned.known, planned.learning, planned.left) == ((), (), 3)


def test_older_answers_that_come_later_are_sound(home: Path) -> None:
    """A phone that was offline: its answers reach Anki, and us, after younger ones."""
    at = datetime(2026, 3, 1, 9, tzinfo=UTC)
    card = card_id(CORE.id, "recall")
    with Collection.open(locations(home)) as collection:
        for day in (5, 1, 3):
            taken = ForeignReview(card, at + timedelta(days=day), Rating.GOOD, 900)
            assert take_reviews(collection.changes, collection.scheduler, [taken]) == 1
        assert collection.check() == ()
        times = [review.at for review in reviews(collection.locations, collection.state)]
        assert times == sorted(times)
        memory = collection.state.memories[card]
        assert (memory.reps, memory.last_review) == (3, at + timedelta(days=5))
    with Collection.open(locations(home)) as collection:
        assert collection.state.memories[card] == memory


def test_what_was_undone_here_does_not_come_back(tmp_path: Path, home: Path, anki: Judge) -> None:
    with studied(home) as collection:
        send(collection, anki, tmp_path)
        path = write(anki.collection, tmp_path, "new.apkg")
        assert collection.undo() is not None
        assert importing.plan(look(path, collection), collection).reviews == ()


def test_answers_that_anki_does_not_schedule_by_are_left(tmp_path: Path, home: Path, anki: Judge) -> None:
    """Rescheduling by hand, previews in filtered decks, and clocks that are years ahead."""
    with studied(home) as collection:
        send(collection, anki, tmp_path)
        card = anki.card("核心", "Meaning").id
        now = int(datetime.now(UTC).timestamp() * 1000)
        for stamp, ease, factor, kind in (
            (now - 5000, 0, 0, 4),
            (now - 4000, 3, 0, 5),
            (now - 3000, 3, 0, 3),
        ):
            anki.collection.db.execute(
                "insert into revlog values (?, ?, -1, ?, 1, 1, ?, 1000, ?)", stamp, card, ease, factor, kind
            )
        path = write(anki.collection, tmp_path, "legacy.apkg")
        later = f"insert into revlog values ({now + 400 * 86_400_000}, {card}, -1, 3, 1, 1, 500, 900, 1)"

        def spoil(members: dict[str, bytes]) -> None:
            members["collection.anki21"] = edit_database(members["collection.anki21"], later)

        found = look(repack(path, tmp_path / "later.apkg", spoil), collection)
        assert importing.plan(found, collection).reviews == ()
        assert [each.count for each in found.skipped] == [1, 1]


def test_notes_whose_fields_were_edited_in_anki_are_known_by_their_guid(
    tmp_path: Path, home: Path, anki: Judge
) -> None:
    with studied(home) as collection:
        send(collection, anki, tmp_path)
        note = anki.card("核心", "Meaning").note()
        note["Simplified"], note["Pinyin numbers"] = "中心", "zhong1 xin1"
        anki.collection.update_note(note)
        answer(anki, "核心", "Meaning", "3")
        found = look(write(anki.collection, tmp_path, "new.apkg"), collection)
        assert len(importing.plan(found, collection).reviews) == 1
        assert found.words["核心"] == "known"
        assert "中心" not in found.words
        # Without our note there is no proof that it is ours: it counts as any other note.
        stranger = look(write(anki.collection, tmp_path, "new.apkg"))
        assert "核心" in stranger.words
        assert all(review.card != card_id(CORE.id, "recognition") for review in stranger.reviews)


def test_a_review_says_the_learners_study_day() -> None:
    at = datetime(2026, 3, 1, 20, 30, 0, 123000, tzinfo=UTC)
    review = ForeignReview(card_id(CORE.id, "recall"), at, Rating.HARD, 1200)
    scheduler = Scheduler(days=StudyDays(ZoneInfo("Asia/Shanghai")))
    event = event_of(review, scheduler)
    assert isinstance(event, Reviewed)
    assert (event.day.isoformat(), event.offset) == ("2026-03-02", 480)
    assert event == event_of(review, scheduler)
    assert decode(encode(event)[:-1]) == event
    assert event.id != event_of(replace(review, card=card_id(CORE.id, "reading")), scheduler).id


def test_answers_of_one_moment_are_moved_in_a_package_and_known_again(
    tmp_path: Path, home: Path, anki: Judge
) -> None:
    """Anki's log has one row a millisecond: the export moves the second."""
    at = datetime.now(UTC) - timedelta(days=3)
    taken = [
        ForeignReview(card_id(note.id, "recognition"), at.replace(microsecond=5000), Rating.GOOD, 800)
        for note in NOTES
    ]
    with Collection.open(locations(home)) as collection:
        collection.add_notes(NOTES)
        assert take_reviews(collection.changes, collection.scheduler, taken) == 4
        send(collection, anki, tmp_path)
        assert len(set(anki.collection.db.list("select id from revlog"))) == 4
        found = look(write(anki.collection, tmp_path, "new.apkg"), collection)
        assert len(found.reviews) == 4
        assert importing.plan(found, collection).reviews == ()


def test_a_failed_write_changes_nothing(
    tmp_path: Path, home: Path, anki: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    with studied(home) as collection:
        send(collection, anki, tmp_path)
        answer(anki, "核心", "Meaning", "3")
        path = write(anki.collection, tmp_path, "new.apkg")
        planned = importing.plan(look(path, collection), collection)
        memories: dict[str, Memory] = dict(collection.state.memories)
        files = {file: file.read_bytes() for file in journal.files(collection.locations.journal)}

        def full(descriptor: int, content: bytes) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patched:
            patched.setattr(os, "write", full)
            with pytest.raises(StudytuiError, match="disk is full"):
                importing.carry_out(planned, collection)
        assert collection.state.memories == memories
        assert files == {file: file.read_bytes() for file in journal.files(collection.locations.journal)}
        assert importing.carry_out(planned, collection).reviews == 1
