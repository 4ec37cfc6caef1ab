"""A session: a run of questions whose every answer is kept before the next question is asked."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Literal

from studytui.errors import StudytuiError
from studytui.session.asking.example_turns import ExampleTurns
from studytui.session.asking.learner_questions import LearnerQuestions
from studytui.session.asking.session_summary import Outcome, summary_lines
from studytui.store.journal.events import Reviewed
from studytui.store.state.undo import Act
from studytui.study.notes.card import TEMPLATES, card_id, split_card_id
from studytui.study.notes.review import Rating
from studytui.study.questions.ask import with_cuts
from studytui.study.questions.judge import Verdict
from studytui.study.questions.question import Question
from studytui.study.questions.round import Round, Standing
from studytui.study.scheduling.due_index import cards_of
from studytui.study.vocabulary import LEFT_ALONE, Coverage, Tally
from studytui.wording import many

if TYPE_CHECKING:
    from studytui.session.workspace import Workspace
    from studytui.study.scheduling.queue import DueCard, DueCards
    from studytui.text.document import Document
    from studytui.text.token import AnnotatedDocument, Word

LOT = 12
"""Due cards are made questions so many at a time: making one takes some milliseconds."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What was done in a session, to be undone and done again."""

    act: Act
    took_ms: int
    again: Callable[[], str | None]
    told: str
    """`打听: Good`."""


