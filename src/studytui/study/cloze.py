"""A text's own sentences as gap questions: which serve, how they are trimmed, and why.

Every sentence gets a verdict in words. The rules are a teacher's: one gap, enough around it, nothing that
gives it away, nothing left hanging, and no second puzzle beside the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studytui.study.cloze_trim import Cut, cuts
from studytui.study.keyphrase_glue import FUNCTION_WORDS, HANGING
from studytui.study.note import Example
from studytui.study.vocabulary import Status
from studytui.text.sentence import sentence_spans
from studytui.text.token import AnnotatedDocument, Word

if TYPE_CHECKING:
    from studytui.text.lexicon import Lexicon

Occurrence = tuple[int, int, int]
"""Paragraph, first character, one past the last character (characters of the paragraph)."""

LEAST, MOST = 8, 40
"""Characters of a sentence with its gap filled: with fewer it says too little, with more it tires."""

_TAKEN = 0.5
_EASY_FREQUENCY = 5.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the linter says of one sentence for one target."""

    taken: bool
    """Whether it makes a question that a teacher would set."""
    fitness: float
    """0 (of no use) to 1 (as good as they come); comparable between sentences."""
    reasons: tuple[str, ...]
    """Why it was taken or passed over, one plain English clause each."""
    text: str
    """The sentence as trimmed."""
    start: int
    """Where the target begins in `text`."""
    end: int
    occurrence: Occurrence
    """Which occurrence it was judged for."""


@dataclass(frozen=True, slots=True)
class Cloze:
    """A sentence that serves, the target still in it."""

    text: str
    """The sentence, trimmed."""
    start: int
    """Where the target begins, in characters of `text`."""
    end: int
    """One past the target's last character."""
    reasons: tuple[str, ...]
    """What speaks for it, and what little speaks against it."""

    @property
    def before(self) -> str:
        """What stands before the gap."""
        return self.text[: self.start]

    @property
    def after(self) -> str:
        """What stands after the gap."""
        return self.text[self.end :]

    @property
    def target(self) -> str:
        """What was taken out."""
        return self.text[self.start : self.end]


def judge(
    occurrence: Occurrence,
    document: AnnotatedDocument,
    lexicon: Lexicon,
    status: Callable[[str], Status],
) -> Verdict:
    """The linter: the best trimming of one occurrence's sentence, and what is to be said of it."""
    paragraph, start, end = occurrence
    text = document.document.paragraphs[paragraph].text
    begin, stop = next(
        ((first, last) for first, last in sentence_spans(text) if first <= start < last), (0, len(text))
    )
    verdicts = [
        _judge_cut(cut, occurrence, document, lexicon, status)
        for cut in cuts(text, begin, max(stop, end), start, end, MOST)
    ]
    return max(verdicts, key=lambda verdict: (verdict.taken, verdict.fitness, len(verdict.text)))


def clozes(
    occurrences: Iterable[Occurrence],
    document: AnnotatedDocument,
    lexicon: Lexicon,
    status: Callable[[str], Status],
) -> tuple[Cloze, ...]:
    """The sentences that serve, best first; none twice. `occurrences` are `KeyPhrase.occurrences`."""
    return tuple(
        Cloze(verdict.text, verdict.start, verdict.end, verdict.reasons)
        for verdict in judged(occurrences, document, lexicon, status)
        if verdict.taken
    )


def judged(
    occurrences: Iterable[Occurrence],
    document: AnnotatedDocument,
    lexicon: Lexicon,
    status: Callable[[str], Status],
) -> tuple[Verdict, ...]:
    """A verdict for every sentence, taken or passed over, best first; a sentence found twice counts once."""
    verdicts = [judge(occurrence, document, lexicon, status) for occurrence in occurrences]
    verdicts.sort(key=lambda verdict: (not verdict.taken, -verdict.fitness, verdict.occurrence))
    seen: set[str] = set()
    return tuple(
        verdict
        for verdict in verdicts
        if not (verdict.text in seen or seen.add(verdict.text))  # type: ignore[func-returns-value]
    )


def example(
    occurrences: Iterable[Occurrence],
    document: AnnotatedDocument,
    lexicon: Lexicon,
    status: Callable[[str], Status],
) -> Example | None:
    """The best sentence to show a phrase in.

    One that fails the cloze rules still shows how the phrase is used, if it has something beside it;
    None when the phrase stands alone everywhere.
    """
    for verdict in judged(occurrences, document, lexicon, status):
        if len(verdict.text) > verdict.end - verdict.start + 1:
            return Example(
                verdict.text,
                verdict.start,
                verdict.end,
                document.document.id,
                document.document.title,
            )
    return None


