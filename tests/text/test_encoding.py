"""The encoding of a text is found, however short or damaged it is."""

from __future__ import annotations

import random
import re
from difflib import SequenceMatcher

import pytest

from studytui.errors import StudytuiError
from studytui.text.reflow.reflow import read_document
from studytui.text.source.encoding import decode
from studytui.text.source.source import load

SIMPLIFIED = "这条河从山里流出来，经过我们的村子，再往东去。"
TRADITIONAL = "這條河從山裡流出來，經過我們的村子，再往東去。"

CODECS = {
    "utf-8": ("utf-8", SIMPLIFIED),
    "utf-8-sig": ("utf-8-sig", SIMPLIFIED),
    "utf-16": ("utf-16", SIMPLIFIED),
    "utf-16-le": ("utf-16-le", SIMPLIFIED),
    "utf-16-be": ("utf-16-be", TRADITIONAL),
    "gb2312": ("gb18030", SIMPLIFIED),
    "gbk": ("gb18030", TRADITIONAL),
    "gb18030": ("gb18030", SIMPLIFIED + "𠮷"),
    "big5": ("cp950", TRADITIONAL),
    "cp950": ("cp950", TRADITIONAL + "碁銹"),
    "big5hkscs": ("big5hkscs", TRADITIONAL + "佢哋嘅嘢喺度"),
}


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("times", [1, 40, 2600])
def test_every_encoding_at_every_length(codec: str, times: int) -> None:
    name, sentence = CODECS[codec]
    text = "\n".join([sentence] * times)
    assert decode(text.encode(codec)) == (text, name)


@pytest.mark.parametrize("codec", CODECS)
def test_one_bad_byte_at_the_end_of_a_line(codec: str) -> None:
    name, sentence = CODECS[codec]
    bad = "\udcff".encode("utf-16-le", "surrogatepass") if codec.startswith("utf-16") else b"\xff"
    raw = (sentence + "\n").encode(codec) + bad
    raw += sentence.encode(codec.removesuffix("-sig") if codec != "utf-16" else "utf-16-le")
    text, found = decode(raw)
    assert found == name
    assert text.startswith(sentence + "\n")
    assert text.endswith(sentence)


def test_the_mark_is_no_character_of_the_text() -> None:
    assert decode("\ufeff河".encode()) == ("河", "utf-8-sig")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\f", "\x1b[0m"])
def test_every_other_character_is_kept(ending: str) -> None:
    text = ending.join([SIMPLIFIED] * 3)
    for codec in ("utf-8", "gb18030", "utf-16-le"):
        assert decode(text.encode(codec))[0] == text


def test_plain_ascii_is_utf_8() -> None:
    assert decode(b"no Chinese\n") == ("no Chinese\n", "utf-8")


@pytest.mark.parametrize(
    "raw",
    [bytes(range(128, 256)) * 4, b"\xff\xd8\xff\xe0" * 50, "Größenwahn äöü ß é à".encode("latin-1")],
    ids=["noise", "image", "German"],
)
def test_what_is_not_chinese_in_any_encoding_is_refused(raw: bytes) -> None:
    with pytest.raises(StudytuiError, match="UTF-8"):
        decode(raw)


FAMILY = {
    "utf-8": "utf-8",
    "gb2312": "gb",
    "gbk": "gb",
    "gb18030": "gb",
    "cp950": "big5",
    "big5hkscs": "big5",
}
"""Two encodings of a family read a damaged sentence alike."""


def sentences(script: str) -> list[str]:
    """Short sentences of the bundled texts, in simplified or traditional characters."""
    import opencc

    convert = opencc.OpenCC("s2t").convert
    found: list[str] = []
    for name in ("two-teas", "broken-chair", "margins", "newspaper"):
        text = "".join(paragraph.text for paragraph in read_document(load(name)).paragraphs)
        found += [match for match in re.findall("[^。！？]+[。！？]”?", text) if 6 <= len(match) <= 60]
    return [convert(each) if script == "traditional" else each for each in found]


@pytest.mark.parametrize(
    ("codec", "script"),
    [
        ("utf-8", "simplified"),
        ("gb18030", "simplified"),
        ("gb2312", "simplified"),
        ("gbk", "traditional"),
        ("cp950", "traditional"),
        ("big5hkscs", "traditional"),
    ],
)
def test_single_sentences_with_a_stray_byte(codec: str, script: str) -> None:
    """The encoding is right for all of them, and all but a few characters of 99 in 100."""
    rng = random.Random(codec)
    tried = wrong = 0
    for sentence in sentences(script):
        try:
            raw = sentence.encode(codec)
        except UnicodeEncodeError:
            continue
        assert decode(raw)[0] == sentence
        at = rng.randrange(4, len(raw))
        stray = bytes([rng.choice([0x80, 0xFF, 0xC1, 0x9D])])
        text, found = decode(raw[:at] + stray + raw[at + rng.randrange(2) :])
        assert FAMILY[found] == FAMILY[codec]
        lost = len(sentence) - sum(
            block.size
            for block in SequenceMatcher(None, text, sentence, autojunk=False).get_matching_blocks()
        )
        tried += 1
        wrong += lost > 3
    assert tried > 100
    assert wrong <= tried // 100


def test_a_line_of_another_encoding_among_few() -> None:
    raw = "第一行是好的。\n".encode() + "第二行是另外一种。\n".encode("gbk") + "第三行又是好的。".encode()
    assert decode(raw)[0] == "第一行是好的。\n第二行是另外一种。\n第三行又是好的。"
