"""A session in plain lines, for screen readers, terminals that place no cursor, bad lines and scripts.

It asks and keeps as the screen of questions does, through the same session and the same attempts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, TextIO

from studytui.cli.asking.answer_lines import next_line
from studytui.cli.output import say, say_prompt
from studytui.session.asking.stopwatch import LONGEST_MS, Stopwatch
from studytui.study.language.gloss import in_a_line
from studytui.study.notes.review import Rating
from studytui.study.questions.attempt import Attempt
from studytui.study.questions.judge import OUTCOMES, Verdict
from studytui.study.questions.question import ASKED, Question
from studytui.text.pinyin import separate
from studytui.text.pronunciation import zhuyin
from studytui.wording import hsk_name, span

if TYPE_CHECKING:
    from studytui.session.asking.study_session import StudySession
    from studytui.store.config import Phonetics
    from studytui.study.notes.note import Note

MEANINGS = 4
"""So many meanings of a word are told after its question."""

_COMMANDS = {
    "h": "h a hint",
    "m": "m I know this word",
    "u": "u undo the last rating",
    "U": "U do it again",
    "-": "- postpone the word",
    "@": "@ suspend the card",
    "q": "q leave",
}
_OPENING = (
    "Type an answer and press Enter. Enter alone: I don't know. ? lists what else can be typed, q leaves."
)


class _OtherQuestionError(Exception):
    """The question does not stand any more: it was undone or set aside."""


class LineSession:
    """Asks the questions of a session on standard output and takes the answers from lines."""

    def __init__(
        self,
        session: StudySession,
        lines: TextIO,
        phonetics: Phonetics,
        written: Callable[[str], str] = lambda text: text,
    ) -> None:
        """A session; `written` puts what is printed into the learner's script."""
        self._written = written
        self._session = session
        self._lines = lines
        self._phonetics = phonetics
        self._watch = Stopwatch()
        self._asked = 0

    def run(self) -> None:
        """Asks until nothing is left, the learner leaves, or the input ends; then sums up.

        Raises:
            StudytuiError: an answer could not be written; it is not kept, all before it are.
        """
        self._say(self._session.title)
        self._say(_OPENING)
        try:
            while (question := self._session.next()) is not None:
                try:
                    if self._session.to_meet(question):
                        self._meet(question)
                    else:
                        self._ask(question)
                except _OtherQuestionError:
                    continue
        except EOFError:
            self._say()
        finally:
            self._session.leave()
        if self._session.outcome().summary.answers or question is None:
            self._say()
            for line in self._session.summary():
                self._say(line)

    def _say(self, line: str = "") -> None:
        say(self._written(line))

    # -- the stages ---------------------------------------------------------------------------------------

    def _meet(self, question: Question) -> None:
        note = question.note
        self._say()
        self._say("A new word")
        for line in self._word_lines(note, question.written):
            self._say(line)
        if note.example is not None:
            start, end = note.example.start, note.example.end
            self._say(_marked(question, note.example.text, start, end))
            self._say(f"From: {note.example.title}")
        while True:
            line = self._line("Enter: go on. ", question, "mu-q")
            if not line:
                self._session.met(question)
                return
            if line == "m":
                self._say(self._session.know(question))
                return
            self._say("Enter goes on; m says that you know the word.")

    def _ask(self, question: Question) -> None:
        attempt = Attempt(question)
        self._number(ASKED[question.kind])
        self._say(question.prompt)
        for line in attempt.lines:
            self._say(f"   {line}")
        for number, option in question.numbered:
            self._say(f"   {number}. {option.text}")
        self._watch.start()
        while attempt.verdict is None:
            line = self._line(self._wanted(question), question, "huU-@q")
            self._take(attempt, line)
        self._watch.pause()
        self._rate(attempt, attempt.verdict)

    def _take(self, attempt: Attempt, line: str) -> None:
        """Judges an answer, gives a hint, or says what is wanted."""
        question, before = attempt.question, len(attempt.lines)
        if line == "h":
            if not attempt.hint():
                self._say("There is no further hint: Enter shows the answer.")
        elif not line and question.form != "reveal":
            attempt.give_up()
        elif question.kind == "order" or question.form == "choice":
            given = _chosen(question, line)
            if given is None:
                self._say(
                    _WANTED["order" if question.kind == "order" else "choice"].format(len(question.options))
                )
            else:
                attempt.answer(given)
        elif attempt.answer(line) is None:
            self._say(f"{line} is not the word that is meant: here is a hint.")
        for told in attempt.lines[before:]:
            self._say(f"   {told}")

    def _rate(self, attempt: Attempt, verdict: Verdict) -> None:
        question = attempt.question
        for line in self._verdict_lines(question, verdict):
            self._say(line)
        took = self._watch.ms
        # Who was away that long did not think that long: such a time says nothing of the answer.
        proposed = attempt.proposed(took if took < LONGEST_MS else 0)
        rating = proposed
        if question.card or rating is None:
            rating = self._rating(question, proposed)
        leech = self._session.rate(question, rating, took, verdict)
        if leech:
            self._say(leech)

    def _rating(self, question: Question, proposed: Rating | None) -> Rating:
        waits = self._session.preview(question) if question.card else {}
        told = [
            f"{rating.value} {rating.name.lower()}"
            + (f" ({span(waits[rating].total_seconds())})" if rating in waits else "")
            for rating in Rating
        ]
        enter = "" if proposed is None else f" Enter: {proposed.value}."
        while True:
            line = self._line(f"Rating: {', '.join(told)}.{enter} ", question, "uU-@q")
            if not line and proposed is not None:
                return proposed
            if line in ("1", "2", "3", "4"):
                return Rating(int(line))
            self._say("Only you can tell: 1 not at all, 2 hardly, 3 well, 4 easily.")

    # -- lines --------------------------------------------------------------------------------------------

    def _line(self, prompt: str, question: Question, commands: str) -> str:
        """The next line that is no command of this stage; full-width signs count as their narrow ones.

        Raises:
            EOFError: the learner leaves, or the input is at its end.
            _OtherQuestionError: an undo, or what was set aside, brought another question.
        """
        while True:
            say_prompt(prompt)
            line = next_line(self._lines)
            if not self._lines.isatty():
                self._say()  # nobody's Enter ended the line
            if line is None or (folded := _plain(line)) == "q":
                raise EOFError
            if folded == "?":
                said = [text for key, text in _COMMANDS.items() if key in commands]
                self._say(f"Enter alone, or: {', '.join(said)}.")
            elif folded in ("u", "U"):
                step = self._session.undo if folded == "u" else self._session.redo
                nothing = "There is nothing to undo." if folded == "u" else "There is nothing to do again."
                if told := step():
                    self._say(told)
                    raise _OtherQuestionError
                self._say(nothing)
            elif folded in ("-", "@") and folded in commands:
                if not question.card:
                    self._say("A sentence in pieces is no card: it cannot be set aside.")
                    continue
                how: Literal["bury", "suspend"] = "bury" if folded == "-" else "suspend"
                self._say(self._session.set_aside(question, how))
                raise _OtherQuestionError
            else:
                return folded if folded in ("h", "m") else line.strip()

    def _wanted(self, question: Question) -> str:
        """What can be typed, before it is."""
        if question.kind == "order":
            return "Answer, the numbers in their order: "
        if question.form == "choice":
            return "Answer: "
        if question.form == "reveal":
            return "Answer, or Enter to see it: "
        if question.kind == "tone":
            return "Answer, as in 3 3: "
        if question.kind == "reading":
            return f"Answer, as in {'ㄋㄧˇ ㄏㄠˇ' if self._phonetics == 'zhuyin' else 'ni3 hao3'}: "
        return "Answer, in characters or pinyin: "

    def _number(self, what: str) -> None:
        self._asked += 1
        self._say()
        self._say(f"{self._asked}. {what}")

    def _verdict_lines(self, question: Question, verdict: Verdict) -> list[str]:
        message = self._session.explained(question, verdict) or verdict.message
        if verdict.outcome in ("shown", "unsure"):
            message = f"You wrote: {verdict.given}" if verdict.given else ""
        outcome = OUTCOMES[verdict.outcome]
        lines = [f"{outcome}{'' if outcome.endswith('?') else '.'} {message}".rstrip()]
        if verdict.side_by_side is not None and verdict.outcome in ("partly", "wrong") and verdict.given:
            labels = ("right  ", "yours  ")
            lines += [label + line for label, line in zip(labels, verdict.side_by_side, strict=False)]
        lines += self._word_lines(question.note, question.written)
        if question.sentence:
            lines.append(_sentence(question))
            example = question.note.example
            if example is not None and example.translation and example.text == question.sentence:
                lines.append(f"{example.translation} ({example.title})")
        return lines

    def _word_lines(self, note: Note, written: str) -> list[str]:
        write: Callable[[Sequence[str]], str] = zhuyin.separate if self._phonetics == "zhuyin" else separate
        level = "" if note.hsk is None else f"  {hsk_name(note.hsk)}"
        meanings = in_a_line(note.glosses, MEANINGS)
        head = f"{written or note.headword}  {write(note.syllables)}{level}"
        return [head, *([meanings] if meanings else [])]


