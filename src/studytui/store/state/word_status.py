"""Which of the learner's words is known, and which is being learned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import KeysView, Set
from typing import TYPE_CHECKING

from studytui.study.notes.card import TEMPLATES, card_id
from studytui.study.vocabulary import Status, status_of

if TYPE_CHECKING:
    from studytui.store.collection import Collection
    from studytui.store.state.replay import Subjects


class Words:
    """The headwords of a collection: their notes, and with them their statuses."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._notes: defaultdict[str, set[str]] | None = None

    def touched(self, subjects: Subjects | None) -> None:
        """Something has changed: of what it spoke; None for anything."""
        if subjects is None:
            self._notes = None
        elif self._notes is not None:
            for kind, name in subjects:
                if kind == "note":
                    self._look_at(self._notes, name)

    def _look_at(self, notes: defaultdict[str, set[str]], name: str) -> None:
        record = self._collection.state.notes.get(name)
        if record is not None:
            notes[record.note.headword].add(name)
            return
        headword = name.partition("/")[0]  # which holds no slash
        notes[headword].discard(name)
        if not notes[headword]:
            del notes[headword]

    def _by_headword(self) -> defaultdict[str, set[str]]:
        known = self._notes
        if known is None:
            known = defaultdict(set)
            for name, record in list(self._collection.state.notes.items()):
                known[record.note.headword].add(name)
            self._notes = known
        return known

    def headwords(self) -> Set[str]:
        """Those with a note or a mark."""
        noted: KeysView[str] = self._by_headword().keys()
        return noted | self._collection.state.marks.keys()

    def status(self, headword: str) -> Status:
        """Whether a headword is new, learning, known or ignored."""
        state = self._collection.state
        mark = state.marks.get(headword)
        notes = self._by_headword().get(headword)
        if notes is None:
            return status_of("known" if mark is None and self._is_below(headword) else mark, None)
        memories = state.memories
        cards = (card_id(note, template) for note in tuple(notes) for template in TEMPLATES)
        return status_of(mark, [memories[card] for card in cards if card in memories])

    def _is_below(self, headword: str) -> bool:
        """Whether a word is of a level that the learner says to have, `known_hsk`."""
        known_hsk, level_of = self._collection.config.known_hsk, self._collection.level_of
        if not known_hsk or level_of is None:
            return False
        level = level_of(headword)
        return level is not None and level <= known_hsk
