"""Cards are suspended and buried by key, and put back."""

from __future__ import annotations

import os

import pytest
from textual.widgets import Static

from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.study.notes.review import Rating
from studytui.tui.app import Start
from studytui.tui.screens.quiz.question_screen import QuizScreen
from studytui.tui.screens.statistics_screen import StatsScreen
from studytui.tui.screens.suspended_cards import TakenOutScreen
from tests.tui.conftest import MakeApp
from tests.tui.test_quiz import answer, asked


def noted(workspace: Workspace, count: int = 4) -> None:
    document = workspace.open("two-teas")
    workspace.collection.library.remember(document)
    workspace.collection.add_notes(workspace.notes_for(document, count))


@pytest.mark.parametrize(("key", "stage"), [("minus", "rating"), ("at", "rating"), ("minus", "asking")])
async def test_a_card_is_set_aside_and_asked_again_after_undo(
    make_app: MakeApp, workspace: Workspace, key: str, stage: str
) -> None:
    noted(workspace)
    app = make_app(Start("review", seed=1))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await asked(app, pilot)
        question = screen.question
        assert question is not None
        if stage == "rating":
            await answer(screen, pilot)
        else:
            screen.set_focus(None)
        await pilot.press(key)
        state = workspace.collection.state
        where = state.suspended if key == "at" else state.buried
        assert question.card in where
        assert screen.stage == "asking"
        assert screen.question is not None
        assert screen.question.card != question.card
        assert question.card not in {card.id for card in workspace.collection.queue()}
        with Collection.open(Locations.find(os.environ)) as other:
            assert question.card in (other.state.suspended if key == "at" else other.state.buried)
        if key == "minus":  # no other card of the note comes in its place
            assert question.note.id not in {card.note.id for card in workspace.collection.queue()}
        screen.set_focus(None)
        await pilot.press("u")
        assert not where
        assert screen.question is not None
        assert screen.question.card == question.card


async def test_a_suspended_card_is_put_back_from_the_statistics(
    make_app: MakeApp, workspace: Workspace
) -> None:
    noted(workspace)
    card = workspace.collection.queue()[0].id
    workspace.collection.cards.suspend(card)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("S", "@")
        await app.workers.wait_for_complete()
        assert isinstance(app.screen, TakenOutScreen)
        assert "1 card;" in str(app.screen.query_one("#taken-out-header", Static).render())
        await pilot.press("enter")
        assert card not in workspace.collection.state.suspended
        assert "none" in str(app.screen.query_one("#taken-out-header", Static).render())
        await pilot.press("u")
        assert card in workspace.collection.state.suspended
        await pilot.press("escape")
        assert isinstance(app.screen, StatsScreen)


async def test_a_leech_is_said_and_not_asked_again(make_app: MakeApp, workspace: Workspace) -> None:
    noted(workspace, 1)
    said: list[str] = []
    app = make_app(Start("review", seed=1))
    app.say = lambda sentence, severity="information": said.append(sentence)  # type: ignore[method-assign]
    workspace.collection.config = type(workspace.collection.config)(leech_threshold=1)
    card = workspace.collection.queue()[0].id
    workspace.collection.answer(card, Rating.EASY, 100, "recognition")
    from datetime import UTC, datetime, timedelta

    workspace.collection.clock = lambda: datetime.now(UTC) + timedelta(days=60)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await asked(app, pilot)
        assert screen.question is not None
        assert screen.question.card == card
        await answer(screen, pilot, right=False)
        await pilot.press("1")
        assert workspace.collection.state.suspended == {card: "leech"}
        assert any("again and again" in sentence for sentence in said)
        assert getattr(screen.question, "card", None) != card
        await pilot.press("u")
        assert workspace.collection.state.suspended == {}


async def test_a_quiz_does_not_ask_what_is_suspended(make_app: MakeApp, workspace: Workspace) -> None:
    start = Start("quiz", document=workspace.open("two-teas"), limit=4, seed=3)
    app = make_app(start)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await asked(app, pilot)
        assert screen.session is not None
        cards = {each.card for each in screen.session._round.waiting if each.card}
    for card in cards:
        workspace.collection.cards.suspend(card)
    app = make_app(start)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, QuizScreen)
        told = str(app.screen.query_one("#quiz-kind", Static).render())
        question = app.screen.question
        assert "suspended" in told if question is None else not question.card
