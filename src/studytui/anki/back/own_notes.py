"""Our own notes, when they come back from Anki: known by their guid, read from their fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Final

from studytui.anki.back.field_words import plain_text
from studytui.anki.out.identity import guid
from studytui.study.notes.card import TEMPLATES, card_id
from studytui.study.notes.note import Example, Note, note_id

REMARK: Final = "Notes"
"""The field of our note type that is the learner's own."""
_LONGEST_REMARK: Final = 10_000
_PROGRAM: Final = re.compile(
    r"<\s{0,9}(?:script|iframe|object|embed)|<[^<>]{0,500}\son[a-z]{1,20}\s{0,9}=|javascript:", re.I
)
_GUID: Final = re.compile(r"s[0-9a-f]{19}")
_GLOSS: Final = re.compile(r"<li>((?:(?!</?li>).)*+)</li>", re.DOTALL)
_TARGET: Final = re.compile(
    r'((?:(?!<b class="?target"?>).)*+)<b class="?target"?>((?:(?!</b>).)*+)</b>(.*)', re.DOTALL
)


def may_be_ours(anki_guid: str) -> bool:
    """Whether a guid has the shape of ours."""
    return _GUID.fullmatch(anki_guid) is not None


def guids(notes: Sequence[Note]) -> dict[str, Note]:
    """Notes by the guids under which they are exported."""
    return {guid(note.id): note for note in notes}


Readings = Callable[[str], Iterable[tuple[str, ...]]]
"""The dictionary's readings of a headword."""


def our_note(
    anki_guid: str, fields: Mapping[str, str], readings: Readings = lambda headword: ()
) -> Note | None:
    """The note that an exported one was made of, if its guid proves it.

    Args:
        anki_guid: Anki's.
        fields: HTML, by the field's name.
        readings: the note may be known by another reading than it has, which the learner put right.
    """
    headword, numbers = _text(fields.get("Simplified", "")), _text(fields.get("Pinyin numbers", ""))
    syllables = tuple(numbers.split())
    if not headword:
        return None
    known_as = next(
        (each for each in (syllables, *readings(headword)) if guid(note_id(headword, each)) == anki_guid),
        None,
    )
    if known_as is None:
        return None
    is_mended = known_as != syllables
    meaning = fields.get("Meaning", "")
    glosses = tuple(filter(None, map(_text, _GLOSS.findall(meaning) or [meaning])))
    level = _text(fields.get("HSK", ""))
    return Note(
        headword,
        syllables,
        _text(fields.get("Traditional", "")) or headword,
        glosses,
        hsk=int(level[0]) if level[:1] in tuple("1234567") else None,
        kind=_text(fields.get("Kind", "")) or "word",
        example=_example(fields),
        remark=remark(fields) or "",
        own=("reading",) if is_mended else (),
        known_as=known_as if is_mended else (),
    )


def remark(fields: Mapping[str, str]) -> str | None:
    """What the learner wrote in the field that is theirs, as HTML; None if it is not taken."""
    html = fields.get(REMARK, "").strip()
    return None if len(html) > _LONGEST_REMARK or _PROGRAM.search(html) else html


def card_of(note: Note, order: int) -> str | None:
    """The id of the card that a template makes; None if our note type has no such template."""
    return card_id(note.id, TEMPLATES[order]) if 0 <= order < len(TEMPLATES) else None


def _example(fields: Mapping[str, str]) -> Example | None:
    """The sentence; the text that it is from is known by its title alone."""
    match = _TARGET.match(fields.get("Sentence", ""))
    if match is None:
        return None
    before, target, after = (_text(part, strip=False) for part in match.groups())
    title = _text(fields.get("Source", ""))
    if not target:
        return None
    return Example(before + target + after, len(before), len(before) + len(target), text_id(title), title)


def text_id(title: str) -> str:
    """A `Document.id` for a text of which only the title is known."""
    return sha256(f"anki\0{title}".encode(errors="surrogatepass")).hexdigest()[:16]


def _text(html: str, *, strip: bool = True) -> str:
    text = " ".join(plain_text(html).splitlines()) if "\n" in html or "<" in html else plain_text(html)
    return text.strip() if strip else text
