"""A text whose words and key phrases are found in the background and shown with all that is known of them."""

from __future__ import annotations

import gc
from abc import abstractmethod
from bisect import bisect_right
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import Worker, WorkerState, get_current_worker

from studytui.errors import StudytuiError, full_stop
from studytui.study.coverage import AIM, words_to
from studytui.study.vocabulary import Tally
from studytui.text.token import AnnotatedDocument, Word
from studytui.tui.header import Told, header
from studytui.tui.screens.first_run.guide import Guide
from studytui.tui.screens.reader.text_screen import TextScreen
from studytui.tui.text_search import elsewhere, other_places, paragraph_ends
from studytui.tui.widgets.entry_panel import EntryPanel
from studytui.tui.widgets.entry_text import Subject
from studytui.tui.widgets.key_bar import KeyBar
from studytui.tui.widgets.prompt import Prompt
from studytui.tui.widgets.text.text_view import Place, TextView
from studytui.tui.word_history import history

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytui.session.workspace import Opening
    from studytui.study.phrases.ranking import KeyPhrase
    from studytui.text.document import Document
    from studytui.text.words.recut import Mend

BATCH_SECONDS = 0.1
"""How long words are gathered before the screen is told: it looks alive, and scrolling stays smooth."""

COLLECTED_AFTER = 0.5
"""Seconds after a text was closed until its values are looked for: some tenths of a second, for a novel."""

PLACES = 5
"""Other places of a word that its entry shows."""

PAGE = 40
"""Paragraphs cut first, from the cursor on: more than any screen holds."""


def source_position(document: Document, place: Place) -> int:
    """Where the character at a place stands in the source; 0 in an empty text."""
    origin = document.paragraphs[place.paragraph].origin
    return origin[min(place.offset, len(origin) - 1)] if origin else 0


def place_of(document: Document, position: int) -> Place:
    """The place of the character that stands at, or last before, a position of the source."""
    starts = [paragraph.origin[0] if paragraph.origin else 0 for paragraph in document.paragraphs]
    paragraph = max(0, bisect_right(starts, position) - 1)
    offset = bisect_right(document.paragraphs[paragraph].origin, position) - 1
    return Place(paragraph, max(0, offset))


