"""The text under study: words drawn by what the learner knows, and a cursor that moves over them.

The view is anchored at a row of a paragraph and lays out only what is near the screen, so its cost does not
grow with the text. It is a Line API widget: a move redraws the cells of two words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import get_character_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from studytui.study.vocabulary import Status
from studytui.text.document import Paragraph
from studytui.text.layout import DisplayLine, break_lines, column_of, line_of, offset_at
from studytui.text.token import Word

INDENT = 4
"""Cells before a paragraph's first line: two full-width characters, as Chinese books have it."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in the document."""

    paragraph: int
    """Index of the paragraph."""
    offset: int
    """Character of the paragraph."""


@dataclass(frozen=True, slots=True, order=True)
class _Row:
    """A row of the laid out text; `line` is -1 for the blank row above a paragraph."""

    paragraph: int
    line: int


class TextView(Widget, can_focus=True):
    """Shows paragraphs and, once they are known, their words."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "text-view--plain",
        "text-view--new",
        "text-view--learning",
        "text-view--known",
        "text-view--ignored",
        "text-view--phrase",
        "text-view--heading",
        "text-view--cursor",
    }

    DEFAULT_CSS = """
    TextView {
        padding: 0 1;
        color: $foreground;
        & > .text-view--new { color: $text-primary; text-style: underline; }
        & > .text-view--learning { color: $text-warning; text-style: bold; }
        & > .text-view--ignored { text-style: dim; }
        & > .text-view--phrase { color: $text-accent; text-style: bold underline; }
        & > .text-view--heading { text-style: bold; }
        & > .text-view--cursor { text-style: reverse; }
    }
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
        self.paragraphs = paragraphs
        self.status = status
        self.words: list[tuple[Word, ...] | None] = [None] * len(paragraphs)
        self._starts: dict[int, list[int]] = {}
        self._phrases: dict[int, list[tuple[int, int]]] = {}
        self._lines: dict[int, tuple[DisplayLine, ...]] = {}
        self._top = _Row(0, 0)
        self._rows: list[_Row | None] | None = None
        self._styles: dict[str, Style] = {}

    # -- what is shown ------------------------------------------------------------------------------------

    def show(self, paragraphs: Sequence[Paragraph]) -> None:
        """Shows another text, from its beginning, its words not known yet."""
        self.paragraphs = paragraphs
        self.words = [None] * len(paragraphs)
        self._starts, self._phrases, self._lines, self._rows = {}, {}, {}, None
        self._top = _Row(0, 0)
        self.place = Place(0, 0)
        self.refresh()

    def set_words(self, first: int, words: Sequence[tuple[Word, ...]]) -> None:
        """Takes the words of the paragraphs from `first` on."""
        fresh = set()
        for index, of_paragraph in enumerate(words, first):
            if self.words[index] != of_paragraph:
                fresh.add(index)
            self.words[index] = of_paragraph
            self._starts[index] = [word.token.start for word in of_paragraph]
        if self.place.paragraph in fresh:
            self.go_to(self.place)
        shown = {row.paragraph for row in self._visible() if row is not None} if self.size.height else set()
        if not fresh.isdisjoint(shown):
            self.refresh()  # what is off the screen costs nothing on the wire

    def set_phrases(self, occurrences: Sequence[tuple[int, int, int]]) -> None:
        """Marks key phrases: (paragraph, start, end) of each occurrence."""
        self._phrases = {}
        for paragraph, start, end in sorted(occurrences):
            self._phrases.setdefault(paragraph, []).append((start, end))
        self.refresh()

    def word_at(self, place: Place) -> Word | None:
        """The word at a place, or None where the words are not known yet."""
        words = self.words[place.paragraph] if place.paragraph < len(self.words) else None
        if not words:
            return None
        return words[max(0, bisect_right(self._starts[place.paragraph], place.offset) - 1)]

    @property
    def word(self) -> Word | None:
        """The word under the cursor."""
        return self.word_at(self.place)

    @property
    def progress(self) -> float:
        """How far the cursor is through the text's paragraphs, 0 to 1."""
        return (self.place.paragraph + 1) / max(1, len(self.paragraphs))

    # -- layout -------------------------------------------------------------------------------------------

    def _width(self) -> int:
        return max(2, self.scrollable_content_region.width)

    def _layout(self, paragraph: int) -> tuple[DisplayLine, ...]:
        lines = self._lines.get(paragraph)
        if lines is None:
            what = self.paragraphs[paragraph]
            indent = INDENT if what.kind in ("paragraph", "dialogue") else 0
            lines = break_lines(what.text, self._width(), get_character_cell_size, indent)
            self._lines[paragraph] = lines
        return lines

    def _has_blank_above(self, paragraph: int) -> bool:
        if paragraph == 0:
            return False
        kinds = (self.paragraphs[paragraph - 1].kind, self.paragraphs[paragraph].kind)
        return kinds[0] != kinds[1] or kinds[0] in ("verse", "code", "table")

    def _next_row(self, row: _Row) -> _Row | None:
        if row.line + 1 < len(self._layout(row.paragraph)):
            return _Row(row.paragraph, row.line + 1)
        following = row.paragraph + 1
        if following >= len(self.paragraphs):
            return None
        return _Row(following, -1 if self._has_blank_above(following) else 0)

    def _previous_row(self, row: _Row) -> _Row | None:
        if row.line > 0 or (row.line == 0 and self._has_blank_above(row.paragraph)):
            return _Row(row.paragraph, row.line - 1)
        if row.paragraph == 0:
            return None
        return _Row(row.paragraph - 1, len(self._layout(row.paragraph - 1)) - 1)

    def _visible(self) -> list[_Row | None]:
        """The row at each line of the widget, None below the text's end."""
        if self._rows is None:
            rows: list[_Row | None] = []
            row: _Row | None = self._top if self.paragraphs else None
            for _ in range(self.scrollable_content_region.height):
                rows.append(row)
                row = self._next_row(row) if row is not None else None
            self._rows = rows
        return self._rows

    def _row_of(self, place: Place) -> _Row:
        return _Row(place.paragraph, line_of(self._layout(place.paragraph), place.offset))

    def _set_top(self, row: _Row) -> None:
        if row != self._top:
            self._top = row
            self._rows = None
            self.refresh()

    def _bring_in(self, row: _Row) -> None:
        """Brings a row on the screen, with as little movement as reading needs."""
        height = max(1, self.scrollable_content_region.height)
        visible = self._visible()
        if row in visible:
            return
        if row < self._top:
            self._set_top(row)
            return
        above = [row]  # the row and those before it, as many as a screen holds
        while len(above) < height and (before := self._previous_row(above[-1])) is not None:
            above.append(before)
        # A short step scrolls until the row is the last one; a jump leaves a third of the screen above it.
        near = visible[-1] is not None and above[-1] <= visible[-1]
        self._set_top(above[-1] if near else above[min(height // 3, len(above) - 1)])

    def _scroll_rows(self, count: int) -> None:
        top = self._top
        for _ in range(abs(count)):
            step = self._next_row(top) if count > 0 else self._previous_row(top)
            if step is None:
                break
            top = step
        self._set_top(top)

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
        top = self._top
        if self.size.height:
            self._bring_in(self._row_of(new))
            if self._top == top:
                self._redraw(old)
                self._redraw(new)
        self.post_message(self.WordEntered(self, new, self.word))

    def _stops(self, paragraph: int) -> list[Word]:
        """The words a cursor stops at."""
        return [word for word in self.words[paragraph] or () if word.token.kind != "punctuation"]

    def _walk(self, forward: bool) -> Iterator[tuple[int, Word]]:
        """The words after (before) the cursor, with their paragraph."""
        here = self.place
        step = 1 if forward else -1
        paragraph = here.paragraph
        while 0 <= paragraph < len(self.paragraphs):
            for word in self._stops(paragraph)[::step]:
                if paragraph != here.paragraph or (word.token.start - here.offset) * step > 0:
                    yield paragraph, word
            paragraph += step

    def move_to_word(self, forward: bool, wanted: Callable[[int, Word], bool] = lambda _p, _w: True) -> bool:
        """Moves to the next (previous) word that is wanted; False if there is none."""
        for paragraph, word in self._walk(forward):
            if wanted(paragraph, word):
                self.place = Place(paragraph, word.token.start)
                return True
        return False

    def move_rows(self, count: int) -> None:
        """Moves the cursor by display rows, keeping its column as far as words allow."""
        row = self._row_of(self.place)
        here = self._layout(row.paragraph)[row.line]
        column = column_of(
            self.paragraphs[row.paragraph].text, here, self.place.offset, get_character_cell_size
        )
        target = row
        remaining = abs(count)
        while remaining:
            step = self._next_row(target) if count > 0 else self._previous_row(target)
            if step is None:
                break
            target = step
            if step.line >= 0:
                remaining -= 1
        if target.line < 0 or target == row:
            return
        line = self._layout(target.paragraph)[target.line]
        text = self.paragraphs[target.paragraph].text
        offset = offset_at(text, line, column, get_character_cell_size)
        self.place = self._stop_near(target.paragraph, offset, line)

    def _stop_near(self, paragraph: int, offset: int, line: DisplayLine) -> Place:
        """The stop at or nearest to an offset, preferably one that begins in the line."""
        stops = self._stops(paragraph)
        if not stops:
            return Place(paragraph, offset)
        inside = [word for word in stops if line.start <= word.token.start < line.end] or stops
        nearest = min(inside, key=lambda word: (abs(word.token.start - offset), word.token.start))
        for word in inside:
            if word.token.start <= offset < word.token.end:
                nearest = word
        return Place(paragraph, nearest.token.start)

    def move_page(self, forward: bool) -> None:
        """Moves by a screen, leaving one row of it for the eye to hold on to."""
        height = max(2, self.scrollable_content_region.height)
        self._scroll_rows((height - 1) if forward else -(height - 1))
        rows = [row for row in self._visible() if row is not None and row.line >= 0]
        if not rows:
            return
        row = rows[0]
        line = self._layout(row.paragraph)[row.line]
        target = self._stop_near(row.paragraph, line.start, line)
        if forward and target <= self.place:
            self.move_rows(height - 1)  # the text's end is on the screen: only the cursor can move
        else:
            self.place = target

    def move_paragraph(self, forward: bool) -> None:
        """Moves to the next (this, then the previous) paragraph's first word."""
        here = self.place
        if forward:
            if here.paragraph + 1 < len(self.paragraphs):
                self._go_to_first_stop(here.paragraph + 1)
            return
        first = self._stops(here.paragraph)
        at_start = not first or here.offset <= first[0].token.start
        self._go_to_first_stop(max(0, here.paragraph - (1 if at_start else 0)))

    def _go_to_first_stop(self, paragraph: int) -> None:
        stops = self._stops(paragraph)
        self.go_to(Place(paragraph, stops[0].token.start if stops else 0))

    def move_to_edge(self, end: bool) -> None:
        """Moves to the text's first or last word."""
        if not self.paragraphs:
            return
        paragraph = len(self.paragraphs) - 1 if end else 0
        stops = self._stops(paragraph)
        self.go_to(Place(paragraph, stops[-1 if end else 0].token.start if stops else 0))

    def is_phrase(self, paragraph: int, word: Word) -> bool:
        """Whether a key phrase begins in the word."""
        return any(
            word.token.start <= start < word.token.end for start, _ in self._phrases.get(paragraph, ())
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
        base = self._style("heading") if kind == "heading" else Style.null()
        if word.token.kind != "word":
            return base
        status = self.status(word.headword)
        return base + self._style(status)

    def _spans(self, paragraph: int, line: DisplayLine) -> Iterator[tuple[int, int, Style]]:
        """The stretches of a line that are drawn alike."""
        words = self.words[paragraph]
        if words is None:
            heading = self.paragraphs[paragraph].kind == "heading"
            yield line.start, line.end, self._style("heading") if heading else Style.null()
            return
        cursor = self.place.offset if self.place.paragraph == paragraph else -1
        phrases = self._phrases.get(paragraph, ())
        index = max(0, bisect_right(self._starts[paragraph], line.start) - 1)
        while index < len(words) and words[index].token.start < line.end:
            word = words[index]
            index += 1
            start, end = max(line.start, word.token.start), min(line.end, word.token.end)
            style = self._style_of(paragraph, word)
            under_cursor = word.token.start <= cursor < word.token.end
            marked = any(first <= word.token.start and word.token.end <= last for first, last in phrases)
            if marked and self.status(word.headword) == "new":
                style += self._style("phrase")
            if under_cursor:
                style += self._style("cursor")
            yield start, end, style

    def render_line(self, y: int) -> Strip:
        """One row, drawn from the anchor."""
        width = self._width()
        rows = self._visible()
        row = rows[y] if y < len(rows) else None
        base = self.rich_style
        if row is None or row.line < 0:
            return Strip.blank(width, base)
        line = self._layout(row.paragraph)[row.line]
        text = self.paragraphs[row.paragraph].text
        segments = [Segment(" " * line.indent, base)]
        for start, end, style in self._spans(row.paragraph, line):
            shown = text[start:end].replace("\n", "").replace("\t", " ")
            segments.append(Segment(shown, base + style))
        # Neighbours drawn alike become one stretch: a style costs more bytes on the wire than a word.
        return Strip(segments).simplify().adjust_cell_length(width, base)

    def _redraw(self, place: Place) -> None:
        """Refreshes the cells of the word at a place, if they are on the screen."""
        word = self.word_at(place)
        if word is None:
            return
        text = self.paragraphs[place.paragraph].text
        left, top = self.gutter.left, self.gutter.top
        for y, row in enumerate(self._visible()):
            if row is None or row.paragraph != place.paragraph or row.line < 0:
                continue
            line = self._layout(row.paragraph)[row.line]
            start, end = max(line.start, word.token.start), min(line.end, word.token.end)
            if start >= end:
                continue
            first = column_of(text, line, start, get_character_cell_size)
            cells = column_of(text, line, end, get_character_cell_size) - first
            self.refresh(Region(left + first, top + y, cells, 1))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as there is room."""
        return container.width

    # -- events -------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Tells the screen where the cursor begins."""
        self.post_message(self.WordEntered(self, self.place, self.word))

    def on_resize(self, event: events.Resize) -> None:
        """Lays out anew, keeping the cursor's word in sight."""
        self._lines = {}
        self._rows = None
        row = self._row_of(self.place) if self.paragraphs else _Row(0, 0)
        lines = len(self._layout(self._top.paragraph)) if self.paragraphs else 1
        self._top = _Row(self._top.paragraph, min(self._top.line, lines - 1))
        self._bring_in(row)
        self.refresh()

    def place_under(self, x: int, y: int) -> Place | None:
        """The place drawn at a cell of the widget's content, or None where there is no text."""
        rows = self._visible()
        row = rows[y] if 0 <= y < len(rows) else None
        if row is None or row.line < 0:
            return None
        line = self._layout(row.paragraph)[row.line]
        text = self.paragraphs[row.paragraph].text
        return Place(row.paragraph, offset_at(text, line, x, get_character_cell_size))

    def on_click(self, event: events.Click) -> None:
        """Puts the cursor where the mouse is."""
        offset = event.get_content_offset(self)
        place = self.place_under(offset.x, offset.y) if offset is not None else None
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
