"""CC-CEDICT: its lines as entries, and the SQLite file that the lexicon opens.

Standard library only: the wheel's build runs this before anything is installed.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from studytui.text.characters import HAN
from studytui.text.lexicon.preferred_readings import PREFERRED_READINGS
from studytui.text.pinyin import joined, split_numbered, tone, toneless
from studytui.text.token import Entry, Sense

FORMAT = 5
"""Version of the file that `write` makes; kept in its `user_version`."""

_LINE = re.compile(r"(\S+) (\S+) \[\[?([^\]]*)\]\]? ?/(.*)/\s*")
_MEASURE = r"[^\s,()\[\]|]{1,20}"
_CLASSIFIERS = re.compile(
    rf"[,;]?(?:(?<!\s)\s++)?\(?CL:((?:{_MEASURE}\|)?{_MEASURE}\[[^\]]{{0,80}}\]"
    rf"(?:,\s?(?:{_MEASURE}\|)?{_MEASURE}\[[^\]]{{0,80}}\])*)\)?"
)
_CLASSIFIER = re.compile(rf"(?:{_MEASURE}\|)?({_MEASURE})\[")
_REFERENCE = re.compile(
    rf"([{HAN}][^\s/()\[\]|;]{{0,40}})\|([^\s/()\[\]|;]+)|(?<=\S)\[\[?([^\]]{{1,300}})\]\]?"
    r"|\[([A-Za-z][^\]]{0,300}\d)\]"
)
_ASIDE = re.compile(r"(?:(?<!\s)\s++)?\([^()]*\)\s*")
_VARIANT = re.compile(
    r"(?:\([^)]*\) )?(?:(?:old|archaic|erroneous|Japanese|erhua|ancient|also written|same as"
    r"|nonstandard simplified|Taiwan|euphemistic|dialectal|popular|rare) )*"
    r"(?:variant of|variant for|used in|see|see also|same as|also written)\b"
)


ListedKind = Literal["", "idiom", "saying", "expression", "term"]
"""idiom: fixed four characters of the written language; saying: a whole sentence that is quoted; expression:
words that are said together; term: several words that name one thing."""


class CedictError(ValueError):
    """A dictionary that is not CC-CEDICT. The message names the line."""


@dataclass(frozen=True, slots=True)
class WordFacts:
    """What other lists say of a simplified headword."""

    hsk: int | None = None
    """Level in the 2021 standard, 1 to 7."""
    zipf: float | None = None
    """Zipf frequency by wordfreq."""
    count: int = 0
    """Occurrences in the corpus behind jieba's dictionary; 0 where it has none."""
    tag: str = ""
    """jieba's part-of-speech tag (`n`, `v`, `nr` a person, `ns` a place, …); empty where it has none."""
    phrase: ListedKind = ""
    """What it is in our own phrasebook, which has what CC-CEDICT lacks; empty where it is not in it."""
    classes: str = ""
    """Its parts of speech (see `word_class.classes_of`); empty where the dictionary lacks it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The lists that are folded into the lexicon next to the dictionary."""

    words: Mapping[str, WordFacts]
    """By simplified headword; may hold words that the dictionary has not."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Where the data comes from, for the file's `meta` table."""
    shapes: Mapping[str, str] = field(default_factory=dict)
    """By simplified character: those that look like it, likest first."""
    meanings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By simplified headword: the glosses that come first, where the dictionary's order would mislead."""


def lines(path: Path) -> Iterator[str]:
    """The lines of a dictionary file, plain or gzip, whatever its name.

    Raises OSError, EOFError or UnicodeDecodeError when it cannot be read.
    """
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
    if packed:
        with gzip.open(path, "rt", encoding="utf-8-sig") as text:
            yield from text
    else:
        with path.open(encoding="utf-8-sig") as text:
            yield from text


def parse(source: Iterable[str]) -> Iterator[Entry]:
    """The entries of a dictionary in its order; comments and empty lines are passed over.

    Raises CedictError at the first line that is neither.
    """
    for number, line in enumerate(source, 1):
        if line.startswith("#") or not line.strip():
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise CedictError(f"line {number} is not a CC-CEDICT entry: {line.strip()[:60]!r}")
        traditional, simplified, reading, meanings = match.groups()
        senses, classifiers = parse_senses(meanings)
        yield Entry(traditional, simplified, split_numbered(reading), senses, classifiers)


def parse_senses(meanings: str) -> tuple[tuple[Sense, ...], tuple[str, ...]]:
    """Senses and classifiers of the part of a line between its slashes."""
    senses: list[Sense] = []
    classifiers: dict[str, None] = {}
    for meaning in meanings.split("/"):
        for listed in _CLASSIFIERS.finditer(meaning):
            classifiers.update(dict.fromkeys(_CLASSIFIER.findall(listed[1])))
        glosses = tuple(filter(None, map(plain, _near_synonyms(_CLASSIFIERS.sub("", meaning)))))
        if glosses:
            senses.append(Sense(glosses))
    return tuple(senses), tuple(classifiers)


