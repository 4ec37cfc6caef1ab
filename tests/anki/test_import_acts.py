"""What a learner does to our cards in Anki, but answering them, comes here once, and only if it is later."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import time

import pytest

from studytui.anki.back import importing
from studytui.anki.out.export import export
from studytui.cli.exporting import export_notes, told
from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.journal import journal
from studytui.store.locations import Locations
from studytui.store.state.fold import fold
from studytui.study.notes.card import TEMPLATES, card_id
from studytui.study.notes.review import Rating
from tests.anki.conftest import Judge
from tests.anki.deck import CORE, FACTS, FLOWER, GROW, NOTES
from tests.anki.packages import look, write
from tests.anki.test_import_reviews import agrees, answer, bring, locations, send, studied

CARD, GROWN, FRESH = (
    card_id(CORE.id, "recognition"),
    card_id(GROW.id, "recognition"),
    card_id(FLOWER.id, "recall"),
)


@pytest.fixture
def anki(judge: Judge) -> Judge:
    judge.collection.set_config("fsrs", True)
    return judge


def later(anki: Judge, seconds: int) -> None:
    """As if what was done last to our cards in Anki had been done so many seconds later."""
    anki.collection.db.execute("update cards set mod = mod + ?", seconds)


def folded(collection: Collection) -> None:
    """The state is what all lines come to."""
    files = journal.files(collection.locations.journal)
    events = [line.event for file in files for line in journal.read(file).lines]
    again = fold(events)
    state = collection.state
    assert (again.memories, again.suspended, again.buried) == (state.memories, state.suspended, state.buried)
    assert collection.check() == ()


@pytest.mark.parametrize("name", ["new.apkg", "legacy.apkg", "new.colpkg"])
def test_suspended_and_put_back_there(tmp_path: Path, home: Path, anki: Judge, name: str) -> None:
    with studied(home) as collection:
        send(collection, anki, tmp_path)
        ids = [anki.card("核心", "Meaning").id, anki.card("花儿", "Word").id]
        anki.collection.sched.suspend_cards(ids)
        assert bring(write(anki.collection, tmp_path, name), collection).acts == 2
        assert set(collection.state.suspended) == {CARD, FRESH}
        assert bring(write(anki.collection, tmp_path, name), collection).acts == 0
        anki.collection.sched.unsuspend_cards(ids[:1])
        later(anki, 2)
        assert bring(write(anki.collection, tmp_path, name), collection).acts == 1
        assert set(collection.state.suspended) == {FRESH}
        folded(collection)


def test_a_card_that_left_suspended_and_was_put_back_there(tmp_path: Path, home: Path, anki: Judge) -> None:
    with studied(home) as collection:
        collection.cards.suspend(CARD)
        collection.cards.suspend(FRESH)
        send(collection, anki, tmp_path)
        assert len(anki.cards("is:suspended")) == 2
        assert bring(write(anki.collection, tmp_path, "new.apkg"), collection).acts == 0
        anki.collection.sched.unsuspend_cards([anki.card("核心", "Meaning").id])
        answer(anki, "核心", "Meaning", "3")
        later(anki, 2)
        assert bring(write(anki.collection, tmp_path, "new.apkg"), collection).acts == 1
        assert set(collection.state.suspended) == {FRESH}
        folded(collection)
        anki.assert_sound()


def test_what_was_done_here_later_holds(tmp_path: Path, home: Path, anki: Judge) -> None:
    """Suspended here after the export: Anki never heard of it, and an answer there puts nothing back."""
    with studied(home) as collection:
        send(collection, anki, tmp_path)
        collection.cards.suspend(CARD)
        answer(anki, "核心", "Meaning", "3")
        anki.collection.sched.suspend_cards([anki.card("发展", "Meaning").id])
        path = write(anki.collection, tmp_path, "new.apkg")
        assert bring(path, collection).acts == 1
        assert set(collection.state.suspended) == {CARD, GROWN}
        # Put back here, the older package does not take it out again.
        collection.cards.unsuspend(GROWN)
        assert bring(path, collection).acts == 0
        folded(collection)


def test_what_was_undone_does_not_come_back(tmp_path: Path, home: Path, anki: Judge) -> None:
    with studied(home) as collection:
        send(collection, anki, tmp_path)
        answer(anki, "核心", "Meaning", "3")
        anki.collection.sched.suspend_cards([anki.card("发展", "Meaning").id])
        anki.collection.sched.bury_cards([anki.card("花儿", "Word").id])
        path = write(anki.collection, tmp_path, "new.apkg")
        collection.mark("好", "known")
        assert bring(path, collection).acts == 2
        assert collection.undo() == "Undone: an import of 1 review and 2 card changes."
        assert (collection.state.suspended, collection.state.buried) == ({}, {})
        assert bring(path, collection).acts == 0
        assert collection.undo() == "Undone: marking 好 as known."
        folded(collection)
    with Collection.open(locations(tmp_path / "other")) as collection:
        collection.add_notes(NOTES)
        bring(path, collection)
    with Collection.open(locations(tmp_path / "other")) as collection:  # the app, started later
        told = collection.undo()
        assert told is not None
        assert told.endswith("2 card changes.")
        assert (collection.state.suspended, collection.state.buried) == ({}, {})


@pytest.mark.parametrize("name", ["new.colpkg", "legacy.colpkg"])
def test_a_note_deleted_there_is_asked_no_more(tmp_path: Path, home: Path, anki: Judge, name: str) -> None:
    """Nothing of it is lost here; whoever puts it back is not told again."""
    with studied(home) as collection:
        before = dict(collection.state.memories)
        send(collection, anki, tmp_path)
        anki.collection.remove_notes([anki.card("核心", "Meaning").nid])
        path = write(anki.collection, tmp_path, name)
        assert bring(path, collection).acts == 4
        assert set(collection.state.suspended) == {card_id(CORE.id, template) for template in TEMPLATES}
        assert collection.state.memories == before
        assert bring(path, collection).acts == 0
        collection.cards.unsuspend(CARD)
        anki.collection.set_config("later", True)
        assert bring(write(anki.collection, tmp_path, name), collection).acts == 0
        folded(collection)
        # It comes back with the next import of ours, and then it is not deleted any more.
        collection.cards.unsuspend(card_id(CORE.id, "recall"))
        send(collection, anki, tmp_path)
        assert bring(write(anki.collection, tmp_path, name), collection).acts == 0


def test_a_note_deleted_there_is_not_exported_again_until_it_is_put_back(
    tmp_path: Path, home: Path, anki: Judge
) -> None:
    def again() -> tuple[int, int]:
        written = export_notes(Workspace(collection), None, tmp_path / "again.apkg", 40)
        anki.take(written.path)
        assert ("that you deleted in Anki" in told(written)) is (written.deleted > 0)
        return written.notes, written.deleted

    with studied(home) as collection:
        send(collection, anki, tmp_path)
        for word in ("核心", "花儿"):
            anki.collection.remove_notes([anki.card(word, "Meaning").nid])
        assert bring(write(anki.collection, tmp_path, "new.colpkg"), collection).acts == 8
        assert {each.why for each in collection.cards.taken_out()} == {"deleted"}
        assert again() == (2, 2)
        assert {card.note()["Word"] for card in anki.cards()} == {"发展", "实事求是"}
        collection.cards.unsuspend(FRESH)
        assert again() == (3, 1)
        assert len(anki.cards("Word:花儿 -is:suspended")) == 1
        folded(collection)


def test_buried_there_is_hidden_here_for_that_day(tmp_path: Path, home: Path, anki: Judge) -> None:
    with studied(home) as collection:
        send(collection, anki, tmp_path)
        anki.collection.sched.bury_cards([anki.card("发展", "Meaning").id, anki.card("花儿", "Word").id])
        # Siblings that Anki hides of itself are nobody's will.
        anki.collection.sched.bury_cards([anki.card("核心", "Meaning").id], manual=False)
        path = write(anki.collection, tmp_path, "new.apkg")
        assert bring(path, collection).acts == 2
        assert collection.cards.is_out(GROWN)
        assert collection.cards.is_out(FRESH)
        assert not collection.cards.is_out(CARD)
        assert bring(path, collection).acts == 0
        folded(collection)


@pytest.mark.parametrize("days", ["0", "4", "90", "7!"])
def test_a_day_that_was_set_there_holds_here(tmp_path: Path, home: Path, anki: Judge, days: str) -> None:
    with studied(home) as collection:
        send(collection, anki, tmp_path)
        before = collection.state.memories[CARD]
        anki.collection.sched.set_due_date([anki.card("核心", "Meaning").id], days)
        path = write(anki.collection, tmp_path, "new.apkg")
        assert bring(path, collection).acts == 1
        memory = collection.state.memories[CARD]
        today = collection.days.day(datetime.now(UTC))
        assert memory.due_day == today + timedelta(days=int(days.rstrip("!")))
        kept = memory.stability, memory.difficulty, memory.reps
        assert kept == (before.stability, before.difficulty, before.reps)
        assert bring(path, collection).acts == 0
        due = {(card.note.headword, card.template) for card in collection.queue()}
        assert (("核心", "recognition") in due) is (days == "0")
        folded(collection)
        # An answer given later counts as ever, and the day that was set is past.
        collection.answer(CARD, Rating.GOOD, 900, kind="recognition")
        assert bring(path, collection).acts == 0
        folded(collection)
    with Collection.open(locations(home)) as again:
        assert again.state.memories[CARD].reps == before.reps + 1


@pytest.mark.parametrize(("ratings", "days"), [("3", "5"), ("1", "0"), ("31", "2!"), ("2", "40")])
def test_a_day_set_there_ends_the_steps_of_a_card(
    tmp_path: Path, home: Path, anki: Judge, ratings: str, days: str
) -> None:
    """Anki makes it a card in review, and so it is here; the next answer in either is to such a card."""
    with studied(home) as collection:
        send(collection, anki, tmp_path)
        answer(anki, "花儿", "Word", ratings)
        anki.collection.sched.set_due_date([anki.card("花儿", "Word").id], days)
        path = write(anki.collection, tmp_path, "new.apkg")
        carried = bring(path, collection)
        assert (carried.reviews, carried.acts) == (len(ratings), 1)
        memory = collection.state.memories[FRESH]
        due = collection.days.day(datetime.now(UTC)) + timedelta(days=int(days.rstrip("!")))
        assert (memory.phase, memory.step, memory.due_day) == ("review", None, due)
        assert bring(path, collection).acts == 0
        folded(collection)
        answer(anki, "花儿", "Word", "3")
        bring(write(anki.collection, tmp_path, "new.apkg"), collection)
        agrees(anki, collection, "花儿", "Word", FRESH)
        assert collection.state.memories[FRESH].phase == "review"
        folded(collection)
    with Collection.open(locations(home)) as again:
        assert again.state.memories[FRESH].phase == "review"


def test_a_day_set_there_before_any_answer_is_said(tmp_path: Path, home: Path, anki: Judge) -> None:
    with studied(home) as collection:
        send(collection, anki, tmp_path)
        anki.collection.sched.set_due_date([anki.card("花儿", "Word").id, anki.card("发展", "Word").id], "30")
        path = write(anki.collection, tmp_path, "new.apkg")
        plan = importing.plan(look(path, collection), collection)
        assert (plan.acts, plan.unasked) == ((), 2)
        answer(anki, "花儿", "Word", "3")
        path = write(anki.collection, tmp_path, "new.apkg")
        assert importing.plan(look(path, collection), collection).unasked == 1


def test_two_machines_write_the_same_acts(tmp_path: Path, anki: Judge) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    studied(one).close()
    shutil.copytree(one, other)
    with Collection.open(locations(one)) as first:
        send(first, anki, tmp_path)
        anki.collection.sched.suspend_cards([anki.card("核心", "Meaning").id])
        anki.collection.sched.set_due_date([anki.card("发展", "Meaning").id], "9")
        path = write(anki.collection, tmp_path, "new.apkg")
        assert bring(path, first).acts == 2
        Locations.find({"STUDYTUI_HOME": str(other)}).device.unlink()
        with Collection.open(locations(other)) as second:
            assert bring(path, second).acts == 2
            for file in journal.files(second.locations.journal):
                target = first.locations.journal / file.name
                if not target.exists():
                    shutil.copy(file, target)
            expected = second.state.memories, second.state.suspended
        first.refresh()
        assert (first.state.memories, first.state.suspended) == expected
        assert not first.state.disputed


def edit(anki: Judge, word: str, text: str, seconds: int = 2) -> None:
    """The learner's own words, written so many seconds from now."""
    note = anki.card(word, "Meaning").note()
    note["Notes"] = text
    anki.collection.update_note(note)
    anki.collection.db.execute("update notes set mod = ? where id = ?", int(time()) + seconds, note.id)


