"""Zhuyin of every syllable that the dictionary has."""

from __future__ import annotations

import pytest
from pypinyin.style.bopomofo import BopomofoConverter

from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.pinyin import marked, split_tone
from studytui.text.pronunciation.zhuyin import separate, zhuyin


@pytest.mark.parametrize(
    ("syllable", "written"),
    [
        ("he2", "ㄏㄜˊ"),
        ("xin1", "ㄒㄧㄣ"),
        ("lu:4", "ㄌㄩˋ"),
        ("xue2", "ㄒㄩㄝˊ"),
        ("yuan2", "ㄩㄢˊ"),
        ("zi5", "˙ㄗ"),
        ("r5", "˙ㄦ"),
        ("shi4", "ㄕˋ"),
        ("Zhong1", "ㄓㄨㄥ"),
        ("jiong3", "ㄐㄩㄥˇ"),
        ("A", "A"),
        ("xx5", "?"),
    ],
)
def test_syllables(syllable: str, written: str) -> None:
    assert zhuyin(syllable) == written


def test_a_word() -> None:
    assert separate(("tu2", "shu1", "guan3")) == "ㄊㄨˊ ㄕㄨ ㄍㄨㄢˇ"


def test_every_syllable_of_the_dictionary_agrees_with_another_converter() -> None:
    rows = Lexicon.open()._rows("SELECT DISTINCT syllables FROM entry")
    syllables = {syllable for (reading,) in rows for syllable in reading.split() if split_tone(syllable)[1]}
    assert len(syllables) > 1300
    converter = BopomofoConverter()
    differing = {}
    for syllable in syllables:
        ours = zhuyin(syllable)
        theirs = converter.to_bopomofo(marked(syllable).lower())
        if ours != theirs.replace("˙", "") and ours != "˙" + theirs.replace("˙", ""):
            differing[syllable] = (ours, theirs)
    # The other converter has no syllable without a vowel: it makes mu of m, and r a beginning.
    assert set(differing) == {"m2", "m4", "r5"}, differing
