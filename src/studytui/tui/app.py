"""The terminal application: screens over one workspace."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from rich.console import RenderableType
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import WorkerFailed

from studytui.errors import StudytuiError, full_stop
from studytui.restricted import is_restricted
from studytui.session.workspace import Opening, Workspace
from studytui.study.notes.card import Template
from studytui.text.document import Document
from studytui.text.token import AnnotatedDocument
from studytui.tui.commands import own_commands
from studytui.tui.host import AsksPlacement, CollectionChanged, Host, KeepsPlace, OnProgress
from studytui.tui.terminal.hangup import Hangup, can_be_continued, stop_is_ignored
from studytui.tui.themes import is_light, usual_theme
from studytui.tui.widgets.key_groups import LEARN, PROGRAM

if TYPE_CHECKING:
    from studytui.session.asking.study_session import StudySession
    from studytui.study.phrases.ranking import KeyPhrase
    from studytui.tui.screens.import_dialog import Look

LOOK_EVERY = 2.0
"""Seconds between two looks whether the terminal is still there: it may be closed without a signal."""

QUESTIONS = 12
"""Questions in a quiz over a text: about five minutes."""


KeepFault = Callable[[BaseException], str]
"""Keeps the details of a fault, and returns a sentence on it."""
WriteNotes = Callable[[Document | None, Path, tuple[Template, ...], bool, OnProgress], str]
"""Writes such cards of a text's notes, or of all, to a path, with progress or without; says what it wrote."""


@dataclass(frozen=True, slots=True)
class Start:
    """What the application shows first."""

    place: Literal["home", "welcome", "read", "quiz", "review"] = "home"
    """`welcome` is home with the first run over it."""
    opening: Opening | None = None
    """The text of `read`."""
    document: Document | None = None
    """The text of `quiz`."""
    limit: int = QUESTIONS
    """Questions in a quiz."""
    seed: int | None = None
    """The quiz's seed; None draws another one each time."""
    document_id: str | None = None
    """The text whose notes `review` asks; None for all."""


