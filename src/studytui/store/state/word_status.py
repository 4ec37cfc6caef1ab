"""Which of the learner's words is known, and which is being learned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, KeysView, Set

from studytui.store.journal.events import Subjects
from studytui.store.state.replay import History
from studytui.study.notes.card import TEMPLATES, card_id
from studytui.study.vocabulary import Status, status_of, status_of_parts


class Words:
    """The headwords of a history: their notes, and with them their statuses."""

    def __init__(
        self,
        history: History,
        is_below: Callable[[str], bool],
        parts_of: Callable[[str], tuple[str, ...] | None],
    ) -> None:
        """Of what a history holds.

        Args:
            history: notes, marks and cards.
            is_below: whether a word is of a level that the learner says to have.
            parts_of: the words whose meanings make a word's, if any.
        """
        self._parts_of = parts_of
        self._history = history
        self._is_below = is_below
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
        record = self._history.state.notes.get(name)
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
            for name, record in list(self._history.state.notes.items()):
                known[record.note.headword].add(name)
            self._notes = known
        return known

    def headwords(self) -> Set[str]:
        """Those with a note or a mark."""
        noted: KeysView[str] = self._by_headword().keys()
        return noted | self._history.state.marks.keys()

    def status(self, headword: str) -> Status:
        """Whether a headword is new, learning, known or ignored."""
        state = self._history.state
        mark = state.marks.get(headword)
        notes = self._by_headword().get(headword)
        if notes is None and mark is None:
            if self._is_below(headword):
                return "known"
            parts = self._parts_of(headword)
            return status_of_parts(map(self.status, parts)) if parts else "new"
        if notes is None:
            return status_of(mark, None)
        memories = state.memories
        cards = (card_id(note, template) for note in tuple(notes) for template in TEMPLATES)
        return status_of(mark, [memories[card] for card in cards if card in memories])
