"""A clock that was wrong for a while bends dates, and not what was said after it was put right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise, permutations
from pathlib import Path

import pytest

from studytui.cli.main import run
from studytui.errors import StudytuiError
from studytui.store.collection import Collection
from studytui.store.journal import journal
from studytui.store.journal.event_ids import time_of
from studytui.store.journal.events import Event
from studytui.store.locations import Locations
from studytui.store.state.fold import fold
from studytui.study.notes.card import card_id
from studytui.study.notes.review import Rating
from studytui.study.scheduling.study_day import StudyDays
from studytui.study.vocabulary import Mark
from studytui.text.document import Document, Paragraph
from tests.store.acts import a_note

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=5 * 365)
WATER, HILL = (card_id(a_note(headword).id, "recognition") for headword in ("水", "山"))


class Clock:
    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def locations(home: Path) -> Locations:
    return Locations.find({"STUDYTUI_HOME": str(home)})


@pytest.fixture
def collection(locations: Locations, clock: Clock) -> Iterator[Collection]:
    with Collection.open(locations, clock, StudyDays(UTC, 4)) as opened:
        yield opened


def every_event(locations: Locations) -> list[Event]:
    return [event for path in journal.files(locations.journal) for event in journal.read(path).events]


def a_text(text: str) -> Document:
    paragraph = Paragraph("paragraph", text, tuple(range(len(text))))
    return Document(f"{text}.txt", text, "utf-8", (paragraph,))


def wrong_session(collection: Collection, clock: Clock) -> None:
    """An hour under a clock that is five years ahead."""
    clock.at = LATER
    collection.mark("水", "known")
    collection.add_note(a_note("山", "wrong"))
    collection.library.remember(a_text("山水"))
    collection.library.set_place("d", 3, 3)
    collection.cards.suspend(HILL)
    collection.answer(WATER, Rating.GOOD, 900, "recognition")
    clock.at = NOW + timedelta(hours=1)


@pytest.mark.parametrize("again", [False, True])
def test_what_is_said_after_a_wrong_clock_holds(
    collection: Collection, clock: Clock, locations: Locations, again: bool
) -> None:
    collection.library.remember(a_text("朋友"))
    wrong_session(collection, clock)
    collection.mark("水", "ignored")
    collection.add_note(a_note("山", "right"))
    collection.library.remember(a_text("朋友"))
    collection.library.set_place("d", 1, 1)
    collection.cards.unsuspend(HILL)
    memory = collection.answer(WATER, Rating.GOOD, 900, "recognition")
    if again:
        collection.close()
        locations.snapshot.unlink()
        collection = Collection.open(locations, clock, StudyDays(UTC, 4))
    assert collection.status("水") == "ignored"
    assert [note.glosses for note in collection.notes()] == [("right",)]
    assert [text.title for text in collection.library.texts()] == ["朋友", "山水"]
    place = collection.library.place("d")
    assert place is not None
    assert place.paragraph == 1
    assert collection.cards.taken_out() == ()
    assert collection.state.memories[WATER] == memory
    assert memory.due < NOW + timedelta(days=30)


def test_any_order_and_split_of_such_events_comes_to_the_same(
    collection: Collection, clock: Clock, locations: Locations
) -> None:
    wrong_session(collection, clock)
    statuses: tuple[Mark, ...] = ("ignored", "learning")
    for status in statuses:
        collection.mark("水", status)
    collection.answer(WATER, Rating.HARD, 900, "recognition")
    events = every_event(locations)
    whole = fold(events)
    assert collection.state == whole
    for order in list(permutations(range(len(events))))[::5000]:
        assert fold([events[number] for number in order]) == whole


def test_another_machine_goes_on_from_what_it_has_seen(
    collection: Collection, clock: Clock, tmp_path: Path
) -> None:
    wrong_session(collection, clock)
    other = Locations.find({"STUDYTUI_HOME": str(tmp_path / "other")})
    other.journal.mkdir(parents=True)
    for path in journal.files(collection.locations.journal):
        (other.journal / path.name).write_bytes(path.read_bytes())
    with Collection.open(other, clock) as second:
        second.mark("水", "learning")
    for path in journal.files(other.journal):
        (collection.locations.journal / path.name).write_bytes(path.read_bytes())
    collection.refresh()
    assert collection.status("水") == "learning"


def test_many_acts_at_once_do_not_run_ahead_of_the_clock(
    collection: Collection, clock: Clock, locations: Locations
) -> None:
    words = [f"词{chr(0x4E00 + number)}" for number in range(3000)]
    collection.mark_all(dict.fromkeys(words, "known"))
    for word in words[:300]:
        collection.mark(word, "ignored")
    clock.at += timedelta(seconds=1)
    collection.mark("水", "known")
    events = every_event(locations)
    assert {event.at for event in events} == {NOW, NOW + timedelta(seconds=1)}
    assert all(one.id < other.id for one, other in pairwise(events))
    assert collection.check() == ()


def test_it_is_said_at_the_start_and_repair_dates_them_anew(
    collection: Collection, clock: Clock, locations: Locations
) -> None:
    for day in range(20):
        clock.at = NOW - timedelta(days=20 - day)
        collection.answer(HILL, Rating.GOOD, 900, "recognition")
    wrong_session(collection, clock)
    collection.answer(HILL, Rating.GOOD, 900, "recognition")
    collection.close()
    with Collection.open(locations, clock, StudyDays(UTC, 4)) as again:
        (said,) = again.warnings
        assert said.startswith("6 answers and other acts are dated in the future, up to 2031-04-30")
        assert {finding.kind for finding in again.check()} >= {"future"}
        assert again.state.memories[WATER].due > LATER
        before = {event.id for event in every_event(locations)}
        assert "6 answers and other acts that were dated in the future" in again.repair()[-1]
        assert before < {event.id for event in every_event(locations)}
        assert again.warnings == ()
        assert NOW - timedelta(days=1) < again.state.memories[WATER].last_review <= clock.at
        assert again.state.memories[WATER].due < NOW + timedelta(days=30)
        assert max(again.state.days) == NOW.date()
        assert {finding.kind for finding in again.check()} <= {"backwards"}
        assert again.repair() == ()
        state = again.state
    events = every_event(locations)
    assert fold(reversed(events)) == fold(events) == state
    with Collection.open(locations, clock, StudyDays(UTC, 4)) as third:
        assert third.warnings == ()
        assert third.state == state


def test_a_new_date_that_arrives_before_its_event_still_holds(
    collection: Collection, clock: Clock, locations: Locations, tmp_path: Path
) -> None:
    for _ in range(20):
        collection.answer(HILL, Rating.GOOD, 900, "recognition")
    wrong_session(collection, clock)
    collection.repair()
    events = every_event(locations)
    redates = [event for event in events if event.type == "redate"]
    rest = [event for event in events if event.type != "redate"]
    other = Locations.find({"STUDYTUI_HOME": str(tmp_path / "other")})
    with Collection.open(other, clock) as second:
        for part in (redates, rest[:3], rest[3:]):
            journal.Appender(other.journal / "phone-1.jsonl").append(part)
            second.refresh()
        assert second.state == fold(events) == collection.state


def test_a_clock_that_is_far_behind_is_not_made_right_by_moving_everything(
    collection: Collection, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(5):
        collection.answer(HILL, Rating.GOOD, 900, "recognition")
    clock.at = NOW - timedelta(days=2000)
    assert "clock is wrong" in collection.repair()[-1]
    assert collection.state.redated == {}


def test_a_clock_beyond_all_calendars_is_refused(collection: Collection, clock: Clock) -> None:
    clock.at = datetime(9998, 1, 1, tzinfo=UTC)
    with pytest.raises(StudytuiError, match="set it right"):
        collection.mark("水", "known")
    assert collection.status("水") == "new"


def test_two_answers_never_have_one_time(collection: Collection, locations: Locations) -> None:
    for _ in range(4):
        collection.answer(WATER, Rating.GOOD, 900, "recognition")
        collection.mark("水", "known")
        collection.mark("水", "new")
    answers = [event for event in every_event(locations) if event.type == "review"]
    assert len({event.at for event in answers}) == 4
    assert collection.state.memories[WATER].reps == 4


def test_ids_of_old_journals_are_in_the_order_of_their_times(home: Path) -> None:
    assert run(["stats", "--json"]) == 0
    with Collection.open(Locations.find({"STUDYTUI_HOME": str(home)})) as collection:
        collection.mark("水", "known")
        (event,) = every_event(collection.locations)
        assert time_of(event.id) == round(event.at.timestamp() * 1000)
