"""Cards in order, of which only as much is sorted as is looked at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterator
from typing import Any


class OrderedCards:
    """Cards, by their ids, in order of a key; those of one key in order of what `within` says of them.

    The keys are sorted when they are first asked for, the cards of a key when it is their turn.
    """

    def __init__(self, within: Callable[[str], Any]) -> None:
        self._within = within
        self._key_of: dict[str, Any] = {}
        self._cards: dict[Any, list[str]] = {}
        self._in_order: set[Any] = set()
        """Those keys whose cards are in order."""
        self._keys: list[Any] | None = None

    def __len__(self) -> int:
        return len(self._key_of)

    def __iter__(self) -> Iterator[str]:
        """All cards, in no order."""
        return iter(self._key_of)

    def add(self, key: Any, card: str) -> None:
        """Puts a card in its place."""
        self._key_of[card] = key
        cards = self._cards.get(key)
        if cards is None:
            self._cards[key] = [card]
            if self._keys is not None:
                insort(self._keys, key)
        elif key in self._in_order:
            insort(cards, card, key=self._within)
        else:
            cards.append(card)

    def discard(self, card: str) -> None:
        """Takes a card out, if it is there."""
        if card not in self._key_of:
            return
        key = self._key_of.pop(card)
        cards = self._cards[key]
        cards.remove(card)
        if not cards:
            del self._cards[key]
            self._in_order.discard(key)
            if self._keys is not None:
                del self._keys[bisect_left(self._keys, key)]

    def first(self, number: int) -> list[str]:
        """So many cards, in order."""
        found: list[str] = []
        for key in self._sorted():
            if len(found) >= number:
                break
            found += self._of(key)
        return found[:number]

    def between(self, after: Any, end: Any) -> list[str]:
        """The cards with keys beyond `after` (None for all) and up to `end`, in order."""
        keys = self._sorted()
        start = 0 if after is None else bisect_right(keys, after)
        found: list[str] = []
        for key in keys[start : bisect_right(keys, end)]:
            found += self._of(key)
        return found

    def waiting(self, after: Any, before: Any) -> tuple[int, Any]:
        """How many have keys beyond `after` and below `before`, and the first such key."""
        keys = self._sorted()
        span = keys[bisect_right(keys, after) : bisect_left(keys, before)]
        return sum(len(self._cards[key]) for key in span), next(iter(span), None)

    def _sorted(self) -> list[Any]:
        if self._keys is None:
            self._keys = sorted(self._cards)
        return self._keys

    def _of(self, key: Any) -> list[str]:
        """The cards of a key, in order."""
        cards = self._cards[key]
        if len(cards) > 1 and key not in self._in_order:
            cards.sort(key=self._within)
            self._in_order.add(key)
        return cards
