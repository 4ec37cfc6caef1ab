"""The learner's words: every note and every marked word, ready to be searched, sorted and worked on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from studytui.session.words.word_query import OwnWord, Standing, WordQuery, sought_in
from studytui.store.gc_pause import no_cycles
from studytui.study.language.gloss import in_a_line
from studytui.study.notes.card import TEMPLATES, Memory, card_id
from studytui.study.notes.note import note_id
from studytui.study.scheduling.due_index import cards_of
from studytui.study.vocabulary import LEFT_ALONE, Mark
from studytui.text.lexicon.cedict import is_reference
from studytui.text.pinyin import marked, toneless
from studytui.text.token import Entry

if TYPE_CHECKING:
    from studytui.session.workspace import Workspace
    from studytui.store.state.records import NoteRecord

Order = Literal["added", "word", "status", "level", "due", "stability", "lapses"]
"""What a list is sorted by."""

_LAST = 1 << 30
_BY_STATUS = {"new": 0, "learning": 1, "probable": 2, "known": 3, "ignored": 4}
_BY: Mapping[Order, Callable[[OwnWord], object]] = {
    "word": lambda word: (word.letters, word.headword),
    "status": lambda word: _BY_STATUS[word.status],
    "level": lambda word: word.hsk or _LAST,
    "due": lambda word: _LAST if word.due is None else word.due,
    "stability": lambda word: _LAST if word.stability is None else word.stability,
    "lapses": lambda word: -word.lapses,
}
ORDERS: tuple[Order, ...] = ("added", *_BY)

_marked = lru_cache(maxsize=4096)(marked)


class OwnWords:
    """The words as they were when they were read last. Reads only."""

    def __init__(self, workspace: Workspace) -> None:
        """A learner's words; nothing is read yet."""
        self._workspace = workspace
        self._words: list[OwnWord] = []
        """What was added last stands first."""
        self._sought: dict[str, tuple[object, str]] = {}
        """Key -> what a word was made of, and `OwnWord.sought`, which is made once."""
        self._found: tuple[WordQuery, list[OwnWord]] = WordQuery(), []
        """What was sought last, and found: a further letter is sought in that."""
        self._ordered: dict[Order, list[OwnWord]] = {}
        self._places: dict[Order, dict[str, int]] = {}
        """Of each word, by its key, where it stands in an order."""

    def __len__(self) -> int:
        return len(self._words)

    def __iter__(self) -> Iterator[OwnWord]:
        return iter(self._words)

    @no_cycles()
    def read(self) -> None:
        """Reads them: to be called again once anything was done.

        Of 100,000 notes the first time takes some seconds, as the benchmark `benchmarks/words.py` says.
        """
        state = self._workspace.collection.state
        records = sorted(state.notes.items(), key=lambda item: item[1].event, reverse=True)
        noted = {record.note.headword for _, record in records}
        marks = [(headword, mark) for headword, mark in tuple(state.marks.items()) if headword not in noted]
        today = self.today
        words = [self._noted(name, record, today) for name, record in records]
        words += [self._marked(headword, mark) for headword, mark in reversed(marks)]
        self._words = words
        self._forget()

    def renew(self, headwords: Iterable[str]) -> None:
        """Reads some of them again: something was done to these, and to no others."""
        state, today = self._workspace.collection.state, self.today
        changed = set(headwords)
        records = {name: each for name, each in list(state.notes.items()) if each.note.headword in changed}
        marks = {headword: mark for headword in changed if (mark := state.marks.get(headword)) is not None}
        for record in records.values():
            marks.pop(record.note.headword, None)
        words: list[OwnWord] = []
        for word in self._words:
            if word.headword not in changed:
                words.append(word)
            elif (record_now := records.pop(word.key, None)) is not None:
                words.append(self._noted(word.key, record_now, today))
            elif (mark := marks.pop(word.headword, None)) is not None:
                words.append(self._marked(word.headword, mark))
        fresh = [self._noted(name, record, today) for name, record in records.items()]
        self._words = [*fresh, *(self._marked(*each) for each in marks.items()), *words]
        self._forget()

    def _forget(self) -> None:
        """The words are others now."""
        self._ordered, self._places, self._found = {}, {}, (WordQuery(), [])

    @property
    def today(self) -> date:
        """The study day."""
        return self._workspace.collection.days.day(self._workspace.collection.now())

    def find(self, query: WordQuery, order: Order = "added", *, reverse: bool = False) -> list[OwnWord]:
        """The words that a query finds, in order."""
        before, found = self._found
        found = query.of(found if query.narrows(before) else self._words)
        self._found = query, list(found)
        if order != "added":
            if order not in self._places:
                key: Callable[[OwnWord], Any] = _BY[order]
                self._ordered[order] = sorted(self._words, key=key)
                self._places[order] = {word.key: at for at, word in enumerate(self._ordered[order])}
            if query.tests:
                # Sought as they lie in memory, and put in order after that: four times as fast as otherwise.
                places = self._places[order]
                found.sort(key=lambda word: places[word.key])
            else:
                found = list(self._ordered[order])
        return found[::-1] if reverse else found

    def _noted(self, name: str, record: NoteRecord, today: date) -> OwnWord:
        collection, note = self._workspace.collection, record.note
        state, config = collection.state, collection.config
        asked = cards_of(note, config.templates)
        mark = state.marks.get(note.headword)
        due: int | None = None
        out = lapses = reps = 0
        leech = False
        memories: list[Memory] = []
        for template in TEMPLATES:
            card = card_id(name, template)
            memory = state.memories.get(card)
            if memory is not None:
                memories.append(memory)
                lapses += memory.lapses
                reps += memory.reps
                leech = leech or 0 < config.leech_threshold <= memory.lapses
            if card in state.suspended:
                out += 1
                leech = leech or state.suspended[card] == "leech"
            elif memory is not None and template in asked and mark not in LEFT_ALONE:
                comes = 0 if memory.interval is None else (memory.due_day - today).days
                if state.buried.get(card) == today:
                    comes = max(1, comes)
                due = comes if due is None else min(due, comes)
        status = collection.status(note.headword)
        standings: set[Standing] = {"suspended"} if out else set()
        if due is not None and due <= 0:
            standings.add("due")
        if leech:
            standings.add("leech")
        if not reps and status == "learning":
            standings.add("new")
        if status in ("known", "ignored"):
            standings.add("known" if status == "known" else "ignored")
        elif reps or mark == "learning":
            standings.add("learning")
        kept = self._sought.get(name)
        if kept is None or kept[0] is not note:
            sought = sought_in(note.headword, note.traditional, note.syllables, note.glosses, note.remark)
            kept = self._sought[name] = note, sought
        return OwnWord(
            name,
            note.headword,
            note.traditional,
            note.syllables,
            " ".join(map(_marked, note.syllables)),
            toneless(note.syllables),
            in_a_line(note.glosses, 3),
            status,
            note.hsk,
            note,
            due,
            min((memory.stability for memory in memories), default=None),
            lapses,
            frozenset(standings),
            self._titles(record),
            kept[1],
        )

    def _titles(self, record: NoteRecord) -> tuple[str, ...]:
        """Of the texts that a note was taken from."""
        texts, example = self._workspace.collection.state.texts, record.note.example
        called = {} if example is None else {example.document_id: example.title}
        titles = (texts[name].title if name in texts else called.get(name) for name in record.documents)
        return tuple(filter(None, titles))

    def _marked(self, headword: str, mark: Mark) -> OwnWord:
        """A word that is marked and has no note."""
        lexicon = self._workspace.lexicon
        entries = lexicon.entries(headword)
        kept = self._sought.get(headword)
        if kept is None:
            # Every reading finds it: which one was meant is not known.
            found = [sought_in(headword, each.traditional, each.syllables, each.glosses) for each in entries]
            kept = "", "".join(found) or sought_in(headword, headword, (), ())
            self._sought[headword] = kept
        standing: Standing = "learning" if mark == "learning" else "ignored" if mark == "ignored" else "known"
        entry = entries[0] if entries else Entry(headword, headword, (), ())
        return replace(self.of_entry(entry), key=headword, standings=frozenset({standing}), sought=kept[1])

    def _told(self, entry: Entry) -> tuple[str, ...]:
        """The meaning of an entry; where it only points to another word, that word's."""
        if not is_reference(entry):
            return entry.glosses
        return self._workspace.annotator.gloss(entry.simplified, (entry,))

    def of_entry(self, entry: Entry) -> OwnWord:
        """An entry of the dictionary as a row of the list, or the note that was made of it."""
        headword, syllables = entry.simplified, entry.syllables
        collection = self._workspace.collection
        name = note_id(headword, syllables)
        record = collection.state.notes.get(name)
        if record is not None:
            return self._noted(name, record, self.today)
        return OwnWord(
            name,
            headword,
            entry.traditional,
            syllables,
            " ".join(map(_marked, syllables)),
            toneless(syllables),
            in_a_line(self._told(entry), 3),
            collection.status(headword),
            self._workspace.lexicon.level(headword),
            None,
            None,
            None,
            0,
            frozenset(),
            (),
            "",
        )
