"""Words of a paragraph: every field filled from the lexicon."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.text.annotate import Annotator, open_annotator
from studytui.text.document import Document, Paragraph
from studytui.text.sentence import sentence_spans
from studytui.text.token import Token, Word


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return open_annotator()


def word(annotator: Annotator, text: str, target: str) -> Word:
    return next(word for word in annotator.paragraph(text) if word.text == target)


def test_a_word_has_all_that_the_lexicon_knows(annotator: Annotator) -> None:
    found = word(annotator, "我们要掌握核心技术。", "核心")
    assert found.headword == "核心"
    assert found.token == Token(5, 7, "核心", "word")
    assert found.syllables == ("he2", "xin1")
    assert found.gloss == ("core", "nucleus")
    assert found.hsk == 6
    assert found.frequency is not None
    assert 4 < found.frequency < 6
    assert found.entries[0].traditional == "核心"


def test_the_entry_of_the_reading_in_the_sentence_comes_first(annotator: Annotator) -> None:
    grow = word(annotator, "孩子长得很快。", "长")
    long = word(annotator, "这条河很长。", "长")
    assert grow.syllables == ("zhang3",)
    assert long.syllables == ("chang2",)
    assert grow.entries[0].syllables == grow.syllables
    assert long.entries[0].syllables == long.syllables
    assert set(grow.entries) == set(long.entries)
    assert "long" in long.gloss
    assert grow.gloss != long.gloss


def test_traditional_text_is_remembered_simplified(annotator: Annotator) -> None:
    found = word(annotator, "她的頭髮很漂亮。", "頭髮")
    assert (found.headword, found.text) == ("头发", "頭髮")
    assert found.entries[0].traditional == "頭髮"
    queen = word(annotator, "以後再說吧，皇后走了", "皇后")
    assert queen.headword == "皇后"


def test_a_reduplication_is_glossed_as_what_is_doubled(annotator: Annotator) -> None:
    assert (
        word(annotator, "他们亲亲密密地坐着。", "亲亲密密").gloss
        == annotator.lexicon.entries("亲密")[0].glosses
    )
    assert word(annotator, "我们聊聊天吧。", "聊聊天").gloss == annotator.lexicon.entries("聊天")[0].glosses


def test_a_word_without_an_entry_is_glossed_from_its_parts(annotator: Annotator) -> None:
    text = "重视食堂安全"
    merged = (Token(0, 2, "重视", "word"), Token(2, 6, "食堂安全", "word"))
    (_, found) = annotator.words(text, merged)
    assert found.entries == ()
    assert found.gloss == ("食堂 dining hall", "安全 safe")
    assert found.syllables == ("shi2", "tang2", "an1", "quan2")
    assert found.hsk is None


def test_a_reference_is_followed(annotator: Annotator) -> None:
    entries = annotator.lexicon.entries("人材")
    assert entries[0].glosses == ("variant of 人才 (réncái)",)
    assert annotator.gloss("人材", entries) == (
        *annotator.lexicon.entries("人才")[0].glosses,
        *entries[0].glosses,
    )


def test_a_person_is_called_a_name(annotator: Annotator) -> None:
    found = word(annotator, "记者王小明报道", "王小明")
    assert found.token.kind == "name"
    assert found.gloss == ("a name",)
    assert found.syllables == ("Wang2", "xiao3", "ming2")


def test_punctuation_numbers_and_latin(annotator: Annotator) -> None:
    words = {found.text: found for found in annotator.paragraph("用 AI 写了7亿字。")}
    for text in (" ", "。"):
        assert (words[text].syllables, words[text].gloss, words[text].hsk) == ((), (), None)
    assert words["AI"].gloss == ()
    assert words["7亿"].syllables == ("qi1", "yi4")


def test_a_document_is_annotated_paragraph_by_paragraph(annotator: Annotator) -> None:
    texts = ("今天天气很好。", "我们去公园散步！")
    paragraphs = tuple(Paragraph("paragraph", text, range(len(text))) for text in texts)
    document = Document("-", "天气", "utf-8", paragraphs)
    whole = annotator.document(document)
    assert whole.document is document
    assert ["".join(found.text for found in words) for words in whole.words] == list(texts)
    assert list(annotator.documents(document)) == list(whole.words)


@given(st.text(alphabet="今天天氣很好。！？“”他说了7 a\n[red]", max_size=50))
def test_words_are_the_paragraph(annotator: Annotator, text: str) -> None:
    assert "".join(found.text for found in annotator.paragraph(text)) == text


def test_threads_may_share_it(annotator: Annotator) -> None:
    texts = [f"第{n}天，他得去银行还钱，长得很高的校长也来了。" for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(annotator.paragraph, texts))
    assert together == [open_annotator().paragraph(texts[0]), *map(annotator.paragraph, texts[1:])]


def test_the_cache_folder_is_used(tmp_path: Path) -> None:
    open_annotator(tmp_path / "cache").paragraph("你好")
    assert len(list((tmp_path / "cache").iterdir())) == 1


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("今天很好。明天呢？", ["今天很好。", "明天呢？"]),
        ("他说：“好！”然后走了。", ["他说：“好！”", "然后走了。"]),
        ("“好！”他说，“走吧。”我们走了。", ["“好！”他说，“走吧。”", "我们走了。"]),
        ("真的吗？！太好了……他笑了。", ["真的吗？！", "太好了……", "他笑了。"]),
        ("增长3.5%。好.坏", ["增长3.5%。", "好.", "坏"]),
        ("（见下。）第二句", ["（见下。）", "第二句"]),
        ("床前明月光\n疑是地上霜", ["床前明月光\n", "疑是地上霜"]),
        ("没有句号", ["没有句号"]),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


@given(st.text(alphabet="他说好。！？…”’」）“，.3 \n\u3000a", max_size=40))
def test_sentences_cover_the_text(text: str) -> None:
    spans = sentence_spans(text)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)
