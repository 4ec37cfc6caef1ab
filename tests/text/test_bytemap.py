"""Every character's bytes in the original file, in every encoding, damage or not."""

from __future__ import annotations

import random

import pytest

from studytui.text.reflow.reflow import read_document
from studytui.text.source.byte_map import byte_offsets, byte_spans
from studytui.text.source.encoding import decode
from studytui.text.source.source import load

SIMPLIFIED = "老邮递员说：“线通了，还得有人敲门。”大家都笑了，有40多个人。\r\n他又说了一遍。\n"
TRADITIONAL = "老郵差說：「線通了，還得有人敲門。」大家都笑了，有40多個人。\r\n他又說了一遍。\n"
CODECS = [
    ("utf-8", SIMPLIFIED),
    ("utf-8-sig", SIMPLIFIED + "𠮷"),
    ("utf-16", SIMPLIFIED),
    ("utf-16-le", SIMPLIFIED),
    ("utf-16-be", SIMPLIFIED),
    ("gb18030", SIMPLIFIED + "𠮷㐂"),
    ("gbk", SIMPLIFIED),
    ("big5", TRADITIONAL),
    ("cp950", TRADITIONAL),
    ("big5hkscs", TRADITIONAL + "佢哋嘅嘢喺度"),
]


@pytest.mark.parametrize(("codec", "written"), CODECS)
def test_each_character_is_found_in_the_file(codec: str, written: str) -> None:
    raw = written.encode(codec)
    text, found = decode(raw)
    offsets = byte_offsets(raw, text, found)
    assert len(offsets) == len(text) + 1
    plain = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(found, found)
    for index, character in enumerate(text):
        assert raw[offsets[index] : offsets[index + 1]].decode(plain) == character
    assert offsets[-1] == len(raw)


@pytest.mark.parametrize(("codec", "written"), [each for each in CODECS if not each[0].startswith("utf-16")])
def test_damage_shifts_nothing_behind_it(codec: str, written: str) -> None:
    rng = random.Random(3)
    first_line = len(written[: written.index("\r")].encode(codec))
    for _ in range(40):
        raw = written.encode(codec)
        at = rng.randrange(6, first_line - 1)
        raw = raw[:at] + b"\xff" + raw[at + rng.randrange(2) :]
        text, found = decode(raw)
        offsets = byte_offsets(raw, text, found)
        assert list(offsets) == sorted(offsets)
        plain = {"utf-8-sig": "utf-8"}.get(found, found)
        last = text.rindex("他又")
        assert raw[offsets[last] :].decode(plain) == text[last:]


@pytest.mark.parametrize("name", ["two-teas", "newspaper"])
def test_the_bytes_of_a_paragraph_are_its_text(name: str) -> None:
    source = load(name)
    document = read_document(source)
    spans = byte_spans(source, document.paragraphs)
    assert spans is not None
    assert source.raw is not None
    for paragraph, of_paragraph in zip(document.paragraphs, spans, strict=True):
        kept = b"".join(source.raw[start:end] for start, end in of_paragraph).decode(source.encoding)
        assert kept == paragraph.text
