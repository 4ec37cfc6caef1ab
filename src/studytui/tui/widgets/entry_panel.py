"""The dictionary entry of a word, docked beside or below the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from studytui.tui.widgets.entry_text import Subject, article
from studytui.tui.widgets.entry_text import level_name as level_name
from studytui.tui.widgets.entry_text import reading as reading
from studytui.tui.widgets.wrapped_text import rows_of

if TYPE_CHECKING:
    from studytui.store.config import Phonetics
    from studytui.text.lexicon.lexicon import Lexicon


class EntryPanel(Static):
    """Shows what the lexicon and the learner's collection say of one word."""

    DEFAULT_CSS = """
    EntryPanel {
        padding: 0 1;
        background: $surface;
        color: $foreground;
        text-wrap: nowrap;
        border-subtitle-color: $text-muted;
    }
    """

    def __init__(self, *, id: str, phonetics: Phonetics = "pinyin") -> None:  # noqa: A002
        super().__init__("", id=id, markup=False)
        self._phonetics = phonetics
        self._subject: Subject | None = None
        self._lexicon: Lexicon | None = None
        self._rows: list[Content] = []
        self._first = 0

    @property
    def subject(self) -> Subject | None:
        """What is shown."""
        return self._subject

    @property
    def text(self) -> str:
        """The whole entry, also what does not fit, without its styles."""
        return "\n".join(row.plain for row in self._rows)

    def show(self, subject: Subject | None, lexicon: Lexicon | None) -> None:
        """Shows a word's entry from its top, or nothing where the words are not known yet."""
        self._subject, self._lexicon, self._first = subject, lexicon, 0
        self._lay_out()

    def on_resize(self) -> None:
        """Fits the entry to the new room."""
        self._lay_out()

    def _lay_out(self) -> None:
        size = self.scrollable_content_region.size
        subject, lexicon = self._subject, self._lexicon
        if subject is None or lexicon is None:
            self._rows = [Content.styled("Finding the words…", "dim")]
        else:
            write: Callable[[bool], list[Content]] = lambda airy: rows_of(  # noqa: E731
                article(subject, lexicon, self._phonetics, airy=airy), max(8, size.width)
            )
            self._rows = write(True)
            if len(self._rows) > size.height:
                self._rows = write(False)  # there is no room for a line to each sense
        self._draw()

    def _draw(self) -> None:
        height = max(1, self.scrollable_content_region.height)
        self._first = max(0, min(self._first, len(self._rows) - height))
        rows = self._rows[self._first : self._first + height]
        width = self.scrollable_content_region.width
        below = len(self._rows) - self._first - height
        if (below > 0 or self._first > 0) and rows:
            sign = f" {'↑' if self._first else ' '}{'↓' if below > 0 else ' '}"
            last = rows[-1].truncate(max(0, width - len(sign)), ellipsis=True, pad=True)
            rows[-1] = Content.assemble(last, Content.styled(sign, "dim"))
        self.update(Content("\n").join(rows), layout=False)

    def scroll_rows(self, count: int) -> bool:
        """Scrolls a long entry; False if it cannot go on."""
        before = self._first
        self._first += count
        self._draw()
        return self._first != before
