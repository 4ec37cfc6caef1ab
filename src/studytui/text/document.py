"""What a text is once it is read: a Document of Paragraphs, each character traceable to the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

ParagraphKind = Literal["paragraph", "heading", "verse", "dialogue", "list", "table", "code", "aside"]
"""What a paragraph is. An `aside` is no part of what the text says (a rule, an address, an advertisement, a
reference): it is shown and nothing is taught from it."""

LOST = "\ufffd"
"""Stands for what could not be read. Nothing is taught from a sentence that has one."""

LinesChoice = Literal["auto", "keep", "join"]
"""What becomes of a text's lines: they stand as they are, hard wraps are undone, or as they look."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a text that its format marks as one block: a paragraph of HTML, a cue of subtitles."""

    kind: ParagraphKind
    """What the format says it is."""
    start: int
    """Where it begins, in characters of `Source.text`."""
    end: int
    """Where it ends, one past its last character."""
    wrapped: bool = False
    """Whether its line breaks may be hard wraps, to be undone; else it is one paragraph."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text as it came: decoded, otherwise untouched; of a format with markup, the text that is in it."""

    name: str
    """How the learner named it: a path, `-` for standard input, or the name of a bundled deck."""
    title: str
    """What to call it on a screen."""
    text: str
    """Every character of the decoded file, in order; of HTML, EPUB, PDF, subtitles and Markdown the text
    that was extracted, so that positions count its characters and not those of the file."""
    encoding: str
    """The codec that decoded it, by its Python name."""
    blocks: tuple[Block, ...] | None = None
    """The blocks the format marks, in order, none overlapping; None if it marks none (plain text, PDF)."""
    notices: tuple[str, ...] = ()
    """What of the file is not in `text`, or is not as it was: sentences for the learner."""
    raw: bytes | None = field(default=None, repr=False)
    """The file as it is, where `text` is all of it (plain text); None for a format with markup."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A unit of running text, its hard wraps undone."""

    kind: ParagraphKind
    text: str
    """The cleaned text: no line breaks (but in verse, table and code), no control characters."""
    origin: Sequence[int]
    """For each character of `text`, its position in `Source.text`; strictly increasing.

    A space that the reflow put in where a line break stood has the break's position.
    """

    def spans(self) -> tuple[tuple[int, int], ...]:
        """The stretches `[start, end)` of `Source.text` this paragraph was made of, in order."""
        spans: list[tuple[int, int]] = []
        for position in self.origin:
            if spans and spans[-1][1] == position:
                spans[-1] = (spans[-1][0], position + 1)
            else:
                spans.append((position, position + 1))
        return tuple(spans)


@dataclass(frozen=True, slots=True)
class Document:
    """A text ready to be segmented."""

    name: str
    """As in `Source.name`."""
    title: str
    encoding: str
    paragraphs: tuple[Paragraph, ...]
    removed: int = 0
    """How many control characters and invisible joiners were taken out of the source for safety."""
    notices: tuple[str, ...] = ()
    """As in `Source.notices`."""
    as_it_came: str | None = None
    """The text with the lines it came in, if no file has it: what was pasted can be read otherwise."""

    @property
    def characters(self) -> int:
        """How many the cleaned text has."""
        return sum(len(paragraph.text) for paragraph in self.paragraphs)

    @property
    def warning(self) -> str | None:
        """What the learner should hear of the text, in sentences; None if it is as it came."""
        said = list(self.notices)
        if self.removed:
            what = (
                "1 control character was" if self.removed == 1 else f"{self.removed} control characters were"
            )
            said.append(f"{what} left out of {self.title} for safety.")
        return " ".join(said) or None

    @property
    def id(self) -> str:
        """16 hexadecimal digits of the SHA-256 of the text's characters, white space left out.

        The same words have the same id: from another file, wrapped otherwise, or joined by a later reflow.
        """
        digest = sha256()
        for paragraph in self.paragraphs:
            digest.update("".join(paragraph.text.split()).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:16]
