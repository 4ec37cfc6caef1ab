"""An answer judged: right, partly or wrong, where it went wrong, and the rating it suggests."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from studytui.study.language import gloss
from studytui.study.notes.review import Rating
from studytui.study.questions import typed_pinyin
from studytui.study.questions.question import Form, Kind, Question
from studytui.study.questions.typed_pinyin import SyllableVerdict
from studytui.text.characters import is_han
from studytui.text.pinyin import marked, with_umlaut
from studytui.text.pronunciation.zhuyin import is_zhuyin
from studytui.text.punctuation import ENDS
from studytui.text.script import convert

_PLACE = re.compile("[1-9]")
_TONE = re.compile("[0-5]")
_TONES = re.compile(r"[\s.,-]*+[0-5][\s0-5.,-]*")
_LETTER = re.compile("[A-Za-z]")
_ASIDE = re.compile(r"\(([^()]*)\)")
_PART = re.compile(r"[;,/]\s*|\bor\b")
_BRACKET = re.compile(r"[()\[\]]")

Correctness = Literal["correct", "partly", "wrong", "shown", "unsure", "unknown"]
"""`shown` is a revealed answer that the learner judges; `unsure` a typed meaning that no rule finds among the
glosses, which is the learner's to judge too; `unknown` was said not to be known."""

OUTCOMES: dict[Correctness, str] = {
    "correct": "Right",
    "partly": "Nearly",
    "wrong": "Not quite",
    "shown": "Did you know it?",
    "unsure": "Is it the same?",
    "unknown": "The answer",
}
"""How each is told to the learner."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was right and wrong in an answer."""

    outcome: Correctness
    given: str
    """What was answered, evened out: marked pinyin, the option's text, the characters."""
    expected: str
    message: str
    """One sentence for the learner; empty where nothing is to be said."""
    syllables: tuple[SyllableVerdict, ...] = ()
    """For an answer in pinyin, one each; else empty."""
    confused: str = ""
    """The headword that was taken for the answer; empty if none."""
    to_read: int = 0
    """How much there was to read, in Chinese characters (four Latin letters count as one)."""
    to_type: int = 0
    """How many keys the answer takes: 1 for a choice."""

    @property
    def letters(self) -> bool:
        """The letters of every syllable are right."""
        return all(syllable.letters for syllable in self.syllables)

    @property
    def tones(self) -> bool:
        """The tones of every syllable are right."""
        return all(syllable.tone for syllable in self.syllables)

    @property
    def side_by_side(self) -> tuple[str, str, str] | None:
        """Three lines of equal length: expected, given, and `^` below what differs; None without pinyin."""
        if not self.syllables:
            return None
        lines: tuple[list[str], list[str], list[str]] = ([], [], [])
        for syllable in self.syllables:
            expected, given = _shown(syllable.expected), _shown(syllable.given)
            given = given or "-" * len(expected)
            width = max(len(expected), len(given))
            lines[0].append(expected.ljust(width))
            lines[1].append(given.ljust(width))
            lines[2].append(("" if syllable.right else "^" * width).ljust(width))
        return " ".join(lines[0]), " ".join(lines[1]), " ".join(lines[2])


def judge(question: Question, given: str) -> Verdict:
    """Compare an answer with what is right. `given` is as typed; nothing in it is ever an error.

    A choice is answered by its number, its letter (a, b, c…) or its text. An empty answer is wrong, but
    for `reveal`, where it means that the learner only wants to see.
    """
    if question.form == "choice":
        verdict = _choice(question, given)
    elif question.kind == "order":
        verdict = _order(question, given)
    elif question.kind in ("reading", "tone"):
        verdict = _pinyin(question, given)
    elif question.kind == "recognition":
        verdict = _meaning(question, given)
    else:
        verdict = _hanzi(question, given)
    read = _reading_load(question.prompt) + sum(_reading_load(option.text) for option in question.options)
    typed = 1 if question.form != "typed" else _typing_load(question)
    return replace(verdict, to_read=read, to_type=typed)


def given_up(question: Question) -> Verdict:
    """The verdict on "I don't know"."""
    return Verdict("unknown", "", question.answer, "")


