"""A card made a question: which form, which options, which hints."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from studytui.study.examples.trim import left_out
from studytui.study.language.gloss import cleaned, in_a_line, is_composed, part_meanings, short_gloss
from studytui.study.language.traditional_text import is_traditional
from studytui.study.notes.card import Memory, Template, card_id
from studytui.study.notes.note import Example, Note
from studytui.study.questions.options.distractors import (
    Context,
    Phrase,
    distractors,
    gloss_distractors,
    tone_distractors,
)
from studytui.study.questions.question import BLANK, Form, Option, Question
from studytui.study.questions.typed_pinyin import is_spoken, sound_of
from studytui.text.characters import is_han
from studytui.text.document import Document
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.pinyin import joined, toneless
from studytui.text.words.meaning import MARKED
from studytui.wording import many

CHOICE_DAYS = 4.0
"""Below this stability (days) a card is asked by choice: recognising comes before producing."""
TONE_SHARE = 1 / 3
"""How often a reading card asks for the tones alone."""
CHINESE_FROM = 5
"""The HSK level from which a learner may have words told without English: by a sentence."""
_FEWEST = 2
"""Fewer wrong options than this make no choice: it is asked to be typed."""


@dataclass(frozen=True, slots=True)
class Asking:
    """All that a question depends on beside the card itself."""

    lexicon: Lexicon
    pool: Sequence[Phrase]
    """This text's own notes or key phrases, for options of the family `text`."""
    rng: random.Random
    shaky: bool
    """The card is to be asked by choice."""
    state: str
    """How well the card is known, in words."""
    context: Context | None = None
    """Where a cloze stands, when the caller knows the text."""
    confused: Mapping[str, int] | None = None
    """How often this learner took which headword for this one."""
    traditional: bool = False
    """The text is in traditional script: so are the headword and the options."""
    in_chinese: bool = False
    """Words from `CHINESE_FROM` on are asked by their sentence, in place of their English."""

    def is_in_chinese(self, note: Note) -> bool:
        """Whether this word is asked without English: where it has a sentence for it."""
        is_far = note.hsk is None or note.hsk >= CHINESE_FROM
        return self.in_chinese and is_far and note.has_gap

    def written(self, note: Note) -> str:
        """The headword in the script of the text."""
        return note.traditional if self.traditional and note.traditional else note.headword


def question_for(
    note: Note,
    template: Template,
    memory: Memory | None,
    lexicon: Lexicon,
    pool: Sequence[Phrase],
    rng: random.Random,
    *,
    confused: Mapping[str, int] | None = None,
    in_chinese: bool = False,
) -> Question:
    """The question a card asks now.

    A new, learning or shaky card (stability below `CHOICE_DAYS`) is asked by choice; a firmer one is
    revealed (recognition) or typed. Where the note has not what the template needs (no gloss, no example,
    no Mandarin reading) the nearest other question on the same card is asked, and the reasons say so.

    `pool` is the text's own notes or key phrases, for options of the family `text`. With `in_chinese` words
    from HSK 5 on are asked by their sentence, without English.
    """
    shaky = is_shaky(memory)
    traditional = note.example is not None and is_traditional(note.example.text, lexicon)
    asking = Asking(lexicon, pool, rng, shaky, state_of(memory), None, confused, traditional, in_chinese)
    return ask(note, template, asking)


def ask(note: Note, template: Template, asking: Asking) -> Question:
    """As `question_for`, for a caller that knows how firm the card is and where a cloze stands."""
    return replace(_asked(note, template, asking), written=asking.written(note))


def _asked(note: Note, template: Template, asking: Asking) -> Question:
    gloss = short_gloss(note.glosses)
    if template != "reading" and note.example is not None and asking.is_in_chinese(note):
        question = _cloze(note, note.example, gloss, asking)
        return _because(
            replace(question, card=card_id(note.id, template)), "by its sentence, without English"
        )
    if template == "cloze" and note.example is not None and note.has_gap:
        return _cloze(note, note.example, gloss, asking)
    if template == "reading" and is_spoken(note.syllables):
        return _reading(note, gloss, asking)
    if template == "recall" and gloss:
        return _recall(note, template, gloss, asking)
    if template == "cloze" and gloss:
        return _because(_recall(note, template, gloss, asking), "no sentence has it in one piece")
    return _recognition(note, template, gloss, asking)


