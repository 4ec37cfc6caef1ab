"""A note as a learner writes it anew: four lines of text, and what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape, unescape

from studytui.errors import StudytuiError
from studytui.study.notes.note import Example, Field, Note
from studytui.study.questions.typed_pinyin import is_spoken
from studytui.text.characters import is_han, printable_line
from studytui.text.pinyin import numbered, separate, split_numbered
from studytui.wording import many

LONGEST = 4000
"""Characters of a line. A note of four such lines is a line of the journal that every machine takes."""
BREAK = "⏎"
"""Stands for a new line in the remark."""
_LINE_BREAK = re.compile(r"(?i)<br\s*/?>|</(?:p|div|li)>")
HTML_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_TARGET = re.compile("【([^【】]+)】")
_SEMICOLON = re.compile("[;；]")


@dataclass(frozen=True, slots=True)
class NoteLines:
    """A note in lines to be edited."""

    meaning: str
    """Its glosses, with semicolons."""
    reading: str
    """With tone marks, or numbers; a space between syllables."""
    sentence: str
    """The headword in 【】; empty where there is none."""
    remark: str
    """Plain, with `BREAK` for a new line."""


def lines_of(note: Note) -> NoteLines:
    """A note as it stands."""
    example = note.example
    sentence = ""
    if example is not None:
        text, start, end = example.text, example.start, example.end
        sentence = f"{text[:start]}【{text[start:end]}】{text[end:]}"
    return NoteLines("; ".join(note.glosses), separate(note.syllables), sentence, _plain(note.remark))


def edited(note: Note, lines: NoteLines) -> Note:
    """The note with the lines that are others than before.

    Raises:
        StudytuiError: a line cannot be what it is to be; the sentence says which, and how it is written.
    """
    before = lines_of(note)
    for line in (lines.meaning, lines.reading, lines.sentence, lines.remark):
        if len(line) > LONGEST:
            raise StudytuiError(f"a line of a note has at most {LONGEST:,} characters")
    own: list[Field] = list(note.own)
    if lines.meaning.strip() != before.meaning:
        note = replace(note, glosses=_glosses(lines.meaning))
        own.append("meaning")
    if lines.reading.split() != before.reading.split():
        syllables = _syllables(lines.reading, note.headword)
        known_as = note.known_as or note.syllables
        note = replace(note, syllables=syllables, known_as=() if syllables == known_as else known_as)
        own.append("reading")
    if lines.sentence.strip() != before.sentence:
        note = replace(note, example=_example(lines.sentence.strip(), note))
        own.append("sentence")
    if lines.remark.strip() != before.remark:
        note = replace(note, remark=_html(lines.remark.strip()))
    return replace(note, own=tuple(dict.fromkeys(own)))


def _glosses(line: str) -> tuple[str, ...]:
    glosses = tuple(filter(None, (gloss.strip() for gloss in _SEMICOLON.split(line))))
    if not glosses:
        raise StudytuiError("a note needs a meaning: to remove it, delete the note")
    return glosses


def _syllables(line: str, headword: str) -> tuple[str, ...]:
    found: list[str] = []
    for written in line.replace("'", " ").replace("’", " ").split():
        parts = split_numbered(written)
        found += (numbered(part) for part in parts)
    syllables = tuple(found)
    if not is_spoken(syllables):
        raise StudytuiError(
            f"{printable_line(line.strip())!r} is no reading: write it as zhǎng dà or zhang3 da4, "
            "a space between syllables"
        )
    characters = len(headword)
    if all(map(is_han, headword)) and len(syllables) != characters:
        raise StudytuiError(f"{headword} has {many(characters, 'syllable')}, and not {len(syllables)}")
    return syllables


def _example(line: str, note: Note) -> Example | None:
    if not line:
        return None
    kept = note.example or Example("", 0, 0, "", "")
    marked = _TARGET.search(line)
    if marked is not None:
        text = line[: marked.start()] + marked[1] + line[marked.end() :]
        return replace(kept, text=text, start=marked.start(), end=marked.start() + len(marked[1]))
    for form in (note.headword, note.traditional):
        if (start := line.find(form)) >= 0:
            return replace(kept, text=line, start=start, end=start + len(form))
    raise StudytuiError(f"the sentence does not have {note.headword}: put what stands for it in 【】")


def _plain(html: str) -> str:
    """HTML of Anki's editor as plain text on one line."""
    lines = (HTML_TAG.sub("", line) for line in _LINE_BREAK.sub("\n", html.replace("\n", " ")).split("\n"))
    text = BREAK.join(unescape(line).replace("\xa0", " ").strip() for line in lines)
    return printable_line(text).strip(f" {BREAK}")


def _html(text: str) -> str:
    return "<br>".join(escape(line.strip(), quote=False) for line in text.split(BREAK))
