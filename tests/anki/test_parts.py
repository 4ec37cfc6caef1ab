"""Parts of speech, in a learner's words."""

from __future__ import annotations

import pytest

from studytui.anki.out.part_of_speech import of_notes, part_of_speech
from studytui.study.notes.note import Note
from studytui.text.lexicon.lexicon import Lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.open()


def note(lexicon: Lexicon, word: str, kind: str = "word") -> Note:
    entry = lexicon.entries(word)[0]
    return Note(word, entry.syllables, entry.traditional, entry.glosses, kind=kind)


@pytest.mark.parametrize(
    ("word", "part"),
    [
        ("咖啡", "noun"),
        ("提高", "verb"),
        ("漂亮", "adjective"),
        ("非常", "adverb"),
        ("今天", "time word"),
        ("我", "pronoun"),
        ("因为", "conjunction"),
        ("两", "number"),
        ("个", "measure word"),
        ("希望", "verb, noun"),
    ],
)
def test_words(lexicon: Lexicon, word: str, part: str) -> None:
    assert part_of_speech(note(lexicon, word), lexicon) == part


def test_an_idiom_is_one(lexicon: Lexicon) -> None:
    assert part_of_speech(note(lexicon, "相辅相成", "idiom"), lexicon) == "idiom"


def test_what_nothing_is_known_of_is_left_out(lexicon: Lexicon) -> None:
    unknown = Note("啊", ("a5",), "啊", ("modal particle ending sentence",))
    known = note(lexicon, "咖啡")
    assert of_notes([unknown, known], lexicon) == {known.id: "noun"}
