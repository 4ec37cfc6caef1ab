"""A quiz over a text: its key phrases asked in several ways, in an order that gives nothing away."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from studytui.study.examples.cloze import SentenceVerdict, easy_level, judged
from studytui.study.language.function_words import FUNCTION_WORDS
from studytui.study.language.gloss import short_gloss
from studytui.study.language.parts_in_text import PartsInText
from studytui.study.language.traditional_text import is_mostly_traditional
from studytui.study.notes.card import TEMPLATES, Memory, Template, card_id, split_card_id
from studytui.study.notes.note import Example, Note
from studytui.study.notes_from_text import note_of
from studytui.study.phrases.established import is_established
from studytui.study.phrases.ranking import KeyPhrase
from studytui.study.questions.ask import Asking, ask, is_shaky, state_of, with_cuts
from studytui.study.questions.ask import question_for as question_for
from studytui.study.questions.options.distractors import Context
from studytui.study.questions.options.right_answer import Beside
from studytui.study.questions.options.sureness import (
    MOST_LIKELY,
    alike,
    gives_away,
    of_meaning,
    of_options,
    of_sentence,
    of_target,
)
from studytui.study.questions.order import order_question
from studytui.study.questions.question import Linted, Question
from studytui.study.questions.round import spaced
from studytui.study.questions.typed_pinyin import is_spoken
from studytui.study.vocabulary import Status
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.sentence import sentence_spans
from studytui.text.token import AnnotatedDocument, Word

TURNS: tuple[Template, ...] = ("recognition", "recall", "reading", "recognition", "recall", "recognition")
"""What is asked in turn of the phrases that are not asked in a gap."""
GAPS = 1 / 4
"""The most that are asked in a gap: a quiz is about a text, but few of its sentences make good gaps."""
SOUNDED = 1 / 3
"""The most that are asked for their sound, where meanings are asked too."""
SURE = 0.5
"""From so sure on (`sureness`) a gap is asked by choice."""
ORDER_EVERY = 12
"""At most one question in so many puts a sentence in order, where the text has one that lends itself."""
AMONG = 3.0
"""So many phrases for each question are looked at, the best of the text first."""
_UNTOLD = 0.3
"""How sure a phrase is whose meaning cannot be shown, and that is asked for its sound alone."""
LEAST = 0.65
"""What is less sure is not asked: fewer questions rather than doubtful ones."""
_EVEN = 0.1
"""How far chance moves a question among those that are about as sure."""

_CHOSEN = 4
"""Characters up to which a word has others of its length to be chosen among."""

_BEFORE_NOUN = ("的", "之")
_BEFORE_VERB = ("别", "没", "没有", "能", "可以", "去", "来", "想")
"""Words before a verb."""

_Place = tuple[int, int, int]
_FIT: dict[Template, str] = {
    "cloze": "its sentence passes the linter",
    "recognition": "from the word to its meaning",
    "recall": "from the meaning to the word",
    "reading": "from the word to its sound",
}


@dataclass(frozen=True, slots=True)
class _Gap:
    """A sentence that serves for a cloze."""

    example: Example
    context: Context
    reasons: tuple[str, ...]


def quiz(
    phrases: Sequence[KeyPhrase],
    document: AnnotatedDocument,
    lexicon: Lexicon,
    status: Callable[[str], Status],
    limit: int = 20,
    seed: int = 0,
    *,
    confused: Mapping[str, Mapping[str, int]] | None = None,
    memory: Callable[[str], Memory | None] | None = None,
    in_chinese: bool = False,
    templates: Sequence[Template] = TEMPLATES,
) -> tuple[Question, ...]:
    """Up to `limit` questions on the key phrases of `document`; the same for the same arguments.

    Each phrase is asked once before one is asked twice, and never twice in the same way. Of the best phrases
    those are asked whose questions are surest to be good (`sureness`), with some chance; in a gap only where
    the sentence passes the linter (`study.examples.cloze`) and the options could stand. Questions on one
    phrase stand apart. At most a third asks for sounds, unless nothing else is wanted.

    `memory` tells what is remembered of a card, by its id: a new or shaky card is asked by choice, a firm one
    is typed or revealed (see `question_for`). Without it the phrase's status stands for it: new, or not.

    Words that only stood side by side once are neither asked nor offered (`study.phrases.established`).

    With `in_chinese` words from HSK 5 on are asked by their sentences, without English. Of `templates` alone
    cards are asked; a sentence in pieces is no card.

    `confused` says, for a headword, how often this learner took which other for it: those are offered first.
    """
    phrases = [phrase for phrase in phrases if _is_asked(phrase, document, lexicon, status)]
    if limit <= 0 or not phrases:
        return ()
    rng = random.Random(seed)  # noqa: S311 - what is asked is no secret
    asker = _Asker(phrases, document, lexicon, status, rng, confused or {}, memory, in_chinese, templates)
    targets = [asker.target(phrase) for phrase in phrases[: int(limit * AMONG) + 8]]
    for phrase in phrases[len(targets) :]:
        # Of a beginner's text few words are surely worth asking: others come before one is asked twice.
        if sum(bool(_kinds(target)) for target in targets) >= limit:
            break
        targets.append(asker.target(phrase))
    chosen = _in_gaps(targets, limit)
    asked = {id(target) for target, _ in chosen}
    others = sorted((each for each in targets if id(each) not in asked), key=lambda each: -each.sure)
    chosen += _otherwise(others, asker, limit - len(chosen))
    once = len(chosen)
    chosen += _again(targets, chosen, limit - len(chosen), asker)
    place = {id(target): at for at, target in enumerate(targets)}
    questions = [question for _, question in sorted(chosen[:once], key=lambda each: place[id(each[0])])]
    questions += [question for _, question in chosen[once:]]
    shown = {question.sentence for question in questions if question.kind == "cloze"}
    orders = _orders([each.phrase for each in targets], document, rng, lexicon)
    ordered = islice((each for each in orders if each.sentence not in shown), limit // ORDER_EVERY)
    for count, question in enumerate(ordered, 1):
        # In the place of the last, which is the least sure of all.
        del questions[limit - count :]
        questions.insert(count * ORDER_EVERY - 1, question)
    return spaced([with_cuts(question, document.document) for question in questions])


def _is_asked(
    phrase: KeyPhrase, document: AnnotatedDocument, lexicon: Lexicon, status: Callable[[str], Status]
) -> bool:
    """Whether a phrase is worth a question: an expression, or what the learner has taken up as one."""
    taken_up = status(phrase.headword) == "learning"
    return taken_up or is_established(phrase.headword, phrase.occurrences, document, lexicon)


@dataclass(frozen=True, slots=True)
class _Target:
    """A phrase that may be asked, and how."""

    phrase: KeyPhrase
    note: Note
    verdicts: tuple[SentenceVerdict, ...]
    """Of its sentences, the best first."""
    new: bool
    gap: _Gap | None
    """The sentence in which it can be asked; None if none serves."""
    cloze: Question | None
    """It asked in its gap, where that may be a good question."""
    cloze_sure: float
    """How sure it is that the cloze is a good question, 0 to 1 and a bit of chance."""
    sure: float
    """How sure it is that the other questions on it are good, 0 to 1 and a bit of chance."""
    worth: float
    """How sure it is that it is worth a question at all."""
    meant: float
    """How sure it is that the meaning shown is the one meant."""


class _Asker:
    """Makes questions on the phrases of a text."""

    def __init__(
        self,
        phrases: Sequence[KeyPhrase],
        document: AnnotatedDocument,
        lexicon: Lexicon,
        status: Callable[[str], Status],
        rng: random.Random,
        confused: Mapping[str, Mapping[str, int]],
        memory: Callable[[str], Memory | None] | None,
        in_chinese: bool,
        templates: Sequence[Template],
    ) -> None:
        self._document = document
        self._in_chinese = in_chinese
        self._templates = templates
        self._lexicon = lexicon
        self._status = status
        self._rng = rng
        self._confused = confused
        self._memory = memory
        self._parts = PartsInText(document, lexicon)
        self._neighbours = _Neighbours(document, phrases)
        self._pool = [note_of(phrase, document) for phrase in phrases]
        self._easy = easy_level(document, status)
        paragraphs = (each.text for each in document.document.paragraphs)
        self._traditional = is_mostly_traditional(paragraphs, lexicon)

    def target(self, phrase: KeyPhrase) -> _Target:
        """A phrase with its gap, if it has one."""
        note = note_of(phrase, self._document)
        verdicts = judged(phrase.occurrences, self._document, self._lexicon, self._status, self._easy)
        part = self._part(verdicts[0].occurrence) if verdicts else ""
        meant = of_meaning(note, part, self._lexicon)
        # What the learner has taken up is asked, whatever it is.
        taken_up = self._status(note.headword) == "learning"
        worth = 1.0 if taken_up else of_target(note, self._easy, self._lexicon)
        sure = worth * (meant or _UNTOLD)
        gap = None
        if "cloze" in self._templates:
            gap = _gap(phrase, verdicts, self._document, self._neighbours, part, self._lexicon)
        cloze, cloze_sure = None, 0.0
        if gap is not None:
            cloze_sure = sure * of_sentence(verdicts[0])
            if cloze_sure * MOST_LIKELY >= SURE:
                cloze = self._cloze(phrase, note, gap, verdicts)
                beside = Beside(gap.context.before, gap.context.after, gap.context.part)
                if cloze.form == "choice":
                    cloze_sure *= of_options(note, beside, cloze.options, self._lexicon)
        chance, other_chance = (1 + _EVEN * self._rng.random() for _ in range(2))
        new = self._status(note.headword) == "new"
        return _Target(
            phrase, note, verdicts, new, gap, cloze, cloze_sure * chance, sure * other_chance, worth, meant
        )

    def of_their_turn(self, kinds: Sequence[Template], chosen: _Chosen, wanted: int) -> list[Template]:
        """The ways to ask that are open: sounds only until enough of `wanted` questions ask them."""
        sounds = sum(split_card_id(question.card)[1] == "reading" for _, question in chosen)
        enough = sounds >= SOUNDED * wanted and set(self._templates) != {"reading"}
        return [each for each in kinds if each != "reading" or not enough]

    def may_be_asked(self, question: Question) -> bool:
        """Whether it is of a wanted kind, and the answer not told by its class or one character."""
        if split_card_id(question.card)[1] not in self._templates:
            return False
        if question.kind not in ("recognition", "recall"):
            return True
        note, options = question.note, question.options
        if not options:
            return True
        return alike(note, options, self._lexicon) == 1.0 and not gives_away(note, options, self._lexicon)

    def _part(self, place: _Place) -> str:
        """The part of speech there: by its neighbours where these tell, else as the tagger says."""
        before, after = self._neighbours.of(place)
        if before in _BEFORE_NOUN and not after:
            return "n"  # 牢记老牛的嘱咐
        return "v" if before in _BEFORE_VERB else self._parts.of(place)

    def cloze(self, target: _Target, gap: _Gap) -> Question:
        """A phrase asked in its gap."""
        return target.cloze or self._cloze(target.phrase, target.note, gap, target.verdicts)

    def _cloze(
        self, phrase: KeyPhrase, note: Note, gap: _Gap, verdicts: Sequence[SentenceVerdict]
    ) -> Question:
        question = self.question(phrase, note, "cloze", gap)
        return replace(question, linted=_linted(verdicts))

    def other(self, target: _Target, template: Template) -> Question:
        """The question of another kind on a phrase."""
        question = self.question(target.phrase, target.note, template, None)
        return replace(question, linted=_linted(target.verdicts))

    def question(self, phrase: KeyPhrase, note: Note, template: Template, gap: _Gap | None) -> Question:
        """The phrase asked in this way, with the linter's reasons where it has a say."""
        asking = self._asking(note, template)
        reasons: tuple[str, ...] = (phrase.reason, _FIT[template])
        if gap is not None:
            note = replace(note, example=gap.example)
            asking = replace(asking, context=gap.context)
            reasons = (phrase.reason, *gap.reasons)
        question = ask(note, template, asking)
        return replace(question, reasons=(*reasons, *question.reasons))

    def _asking(self, note: Note, template: Template) -> Asking:
        known = self._status(note.headword)
        shaky, state = known == "new", "the phrase is new" if known == "new" else f"the phrase is {known}"
        if self._memory is not None:
            remembered = self._memory(card_id(note.id, template))
            shaky, state = is_shaky(remembered), state_of(remembered)
        confusions = self._confused.get(note.headword)
        return Asking(
            self._lexicon,
            self._pool,
            self._rng,
            shaky,
            state,
            None,
            confusions,
            self._traditional,
            self._in_chinese,
        )


