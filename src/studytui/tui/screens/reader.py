"""The reader: the text, a cursor that moves by word, and the entry of the word under it."""

from __future__ import annotations

from bisect import bisect_right
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Footer, Static
from textual.worker import get_current_worker

from studytui.errors import StudytuiError
from studytui.study.keyphrase import KeyPhrase
from studytui.study.outlook import AIM, words_to
from studytui.study.vocabulary import Coverage, Status, Tally
from studytui.text.document import Document
from studytui.text.mend import Mend, Scope, mend_at
from studytui.text.token import AnnotatedDocument, Word
from studytui.tui.finding import elsewhere
from studytui.tui.history import history
from studytui.tui.screens.moving import TextScreen
from studytui.tui.widgets.article import Subject
from studytui.tui.widgets.entry import EntryPanel
from studytui.tui.widgets.prompt import Prompt
from studytui.tui.widgets.text_view import Place, TextView

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytui.store.desk import Opening

BATCH_SECONDS = 0.1
"""How long words are gathered before the screen is told: it looks alive, and scrolling stays smooth."""

PAGE = 40
"""Paragraphs cut first, from the cursor on: more than any screen holds."""


def shares(covered: Coverage) -> str:
    """How much of the running words the learner knows, learns, and has not met, in percent."""
    words = covered.words or 1
    known = covered.known + covered.ignored
    return (
        f"known {100 * known / words:.0f} %  learning {100 * covered.learning / words:.0f} %  "
        f"new {100 * covered.new / words:.0f} %"
    )


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


