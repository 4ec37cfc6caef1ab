"""What was found in a package or a word list, before anything is done about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final, Literal

from studytui.store.journal.imported_acts import ForeignAct
from studytui.store.journal.imported_reviews import ForeignReview
from studytui.study.notes.note import Note
from studytui.text.characters import printable_line

Standing = Literal["known", "learning", "new", "suspended"]
"""How a word stands where it comes from.

known: every card of it that was studied is mature (stability, interval or due day of 21 days or more).
learning: it was studied, and is not known yet. new: it was not studied. suspended: all its cards are.
"""
STANDINGS: Final[tuple[Standing, ...]] = ("known", "learning", "new", "suspended")
"""The best first: a word on several notes stands as on the best of them."""

EXAMPLES: Final = 3
"""How many examples of what was skipped are kept."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where the words stand: a field of a note type, or a column of a list."""

    kind: str
    """The note type's name; empty for a list."""
    name: str
    """The field's or column's name."""
    notes: int
    """Notes of that type, or rows."""
    words: int
    """Of them, those that name a word of the dictionary."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """What no word was taken from, for one reason."""

    reason: str
    """The end of a sentence about them: `hold no Chinese`."""
    count: int
    examples: tuple[str, ...] = ()
    """The first few, as short plain text."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What a package or a list says."""

    words: Mapping[str, Standing]
    """By simplified headword."""
    columns: tuple[Column, ...]
    """Where the words were found, the most words first."""
    skipped: tuple[Skipped, ...] = ()
    notes: Mapping[str, Note] = field(default_factory=lambda: MappingProxyType({}))
    """Notes of ours that were found, by their id."""
    reviews: tuple[ForeignReview, ...] = ()
    """All answers in the package's log to cards of ours since they were new, in the order of their times."""
    forgotten: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    """Cards of ours that were made new again (Forget), by id, and when (UTC)."""
    acts: tuple[ForeignAct, ...] = ()
    """How cards of ours stand there."""
    remarks: Mapping[str, tuple[str, datetime]] = field(default_factory=lambda: MappingProxyType({}))
    """What the learner wrote on notes of ours, as HTML, and when the note last changed (UTC), by note id."""
    japanese: str = ""
    """A sentence, if it looks like words of Japanese without their kana; they are read as Chinese."""
    listed: bool = False
    """Whether it is a list, which says nothing of how well its words are known."""

    def count(self, standing: Standing) -> int:
        """How many words stand so."""
        return sum(each == standing for each in self.words.values())


def shown(text: str, longest: int = 60) -> str:
    """A text from outside as it can be printed: on one line, cut, what no terminal may get replaced."""
    line = " ".join(printable_line(text[:1000]).split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


class SkipCounts:
    """Counts what is skipped, with a few examples."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._examples: dict[str, list[str]] = {}

    def add(self, reason: str, example: str = "", count: int = 1) -> None:
        """Counts something that was skipped for a reason."""
        self._counts[reason] = self._counts.get(reason, 0) + count
        examples = self._examples.setdefault(reason, [])
        if len(examples) < EXAMPLES and (short := shown(example, 20)):
            examples.append(short)

    def skipped(self) -> tuple[Skipped, ...]:
        """What was counted, the most first."""
        found = [
            Skipped(reason, count, tuple(self._examples[reason])) for reason, count in self._counts.items()
        ]
        return tuple(sorted(found, key=lambda each: (-each.count, each.reason)))


def better(one: Standing | None, other: Standing) -> Standing:
    """The better of two standings."""
    return other if one is None else min(one, other, key=STANDINGS.index)


class JapaneseSigns:
    """Counts notes that have characters which Japanese alone writes: a deck of kanji has no kana to tell."""

    def __init__(self) -> None:
        self._notes = self._found = 0
        self._signs: dict[str, None] = {}

    def see(self, text: str) -> None:
        """One note."""
        self._notes += 1
        if match := _JAPANESE.search(text):
            self._found += 1
            self._signs.setdefault(match.group())

    def told(self) -> str:
        """The sentence; empty where there are next to none."""
        if self._found < 3 or self._found < self._notes * _JAPANESE_SHARE:
            return ""
        signs = ", ".join(list(self._signs)[:EXAMPLES])
        return f"Is it Japanese? {self._found} of {self._notes} have characters of Japanese alone ({signs})."


_JAPANESE_SHARE: Final = 0.02
"""Of notes. In a deck of common Japanese words it is a fifth; a Chinese one has a quotation at most."""
_JAPANESE: Final = re.compile(
    "[働込峠畑枠匂気図駅売読続円実両価仏対圧囲壱栄営塩応桜仮絵拡覚楽関観帰戯駆恵渓経軽撃剣権検顕験広鉱済斎剤雑"
    "釈従渋獣縦粛焼乗浄剰畳縄壌嬢譲醸寝粋酔穂髄瀬摂戦銭繊捜挿巣騒総蔵臓帯滝沢択単弾遅庁徴聴転伝稲闘徳霊録暦歴]"
)
