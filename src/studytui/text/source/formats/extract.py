"""What is got out of a file: its text, and the blocks its format marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from studytui.errors import StudytuiError
from studytui.text.document import Block, ParagraphKind

_HAN_BREAK = re.compile(
    r"(?<=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u2018-\u201d\u2026])[ \t]*[\r\n]\s*"
    r"(?=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u2018-\u201d\u2026])"
)
MAX_BLOCKS = 300_000
"""Blocks of the longest text: some ten long novels. A block costs memory, however short it is."""
_SPACE = re.compile(r"[ \t\r\n\f\v\xa0\u2028\u2029\x85]+")


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file that is more than plain text."""

    text: str
    """Everything there is to read, a block after the other."""
    encoding: str
    """The codec of the file's text by its Python name, or the format where it has none of its own (`pdf`)."""
    title: str
    """What the file calls itself; empty if it does not say."""
    blocks: tuple[Block, ...] | None
    """Where the blocks are in `text`; None if its lines may be hard wraps throughout."""
    notices: tuple[str, ...] = ()
    """What of the file is not in `text`, or is not as it was: sentences for the learner."""


@dataclass(slots=True)
class Composer:
    """Puts an Extract together, block by block."""

    _pieces: list[str] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)
    _length: int = 0

    def add(self, kind: ParagraphKind, text: str, *, wrapped: bool = False) -> None:
        """Appends a block; one without anything to see is left out. Raises StudytuiError at MAX_BLOCKS."""
        if not text.strip():
            return
        refuse_more_than_a_book(len(self._blocks))
        self._blocks.append(Block(kind, self._length, self._length + len(text), wrapped))
        self._pieces.append(text)
        self._length += len(text) + 1

    def finish(self, encoding: str, title: str = "", notices: tuple[str, ...] = ()) -> Extract:
        """The Extract of what was added."""
        return Extract("\n".join(self._pieces), encoding, folded(title)[:200], tuple(self._blocks), notices)


def refuse_more_than_a_book(blocks: int) -> None:
    """Raises StudytuiError if a text of `blocks` blocks may have no more."""
    if blocks >= MAX_BLOCKS:
        raise StudytuiError(
            f"The file has more than {MAX_BLOCKS:,} paragraphs, and no book has: split it and open the parts."
        )


def folded(text: str) -> str:
    """`text` on one line: white space is one space, and none where a line of Chinese was broken."""
    return _SPACE.sub(" ", _HAN_BREAK.sub("", text)).strip()
