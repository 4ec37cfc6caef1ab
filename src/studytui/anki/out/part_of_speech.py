"""The part of speech of a word, in a learner's words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from studytui.study.language.word_kind import parts_of_speech
from studytui.study.notes.note import Note

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon

_NAMES: Final = {"n": "noun", "v": "verb", "a": "adjective", "d": "adverb", "t": "time word"}
_OTHERS: Final = {
    "r": "pronoun", "p": "preposition", "c": "conjunction", "m": "number", "q": "measure word",
    "u": "particle", "y": "particle", "f": "place word", "s": "place word", "e": "exclamation",
    "o": "sound word",
}  # fmt: skip
"""jieba's tags of words that are neither nouns, verbs, adjectives nor adverbs."""
_SHOWN: Final = 2


def part_of_speech(note: Note, lexicon: Lexicon) -> str:
    """`noun`, `verb, noun`, `idiom`; empty where neither the dictionary's English nor its tag tells."""
    if note.kind == "idiom":
        return note.kind
    named = [
        _NAMES.get(part) or _OTHERS.get(lexicon.tag(note.headword)[:1], "")
        for part in parts_of_speech(lexicon, note.headword, note.glosses)
    ]
    return ", ".join(list(dict.fromkeys(filter(None, named)))[:_SHOWN])


def of_notes(notes: Iterable[Note], lexicon: Lexicon) -> dict[str, str]:
    """By note id, where it is known."""
    return {note.id: part for note in notes if (part := part_of_speech(note, lexicon))}