THINKING_MS = 2000
"""What any answer may take before reading and typing count."""
READING_MS = 450
"""A Chinese character of prompt or options: about half the speed of readers in their own language,
who read some 260 characters a minute (Brysbaert 2019, Journal of Memory and Language)."""
TYPING_MS = 400
"""A key of a typed answer, tones included."""
FAST, SLOW = 0.5, 2.5
"""Faster or slower than this share of the expected time changes the rating."""


def expected_ms(verdict: Verdict) -> int:
    """How long the answer should take somebody who knows it: thinking, reading and typing."""
    return THINKING_MS + READING_MS * verdict.to_read + TYPING_MS * verdict.to_type


def propose(verdict: Verdict, took_ms: int, kind: Kind, form: Form, hints: int = 0) -> Rating | None:
    """The rating an answer suggests; the learner may take another. None where the learner alone can tell.

    Wrong: again. Partly right (tones wrong, a synonym, one character of an idiom) or slower than `SLOW`
    of `expected_ms`: hard. Right: good. Right and faster than `FAST` of it: easy, but for the forms that
    can be passed without knowing: a choice of one in four, and an answer that was only revealed. A time
    of 0 or less was not measured and does not count. Each hint that was asked for lowers it by one.
    """
    if verdict.outcome == "unsure":
        return None
    return Rating(max(Rating.AGAIN, _unaided(verdict, took_ms, kind, form) - hints))


def _unaided(verdict: Verdict, took_ms: int, kind: Kind, form: Form) -> Rating:
    if verdict.outcome in ("wrong", "unknown"):
        return Rating.AGAIN
    expected = expected_ms(verdict)
    if verdict.outcome == "partly" or took_ms > SLOW * expected:
        return Rating.HARD
    # Tones are a choice of few even when typed; so is the order of four pieces.
    guessable = form != "typed" or kind in ("tone", "order")
    if verdict.outcome == "correct" and 0 < took_ms < FAST * expected and not guessable:
        return Rating.EASY
    return Rating.GOOD


def _choice(question: Question, given: str) -> Verdict:
    texts = [option.text for option in question.options]
    wanted = _plain(given)
    index: int | None = None
    folded = [_plain(text) for text in texts]
    if wanted in folded:
        index = folded.index(wanted)
    elif wanted.isascii() and wanted.isdigit():
        index = int(wanted) - 1
    elif len(wanted) == 1 and "a" <= wanted <= "z":
        index = ord(wanted) - ord("a")
    if index is None or not 0 <= index < len(texts):
        return Verdict("wrong", given.strip(), question.answer, _answer_is(question.answer))
    chosen = question.options[index]
    if chosen.family == "answer":
        return Verdict("correct", chosen.text, question.answer, "")
    if question.kind in ("reading", "tone"):
        verdicts = typed_pinyin.compare(chosen.text, question.note.syllables, question.note.headword)
        return replace(_of_syllables(verdicts, chosen.text, question.answer), outcome="wrong")
    return Verdict(
        "wrong",
        chosen.text,
        question.answer,
        f"{question.answer}, not {chosen.text}.",
        confused=chosen.headword,
    )


def _order(question: Question, given: str) -> Verdict:
    pieces = [option.text for option in question.options]
    digits = [int(digit) for digit in _PLACE.findall(unicodedata.normalize("NFKC", given))]
    if sorted(digits) == list(range(1, len(pieces) + 1)):
        order = [pieces[digit - 1] for digit in digits]
        text = "".join(order)
    else:
        order, text = [], given.strip()
    whole = _bare(question.sentence or question.answer)
    if _bare(text) in (_bare(question.answer), whole):
        return Verdict("correct", text, question.answer, "")
    start = whole.removesuffix(_bare(question.answer))
    if _bare(text).removeprefix(start) in map(_bare, question.also):
        return Verdict("correct", text, question.answer, "That is right too; the text puts it differently.")
    for index in range(len(order) - 1):
        swapped = [*order[:index], order[index + 1], order[index], *order[index + 2 :]]
        if "".join(swapped) in (question.answer, *question.also):
            message = f"Only {order[index]} and {order[index + 1]} are the wrong way round."
            return Verdict("partly", text, question.answer, message)
    return Verdict("wrong", text, question.answer, _answer_is(question.answer))


