"""A quiz and a review, as a learner goes through them."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static

from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.store.reports.reviews import reviews
from studytui.study.notes.review import Rating
from studytui.study.phrases.ranking import KeyPhrase
from studytui.text.token import AnnotatedDocument
from studytui.tui.app import Start, StudytuiApp
from studytui.tui.screens.quiz.question_screen import QuizScreen
from studytui.tui.widgets.wrapped_text import WrappedText
from studytui.wording import span
from tests.tui.conftest import MakeApp


async def asked(app: StudytuiApp, pilot: Pilot[None]) -> QuizScreen:
    await app.workers.wait_for_complete()
    await pilot.pause()
    assert isinstance(app.screen, QuizScreen)
    await met(app.screen, pilot)
    return app.screen


async def met(screen: QuizScreen, pilot: Pilot[None]) -> None:
    """Looks at the new words that come before the next question."""
    while screen.stage == "meeting":
        await pilot.press("enter")


async def rate(screen: QuizScreen, pilot: Pilot[None], key: str) -> None:
    """Rates, and looks at the new words that come next."""
    await pilot.press(key)
    await met(screen, pilot)


def shown(screen: QuizScreen, name: str) -> str:
    return screen.query_one(f"#quiz-{name}", WrappedText).text


async def answer(screen: QuizScreen, pilot: Pilot[None], *, right: bool = True) -> None:
    """Answers as a learner's fingers would."""
    question = screen.question
    assert question is not None
    if question.kind == "order":
        numbers = {option.text: number for number, option in question.numbered}
        rest = question.answer
        for _ in question.options:
            piece = max((text for text in numbers if rest.startswith(text)), key=len)
            await pilot.press(str(numbers.pop(piece)))
            rest = rest[len(piece) :]
        await pilot.press("enter")
    elif question.form == "choice":
        number = next(number for number, option in question.numbered if (option.family == "answer") is right)
        await pilot.press(str(number))
    else:
        while screen.stage == "asking":
            screen.query_one(Input).value = question.answer if right else "不对"
            await pilot.press("enter")
    assert screen.stage == "rating"


async def test_an_answer_is_on_disk_before_the_next_question(make_app: MakeApp, workspace: Workspace) -> None:
    app = make_app(Start("quiz", document=workspace.open("newspaper"), limit=6, seed=1))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await asked(app, pilot)
        while screen.question is not None and not screen.question.card:
            await answer(screen, pilot)
            await rate(screen, pilot, "enter")
        question = screen.question
        assert question is not None
        await answer(screen, pilot)
        assert question.card not in workspace.collection.state.memories
        await rate(screen, pilot, "3")
        with Collection.open(Locations.find(os.environ)) as other:
            assert other.state.memories[question.card].reps == 1
            assert question.note.id in other.state.notes


async def test_a_whole_quiz_to_its_summary_and_undo_after_it(make_app: MakeApp, workspace: Workspace) -> None:
    app = make_app(Start("quiz", document=workspace.open("two-teas"), limit=5, seed=2))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await asked(app, pilot)
        for _ in range(60):
            if screen.stage == "over":
                break
            await answer(screen, pilot)
            await rate(screen, pilot, "4")
            if screen.question is not None and not screen.question.card:
                await answer(screen, pilot)
                await rate(screen, pilot, "enter")
        assert str(screen.stage) == "over"
        summary = shown(screen, "prompt")
        assert "right at the first try" in summary
        assert "Tomorrow: " in summary
        reviewed = len(workspace.collection.state.memories)
        assert reviewed > 0
        await pilot.press("u")
        assert str(screen.stage) == "asking"
        assert len(workspace.collection.state.memories) in (reviewed, reviewed - 1)
        assert app.is_running


async def test_a_wrong_answer_proposes_again_and_comes_back(make_app: MakeApp, workspace: Workspace) -> None:
    app = make_app(Start("quiz", document=workspace.open("newspaper"), limit=3, seed=4))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await asked(app, pilot)
        while screen.question is not None and not screen.question.card:
            await answer(screen, pilot)
            await rate(screen, pilot, "enter")
        first = screen.question
        assert first is not None
        await answer(screen, pilot, right=False)
        assert screen.proposed is Rating.AGAIN
        assert "Not quite" in shown(screen, "verdict")
        assert first.note.headword in shown(screen, "verdict")
        await rate(screen, pilot, "enter")
        assert workspace.collection.state.memories[first.card].phase == "learning"
        cards: list[str] = []
        for _ in range(30):
            if screen.stage == "over" or screen.question is None:
                break
            cards.append(screen.question.card)
            await answer(screen, pilot)
            await rate(screen, pilot, "4" if screen.question.card else "enter")
        assert first.card in cards


