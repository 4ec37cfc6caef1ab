"""Which of the learner's words is known, and which is being learned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, KeysView, Mapping, Set
from typing import TYPE_CHECKING

from studytui.store.journal.events import Subjects
from studytui.store.state.replay import History
from studytui.study.knowledge import KNOWN, PROBABLE, Evidence, Knowledge, Tried
from studytui.study.levels import SaidLevel
from studytui.study.notes.card import TEMPLATES, card_id
from studytui.study.vocabulary import LEFT_ALONE, Status, status_of, status_of_parts

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon


class Words:
    """The headwords of a history: their notes, and with them their statuses."""

    def __init__(self, history: History, level: Callable[[], SaidLevel]) -> None:
        """Of what a history holds; `level` is that which the learner says to have."""
        self._history = history
        self._level = level
        self._notes: defaultdict[str, set[str]] | None = None
        self._knowledge: tuple[SaidLevel, Knowledge | None] | None = None
        self._said_since = 0
        """Marks and notes since the knowledge was made."""
        self._guesses: dict[str, Status] = {}
        """Of words of which nothing was said, as far as they were asked for."""
        self._lexicon: Lexicon | None = None

    @property
    def lexicon(self) -> Lexicon | None:
        """The dictionary, once it is open: without it, nothing is guessed of words."""
        return self._lexicon

    @lexicon.setter
    def lexicon(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._forget_guesses(None)

    def touched(self, subjects: Subjects | None) -> None:
        """Something has changed: of what it spoke; None for anything."""
        self._forget_guesses(subjects)
        if subjects is None:
            self._notes = None
        elif self._notes is not None:
            for kind, name in subjects:
                if kind == "note":
                    self._look_at(self._notes, name)

    def _forget_guesses(self, subjects: Subjects | None) -> None:
        """One mark hardly tells of other words, and a long text has thousands: many are waited for."""
        told = [] if subjects is None else [each for each in subjects if each[0] in _TELLING]
        self._said_since += len(told)
        if subjects is None or self._said_since >= _MANY or any(kind == "placement" for kind, _ in told):
            self._knowledge = None
            self._guesses = {}
            self._said_since = 0
            return
        # What is made of a word (热茶 of 茶) has another status with it.
        for _, name in told:
            headword = name.partition("/")[0]
            for whole in [guessed for guessed in self._guesses if headword in guessed]:
                del self._guesses[whole]

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

    def notes_of(self, headword: str) -> Set[str]:
        """The ids of a headword's notes."""
        return self._by_headword().get(headword, set())

    def set_aside(self) -> Set[str]:
        """The ids of the notes that are not asked, since their headword is marked as known or ignored."""
        marks = self._history.state.marks
        return {
            name
            for headword, mark in tuple(marks.items())
            if mark in LEFT_ALONE
            for name in self.notes_of(headword)
        }

    def is_set_aside(self, headword: str) -> bool:
        """Whether a word is not asked, since the learner marked it as known or ignored."""
        return self._history.state.marks.get(headword) in LEFT_ALONE

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
            self.knowledge()  # of another level, all is guessed anew
            guess = self._guesses.get(headword)
            if guess is None:
                guess = self._guesses[headword] = self._guessed(headword)
            return guess
        if notes is None:
            return status_of(mark, None)
        memories = state.memories
        cards = (card_id(note, template) for note in tuple(notes) for template in TEMPLATES)
        return status_of(mark, [memories[card] for card in cards if card in memories])

    def _guessed(self, headword: str) -> Status:
        """Of a word of which nothing was said."""
        lexicon = self.lexicon
        if lexicon is None:
            return "new"
        knowledge = self.knowledge()
        own: Status = "new"
        if knowledge is not None:
            chance = knowledge.chance(headword)
            listed = not self._history.state.placements and self._level().holds(headword, lexicon)
            if chance >= KNOWN or listed:
                return "known"
            own = "probable" if chance >= PROBABLE else "new"
        parts = _parts_of(headword, lexicon)
        by_parts = status_of_parts(map(self.status, parts)) if parts else "new"
        return own if by_parts == "new" else by_parts

    def chance(self, headword: str) -> float:
        """The chance, 0 to 1, that the learner can read a word; certain of what is marked or learned."""
        state = self._history.state
        status = self.status(headword)
        if headword in state.marks or headword in self._by_headword() or self.lexicon is None:
            return float(status in LEFT_ALONE)
        knowledge = self.knowledge()
        own = knowledge.chance(headword) if knowledge is not None else 0.0
        parts = _parts_of(headword, self.lexicon)
        return max(own, min(map(self.chance, parts))) if parts else own

    def interval(self, counts: Mapping[str, int]) -> tuple[float, float] | None:
        """Between which shares, 0 to 1, of a text's running words are known, in four cases of five.

        `counts` are how often it has each headword. None where nothing is guessed: the share is exact.
        """
        knowledge, total = self.knowledge(), sum(counts.values())
        if knowledge is None or not total:
            return None
        state, noted = self._history.state, self._by_headword()
        mean = sum(count * self.chance(headword) for headword, count in counts.items())
        guessed = [
            (knowledge.difficulty(headword), count)
            for headword, count in counts.items()
            if headword not in state.marks and headword not in noted
        ]
        off = _FOUR_OF_FIVE * knowledge.spread(guessed)
        return max(0.0, (mean - off) / total), min(1.0, (mean + off) / total)

    def knowledge(self) -> Knowledge | None:
        """What marks, cards, level and placement tell of other words; None while they do not."""
        lexicon, level = self.lexicon, self._level()
        if self._knowledge is None or self._knowledge[0] != level:
            tells = lexicon is not None and (level.number or self._history.state.placements)
            knowledge = Knowledge(self._evidence(level), lexicon) if lexicon is not None and tells else None
            self._knowledge = level, knowledge
            self._guesses = {}
        return self._knowledge[1]

    def _evidence(self, level: SaidLevel) -> Evidence:
        state = self._history.state
        answers = state.placements
        last = max(answers.values(), key=lambda answer: answer.event).placement if answers else ""
        tried = tuple(
            Tried(headword, answer.known, answer.invented)
            for headword, answer in sorted(answers.items())
            if answer.placement == last
        )
        known = {headword for headword, mark in state.marks.items() if mark == "known"}
        unknown = {headword for headword, mark in state.marks.items() if mark == "learning"}
        unknown |= self._by_headword().keys() - state.marks.keys()
        return Evidence(level.place, tried, tuple(sorted(known)), tuple(sorted(unknown)))


def _parts_of(headword: str, lexicon: Lexicon) -> tuple[str, ...] | None:
    from studytui.study.transparent import parts_of  # not before a dictionary is open

    return parts_of(headword, lexicon)


_MANY = 10
"""Marks and notes after which other words are judged anew: a placement has 40 answers."""
_FOUR_OF_FIVE = 1.28
"""Standard deviations to both sides that hold four cases of five."""
_TELLING = frozenset(("mark", "note", "placement"))
"""What is said of words that others are judged by."""