def _pinyin(question: Question, given: str) -> Verdict:
    syllables = question.note.syllables
    if question.kind == "tone" and _TONES.fullmatch(_plain(given)):
        # Only the tones were typed: put them on the letters that the prompt shows.
        tones = _TONE.findall(_plain(given))
        if len(tones) == len(syllables):
            given = " ".join(s.rstrip("012345") + tone for s, tone in zip(syllables, tones, strict=True))
    verdicts = typed_pinyin.compare(given, syllables, question.note.headword)
    shown = " ".join(_shown(verdict.given) for verdict in verdicts if verdict.given)
    return _of_syllables(verdicts, shown, question.answer)


def _of_syllables(verdicts: tuple[SyllableVerdict, ...], shown: str, expected: str) -> Verdict:
    wrong = [(index, verdict) for index, verdict in enumerate(verdicts, start=1) if not verdict.right]
    if not wrong:
        return Verdict("correct", shown, expected, "", verdicts)
    if not shown:
        return Verdict("wrong", shown, expected, _answer_is(expected), verdicts)
    if all(verdict.letters for verdict in verdicts):
        if all(not verdict.given[-1:].isdigit() for verdict in verdicts):
            return Verdict(
                "partly", shown, expected, "The letters are right, the tones are missing.", verdicts
            )
        named = "; ".join(_difference(index, verdict, len(verdicts)) for index, verdict in wrong)
        return Verdict("partly", shown, expected, f"The letters are right. {named}.", verdicts)
    # Erhua left out or put in is a matter of region: not wrong, not quite this word either.
    if all(
        verdict.right or (verdict.expected, verdict.given) in (("r5", ""), ("", "r")) for verdict in verdicts
    ):
        return Verdict("partly", shown, expected, "All but the final r.", verdicts)
    named = "; ".join(_difference(index, verdict, len(verdicts)) for index, verdict in wrong)
    return Verdict("wrong", shown, expected, f"{named}.", verdicts)


def _difference(index: int, verdict: SyllableVerdict, count: int) -> str:
    place = f"Syllable {index}: " if count > 1 else ""
    expected, given = _shown(verdict.expected), _shown(verdict.given)
    if not expected:
        return f"{place}{given} is too much"
    if not given:
        return f"{place}{expected} is missing"
    if verdict.letters and not verdict.given[-1:].isdigit():
        return f"{place}{expected}, the tone is missing"
    return f"{place}{expected}, not {given}"


def _hanzi(question: Question, given: str) -> Verdict:
    answer = question.note.headword
    text = _bare(given)
    if not text:
        return Verdict("wrong", "", question.answer, _answer_is(question.answer))
    if is_zhuyin(given) or (not any(map(is_han, text)) and _LETTER.search(text)):
        if typed_pinyin.is_spoken(question.note.syllables):
            # A terminal without a Chinese input method: the pinyin is taken for the characters.
            return replace(_pinyin(question, given), expected=question.answer)
        return Verdict("wrong", text, question.answer, _answer_is(question.answer))
    right = {_bare(answer), _bare(question.note.traditional)}
    simple = text if text in right else _bare(_simplified(text))
    if text in right or simple in right:
        return Verdict("correct", text, question.answer, "")
    target = _bare(answer)
    if target.endswith("儿") and simple == target[:-1]:
        return Verdict("partly", text, question.answer, "All but the 儿.")
    same = [left == right_ for left, right_ in zip(simple, target, strict=False)]
    if len(simple) == len(target) >= 3 and same.count(False) == 1:
        index = same.index(False)
        # Each in the script it was written in.
        wanted = _bare(question.answer)
        right_, wrong = (
            (wanted if len(wanted) == len(target) else target),
            (text if len(text) == len(simple) else simple),
        )
        message = f"Character {index + 1}: {right_[index]}, not {wrong[index]}."
        return Verdict("partly", text, question.answer, message)
    return Verdict("wrong", text, question.answer, f"{question.answer}, not {text}.", confused=simple)


def _meaning(question: Question, given: str) -> Verdict:
    senses = [text for text in question.note.glosses if text]
    if not given.strip():
        if question.form == "reveal":
            return Verdict("shown", "", question.answer, "Did you know it?")
        return Verdict("wrong", "", question.answer, _answer_is(question.answer))
    typed = " ".join(gloss.words(_plain(given)))
    best = max((_agreement(typed, sense) for sense in [*senses, question.answer]), default=0.0)
    if best >= 0.6:
        return Verdict("correct", given.strip(), question.answer, "")
    if best > 0:
        return Verdict("partly", given.strip(), question.answer, f"Near: {question.answer}.")
    # `fix` for `to repair`: no list of glosses is so long that it could tell.
    return Verdict("unsure", given.strip(), question.answer, "Did you mean the same?")


