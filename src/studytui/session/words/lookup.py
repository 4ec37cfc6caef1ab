"""Looking up any word of the dictionary, by characters, pinyin or English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.session.words.word_query import begun, english_words, has_tones, needles, sought_in
from studytui.study.notes.note import Example, Note
from studytui.study.phrases.candidates import kind_of_listed
from studytui.text.characters import is_han
from studytui.text.find import plain_letters
from studytui.text.token import ANY_USE, Token, Word

if TYPE_CHECKING:
    from studytui.text.annotate import Annotator
    from studytui.text.lexicon.lexicon import Lexicon
    from studytui.text.token import Entry

MOST = 200
"""Entries that are found: a list that a person looks through."""


def look_up(lexicon: Lexicon, written: str, limit: int = MOST) -> tuple[Entry, ...]:
    """The entries that characters of either script, pinyin or English mean, the best first.

    Of characters that is the word itself, then words that begin so, then those that hold it. Letters are
    pinyin, with or without tones, and English: what means just that comes first, of the rest the commonest.
    """
    asked = " ".join(written.casefold().split())
    if any(map(is_han, asked)):
        form = "".join(asked.split())
        return tuple(sorted(lexicon.holding(form), key=lambda entry: _by_form(entry, form)))[:limit]
    words = [] if has_tones(asked) else english_words(asked)
    letters, wanted = plain_letters(asked), needles(asked)
    if not wanted:
        return ()
    found = [
        entry
        for entry in dict.fromkeys((*lexicon.spelt(letters), *lexicon.glossed(words)))
        if _is_meant(entry, wanted, words)
    ]
    frequency = {entry: lexicon.frequency(entry.simplified) or 0.0 for entry in found}
    found.sort(key=lambda entry: (not _is_just(entry, asked), -frequency[entry]))
    return tuple(found[:limit])


def look_up_parts(lexicon: Lexicon, written: str) -> tuple[Entry, ...]:
    """The first entry of each word that a Chinese compound is made of; empty unless all are known."""
    parts = lexicon.parts(written) if written and all(map(is_han, written)) else ()
    found = [lexicon.entries(part)[:1] for part in parts]
    return tuple(entry for entries in found for entry in entries) if all(found) else ()


def word_of(
    annotator: Annotator, headword: str, syllables: tuple[str, ...], written: str | None = None
) -> Word:
    """A headword with one of its readings as a word of its own, in no text; `written` in either script."""
    written = written or headword
    return annotator.word(Token(0, len(written), written, "word"), headword, syllables, ANY_USE)


def note_of_entry(
    annotator: Annotator, headword: str, syllables: tuple[str, ...], example: Example | None
) -> Note:
    """A note of a word of the dictionary, with a sentence of the learner's texts if there is one."""
    word = word_of(annotator, headword, syllables)
    return Note(
        headword,
        syllables,
        word.entries[0].traditional if word.entries else headword,
        word.gloss,
        word.hsk,
        word.frequency,
        kind_of_listed(headword, (word,), annotator.lexicon) if len(headword) >= 4 else "word",
        example,
    )


def _by_form(entry: Entry, form: str) -> int:
    forms = entry.simplified.casefold(), entry.traditional.casefold()
    return 0 if form in forms else 1 if any(each.startswith(form) for each in forms) else 2


def _is_meant(entry: Entry, wanted: tuple[str, ...], words: list[str]) -> bool:
    """Whether its pinyin begins so, or its English has all the words."""
    if any(each in sought_in("", "", entry.syllables, ()) for each in wanted):
        return True
    english = sought_in("", "", (), entry.glosses)
    return bool(words) and all(begun(word) in english for word in words)


def _is_just(entry: Entry, asked: str) -> bool:
    """Whether it is read just so, or has just that meaning. Syllables may stand apart: `xi'an`."""
    apart = [plain_letters(part) for part in asked.replace("’", "'").replace("'", " ").split()]
    read = [plain_letters(syllable) for syllable in entry.syllables]
    if apart == (read if len(apart) > 1 else ["".join(read)]):
        return True
    return any(gloss.casefold().removeprefix("to ") == asked.removeprefix("to ") for gloss in entry.glosses)
