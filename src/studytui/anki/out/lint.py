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
    content, expected = anki_note.content, len(FIELDS[anki_note.kind])
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
    if anki_note.kind == "cloze":
        return _cloze_fault(fields[-1])
    if "{{" in content or "}}" in content:
        return "it holds template brackets that Anki would act on"
    return ""


def _cloze_fault(text: str) -> str:
    begin, end = text.find("{{c1::"), text.find("}}")
    if begin < 0 or end < begin or text.count("{{") != 1 or text.count("}}") != 1:
        return "its sentence is not exactly one cloze"
    answer = text[begin + 6 : end]
    if not answer.strip():
        return "the word taken out of its sentence is empty"
    if "::" in answer:
        return "the word taken out of its sentence holds `::`, which Anki takes for a hint"
    return ""