class ReaderScreen(TextScreen):
    """One text."""

    REST: ClassVar[float] = 0.08
    """Seconds that the cursor rests before its entry is shown, when it moves on without a pause."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "a", "learn", "Learn", id="reader.learn", tooltip="Make a note of the word, with its sentence"
        ),
        Binding("m", "mark('known')", "Known", id="reader.known", tooltip="Mark the word as known"),
        Binding(
            "i", "mark('ignored')", "Ignore", show=False, id="reader.ignore", tooltip="Leave the word out"
        ),
        Binding("f", "phrases", "Phrases", id="reader.phrases", tooltip="List the key phrases"),
        Binding("t", "quiz", "Quiz", id="reader.quiz", tooltip="Be asked about the key phrases"),
        Binding("question_mark", "app.toggle_help", "Help", key_display="?", id="app.help"),
        Binding("backspace", "mark('new')", "Back to new", show=False, id="reader.new"),
        Binding(
            "plus",
            "join",
            "Join",
            show=False,
            key_display="+",
            id="reader.join",
            tooltip="Join the word with the next one, in this text",
        ),
        Binding(
            "c", "cut", "Cut", show=False, id="reader.cut", tooltip="Say which words these characters are"
        ),
        Binding("u", "undo", "Undo", show=False, id="reader.undo"),
        Binding("escape,q", "leave", "Back", show=False, id="reader.leave"),
    ]

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

        def __init__(self, document: Document) -> None:
            super().__init__()
            self.document = document

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

    def __init__(self, opening: Opening) -> None:
        super().__init__()
        self.document = opening.document
        self._whole = opening.whole
        self.annotated: AnnotatedDocument | None = None
        self.phrases: tuple[KeyPhrase, ...] = ()
        self._phrase_at: dict[int, list[tuple[int, int, KeyPhrase]]] = {}
        self._tally = Tally()
        self._cut = 0
        self._mends: tuple[Mend, ...] = ()
        self._moved = 0.0
        self._rest: Timer | None = None

    def compose(self) -> ComposeResult:
        """A line of what it is, the text, its word's entry, the keys."""
        yield Static(id="reader-header", markup=False)
        with Container(id="reader-body"):
            yield TextView(self.document.paragraphs, self._status, id="text")
            yield EntryPanel(id="entry", phonetics=self.app.collection.config.phonetics)
        yield Prompt(id="prompt")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Opens at the place where the learner left."""
        self._mends = self.app.collection.mends(self.document.id)
        self._go_to_kept_place()
        self.view.set_wide(self.app.is_wide)
        self.show_readings(self.app.collection.config.pinyin)
        self.view.focus()
        self._show_header()
        if self._whole is not None:
            self._find_beginning(self._whole)
        else:
            self._tell_warning()
            self._find_words(self.view.place.paragraph)

    def _tell_warning(self) -> None:
        if self.document.warning is not None:
            self.app.say(self.document.warning, severity="warning")

    def _go_to_kept_place(self) -> None:
        place = self.app.collection.place(self.document.id)
        if place is not None:
            self.view.go_to(Place(place.paragraph, place.offset))

    def on_screen_resume(self) -> None:
        """What was learnt meanwhile shows at once."""
        if self.view.is_attached:
            self._changed()

    # -- finding words and phrases, in the background -----------------------------------------------------

    @work(thread=True, exclusive=True, group="words", exit_on_error=False)
    def _find_beginning(self, whole: Callable[[], Document]) -> None:
        worker = get_current_worker()
        try:
            page = self.document.paragraphs[:PAGE]
            self.post_message(self.PageFound(0, [self.app.desk.words(paragraph) for paragraph in page], ()))
            document = whole()
        except StudytuiError as error:
            self.post_message(self.Failed(str(error)))
            return
        if not worker.is_cancelled:
            self.post_message(self.WholeFound(document))

    @on(WholeFound)
    def _take_whole(self, message: WholeFound) -> None:
        """Goes on in the whole text, at the same character."""
        view = self.view
        moved = view.place != Place(0, 0)
        position = source_position(self.document, view.place)
        self.document, self._whole = message.document, None
        self._mends = self.app.collection.mends(self.document.id)
        view.show(self.document.paragraphs)
        if moved:
            view.go_to(place_of(self.document, position))
        else:
            self._go_to_kept_place()
        self._show_header()
        self._tell_warning()
        self._find_words(view.place.paragraph)

    @work(thread=True, exclusive=True, group="words", exit_on_error=False)
    def _find_words(self, here: int) -> None:
        worker = get_current_worker()
        desk = self.app.desk
        mends = self._mends
        found: list[tuple[Word, ...]] = []
        sent = 0
        last = monotonic()
        try:
            page = self.document.paragraphs[here : here + PAGE]
            cut = [desk.words(paragraph, mends) for paragraph in page]
            self.post_message(self.PageFound(here, cut, mends))
            for words in desk.all_words(self.document, mends):
                found.append(words)
                if worker.is_cancelled:
                    return
                if monotonic() - last > (BATCH_SECONDS if sent < PAGE else 5 * BATCH_SECONDS):
                    self.post_message(self.WordsFound(sent, found[sent:], mends))
                    sent, last = len(found), monotonic()
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
        if message.mends != self._mends:  # the learner cut something meanwhile
            self._cut_again(set(message.mends) ^ set(self._mends))
        elif self._cut == len(self.document.paragraphs):
            self._find_phrases_again()
        if self.view.place.paragraph - message.first in range(len(message.words)):
            self._show_entry()
        self._show_header()

    @work(thread=True, exclusive=True, group="phrases", exit_on_error=False)
    def _find_phrases(self, annotated: AnnotatedDocument) -> None:
        worker = get_current_worker()
        phrases = self.app.desk.phrases(annotated)
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
        self.view.set_phrases([at for phrase in message.phrases for at in phrase.occurrences])
        self._show_entry()
        self._show_header()

    @on(Failed)
    def _say_failed(self, message: Failed) -> None:
        self.app.say(message.sentence, severity="error")

    # -- showing ------------------------------------------------------------------------------------------

    def _show_header(self) -> None:
        room = max(20, self.size.width) - 2
        title = Content.styled(self.document.title, "bold").truncate(room // 3, ellipsis=True)
        covered = self._tally.coverage(self._status)
        told = [shares(covered)] if self._cut else []
        if self._whole is not None:
            told.append("putting the text together")
        elif self._cut < len(self.document.paragraphs):
            told.append(f"finding the words: {100 * self._cut // len(self.document.paragraphs)} %")
        elif self._cut:
            missing = words_to(AIM, self._tally.headwords, self._status)
            if missing:
                told.append(f"{missing} {'word' if missing == 1 else 'words'} to {100 * AIM:.0f} %")
            if covered.names:
                told.append(f"names {covered.names}")
        used = title.cell_length
        pieces = [title]
        for each in told:
            used += 2 + len(each)
            if used <= room or len(pieces) == 1:  # what has no room is left out, not cut
                pieces.append(Content.styled(f"  {each}", "dim"))
        self.query_one("#reader-header", Static).update(Content.assemble(*pieces))

    def _phrase_here(self) -> KeyPhrase | None:
        place = self.view.place
        for start, end, phrase in self._phrase_at.get(place.paragraph, ()):
            if start <= place.offset < end:
                return phrase
        return None

    def _show_entry(self) -> None:
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        view = self.view
        word = view.word
        entry = self.query_one("#entry", EntryPanel)
        if word is None:
            entry.show(None, None)
            return
        count = self._tally.headwords[word.headword] if word.token.kind == "word" else 0
        subject = Subject(
            word,
            self._status(word.headword),
            self._phrase_here(),
            elsewhere(view.page, word, view.place, count),
            history(self.app.collection, word),
        )
        entry.show(subject, self.app.desk.lexicon)

    @on(TextView.WordEntered)
    def _word_entered(self) -> None:
        """Shows the entry; while a key is held down only once the cursor rests."""
        now, before = monotonic(), self._moved
        self._moved = now
        if now - before >= self.REST:
            self._show_entry()
        elif self._rest is None:
            self._rest = self.set_timer(self.REST, self._show_entry)
        else:
            self._rest.reset()

    @on(TextView.WordChosen)
    def _word_chosen(self) -> None:
        self.action_learn()

    def _changed(self) -> None:
        """A word's status is another now: everything that shows it is drawn again."""
        if self._readings == "new":
            self.view.lay_out()  # what stands over the words follows their status
        self.view.refresh()
        self._show_entry()
        self._show_header()

    # -- keys ---------------------------------------------------------------------------------------------

    def action_phrase(self, forward: bool) -> None:
        """Moves to the next key phrase."""
        if not self.view.move_to_word(forward, self.view.is_phrase):
            self.app.say(
                "No key phrase that way." if self.phrases else "The key phrases are still being found."
            )

    def action_learn(self) -> None:
        """Makes a note of the key phrase under the cursor, or else of the word."""
        word = self.view.word
        if word is None:
            return
        phrase = self._phrase_here()
        if phrase is None and (word.token.kind != "word" or not word.syllables):
            self.app.say("Only Chinese words can be learnt.")
            return
        from studytui.study.notes_from import note_of, note_of_word

        annotated = self.annotated
        if annotated is None:
            self.app.say("The words are still being found.")
            return
        if phrase is not None:
            note = note_of(phrase, self.document)
        else:
            note = note_of_word(word, self.view.place.paragraph, annotated, self.app.desk.lexicon)
        with self.app.telling():
            self.app.collection.remember_text(self.document)
            self.app.collection.add_note(note)
            self.app.say(f"{note.headword} is in your notes.")
            self._changed()

    def action_mark(self, status: Status) -> None:
        """Gives the word under the cursor a status."""
        word = self.view.word
        if word is None or word.token.kind != "word":
            self.app.say("Only words have a status.")
            return
        with self.app.telling():
            self.app.collection.mark(word.headword, status)
            self._changed()

    def action_undo(self) -> None:
        """Takes back the last thing that was done."""
        with self.app.telling():
            undone = self.app.collection.undo()
            self.app.say(undone or "There is nothing to undo.")
            self._take_mends()
            self._changed()

    def action_join(self) -> None:
        """Joins the word with the next one, wherever the two stand so in this text."""
        word, following = self.view.word, self._following()
        if word is None or following is None:
            self.app.say("There is no word after it to join it with.")
            return
        self._mend(word.token.start, (word.text + following.text,), "text")

    def action_cut(self) -> None:
        """Lets the learner choose how the word, or the word and the next one, are cut."""
        from studytui.tui.screens.mend import Choice, MendScreen

        word, following = self.view.word, self._following()
        if word is None or word.token.kind == "punctuation":
            return
        start = word.token.start

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                self._mend(start, choice.parts, choice.scope)

        stretches = [word.text, *([word.text + following.text] if following is not None else [])]
        self.app.push_screen(MendScreen(stretches, self.app.desk.lexicon), chosen)

    def _following(self) -> Word | None:
        """The word that stands right behind the cursor's, nothing between them."""
        word = self.view.word
        if word is None:
            return None
        following = self.view.word_at(Place(self.view.place.paragraph, word.token.end))
        adjoins = following is not None and following.token.start == word.token.end
        return following if adjoins and following and following.token.kind != "punctuation" else None

    def _mend(self, start: int, parts: tuple[str, ...], scope: Scope) -> None:
        text = self.document.paragraphs[self.view.place.paragraph].text
        with self.app.telling():
            self.app.collection.remember_text(self.document)
            self.app.collection.segment(mend_at(text, start, parts, scope, self.document.id))
            self._take_mends()
            self._changed()

    def _take_mends(self) -> None:
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
            new = self.app.desk.words(paragraph, self._mends)
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
            self._find_phrases(AnnotatedDocument(self.document, words))

    def action_phrases(self) -> None:
        """Lists the key phrases."""
        if self.annotated is None:
            self.app.say("The key phrases are still being found.")
            return
        from studytui.tui.screens.phrases import PhrasesScreen

        self.app.push_screen(PhrasesScreen(self.annotated, self.phrases), self._phrase_chosen)

    def _phrase_chosen(self, phrase: KeyPhrase | None) -> None:
        if phrase is not None and phrase.occurrences:
            paragraph, start, _ = phrase.occurrences[0]
            self.view.go_to(Place(paragraph, start))
        self._changed()

    def action_quiz(self) -> None:
        """Asks about the key phrases."""
        if self.annotated is None:
            self.app.say("The key phrases are still being found.")
            return
        self._keep_place()
        self.app.start_quiz(self.annotated, self.phrases)

    def _keep_place(self) -> None:
        if self._whole is not None:
            return  # a text is kept whole or not at all
        place = self.view.place
        with self.app.telling():
            self.app.collection.remember_text(self.document)
            self.app.collection.set_place(self.document.id, place.paragraph, place.offset)

    def action_leave(self) -> None:
        """Takes marks off the text; without any, goes back, keeping the place."""
        if self.drop_marks():
            return
        self._keep_place()
        self.app.leave()
