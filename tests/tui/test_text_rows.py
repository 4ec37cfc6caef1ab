"""Paragraphs as rows of cells."""

from __future__ import annotations

import pytest

from studytui.text.document import Source
from studytui.text.reflow.reflow import read_document
from studytui.tui.widgets.text.text_rows import Row, TextRows

STANZAS = "谁在窗外轻轻唱\n那首没有名字的歌\n风把落叶吹过街角\n\n走过多少夜的长街\n看过灯的明灭\n我们也长大\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_of_verse_stand_together_and_stanzas_apart(end: str) -> None:
    document = read_document(Source("x", "x", STANZAS.replace("\n", end), "utf-8"))
    assert {paragraph.kind for paragraph in document.paragraphs} == {"verse"}
    rows = TextRows(document.paragraphs)
    row: Row | None = rows.head(0, 0)
    shown = []
    while row is not None:
        shown.append("" if row.line < 0 else document.paragraphs[row.paragraph].text)
        row = rows.next_row(row)
    assert "\n".join(shown) == STANZAS.strip()


def test_an_empty_line_stands_between_lines_where_that_is_wanted() -> None:
    document = read_document(Source("x", "x", "他说他从来没有见过这样的人。\n\n她笑了。\n", "utf-8"))
    rows = TextRows(document.paragraphs)
    rows.width, rows.spaced = 12, True
    shown = rows.rows_from(rows.head(0, 0), 9)
    assert [row and (row.line >= 0 and row.base) for row in shown] == [
        *(True, False, True, False, True, False, True),
        *(None, None),
    ]
    back = [shown[6]]
    while back[-1] is not None:
        back.append(rows.previous_row(back[-1]))
    assert back[:-1] == shown[6::-1]
