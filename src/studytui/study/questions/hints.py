"""Help with a question, a little at a time: each step says more, and makes the answer worth less."""

from __future__ import annotations

from dataclasses import dataclass

from studytui.study.language.gloss import short_gloss
from studytui.study.notes.note import Note
from studytui.study.questions.ask import blanked, initials, length
from studytui.study.questions.question import Question
from studytui.text.pinyin import joined


@dataclass(frozen=True, slots=True)
class Hints:
    """What is shown beside a question."""

    shown: tuple[str, ...]
    """Lines that stand there from the start."""
    more: tuple[str, ...]
    """What is shown on demand, one after the other."""


def hints_of(question: Question) -> Hints:
    """The hints of a question, from the least to the most telling.

    A gap that is typed into is asked with the bare sentence. Among options the meaning stands from the start:
    several words may fit the sentence, and it is what tells them apart.
    """
    note = question.note
    if question.kind == "order":
        return Hints((), _next_piece(question))
    shown, more = question.hints, _further(question)
    if question.form == "typed" and question.kind in ("cloze", "recall"):
        shown, more = (), (*more, *question.hints)
        if question.kind == "recall":
            # Several words may have this meaning: their length is a part of what is asked.
            shown = (length(note),)
    return Hints(shown, tuple(dict.fromkeys(line for line in more if line and line not in shown)))


def _further(question: Question) -> tuple[str, ...]:
    note = question.note
    match question.kind:
        case "recognition":
            return (question.sentence or "", joined(note.syllables))
        case "recall":
            return (_gap(note), *(() if question.form == "typed" else (initials(note),)))
        case "reading":
            return (short_gloss(note.glosses), initials(note))
        case "tone":
            return (short_gloss(note.glosses),)
        case _:
            return () if question.form == "typed" else (initials(note),)


def _gap(note: Note) -> str:
    return blanked(note.example, note.headword) if note.example is not None else ""


def _next_piece(question: Question) -> tuple[str, ...]:
    first = next((each.text for each in question.options if question.answer.startswith(each.text)), "")
    return (f"It goes on with {first}.",) if first else ()
