"""The reader: the text, a cursor that moves by word, and the entry of the word under it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType

from studytui.errors import StudytuiError
from studytui.text.sentence import sentence_spans
from studytui.text.words.recut import Scope, mend_at
from studytui.tui.host import CollectionChanged
from studytui.tui.screens.choice_dialog import ChoiceScreen
from studytui.tui.screens.first_run.guide import Guide
from studytui.tui.screens.help import HelpScreen
from studytui.tui.screens.reader.annotated_screen import AnnotatedScreen
from studytui.tui.widgets.key_groups import LEARN, LOOK, MOVE, PROGRAM, TEXT
from studytui.tui.widgets.text.text_view import Place, TextView
from studytui.wording import many

if TYPE_CHECKING:
    from textual.timer import Timer

    from studytui.session.workspace import Opening
    from studytui.study.phrases.ranking import KeyPhrase
    from studytui.study.vocabulary import Mark, Status
    from studytui.text.document import LinesChoice
    from studytui.text.token import Word

KEPT_AFTER = 3.0
"""Seconds that the cursor rests before its place is kept: an act in the journal, some 150 bytes."""
KEPT_AT_LATEST = 30.0
"""Seconds after which the place is kept although the cursor never rests."""

_KEYS_FOR: dict[Status, tuple[str, str]] = {
    "new": ("reader.learn", "reader.known"),
    "probable": ("reader.known", "reader.learn"),
    "learning": ("reader.known", "app.undo"),
    "known": ("reader.new", "app.undo"),
    "ignored": ("reader.new", "app.undo"),
}
"""What can be done with a word."""


_LINES: dict[LinesChoice, str] = {
    "auto": "Lines are joined where they look wrapped.",
    "keep": "Every line stands as it is.",
    "join": "What was wrapped is joined throughout.",
}


class ReaderScreen(AnnotatedScreen):
    """One text, and what the learner does with its words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "a",
            "learn",
            "Learn",
            id="reader.learn",
            tooltip="Make a note of the word, with its sentence",
            group=LEARN,
        ),
        Binding(
            "m", "mark('known')", "Known", id="reader.known", tooltip="Mark the word as known", group=LEARN
        ),
        Binding(
            "M",
            "mark_rest",
            "Known from here",
            show=False,
            id="reader.known-rest",
            tooltip="Mark what follows as known: the sentence, page or text",
            group=LEARN,
        ),
        Binding(
            "i",
            "mark('ignored')",
            "Ignore",
            show=False,
            id="reader.ignore",
            tooltip="Ignore the word: it is left alone",
            group=LEARN,
        ),
        Binding("backspace", "mark('new')", "Back to new", show=False, id="reader.new", group=LEARN),
        Binding("t", "quiz", "Quiz", id="reader.quiz", tooltip="Be asked about the key phrases", group=LEARN),
        Binding("f", "phrases", "Phrases", id="reader.phrases", tooltip="List the key phrases", group=LOOK),
        Binding(
            "apostrophe",
            "back_to_reading",
            "Back to where you read",
            show=False,
            key_display="'",
            id="reader.back-to-reading",
            tooltip="From a place found or the text's end back to where you read",
            group=MOVE,
        ),
        Binding(
            "V",
            "speak",
            "Read aloud",
            show=False,
            id="reader.speak",
            tooltip="Read the word aloud, or what is selected",
            group=LOOK,
        ),
        Binding("H", "contents", "Headings", show=False, id="reader.contents", group=MOVE),
        Binding(
            "J",
            "join",
            "Join",
            show=False,
            id="reader.join",
            tooltip="Join the word with the next one, in this text",
            group=TEXT,
        ),
        Binding(
            "c",
            "cut",
            "Cut",
            show=False,
            id="reader.cut",
            tooltip="Say which words these characters are",
            group=TEXT,
        ),
        Binding(
            "W",
            "lines",
            "Lines",
            show=False,
            id="reader.lines",
            tooltip="Keep the text's lines, or join wrapped ones",
            group=TEXT,
        ),
        Binding(
            "full_stop",
            "next_prompt",
            "Next prompt",
            show=False,
            key_display=".",
            id="reader.next-prompt",
            tooltip="Go on to the next prompt",
            group=PROGRAM,
        ),
        Binding("escape,q", "leave", "Back", show=False, id="reader.leave", group=PROGRAM),
    ]

    def __init__(self, opening: Opening, visit: Place | None = None, *, guided: bool = False) -> None:
        """A reader of a text.

        Args:
            opening: the text.
            visit: what is looked at and left again; the place where the learner reads stays. None to read.
            guided: whether prompts say what can be done, one after the other.
        """
        super().__init__(opening, visit)
        self._guided = guided
        self._level = self.app.workspace.level
        self._remembered = False
        self._keeping: Timer | None = None
        self._unkept_since = 0.0
        self._cannot_keep = False
        self._reads_at: Place | None = None
        """Where the learner reads, while what a jump led to is only looked at."""
        self._looks_at = Place(0, 0)
        """Where the last jump led."""

    def on_mount(self) -> None:
        """Shows the first prompt; offers a quiz that was broken off."""
        if self._guided:
            self.guide.begin()
        # One looks something up here while the quiz is open.
        if self.visit is None and self.app.collection.locations.quiz.exists():
            self.app.when_drawn(self._offer_quiz)

    def _offer_quiz(self) -> None:
        from studytui.session.asking.quizzes import unfinished  # and with it all that asks and judges

        if (broken_off := unfinished(self.app.workspace, self.document.id)) is not None:
            self.app.say(f"A quiz on this text was broken off, {broken_off[1]} to go: t goes on with it.")

    # -- the prompts of a first text ----------------------------------------------------------------------

    @property
    def guide(self) -> Guide:
        """The prompts."""
        return self.query_one(Guide)

    def key_of(self, name: str) -> str:
        """How the key of a binding is written: of the reader's own by its name, `help` for the help."""
        wanted = "app.help" if name == "help" else f"reader.{name}"
        found = [each.binding for each in self.active_bindings.values() if each.binding.id == wanted]
        named = [binding for binding in found if len(binding.key) > 1]  # → tells more than l
        return self.app.get_key_display((named or found)[0]) if found else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a next prompt while there is one."""
        return not self.guide.is_over if action == "next_prompt" and self.is_mounted else True

    def action_next_prompt(self) -> None:
        """Goes on to the next prompt."""
        self.guide.skip()

    def action_word(self, forward: bool) -> None:
        """Moves by a word."""
        super().action_word(forward)
        self.guide.did("move")

    def action_readings(self) -> None:
        """Shows readings over no words, over those not known, over all."""
        super().action_readings()
        self.guide.did("readings")

    @on(events.ScreenSuspend)
    def _something_over_it(self) -> None:
        """The help, where it lies over the text, was found."""
        if isinstance(self.app.screen, HelpScreen):
            self.guide.did("help")

    # -- the keys that matter now ---------------------------------------------------------------------------

    def keys_now(self) -> tuple[str, ...]:
        """The keys that matter at the cursor: what can be done with its word, and where to go on."""
        if (marks := super().keys_now()) is not None:
            return marks
        word = self.view.word
        if word is None:
            return self.KEYS_ANYWHERE
        # On a wide screen there is room for more of them.
        onward = ("reader.next-new", "reader.phrases", "reader.search", "reader.readings", *self.KEYS_ALWAYS)
        if self._is_read_to_the_end():
            return ("reader.quiz", "reader.phrases", "reader.leave", "app.help")
        if self.app.collection.is_fresh and not self.app.collection.has_settings:
            onward = ("app.level", *onward)
        phrase = self.phrase_here()
        if phrase is not None and self._status(phrase.headword) == "new":
            return ("reader.learn", "reader.known", *onward)
        if word.token.kind != "word":
            return ("reader.next-word", *onward)
        return (*_KEYS_FOR[self._status(word.headword)], *onward)

    def _is_read_to_the_end(self) -> bool:
        """Whether the cursor is in the last line that there is."""
        view = self.view
        last = len(self.document.paragraphs) - 1
        if self._whole is not None or view.place.paragraph != last:
            return False
        return view.page.next_row(view.page.row_of(view.place)) is None

    # -- keys ---------------------------------------------------------------------------------------------

    def action_phrase(self, forward: bool) -> None:
        """Moves to the next key phrase."""
        if not self.view.move_to_word(forward, self.view.is_phrase):
            self.app.say("No key phrase in that direction." if self.phrases else self.still_finding)

    @on(TextView.WordChosen)
    def _word_chosen(self) -> None:
        self.action_learn()

    def action_learn(self) -> None:
        """Makes a note of the key phrase under the cursor; asked again, or without one, of the word."""
        word = self.view.word
        if word is None:
            return
        is_word = word.token.kind == "word" and bool(word.syllables)
        phrase = self.phrase_here()
        if phrase is not None and is_word and self._status(phrase.headword) != "new":
            phrase = None
        if phrase is None and not is_word:
            is_number = word.token.kind == "number"
            self.app.say("Numbers count as known." if is_number else "Only Chinese words can be learned.")
            return
        annotated = self.annotated
        if annotated is None:
            self.app.say(self.failed or "The words are still being found.")
            return
        from studytui.session.words.learning import learn
        from studytui.study.notes_from_text import note_of, note_of_word

        with self.app.telling():
            if phrase is not None:
                note = note_of(phrase, self.document)
            else:
                note = note_of_word(word, self.view.place.paragraph, annotated, self.app.workspace.lexicon)
            self._remember_text()
            told = learn(self.app.collection, [note])
            self.changed()
            part = is_word and note.headword != word.headword and self._status(word.headword) == "new"
            again = f" Once more for {word.text} alone." if part else ""
            self.app.say(f"{told}{again}")
            self.guide.did("mark")

    def action_mark(self, status: Mark) -> None:
        """Gives the word under the cursor a status."""
        word = self.view.word
        if word is None or word.token.kind != "word":
            self.app.say("Only words have a status.")
            return
        with self.app.telling():
            self.app.collection.mark(word.headword, status)
            self.changed()
            self.guide.did("mark")

    def action_mark_rest(self) -> None:
        """Marks the words from the cursor on as known: of the sentence, the page or the text."""
        place = self.view.place
        text = self.document.paragraphs[place.paragraph].text if self.document.paragraphs else ""
        sentence = next(
            (end for start, end in sentence_spans(text) if start <= place.offset < end), len(text)
        )
        ends = (Place(place.paragraph, sentence), self.view.page_end, Place(len(self.view.words), 0))
        found = [self._unknown_until(end) for end in ends]
        if not found[-1]:
            self.app.say("Every word from here on is known or being learned.")
            return

        def chosen(number: int | None) -> None:
            if number is None:
                return
            with self.app.telling():
                marked = self.app.collection.mark_all(dict.fromkeys(found[number], "known"))
                self.changed()
                self.app.say(f"{many(marked, 'word')} marked as known; u undoes it.")

        names = ("the rest of the sentence", "the rest of the page", "the rest of the text")
        rows = [f"{name}: {many(len(words), 'word')}" for name, words in zip(names, found, strict=True)]
        title = "Mark as known what is not learned"
        keys = "Enter marks them, u undoes it"
        self.app.push_screen(ChoiceScreen(title, rows, keys=keys), chosen)

    def _unknown_until(self, end: Place) -> list[str]:
        """The headwords from the cursor to a place that are neither known nor learned, each once."""
        start = self.view.place
        return list(
            dict.fromkeys(
                word.headword
                for paragraph in range(start.paragraph, min(end.paragraph + 1, len(self.view.words)))
                for word in self.view.words[paragraph] or ()
                if word.token.kind == "word"
                and start <= Place(paragraph, word.token.start) < end
                and self._status(word.headword) in ("new", "probable")
            )
        )

    # -- jumps: what they lead to is looked at, and is no progress in the text ------------------------------

    @contextmanager
    def _jumping(self) -> Iterator[None]:
        """A jump: the learner reads on where it began, or goes on reading from where it led."""
        before = self._reads_at or self.view.place
        yield
        here = self.view.place
        self._looks_at = here
        self._reads_at = before if here.paragraph != before.paragraph else None

    def action_again(self, forward: bool) -> None:
        """Goes to the next place of what was searched for."""
        with self._jumping():
            super().action_again(forward)

    def action_edge(self, end: bool) -> None:
        """Moves to the text's start or end."""
        with self._jumping():
            super().action_edge(end)

    def action_page(self, forward: bool) -> None:
        """Moves by a screen: onward, that is reading."""
        super().action_page(forward)
        if forward and not self._is_read_to_the_end():
            self._reads_at = None

    def action_back_to_reading(self) -> None:
        """Goes back from what a jump led to."""
        if self._reads_at is None:
            self.app.say("You are where you read.")
            return
        self.view.go_to(self._reads_at)
        self._reads_at = None
        self.drop_marks()

    @on(CollectionChanged)
    def _show_again(self) -> None:
        """Cuts, marks, notes and settings may be others."""
        self.view.set_spaced(self.app.collection.config.empty_lines)
        self.show_readings(self.app.collection.config.pinyin)
        self.show_script(self.app.collection.config.text_script)
        self.take_mends()
        self.changed()
        if (level := self.app.workspace.level) != self._level:  # other phrases are worth learning
            self._level = level
            self._find_phrases_again()

    def action_lines(self) -> None:
        """Keeps the text's lines as they are, joins what was wrapped, or leaves it to the program again."""
        if self.still_reading:
            self.app.say("The text is still being read: press it again in a moment.")
            return
        order: tuple[LinesChoice, ...] = ("auto", "keep", "join")
        now = self.app.collection.library.lines_of(self.document.id)
        choice = order[(order.index(now) + 1) % len(order)]
        self._reads_at = None  # its paragraphs are others
        with self.app.telling():
            self.take_document(self.app.workspace.with_lines(self.document, choice))
            self.app.say(_LINES[choice])

    def action_speak(self) -> None:
        """Reads the word under the cursor aloud, or the selection."""
        word = self.view.word
        if text := self.view.selected or (word.text if word is not None else ""):
            self.app.speak(text)

    def action_contents(self) -> None:
        """Lists the headings."""
        from studytui.tui.screens.contents import ContentsScreen

        headings = [
            (index, paragraph.text, self.share_before(index))
            for index, paragraph in enumerate(self.document.paragraphs)
            if paragraph.kind == "heading"
        ]
        if not headings:
            self.app.say("This text has no headings: `:` goes to a place in percent.")
            return

        def chosen(paragraph: int | None) -> None:
            if paragraph is not None:
                self.view.go_to(Place(paragraph, 0))

        self.app.push_screen(ContentsScreen(headings, self.view.place.paragraph), chosen)

    def action_join(self) -> None:
        """Joins the word with the next one, wherever the two stand so in this text."""
        word, following = self.view.word, self._following()
        if word is None or following is None:
            self.app.say("There is no word after it to join it with.")
            return
        self._mend(word.token.start, (word.text + following.text,), "text")

    def action_cut(self) -> None:
        """Lets the learner choose how the word, or the word and the next one, are cut."""
        from studytui.tui.screens.recut_dialog import MendScreen, RecutChoice

        word, following = self.view.word, self._following()
        if word is None or word.token.kind == "punctuation":
            return
        start = word.token.start

        def chosen(choice: RecutChoice | None) -> None:
            if choice is not None:
                self._mend(start, choice.parts, choice.scope)

        stretches = [word.text, *([word.text + following.text] if following is not None else [])]
        self.app.push_screen(MendScreen(stretches, self.app.workspace.lexicon), chosen)

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
            self._remember_text()
            self.app.collection.segment(mend_at(text, start, parts, scope, self.document.id))
            self.take_mends()
            self.changed()

    def action_phrases(self) -> None:
        """Lists the key phrases."""
        if self.annotated is None:
            self.app.say(self.still_finding)
            return
        from studytui.tui.screens.phrase_list import PhrasesScreen

        self.app.push_screen(PhrasesScreen(self.annotated, self.phrases), self._phrase_chosen)

    def _phrase_chosen(self, phrase: KeyPhrase | None) -> None:
        self.changed()
        if phrase is None or not phrase.occurrences:
            return
        paragraph, start, _ = phrase.occurrences[0]
        with self._jumping():
            self.view.go_to(Place(paragraph, start))
        if self._reads_at is not None:
            key = self.key_of("back-to-reading")
            self.app.say(f"The first of {many(phrase.count, 'place')}; {key} goes back to where you read.")

    def action_quiz(self) -> None:
        """Asks about the key phrases."""
        if self.annotated is None:
            self.app.say(self.still_finding)
            return
        self.guide.did("quiz")
        with self.app.telling():
            self.keep_place()
        self.app.start_quiz(self.annotated, self.phrases)

    def keep_place(self) -> None:
        """Keeps the text and the place in it, where something has changed.

        Raises:
            StudytuiError: it cannot be written.
        """
        if self.visit is not None or not self.is_mounted:
            return
        if self._whole is not None or not self.document.paragraphs:
            return  # a text is kept whole or not at all, and let go of when it is closed
        self._remember_text()
        place = self._reads_at or self.view.place
        self.app.collection.library.set_place(self.document.id, place.paragraph, place.offset)

    def _remember_text(self) -> None:
        """Keeps the text, once."""
        if not self._remembered:
            self.app.collection.library.remember(self.document)
            self._remembered = True

    @on(TextView.WordEntered)
    def _cursor_moved(self) -> None:
        """Keeps the place once the cursor rests, and now and then while it does not."""
        if self.view.place.paragraph > self._looks_at.paragraph:
            self._reads_at = None  # the learner has read on from where a jump led
        if self._keeping is None:
            self._unkept_since = monotonic()
            self._keeping = self.set_timer(KEPT_AFTER, self._cursor_rests)
        elif monotonic() - self._unkept_since < KEPT_AT_LATEST - KEPT_AFTER:
            self._keeping.reset()

    def _cursor_rests(self) -> None:
        self._keeping = None
        if self._cannot_keep:
            return
        try:
            self.keep_place()
        except StudytuiError as error:
            self._cannot_keep = True  # said once, and once more on leaving
            self.app.say(str(error), severity="error")

    def action_leave(self) -> None:
        """Takes marks off the text; without any, goes back, keeping the place."""
        if self.drop_marks():
            return
        with self.app.telling():
            self.keep_place()
        self.app.leave()