def _judge_cut(
    cut: Cut,
    occurrence: Occurrence,
    document: AnnotatedDocument,
    lexicon: Lexicon,
    status: Callable[[str], Status],
) -> Verdict:
    index, start, end = occurrence
    paragraph = document.document.paragraphs[index]
    text = paragraph.text[cut.start : cut.end]
    first, last = start - cut.start, end - cut.start
    target = text[first:last]
    around = text[:first] + text[last:]
    words = [
        word for word in document.words[index] if cut.start <= word.token.start and word.token.end <= cut.end
    ]
    others = [word for word in words if word.token.end <= start or word.token.start >= end]
    fatal: list[str] = []
    against: list[tuple[float, str]] = []
    favour: list[str] = []
    length = sum(not character.isspace() for character in text)
    room = sum(_is_letter(character) for character in around)
    if length < LEAST or room < 5:
        fatal.append(f"too short: {length} characters")
    elif length > MOST:
        fatal.append(f"too long: {length} characters and no clause boundary to trim at")
    else:
        favour.append(f"{length} characters")
    if cut.trimmed:
        favour.append("trimmed at a clause boundary")
        against.append((0.05, ""))
    if target in around:
        fatal.append("the answer stands elsewhere in the sentence")
    elif _gives_away(target, around, others):
        against.append((0.3, "part of the answer stands elsewhere in the sentence"))
    if not _balanced(text):
        fatal.append("a quotation mark or bracket is left open")
    opening = next((word for word in words if word.token.kind != "punctuation"), None)
    if opening is not None and opening.token.start < start and _hangs(opening, words):
        against.append((0.3, f"its opening, {opening.text}, points back to what is not shown"))
    if paragraph.kind == "heading":
        against.append((0.45, "it is a headline"))
    elif not text.rstrip("”’」』）)》 ").endswith(("。", "！", "？", "!", "?", "…", ".")) and not cut.closed:
        against.append((0.25, "it breaks off before the sentence ends"))
    strangers = _strangers(others, status)
    content = [word for word in others if word.token.kind == "word" and word.headword not in FUNCTION_WORDS]
    share = len(strangers) / max(1, len(content))
    if strangers:
        shown = "、".join(dict.fromkeys(word.text for word in strangers[:3]))
        against.append((min(0.4, 0.5 * share), f"{len(strangers)} other words may be hard: {shown}"))
    elif content:
        favour.append("the other words are easy or known")
    if len(content) < 2:
        against.append((0.35, "hardly a word beside the gap to tell it by"))
    names = sum(word.token.kind in ("name", "number", "latin") for word in others)
    if names >= 3:
        against.append((0.2, f"{names} names and numbers"))
    if text.count("、") >= 3:
        against.append((0.15, "a long list"))
    if not _is_letter(text[first - 1 : first] or "，") and first == 0:
        against.append((0.08, "the gap comes first"))
    fitness = 0.0 if fatal else max(0.0, 1.0 - sum(weight for weight, _ in against))
    fitness -= 0.0 if fatal else abs(length - 20) * 0.004
    taken = not fatal and fitness >= _TAKEN
    reasons = (*fatal, *(favour if not fatal else ()), *(reason for _, reason in against if reason))
    return Verdict(taken, round(max(0.0, fitness), 3), reasons, text, first, last, occurrence)


def _is_letter(character: str) -> bool:
    return character.isalnum()


def _gives_away(target: str, around: str, others: list[Word]) -> bool:
    """Whether a part of the answer of two characters or more, or an odd one, is still to be seen."""
    if len(target) < 3:
        return False
    pieces = {target[place : place + 2] for place in range(len(target) - 1)}
    return any(word.text in pieces for word in others) or any(
        target[place : place + 3] in around for place in range(len(target) - 2)
    )


def _hangs(opening: Word, words: list[Word]) -> bool:
    return opening.headword in HANGING


def _strangers(others: list[Word], status: Callable[[str], Status]) -> list[Word]:
    """Words of the sentence that the learner may not know: neither marked, nor easy by level or use."""
    return [
        word
        for word in others
        if word.token.kind == "word"
        and word.headword not in FUNCTION_WORDS
        and status(word.headword) == "new"
        and (word.hsk is None or word.hsk > 4)
        and (word.frequency is None or word.frequency < _EASY_FREQUENCY)
    ]


def _balanced(text: str) -> bool:
    """Whether every quotation mark and bracket has its other half, in the right order."""
    pairs = {
        "”": "“",
        "’": "‘",
        "」": "「",
        "』": "『",
        "）": "（",
        "》": "《",
        "】": "【",
        ")": "(",
        "〉": "〈",
    }
    waiting: list[str] = []
    for character in text:
        if character in pairs.values():
            waiting.append(character)
        elif character in pairs and (not waiting or waiting.pop() != pairs[character]):
            return False
    return not waiting and text.count('"') % 2 == 0
