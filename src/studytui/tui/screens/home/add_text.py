"""Adds texts to the library: by path, from a folder, or by pasting; what cleaning did is shown before."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea
from textual.worker import get_current_worker

from studytui.errors import StudytuiError, UsageError
from studytui.restricted import is_own
from studytui.session.adding import TextPreview, add_text, pasted, previewed, previews_of
from studytui.session.library import Stopped, TextFigures, counts_of_document, figures_of
from studytui.text.characters import printable_line
from studytui.text.document import Document, LinesChoice, Source
from studytui.text.source.formats.recognise import TEXT_ENDINGS
from studytui.text.source.source import load
from studytui.tui.screens.typed_path import Paths, typed_name, working_folder
from studytui.tui.widgets.key_bar import KeyBar
from studytui.tui.widgets.key_groups import PROGRAM
from studytui.tui.widgets.wrapped_text import WrappedText
from studytui.wording import hsk_name, many, share_span

if TYPE_CHECKING:
    from studytui.tui.host import Host

_SHOWN = 3000
"""Characters of a text that are shown before it is kept: enough to see what became of its lines."""
_LINES: dict[LinesChoice, str] = {
    "auto": "joined where they look wrapped",
    "keep": "as they are",
    "join": "joined to paragraphs",
}


def file_named(text: str) -> str | None:
    """The path that a text is, if it is one line that names a file: terminals paste what is dropped."""
    line = text.strip().strip("'\"")
    if not line or "\n" in line or len(line) > 4096:
        return None
    try:
        return line if is_own(line) and Path(line).expanduser().exists() else None
    except (OSError, RuntimeError, ValueError):
        return None


def suits_told(found: TextFigures) -> str:
    """How a text suits the learner, in a sentence."""
    level = f"About {hsk_name(found.level)}; you" if found.level is not None else "You"
    known = f"know {share_span(found.low, found.high)} % of its words"
    return f"{level} {known}; {many(found.new, 'new word')}."


class Pasted(Message):
    """A text came at once."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class PathInput(Input):
    """Takes the name of a file or folder; a text that is pasted into it is one to be added."""

    def _on_paste(self, event: events.Paste) -> None:
        line = event.text.strip()
        if (name := file_named(line)) is not None and name.startswith(("/", "~")):
            event.stop()
            event.prevent_default()
            self.value = name  # and not behind the folder that stands here already
        elif "\n" in line or len(line) > 400:
            event.stop()
            event.prevent_default()
            self.post_message(Pasted(event.text))


class PasteArea(TextArea):
    """Takes a text that is typed; one that is pasted is looked at, however long it is, and not drawn here."""

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.post_message(Pasted(self.text + event.text))


