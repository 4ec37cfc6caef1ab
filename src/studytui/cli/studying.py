"""Commands about studying: quiz, review, stats.

What asks is imported where it asks: the screen of a review is there before it.
"""

from __future__ import annotations

from functools import partial
from time import time_ns
from typing import TYPE_CHECKING, TextIO

from studytui.cli.asking.answer_lines import answers_for, next_line
from studytui.cli.output import chapter_told, open_workspace, print_object, say
from studytui.cli.screens import show
from studytui.cli.streams import stdin_of
from studytui.errors import StudytuiError
from studytui.text.script import to_script
from studytui.wording import hsk_name, many, share_span

if TYPE_CHECKING:
    from studytui.session.asking.study_session import StudySession
    from studytui.session.workspace import Workspace
    from studytui.study.questions.question import Question
    from studytui.study.scheduling.queue import DueCard
    from studytui.text.document import Document, LinesChoice


def quiz(
    name: str,
    limit: int,
    seed: int | None,
    *,
    json: bool,
    plain: bool,
    screen: bool,
    lines: LinesChoice | None = None,
) -> int:
    """A quiz over a text's key phrases.

    Asked on the screen, or in lines or JSON; where no answer can come, its questions and their answers.
    """
    with open_workspace() as workspace:
        document = workspace.open(name, stdin_of(name), lines)
        if screen:
            from studytui.tui.app import Start

            return show(workspace, Start("quiz", document=document, limit=limit, seed=seed))
        from studytui.session.asking.learner_questions import LearnerQuestions
        from studytui.session.asking.quizzes import resumed_session, unfinished

        answers = answers_for(name, json=json) if json or plain else None
        if answers is not None:
            broken_off = unfinished(workspace, document.id) if plain and seed is None and not json else None
            if broken_off is not None and _goes_on(broken_off[1], answers):
                return _ask(workspace, resumed_session(workspace, broken_off[0]), answers, json=json)
            return _ask(workspace, _quiz_session(workspace, document, limit, seed), answers, json=json)
        annotated = workspace.annotate(document)
        phrases = workspace.phrases(annotated, progress=chapter_told)
        drawn = time_ns() if seed is None else seed
        questions = LearnerQuestions(workspace).quiz(annotated, phrases, limit, drawn)
    if not questions:
        raise StudytuiError(f"{document.title} has no phrase that stands out to be asked about.")
    for number, question in enumerate(questions, 1):
        if json:
            print_object(question_object(question))
        else:
            _say_question(number, question)
    if not json:
        say("Answers")
        say("-------")
        for number, question in enumerate(questions, 1):
            say(f"{number}. {question.answer}")
    return 0


def _quiz_session(workspace: Workspace, document: Document, limit: int, seed: int | None) -> StudySession:
    from studytui.session.asking.quizzes import quiz_session

    annotated = workspace.annotate(document)
    phrases = workspace.phrases(annotated, progress=chapter_told)
    return quiz_session(workspace, annotated, phrases, limit, time_ns() if seed is None else seed)


def _goes_on(left: int, answers: TextIO) -> bool:
    """Whether the learner wants the quiz that was broken off."""
    say(f"Of your last quiz on this text {many(left, 'question')} {'is' if left == 1 else 'are'} left.")
    say("Enter: go on with it. n: begin a new one.")
    return (next_line(answers) or "").strip().lower() != "n"


def _ask(workspace: Workspace, session: StudySession, answers: TextIO, *, json: bool) -> int:
    """Asks a session in lines; exit status 1 if a line of JSON could not be taken."""
    if not json:
        from studytui.cli.asking.line_session import LineSession

        config = workspace.collection.config
        LineSession(session, answers, config.phonetics, to_script(config.script)).run()
        return 0
    from studytui.cli.asking.json_session import JsonSession

    asked = JsonSession(session, answers, partial(_asked_object, workspace))
    asked.run()
    return 1 if asked.refused else 0


