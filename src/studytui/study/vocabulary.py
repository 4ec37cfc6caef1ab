"""What the learner knows: the status of headwords, and how much of a text that covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from studytui.study.notes.card import Memory
from studytui.text.token import Word

Mark = Literal["new", "learning", "known", "ignored"]
"""What a learner says of a word; `new` takes an earlier mark back."""

Status = Literal["new", "probable", "learning", "known", "ignored"]
"""What holds of a word. `probable`: nothing was said of it, and it is likelier known than not."""

STATUSES: tuple[Status, ...] = ("new", "probable", "learning", "known", "ignored")

LEFT_ALONE: tuple[Status, ...] = ("known", "ignored")
"""Of such a word there is nothing to learn: it is neither asked nor proposed."""

MATURE = 21.0
"""Days of stability from which a card counts as mature, as in Anki."""


def status_of(mark: Mark | None, memories: Sequence[Memory] | None) -> Status:
    """The status of a headword.

    Args:
        mark: what the learner said of it, if anything; `new` takes an earlier mark back.
        memories: of all its reviewed cards; None if it has no note.
    """
    if mark in LEFT_ALONE:
        return mark
    if memories is None:
        return "learning" if mark == "learning" else "new"
    if memories and mark != "learning" and all(memory.stability >= MATURE for memory in memories):
        return "known"
    return "learning"


def status_of_parts(parts: Iterable[Status]) -> Status:
    """The status of a word of which nothing was said and whose meaning is that of its parts."""
    statuses = set(parts)
    for worst in ("new", "learning", "probable"):
        if worst in statuses:
            return worst
    return "known"


@dataclass(frozen=True, slots=True)
class Coverage:
    """A text's running words by status. Names are counted apart; the rest is not vocabulary."""

    new: int = 0
    learning: int = 0
    known: int = 0
    ignored: int = 0
    names: int = 0
    probable: int = 0

    @property
    def words(self) -> int:
        """Running words that are vocabulary."""
        return self.new + self.probable + self.learning + self.known + self.ignored

    @property
    def known_share(self) -> float:
        """The share, 0 to 1, of running words that the learner need not look up; 1 if there are none."""
        return (self.probable + self.known + self.ignored) / self.words if self.words else 1.0

    def new_between(self, low: float, high: float) -> tuple[float, float]:
        """Between which shares, 0 to 1, what is new lies, where what is known lies from `low` to `high`."""
        left = 1.0 - (self.learning / self.words if self.words else 0.0)
        return max(0.0, left - high), max(0.0, left - low)


def coverage(words: Iterable[Word], status: Callable[[str], Status]) -> Coverage:
    """Counts running words by the status of their headwords."""
    tally = Tally()
    tally.add(words)
    return tally.coverage(status)


class Tally:
    """How often each headword stands in a text.

    Coverage after a change then costs what the text's vocabulary does, not what the text does.
    """

    def __init__(self) -> None:
        self.headwords: Counter[str] = Counter()
        """Running words that are vocabulary, by headword."""
        self.names = 0
        """Running words that are names."""

    def add(self, words: Iterable[Word]) -> None:
        """Counts more of the text."""
        for word in words:
            if word.token.kind == "word":
                self.headwords[word.headword] += 1
            elif word.token.kind == "name":
                self.names += 1

    def remove(self, words: Iterable[Word]) -> None:
        """Takes back a part of the text: its words are cut otherwise now."""
        for word in words:
            if word.token.kind == "word":
                self.headwords[word.headword] -= 1
                if not self.headwords[word.headword]:
                    del self.headwords[word.headword]
            elif word.token.kind == "name":
                self.names -= 1

    def coverage(self, status: Callable[[str], Status]) -> Coverage:
        """What has been counted, by status."""
        counts: dict[Status, int] = dict.fromkeys(STATUSES, 0)
        for headword, count in self.headwords.items():
            counts[status(headword)] += count
        return Coverage(**counts, names=self.names)
