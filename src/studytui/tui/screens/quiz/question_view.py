"""What a question looks like at each of its stages, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from studytui.study.questions.question import BLANK, Question
from studytui.tui.widgets.choice_list import Choice
from studytui.tui.widgets.entry_text import level_name, reading
from studytui.tui.widgets.wrapped_text import EntryLine

if TYPE_CHECKING:
    from studytui.store.config import Phonetics
    from studytui.study.notes.note import Note
    from studytui.study.questions.attempt import Attempt
    from studytui.study.questions.judge import Verdict
    from studytui.study.questions.round import Standing

_MARKS = {
    "correct": ("✓ ", "bold $text-success"),
    "partly": ("~ ", "bold $text-warning"),
    "wrong": ("✗ ", "bold $text-error"),
    "shown": ("", "bold"),
    "unsure": ("", "bold $text-warning"),
    "unknown": ("", "bold"),
}
"""The mark before how it went, and the style of both."""
MEANINGS = 4
"""So many meanings of a word are told after its question."""
_LEAST = 3
"""Cells that the session's title has in any case, with the space after it."""
_TITLE = 20
"""Cells that it has before the bar is shown."""
_BAR = 10
"""Cells of the bar that tells how far the session is."""


def placeholder(question: Question, phonetics: Phonetics) -> str:
    """What can be typed, for an empty field."""
    if question.form == "reveal":
        return "Enter shows it; or type it first"
    if question.kind == "tone":
        return "tones: 3 3, or the whole reading"
    if question.kind == "reading":
        return "ㄋㄧˇ ㄏㄠˇ or ni3 hao3" if phonetics == "zhuyin" else "ni3 hao3 or nǐ hǎo"
    return "characters or pinyin"


def is_headword(question: Question) -> bool:
    """Whether a word alone is asked about, and not a sentence or a meaning."""
    return question.kind in ("recognition", "reading", "tone")


def prompt_lines(question: Question, picked: Sequence[int], *, answered: bool = False) -> list[Content]:
    """What is asked; a sentence in pieces grows by those that were picked. Answered, a gap is filled."""
    if answered and question.kind in ("cloze", "order"):
        whole = _sentence(question)
        return [whole if whole is not None else Content(question.answer)]
    if question.kind == "order":
        grown = "".join(question.options[number - 1].text for number in picked)
        length = sum(len(option.text) for option in question.options)
        start = question.prompt[: len(question.prompt) - length]
        return [Content.assemble(start, Content.styled(grown, "bold"), BLANK * (length - len(grown)))]
    return [Content.styled(question.prompt, "bold" if is_headword(question) else "")]


def hint_lines(attempt: Attempt) -> list[Content]:
    """The hints that stand beside it now."""
    return [Content.styled(line, "$text-muted") for line in attempt.lines]


def choices(
    question: Question, picked: Sequence[int], verdict: Verdict | None, *, brief: bool
) -> list[Choice]:
    """The options; once it is answered, with what is right and what was chosen, and if `brief` no others."""
    offered: list[Choice] = []
    for number, option in question.numbered:
        mark, style = " ", ""
        if question.kind == "order":
            if verdict is not None:
                break
            if number in picked:
                mark, style = "·", "dim"
        elif verdict is not None:
            if option.family == "answer":
                mark, style = "✓", "bold $text-success"
            elif option.text == verdict.given:
                mark, style = "✗", "bold $text-error"
            elif brief:
                continue
            else:
                style = "dim"
        offered.append(Choice(number, option.text, style, mark))
    return offered


