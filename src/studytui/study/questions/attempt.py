"""One question while it is being answered: the hints that were asked for, and what settles it."""

from __future__ import annotations

from studytui.study.notes.review import Rating
from studytui.study.questions.hints import hints_of
from studytui.study.questions.judge import Verdict, given_up, judge, propose
from studytui.study.questions.question import Question


class Attempt:
    """From the asking of a question to the rating that its answer suggests."""

    def __init__(self, question: Question) -> None:
        self.question = question
        hints = hints_of(question)
        self._shown, self._more = hints.shown, hints.more
        self._taken = 0
        self.verdict: Verdict | None = None
        """None while it is open."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The hints that stand beside the question now."""
        return (*self._shown, *self._more[: self._taken])

    @property
    def has_hint(self) -> bool:
        """Whether there is more to be told."""
        return self.verdict is None and self._taken < len(self._more)

    def hint(self) -> bool:
        """Tells a little more; False if there is nothing left to tell."""
        if not self.has_hint:
            return False
        self._taken += 1
        return True

    def answer(self, given: str) -> Verdict | None:
        """Judges an answer; None where it is open still.

        Into a bare sentence several words may fit, and several may have one meaning. So while there are
        hints, a typed word that is not the one meant is no mistake yet: the next hint is told instead.
        """
        verdict = judge(self.question, given)
        typed_word = self.question.form == "typed" and self.question.kind in ("cloze", "recall")
        if typed_word and verdict.outcome == "wrong" and given.strip() and self.hint():
            return None
        self.verdict = verdict
        return verdict

    def give_up(self) -> Verdict:
        """The learner does not know."""
        self.verdict = given_up(self.question)
        return self.verdict

    def proposed(self, took_ms: int) -> Rating | None:
        """The rating to propose (`studytui.study.questions.judge.propose`); None where it is the learner's.

        Raises:
            ValueError: it has no answer yet.
        """
        if self.verdict is None:
            raise ValueError("the question has no answer yet")
        return propose(self.verdict, took_ms, self.question.kind, self.question.form, self._taken)
