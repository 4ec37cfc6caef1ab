from __future__ import annotations

import random
import zlib
from collections.abc import Sequence
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
    assert "".join(found.text.split()) == "".join(expected)
    assert found.text.split("\n") == [expected[0], "".join(expected[1:])]


def test_headers_and_page_numbers_are_left_out_and_pages_parted() -> None:
    pages = [[(40.0, 500.0 - 18 * i, f"第{page}页上的第{i}句话。") for i in range(5)] for page in "甲乙丙丁"]
    found = read_pdf(pdf(pages, header="城市与书"), "x")
    sentences = [f"第{page}页上的第{i}句话。" for page in "甲乙丙丁" for i in range(5)]
    assert "".join(found.text.split()) == "".join(sentences)


def told(*pages: Sequence[tuple[float, float, str]]) -> list[tuple[str, str]]:
    """Kind and text of each paragraph of pages of 12 points; 20 characters fill a line from 40 to 280."""
    found = read_pdf(pdf(pages), "x")
    return [(each.kind, found.text[each.start : each.end]) for each in found.blocks or ()]


FULL = "春天来了河边的花都开了孩子们在草地上跑来"
LINES = [FULL[i:] + FULL[:i] for i in range(8)]
"""Lines of 20 characters, all different: the library takes a line that stands twice for a shadow."""


def below(*lines: str, left: float = 40.0) -> list[tuple[float, float, str]]:
    return [(left, 500.0 - 18 * i, text) for i, text in enumerate(lines)]


def test_a_line_that_does_not_reach_the_edge_ends_its_paragraph() -> None:
    a, b, c, *_ = LINES
    assert told(below(a, b, "跑去", c, "唱着歌", "再见")) == [
        ("paragraph", f"{a}{b}跑去"),
        ("paragraph", f"{c}唱着歌"),
        ("paragraph", "再见"),
    ]


def test_an_indent_a_gap_and_a_mark_begin_a_paragraph() -> None:
    a, b, c, d, e, f, g, h = LINES
    page = [
        (64.0, 500.0, a[:18]),
        (40.0, 482.0, b),
        (64.0, 464.0, c[:18]),
        (40.0, 446.0, d),
        (40.0, 410.0, e),
        (40.0, 392.0, f"• {f[:18]}"),
        (52.0, 374.0, g[:19]),
        (40.0, 356.0, f"• {h[:18]}"),
    ]
    assert told(page) == [
        ("paragraph", a[:18] + b),
        ("paragraph", c[:18] + d),
        ("paragraph", e),
        ("list", f"• {f[:18]}{g[:19]}"),
        ("list", f"• {h[:18]}"),
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
    words = [Fragment(left, bottom, left + 4, bottom + 4, "水", bottom) for left, bottom in places]
    sheet = Sheet(600, 800, words)
    fullness = Mock(wraps=pdf_layout._fullness)
    monkeypatch.setattr(pdf_layout, "_fullness", fullness)
    found = pdf_layout.columns(sheet)
    said = "".join(column.upright + "".join(line.text for line in column.lines) for column in found)
    assert said.count("水") == 3000
    assert fullness.call_count < 200


def test_a_word_of_latin_letters_that_would_not_fit_leaves_a_line_short() -> None:
    a, b, c, d, *_ = LINES
    assert told(below(a, d, b[:15], f"university{c[:5]}", "走了")) == [
        ("paragraph", f"{a}{d}{b[:15]} university{c[:5]}"),
        ("paragraph", "走了"),
    ]


def test_a_paragraph_goes_on_over_the_page() -> None:
    a, b, c, d, *_ = LINES
    assert told(below(a, b, c), below(d, "完了。")) == [("paragraph", a + b + c + d + "完了。")]


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
