"""A phone's terminal: 40 columns, and 15 rows above the keyboard; a finger is a mouse."""

from __future__ import annotations

import pytest
from textual.containers import VerticalScroll

from studytui.session.workspace import Workspace
from studytui.tui.app import Start
from studytui.tui.screens.quiz.question_screen import QuizScreen
from studytui.tui.screens.reader.reader import ReaderScreen
from studytui.tui.widgets.choice_list import ChoiceList
from studytui.tui.widgets.key_bar import KeyBar
from studytui.tui.widgets.rating_bar import RatingBar
from studytui.tui.widgets.row_list import RowList
from tests.tui.conftest import MakeApp


@pytest.mark.parametrize("size", [(40, 15), (45, 20)])
async def test_a_quiz_is_answered_by_finger_with_all_in_view(
    size: tuple[int, int], make_app: MakeApp, workspace: Workspace
) -> None:
    app = make_app(Start("quiz", document=workspace.open("newspaper"), limit=6, seed=1))
    seen: set[str] = set()
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, QuizScreen)
        body = screen.query_one("#quiz-body", VerticalScroll).region
        for _ in range(40):
            question = screen.question
            if question is None or len(seen) > 3:
                break
            if screen.stage == "meeting":
                await pilot.press("enter")
                continue
            if question.form != "choice":
                await pilot.press("enter")
            else:
                options = screen.query_one(ChoiceList)
                assert options.region.height >= len(question.options)
                assert body.contains_region(options.region), question.kind
                seen.add(question.card)
                await pilot.click(ChoiceList, offset=(4, 1))  # the second one
            assert str(screen.stage) == "rating"
            await pilot.pause()
            verdict = screen.query_one("#quiz-verdict").region
            body = screen.query_one("#quiz-body", VerticalScroll).region
            assert body.y <= verdict.y < body.bottom or verdict.height > body.height
            ratings = screen.query_one(RatingBar)
            if question.card:
                assert ratings.region.bottom <= size[1]
                await pilot.click(RatingBar, offset=(size[0] // 2 + 2, 1))  # the third one: good
                assert workspace.collection.state.memories[question.card].reps > 0
            else:
                await pilot.press("enter")
            body = screen.query_one("#quiz-body", VerticalScroll).region
        assert len(seen) > 3


async def test_home_has_room_for_texts_that_a_finger_opens(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(40, 15)) as pilot:
        await pilot.pause()
        texts = app.screen.query_one(RowList)
        assert texts.region.height >= 7
        assert app.screen.query_one(KeyBar).region.bottom <= 15
        await pilot.click(RowList, offset=(4, 2))
        await pilot.pause()
        assert isinstance(app.screen, ReaderScreen)
