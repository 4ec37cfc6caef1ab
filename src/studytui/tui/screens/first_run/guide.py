"""Five prompts beside a learner's first text, one at a time, each until it was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from textual.content import Content
from textual.widgets import Static

Deed = Literal["move", "mark", "readings", "quiz", "help"]

PROMPTS: tuple[tuple[Deed, str], ...] = (
    ("move", "{next-word} goes to the next word. How it is read and what it means stands by the text."),
    (
        "mark",
        "{next-new} finds a word that is new to you. {known} says that you know it, {learn} keeps it to ask.",
    ),
    ("readings", "{readings} shows how words are read: over none of them, over the new ones, over all."),
    ("quiz", "{quiz} asks about this text. What you keep comes back on the day you would forget it."),
    ("help", "{help} shows every key here, and what the colours mean. {leave} goes home."),
)
"""What to do, and the words for it; in braces the bindings whose keys are named."""


class Guide(Static):
    """One prompt, by the keys that the learner has; nothing once all is done or skipped."""

    DEFAULT_CSS = """
    Guide {
        height: auto;
        padding: 0 1;
        border-left: thick $accent;
        background: $surface;
        color: $foreground;
        display: none;
    }
    """

    def __init__(self, key_of: Callable[[str], str]) -> None:
        """Prompts that name keys; `key_of` tells that of a binding of the reader, by its id."""
        super().__init__("", id="guide", markup=False)
        self._key_of = key_of
        self._left: list[Deed] = []

    def begin(self) -> None:
        """Shows the first prompt."""
        self._left = [deed for deed, _ in PROMPTS]
        self._show()

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to show."""
        return not self._left

    def did(self, deed: Deed) -> None:
        """The learner has done something: it need not be told any more."""
        if deed in self._left:
            self._left.remove(deed)
            self._show()

    def skip(self) -> None:
        """Goes on to the next prompt."""
        if self._left:
            self.did(self._left[0])

    def _show(self) -> None:
        self.display = bool(self._left)
        if not self._left:
            return
        number = len(PROMPTS) - len(self._left) + 1
        pieces: list[Content] = []
        for at, piece in enumerate(dict(PROMPTS)[self._left[0]].replace("}", "{").split("{")):
            pieces.append(Content.styled(self._key_of(piece), "bold $accent") if at % 2 else Content(piece))
        skip = self._key_of("next-prompt")
        told = Content.styled(f"  ({number} of {len(PROMPTS)}; {skip} goes on)", "$text-muted")
        self.update(Content.assemble(*pieces, told))