async def test_what_was_learnt_is_due_tomorrow_and_the_next_start_knows(home: Path) -> None:
    locations = Locations.find(os.environ)
    today = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
    with Collection.open(locations, clock=lambda: today) as collection:
        workspace = Workspace(collection)
        app = StudytuiApp(workspace, Start("quiz", document=workspace.open("two-teas"), limit=4, seed=3))
        async with app.run_test(size=(80, 24)) as pilot:
            screen = await asked(app, pilot)
            for _ in range(40):
                if screen.question is None:
                    break
                await answer(screen, pilot)
                await rate(screen, pilot, "4" if screen.question.card else "enter")
            await pilot.press("escape")
        memories = dict(collection.state.memories)
        seen = {card.id for card in collection.queue() if card.memory is not None}
        assert memories
        assert seen == set()
    later = max(memory.due for memory in memories.values()) + timedelta(days=1)
    with Collection.open(locations, clock=lambda: later) as collection:
        assert {card.id for card in collection.queue() if card.memory is not None} <= set(memories)
        assert any(card.memory is not None for card in collection.queue())
        app = StudytuiApp(Workspace(collection), Start("review"))
        async with app.run_test(size=(80, 24)) as pilot:
            screen = await asked(app, pilot)
            question = screen.question
            assert question is not None
            before = collection.state.memories.get(question.card)
            await answer(screen, pilot)
            await rate(screen, pilot, "enter")
            after = collection.state.memories[question.card]
            assert after.reps == (before.reps if before else 0) + 1


@pytest.mark.parametrize("away", ["focus", "suspended", "another screen", "the keys"])
async def test_the_time_to_answer_is_measured_and_a_pause_is_not_counted(
    make_app: MakeApp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, away: str
) -> None:
    now = [100.0]
    monkeypatch.setattr("studytui.session.asking.stopwatch.monotonic", lambda: now[0])
    app = make_app(Start("quiz", document=workspace.open("newspaper"), limit=4, seed=4))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await asked(app, pilot)
        while screen.question is not None and not screen.question.card:
            await answer(screen, pilot)
            await rate(screen, pilot, "enter")
        now[0] += 3
        if away == "focus":
            app.post_message(events.AppBlur())
        elif away == "suspended":
            app.app_suspend_signal.publish(app)
        elif away == "the keys":
            screen.set_focus(None)
            await pilot.press("question_mark")
            assert app.screen is not screen
        else:
            await app.push_screen(Screen[None]())
        await pilot.pause()
        now[0] += 50
        if away == "focus":
            app.post_message(events.AppFocus())
        elif away == "suspended":
            app.app_resume_signal.publish(app)
        elif away == "the keys":
            await pilot.press("escape")
        else:
            await app.pop_screen()
        await pilot.pause()
        now[0] += 1.5
        await answer(screen, pilot)
        assert screen.proposed in (Rating.GOOD, Rating.EASY)
        await rate(screen, pilot, "enter")
        assert reviews(workspace.collection.locations, workspace.collection.state)[-1].took_ms == 4500
        # Who walks away without a word of it from the terminal has not thought for an hour.
        while screen.question is not None and not screen.question.card:
            await answer(screen, pilot)
            await rate(screen, pilot, "enter")
        now[0] += 3600
        await answer(screen, pilot)
        assert screen.proposed is Rating.GOOD
        await rate(screen, pilot, "enter")
        assert reviews(workspace.collection.locations, workspace.collection.state)[-1].took_ms == 60_000


@pytest.mark.parametrize(
    ("stage", "told"),
    [("chapters", "2 of 9 chapters are done."), ("cutting", "finding the words: 22 %")],
)
async def test_a_long_text_tells_how_far_its_preparation_is(
    make_app: MakeApp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, stage: str, told: str
) -> None:
    go_on, at_work = Event(), Event()
    find = workspace.phrases

    def slowly(document: AnnotatedDocument, *rest: Any) -> tuple[KeyPhrase, ...]:
        setattr(workspace, stage, (2, 9))
        at_work.set()
        assert go_on.wait(30)
        setattr(workspace, stage, None)
        return find(document, *rest)

    monkeypatch.setattr(workspace, "phrases", slowly)
    monkeypatch.setattr("studytui.tui.screens.quiz.prepared_screen.TELL_EVERY", 0.01)
    app = make_app(Start("quiz", document=workspace.open("newspaper"), limit=2, seed=1))
    async with app.run_test(size=(80, 24)) as pilot:
        try:
            for _ in range(500):
                await pilot.pause(0.01)
                if isinstance(app.screen, QuizScreen) and told in shown(app.screen, "kind"):
                    break
            assert isinstance(app.screen, QuizScreen)
            assert shown(app.screen, "kind") == f"Preparing the questions… {told}"
        finally:
            go_on.set()
        assert at_work.is_set()
        screen = await asked(app, pilot)
        assert screen.stage == "asking"
        await pilot.pause(0.05)
        assert told not in shown(screen, "kind")


