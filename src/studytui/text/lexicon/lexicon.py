"""The lexicon: CC-CEDICT with levels and frequencies, read from one SQLite file, never loaded whole."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import finalize

from studytui.errors import StudytuiError
from studytui.text.characters import is_han
from studytui.text.lexicon import cedict
from studytui.text.pinyin import toneless
from studytui.text.token import Entry, Sense

PACKAGED = Path(__file__).resolve().parents[2] / "data" / "lexicon.sqlite"
"""The file that the wheel's build makes."""

_LONGEST = 32
"""No headword that is looked for inside a text is longer, in characters."""
_MANY = 500
"""Words that are asked for in one query."""
_CANDIDATES = 2000
"""Entries that are found by a part of them: a search chooses among them."""
_ENTRY = "simplified, traditional, syllables, senses, classifiers"


class Lexicon:
    """A dictionary that is open. Safe to use from several threads."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        # It lives as long as whoever looks words up: closed with the last of them, if not before.
        self._closing = finalize(self, connection.close)
        self._lock = Lock()
        self._entries: dict[str, tuple[Entry, ...]] = {}
        self._words: dict[str, cedict.WordFacts | None] = {}
        self._measures: dict[str, bool] = {}
        self._long: dict[str, tuple[str, ...]] | None = None
        self.path = path
        """The file it reads."""

    @classmethod
    def open(cls, path: Path | None = None) -> Lexicon:
        """Opens the packaged lexicon, or one made by `build`.

        Raises StudytuiError when the file is missing, damaged or of another version.
        """
        path = path or PACKAGED
        again = "install studytui again" if path == PACKAGED else "make it again"
        if not path.is_file():
            raise StudytuiError(f"The dictionary {path} is missing: {again}.")
        connection = None
        try:
            # The file never changes once it is made, so SQLite need not lock or look for a journal.
            connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            (version,) = connection.execute("PRAGMA user_version").fetchone()
        except sqlite3.Error as error:
            if connection is not None:
                connection.close()
            raise StudytuiError(f"The dictionary {path} cannot be read ({error}): {again}.") from error
        if version != cedict.FORMAT:
            connection.close()
            raise StudytuiError(
                f"The dictionary {path} has format {version}, this version reads {cedict.FORMAT}: {again}."
            )
        return cls(connection, path)

    def close(self) -> None:
        """Closes the file; nothing can be looked up after it."""
        self._closing()

    def _rows(self, query: str, *values: object) -> list[Any]:
        try:
            with self._lock:
                return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise StudytuiError(f"The dictionary {self.path} cannot be read: {error}.") from error

    def identity(self) -> str:
        """A short text that changes with the lexicon's content, for the names of caches."""
        rows = self._rows("SELECT value FROM meta WHERE key = 'inputs'")
        return str(rows[0][0])[:16] if rows else "unnamed"

    def entries(self, headword: str) -> tuple[Entry, ...]:
        """The entries of a simplified or traditional form, best first; empty if there is none."""
        known = self._entries.get(headword)
        if known is None:
            rows = self._rows(
                f"SELECT {_ENTRY} FROM entry WHERE simplified = ? ORDER BY rank",  # noqa: S608
                headword,
            ) or self._rows(
                f"SELECT {_ENTRY} FROM entry WHERE traditional = ? ORDER BY rank, id",  # noqa: S608
                headword,
            )
            known = self._entries[headword] = tuple(map(_entry, rows))
        return known

    def known(self, forms: Iterable[str]) -> set[str]:
        """Those of `forms` that are words, in either script; asked for many at once."""
        asked = list(forms)
        found: set[str] = set()
        for start in range(0, len(asked), _MANY):
            some = asked[start : start + _MANY]
            marks = ",".join("?" * len(some))
            for table, column in (("word", "headword"), ("entry", "simplified"), ("entry", "traditional")):
                query = f"SELECT {column} FROM {table} WHERE {column} IN ({marks})"  # noqa: S608
                found.update(row[0] for row in self._rows(query, *some))
        return found

    def simplified(self, form: str) -> str | None:
        """The simplified headword of a simplified or traditional form; None if there is none.

        As `entries(form)[0].simplified`, but nothing is kept in memory: for lists of many thousand words.
        """
        rows = self._rows("SELECT simplified FROM entry WHERE simplified = ? LIMIT 1", form) or self._rows(
            "SELECT simplified FROM entry WHERE traditional = ? ORDER BY rank, id LIMIT 1", form
        )
        return rows[0][0] if rows else None

    def __contains__(self, headword: object) -> bool:
        return isinstance(headword, str) and bool(self.entries(headword))

    def _word(self, headword: str) -> cedict.WordFacts | None:
        if headword not in self._words:
            rows = self._rows(
                "SELECT hsk, zipf, count, tag, phrase, classes FROM word WHERE headword = ?", headword
            )
            if not rows and (entries := self.entries(headword)) and entries[0].simplified != headword:
                self._words[headword] = self._word(entries[0].simplified)
            else:
                self._words[headword] = cedict.WordFacts(*rows[0]) if rows else None
        return self._words[headword]

    def level(self, headword: str) -> int | None:
        """HSK level (2021 standard), 1 to 7 (7 for 7-9)."""
        fact = self._word(headword)
        return fact.hsk if fact else None

    def frequency(self, headword: str) -> float | None:
        """Zipf frequency; None if it was not seen."""
        fact = self._word(headword)
        return fact.zipf if fact else None

    def tag(self, headword: str) -> str:
        """jieba's part-of-speech tag (`n`, `v`, `a`, `nr`, `ns`, `nt`, …); empty if it has none."""
        fact = self._word(headword)
        return fact.tag if fact else ""

    def classes(self, headword: str) -> str:
        """Its parts of speech, the likeliest first: letters as `word_class.classes_of` has them.

        Empty for what the dictionary has not.
        """
        fact = self._word(headword)
        return fact.classes if fact else ""

    def phrase(self, headword: str) -> cedict.ListedKind:
        """What our own phrasebook says it is; empty for what is not in it."""
        fact = self._word(headword)
        return fact.phrase if fact else ""

    def long_phrases(self) -> Mapping[str, tuple[str, ...]]:
        """Vocabulary of five characters and more by its first two characters, the longest first."""
        if self._long is None:
            found: dict[str, list[str]] = {}
            rows = self._rows("SELECT headword FROM word WHERE listed AND NOT proper AND length > 4")
            for (headword,) in sorted(rows, key=lambda row: (-len(row[0]), row[0])):
                found.setdefault(headword[:2], []).append(headword)
            self._long = {start: tuple(headwords) for start, headwords in found.items()}
        return self._long

    def prefixes(self, text: str, start: int = 0) -> tuple[str, ...]:
        """Every headword (either script) that begins at `start`, the longest first."""
        ahead = text[start : start + _LONGEST]
        if not ahead:
            return ()
        forms = [ahead[:length] for length in range(len(ahead), 0, -1)]
        marks = ",".join("?" * len(forms))
        rows = self._rows(
            f"SELECT simplified, traditional FROM entry "  # noqa: S608 - only question marks go in
            f"WHERE simplified IN ({marks}) OR traditional IN ({marks})",
            *forms,
            *forms,
        )
        known = {form for row in rows for form in row}
        return tuple(form for form in forms if form in known)

    def parts(self, text: str) -> tuple[str, ...]:
        """The text cut into headwords, the longest first at each place; what is none stands alone.

        A text that is itself a headword is one part. Joined, the parts are the text.
        """
        parts: list[str] = []
        start = 0
        while start < len(text):
            found = self.prefixes(text, start)
            parts.append(found[0] if found else text[start])
            start += len(parts[-1])
        return tuple(parts)

    def characters(self, text: str) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """Each Chinese character of the text, in order, with its entries."""
        return tuple((character, self.entries(character)) for character in text if is_han(character))

    def homophones(self, syllables: Iterable[str]) -> tuple[Entry, ...]:
        """Entries with the same letters; their tones may differ. Commonest first."""
        rows = self._rows(
            f"SELECT {_ENTRY} FROM entry LEFT JOIN word ON headword = simplified WHERE toneless = ? "  # noqa: S608
            "ORDER BY zipf DESC, entry.id",
            toneless(syllables),
        )
        return tuple(map(_entry, rows))

    def holding(self, form: str) -> tuple[Entry, ...]:
        """Entries that have these characters in one of their forms, `_CANDIDATES` at most.

        First what is just that, then the commonest.
        """
        rows = self._rows(
            f"SELECT {_ENTRY} FROM entry LEFT JOIN word ON headword = simplified "  # noqa: S608
            "WHERE instr(lower(simplified), ?) OR instr(lower(traditional), ?) "
            "ORDER BY ? IN (lower(simplified), lower(traditional)) DESC, zipf DESC, rank, entry.id LIMIT ?",
            *(form.lower(),) * 3,
            _CANDIDATES,
        )
        return tuple(map(_entry, rows))

    def spelt(self, letters: str) -> tuple[Entry, ...]:
        """Entries whose pinyin begins with letters, without tones and spaces, ü as v; as `holding`."""
        rows = self._rows(
            f"SELECT {_ENTRY} FROM entry LEFT JOIN word ON headword = simplified "  # noqa: S608
            "WHERE substr(replace(toneless, ' ', ''), 1, ?) = ? "
            "ORDER BY replace(toneless, ' ', '') = ? DESC, zipf DESC, rank, entry.id LIMIT ?",
            len(letters),
            letters,
            letters,
            _CANDIDATES,
        )
        return tuple(map(_entry, rows)) if letters else ()

    def glossed(self, words: Sequence[str]) -> tuple[Entry, ...]:
        """Entries whose English holds all of these words, or longer ones that hold them; as `holding`."""
        if not words:
            return ()
        rows = self._rows(
            f"SELECT {_ENTRY} FROM entry LEFT JOIN word ON headword = simplified "  # noqa: S608
            f"WHERE {' AND '.join(['instr(lower(senses), ?)'] * len(words))} "
            "ORDER BY instr(lower(senses), ?) OR instr(lower(senses), ?) DESC, zipf DESC, rank, entry.id "
            "LIMIT ?",
            *words,
            f'"{" ".join(words)}"',
            f'"to {" ".join(words)}"',
            _CANDIDATES,
        )
        return tuple(map(_entry, rows))

    def headwords(self, length: int, hsk: int | None = None) -> tuple[str, ...]:
        """Vocabulary (no names) of `length` characters, of one HSK level or of any; commonest first."""
        level, values = ("", (length,)) if hsk is None else ("AND hsk = ?", (length, hsk))
        rows = self._rows(
            f"SELECT headword FROM word WHERE listed AND NOT proper AND length = ? {level} "  # noqa: S608
            "ORDER BY zipf DESC, headword",
            *values,
        )
        return tuple(row[0] for row in rows)

    def is_measure(self, headword: str) -> bool:
        """Whether the dictionary has it as a measure word (根, 条, 级)."""
        known = self._measures.get(headword)
        if known is None:
            glosses = (gloss for entry in self.entries(headword) for gloss in entry.glosses)
            known = self._measures[headword] = any("classifier" in gloss for gloss in glosses)
        return known

    def surname_reading(self, character: str) -> str | None:
        """How a character is read as a surname (葛 Ge3), capital first; None if it is none."""
        for entry in self.entries(character):
            if entry.syllables[0][0].isupper() and any(g.startswith("surname ") for g in entry.glosses):
                return entry.syllables[0]
        return None

    def reading_shares(self, character: str) -> dict[str, tuple[float, float]]:
        """How a character of several readings is read inside words.

        Numbered syllable -> (its share in all words, its share in names); empty for a character of one.
        """
        rows = self._rows("SELECT syllable, common, named FROM reading WHERE character = ?", character)
        return {syllable: (common, named) for syllable, common, named in rows}

    def alike(self, character: str) -> str:
        """Characters that look like a simplified one, likest first; empty where none does."""
        rows = self._rows("SELECT alike FROM shape WHERE character = ?", character)
        return str(rows[0][0]) if rows else ""

    def segmentation_words(self) -> list[tuple[str, int, str, bool, bool, int | None, float | None]]:
        """What segmentation needs of each word.

        (simplified form, count in jieba's corpus, jieba's tag, whether it is a headword, whether all its
        entries are names, HSK level, Zipf frequency). Of the phrasebook only idioms and what the HSK lists
        have are there: the rest is made of words.
        """
        return self._rows(
            "SELECT headword, count, tag, listed, proper, hsk, zipf FROM word "
            "WHERE phrase = '' OR hsk IS NOT NULL OR (phrase = 'idiom' AND length = 4)"
        )

    def traditional_characters(self) -> frozenset[str]:
        """The characters that stand in traditional forms alone."""
        forms: tuple[set[str], set[str]] = (set(), set())
        for row in self._rows("SELECT simplified, traditional FROM entry WHERE simplified <> traditional"):
            for characters, form in zip(forms, row, strict=True):
                characters.update(form)
        same = self._rows("SELECT DISTINCT simplified FROM entry WHERE simplified = traditional")
        simplified = forms[0].union(*(row[0] for row in same))
        return frozenset(forms[1] - simplified)

    def meta(self) -> dict[str, str]:
        """Where the lexicon's content comes from."""
        return dict(self._rows("SELECT key, value FROM meta"))


