"""Questions, one after the other: asked, answered, judged, rated, and on disk before the next one."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from studytui.errors import StudytuiError
from studytui.session.study_session import StudySession
from studytui.study.language.gloss import in_a_line
from studytui.study.notes.review import Rating
from studytui.study.questions.judge import Verdict, judge, propose
from studytui.study.questions.question import Question
from studytui.tui.widgets.entry_panel import level_name, reading
from studytui.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytui.tui.host import Host

Stage = Literal["waiting", "asking", "rating", "over"]

TELL_EVERY = 0.25
"""Seconds between two looks at how far the preparation is."""
LONGEST_MS = 60_000
"""A question is never counted longer than this: the learner went for tea."""

WHAT = {
    "cloze": "Which word is missing?",
    "recognition": "What does it mean?",
    "recall": "Which word is it?",
    "reading": "How is it read? (pinyin, tones as marks or numbers)",
    "tone": "Which tones has it?",
    "order": "Put the pieces in order.",
}

OUTCOMES = {
    "correct": ("✓ Right", "bold $text-success"),
    "partly": ("~ Nearly", "bold $text-warning"),
    "wrong": ("✗ Not quite", "bold $text-error"),
    "shown": ("The answer", "bold"),
}


class Stopwatch:
    """Milliseconds since it was started, without the time the learner looked elsewhere."""

    def __init__(self) -> None:
        self._passed = 0.0
        self._since: float | None = None

    def start(self) -> None:
        """From nought."""
        self._passed = 0.0
        self._since = monotonic()

    def pause(self) -> None:
        """The terminal lost the focus."""
        if self._since is not None:
            self._passed += monotonic() - self._since
            self._since = None

    def resume(self) -> None:
        """The learner is back."""
        if self._since is None:
            self._since = monotonic()

    @property
    def ms(self) -> int:
        """At most `LONGEST_MS`."""
        running = monotonic() - self._since if self._since is not None else 0.0
        return min(LONGEST_MS, round((self._passed + running) * 1000))


def span(seconds: float) -> str:
    """A stretch of time as a learner says it: `<1 min`, `10 min`, `3 h`, `4 days`, `2.5 months`."""
    minutes = seconds / 60
    if minutes < 1:
        return "<1 min"
    if minutes < 60:
        return f"{round(minutes)} min"
    if minutes < 24 * 60:
        return f"{round(minutes / 60)} h"
    days = minutes / (24 * 60)
    if days < 1.5:
        return "1 day"
    if days < 45:
        return f"{round(days)} days"
    return f"{days / 30.4:.1f} months" if days < 365 else f"{days / 365.25:.1f} years"


class AnswerInput(Input):
    """Where an answer is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Answer", key_display="Enter", id="quiz.answer"),
    ]


