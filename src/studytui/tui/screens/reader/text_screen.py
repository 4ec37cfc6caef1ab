"""Moving about in a text: by word, line, page, sentence and paragraph, by search, and what is copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, get_args

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.style import Style

from studytui.store.config import Pinyin, TextScript
from studytui.study.vocabulary import Status
from studytui.text.characters import is_han
from studytui.text.document import Document
from studytui.text.pinyin import joined
from studytui.text.pronunciation.zhuyin import separate
from studytui.text.script import convert
from studytui.text.token import Word
from studytui.tui.text_search import next_sentence, place_named, search, sentence_at
from studytui.tui.widgets.entry_panel import EntryPanel
from studytui.tui.widgets.key_bar import KeyBar
from studytui.tui.widgets.key_groups import LOOK, MOVE, TEXT
from studytui.tui.widgets.prompt import Prompt
from studytui.tui.widgets.text.text_view import TextView

if TYPE_CHECKING:
    from studytui.tui.host import Host

READINGS: dict[Pinyin, str] = {
    "none": "No pinyin over the words.",
    "new": "Pinyin over the words you do not know.",
    "all": "Pinyin over all words.",
}


SCRIPTS: dict[TextScript, str] = {
    "written": "The text as it was written.",
    "simplified": "In simplified characters.",
    "traditional": "In traditional characters.",
}


def _quiet(
    keys: str,
    action: str,
    what: str,
    name: str,
    shown: str | None = None,
    group: Binding.Group = MOVE,
    more: str = "",
) -> Binding:
    """A key that the footer does not name by itself; `more` is what the help says of it."""
    return Binding(
        keys, action, what, show=False, id=f"reader.{name}", key_display=shown, group=group, tooltip=more
    )


class TextScreen(Screen[None]):
    """A screen with a text in it. Whoever builds on it composes the widgets `text`, `entry`, `prompt`."""

    app: Host
    document: Document

    BINDINGS: ClassVar[list[BindingType]] = [
        _quiet("l,right", "word(True)", "Next word", "next-word"),
        _quiet("h,left", "word(False)", "Previous word", "previous-word"),
        _quiet("j,down", "row(1)", "Next line", "next-line"),
        _quiet("k,up", "row(-1)", "Previous line", "previous-line"),
        _quiet("space,pagedown", "page(True)", "Next page", "next-page"),
        _quiet("b,pageup", "page(False)", "Previous page", "previous-page"),
        _quiet("right_parenthesis", "sentence(True)", "Next sentence", "next-sentence", ")"),
        _quiet("left_parenthesis", "sentence(False)", "Previous sentence", "previous-sentence", "("),
        _quiet("right_curly_bracket", "paragraph(True)", "Next paragraph", "next-paragraph", "}"),
        _quiet("left_curly_bracket", "paragraph(False)", "Previous paragraph", "previous-paragraph", "{"),
        _quiet("g,home", "edge(False)", "Start of the text", "start"),
        _quiet("G,end", "edge(True)", "End of the text", "end"),
        _quiet("n", "new_word(True)", "Next new word", "next-new"),
        _quiet("N", "new_word(False)", "Previous new word", "previous-new"),
        _quiet("p", "phrase(True)", "Next key phrase", "next-phrase"),
        _quiet("P", "phrase(False)", "Previous key phrase", "previous-phrase"),
        _quiet("slash", "ask('search')", "Search", "search", "/"),
        _quiet("semicolon", "again(True)", "Next place found", "next-found", ";"),
        _quiet("comma", "again(False)", "Previous place found", "previous-found", ","),
        _quiet("colon", "ask('place')", "Go to a percentage or paragraph", "go-to", ":"),
        _quiet("right_square_bracket", "entry(1)", "Scroll the entry down", "entry-down", "]", LOOK),
        _quiet("left_square_bracket", "entry(-1)", "Scroll the entry up", "entry-up", "[", LOOK),
        _quiet("v", "readings", "Pinyin", "readings", group=LOOK, more="Pinyin over no, new, all words"),
        _quiet("s", "script", "Script", "script", group=LOOK, more="Simplified or traditional"),
        _quiet("x", "select", "Select from here", "select", group=TEXT),
        _quiet("y", "copy", "Copy the selection, or the sentence", "copy", group=TEXT),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._sought = ""
        self._readings: Pinyin = "none"

    KEYS_ALWAYS: ClassVar[tuple[str, ...]] = ("reader.quiz", "reader.leave", "app.help")
    """The keys that the last line has before all others."""
    KEYS_ANYWHERE: ClassVar[tuple[str, ...]] = (
        "reader.next-page",
        "reader.search",
        "reader.go-to",
        "reader.readings",
        "reader.script",
        *KEYS_ALWAYS,
    )
    """The keys that are worth naming where there is no word to do something with."""

    def legend(self) -> list[tuple[str, Style]]:
        """What the looks of words mean."""
        names = ("new", "probable", "learning", "known", "ignored", "phrase")
        told = {"probable": "probably known", "learning": "being learned", "phrase": "key phrase"}
        return [
            (told.get(name, name), self.view.get_visual_style(f"text-view--{name}", partial=True))
            for name in names
        ]

    @property
    def view(self) -> TextView:
        """The text's widget."""
        return self.query_one("#text", TextView)

    def _status(self, headword: str) -> Status:
        return self.app.collection.status(headword)

    # -- the keys that matter now --------------------------------------------------------------------------

    def keys_now(self) -> tuple[str, ...] | None:
        """The bindings that the last line names, by id; None where nothing is sought or selected."""
        if self.query_one("#prompt", Prompt).display:
            return ("prompt.answer", "prompt.leave")
        if self.view.is_selecting:
            return ("reader.copy", "reader.next-word", "reader.next-sentence", *self.KEYS_ALWAYS)
        if self.view.found is not None:
            return ("reader.next-found", "reader.previous-found", "reader.search", *self.KEYS_ALWAYS)
        return None

    def show_keys(self) -> None:
        """Names in the last line what can be done now."""
        self.query_one(KeyBar).offer(self.keys_now() or self.KEYS_ANYWHERE, len(self.KEYS_ALWAYS))

    # -- moving -------------------------------------------------------------------------------------------

    def action_word(self, forward: bool) -> None:
        """Moves by a word."""
        self.view.move_to_word(forward)

    def action_row(self, count: int) -> None:
        """Moves by a display line."""
        self.view.move_rows(count)

    def action_page(self, forward: bool) -> None:
        """Moves by a screen."""
        self.view.move_page(forward)

    def action_sentence(self, forward: bool) -> None:
        """Moves to the next sentence, or to the beginning of this one and the one before."""
        place = next_sentence(self.view.page, self.view.place, forward)
        if place is not None:
            self.view.go_to(place)

    def action_paragraph(self, forward: bool) -> None:
        """Moves by a paragraph."""
        self.view.move_paragraph(forward)

    def action_edge(self, end: bool) -> None:
        """Moves to the text's start or end."""
        self.view.move_to_edge(end)

    def action_new_word(self, forward: bool) -> None:
        """Moves to the next word that is new to the learner."""
        found = self.view.move_to_word(
            forward, lambda _, word: word.token.kind == "word" and self._status(word.headword) == "new"
        )
        if not found:
            self.app.say("No new word in that direction.")

    # -- searching, going to ------------------------------------------------------------------------------

    def action_ask(self, what: str) -> None:
        """Opens the line for a search or a place."""
        self.query_one("#prompt", Prompt).ask("search" if what == "search" else "place")
        self.show_keys()

    @on(Prompt.Left)
    def _left(self) -> None:
        self.view.focus()
        self.show_keys()

    @on(Prompt.Answered)
    def _answered(self, message: Prompt.Answered) -> None:
        self.view.focus()
        if message.asked == "search":
            self._sought = message.text
            self.action_again(True)
            return
        place = place_named(self.document, message.text)
        if place is None:
            last = len(self.document.paragraphs)
            self.app.say(f"Type a place as 40% or as a paragraph from 1 to {last}.")
        else:
            self.view.go_to(place)
        self.show_keys()

    def action_again(self, forward: bool) -> None:
        """Goes to the next place of what was searched for."""
        if not self._sought:
            self.action_ask("search")
            return
        view = self.view
        simplified = self.app.workspace.annotator.segmenter.simplified
        found = search(view.page, self._sought, view.place, forward, simplified)
        view.mark_found(found)
        if found is None:
            self.app.say(f"{self._sought} is not in this text.")
        else:
            view.go_to(found[0])
        self.show_keys()

    # -- the entry, the readings, the script --------------------------------------------------------------

    def action_entry(self, count: int) -> None:
        """Scrolls the entry."""
        self.query_one("#entry", EntryPanel).scroll_rows(count)

    def action_readings(self) -> None:
        """Shows readings over no words, over those not known, over all."""
        modes: tuple[Pinyin, ...] = get_args(Pinyin)
        mode = modes[(modes.index(self._readings) + 1) % len(modes)]
        self.show_readings(mode)
        said = READINGS[mode]
        if self.app.collection.config.phonetics == "zhuyin":
            said = said.replace("Pinyin", "Zhuyin").replace("pinyin", "zhuyin")
        self.app.say(said)
        with self.app.telling():
            self.app.collection.change_settings({"pinyin": mode})

    def show_readings(self, mode: Pinyin) -> None:
        """Shows readings over the words that a mode names."""
        self._readings = mode
        self.view.set_over(None if mode == "none" else self._reading_over)

    def _reading_over(self, word: Word) -> str:
        # A numeral has a reading where it is written in characters: 一, 第三, not 2016.
        read = word.token.kind in ("word", "name") or any(map(is_han, word.text))
        if not read or not word.syllables:
            return ""
        if self._readings == "new":
            unknown = word.token.kind == "word" and self._status(word.headword) in ("new", "learning")
            if not unknown:
                return ""
        config = self.app.collection.config
        syllables = word.syllables
        if config.sandhi:
            from studytui.text.pronunciation.token_readings import with_sandhi

            syllables = with_sandhi(syllables, word.headword)
        return separate(syllables) if config.phonetics == "zhuyin" else joined(syllables)

    def action_script(self) -> None:
        """Shows the text in the other script, and as it was written again; the next one, too."""
        script: TextScript = "written"
        if self.view.page.written is None:
            script = "traditional" if self._is_simplified() else "simplified"
        self.show_script(script)
        self.app.say(SCRIPTS[script])
        with self.app.telling():
            self.app.collection.change_settings({"text_script": script})

    def show_script(self, script: TextScript) -> None:
        """Shows the text in a script; one that is in it already as it was written."""
        written = None
        if script == "simplified" and not self._is_simplified():
            written = self._simplified
        elif script == "traditional" and self._is_simplified():
            written = self._traditional
        if written != self.view.page.written:
            self.view.set_written(written)

    def _is_simplified(self) -> bool:
        sample = "".join(paragraph.text for paragraph in self.document.paragraphs[:40])
        return convert(sample, "t2s") == sample

    def _simplified(self, text: str, words: Sequence[Word]) -> str:
        return self.app.workspace.annotator.segmenter.simplified(text)

    def _traditional(self, text: str, words: Sequence[Word]) -> str:
        from studytui.text.words.traditional import to_traditional  # and with it the dictionary

        return to_traditional(text, words, self.app.workspace.annotator.lexicon)

    # -- selecting, copying -------------------------------------------------------------------------------

    def action_select(self) -> None:
        """Begins a selection at the cursor, or ends it."""
        self.view.select(None if self.view.is_selecting else self.view.place)
        self.show_keys()

    def action_copy(self) -> None:
        """Copies the selection, or else the sentence, to the clipboard of the terminal."""
        text = self.view.selected or sentence_at(self.view.page, self.view.place)
        if not text:
            return
        self.app.copy_to_clipboard(text)
        self.view.select(None)
        self.show_keys()
        self.app.say(f"{len(text)} characters are copied.")

    def drop_marks(self) -> bool:
        """Takes selection and search marks off the text; whether there were any."""
        view = self.view
        had = view.is_selecting or view.found is not None
        view.mark_found(None)
        if view.is_selecting:
            view.select(None)
        self.show_keys()
        return had
