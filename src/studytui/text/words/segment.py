"""A paragraph cut into tokens, by jieba's graph over the lexicon's own words.

What is what: Chinese vocabulary is `word`; names of people, places and organisations are `name`; numerals
and dates (`7亿`, `二〇一六年`, `19日`, `百分之七十`, `第三`, a lone `三`) are `number`, but a measure word
after a number is a word of its own (`两` `个`, `三` `年`); other letters are `latin`; the rest, spaces too,
is `punctuation`.
"""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Iterable, Sequence
from math import log
from pathlib import Path
from sys import intern
from threading import Lock
from typing import Any

from studytui.text.characters import is_han
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.token import Token, TokenKind
from studytui.text.words.names_in_text import NO_NAMES, TextNames, text_names
from studytui.text.words.neighbours import is_trap, made_words, name_people
from studytui.text.words.numerals import NUMERALS, PIECES, is_chinese_number, numerals
from studytui.text.words.person_names import ADDRESSES, join_foreign, join_places
from studytui.text.words.simplified import LetteredWords, has_letters_and_han, to_simplified
from studytui.text.words.word_table import WordTable, load_table

_LONGEST_RUN = 2000
"""Characters without any punctuation that are weighed at once; a longer run is cut there."""
_SPAN_COUNT = 20_000
"""As how common a numeral or a Latin word is weighed; measured: 200 to 20,000 differ by 0.001 in F1."""
_LONGEST_NAME = 4
_COUNTS = NUMERALS | frozenset("数每这那哪")
"""Before a measure word."""
_PEOPLE_COUNT = 1_000_000
"""How many names of people jieba's corpus is taken to hold; measured: a tenth or ten times changes little."""


class Segmenter:
    """Cuts text with the words of one lexicon. Safe to use from several threads."""

    def __init__(self, lexicon: Lexicon, cache_folder: Path | None = None) -> None:
        """`cache_folder` keeps the word table between runs; without it each start makes it anew."""
        self._lexicon = lexicon
        self._cache_folder = cache_folder
        self._lock = Lock()
        self._loaded: _Loaded | None = None

    def load(self) -> None:
        """Imports jieba and loads the word table, unless that is done. `tokens` does it by itself."""
        self._ready()

    def names(self, paragraphs: Iterable[str]) -> TextNames:
        """The names of people that a whole text teaches, for `tokens` of its paragraphs."""
        table = self._ready().table
        return text_names("\n".join(map(self.simplified, paragraphs)), table.counts, table.model)

    def tokens(self, text: str, names: TextNames = NO_NAMES) -> tuple[Token, ...]:
        """The tokens of a paragraph; joined, they are its text. Traditional text is cut as simplified.

        `names` are those that the whole text taught.
        """
        loaded = self._ready()
        simplified = self.simplified(text)
        cut: list[Token] = []
        for match in PIECES.finditer(simplified):
            if match.lastgroup == "run":
                for begin in range(match.start(), match.end(), _LONGEST_RUN):
                    end = min(begin + _LONGEST_RUN, match.end())
                    cut.extend(loaded.cut(simplified[begin:end], begin, names))
            else:
                cut.append(Token(match.start(), match.end(), match[0], "punctuation"))
        joined = join_places(join_foreign(cut, loaded.table.model))
        joined = name_people(joined, loaded.table.model.surnames, self._lexicon)
        if simplified == text:
            return tuple(joined)
        return tuple(
            Token(token.start, token.end, intern(text[token.start : token.end]), token.kind)
            for token in joined
        )

    def simplified(self, text: str) -> str:
        """The text in simplified characters, character for character; a simplified text comes back as is."""
        loaded = self._ready()
        return to_simplified(text, loaded.table.traditional, self._lexicon, loaded.lettered)

    def _ready(self) -> _Loaded:
        if self._loaded is None:
            with self._lock:
                if self._loaded is None:
                    self._loaded = _Loaded(load_table(self._lexicon, self._cache_folder), self._lexicon)
        return self._loaded


