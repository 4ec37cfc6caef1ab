"""A simplified text in traditional characters, by the readings of its words and the surnames in it."""

from __future__ import annotations

import pytest

from studytui.text.annotate import Annotator, open_annotator
from studytui.text.words.traditional import to_traditional


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return open_annotator()


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("衣服干了。", "衣服乾了。"),
        ("嘴唇都干了。", "嘴唇都乾了。"),
        ("他干了三年。", "他幹了三年。"),
        ("钟先生来了。", "鍾先生來了。"),
        ("钟跃民说他不去。", "鍾躍民說他不去。"),
        ("墙上挂着一个钟。", "牆上掛著一個鐘。"),
        ("范老师教我们。", "范老師教我們。"),
        ("他的范围很大。", "他的範圍很大。"),
    ],
)
def test_a_word_is_written_as_it_is_read(annotator: Annotator, simplified: str, traditional: str) -> None:
    words = annotator.paragraph(simplified)
    assert to_traditional(simplified, words, annotator.lexicon) == traditional


def test_a_text_whose_words_are_not_known_yet_is_converted_too(annotator: Annotator) -> None:
    assert to_traditional("头发和发现", (), annotator.lexicon) == "頭髮和發現"
