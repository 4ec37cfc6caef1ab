"""The learner's words: searched as one types, with the entry of the one under the cursor; deeds on many."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from studytui.errors import StudytuiError
from studytui.session.words.deeds import Deed, asked, done, touched
from studytui.session.words.learning import learn
from studytui.session.words.listing import WordListing
from studytui.session.words.lookup import look_up, look_up_parts, note_of_entry
from studytui.session.words.own_words import OwnWords
from studytui.session.words.word_query import STANDINGS, OwnWord
from studytui.study.notes.note import Note
from studytui.tui.host import CollectionChanged
from studytui.tui.screens.words.columns import heading_at, headings, row
from studytui.tui.screens.words.deed_dialog import DeedScreen
from studytui.tui.screens.words.filter_bar import FilterBar
from studytui.tui.screens.words.note_dialog import NoteScreen
from studytui.tui.screens.words.word_entry import WordEntry
from studytui.tui.widgets.key_bar import KeyBar
from studytui.tui.widgets.key_groups import LEARN, LOOK, PROGRAM
from studytui.tui.widgets.long_list import LongList
from studytui.tui.widgets.prompt import LineInput

if TYPE_CHECKING:
    from studytui.text.token import Entry
    from studytui.tui.host import Host

_PLACEHOLDER = "/ characters, nihao, English, is:due, level:3-4, text:, tag:"


class SearchField(LineInput):
    """Where a search is typed; Enter and Down go to what it found."""

    DEFAULT_CSS = """
    SearchField { background: $boost; }
    SearchField:focus { background: $primary 30%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,down",
            "screen.to_list",
            "To the words",
            key_display="Enter",
            id="words.to-list",
            group=LOOK,
        ),
        Binding(
            "escape",
            "screen.to_list",
            "To the words",
            show=False,
            key_display="Esc",
            id="words.leave-search",
            group=LOOK,
        ),
    ]


