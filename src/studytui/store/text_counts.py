"""What a text is made of, counted once and kept: how long its paragraphs are, how often it has each headword.

A cache: any file of it can be deleted. As in `word_cache` a file is named after what its content hangs on.
The texts that come with the program are counted when it is built, by the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, MsgspecError, json

from studytui.store.files import from_cache, keep_in_cache
from studytui.store.word_cache import code

if TYPE_CHECKING:
    from studytui.text.document import Document
    from studytui.text.lexicon.lexicon import Lexicon
    from studytui.text.token import Word
    from studytui.text.words.recut import Mend

PACKAGED = Path(__file__).resolve().parents[1] / "data" / "text_counts.json"
"""What the build has counted: `TextCounts` by the name of `counts_file`."""

MOST_FILES = 2000
"""The files used last are kept; a novel's takes some 100 kB, a story's 5."""

_Count = Annotated[int, Meta(ge=0, lt=1 << 40)]


@dataclass(frozen=True, slots=True)
class TextCounts:
    """What a text is made of."""

    lengths: tuple[_Count, ...]
    """The characters of each paragraph."""
    headwords: Mapping[str, _Count]
    """How often it has each headword, names left out."""
    level: Annotated[int, Meta(ge=1, le=7)] | None
    """Of HSK 3.0, see `levels.text_level`; None where it has no words."""

    @property
    def characters(self) -> int:
        """Of the cleaned text."""
        return sum(self.lengths)


@lru_cache(maxsize=256)
def fingerprint(path: Path) -> str:
    """What tells a text that comes with the program from every other, by its file."""
    return sha256(path.read_bytes()).hexdigest()


def counts_file(folder: Path, text: str, mends: Iterable[Mend], lexicon: Lexicon) -> Path:
    """Where a text's counts are kept.

    Args:
        folder: of caches.
        text: what tells the text from every other.
        mends: the learner's cuts that hold in it.
        lexicon: the dictionary by which it is cut.
    """
    digest = sha256(repr((text, lexicon.identity(), code(), *mends)).encode("utf-8", "surrogatepass"))
    return folder / "counts" / f"{digest.hexdigest()[:32]}.json"


def count(document: Document, words: Iterable[tuple[Word, ...]], lexicon: Lexicon) -> TextCounts:
    """Counts a text.

    Args:
        document: the text.
        words: of one of its paragraphs after the other.
        lexicon: the dictionary by which it is cut.
    """
    from studytui.study.levels import text_level  # most texts are counted already
    from studytui.study.vocabulary import Tally

    tally = Tally()
    for of_paragraph in words:
        tally.add(of_paragraph)
    lengths = tuple(len(paragraph.text) for paragraph in document.paragraphs)
    return TextCounts(lengths, dict(tally.headwords), text_level(tally.headwords, lexicon))


@cache
def packaged() -> dict[str, TextCounts]:
    """What the build has counted; nothing where it has not, or is damaged: then it is counted here."""
    try:
        return json.decode(PACKAGED.read_bytes(), type=dict[str, TextCounts])
    except (OSError, MsgspecError, UnicodeDecodeError, RecursionError):
        return {}


def are_kept(path: Path) -> bool:
    """Whether `load_counts` may have its answer at once."""
    return path.name in packaged() or path.exists()


def load_counts(path: Path) -> TextCounts | None:
    """What is kept in a file, or came with the program; None if nothing is, or it is damaged."""
    return packaged().get(path.name) or from_cache(path, TextCounts)


def save_counts(path: Path, counts: TextCounts) -> None:
    """Keeps them."""
    keep_in_cache(path, json.encode(counts), MOST_FILES)
