"""The bundled texts: complete, at the level they claim, and damaged as real pages are."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from studytui.text.annotate import open_annotator
from studytui.text.characters import is_han
from studytui.text.reflow.reflow import read_document
from studytui.text.source.source import Deck, bundled, load
from tests.text.deck_levels import above

CLEAN = Path(__file__).parent / "data"
DECKS = {deck.name: deck for deck in bundled()}
WRAPPED = ("two-teas", "broken-chair", "margins", "newspaper")
"""The texts that were set in lines, as real pages are; the others have a paragraph a line."""
ENDINGS = "。！？”：；"
LENGTHS = {1: (150, 550), 2: (200, 750), 3: (300, 800), 4: (400, 1000), 5: (500, 1200), 6: (600, 1500)}
"""Level -> the fewest and the most characters that a text of it has."""

wrapped = pytest.mark.parametrize("deck", [DECKS[name] for name in WRAPPED], ids=WRAPPED)


def clean(name: str) -> list[str]:
    """The paragraphs as they were written, before they were set in columns."""
    return (CLEAN / f"{name}.paragraphs.txt").read_text("utf-8").splitlines()


def characters(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


def test_the_easiest_come_first_and_one_is_the_default() -> None:
    levels = [deck.level for deck in bundled()]
    assert levels == sorted(levels)
    assert [deck.name for deck in bundled() if deck.default] == ["newspaper"]


def test_every_deck_can_be_typed_and_introduces_itself() -> None:
    for deck in bundled():
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", deck.name)
        assert all(is_han(character) for character in deck.title), deck
        assert deck.english
        assert deck.summary.endswith((".", "?", "!")), deck
        assert len(deck.summary) <= 100, deck
        assert deck.topics, deck
        assert all(re.fullmatch("[a-z -]+", topic) for topic in deck.topics), deck


def test_no_two_decks_can_be_taken_for_one_another() -> None:
    for told in ("name", "title", "english", "summary"):
        assert len({getattr(deck, told).casefold() for deck in bundled()}) == len(bundled()), told


def test_every_text_in_the_folder_is_in_the_table() -> None:
    folder = DECKS["newspaper"].path.parents[1]
    assert {deck.path for deck in bundled()} == set(folder.rglob("*.txt"))
    assert (folder / "LICENSE.md").is_file()


def test_every_deck_is_clean_text_of_its_length() -> None:
    for deck in bundled():
        text = deck.path.read_bytes().decode("utf-8")
        assert unicodedata.is_normalized("NFC", text), deck
        # Letters, digits, punctuation and spaces; no controls, joiners or private characters.
        assert {unicodedata.category(c)[0] for c in text if c != "\n"} <= set("LNPZ"), deck
        assert load(deck.name).text == text
        least, most = LENGTHS.get(deck.level, (700, 2500))
        assert least <= len(characters(text)) <= most, (deck.name, len(characters(text)))


def test_every_paragraph_is_as_written_with_full_width_marks_and_paired_quotes() -> None:
    for deck in bundled():
        paragraphs = [paragraph.text for paragraph in read_document(load(deck.name)).paragraphs]
        wanted = (
            clean(deck.name)
            if deck.name in WRAPPED
            else [line.strip() for line in deck.path.read_text("utf-8").splitlines() if line.strip()]
        )
        assert paragraphs == wanted, deck
        for paragraph in paragraphs:
            assert not set(paragraph) & set(",;:!?()\"'"), paragraph
            depth = 0
            for character in paragraph:
                depth += (character == "“") - (character == "”")
                assert depth in (0, 1), paragraph
            assert depth == 0, paragraph


def test_what_is_said_to_have_so_many_characters_has_them() -> None:
    digits = "零一二三四五六七八九"
    found = []
    for deck in bundled():
        text = characters(deck.path.read_text("utf-8"))
        told = re.findall("([二三四五六七八九十]+)个字(?:。我念道)?：(?:“([^”]+)”|([^。？！]+))", text)
        for number, quoted, plain in told:
            tens, ten, units = number.rpartition("十")
            count = (digits.index(tens or "一") * 10 if ten else 0) + digits.index(units or "零")
            what = quoted or plain
            assert sum(map(is_han, what)) == count, (deck.name, number, what)
            found.append(deck.name)
    assert {"the-extra-toe", "obituary", "call-at-eleven-8", "call-at-eleven-9"} <= set(found)


def test_words_are_of_the_level_claimed() -> None:
    annotator = open_annotator()
    for deck in bundled():
        found = above(deck, annotator)
        assert found.share_within >= 0.95, (deck.name, found)


def test_the_beginners_text_has_short_sentences() -> None:
    clauses = [clause for paragraph in clean("two-teas") for clause in re.split("[，。！？：“”]", paragraph)]
    assert max(map(len, clauses)) <= 14


def test_the_newspaper_has_the_words_of_its_kind() -> None:
    page = "".join(clean("newspaper"))
    words = """
        网络强国建设 核心技术 前沿技术 关键信息基础设施 顶层设计 军民融合 揭榜挂帅 座谈会 获得感 新常态 正能量
        短板 相辅相成 排忧解难 求全责备 论资排辈 不拘一格 无源之水 无本之木 风清气正
    """
    assert [word for word in words.split() if word not in page] == []


def test_the_newspaper_is_set_in_columns() -> None:
    page = load("newspaper").text
    lines = page.split("\n")
    assert page.startswith(" ")
    assert " 70\n公里" in page
    assert "有 40多位" in page
    full = [len(line) for line in lines if len(line) >= 17]
    assert min(full) < 20 <= 24 < max(full)
    # Column breaks: a blank line inside a sentence, and inside a word.
    inside = [
        (before, after)
        for before, blank, after in zip(lines, lines[1:], lines[2:], strict=False)
        if before and not blank and after and before[-1] not in ENDINGS and "，" in before + after
    ]
    assert len(inside) >= 8
    for broken in ("急\n\n诊科", "信\n\n号", "基\n\n础设施", "按\n\n钮", "揭\n\n榜挂帅", "新常\n\n态"):
        assert broken in page, broken
    # Line breaks inside words.
    for broken in ("邮\n递员", "作\n文", "五\n辆", "更\n正", "技\n术"):
        assert broken in page, broken
    # Headlines, lines in a row, with the report going on below them.
    assert "\n\n让网络多走一百米\n柳湾市民坐到一起谈网络怎样为人服务\n\n" in page


@wrapped
def test_the_clean_paragraphs_are_the_deck(deck: Deck) -> None:
    assert characters("".join(clean(deck.name))) == characters(deck.path.read_text("utf-8"))


def test_headlines_are_headings_and_nothing_else_is() -> None:
    headings = {
        name: [
            paragraph.text
            for paragraph in read_document(load(name)).paragraphs
            if paragraph.kind == "heading"
        ]
        for name in WRAPPED
    }
    assert headings == {
        "two-teas": [],
        "broken-chair": ["坏椅子"],
        "margins": [],
        "newspaper": clean("newspaper")[4:9],
    }
