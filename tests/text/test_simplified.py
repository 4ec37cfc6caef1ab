"""Traditional text as it is looked up: 著 and 着, letters of full width; words that hold letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.text.annotate import open_annotator

ANNOTATOR = open_annotator()


@pytest.mark.parametrize(
    ("text", "simplified"),
    [
        ("別著急，跟著我走。", "别着急，跟着我走。"),
        ("孩子睡著了，火著了。", "孩子睡着了，火着了。"),
        ("隨著時間過去", "随着时间过去"),
        ("他笑著說，手裡拿著書", "他笑着说，手里拿着书"),
        ("看著作業發呆", "看着作业发呆"),
        ("原著是著名作家的巨著", "原著是著名作家的巨著"),
        ("顯著，土著，編著，拙著", "显著，土著，编著，拙著"),
        ("司馬遷著《史記》", "司马迁著《史记》"),
        ("他著有三本書", "他著有三本书"),
        ("著名作家的著作", "著名作家的著作"),
        ("Ｔ恤和ｋ", "T恤和k"),
        ("t恤和ｂ站，卡拉ok，打Call", "T恤和B站，卡拉OK，打call"),
        ("app主页，ok歌，Bup主，a和t", "app主页，ok歌，Bup主，a和t"),
    ],
)
def test_a_text_in_simplified_characters(text: str, simplified: str) -> None:
    assert ANNOTATOR.segmenter.simplified(text) == simplified


def test_the_particle_is_read_as_one() -> None:
    read = {word.text: word.syllables for word in ANNOTATOR.paragraph("他笑著說：這是名著，別著急。")}
    assert read["著"] == ("zhe5",)
    assert read["名著"] == ("ming2", "zhu4")
    assert read["著急"] == ("zhao2", "ji2")


@given(st.text(alphabet="著着名作業看跟原的。 aＴtKk恤歌發國", max_size=12))
def test_no_character_is_added_or_lost(text: str) -> None:
    assert len(ANNOTATOR.segmenter.simplified(text)) == len(text)


@pytest.mark.parametrize(
    "word", ["X光", "B站", "AA制", "T恤", "卡拉OK", "K歌", "Ｔ恤", "Ｘ光", "t恤", "ｂ站", "Aa制", "卡拉ok"]
)
@pytest.mark.parametrize("frame", ["我喜欢{}。", "他说{}很有意思", "{}怎么样"])
def test_a_word_that_holds_letters_is_whole(word: str, frame: str) -> None:
    kinds = {token.text: token.kind for token in ANNOTATOR.segmenter.tokens(frame.format(word))}
    assert kinds.get(word) == "word"


def test_a_word_in_another_case_is_the_dictionarys() -> None:
    found = {word.token.text: word for word in ANNOTATOR.paragraph("穿ｔ恤上b站")}
    assert found["ｔ恤"].headword == "T恤"
    assert found["ｔ恤"].gloss == ("T-shirt",)
    assert found["b站"].syllables == ("B", "zhan4")
