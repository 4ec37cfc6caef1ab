"""Text from outside as harmless HTML for Anki's fields, its tags and its deck names."""

from __future__ import annotations

import re
import unicodedata
from html import escape, unescape
from typing import Final

# C0 and C1 controls (\x1f parts Anki's fields), surrogates, the marks that turn the direction of text,
# and the code points that Unicode calls no characters at all.
_FORBIDDEN: Final = "\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff"
_CONTROLS: Final = re.compile(f"[{_FORBIDDEN}]")
_LINE_BREAKS: Final = "\t\n\v\f\r\x85\u2028\u2029"
_ACTIVE: Final = re.compile(r"[{}\[\\]")
"""What Anki or its web view would act on: templates and clozes, `[sound:`, `[latex]`, `\\(` of MathJax."""
_ENTITIES: Final = {"{": "&#123;", "}": "&#125;", "[": "&#91;", "\\": "&#92;&#8203;"}
_ANY: Final = re.compile(f"[&<>\"'{{}}\\[\\\\{_FORBIDDEN}]|  ")
"""Where text differs from its HTML."""
_SPACES: Final = re.compile(" {2,}")
_GAP: Final = "＿"
"""As wide as a character; several join to a line."""
_TAG_BREAK: Final = re.compile(r"[^\w.·~-]+")


def clean(text: str) -> str:
    """Text in NFC on one line, without control characters; a run of spaces becomes one space."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if _CONTROLS.search(text):
        text = _CONTROLS.sub(lambda match: " " if match.group() in _LINE_BREAKS else "", text)
        # What a control character kept apart may now compose.
        text = unicodedata.normalize("NFC", text)
    return _SPACES.sub(" ", text) if "  " in text else text


def plain(text: str) -> str:
    """Text as the content of an HTML element: shown letter by letter, whatever it says.

    A combining mark at the start is written as an entity: NFC would join it to the `>` of our own markup.
    """
    if _ANY.search(text) or not unicodedata.is_normalized("NFC", text):
        text = escape(clean(text))
        text = _ACTIVE.sub(lambda match: _ENTITIES[match.group()], text)
    if text and unicodedata.combining(text[0]):
        text = f"&#{ord(text[0])};{text[1:]}"
    return text


def marked(before: str, target: str, after: str) -> str:
    """A sentence, its parts already HTML, with its target in bold."""
    return f'{before}<b class="target">{target}</b>{after}'


def gapped(before: str, target: str, after: str) -> str:
    """A sentence, its parts already HTML, with a gap as wide as its target."""
    width = len(unescape(target).replace("\u200b", ""))
    return f'{before}<span class="gap">{_GAP * width}</span>{after}'


def tag(text: str) -> str:
    """A text as one level of a tag: letters and digits of any script, other runs as `_`; 80 at most."""
    return _TAG_BREAK.sub("_", clean(text)).strip("_.")[:80] or "untitled"


def deck_level(text: str) -> str:
    """A title as one level of a deck's name: no `::`, no quotes, nothing that reads as HTML; 80 at most."""
    name = " ".join(clean(text).split()).replace("::", "：：").replace('"', "”")
    name = name.translate({ord("<"): "＜", ord(">"): "＞", ord("&"): "＆"}).strip(": ")[:80].strip(": ")
    return name or "untitled"
