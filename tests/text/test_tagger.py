"""What part of speech a word is, its sentence tells."""

from __future__ import annotations

import pytest

from studytui.text.annotate import Annotator, open_annotator
from studytui.text.words import tagger


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return open_annotator()


def tag_of(annotator: Annotator, text: str, word: str) -> str:
    tokens = annotator.segmenter.tokens(text)
    headwords = [token.text for token in tokens]
    return tagger.tags(tokens, headwords, annotator.lexicon)[headwords.index(word)]


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("他是我们公司的代表。", "代表", "n"),
        ("他想研究历史。", "研究", "v"),
        ("科学的发展很快。", "发展", "n"),
        ("他们的研究很重要。", "研究", "n"),
        ("这件事不影响别人。", "影响", "v"),
        ("他有很多工作。", "工作", "n"),
        ("他在银行工作。", "工作", "v"),
        ("这个问题很困难。", "困难", "a"),
        ("我们遇到了困难。", "困难", "n"),
        ("他高兴地说。", "说", "v"),
        ("五本杂志", "五", "m"),
        ("我认识王小明。", "王小明", "n"),
        ("走吧。", "。", "x"),
    ],
)
def test_the_sentence_tells_what_a_word_is(annotator: Annotator, text: str, word: str, tag: str) -> None:
    assert tag_of(annotator, text, word) == tag


def test_a_word_is_nothing_that_the_dictionary_rules_out(annotator: Annotator) -> None:
    text = "北京的冬天常常很冷，我们昨天在公园里慢慢地走了很久，大家都觉得非常高兴。"
    tokens = annotator.segmenter.tokens(text)
    headwords = [token.text for token in tokens]
    tags = tagger.tags(tokens, headwords, annotator.lexicon)
    allowed = tagger.allowed_classes(tokens, headwords, annotator.lexicon)
    assert len(tags) == len(tokens)
    assert all(tag in letters for tag, letters in zip(tags, allowed, strict=True))


def test_no_token_has_no_tag(annotator: Annotator) -> None:
    assert tagger.tags((), (), annotator.lexicon) == []
