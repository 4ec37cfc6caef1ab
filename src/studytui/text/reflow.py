"""Undoes hard wraps: from the lines of a file to the paragraphs its writer meant."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from studytui.errors import StudytuiError
from studytui.text.document import Document, Paragraph, ParagraphKind, Source

_DROPPED = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_LINE = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_FINAL = "。！？!?…”』」）)"


class Reflowed(NamedTuple):
    """The paragraphs of a text."""

    paragraphs: tuple[Paragraph, ...]
    removed: int


def read_document(source: Source) -> Document:
    """The Document of `source`. Raises StudytuiError if nothing is left to read."""
    paragraphs, removed = reflow(source.text)
    if not paragraphs:
        raise StudytuiError(f"{source.title} has nothing to read in it.")
    return Document(source.name, source.title, source.encoding, paragraphs, removed)


def reflow(text: str) -> Reflowed:
    """The paragraphs of `text`, each character with its position in `text`."""
    dropped: set[int] = set()
    removed = 0
    for match in _DROPPED.finditer(text):
        dropped.update(range(*match.span()))
        removed += 1
    lines: list[list[int]] = []
    start = 0
    for match in _LINE.finditer(text + "\n"):
        line = [i for i in range(start, match.start()) if i not in dropped]
        start = match.end()
        while line and text[line[0]].isspace():
            line.pop(0)
        while line and text[line[-1]].isspace():
            line.pop()
        lines.append(line)
    widths = sorted(
        sum(1 + (unicodedata.east_asian_width(text[i]) in "WF") for i in line) for line in lines if line
    )
    full = widths[int(len(widths) * 0.6)] - 4 if widths else 0
    paragraphs: list[Paragraph] = []
    current: list[int] = []
    for line in lines:
        if not line:
            continue
        current += line
        width = sum(1 + (unicodedata.east_asian_width(text[i]) in "WF") for i in line)
        if width < full or text[line[-1]] in _FINAL:
            paragraphs.append(_paragraph(text, current))
            current = []
    if current:
        paragraphs.append(_paragraph(text, current))
    return Reflowed(tuple(paragraphs), removed)


def _paragraph(text: str, origin: list[int]) -> Paragraph:
    joined = "".join(text[i] for i in origin)
    kind: ParagraphKind = "paragraph" if joined[-1] in _FINAL else "heading"
    return Paragraph(kind, joined, tuple(origin))
