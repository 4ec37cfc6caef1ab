"""A round: what is asked next, what comes back, and what came of it. A value; answering makes a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from studytui.study.notes.card import Memory
from studytui.study.notes.note import Note
from studytui.study.notes.review import Rating
from studytui.study.questions.judge import Verdict
from studytui.study.questions.question import Question
from studytui.study.scheduling.queue import LEARN_AHEAD

GAP = 4
"""How many other questions should stand between two on the same note."""
MEETING_GAP = 3
"""So many other words are met or asked between the meeting of a new word and its first question."""


@dataclass(frozen=True, slots=True)
class RoundAnswer:
    """One answer of the round."""

    question: Question
    verdict: Verdict
    rating: Rating
    memory: Memory | None
    """The card's memory after it; None where nothing is scheduled (`order`, or practice)."""
    at: datetime
    """UTC."""


@dataclass(frozen=True, slots=True)
class Return:
    """A question that comes back within this round."""

    question: Question
    due: datetime
    """When its step is over, UTC."""
    after: int
    """Not before this many answers, so that others stand between."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a round is, in cards (a sentence to be put in order counts as one)."""

    new: int
    """Waiting, and never answered before."""
    due: int
    """Waiting, and answered on another day."""
    again: int
    """To come back within this round, not known at the last try."""
    learning: int
    """To come back within this round, known at the last try: a step of learning is left."""
    done: int
    """Answered, and not to come back."""

    @property
    def share(self) -> float:
        """0 to 1: how much of it is done."""
        all_ = self.new + self.due + self.again + self.learning + self.done
        return self.done / all_ if all_ else 0.0


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a round."""

    answers: int
    """Answers given; a question that came back counts each time."""
    right: int
    """Questions answered at the first try: not wrongly, and with more than Again."""
    questions: int
    """Different questions that were answered."""
    learnt: tuple[Note, ...]
    """Notes with no Again and no wrong answer in this round, in the order in which they came."""
    slipped: tuple[Note, ...]
    """Notes with at least one Again or wrong answer."""
    coming: tuple[tuple[datetime, Note], ...]
    """When each note comes next (its earliest card), soonest first."""
    took_ms: int = 0
    """Time to answer, all together."""


@dataclass(frozen=True, slots=True)
class Round:
    """Where a round stands."""

    waiting: tuple[Question, ...]
    """Not yet asked, in order."""
    returning: tuple[Return, ...] = ()
    """To be asked again within this round."""
    answers: tuple[RoundAnswer, ...] = ()
    """What was answered, in order."""
    earlier: Round | None = field(default=None, repr=False, compare=False)
    """The round before the last step, an answer or a card set aside, for undo."""
    last: Question | None = None
    """What that step was about."""
    met: frozenset[str] = frozenset()
    """The notes that were shown before they are asked, by id."""

    @classmethod
    def start(cls, questions: Sequence[Question]) -> Round:
        """A round over these questions, siblings set apart."""
        return cls(spaced(questions))

    @property
    def left(self) -> int:
        """How many questions are still to be asked, as far as is known now."""
        return len(self.waiting) + len(self.returning)

    def next(self, now: datetime) -> Question | None:
        """What to ask now; None when the round is over.

        What slipped comes back when its learning step is over and others were asked in between, then what
        is new to the round. When nothing else is left, what returns is asked early.
        """
        back = self._due(now)
        if back is not None:
            return back.question
        if self.waiting:
            return self.waiting[0]
        if self.returning:
            return min(self.returning, key=lambda each: (each.after, each.due)).question
        return None

    def standing(self, is_new: Callable[[Question], bool]) -> Standing:
        """How far it is; `is_new` says whether a question's card was never answered."""
        last = {_key(each.question): each for each in self.answers}
        # What an undo brought back stands where it stood before: at its first try, or after another.
        first = [
            each.question for each in self.returning if each.after == 0 and _key(each.question) not in last
        ]
        asked = (*self.waiting, *first)
        new = sum(map(is_new, asked))
        back = {_key(each.question) for each in self.returning} - set(map(_key, first))
        again = sum(key in last and not _went_well(last[key]) for key in back)
        done = last.keys() - back - set(map(_key, asked))
        return Standing(new, len(asked) - new, again, len(back) - again, len(done))

    def meet(self, question: Question) -> Round:
        """The round after a new word was shown: its questions come some questions later.

        Those of other words come first, so that what is asked is remembered and not just repeated.
        """
        met = self.met | {question.note.id}
        # What an undo brought back is in front of all that waits.
        first = any(_same(each.question, question) for each in self.returning)
        places = [0] if first else [at for at, each in enumerate(self.waiting) if _same(each, question)]
        if not places:
            return replace(self, met=met)
        left = [each for each in self.waiting if not _same(each, question)]
        left.insert(places[0] + MEETING_GAP, question)
        returning = tuple(each for each in self.returning if not _same(each.question, question))
        return replace(self, waiting=tuple(left), returning=returning, met=met)

    def answered(
        self,
        question: Question,
        verdict: Verdict,
        rating: Rating,
        memory: Memory | None,
        at: datetime,
        again: Callable[[Question], Question] = lambda question: question,
    ) -> Round:
        """The round after an answer to `question`.

        `memory` is the card's after the review. It comes back when it was wrong without being scheduled,
        or is in its learning steps and due within 20 minutes (`LEARN_AHEAD`). `again` may make a fresh
        question of it (other options, another form).
        """
        waiting = _without(self.waiting, question)
        returning = tuple(each for each in self.returning if not _same(each.question, question))
        count = len(self.answers) + 1
        soon = memory is not None and memory.phase != "review" and memory.due - at <= LEARN_AHEAD
        if soon or (memory is None and rating is Rating.AGAIN):
            due = memory.due if memory is not None else at
            returning = (*returning, Return(again(question), due, count + GAP))
        answer = RoundAnswer(question, verdict, rating, memory, at)
        return Round(waiting, returning, (*self.answers, answer), self, question, self.met)

    def set_aside(self, question: Question, *, note: bool = False) -> Round:
        """The round without a card's questions, or those of its note: it was suspended or buried."""

        def stays(each: Question) -> bool:
            return not _of_card(each, question) and not (note and each.note.id == question.note.id)

        waiting = tuple(each for each in self.waiting if stays(each))
        returning = tuple(each for each in self.returning if stays(each.question))
        return Round(waiting, returning, self.answers, self, question, self.met)

    def out(self, question: Question) -> Round:
        """As `set_aside`, as part of the last step: the answer itself took the card out."""
        return replace(self.set_aside(question), earlier=self.earlier)

    def undone(self) -> Round | None:
        """The round before the last step, its question asked next; None if there was none."""
        if self.earlier is None or self.last is None:
            return None
        question = self.last
        waiting = _without(self.earlier.waiting, question)
        others = [each for each in self.earlier.returning if not _same(each.question, question)]
        # Due since ever and after no answer at all: before anything else.
        first = Return(question, datetime.min.replace(tzinfo=UTC), 0)
        return replace(self.earlier, waiting=waiting, returning=(first, *others), met=self.met)

    def caught_up(
        self,
        begun: datetime,
        memory_of: Callable[[str], Memory | None],
        is_out: Callable[[Question], bool],
    ) -> Round:
        """The round after what was done beside it since it was begun.

        What was taken back elsewhere is asked again; what was answered elsewhere is not, unless it is in its
        learning steps; cards that are out are not asked. Nothing of it can be undone from here.
        """

        def since(question: Question) -> Memory | None:
            memory = memory_of(question.card) if question.card else None
            return memory if memory is not None and memory.last_review >= begun else None

        answers = tuple(each for each in self.answers if not each.question.card or since(each.question))
        lost = [each.question for each in self.answers if each not in answers]
        answered = {each.question.card for each in answers}
        returning = [back for back in self.returning if not any(_same(back.question, each) for each in lost)]
        waiting: list[Question] = []
        for question in (*lost, *self.waiting):
            memory = since(question) if question.card not in answered else None
            if memory is not None and memory.phase != "review":
                returning.append(Return(question, memory.due, len(answers) + GAP))
            elif memory is None and not any(_same(each, question) for each in waiting):
                waiting.append(question)

        def comes_back(back: Return) -> bool:
            memory = since(back.question)
            return not back.question.card or memory is None or memory.phase != "review"

        return Round(
            tuple(question for question in waiting if not is_out(question)),
            tuple(back for back in returning if comes_back(back) and not is_out(back.question)),
            answers,
            met=self.met,
        )

    def summary(self, took_ms: int = 0) -> Summary:
        """What was learnt, what slipped, what comes when."""
        first: dict[tuple[str, str, str], RoundAnswer] = {}
        notes: dict[str, Note] = {}
        slipped: dict[str, Note] = {}
        due: dict[str, dict[str, datetime]] = {}
        for answer in self.answers:
            note = answer.question.note
            first.setdefault(_key(answer.question), answer)
            notes.setdefault(note.id, note)
            if not _went_well(answer):
                slipped.setdefault(note.id, note)
            if answer.memory is not None:
                due.setdefault(note.id, {})[answer.question.card] = answer.memory.due
        coming = sorted((min(cards.values()), note) for note, cards in due.items())
        return Summary(
            answers=len(self.answers),
            right=sum(map(_went_well, first.values())),
            questions=len(first),
            learnt=tuple(note for key, note in notes.items() if key not in slipped),
            slipped=tuple(slipped.values()),
            coming=tuple((at, notes[note]) for at, note in coming),
            took_ms=took_ms,
        )

    def _due(self, now: datetime) -> Return | None:
        ready = [each for each in self.returning if each.due <= now and each.after <= len(self.answers)]
        return min(ready, key=lambda each: (each.due, each.after), default=None)