class StudySession:
    """Asks, keeps answers, sums up."""

    def __init__(
        self,
        workspace: Workspace,
        title: str,
        questions: Sequence[Question],
        *,
        seed: int,
        keep_note: Callable[[Question], None] = lambda question: None,
        more: Callable[[], DueCards] | None = None,
        document: AnnotatedDocument | None = None,
        stood: Round | None = None,
        took_ms: int = 0,
        keep: Callable[[Round, int], None] = lambda stands, took_ms: None,
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        """A session.

        Args:
            workspace: where answers are kept.
            title: what it is, for the screen.
            questions: what is asked first.
            seed: of the choice and order of wrong options.
            keep_note: makes sure that a question's note is in the collection, before its first answer.
            more: the due cards, asked for again whenever the questions run out; None if there are no others.
            document: the text whose coverage is told before and after.
            stood: where it stood when it was broken off, in place of `questions`; None if these begin it.
            took_ms: what was spent on it before.
            keep: told after each step where the session stands, and how long all answers took.
            ended: called when it is finished, or left before anything was answered.
        """
        self.title = title
        self._ended = ended
        self._keep = keep
        self._workspace = workspace
        self._questions = LearnerQuestions(workspace)
        self._random = random.Random(seed)  # noqa: S311  (which wrong options are shown is no secret)
        self._keep_note = keep_note
        self._more = more
        self._turns: ExampleTurns | None = None
        self._round = stood if stood is not None else Round.start(questions)
        self._took_ms = took_ms
        self._steps: list[_Step] = []
        self._undone: list[_Step] = []
        self._document = document.document if document is not None else None
        self._tally: Tally | None = None
        if document is not None:
            self._tally = Tally()
            for words in document.words:
                self._tally.add(words)
        self._before = self._coverage()
        self._refill()

    def _coverage(self) -> Coverage | None:
        return self._tally.coverage(self._workspace.collection.status) if self._tally is not None else None

    def _refill(self) -> None:
        """Makes questions of the next due cards, once the round has none waiting."""
        current = self._round
        if current.waiting:
            return
        in_hand = {back.question.card for back in current.returning}
        due = self._more() if self._more is not None else None
        if due is None:
            return
        chosen = islice((at for at, card in enumerate(due.ids) if card not in in_hand), LOT)
        questions = [self._question(due[at]) for at in chosen]
        if questions:
            fresh = Round.start(questions)
            self._round = replace(current, waiting=fresh.waiting)

    def next(self) -> Question | None:
        """The question to ask now; None at the session's end."""
        self._refill()
        question = self._round.next(self._workspace.collection.now())
        if question is None:
            self._ended()
        return question

    def to_meet(self, question: Question) -> bool:
        """Whether its word is to be shown before it is asked: nothing of it was ever answered."""
        note = question.note
        if not question.card or note.id in self._round.met:
            return False
        collection = self._workspace.collection
        if collection.status(note.headword) in LEFT_ALONE:
            return False
        memories = collection.state.memories
        return not any(card_id(note.id, template) in memories for template in TEMPLATES)

    def met(self, question: Question) -> None:
        """A new word was shown: it is asked some questions later."""
        self._turn_to(self._round.meet(question))

    def know(self, question: Question) -> str:
        """Marks a word that is about to be met as known: it is not asked; what was done, in a sentence.

        Raises:
            StudytuiError: it could not be written; nothing has changed.
        """
        collection = self._workspace.collection
        with collection.changes.one_act() as act:
            collection.mark(question.headword, "known")
        told = f"{question.headword}: known"
        self._done(_Step(act, 0, lambda: self.know(question), told))
        self._turn_to(self._round.set_aside(question, note=True))
        return f"{question.headword} counts as known: it is not asked."

    def _turn_to(self, stands: Round) -> None:
        self._round = stands
        self._keep(stands, self._took_ms)

    def _done(self, step: _Step) -> None:
        self._steps.append(step)
        self._undone.clear()

    def explained(self, question: Question, verdict: Verdict) -> str:
        """What the wrong answer is, in a sentence; empty if there is nothing to say of it."""
        from studytui.study.questions.explanation import explained

        return explained(question, verdict, self._workspace.lexicon)

    def words(self, question: Question, sentence: str) -> tuple[Word, ...]:
        """The words of a question's sentence."""
        example = question.note.example
        return self._workspace.sentence_words(sentence, example.document_id if example is not None else "")

    def text(self, document_id: str) -> Document:
        """The text of a sentence: that of this session, or one that was kept.

        Raises:
            StudytuiError: it is not here.
        """
        own = self._document
        document = own if own is not None and own.id == document_id else None
        document = document or self._workspace.collection.library.text(document_id)
        if document is None:
            raise StudytuiError("That text is not here any more.")
        return document

    def leave(self) -> str:
        """The learner leaves it; what becomes of it, in a sentence, or nothing if nothing was done."""
        if not self._round.answers:
            self._ended()
            return ""
        left = self._round.left
        if self._more is None:
            return f"The quiz is kept where it stands, {many(left, 'question')} to go." if left else ""
        standing = self.standing()
        due = standing.new + standing.due + standing.again + standing.learning
        return f"{many(len(self._round.answers), 'answer')} kept; {many(due, 'card')} to go." if due else ""

    def preview(self, question: Question) -> dict[Rating, timedelta]:
        """For each rating, how long until the card would come back."""
        return self._workspace.collection.preview(question.card)

    def rate(self, question: Question, rating: Rating, took_ms: int, verdict: Verdict) -> str | None:
        """Keeps an answer. When this returns, it is on disk; a sentence if the card is a leech now.

        Args:
            question: what was asked. A sentence to be put in order has no card and is not scheduled.
            rating: how well it went, by the learner's word.
            took_ms: milliseconds from the question to the answer.
            verdict: what was answered.

        Raises:
            StudytuiError: it could not be written; nothing has changed.
        """
        memory = None
        act = Act()
        collection = self._workspace.collection
        if question.card:
            with collection.changes.one_act() as act:
                self._keep_note(question)
                memory = collection.answer(
                    question.card,
                    rating,
                    took_ms,
                    kind=question.kind,
                    given=verdict.given or None,
                    confused=verdict.confused or None,
                )
            if verdict.confused:
                self._questions.forget_confusions()
        self._took_ms += took_ms
        again = partial(self.rate, question, rating, took_ms, verdict)
        self._done(_Step(act, took_ms, again, f"{question.headword}: {rating.name.capitalize()}"))
        at = collection.now()
        after = self._round.answered(question, verdict, rating, memory, at, self._ask_again)
        is_leech = any(isinstance(event, Reviewed) and event.leech for event in act.events)
        self._turn_to(after.out(question) if is_leech else after)
        if is_leech:
            _, template = split_card_id(question.card)
            return (
                f"{question.headword} ({template}) is forgotten again and again: it is suspended (S, then @)."
            )
        return None

    def set_aside(self, question: Question, how: Literal["bury", "suspend"]) -> str:
        """Takes a note out for today, or a card until it is put back; what was done, in a sentence.

        Raises:
            StudytuiError: it could not be written; nothing has changed.
        """
        collection = self._workspace.collection
        with collection.changes.one_act() as act:
            self._keep_note(question)
            if how == "bury":
                # Another card of the note would come in its place: the same word after all.
                templates = cards_of(question.note, collection.config.templates)
                cards = {card_id(question.note.id, template) for template in templates}
                for card in (*sorted(cards - {question.card}), question.card):
                    collection.cards.bury(card)
            else:
                collection.cards.suspend(question.card)
        told = f"{question.headword}: {'postponed' if how == 'bury' else 'suspended'}"
        self._done(_Step(act, 0, partial(self.set_aside, question, how), told))
        self._turn_to(self._round.set_aside(question, note=how == "bury"))
        if how == "bury":
            return f"{question.headword} is postponed: it comes another day."
        _, template = split_card_id(question.card)
        return f"{question.headword} ({template}) is suspended; to put it back: S, then @."

    def _ask_again(self, question: Question) -> Question:
        """The same card asked anew, with other options, so that it is not the place that is learnt."""
        if not question.card or (question.kind == "cloze" and self._more is None):
            return question  # a quiz has chosen the sentence, and knows what stands around it
        card = self._workspace.collection.card(question.card)
        return self._question(card) if card is not None else question

    def _question(self, card: DueCard) -> Question:
        """What a card asks, with the sentence whose turn it is."""
        if self._turns is None:
            work = self._workspace
            self._turns = ExampleTurns(work.collection, work.lexicon, work.sentence_words)
        reviews = card.memory.reps if card.memory is not None else 0
        note = self._turns.in_turn(card.note, card.template, reviews)
        question = self._questions.question(replace(card, note=note), self._random)
        example = note.example
        text = self._turns.text(example.document_id) if example is not None and example.document_id else None
        return with_cuts(question, text) if text is not None else question

    def undo(self) -> str | None:
        """Takes back the last answer, or card set aside, which is asked again; None if there is none.

        It is that very act that is taken back, whatever was done elsewhere since.

        Raises:
            StudytuiError: it could not be written; nothing has changed.
        """
        before = self._round.undone()
        if before is None:
            return None
        step = self._steps[-1]
        said = "The sentence comes again."
        if step.act.events:
            taken = self._workspace.collection.changes.take_back(step.act)
            said = f"Undone: {step.told}." if taken else f"{step.told} was already undone."
            self._questions.forget_confusions()
        self._undone.append(self._steps.pop())
        self._took_ms -= step.took_ms
        self._turn_to(before)
        return said

    def redo(self) -> str | None:
        """Does again what was undone last, if nothing else was done since; None if there is nothing.

        Raises:
            StudytuiError: it could not be written; nothing has changed.
        """
        if not self._undone:
            return None
        *rest, step = self._undone
        step.again()
        self._undone = rest
        return f"Redone: {step.told}."

    def standing(self) -> Standing:
        """How far the session is, what is due beside the round counted in."""
        memories = self._workspace.collection.state.memories
        standing = self._round.standing(lambda question: question.card not in memories)
        if self._more is None:
            return standing
        in_hand = {question.card for question in self._round.waiting}
        in_hand |= {back.question.card for back in self._round.returning}
        later = [card for card in self._more().ids if card not in in_hand]
        new = sum(card not in memories for card in later)
        return replace(standing, new=standing.new + new, due=standing.due + len(later) - new)

    def outcome(self) -> Outcome:
        """What came of it so far: for the screen that closes a session."""
        return Outcome(
            self._round.summary(self._took_ms),
            self._leeches(),
            self._before,
            self._coverage(),
            self._workspace.collection.next_due(),
        )

    def summary(self) -> list[str]:
        """What came of it, in lines for the learner."""
        return summary_lines(self.outcome(), self._workspace.collection)

    def _leeches(self) -> tuple[str, ...]:
        suspended = self._workspace.collection.state.suspended
        asked = (answer.question for answer in self._round.answers)
        return tuple(dict.fromkeys(each.headword for each in asked if suspended.get(each.card) == "leech"))


def review_session(workspace: Workspace, document_id: str | None, seed: int) -> StudySession:
    """What is due, of one text or of all."""
    workspace.collection.refresh()
    return StudySession(
        workspace, "Review", (), seed=seed, more=lambda: workspace.collection.queue(document_id)
    )