_Chosen = list[tuple[_Target, Question]]


def _in_gaps(targets: Sequence[_Target], limit: int) -> _Chosen:
    """The phrases that are asked in a gap: the surest."""
    clozes = [
        (target, target.cloze)
        for target in sorted(targets, key=lambda each: -each.cloze_sure)
        if target.cloze is not None
        and target.cloze_sure >= SURE
        and not (target.new and target.cloze.form == "typed")
    ]
    sentences: set[str | None] = set()  # of 寄生于甘蔗、椰子中 one is asked
    apart = [
        each
        for each in clozes
        if not (each[1].sentence in sentences or sentences.add(each[1].sentence))  # type: ignore[func-returns-value]
    ]
    return apart[: round(limit * GAPS)]


def _otherwise(targets: Sequence[_Target], asker: _Asker, wanted: int) -> _Chosen:
    """A question on each phrase without a sentence, of several kinds in turn, until there are `wanted`."""
    chosen: _Chosen = []
    turn = 0
    for target in targets:
        if len(chosen) == wanted:
            break
        kinds = asker.of_their_turn(_kinds(target), chosen, wanted)
        order = [TURNS[(turn + step) % len(TURNS)] for step in range(len(TURNS))]
        for template in dict.fromkeys(each for each in order if each in kinds):
            question = asker.other(target, template)
            if template == "recall" and question.form == "typed" and target.new:
                # Nothing to choose from: its meaning comes before it has to be written.
                continue
            if asker.may_be_asked(question):
                chosen.append((target, question))
                turn += 1
                break
    return chosen