def _asked_object(workspace: Workspace, question: Question) -> dict[str, object]:
    """A question of a session: as in the list of a quiz, with what a list of due cards says of its card."""
    card = workspace.collection.card(question.card) if question.card else None
    return question_object(question) | (card_object(card) if card is not None else {})


def card_object(card: DueCard) -> dict[str, object]:
    """A due card as `--json` prints it."""
    return {
        "card": card.id,
        "headword": card.note.headword,
        "template": card.template,
        "phase": card.memory.phase if card.memory else "new",
        "due": card.memory.due.isoformat() if card.memory else None,
    }


def question_object(question: Question) -> dict[str, object]:
    """A question as `--json` prints it."""
    return {
        "kind": question.kind,
        "form": question.form,
        "prompt": question.prompt,
        "hints": list(question.hints),
        "answer": question.answer,
        "options": [{"text": option.text, "family": option.family} for option in question.options],
        "headword": question.headword,
        "written": question.written or question.headword,
        "sentence": question.sentence,
        "reasons": list(question.reasons),
        "sentences": [
            {
                "text": each.text,
                "taken": each.taken,
                "fitness": each.fitness,
                "reasons": list(each.reasons),
            }
            for each in question.linted
        ],
        "card": question.card,
    }


def _say_question(number: int, question: Question) -> None:
    say(f"{number}. [{question.kind}] {question.prompt}")
    for hint in question.hints:
        say(f"   {hint}")
    for letter, option in question.numbered:
        say(f"   {letter}) {option.text}")
    say()


def review(name: str | None, *, json: bool, plain: bool, screen: bool) -> int:
    """What is due: asked on the screen, or in lines or JSON; listed where no answer can come."""
    with open_workspace() as workspace:
        document_id = workspace.id_of(name) if name is not None else None
        if screen:
            from studytui.tui.app import Start

            return show(workspace, Start("review", document_id=document_id))
        from studytui.session.asking.study_session import review_session

        due = workspace.collection.queue(document_id)
        answers = answers_for(name, json=json) if due and (json or plain) else None
        if answers is not None:
            return _ask(workspace, review_session(workspace, document_id, time_ns()), answers, json=json)
        following, now = workspace.collection.next_due(document_id), workspace.collection.now()
        today = workspace.collection.today(document_id)
    for card in due:
        if json:
            print_object(card_object(card))
        else:
            say(f"{card.note.headword}  {card.template}  {card.memory.phase if card.memory else 'new'}")
    if not due and not json:
        # What is due beyond the day's limits does not come before tomorrow, whenever it was due.
        when = ""
        if following is not None and following > now:
            when = f"; the next card is due {following.astimezone():%Y-%m-%d %H:%M}"
        from studytui.session.figures import rest_of_day

        say(f"Nothing is due{when}.")
        for sentence in rest_of_day(today)[1 if today.done else 0 :]:  # "Done for today." would say it twice
            say(sentence)
    return 0


def stats(*, json: bool) -> int:
    """Due, retention, words known, coverage."""
    from studytui.session.figures import fields, groups, past_groups, progress_of, stats_of
    from studytui.store.reports import progress

    with open_workspace() as workspace:
        numbers = stats_of(workspace.collection)
        past = progress_of(workspace.collection)
        titles = workspace.collection.library.titles()
        levels = workspace.known_by_level()
    if json:
        told = {str(level): list(between) for level, between in levels.items()}
        print_object(fields(numbers) | progress.fields(past) | {"known_by_level": told})
        return 0
    known = [(hsk_name(level), f"{share_span(*each)} %") for level, each in levels.items() if each[1]]
    of_levels = ("Words known of each level", known)
    for group, rows in (*groups(numbers), of_levels, *past_groups(past, titles)):
        if rows:
            say(group)
        for name, value in rows:
            say(f"  {name:<28}{value:>16}")
    return 0