_WANTED = {
    "choice": "Choose by a number from 1 to {}.",
    "order": "Type the {} numbers in the order of the sentence, as in 2 1 3.",
}


def _plain(line: str) -> str:
    """A line with full-width signs made narrow and without outer spaces, as commands are compared."""
    return unicodedata.normalize("NFKC", line).strip()


def _chosen(question: Question, line: str) -> str | None:
    """The text that a choice or an order of numbers means; None if it means none."""
    texts = [option.text for option in question.options]
    numbers = _plain(line)
    if question.kind == "order":
        digits = [int(digit) for digit in numbers if digit.isascii() and digit.isdigit()]
        if sorted(digits) == list(range(1, len(texts) + 1)):
            return "".join(texts[digit - 1] for digit in digits)
        return line if len(line) > 1 and not digits else None
    if numbers.isascii() and numbers.isdigit() and 1 <= int(numbers) <= len(texts):
        return texts[int(numbers) - 1]
    return line if line in texts else None


def _sentence(question: Question) -> str:
    """The whole sentence, the word marked in it."""
    text, example = question.sentence or "", question.note.example
    if example is not None and example.text == text:
        return _marked(question, text, example.start, example.end)
    word = question.written or question.headword
    at = text.find(word)
    return _marked(question, text, at, at + len(word)) if at >= 0 and question.kind != "order" else text


def _marked(question: Question, text: str, start: int, end: int) -> str:
    before, after = question.around
    return f"{before}{text[:start]}【{text[start:end]}】{text[end:]}{after}"
