"""Cards that are taken out of the queue, put back, or made new again."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from studytui.store.state.changes import Changes
from studytui.study.notes.card import TEMPLATES, Template, card_id, split_card_id
from studytui.study.scheduling.due_index import cards_of


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A suspended card."""

    card: str
    """Its id."""
    headword: str
    glosses: tuple[str, ...]
    template: Template
    why: str
    """`leech`, `by hand`, or `deleted` in another program."""
    lapses: int
    """How often it was forgotten."""


class CardChanges:
    """What is done to cards other than answering them: they are suspended, buried and forgotten."""

    def __init__(
        self, changes: Changes, today: Callable[[], date], templates: Callable[[], tuple[Template, ...]]
    ) -> None:
        """Through `changes`; `today` is the study day, `templates` the kinds of cards that are asked."""
        self._changes = changes
        self._today = today
        self._templates = templates

    def is_out(self, card: str) -> bool:
        """Whether a card is suspended, or buried for today."""
        state = self._changes.state
        return card in state.suspended or (card in state.buried and state.buried[card] == self._today())

    def taken_out(self) -> tuple[TakenOut, ...]:
        """The suspended cards, those of a headword together."""
        state = self._changes.state
        found = []
        for card, why in list(state.suspended.items()):
            name, template = split_card_id(card)
            if name in state.deleted:
                continue
            record, memory = state.notes.get(name), state.memories.get(card)
            note = record.note if record else None
            found.append(
                TakenOut(
                    card,
                    note.headword if note else name.partition("/")[0],
                    note.glosses if note else (),
                    template,
                    why,
                    memory.lapses if memory else 0,
                )
            )
        return tuple(sorted(found, key=lambda each: (each.headword, each.card)))

    def is_deleted_elsewhere(self, note_id: str) -> bool:
        """Whether a note was deleted in another program, and nothing of it was put back since."""
        suspended = self._changes.state.suspended
        why = [suspended.get(card_id(note_id, template)) for template in TEMPLATES]
        return "deleted" in why and None not in why

    def suspend(self, card: str) -> None:
        """Takes a card out of the queue until `unsuspend`."""
        split_card_id(card)
        if card not in self._changes.state.suspended:
            self._changes.record("note", {"act": "suspend", "card": card})

    def unsuspend(self, card: str) -> None:
        """Puts a suspended card back."""
        split_card_id(card)
        if card in self._changes.state.suspended:
            self._changes.record("note", {"act": "unsuspend", "card": card})

    def of(self, name: str) -> tuple[str, ...]:
        """The ids of a note's cards: those that are asked, and those that were answered."""
        record, memories = self._changes.state.notes.get(name), self._changes.state.memories
        asked = cards_of(record.note, self._templates()) if record is not None else ()
        cards = ((template, card_id(name, template)) for template in TEMPLATES)
        return tuple(card for template, card in cards if template in asked or card in memories)

    def suspend_all(self, names: Iterable[str]) -> int:
        """Takes all cards of these notes out of the queue, as one act; how many of the notes were in it."""
        return self._act_on("suspend", names, lambda card: card not in self._changes.state.suspended)

    def unsuspend_all(self, names: Iterable[str]) -> int:
        """Puts all cards of these notes back, as one act; of how many notes any was suspended."""
        return self._act_on("unsuspend", names, lambda card: card in self._changes.state.suspended)

    def forget(self, names: Iterable[str]) -> int:
        """Makes all cards of these notes new again, as one act; how many notes were not new.

        Suspended cards are put back. What was answered counts for its days.
        """
        state = self._changes.state
        return self._act_on(
            "forget",
            names,
            lambda card: any(card in of for of in (state.memories, state.suspended, state.buried)),
        )

    def _act_on(
        self,
        act: Literal["suspend", "unsuspend", "forget"],
        names: Iterable[str],
        changes: Callable[[str], bool],
    ) -> int:
        """Does something to the cards of notes that it changes; to cards of how many notes."""
        batch = secrets.token_hex(8)
        told = {
            name: cards
            for name in dict.fromkeys(names)
            if (cards := [card for card in self.of(name) if changes(card)])
        }
        if told:
            self._changes.record_all(
                [
                    ("note", {"act": act, "card": card, "batch": batch})
                    for cards in told.values()
                    for card in cards
                ]
            )
        return len(told)

    def bury(self, card: str) -> None:
        """Hides a card for the rest of this study day."""
        split_card_id(card)
        today = self._today()
        if self._changes.state.buried.get(card) != today:
            self._changes.record("note", {"act": "bury", "card": card, "day": today.isoformat()})
