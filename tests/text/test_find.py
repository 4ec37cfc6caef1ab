"""Search by characters, by either script, and by pinyin."""

from __future__ import annotations

import pytest

from studytui.text.annotate import Annotator
from studytui.text.find import find, plain_letters
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.script import convert
from studytui.text.words.segment import Segmenter

TEXT = "我在图书馆读了三本女作家的书，回家用Python写了一篇文章。西安很远。"


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    lexicon = Lexicon.open()
    return Annotator(lexicon, Segmenter(lexicon))


def found(annotator: Annotator, query: str, text: str = TEXT) -> list[str]:
    words = annotator.paragraph(text)
    return [text[a:b] for a, b in find(query, text, annotator.segmenter.simplified(text), words)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("图书馆", ["图书馆"]),
        ("书", ["书", "书"]),
        ("tushuguan", ["图书馆"]),
        ("tú shū guǎn", ["图书馆"]),
        ("tu2shu1guan3", ["图书馆"]),
        ("tushug", ["图书馆"]),
        ("shu", ["书", "书"]),
        ("nvzuojia", ["女作家"]),
        ("nǚ", ["女"]),
        ("python", ["Python"]),
        ("xian", ["西安"]),
        ("ushu", []),
        ("飞机", []),
        ("  ", []),
    ],
)
def test_a_query_finds_its_stretches(annotator: Annotator, query: str, expected: list[str]) -> None:
    assert found(annotator, query) == expected


def test_simplified_finds_traditional_and_the_other_way_round(annotator: Annotator) -> None:
    traditional = convert(TEXT, "s2tw")
    assert found(annotator, "图书馆", traditional) == ["圖書館"]
    assert found(annotator, "圖書館", traditional) == ["圖書館"]
    assert found(annotator, "tushuguan", traditional) == ["圖書館"]


def test_conversion_keeps_every_place() -> None:
    text = "头发和发展，里面几公里，「计算机」Python 3.14。"
    traditional = convert(text, "s2tw")
    assert len(traditional) == len(text)
    assert traditional.startswith("頭髮和發展")
    assert convert(traditional, "t2s") == text


def test_letters() -> None:
    assert plain_letters("Lǜ Sè") == plain_letters("lu:4 se4") == plain_letters("lvse") == "lvse"