class QuizScreen(Screen[None]):
    """A session: a quiz over a text, or what is due."""

    app: Host

    AUTO_FOCUS = ""
    """Nothing: a hidden field that had the focus would swallow the numbers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"number({number})", f"Choose {number}", show=False, id=f"quiz.{number}")
            for number in range(1, 10)
        ),
        Binding(
            "enter,space",
            "go_on",
            "Go on",
            key_display="Enter",
            id="quiz.go-on",
            tooltip="Show the answer, or take the rating",
        ),
        Binding("backspace", "take_back", "Take a piece back", show=False, id="quiz.take-back"),
        Binding("u", "undo", "Undo", id="quiz.undo", tooltip="Take back the last rating, or card set aside"),
        Binding(
            "minus",
            "set_aside('bury')",
            "Not today",
            key_display="-",
            id="quiz.bury",
            tooltip="Bury the card: it comes another day",
        ),
        Binding(
            "at",
            "set_aside('suspend')",
            "Take out",
            key_display="@",
            id="quiz.suspend",
            tooltip="Suspend the card; the statistics put it back",
        ),
        Binding("question_mark", "app.toggle_help", "Help", key_display="?", id="app.help"),
        Binding("escape", "leave", "Leave", id="quiz.leave"),
    ]

    class Ready(Message):
        """The questions are there."""

    class Failed(Message):
        """There can be no questions."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    def __init__(self, prepare: Callable[[], StudySession]) -> None:
        super().__init__()
        self._prepare = prepare
        self.session: StudySession | None = None
        self.stage: Stage = "waiting"
        self.question: Question | None = None
        self.verdict: Verdict | None = None
        self.proposed: Rating | None = None
        self._given = ""
        self._picked: list[int] = []
        self._watch = Stopwatch()
        self._took = 0
        self._drawn = 0
        self._is_seen = False

    def compose(self) -> ComposeResult:
        """The question above, the answer below."""
        yield Static(Content("…"), id="quiz-header", markup=False)
        with VerticalScroll(id="quiz-body", can_focus=False):
            yield Static(id="quiz-kind", markup=False)
            yield Static(id="quiz-prompt", markup=False)
            yield Static(id="quiz-options", markup=False)
            yield AnswerInput(id="quiz-input")
            yield Static(id="quiz-verdict", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Prepares the questions in the background."""
        self._input.display = False
        self.query_one("#quiz-kind", Static).update("Preparing the questions…")
        # Events of the terminal's focus reach the application alone, which keeps what they say.
        self.watch(self.app, "app_focus", self._focus_changed, init=False)
        self.app.app_suspend_signal.subscribe(self, lambda _: self._look_away())
        self.app.app_resume_signal.subscribe(self, lambda _: self._look_back())
        self._telling = self.set_interval(TELL_EVERY, self._tell_progress)
        self._prepare_session()

    def _tell_progress(self) -> None:
        """How far the work on a long text is."""
        chapters, cutting = self.app.workspace.chapters, self.app.workspace.cutting
        if self.stage != "waiting":
            self._telling.stop()
            return
        if chapters is not None:
            told = "{} of {} chapters are done.".format(*chapters)
        elif cutting is not None:
            told = f"finding the words: {100 * cutting[0] // cutting[1]} %"
        else:
            return
        self.query_one("#quiz-kind", Static).update(f"Preparing the questions… {told}")

    @property
    def _input(self) -> Input:
        return self.query_one("#quiz-input", Input)

    @work(thread=True, exclusive=True, group="quiz", exit_on_error=False)
    def _prepare_session(self) -> None:
        try:
            self.session = self._prepare()
        except StudytuiError as error:
            self.post_message(self.Failed(str(error)))
            return
        self.post_message(self.Ready())

    @on(Failed)
    def _say_failed(self, message: Failed) -> None:
        self.query_one("#quiz-kind", Static).update(Content(message.sentence))
        self.stage = "over"

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        """A fault in the preparation is said; the rest of the program goes on."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.query_one("#quiz-kind", Static).update(Content(self.app.say_fault(event.worker.error)))
            self.stage = "over"

    @on(Ready)
    def _begin(self) -> None:
        self._ask()

    # -- the stages ---------------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Asks the next question, or sums up."""
        assert self.session is not None  # noqa: S101  (set before Ready is posted)
        self.question = self.session.next()
        self.verdict = self.proposed = None
        self._given, self._picked = "", []
        self._show_header()
        if self.question is None:
            self._show_summary()
            return
        self.stage = "asking"
        question = self.question
        self.query_one("#quiz-kind", Static).update(Content.styled(WHAT[question.kind], "dim"))
        self._show_prompt()
        self._show_options()
        self.query_one("#quiz-verdict", Static).update("")
        typed = question.form == "typed"
        self._input.display = typed or question.form == "reveal"
        self._input.value = ""
        self._input.placeholder = self._placeholder(question)
        if self._input.display:
            self._input.focus()
        else:
            self.set_focus(None)
        self._watch.start()
        self.refresh_bindings()
        self._wait_until_seen()

    def _wait_until_seen(self) -> None:
        """Keys typed ahead answer and rate nothing: the learner cannot have seen what they would answer."""
        self._is_seen = False
        self._drawn += 1
        # Called in line with the keys that have come before it and wait here.
        seen = partial(self.call_later, self._seen, self._drawn)
        self.call_after_refresh(self.app.when_seen, seen)

    def _seen(self, drawn: int) -> None:
        if drawn == self._drawn:
            self._is_seen = True

    @staticmethod
    def _placeholder(question: Question) -> str:
        if question.form == "reveal":
            return "type it, or Enter to see it"
        return "pinyin: ni3 hao3 or nǐ hǎo" if question.kind in ("reading", "tone") else "type, then Enter"

    def _show_prompt(self) -> None:
        question = self.question
        if question is None:
            return
        lines = [Content.styled(question.prompt, "bold")]
        lines += [Content.styled(hint, "dim") for hint in question.hints]
        self.query_one("#quiz-prompt", Static).update(Content("\n").join(lines))

    def _show_options(self) -> None:
        question = self.question
        if question is None:
            return
        lines: list[Content] = []
        for number, option in question.numbered:
            style = ""
            mark = " "
            if self.stage == "rating":
                if option.family == "answer":
                    mark, style = "✓", "bold $text-success"
                elif option.text == self._given:
                    mark, style = "✗", "$text-error"
            elif number in self._picked:
                style = "dim"
            lines.append(Content.assemble(Content(f"{mark} {number}  "), Content.styled(option.text, style)))
        if question.kind == "order":
            chosen = "".join(question.options[number - 1].text for number in self._picked)
            lines += [Content(""), Content.styled(chosen or "(press the numbers in order)", "bold")]
        self.query_one("#quiz-options", Static).update(Content("\n").join(lines))

    def _answer(self, given: str) -> None:
        """Judges an answer and proposes a rating."""
        question, session = self.question, self.session
        if question is None or session is None or self.stage != "asking" or not self._is_seen:
            return
        self._watch.pause()
        self._took = self._watch.ms
        self._given = given
        self.verdict = judge(question, given)
        # Who was away that long did not think that long: such a time says nothing of the answer.
        measured = self._took if self._took < LONGEST_MS else 0
        self.proposed = propose(self.verdict, measured, question.kind, question.form)
        self.stage = "rating"
        self._input.display = False
        self.set_focus(None)
        self._show_options()
        self._show_verdict()
        self.refresh_bindings()
        self._wait_until_seen()

    def _show_verdict(self) -> None:
        question, verdict, session = self.question, self.verdict, self.session
        if question is None or verdict is None or session is None:
            return
        note = question.note
        word, style = OUTCOMES[verdict.outcome]
        lines = [Content.assemble(Content.styled(word, style), "  ", Content(verdict.message))]
        if verdict.side_by_side is not None and verdict.outcome != "correct":
            labels = ("right: ", "yours: ", "       ")
            lines += [Content(label + line) for label, line in zip(labels, verdict.side_by_side, strict=True)]
        lines += [
            Content(""),
            Content.assemble(
                Content.styled(question.written or note.headword, "bold"),
                "  ",
                reading(note.syllables),
                "  ",
                Content(in_a_line(note.glosses, 4)),
                Content.styled(f"  {level_name(note.hsk)}", "dim"),
            ),
        ]
        if question.sentence and question.sentence != question.answer:
            lines.append(Content.styled(question.sentence, "dim"))
        lines += [Content(""), self._ratings(session, question)]
        self.query_one("#quiz-verdict", Static).update(Content("\n").join(lines))

    def _ratings(self, session: StudySession, question: Question) -> Content:
        if not question.card:
            return Content.styled("Enter goes on.", "dim")
        pieces: list[Content] = []
        for rating, wait in session.preview(question).items():
            label = f" {rating.value} {rating.name.capitalize()} {span(wait.total_seconds())} "
            pieces.append(Content.styled(label, "reverse bold" if rating == self.proposed else ""))
        hint = Content.styled("Enter takes the marked rating; 1 to 4 take another.", "dim")
        return Content("\n").join([Content(" ").join(pieces), hint])

    def _rate(self, rating: Rating) -> None:
        """Writes the answer down; only then comes the next question."""
        question, session, verdict = self.question, self.session, self.verdict
        if question is None or session is None or verdict is None or self.stage != "rating":
            return
        if not self._is_seen:
            return
        try:
            leech = session.rate(question, rating, self._took, verdict)
        except StudytuiError as error:
            self.app.say(str(error), severity="error")  # the question stays: nothing is lost
            return
        if leech:
            self.app.say(leech, severity="warning")
        self._ask()

    def _show_header(self) -> None:
        if self.session is None:
            return
        left = self.session.title
        self.query_one("#quiz-header", Static).update(
            Content.assemble(
                Content.styled(left, "bold"), Content.styled(f"  {self.session.progress()}", "dim")
            )
        )

    def _show_summary(self) -> None:
        assert self.session is not None  # noqa: S101
        self.stage = "over"
        self._input.display = False
        self.set_focus(None)
        self.query_one("#quiz-kind", Static).update(Content.styled("Done", "bold"))
        self.query_one("#quiz-prompt", Static).update(Content("\n".join(self.session.summary())))
        self.query_one("#quiz-options", Static).update("")
        self.query_one("#quiz-verdict", Static).update(
            Content.styled("Enter or Esc goes back, u undoes.", "dim")
        )
        self.refresh_bindings()

    # -- keys and events ----------------------------------------------------------------------------------

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        given = event.value.strip()
        if self.question is not None and (given or self.question.form == "reveal"):
            self._answer(given)

    def action_number(self, number: int) -> None:
        """Chooses an option, picks a piece, or rates."""
        question = self.question
        if question is None:
            return
        if self.stage == "rating" and question.card and number <= len(Rating):
            self._rate(Rating(number))
        elif self.stage == "asking" and number <= len(question.options) and self._is_seen:
            if question.kind != "order":
                self._answer(question.options[number - 1].text)
            elif number not in self._picked:
                self._picked.append(number)
                self._show_options()
                if len(self._picked) == len(question.options):
                    self._answer("".join(question.options[index - 1].text for index in self._picked))

    def action_take_back(self) -> None:
        """Takes back the last piece of a sentence."""
        if self.stage == "asking" and self._picked:
            self._picked.pop()
            self._show_options()

    def action_go_on(self) -> None:
        """Shows the answer, takes the proposed rating, or leaves the summary."""
        if self.stage == "rating" and self.proposed is not None:
            self._rate(self.proposed)
        elif self.stage == "over":
            self.action_leave()

    def action_undo(self) -> None:
        """Takes back the last rating and asks that question again."""
        if self.session is None:
            return
        with self.app.telling():
            undone = self.session.undo()
            self.app.say(undone or "There is nothing to undo in this session.")
            if undone:
                self._ask()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A card can be set aside while it is asked; a sentence to be put in order is no card."""
        if action == "set_aside":
            return (
                self.stage in ("asking", "rating") and self.question is not None and bool(self.question.card)
            )
        return True

    def action_set_aside(self, how: Literal["bury", "suspend"]) -> None:
        """Takes the card out, for today or until it is put back."""
        if self.session is None or self.question is None or not self.question.card or not self._is_seen:
            return
        with self.app.telling():
            self.app.say(self.session.set_aside(self.question, how))
            self._ask()

    def action_leave(self) -> None:
        """Goes back; every rated answer is on disk already."""
        if self.session is not None:
            self.session.leave()
        self.app.leave()

    def _focus_changed(self, looked_at: bool) -> None:
        if looked_at:
            self._look_back()
        else:
            self._look_away()

    @on(events.ScreenSuspend)
    def _look_away(self) -> None:
        if self.stage == "asking":
            self._watch.pause()

    @on(events.ScreenResume)
    def _look_back(self) -> None:
        if self.stage == "asking":
            self._watch.resume()
