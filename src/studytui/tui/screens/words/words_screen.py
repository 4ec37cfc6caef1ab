"""The learner's words: searched as one types, with the entry of the one under the cursor; deeds on many."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from rich.cells import cell_len
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from studytui.errors import StudytuiError, full_stop
from studytui.session.words.lookup import look_up, look_up_parts, note_of_entry, word_of
from studytui.session.words.note_edit import lines_of
from studytui.session.words.own_words import ORDERS, Order, OwnWords
from studytui.session.words.text_examples import TextExamples
from studytui.session.words.word_query import STANDINGS, OwnWord, parse
from studytui.study.language.gloss import in_a_line
from studytui.study.notes.note import Example, Note
from studytui.tui.host import CollectionChanged
from studytui.tui.screens.words.columns import heading_at, headings, row
from studytui.tui.screens.words.deed_dialog import DeedScreen
from studytui.tui.screens.words.note_dialog import NoteScreen
from studytui.tui.widgets.entry_panel import EntryPanel
from studytui.tui.widgets.entry_text import Subject
from studytui.tui.widgets.key_bar import KeyBar
from studytui.tui.widgets.key_groups import LEARN, LOOK, MOVE
from studytui.tui.widgets.long_list import LongList
from studytui.tui.word_history import history_of
from studytui.wording import many

if TYPE_CHECKING:
    from textual.timer import Timer

    from studytui.text.token import Entry
    from studytui.tui.host import Host

REST = 0.15
"""Seconds that the cursor rests before the learner's texts are looked through for its word."""
_PLACEHOLDER = "/ characters, nihao, English, is:due, level:3-4, text:, tag:"

Deed = Literal["known", "ignored", "new", "suspend", "unsuspend", "forget", "delete"]
_ASKED: dict[Deed, str] = {
    "known": "Mark {} as known?",
    "ignored": "Mark {} as ignored?",
    "new": "Undo the mark of {}?",
    "suspend": "Suspend the cards of {}?",
    "unsuspend": "Put the cards of {} back?",
    "forget": "Start over with {}? Their cards are new again; the answers stay in the statistics.",
    "delete": "Delete the notes of {}?",
}
_DONE: dict[Deed, str] = {
    "known": "{} marked as known",
    "ignored": "{} marked as ignored",
    "new": "{} no longer marked",
    "suspend": "{} suspended",
    "unsuspend": "{} put back",
    "forget": "{} started over",
    "delete": "{} deleted",
}