class AddTextScreen(Screen[list[str] | None]):
    """Returns the ids of the texts that were added; None if none was."""

    app: Host

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "add", "Add", key_display="Enter", id="add.add", tooltip="Keep it in the library"),
        Binding("W", "lines", "Lines", id="add.lines", tooltip="Keep its lines, join them, or as they look"),
        Binding(
            "ctrl+s",
            "look",
            "Look at it",
            key_display="Ctrl+S",
            id="add.look",
            tooltip="Look at what was typed",
        ),
        Binding("escape", "leave", "Back", key_display="Esc", id="add.leave"),
        Binding("question_mark", "app.toggle_help", "Help", key_display="?", id="app.help", group=PROGRAM),
    ]
    DEFAULT_CSS = """
    AddTextScreen #add-header { height: 1; padding: 0 1; background: $panel; text-wrap: nowrap; }
    AddTextScreen #add-ask { height: 1fr; padding: 1 1 0 1; }
    AddTextScreen .label { height: auto; color: $text-muted; padding: 0 1; }
    AddTextScreen #add-path { margin: 0 0 1 0; }
    AddTextScreen #add-paste { height: 1fr; min-height: 4; border: tall $border-blurred; }
    AddTextScreen #add-paste:focus { border: tall $border; }
    AddTextScreen #add-preview { height: 1fr; display: none; padding: 1 1 0 1; }
    AddTextScreen.-looked #add-preview { display: block; }
    AddTextScreen.-looked #add-ask { display: none; }
    AddTextScreen #add-said { height: auto; padding: 0 1 1 1; }
    AddTextScreen #add-text {
        height: 1fr;
        border: round $foreground 25%;
        padding: 0 1;
        scrollbar-size-vertical: 1;
    }
    """

    class Looked(Message):
        """A text was read and cleaned."""

        def __init__(self, preview: TextPreview) -> None:
            super().__init__()
            self.preview = preview

    class Counted(Message):
        """How the text that was looked at suits the learner."""

        def __init__(self, document: Document, figures: TextFigures) -> None:
            super().__init__()
            self.document = document
            self.figures = figures

    class FolderLooked(Message):
        """A folder was gone through."""

        def __init__(self, found: list[TextPreview], failed: list[str]) -> None:
            super().__init__()
            self.found = found
            self.failed = failed

    class Failed(Message):
        """It could not be done."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    def __init__(self, given: str | None = None) -> None:
        """`given` is what was pasted before: a text, or the name of a file."""
        super().__init__()
        self._given = given
        self._previews: list[TextPreview] = []
        self._failed: list[str] = []
        self._folder = False
        self._busy = False
        self._warned = False
        """Whether the learner heard that Esc drops what was typed."""

    def compose(self) -> ComposeResult:
        """First what is to be added is asked for, then it is shown."""
        yield Static(id="add-header", markup=False)
        with Vertical(id="add-ask"):
            yield Static(
                "A file, or a folder with all that is in it; → completes a name",
                classes="label",
                markup=False,
            )
            yield PathInput(
                f"{working_folder()}/", id="add-path", select_on_focus=False, suggester=Paths(TEXT_ENDINGS)
            )
            yield Static("or paste a text, or type it here and press Ctrl+S", classes="label", markup=False)
            yield PasteArea(id="add-paste", soft_wrap=True, tab_behavior="focus")
        with Vertical(id="add-preview"):
            yield WrappedText(id="add-said")
            with VerticalScroll(id="add-text") as scroll:
                scroll.can_focus = True
                yield WrappedText(id="add-passage")
        yield KeyBar()

    def on_mount(self) -> None:
        """Asks, or looks at once at what is there."""
        self.query_one("#add-path", Input).cursor_blink = False
        self.query_one("#add-paste", TextArea).cursor_blink = False
        self._ask()
        if self._given is not None:
            self._take(self._given)

    def _ask(self) -> None:
        self.remove_class("-looked")
        self._previews, self._failed = [], []
        self.query_one("#add-header", Static).update(Content.styled("Add a text", "bold"))
        self.query_one("#add-path").focus()
        self.query_one(KeyBar).offer(("add.look", "add.leave"))
        self.refresh_bindings()

    def _take(self, text: str) -> None:
        name = file_named(text)
        if name is not None:
            self._look_at(name)
        else:
            self._look_at_text(text)

    @on(Pasted)
    def _pasted(self, event: Pasted) -> None:
        event.stop()
        self._take(event.text)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self._look_at(event.value.strip())

    def action_look(self) -> None:
        """Looks at what was typed."""
        typed = self.query_one("#add-paste", TextArea).text
        if self.focused is self.query_one("#add-path"):
            self._look_at(self.query_one("#add-path", Input).value.strip())
        elif typed.strip():
            self._look_at_text(typed)

    # -- looking, off the screen's thread -----------------------------------------------------------------

    def _wait(self, what: str) -> bool:
        if self._busy:
            return False
        self._busy = True
        self.query_one("#add-header", Static).update(
            Content.assemble(
                Content.styled("Add a text", "bold"), Content.styled(f"   reading {what} …", "dim")
            )
        )
        return True

    def _look_at(self, name: str) -> None:
        if self._wait(name):
            self._read(name)

    def _look_at_text(self, text: str) -> None:
        if self._wait(f"{len(text):,} characters"):
            self._read_text(text)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _read(self, name: str) -> None:
        workspace = self.app.workspace
        try:
            name = typed_name(name)
            path = Path(name).expanduser()
            if "://" not in name and is_own(path) and not os.path.lexists(path):
                raise UsageError(f"There is no file or folder {printable_line(name)}.")
            if not path.is_dir():
                self._looked_at(previewed(workspace, load(name)))
                return
            found: list[TextPreview] = []
            failed: list[str] = []
            worker = get_current_worker()
            for each in previews_of(workspace, path):
                if worker.is_cancelled:
                    return
                if isinstance(each, StudytuiError):
                    failed.append(str(each))
                else:
                    found.append(each)
            self.post_message(self.FolderLooked(found, failed))
        except StudytuiError as error:
            self.post_message(self.Failed(str(error)))
        except (OSError, RuntimeError, ValueError):
            self.post_message(self.Failed(f"{name} is no file or folder that can be read."))

    def _looked_at(self, preview: TextPreview) -> None:
        """Tells what cleaning did, and once that is counted how the text suits the learner."""
        self.post_message(self.Looked(preview))
        worker, workspace = get_current_worker(), self.app.workspace
        with suppress(Stopped):
            counts = counts_of_document(workspace, preview.document, lambda: worker.is_cancelled)
            self.post_message(self.Counted(preview.document, figures_of(workspace, None, counts)))

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _read_text(self, text: str) -> None:
        try:
            self._looked_at(previewed(self.app.workspace, pasted(text)))
        except StudytuiError as error:
            self.post_message(self.Failed(str(error)))

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _clean_again(self, source: Source, lines: LinesChoice) -> None:
        try:
            self._looked_at(previewed(self.app.workspace, source, lines))
        except StudytuiError as error:
            self.post_message(self.Failed(str(error)))

    @on(Failed)
    def _take_failure(self, event: Failed) -> None:
        self._busy = False
        if self.is_attached:
            self._ask()
            self.app.say(event.sentence, severity="error")

    @on(Looked)
    def _take_preview(self, event: Looked) -> None:
        self._previews, self._failed, self._folder = [event.preview], [], False
        preview = event.preview
        shown, left = [], _SHOWN
        for row in preview.rows:
            if left <= 0:
                shown.append(Content.styled("…", "dim"))
                break
            shown.append(Content(row[:left]))
            left -= len(row)
        self._show(preview.document.title, self._said_of(preview, None), shown)

    def _said_of(self, preview: TextPreview, found: TextFigures | None) -> list[Content]:
        choices = [
            Content.styled(choice, "bold reverse" if choice == preview.lines else "dim") for choice in _LINES
        ]
        lines = Content.assemble(
            Content.styled("Lines  ", "dim"),
            Content("  ").join(choices),
            Content.styled(f"   {_LINES[preview.lines]}", "dim"),
        )
        suits = "Counting its words …" if found is None else suits_told(found)
        return [Content(preview.cleaning), Content(suits), lines]

    @on(Counted)
    def _take_figures(self, event: Counted) -> None:
        if self.is_attached and self._previews and self._previews[0].document is event.document:
            self.query_one("#add-said", WrappedText).show(self._said_of(self._previews[0], event.figures))

    @on(FolderLooked)
    def _take_folder(self, event: FolderLooked) -> None:
        self._previews, self._failed, self._folder = event.found, event.failed, True
        fresh = [preview for preview in event.found if not preview.known]
        said = [Content(f"{many(len(fresh), 'text')} to add.")]
        if len(fresh) < len(event.found):
            said.append(Content(f"{many(len(event.found) - len(fresh), 'text')} already in your library."))
        if event.failed:
            said.append(Content(f"{many(len(event.failed), 'file')} cannot be read, as is said below."))
        rows = [
            Content.assemble(
                Content.styled(preview.document.title, "bold" if not preview.known else "dim"),
                Content.styled(f"   {preview.cleaning}", "dim"),
            )
            for preview in event.found
        ]
        rows += [Content.styled(sentence, "$text-warning") for sentence in event.failed]
        self._show(many(len(event.found), "text"), said, rows)

    def _show(self, title: str, said: list[Content], shown: list[Content]) -> None:
        self._busy = False
        if not self.is_attached:
            return
        self.add_class("-looked")
        self.query_one("#add-header", Static).update(
            Content.assemble(Content.styled("Add a text", "bold"), "   ", Content(title))
        )
        self.query_one("#add-said", WrappedText).show(said)
        self.query_one("#add-passage", WrappedText).show(shown)
        scroll = self.query_one("#add-text")
        scroll.scroll_home(animate=False)
        scroll.focus()
        self.query_one(KeyBar).offer(("add.add", "add.lines", "add.leave", "app.help"))
        self.refresh_bindings()

    # -- what was looked at -------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to add only once it was looked at."""
        looked = self.has_class("-looked")
        if action == "lines":
            return looked and not self._folder
        return looked if action == "add" else not looked if action == "look" else True

    def action_lines(self) -> None:
        """Keeps the lines of the text, joins them, or leaves it to the program again."""
        order: tuple[LinesChoice, ...] = ("auto", "keep", "join")
        preview = self._previews[0]
        if self._wait(preview.document.title):
            self._clean_again(preview.source, order[(order.index(preview.lines) + 1) % len(order)])

    def action_add(self) -> None:
        """Keeps what was looked at."""
        if self._busy:
            return
        fresh = (
            [preview for preview in self._previews if not preview.known] if self._folder else self._previews
        )
        if not fresh:
            self.app.say("Everything here is already in your library.")
            return
        added: list[str] = []
        with self.app.telling():
            for preview in fresh:
                add_text(self.app.workspace, preview)
                added.append(preview.document.id)
        if added:
            self.dismiss(added)

    def action_leave(self) -> None:
        """From what was looked at back to the question; from there out."""
        if self.has_class("-looked") and self._given is None:
            self._ask()
        elif self.query_one("#add-paste", TextArea).text.strip() and not self._warned:
            self._warned = True
            self.app.say("What you typed is not kept: Ctrl+S looks at it, Esc once more drops it.", "warning")
        else:
            self.workers.cancel_node(self)
            self.dismiss(None)

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self._warned = False
