"""Quizzes over a text: begun, broken off, and gone on with."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.errors import StudytuiError
from studytui.session.asking.learner_questions import LearnerQuestions
from studytui.session.asking.study_session import StudySession
from studytui.store.unfinished import unfinished_quiz
from studytui.store.unfinished.unfinished_quiz import UnfinishedQuiz
from studytui.study.questions.question import Question
from studytui.study.questions.round import Round
from studytui.study.vocabulary import LEFT_ALONE

if TYPE_CHECKING:
    from studytui.session.workspace import Workspace
    from studytui.study.phrases.ranking import KeyPhrase
    from studytui.text.document import Document
    from studytui.text.token import AnnotatedDocument


def quiz_session(
    workspace: Workspace, document: AnnotatedDocument, phrases: Sequence[KeyPhrase], limit: int, seed: int
) -> StudySession:
    """A quiz over a text's key phrases. What is answered becomes a note.

    Raises:
        StudytuiError: there is nothing to ask.
    """
    questions = LearnerQuestions(workspace).quiz(document, phrases, limit, seed)
    if not questions:
        raise StudytuiError(f"{document.document.title} has no phrase that stands out to be asked about.")
    questions = tuple(
        each for each in questions if not each.card or not workspace.collection.cards.is_out(each.card)
    )
    if not questions:
        raise StudytuiError(f"All that {document.document.title} would ask is suspended, or postponed.")
    at = workspace.collection.now()
    begun = UnfinishedQuiz(
        document.document.id,
        document.document.title,
        seed,
        at.replace(microsecond=at.microsecond // 1000 * 1000),  # as in the journal
        # The reasons are an auditor's, and many.
        Round.start([replace(each, linted=()) for each in questions]),
    )
    _keep(workspace, begun)
    return _session_of(workspace, begun, document.document, document)


def unfinished(workspace: Workspace, document_id: str | None = None) -> tuple[UnfinishedQuiz, int] | None:
    """The quiz that was broken off, of any text or of this one, and how many of its questions are left."""
    quiz = unfinished_quiz.read(workspace.collection.locations.quiz)
    if quiz is None or document_id not in (None, quiz.document_id):
        return None
    quiz = _caught_up(workspace, quiz)
    return (quiz, quiz.round.left) if quiz.round.left else None


def resumed_session(workspace: Workspace, quiz: UnfinishedQuiz) -> StudySession:
    """Goes on with a quiz that was broken off.

    Raises:
        StudytuiError: its text cannot be read.
    """
    document = workspace.collection.library.text(quiz.document_id)
    annotated = workspace.annotate(document) if document is not None else None
    return _session_of(workspace, _caught_up(workspace, quiz), document, annotated)


def _keep(workspace: Workspace, quiz: UnfinishedQuiz) -> None:
    with suppress(StudytuiError):  # it goes on all the same, though it may not be offered again
        unfinished_quiz.write(workspace.collection.locations.quiz, quiz)


def _caught_up(workspace: Workspace, quiz: UnfinishedQuiz) -> UnfinishedQuiz:
    """The quiz after what was done beside it."""
    collection = workspace.collection

    def is_out(question: Question) -> bool:
        is_known = collection.status(question.headword) in LEFT_ALONE
        return bool(question.card) and (is_known or collection.cards.is_out(question.card))

    stands = quiz.round.caught_up(quiz.started, collection.state.memories.get, is_out)
    return replace(quiz, round=stands)


def _session_of(
    workspace: Workspace,
    quiz: UnfinishedQuiz,
    document: Document | None,
    annotated: AnnotatedDocument | None,
) -> StudySession:
    collection = workspace.collection
    remembered = document is None

    def keep_note(question: Question) -> None:
        nonlocal remembered
        if collection.note(question.note.id) is None:
            if document is not None and not remembered:
                collection.library.remember(document)
                remembered = True
            collection.add_note(question.note)

    return StudySession(
        workspace,
        f"Quiz: {quiz.title}",
        (),
        seed=quiz.seed,
        keep_note=keep_note,
        document=annotated,
        stood=quiz.round,
        took_ms=quiz.took_ms,
        keep=lambda stands, took_ms: _keep(workspace, replace(quiz, round=stands, took_ms=took_ms)),
        ended=lambda: unfinished_quiz.remove(collection.locations.quiz, quiz.started),
    )