def _again(targets: Sequence[_Target], chosen: _Chosen, wanted: int, asker: _Asker) -> _Chosen:
    """More questions where there are fewer phrases than questions: each phrase in the ways not taken yet.

    In a gap only where that is sure, or where nothing else is left to ask of what the learner has taken up.
    """
    taken: dict[int, set[str]] = {}
    for target, question in chosen:
        taken.setdefault(id(target), set()).add(split_card_id(question.card)[1])
    more: _Chosen = []
    for step in range(len(TEMPLATES)):
        for at, target in enumerate(targets):
            if len(more) >= wanted:
                return more
            asked = taken.setdefault(id(target), set())
            left = asker.of_their_turn(_kinds(target), [*chosen, *more], len(chosen) + wanted)
            left = [each for each in left if each not in asked]
            gap = target.gap if "cloze" not in asked else None
            if gap is not None and (target.cloze_sure >= SURE or (not left and not target.new)):
                question = asker.cloze(target, gap)
            elif left:
                question = asker.other(target, left[(at + step) % len(left)])
            else:
                continue
            if not asker.may_be_asked(question):
                continue
            more.append((target, question))
            asked.add(split_card_id(question.card)[1])
    return more


def _kinds(target: _Target) -> list[Template]:
    """The ways to ask a phrase without a sentence.

    Of what is longer than four characters there are no others to choose from: while it is new, it is not
    asked by its meaning.
    """
    kinds: list[Template] = []
    if target.worth < LEAST:
        return kinds
    told = bool(short_gloss(target.note.glosses))
    if told and (not target.new or target.meant * target.worth >= LEAST):
        kinds = ["recognition", "recall"]
        if target.new and len(target.note.headword) > _CHOSEN:
            kinds = ["recognition"]
    return [*kinds, "reading"] if is_spoken(target.note.syllables) else kinds


