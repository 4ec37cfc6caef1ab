"""What counts a word: 一只猫, 一条河."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from studytui.study.notes.note import Note
from studytui.text.token import Entry

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon

_SHOWN: Final = 3


def measure_words(notes: Iterable[Note], lexicon: Lexicon) -> dict[str, tuple[Entry, ...]]:
    """The dictionary's entries of the measure words of each note that has some, by note id."""
    found: dict[str, tuple[Entry, ...]] = {}
    for note in notes:
        named = [
            name
            for entry in lexicon.entries(note.headword)
            if entry.syllables == note.syllables
            for name in entry.classifiers
        ]
        entries = [entry for name in dict.fromkeys(named) if (entry := _counting(name, lexicon)) is not None]
        if entries:
            found[note.id] = tuple(entries[:_SHOWN])
    return found


def _counting(name: str, lexicon: Lexicon) -> Entry | None:
    """The entry of a word under which it counts; its first if none says so."""
    entries = lexicon.entries(name)
    counting = (entry for entry in entries if any("classifier" in gloss for gloss in entry.glosses))
    return next(counting, entries[0] if entries else None)