class WordList(LongList):
    """Where Enter edits."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "select",
            "Edit",
            key_display="Enter",
            id="words.edit",
            group=LEARN,
            tooltip="Edit the note",
        )
    ]


class WordsScreen(Screen[None]):
    """Every note and every marked word; or, with `d`, the dictionary."""

    app: Host

    SIGNS: ClassVar[Sequence[tuple[str, str]]] = (
        ("due", "when it is asked again; off while it is suspended"),
        ("holds", "for how long you will likely remember it (its stability)"),
        ("×", "how often it was forgotten"),
        (">", "picked: what you do next is done to all of these"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", key_display="/", id="words.search", group=LOOK),
        Binding(
            "x",
            "pick",
            "Pick",
            id="words.pick",
            group=LEARN,
            tooltip="Pick the word, to work on many at once",
        ),
        Binding(
            "X",
            "pick_all",
            "Pick all",
            show=False,
            id="words.pick-all",
            group=LEARN,
            tooltip="Pick all shown, or none",
        ),
        Binding(
            "a",
            "learn",
            "Learn",
            show=False,
            id="words.learn",
            group=LEARN,
            tooltip="Make a note of the word; of a known one too, which is asked then",
        ),
        Binding("m", "do('known')", "Known", id="words.known", group=LEARN, tooltip="Mark as known"),
        Binding(
            "i",
            "do('ignored')",
            "Ignore",
            show=False,
            id="words.ignore",
            group=LEARN,
            tooltip="Ignore: the word is left alone",
        ),
        Binding("backspace", "do('new')", "Back to new", show=False, id="words.new", group=LEARN),
        Binding(
            "at",
            "suspend",
            "Suspend",
            key_display="@",
            id="words.suspend",
            group=LEARN,
            tooltip="Suspend, or put back",
        ),
        Binding(
            "0",
            "do('forget')",
            "Start over",
            show=False,
            id="words.forget",
            group=LEARN,
            tooltip="Make the cards new again",
        ),
        Binding(
            "D,delete", "do('delete')", "Delete", id="words.delete", group=LEARN, tooltip="Delete the note"
        ),
        Binding("o", "order", "Order", id="words.order", group=LOOK, tooltip="Sort by the next column"),
        Binding(
            "O",
            "reverse",
            "Reverse",
            show=False,
            id="words.reverse",
            group=LOOK,
            tooltip="Sort the other way round",
        ),
        *(
            Binding(
                str(number),
                f"stand('{standing}')",
                "Only these" if number == 1 else "",
                show=False,
                id=f"words.is-{standing}",
                group=LOOK,
                key_display=f"1-{len(STANDINGS)}" if number == 1 else None,
                tooltip="Only words of that standing, or all again" if number == 1 else "",
            )
            for number, standing in enumerate(STANDINGS, 1)
        ),
        Binding(
            "d",
            "dictionary",
            "Dictionary",
            id="words.dictionary",
            group=LOOK,
            tooltip="Your words or the dictionary",
        ),
        Binding(
            "T",
            "to_text",
            "In the text",
            show=False,
            id="words.text",
            group=LOOK,
            tooltip="Show its sentence's place",
        ),
        Binding(
            "V",
            "speak",
            "Read aloud",
            show=False,
            id="words.speak",
            tooltip="Read the word aloud",
            group=LOOK,
        ),
        Binding(
            "right_square_bracket",
            "entry(1)",
            "Scroll the entry",
            show=False,
            key_display="]",
            id="words.entry-down",
            group=LOOK,
        ),
        Binding(
            "left_square_bracket",
            "entry(-1)",
            "Scroll the entry",
            show=False,
            key_display="[",
            id="words.entry-up",
            group=LOOK,
        ),
        Binding("escape,q,w", "leave", "Back", show=False, id="words.leave", group=PROGRAM),
    ]

    class Read(Message):
        """The words have been read."""

        def __init__(self, own: OwnWords) -> None:
            super().__init__()
            self.own = own

    class Failed(Message):
        """They could not be read."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    class FoundEntries(Message):
        """The dictionary was looked through."""

        def __init__(self, entries: tuple[Entry, ...]) -> None:
            super().__init__()
            self.entries = entries

    def __init__(self) -> None:
        super().__init__()
        self.listing = WordListing(lambda: OwnWords(self.app.workspace))
        self._is_stale = False
        """Whether the learner is in a text, where words change."""

    def compose(self) -> ComposeResult:
        """How many, the filters, the search, the words, the entry, the keys."""
        yield Static(id="words-header", markup=False)
        yield FilterBar(id="words-filters")
        yield SearchField(placeholder=_PLACEHOLDER, id="words-search", select_on_focus=False)
        with Container(id="words-body"):
            with Vertical(id="words-table"):
                yield Static(id="words-headings", markup=False)
                yield WordList(self._line, id="words-list")
            yield WordEntry(id="words-entry", phonetics=self.app.collection.config.phonetics)
        yield KeyBar()

    def on_mount(self) -> None:
        """Reads the words, behind the first picture."""
        self._list.focus()
        self._show_header()
        self._read()

    def on_screen_resume(self) -> None:
        """Reads the words again: in a text they may have been marked."""
        if self._is_stale:
            self._is_stale = False
            self._read()

    @property
    def _list(self) -> LongList:
        return self.query_one("#words-list", LongList)

    @property
    def _entry(self) -> WordEntry:
        return self.query_one("#words-entry", WordEntry)

    @property
    def found(self) -> Sequence[OwnWord]:
        """What is listed."""
        return self.listing.found

    @property
    def word(self) -> OwnWord | None:
        """The word under the cursor."""
        return self.found[self._list.cursor] if self.found else None

    # -- reading and finding ------------------------------------------------------------------------------

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        worker = get_current_worker()
        own = OwnWords(self.app.workspace)
        try:
            _ = self.app.workspace.annotator  # which the first entry would wait for
            own.read()
        except StudytuiError as error:
            self.post_message(self.Failed(str(error)))
            return
        if not worker.is_cancelled:
            self.post_message(self.Read(own))

    @on(Read)
    def _take_words(self, message: Read) -> None:
        self.listing.take(message.own)
        self._fill()
        # A hundred thousand rows that stay: looking through them for garbage would hold up a letter.
        gc.freeze()

    def on_unmount(self) -> None:
        """Lets go of the rows."""
        self.listing = WordListing(lambda: OwnWords(self.app.workspace))
        gc.unfreeze()
        self.app.call_later(gc.collect)

    @on(Failed)
    def _say_failed(self, message: Failed) -> None:
        self.app.say(message.sentence, severity="error")

    @on(Input.Changed)
    def _typed(self) -> None:
        """Finds what is typed, from the top."""
        if self.listing.in_dictionary:
            self._look_up(self._query)
        else:
            self._fill(keep=False)

    @property
    def _query(self) -> str:
        return self.query_one("#words-search", Input).value

    def _fill(self, *, keep: bool = True) -> None:
        """Lists what is sought; the cursor stays on its word, or goes to the top."""
        here = self.word if keep else None
        at = self._list.cursor if keep else 0
        self.listing.find(self._query)
        if here is not None:
            at = next((number for number, word in enumerate(self.found) if word.key == here.key), at)
        self._list.show(len(self.found), at)
        self._show_header()

    @work(thread=True, exclusive=True, group="look up", exit_on_error=False)
    def _look_up(self, asked: str) -> None:
        worker = get_current_worker()
        try:
            lexicon = self.app.workspace.lexicon
            entries = look_up(lexicon, asked) or look_up_parts(lexicon, asked.strip())
        except StudytuiError as error:
            self.post_message(self.Failed(str(error)))
            return
        if not worker.is_cancelled:
            self.post_message(self.FoundEntries(entries))

    @on(FoundEntries)
    def _take_entries(self, message: FoundEntries) -> None:
        self.listing.entries = message.entries
        if self.listing.in_dictionary:
            self._fill(keep=False)

    # -- showing ------------------------------------------------------------------------------------------

    def _line(self, number: int, width: int) -> Content:
        word = self.found[number]
        written = word.written(self.app.collection.config.script)
        return row(word, written, width, picked=word.key in self.listing.picked)

    @on(LongList.Resized)
    def _list_resized(self) -> None:
        """Fits the lines above the list to the new width."""
        self._show_header()

    def _offer_keys(self) -> None:
        """Names the keys that do something where the learner is."""
        always = ("words.leave", "app.help")
        if self.query_one("#words-search", Input).has_focus:
            keys: tuple[str, ...] = ("words.to-list",)
        elif self.listing.in_dictionary:
            keys = ("words.learn", "words.known", "words.search", "words.ignore", "words.text", *always)
            keys = keys if self.found else ("words.search", *always)
        elif not self.found:
            keys = ("words.dictionary", "words.search", *always)
        elif self.listing.picked:
            keys = ("words.pick", "words.pick-all", "words.learn", "words.known", "words.ignore")
            keys += ("words.suspend", "words.forget", "words.delete", *always)
        else:
            keys = ("words.edit", "words.search", "words.known", "words.pick", "words.suspend")
            keys += ("words.delete", "words.order", "words.dictionary", *always)
        self.query_one(KeyBar).offer(keys, len(always))

    @on(events.DescendantFocus)
    def _elsewhere(self) -> None:
        self._offer_keys()

    def _show_header(self) -> None:
        self._offer_keys()
        listing = self.listing
        pieces = [
            Content.styled("Dictionary" if listing.in_dictionary else "Words", "bold"),
            Content.styled(f"  {listing.told(self._query)}", "dim"),
        ]
        if listing.picked:
            pieces.append(Content.styled(f"  {len(listing.picked):,} picked", "bold $text-accent"))
        self.query_one("#words-header", Static).update(Content.assemble(*pieces), layout=False)
        filters = self.query_one("#words-filters", FilterBar)
        if listing.unclear:
            filters.say(listing.unclear)
        else:
            terms = () if listing.in_dictionary else self._query.split()
            asked = [term.removeprefix("is:") for term in terms if term.startswith("is:")]
            filters.show(listing.counts, asked, self.size.width - 2)
        self._show_headings()

    @on(FilterBar.Chosen)
    def _standing_chosen(self, message: FilterBar.Chosen) -> None:
        self.action_stand(message.standing)

    def _show_headings(self) -> None:
        line = self.query_one("#words-headings", Static)
        listing = self.listing
        if listing.found or listing.own is None:
            width = self._list.scrollable_content_region.width or self.size.width
            line.update(headings(width, listing.order, reverse=listing.is_reversed), layout=False)
        else:
            line.update(f"  {listing.none_told(self._query)}", layout=False)

    def on_click(self, event: events.Click) -> None:
        """A click on a heading sorts by it."""
        line = self.query_one("#words-headings", Static)
        if event.widget is line and (place := event.get_content_offset(line)) is not None:
            order = heading_at(self._list.scrollable_content_region.width, place.x)
            if order is not None:
                self.listing.sort_by(order)
                self._fill()

    @on(LongList.Entered)
    def _word_entered(self) -> None:
        """Shows the word's entry."""
        # A letter waits for its rows alone.
        self._entry.follow(self.word, at_once=not self.query_one("#words-search", Input).has_focus)

    # -- keys ---------------------------------------------------------------------------------------------

    def action_search(self) -> None:
        """Goes to where a search is typed."""
        self.query_one("#words-search", Input).focus()

    def action_to_list(self) -> None:
        """Goes to what was found."""
        self._list.focus()

    def action_stand(self, standing: str) -> None:
        """Asks for words of a standing only, or for all again."""
        if self.listing.in_dictionary:
            self.action_dictionary()
        asked = f"is:{standing}"
        kept = [term for term in self._query.split() if not term.startswith("is:")]
        self.query_one("#words-search", Input).value = " ".join(
            kept if asked in self._query.split() else [*kept, asked]
        )

    def action_dictionary(self) -> None:
        """Searches the dictionary, or one's own words again."""
        self.listing.turn()
        if self.listing.in_dictionary:
            self.action_search()
            self._look_up(self._query)
        self._fill(keep=False)

    def action_order(self) -> None:
        """Sorts by the next column."""
        self.listing.sort_by()
        self._fill()

    def action_reverse(self) -> None:
        """Sorts the other way round."""
        self.listing.sort_by(self.listing.order)
        self._fill()

    def action_pick(self) -> None:
        """Picks the word under the cursor, or puts it back."""
        word = self.word
        if word is None:
            return
        self.listing.pick(word)
        self._list.redraw()
        self._list.action_cursor_down()
        self._show_header()

    def action_pick_all(self) -> None:
        """Picks all that are listed; none, if they are picked already."""
        self.listing.pick_all()
        self._list.redraw()
        self._show_header()

    def action_entry(self, rows: int) -> None:
        """Scrolls the entry."""
        self._entry.scroll_rows(rows)

    @on(LongList.Chosen)
    def _chosen(self) -> None:
        self.action_edit()

    def action_edit(self) -> None:
        """Writes the note under the cursor anew."""
        word = self.word
        if word is None:
            return
        written = word.written(self.app.collection.config.script)
        if word.note is None:
            self.app.say(f"{written} has no note: a makes one.")
            return

        def kept(note: Note | None) -> None:
            if note is not None:
                with self.app.telling():
                    self.app.collection.edit_note(note)
                    self.app.say(f"The note on {written} is as you wrote it; u undoes it.")
                self._renew([note.headword])

        self.app.push_screen(NoteScreen(word.note), kept)

    def action_speak(self) -> None:
        """Reads the word aloud."""
        if self.word is not None:
            self.app.speak(self.word.headword)

    def action_learn(self) -> None:
        """Makes notes of the words that are picked, or of the one under the cursor."""
        targets = self._targets()
        words = [word for word in targets if word.note is None]
        if not words:
            self._learn_again(targets)
            return
        annotator, collection = self.app.workspace.annotator, self.app.collection
        notes = [
            note_of_entry(
                annotator,
                word.headword,
                word.syllables,
                next(iter(self._entry.examples_of(word)), None),
            )
            for word in words
        ]
        with self.app.telling():
            self.app.say(f"{learn(collection, notes).removesuffix('.')}; u undoes it.")
        self._after(words)

    def _learn_again(self, words: Sequence[OwnWord]) -> None:
        """Of words that have notes, those that are marked known or ignored are asked again."""
        marked = [word for word in words if self.app.collection.words.is_set_aside(word.headword)]
        if marked:
            self._do("new", marked)
        elif words:
            self.app.say("There is a note already; Enter edits it.")
        else:
            self._say_nothing_here()

    def _say_nothing_here(self) -> None:
        self.app.say("No word is listed here; / searches.")

    def _targets(self) -> list[OwnWord]:
        """The words that are picked; without any, the one under the cursor."""
        if self.listing.picked:
            return list(self.listing.picked.values())
        return [self.word] if self.word is not None else []

    def action_suspend(self) -> None:
        """Takes the cards out of the queue; puts them back where all are out."""
        words = self._targets()
        out = bool(words) and all("suspended" in word.standings for word in words)
        self.action_do("unsuspend" if out else "suspend")

    def action_do(self, deed: Deed) -> None:
        """Does something to the words; to more than one, once the learner has seen how many they are."""
        words = touched(deed, self._targets())
        if not words and not self.found:
            self._say_nothing_here()
        elif not words:
            self.app.say("There is no note here: only notes have cards; a makes one.")
        elif len(words) == 1:
            self._do(deed, words)
        else:

            def agreed(yes: bool | None) -> None:
                if yes:
                    self._do(deed, words)

            script = self.app.collection.config.script
            named = [word.written(script) for word in words]
            self.app.push_screen(DeedScreen(asked(deed, words), named), agreed)

    def _do(self, deed: Deed, words: Sequence[OwnWord]) -> None:
        with self.app.telling():
            self.app.say(done(deed, words, self.app.collection))
        self._after(words)

    def _after(self, words: Sequence[OwnWord]) -> None:
        self.listing.picked = {}
        self._renew([word.headword for word in words])

    def _renew(self, headwords: Sequence[str]) -> None:
        """Shows what was done to some words."""
        self.listing.renew(headwords)
        self._fill()

    @on(CollectionChanged)
    def _read_again(self) -> None:
        self._read()

    def action_to_text(self) -> None:
        """Shows where the sentence stands in its text."""
        word = self.word
        own = word.note.example if word is not None and word.note is not None else None
        found = self._entry.examples_of(word) if word is not None else ()
        example = own if own is not None and own.document_id else next(iter(found), None)
        with self.app.telling():
            document = self.app.collection.library.text(example.document_id) if example is not None else None
            if example is None or document is None:
                self.app.say("None of your texts has a sentence with it.")
            else:
                self.app.show_in_text(document, example.text, example.start)
                self._is_stale = True

    def action_leave(self) -> None:
        """Lets go of what is picked, then of the search, then goes back."""
        if self.listing.picked:
            self.listing.picked = {}
            self._list.redraw()
            self._show_header()
        elif self.listing.in_dictionary:
            self.action_dictionary()
        elif self._query:
            self.query_one("#words-search", Input).value = ""
        else:
            self.app.pop_screen()
