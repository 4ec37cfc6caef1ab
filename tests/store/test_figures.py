"""What the learner is told at the end of a day, and of leeches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytui.session.asking.study_session import review_session
from studytui.session.figures import rest_of_day, stats_of
from studytui.session.today import days_to_come, today_page
from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.store.reports.statistics import USUAL_ANSWERS, USUAL_SECONDS, minutes_for
from studytui.store.state.records import DayCount
from studytui.study.notes.card import card_id
from studytui.study.notes.review import Rating
from studytui.study.questions.judge import judge
from studytui.study.scheduling.queue import DueCount, Today
from studytui.study.scheduling.study_day import StudyDays
from tests.store.acts import a_note


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (Today(), ["Done for today."]),
        (Today(due=DueCount(1, 0, 2)), ["3 cards to study now."]),
        (
            Today(later=1, next=datetime(2026, 5, 1, 9, 30).astimezone()),
            ["1 card comes back today, from 09:30 on."],
        ),
        (
            Today(reviews_held=1, new_held=12, siblings=1),
            [
                "Done for today.",
                "Beyond the day's limits: 1 review and 12 new cards.",
                "1 word has another card, which waits until tomorrow.",
            ],
        ),
    ],
)
def test_the_rest_of_the_day_in_sentences(today: Today, said: list[str]) -> None:
    assert rest_of_day(today) == said


def test_a_leech_is_said_at_the_end_of_the_session_that_made_it(home: Path) -> None:
    locations = Locations.find({"STUDYTUI_HOME": str(home)})
    locations.config.mkdir(parents=True)
    locations.settings.write_text('leech_threshold = 1\ntemplates = ["recognition"]\n')
    now = [datetime(2026, 5, 1, 9, tzinfo=UTC)]
    with Collection.open(locations, lambda: now[0], StudyDays(UTC, 4)) as collection:
        collection.add_notes([a_note("水"), a_note("山")])
        for headword in ("水", "山"):
            collection.answer(card_id(a_note(headword).id, "recognition"), Rating.EASY, 1, "recognition")
        now[0] += timedelta(days=40)
        session = review_session(Workspace(collection), None, seed=1)
        for _ in range(2):
            question = session.next()
            assert question is not None
            rating = Rating.AGAIN if question.headword == "水" else Rating.GOOD
            session.rate(question, rating, 900, judge(question, "?"))
        assert session.outcome().leeches == ("水",)
        assert "Suspended, being forgotten again and again: 水" in session.summary()
        session.undo()
        session.undo()
        assert session.outcome().leeches == ()


def test_todays_page_says_what_the_statistics_say(home: Path) -> None:
    now = datetime(2026, 5, 1, 9, tzinfo=UTC)
    collection = Collection(Locations.find({"STUDYTUI_HOME": str(home)}), lambda: now, StudyDays(UTC, 4))
    collection.add_notes([a_note(headword) for headword in ("水", "山", "朋友")])
    for back in (3, 2, 1, 0):
        now = datetime(2026, 5, 10, 9, tzinfo=UTC) - timedelta(days=back)
        for card in list(collection.queue())[:2]:
            collection.answer(card.id, Rating.GOOD, 6000, "recall")
    collection.mark("山", "known")  # its cards are not asked, and not foretold
    due = collection.due_counts()[""]
    page, stats = today_page(collection, due, days_to_come(collection)), stats_of(collection)
    assert page.due.total == stats.due
    assert page.comes == stats.forecast[1:8]
    assert (page.streak, page.answers[-1]) == (stats.streak, stats.answers_today) == (4, 2)
    assert page.new_left == collection.config.new_per_day - stats.new_today


def test_minutes_follow_the_learners_own_answers() -> None:
    due = DueCount(new=2, learning=1, review=9)
    usual = minutes_for(due, [])
    assert usual == pytest.approx(USUAL_SECONDS * (10 + 2 * USUAL_ANSWERS) / 60)
    slow = DayCount(answers=2000, new=0, reviews=2000, took_ms=2000 * 18_000)
    assert minutes_for(DueCount(review=10), [slow]) == pytest.approx(3.0, rel=0.01)
    often = DayCount(answers=500, new=100, reviews=0, took_ms=500 * 6_000)
    assert minutes_for(DueCount(new=10), [often]) == pytest.approx(10 * 5 * 6 / 60, rel=0.1)
    asleep = DayCount(answers=10, new=0, reviews=10, took_ms=10 * 3_600_000)
    assert minutes_for(DueCount(review=1), [asleep]) <= 1.0
    assert minutes_for(DueCount(), [slow]) == 0.0
