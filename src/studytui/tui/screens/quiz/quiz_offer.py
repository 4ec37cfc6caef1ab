"""Begins a quiz, or goes on with the one that was broken off."""

from __future__ import annotations

from collections.abc import Callable

from studytui.session.asking.quizzes import resumed_session, unfinished
from studytui.session.asking.study_session import StudySession
from studytui.tui.host import Host
from studytui.tui.screens.choice_dialog import ChoiceScreen
from studytui.tui.screens.quiz.question_screen import QuizScreen


def offer_quiz(host: Host, document_id: str, prepare: Callable[[], StudySession], *, anew: bool) -> None:
    """Asks a new quiz on a text; first whether to go on with one that was broken off, unless it is `anew`."""
    broken_off = None if anew else unfinished(host.workspace, document_id)
    if broken_off is None:
        host.push_screen(QuizScreen(prepare))
        return

    def chosen(number: int | None) -> None:
        if number == 0:
            resume_quiz(host)
        elif number is not None:
            host.push_screen(QuizScreen(prepare))
        elif len(host.screen_stack) < 2:  # it was all that was asked for
            host.exit()

    left = broken_off[1]
    questions = "question that is" if left == 1 else f"{left} questions that are"
    ways = (f"Go on with the {questions} left", "Begin a new quiz")
    host.push_screen(ChoiceScreen("A quiz on this text was broken off", ways), chosen)


def resume_quiz(host: Host) -> None:
    """Goes on with the quiz that was broken off."""
    broken_off = unfinished(host.workspace)
    if broken_off is None:
        host.say("No quiz was broken off.")
        return
    quiz = broken_off[0]
    host.push_screen(QuizScreen(lambda: resumed_session(host.workspace, quiz)))