def _linted(verdicts: Sequence[SentenceVerdict]) -> tuple[Linted, ...]:
    return tuple(Linted(each.text, each.taken, each.fitness, each.reasons) for each in verdicts)


def _gap(
    phrase: KeyPhrase,
    verdicts: Sequence[SentenceVerdict],
    document: AnnotatedDocument,
    neighbours: _Neighbours,
    part: str,
    lexicon: Lexicon,
) -> _Gap | None:
    """The best sentence that passes the linter, with its context; None if none does."""
    if lexicon.classes(phrase.headword)[:1] == "o":
        return None  # 可惜, 再见: nothing else stands where they do, so there is no choice
    best = next((each for each in verdicts if each.end - each.start == len(phrase.headword)), None)
    if best is None or not best.taken:
        return None  # 吃了亏 in a gap for 吃亏 would be known by its length
    plain = document.document
    example = Example(best.text, best.start, best.end, plain.id, plain.title)
    before, after = neighbours.of(best.occurrence)
    context = Context(
        best.text,
        before,
        after,
        neighbours.rivals(phrase.headword, before, after),
        part,
    )
    return _Gap(example, context, best.reasons)


def _orders(
    phrases: Sequence[KeyPhrase], document: AnnotatedDocument, rng: random.Random, lexicon: Lexicon
) -> Iterator[Question]:
    """Sentences with these phrases to be put in order; no sentence and no phrase twice."""
    seen: set[str | None] = set()
    for phrase in phrases:
        note = note_of(phrase, document)
        for words in _sentences(phrase, document):
            question = order_question(words, note, rng, lexicon)
            if question is not None and question.sentence not in seen:
                seen.add(question.sentence)
                yield replace(question, reasons=(*question.reasons, phrase.reason))
                break


