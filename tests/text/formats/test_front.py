from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studytui.errors import StudytuiError
from studytui.text.reflow.reflow import read_document
from studytui.text.source.formats.recognise import extract, recognised
from studytui.text.source.source import load
from tests.text.formats.samples import PAGE, SRT, epub, pdf, xhtml

BOOK = epub({"a.xhtml": xhtml("<h1>第一章</h1><p>河水流过村子，流了很多年。</p>")})
MARKDOWN = "# 题目\n\n- 一\n- *二*\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n\n> 话\n"


@pytest.mark.parametrize(
    ("raw", "name", "expected"),
    [
        (PAGE.encode(), "x.txt", "html"),
        (PAGE.encode("utf-16"), "-", "html"),
        (b"<?xml version='1.0'?><!-- a --><html>", "-", "html"),
        (BOOK, "x.zip", "epub"),
        (pdf([[]]), "-", "pdf"),
        (SRT.encode(), "x.txt", "subtitles"),
        (SRT.encode("utf-8-sig"), "-", "subtitles"),
        (b"WEBVTT\n", "-", "subtitles"),
        (b"[Script Info]\n", "-", "subtitles"),
        (MARKDOWN.encode(), "x.MD", "markdown"),
        (MARKDOWN.encode(), "x.txt", None),
        ("他说 <html> 是什么？".encode(), "x.txt", None),
        (b"PK\x03\x04 word/document.xml", "x.epub", None),
        (b"\x89PNG\r\n\0\0", "x.md", None),
    ],
    ids=range(14),
)
def test_by_content_first_then_by_ending(raw: bytes, name: str, expected: str | None) -> None:
    assert recognised(raw, name) == expected


@pytest.mark.parametrize(
    ("name", "raw", "first"),
    [
        ("a.html", PAGE.encode(), "河边的书店"),
        ("a.epub", BOOK, "第一章"),
        ("a.srt", SRT.encode(), "你今天怎么 这么早就来了？"),
        ("a.md", MARKDOWN.encode(), "题目"),
        ("a.pdf", pdf([[(40, 400, "河水流过村子，流了很多年。")]]), "河水流过村子，流了很多年。"),
    ],
    ids=["html", "epub", "subtitles", "markdown", "pdf"],
)
def test_a_file_becomes_a_document_traceable_to_its_text(
    tmp_path: Path, name: str, raw: bytes, first: str
) -> None:
    (tmp_path / name).write_bytes(raw)
    source = load(str(tmp_path / name))
    document = read_document(source)
    assert document.paragraphs[0].text == first
    for paragraph in document.paragraphs:
        for character, place in zip(paragraph.text, paragraph.origin, strict=True):
            assert source.text[place] in (character, "\n")


@pytest.mark.parametrize(
    ("raw", "name"),
    [(PAGE.encode(), "a.html"), (BOOK, "a.epub"), (SRT.encode(), "a.srt"), (MARKDOWN.encode(), "a.md")],
    ids=["html", "epub", "subtitles", "markdown"],
)
@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_raises_nothing_but_our_own_error(raw: bytes, name: str, data: st.DataObject) -> None:
    damaged = bytearray(raw)
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(damaged)))
        damaged[place : place + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=12))
    found = None
    with suppress(StudytuiError):
        found = extract(bytes(damaged), name, name)
    if found is not None and found.blocks is not None:
        assert all(0 <= b.start < b.end <= len(found.text) for b in found.blocks)
        assert all(a.end <= b.start for a, b in zip(found.blocks, found.blocks[1:], strict=False))


@given(data=st.data())
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_pdf_raises_nothing_but_our_own_error(data: st.DataObject) -> None:
    damaged = bytearray(pdf([[(40, 400, "河水流过村子。")]]))
    place = data.draw(st.integers(8, len(damaged)))
    damaged[place : place + data.draw(st.integers(1, 60))] = data.draw(st.binary(max_size=30))
    with suppress(StudytuiError):
        assert extract(bytes(damaged), "a.pdf", "a.pdf") is not None