def test_the_learners_own_notes_come_and_go_out_again(
    tmp_path: Path, home: Path, anki: Judge, new_judge: Callable[[], Judge]
) -> None:
    mine = 'from <b>Lao Wang</b>, once = 1; {{c1::no}} "cloze" &amp; co'
    with studied(home) as collection:
        send(collection, anki, tmp_path)
        edit(anki, "核心", mine)
        path = write(anki.collection, tmp_path, "new.apkg")
        assert bring(path, collection).remarks == 1
        assert bring(path, collection).remarks == 0
        note = collection.note(CORE.id)
        assert note is not None
        assert note.remark == mine
        # Met again in a text, the note keeps it.
        collection.add_note(replace(CORE, glosses=("heart",)))
        note = collection.note(CORE.id)
        assert note is not None
        assert (note.glosses, note.remark) == (("heart",), mine)
        fresh = new_judge()
        send(collection, fresh, tmp_path)
        assert fresh.fields("核心")["Notes"] == mine
        output = fresh.card("核心", "Cloze").render_output()
        assert mine in output.answer_text
        assert mine not in output.question_text
        # What is taken away there is taken away here.
        edit(fresh, "核心", "", seconds=60)
        assert bring(write(fresh.collection, tmp_path, "legacy.apkg"), collection).remarks == 1
        assert (collection.note(CORE.id) or note).remark == ""
        folded(collection)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "甲" * 10_001])