def _sentences(phrase: KeyPhrase, document: AnnotatedDocument) -> Iterator[list[Word]]:
    """The words of every sentence of running text with this phrase."""
    for paragraph, start, _ in phrase.occurrences:
        if document.document.paragraphs[paragraph].kind in ("heading", "table", "code", "aside"):
            continue
        for begin, stop in sentence_spans(document.document.paragraphs[paragraph].text):
            if begin <= start < stop:
                yield [
                    word
                    for word in document.words[paragraph]
                    if begin <= word.token.start and word.token.end <= stop
                ]


class _Neighbours:
    """What stands beside what in a text."""

    def __init__(self, document: AnnotatedDocument, phrases: Sequence[KeyPhrase]) -> None:
        self._begins: dict[tuple[int, int], str] = {}
        self._ends: dict[tuple[int, int], str] = {}
        for paragraph, words in enumerate(document.words):
            for word in words:
                if word.token.kind != "punctuation":
                    self._begins[paragraph, word.token.start] = word.headword
                    self._ends[paragraph, word.token.end] = word.headword
        self._places: list[tuple[str, str, str]] = []
        for paragraph, words in enumerate(document.words):
            for word in words:
                if word.token.kind == "word":
                    place = (paragraph, word.token.start, word.token.end)
                    self._places.append((word.headword, *self.of(place)))
        for phrase in phrases:
            self._places += [(phrase.headword, *self.of(place)) for place in phrase.occurrences]

    def of(self, place: _Place) -> tuple[str, str]:
        """The words right before and after a stretch; empty where punctuation or nothing stands."""
        paragraph, start, end = place
        return self._ends.get((paragraph, start), ""), self._begins.get((paragraph, end), "")

    def rivals(self, headword: str, before: str, after: str) -> frozenset[str]:
        """Words seen where the answer is: beside the same content word, or between the same two words."""
        return frozenset(
            other
            for other, left, right in self._places
            if other != headword
            and (
                (left == before and _tells(before))
                or (right == after and _tells(after))
                or (left == before and right == after and bool(before or after))
            )
        )


def _tells(word: str) -> bool:
    """Whether a neighbour says something of what may stand beside it."""
    return bool(word) and word not in FUNCTION_WORDS
