"""The stages of a session: a word is met, asked with hints, not known, answered, taken back."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from studytui.session.asking.quizzes import quiz_session, resumed_session, unfinished
from studytui.session.asking.study_session import StudySession
from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.store.reports.reviews import reviews
from studytui.study.notes.note import Note
from studytui.study.notes.review import Rating
from studytui.study.questions.judge import given_up
from studytui.study.questions.question import BLANK, Option, Question
from studytui.study.questions.round import Standing
from studytui.tui.app import Start, StudytuiApp
from studytui.tui.screens.quiz import question_view
from studytui.tui.screens.quiz.question_screen import QuizScreen
from studytui.tui.screens.reader.reader import ReaderScreen
from studytui.tui.widgets.choice_list import ChoiceList
from studytui.tui.widgets.key_bar import KeyBar
from studytui.tui.widgets.rating_bar import RatingBar
from studytui.tui.widgets.wrapped_text import WrappedText
from tests.tui.conftest import MakeApp


def shown(screen: QuizScreen, name: str) -> str:
    return screen.query_one(f"#quiz-{name}", WrappedText).text


def header(screen: QuizScreen) -> str:
    return str(screen.query_one("#quiz-header").render())


async def ready(app: StudytuiApp, pilot: Pilot[None]) -> QuizScreen:
    await app.workers.wait_for_complete()
    await pilot.pause()
    screen = app.screen
    assert isinstance(screen, QuizScreen)
    return screen


@asynccontextmanager
async def reviewing() -> AsyncIterator[tuple[StudytuiApp, Pilot[None], QuizScreen]]:
    """What is due in the learner's collection."""
    with Collection.open(Locations.find(os.environ)) as collection:
        app = StudytuiApp(Workspace(collection), Start("review"))
        async with app.run_test(size=(80, 24)) as pilot:
            yield app, pilot, await ready(app, pilot)


async def to_question(screen: QuizScreen, pilot: Pilot[None], kind: str = "", form: str = "") -> None:
    """Rates what comes until a question of such a kind and form is asked."""
    for _ in range(80):
        question = screen.question
        assert question is not None, f"no {form} {kind} was asked"
        if screen.stage == "asking" and kind in ("", question.kind) and form in ("", question.form):
            return
        if screen.stage == "asking":
            await pilot.press("space", "4")
            if not question.card:
                await pilot.press("enter")
        else:
            await pilot.press("enter")
    raise AssertionError(f"no {form} {kind} was asked")


@pytest.fixture
def firm(home: object) -> Collection:
    """A collection whose cards of a text were all known well twelve days ago."""
    then = datetime.now(UTC) - timedelta(days=12)
    with Collection.open(Locations.find(os.environ), clock=lambda: then) as collection:
        workspace = Workspace(collection)
        document = workspace.annotate(workspace.open("broken-chair"))
        session = quiz_session(workspace, document, workspace.phrases(document), 20, 1)
        while (question := session.next()) is not None:
            session.rate(question, Rating.EASY, 3000, given_up(question))
    return collection


async def test_a_new_word_is_met_and_asked_some_words_later(make_app: MakeApp, workspace: Workspace) -> None:
    app = make_app(Start("quiz", document=workspace.open("two-teas"), limit=8, seed=2))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(app, pilot)
        assert screen.stage == "meeting"
        first = screen.question
        assert first is not None
        assert first.headword in shown(screen, "prompt")
        assert first.note.glosses[0] in shown(screen, "verdict")
        assert "8 new · 0 done" in header(screen)
        met = [first.note.id]
        while screen.stage == "meeting":
            await pilot.press("enter")
            assert screen.question is not None
            met.append(screen.question.note.id)
        assert len(met) == 5
        assert met[-1] == first.note.id
        assert screen.question == first
        assert not reviews(workspace.collection.locations, workspace.collection.state)


