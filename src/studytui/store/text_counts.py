"""What a text is made of, counted once and kept: how long its paragraphs are, how often it has each headword.

A cache: any file of it can be deleted. As in `word_cache` a file is named after what its content hangs on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, MsgspecError, json

from studytui.store.files import keep_in_cache
from studytui.store.word_cache import code

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon
    from studytui.text.words.recut import Mend

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


def load_counts(path: Path) -> TextCounts | None:
    """What is kept in a file; None if nothing is, or it is damaged."""
    try:
        counts = json.decode(path.read_bytes(), type=TextCounts)
        path.touch()
    except (OSError, MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return counts


def save_counts(path: Path, counts: TextCounts) -> None:
    """Keeps them."""
    keep_in_cache(path, json.encode(counts), MOST_FILES)