def with_cuts(question: Question, document: Document) -> Question:
    """The question with `…` where clauses of its sentence were left out, which is one of `document`."""
    example = question.note.example
    if example is None or question.sentence not in (None, example.text):
        return question
    question = replace(question, cut=left_out(document, example.text))
    before, after = question.around
    gapped = question.kind == "cloze"
    return replace(question, prompt=f"{before}{question.prompt}{after}") if gapped else question


def is_shaky(memory: Memory | None) -> bool:
    """Whether a card is asked by choice: new, in its learning steps, or not yet stable."""
    return memory is None or memory.phase != "review" or memory.stability < CHOICE_DAYS


def blanked(example: Example, answer: str) -> str:
    """The example with a blank for its target, and for any other place where the answer is to be seen."""
    text = example.text
    target = text[example.start : example.end]
    before, after = text[: example.start], text[example.end :]
    for visible in dict.fromkeys((target, answer)):
        if visible:
            before = before.replace(visible, BLANK * len(visible))
            after = after.replace(visible, BLANK * len(visible))
    return f"{before}{_blanks(target)}{after}"


def _blanks(target: str) -> str:
    """A blank for each character; a pause inside a saying shows (无源之水、无本之木)."""
    return "".join(BLANK if is_han(character) or character.isalnum() else character for character in target)


def state_of(memory: Memory | None) -> str:
    """Why a form was chosen, in words."""
    if memory is None:
        return "the card is new"
    if memory.phase != "review":
        return f"the card is in its {memory.phase} steps"
    return f"the card's stability is {memory.stability:.0f} days"


def _cloze(note: Note, example: Example, gloss: str, asking: Asking) -> Question:
    surface = example.text[example.start : example.end]
    context = asking.context or Context(example.text)
    options: tuple[Option, ...] = ()
    if asking.shaky:
        wrong = distractors(
            note,
            asking.lexicon,
            asking.pool,
            asking.rng,
            context=context,
            confused=asking.confused,
            traditional=asking.traditional,
        )
        options = _shuffled(surface, note, wrong, asking.rng)
    # No test without a language model can tell that 演员 is wrong in 听了＿＿的话 (母亲), or that 密不可分 is
    # not as good as 相辅相成: the meaning, or else how it begins, leaves one word.
    told = _meanings(note, gloss) if gloss else _literally(note)
    hints: tuple[str, ...] = (told if told and not asking.is_in_chinese(note) else _outline(note),)
    if not options and hints[0] != _outline(note):
        # Typed, a synonym may fit as well (有用 for 管用): how it begins leaves one.
        hints = (*hints, _outline(note))
    return Question(
        "cloze",
        "choice" if options else "typed",
        card_id(note.id, "cloze"),
        note,
        blanked(example, note.headword),
        surface,
        options,
        hints,
        note.headword,
        example.text,
        (*_reasons(asking, options), "with a hint, since by grammar alone another word might fit"),
    )


def _recognition(note: Note, template: Template, gloss: str, asking: Asking) -> Question:
    options: tuple[Option, ...] = ()
    if gloss and asking.shaky:
        wrong = gloss_distractors(note, asking.lexicon, asking.pool, asking.rng, confused=asking.confused)
        options = _shuffled(gloss, note, wrong, asking.rng)
    form: Form = "choice" if options else "reveal"
    sentence = note.example.text if note.example is not None else None
    question = Question(
        "recognition",
        form,
        card_id(note.id, template),
        note,
        asking.written(note),
        gloss or _told(note),
        options,
        (sentence,) if sentence is not None and not gloss else (),
        note.headword,
        sentence,
        _reasons(asking, options),
    )
    if template != "recognition":
        return _because(question, f"the note has not what a {template} question needs")
    return question if gloss else _because(question, "no gloss of it can be shown")


def _told(note: Note) -> str:
    """What is shown of a note that has no meaning of its own: its parts', or else how it is read."""
    return in_a_line(note.glosses) if is_composed(note.glosses) else joined(note.syllables) or note.headword


