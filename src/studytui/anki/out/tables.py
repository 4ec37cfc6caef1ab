"""Notes as a table (.csv, .tsv) with the header lines that Anki reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from studytui.anki.out.fields import CREDIT, FIELDS, ROOT, AnkiNote

_FORMULA: Final = re.compile(r"\s*[=+\-@\t\r|%＝＋－＠]")


def table(notes: Sequence[AnkiNote], *, separator: str) -> bytes:
    """The table in UTF-8."""
    # Where our note type is not there yet, Anki fills the fields of its own by their names.
    columns = (*FIELDS, "Front", "Back", "Deck", "Tags", "GUID")
    lines = [
        f"#separator:{'Tab' if separator == chr(9) else 'Comma'}",
        "#html:true",
        f"#notetype:{ROOT}",
        f"#columns:{separator.join(columns)}",
        f"#deck column:{len(columns) - 2}",
        f"#tags column:{len(columns) - 1}",
        f"#guid column:{len(columns)}",
        "#if matches:update current",
        f"# {CREDIT.replace(':', ' -')}",
    ]
    for note in notes:
        cells = (*note.fields, *_sides(note), note.deck, " ".join(note.tags), note.guid)
        lines.append(separator.join(map(cell, cells)))
    return ("\n".join(lines) + "\n").encode()


def _sides(note: AnkiNote) -> tuple[str, str]:
    """Front and back of the one card that the word has where nothing of ours is known."""
    said = dict(zip(FIELDS, note.fields, strict=True))
    shown = ("Other script", "Pinyin", "Meaning", "Measure words", "Sentence", "Sentence pinyin", "Notes")
    return said["Word"], "<br>".join(said[name] for name in shown if said[name])


def cell(html: str) -> str:
    """A quoted cell, that a spreadsheet does not take for a formula.

    A sign that begins a formula is written as an HTML entity, which Anki shows as the sign.
    """
    if match := _FORMULA.match(html):
        sign = match.end() - 1
        html = f"{html[:sign]}&#{ord(html[sign])};{html[sign + 1 :]}"
    return f'"{html.replace(chr(34), chr(34) * 2)}"'
