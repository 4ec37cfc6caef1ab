"""The study sheet, read as Markdown."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from studytui.anki.out import markup
from studytui.anki.out.export import export
from studytui.study.notes.note import Note
from tests.anki.deck import CORE, GROW, NOTES, example
from tests.anki.test_hostile import HOSTILE, hostile_note


def rendered(path: Path) -> str:
    return str(MarkdownIt("commonmark").enable("table").render(path.read_text("utf-8")))


def cells(page: str) -> list[list[str]]:
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    return [
        [html.unescape(re.sub("<[^>]*>", "", cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.S)
    ]


def test_a_sheet(tmp_path: Path) -> None:
    target = tmp_path / "a.md"
    done = export(NOTES, target, deck_title="一座城市")
    assert (done.notes, done.cards) == (4, 11)
    page = rendered(target)
    assert "<h1>一座城市</h1>" in page
    assert cells(page) == [
        ["1", "核心", "hé xīn", "core; nucleus; heart (of the matter)", "HSK 4"],
        ["2", "发展 (發展)", "fā zhǎn", "to develop", "HSK 2"],
        ["3", "实事求是 (實事求是)", "shí shì qiú shì", "to seek truth from facts", "HSK 7-9"],
        ["4", "花儿 (花兒)", "huā r", "flower", "HSK 1"],
    ]
    gaps = page.split("<h2>Fill the gaps</h2>")[1].split("<h2>Answers</h2>")
    assert "城市的＿＿＿＿是人，不是高楼。" in gaps[0]
    # The gaps do not tell the answers.
    assert not [note for note in NOTES if note.headword in gaps[0]]
    assert re.findall(r"<li>.*?<strong>(.*?)</strong>", gaps[1], re.S) == [
        "核心",
        "发展 (發展)",
        "实事求是 (實事求是)",
    ]
    assert "CC BY-SA 4.0" in gaps[1]


def test_traditional_first(tmp_path: Path) -> None:
    export([GROW], tmp_path / "a.md", deck_title="t", script="traditional")
    assert cells(rendered(tmp_path / "a.md"))[0][1] == "發展 (发展)"


def test_no_sentences_no_gaps(tmp_path: Path) -> None:
    export([replace(CORE, example=None)], tmp_path / "a.md", deck_title="t")
    assert "gaps" not in (tmp_path / "a.md").read_text("utf-8")


def test_many_glosses_are_cut(tmp_path: Path) -> None:
    export([replace(CORE, glosses=tuple("abcdef"))], tmp_path / "a.md", deck_title="t")
    assert cells(rendered(tmp_path / "a.md"))[0][3] == "a; b; c; d; …"


@pytest.mark.parametrize(
    "text", [*HOSTILE, "*a* _b_ `c` [d](http://e) <f> | g", "# h", "1. i", "- j", "~~k~~", "![l](m)"]
)
def test_hostile_text_is_only_text(tmp_path: Path, text: str) -> None:
    note = hostile_note(text)
    plain = Note(
        "字", ("zi4",), "字", (text,), kind="word", example=example(f"{text}字{text}", "字", title=text)
    )
    export([note, plain], tmp_path / "a.md", deck_title=text)
    page = rendered(tmp_path / "a.md")
    tags = set(re.findall(r"</?([a-z0-9]+)", page))
    expected = {"h1", "h2", "p", "table", "thead", "tbody", "tr", "th", "td", "ol", "li", "strong", "hr"}
    assert tags <= expected
    table = cells(page)
    assert [len(row) for row in table] == [5, 5]
    assert "".join(markup.clean(text).split()) in "".join(table[1][3].split())