async def test_a_new_word_that_is_known_is_not_asked(make_app: MakeApp, workspace: Workspace) -> None:
    app = make_app(Start("quiz", document=workspace.open("two-teas"), limit=8, seed=2))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(app, pilot)
        question = screen.question
        assert question is not None
        await pilot.press("m")
        assert workspace.collection.status(question.headword) == "known"
        assert screen.question != question
        assert screen.session is not None
        assert question.note.id not in {each.note.id for each in screen.session._round.waiting}
        await pilot.press("u")
        assert workspace.collection.status(question.headword) == "new"
        assert screen.question == question


@pytest.mark.parametrize("size", [(80, 24), (45, 20), (120, 40)])
async def test_i_dont_know_shows_the_answer_and_proposes_again(
    size: tuple[int, int], make_app: MakeApp, workspace: Workspace
) -> None:
    for key in ("space", "enter"):
        app = make_app(Start("quiz", document=workspace.open("two-teas"), limit=8, seed=2))
        async with app.run_test(size=size) as pilot:
            screen = await ready(app, pilot)
            await to_question(screen, pilot, form="choice")
            question = screen.question
            assert question is not None
            await pilot.press(key)
            assert str(screen.stage) == "rating"
            assert screen.proposed is Rating.AGAIN
            assert "The answer" in shown(screen, "verdict")
            assert question.note.glosses[0] in shown(screen, "verdict")
            ratings = screen.query_one(RatingBar)
            assert ratings.region.height == 3
            assert ratings.region.bottom <= size[1] - 1
            assert ratings.text.startswith("1 Again")
            await pilot.press("enter")
            review = reviews(workspace.collection.locations, workspace.collection.state)[-1]
            assert (review.card, review.rating) == (question.card, Rating.AGAIN)
            await pilot.press("u")
            assert review.id in workspace.collection.state.undone


async def test_commands_work_while_nothing_is_typed_yet(make_app: MakeApp, firm: Collection) -> None:
    with Collection.open(Locations.find(os.environ)) as collection:
        workspace = Workspace(collection)
        app = StudytuiApp(workspace, Start("review"))
        async with app.run_test(size=(80, 24)) as pilot:
            screen = await ready(app, pilot)
            await to_question(screen, pilot, form="typed")
            assert screen.query_one(Input).has_focus
            line = str(screen.query_one(KeyBar).render())
            assert "Space I don't know" in line
            assert "? Help" in line
            await pilot.press("question_mark")
            assert app.screen is not screen
            await pilot.press("escape")
            question = screen.question
            assert question is not None
            await pilot.press("minus")
            assert screen.question != question
            await to_question(screen, pilot, form="typed")
            await pilot.press("ctrl+u")
            assert "Undone:" in screen.query_one(KeyBar).told
            await to_question(screen, pilot, form="typed")
            await pilot.press("n", "i", "minus")  # once something is typed, it is text
            assert screen.query_one(Input).value == "ni-"
            await pilot.press("ctrl+u")
            assert screen.query_one(Input).value == ""
            await pilot.press("space")
            assert str(screen.stage) == "rating"
            assert screen.proposed is Rating.AGAIN


async def test_hints_come_one_by_one_and_lower_the_rating(firm: Collection) -> None:
    async with reviewing() as (_, pilot, screen):
        await to_question(screen, pilot, "cloze", "typed")
        question = screen.question
        assert question is not None
        assert shown(screen, "hints") == ""  # the bare sentence
        await pilot.press("tab")
        assert shown(screen, "hints").splitlines() == list(question.hints[:1])
        screen.query_one(Input).value = question.answer
        await pilot.press("enter")
        assert screen.verdict is not None
        assert screen.verdict.outcome == "correct"
        assert screen.proposed in (Rating.HARD, Rating.GOOD)  # one lower than unaided
        assert shown(screen, "prompt") == question.sentence


async def test_another_word_in_a_bare_sentence_brings_a_hint_and_no_verdict(firm: Collection) -> None:
    async with reviewing() as (_, pilot, screen):
        await to_question(screen, pilot, "cloze", "typed")
        for hints in (1, 2):
            screen.query_one(Input).value = "世界"
            await pilot.press("enter")
            assert str(screen.stage) == "asking"
            assert len(shown(screen, "hints").splitlines()) == hints
        screen.query_one(Input).value = "世界"
        await pilot.press("enter")
        assert str(screen.stage) == "rating"
        assert screen.proposed is Rating.AGAIN
        assert "世界 shìjiè means" in shown(screen, "verdict")


