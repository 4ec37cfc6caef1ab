"""The word table that segmentation weighs with, made of the lexicon once and kept in the cache folder."""

from __future__ import annotations

import marshal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.words.numerals import NUMERALS, is_chinese_number
from studytui.text.words.person_names import NameModel
from studytui.text.words.simplified import has_letters_and_han
from studytui.whole_file import replace_whole

_VERSION = 10
"""To be raised when the table is made differently."""
_LEAST_COUNT = 2
"""As how common a headword counts that jieba's corpus has not; measured: 1 to 10 differ by 0.003 in F1."""

_CORPUS = 60_000_000
"""Words of jieba's corpus."""
_UNSEEN = 5
"""A word that jieba's corpus has more seldom is as common as wordfreq has it (老是, 自拍)."""
_COMMON = 3.5
"""Zipf frequency from which such a word is taken over: of rarer ones the corpus tells as much (手举)."""
_GRAMMAR = frozenset("dpruc")
"""Tags of adverbs, prepositions, pronouns, particles and conjunctions."""
_FREQUENT = 5.7
"""Zipf frequency from which a character of that kind is a word by itself, unlike 自."""

_SIDES = frozenset("上下里外边")
"""What ends a word of place (jieba's tag `s`)."""
_PLURAL = 10
"""How many times commoner a noun is taken to be than its plural."""


@dataclass(frozen=True, slots=True)
class WordTable:
    """What segmentation needs, in plain dictionaries and sets."""

    counts: dict[str, int]
    """As jieba keeps it: word -> count, and 0 for what only begins a word."""
    total: int
    """Sum of the counts."""
    names: frozenset[str]
    """The words that are names."""
    vocabulary: frozenset[str]
    """The words that look like numerals and are none (万一, 千万)."""
    lettered: frozenset[str]
    """The words that hold letters and Chinese characters (T恤)."""
    traditional: frozenset[str]
    """The characters that only traditional text has."""
    model: NameModel
    """How names of people are made."""


def load_table(lexicon: Lexicon, cache_folder: Path | None) -> WordTable:
    """The lexicon's table, from the cache if it is there and whole."""
    if cache_folder is None:
        return make_table(lexicon)
    name = f"words-{_VERSION}-{lexicon.identity()}-{sys.implementation.cache_tag}.marshal"
    path = cache_folder / name
    try:
        packed = path.read_bytes()
        if sha256(packed[32:]).digest() == packed[:32]:
            # Our own file, whole; `loads` of all bytes is three times as fast as `load` from the file.
            return _unpack(marshal.loads(packed[32:]))  # noqa: S302
    except (OSError, ValueError, EOFError, TypeError):
        pass
    table = make_table(lexicon)
    packed = marshal.dumps(_pack(table))
    try:
        cache_folder.mkdir(parents=True, exist_ok=True)
        replace_whole(path, sha256(packed).digest() + packed, lasting=False)
        for older in cache_folder.glob(f"words-*-{sys.implementation.cache_tag}.marshal"):
            if older != path:
                older.unlink()
    except OSError:
        # A cache that cannot be kept costs a third of a second at the next start, nothing else.
        pass
    return table


def _pack(table: WordTable) -> tuple[Any, ...]:
    model = table.model
    parts = (model.surnames, model.first, model.last, model.single, model.double, model.foreign)
    sets = (table.names, table.vocabulary, table.lettered, table.traditional)
    return (table.counts, table.total, *sets, parts)


def _unpack(packed: tuple[Any, ...]) -> WordTable:
    counts, total, names, vocabulary, lettered, traditional, parts = packed
    return WordTable(counts, total, names, vocabulary, lettered, traditional, NameModel(*parts))


def _by_zipf(zipf: float | None) -> int:
    """How often a word of this Zipf frequency stands in a corpus as long as jieba's."""
    return 0 if zipf is None else round(_CORPUS * 10 ** (zipf - 9))


def _has_grammar(headword: str, lexicon: Lexicon) -> bool:
    """Whether a character of it holds sentences together: what the corpus cuts is none there (将会, 不愿)."""
    return any(
        character in NUMERALS
        or (lexicon.tag(character)[:1] in _GRAMMAR and (lexicon.frequency(character) or 0.0) >= _FREQUENT)
        for character in headword
    )


def _by_chance(headword: str, counts: Mapping[str, int], total: int) -> int:
    """A little more often than a word's parts would meet by chance, in its likeliest cut in two."""
    met = (counts.get(headword[:cut], 0) * counts.get(headword[cut:], 0) for cut in range(1, len(headword)))
    return 1 + int(1.05 * max(met, default=0) / total)


def make_table(lexicon: Lexicon) -> WordTable:
    """The table of a lexicon: its headwords, and names that it knows but has no entry for."""
    counts: dict[str, int] = {}
    names: set[str] = set()
    vocabulary: set[str] = set()
    attested: list[str] = []
    for headword, count, tag, listed, proper, hsk, zipf in lexicon.segmentation_words():
        if listed:
            if proper and tag == "s" and headword[-1] in _SIDES:
                # 山上 is a place to everyone and a township to a few: 山 and 上.
                continue
            if proper and (tag.startswith(("nr", "ns", "nt")) or (hsk is None and tag in ("", "nz"))):
                names.add(headword)
            elif is_chinese_number(headword) and len(headword) > 1 and (hsk or not tag.startswith("m")):
                vocabulary.add(headword)
        elif hsk is not None or not tag.startswith(("nr", "ns", "nt", "nz")):
            # HSK and jieba list phrases that the dictionary has not (不太, 见过, 论资排辈): their parts are
            # looked up, and key phrases put them together again.
            continue
        else:
            names.add(headword)
        counts[headword] = max(count, _LEAST_COUNT)
        if listed and not _has_grammar(headword, lexicon):
            if count < _UNSEEN and len(headword) == 2 and (zipf or 0.0) >= _COMMON:
                counts[headword] = max(counts[headword], _by_zipf(zipf))
            if hsk is not None and (count or zipf):
                attested.append(headword)
    for headword in counts:
        if len(headword) > 2 and headword.endswith("们"):
            # The corpus cuts 孩子们, the dictionary has it as one word.
            counts[headword] = max(counts[headword], counts.get(headword[:-1], 0) // _PLURAL)
    total = sum(counts.values())
    for headword in attested:
        # 中年 is a word, however common 中 and 年 are: never less likely than the two by chance.
        counts[headword] = max(counts[headword], _by_chance(headword, counts, total))
    total = sum(counts.values())
    lettered = frozenset(filter(has_letters_and_han, counts))
    for headword in list(counts):
        for length in range(1, len(headword)):
            counts.setdefault(headword[:length], 0)
    return WordTable(
        counts,
        total,
        frozenset(names),
        frozenset(vocabulary),
        lettered,
        lexicon.traditional_characters(),
        NameModel.from_json(lexicon.meta()["names"]),
    )
