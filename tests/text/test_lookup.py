"""Looking up a word of the dictionary by whatever one has of it."""

from __future__ import annotations

import pytest

from studytui.session.words.lookup import look_up
from studytui.text.lexicon.lexicon import Lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.open()


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("长大", "长大"),
        ("長大", "长大"),
        ("nihao", "你好"),
        ("Ni Hao", "你好"),
        ("nǐ hǎo", "你好"),
        ("ni3hao3", "你好"),
        ("xi'an", "西安"),
        ("zhong1guo2", "中国"),
        ("lü4", "率"),
        ("opportunity", "机会"),
        ("to grow up", "成长"),
        ("ice cream", "冰淇淋"),
        ("卡拉ok", "卡拉OK"),
        ("lvxing", "旅行"),
    ],
)
def test_the_word_that_is_meant_comes_first(lexicon: Lexicon, written: str, first: str) -> None:
    assert look_up(lexicon, written)[0].simplified == first


def test_tones_that_are_written_count(lexicon: Lexicon) -> None:
    assert {entry.syllables for entry in look_up(lexicon, "mǎi") if len(entry.syllables) == 1} == {("mai3",)}
    assert {entry.syllables[0] for entry in look_up(lexicon, "lü") if len(entry.syllables) == 1} >= {
        "lu:2",
        "lu:4",
    }


@pytest.mark.parametrize("written", ["", "  ", "%", "_", "zzzz", "'", "\x1b[2J", "\ud800", "好" * 5000])
def test_what_no_word_is_written_so_finds_none(lexicon: Lexicon, written: str) -> None:
    assert look_up(lexicon, written) == ()
