"""The level of a text, by the words that the lists have."""

from __future__ import annotations

import pytest

from studytui.study.levels import text_level, word_level
from studytui.text.annotate import Annotator, open_annotator


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return open_annotator(None)


@pytest.mark.parametrize(
    ("headword", "level"),
    [("我们", 1), ("这个", 1), ("看不懂", 2), ("三月", 1), ("实事求是", 7), ("饕餮", None)],
)
def test_a_word_has_the_level_at_which_it_or_its_parts_can_be_read(
    headword: str, level: int | None, annotator: Annotator
) -> None:
    assert word_level(headword, annotator.lexicon) == level


def test_a_text_has_the_level_at_which_95_of_100_words_can_be_read(annotator: Annotator) -> None:
    def level(counts: dict[str, int]) -> int | None:
        return text_level(counts, annotator.lexicon)

    assert level({"我们": 95, "实事求是": 5}) == 1
    assert level({"我们": 94, "实事求是": 6}) == 7
    assert level({"饕餮": 10}) == 7
    assert level({}) is None
