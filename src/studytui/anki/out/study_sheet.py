"""Notes as a study sheet in Markdown: words, gaps to fill, and the answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from studytui.anki.out import markup
from studytui.anki.out.fields import CREDIT, AnkiNote, band, hint, level, read
from studytui.store.config import Phonetics, Script
from studytui.study.language.gloss import in_a_line, is_composed
from studytui.study.notes.note import Note

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&:])")
_GAP: Final = "＿"
_SHOWN_GLOSSES: Final = 4


def sheet(notes: Sequence[AnkiNote], *, deck_title: str, phonetics: Phonetics) -> bytes:
    """The sheet in UTF-8."""
    clozes = [anki_note for anki_note in notes if "cloze" in anki_note.templates]
    lines = [f"# {text(deck_title)}", "", f"{len(notes)} words", ""]
    lines += ["| | Word | Reading | Meaning | Level |", "|--:|:--|:--|:--|:--|"]
    for number, anki_note in enumerate(notes, 1):
        note = anki_note.note
        said = text(read(note.syllables, phonetics))
        cells = (str(number), _word(note, anki_note.script), said, _meaning(note), _level(note))
        lines.append(f"| {' | '.join(cells)} |")
    if clozes:
        lines += ["", "## Fill the gaps", ""]
        for number, anki_note in enumerate(clozes, 1):
            letters = hint(anki_note.note, phonetics)
            lines.append(f"{number}. {_gapped(anki_note.note)}" + (f" ({text(letters)})" if letters else ""))
        lines += ["", "## Answers", ""]
        for number, anki_note in enumerate(clozes, 1):
            said = text(read(anki_note.note.syllables, phonetics))
            lines.append(f"{number}. **{_word(anki_note.note, anki_note.script)}** {said}")
    lines += ["", "---", "", CREDIT, ""]
    return "\n".join(lines).encode()


def text(raw: str) -> str:
    """Text that Markdown shows letter by letter."""
    return _SPECIAL.sub(r"\\\1", markup.clean(raw))


def _word(note: Note, script: Script) -> str:
    forms = [note.headword, note.traditional or note.headword]
    if script == "traditional":
        forms.reverse()
    return text(forms[0]) if forms[0] == forms[1] else f"{text(forms[0])} ({text(forms[1])})"


def _meaning(note: Note) -> str:
    if is_composed(note.glosses):
        return text(in_a_line(note.glosses))
    return "; ".join(map(text, note.glosses[:_SHOWN_GLOSSES])) + (
        "; …" if note.glosses[_SHOWN_GLOSSES:] else ""
    )


def _level(note: Note) -> str:
    return f"HSK {level(note.hsk)}" if note.hsk is not None else band(note.frequency)


def _gapped(note: Note) -> str:
    example = note.example
    if example is None:
        return ""
    gap = _GAP * 2 * (example.end - example.start)
    return f"{text(example.text[: example.start])}{gap}{text(example.text[example.end :])}"
