from __future__ import annotations

import random
import zlib
from unittest.mock import Mock

import pytest

from studytui.errors import StudytuiError
from studytui.text.source.formats import pdf as pdf_format
from studytui.text.source.formats import pdf_layout
from studytui.text.source.formats.pdf import read_pdf
from studytui.text.source.formats.pdf_layout import Fragment, Sheet
from tests.text.formats.samples import pdf

LEFT = [(40.0, 500.0 - 16 * i, f"左边第{i}行讲春天的花开在河边") for i in range(12)]
RIGHT = [(220.0, 500.0 - 16 * i, f"右边第{i}行讲秋天的叶落在山上") for i in range(12)]


def bomb() -> bytes:
    """A page whose instructions unpack to 600 MB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"q " * 500_000) for _ in range(600)) + packer.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    body = b"%PDF-1.4\n"
    places = b""
    for number, written in enumerate(objects, 1):
        places += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj%sendobj\n" % (number, written)
    table = b"xref\n0 5\n0000000000 65535 f \n" + places
    return body + table + b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n%d\n%%%%EOF" % len(body)


def test_columns_one_after_the_other_whatever_the_order_of_the_file() -> None:
    rows = [part for pair in zip(LEFT, RIGHT, strict=True) for part in pair]
    found = read_pdf(pdf([[*rows, (60.0, 530.0, "横在两栏上面的一个很长很长的题目")]]), "x")
    expected = ["横在两栏上面的一个很长很长的题目", *(text for _, _, text in (*LEFT, *RIGHT))]
    assert [line.strip() for line in found.text.split("\n") if line.strip()] == expected
    assert found.blocks is None


def test_headers_and_page_numbers_are_left_out_and_pages_parted() -> None:
    pages = [[(40.0, 500.0 - 18 * i, f"第{page}页上的第{i}句话。") for i in range(5)] for page in "甲乙丙丁"]
    found = read_pdf(pdf(pages, header="城市与书"), "x")
    assert found.text.split("\f") == [
        "\n".join(f"第{page}页上的第{i}句话。" for i in range(5)) for page in "甲乙丙丁"
    ]


def test_an_indent_and_a_gap_are_written_down() -> None:
    page = [
        (64.0, 500.0, "第一段的开头"),
        (40.0, 482.0, "第一段的后面"),
        (40.0, 464.0, "第一段的最后。"),
        (40.0, 420.0, "第二段。"),
    ]
    assert read_pdf(pdf([page]), "x").text.split("\n") == [
        "　　第一段的开头",
        "第一段的后面",
        "第一段的最后。",
        "",
        "第二段。",
    ]


def test_lines_that_begin_anywhere_are_read() -> None:
    page = [(20.0 + 23 * i, 500.0 - 18 * i, f"{name}镇") for i, name in enumerate("甲乙丙丁戊己庚辛壬癸子丑")]
    found = read_pdf(pdf([page]), "map.pdf")
    assert found.text.split() == [text for _, _, text in page]


def test_a_page_of_scattered_words_is_looked_through_for_columns_a_few_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Hundreds of times took half an hour of a small file whose 5,000 pages have one content."""
    rng = random.Random(12)
    places = [(rng.uniform(0, 600), rng.uniform(0, 800)) for _ in range(3000)]
    sheet = Sheet(600, 800, [Fragment(left, bottom, left + 4, bottom + 4, "水") for left, bottom in places])
    fullness = Mock(wraps=pdf_layout._fullness)
    monkeypatch.setattr(pdf_layout, "_fullness", fullness)
    assert pdf_layout.written(sheet).count("水") == 3000
    assert fullness.call_count < 200


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (pdf([LEFT], password="secret"), "password"),
        (pdf([LEFT])[:600], "damaged"),
        (b"%PDF-1.7\nhello", "damaged"),
        (pdf([[]]), "no text layer"),
        (bomb(), "memory"),
    ],
    ids=["locked", "cut", "nothing", "scan", "bomb"],
)
def test_what_cannot_be_read_is_said_in_one_sentence(raw: bytes, says: str) -> None:
    with pytest.raises(StudytuiError, match=says):
        read_pdf(raw, "x.pdf")


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_format, "find_spec", lambda name: None)
    with pytest.raises(StudytuiError, match=r"studytui\[pdf\]"):
        read_pdf(pdf([LEFT]), "x.pdf")
