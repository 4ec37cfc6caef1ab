"""Reading a collection of Anki's: its note types, how each note's word stands, and reviews of our cards."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import BinaryIO, Final, NamedTuple

from studytui.anki.back import own_cards, own_notes
from studytui.anki.back.collection_file import damaged, open_collection
from studytui.anki.back.field_choice import SAMPLE, FieldChoice, choose
from studytui.anki.back.field_words import Lookup, has_han, plain_text, words_in
from studytui.anki.back.own_cards import whole
from studytui.anki.back.survey import Column, JapaneseSigns, SkipCounts, Standing, Survey, better, shown
from studytui.errors import UsageError
from studytui.study.notes.note import Note
from studytui.study.vocabulary import MATURE

_SUSPENDED: Final = -1
_TYPE_NEW, _TYPE_REVIEW = 0, 2
_ACTIVE, _STUDIED, _WEAK, _SHELVED, _SHELVED_WEAK = 1, 2, 4, 8, 16
"""Of a note's cards: one is not suspended; one of those was studied; one of those is not mature. One that is
suspended was studied; one of those is not mature."""

Cut = Callable[[str], Iterable[str]]
"""A sentence -> its words."""
_LONGEST_SENTENCE: Final = 2000
"""Characters of HTML."""

_WHY: Final = {
    "no Chinese": "hold no Chinese",
    "Japanese": "are Japanese, by their kana",
    "no words": "are of a type in which no field holds words or sentences",
}


class _NoteType(NamedTuple):
    name: str
    fields: tuple[str, ...]


def survey(
    stream: BinaryIO,
    called: str,
    *,
    lookup: Lookup,
    readings: own_notes.Readings,
    cut: Cut,
    mine: Sequence[Note],
    now: datetime,
    field: str | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Survey:
    """What a package says.

    Args:
        stream: the package.
        called: its name, for messages.
        lookup: the dictionary.
        readings: what it has for a headword.
        cut: parts sentences into words, for decks that have nothing else.
        mine: the learner's notes, to know them again when their fields were edited.
        now: reviews that are later by more than a day come from a clock that was wrong.
        field: the name of the field that holds the words; found if not given.
        on_progress: told how many notes are read, of how many.

    Raises:
        UsageError: no note type has a field of that name.
        StudytuiError: it is not a package that can be read.
    """
    with open_collection(stream, called) as connection, damaged(called):
        types = _note_types(connection)
        choices = _choices(connection, types, lookup, field)
        standings = _standings(connection, own_cards.day_number(connection, now))
        reader = _Reader(types, choices, standings, lookup, readings, cut, mine, now)
        (total,) = connection.execute("SELECT count() FROM notes").fetchone()
        rows = connection.execute("SELECT id, guid, mid, flds, mod FROM notes")
        for count, (identity, guid, kind, fields, changed) in enumerate(rows):
            if on_progress and count % 1000 == 0:
                on_progress(count, total)
            told = str(guid), whole(kind), str(fields).split("\x1f")
            reader.read(whole(identity), *told, whole(changed))
        cards = own_cards.our_cards(connection, reader.ours)
        forgotten = own_cards.forgotten(connection, cards, now)
        reviews = own_cards.reviews(connection, cards, forgotten, reader.skipped, now)
        acts = (*own_cards.acts(connection, cards, now), *own_cards.deleted(connection, mine, now))
        if on_progress:
            on_progress(total, total)
    return Survey(
        words=reader.words,
        columns=reader.columns(),
        skipped=reader.skipped.skipped(),
        notes={note.id: note for note in reader.ours.values()},
        reviews=reviews,
        forgotten=forgotten,
        acts=acts,
        japanese=reader.japanese.told(),
        remarks=reader.remarks,
    )


def _note_types(connection: sqlite3.Connection) -> dict[int, _NoteType]:
    """Note types by id: since schema 15 in tables, before in JSON."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if {"notetypes", "fields"} <= tables:
        names = {whole(key): str(name) for key, name in connection.execute("SELECT id, name FROM notetypes")}
        fields: dict[int, list[tuple[int, str]]] = {key: [] for key in names}
        for key, order, name in connection.execute("SELECT ntid, ord, name FROM fields"):
            fields.setdefault(whole(key), []).append((whole(order), str(name)))
        return {
            key: _NoteType(names.get(key, "?"), tuple(name for _, name in sorted(found)))
            for key, found in fields.items()
        }
    (text,) = connection.execute("SELECT models FROM col").fetchone()
    try:
        return {
            int(key): _NoteType(str(model["name"]), tuple(str(each["name"]) for each in model["flds"]))
            for key, model in json.loads(text or "{}").items()
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise sqlite3.DatabaseError("its note types cannot be read") from None


def _choices(
    connection: sqlite3.Connection, types: Mapping[int, _NoteType], lookup: Lookup, field: str | None
) -> dict[int, FieldChoice]:
    """For each note type that is used, the field that holds its words."""
    if field is not None:
        wanted = field.casefold()
        found = {
            key: FieldChoice(
                next((i for i, name in enumerate(one.fields) if name.casefold() == wanted), None)
            )
            for key, one in types.items()
        }
        if all(choice.place is None for choice in found.values()):
            names = sorted({shown(name) for one in types.values() for name in one.fields})[:12]
            raise UsageError(f"No note type has a field {shown(field)!r}; there are {', '.join(names)}.")
        return {
            key: choice if choice.place is not None else FieldChoice(None, why_not="no words")
            for key, choice in found.items()
        }
    counts = dict(connection.execute("SELECT mid, count() FROM notes GROUP BY mid").fetchall())
    seen: dict[int, int] = dict.fromkeys(counts, 0)
    samples: dict[int, list[list[str]]] = {key: [] for key in counts}
    for key, content in connection.execute("SELECT mid, flds FROM notes"):
        # Evenly spread: the first notes of a deck are not like the others.
        if seen[key] % max(1, counts[key] // SAMPLE) == 0 and len(samples[key]) < 2 * SAMPLE:
            samples[key].append([each[:5000] for each in str(content).split("\x1f")])
        seen[key] += 1
    return {whole(key): choose(rows, lookup) for key, rows in samples.items()}


def _standings(connection: sqlite3.Connection, today: int) -> dict[int, int]:
    """By note id, what its cards say: `_ACTIVE`, `_STUDIED` and `_WEAK`."""
    found: dict[int, int] = {}
    rows = connection.execute("SELECT nid, type, queue, ivl, data, due, odue FROM cards")
    for note, kind, queue, interval, content, due, home_due in rows:
        flags = found.get(note, 0)
        strong = kind == _TYPE_REVIEW and (
            _strength(interval, content) >= MATURE or (home_due or due) - today >= MATURE
        )
        if queue != _SUSPENDED:
            flags |= _ACTIVE
            if kind != _TYPE_NEW:
                flags |= _STUDIED if strong else _STUDIED | _WEAK
        elif kind != _TYPE_NEW:
            flags |= _SHELVED if strong else _SHELVED | _SHELVED_WEAK
        found[note] = flags
    return found


def _strength(interval: object, content: object) -> float:
    """The FSRS stability of a card, or its interval if that is longer; days."""
    days = float(interval) if isinstance(interval, int | float) else 0.0
    if isinstance(content, str) and '"s"' in content:
        try:
            stability = json.loads(content)["s"]
        except (ValueError, TypeError, KeyError, RecursionError):
            stability = None
        if isinstance(stability, int | float):
            return max(days, float(stability))
    return days


def _standing(flags: int) -> Standing:
    if not flags & _ACTIVE:
        return "known" if flags & _SHELVED and not flags & _SHELVED_WEAK else "suspended"
    if not flags & _STUDIED:
        return "new"
    return "learning" if flags & _WEAK else "known"


class _Reader:
    """Takes in note after note."""

    def __init__(
        self,
        types: Mapping[int, _NoteType],
        choices: Mapping[int, FieldChoice],
        standings: Mapping[int, int],
        lookup: Lookup,
        readings: own_notes.Readings,
        cut: Cut,
        mine: Sequence[Note],
        now: datetime,
    ) -> None:
        self.words: dict[str, Standing] = {}
        self.skipped, self.japanese = SkipCounts(), JapaneseSigns()
        self.ours: dict[int, Note] = {}
        """Our notes, by Anki's id."""
        self.remarks: dict[str, tuple[str, datetime]] = {}
        self._now = now
        self._types, self._choices, self._standings, self._lookup = types, choices, standings, lookup
        self._cut, self._readings = cut, readings
        self._guids = own_notes.guids(mine)
        self._counts: dict[int, list[int]] = {}

    def read(self, identity: int, guid: str, kind: int, fields: list[str], changed: int) -> None:
        """One note."""
        if identity not in self._standings:
            self.skipped.add("have no card")
            return
        standing = _standing(self._standings[identity])
        own = self._own(guid, kind, fields)
        if own is None:
            self.japanese.see("".join(fields))
        else:
            self.ours[identity] = own
            self._remark(own, kind, fields, changed)
            self._count(kind, 1)
            self.words[own.headword] = better(self.words.get(own.headword), standing)
            return
        choice = self._choices.get(kind, FieldChoice(None, why_not="no words"))
        if choice.sentences is not None:
            self._sentence(kind, fields[choice.sentences] if choice.sentences < len(fields) else "", standing)
            return
        if choice.place is None:
            self.skipped.add(_WHY[choice.why_not or "no words"], plain_text(fields[0][:400]))
            return
        content = fields[choice.place] if choice.place < len(fields) else ""
        found = words_in(content, self._lookup)
        self._count(kind, bool(found))
        for word in found:
            self.words[word] = better(self.words.get(word), standing)
        if not found:
            text = plain_text(content[:400])
            why = "are not words of the dictionary" if has_han(text) else "hold no Chinese in that field"
            self.skipped.add(why, text)

    def _sentence(self, kind: int, field: str, standing: Standing) -> None:
        """A note that asks for a sentence: its words stand as it does."""
        text = plain_text(field[:_LONGEST_SENTENCE])
        found = {word for word in map(self._lookup, self._cut(text)) if word} if has_han(text) else set()
        self._count(kind, bool(found))
        for word in found:
            self.words[word] = better(self.words.get(word), standing)
        if not found:
            self.skipped.add("hold no Chinese in that field", text)

    def _remark(self, note: Note, kind: int, fields: list[str], changed: int) -> None:
        """What the learner wrote on a note of ours."""
        names = self._types.get(kind, _NoteType("", ())).fields
        said = dict(zip(names, fields, strict=False))
        at = own_cards.time(changed * 1000, self._now)
        if own_notes.REMARK not in said or at is None:
            return
        remark = own_notes.remark(said)
        if remark is None:
            self.skipped.add("have more in their field Notes than is taken (10,000 characters, no programs)")
        else:
            self.remarks[note.id] = remark, at

    def _own(self, guid: str, kind: int, fields: list[str]) -> Note | None:
        if not own_notes.may_be_ours(guid):
            return None
        if guid in self._guids:
            return self._guids[guid]
        names = self._types.get(kind, _NoteType("", ())).fields
        return own_notes.our_note(guid, dict(zip(names, fields, strict=False)), self._readings)

    def _count(self, kind: int, words: int) -> None:
        counts = self._counts.setdefault(kind, [0, 0])
        counts[0] += 1
        counts[1] += words

    def columns(self) -> tuple[Column, ...]:
        """Where words were found."""
        found = []
        for kind, (notes, words) in self._counts.items():
            one = self._types.get(kind, _NoteType("?", ()))
            choice = self._choices.get(kind, FieldChoice(None))
            place = choice.place if choice.sentences is None else choice.sentences
            name = one.fields[place] if place is not None and place < len(one.fields) else "Simplified"
            if words:
                found.append(Column(shown(one.name), shown(name), notes, words))
        return tuple(sorted(found, key=lambda column: (-column.words, column.kind)))
