"""Commands about studying: quiz, review, stats."""

from __future__ import annotations

from time import time_ns
from typing import TYPE_CHECKING

from studytui.cli.output import chapter_told, open_workspace, print_object, say
from studytui.cli.screens import show
from studytui.cli.streams import stdin_of
from studytui.errors import StudytuiError
from studytui.session.figures import fields, groups, past_groups, rest_of_day
from studytui.store.reports import progress
from studytui.text.document import LinesChoice

if TYPE_CHECKING:
    from studytui.study.questions.question import Question


def quiz(
    name: str, limit: int, seed: int | None, *, json: bool, plain: bool, lines: LinesChoice | None = None
) -> int:
    """A quiz over a text's key phrases; without a terminal, its questions and their answers."""
    with open_workspace() as workspace:
        document = workspace.open(name, stdin_of(name), lines)
        if not json and not plain:
            from studytui.tui.app import Start

            return show(workspace, Start("quiz", document=document, limit=limit, seed=seed))
        annotated = workspace.annotate(document)
        phrases = workspace.phrases(annotated, progress=chapter_told)
        questions = workspace.quiz(annotated, phrases, limit, time_ns() if seed is None else seed)
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


def review(name: str | None, *, json: bool, plain: bool) -> int:
    """What is due: asked in a terminal, listed without one."""
    with open_workspace() as workspace:
        document_id = workspace.id_of(name) if name is not None else None
        if not json and not plain:
            from studytui.tui.app import Start

            return show(workspace, Start("review", document_id=document_id))
        due = workspace.collection.queue(document_id)
        following, now = workspace.collection.next_due(document_id), workspace.collection.now()
        today = workspace.collection.today(document_id)
    for card in due:
        if json:
            print_object(
                {
                    "card": card.id,
                    "headword": card.note.headword,
                    "template": card.template,
                    "phase": card.memory.phase if card.memory else "new",
                    "due": card.memory.due.isoformat() if card.memory else None,
                }
            )
        else:
            say(f"{card.note.headword}  {card.template}  {card.memory.phase if card.memory else 'new'}")
    if not due and not json:
        # What is due beyond the day's limits does not come before tomorrow, whenever it was due.
        when = ""
        if following is not None and following > now:
            when = f"; the next card is due {following.astimezone():%Y-%m-%d %H:%M}"
        say(f"Nothing is due{when}.")
        for sentence in rest_of_day(today)[1 if today.done else 0 :]:  # "Done for today." would say it twice
            say(sentence)
    return 0


def stats(*, json: bool) -> int:
    """Due, retention, words known, coverage."""
    with open_workspace() as workspace:
        numbers = workspace.collection.stats()
        past = workspace.collection.progress()
        titles = {text.id: text.title for text in workspace.collection.texts()}
    if json:
        print_object(fields(numbers) | progress.fields(past))
        return 0
    for group, rows in (*groups(numbers), *past_groups(past, titles)):
        if rows:
            say(group)
        for name, value in rows:
            say(f"  {name:<28}{value:>16}")
    return 0
