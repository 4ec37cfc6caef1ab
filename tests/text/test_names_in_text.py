"""Names that a text teaches by itself, on stories made here."""

from __future__ import annotations

from itertools import cycle, islice

import pytest

from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.words.segment import Segmenter

BEFORE = (
    *("这时，", "可是", "后来，", "看见", "等着", "“", "那天", "因为", "我说", "门口的", "告诉", "问"),
    *("拉着", "听了", "只有", "跟着", "昨天", "原来"),
)
AFTER = (
    *("坐在门口", "说不去", "笑了笑", "想起一件事", "听见雨声", "站了起来", "道：“好。”", "的书", "忙着做饭"),
    *("，你来", "也不懂", "走远了", "把门关上", "问他母亲", "没有回家", "看着天", "便不再提", "拿了一把伞"),
)


def story(*names: str, sentences: int = 60) -> list[str]:
    """Sentences in which each of the names stands free on both sides."""
    ends = cycle(AFTER)
    return [
        f"{before}{name}{end}。"
        for name in names
        for before, end in zip(islice(cycle(BEFORE), sentences), ends, strict=False)
    ]


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(Lexicon.open())


@pytest.fixture(scope="module")
def rest() -> list[str]:
    """The rest of a text, in which the names are not: every word of the lists once."""
    lexicon = Lexicon.open()
    return [f"{word}。" for hsk in range(1, 7) for word in lexicon.headwords(2, hsk)]


@pytest.mark.parametrize(
    "name", ["宋钢", "贾琏", "汪淼", "贺铁鹰", "黑娃", "瑞宣", "裘千仞", "秦不三", "吴平之"]
)
def test_who_stands_in_a_text_often_is_one_word_there(
    segmenter: Segmenter, rest: list[str], name: str
) -> None:
    paragraphs = story(name)
    names = segmenter.names([*paragraphs, *rest])
    assert set(names) == {name}
    for paragraph in paragraphs:
        kinds = {token.text: token.kind for token in segmenter.tokens(paragraph, names)}
        assert kinds.get(name) == "name", paragraph


def test_a_name_does_not_swallow_what_its_bearer_does(segmenter: Segmenter, rest: list[str]) -> None:
    sitting = [
        f"{before}宋钢坐{end}。" for before, end in zip(BEFORE, cycle(("着", "下", "了")), strict=False)
    ]
    paragraphs = story("宋钢") + sitting
    names = segmenter.names([*paragraphs, *rest])
    assert set(names) == {"宋钢"}
    assert [token.text for token in segmenter.tokens("宋钢坐在门口", names)][:2] == ["宋钢", "坐"]


def test_what_follows_a_surname_often_is_a_name_too(segmenter: Segmenter, rest: list[str]) -> None:
    names = segmenter.names(rest + story("鹿兆鹏", "兆鹏"))
    assert {"鹿兆鹏", "兆鹏"} <= set(names)


def test_things_titles_and_words_are_no_names(segmenter: Segmenter, rest: list[str]) -> None:
    assert not segmenter.names(rest + story("曹先生", "小姑娘", "桌子", "牛车的", "高兴"))


def test_a_short_text_teaches_none(segmenter: Segmenter, rest: list[str]) -> None:
    assert not segmenter.names(rest + story("宋钢", sentences=5))


def test_a_traditional_text_teaches_names_as_well(segmenter: Segmenter, rest: list[str]) -> None:
    paragraphs = [line.replace("这", "這").replace("来", "來").replace("说", "說") for line in story("賈璉")]
    names = segmenter.names([*paragraphs, *rest])
    assert set(names) == {"贾琏"}
    tokens = segmenter.tokens(paragraphs[0], names)
    assert "賈璉" in {token.text for token in tokens}
