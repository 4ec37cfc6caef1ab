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

from rich.console import COLOR_SYSTEMS, RenderableType
from textual._compositor import CompositorUpdate
from textual.actions import parse
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.events import CursorPosition
from textual.screen import Screen
from textual.widgets import Input
from textual.worker import WorkerFailed

from studytui.errors import StudytuiError, full_stop
from studytui.restricted import is_restricted
from studytui.session.workspace import Opening, Workspace
from studytui.study.notes.card import Template
from studytui.text.characters import printable
from studytui.text.document import Document
from studytui.text.token import AnnotatedDocument
from studytui.tui.changed_cells import Wire
from studytui.tui.clipboard import through
from studytui.tui.hangup import Hangup, can_be_continued, stop_is_ignored
from studytui.tui.host import AsksPlacement, CollectionChanged, Host, KeepsPlace, OnProgress
from studytui.tui.themes import is_light, usual_theme
from studytui.tui.widgets.key_groups import LEARN, PROGRAM

if TYPE_CHECKING:
    from studytui.session.study_session import StudySession
    from studytui.study.phrases.ranking import KeyPhrase
    from studytui.tui.screens.import_dialog import Look

AT_ONCE = 400
"""Characters that reach a terminal in one piece: longer frames are marked, so that none is shown half."""

ANSWERED_WITHIN = 5.0
"""Seconds to wait for a terminal to say that it has drawn a frame."""

REACTION = 0.2
"""Seconds in which nobody reacts to what is drawn: keys that come sooner were typed ahead."""

LOOK_EVERY = 2.0
"""Seconds between two looks whether the terminal is still there: it may be closed without a signal."""