def _near_synonyms(meaning: str) -> Iterator[str]:
    """The glosses of one meaning: cut at semicolons that stand outside brackets."""
    depth = begin = 0
    for place, character in enumerate(meaning):
        if character in "([":
            depth += 1
        elif character in ")]":
            depth = max(0, depth - 1)
        elif character == ";" and depth == 0:
            yield meaning[begin:place]
            begin = place + 1
    yield meaning[begin:]


def plain(gloss: str) -> str:
    """A gloss as a learner reads it: `variant of 個|个[ge4]` -> `variant of 个 (gè)`."""

    def mend(match: re.Match[str]) -> str:
        traditional, simplified, reading, bare = match.groups()
        if traditional:
            return str(simplified)
        marks = joined(split_numbered(reading or bare))
        return f" ({marks})" if reading else marks

    return " ".join(_REFERENCE.sub(mend, gloss).split())


def lead_with(entry: Entry, glosses: tuple[str, ...]) -> Entry:
    """An entry with a sense of these glosses before its own; what says the same after them is left out."""
    said = {_ASIDE.sub("", gloss) for gloss in glosses}
    rest = (
        tuple(gloss for gloss in sense.glosses if _ASIDE.sub("", gloss) not in said) for sense in entry.senses
    )
    return replace(entry, senses=(Sense(glosses), *(Sense(kept) for kept in rest if kept)))


def is_reference(entry: Entry) -> bool:
    """Whether an entry only points to another (`variant of …`, `see …`)."""
    return bool(entry.senses) and all(_VARIANT.match(sense.glosses[0]) for sense in entry.senses)


def telling(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries without what only points to their own form and reading (脩: `variant of 修 (xiū)`).

    All as they are where nothing else is said.
    """
    entries = tuple(entries)
    told: list[Entry] = []
    for entry in entries:
        own = f" {entry.simplified} ({joined(entry.syllables)})"
        senses = (
            Sense(tuple(g for g in sense.glosses if not (_VARIANT.match(g) and g.endswith(own))))
            for sense in entry.senses
        )
        if kept := tuple(sense for sense in senses if sense.glosses):
            told.append(replace(entry, senses=kept))
    return tuple(told) or entries


def is_proper(entry: Entry) -> bool:
    """Whether an entry is a name: CC-CEDICT writes its reading with a capital.

    A letter is always one, and tells nothing of the Chinese beside it: K歌 is `K ge1`, C罗 `C Luo2`.
    """
    chinese = (syllable for syllable in entry.syllables if syllable[-1].isdigit())
    first = next(chinese, entry.syllables[0] if entry.syllables else "")
    return first[:1].isupper() and first != "A"


def surnames(entries: Iterable[Entry]) -> frozenset[str]:
    """The simplified surnames, of one character or two."""
    return frozenset(
        entry.simplified
        for entry in entries
        if len(entry.simplified) < 3
        and any(gloss.startswith(("surname ", "two-character surname ")) for gloss in entry.glosses)
    )


def rank(entries: Iterable[Entry], facts: Mapping[str, WordFacts]) -> list[Entry]:
    """The entries of one headword, the one a learner most likely needs first.

    Vocabulary before names, meanings before references; then the reading that is known to be commonest,
    then the one with most senses, then the dictionary's order.
    """

    def key(entry: Entry) -> tuple[bool, bool, bool, bool, int]:
        preferred = PREFERRED_READINGS.get(entry.simplified)
        return (
            is_reference(entry),
            is_proper(entry),
            preferred is not None and " ".join(entry.syllables) != preferred,
            any(_VARIANT.match(gloss) is not None for gloss in entry.glosses),
            -len(entry.senses),
        )

    return sorted(entries, key=key)


_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (
  id INTEGER PRIMARY KEY, simplified TEXT NOT NULL, traditional TEXT NOT NULL, rank INTEGER NOT NULL,
  syllables TEXT NOT NULL, toneless TEXT NOT NULL, senses TEXT NOT NULL, classifiers TEXT NOT NULL);
CREATE TABLE word (
  headword TEXT PRIMARY KEY, length INTEGER NOT NULL, listed INTEGER NOT NULL, proper INTEGER NOT NULL,
  hsk INTEGER, zipf REAL, count INTEGER NOT NULL, tag TEXT NOT NULL, phrase TEXT NOT NULL,
  classes TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE reading (
  character TEXT, syllable TEXT, common REAL NOT NULL, named REAL NOT NULL,
  PRIMARY KEY (character, syllable)) WITHOUT ROWID;
CREATE TABLE shape (character TEXT PRIMARY KEY, alike TEXT NOT NULL) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX entry_simplified ON entry (simplified, rank);
CREATE INDEX entry_traditional ON entry (traditional, rank);
CREATE INDEX entry_toneless ON entry (toneless);
CREATE INDEX word_vocabulary ON word (zipf DESC, headword, length, hsk) WHERE listed AND NOT proper;
CREATE INDEX word_level ON word (hsk, length, zipf DESC, headword)
  WHERE listed AND NOT proper AND hsk IS NOT NULL;
CREATE INDEX word_long ON word (headword) WHERE listed AND NOT proper AND length > 4;
"""


def write(target: Path, entries: Iterable[Entry], facts: Facts) -> int:
    """Makes the lexicon's file of a dictionary and the other lists; returns the number of entries.

    The same input makes the same bytes (with the same SQLite). The file appears whole or not at all.
    """
    by_headword: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_headword[entry.simplified].append(entry)
    shares = reading_shares(by_headword, facts.words)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(target.name + ".new")
    unfinished.unlink(missing_ok=True)
    count = 0
    import sqlite3  # the build alone writes; what reads entries need not wait for it

    try:
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as connection:
            connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA user_version={FORMAT};{_TABLES}")
            connection.execute("BEGIN")
            for headword in sorted(by_headword):
                ranked = rank(by_headword[headword], facts.words)
                if headword in facts.meanings:
                    ranked = _led(ranked, facts.meanings[headword])
                connection.executemany(
                    "INSERT INTO entry VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
                    [_entry_row(entry, place) for place, entry in enumerate(ranked)],
                )
                count += len(ranked)
            connection.executemany(
                "INSERT INTO word VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _word_rows(by_headword, facts.words)
            )
            connection.executemany("INSERT INTO reading VALUES (?, ?, ?, ?)", shares)
            connection.executemany("INSERT INTO shape VALUES (?, ?)", sorted(facts.shapes.items()))
            connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(facts.notes.items()))
            connection.execute("COMMIT")
            connection.executescript(f"{_INDEXES}VACUUM;")
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _led(ranked: list[Entry], glosses: tuple[str, ...]) -> list[Entry]:
    """The entries of a headword, led by what means so: a cloud is 雲, though 云 (to say) stands first."""
    alike = [entry for entry in ranked if entry.syllables == ranked[0].syllables]
    meant = next((entry for entry in alike if not set(glosses).isdisjoint(entry.glosses)), ranked[0])
    return [lead_with(meant, glosses), *(entry for entry in ranked if entry is not meant)]


