"""What is asked: a question, its options, and the forms it can take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from studytui.study.notes.note import Note

Kind = Literal["cloze", "recognition", "recall", "reading", "tone", "order"]
"""cloze: the phrase missing from its sentence; recognition: headword -> meaning; recall: meaning ->
headword; reading: headword -> pinyin; tone: headword and toneless pinyin -> tones; order: the pieces of
a sentence -> the sentence."""

ASKED: dict[Kind, str] = {
    "cloze": "Which word is missing?",
    "recognition": "What does it mean?",
    "recall": "Which word is it?",
    "reading": "How is it read?",
    "tone": "Which tones does it have?",
    "order": "Put the pieces in order.",
}
"""What each kind asks, for the learner."""

Form = Literal["choice", "typed", "reveal"]
"""choice: one of the options; typed: the learner writes; reveal: the learner thinks, looks and rates
(and may type a gloss instead)."""

Family = Literal["answer", "sound", "shape", "sense", "text", "piece"]
"""Why an option is there: the answer; like it in sound, in shape, in sense; from the same text; or a
piece of the sentence to be put in order."""

BLANK = "＿"
"""One missing character of a cloze prompt: as wide as the Chinese character it stands for."""

LEFT_OUT = "…"
"""What stands for the clauses that a sentence was shortened by."""


@dataclass(frozen=True, slots=True)
class Option:
    """One line to choose."""

    text: str
    family: Family
    headword: str = ""
    """Which headword it speaks of: what was confused when this is chosen. Empty for pieces."""


@dataclass(frozen=True, slots=True)
class Linted:
    """What the cloze linter says of one sentence of the text with the headword."""

    text: str
    """The sentence as trimmed."""
    taken: bool
    """Whether it would make a cloze."""
    fitness: float
    """0 to 1: how good a one."""
    reasons: tuple[str, ...]
    """Why it was taken or passed over."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something to be asked once."""

    kind: Kind
    form: Form
    card: str
    """The card that the answer reviews (`studytui.study.notes.card.card_id`); empty for `order`, which
    practises a sentence and schedules nothing."""
    note: Note
    prompt: str
    """Plain text. A cloze's blank is one `BLANK` for each character of the answer."""
    answer: str
    """What is right, as it is shown: a headword, marked pinyin, a gloss, or a sentence."""
    options: tuple[Option, ...] = ()
    """For `choice`, the answer among the others; for `order`, the pieces as they are shown; else empty."""
    hints: tuple[str, ...] = ()
    """Lines shown with the prompt from the start."""
    headword: str = ""
    """Simplified, as notes are known by it."""
    sentence: str | None = None
    """The whole sentence, for after the answer."""
    reasons: tuple[str, ...] = ()
    """Why this is asked and why in this way, for an auditor."""
    written: str = ""
    """The headword in the script of its text: 揭榜掛帥."""
    linted: tuple[Linted, ...] = ()
    """Every sentence of the text with the headword, the best first, for an auditor of a quiz over a text."""

    cut: tuple[bool, bool] = (False, False)
    """Whether its sentence goes on in its text before, and after, what is shown of it."""
    also: tuple[str, ...] = ()
    """Of a sentence in pieces, the other orders that are as right as `answer`."""

    @property
    def around(self) -> tuple[str, str]:
        """What stands before and after its sentence: `…` where it goes on."""
        before, after = self.cut
        return LEFT_OUT * before, LEFT_OUT * after

    def begins(self, text: str) -> bool:
        """Whether an answer that is right begins so."""
        return any(each.startswith(text) for each in (self.answer, *self.also))

    @property
    def numbered(self) -> tuple[tuple[int, Option], ...]:
        """The options with the numbers they are chosen by, from 1."""
        return tuple(enumerate(self.options, start=1))