def test_notes_that_are_not_taken_are_said(tmp_path: Path, home: Path, anki: Judge, text: str) -> None:
    with studied(home) as collection:
        send(collection, anki, tmp_path)
        edit(anki, "核心", text)
        found = look(write(anki.collection, tmp_path, "new.apkg"), collection)
        assert importing.plan(found, collection).remarks == {}
        assert any("field Notes" in each.reason for each in found.skipped)


def test_an_export_of_another_machine_overwrites_nothing(tmp_path: Path, anki: Judge) -> None:
    """Its own memory of exports is empty: it must not take every note for changed now."""
    one, other = tmp_path / "one", tmp_path / "other"
    studied(one).close()
    shutil.copytree(one, other)
    with Collection.open(locations(one)) as first:
        send(first, anki, tmp_path)
    edit(anki, "核心", "mine")
    with Collection.open(locations(other)) as second:

        def export_again(name: str) -> Path:
            export(
                second.notes(),
                tmp_path / name,
                deck_title="t",
                at=datetime.now(UTC) + timedelta(days=1),
                changed=second.state.note_times(),
                ledger=tmp_path / "other.json",
            )
            return tmp_path / name

        assert anki.take(export_again("b.apkg")).updated == 0
        assert anki.fields("核心")["Notes"] == "mine"
        # A true change is taken.
        second.add_note(replace(FACTS, glosses=("to be down to earth",)))
        assert anki.take(export_again("c.apkg")).updated == 1
        assert anki.fields("核心")["Notes"] == "mine"
