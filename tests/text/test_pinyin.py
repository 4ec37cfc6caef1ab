"""Numbered pinyin, tone marks and plain letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.text.pinyin import (
    joined,
    marked,
    numbered,
    separate,
    split_numbered,
    tone,
    toneless,
)

PAIRS = [
    ("he2", "hé"),
    ("xin1", "xīn"),
    ("lu:4", "lǜ"),
    ("lu:e4", "lüè"),
    ("nu:3", "nǚ"),
    ("Lu:3", "Lǚ"),
    ("gui4", "guì"),
    ("liu2", "liú"),
    ("hao3", "hǎo"),
    ("dou1", "dōu"),
    ("xiong2", "xióng"),
    ("er4", "èr"),
    ("Ou1", "Ōu"),
    ("a1", "ā"),
    ("ng4", "ǹg"),
    ("m2", "ḿ"),
    ("yuan2", "yuán"),
    ("ma5", "ma"),
    ("r5", "r"),
]


@pytest.mark.parametrize(("numeral", "mark"), PAIRS)
def test_tone_marks_and_back(numeral: str, mark: str) -> None:
    assert marked(numeral) == mark
    assert numbered(mark) == numeral


@pytest.mark.parametrize("spelt", ["lv4", "lü4", "lu:4", "lǜ"])
def test_every_spelling_of_u_umlaut_is_one(spelt: str) -> None:
    assert numbered(spelt) == "lu:4"
    assert marked(numbered(spelt)) == "lǜ"


def test_neutral_may_be_written_zero() -> None:
    assert numbered("ma0") == "ma5"
    assert tone("ma0") == tone("ma") == tone("ma5") == 5


def test_unknown_sound_is_a_question_mark() -> None:
    assert marked("xx5") == "?"


@pytest.mark.parametrize(
    ("syllables", "word"),
    [
        (("he2", "xin1"), "héxīn"),
        (("xi1", "an1"), "xī'ān"),
        (("nu:3", "er2"), "nǚ'ér"),
        (("hai3", "ou1"), "hǎi'ōu"),
        (("xian1",), "xiān"),
        (("huar1",), "huār"),
        (("wan2", "r5"), "wánr"),
        (("Mao2", "Ze2", "dong1"), "Máo Zédōng"),
        (("A", "A", "zhi4"), "A A zhì"),
        (("dong1", "xi5"), "dōngxi"),
        ((), ""),
    ],
)
def test_a_word_is_joined_by_the_orthography(syllables: tuple[str, ...], word: str) -> None:
    assert joined(syllables) == word


def test_separate_and_toneless() -> None:
    assert separate(("he2", "xin1")) == "hé xīn"
    assert toneless(("Lu:4", "xing2")) == "lv xing"


def test_readings_are_split_with_and_without_spaces() -> None:
    assert split_numbered("bei3jing1") == ("bei3", "jing1")
    assert split_numbered("Yue1 han4 · Bao3 luo2") == ("Yue1", "han4", "Bao3", "luo2")
    assert split_numbered("san1 C") == ("san1", "C")


@given(st.text())
def test_no_text_raises(text: str) -> None:
    marked(text)
    numbered(text)
    split_numbered(text)
    joined([text])
    toneless([text])
    tone(text)


_SYLLABLE = st.from_regex(r"\A(?:zh|ch|sh|[bpmfdtlgkhjqxrzcsyw])(?:a|e|i|ai|ao|an|ang|ou|ui|iu|u:)[1-5]\Z")


@given(_SYLLABLE)
def test_numbered_syllables_come_back(syllable: str) -> None:
    assert numbered(marked(syllable)) == syllable


@given(st.lists(_SYLLABLE, max_size=4))
def test_a_reading_without_spaces_holds_its_syllables(syllables: list[str]) -> None:
    assert split_numbered("".join(syllables)) == tuple(syllables)
