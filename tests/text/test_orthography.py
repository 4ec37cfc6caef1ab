"""A sentence's pinyin: one way of writing names."""

from __future__ import annotations

import pytest

from studytui.text.annotate import Annotator, open_annotator
from studytui.text.pronunciation.orthography import sentence_pinyin


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return open_annotator()


@pytest.mark.parametrize(
    ("sentence", "written"),
    [
        ("我和同学王小军去兰州。", "Wáng Xiǎojūn"),
        ("老师李明说他明天不来。", "Lǐ Míng"),
        ("校长欧阳文博笑着说话。", "Ōuyáng Wénbó"),
        ("小王和小李都来了。", "Xiǎo Wáng"),
        ("鲁迅是一位作家。", "Lǔ Xùn"),
        ("我们从北京西站出发。", "Běijīng"),
        ("黄河在兰州很宽。", "Huáng Hé"),
        ("我爱北京的秋天。", "Běijīng"),
        ("作家列夫·托尔斯泰写了这本书。", "Lièfū Tuō'ěrsītài"),
        ("张家口很冷。", "Zhāngjiākǒu"),
        ("江城路上没有人。", "Jiāngchéng"),
    ],
)
def test_names_have_capitals_and_a_person_has_two(annotator: Annotator, sentence: str, written: str) -> None:
    assert written in sentence_pinyin(annotator.paragraph(sentence), annotator.lexicon)


def test_what_is_no_name_has_none(annotator: Annotator) -> None:
    found = sentence_pinyin(annotator.paragraph("他王了很多年，西安很远。"), annotator.lexicon)
    assert found.replace("Xī'ān", "").islower()
