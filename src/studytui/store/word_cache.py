"""The words of a long text, kept by its content: opened again, it is not cut and read anew.

A cache: any file of it can be deleted. A file is named after the text's characters, the lexicon, and the code
that cuts and reads, so that it can be stale in none of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import studytui.text
from studytui.text import word_lists
from studytui.text.document import Document
from studytui.text.token import Token, TokenKind, Word
from studytui.whole_file import replace_whole

if TYPE_CHECKING:
    from studytui.text.annotate import Annotator

FORMAT = 1
LEAST = 20_000
"""Characters from which a text is worth a file: a shorter one is cut in a second."""
MOST_FILES = 30
"""The files used last are kept: a novel's takes about 2 MB."""

_KINDS: tuple[TokenKind, ...] = get_args(TokenKind)


def size(document: Document) -> int:
    """Characters of the cleaned text."""
    return sum(len(paragraph.text) for paragraph in document.paragraphs)


def load(folder: Path, document: Document, annotator: Annotator) -> Iterator[tuple[Word, ...]] | None:
    """The words of one paragraph after the other, or None where they are not kept."""
    path = _path(folder, document, annotator)
    try:
        kept = json.loads(path.read_bytes())
        if kept["format"] != FORMAT or len(kept["paragraphs"]) != len(document.paragraphs):
            return None
        if [_length(codes) for codes in kept["paragraphs"]] != [
            len(each.text) for each in document.paragraphs
        ]:
            return None
        path.touch()
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (
        _words(paragraph.text, codes, annotator)
        for paragraph, codes in zip(document.paragraphs, kept["paragraphs"], strict=True)
    )


def save(folder: Path, document: Document, words: tuple[tuple[Word, ...], ...], annotator: Annotator) -> None:
    """Keeps a text's words as the segmenter cut them. A full or read-only disk is no fault here."""
    path = _path(folder, document, annotator)
    kept = {"format": FORMAT, "paragraphs": [_codes(of_paragraph) for of_paragraph in words]}
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        packed = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()
        replace_whole(path, packed, lasting=False)
        files = sorted(path.parent.glob("*.json"), key=lambda each: each.stat().st_mtime, reverse=True)
        for old in files[MOST_FILES:]:
            old.unlink()


def _codes(words: tuple[Word, ...]) -> list[int | str]:
    """Each word as its length, its kind, and its reading where that is not the first entry's."""
    codes: list[int | str] = []
    for word in words:
        usual = word.syllables == _usual(word)
        length = word.token.end - word.token.start
        codes.append((length * len(_KINDS) + _KINDS.index(word.token.kind)) * 2 + (not usual))
        if not usual:
            codes.append(" ".join(word.syllables))
    return codes


def _length(codes: list[int | str]) -> int:
    """Characters of the paragraph that the codes are of."""
    return sum(code // 2 // len(_KINDS) for code in codes if isinstance(code, int))


def _usual(word: Word) -> tuple[str, ...]:
    # `Word.entries` has the fitting entry first: of these, the order of the lexicon is not to be had here.
    return word.entries[0].syllables if len(word.entries) == 1 else ()


def _words(text: str, codes: list[int | str], annotator: Annotator) -> tuple[Word, ...]:
    simplified = annotator.segmenter.simplified(text)
    tokens: list[Token] = []
    readings: list[tuple[str, ...]] = []
    place = 0
    rest = iter(codes)
    for code in rest:
        assert isinstance(code, int)  # noqa: S101  (a reading is taken below, with its word)
        length, kind = divmod(code // 2, len(_KINDS))
        tokens.append(Token(place, place + length, text[place : place + length], _KINDS[kind]))
        headword = simplified[place : place + length]
        place += length
        if code % 2:
            readings.append(tuple(str(next(rest)).split()))
        elif tokens[-1].kind == "punctuation":
            readings.append(())
        else:
            entries = annotator.lexicon.entries(headword)
            readings.append(entries[0].syllables if len(entries) == 1 else ())
    return annotator.read(tokens, simplified, readings)


def _path(folder: Path, document: Document, annotator: Annotator) -> Path:
    digest = sha256(f"{annotator.lexicon.identity()} {_code()}".encode())
    for paragraph in document.paragraphs:
        digest.update(b"\n" + paragraph.text.encode("utf-8", "surrogatepass"))
    return folder / "words" / f"{digest.hexdigest()[:32]}.json"


@cache
def _code() -> str:
    """A fingerprint of the package, and of the lists, that decide what a word is and how it is read."""
    folder = Path(next(iter(studytui.text.__path__)))
    digest = sha256()
    for path in sorted((*folder.rglob("*.py"), *word_lists.FOLDER.iterdir())):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