class _Loaded:
    """A word table inside a tokenizer of jieba's."""

    def __init__(self, table: WordTable, lexicon: Lexicon) -> None:
        self.table = table
        self.lettered = LetteredWords(table.lettered)
        self._lexicon = lexicon
        self._jieba = _jieba_tokenizer()
        # All that jieba's own `initialize` would set: so it opens no dictionary and no cache.
        self._jieba.FREQ = table.counts
        self._jieba.total = table.total
        self._jieba.initialized = True
        self._log_total = log(table.total)

    def cut(self, run: str, offset: int, taught: TextNames = NO_NAMES) -> list[Token]:
        """The likeliest path through jieba's graph; numerals, Latin words and names are edges too."""
        if len(run) > 1 and self.table.counts.get(run) and self._lexicon.level(run) is not None:
            # What a learner's list has is what it is there, standing alone: 都会, but 他们|都|会|来.
            return [Token(offset, offset + len(run), run, self._kind(run, None))]
        spans = numerals(run)
        made = frozenset(made_words(run, self.table.counts, self._lexicon))
        stops = self._likeliest(run, spans, made, taught)
        tokens: list[Token] = []
        kind: TokenKind
        place, start = 0, offset
        while place < len(run):
            stop = stops[place]
            # In memory a word's text is there once, and so is the number where one ends and the next begins.
            piece, end = intern(run[place:stop]), offset + stop
            kind = "word" if (place, stop) in made else self._kind(piece, spans.get((place, stop)))
            tokens.append(Token(start, end, piece, kind))
            place, start = stop, end
        return tokens

    def _likeliest(
        self,
        run: str,
        spans: dict[tuple[int, int], str],
        made: frozenset[tuple[int, int]],
        taught: TextNames,
    ) -> list[int]:
        """Where the token that begins at each place ends, on the likeliest path from there on."""
        # Nothing begins or ends inside a Latin word or a numeral of digits.
        inside = {
            place
            for (start, stop), kind in spans.items()
            if kind != "chinese"
            for place in range(start + 1, stop)
        }
        others: dict[int, list[int]] = {}
        for start, stop in (*spans, *(span for span in made if inside.isdisjoint(span))):
            others.setdefault(start, []).append(stop)
        heads = {name[0] for name in taught if name in run} if taught else set()
        has_letters = any(character.isalpha() and not is_han(character) for character in run)
        graph: dict[int, list[int]] = self._jieba.get_DAG(run)
        merits = [0.0] * (len(run) + 1)
        stops = [len(run)] * len(run)
        for place in range(len(run) - 1, -1, -1):
            if place in inside:
                continue
            edges = self._words(run, place, graph[place], inside)
            if self.table.model.may_begin(run, place) and not _is_counted(run, place):
                self._add_people(run, place, inside, edges)
            if run[place] in heads:
                for stop in range(place + 2, min(place + _LONGEST_NAME, len(run)) + 1):
                    if (share := taught.get(run[place:stop])) is not None and stop not in inside:
                        edges[stop] = max(share, edges.get(stop, share))
            if has_letters and (letters := [stop for stop in edges if has_letters_and_han(run[place:stop])]):
                # X光 and 卡拉OK are words of the dictionary: rare in the corpus, but no two words.
                edges[max(letters)] = max(edges[max(letters)], log(_SPAN_COUNT) - self._log_total)
            for stop in others.get(place, ()):
                known = edges.get(stop, -self._log_total)
                edges[stop] = max(known, log(_SPAN_COUNT) - self._log_total)
            merits[place], stops[place] = max(
                [(weight + merits[stop], stop) for stop, weight in edges.items()], default=(0.0, len(run))
            )
        return stops

    def _words(self, run: str, place: int, lasts: Sequence[int], inside: set[int]) -> dict[int, float]:
        """Where words end that begin at a place (jieba has their last characters), and how likely each is."""
        counts, log_total, lexicon = self.table.counts, self._log_total, self._lexicon
        return {
            last + 1: log(counts.get(run[place : last + 1]) or 1) - log_total
            for last in lasts
            if last + 1 not in inside
            and (last == place or not is_trap(run, place, last + 1, counts, lexicon))
        }

    def _add_people(self, run: str, place: int, inside: set[int], edges: dict[int, float]) -> None:
        counts = self.table.counts
        for stop, likelihood in self.table.model.candidates(run, place):
            piece = run[place:stop]
            if piece[1:] in ADDRESSES:
                # 王大妈 is Aunt Wang, no Wang whose given name is 大妈.
                continue
            if stop not in inside and (piece in self.table.names or not counts.get(piece)):
                share = log(likelihood * _PEOPLE_COUNT) - self._log_total
                edges[stop] = max(share, edges.get(stop, share))

    def _kind(self, piece: str, span: str | None) -> TokenKind:
        table = self.table
        if span == "latin" or not any(map(is_han, piece)):
            return "latin" if any(character.isalpha() for character in piece) else "number"
        if piece in table.vocabulary:
            return "word"
        if span is not None or is_chinese_number(piece):
            return "number"
        if piece in table.names or (not table.counts.get(piece) and len(piece) > 1):
            # A piece of several characters that is no word of the table was found by the model of names.
            return "name"
        return "word"


def _is_counted(run: str, place: int) -> bool:
    """Whether a measure word stands there that is a surname too: 数张白纸 are sheets, and no Zhang Bai."""
    return run[place] in "张段项支席" and place > 0 and run[place - 1] in _COUNTS


def _jieba_tokenizer() -> Any:
    """A tokenizer of jieba's, without the noise that importing it makes."""
    with warnings.catch_warnings():
        # jieba 0.42.1 has escapes that Python 3.12+ warns of, leaves a file open, and pkg_resources warns.
        warnings.simplefilter("ignore")
        # jieba does without pkg_resources where there is none; loading it takes longer than all of jieba.
        seen = sys.modules.get("pkg_resources")
        sys.modules["pkg_resources"] = seen  # type: ignore[assignment]
        try:
            import jieba
        finally:
            if seen is None:
                del sys.modules["pkg_resources"]

    logging.getLogger("jieba").setLevel(logging.WARNING)
    return jieba.Tokenizer()
