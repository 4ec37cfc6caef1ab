"""The encoding of a text is found, however short or damaged it is."""

from __future__ import annotations

import pytest

from studytui.errors import StudytuiError
from studytui.text.encoding import decode

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