def _agreement(typed: str, sense: str) -> float:
    """How much of a meaning was said: 1 for the same words, 0 for no content word in common.

    Each part of a sense (`growth, development`) counts as a meaning. Words agree by their stems, and with
    one slip of the finger where they are long.
    """
    typed, sense = _american(typed), _american(sense)
    said = gloss.content(typed) if typed else frozenset()
    best = 0.0
    asides = [aside for aside in _ASIDE.findall(sense) if " " in aside]
    for part in [sense, *_PART.split(sense), *asides]:
        meant = gloss.content(part)
        if not meant or not said:
            continue
        if _forms(part) & _forms(typed):
            return 1.0
        if _negated(part) != _negated(typed):
            continue
        shared = sum(any(_near(word, other) for other in said) for word in meant)
        best = max(best, 2 * shared / (len(meant) + len(said)))
    return best


_BRITISH = (
    (re.compile(r"(?<=[a-z]{2})our"), "or"),
    (re.compile(r"(?<=[a-z]{2})(?:is|iz)(?=e|ing\b|ation)"), "iz"),
    (re.compile(r"(?<=[a-z])ys(?=e[ds]?\b|ing\b)"), "yz"),
    (re.compile(r"(?<=[bcdfgkptv])re\b"), "er"),
    (re.compile(r"ll(?=ed\b|ing\b|er\b)"), "l"),
    (re.compile(r"(?<=[a-z]{2})ogue\b"), "og"),
    (re.compile(r"(?<=[a-z]{2})ence\b"), "ense"),
    (re.compile(r"(?:ae|oe)(?=[a-z]{2})"), "e"),
    (re.compile(r"\bgrey"), "gray"),
    (re.compile(r"\bplough"), "plow"),
    (re.compile(r"(?<=gra)mme\b"), "m"),
)
"""Where British spelling differs by a rule. Both sides of a comparison are folded: it need not be a word."""


def _american(text: str) -> str:
    for british, american in _BRITISH:
        text = british.sub(american, text)
    return text


def _forms(text: str) -> frozenset[str]:
    """A gloss's spellings with and without brackets' contents, articles and `to`."""
    forms = set()
    for form in (text, _BRACKET.sub("", text)):
        kept = [word for word in gloss.words(form) if word not in ("to", "a", "an", "the", "be")]
        forms.add(" ".join(kept))
    return frozenset(forms - {""})


def _negated(text: str) -> bool:
    return bool({"not", "no", "never", "without", "don't", "doesn't", "isn't"} & set(gloss.words(text)))


def _near(left: str, right: str) -> bool:
    """The same stem, or one of at least five letters with one letter changed, missing or added."""
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    if len(short) < 5 or len(long) - len(short) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest = short[start:] if len(short) < len(long) else short[start + 1 :]
    return rest == long[start + 1 :]


def _plain(text: str) -> str:
    """Full width made half, case and outer spaces gone."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _bare(text: str) -> str:
    """Letters and digits alone: no spaces, no punctuation."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def _simplified(text: str) -> str:
    return convert(text, "t2s")


def _shown(syllable: str) -> str:
    return marked(syllable) if syllable[-1:].isdigit() else with_umlaut(syllable)


def _answer_is(answer: str) -> str:
    return f"The answer is {answer}{'' if answer[-1:] in ENDS else '.'}"


def _reading_load(text: str) -> int:
    """Characters to read: four Latin letters are about as much as one Chinese character."""
    chinese = sum(character >= "\u2e80" for character in text)
    return chinese + (len(text) - chinese + 3) // 4


def _typing_load(question: Question) -> int:
    """Keys to press: the pinyin of the answer with its tones, as an input method or a reading takes it."""
    if question.kind == "order":
        return len(question.options)
    if question.kind == "tone":
        return len(question.note.syllables)
    syllables: Sequence[str] = question.note.syllables
    return sum(len(syllable) for syllable in syllables) or len(question.answer)
