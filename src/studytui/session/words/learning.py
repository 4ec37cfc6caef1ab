"""Learning words: notes of them, which are asked from now on whatever was said of the words before."""

from __future__ import annotations

from collections.abc import Sequence

from studytui.store.collection import Collection
from studytui.study.notes.note import Note
from studytui.wording import many


def learn(collection: Collection, notes: Sequence[Note]) -> str:
    """Makes or updates notes, as one act, and takes back the marks by which they would not be asked.

    Returns:
        A sentence on what was done.

    Raises:
        StudytuiError: it cannot be written; nothing was changed.
    """
    headwords = list(dict.fromkeys(note.headword for note in notes))
    marked = {word: collection.state.marks[word] for word in headwords if collection.words.is_set_aside(word)}
    known = [word for word in headwords if word not in marked and collection.status(word) == "known"]
    if marked:
        with collection.changes.one_act():
            changed = collection.add_notes(notes) + collection.mark_all(dict.fromkeys(marked, "new"))
    else:
        changed = collection.add_notes(notes)
    if not changed:
        return "It is in your notes already." if len(notes) == 1 else "They are in your notes already."
    if len(notes) > 1:
        counted = len(marked) + len(known)
        more = f"; {counted:,} of them counted as known or ignored, and will be asked" if counted else ""
        return f"{many(len(notes), 'word')} are in your notes{more}."
    (headword,) = headwords
    is_traditional = collection.config.script == "traditional"
    written = (is_traditional and notes[0].traditional) or headword
    more = f", and no longer marked as {marked[headword]}" if marked else ""
    more = "; it counted as known, and will be asked" if known else more
    return f"{written} is in your notes{more}."
