"""A text's own sentences as gap questions: which serve, how they are trimmed, and why.

Every sentence gets a verdict in words. The rules are a teacher's: one gap, enough around it, nothing that
gives it away, nothing left hanging, and no second puzzle beside the first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from studytui.study.examples.trim import Cut, cuts
from studytui.study.language.function_words import CONDITIONS, CONNECTIVES, POINTERS, SETTINGS, SPEAKING
from studytui.study.language.word_tests import is_counted, is_glue
from studytui.study.levels import learner_level
from studytui.study.notes.note import Example
from studytui.study.vocabulary import Status
from studytui.text.document import LOST
from studytui.text.punctuation import CLAUSE_MARKS, CLOSERS, OPENERS, ends_sentence
from studytui.text.sentence import sentence_spans
from studytui.text.token import AnnotatedDocument, Word
from studytui.text.web_address import ADDRESS

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon

Occurrence = tuple[int, int, int]
"""Paragraph, first character, one past the last character (characters of the paragraph)."""

LEAST, MOST = 8, 40
"""Characters of a sentence with its gap filled: with fewer it says too little, with more it tires."""

MOST_JUDGED = 48
"""Occurrences of a phrase that are judged; of more, some from all over the text."""

_TAKEN = 0.5
_OTHER_HALF = dict(zip(CLOSERS, OPENERS, strict=True))
_WAITING = CONDITIONS | {"等", "等到", "直到", "趁", "刚", "一旦", "正当", "每当"}
"""Words that begin a clause on which another one hangs."""
_HALVES = {
    "不仅": ("而且", "也", "还", "更"),
    "不但": ("而且", "也", "还", "更"),
    "不光": ("而且", "也", "还", "更"),
    "虽然": ("但", "但是", "可是", "却", "不过"),
    "尽管": ("但", "但是", "可是", "却", "不过"),
    "与其": ("不如",),
    "既": ("又", "也"),
}
"""Words that promise another one in the clauses behind, and those that keep the promise."""
_ANSWERS = frozenset({"就", "就会", "就要", "就是", "才", "才能", "才会", "却", "便", "则", "反而", "从而"})
"""Words by which a clause answers to the one before it."""
_ONES = frozenset({"一个", "两个", "另一个", "有的", "另一", "其中", "一位", "前者", "后者"})
"""Words that stand for one of what was named before, where no noun follows."""
_EASY_FREQUENCY = 5.0


@dataclass(frozen=True, slots=True)
class SentenceVerdict:
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
    opened: bool = False
    """Whether clauses before it were left out."""
    closed: bool = False
    """Whether clauses after it were left out."""


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
    easy: int | None = None,
) -> SentenceVerdict:
    """The linter: the best trimming of one occurrence's sentence, and what is to be said of it.

    `easy` is the HSK level up to which words count as easy; without it the learner's is worked out.
    """
    easy = easy_level(document, status) if easy is None else easy
    paragraph, start, end = occurrence
    text = document.document.paragraphs[paragraph].text
    begin, stop = _sentence_at(text, start)
    lost = LOST in text[begin:stop]
    if lost or ADDRESS.search(text, begin, stop):
        why = "characters of the sentence are lost" if lost else "a web address stands in the sentence"
        return SentenceVerdict(False, 0.0, (why,), text[begin:stop], start - begin, end - begin, occurrence)
    skips = {
        word.token.start: word.token.end
        for word in _between(document.words[paragraph], max(begin, start - 3 * MOST), start)
        if word.headword in CONNECTIVES and word.token.end < start
    }
    verdicts = [
        _judge_cut(cut, occurrence, document, lexicon, status, easy)
        for cut in cuts(text, (begin, max(stop, end)), (start, end), MOST, skips)
    ]
    return max(verdicts, key=lambda verdict: (verdict.taken, verdict.fitness, len(verdict.text)))


@lru_cache(maxsize=32)
def _spans(text: str) -> tuple[tuple[int, int], ...]:
    """`sentence_spans`, kept for the next occurrence in the same paragraph."""
    return sentence_spans(text)


def _sentence_at(text: str, place: int) -> tuple[int, int]:
    """The sentence in which a character of a paragraph stands."""
    spans = _spans(text)
    index = bisect_right(spans, place, key=lambda span: span[0]) - 1
    return spans[index] if index >= 0 and place < spans[index][1] else (0, len(text))


def _between(words: Sequence[Word], start: int, end: int) -> Sequence[Word]:
    """The words of a paragraph that lie within `[start, end)`."""
    first = bisect_left(words, start, key=lambda word: word.token.start)
    last = bisect_right(words, end, key=lambda word: word.token.end)
    return words[first:last]


def clozes(
    occurrences: Iterable[Occurrence],
    document: AnnotatedDocument,
    lexicon: Lexicon,
    status: Callable[[str], Status],
    easy: int | None = None,
) -> tuple[Cloze, ...]:
    """The sentences that serve, best first; none twice. `occurrences` are `KeyPhrase.occurrences`."""
    return tuple(
        Cloze(verdict.text, verdict.start, verdict.end, verdict.reasons)
        for verdict in judged(occurrences, document, lexicon, status, easy)
        if verdict.taken
    )


def judged(
    occurrences: Iterable[Occurrence],
    document: AnnotatedDocument,
    lexicon: Lexicon,
    status: Callable[[str], Status],
    easy: int | None = None,
) -> tuple[SentenceVerdict, ...]:
    """A verdict for every sentence, taken or passed over, best first; a sentence found twice counts once."""
    easy = easy_level(document, status) if easy is None else easy
    places = tuple(occurrences)
    # Of a word that a novel has a thousand times, some from all over it will do.
    places = places[:: -(-len(places) // MOST_JUDGED)] if len(places) > MOST_JUDGED else places
    verdicts = [judge(occurrence, document, lexicon, status, easy) for occurrence in places]
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
    easy: int | None = None,
) -> Example | None:
    """The best sentence to show a phrase in.

    One that fails the cloze rules still shows how the phrase is used, if it has something beside it;
    None when the phrase stands alone everywhere.
    """
    for verdict in judged(occurrences, document, lexicon, status, easy):
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
    easy: int,
) -> SentenceVerdict:
    index, start, end = occurrence
    paragraph = document.document.paragraphs[index]
    text = paragraph.text[cut.start : cut.end]
    first, last = start - cut.start, end - cut.start
    target = text[first:last]
    around = text[:first] + text[last:]
    words = _between(document.words[index], cut.start, cut.end)
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
    elif len(target) > 1 and (text[:first].endswith(target[0]) or text[last:].startswith(target[-1])):
        # 握 + 握手, 说 + 说话: the verb is said twice, and half of the answer is left over.
        fatal.append("a character of the answer stands right beside the gap")
    elif any(len(word.text) > len(target) > 1 and set(target) <= set(word.text) for word in others):
        fatal.append("the answer stands in a longer form elsewhere in the sentence")  # 男友 + 男朋友
    elif _gives_away(target, around, others, lexicon):
        against.append((0.3, "part of the answer stands elsewhere in the sentence"))
    if text[:first].rpartition("《")[2].count("》") == 0 and "《" in text[:first]:
        fatal.append("it is a piece of a title")  # 《伦敦心跳》
    if not _balanced(text):
        fatal.append("a quotation mark or bracket is left open")
    opening = next((word for word in words if word.token.kind != "punctuation"), None)
    if opening is not None and opening.token.start < start:
        fault = _opening_fault(opening, words, text, cut, lexicon)
        if fault is not None:
            against.append(fault)
    if paragraph.kind == "heading":
        against.append((0.45, "it is a headline"))
    elif not cut.closed and not is_ended(text):
        against.append((0.25, "it breaks off before the sentence ends"))
    if cut.closed and (ending := _ending_fault(words)) is not None:
        against.append(ending)
    against += _lost_partners(words, others, start, cut)
    strangers = _strangers(others, lexicon, status, easy)
    content = [word for word in others if not is_glue(word)]
    share = len(strangers) / max(1, len(content))
    if strangers:
        shown = "、".join(dict.fromkeys(word.text for word in strangers[:3]))
        against.append(
            (min(0.4, 0.5 * share), f"{_counted(len(strangers), 'other word')} may be hard: {shown}")
        )
    elif content:
        favour.append("the other words are easy or known")
    if len(content) < 2:
        against.append((0.35 if content else 0.55, "hardly a word beside the gap to tell it by"))
    names = sum(word.token.kind in ("name", "number", "latin") for word in others)
    if names >= 3:
        against.append((0.2, "many names and numbers"))
    if text.count("、") >= 3:
        against.append((0.15, "a long list"))
    if len(target) == 1:
        against.append((0.3, "one character alone takes many words"))
    if not _is_letter(text[first - 1 : first] or "，") and first == 0:
        against.append((0.08, "the gap comes first"))
    fitness = 0.0 if fatal else max(0.0, 1.0 - sum(weight for weight, _ in against))
    fitness -= 0.0 if fatal else abs(length - 20) * 0.004
    taken = not fatal and fitness >= _TAKEN
    reasons = (*fatal, *(favour if not fatal else ()), *(reason for _, reason in against if reason))
    return SentenceVerdict(
        taken, round(max(0.0, fitness), 3), reasons, text, first, last, occurrence, cut.opened, cut.closed
    )


def is_ended(text: str) -> bool:
    """Whether a text ends with a mark that ends a sentence, within quotation marks or brackets or not."""
    body = text.rstrip(CLOSERS + " ")
    return bool(body) and ends_sentence(body, len(body) - 1)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _is_letter(character: str) -> bool:
    return character.isalnum()


def _gives_away(target: str, around: str, others: list[Word], lexicon: Lexicon) -> bool:
    """Whether a word that the answer is made of is still to be seen (空气污染 beside 土壤污染)."""
    if len(target) < 3:
        return False
    if len(target) > 3 and any(half in around and half in lexicon for half in (target[:2], target[-2:])):
        return True
    pieces = {target[place : place + 2] for place in range(len(target) - 1)}
    return any(word.text in pieces for word in others) or any(
        target[place : place + 3] in around for place in range(len(target) - 2)
    )


def _opening_fault(
    opening: Word, words: Sequence[Word], text: str, cut: Cut, lexicon: Lexicon
) -> tuple[float, str] | None:
    """What is wrong with how a cut begins, and how much that weighs."""
    if opening.headword in POINTERS or opening.headword in CONNECTIVES:
        return 0.55, f"its opening, {opening.text}, points back to what is not shown"
    if opening.headword in ("他", "她"):
        return 0.2, f"{opening.text} is not named"
    if opening.headword in CONDITIONS and cut.closed and "，" not in text:
        return 0.4, f"after {opening.text} another clause is expected"
    if cut.opened and lexicon.classes(opening.headword)[:1] in ("d", "v"):
        return 0.25, f"who or what {opening.text} is said of is not shown"  # 几乎在每一页上跟作者吵架
    if opening.headword in _ONES:
        following = next((word for word in words if word.token.start >= opening.token.end), None)
        if following is not None and lexicon.classes(following.headword)[:1] in ("v", "o", "d"):
            return 0.55, f"{opening.text} is one of those named before"  # 一个用蓝笔，另一个用铅笔
    return None


def _ending_fault(words: Sequence[Word]) -> tuple[float, str] | None:
    """What is wrong with how a cut ends where the sentence goes on, and how much that weighs."""
    last = next((word for word in reversed(words) if word.token.kind != "punctuation"), None)
    if last is None:
        return None
    if last.headword in SPEAKING:
        return 0.45, f"it breaks off before what is said ({last.text})"
    if last.headword in SETTINGS:
        return 0.4, f"it breaks off after the setting ({last.text})"
    marks = [place for place, word in enumerate(words[:-1]) if word.text in CLAUSE_MARKS]
    if marks and words[marks[-1] + 1].headword in _WAITING:
        return 0.4, f"it breaks off after {words[marks[-1] + 1].text}, which waits for another clause"
    return None


def _lost_partners(
    words: Sequence[Word], others: Sequence[Word], start: int, cut: Cut
) -> list[tuple[float, str]]:
    """What a cut leans on that was left out, and how much that weighs."""
    faults: list[tuple[float, str]] = []
    said = [word.headword for word in words]
    if cut.closed:
        for place, headword in enumerate(said):
            partners = _HALVES.get(headword)
            if partners and not any(partner in said[place + 1 :] for partner in partners):
                faults.append((0.4, f"it breaks off before what {headword} promises"))
    if cut.opened:
        clause = takewhile(lambda word: word.text not in CLAUSE_MARKS, words)
        for word in clause:
            if word.headword in _WAITING:
                break
            if word.headword in _ANSWERS:
                faults.append((0.4, f"{word.text} answers to a clause that is not shown"))
                break
    beside = next((word for word in reversed(others) if word.token.end == start), None)
    if beside is not None and beside.headword in POINTERS:
        faults.append((0.4, f"{beside.text} before the gap points back to what is not shown"))
    return faults


def easy_level(document: AnnotatedDocument, status: Callable[[str], Status]) -> int:
    """The HSK level up to which the learner of a text finds words easy: the level that is had, at least 2."""
    words = [word for row in document.words for word in row if not is_glue(word)]
    return max(2, learner_level(words, status))


def _strangers(
    others: list[Word], lexicon: Lexicon, status: Callable[[str], Status], easy: int
) -> list[Word]:
    """Words of the sentence that the learner may not know: neither marked, nor easy by level or use."""
    return [
        word
        for word in others
        if not is_glue(word)
        and status(word.headword) == "new"
        and (word.hsk is None or word.hsk > easy)
        and (word.frequency is None or word.frequency < _EASY_FREQUENCY or easy < 4)
        and not _explains_itself(word, lexicon, easy)
        and not is_counted(word.headword, word.hsk, lexicon)
    ]


def _explains_itself(word: Word, lexicon: Lexicon, easy: int) -> bool:
    """Whether a longer word is made of two easy ones (年轻 + 人), and in no list of words to be learnt."""
    text = word.headword
    if word.hsk is not None or len(text) < 3:
        return False
    return all((lexicon.level(part) or 9) <= easy for part in (text[:2], text[2:]))


def _balanced(text: str) -> bool:
    """Whether every quotation mark and bracket has its other half, in the right order."""
    waiting: list[str] = []
    for character in text:
        if character in OPENERS:
            waiting.append(character)
        elif character in CLOSERS and (not waiting or waiting.pop() != _OTHER_HALF[character]):
            return False
    return not waiting and text.count('"') % 2 == 0
