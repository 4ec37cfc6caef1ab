"""A session for other programs: a JSON object a line goes out, one comes in.

Each question goes out as one object. It is answered with `{"answer": …}`, `{"unknown": true}`, or
`{"hint": true}` before either. What comes back is how it was judged and which rating is proposed. A line
`{"rating": 1}` to 4 rates it. Any other line takes the proposed rating first, and so does the end of the
input; `{"answer": …, "rating": 3}` says both at once. `{"undo": true}` takes the last rating back.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TextIO

from studytui.cli.asking.answer_lines import LONGEST, next_line
from studytui.cli.output import print_object
from studytui.session.asking.stopwatch import LONGEST_MS, Stopwatch
from studytui.study.notes.review import Rating
from studytui.study.questions.attempt import Attempt

if TYPE_CHECKING:
    from studytui.session.asking.study_session import StudySession
    from studytui.study.questions.question import Question

_KEYS = frozenset(("answer", "unknown", "hint", "rating", "took_ms", "undo"))


class JsonSession:
    """Asks the questions of a session and takes the answers as JSON, an object a line."""

    def __init__(
        self, session: StudySession, lines: TextIO, shown: Callable[[Question], Mapping[str, object]]
    ) -> None:
        """`shown` makes the object that a question is printed as."""
        self._session = session
        self._lines = lines
        self._shown = shown
        self._watch = Stopwatch()
        self._waiting: dict[str, Any] | None = None
        self.refused = 0
        """How many lines could not be taken."""

    def run(self) -> None:
        """Asks until nothing is left or the input ends; then sums up, if anything was answered.

        Raises:
            StudytuiError: an answer could not be written; it is not kept, all before it are.
        """
        try:
            while (question := self._session.next()) is not None:
                self._print(self._shown(question))
                if not self._ask(Attempt(question)):
                    break
        finally:
            self._session.leave()
        summary = self._session.outcome().summary
        if summary.answers:
            lines = self._session.summary()
            self._print(
                {
                    "answers": summary.answers,
                    "right": summary.right,
                    "questions": summary.questions,
                    "summary": lines,
                }
            )

    def _ask(self, attempt: Attempt) -> bool:
        """From the question to its rating, or to an undo; False at the end of the input."""
        self._watch.start()
        while (line := self._next()) is not None:
            if self._undo(line):
                return True
            if "hint" in line:
                attempt.hint()
                self._print({"hints": list(attempt.lines)})
            elif "unknown" in line:
                attempt.give_up()
                return self._rate(attempt, line)
            elif "answer" in line:
                if attempt.answer(line["answer"]) is not None:
                    return self._rate(attempt, line)
                self._print({"outcome": "open", "hints": list(attempt.lines)})
            else:
                self._refuse("a question waits for its answer")
        return False

    def _rate(self, attempt: Attempt, line: Mapping[str, Any]) -> bool:
        """Tells how an answer was judged, and keeps it with the rating that is given or proposed."""
        question, verdict = attempt.question, attempt.verdict
        if verdict is None:
            raise ValueError("the question has no answer yet")
        self._watch.pause()
        took = min(LONGEST_MS, line.get("took_ms", self._watch.ms))
        proposed = attempt.proposed(took if took < LONGEST_MS else 0)
        said = {
            "outcome": verdict.outcome,
            "given": verdict.given,
            "expected": verdict.expected,
            "message": self._session.explained(question, verdict) or verdict.message,
            "proposed": proposed.value if proposed is not None else None,
            "waits": {
                str(rating.value): round(wait.total_seconds())
                for rating, wait in (self._session.preview(question) if question.card else {}).items()
            },
        }
        self._print(said)
        rating = Rating(line["rating"]) if "rating" in line else proposed if not question.card else None
        goes_on = True
        while rating is None:
            after = self._next()
            if after is not None and "rating" in after and "answer" not in after and "unknown" not in after:
                rating = Rating(after["rating"])
            elif proposed is not None:
                rating, goes_on = proposed, after is not None
                self._waiting = after or None  # `{}` has said all that it had to say
            elif after is None:
                return False
            else:
                self._refuse("only the learner can rate this answer")
        leech = self._session.rate(question, rating, took, verdict)
        self._print({"kept": question.card or None, "rating": rating.value, "told": leech})
        return goes_on

    def _undo(self, line: Mapping[str, Any]) -> bool:
        if "undo" not in line:
            return False
        self._print({"undone": self._session.undo()})
        return True

    def _print(self, keys: Mapping[str, object]) -> None:
        print_object(keys)
        sys.stdout.flush()

    def _refuse(self, why: str) -> None:
        self.refused += 1
        self._print({"error": f"The line is not taken: {why}."})

    def _next(self) -> dict[str, Any] | None:
        """The next line that is in order; None at the end of the input."""
        if self._waiting is not None:
            line, self._waiting = self._waiting, None
            return line
        while (text := next_line(self._lines)) is not None:
            if not text.strip():
                continue
            try:
                line = json.loads(text)
            except (ValueError, RecursionError):
                self._refuse(f"it is no JSON, or longer than {LONGEST:,} characters")
                continue
            why = _fault(line)
            if why is None:
                return dict(line)
            self._refuse(why)
        return None


def _fault(line: object) -> str | None:
    """What is wrong with a line; None if it is in order."""
    if not isinstance(line, dict):
        return "it is no object"
    if unknown := line.keys() - _KEYS:
        return f"there is no key {sorted(unknown)[0]!r}; there are {', '.join(sorted(_KEYS))}"
    if not isinstance(line.get("answer", ""), str):
        return "`answer` is a text: what was typed, or the number or text of an option"
    if type(line.get("rating", 1)) is not int or not 1 <= line.get("rating", 1) <= 4:
        return "`rating` is 1 (again), 2 (hard), 3 (good) or 4 (easy)"
    if type(line.get("took_ms", 0)) is not int or line.get("took_ms", 0) < 0:
        return "`took_ms` is a whole number of milliseconds"
    if any(line.get(key, True) is not True for key in ("unknown", "hint", "undo")):
        return "`unknown`, `hint` and `undo` are `true` or not there"
    return None
