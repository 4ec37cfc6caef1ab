"""Notes as a list that Pleco imports as flashcards (.txt)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from studytui.anki.out import markup
from studytui.anki.out.fields import CREDIT, AnkiNote
from studytui.study.notes.note import Note


def pleco_list(notes: Sequence[AnkiNote]) -> bytes:
    """The list in UTF-8: `简体[繁體]`, numbered pinyin and meaning, parted by tabs; a category for each text.

    The format is that of Pleco's manual, "Import/Export". A line that begins with `//` names a category.
    """
    lines = []
    for deck, members in groupby(notes, lambda anki_note: anki_note.deck):
        lines.append(f"//{deck.replace('/', '／').replace('::', '/')}")
        lines += [_line(anki_note.note) for anki_note in members]
    # Pleco takes any other line for a word, so the credit that the licence asks for is a category.
    lines.append(f"//{CREDIT.replace('/', '／')}")
    return ("\n".join(lines) + "\n").encode()


def _line(note: Note) -> str:
    simplified, traditional = _cell(note.headword), _cell(note.traditional)
    word = simplified if traditional in ("", simplified) else f"{simplified}[{traditional}]"
    reading = "".join(syllable.replace("u:", "v").replace("ü", "v") for syllable in note.syllables)
    return "\t".join((word, _cell(reading), "; ".join(map(_cell, note.glosses))))


def _cell(text: str) -> str:
    """A text without what ends a cell or a line, or begins a category."""
    return markup.clean(text).replace("//", "／／").strip()