def spaced(questions: Sequence[Question], gap: int = GAP) -> tuple[Question, ...]:
    """The same questions, those on one note at least `gap` others apart where that is possible.

    The order changes as little as it must: each place takes the first question whose note did not appear in
    the `gap` places before, or else the one whose note appeared longest ago.
    """
    left = list(questions)
    placed: list[Question] = []
    last: dict[str, int] = {}
    while left:
        ages = [len(placed) - last.get(question.note.id, -gap - 1) for question in left]
        index = next((i for i, age in enumerate(ages) if age > gap), None)
        if index is None:
            index = ages.index(max(ages))
        question = left.pop(index)
        last[question.note.id] = len(placed)
        placed.append(question)
    return tuple(placed)


def _went_well(answer: RoundAnswer) -> bool:
    """Whether it was known: an answer that was wrong was not, whatever rating was given to it."""
    return answer.rating is not Rating.AGAIN and answer.verdict.outcome not in ("wrong", "unknown")


def _key(question: Question) -> tuple[str, str, str]:
    """What makes a question the same when it comes back with other options."""
    return question.card, question.note.id, question.prompt if not question.card else ""


def _of_card(each: Question, question: Question) -> bool:
    """Whether a question asks the card of another, or is that very question."""
    return each.card == question.card if question.card else _same(each, question)


def _same(left: Question, right: Question) -> bool:
    return _key(left) == _key(right)


def _without(questions: tuple[Question, ...], question: Question) -> tuple[Question, ...]:
    for index, each in enumerate(questions):
        if _same(each, question):
            return questions[:index] + questions[index + 1 :]
    return questions
