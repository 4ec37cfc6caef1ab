"""Asks for an Anki package or a word list, tells what is in it, and brings it in once the learner agrees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, ProgressBar, Static

from studytui.errors import StudytuiError
from studytui.text.characters import is_han
from studytui.tui.screens.dialog import Dialog
from studytui.tui.screens.typed_path import Paths, typed_path, working_folder

if TYPE_CHECKING:
    from studytui.tui.host import Host


@dataclass(frozen=True, slots=True)
class Report:
    """What a package or list holds. Nothing has been changed."""

    lines: tuple[str, ...]
    """What is in it, for the learner."""
    conclusion: str
    """What would change."""
    bring: Callable[[], str] | None
    """Changes it, and says in a sentence what was done; None where there is nothing new."""
    listed: bool
    """Whether it is a list, which does not say how well its words are known."""


ListStanding = Literal["known", "learning"]
Look = Callable[[Path | str, ListStanding, Callable[[int, int], None]], Report]
"""Reads a file, or a text that was pasted; the words of a list are taken to stand so.

Tells how many notes are read, of how many.
"""

KINDS = (".apkg", ".colpkg", ".csv", ".tsv", ".txt")
"""Endings of the files that are suggested; any other can be named."""
ASKS = (
    "An Anki package (.apkg, .colpkg) or a word list (.csv, .tsv, .txt); → completes a name. "
    "Words can also be pasted here. All is only looked at first."
)


class PastedWords(Message):
    """A list came at once, and no name of a file."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class ImportInput(Input):
    """Takes the name of a file; words that are pasted into it are a list."""

    def _on_paste(self, event: events.Paste) -> None:
        if is_list(event.text):
            event.stop()
            event.prevent_default()
            self.post_message(PastedWords(event.text))


def is_list(text: str) -> bool:
    """Whether words were pasted, and no name of a file, which may be Chinese too."""
    line = text.strip().strip("'\"")
    named = line.startswith(("/", "~", "./", "../")) or line.lower().endswith(KINDS)
    return len(line.splitlines()) > 1 or (not named and any(map(is_han, line)))


_AROUND = 10
"""Rows of the box and of all that stands in it but the report."""


