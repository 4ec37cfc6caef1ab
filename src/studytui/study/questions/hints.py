"""Help with a question, a little at a time: each step says more, and makes the answer worth less."""

from __future__ import annotations

from collections.abc import Sequence
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
        return Hints((), ())  # what comes next depends on what is placed: see `next_piece`
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
            before, after = question.around
            shown = f"{before}{question.sentence}{after}" if question.sentence else ""
            return (shown, joined(note.syllables))
        case "recall":
            before, after = question.around
            gap = f"{before}{_gap(note)}{after}" if _gap(note) else ""
            return (gap, *(() if question.form == "typed" else (initials(note),)))
        case "reading":
            return (short_gloss(note.glosses), initials(note))
        case "tone":
            return (short_gloss(note.glosses),)
        case _:
            return () if question.form == "typed" else (initials(note),)


def _gap(note: Note) -> str:
    return blanked(note.example, note.headword) if note.example is not None else ""


def next_piece(question: Question, placed: Sequence[str]) -> str:
    """What comes after the pieces of a sentence that are placed, or how many of them to take back first.

    Empty where all are placed, in an order that is right.
    """
    right = 0
    while right < len(placed) and question.begins("".join(placed[: right + 1])):
        right += 1
    if wrong := len(placed) - right:
        back = "Take the last piece back" if wrong == 1 else f"Take {wrong} pieces back"
        return f"{back}: it goes on differently."
    grown = "".join(placed)
    left = [option.text for option in question.options]
    for piece in placed:
        left.remove(piece)
    # The order that the text has before any other.
    left.sort(key=lambda piece: not question.answer.startswith(grown + piece))
    following = next((piece for piece in left if question.begins(grown + piece)), "")
    return f"It goes on with {following}." if following else ""