def reading_shares(
    by_headword: Mapping[str, list[Entry]], facts: Mapping[str, WordFacts]
) -> list[tuple[str, str, float, float]]:
    """How a character of several readings is read inside words: (character, syllable, common, named).

    `common` is the reading's share of the words that hold the character, half by number and half by the root
    of their frequency; `named` its share of the names. Neutral tones are left out: they tell of the word.
    """
    weights: list[defaultdict[str, Counter[str]]] = [defaultdict(Counter) for _ in range(3)]
    by_number, by_frequency, by_names = weights
    for headword, entries in by_headword.items():
        fact = facts.get(headword)
        frequency = 10 ** ((fact.zipf if fact and fact.zipf else 1.5) / 2)
        for entry in entries:
            if len(headword) < 2 or len(headword) != len(entry.syllables):
                continue
            for character, syllable in zip(headword, map(str.lower, entry.syllables), strict=True):
                if tone(syllable) != 5:
                    by_number[character][syllable] += 1
                    by_frequency[character][syllable] += round(frequency)
                    by_names[character][syllable] += is_proper(entry)
    return [
        (
            character,
            syllable,
            round((_share(numbers, syllable) + _share(by_frequency[character], syllable)) / 2, 3),
            round(_share(by_names[character], syllable), 3),
        )
        for character, numbers in sorted(by_number.items())
        if len(numbers) > 1
        for syllable in sorted(numbers)
    ]


def _share(counter: Counter[str], key: str) -> float:
    return counter[key] / max(1, counter.total())


def _entry_row(entry: Entry, place: int) -> tuple[object, ...]:
    return (
        entry.simplified,
        entry.traditional,
        place,
        " ".join(entry.syllables),
        toneless(entry.syllables),
        json.dumps([sense.glosses for sense in entry.senses], ensure_ascii=False, separators=(",", ":")),
        " ".join(entry.classifiers),
    )


def _word_rows(
    by_headword: Mapping[str, list[Entry]], facts: Mapping[str, WordFacts]
) -> Iterator[tuple[object, ...]]:
    unknown = WordFacts()
    for headword in sorted(by_headword.keys() | facts.keys()):
        fact = facts.get(headword, unknown)
        listed = by_headword.get(headword, [])
        proper = bool(listed) and all(map(is_proper, listed))
        yield (
            headword,
            len(headword),
            int(bool(listed)),
            int(proper),
            fact.hsk,
            fact.zipf,
            fact.count,
            fact.tag,
            fact.phrase,
            fact.classes,
        )
