"""What cards wait for, in plain numbers: a day's queue is made of them, of however many cards."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from itertools import repeat
from operator import add

from studytui.study.language.gloss import is_composed
from studytui.study.notes.card import TEMPLATES, Memory, Template, card_id
from studytui.study.notes.note import Note

Waits = tuple[int, int, int, int]
"""What a note's cards wait for, in the order of `TEMPLATES`: in the review phase `Memory.due_day`, as
`date.toordinal` counts days; or one of the signs below. It holds on every day, while nothing
happens to the note."""

NEW = 0
"""The sign of a new card."""
LEARNING = -1
"""That of a card in a learning step."""
NEVER = 1 << 30
"""That of a card that the note cannot fill."""


def cards_of(note: Note, templates: Sequence[Template]) -> tuple[Template, ...]:
    """The templates that this note can fill.

    No recall without a meaning of its own, no cloze without a sentence that has the headword in one piece.
    """
    if _is_full(note):
        return tuple(templates)
    fits = {
        "recognition": bool(note.glosses),
        "recall": bool(note.glosses) and not is_composed(note.glosses),
        "reading": bool(note.syllables),
        "cloze": note.has_gap,
    }
    return tuple(template for template in templates if fits[template])


def _is_full(note: Note) -> bool:
    """Whether a note can fill every template, as nearly all can."""
    whole = note.kind == "word" or not is_composed(note.glosses)
    return bool(note.glosses) and bool(note.syllables) and whole and note.has_gap


def waits(note: Note, memories: Mapping[str, Memory]) -> Waits:
    """What a note's cards wait for; `memories` by card id."""
    (row,) = all_waits({note.id: note}, memories).values()
    return row


def all_waits(notes: Mapping[str, Note], memories: Mapping[str, Memory]) -> dict[str, Waits]:
    """`waits` of many notes, by id."""
    # A column for each template, put together by C as far as may be: there may be 100,000 cards.
    columns = []
    for template in TEMPLATES:
        known = map(memories.get, map(add, notes, repeat(card_id("", template))))
        columns.append([NEW if memory is None else _wait(memory) for memory in known])
    one, two, three, four = columns
    rows: dict[str, Waits] = dict(zip(notes, zip(one, two, three, four, strict=True), strict=True))
    for name, note in notes.items():
        if not _is_full(note):
            fits = cards_of(note, TEMPLATES)
            marked = [
                wait if template in fits else NEVER
                for template, wait in zip(TEMPLATES, rows[name], strict=True)
            ]
            rows[name] = (marked[0], marked[1], marked[2], marked[3])
    return rows


def next_due(
    rows: Mapping[str, Waits],
    templates: Sequence[Template],
    memories: Mapping[str, Memory],
    suspended: Collection[str],
) -> tuple[datetime | None, date | None]:
    """When the next learning card is due, and the study day of the next review; None if there is none.

    Args:
        rows: by note id.
        templates: which cards the notes have.
        memories: by card id.
        suspended: ids of cards that do not count.
    """
    chosen = [(TEMPLATES.index(template), card_id("", template)) for template in templates]
    learning: datetime | None = None
    least = NEVER
    for name, row in rows.items():
        for at, ending in chosen:
            wait = row[at]
            if wait == LEARNING and name + ending not in suspended:
                due = memories[name + ending].due
                learning = due if learning is None or due < learning else learning
            elif NEW < wait < least and name + ending not in suspended:
                least = wait
    return learning, date.fromordinal(least) if least < NEVER else None


def _wait(memory: Memory) -> int:
    if memory.interval is None:
        return LEARNING
    return (memory.day or memory.last_review.date()).toordinal() + memory.interval
