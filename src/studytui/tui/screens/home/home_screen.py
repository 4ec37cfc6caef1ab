"""The home screen: today's page, and the library below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.worker import get_current_worker

from studytui.session.library import (
    LibraryText,
    Stopped,
    TextFigures,
    archive,
    figures_by_and_by,
    in_order,
    library,
    text_to_go_on_with,
    with_words,
)
from studytui.session.text_titles import when_read
from studytui.session.today import TodayPage, days_to_come, today_page
from studytui.store.setting import TEXT_ORDERS, TextOrder
from studytui.tui.host import CollectionChanged
from studytui.tui.plots import MONTHS
from studytui.tui.screens.home.library_list import Groups, LibraryList, groups_of
from studytui.tui.screens.home.library_rows import alike, head, is_cut
from studytui.tui.screens.home.next_panel import NextPanel
from studytui.tui.screens.home.panels import (
    Hint,
    day_told,
    justified,
    today_frame,
    today_lines,
)
from studytui.tui.widgets.key_bar import KeyBar
from studytui.tui.widgets.key_groups import LEARN, LOOK, PROGRAM, TEXT
from studytui.tui.widgets.prompt import LineInput
from studytui.wording import hsk_name, many

if TYPE_CHECKING:
    from studytui.tui.host import Host

_WIDE = 100
"""Cells from which the two frames stand beside each other."""
_ROOMY = 72
"""Cells from which the line over the library names its keys."""
_LOOK_EVERY = 60.0
"""Seconds between two looks at what is due, while the home screen is shown."""
_ORDERS: dict[TextOrder, str] = {
    "recent": "opened last first",
    "readable": "readable first",
    "level": "by level",
    "title": "by title",
    "length": "shortest first",
    "new": "fewest new words first",
    "due": "most due first",
    "folder": "by folder",
}


class FilterInput(LineInput):
    """What the library is filtered by, as it is typed."""

    DEFAULT_CSS = "FilterInput { display: none; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,down", "screen.to_list", "To the list", key_display="Enter", id="home.filtered", group=LOOK
        ),
        Binding(
            "escape", "screen.clear_filter", "All texts", key_display="Esc", id="home.unfiltered", group=LOOK
        ),
    ]


class HomeScreen(Screen[None]):
    """Where a session begins."""

    app: Host
    AUTO_FOCUS = "#home-list"

    class Counted(Message):
        """Some texts are counted."""

        def __init__(self, figures: dict[str, TextFigures], *, done: bool) -> None:
            super().__init__()
            self.figures = figures
            self.done = done

    class Foretold(Message):
        """What comes back on the next days."""

        def __init__(self, comes: tuple[int, ...]) -> None:
            super().__init__()
            self.comes = comes

    SIGNS: ClassVar[Sequence[tuple[str, str]]] = (
        ("▂▇·", "answers on each of the last seven days"),
        ("~HSK 4", "the level that 95 % of the words are of, or below"),
        ("88-92 %", "the share of the words that you know; bold from 95 % on"),
        ("new, due", "words that are new to you; cards of the text to be asked now"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "r", "review", "Review", id="home.review", group=LEARN, tooltip="Review what is due, of all texts"
        ),
        Binding(
            "C", "go_on", "Go on", id="home.go-on", group=LOOK, tooltip="Go on in the text you were reading"
        ),
        Binding(
            "R",
            "review_text",
            "Review text",
            show=False,
            id="home.review-text",
            group=LEARN,
            tooltip="Review this text's",
        ),
        Binding(
            "t",
            "quiz",
            "Go on",
            show=False,
            id="home.quiz",
            group=LEARN,
            tooltip="Go on with the quiz broken off",
        ),
        Binding(
            "plus",
            "add",
            "Add",
            key_display="+",
            id="home.add",
            group=TEXT,
            tooltip="Add a text: a file, a folder, or what you paste",
        ),
        Binding(
            "slash",
            "filter",
            "Filter",
            key_display="/",
            id="home.filter",
            group=LOOK,
            tooltip="Filter the library as you type",
        ),
        Binding(
            "o", "order", "Order", id="home.order", group=LOOK, tooltip="Put the library in another order"
        ),
        Binding(
            "E", "rename", "Rename", show=False, id="home.rename", group=TEXT, tooltip="Rename this text"
        ),
        Binding(
            "minus",
            "archive",
            "Archive",
            show=False,
            key_display="-",
            id="home.archive",
            group=TEXT,
            tooltip="Put this text away, or back again",
        ),
        Binding(
            "D",
            "delete",
            "Delete",
            show=False,
            id="home.delete",
            group=TEXT,
            tooltip="Delete this text from the library; its notes and file stay",
        ),
        Binding(
            "e",
            "export",
            "Export",
            show=False,
            id="home.export",
            group=PROGRAM,
            tooltip="Write all notes for Anki",
        ),
        Binding(
            "escape",
            "clear_filter",
            "All texts",
            show=False,
            key_display="Esc",
            id="home.all-texts",
            group=LOOK,
        ),
        Binding("q", "app.quit", "Quit", id="home.quit", group=PROGRAM),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._texts: list[LibraryText] = []
        self.figures: dict[str, TextFigures] = {}
        """By key, of the texts that are counted."""
        self._ordered_by: dict[str, TextFigures] = {}
        """As `figures`, when all texts were counted last: rows do not change places one by one."""
        self._counted_for: tuple[object, ...] | None = None
        """What the figures hang on, as it was when they were worked out."""
        self._all_counted = False
        self._next: LibraryText | None = None
        self._page: TodayPage | None = None
        self._fitted: Size | None = None
        """The size that all of it was fitted to last."""
        self._keys_shown: dict[str, str] = {}
        """The keys by the ids of their bindings."""
        self._quiz_left = 0

    def compose(self) -> ComposeResult:
        """Today, the text to go on with, the library, the keys."""
        yield Static(id="home-header", markup=False)
        with Horizontal(id="home-top"):
            yield Static(id="home-today", markup=False)
            yield NextPanel(id="home-next")
        yield Static(id="home-library", markup=False)
        yield FilterInput(id="home-filter", placeholder="title, level, folder, what it is about, or archive")
        yield Static(id="home-columns", markup=False)
        yield LibraryList(id="home-list")
        yield Static(id="home-about", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Names the frames."""
        self.query_one("#home-today").border_title = "Today"
        self.set_interval(_LOOK_EVERY, self._look_again)

    @property
    def _list(self) -> LibraryList:
        return self.query_one("#home-list", LibraryList)

    def _look_again(self) -> None:
        """What was put off for some minutes is due meanwhile, or another day has begun."""
        if self.is_current:
            self._fill()

    @on(CollectionChanged)
    def _show_again(self) -> None:
        self._fill()

    def on_screen_resume(self) -> None:
        """Counts again: the learner comes back from a text or a session."""
        with self.app.telling():
            self.app.collection.refresh()
        self.app.warn()
        self._fill()

    def on_resize(self) -> None:
        """Fits everything to the width."""
        if self.size != self._fitted:
            self._show_top()
            self._show_list()

    # -- what is shown ------------------------------------------------------------------------------------

    def _fill(self) -> None:
        """Shows all of it as it is now, and has counted what is not counted for it."""
        collection = self.app.collection
        counts = collection.due_counts()
        self._texts = library(self.app.workspace, counts)
        self._page = today_page(collection, counts[""], self._page.comes if self._page is not None else ())
        self._show_top()
        self._show_list()
        self.app.when_drawn(self._look_for_quiz)
        hangs_on = (collection.state.horizon, collection.config.said_level, self._page.day, len(self._texts))
        if hangs_on != self._counted_for:
            self._counted_for, self._all_counted = hangs_on, False
            self.app.when_drawn(partial(self._count, list(self._texts)))

    def _look_for_quiz(self) -> None:
        """Offers to go on with a quiz that was broken off; what goes on with one is loaded for one."""
        left = 0
        if self.app.collection.locations.quiz.exists():
            from studytui.session.asking.quizzes import unfinished

            broken_off = unfinished(self.app.workspace)
            left = broken_off[1] if broken_off is not None else 0
        if left != self._quiz_left and self.is_attached:
            self._quiz_left = left
            self._show_top()

    def _hint(self, name: str, what: str, *, first: bool = False) -> Hint:
        """A key by its binding: the learner may have put it elsewhere."""
        return Hint(self._keys_shown.get(name, ""), what, first)

    def _look_at_keys(self) -> None:
        """Takes in which keys there are, unless in a field, in which letters are no keys."""
        if not isinstance(self.focused, Input):
            found: dict[str, str] = {}
            for each in self.active_bindings.values():
                found.setdefault(each.binding.id or "", self.app.get_key_display(each.binding))
            self._keys_shown = found

    def _show_top(self) -> None:
        collection, page, wide = self.app.collection, self._page, self.size.width >= _WIDE
        if page is None:
            return
        self._look_at_keys()
        self._next = text_to_go_on_with(
            self.app.workspace, self._texts, self.figures if self._all_counted else {}
        )
        level = self.app.workspace.level
        asked = collection.has_settings or collection.state.placements  # who has no level yet has said so
        told = hsk_name(level) if level else "" if asked else "level not said"
        self.query_one("#home-header", Static).update(
            justified(
                Content.styled("studytui", "bold"),
                Content.styled(f"{day_told(page.day, MONTHS)}   {told}", "dim"),
                max(1, self.size.width - 2),
            )
        )
        due = bool(page.due.total)
        hints = [self._hint("home.review", "Review", first=True)] if due else []
        if self._quiz_left:
            hints.append(self._hint("home.quiz", f"Quiz, {self._quiz_left} left"))
        if collection.is_fresh and not asked:
            hints.append(self._hint("app.level", "Say what you know", first=True))
        width = self.size.width // 2 - 6 if wide else self.size.width - 2
        today = today_frame if wide else today_lines
        self.query_one("#home-today", Static).update(Content("\n").join(today(page, hints, max(8, width))))
        begun = self._next is not None and self._next.place is not None
        self.query_one("#home-next", NextPanel).show(
            self._next,
            self.figures.get(self._next.key) if self._next is not None else None,
            self._hint("home.go-on", "Go on" if begun else "Begin", first=not due),
            max(8, self.size.width - self.size.width // 2 - 6 if wide else width),
            wide=wide,
        )
        self._offer_keys(due=due)

    def _offer_keys(self, *, due: bool) -> None:
        if isinstance(self.focused, Input):
            self.query_one(KeyBar).offer(("home.filtered", "home.unfiltered"))
            return
        self.query_one(KeyBar).offer(
            (
                *(["home.review", "home.go-on"] if due else ["home.go-on"]),
                *(["list.open", "home.quit"] if self.size.width >= _ROOMY else ["home.quit", "home.add"]),
                *([] if self.size.width >= _ROOMY else ["list.open", "home.filter", "home.order"]),
                "app.words",
                "app.stats",
                "app.level",
                "app.import",
                "app.settings",
                "app.help",
            )
        )

    def _listed(self) -> Groups:
        query = self.query_one("#home-filter", Input).value
        texts = in_order(with_words(self._texts, self.figures, query), self._ordered_by, self._order)
        return groups_of(texts, self._order, archive=bool(query))

    def _show_list(self) -> None:
        self._fitted = self.size
        width = max(20, self.size.width - 4)
        groups = self._listed()
        shown = sum(len(rows) for _, rows in groups)
        archived = sum(text.part == "archive" for text in self._texts)
        aside = (
            f", {archived} archived" if archived and not self.query_one("#home-filter", Input).value else ""
        )
        said = f"   {many(shown, 'text')}, {_ORDERS[self._order]}{aside}"
        left = Content.assemble(Content.styled("Library", "bold"), Content.styled(said, "dim"))
        keys = [("home.filter", "Filter"), ("home.order", "Order"), ("home.add", "Add")]
        hints = [self._hint(*key).content for key in keys] if width >= _ROOMY else []
        right, room = Content("   ").join(hints), max(1, self.size.width - 2)
        while hints and left.cell_length + right.cell_length + 2 > room:
            hints.pop()
            right = Content("   ").join(hints)
        self.query_one("#home-library", Static).update(justified(left, right, room))
        self.query_one("#home-columns", Static).update(head(width))
        back = self._hint("home.all-texts", "shows all texts").content.plain if self._texts else ""
        none = f"No text matches that; {back}." if back else ""
        self._list.show(groups, self.figures, width, alike(self._texts), none)
        self._show_about()

    def _show_about(self) -> None:
        text = self._text()
        told = ""
        if text is not None:
            topics = f"   {', '.join(text.deck.topics)}" if text.deck is not None else ""
            read = (
                f"   opened {when_read(text.record)}"
                if text.record is not None and text.place is not None
                else ""
            )
            told = f"{text.about}{topics}{read}"
            if is_cut(text, max(20, self.size.width - 4)):
                told = f"{text.title}   {told}"
        self.query_one("#home-about", Static).update(
            Content.styled(told, "dim").truncate(max(1, self.size.width - 2), ellipsis=True)
        )

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self._show_about()

    # -- what is counted off the screen's thread ----------------------------------------------------------

    @work(thread=True, exclusive=True, group="figures", exit_on_error=False)
    def _count(self, texts: Sequence[LibraryText]) -> None:
        worker = get_current_worker()
        self.post_message(self.Foretold(days_to_come(self.app.collection)))
        try:
            for found in figures_by_and_by(self.app.workspace, texts, lambda: worker.is_cancelled):
                self.post_message(self.Counted(found, done=False))
        except Stopped:
            return
        if not worker.is_cancelled:
            self.post_message(self.Counted({}, done=True))

    @on(Foretold)
    def _take_forecast(self, event: Foretold) -> None:
        if self.is_attached and self._page is not None:
            self._page = replace(self._page, comes=event.comes)
            self._show_top()

    @on(Counted)
    def _take_figures(self, event: Counted) -> None:
        if not self.is_attached:
            return  # the learner is on the way out
        before = self.figures
        self.figures = self.figures | event.figures
        self._all_counted = event.done
        if event.done:
            self._ordered_by = self.figures
        if self.figures != before or event.done:
            self._show_top()
            self._show_list()

    # -- the text under the cursor ------------------------------------------------------------------------

    def _text(self) -> LibraryText | None:
        key = self._list.key
        return next((text for text in self._texts if text.key == key), None)

    def _own(self, what: str) -> LibraryText | None:
        """The text under the cursor, if it is one's own; else it is said that it stays."""
        text = self._text()
        if text is not None and (text.deck is not None or text.record is None):
            away = self._hint("home.archive", "puts it away").content.plain
            self.app.say(f"{text.title} comes with studytui and cannot be {what}; {away}.")
            return None
        return text

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Reads the text under the cursor."""
        if (text := self._text()) is not None:
            self._read(text)

    def action_go_on(self) -> None:
        """Reads on where reading stopped, or begins the text that suits best."""
        if self._next is not None:
            self._read(self._next)

    def _read(self, text: LibraryText) -> None:
        workspace = self.app.workspace
        with self.app.telling():
            if text.deck is not None:
                self.app.read(workspace.begin_deck(text.deck))
            elif text.record is not None:
                self.app.read(workspace.open_again(text.record))

    def action_review_text(self) -> None:
        """Reviews what is due of the text under the cursor."""
        text = self._text()
        if text is None or text.record is None:
            self.app.say("No word of this text is in your notes yet.")
            return
        self.app.review(text.record.id)

    def action_rename(self) -> None:
        """Asks what the text is to be called."""
        from studytui.tui.screens.home.rename_dialog import RenameScreen

        text = self._own("renamed")
        if text is None:
            return

        def named(title: str | None) -> None:
            if title is not None:
                with self.app.telling():
                    self.app.collection.library.rename(text.key, title)
                self._fill()

        self.app.push_screen(RenameScreen(text.title), named)

    def action_archive(self) -> None:
        """Puts the text out of the way, or back."""
        text = self._text()
        if text is None:
            return
        back = text.part == "archive"
        with self.app.telling():
            archive(self.app.workspace, text, archived=not back)
            where = "back in the library" if back else "in the archive"
            self._done(f"{text.title} is {where}")

    def action_delete(self) -> None:
        """Takes the text out of the library."""
        text = self._own("deleted")
        if text is not None:
            with self.app.telling():
                self.app.collection.library.delete(text.key)
                self._done(f"{text.title} is out of the library; its notes and its file stay")

    def _done(self, what: str) -> None:
        self._fill()
        self.app.say(f"{what}. {self._hint('app.undo', 'undoes it').content.plain}.")

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _elsewhere(self) -> None:
        if self._page is not None:
            self._offer_keys(due=bool(self._page.due.total))

    # -- the library --------------------------------------------------------------------------------------

    def action_add(self, given: str | None = None) -> None:
        """Adds texts; `given` is what was pasted."""
        from studytui.tui.screens.home.add_text import AddTextScreen

        def added(names: list[str] | None) -> None:
            if names:
                self.query_one("#home-filter", Input).value = ""
                self.action_to_list()
                self._fill()
                self._list.go_to(names[-1])
                self.app.say(f"{many(len(names), 'text')} added.")

        self.app.push_screen(AddTextScreen(given), added)

    def on_paste(self, event: events.Paste) -> None:
        """A text that is pasted here is to be added."""
        event.stop()
        if event.text.strip():
            self.action_add(event.text)

    def action_filter(self) -> None:
        """Asks what to filter by."""
        asked = self.query_one("#home-filter", Input)
        asked.display = True
        asked.focus()
        self.query_one(KeyBar).clear()

    def action_to_list(self) -> None:
        """Goes from the filter to what it left."""
        asked = self.query_one("#home-filter", Input)
        asked.display = bool(asked.value)
        self._list.focus()

    def action_clear_filter(self) -> None:
        """Shows all texts again."""
        asked = self.query_one("#home-filter", Input)
        if not asked.display:
            self.app.say(self._hint("home.quit", "leaves studytui").content.plain)
        asked.value = ""
        self.action_to_list()

    @on(Input.Changed)
    def _filtered(self, event: Input.Changed) -> None:
        event.stop()
        self._show_list()

    def action_order(self) -> None:
        """Puts the library in the next order."""
        after = TEXT_ORDERS[(TEXT_ORDERS.index(self._order) + 1) % len(TEXT_ORDERS)]
        with self.app.telling():
            self.app.collection.change_settings({"library_order": after})
        self._show_list()

    @property
    def _order(self) -> TextOrder:
        return self.app.collection.config.library_order

    # -- elsewhere ----------------------------------------------------------------------------------------

    def action_review(self) -> None:
        """Reviews what is due."""
        self.app.review()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A quiz can be gone on with where one was broken off."""
        return bool(self._quiz_left) if action == "quiz" else True

    def action_quiz(self) -> None:
        """Goes on with the quiz that was broken off."""
        self.app.resume_quiz()

    def action_export(self) -> None:
        """Writes all notes."""
        self.app.export()