async def test_a_meaning_that_no_gloss_has_is_left_to_the_learner(firm: Collection) -> None:
    async with reviewing() as (_, pilot, screen):
        await to_question(screen, pilot, "recognition", "reveal")
        question = screen.question
        screen.query_one(Input).value = "something like it"
        await pilot.press("enter")
        assert screen.proposed is None
        assert "You wrote: something like it" in shown(screen, "verdict")
        assert "1-4 Choose" in bar(screen)
        assert "Enter" not in bar(screen)  # it would take nothing
        await pilot.press("enter")
        assert str(screen.stage) == "rating"
        assert screen.question == question
        await pilot.press("3")
        assert screen.question != question


async def test_a_wrong_choice_is_explained(make_app: MakeApp, workspace: Workspace) -> None:
    app = make_app(Start("quiz", document=workspace.open("two-teas"), limit=8, seed=2))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(app, pilot)
        await to_question(screen, pilot, "cloze", "choice")
        question = screen.question
        assert question is not None
        number, option = next(each for each in question.numbered if each[1].family != "answer")
        await pilot.press(str(number))
        told = shown(screen, "verdict").splitlines()[0]
        assert told.startswith(f"✗ Not quite  {option.text} ")
        assert "means “" in told


async def test_redo_does_again_what_undo_took_back(make_app: MakeApp, workspace: Workspace) -> None:
    app = make_app(Start("quiz", document=workspace.open("two-teas"), limit=8, seed=2))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(app, pilot)
        await to_question(screen, pilot, form="choice")
        question = screen.question
        assert question is not None
        await pilot.press("space", "2")
        after = screen.question
        memory = workspace.collection.state.memories[question.card]
        await pilot.press("u")
        assert f"Undone: {question.headword}: Hard" in screen.query_one(KeyBar).told
        assert screen.question == question
        assert question.card not in workspace.collection.state.memories
        await pilot.press("U")
        assert f"Redone: {question.headword}: Hard" in screen.query_one(KeyBar).told
        assert screen.question == after
        assert workspace.collection.state.memories[question.card].reps == memory.reps
        await pilot.press("U")
        assert "nothing to do again" in screen.query_one(KeyBar).told


async def test_a_sentence_in_pieces_grows_and_enter_answers(make_app: MakeApp, workspace: Workspace) -> None:
    pieces = ("在图书馆", "看了", "两个小时的", "中文书")
    note = Note("图书馆", ("tu2", "shu1", "guan3"), "圖書館", ("library",))
    asked = Question(
        "order",
        "typed",
        "",
        note,
        "昨天他" + BLANK * len("".join(pieces)),
        "".join(pieces),
        tuple(Option(pieces[at], "piece") for at in (2, 0, 3, 1)),
        (),
        note.headword,
        "昨天他" + "".join(pieces),
    )
    app = make_app(Start("review"))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(QuizScreen(lambda: StudySession(workspace, "Order", [asked], seed=1)))
        screen = await ready(app, pilot)
        assert not screen.query_one(Input).display
        said = [shown(screen, name) for name in ("kind", "hints", "prompt")]
        assert sum("ieces" in each for each in said) == 1
        await pilot.press("2")
        assert shown(screen, "prompt").startswith("昨天他在图书馆＿")
        await pilot.press("enter")
        assert str(screen.stage) == "asking"
        assert "Pick all pieces" in screen.query_one(KeyBar).told
        await pilot.press("backspace")
        assert shown(screen, "prompt") == asked.prompt
        await pilot.press("h")
        assert shown(screen, "hints") == "It goes on with 在图书馆."
        await pilot.press("2", "4", "1", "3")
        assert str(screen.stage) == "asking"
        await pilot.press("enter")
        assert screen.verdict is not None
        assert screen.verdict.outcome == "correct"
        await pilot.press("enter")
        assert str(screen.stage) == "over"


