"""What the words screen lists: the learner's words that a search finds, in an order, or the dictionary's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from studytui.session.words.own_words import ORDERS, Order, OwnWords
from studytui.session.words.word_query import STANDINGS, OwnWord, parse
from studytui.text.token import Entry

_ORDERS_TOLD: Mapping[Order, str] = {
    "added": "the last added first",
    "word": "by reading",
    "status": "by status",
    "level": "by level",
    "due": "by what is due first",
    "stability": "by what holds least",
    "lapses": "by what was forgotten most",
}


class WordListing:
    """The words that are listed, and those of them that are picked to be worked on."""

    def __init__(self, own: Callable[[], OwnWords]) -> None:
        """Nothing yet; `own` makes words that nothing was read of, for entries of the dictionary."""
        self._make = own
        self.own: OwnWords | None = None
        """The learner's words; None while they are being read."""
        self.entries: tuple[Entry, ...] = ()
        """What was found in the dictionary."""
        self.in_dictionary = False
        self.found: list[OwnWord] = []
        """What is listed."""
        self.unclear = ""
        """What of the search was not understood, in a sentence."""
        self.order: Order = "added"
        self.is_reversed = False
        self.picked: dict[str, OwnWord] = {}
        self.counts: dict[str, int] = {}
        """How many of the learner's words have each standing."""

    def take(self, own: OwnWords) -> None:
        """The learner's words were read."""
        self.own = own
        self._count()

    def renew(self, headwords: Sequence[str]) -> None:
        """Something was done to these words."""
        if self.own is not None:
            self.own.renew(headwords)
            self._count()

    def _count(self) -> None:
        counts = Counter(standing for word in self.own or () for standing in word.standings)
        self.counts = {standing: counts[standing] for standing in STANDINGS}

    def find(self, search: str) -> None:
        """Lists what a search finds."""
        query = parse(search)
        self.unclear = query.unclear
        if self.in_dictionary:
            own = self.own or self._make()
            self.found = [own.of_entry(entry) for entry in self.entries]
        elif self.own is not None:
            self.found = self.own.find(query, self.order, reverse=self.is_reversed)

    def turn(self) -> None:
        """To the dictionary, or back to the learner's words; nothing is picked any more."""
        self.in_dictionary = not self.in_dictionary
        self.picked, self.entries = {}, ()

    def sort_by(self, order: Order | None = None) -> None:
        """Sorts by a column, or by the next one; the other way round if it is sorted by that already."""
        if order == self.order:
            self.is_reversed = not self.is_reversed
        else:
            self.order = order or ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
            self.is_reversed = False

    def pick(self, word: OwnWord) -> None:
        """Picks a word, or puts it back."""
        if self.picked.pop(word.key, None) is None:
            self.picked[word.key] = word

    def pick_all(self) -> None:
        """Picks all that are listed; none, if they are picked already."""
        shown = {word.key: word for word in self.found}
        self.picked = {} if self.picked.keys() >= shown.keys() else {**self.picked, **shown}

    def told(self, search: str) -> str:
        """How many are listed, and in which order."""
        if self.own is None:
            return "being read…"
        if self.in_dictionary:
            return f"{len(self.found):,} found" if search.strip() else "type a word, pinyin or English"
        turned = ", reversed" if self.is_reversed else ""
        return f"{len(self.found):,} of {len(self.own):,}, {_ORDERS_TOLD[self.order]}{turned}"

    def none_told(self, search: str) -> str:
        """What stands in place of the headings where nothing is listed."""
        if self.in_dictionary:
            return "No such word." if search.strip() else ""
        if self.own is not None and len(self.own):
            return "None of your words; d: dictionary."
        return "No words yet: d looks one up, a notes it."
