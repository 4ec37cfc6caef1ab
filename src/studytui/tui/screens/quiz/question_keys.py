"""The keys of a question: which there are, which hold at a stage, and which the last line names there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from textual.binding import Binding, BindingType

from studytui.tui.widgets.key_groups import LEARN, LOOK, MOVE, PROGRAM

if TYPE_CHECKING:
    from studytui.study.questions.attempt import Attempt
    from studytui.study.questions.question import Question

Stage = Literal["waiting", "meeting", "asking", "rating", "over"]

BINDINGS: tuple[BindingType, ...] = (
    Binding(
        "1",
        "number(1)",
        "Choose",
        key_display="1-4",
        id="quiz.1",
        group=LEARN,
        tooltip="Choose, pick or rate",
    ),
    *(
        Binding(str(number), f"number({number})", "", show=False, id=f"quiz.{number}")
        for number in range(2, 10)
    ),
    Binding(
        "enter",
        "go_on",
        "Go on",
        key_display="Enter",
        id="quiz.go-on",
        group=LEARN,
        tooltip="Go on: answer, or take the marked rating",
    ),
    Binding(
        "space",
        "unknown",
        "I don't know",
        key_display="Space",
        id="quiz.unknown",
        group=LEARN,
        tooltip="Show the answer: you did not know it",
    ),
    Binding("space", "go_on", "Go on", show=False, key_display="Space", id="quiz.go-on-too", group=LEARN),
    Binding(
        "h", "hint", "Hint", id="quiz.hint", group=LEARN, tooltip="A little help; the card comes back sooner"
    ),
    Binding(
        "tab",
        "hint",
        "Hint",
        show=False,
        key_display="Tab",
        id="quiz.hint-typing",
        group=LEARN,
        tooltip="A little help; the card comes back sooner",
    ),
    Binding("backspace", "take_back", "Take back", show=False, id="quiz.take-back", group=LEARN),
    Binding("m", "know", "I know it", id="quiz.know", group=LEARN, tooltip="Mark the new word as known"),
    Binding(
        "T",
        "to_text",
        "In the text",
        show=False,
        id="quiz.text",
        group=LOOK,
        tooltip="Show the place in its text",
    ),
    Binding(
        "V",
        "speak",
        "Read aloud",
        show=False,
        id="quiz.speak",
        tooltip="Read the word and its sentence aloud",
        group=LOOK,
    ),
    Binding(
        "u",
        "undo",
        "Undo",
        id="quiz.undo",
        group=LEARN,
        tooltip="Undo the last rating, or a card postponed or suspended",
    ),
    Binding(
        "U", "redo", "Redo", show=False, id="quiz.redo", group=LEARN, tooltip="Redo what was just undone"
    ),
    Binding(
        "minus",
        "set_aside('bury')",
        "Postpone",
        key_display="-",
        id="quiz.bury",
        group=LEARN,
        tooltip="Postpone the word: it comes another day",
    ),
    Binding(
        "at",
        "set_aside('suspend')",
        "Suspend",
        key_display="@",
        id="quiz.suspend",
        group=LEARN,
        tooltip="Suspend the card; the statistics put it back",
    ),
    Binding(
        "right",
        "look(1)",
        "Words",
        show=False,
        key_display="→",
        id="quiz.next-word",
        group=LOOK,
        tooltip="Look up the next word of the sentence",
    ),
    Binding(
        "left",
        "look(-1)",
        "Back",
        show=False,
        key_display="←",
        id="quiz.previous-word",
        group=LOOK,
        tooltip="The word before",
    ),
    Binding("up", "scroll(-1)", "Up", show=False, id="quiz.up", group=MOVE),
    Binding("down", "scroll(1)", "Down", show=False, id="quiz.down", group=MOVE),
    Binding("question_mark", "app.toggle_help", "Help", key_display="?", id="app.help", group=PROGRAM),
    Binding("escape", "leave", "Leave", key_display="Esc", id="quiz.leave", group=PROGRAM),
)


def sentence_of(question: Question) -> str:
    """The sentence that stands beside a question that is answered, or beside a new word; empty for none."""
    example = question.note.example
    return question.sentence or (example.text if example is not None else "")


def holds(action: str, stage: Stage, attempt: Attempt | None, *, typed: bool) -> bool:
    """Whether an action does something at a stage; `typed` where the answer is being typed."""
    question = attempt.question if attempt is not None else None
    asking = stage == "asking"
    match action:
        case "number" if question is not None and attempt is not None:
            return (stage == "rating" and bool(question.card)) or (asking and bool(question.options))
        case "number" | "unknown":
            return asking and action == "unknown"
        case "go_on":
            return stage != "waiting" and not typed
        case "hint":
            return asking and attempt is not None and attempt.has_hint
        case "take_back":
            return asking and attempt is not None and bool(attempt.picked)
        case "know":
            return stage == "meeting"
        case "speak":
            return stage in ("meeting", "rating")  # before the answer it would tell it
        case "to_text":
            example = question.note.example if question is not None else None
            return stage == "rating" and example is not None and bool(example.document_id)
        case "look":
            return stage in ("meeting", "rating") and question is not None and bool(sentence_of(question))
        case "set_aside":
            # A sentence in pieces is no card.
            return stage in ("meeting", "asking", "rating") and question is not None and bool(question.card)
    return True


def named(stage: Stage, attempt: Attempt | None, *, typed: bool, proposed: bool) -> tuple[str, ...]:
    """The ids of the keys that the last line names at a stage, the most needed first.

    `proposed` is whether a rating is marked that Enter would take.
    """
    more = "quiz.hint-typing" if typed else "quiz.hint"
    less: tuple[str, ...] = ()
    hint = (more,) if attempt is not None and attempt.has_hint else ()
    match stage:
        case "meeting":
            keys: tuple[str, ...] = ("quiz.go-on", "quiz.know", "quiz.next-word", "quiz.undo")
            less = ("quiz.bury",)
        case "asking" if typed:
            keys = ("quiz.answer", "quiz.unknown", *hint, "quiz.undo-typing")
        case "asking" if attempt is not None and attempt.picked:
            keys = ("quiz.1", "quiz.go-on", "quiz.take-back", *hint, "quiz.unknown")
        case "asking":
            keys = ("quiz.1", "quiz.unknown", *hint, "quiz.undo")
        case "rating":
            keys = (
                "quiz.go-on" if proposed else "quiz.1",
                "quiz.next-word",
                "quiz.text",
                "quiz.undo",
            )
            less = ("quiz.bury", "quiz.suspend")
        case "over":
            return ("quiz.go-on", "quiz.undo", "app.help")
        case _:
            keys = ()
    return (*keys, "quiz.leave", *less, "app.help")