@pytest.mark.parametrize(
    ("width", "told"),
    [
        (84, "8 new · 5 review · 1 again · 5 learning · 10 done  ▰▰▰▱▱▱▱▱▱▱"),
        (58, "8 new · 5 review · 1 again · 5 learning · 10 done"),
        (45, "8 new 5 review 1 again 5 learning 10 done"),
        (30, "19 to go · 10 done"),
    ],
)
def test_how_far_a_session_is_is_told_whole_at_any_width(width: int, told: str) -> None:
    standing = Standing(new=8, due=5, again=1, learning=5, done=10)
    assert question_view.standing_line(standing, width).plain == told


async def test_the_mouse_chooses_and_rates(make_app: MakeApp, workspace: Workspace) -> None:
    app = make_app(Start("quiz", document=workspace.open("two-teas"), limit=8, seed=2))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(app, pilot)
        await to_question(screen, pilot, form="choice")
        question = screen.question
        assert question is not None
        rows = screen.query_one(ChoiceList).rows(screen.query_one(ChoiceList).content_region.width)
        await pilot.click("#quiz-options", offset=(6, len(rows[0])))
        assert str(screen.stage) == "rating"
        assert screen.verdict is not None
        assert screen.verdict.given == question.options[1].text
        bar = screen.query_one(RatingBar)
        await pilot.click("#quiz-ratings", offset=(bar.content_region.width // 2 + 4, 1))
        assert reviews(workspace.collection.locations, workspace.collection.state)[-1].rating is Rating.GOOD


async def test_the_sentence_is_shown_in_its_text_and_the_place_there_stays(
    make_app: MakeApp, workspace: Workspace
) -> None:
    document = workspace.open("two-teas")
    workspace.collection.library.remember(document)
    workspace.collection.library.set_place(document.id, 0, 0)
    app = make_app(Start("quiz", document=document, limit=8, seed=2))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(app, pilot)
        await to_question(screen, pilot, form="choice")
        question = screen.question
        assert question is not None
        await pilot.press("space", "T")
        reader = app.screen
        assert isinstance(reader, ReaderScreen)
        await app.workers.wait_for_complete()
        await pilot.pause()
        place = reader.view.place
        text = document.paragraphs[place.paragraph].text
        assert text[place.offset :].startswith(question.written or question.headword)
        assert "broken off" not in reader.query_one(KeyBar).told  # it is open still
        await pilot.press("escape")
        assert app.screen is screen
        assert str(screen.stage) == "rating"
        kept = workspace.collection.library.place(document.id)
        assert kept is not None
        assert (kept.paragraph, kept.offset) == (0, 0)


@pytest.mark.parametrize("size", [(80, 24), (45, 20)])
async def test_the_words_of_the_sentence_are_looked_up_in_place(
    size: tuple[int, int], make_app: MakeApp, workspace: Workspace
) -> None:
    app = make_app(Start("quiz", document=workspace.open("two-teas"), limit=8, seed=2))
    async with app.run_test(size=size) as pilot:
        screen = await ready(app, pilot)
        await pilot.press("right")  # a new word has a sentence, too
        assert screen.stage == "meeting"
        await pilot.press("escape")
        await to_question(screen, pilot, "cloze", "choice")
        await pilot.press("right")
        assert str(screen.stage) == "asking"  # nothing is given away before the answer
        assert shown(screen, "verdict") == ""
        await pilot.press("space")
        answer, question = shown(screen, "verdict"), screen.question
        assert question is not None
        assert question.sentence is not None
        words = [
            word for word in workspace.sentence_words(question.sentence) if word.token.kind != "punctuation"
        ]
        seen = []
        for word in words:
            await pilot.press("right")
            sentence, _, head, *entry = shown(screen, "verdict").splitlines()
            assert sentence == question.sentence
            assert head.startswith(word.text)
            assert (word.gloss or ("",))[0] in "\n".join([head, *entry])
            seen.append(head)
        await pilot.press("left")
        assert shown(screen, "verdict").splitlines()[2] == seen[-2]
        top = screen.query_one("#quiz-verdict").region.y
        assert screen.query_one("#quiz-body").region.y <= top < screen.query_one("#quiz-foot").region.y
        assert screen.query_one(RatingBar).region.bottom <= size[1] - 1
        await pilot.press("escape")
        assert app.screen is screen
        assert shown(screen, "verdict") == answer


async def test_the_palette_finds_what_is_typed_over_and_never_suspends(firm: Collection) -> None:
    async with reviewing() as (app, pilot, screen):
        await to_question(screen, pilot, form="typed")
        await pilot.press("n")
        commands = {each.title for each in app.get_system_commands(screen)}
        assert {"Undo", "Redo", "Postpone", "Suspend", "Hint", "I don't know", "Help"} <= commands
        actions = {getattr(each.callback, "args", ("",))[0] for each in app.get_system_commands(screen)}
        assert "suspend_process" not in actions


async def test_a_word_that_is_known_stays_out_of_a_quiz_that_goes_on(
    make_app: MakeApp, workspace: Workspace
) -> None:
    document = workspace.open("two-teas")
    app = make_app(Start("quiz", document=document, limit=8, seed=2))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(app, pilot)
        known = screen.question
        assert known is not None
        await pilot.press("m")
        await to_question(screen, pilot, form="choice")
        await pilot.press("space", "1")
        app.exit()
    broken_off = unfinished(workspace, document.id)
    assert broken_off is not None
    session = resumed_session(workspace, broken_off[0])
    assert known.headword not in {each.headword for each in session._round.waiting}


def bar(screen: QuizScreen) -> str:
    return str(screen.query_one(KeyBar).render())


async def helped(app: StudytuiApp, pilot: Pilot[None]) -> str:
    await pilot.press("question_mark")
    text = app.screen.query_one("#help-keys", WrappedText).text
    await pilot.press("escape")
    return text


async def test_the_keys_and_the_help_are_those_of_the_stage_and_a_message_hides_none(
    make_app: MakeApp, workspace: Workspace
) -> None:
    app = make_app(Start("quiz", document=workspace.open("two-teas"), limit=8, seed=2))
    async with app.run_test(size=(45, 20)) as pilot:
        screen = await ready(app, pilot)
        meeting = await helped(app, pilot)
        assert "Mark the new word as known" in meeting
        assert "Show the answer" not in meeting
        await pilot.press("minus")
        assert "comes another day" in screen.query_one(KeyBar).told
        assert "Enter Go on" in bar(screen)
        assert "Esc Leave" in bar(screen)
        await pilot.press("enter")
        assert screen.query_one(KeyBar).told == ""
        await to_question(screen, pilot, form="choice")
        for key in ("1-4 Choose", "Space I don't know", "h Hint", "Esc Leave", "? Help"):
            assert key in bar(screen)
        asking = await helped(app, pilot)
        assert "Show the answer" in asking
        assert "In its text" not in asking
        assert "Mark the new word" not in asking
        await pilot.press("space")
        rating = await helped(app, pilot)
        assert "Show the place in its text" in rating
        assert "Show the answer" not in rating


async def test_what_ctrl_u_clears_ctrl_r_puts_back(firm: Collection) -> None:
    async with reviewing() as (_, pilot, screen):
        await to_question(screen, pilot, form="typed")
        field = screen.query_one(Input)
        await pilot.press(*"ni3")
        assert "Space" not in bar(screen)  # it is a space now
        await pilot.press("ctrl+u")
        assert field.value == ""
        await pilot.press("ctrl+r")
        assert field.value == "ni3"


async def test_who_leaves_hears_what_becomes_of_the_session(make_app: MakeApp, workspace: Workspace) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        document = workspace.annotate(workspace.open("two-teas"))
        app.start_quiz(document, workspace.phrases(document))
        await pilot.pause()
        screen = await ready(app, pilot)
        await to_question(screen, pilot, form="choice")
        await pilot.press("space", "enter")
        await to_question(screen, pilot, form="choice")
        await pilot.press("space", "escape")
        await pilot.pause()
        notes = [note.message for note in app._notifications] + [app.screen.query_one(KeyBar).told]
        told = " ".join(notes)
        assert "The last answer was not rated, and does not count." in told
        assert "The quiz is kept where it stands" in told
