"""A paragraph cut into tokens, by jieba fed with the lexicon's own words.

What is what: Chinese vocabulary is `word`; names of people, places and organisations are `name`; numerals
(`7亿`, `二〇一六`, `百分之七十`, a lone `三`) are `number`, but the measure word or 年, 月, 日 after them is a
word of its own; other letters are `latin`; the rest, spaces too, is `punctuation`.
"""

from __future__ import annotations

import marshal
import os
import sys
import warnings
from hashlib import sha256
from math import log
from pathlib import Path
from threading import Lock
from typing import Any

from studytui.text.lexicon import Lexicon, is_han
from studytui.text.numeral import PIECES, is_chinese_number, numerals
from studytui.text.token import Token, TokenKind

_TABLE_VERSION = 1
_LONGEST_RUN = 2000
"""Characters without any punctuation that are weighed at once; a longer run is cut there."""

Table = tuple[dict[str, int], int, frozenset[str]]
"""Prefix dictionary as jieba has it (word -> count, prefix -> 0), the counts' sum, and the names in it."""


class Segmenter:
    """Cuts text with the words of one lexicon. Safe to use from several threads."""

    def __init__(self, lexicon: Lexicon, cache_folder: Path | None = None) -> None:
        """`cache_folder` keeps the word table between runs; without it each start makes it anew."""
        self._lexicon = lexicon
        self._cache_folder = cache_folder
        self._lock = Lock()
        self._tokenizer: Any = None
        self._names: frozenset[str] = frozenset()

    def load(self) -> None:
        """Imports jieba and loads the word table, unless that is done. `tokens` does it by itself."""
        with self._lock:
            if self._tokenizer is None:
                counts, total, names = self._table()
                tokenizer = _jieba_tokenizer()
                # All that jieba's own `initialize` would set: so it opens no dictionary and no cache.
                tokenizer.FREQ, tokenizer.total, tokenizer.initialized = counts, total, True
                self._names = names
                self._tokenizer = tokenizer

    def tokens(self, text: str) -> tuple[Token, ...]:
        """The tokens of a paragraph; joined, they are its text."""
        if self._tokenizer is None:
            self.load()
        cut: list[Token] = []
        for match in PIECES.finditer(text):
            if match.lastgroup == "run":
                for begin in range(match.start(), match.end(), _LONGEST_RUN):
                    cut.extend(self._run(text, begin, min(begin + _LONGEST_RUN, match.end())))
            else:
                cut.append(Token(match.start(), match.end(), match[0], "punctuation"))
        return tuple(cut)

    def simplified(self, text: str) -> str:
        """The text in simplified characters, character for character."""
        return text

    def _run(self, text: str, begin: int, end: int) -> list[Token]:
        """The likeliest path through jieba's graph of words, numerals and Latin words being edges too."""
        run = text[begin:end]
        counts, log_total = self._tokenizer.FREQ, log(self._tokenizer.total)
        spans = {(start, stop): kind for start, stop, kind in numerals(run)}
        # Nothing begins or ends inside a Latin word or a numeral of digits; one in Chinese may be cut.
        inside = {
            place
            for (start, stop), kind in spans.items()
            if kind != "chinese"
            for place in range(start + 1, stop)
        }
        edges: dict[int, list[int]] = self._tokenizer.get_DAG(run)
        for start, stop in spans:
            edges[start].append(stop - 1)
        best: list[tuple[float, int]] = [(0.0, len(run))] * (len(run) + 1)
        for place in range(len(run) - 1, -1, -1):
            if place in inside:
                continue
            choices: list[tuple[float, int]] = []
            for last in edges[place]:
                stop = last + 1
                if stop not in inside:
                    count = _SPAN_COUNT if (place, stop) in spans else counts.get(run[place:stop]) or 1
                    choices.append((log(count) - log_total + best[stop][0], stop))
            best[place] = max(choices)
        tokens: list[Token] = []
        place = 0
        while place < len(run):
            stop = best[place][1]
            piece = run[place:stop]
            kind = self._kind(piece, spans.get((place, stop)))
            tokens.append(Token(begin + place, begin + stop, piece, kind))
            place = stop
        return tokens

    def _kind(self, piece: str, span: str | None) -> TokenKind:
        if span == "latin":
            return "latin"
        if span is not None or is_chinese_number(piece):
            return "number"
        if piece in self._names:
            return "name"
        return "word" if any(map(is_han, piece)) else "latin"

    def _table(self) -> Table:
        if self._cache_folder is None:
            return self._make_table()
        name = f"words-{_TABLE_VERSION}-{self._lexicon.identity()}-{sys.implementation.cache_tag}.marshal"
        path = self._cache_folder / name
        try:
            packed = path.read_bytes()
            if sha256(packed[32:]).digest() == packed[:32]:
                table: Table = marshal.loads(packed[32:])  # noqa: S302 - our own file, its digest is right
                return table
        except (OSError, ValueError, EOFError, TypeError):
            pass
        table = self._make_table()
        packed = marshal.dumps(table)
        try:
            self._cache_folder.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_name(f"{name}.{os.getpid()}")
            unfinished.write_bytes(sha256(packed).digest() + packed)
            unfinished.replace(path)
        except OSError:
            # A cache that cannot be kept costs time at the next start, nothing else.
            pass
        return table

    def _make_table(self) -> Table:
        counts: dict[str, int] = {}
        names: set[str] = set()
        for headword, count, tag, listed, proper in self._lexicon.segmentation_words():
            if proper or not listed:
                if not listed and not _is_name(headword, tag, count):
                    continue
                names.add(headword)
            counts[headword] = max(count, _LEAST_COUNT)
        total = sum(counts.values())
        for headword in list(counts):
            for length in range(1, len(headword)):
                counts.setdefault(headword[:length], 0)
        return counts, total, frozenset(names)


_LEAST_COUNT = 2
_SPAN_COUNT = 2000


def _is_name(headword: str, tag: str, count: int) -> bool:
    return tag.startswith(("nr", "ns", "nt")) and len(headword) > 1 and count > 2


def _jieba_tokenizer() -> Any:
    """A tokenizer of jieba's, without the noise that importing it makes."""
    with warnings.catch_warnings():
        # jieba 0.42.1 has escapes that Python 3.12+ warns of, and may import pkg_resources, which warns.
        warnings.simplefilter("ignore")
        import jieba

    import logging

    logging.getLogger("jieba").setLevel(logging.WARNING)
    return jieba.Tokenizer()
