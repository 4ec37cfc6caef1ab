"""What holds of reflow for every text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from studytui.errors import StudytuiError
from studytui.text.characters import standard
from studytui.text.reflow.lines import harmful
from studytui.text.reflow.reflow import Reflowed, reflow
from tests.text.faults import FAULTS, bare, broken

# Enough of everything that is treated specially, besides any character at all.
CHARACTERS = st.one_of(
    st.sampled_from(
        "我你他天地人，。：“”、！？（）《》—…· \u3000\t\n\n\n\r\f\x1b[]0;m\x07#|*-=`1234abc\u200b\u202e"
    ),
    st.characters(),
)
TEXTS = st.text(CHARACTERS, max_size=300)

WORDS = st.text(
    st.sampled_from("春夏秋冬山水花鸟人家老小东西南北上下来去看听说写走坐天地风雨云月"),
    min_size=2,
    max_size=9,
)
SENTENCES = st.builds(
    lambda parts, end: "，".join(parts) + end,
    st.lists(WORDS, min_size=1, max_size=6),
    st.sampled_from("。。。！？"),
)
PARAGRAPHS = st.lists(
    st.builds("".join, st.lists(SENTENCES, min_size=1, max_size=8)), min_size=1, max_size=12
)


def texts(found: Reflowed) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs]


@given(TEXTS)
def test_only_our_own_error_is_raised(text: str) -> None:
    try:
        reflow(text)
    except StudytuiError:
        assert any(0xD800 <= ord(character) <= 0xDFFF for character in text)


@given(st.text(CHARACTERS.filter(lambda c: not 0xD800 <= ord(c) <= 0xDFFF), max_size=300))
def test_the_map_is_true_and_strictly_increasing(text: str) -> None:
    last = -1
    for paragraph in reflow(text).paragraphs:
        assert paragraph.text
        assert len(paragraph.origin) == len(paragraph.text)
        for character, position in zip(paragraph.text, paragraph.origin, strict=True):
            assert position > last
            last = position
            # White space may become a space, and a radical the character it is of; nothing else changes.
            assert standard(text[position]) == character or (text[position].isspace() and character.isspace())


@given(st.text(CHARACTERS.filter(lambda c: not 0xD800 <= ord(c) <= 0xDFFF), max_size=300))
def test_only_controls_and_page_numbers_are_missing(text: str) -> None:
    found = reflow(text)
    cut = {position for start, end in harmful(text) for position in range(start, end)}
    kept = {position for paragraph in found.paragraphs for position in paragraph.origin}
    missing = "".join(
        character
        for position, character in enumerate(text)
        if position not in cut and position not in kept and not character.isspace()
    )
    # What stands alone on a line and looks like a page's number.
    assert all(
        not character.isalpha() or character in "第页頁共Ppageofivxlcdm" or character in "IVXLC"
        for character in missing
    )
    if "\f" not in text and not any(character.isdigit() for character in text):
        assert missing == ""


@given(TEXTS)
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    try:
        found = reflow(text)
    except StudytuiError:
        return
    for paragraph in found.paragraphs:
        assert harmful(paragraph.text) == []
        assert "\t" not in paragraph.text
        assert "\n" not in paragraph.text or paragraph.kind in ("code", "table", "verse")


@given(PARAGRAPHS, st.sampled_from(["\n", "\n\n"]))
def test_clean_text_stays_as_it_is(paragraphs: list[str], between: str) -> None:
    assert texts(reflow(between.join(paragraphs))) == paragraphs


@settings(max_examples=60)
@given(PARAGRAPHS, st.sampled_from(FAULTS), st.integers(24, 80), st.integers(0, 9))
def test_a_second_reading_changes_nothing(paragraphs: list[str], fault: str, width: int, seed: int) -> None:
    once = texts(reflow(broken(paragraphs, fault, width, seed)))
    assert texts(reflow("\n".join(once))) == once


@settings(max_examples=60)
@given(PARAGRAPHS, st.sampled_from(FAULTS), st.integers(20, 80), st.integers(0, 9))
def test_no_character_is_lost_or_moved(paragraphs: list[str], fault: str, width: int, seed: int) -> None:
    found = texts(reflow(broken(paragraphs, fault, width, seed)))
    assert bare("".join(found)) == bare("".join(paragraphs))


@given(PARAGRAPHS)
def test_spans_are_the_map(paragraphs: list[str]) -> None:
    for paragraph in reflow(broken(paragraphs, "indented", 30, 0)).paragraphs:
        spans = paragraph.spans()
        assert [position for span in spans for position in range(*span)] == list(paragraph.origin)
        assert all(before[1] < after[0] for before, after in pairwise(spans))
