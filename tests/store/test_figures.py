"""What the learner is told at the end of a day, and of leeches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytui.session.figures import rest_of_day
from studytui.session.study_session import review_session
from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
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
        assert "Taken out, being forgotten again and again: 水" in session.summary()
        session.undo()
        session.undo()
        assert session.outcome().leeches == ()
