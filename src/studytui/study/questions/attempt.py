"""One question while it is being answered: pieces picked, hints asked for, and what settles it."""

from __future__ import annotations

from studytui.study.notes.review import Rating
from studytui.study.questions.hints import hints_of, next_piece
from studytui.study.questions.judge import Verdict, given_up, judge, propose
from studytui.study.questions.question import Question


class Attempt:
    """From the asking of a question to the rating that its answer suggests."""

    def __init__(self, question: Question) -> None:
        self.question = question
        hints = hints_of(question)
        self._shown, self._more = hints.shown, hints.more
        self._taken = 0
        self._picked: list[int] = []
        self._piece_hint = ""
        self.verdict: Verdict | None = None
        """None while it is open."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The hints that stand beside the question now."""
        told = (self._piece_hint,) if self._piece_hint else ()
        return (*self._shown, *self._more[: self._taken], *told)

    @property
    def picked(self) -> tuple[int, ...]:
        """The numbers of the pieces of a sentence, in the order in which they were picked."""
        return tuple(self._picked)

    @property
    def pieces(self) -> tuple[str, ...]:
        """The pieces that were picked."""
        return tuple(self.question.options[number - 1].text for number in self._picked)

    @property
    def is_whole(self) -> bool:
        """Whether all pieces of a sentence are picked."""
        return len(self._picked) == len(self.question.options)

    def pick(self, number: int) -> bool:
        """Puts a piece behind those that were picked; False if it was picked already."""
        if number in self._picked:
            return False
        self._picked.append(number)
        self._piece_hint = ""
        return True

    def take_back(self) -> bool:
        """Takes back the last piece; False if there is none."""
        if not self._picked:
            return False
        self._picked.pop()
        self._piece_hint = ""
        return True

    @property
    def has_hint(self) -> bool:
        """Whether there is more to be told."""
        if self.verdict is not None:
            return False
        if self.question.kind == "order":
            return bool(next_piece(self.question, self.pieces)) and not self._piece_hint
        return self._taken < len(self._more)

    def hint(self) -> bool:
        """Tells a little more; False if there is nothing left to tell."""
        if not self.has_hint:
            return False
        self._taken += 1
        if self.question.kind == "order":
            self._piece_hint = next_piece(self.question, self.pieces)
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
        self._picked.clear()
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
