"""What the learner knows: the status of headwords, and how much of a text that covers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from studytui.study.card import Memory
from studytui.text.token import Word

Status = Literal["new", "learning", "known", "ignored"]

STATUSES: tuple[Status, ...] = ("new", "learning", "known", "ignored")

MATURE = 21.0
"""Days of stability from which a card counts as mature, as in Anki."""


def status_of(mark: Status | None, memories: Sequence[Memory] | None) -> Status:
    """The status of a headword.

    Args:
        mark: what the learner said of it, if anything; `new` takes an earlier mark back.
        memories: of all its reviewed cards; None if it has no note.
    """
    if mark in ("known", "ignored"):
        return mark
    if memories is None:
        return "learning" if mark == "learning" else "new"
    if memories and mark != "learning" and all(memory.stability >= MATURE for memory in memories):
        return "known"
    return "learning"


@dataclass(frozen=True, slots=True)
class Coverage:
    """A text's running words by status. Names are counted apart; the rest is not vocabulary."""

    new: int = 0
    learning: int = 0
    known: int = 0
    ignored: int = 0
    names: int = 0

    @property
    def words(self) -> int:
        """Running words that are vocabulary."""
        return self.new + self.learning + self.known + self.ignored

    @property
    def known_share(self) -> float:
        """The share, 0 to 1, of running words that the learner need not look up; 1 if there are none."""
        return (self.known + self.ignored) / self.words if self.words else 1.0


def coverage(words: Iterable[Word], status: Callable[[str], Status]) -> Coverage:
    """Counts running words by the status of their headwords."""
    counts: dict[Status, int] = dict.fromkeys(STATUSES, 0)
    names = 0
    for word in words:
        if word.token.kind == "word":
            counts[status(word.headword)] += 1
        elif word.token.kind == "name":
            names += 1
    return Coverage(**counts, names=names)