def _entry(row: tuple[str, str, str, str, str]) -> Entry:
    simplified, traditional, syllables, senses, classifiers = row
    return Entry(
        traditional,
        simplified,
        tuple(syllables.split()),
        tuple(Sense(tuple(glosses)) for glosses in json.loads(senses)),
        tuple(classifiers.split()),
    )


def build(cedict_path: Path, target: Path, base: Path | None = None) -> int:
    """Makes a lexicon at `target` of another CC-CEDICT (`.u8`, plain or gzip); returns its entries.

    Levels, frequencies, tags and the phrasebook are those of `base`, by default the packaged lexicon.
    Raises StudytuiError when the dictionary cannot be read or the target cannot be written.
    """
    try:
        entries = list(cedict.parse(cedict.lines(cedict_path)))
    except cedict.CedictError as error:
        raise StudytuiError(f"{cedict_path}, {error}: bring the file as CC-CEDICT ships it.") from error
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise StudytuiError(f"{cedict_path} cannot be read as a dictionary: {error}.") from error
    if not entries:
        raise StudytuiError(f"{cedict_path} has no entry: bring the file as CC-CEDICT ships it.")
    with closing(Lexicon.open(base)) as lexicon:
        rows = lexicon._rows("SELECT headword, hsk, zipf, count, tag, phrase, classes FROM word")
        own = lexicon._rows(
            f"SELECT {_ENTRY} FROM entry JOIN word ON headword = simplified WHERE phrase <> ''"  # noqa: S608
        )
        shapes = dict(lexicon._rows("SELECT character, alike FROM shape"))
        notes = lexicon.meta()
    count, listed = len(entries), {entry.simplified for entry in entries}
    words = {
        # What the other dictionary has now, the phrasebook need not add.
        headword: cedict.WordFacts(hsk, zipf, count, tag, "" if headword in listed else phrase, classes)
        for headword, hsk, zipf, count, tag, phrase, classes in rows
    }
    entries += [entry for entry in map(_entry, own) if entry.simplified not in listed]
    digest = sha256(repr(entries).encode()).hexdigest()
    notes |= {"inputs": digest, "source": f"{notes.get('source', '')}; dictionary from {cedict_path.name}"}
    try:
        cedict.write(target, entries, cedict.Facts(words, notes, shapes))
    except (OSError, sqlite3.Error) as error:
        raise StudytuiError(f"The dictionary {target} cannot be written: {error}.") from error
    return count
