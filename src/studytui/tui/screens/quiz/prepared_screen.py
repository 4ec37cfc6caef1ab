"""A screen whose session is prepared in the background, and which says meanwhile how far that is."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual import on, work
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from studytui.errors import StudytuiError
from studytui.tui.screens.quiz.question_keys import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studytui.session.asking.study_session import StudySession
    from studytui.tui.host import Host

TELL_EVERY = 0.25
"""Seconds between two looks at how far the preparation is."""


class PreparedScreen(Screen[None]):
    """Waits for its session; then it asks, or says why it cannot."""

    app: Host

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

    @abstractmethod
    def ask(self) -> None:
        """Asks the first question, or the next one."""

    @abstractmethod
    def end(self, lines: Sequence[Content], told: str = "") -> None:
        """Says that there is nothing more to ask: `told`, and the lines, or why there are no questions."""

    @abstractmethod
    def show(self, name: str, lines: Sequence[Content]) -> None:
        """Shows lines in one of the screen's parts."""

    @property
    def _session(self) -> StudySession:
        """The session, once it is prepared.

        Raises:
            RuntimeError: it is not: no stage but the first is without it.
        """
        if self.session is None:
            raise RuntimeError("the session is not prepared yet")
        return self.session

    def prepare(self) -> None:
        """Begins the preparation."""
        self.show("kind", [Content("Preparing the questions…")])
        self._telling = self.set_interval(TELL_EVERY, self._tell_progress)
        self.app.when_drawn(self._prepare_session)

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
        self.show("kind", [Content(f"Preparing the questions… {told}")])

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
        self.end([Content(message.sentence)])

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        """A fault in the preparation is said; the rest of the program goes on."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.end([Content(self.app.say_fault(event.worker.error))])

    @on(Ready)
    def _begin(self) -> None:
        self.ask()
