"""What texts are called: by their file, by their own title, by their first words; and those of one name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studytui.text.document import Document

if TYPE_CHECKING:
    from studytui.store.state.records import TextRecord

_LONGEST_TITLE = 40
"""Characters."""


def when_read(text: TextRecord) -> str:
    """When a text was opened last, in local time: `27 Nov 14:03`."""
    return f"{text.opened.astimezone():%d %b %H:%M}"


def namesakes(name: str, found: Sequence[TextRecord]) -> str:
    """A sentence on texts that bear one name, the one read last first."""
    others = ", ".join(f"{text.id} (read {when_read(text)})" for text in found[1:])
    last = f"this is the one read last, {found[0].id} ({when_read(found[0])})"
    return f"{len(found)} texts are called {name}; {last}. Others by id: {others}."


def _own_title(document: Document) -> str | None:
    """What a text calls itself in its first line; None where that is a chapter's title, or no title.

    Verse without a title is called by its first line, as poems are, unless its file has a Chinese name.
    """
    from studytui.text.reflow.line_marks import CHAPTER, HAN, LIST_ITEM

    first, *rest = document.paragraphs
    text = first.text.lstrip("# ")
    kinds = ("heading",) if HAN.search(document.title) else ("heading", "verse")
    if not rest or first.kind not in kinds or len(text) > _LONGEST_TITLE or not HAN.search(text):
        return None
    return None if CHAPTER.match(text) or LIST_ITEM.match(text) else text


def absolute(name: str) -> str:
    """A file by its whole path: home opens it again, from whatever folder the learner is in then."""
    if name != "-" and (path := Path(name).expanduser()).exists():
        return str(path.resolve())
    return name


def titled_by_itself(document: Document) -> Document:
    """`document` as it is called: by where its file is, and by its own title or its first words."""
    name = document.name
    own = _own_title(document) if name == "-" or document.title == Path(name).stem else None
    if own:
        document = replace(document, title=own)
    document = replace(document, name=absolute(name))
    if name == "-" and not own and document.paragraphs:
        # A pipe has no name: the text is called by its first words.
        first = document.paragraphs[0].text
        document = replace(document, title=first if len(first) <= 16 else f"{first[:14]}…")
    return document
