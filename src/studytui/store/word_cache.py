"""The words of a long text, kept by its content: opened again, it is not cut and read anew.

A cache: any file of it can be deleted. A file is named after the text's characters, the lexicon, and the code
that cuts and reads, so that it can be stale in none of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import studytui.text
from studytui.store.files import keep_in_cache
from studytui.text import word_lists
from studytui.text.document import Document
from studytui.text.token import Token, TokenKind, Use, Word

if TYPE_CHECKING:
    from studytui.text.annotate import Annotator

FORMAT = 2
LEAST = 20_000
"""Characters from which a text is worth a file: a shorter one is cut in a second."""
MOST_FILES = 30
"""The files used last are kept: a novel's takes about 2 MB."""

_KINDS = frozenset(get_args(TokenKind))


def load(folder: Path, document: Document, annotator: Annotator) -> Iterator[tuple[Word, ...]] | None:
    """The words of one paragraph after the other, or None where they are not kept."""
    path = _path(folder, document, annotator)
    try:
        kept = json.loads(path.read_bytes())
        if kept["format"] != FORMAT or len(kept["paragraphs"]) != len(document.paragraphs):
            return None
        forms = [_Form.read(*row) for row in kept["forms"]]
        paragraphs: list[list[int]] = kept["paragraphs"]
        for paragraph, places in zip(document.paragraphs, paragraphs, strict=True):
            if "".join([forms[place].text for place in places]) != paragraph.text:
                return None
        path.touch()
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return _words(forms, paragraphs, annotator)


def save(folder: Path, document: Document, words: tuple[tuple[Word, ...], ...], annotator: Annotator) -> None:
    """Keeps a text's words as the segmenter cut them. A full or read-only disk is no fault here."""
    path = _path(folder, document, annotator)
    forms: dict[_Form, int] = {}
    paragraphs = [
        [forms.setdefault(_Form.of(word), len(forms)) for word in of_paragraph] for of_paragraph in words
    ]
    kept = {"format": FORMAT, "forms": list(forms), "paragraphs": paragraphs}
    packed = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()
    keep_in_cache(path, packed, MOST_FILES)


class _Form(NamedTuple):
    """A word without its place, as it is kept."""

    text: str
    headword: str
    kind: TokenKind
    syllables: str
    """Its reading, a space between syllables."""
    use: Use

    @classmethod
    def of(cls, word: Word) -> _Form:
        return cls(word.text, word.headword, word.token.kind, " ".join(word.syllables), word.use)

    @classmethod
    def read(cls, text: str, headword: str, kind: TokenKind, syllables: str, use: list[Any]) -> _Form:
        """A row of the file; raises ValueError or TypeError where it is none."""
        if kind not in _KINDS or not len(text) == len(headword) > 0:
            raise ValueError("not what a word is kept as")
        return cls(intern(text), intern(headword), kind, syllables, Use(*use))

    def word(self, annotator: Annotator) -> Word:
        """The word as if it began its paragraph."""
        token = Token(0, len(self.text), self.text, self.kind)
        if self.kind == "punctuation":
            return Word(token, self.headword, (), (), (), None, None)
        return annotator.word(token, self.headword, tuple(self.syllables.split()), self.use)


def _words(
    forms: list[_Form], paragraphs: list[list[int]], annotator: Annotator
) -> Iterator[tuple[Word, ...]]:
    # What is said of a form is looked up once; each of its places has a token of its own.
    met: list[Word | None] = [None] * len(forms)
    for places in paragraphs:
        words: list[Word] = []
        start = 0
        for place in places:
            word = met[place]
            if word is None:
                word = met[place] = forms[place].word(annotator)
            text, end = word.token.text, start + word.token.end
            token = Token(start, end, text, word.token.kind)
            facts = word.syllables, word.entries, word.gloss, word.hsk, word.frequency, word.use
            words.append(Word(token, word.headword, *facts))
            start = end
        yield tuple(words)


def _path(folder: Path, document: Document, annotator: Annotator) -> Path:
    digest = sha256(f"{annotator.lexicon.identity()} {code()}".encode())
    for paragraph in document.paragraphs:
        digest.update(b"\n" + paragraph.text.encode("utf-8", "surrogatepass"))
    return folder / "words" / f"{digest.hexdigest()[:32]}.json"


@cache
def code() -> str:
    """A fingerprint of the package, and of the lists, that decide what a word is and how it is read."""
    folder = Path(next(iter(studytui.text.__path__)))
    digest = sha256()
    for path in sorted((*folder.rglob("*.py"), *word_lists.FOLDER.iterdir())):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
