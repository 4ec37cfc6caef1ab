"""The key phrases of a text, best first, each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from studytui.session.words.learning import learn
from studytui.study.language.gloss import in_a_line
from studytui.study.notes.note import note_id
from studytui.study.notes_from_text import note_of
from studytui.study.phrases.ranking import KeyPhrase
from studytui.text.script import to_script
from studytui.text.token import AnnotatedDocument
from studytui.tui.host import CollectionChanged
from studytui.tui.screens.choice_dialog import ChoiceScreen
from studytui.tui.widgets.entry_panel import reading
from studytui.tui.widgets.key_bar import KeyBar
from studytui.tui.widgets.key_groups import LEARN, LOOK, PROGRAM
from studytui.tui.widgets.row_list import RowList
from studytui.wording import many

if TYPE_CHECKING:
    from studytui.tui.host import Host


ORDERS: tuple[tuple[str, Callable[[KeyPhrase], tuple[float, ...]]], ...] = (
    ("best first", lambda phrase: (-phrase.score,)),
    ("as they stand in the text", lambda phrase: phrase.occurrences[0] if phrase.occurrences else (0, 0, 0)),
    ("commonest first", lambda phrase: (-phrase.count,)),
    ("easiest first", lambda phrase: (phrase.hsk or 8, -(phrase.frequency or 0.0))),
)
"""How the list can be ordered: what it is called, and the key to sort by."""


def _fitted(text: str, cells: int) -> str:
    """A text made as wide as its column, with `…` where it is cut, and a space after it."""
    if cell_len(text) < cells:
        return set_cell_size(text, cells)
    return set_cell_size(set_cell_size(text, cells - 2).rstrip() + "…", cells)


class PhrasesScreen(Screen[KeyPhrase | None]):
    """Returns the phrase to jump to, or None."""

    app: Host

    SIGNS: ClassVar[Sequence[tuple[str, str]]] = (
        ("+", "in your notes"),
        ("✓", "known"),
        ("-", "ignored"),
        (">", "picked: `a` learns all of these"),
        ("3×", "how often the text has it"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "a",
            "learn",
            "Learn",
            id="phrases.learn",
            group=LEARN,
            tooltip="Make notes of what is picked, or of this one",
        ),
        Binding(
            "A",
            "learn_all",
            "Learn the rest",
            id="phrases.learn-all",
            group=LEARN,
            tooltip="Make notes of those without one",
        ),
        Binding(
            "x",
            "pick",
            "Pick",
            show=False,
            id="phrases.pick",
            group=LEARN,
            tooltip="Pick the phrase, to learn many at once",
        ),
        Binding(
            "o", "order", "Order", id="phrases.order", group=LOOK, tooltip="By worth, place, count, level"
        ),
        Binding(
            "m",
            "mark('known')",
            "Known",
            show=False,
            id="phrases.known",
            group=LEARN,
            tooltip="Mark the phrase as known",
        ),
        Binding("i", "mark('ignored')", "Ignore", show=False, id="phrases.ignore", group=LEARN),
        Binding(
            "e",
            "export",
            "Export",
            id="phrases.export",
            group=PROGRAM,
            tooltip="Write the text's notes for Anki",
        ),
        Binding("escape,q,f", "dismiss(None)", "Back", id="phrases.leave", group=PROGRAM),
    ]

    def __init__(self, annotated: AnnotatedDocument, phrases: Sequence[KeyPhrase]) -> None:
        super().__init__()
        self.annotated = annotated
        self.ranked = tuple(phrases)
        """Best first."""
        self.phrases = self.ranked
        """As they are listed."""
        self._order = 0
        self._picked: set[str] = set()

    def compose(self) -> ComposeResult:
        """The list, and the whole of the phrase under the cursor."""
        yield Static(id="phrases-header", markup=False)
        yield RowList(id="phrases-list")
        yield Static(id="phrase-entry", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Shows the list."""
        keys = ("list.open", "phrases.learn", "phrases.learn-all", "phrases.order", "phrases.export")
        self.query_one(KeyBar).offer((*keys, "phrases.leave", "app.help"), 2)
        self._fill()

    def _show_header(self) -> None:
        told = f"  {len(self.phrases)} of {self.annotated.document.title}, {ORDERS[self._order][0]}"
        if self._picked:
            told += f", {len(self._picked)} picked"
        self.query_one("#phrases-header", Static).update(
            Content.assemble(Content.styled("Key phrases", "bold"), Content.styled(told, "dim"))
        )

    def on_resize(self) -> None:
        """Fits the columns to the width."""
        self._fill()

    @property
    def _list(self) -> RowList:
        return self.query_one("#phrases-list", RowList)

    def _fill(self) -> None:
        options = self._list
        highlighted = options.highlighted or 0
        options.clear_options()
        options.add_options([Option(self._line(phrase)) for phrase in self.phrases])
        options.highlighted = min(highlighted, len(self.phrases) - 1) if self.phrases else None
        options.focus()
        self._show_header()

    def _line(self, phrase: KeyPhrase) -> Content:
        width = max(30, self.size.width - 4)  # the scroll bar takes two
        # Columns as wide as this text's phrases need, but the gloss keeps half of the row.
        written = to_script(self.app.collection.config.script)
        wide = min(width // 4, max((cell_len(each.phrase) for each in self.phrases), default=0) + 2)
        sounds = (cell_len(reading(each.syllables).plain) for each in self.phrases)
        sounding = min(width // 3, max(sounds, default=0) + 1)
        status = self.app.collection.status(phrase.headword)
        in_notes = self.app.collection.note(note_id(phrase.headword, phrase.syllables)) is not None
        marks = {"known": "✓", "ignored": "-"}
        mark = ">" if phrase.headword in self._picked else "+" if in_notes else marks.get(status, " ")
        gloss = in_a_line(phrase.gloss, 3)
        reason = phrase.reason if width >= 110 else ""
        told = (
            min(width // 3, max((cell_len(each.reason) for each in self.phrases), default=0)) if reason else 0
        )
        room = max(0, width - 2 - wide - sounding - 4 - told - (2 if told else 0))
        if cell_len(gloss) > room:
            gloss = set_cell_size(gloss, max(0, room - 1)) + "…"
        sound = reading(phrase.syllables)
        return Content.assemble(
            Content.styled(f"{mark} ", "bold"),
            Content.styled(_fitted(written(phrase.phrase), wide), "bold"),
            sound.truncate(sounding - 1, ellipsis=True),
            " " * max(1, sounding - cell_len(sound.plain)),
            Content.styled(f"{phrase.count:>2}× ", "dim"),
            Content(set_cell_size(gloss, room) if told else gloss),
            Content.styled("  " + Content(reason).truncate(told, ellipsis=True).plain if told else "", "dim"),
        )

    def _phrase(self) -> KeyPhrase | None:
        highlighted = self._list.highlighted
        return self.phrases[highlighted] if highlighted is not None and self.phrases else None

    @on(OptionList.OptionHighlighted)
    def _show_entry(self) -> None:
        phrase = self._phrase()
        if phrase is None:
            return
        written = to_script(self.app.collection.config.script)
        lines = [
            Content.assemble(
                Content.styled(written(phrase.phrase), "bold"),
                "  ",
                reading(phrase.syllables),
                "  ",
                in_a_line(phrase.gloss),
            ),
            Content.styled(phrase.reason, "dim"),
        ]
        if phrase.example is not None:
            lines.append(Content(written(phrase.example.text)))
        self.query_one("#phrase-entry", Static).update(Content("\n").join(lines))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_jump()

    def action_jump(self) -> None:
        """Goes to the phrase in the text."""
        self.dismiss(self._phrase())

    def action_pick(self) -> None:
        """Picks the phrase under the cursor, or puts it back."""
        phrase = self._phrase()
        if phrase is not None:
            self._picked ^= {phrase.headword}
            self._fill()
            self._list.action_cursor_down()

    def action_order(self) -> None:
        """Orders the list another way; the cursor stays on its phrase."""
        here = self._phrase()
        self._order = (self._order + 1) % len(ORDERS)
        self.phrases = tuple(sorted(self.ranked, key=ORDERS[self._order][1]))
        self._fill()
        if here is not None:
            self._list.highlighted = self.phrases.index(here)

    def action_learn(self) -> None:
        """Makes notes of the phrases that are picked, or of the one under the cursor."""
        phrase = self._phrase()
        picked = [each for each in self.phrases if each.headword in self._picked]
        if picked:
            self._picked = set()
            self._learn(picked)
        elif phrase is not None:
            self._learn([phrase])
            self._list.action_cursor_down()

    def action_learn_all(self) -> None:
        """Makes notes of all phrases that have none."""
        note = self.app.collection.note
        rest = [each for each in self.phrases if note(note_id(each.headword, each.syllables)) is None]
        if not rest:
            self.app.say("All of them are in your notes.")
            return

        def agreed(number: int | None) -> None:
            if number is not None:
                self._learn(rest)

        made = f"Make {many(len(rest), 'note')}"
        self.app.push_screen(ChoiceScreen("Learn the phrases without a note", [made]), agreed)

    def _learn(self, phrases: Sequence[KeyPhrase]) -> None:
        document = self.annotated.document
        with self.app.telling():
            self.app.collection.library.remember(document)
            self.app.say(learn(self.app.collection, [note_of(phrase, document) for phrase in phrases]))
        self._fill()

    def action_mark(self, status: str) -> None:
        """Gives the phrase a status."""
        phrase = self._phrase()
        if phrase is None:
            return
        with self.app.telling():
            self.app.collection.mark(phrase.headword, "known" if status == "known" else "ignored")
        self._fill()

    def action_export(self) -> None:
        """Asks where to write the text's notes."""
        self.app.export(self.annotated.document)

    @on(CollectionChanged)
    def _show_again(self) -> None:
        self._fill()
