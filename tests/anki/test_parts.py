"""Parts of speech, in a learner's words."""

from __future__ import annotations

import re

import pytest

from studytui.anki.out.fields import ruby
from studytui.anki.out.part_of_speech import of_notes, part_of_speech
from studytui.study.language.measure_words import measure_words
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


@pytest.mark.parametrize(
    ("word", "counted"),
    [
        ("猫", "只 zhi1"),
        ("河", "条 tiao2,道 dao4"),
        ("书", "本 ben3,册 ce4,部 bu4"),
        ("吃", ""),
    ],
)
def test_what_counts_a_word(lexicon: Lexicon, word: str, counted: str) -> None:
    one = note(lexicon, word)
    found = measure_words([one], lexicon).get(one.id, ())
    assert ",".join(f"{entry.simplified} {' '.join(entry.syllables)}" for entry in found) == counted


@pytest.mark.parametrize(
    ("word", "syllables", "shown"),
    [
        ("核心", "he2 xin1", "[核|hé|2][心|xīn|1]"),
        ("有则改之，无则加勉", "you3 ze2 gai3 zhi1 wu2 ze2 jia1 mian3", None),
        ("一·二", "yi1 er4", "[一|yī|1]·[二|èr|4]"),
        ("卡拉OK", "ka3 la1 o u kei", "<ruby>卡拉OK<rt>"),
        ("花儿", "hua1 r5", "[花|huā|1][儿|r|5]"),
    ],
)
def test_each_character_has_its_tone_and_a_stop_none(word: str, syllables: str, shown: str | None) -> None:
    written = ruby(word, tuple(syllables.split()))
    if shown is None:
        assert "，" in written
        assert written.count("<rt>") == len(word) - 1
        assert "，" not in "".join(re.findall(r"<ruby.*?</ruby>", written))
    elif shown.startswith("<"):
        assert written.startswith(shown)
    else:
        assert re.sub(r'<ruby class="tone(\d)">(.)<rt>(.*?)</rt></ruby>', r"[\2|\3|\1]", written) == shown
