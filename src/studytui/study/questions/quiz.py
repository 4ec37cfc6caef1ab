"""A quiz over a text: its key phrases asked in several ways, in an order that gives nothing away."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from studytui.study.examples.cloze import SentenceVerdict, easy_level, judged
from studytui.study.language.function_words import FUNCTION_WORDS
from studytui.study.language.gloss import short_gloss
from studytui.study.notes.card import Memory, Template, card_id
from studytui.study.notes.note import Example, Note
from studytui.study.notes_from_text import note_of
from studytui.study.phrases.established import is_established
from studytui.study.phrases.ranking import KeyPhrase
from studytui.study.questions.ask import Asking, ask, is_shaky, state_of
from studytui.study.questions.ask import question_for as question_for
from studytui.study.questions.distractors import Context
from studytui.study.questions.likeness import is_mostly_traditional
from studytui.study.questions.order import order_question
from studytui.study.questions.question import Linted, Question
from studytui.study.questions.round import spaced
from studytui.study.questions.typed_pinyin import is_spoken
from studytui.study.vocabulary import Status
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.sentence import sentence_spans
from studytui.text.token import AnnotatedDocument, Word
from studytui.text.words.tagger import tags

MIX: tuple[Template, ...] = (
    "cloze", "recognition", "cloze", "recall", "cloze", "reading", "cloze", "recognition",
)  # fmt: skip
"""What is asked in turn: half cloze, since this is about a text; the rest the same words without it."""
ORDER_EVERY = 6
"""One question in so many puts a sentence in order, where the text has one that lends itself."""

_CHOSEN = 4
"""Characters up to which a word has others of its length to be chosen among."""

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
) -> tuple[Question, ...]:
    """Up to `limit` questions on the key phrases of `document`; the same for the same arguments.

    Each phrase is asked once before one is asked twice, and never twice in the same way. The phrases are
    drawn from the best; clozes are taken only from sentences that pass the linter (`study.cloze`). Questions
    on one phrase stand apart.

    `memory` tells what is remembered of a card, by its id: a new or shaky card is asked by choice, a firm one
    is typed or revealed (see `question_for`). Without it the phrase's status stands for it: new, or not.

    Words that only stood side by side once are neither asked nor offered (`study.phrases.established`).

    `confused` says, for a headword, how often this learner took which other for it: those are offered first.
    """
    phrases = [phrase for phrase in phrases if _is_asked(phrase, document, lexicon, status)]
    if limit <= 0 or not phrases:
        return ()
    rng = random.Random(seed)  # noqa: S311 - what is asked is no secret
    drawn = _drawn(phrases, limit, rng)
    neighbours = _Neighbours(document, phrases)
    pool = [note_of(phrase, document) for phrase in phrases]
    kinds: dict[str, list[Template]] = {}
    questions: list[Question] = []
    sentences: dict[str, tuple[SentenceVerdict, ...]] = {}
    easy = easy_level(document, status)
    orders = 0
    traditional = is_mostly_traditional((each.text for each in document.document.paragraphs), lexicon)
    orderly = _orders(drawn, document, rng, lexicon)

    def asking(note: Note, template: Template) -> Asking:
        known = status(note.headword)
        shaky, state = known == "new", "the phrase is new" if known == "new" else f"the phrase is {known}"
        if memory is not None:
            remembered = memory(card_id(note.id, template))
            shaky, state = is_shaky(remembered), state_of(remembered)
        confusions = (confused or {}).get(note.headword)
        return Asking(lexicon, pool, rng, shaky, state, None, confusions, traditional)

    for index, phrase in _turns(drawn, limit):
        if len(questions) == limit:
            break
        if len(questions) % ORDER_EVERY == ORDER_EVERY - 1 and orders < max(1, limit // ORDER_EVERY):
            sentence = next(orderly, None)
            if sentence is not None:
                orders += 1
                questions.append(sentence)
        if len(questions) == limit:
            break
        note = note_of(phrase, document)
        asked = kinds.setdefault(note.id, [])
        if phrase.headword not in sentences:
            sentences[phrase.headword] = judged(phrase.occurrences, document, lexicon, status, easy)
        gap = _gap(phrase, sentences[phrase.headword], document, neighbours, lexicon)
        new = status(note.headword) == "new"
        template = _template(index, asked, note, gap, new=new)
        if template is None:
            continue
        question = _question(phrase, note, template, gap, asking(note, template))
        if not asked and template in ("cloze", "recall") and question.form == "typed" and new:
            # Nothing to choose from: its meaning comes before it has to be written.
            softer = _question(phrase, note, "recognition", gap, asking(note, "recognition"))
            if softer.form == "choice":
                template, question = "recognition", softer
        asked.append(template)
        questions.append(replace(question, linted=_linted(sentences[phrase.headword])))
    return spaced(questions)


def _is_asked(
    phrase: KeyPhrase, document: AnnotatedDocument, lexicon: Lexicon, status: Callable[[str], Status]
) -> bool:
    """Whether a phrase is worth a question: an expression, or what the learner has taken up as one."""
    taken_up = status(phrase.headword) == "learning"
    return taken_up or is_established(phrase.headword, phrase.occurrences, document, lexicon)


def _drawn(phrases: Sequence[KeyPhrase], limit: int, rng: random.Random) -> list[KeyPhrase]:
    """As many phrases as questions, from the best one and a half times as many; best first."""
    among = range(min(len(phrases), limit + limit // 2 + 2))
    places = sorted(rng.sample(among, min(limit, len(among))))
    return [phrases[place] for place in places]


def _turns(phrases: Sequence[KeyPhrase], limit: int) -> Iterator[tuple[int, KeyPhrase]]:
    """The phrases round and round, each with a count that moves the mix on."""
    for turn in range(len(MIX)):
        for index, phrase in enumerate(phrases):
            # In the next round the mix begins elsewhere, so that a phrase is asked in another way.
            yield index + turn * (len(MIX) // 2 - 1), phrase
        if len(phrases) * (turn + 1) >= limit * 3:
            return


def _template(
    index: int, asked: Sequence[Template], note: Note, gap: _Gap | None, *, new: bool
) -> Template | None:
    """The next way to ask in the mix that this note can be asked in and was not yet.

    Of what is longer than four characters there are no others to choose from: while it is new, its meaning is
    asked before it has to be written.
    """
    if new and not asked and len(note.headword) > _CHOSEN and short_gloss(note.glosses):
        return "recognition"
    for step in range(len(MIX)):
        template = MIX[(index + step) % len(MIX)]
        meaning = bool(short_gloss(note.glosses))
        fits = {
            "cloze": gap is not None,
            "recognition": meaning,
            "recall": meaning,
            "reading": is_spoken(note.syllables),
        }
        if fits[template] and template not in asked:
            return template
    return None


def _question(
    phrase: KeyPhrase, note: Note, template: Template, gap: _Gap | None, asking: Asking
) -> Question:
    """The phrase asked in this way, with the linter's reasons where it has a say."""
    reasons: tuple[str, ...] = (phrase.reason, _FIT[template])
    if template == "cloze" and gap is not None:
        note = replace(note, example=gap.example)
        asking = replace(asking, context=gap.context)
        reasons = (phrase.reason, *gap.reasons)
    question = ask(note, template, asking)
    return replace(question, reasons=(*reasons, *question.reasons))


def _linted(verdicts: Sequence[SentenceVerdict]) -> tuple[Linted, ...]:
    return tuple(Linted(each.text, each.taken, each.fitness, each.reasons) for each in verdicts)


def _gap(
    phrase: KeyPhrase,
    verdicts: Sequence[SentenceVerdict],
    document: AnnotatedDocument,
    neighbours: _Neighbours,
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
        _part(best.occurrence, document, lexicon),
    )
    return _Gap(example, context, best.reasons)


def _part(place: _Place, document: AnnotatedDocument, lexicon: Lexicon) -> str:
    """The part of speech of the word that stands at a place; empty where several words stand there."""
    paragraph, start, end = place
    row = document.words[paragraph]
    for word, part in zip(row, tags([w.token for w in row], [w.headword for w in row], lexicon), strict=True):
        if (word.token.start, word.token.end) == (start, end):
            return part
    return ""


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
