"""Parts of speech, by the dictionary's English and the corpus's tag."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.lexicon.word_class import classes_of, english_tags

TAGS = english_tags(
    """;;; Brill's form
    hoarse JJ
    rough JJ
    repeatedly RB
    agreement NN
    Bank NNP
    bank NN
    talent NN
    dancing VBG
    hand NN
    """.splitlines()
)


def test_what_begins_small_counts() -> None:
    assert TAGS["bank"] == "NN"
    assert english_tags(["Bank NNP"]) == {"bank": "NNP"}


@pytest.mark.parametrize(
    ("glosses", "tag", "classes"),
    [
        # The corpus calls 沙哑 a noun and 切莫 a foreign name.
        (("hoarse", "rough"), "n", "an"),
        (("you must not", "Please don't..."), "nrt", "o"),
        (("to consult with", "to talk things over", "agreement"), "v", "v"),
        (("to consult with", "agreement"), "vn", "vn"),
        (("(law) to recognize talent",), "", "v"),
        (("repeatedly",), "d", "d"),
        (("by hand", "at hand"), "", "d"),
        (("full of talent",), "", "a"),
        (("bank for dancing",), "", "n"),
        (("fig. the hand",), "", "n"),
        (("today",), "t", "tn"),
        ((), "", ""),
        (("…", "(see)"), "", ""),
    ],
)
def test_classes(glosses: tuple[str, ...], tag: str, classes: str) -> None:
    assert classes_of(glosses, tag, {**TAGS, "full": "JJ", "today": "NN"}) == classes


@given(st.lists(st.text(max_size=30), max_size=8), st.sampled_from(["", "n", "vn", "nr", "x"]))
def test_any_text_has_classes_without_repeats(glosses: list[str], tag: str) -> None:
    classes = classes_of(glosses, tag, TAGS)
    assert set(classes) <= set("nvadto")
    assert len(set(classes)) == len(classes)


@pytest.mark.parametrize(
    ("word", "classes"),
    [
        ("沙哑", "a"),
        ("产生", "v"),
        ("崩溃", "v"),
        ("突然", "a"),
        ("今天", "t"),
        ("们", "o"),
        ("设计", "v"),
        ("河马", "n"),
    ],
)
def test_the_lexicon_knows_them(word: str, classes: str) -> None:
    assert Lexicon.open().classes(word)[0] == classes
