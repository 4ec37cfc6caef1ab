"""The bundled texts: complete, at the level they claim, and damaged as real pages are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from studytui.text.characters import is_han
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.reflow.reflow import read_document
from studytui.text.source.source import Deck, bundled, load
from studytui.text.words.segment import Segmenter

CLEAN = Path(__file__).parent / "data"
DECKS = {deck.name: deck for deck in bundled()}
GRADED = {"two-teas": (2, 0.95), "broken-chair": (4, 0.92), "margins": (6, 0.90)}
"""Name -> the highest level a word should have, and the share of running words that do."""
UNGRADED = 9
ENDINGS = "。！？”：；"

every_deck = pytest.mark.parametrize("deck", DECKS.values(), ids=DECKS)


def clean(name: str) -> list[str]:
    """The paragraphs as they were written, before they were set in columns."""
    return (CLEAN / f"{name}.paragraphs.txt").read_text("utf-8").splitlines()


def characters(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


@pytest.fixture(scope="module")
def lexicon() -> Iterator[Lexicon]:
    opened = Lexicon.open()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def segmenter(lexicon: Lexicon) -> Segmenter:
    return Segmenter(lexicon)


def test_one_deck_for_each_level_and_one_default() -> None:
    assert [deck.level for deck in bundled()] == ["HSK 1-2", "HSK 3-4", "HSK 5-6", "HSK 7-9"]
    assert [deck.name for deck in bundled() if deck.default] == ["newspaper"]


@every_deck
def test_a_deck_can_be_typed_and_introduces_itself(deck: Deck) -> None:
    assert deck.name.isascii()
    assert deck.name == deck.name.lower().strip()
    assert " " not in deck.name
    assert all(is_han(character) for character in deck.title)
    assert deck.english
    assert deck.summary.endswith((".", "?"))


def test_every_text_in_the_folder_is_in_the_table() -> None:
    folder = DECKS["newspaper"].path.parent
    assert {deck.path for deck in bundled()} == set(folder.glob("*.txt"))
    assert (folder / "LICENSE.md").is_file()


@every_deck
def test_a_deck_is_composed_utf8_with_nothing_hidden(deck: Deck) -> None:
    text = deck.path.read_bytes().decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    # Letters, digits, punctuation and spaces; no controls, joiners or private characters.
    assert {unicodedata.category(c)[0] for c in text if c != "\n"} <= set("LNPZ")
    assert load(deck.name).text == text


@every_deck
def test_punctuation_is_full_width_and_quotes_pair(deck: Deck) -> None:
    for paragraph in clean(deck.name):
        assert not set(paragraph) & set(",;:!?()\"'")
        depth = 0
        for character in paragraph:
            depth += (character == "“") - (character == "”")
            assert depth in (0, 1), paragraph
        assert depth == 0, paragraph


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("two-teas", 500, 900), ("broken-chair", 500, 900), ("margins", 500, 900), ("newspaper", 1800, 2500)],
)
def test_length(name: str, least: int, most: int) -> None:
    assert least <= len(characters(load(name).text)) <= most


@pytest.mark.parametrize("name", GRADED)
def test_words_are_of_the_level_claimed(name: str, lexicon: Lexicon, segmenter: Segmenter) -> None:
    top, share = GRADED[name]

    @cache
    def level(word: str) -> int:
        """Its own level; of a word that no list has (两杯, 看看), that of its hardest part."""
        own = lexicon.level(word)
        if own is not None or len(word) == 1:
            return own or UNGRADED
        return min(max(level(word[:cut]), level(word[cut:])) for cut in range(1, len(word)))

    words = [
        token.text
        for paragraph in clean(name)
        for token in segmenter.tokens(paragraph)
        if token.kind == "word"
    ]
    above = [word for word in words if level(word) > top]
    assert len(words) > 300
    assert 1 - len(above) / len(words) >= share, above


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


@every_deck
def test_the_clean_paragraphs_are_the_deck(deck: Deck) -> None:
    assert characters("".join(clean(deck.name))) == characters(deck.path.read_text("utf-8"))


@every_deck
def test_reflow_gives_back_the_paragraphs_as_written(deck: Deck) -> None:
    document = read_document(load(deck.name))
    assert [paragraph.text for paragraph in document.paragraphs] == clean(deck.name)


def test_headlines_are_headings_and_nothing_else_is() -> None:
    headings = {
        name: [
            paragraph.text
            for paragraph in read_document(load(name)).paragraphs
            if paragraph.kind == "heading"
        ]
        for name in DECKS
    }
    assert headings == {
        "two-teas": [],
        "broken-chair": ["坏椅子"],
        "margins": [],
        "newspaper": clean("newspaper")[4:9],
    }