class SearchField(Input):
    """Where a search is typed; Enter and Down go to what it found."""

    DEFAULT_CSS = """
    SearchField { height: 1; border: none; padding: 0 1; background: $boost; }
    SearchField:focus { border: none; background: $primary 30%; }
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
        Binding("escape", "screen.to_list", "To the words", show=False, id="words.leave-search"),
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
            tooltip="Make a note of the word",
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
        Binding("escape,q,w", "leave", "Back", show=False, id="words.leave", group=MOVE),
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

    class FoundExamples(Message):
        """The learner's texts were looked through."""

        def __init__(self, key: str, examples: tuple[Example, ...]) -> None:
            super().__init__()
            self.key = key
            self.examples = examples

    def __init__(self) -> None:
        super().__init__()
        self._own: OwnWords | None = None
        """None while they are being read."""
        self._texts: TextExamples | None = None
        self.found: list[OwnWord] = []
        """What is listed."""
        self._order: Order = "added"
        self._reversed = False
        self._picked: dict[str, OwnWord] = {}
        self._in_dictionary = False
        self._entries: tuple[Entry, ...] = ()
        self._places: list[tuple[int, int, str]] = []
        """Where in its line each filter stands."""
        self._unclear = ""
        self._is_stale = False
        """Whether the learner is in a text, where words change."""
        self._counts: dict[str, int] = {}
        self._resting: Timer | None = None
        self._examples: tuple[str, tuple[Example, ...]] = "", ()

    def compose(self) -> ComposeResult:
        """How many, the filters, the search, the words, the entry, the keys."""
        yield Static(id="words-header", markup=False)
        yield Static(id="words-filters", markup=False)
        yield SearchField(placeholder=_PLACEHOLDER, id="words-search", select_on_focus=False)
        with Container(id="words-body"):
            with Vertical(id="words-table"):
                yield Static(id="words-headings", markup=False)
                yield WordList(self._line, id="words-list")
            yield EntryPanel(id="words-entry", phonetics=self.app.collection.config.phonetics)
        yield KeyBar()

    def on_mount(self) -> None:
        """Reads the words, behind the first picture."""
        self._texts = TextExamples(self.app.workspace)
        self.query_one(Input).cursor_blink = False
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
        self._own = message.own
        self._count()
        self._fill()
        # A hundred thousand rows that stay: looking through them for garbage would hold up a letter.
        gc.freeze()

    def on_unmount(self) -> None:
        """Lets go of the rows."""
        self._own, self.found, self._picked = None, [], {}
        gc.unfreeze()
        self.app.call_later(gc.collect)

    @on(Failed)
    def _say_failed(self, message: Failed) -> None:
        self.app.say(message.sentence, severity="error")

    def _count(self) -> None:
        counts = Counter(standing for word in self._own or () for standing in word.standings)
        self._counts = {standing: counts[standing] for standing in STANDINGS}

    @on(Input.Changed)
    def _typed(self) -> None:
        """Finds what is typed, from the top."""
        if self._in_dictionary:
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
        query = parse(self._query)
        self._unclear = query.unclear
        if self._in_dictionary:
            self.found = [self._row_of(entry) for entry in self._entries]
        elif self._own is not None:
            self.found = self._own.find(query, self._order, reverse=self._reversed)
        if here is not None:
            at = next((number for number, word in enumerate(self.found) if word.key == here.key), at)
        self._list.show(len(self.found), at)
        self._show_header()

    def _row_of(self, entry: Entry) -> OwnWord:
        own = self._own or OwnWords(self.app.workspace)
        return own.of_entry(entry)

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
        self._entries = message.entries
        if self._in_dictionary:
            self._fill(keep=False)

    # -- showing ------------------------------------------------------------------------------------------

    def _line(self, number: int, width: int) -> Content:
        word = self.found[number]
        return row(word, width, picked=word.key in self._picked)

    @on(LongList.Resized)
    def _list_resized(self) -> None:
        """Fits the lines above the list to the new width."""
        self._show_header()

    def _show_header(self) -> None:
        if self._own is None:
            told = "being read…"
        elif self._in_dictionary:
            told = f"{len(self.found):,} found" if self._query.strip() else "type a word, pinyin or English"
        else:
            turned = ", reversed" if self._reversed else ""
            by = "the last added first" if self._order == "added" else f"by {_ORDERS_TOLD[self._order]}"
            told = f"{len(self.found):,} of {len(self._own):,}, {by}{turned}"
        pieces = [
            Content.styled("Dictionary" if self._in_dictionary else "Words", "bold"),
            Content.styled(f"  {told}", "dim"),
        ]
        if self._picked:
            pieces.append(Content.styled(f"  {len(self._picked):,} picked", "bold $text-accent"))
        self.query_one("#words-header", Static).update(Content.assemble(*pieces), layout=False)
        self._show_filters()
        self._show_headings()

    def _show_filters(self) -> None:
        filters = self.query_one("#words-filters", Static)
        if self._unclear:
            filters.update(Content.styled(full_stop(self._unclear), "$text-warning"), layout=False)
            return
        self._places = []
        pieces: list[Content] = []
        at = 0
        for number, standing in enumerate(STANDINGS, 1):
            on_ = f"is:{standing}" in self._query.split() and not self._in_dictionary
            if not (count := self._counts.get(standing, 0)) and not on_:
                continue
            text = f"{number} {standing} {count:,}"
            if at + cell_len(text) > self.size.width - 2:
                break
            self._places.append((at, at + cell_len(text), standing))
            pieces += [Content.styled(text, "bold reverse" if on_ else ""), Content("  ")]
            at += cell_len(text) + 2
        filters.update(Content.assemble(*pieces), layout=False)

    def _show_headings(self) -> None:
        line = self.query_one("#words-headings", Static)
        if self.found or self._own is None:
            width = self._list.scrollable_content_region.width or self.size.width
            line.update(headings(width, self._order, reverse=self._reversed), layout=False)
        elif self._in_dictionary:
            line.update("  No such word." if self._query.strip() else "", layout=False)
        elif len(self._own):
            line.update("  None of your words; d: dictionary.", layout=False)
        else:
            line.update("  No words yet: d looks one up, a notes it.", layout=False)

    def on_click(self, event: events.Click) -> None:
        """A click on a filter sets it or takes it off, one on a heading sorts by it."""
        filters, line = self.query_one("#words-filters", Static), self.query_one("#words-headings", Static)
        if event.widget is filters and (place := event.get_content_offset(filters)) is not None:
            for start, end, standing in self._places:
                if start <= place.x < end:
                    self.action_stand(standing)
        elif event.widget is line and (place := event.get_content_offset(line)) is not None:
            order = heading_at(self._list.scrollable_content_region.width, place.x)
            if order == self._order:
                self.action_reverse()
            elif order is not None:
                self._order, self._reversed = order, False
                self._fill()

    @on(LongList.Entered)
    def _word_entered(self) -> None:
        """Shows the word's entry; the sentences of the learner's texts once the cursor rests."""
        if not self.query_one("#words-search", Input).has_focus:  # a letter waits for its rows alone
            self._show_entry()
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._rests)

    def _rests(self) -> None:
        self._show_entry()
        word = self.word
        if word is not None and self._examples[0] != word.key:
            self._find_examples(word)

    @work(thread=True, exclusive=True, group="examples", exit_on_error=False)
    def _find_examples(self, word: OwnWord) -> None:
        worker = get_current_worker()
        texts = self._texts
        if texts is not None:
            found = texts.of((word.headword, word.traditional))
            if not worker.is_cancelled:
                self.post_message(self.FoundExamples(word.key, found))

    @on(FoundExamples)
    def _take_examples(self, message: FoundExamples) -> None:
        self._examples = message.key, message.examples
        self._show_entry()

    def _show_entry(self) -> None:
        entry = self.query_one("#words-entry", EntryPanel)
        word = self.word
        entry.display = word is not None
        if word is None:
            return
        examples = self._examples[1] if self._examples[0] == word.key else ()
        example = word.note.example if word.note is not None else None
        own = example.text.strip("…") if example is not None else "…"  # shown already
        subject = Subject(
            word_of(self.app.workspace.annotator, word.headword, word.syllables),
            word.status,
            history=history_of(self.app.collection, word.note.id) if word.note is not None else "",
            places=tuple(_parted(each, f"  ({each.title})") for each in examples if own not in each.text),
            note=_told_of_note(word.note) if word.note is not None else (),
        )
        entry.show(subject, self.app.workspace.lexicon)

    # -- keys ---------------------------------------------------------------------------------------------

    def action_search(self) -> None:
        """Goes to where a search is typed."""
        self.query_one("#words-search", Input).focus()

    def action_to_list(self) -> None:
        """Goes to what was found."""
        self._list.focus()

    def action_stand(self, standing: str) -> None:
        """Asks for words of a standing only, or for all again."""
        if self._in_dictionary:
            self.action_dictionary()
        asked = f"is:{standing}"
        kept = [term for term in self._query.split() if not term.startswith("is:")]
        self.query_one("#words-search", Input).value = " ".join(
            kept if asked in self._query.split() else [*kept, asked]
        )

    def action_dictionary(self) -> None:
        """Searches the dictionary, or one's own words again."""
        self._in_dictionary = not self._in_dictionary
        self._picked, self._entries = {}, ()
        if self._in_dictionary:
            self.action_search()
            self._look_up(self._query)
        self._fill(keep=False)

    def action_order(self) -> None:
        """Sorts by the next column."""
        self._order = ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)]
        self._reversed = False
        self._fill()

    def action_reverse(self) -> None:
        """Sorts the other way round."""
        self._reversed = not self._reversed
        self._fill()

    def action_pick(self) -> None:
        """Picks the word under the cursor, or puts it back."""
        word = self.word
        if word is None:
            return
        if self._picked.pop(word.key, None) is None:
            self._picked[word.key] = word
        self._list.redraw()
        self._list.action_cursor_down()
        self._show_header()

    def action_pick_all(self) -> None:
        """Picks all that are listed; none, if they are picked already."""
        shown = {word.key: word for word in self.found}
        self._picked = {} if self._picked.keys() >= shown.keys() else {**self._picked, **shown}
        self._list.redraw()
        self._show_header()

    def action_entry(self, rows: int) -> None:
        """Scrolls the entry."""
        self.query_one("#words-entry", EntryPanel).scroll_rows(rows)

    @on(LongList.Chosen)
    def _chosen(self) -> None:
        self.action_edit()

    def action_edit(self) -> None:
        """Writes the note under the cursor anew."""
        word = self.word
        if word is None:
            return
        if word.note is None:
            self.app.say(f"{word.headword} has no note: a makes one.")
            return

        def written(note: Note | None) -> None:
            if note is not None:
                with self.app.telling():
                    self.app.collection.edit_note(note)
                    self.app.say(f"The note on {note.headword} is as you wrote it; u undoes it.")
                self._renew([note.headword])

        self.app.push_screen(NoteScreen(word.note), written)

    def action_learn(self) -> None:
        """Makes notes of the words that are picked, or of the one under the cursor."""
        words = [word for word in self._targets() if word.note is None]
        if not words:
            self.app.say("There is a note already; Enter edits it.")
            return
        annotator, collection = self.app.workspace.annotator, self.app.collection
        key, examples = self._examples
        notes = [
            note_of_entry(
                annotator,
                word.headword,
                word.syllables,
                next(iter(examples), None) if word.key == key else None,
            )
            for word in words
        ]
        aside = [word.headword for word in words if collection.words.is_set_aside(word.headword)]
        with self.app.telling(), collection.changes.one_act():
            collection.add_notes(notes)
            collection.mark_all(dict.fromkeys(aside, "new"))
            self.app.say(f"{self._named(words)} in your notes; u undoes it.")
        self._after(words)

    def _targets(self) -> list[OwnWord]:
        """The words that are picked; without any, the one under the cursor."""
        if self._picked:
            return list(self._picked.values())
        return [self.word] if self.word is not None else []

    @staticmethod
    def _named(words: Sequence[OwnWord]) -> str:
        return f"{words[0].headword} is" if len(words) == 1 else f"{many(len(words), 'word')} are"

    def action_suspend(self) -> None:
        """Takes the cards out of the queue; puts them back where all are out."""
        words = self._targets()
        out = bool(words) and all("suspended" in word.standings for word in words)
        self.action_do("unsuspend" if out else "suspend")

    def action_do(self, deed: Deed) -> None:
        """Does something to the words; to more than one, once the learner has seen how many they are."""
        words = self._targets()
        if deed in ("suspend", "unsuspend", "forget"):
            words = [word for word in words if word.note is not None]
        if not words:
            self.app.say("There is no note here: only notes have cards.")
            return

        def agreed(yes: bool | None) -> None:
            if yes:
                self._do(deed, words)

        if len(words) == 1:
            self._do(deed, words)
            return
        bare = sum(word.note is None for word in words) if deed == "delete" else 0
        question = _ASKED[deed].format(many(len(words) - bare, "word"))
        if bare:
            question += f" The marks of {many(bare, 'word')} that have none are undone."
        self.app.push_screen(DeedScreen(question), agreed)

    def _do(self, deed: Deed, words: Sequence[OwnWord]) -> None:
        with self.app.telling():
            done = self._done(deed, words)
            named = f"{words[0].headword} is" if done == len(words) == 1 else f"{many(done, 'word')}"
            told = _DONE[deed].format(named)
            self.app.say(f"{told}; u undoes it." if done else "There is nothing to change.")
        self._after(words)

    def _done(self, deed: Deed, words: Sequence[OwnWord]) -> int:
        """Does it; to how many words it made a difference."""
        collection = self.app.collection
        notes = [word.note.id for word in words if word.note is not None]
        headwords = [word.headword for word in words]
        if deed == "suspend":
            return collection.cards.suspend_all(notes)
        if deed == "unsuspend":
            return collection.cards.unsuspend_all(notes)
        if deed == "forget":
            return collection.cards.forget(notes)
        if deed == "delete":
            bare = [word.headword for word in words if word.note is None]
            with collection.changes.one_act():
                return collection.delete_notes(notes) + collection.mark_all(dict.fromkeys(bare, "new"))
        return collection.mark_all(dict.fromkeys(headwords, deed))

    def _after(self, words: Sequence[OwnWord]) -> None:
        self._picked = {}
        self._renew([word.headword for word in words])

    def _renew(self, headwords: Sequence[str]) -> None:
        """Shows what was done to some words."""
        if self._own is not None:
            self._own.renew(headwords)
            self._count()
        self._fill()

    @on(CollectionChanged)
    def _read_again(self) -> None:
        self._read()

    def action_to_text(self) -> None:
        """Shows where the sentence stands in its text."""
        word = self.word
        own = word.note.example if word is not None and word.note is not None else None
        found = self._examples[1] if word is not None and self._examples[0] == word.key else ()
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
        if self._picked:
            self._picked = {}
            self._list.redraw()
            self._show_header()
        elif self._in_dictionary:
            self.action_dictionary()
        elif self._query:
            self.query_one("#words-search", Input).value = ""
        else:
            self.app.pop_screen()


_ORDERS_TOLD: dict[Order, str] = {
    "added": "age",
    "word": "reading",
    "status": "status",
    "level": "level",
    "due": "what is due first",
    "stability": "what holds least",
    "lapses": "what was forgotten most",
}


def _parted(example: Example, after: str = "") -> tuple[str, str, str]:
    """A sentence before its word, the word, and the rest."""
    text, start, end = example.text, example.start, example.end
    return text[:start], text[start:end], text[end:] + after


def _told_of_note(note: Note) -> tuple[Content, ...]:
    """What the note has that the dictionary has not."""
    lines: list[Content] = []
    if "meaning" in note.own:
        lines.append(Content.assemble(Content.styled("your meaning: ", "dim"), in_a_line(note.glosses)))
    if note.example is not None:
        before, target, after = _parted(note.example)
        title = f"  {note.example.title}" if note.example.title else ""
        lines.append(Content.assemble(before, (target, "bold"), after, (title, "dim")))
    if note.remark:
        lines.append(Content.assemble(Content.styled("your remark: ", "dim"), lines_of(note).remark))
    return tuple(lines)