def _recall(note: Note, template: Template, gloss: str, asking: Asking) -> Question:
    options: tuple[Option, ...] = ()
    if asking.shaky:
        wrong = distractors(
            note,
            asking.lexicon,
            asking.pool,
            asking.rng,
            confused=asking.confused,
            traditional=asking.traditional,
        )
        options = _shuffled(asking.written(note), note, wrong, asking.rng)
    # Several words may have this meaning; how it begins and how long it is leave one.
    hints = () if options else (_outline(note),)
    return Question(
        "recall",
        "choice" if options else "typed",
        card_id(note.id, template),
        note,
        _meanings(note, gloss),
        asking.written(note),
        options,
        hints,
        note.headword,
        note.example.text if note.example else None,
        _reasons(asking, options),
    )


def _reading(note: Note, gloss: str, asking: Asking) -> Question:
    several = {entry.syllables for entry in asking.lexicon.entries(note.headword)} - {note.syllables}
    hints = (gloss,) if several and gloss else ()
    toned = any(sound_of(syllable).tone != 5 for syllable in note.syllables)
    only_tones = toned and asking.rng.random() < TONE_SHARE
    prompt = asking.written(note)
    options: tuple[Option, ...] = ()
    why: tuple[str, ...] = ("a reading is always typed: letters and tones are judged apart",)
    answer = joined(note.syllables)
    if only_tones:
        prompt = f"{prompt} {toneless(note.syllables).replace('v', 'ü')}"
        if asking.shaky:
            options = _shuffled(answer, note, tone_distractors(note, asking.rng), asking.rng)
        why = (*_reasons(asking, options), "now and then a reading card asks for the tones alone")
    return Question(
        "tone" if only_tones else "reading",
        "choice" if options else "typed",
        card_id(note.id, "reading"),
        note,
        prompt,
        answer,
        options,
        hints,
        note.headword,
        note.example.text if note.example else None,
        why,
    )


def _shuffled(answer: str, note: Note, wrong: Sequence[Option], rng: random.Random) -> tuple[Option, ...]:
    """The answer among the wrong options; none at all where those are too few."""
    if len(wrong) < _FEWEST:
        return ()
    options = [Option(answer, "answer", note.headword), *wrong]
    rng.shuffle(options)
    return tuple(options)


def _meanings(note: Note, gloss: str) -> str:
    """The meaning as a prompt: the short gloss and one more where there is room.

    One word is meant; the sense of this text stands first among its glosses (`study.sense`).
    """
    if ";" in gloss:
        return gloss
    shown = [gloss]
    for text in (cleaned(each) for each in note.glosses if not MARKED.search(each)):
        if text and text not in gloss and len(shown) < 2 and len("; ".join([*shown, text])) <= 48:
            shown.append(text)
    return "; ".join(shown)


def _literally(note: Note) -> str:
    """`4 characters, literally: not to have + source + … + water`, of a phrase that has no gloss of its own.

    A part whose English would show a character is left open. Empty where fewer than two parts can be told.
    """
    if not is_composed(note.glosses) or (
        note.kind == "term" and any(text[1] == " " for text in note.glosses)
    ):
        return ""  # 网 + 信: what a short form is short for, its characters do not say
    parts = part_meanings(note.glosses, cleaned)
    if sum(map(bool, parts)) < 2:
        return ""
    count = sum(map(is_han, note.headword))
    return f"{count} characters, literally: {' + '.join(part or '…' for part in parts)}"


def _outline(note: Note) -> str:
    """`2 characters: f… zh…`."""
    return ": ".join(filter(None, (length(note), initials(note))))


def length(note: Note) -> str:
    """How long its headword is: `2 characters`."""
    return many(sum(map(is_han, note.headword)) or len(note.headword), "character")


def initials(note: Note) -> str:
    """How its syllables begin: `f… zh…`."""
    return " ".join(f"{_initial(syllable)}…" for syllable in note.syllables)


def _initial(syllable: str) -> str:
    return syllable[:2] if syllable[:2] in ("zh", "ch", "sh") else syllable[:1]


def _reasons(asking: Asking, options: Sequence[Option]) -> tuple[str, ...]:
    if options:
        families = ", ".join(sorted({option.family for option in options} - {"answer"}))
        return (f"by choice: {asking.state}", f"wrong options by {families}")
    if asking.shaky:
        return ("not by choice: too few wrong options are certain to be wrong",)
    return (f"not by choice any more: {asking.state}",)


def _because(question: Question, reason: str) -> Question:
    return replace(question, reasons=(*question.reasons, reason))
