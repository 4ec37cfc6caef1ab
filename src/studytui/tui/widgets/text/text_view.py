"""The text under study: words drawn by what the learner knows, and a cursor that moves over them.

The view is anchored at a row of a paragraph and lays out only what is near the screen, so its cost does not
grow with the text. It is a Line API widget: a move redraws the cells of two words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from studytui.tui.widgets.text import moves
from studytui.tui.widgets.text.text_rows import Place as Place
from studytui.tui.widgets.text.text_rows import Row, TextRows
from studytui.tui.widgets.text.viewport import Viewport

if TYPE_CHECKING:
    from studytui.study.vocabulary import Status
    from studytui.text.document import Paragraph
    from studytui.text.layout import DisplayLine
    from studytui.text.token import Word


class TextView(Widget, can_focus=True):
    """Shows paragraphs and, once they are known, their words."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "text-view--plain",
        "text-view--new",
        "text-view--probable",
        "text-view--learning",
        "text-view--known",
        "text-view--ignored",
        "text-view--phrase",
        "text-view--heading",
        "text-view--aside",
        "text-view--cursor",
        "text-view--reading",
        "text-view--found",
        "text-view--selected",
    }

    DEFAULT_CSS = """
    TextView {
        padding: 0 1;
        color: $foreground;
        & > .text-view--new { color: $text-primary; text-style: underline; }
        & > .text-view--learning { color: $text-warning; text-style: bold; }
        & > .text-view--probable { color: $text-primary; }
        & > .text-view--ignored { text-style: dim; }
        & > .text-view--phrase { color: $text-accent; text-style: bold underline; }
        & > .text-view--heading { text-style: bold; }
        & > .text-view--aside { text-style: dim; }
        & > .text-view--cursor { text-style: reverse; }
        & > .text-view--reading { text-style: dim; }
        & > .text-view--found { text-style: bold reverse; color: $text-warning; }
        & > .text-view--selected { text-style: reverse; }
    }
    TextView:nocolor > .text-view--probable { text-style: dim underline; }
    """

    place: reactive[Place] = reactive(Place(0, 0), repaint=False, always_update=True)
    """Where the cursor's word begins."""

    class WordEntered(Message):
        """The cursor came to another word."""

        def __init__(self, view: TextView, place: Place, word: Word | None) -> None:
            super().__init__()
            self.view = view
            self.place = place
            self.word = word

        @property
        def control(self) -> TextView:
            """The view it happened in."""
            return self.view

    class WordChosen(Message):
        """A word was clicked twice, or Enter was pressed on it."""

        def __init__(self, word: Word) -> None:
            super().__init__()
            self.word = word

    def __init__(
        self,
        paragraphs: Sequence[Paragraph],
        status: Callable[[str], Status],
        *,
        id: str | None = None,  # noqa: A002  (Textual's own name for it)
    ) -> None:
        super().__init__(id=id)
        self.page = TextRows(paragraphs)
        self.status = status
        self.found: tuple[Place, int] | None = None
        """What was searched for: its place and its end."""
        self._mark: Place | None = None
        self._pressed: Place | None = None
        self._phrases: dict[int, list[tuple[int, int, str]]] = {}
        self._viewport = Viewport(self.page)
        self._styles: dict[str, Style] = {}

    @property
    def paragraphs(self) -> Sequence[Paragraph]:
        """The text."""
        return self.page.paragraphs

    @property
    def words(self) -> list[tuple[Word, ...] | None]:
        """The words of each paragraph, None where they are not known yet."""
        return self.page.words

    # -- what is shown ------------------------------------------------------------------------------------

    def show(self, paragraphs: Sequence[Paragraph]) -> None:
        """Shows another text, from its beginning, its words not known yet."""
        before = self.page
        self.page = TextRows(paragraphs)
        self.page.spaced = before.spaced
        self.page.over, self.page.written = before.over, before.written
        self.page.wide, self.page.width = before.wide, before.width
        self._phrases, self.found, self._mark = {}, None, None
        self._viewport = Viewport(self.page, self._viewport.height)
        self.place = Place(0, 0)
        self.refresh()

    def set_words(self, first: int, words: Sequence[tuple[Word, ...]]) -> None:
        """Takes the words of the paragraphs from `first` on."""
        in_sight = bool(self.size.height) and self.page.row_of(self.place) in self.rows
        fresh = set()
        for index, of_paragraph in enumerate(words, first):
            if self.words[index] != of_paragraph:
                fresh.add(index)
            self.page.set_words(index, of_paragraph)
        if self.page.over is not None and fresh:
            self._viewport.renew()
            if in_sight:  # readings over the words before it have made room
                self._bring_in(self.page.row_of(self.place))
        if self.place.paragraph in fresh:
            self.go_to(self.place)
        shown = {row.paragraph for row in self.rows if row is not None} if self.size.height else set()
        if not fresh.isdisjoint(shown):
            self.refresh()  # what is off the screen costs nothing on the wire

    def set_over(self, over: Callable[[Word], str] | None) -> None:
        """Says what stands over each word."""
        self.page.over = over
        self.lay_out()

    def set_written(self, written: Callable[[str, Sequence[Word]], str] | None) -> None:
        """Says how the text is written, character for character."""
        self.page.written = written
        self.lay_out()

    def set_spaced(self, spaced: bool) -> None:
        """Says whether an empty line stands between lines."""
        if self.page.spaced != spaced:
            self.page.spaced = spaced
            self.lay_out()

    def set_wide(self, wide: bool) -> None:
        """Says whether this terminal draws “ ” — … over two cells."""
        if self.page.wide != wide:
            self.page.wide = wide
            self.lay_out()

    def set_phrases(self, occurrences: Sequence[tuple[int, int, int, str]]) -> None:
        """Marks key phrases: (paragraph, start, end, headword) of each occurrence."""
        self._phrases = {}
        for paragraph, start, end, headword in sorted(occurrences):
            self._phrases.setdefault(paragraph, []).append((start, end, headword))
        self.refresh()

    def word_at(self, place: Place) -> Word | None:
        """The word at a place, or None where the words are not known yet."""
        return self.page.word_at(place)

    @property
    def word(self) -> Word | None:
        """The word under the cursor."""
        return self.word_at(self.place)

    @property
    def progress(self) -> float:
        """How far the cursor is through the text's paragraphs, 0 to 1."""
        return (self.place.paragraph + 1) / max(1, len(self.paragraphs))

    def mark_found(self, found: tuple[Place, int] | None) -> None:
        """Marks what was searched for: its place and its end; None takes the mark off."""
        if found != self.found:
            self.found = found
            self.refresh()

    # -- selecting ----------------------------------------------------------------------------------------

    @property
    def is_selecting(self) -> bool:
        """Whether the words between a mark and the cursor are selected."""
        return self._mark is not None

    def select(self, mark: Place | None) -> None:
        """Selects from the word at a place to the cursor, wherever that goes; None ends it."""
        self._mark = mark
        self.refresh()

    @property
    def selection_span(self) -> tuple[Place, Place] | None:
        """The first selected place and one past the last one; None if nothing is."""
        if self._mark is None:
            return None
        first, last = sorted((self._mark, self.place))
        start, end = self.word_at(first), self.word_at(last)
        return (
            Place(first.paragraph, start.token.start if start else first.offset),
            Place(last.paragraph, end.token.end if end else last.offset + 1),
        )

    @property
    def selected(self) -> str:
        """The selected text as it is shown; empty if there is none."""
        span = self.selection_span
        if span is None:
            return ""
        first, last = span
        if first.paragraph == last.paragraph:
            return self.page.text(first.paragraph)[first.offset : last.offset]
        between = [self.page.text(index) for index in range(first.paragraph + 1, last.paragraph)]
        head = self.page.text(first.paragraph)[first.offset :]
        return "\n".join([head, *between, self.page.text(last.paragraph)[: last.offset]])

    # -- layout -------------------------------------------------------------------------------------------

    def _width(self) -> int:
        return max(2, self.scrollable_content_region.width)

    @property
    def rows(self) -> list[Row | None]:
        """The row at each line of the widget, None below the text's end."""
        return self._viewport.rows

    @property
    def page_end(self) -> Place:
        """One past the last character that is on the screen."""
        return self._viewport.end or self.place

    def lay_out(self) -> None:
        """Lays out anew, keeping the cursor's word in sight."""
        if not self.size.height:
            self.page.forget()
            return  # there is no screen yet
        self._viewport.lay_out(self._width(), self.scrollable_content_region.height)
        if self.paragraphs:
            self._bring_in(self.page.row_of(self.place))
        self.refresh()

    def _bring_in(self, row: Row) -> None:
        if self._viewport.bring_in(row):
            self.refresh()

    def _scroll_rows(self, count: int) -> None:
        if self._viewport.scroll(count):
            self.refresh()

    # -- moving -------------------------------------------------------------------------------------------

    def go_to(self, place: Place) -> None:
        """Puts the cursor on the word at a place (the nearest that exists) and shows it."""
        if not self.paragraphs:
            return
        paragraph = min(max(0, place.paragraph), len(self.paragraphs) - 1)
        offset = min(max(0, place.offset), max(0, len(self.paragraphs[paragraph].text) - 1))
        word = self.word_at(Place(paragraph, offset))
        self.place = Place(paragraph, word.token.start if word else offset)

    def watch_place(self, old: Place, new: Place) -> None:
        """Redraws the two words concerned and tells the screen."""
        if not self.is_attached or not self.paragraphs:
            return
        top = self._viewport.top
        if self.size.height:
            self._bring_in(self.page.row_of(new))
            if self._mark is not None:
                self.refresh()  # every word between the two may have changed
            elif self._viewport.top == top:
                self._redraw(old)
                self._redraw(new)
        self.post_message(self.WordEntered(self, new, self.word))

    def move_to_word(self, forward: bool, wanted: Callable[[int, Word], bool] | None = None) -> bool:
        """Moves to the next (previous) word that is wanted, or to any; False if there is none."""
        place = moves.by_word(self.page, self.place, forward, wanted)
        if place is None:
            return False
        self.place = place
        return True

    def move_rows(self, count: int) -> None:
        """Moves the cursor by display rows, keeping its column as far as words allow."""
        place = moves.by_rows(self.page, self.place, count)
        if place != self.place:
            self.place = place

    def move_page(self, forward: bool) -> None:
        """Moves by a screen, leaving one row of it for the eye to hold on to."""
        height = max(2, self.scrollable_content_region.height)
        self._scroll_rows((height - 1) if forward else -(height - 1))
        rows = [row for row in self.rows if row is not None and row.line >= 0 and row.base]
        if not rows:
            return
        row = rows[0]
        target = moves.stop_near(self.page, row, self.page.line(row).start)
        if forward and target <= self.place:
            self.move_rows(height - 1)  # the text's end is on the screen: only the cursor can move
        else:
            self.place = target

    def move_paragraph(self, forward: bool) -> None:
        """Moves to the next (this, then the previous) paragraph's first word."""
        place = moves.by_paragraph(self.page, self.place, forward)
        if place != self.place:
            self.go_to(place)

    def move_to_edge(self, end: bool) -> None:
        """Moves to the text's first or last word."""
        if self.paragraphs:
            self.go_to(moves.last_stop(self.page) if end else moves.first_stop(self.page, 0))

    def is_phrase(self, paragraph: int, word: Word) -> bool:
        """Whether a key phrase begins in the word, and there is still something to be done about it."""
        return any(
            word.token.start <= start < word.token.end and self.status(headword) in ("new", "learning")
            for start, _, headword in self._phrases.get(paragraph, ())
        )

    # -- drawing ------------------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """Forgets styles of the theme that was."""
        super().notify_style_update()
        self._styles = {}

    def _style(self, name: str) -> Style:
        style = self._styles.get(name)
        if style is None:
            style = self.get_component_rich_style(f"text-view--{name}", partial=True)
            self._styles[name] = style
        return style

    def _style_of(self, paragraph: int, word: Word) -> Style:
        kind = self.paragraphs[paragraph].kind
        base = self._style(kind) if kind in ("heading", "aside") else Style.null()
        if word.token.kind != "word" or kind == "aside":
            return base
        status = self.status(word.headword)
        if status != "new":
            return base + self._style(status)
        for start, end, headword in self._phrases.get(paragraph, ()):
            if start <= word.token.start and word.token.end <= end:
                of_phrase = self.status(headword)
                if of_phrase == "new":
                    return base + self._style("new") + self._style("phrase")
                return base + self._style("learning" if of_phrase == "learning" else "new")
        return base + self._style("new")

    def _spans(self, paragraph: int, line: DisplayLine) -> Iterator[tuple[int, int, Style]]:
        """The stretches of a line that are drawn alike."""
        words = self.words[paragraph]
        if words is None:
            kind = self.paragraphs[paragraph].kind
            yield line.start, line.end, self._style(kind) if kind in ("heading", "aside") else Style.null()
            return
        cursor = self.place.offset if self.place.paragraph == paragraph else -1
        index = self.page.index_of(paragraph, line.start)
        while index < len(words) and words[index].token.start < line.end:
            word = words[index]
            index += 1
            start, end = max(line.start, word.token.start), min(line.end, word.token.end)
            style = self._style_of(paragraph, word)
            if word.token.start <= cursor < word.token.end:
                style += self._style("cursor")
            yield start, end, style

    def _touched(self, paragraph: int) -> Iterator[tuple[int, int, Style]]:
        """The stretches of a paragraph that a search or a selection has marked."""
        if self.found is not None and self.found[0].paragraph == paragraph:
            yield self.found[0].offset, self.found[1], self._style("found")
        span = self.selection_span
        if span is not None and span[0].paragraph <= paragraph <= span[1].paragraph:
            first = span[0].offset if span[0].paragraph == paragraph else 0
            last = span[1].offset if span[1].paragraph == paragraph else len(self.page.text(paragraph))
            yield first, last, self._style("selected")

    def render_line(self, y: int) -> Strip:
        """One row, drawn from the anchor."""
        width = self._width()
        rows = self.rows
        row = rows[y] if y < len(rows) else None
        base = self.rich_style
        if row is None or row.line < 0:
            return Strip.blank(width, base)
        if not row.base and y + 1 == len(rows):
            return Strip.blank(width, base)  # readings of a line that is not on the screen
        if not row.base:
            return self._readings(row, width, base)
        line = self.page.line(row)
        segments = [Segment(" " * line.indent, base)]
        touched = list(self._touched(row.paragraph))
        for start, end, style in self._spans(row.paragraph, line):
            cuts = sorted({start, end, *(cut for a, b, _ in touched for cut in (a, b) if start < cut < end)})
            for first, last in pairwise(cuts):
                shown = style
                for begin, finish, mark in touched:
                    if begin <= first and last <= finish:
                        shown = shown + mark
                drawn = self.page.drawn(row.paragraph, first, last)
                body = drawn.rstrip(" ") if self.page.over is not None else drawn
                segments.append(Segment(body, base + shown))
                if body != drawn:  # the room that its reading takes is not underlined
                    segments.append(Segment(drawn[len(body) :], base))
        # Neighbours drawn alike become one stretch: a style costs more bytes on the wire than a word.
        return Strip(segments).simplify().adjust_cell_length(width, base)

    def _readings(self, row: Row, width: int, base: Style) -> Strip:
        """The row of readings above a line."""
        style = base + self._style("reading")
        segments: list[Segment] = []
        at = 0
        for column, reading in self.page.readings(row):
            segments += [Segment(" " * (column - at), base), Segment(self.page.roomy(reading), style)]
            at = column + self.page.width_of(reading)
        return Strip(segments).adjust_cell_length(width, base)

    def _redraw(self, place: Place) -> None:
        """Refreshes the cells of the word at a place, if they are on the screen."""
        word = self.word_at(place)
        if word is None:
            return
        left, top = self.gutter.left, self.gutter.top
        for y, row in enumerate(self.rows):
            if row is None or row.paragraph != place.paragraph or row.line < 0 or not row.base:
                continue
            line = self.page.line(row)
            start, end = max(line.start, word.token.start), min(line.end, word.token.end)
            if start >= end:
                continue
            first = self.page.column(row, start)
            self.refresh(Region(left + first, top + y, self.page.column(row, end) - first, 1))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as there is room."""
        return container.width

    # -- events -------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Tells the screen where the cursor begins."""
        self.post_message(self.WordEntered(self, self.place, self.word))

    def on_unmount(self) -> None:
        """Lets go of the text: Textual may hold on to the widget for a while."""
        self.page, self._phrases = TextRows(()), {}
        self._viewport = Viewport(self.page)

    def on_resize(self, event: events.Resize) -> None:
        """Fits the lines to the new width."""
        self.lay_out()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begins a selection, should the mouse be drawn on."""
        offset = event.get_content_offset(self)
        self._pressed = self._viewport.place_at(offset.x, offset.y) if offset is not None else None
        if self._mark is not None:
            self.select(None)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Draws a selection over the words from where the mouse was pressed."""
        offset = event.get_content_offset(self)
        place = self._viewport.place_at(offset.x, offset.y) if event.button and offset is not None else None
        if self._pressed is None or place is None or (place == self._pressed and self._mark is None):
            return
        self.select(self._pressed)
        self.go_to(place)

    def on_mouse_up(self) -> None:
        """Ends the drawing; what was selected stays so."""
        self._pressed = None

    def on_click(self, event: events.Click) -> None:
        """Puts the cursor where the mouse is."""
        offset = event.get_content_offset(self)
        place = self._viewport.place_at(offset.x, offset.y) if offset is not None else None
        if place is None:
            return
        self.go_to(place)
        if event.chain == 2 and self.word is not None:
            self.post_message(self.WordChosen(self.word))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scrolls; the cursor stays where it is."""
        self._scroll_rows(3)
        event.stop()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scrolls; the cursor stays where it is."""
        self._scroll_rows(-3)
        event.stop()
