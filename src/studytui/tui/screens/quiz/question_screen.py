"""Questions, one after the other: met, asked, answered, judged, rated, and on disk before the next one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from studytui.errors import StudytuiError
from studytui.session.asking.stopwatch import LONGEST_MS, Stopwatch
from studytui.study.notes.review import Rating
from studytui.study.questions.question import ASKED, Question
from studytui.text.script import to_script
from studytui.tui.screens.quiz import question_keys, question_view
from studytui.tui.screens.quiz.prepared_screen import PreparedScreen
from studytui.tui.screens.quiz.sentence_words import SentenceWords
from studytui.tui.screens.quiz.shown_script import in_script
from studytui.tui.widgets.answer_input import AnswerInput
from studytui.tui.widgets.choice_list import ChoiceList
from studytui.tui.widgets.entry_text import Subject
from studytui.tui.widgets.key_bar import KeyBar
from studytui.tui.widgets.rating_bar import RatingBar
from studytui.tui.widgets.wrapped_text import EntryLine, WrappedText
from studytui.tui.word_history import history

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studytui.session.asking.study_session import StudySession
    from studytui.study.questions.attempt import Attempt
    from studytui.study.questions.judge import Verdict
    from studytui.text.token import Word

SHORT = 22
"""Rows below which only the options that matter stand beside an answer."""


class QuizScreen(PreparedScreen):
    """A session: a quiz over a text, or what is due."""

    AUTO_FOCUS = ""
    """Nothing: a hidden field that had the focus would swallow the numbers."""

    BINDINGS: ClassVar[list[BindingType]] = list(question_keys.BINDINGS)

    def __init__(self, prepare: Callable[[], StudySession]) -> None:
        super().__init__(prepare)
        self.attempt: Attempt | None = None
        self.proposed: Rating | None = None
        self._watch = Stopwatch()
        self._took = 0
        self._drawn = 0
        self._is_seen = False
        self._looked_up: SentenceWords | None = None

    @property
    def question(self) -> Question | None:
        """What is asked, or about to be asked; None before the first and after the last."""
        return self.attempt.question if self.attempt is not None else None

    @property
    def verdict(self) -> Verdict | None:
        """On the answer; None while there is none."""
        return self.attempt.verdict if self.attempt is not None else None

    def compose(self) -> ComposeResult:
        """What is asked and answered in a column; the ratings and the keys at the foot."""
        yield Static(Content("…"), id="quiz-header", markup=False)
        with VerticalScroll(id="quiz-body", can_focus=False), Vertical(id="quiz-column"):
            yield WrappedText(id="quiz-kind")
            yield WrappedText(id="quiz-prompt")
            yield WrappedText(id="quiz-hints")
            yield ChoiceList(id="quiz-options")
            yield AnswerInput(id="quiz-input")
            yield WrappedText(id="quiz-verdict")
        with Vertical(id="quiz-foot"):
            yield RatingBar(id="quiz-ratings")
            yield KeyBar(roomy=True)

    def on_mount(self) -> None:
        """Prepares the questions in the background."""
        for name in ("prompt", "hints", "verdict"):
            self.show(name, [])
        self._options.offer([])
        self._ratings.offer({}, None)
        self._input.display = False
        # Events of the terminal's focus reach the application alone, which keeps what they say.
        self.watch(self.app, "app_focus", self._focus_changed, init=False)
        self.app.app_suspend_signal.subscribe(self, lambda _: self._look_away())
        self.app.app_resume_signal.subscribe(self, lambda _: self._look_back())
        self._offer_keys()
        self.prepare()

    def show(self, name: str, lines: Sequence[Content | EntryLine]) -> None:
        """Shows lines in one of the parts of the column."""
        self.query_one(f"#quiz-{name}", WrappedText).show(self._in_script(lines))

    def _in_script(self, lines: Sequence[Content | EntryLine]) -> list[Content | EntryLine]:
        """Lines in the characters that the learner reads."""
        script = self.app.collection.config.script
        return [
            in_script(line, script)
            if isinstance(line, Content)
            else replace(line, content=in_script(line.content, script))
            for line in lines
        ]

    @property
    def _input(self) -> AnswerInput:
        return self.query_one("#quiz-input", AnswerInput)

    @property
    def _options(self) -> ChoiceList:
        return self.query_one("#quiz-options", ChoiceList)

    @property
    def _ratings(self) -> RatingBar:
        return self.query_one("#quiz-ratings", RatingBar)

    # -- the stages ---------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Shows a new word, asks the next question, or sums up."""
        from studytui.study.questions.attempt import Attempt  # what judges is loaded with the first question

        session = self._session
        question = session.next()
        self.attempt = Attempt(question) if question is not None else None
        self.proposed = None
        self._looked_up = None
        self._ratings.offer({}, None)
        self.show("verdict", [])
        self._show_header()
        if question is None:
            self.end([Content(line) for line in session.summary()], "Done")
            return
        self.stage = "meeting" if session.to_meet(question) else "asking"
        self._draw()
        typed = self.stage == "asking" and question.form != "choice" and question.kind != "order"
        self._input.display = typed
        self._input.begin(question_view.placeholder(question, self._phonetics))
        self.set_focus(self._input if typed else None)
        self.query_one("#quiz-body", VerticalScroll).scroll_home(animate=False, immediate=True)
        self._watch.start()
        self._offer_keys()
        self._wait_until_seen()

    @property
    def _phonetics(self) -> Literal["pinyin", "zhuyin"]:
        return self.app.collection.config.phonetics

    def _draw(self) -> None:
        """Draws what is asked, and what may be chosen."""
        attempt = self.attempt
        if attempt is None:
            return
        question = attempt.question
        prompt = self.query_one("#quiz-prompt", WrappedText)
        if self.stage == "meeting":
            self.show("kind", [Content("A new word")])
            prompt.set_class(True, "-headword")
            prompt.show(self._in_script(question_view.new_word_lines(question, self._phonetics)))
            self.show("hints", [])
            self._options.offer([])
            self._draw_below()
            return
        self.show("kind", [Content(ASKED[question.kind])])
        prompt.set_class(question_view.is_headword(question), "-headword")
        answered = attempt.verdict is not None
        prompt.show(self._in_script(question_view.prompt_lines(question, attempt.picked, answered=answered)))
        self.show("hints", [] if answered else question_view.hint_lines(attempt))
        offered = question_view.choices(
            question, attempt.picked, attempt.verdict, brief=self.size.height < SHORT
        )
        written = to_script(self.app.collection.config.script)
        self._options.offer([replace(choice, text=written(choice.text)) for choice in offered])

    def _draw_below(self) -> None:
        """Tells of a new word or an answer, or in place of that of the word that is looked up."""
        attempt = self.attempt
        below = self.query_one("#quiz-verdict", WrappedText)
        if attempt is None:
            return
        if self._looked_up is not None:
            below.show(self._looked_up.lines(self._subject, self.app.workspace.lexicon, self._phonetics))
        elif attempt.verdict is None:
            below.show(self._in_script(question_view.meeting_lines(attempt.question, self._phonetics)))
        else:
            told = self._session.explained(attempt.question, attempt.verdict)
            lines = question_view.verdict_lines(attempt.question, attempt.verdict, told, self._phonetics)
            below.show(self._in_script(lines))

    def _subject(self, word: Word) -> Subject:
        collection = self.app.collection
        return Subject(word, collection.status(word.headword), history=history(collection, word))

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

    def _offer_keys(self) -> None:
        """Names the keys of this stage, and no others, in the last line."""
        typed, proposed = self._input.display, self.proposed is not None
        named = question_keys.named(self.stage, self.attempt, typed=typed, proposed=proposed)
        self.query_one(KeyBar).offer(named)
        self.refresh_bindings()

    def _answer(self, given: str) -> None:
        """Judges an answer; a word that is not the one meant may bring a hint instead."""
        attempt = self.attempt
        if attempt is None or self.stage != "asking" or not self._is_seen:
            return
        if attempt.answer(given) is None:
            self.show("hints", question_view.hint_lines(attempt))
            self._input.value = ""
            self.app.say(f"{given} is not the word that is meant: here is a hint.")
            self._offer_keys()
        else:
            self._show_answer()

    def _show_answer(self) -> None:
        """Shows how it went, and proposes a rating."""
        attempt, session = self.attempt, self._session
        if attempt is None or attempt.verdict is None:
            return
        self._watch.pause()
        self._took = self._watch.ms
        question = attempt.question
        # Who was away that long did not think that long: such a time says nothing of the answer.
        self.proposed = attempt.proposed(self._took if self._took < LONGEST_MS else 0)
        self.stage = "rating"
        self._input.display = False
        self.set_focus(None)
        self._draw()
        self.query_one(KeyBar).clear()
        self._draw_below()
        self._ratings.offer(session.preview(question) if question.card else {}, self.proposed)
        self._offer_keys()
        self.call_after_refresh(self._scroll_to_verdict)
        self._wait_until_seen()

    def _scroll_to_verdict(self) -> None:
        """On a small screen the answer matters more than what was asked."""
        if self.stage == "asking":
            return  # the next question is asked already, from its top
        body = self.query_one("#quiz-body", VerticalScroll)
        looks_up = self._looked_up is not None
        body.scroll_to_widget(self.query_one("#quiz-verdict"), animate=False, top=looks_up)

    def _rate(self, rating: Rating) -> None:
        """Writes the answer down; only then comes the next question."""
        question, verdict = self.question, self.verdict
        if question is None or verdict is None or self.stage != "rating" or not self._is_seen:
            return
        try:
            leech = self._session.rate(question, rating, self._took, verdict)
        except StudytuiError as error:
            self.app.say(str(error), severity="error")  # the question stays: nothing is lost
            return
        self.query_one(KeyBar).clear()
        if leech:
            self.app.say(leech, severity="warning")
        self.ask()

    def _show_header(self) -> None:
        session = self.session
        if session is None:
            return
        width = self.query_one("#quiz-header", Static).content_region.width or self.size.width - 2
        standing = question_view.standing_line(session.standing(), width)
        title = Content.styled(session.title, "bold").truncate(
            max(1, width - standing.cell_length - 2), ellipsis=True
        )
        gap = " " * max(1, width - title.cell_length - standing.cell_length)
        self.query_one("#quiz-header", Static).update(Content.assemble(title, gap, standing))

    def on_resize(self) -> None:
        """Fits the first line to the new width."""
        self._show_header()

    def end(self, lines: Sequence[Content], told: str = "") -> None:
        """Says that there is nothing more to ask."""
        self.stage = "over"
        self._input.display = False
        self.set_focus(None)
        self.show("kind", [Content(told)] if told else lines)
        self.query_one("#quiz-prompt").set_class(False, "-headword")
        self.show("prompt", lines if told else ())
        self.show("hints", [])
        self._options.offer([])
        self._offer_keys()

    # -- keys and events ----------------------------------------------------------------------------------

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        given = event.value.strip()
        if given or (self.question is not None and self.question.form == "reveal"):
            self._answer(given)
        else:
            self.action_unknown()

    @on(Input.Changed)
    def _typed(self) -> None:
        """Some keys are commands only while nothing is typed."""
        self._offer_keys()

    @on(ChoiceList.Chosen)
    def _clicked(self, message: ChoiceList.Chosen) -> None:
        if self.stage == "asking":
            self.action_number(message.number)

    @on(RatingBar.Taken)
    def _taken(self, message: RatingBar.Taken) -> None:
        self._rate(message.rating)

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
            elif self.attempt is not None and self.attempt.pick(number):
                self._draw()
                self._offer_keys()

    def action_take_back(self) -> None:
        """Takes back the last piece of a sentence."""
        if self.stage == "asking" and self.attempt is not None and self.attempt.take_back():
            self._draw()
            self._offer_keys()

    def action_go_on(self) -> None:
        """Goes on from a new word, answers, takes the proposed rating, or leaves the summary."""
        question = self.question
        if self.stage == "over":
            self.action_leave()
        elif question is None or not self._is_seen:
            return
        elif self.stage == "meeting":
            self.query_one(KeyBar).clear()
            self._session.met(question)
            self.ask()
        elif self.stage == "rating":
            if self.proposed is not None:
                self._rate(self.proposed)
            else:
                self.app.say("Only you can tell: 1 not at all, 2 hardly, 3 well, 4 easily.")
        elif self.attempt is None or not self.attempt.picked:
            self.action_unknown()
        elif self.attempt.is_whole:
            self._answer("".join(self.attempt.pieces))
        else:
            self.app.say("Pick all pieces first; Backspace takes one back.")

    def action_unknown(self) -> None:
        """The learner does not know."""
        if self.stage == "asking" and self.attempt is not None and self._is_seen:
            self.attempt.give_up()
            self._show_answer()

    def action_hint(self) -> None:
        """Tells a little more."""
        attempt = self.attempt
        if attempt is None or self.stage != "asking":
            return
        if attempt.hint():
            self.show("hints", question_view.hint_lines(attempt))
            self._offer_keys()
        else:
            self.app.say("There is no further hint: Space shows the answer.")

    def action_know(self) -> None:
        """Marks the new word as known."""
        question = self.question
        if self.stage == "meeting" and question is not None and self._is_seen:
            with self.app.telling():
                self.app.say(self._session.know(question))
                self.ask()

    def action_undo(self) -> None:
        """Takes back the last rating and asks that question again."""
        nothing = "Nothing to undo here since you came: leave, and Z lists what was done before."
        self._step(lambda session: session.undo(), nothing)

    def action_redo(self) -> None:
        """Does again what was taken back just now."""
        self._step(lambda session: session.redo(), "There is nothing to do again.")

    def _step(self, step: Callable[[StudySession], str | None], nothing: str) -> None:
        if self.session is None:
            return
        with self.app.telling():
            told = step(self.session)
            self.app.say(told or nothing)
            if told:
                self.ask()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that do nothing at this stage are not offered."""
        typed = self.stage == "asking" and self._input.display
        return question_keys.holds(action, self.stage, self.attempt, typed=typed)

    def action_set_aside(self, how: Literal["bury", "suspend"]) -> None:
        """Takes the card out, for today or until it is put back."""
        if self.session is None or self.question is None or not self.question.card or not self._is_seen:
            return
        with self.app.telling():
            self.app.say(self.session.set_aside(self.question, how))
            self.ask()

    def action_to_text(self) -> None:
        """Shows where the sentence stands in its text; leaving it comes back here."""
        example = self.question.note.example if self.question is not None else None
        if example is not None and self.stage == "rating":
            with self.app.telling():
                document = self._session.text(example.document_id)
                self.app.show_in_text(document, example.text, example.start)

    def action_speak(self) -> None:
        """Reads the word and its sentence aloud."""
        question = self.question
        if question is not None:
            self.app.speak(f"{question.note.headword}。{question_keys.sentence_of(question)}")

    def action_look(self, by: int) -> None:
        """Looks up the next word of the sentence, or the one before."""
        question = self.question
        if question is None:
            return
        if self._looked_up is None:
            sentence = question_keys.sentence_of(question)
            self._looked_up = SentenceWords(sentence, self._session.words(question, sentence))
        self._looked_up.move(by)
        self._draw_below()
        self.call_after_refresh(self._scroll_to_verdict)

    def action_scroll(self, rows: int) -> None:
        """Moves what does not fit on a small screen."""
        self.query_one("#quiz-body", VerticalScroll).scroll_relative(y=rows, animate=False)

    def action_leave(self) -> None:
        """Goes back, and says what becomes of the rest; every rated answer is on disk already.

        From a word that is looked up it goes back to the answer.
        """
        if self._looked_up is not None:
            self._looked_up = None
            self._draw_below()
            return
        told = [self.session.leave()] if self.session is not None and self.stage != "over" else []
        if self.stage == "rating":
            told.insert(0, "The last answer was not rated, and does not count.")
        self.app.leave(" ".join(filter(None, told)))

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
