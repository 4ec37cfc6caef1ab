"""What is done to words on their screen, to one or to many at once, and how it is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from studytui.session.words.word_query import OwnWord
from studytui.store.collection import Collection
from studytui.wording import many

Deed = Literal["known", "ignored", "new", "suspend", "unsuspend", "forget", "delete"]
_ASKED: dict[Deed, str] = {
    "known": "Mark {} as known?",
    "ignored": "Mark {} as ignored?",
    "new": "Undo the mark of {}?",
    "suspend": "Suspend the cards of {}?",
    "unsuspend": "Put the cards of {} back?",
    "forget": "Start over with {}? Their cards are new again; the answers stay in the statistics.",
    "delete": "Delete the notes of {}?",
}
_DONE: dict[Deed, str] = {
    "known": "{} marked as known",
    "ignored": "{} marked as ignored",
    "new": "{} no longer marked",
    "suspend": "{} suspended",
    "unsuspend": "{} put back",
    "forget": "{} started over",
    "delete": "{} deleted",
}


def touched(deed: Deed, words: Sequence[OwnWord]) -> list[OwnWord]:
    """Those of the words that a deed can be done to: without a note there are no cards."""
    if deed in ("suspend", "unsuspend", "forget"):
        return [word for word in words if word.note is not None]
    return list(words)


def asked(deed: Deed, words: Sequence[OwnWord]) -> str:
    """The question before it is done to many, with their number."""
    bare = sum(word.note is None for word in words) if deed == "delete" else 0
    question = _ASKED[deed].format(many(len(words) - bare, "word"))
    return question + f" The marks of {many(bare, 'word')} that have none are undone." if bare else question


def done(deed: Deed, words: Sequence[OwnWord], collection: Collection) -> str:
    """Does it, as one act, and says so in a sentence.

    Raises:
        StudytuiError: it could not be written; nothing was changed.
    """
    count = _done(deed, words, collection)
    if not count:
        return "There is nothing to change."
    one = words[0].written(collection.config.script)
    named = f"{one} is" if count == len(words) == 1 else many(count, "word")
    return f"{_DONE[deed].format(named)}; u undoes it."


def _done(deed: Deed, words: Sequence[OwnWord], collection: Collection) -> int:
    """Does it; to how many words it made a difference."""
    notes = [word.note.id for word in words if word.note is not None]
    if deed == "suspend":
        return collection.cards.suspend_all(notes)
    if deed == "unsuspend":
        return collection.cards.unsuspend_all(notes)
    if deed == "forget":
        return collection.cards.forget(notes)
    if deed == "delete":
        bare = [word.headword for word in words if word.note is None]
        with collection.changes.one_act():
            return collection.delete_notes(notes) + collection.mark_all(dict.fromkeys(bare, "new"))
    return collection.mark_all(dict.fromkeys((word.headword for word in words), deed))
