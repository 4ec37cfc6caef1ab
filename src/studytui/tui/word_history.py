"""What a learner has had to do with a word, in a line."""

from __future__ import annotations

from studytui.store.collection import Collection
from studytui.study.notes.card import TEMPLATES, Memory, card_id
from studytui.study.notes.note import note_id
from studytui.text.token import Word


def history(collection: Collection, word: Word) -> str:
    """The word's note and its cards: when it was taken, what is due when, how often it was forgotten.

    Empty where there is no note.
    """
    return history_of(collection, note_id(word.headword, word.syllables))


def history_of(collection: Collection, name: str) -> str:
    """As `history`, of the note with an id."""
    record = collection.state.notes.get(name)
    if record is None:
        return ""
    pieces = [f"noted {record.added:%Y-%m-%d}"]
    if collection.words.is_set_aside(record.note.headword):
        pieces.append("not asked while it is marked")
        return "; ".join(pieces)
    cards = {template: card_id(name, template) for template in TEMPLATES}
    for template, card in cards.items():
        memory = collection.state.memories.get(card)
        if card in collection.state.suspended:
            pieces.append(f"{template} suspended")
        elif memory is not None:
            pieces.append(f"{template} {_due(collection, memory)} ({_past(memory)})")
    if len(pieces) == 1:
        pieces.append("not asked yet")
    return "; ".join(pieces)


def _due(collection: Collection, memory: Memory) -> str:
    if memory.interval is None:
        return "being learned"
    days = (memory.due_day - collection.days.day(collection.now())).days
    if days <= 0:
        return "due"
    return "due tomorrow" if days == 1 else f"due in {days} days"


def _past(memory: Memory) -> str:
    reviews = "1 review" if memory.reps == 1 else f"{memory.reps} reviews"
    lapses = {0: "", 1: ", forgotten once", 2: ", forgotten twice"}
    return reviews + lapses.get(memory.lapses, f", forgotten {memory.lapses} times")
