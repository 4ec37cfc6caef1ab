"""What Anki would refuse, mend or silently drop, found before anything is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from studytui.anki.out.fields import FIELDS, AnkiNote
from studytui.errors import StudytuiError


def lint(notes: Sequence[AnkiNote]) -> None:
    """Checks every note.

    Raises:
        StudytuiError: a note cannot be exported as it is; the sentence names it.
    """
    seen: dict[str, str] = {}
    for anki_note in notes:
        name = anki_note.note_id
        if wrong := fault(anki_note):
            raise StudytuiError(f"The note {name!r} cannot be exported: {wrong}.")
        if anki_note.guid in seen:
            raise StudytuiError(
                f"The note {name!r} is given twice: give each headword with its reading once."
            )
        seen[anki_note.guid] = name


def fault(anki_note: AnkiNote) -> str:
    """What is wrong with a note, as the end of a sentence; empty if nothing is."""
    note, fields = anki_note.note, anki_note.fields
    content, expected = anki_note.content, len(FIELDS)
    if not note.headword.strip() or not fields[0].strip():
        return "it has no headword"
    if not anki_note.templates:
        return "it would have no card"
    if len(fields) != expected:
        return f"it has {len(fields)} fields instead of {expected}"
    if content.count("\x1f") != expected - 1 or "\0" in content:
        return "it holds a control character, which makes Anki refuse the whole file"
    if not unicodedata.is_normalized("NFC", content):
        return "its text is not in Unicode's normal form C"
    example = note.example
    if example is not None and not 0 <= example.start < example.end <= len(example.text):
        return "its sentence does not hold the word at the place that is given"
    if "cloze" in anki_note.templates and example and not example.text[example.start : example.end].strip():
        return "the word taken out of its sentence is empty"
    ours = content[: len(content) - len(fields[-1])]  # the learner's own field may say what it likes
    if "{{" in ours or "}}" in ours:
        return "it holds template brackets that Anki would act on"
    return ""