def verdict_lines(
    question: Question, verdict: Verdict, explanation: str, phonetics: Phonetics
) -> list[Content | EntryLine]:
    """How it went, the word with its meaning here, its sentence, and why a wrong answer was wrong."""
    from studytui.study.questions.judge import OUTCOMES  # loaded with the first question

    mark, style = _MARKS[verdict.outcome]
    word = mark + OUTCOMES[verdict.outcome]
    message = explanation or verdict.message
    if verdict.outcome in ("shown", "unsure"):
        message = f"You wrote: {verdict.given}" if verdict.given else ""
    lines: list[Content | EntryLine] = [
        EntryLine(Content.assemble(Content.styled(word, style), "  " if message else "", message), 2)
    ]
    if verdict.side_by_side is not None and verdict.outcome in ("partly", "wrong") and verdict.given:
        labels = ("right  ", "yours  ", "       ")
        lines += [Content(label + line) for label, line in zip(labels, verdict.side_by_side, strict=True)]
    lines += [Content(""), *word_lines(question.note, question.written, phonetics)]
    sentence = _sentence(question) if question.kind not in ("cloze", "order") else None
    if sentence is not None:
        lines += [Content(""), sentence]
    return [*lines, *source_lines(question)]


def source_lines(question: Question) -> list[Content | EntryLine]:
    """Of a sentence of a collection, its translation and where it is from."""
    example = question.note.example
    if example is None or example.text != question.sentence or not example.translation:
        return []
    return [EntryLine(Content.styled(f"{example.translation} ({example.title})", "dim"), 2)]


def word_lines(note: Note, written: str, phonetics: Phonetics) -> list[Content | EntryLine]:
    """A word, its reading and level, and its meanings."""
    from studytui.study.language.gloss import in_a_line  # loaded with the first question

    head = Content.assemble(
        Content.styled(written or note.headword, "bold"),
        "  ",
        reading(note.syllables, phonetics),
        Content.styled(f"  {level_name(note.hsk)}", "dim"),
    )
    meanings = in_a_line(note.glosses, MEANINGS)
    return [head, *([EntryLine(Content(meanings), 2)] if meanings else [])]


def new_word_lines(question: Question, phonetics: Phonetics) -> list[Content]:
    """A new word with its reading."""
    word = Content.styled(question.written or question.headword, "bold")
    return [word, reading(question.note.syllables, phonetics)]


def meeting_lines(question: Question, phonetics: Phonetics) -> list[Content | EntryLine]:
    """A new word before it is asked: its reading, meaning and sentence."""
    note = question.note
    lines = word_lines(note, "", phonetics)[1:]
    example = note.example
    if example is not None:
        sentence = _marked(question, example.text, example.start, example.end)
        lines += [Content(""), sentence, Content.styled(f"— {example.title}", "dim")]
    return lines


def standing_line(standing: Standing, width: int) -> Content:
    """`3 new · 2 again · 4 learning · 7 done` with a bar, in a line of so many cells with the title.

    Where there is no room it has no bar; where there is still less, it is told in fewer words.
    """
    counts = (
        (standing.new, "new"),
        (standing.due, "review"),
        (standing.again, "again"),
        (standing.learning, "learning"),
        (standing.done, "done"),
    )
    parts = [f"{count} {name}" for count, name in counts if count or name == "done"]
    to_go = sum(count for count, name in counts if name != "done")
    ways = (" · ".join(parts), " ".join(parts), f"{to_go} to go · {standing.done} done")
    told = next((way for way in ways if len(way) <= width - _LEAST), ways[-1])
    if width < _TITLE + len(told) + _BAR + 2:
        return Content.styled(told, "dim")
    full = round(_BAR * standing.share)
    return Content.assemble(
        Content.styled(told, "dim"),
        "  ",
        Content.styled("▰" * full, "$text-success"),
        Content.styled("▱" * (_BAR - full), "dim"),
    )


def _sentence(question: Question) -> Content | None:
    """The whole sentence, the word marked in it."""
    text = question.sentence
    if not text:
        return None
    example = question.note.example
    if example is not None and example.text == text:
        return _marked(question, text, example.start, example.end)
    word = question.written or question.headword
    at = text.find(word)
    return _marked(question, text, at, at + len(word)) if at >= 0 else Content(text)


def _marked(question: Question, text: str, start: int, end: int) -> Content:
    before, after = question.around
    word = Content.styled(text[start:end], "bold underline")
    return Content.assemble(before, text[:start], word, text[end:], after)
