"""A learner's sessions, on real files."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings

from studytui.errors import StudytuiError
from studytui.session.figures import stats_of
from studytui.store.collection import Collection
from studytui.store.journal import journal
from studytui.store.locations import Locations
from studytui.store.state import snapshot
from studytui.store.state.fold import fold
from studytui.study.notes.card import card_id
from studytui.study.notes.review import Rating
from studytui.study.scheduling.queue import DueCount
from studytui.study.scheduling.study_day import StudyDays
from studytui.study.vocabulary import Mark
from studytui.text.document import Document, Paragraph
from studytui.text.words.recut import Mend
from tests.store.acts import CARDS, HEADWORDS, a_note, chances

START = datetime(2026, 5, 1, 9, tzinfo=UTC)
WATER = card_id(a_note("水").id, "recognition")


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def wait(self, **span: float) -> None:
        self.at += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def locations(home: Path) -> Locations:
    return Locations.find({"STUDYTUI_HOME": str(home)})


def opened(locations: Locations, clock: Clock) -> Collection:
    return Collection.open(locations, clock, StudyDays(UTC, 4))


@pytest.fixture
def collection(locations: Locations, clock: Clock) -> Iterator[Collection]:
    with opened(locations, clock) as collection:
        yield collection


def learn(collection: Collection, clock: Clock, card: str = WATER) -> None:
    """Two answers ten minutes apart: the card is in the review phase."""
    collection.answer(card, Rating.GOOD, 1000, "recognition")
    clock.wait(minutes=10)
    collection.answer(card, Rating.GOOD, 1000, "recognition")


def test_a_word_goes_from_new_to_known_over_the_days(collection: Collection, clock: Clock) -> None:
    assert collection.status("水") == "new"
    assert collection.add_note(a_note("水"))
    assert not collection.add_note(a_note("水"))
    assert collection.status("水") == "learning"
    for _ in range(12):
        due = collection.queue()
        if not due:
            following = collection.next_due()
            assert following is not None
            assert following > clock.at
            clock.at = following
            due = collection.queue()
        collection.answer(due[0].id, Rating.GOOD, 1500, due[0].template)
    assert collection.status("水") == "known"
    assert collection.statuses(["水", "山"]) == {"水": "known", "山": "new"}


def test_what_was_done_is_there_at_the_next_start(locations: Locations, clock: Clock) -> None:
    with opened(locations, clock) as collection:
        collection.add_notes([a_note("水"), a_note("山")])
        learn(collection, clock)
        collection.mark("朋友", "known")
        state = collection.state
    for remove in (False, True):
        if remove:
            locations.snapshot.unlink()
        with opened(locations, clock) as again:
            assert again.state == state
            assert again.warnings == ()


def test_the_snapshot_covers_what_was_read(locations: Locations, clock: Clock) -> None:
    """What it covers is not read again: a line that is damaged there is not even seen."""
    with opened(locations, clock) as collection:
        marks: tuple[Mark, ...] = ("learning", "known", "ignored")
        for headword in ("水", "山", "朋友"):
            for status in marks:
                collection.mark(headword, status)
        state = collection.state
    (path,) = journal.files(locations.journal)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"known", b"knowm", 1))
    with opened(locations, clock) as again:
        assert again.state == state
        assert [finding.kind for finding in again.check()] == ["unknown"]


def test_a_broken_snapshot_is_kept_aside_and_made_again(locations: Locations, clock: Clock) -> None:
    with opened(locations, clock) as collection:
        learn(collection, clock)
        state = collection.state
    whole = locations.snapshot.read_bytes()
    for number, broken in enumerate(
        (b"", whole[:-9], b"[]", b'{"format": %d}' % snapshot.FORMAT, whole.replace(b'"phase"', b'"face"'))
    ):
        locations.snapshot.write_bytes(broken)
        with opened(locations, clock) as again:
            assert again.state == state
            assert len(again.warnings) == 1
            assert "made again from the journals" in again.warnings[0]
        made = locations.snapshot.read_bytes()
        assert made.split(b'"steps"')[0] == whole.split(b'"steps"')[0]
        aside = list(locations.data.glob("state.json.broken-*"))
        assert broken in [path.read_bytes() for path in aside]
        assert len(aside) == number + 1


def test_a_newer_snapshot_is_refused_and_left_alone(locations: Locations, clock: Clock) -> None:
    with opened(locations, clock) as collection:
        learn(collection, clock)
    newer = locations.snapshot.read_bytes().replace(
        b'"format": %d' % snapshot.FORMAT, b'"format": %d' % (snapshot.FORMAT + 1)
    )
    locations.snapshot.write_bytes(newer)
    with pytest.raises(StudytuiError, match="newer studytui"):
        opened(locations, clock)
    assert locations.snapshot.read_bytes() == newer


def test_a_journal_that_was_replaced_is_folded_anew(locations: Locations, clock: Clock) -> None:
    """As when a folder is put back from an older copy."""
    with opened(locations, clock) as collection:
        collection.mark("水", "known")
        (path,) = journal.files(locations.journal)
        older = path.read_bytes()
        collection.mark("山", "known")
    path.write_bytes(older)
    shutil.rmtree(locations.second_copy)  # or what it lost would be put back
    with opened(locations, clock) as collection:
        assert collection.state.marks == {"水": "known"}


def test_undo_goes_back_through_everything_and_across_restarts(locations: Locations, clock: Clock) -> None:
    acts: list[Callable[[Collection], object]] = [
        lambda c: c.add_note(a_note("水")),
        lambda c: c.answer(WATER, Rating.GOOD, 900, "recognition"),
        lambda c: c.answer(WATER, Rating.EASY, 900, "recognition"),
        lambda c: c.mark("山", "known"),
        lambda c: c.cards.suspend(WATER),
        lambda c: c.cards.unsuspend(WATER),
        lambda c: c.cards.bury(WATER),
        lambda c: c.segment(Mend(("山水",))),
        lambda c: c.add_note(a_note("水", "another gloss")),
        lambda c: c.mark("山", "ignored"),
    ]
    states = []
    with opened(locations, clock) as collection:
        for act in acts:
            states.append(fold_of(collection))
            act(collection)
            clock.wait(minutes=3)
    sentences = []
    while states:
        with opened(locations, clock) as collection:
            collection.library.set_place("text", 1, len(states))  # reading on is not an act to be undone
            sentence = collection.undo()
            assert sentence is not None
            sentences.append(sentence)
            assert fold_of(collection) == states.pop()
            assert collection.check() == ()
    with opened(locations, clock) as collection:
        assert collection.undo() is None
    assert sentences[0] == "Undone: marking 山 as ignored."
    assert "Undone: the answer Easy to 水 (recognition)." in sentences
    assert sentences[-1] == "Undone: adding or editing 水."


def fold_of(collection: Collection) -> tuple[object, ...]:
    """What of a state an undo must give back."""
    state = collection.state
    parts = (
        state.notes,
        state.memories,
        state.suspended,
        state.buried,
        state.marks,
        state.segments,
        state.days,
    )
    return tuple(deepcopy(part) for part in parts)


def test_an_undo_never_takes_back_what_another_device_did(
    locations: Locations, clock: Clock, tmp_path: Path
) -> None:
    other = Locations.find({"STUDYTUI_HOME": str(tmp_path / "other")})
    with opened(locations, clock) as here, opened(other, clock) as there:
        here.mark("水", "known")
        clock.wait(minutes=1)
        there.mark("山", "known")
        (theirs,) = journal.files(other.journal)
        (locations.journal / theirs.name).write_bytes(theirs.read_bytes())
        assert here.undo() == "Undone: marking 水 as known."
        assert here.undo() is None
        assert here.state.marks == {"山": "known"}


def test_two_devices_that_exchange_their_journals_agree(
    locations: Locations, clock: Clock, tmp_path: Path
) -> None:
    other = Locations.find({"STUDYTUI_HOME": str(tmp_path / "other")})
    with opened(locations, clock) as here, opened(other, clock) as there:
        for round_number in range(4):
            learn(here, clock, CARDS[round_number])
            clock.wait(minutes=-7)  # the other clock is slow
            learn(there, clock, CARDS[round_number // 2])
            there.undo()
            for source, target in ((locations, other), (other, locations)):
                for path in journal.files(source.journal):
                    copy = target.journal / path.name
                    if not copy.exists() or copy.stat().st_size < path.stat().st_size:
                        copy.write_bytes(path.read_bytes())
            here.refresh()
            there.refresh()
            assert here.state == there.state
        assert here.check() == there.check() == ()
        events = [
            line.event for path in journal.files(locations.journal) for line in journal.read(path).lines
        ]
        assert here.state == fold(events)


def test_a_leech_is_suspended_with_the_answer_and_comes_back_with_its_undo(
    collection: Collection, clock: Clock
) -> None:
    collection.add_note(a_note("水"))
    learn(collection, clock)
    for lapse in range(1, 9):
        clock.wait(days=40)
        memory = collection.answer(WATER, Rating.AGAIN, 1, "recognition")
        assert memory.lapses == lapse
        assert (WATER in collection.state.suspended) == (lapse == 8)
        if lapse < 8:
            clock.wait(minutes=10)
            collection.answer(WATER, Rating.GOOD, 1, "recognition")
    assert collection.state.suspended == {WATER: "leech"}
    clock.wait(days=1)
    assert WATER not in [card.id for card in collection.queue()]
    collection.undo()
    assert collection.state.suspended == {}
    assert collection.state.memories[WATER].lapses == 7


@given(chances)
@settings(max_examples=30)
def test_what_is_due_is_the_same_for_one_who_stayed_and_one_who_just_came(rng: random.Random) -> None:
    """Answers, undos, cards put aside, days that pass; of what sleeps and of what was studied today, too."""
    with tempfile.TemporaryDirectory() as folder:
        locations, clock = Locations.find({"STUDYTUI_HOME": folder}), Clock()
        with opened(locations, clock) as collection:
            for headword in HEADWORDS:
                collection.add_note(a_note(headword))
            for _ in range(30):
                clock.wait(minutes=rng.choice([1, 11, 11]), days=rng.choice([0, 0, 0, 1, 9]))
                what = rng.random()
                if what < 0.25:
                    collection.undo()
                elif what < 0.85:
                    collection.answer(rng.choice(CARDS), Rating(rng.choice([1, 3, 3, 4])), 5, "recall")
                else:
                    cards = collection.cards
                    rng.choice([cards.suspend, cards.unsuspend, cards.bury])(rng.choice(CARDS))
                other = opened(locations, clock)
                assert collection.queue() == other.queue()
                assert collection.today() == other.today()
                assert collection.due_counts() == other.due_counts()
                clock.wait(minutes=rng.choice([1, 11]))  # without anything that is done
                assert collection.due_counts() == opened(locations, clock).due_counts()


def test_burying_lasts_until_the_study_day_is_over(collection: Collection, clock: Clock) -> None:
    collection.add_note(a_note("水"))
    clock.at = datetime(2026, 5, 2, 3, 30, tzinfo=UTC)
    for card in [card_id(a_note("水").id, template) for template in collection.config.templates]:
        collection.cards.bury(card)
    assert collection.queue() == ()
    clock.wait(hours=1)
    assert len(collection.queue()) == 1


def test_due_is_counted_by_the_text_that_notes_come_from(collection: Collection, clock: Clock) -> None:
    collection.add_note(a_note("水", document="one"))
    collection.add_note(a_note("山", document="two"))
    collection.add_note(a_note("山", document="one"))
    collection.add_note(a_note("朋友"))
    assert collection.due_counts() == {"": DueCount(3), "one": DueCount(2), "two": DueCount(1)}
    assert collection.due_counts() is collection.due_counts()  # home asks each minute
    assert [note.headword for note in collection.notes("one")] == ["水", "山"]
    learn(collection, clock)
    assert collection.due_counts()["one"] == DueCount(1)
    collection.config = replace(collection.config, learning_steps=(7200,))
    collection.answer(card_id(a_note("山").id, "recognition"), Rating.AGAIN, 1000, "recognition")
    assert collection.due_counts()["two"].learning == 0
    clock.wait(hours=2)  # nothing is done meanwhile
    assert collection.due_counts()["two"].learning == 1


def test_the_limit_of_new_cards_is_for_the_study_day(locations: Locations, clock: Clock) -> None:
    locations.config.mkdir(parents=True)
    locations.settings.write_text("new_per_day = 1\n")
    with opened(locations, clock) as collection:
        collection.add_notes([a_note("水"), a_note("山")])
        (first,) = collection.queue()
        collection.answer(first.id, Rating.EASY, 1, "recognition")
        assert collection.queue() == ()
        clock.wait(hours=20)
        assert [card.memory for card in collection.queue()] == [None]


def a_document(text: str) -> Document:
    paragraph = Paragraph("paragraph", text, tuple(range(3, 3 + len(text))))
    return Document("story.txt", "故事", "utf-8", (paragraph,), removed=2)


def test_texts_are_kept_with_their_place(locations: Locations, clock: Clock) -> None:
    one, two = a_document("山高水长。"), a_document("朋友来了\ud800。")
    with opened(locations, clock) as collection:
        for document in (one, two, one):
            collection.library.remember(document)
            clock.wait(minutes=1)
        assert collection.library.place(one.id) is None
        collection.library.set_place(one.id, 0, 3)
        collection.library.set_place(one.id, 0, 3)
    with opened(locations, clock) as collection:
        assert [text.id for text in collection.library.texts()] == [one.id, two.id]
        assert collection.library.texts()[0].title == "故事"
        assert collection.library.text(one.id) == one
        assert collection.library.text(two.id) == two
        assert collection.library.text("none") is None
        place = collection.library.place(one.id)
        assert place is not None
        assert (place.paragraph, place.offset) == (0, 3)
    kept = json.loads((locations.texts / one.id / "text.json").read_bytes())
    assert kept["paragraphs"] == [{"kind": "paragraph", "text": "山高水长。", "source": [[3, 8]]}]
    assert (
        sum(line.event.type == "place" for line in journal.read(journal.files(locations.journal)[0]).lines)
        == 1
    )


def test_a_damaged_text_is_said_in_a_sentence(locations: Locations, clock: Clock) -> None:
    document = a_document("山高水长。")
    with opened(locations, clock) as collection:
        collection.library.remember(document)
        path = locations.texts / document.id / "text.json"
        for content in ("", "{}", '{"format": 9}'):
            path.write_text(content)
            with pytest.raises(StudytuiError, match=r"damaged|newer"):
                collection.library.text(document.id)


def test_stats_count_what_was_done(collection: Collection, clock: Clock) -> None:
    collection.add_notes([a_note("水"), a_note("山")])
    collection.mark("朋友", "ignored")
    learn(collection, clock)
    stats = stats_of(collection)
    assert (stats.answers_today, stats.new_today, stats.reviews_today) == (2, 1, 0)
    assert stats.minutes_today == pytest.approx(2 / 60)
    assert stats.retention is None
    assert stats.streak == 1
    assert stats.words == {"learning": 2, "known": 0, "ignored": 1}
    assert stats.cards == {"new": 3, "learning": 0, "review": 1, "relearning": 0, "suspended": 0}
    assert (stats.due, stats.due_in_7_days, stats.forecast[2]) == (1, 1, 1)
    for rating in (Rating.GOOD, Rating.AGAIN, Rating.HARD):
        clock.wait(days=2)
        learn(collection, clock, CARDS[2])
        collection.answer(WATER, rating, 500, "recognition")
    stats = stats_of(collection)
    assert collection.state.days[date(2026, 5, 3)].reviews == 1
    assert stats.retention is not None
    assert 0 < stats.retention < 1
    assert stats.streak == 1
    later = stats_of(collection, clock.at + timedelta(days=60))
    assert later.retention is None
    assert later.streak == 0


def test_the_answers_zone_and_terms_are_kept_with_it(locations: Locations, clock: Clock) -> None:
    """So that another device, in another zone with other settings, comes to the same schedule."""
    locations.config.mkdir(parents=True)
    locations.settings.write_text("desired_retention = 0.95\nlearning_steps = []\n")
    with opened(locations, clock) as collection:
        memory = collection.answer(WATER, Rating.GOOD, 1, "recognition")
        assert memory.phase == "review"
    locations.settings.unlink()
    locations.snapshot.unlink()
    with Collection.open(locations, clock, StudyDays(None, 0)) as collection:
        assert collection.state.memories == {WATER: memory}


def test_fuzz_is_kept_with_the_answer_and_is_what_was_shown(locations: Locations, clock: Clock) -> None:
    """Another device, with other settings, comes to the same due day."""
    locations.config.mkdir(parents=True)
    locations.settings.write_text("fuzz = true\n")
    moved = 0
    with opened(locations, clock) as collection:
        for card in CARDS:
            collection.answer(card, Rating.EASY, 1, "recognition")
            for _ in range(3):
                shown = collection.preview(card)[Rating.GOOD].days
                plain = collection.scheduler.preview(collection.state.memories[card], clock())[
                    Rating.GOOD
                ].days
                memory = collection.answer(card, Rating.GOOD, 1, "recognition")
                assert memory.interval == shown
                moved += shown != plain
                clock.wait(days=shown)
        state = collection.state
    assert moved > 5
    locations.settings.unlink()
    locations.snapshot.unlink()
    with opened(locations, clock) as collection:
        assert collection.state == state
        assert collection.check() == ()


def test_wrong_calls_are_refused_before_anything_is_written(collection: Collection) -> None:
    with pytest.raises(ValueError, match="not a card's id"):
        collection.answer("水", Rating.GOOD, 1, "recognition")
    with pytest.raises(ValueError, match="none of them empty"):
        collection.segment(Mend(("山", "")))
    assert not collection.locations.data.exists()