class BringScreen(Dialog[str | None]):
    """Returns the sentence that says what was brought in; None if nothing was."""

    app: Host

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "agree", "Bring in", id="import.agree"),
        Binding("m", "standing", "Known or learning", id="import.standing"),
        Binding("escape", "leave", "Back", id="import.leave"),
    ]
    DEFAULT_CSS = """
    BringScreen > Vertical { width: 76; padding: 0 2; }
    BringScreen VerticalScroll { height: auto; }
    BringScreen Static { width: 100%; height: auto; color: $text-muted; }
    BringScreen.-report Static { color: $text; }
    BringScreen #import-conclusion { display: none; text-style: bold; }
    BringScreen ProgressBar { width: 100%; display: none; }
    BringScreen.-busy ProgressBar { display: block; }
    """

    @dataclass
    class Progressed(Message):
        """Some notes are read."""

        done: int
        total: int

    @dataclass
    class Looked(Message):
        """The file was read."""

        report: Report

    @dataclass
    class Brought(Message):
        """It is in the journal."""

        sentence: str

    @dataclass
    class Failed(Message):
        """It could not be done."""

        sentence: str

    def __init__(self, look: Look) -> None:
        """A question for the file; `look` reads it, in a thread."""
        super().__init__()
        self._look = look
        self._report: Report | None = None
        self._standing: ListStanding = "known"
        self._named: Path | str = ""
        self._busy = False

    def compose(self) -> ComposeResult:
        """A box in the middle with the path, and below it what is found there."""
        with Vertical() as box:
            box.border_title = "Import"
            yield ImportInput(
                f"{working_folder()}/", id="import-path", select_on_focus=False, suggester=Paths(KINDS)
            )
            with VerticalScroll(id="import-report"):
                yield Static(ASKS, id="import-said", markup=False)
            yield Static(id="import-conclusion", markup=False)
            yield ProgressBar(show_eta=False)
        self._show_keys(box)

    def on_resize(self) -> None:
        """Leaves room for the path and for what would change: a long report scrolls between them."""
        self.query_one("#import-report").styles.max_height = max(2, self.size.height - _AROUND)

    def _show_keys(self, box: Vertical) -> None:
        keys = "Esc goes back"
        if self._report is None:
            keys = f"Enter looks, {keys}"
        elif self._report.bring is not None:
            keys = f"Enter brings it in, {keys}"
        if self._report is not None and self._report.listed:
            other = "being learned" if self._standing == "known" else "known"
            keys = f"{keys}, m: as {other}"
        box.border_subtitle = keys

    def _say(self, text: str, conclusion: str = "") -> None:
        self.query_one("#import-said", Static).update(Content(text))
        last = self.query_one("#import-conclusion", Static)
        last.update(Content(conclusion))
        last.display = bool(conclusion)
        self._show_keys(self.query_one(Vertical))

    def _wait(self) -> None:
        self._busy = True
        self.add_class("-busy")
        self.query_one("#import-path", Input).disabled = True

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip() and not self._busy:
            self._named = typed_path(event.value)
            self._look_again()

    @on(PastedWords)
    def _pasted(self, event: PastedWords) -> None:
        event.stop()
        if not self._busy:
            self._named = event.text
            self._look_again()

    @on(Input.Changed)
    def _changed(self) -> None:
        if self._report is not None:
            self._report = None
            self.remove_class("-report")
            self._say(ASKS)

    def _look_again(self) -> None:
        self._wait()
        self._read(self._named, self._standing)

    @work(thread=True)
    def _read(self, named: Path | str, standing: ListStanding) -> None:
        try:
            report = self._look(named, standing, self._told)
        except StudytuiError as error:
            self.post_message(self.Failed(str(error)))
        else:
            self.post_message(self.Looked(report))

    def _told(self, done: int, total: int) -> None:
        self.post_message(self.Progressed(done, total))

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        self.query_one(ProgressBar).update(total=event.total, progress=event.done)

    @on(Looked)
    def _looked(self, event: Looked) -> None:
        self._rest()
        self._report = event.report
        self.add_class("-report")
        self._say("\n".join(event.report.lines), event.report.conclusion)
        # Enter must not mean two things: what was read stands where the path was asked for.
        self.query_one("#import-path", Input).disabled = True
        self.query_one("#import-report", VerticalScroll).focus()

    def _rest(self) -> None:
        self._busy = False
        self.remove_class("-busy")

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        self._rest()
        self._report = None
        self.remove_class("-report")
        path = self.query_one("#import-path", Input)
        path.disabled = False
        path.focus()
        self._say(event.sentence)

    def action_agree(self) -> None:
        """Brings in what was found."""
        if self._report is not None and self._report.bring is not None and not self._busy:
            self._wait()
            self._carry_out(self._report.bring)

    @work(thread=True)
    def _carry_out(self, bring: Callable[[], str]) -> None:
        try:
            sentence = bring()
        except StudytuiError as error:
            self.post_message(self.Failed(str(error)))
        else:
            self.post_message(self.Brought(sentence))

    @on(Brought)
    def _brought(self, event: Brought) -> None:
        self.dismiss(event.sentence)

    def action_standing(self) -> None:
        """Takes the words of a list as being learned, or again as known."""
        if self._report is not None and self._report.listed and not self._busy:
            self._standing = "learning" if self._standing == "known" else "known"
            self._look_again()

    def action_leave(self) -> None:
        """From the report back to the path; from there out. What is being written is written."""
        if self._busy:
            return
        if self._report is None:
            self.dismiss(None)
            return
        self._report = None
        self.remove_class("-report")
        path = self.query_one("#import-path", Input)
        path.disabled = False
        path.focus()
        self._say(ASKS)
