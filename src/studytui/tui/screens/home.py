"""The home screen: the learner's texts and the bundled decks, with what is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from studytui.session.quizzes import unfinished
from studytui.session.workspace import when_read
from studytui.study.scheduling.queue import DueCount
from studytui.text.source.source import bundled
from studytui.tui.widgets.key_bar import KeyBar
from studytui.tui.widgets.row_list import RowList
from studytui.wording import hsk_name

if TYPE_CHECKING:
    from studytui.store.state.records import TextRecord
    from studytui.text.source.source import Deck
    from studytui.tui.host import Host


@dataclass(frozen=True, slots=True)
class _Row:
    """A text that can be opened."""

    id: str
    """Of its row: the document's id, or a deck's name. A name for people would be no key: two texts may
    bear one."""
    title: str
    level: str
    summary: str
    text: TextRecord | None
    """The text, if it was opened before."""
    deck: Deck | None = None
    """The deck, where it is one."""


def _due_of(counts: Mapping[str, DueCount], row: _Row) -> int:
    count = counts.get(row.text.id) if row.text is not None else None
    return count.total if count is not None else 0


def _tail(name: str) -> str:
    """The end of a path, which tells more than its beginning."""
    return f"…{name[-28:]}" if len(name) > 29 else name


def _apart(text: TextRecord) -> str:
    """What tells a text from another one of its name; the commands take the id."""
    return f"{text.id}  {when_read(text)}"


class HomeScreen(Screen[None]):
    """Where a session begins."""

    app: Host

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "review", "Review", id="home.review", tooltip="Review what is due, of all texts"),
        Binding(
            "R", "review_text", "Review text", show=False, id="home.review-text", tooltip="Review this text's"
        ),
        Binding("t", "quiz", "Go on", show=False, id="home.quiz", tooltip="Go on with the quiz broken off"),
        Binding("l", "level", "Level", id="home.level", tooltip="Say which words you know already"),
        Binding("s", "stats", "Stats", id="home.stats", tooltip="See how it is going"),
        Binding(
            "i",
            "bring",
            "Import",
            id="home.import",
            tooltip="Bring in what you know elsewhere",
        ),
        Binding("e", "export", "Export", show=False, id="home.export", tooltip="Write all notes for Anki"),
        Binding("question_mark", "app.toggle_help", "Help", key_display="?", id="app.help"),
        Binding("u", "undo", "Undo", show=False, id="home.undo", tooltip="Take back the last thing done"),
        Binding("q,escape", "app.quit", "Quit", id="home.quit"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[_Row] = []
        self._quiz_left = 0

    def compose(self) -> ComposeResult:
        """What is due, the texts, the keys."""
        yield Static(id="home-header", markup=False)
        yield RowList(id="home-list")
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Counts again: the learner comes back from a text or a session."""
        with self.app.telling():
            self.app.collection.refresh()
        self.app.warn()
        self._fill()

    def on_resize(self) -> None:
        """Fits the columns to the width."""
        self._fill()

    def _fill(self) -> None:
        collection = self.app.collection
        counts = collection.due_counts()
        texts = collection.texts()
        # Of what was read as a deck, the last is the deck as it is now; the texts come the last first.
        of_decks = {text.name: text for text in reversed(texts)}
        decks = [
            _Row(deck.name, deck.title, hsk_name(deck.level), deck.summary, of_decks.get(deck.name), deck)
            for deck in bundled()
        ]
        in_decks = {row.text.id for row in decks if row.text is not None}
        named = [(text, (text.title, _tail(text.name))) for text in texts if text.id not in in_decks]
        alike = Counter(name for _, name in named)
        own = [
            _Row(text.id, text.title, "", name[1] if alike[name] == 1 else _apart(text), text)
            for text, name in named
        ]
        self._rows = [*own, *decks]
        broken_off = unfinished(self.app.workspace)
        self._quiz_left = broken_off[1] if broken_off is not None else 0
        due = counts[""].total
        self.query_one("#home-header", Static).update(
            Content.assemble(
                Content.styled("studytui", "bold"),
                "  ",
                self._greeting(due),
            )
        )
        width = max(20, self.size.width - 2)
        listed: list[Option] = []
        for heading, rows in (("Your texts", own), ("Texts to begin with", decks)):
            if rows:
                listed.append(Option(Content.styled(heading, "dim"), disabled=True))
                listed += [Option(self._line(row, _due_of(counts, row), width), id=row.id) for row in rows]
        options = self.query_one("#home-list", RowList)
        highlighted = options.highlighted
        options.clear_options()
        options.add_options(listed)
        options.highlighted = min(highlighted or 1, len(listed) - 1)
        options.focus()

    def _greeting(self, due: int) -> Content:
        told = [f"{due} due: press r"] if due else []
        if self._quiz_left:
            told.append(f"a quiz was broken off, {self._quiz_left} to go: press t")
        if told:
            return Content.styled("; ".join(told), "bold $text-warning")
        if self.app.collection.is_fresh:
            return Content.styled("new here? press l and say which words you know", "bold $text-warning")
        return Content.styled("nothing is due; open a text", "dim")

    def _line(self, row: _Row, due: int, width: int) -> Content:
        tail = f"{due} due" if due else ""
        title_width = min(34, max(12, width // 2 - 4))
        room = width - title_width - 9 - len(tail) - 2
        summary = (
            row.summary
            if cell_len(row.summary) <= room
            else set_cell_size(row.summary, max(0, room - 1)) + "…"
        )
        return Content.assemble(
            Content.styled(set_cell_size(row.title, title_width), "bold"),
            Content(f" {row.level:<8}"),
            Content.styled(set_cell_size(summary, max(0, room)), "dim"),
            Content.styled(f" {tail}", "bold $text-warning"),
        )

    def _row(self) -> _Row | None:
        option = self.query_one("#home-list", RowList).highlighted_option
        return next((row for row in self._rows if option is not None and row.id == option.id), None)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Reads the text under the cursor."""
        row = self._row()
        if row is None:
            return
        workspace = self.app.workspace
        with self.app.telling():
            if row.deck is not None:
                self.app.read(workspace.begin_deck(row.deck))
            elif row.text is not None:
                self.app.read(workspace.open_again(row.text))

    def action_review(self) -> None:
        """Reviews what is due."""
        self.app.review()

    def action_review_text(self) -> None:
        """Reviews what is due of the text under the cursor."""
        row = self._row()
        if row is None or row.text is None:
            self.app.say("Nothing of this text is in your notes yet.")
            return
        self.app.review(row.text.id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A quiz can be gone on with where one was broken off."""
        return bool(self._quiz_left) if action == "quiz" else True

    def action_quiz(self) -> None:
        """Goes on with the quiz that was broken off."""
        self.app.resume_quiz()

    def action_level(self) -> None:
        """Asks which words the learner knows already."""
        self.app.ask_level(self._fill)

    def action_stats(self) -> None:
        """Shows the statistics."""
        from studytui.tui.screens.statistics_screen import StatsScreen

        self.app.push_screen(StatsScreen())

    def action_bring(self) -> None:
        """Brings in what is known elsewhere."""
        self.app.bring(self._fill)

    def action_export(self) -> None:
        """Writes all notes."""
        self.app.export()

    def action_undo(self) -> None:
        """Takes back the last thing that was done."""
        with self.app.telling():
            self.app.undo()
        self._fill()