async def test_review_of_nothing_says_so(make_app: MakeApp) -> None:
    app = make_app(Start("review"))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await asked(app, pilot)
        assert screen.stage == "over"
        assert "Nothing is due" in shown(screen, "prompt")
        await rate(screen, pilot, "enter")
    assert app.return_code == 0


async def test_a_failed_write_keeps_the_question(
    make_app: MakeApp, workspace: Workspace, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(Start("quiz", document=workspace.open("two-teas"), limit=3, seed=2))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await asked(app, pilot)
        while screen.question is not None and not screen.question.card:
            await answer(screen, pilot)
            await rate(screen, pilot, "enter")
        question = screen.question
        await answer(screen, pilot)
        # The folder of the journals is a file now: the real write fails.
        journal = workspace.collection.locations.journal
        if journal.exists():
            journal.rename(journal.with_name("journal-elsewhere"))
        journal.parent.mkdir(parents=True, exist_ok=True)
        journal.write_text("in the way")
        await rate(screen, pilot, "3")
        assert screen.stage == "rating"
        assert screen.question is question
        journal.unlink()
        elsewhere = journal.with_name("journal-elsewhere")
        if elsewhere.exists():
            elsewhere.rename(journal)
        await rate(screen, pilot, "3")
        assert screen.question is not question


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "<1 min"),
        (59, "<1 min"),
        (600, "10 min"),
        (3 * 3600, "3 h"),
        (86400, "1 day"),
        (4 * 86400, "4 days"),
        (60 * 86400, "2.0 months"),
        (730.5 * 86400, "2.0 years"),
    ],
)
def test_spans_of_time_are_said_shortly(seconds: float, said: str) -> None:
    assert span(seconds) == said


async def test_a_fault_in_the_preparation_is_said(
    make_app: MakeApp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ValueError("something of ours")

    monkeypatch.setattr(workspace, "annotate", fails)
    app = make_app(Start("quiz", document=workspace.open("newspaper"), limit=6, seed=1))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, QuizScreen)
        while screen.stage == "waiting":
            await pilot.pause(0.02)
        assert "something of ours" in shown(screen, "kind")
        await pilot.press("escape")
    assert app.return_code == 0


async def test_a_quiz_that_was_broken_off_is_offered_with_the_questions_left(
    make_app: MakeApp, workspace: Workspace
) -> None:
    document = workspace.open("newspaper")
    app = make_app(Start("quiz", document=document, limit=8, seed=3))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await asked(app, pilot)
        answered = 0
        while answered < 3:
            question = screen.question
            assert question is not None
            answered += bool(question.card)
            await answer(screen, pilot)
            await rate(screen, pilot, "4")  # Easy: it does not come back in this round
        assert screen.session is not None
        left = screen.session._round.waiting
        app.exit()
    assert left

    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert f"Quiz, {len(left)} left" in str(app.screen.query_one("#home-today", Static).render())
        await pilot.press("t")
        screen = await asked(app, pilot)
        assert screen.session is not None
        assert screen.session._round.waiting == left
        await pilot.press("escape", "q")  # left as it is: it is offered again

    app = make_app(Start("quiz", document=document))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter")  # go on
        screen = await asked(app, pilot)
        assert screen.session is not None
        assert screen.session._round.waiting == left
        while screen.question is not None:
            await answer(screen, pilot)
            await rate(screen, pilot, "4" if screen.question.card else "enter")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Quiz," not in str(app.screen.query_one("#home-today", Static).render())


async def test_a_new_quiz_can_be_begun_in_place_of_one_that_was_broken_off(
    make_app: MakeApp, workspace: Workspace
) -> None:
    document = workspace.open("newspaper")
    for ways in ((), ("j", "enter")):
        app = make_app(Start("quiz", document=document, limit=6))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await pilot.press(*ways)
            screen = await asked(app, pilot)
            assert screen.session is not None
            assert screen.session.standing().new == 6
            while screen.question is not None and not screen.question.card:
                await answer(screen, pilot)
                await rate(screen, pilot, "enter")
            await answer(screen, pilot)
            await rate(screen, pilot, "4")
            await pilot.press("escape")
    app = make_app(Start("quiz", document=document))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("escape")
    assert app.return_code == 0


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": 9}', b"\xff" * 40, b"[" * 100_000])
async def test_a_damaged_file_of_a_quiz_is_no_quiz(
    content: bytes, make_app: MakeApp, workspace: Workspace
) -> None:
    path = workspace.collection.locations.quiz
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Quiz," not in str(app.screen.query_one("#home-today", Static).render())