UNDO_LISTED = 30
"""Acts that are listed as what can be undone."""

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
        self._terminal_answers = False
        self._unseen: list[Callable[[], None]] = []
        """What waits for the terminal to say that it has drawn a frame, the oldest first."""
        self._write_notes = write_notes
        self._look = look
        self.start = start or Start()
        self.notices: tuple[str, ...] = ()
        """What the learner should hear once, at the start."""
        self.fault: BaseException | None = None
        """What ended the application, if it was a fault of its own."""
        self.not_kept: str | None = None
        """Why the place in a text could not be kept on the way out, in a sentence."""
        terminal = os.environ.get("TERM", "")
        self._wire = Wire(wide=self.is_wide, erases=not terminal.startswith("screen") or "TMUX" in os.environ)

    def on_mount(self) -> None:
        """Opens the first screen."""
        config = self.collection.config
        self.when_drawn(gc.enable)
        self._heed_signals()
        self._ask_width()
        self.app_resume_signal.subscribe(self, lambda _: self._wire.forget())
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
        from studytui.tui.widgets.text_view import Place

        found = place_of_sentence(document, sentence, start)
        if found is None:
            raise StudytuiError(f"{document.title} does not have this sentence any more.")
        self.push_screen(ReaderScreen(Opening(document), visit=Place(*found)))

    def review(self, document_id: str | None = None) -> None:
        """Asks what is due, of one text or of all."""
        from studytui.session.study_session import review_session
        from studytui.tui.screens.quiz.question_screen import QuizScreen

        self.push_screen(QuizScreen(lambda: review_session(self.workspace, document_id, self._seed())))

    def start_quiz(self, document: AnnotatedDocument, phrases: Sequence[KeyPhrase]) -> None:
        """Asks about a text's key phrases."""
        from studytui.session.quizzes import quiz_session

        limit = self.start.limit
        self._offer_quiz(
            document.document.id,
            lambda: quiz_session(self.workspace, document, phrases, limit, self._seed()),
        )

    def _quiz_at_once(self, document: Document) -> None:
        from studytui.session.quizzes import quiz_session

        def prepare() -> StudySession:
            annotated = self.workspace.annotate(document)
            phrases = self.workspace.phrases(annotated)
            return quiz_session(self.workspace, annotated, phrases, self.start.limit, self._seed())

        self._offer_quiz(document.id, prepare)

    def _offer_quiz(self, document_id: str, prepare: Callable[[], StudySession]) -> None:
        """Asks a new quiz, or first whether to go on with the one that was broken off."""
        from studytui.session.quizzes import unfinished
        from studytui.tui.screens.choice_dialog import ChoiceScreen
        from studytui.tui.screens.quiz.question_screen import QuizScreen

        broken_off = unfinished(self.workspace, document_id)
        # Who names a seed wants those very questions.
        if broken_off is None or self.start.seed is not None:
            self.push_screen(QuizScreen(prepare))
            return

        def chosen(number: int | None) -> None:
            if number == 0:
                self.resume_quiz()
            elif number is not None:
                self.push_screen(QuizScreen(prepare))
            elif len(self.screen_stack) < 2:  # it was all that was asked for
                self.exit()

        left = broken_off[1]
        questions = "question that is" if left == 1 else f"{left} questions that are"
        ways = (f"Go on with the {questions} left", "Begin a new quiz")
        self.push_screen(ChoiceScreen("A quiz on this text was broken off", ways), chosen)

    def resume_quiz(self) -> None:
        """Goes on with the quiz that was broken off."""
        from studytui.session.quizzes import resumed_session, unfinished
        from studytui.tui.screens.quiz.question_screen import QuizScreen

        broken_off = unfinished(self.workspace)
        if broken_off is None:
            self.say("No quiz was broken off.")
            return
        quiz = broken_off[0]
        self.push_screen(QuizScreen(lambda: resumed_session(self.workspace, quiz)))

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

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every action of this place, as its key declares it, and Textual's own."""
        active = {each.binding.action: each for each in screen.active_bindings.values()}
        places = [(each.binding, each.node, each.enabled) for each in active.values()]
        # While something is typed no key of the screen is active; here its actions are found all the same.
        places += [
            (binding, screen, True)
            for binding in screen.BINDINGS
            if isinstance(binding, Binding) and binding.action not in active
        ]
        seen = {"suspend_process"}  # chosen from a list, it would be a surprise
        for binding, node, enabled in places:
            name, parameters = parse(binding.action)[1:]
            if not enabled or not binding.id or not binding.description or binding.action in seen:
                continue
            if node is screen and not screen.check_action(name, parameters):
                continue
            seen.add(binding.action)
            what = f"{binding.tooltip or binding.description} ({self.get_key_display(binding)})"
            yield SystemCommand(binding.description, what, partial(self.run_action, binding.action, node))
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
        from studytui.tui.screens.choice_dialog import ChoiceScreen

        acts = self.collection.changes.undoable(UNDO_LISTED)
        if not acts:
            self.say("There is nothing to undo.")
            return

        def chosen(number: int | None) -> None:
            if number is None:
                return
            with self.telling():
                told = self.collection.changes.take_back(acts[number])
                self._changed()
                self.say(told or "That counts no more.")

        rows = [f"{act.at.astimezone():%d %b %H:%M}  {act.told}" for act in acts]
        self.push_screen(
            ChoiceScreen("What can be undone", rows, keys="Enter undoes it, Esc cancels"), chosen
        )

    def action_welcome(self) -> None:
        """Asks for level, characters and pinyin, and opens a text with prompts, as at the first start."""
        from studytui.tui.screens.first_run.welcome import welcome

        welcome(self)

    def action_toggle_help(self) -> None:
        """Shows the keys of this place."""
        from studytui.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    # -- drawing ------------------------------------------------------------------------------------------

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Sends a frame as what has changed since the last one; other renderables go Textual's way."""
        if self._undrawn is not None and not self._batch_count:
            waiting, self._undrawn = self._undrawn, None
            for then in waiting:
                screen.call_after_refresh(then)  # and after what its widgets draw once they know their size
        driver = self._driver
        sent = None
        if isinstance(renderable, CompositorUpdate) and driver is not None and not driver.is_inline:
            if not (self._running and not self._closed and not self.is_headless) or self._batch_count:
                self.post_display_hook()
                return
            colours = COLOR_SYSTEMS[self.console.color_system or "standard"]
            sent = self._wire.sequence(renderable, colours, self.size)
        if sent is None or driver is None:
            super()._display(screen, renderable)
            return
        cursor = self.screen.outer_size.clamp_offset(self.cursor_position)
        if isinstance(self.focused, Input):  # where an input method shows what is being typed
            sent += f"\x1b[{cursor.y + 1};{cursor.x + 1}H"
        if sent:
            whole = len(sent) > AT_ONCE
            if whole:
                self._begin_update()
            driver.write(sent)
            if whole:
                self._end_update()
            driver.flush()
        self.post_display_hook()

    def _ask_width(self) -> None:
        """Asks the terminal how wide it draws a quotation mark; one that does not answer draws one cell."""
        if self._driver is None or self.is_headless:
            return
        if self.collection.config.ambiguous_width:
            self._driver.write("\x1b[6n")  # only whether it answers
            self._driver.flush()
            return
        self._driver.write("\x1b[1;1H“\x1b[6n\x1b[1;1H  ")
        self._driver.flush()

    def when_seen(self, then: Callable[[], None]) -> None:
        """Calls once what was drawn so far stands on the learner's terminal.

        What a terminal answers stands in line with what is typed: keys before the answer were pressed before
        the frame was drawn. A terminal that answers nothing is believed to show what was sent to it, and
        what comes faster than anyone reacts was typed or pasted before.
        """
        if self._driver is None or self.is_headless:
            then()
            return
        if not self._terminal_answers:
            self.set_timer(REACTION, then)
            return
        self._unseen.append(then)
        here = self.screen.outer_size.clamp_offset(self.cursor_position)
        # Asked from the last line, where no answer is taken for that about the width of a quotation mark.
        self._driver.write(f"\x1b[{self.size.height};1H\x1b[6n\x1b[{here.y + 1};{here.x + 1}H")
        self._driver.flush()
        self.set_timer(ANSWERED_WITHIN, partial(self._seen, then))

    def _seen(self, then: Callable[[], None]) -> None:
        if then in self._unseen:
            self._unseen.remove(then)
            then()

    def on_cursor_position(self, event: CursorPosition) -> None:
        """The terminal's answer: where the cursor stands, behind the quotation mark or in the last line."""
        self._terminal_answers = True
        if event.y > 0 and self._unseen:
            self._seen(self._unseen[0])
        if event.y != 0 or event.x not in (1, 2) or self.collection.config.ambiguous_width:
            return
        self._wire.narrow = event.x == 1
        if self.is_wide != (event.x == 2):
            self.is_wide = self._wire.wide = event.x == 2
            self.action_redraw()
            from studytui.tui.widgets.text_view import TextView

            for view in self.screen.query(TextView):
                view.set_wide(self.is_wide)

    def copy_to_clipboard(self, text: str) -> None:
        """Copies to the clipboard of the learner's terminal, also through SSH, tmux and screen (OSC 52)."""
        text = printable(text)
        super().copy_to_clipboard(text)
        if self._driver is not None:
            self._driver.write(through(os.environ, text))

    def on_unmount(self) -> None:
        """Clears the screen: a terminal that has but one (GNU screen, the Linux console) would keep it."""
        if self._driver is not None and not self.is_headless and not self._driver.is_inline:
            self._driver.write("\x1b[H\x1b[2J")

    def action_redraw(self) -> None:
        """Sends the whole screen again: something else has written on it."""
        self._wire.forget()
        self.refresh()
        self.screen.refresh()

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
