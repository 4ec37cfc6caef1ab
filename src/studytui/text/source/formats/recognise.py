"""Which format a file is in: by what it holds, and only then by its name's ending."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal

from studytui.text.source.formats.extract import Extract

Format = Literal["html", "epub", "pdf", "subtitles", "markdown"]

_HEAD = 4096
"""Bytes of the beginning that are looked at."""
_HTML = re.compile(
    rb"\s*+(?:<\?xml[^>]*>\s*+)?(?:<!--(?:(?!-->).)*+-->\s*+)*+(?:<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_VTT = re.compile(rb"WEBVTT(?:\s|\Z)")
_ASS = re.compile(rb"\s*+(?:[;!][^\n]*+\n\s*+)*+\[Script Info\]", re.IGNORECASE)
_SRT = re.compile(rb"\s*\d{1,9}[ \t]*\r?\n\s*\d{1,3}:\d\d:\d\d[,.:]\d{1,3}[ \t]*-->[ \t]*\d")
_LRC = re.compile(
    rb"\s*(?:\[[a-z]{2,8}:[^\]\n]{0,200}\][ \t]*\r?\n\s*)*\[\d{1,3}:\d\d[.:]\d{1,3}\]", re.IGNORECASE
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_ENDINGS: dict[str, Format] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".ass": "subtitles",
    ".ssa": "subtitles",
    ".lrc": "subtitles",
    ".md": "markdown",
    ".markdown": "markdown",
}
TEXT_ENDINGS = (".txt", ".text", ".epub", ".pdf", *_ENDINGS)
"""How names of files end that are taken for texts where a whole folder is looked through."""


def recognised(raw: bytes, name: str) -> Format | None:
    """The format of the file `raw` called `name`; None if it is plain text, or nothing that is known here."""
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    if raw.startswith(b"PK\x03\x04"):
        packed = b"application/epub+zip" in raw[:_HEAD] or b"META-INF/container.xml" in raw
        # A file cut short may have lost what tells an EPUB: then its name does, and it is called damaged.
        named = name.lower().endswith(".epub") and b"word/" not in raw
        return "epub" if packed or named else None
    head = raw[:_HEAD]
    for mark in _BOMS:
        head = head.removeprefix(mark)
    head = head.replace(b"\0", b"")  # so that UTF-16 reads as ASCII does
    if _HTML.match(head):
        return "html"
    if _VTT.match(head) or _ASS.match(head) or _SRT.match(head) or _LRC.match(head):
        return "subtitles"
    if b"\0" in raw[:_HEAD] and not raw.startswith(_BOMS):
        return None
    return _ENDINGS.get(PurePath(name).suffix.lower())


def extract(raw: bytes, name: str, shown: str) -> Extract | None:
    """The text of the file `raw`; None if it is plain text. `name` is its name, `shown` how to print that.

    Raises StudytuiError if the file is damaged, protected, or cannot be read without an extra.
    """
    match recognised(raw, name):
        case "html":
            from studytui.text.source.formats.html import read_html

            return read_html(raw, shown)
        case "epub":
            from studytui.text.source.formats.epub import read_epub

            return read_epub(raw, shown)
        case "pdf":
            from studytui.text.source.formats.pdf import read_pdf

            return read_pdf(raw, shown)
        case "subtitles":
            from studytui.text.source.formats.subtitles import read_subtitles

            return read_subtitles(raw, shown)
        case "markdown":
            from studytui.text.source.formats.markdown import read_markdown

            return read_markdown(raw, shown)
        case None:
            return None