class StudytuiApp(Host):
    """Read Chinese, and keep the words."""

    TITLE = "studytui"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  (declared by Textual)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-short"), (30, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit", group=PROGRAM),
        Binding(
            "ctrl+z",
            "suspend_process",
            "Suspend; `fg` comes back",
            show=False,
            id="app.suspend",
            group=PROGRAM,
        ),
        Binding("ctrl+l", "redraw", "Draw the screen again", show=False, id="app.redraw", group=PROGRAM),
        Binding(
            "u",
            "undo",
            "Undo",
            show=False,
            id="app.undo",
            tooltip="Undo the last thing done",
            group=LEARN,
        ),
        Binding(
            "U",
            "redo",
            "Redo",
            show=False,
            id="app.redo",
            tooltip="Redo what was undone",
            group=LEARN,
        ),
        Binding(
            "Z",
            "undo_list",
            "What can be undone",
            show=False,
            id="app.undo-list",
            tooltip="List what can be undone, and undo one",
            group=LEARN,
        ),
        Binding(
            "L",
            "level",
            "Level",
            show=False,
            id="app.level",
            tooltip="Say which words you already know",
            group=LEARN,
        ),
        Binding(
            "w",
            "words",
            "Words",
            show=False,
            id="app.words",
            tooltip="Search and edit your words",
            group=LEARN,
        ),
        Binding(
            "S",
            "stats",
            "Statistics",
            show=False,
            id="app.stats",
            tooltip="See how you are doing",
            group=PROGRAM,
        ),
        Binding(
            "I",
            "bring",
            "Import",
            show=False,
            id="app.import",
            tooltip="Import what you know from elsewhere",
            group=PROGRAM,
        ),
        Binding(
            "equals_sign",
            "settings",
            "Settings",
            show=False,
            key_display="=",
            id="app.settings",
            tooltip="See and change every setting",
            group=PROGRAM,
        ),
        Binding("question_mark", "toggle_help", "Help", key_display="?", id="app.help", group=PROGRAM),
    ]

    def __init__(
        self,
        workspace: Workspace,
        start: Start | None = None,
        write_notes: WriteNotes | None = None,
        look: Look | None = None,
        keep_fault: KeepFault | None = None,
    ) -> None:
        """The application.

        Args:
            workspace: the learner's.
            start: what is shown first.
            write_notes: exports notes; without it that cannot be done from here.
            look: reads a package or word list, to bring it in; without it that cannot be done from here.
            keep_fault: keeps the details of a fault that does not end the application.
        """
        self._cannot_stop = stop_is_ignored()
        super().__init__(workspace)
        self._keep_fault = keep_fault
        self._hangup: Hangup | None = None
        self._write_notes = write_notes
        self._look = look
        self.start = start or Start()
        self.notices: tuple[str, ...] = ()
        """What the learner should hear once, at the start."""
        self.fault: BaseException | None = None
        """What ended the application, if it was a fault of its own."""
        self.not_kept: str | None = None
        """Why the place in a text could not be kept on the way out, in a sentence."""

    def on_mount(self) -> None:
        """Opens the first screen."""
        config = self.collection.config
        self.when_drawn(gc.enable)
        self._heed_signals()
        self.ask_terminal()
        if config.theme is not None and config.theme in self.available_themes:
            self.theme = config.theme
        else:
            few = not self.is_headless and self.console.color_system in (None, "standard")
            light = is_light(os.environ.get("COLORFGBG", ""))
            self.theme = usual_theme(colors=16 if few else 256, light=light)
        self.set_keymap(dict(config.keys))
        self.warn()
        for sentence in self.notices:
            self.say(sentence, severity="warning")
        if config.theme is not None or config.keys:
            from studytui.tui.settings_check import unknown_settings

            for sentence in unknown_settings(config):
                self.say(sentence, severity="warning")
        document = self.start.document
        if self.start.place == "read" and self.start.opening is not None:
            self.read(self.start.opening)
        elif self.start.place == "quiz" and document is not None:
            self._quiz_at_once(document)
        elif self.start.place == "review":
            self.review(self.start.document_id)
        else:
            self._go_home()
            if self.start.place == "welcome":
                self.call_after_refresh(self.action_welcome)

    def _heed_signals(self) -> None:
        """A closed window or a `kill` leaves the terminal in order, and the place in the text kept."""
        if self.is_headless or threading.current_thread() is not threading.main_thread():
            return
        loop = asyncio.get_running_loop()

        def leave(status: int) -> None:
            with suppress(RuntimeError):  # it has left already, and waits for the terminal
                loop.call_soon_threadsafe(partial(self.exit, return_code=status))

        self._hangup = Hangup(leave, self._keep_places)
        if self._cannot_stop or not can_be_continued():
            signal.signal(signal.SIGTSTP, signal.SIG_IGN)  # Textual's own handler would stop it for ever
        self.set_interval(LOOK_EVERY, self._hangup.look)

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leaves the application by whatever way; the place in the text is kept."""
        self._keep_places()
        super().exit(result, return_code, message)

    def _keep_places(self) -> None:
        for screen in self.screen_stack if self._running else ():
            if isinstance(screen, KeepsPlace):
                try:
                    screen.keep_place()
                except StudytuiError as error:
                    self.not_kept = f"the place in {screen.document.title} was not kept: {error}"
            elif isinstance(screen, AsksPlacement):
                try:
                    screen.keep()
                except StudytuiError as error:
                    self.not_kept = f"the answers of the placement were not kept: {error}"

    def action_suspend_process(self) -> None:
        """Suspends the program, where a shell is there to continue it."""
        if self._cannot_stop or not can_be_continued():
            self.say("No shell is there that could bring studytui back: Ctrl+Q quits.", "warning")
        else:
            super().action_suspend_process()

    # -- going from place to place ------------------------------------------------------------------------

    def _go_home(self) -> None:
        from studytui.tui.screens.home.home_screen import HomeScreen

        self.push_screen(HomeScreen())

    def leave(self, told: str = "") -> None:
        """Goes back to the screen before; from the first one, out. There it says what is `told`."""
        if len(self.screen_stack) <= 2:
            self.exit(message=told or None)
            return
        self.pop_screen()
        if told:
            self.call_later(self.say, told)

    def read(self, opening: Opening, *, guided: bool = False) -> None:
        """Opens a text; `guided` with the prompts for a learner's first one."""
        from studytui.tui.screens.reader.reader import ReaderScreen

        self.push_screen(ReaderScreen(opening, guided=guided))

    def show_in_text(self, document: Document, sentence: str, start: int) -> None:
        """Shows where a sentence stands in its text; the learner's place in it stays."""
        from studytui.text.find import place_of_sentence
        from studytui.tui.screens.reader.reader import ReaderScreen
        from studytui.tui.widgets.text.text_view import Place

        found = place_of_sentence(document, sentence, start)
        if found is None:
            raise StudytuiError(f"{document.title} does not have this sentence any more.")
        self.push_screen(ReaderScreen(Opening(document), visit=Place(*found)))

    def review(self, document_id: str | None = None) -> None:
        """Asks what is due, of one text or of all."""
        from studytui.tui.screens.quiz.question_screen import QuizScreen

        def prepare() -> StudySession:
            from studytui.session.asking.study_session import review_session  # once the screen is there

            return review_session(self.workspace, document_id, self._seed())

        self.push_screen(QuizScreen(prepare))

    def start_quiz(self, document: AnnotatedDocument, phrases: Sequence[KeyPhrase]) -> None:
        """Asks about a text's key phrases."""
        from studytui.session.asking.quizzes import quiz_session

        limit = self.start.limit
        self._offer_quiz(
            document.document.id,
            lambda: quiz_session(self.workspace, document, phrases, limit, self._seed()),
        )

    def _quiz_at_once(self, document: Document) -> None:
        from studytui.session.asking.quizzes import quiz_session

        def prepare() -> StudySession:
            annotated = self.workspace.annotate(document)
            phrases = self.workspace.phrases(annotated)
            return quiz_session(self.workspace, annotated, phrases, self.start.limit, self._seed())

        self._offer_quiz(document.id, prepare)

    def _offer_quiz(self, document_id: str, prepare: Callable[[], StudySession]) -> None:
        """Asks a new quiz, or first whether to go on with the one that was broken off."""
        from studytui.tui.screens.quiz.quiz_offer import offer_quiz

        # Who names a seed wants those very questions.
        offer_quiz(self, document_id, prepare, anew=self.start.seed is not None)

    def resume_quiz(self) -> None:
        """Goes on with the quiz that was broken off."""
        from studytui.tui.screens.quiz.quiz_offer import resume_quiz

        resume_quiz(self)

    def _seed(self) -> int:
        return time_ns() if self.start.seed is None else self.start.seed

    def export(self, document: Document | None = None) -> None:
        """Asks where to, and writes the notes of a text there, or all notes."""
        from studytui.tui.screens.export_dialog import ExportScreen, proposed

        if self._write_notes is None:
            self.say("Notes cannot be written from here: use `studytui export`.", severity="warning")
            return
        where = proposed(document.title if document is not None else "studytui")
        cards = self.collection.config.templates
        screen = ExportScreen(partial(self._write_notes, document), where, cards)
        self.push_screen(screen, lambda sentence: self.say(sentence) if sentence else None)

    def action_bring(self) -> None:
        """Asks for a package or word list, tells what is in it, and brings it in if the learner agrees."""
        from studytui.tui.screens.import_dialog import BringScreen

        if self._look is None:
            self.say("Nothing can be brought in from here: use `studytui import`.", severity="warning")
            return

        def brought(sentence: str | None) -> None:
            if sentence:
                self._changed()
                self.say(sentence)

        self.push_screen(BringScreen(self._look), brought)

    def speak(self, text: str) -> None:
        """Reads a text aloud, or says why not."""
        from studytui.tui.screens.speech import speak

        with self.telling():
            speak(text, self.collection.config.speech)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every action of this place, as its key declares it, and Textual's own."""
        yield from own_commands(self, screen)
        first = "Say your level, characters and pinyin, and open a text with prompts"
        yield SystemCommand("First steps", first, self.action_welcome)
        for command in super().get_system_commands(screen):
            # A screenshot writes where it likes; a theme of ours is kept for the next time.
            if command.title != "Theme" and (command.title != "Screenshot" or not is_restricted()):
                yield command
        yield SystemCommand("Theme", "Choose the colours, each seen at once", self.action_theme)

    def action_level(self) -> None:
        """Asks which words the learner knows already, and keeps it."""
        from studytui.tui.screens.known_words.level_choice import choose_level

        choose_level(self, self._changed)

    def action_words(self) -> None:
        """Lists the learner's words."""
        from studytui.tui.screens.words.words_screen import WordsScreen

        self.push_screen(WordsScreen())

    def action_settings(self) -> None:
        """Shows the settings."""
        from studytui.tui.screens.settings.settings_screen import SettingsScreen

        self.push_screen(SettingsScreen())

    def action_theme(self) -> None:
        """Asks for a theme."""
        from studytui.tui.screens.settings.theme_choice import choose_theme

        choose_theme(self)

    def action_stats(self) -> None:
        """Shows the statistics."""
        from studytui.tui.screens.statistics_screen import StatsScreen

        self.push_screen(StatsScreen())

    def _changed(self) -> None:
        """The screen on top shows what holds now."""
        self.screen.post_message(CollectionChanged())

    def action_undo(self) -> None:
        """Takes back the last thing that was done, and says what."""
        with self.telling():
            told = self.collection.undo()
            self._changed()
            self.say(told or "There is nothing to undo.")

    def action_redo(self) -> None:
        """Does again what was taken back last."""
        with self.telling():
            told = self.collection.redo()
            self._changed()
            self.say(told or "There is nothing to do again.")

    def action_undo_list(self) -> None:
        """Lists what can be undone, the last first; the chosen act is taken back."""
        from studytui.tui.screens.undo_choice import choose_undo

        choose_undo(self, self._changed)

    def action_welcome(self) -> None:
        """Asks for level, characters and pinyin, and opens a text with prompts, as at the first start."""
        from studytui.tui.screens.first_run.welcome import welcome

        welcome(self)

    def action_toggle_help(self) -> None:
        """Shows the keys of this place."""
        from studytui.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    # -- faults -------------------------------------------------------------------------------------------

    def width_found(self) -> None:
        """Lays the text on the screen out anew."""
        from studytui.tui.widgets.text.text_view import TextView

        for view in self.screen.query(TextView):
            view.set_wide(self.is_wide)

    def _handle_exception(self, error: Exception) -> None:
        """Leaves the screen in order; the command line says what happened, in one sentence."""
        if isinstance(error, WorkerFailed):
            error = error.error if isinstance(error.error, Exception) else error
        if self.fault is None:
            self.fault = error
            self._keep_places()
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Textual would print the traceback here."""
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """Called by Textual, with a traceback to print, where the terminal cannot be read: none is shown."""
        from rich.traceback import Traceback

        if self._hangup is not None and self._hangup.look():
            return  # the terminal is gone, which is no fault
        told = [each.trace.stacks[0] for each in renderables if isinstance(each, Traceback)]
        what = "; ".join(f"{stack.exc_type}: {stack.exc_value}" for stack in told)
        self._handle_exception(RuntimeError(what or "the terminal cannot be read"))

    def say_fault(self, error: BaseException) -> str:
        """Says that something has a fault, where the rest goes on, and keeps the details; what was said."""
        if self._keep_fault is not None:
            sentence = self._keep_fault(error)
        else:
            sentence = f"the program has a fault ({type(error).__name__}: {error})"
        self.say(sentence, severity="error")
        return full_stop(sentence)