class AnnotatedScreen(TextScreen):
    """A text, the entry of the word under the cursor, and how much of it all the learner knows."""

    REST: ClassVar[float] = 0.08
    """Seconds that the cursor rests before its entry is shown, when it moves on without a pause."""

    class WordsFound(Message):
        """The words of some more paragraphs are known."""

        def __init__(self, first: int, words: list[tuple[Word, ...]], mends: tuple[Mend, ...]) -> None:
            super().__init__()
            self.first = first
            self.words = words
            self.mends = mends
            """The learner's cuts that they were found with."""

    class PageFound(WordsFound):
        """The words around the cursor: shown before the rest of a long text is cut."""

    class WholeFound(Message):
        """A long text has been put together."""

        def __init__(self, opening: Opening) -> None:
            super().__init__()
            self.opening = opening

    class PhrasesFound(Message):
        """The key phrases of the whole text are known."""

        def __init__(self, annotated: AnnotatedDocument, phrases: tuple[KeyPhrase, ...]) -> None:
            super().__init__()
            self.annotated = annotated
            self.phrases = phrases

    class Failed(Message):
        """The words could not be found."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    def __init__(self, opening: Opening, visit: Place | None = None) -> None:
        super().__init__()
        self.visit = visit
        """The place to show, of a text that is only looked at."""
        self.document = opening.document
        self._whole = opening.whole
        self._said = opening.said
        self.annotated: AnnotatedDocument | None = None
        self.phrases: tuple[KeyPhrase, ...] = ()
        self._to_rank: AnnotatedDocument | None = None
        self._phrase_at: dict[int, list[tuple[int, int, KeyPhrase]]] = {}
        self.failed: str | None = None
        """Why words or phrases are not found, in a sentence; None while all is well."""
        self._tally = Tally()
        self._cut = 0
        self._told: Told | None = None
        self._ends: list[int] | None = None
        self._mends: tuple[Mend, ...] = ()
        self._moved = 0.0
        self._rest: Timer | None = None

    def compose(self) -> ComposeResult:
        """A line of what it is, the text, its word's entry, the keys."""
        yield Static(id="reader-header", markup=False)
        with Container(id="reader-body"):
            yield TextView(self.document.paragraphs, self._status, id="text")
            yield EntryPanel(id="entry", phonetics=self.app.collection.config.phonetics)
        yield Guide(self.key_of)
        yield Prompt(id="prompt")
        yield KeyBar()

    def on_mount(self) -> None:
        """Opens at the place where the learner left."""
        self._mends = self.app.collection.mends(self.document.id)
        self._go_to_kept_place()
        self.view.set_wide(self.app.is_wide)
        self.view.set_spaced(self.app.collection.config.empty_lines)
        self.show_readings(self.app.collection.config.pinyin)
        self.show_script(self.app.collection.config.text_script)
        self.view.focus()
        self.show_header()
        # The text is shown first: what runs beside its drawing holds that up.
        if self._whole is not None:
            self.app.when_drawn(partial(self._find_beginning, self._whole))
        else:
            self._tell_warning()
            self.app.when_drawn(partial(self._find_words, self.view.place.paragraph))

    def on_unmount(self) -> None:
        """Lets go of the text; what is left of it is looked for once, when all is drawn.

        The screen itself may stay: Textual and the threads of its workers hold on to a few.
        """
        self.document = replace(self.document, paragraphs=())
        self.annotated, self.phrases, self._phrase_at, self._tally = None, (), {}, Tally()
        self._to_rank = None
        gc.unfreeze()
        # By the application: what a screen begins holds on to the screen.
        self.app.call_later(self.app.set_timer, COLLECTED_AFTER, gc.collect)

    def _tell_warning(self) -> None:
        for sentence in (self.document.warning, self._said):
            if sentence is not None:
                self.app.say(sentence, severity="warning")

    def _go_to_kept_place(self) -> None:
        place = self.app.collection.library.place(self.document.id)
        if self.visit is not None:
            self.view.go_to(self.visit)
        elif place is not None:
            self.view.go_to(Place(place.paragraph, place.offset))

    def on_screen_resume(self) -> None:
        """What was learnt meanwhile shows at once."""
        if self.view.is_attached:
            self.changed()

    # -- finding words and phrases, in the background -----------------------------------------------------

    @work(thread=True, exclusive=True, group="words", exit_on_error=False, description="beginning")
    def _find_beginning(self, whole: Callable[[], Opening]) -> None:
        worker = get_current_worker()
        try:
            page = self.document.paragraphs[:PAGE]
            self.post_message(
                self.PageFound(0, [self.app.workspace.words(paragraph) for paragraph in page], ())
            )
            opening = whole()
        except StudytuiError as error:
            self.post_message(self.Failed(str(error)))
            return
        if not worker.is_cancelled:
            self.post_message(self.WholeFound(opening))

    @property
    def still_reading(self) -> bool:
        """Whether only the beginning of a long text is there yet."""
        return self._whole is not None

    def take_document(self, opening: Opening) -> None:
        """Goes on in the same text, put together otherwise, at the same character."""
        self._tally, self._cut, self.annotated, self.phrases, self._phrase_at = Tally(), 0, None, (), {}
        self.post_message(self.WholeFound(opening))

    @on(WholeFound)
    def _take_whole(self, message: WholeFound) -> None:
        """Goes on in the whole text, at the same character."""
        view = self.view
        moved = view.place != Place(0, 0)
        position = source_position(self.document, view.place)
        opening = message.opening
        self.document, self._whole, self._ends, self._said = opening.document, None, None, opening.said
        self._mends = self.app.collection.mends(self.document.id)
        view.show(self.document.paragraphs)
        self.show_script(self.app.collection.config.text_script)
        if moved:
            view.go_to(place_of(self.document, position))
        else:
            self._go_to_kept_place()
        self.show_header()
        self._tell_warning()
        self._find_words(view.place.paragraph)

    @work(thread=True, exclusive=True, group="words", exit_on_error=False)
    def _find_words(self, here: int) -> None:
        worker = get_current_worker()
        workspace = self.app.workspace
        mends = self._mends
        found: list[tuple[Word, ...]] = []
        sent = 0
        last = monotonic()
        try:
            page = self.document.paragraphs[here : here + PAGE]
            cut = [workspace.words(paragraph, mends, self.document) for paragraph in page]
            self.post_message(self.PageFound(here, cut, mends))
            for words in workspace.all_words(self.document, mends):
                found.append(words)
                if worker.is_cancelled:
                    return
                if monotonic() - last > (BATCH_SECONDS if sent < PAGE else 5 * BATCH_SECONDS):
                    self.post_message(self.WordsFound(sent, found[sent:], mends))
                    sent, last = len(found), monotonic()
            if not worker.is_cancelled:
                self.post_message(self.WordsFound(sent, found[sent:], mends))
        except StudytuiError as error:
            self.post_message(self.Failed(str(error)))
            return

    @on(WordsFound)
    def _take_words(self, message: WordsFound) -> None:
        self.view.set_words(message.first, message.words)
        if not isinstance(message, self.PageFound):
            for words in message.words:
                self._tally.add(words)
            self._cut = message.first + len(message.words)
            # A novel's words are millions of values that stay: looking through them for garbage, as Python
            # does again and again, holds up keys for a third of a second each time.
            gc.freeze()
        if message.mends != self._mends:  # the learner cut something meanwhile
            self._cut_again(set(message.mends) ^ set(self._mends))
        elif self._cut == len(self.document.paragraphs):
            self._find_phrases_again()
        if self.view.place.paragraph - message.first in range(len(message.words)):
            self.show_entry()
        self.show_header()

    @work(thread=True, exclusive=True, group="phrases", exit_on_error=False, description="phrases")
    def _find_phrases(self) -> None:
        worker = get_current_worker()
        annotated = self._to_rank  # as an argument it would be held as long as the worker is
        if annotated is None:
            return
        phrases = self.app.workspace.phrases(annotated)
        if not worker.is_cancelled:
            self.post_message(self.PhrasesFound(annotated, phrases))

    @on(PhrasesFound)
    def _take_phrases(self, message: PhrasesFound) -> None:
        self.annotated = message.annotated
        self.phrases = message.phrases
        self._phrase_at = {}
        for phrase in message.phrases:
            for paragraph, start, end in phrase.occurrences:
                self._phrase_at.setdefault(paragraph, []).append((start, end, phrase))
        self.view.set_phrases(
            [(*at, phrase.headword) for phrase in message.phrases for at in phrase.occurrences]
        )
        self.show_entry()
        self.show_header()

    @on(Failed)
    def _say_failed(self, message: Failed) -> None:
        self.failed = full_stop(message.sentence)
        self.app.say(message.sentence, severity="error")
        self.show_header()

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        """A fault of the work in the background is said; the text can still be read."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.failed = self.app.say_fault(event.worker.error)
            self.show_header()

    @property
    def still_finding(self) -> str:
        """For whoever asks for words or phrases that are not there: how far the work is, or why it ended."""
        return self.failed or self.app.workspace.still_finding

    def take_mends(self) -> None:
        """Cuts again where the learner's cuts are others than before."""
        before, self._mends = self._mends, self.app.collection.mends(self.document.id)
        changed = set(before) ^ set(self._mends)
        if changed:
            self._cut_again(changed)

    def _cut_again(self, changed: set[Mend]) -> None:
        place = self.view.place
        for index, paragraph in enumerate(self.document.paragraphs):
            old = self.view.words[index]
            if old is None or not any(mend.text in paragraph.text for mend in changed):
                continue
            new = self.app.workspace.words(paragraph, self._mends, self.document)
            if index < self._cut:
                self._tally.remove(old)
                self._tally.add(new)
            self.view.set_words(index, [new])
        self.view.go_to(place)
        self._find_phrases_again()

    def _find_phrases_again(self) -> None:
        """Finds the key phrases of the words as they are now, once all are known."""
        words = tuple(words for words in self.view.words if words is not None)
        if len(words) == len(self.document.paragraphs):
            self._to_rank = AnnotatedDocument(self.document, words)
            self._find_phrases()

    @abstractmethod
    def key_of(self, name: str) -> str:
        """How the key of a binding is written: of the reader's own by its name, `help` for the help."""

    # -- showing ------------------------------------------------------------------------------------------

    def show_header(self) -> None:
        """Shows how much of the text is known and how far it is read."""
        cut_all = self._cut == len(self.document.paragraphs)
        doing = ""
        if self.failed is not None:
            doing = "" if cut_all else "not all words were found"
        elif self._whole is not None:
            doing = "putting the text together"
        elif not cut_all:
            doing = f"finding the words: {100 * self._cut // len(self.document.paragraphs)} %"
        self._told = Told(
            self.document.title,
            self._tally.coverage(self._status) if self._cut else None,
            words_to(AIM, self._tally.headwords, self._status) if cut_all else None,
            doing,
            self._read(),
            self.app.collection.interval(self._tally.headwords) if cut_all else None,
        )
        self._draw_header()

    def _draw_header(self) -> None:
        if self._told is not None:
            bar = self.query_one("#reader-header", Static)
            bar.update(header(self._told, max(20, self.size.width - 2)), layout=False)

    def on_resize(self) -> None:
        """Fits the header to the new width."""
        self._draw_header()

    def share_before(self, paragraph: int, characters: int = 0) -> float:
        """How much of the text's characters stands before a place, 0 to 1."""
        if self._ends is None:
            self._ends = paragraph_ends(self.document)
        if not self._ends or not self._ends[-1]:
            return 1.0
        return min(1.0, ((self._ends[paragraph - 1] if paragraph else 0) + characters) / self._ends[-1])

    def _read(self) -> float:
        place, word = self.view.place, self.view.word
        return self.share_before(place.paragraph, word.token.end if word else place.offset)

    def _show_progress(self) -> None:
        """Shows how far the cursor is, where that has changed."""
        if self._told is not None and (read := self._read()) != self._told.read:
            self._told = replace(self._told, read=read)
            self._draw_header()

    def phrase_here(self) -> KeyPhrase | None:
        """The key phrase under the cursor, unless the learner is done with it."""
        place = self.view.place
        for start, end, phrase in self._phrase_at.get(place.paragraph, ()):
            if start <= place.offset < end and self._status(phrase.headword) in ("new", "learning"):
                return phrase
        return None

    def show_entry(self) -> None:
        """Shows the entry of the word under the cursor, its keys, and how far the text is read."""
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        view = self.view
        word = view.word
        entry = self.query_one("#entry", EntryPanel)
        self.show_keys()
        self._show_progress()
        if word is None:
            entry.show(None, None)
            return
        count = self._tally.headwords[word.headword] if word.token.kind == "word" else 0
        phrase = self.phrase_here()
        subject = Subject(
            word,
            self._status(word.headword),
            phrase,
            elsewhere(view.page, word, view.place, count),
            history(self.app.collection, word),
            self._status(phrase.headword) if phrase is not None else "new",
            other_places(view.page, word, view.place, PLACES) if count > 1 else (),
        )
        entry.show(subject, self.app.workspace.lexicon)

    @on(TextView.WordEntered)
    def _word_entered(self) -> None:
        """Shows the entry; while a key is held down only once the cursor rests."""
        now, before = monotonic(), self._moved
        self._moved = now
        if now - before >= self.REST:
            self.show_entry()
        elif self._rest is None:
            self._rest = self.set_timer(self.REST, self.show_entry)
        else:
            self._rest.reset()

    def changed(self) -> None:
        """A word's status is another now: everything that shows it is drawn again."""
        if self._readings == "new":
            self.view.lay_out()  # what stands over the words follows their status
        self.view.refresh()
        self.show_entry()
        self.show_header()
