"""What Anki knows our notes and cards by, for ever: ids that follow from the note alone.

Anki keeps the log of a card that was deleted, by the card's id: an id that came to mean another card would
give that card answers that it never had.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from studytui.study.notes.card import TEMPLATES

_FIRST: Final = 946_684_800_000
"""The first id: Anki takes ids for milliseconds since 1970, and shows them as a date; this is in 2000."""
_PLACES: Final = 630_000_000_000 // len(TEMPLATES)
"""How many notes have ids, from there into 2019. Of 10,000 notes, two meet once in 3,000 collections."""


def guid(note_id: str) -> str:
    """`s` and 19 hexadecimal digits of SHA-256 of the note's id.

    Letters and digits alone, and a letter first: in a table it is no formula, no comment and no number.
    """
    return "s" + _hash(note_id)[:19]


def ids(note_ids: Iterable[str]) -> dict[str, int]:
    """Anki's ids of notes, by ours: each the id of its first card too, those of its others following.

    The same in whatever company, but for two that meet: then the one whose own id sorts later moves on.
    """
    found: dict[str, int] = {}
    taken: set[int] = set()
    for note_id in sorted(note_ids):
        place = int(_hash(note_id)[19:39], 16) % _PLACES
        while place in taken:
            place = (place + 1) % _PLACES
        taken.add(place)
        found[note_id] = _FIRST + place * len(TEMPLATES)
    return found


def _hash(note_id: str) -> str:
    return sha256(note_id.encode(errors="surrogatepass")).hexdigest()
