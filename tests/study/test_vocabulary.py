"""Statuses of headwords, and coverage of running words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from studytui.study.notes.card import Memory
from studytui.study.vocabulary import Coverage, Mark, Status, coverage, status_of
from studytui.text.token import Token, TokenKind, Word

AT = datetime(2026, 5, 1, tzinfo=UTC)


def memory(stability: float) -> Memory:
    return Memory("review", None, stability, 5.0, AT, AT, 1, 0)


@pytest.mark.parametrize(
    ("mark", "memories", "status"),
    [
        (None, None, "new"),
        (None, [], "learning"),
        (None, [20.9], "learning"),
        (None, [21.0], "known"),
        (None, [50.0, 3.0], "learning"),
        ("known", None, "known"),
        ("known", [1.0], "known"),
        ("ignored", [50.0], "ignored"),
        ("learning", None, "learning"),
        ("learning", [50.0], "learning"),
        ("new", None, "new"),
        ("new", [1.0], "learning"),
    ],
)
def test_what_the_learner_said_goes_before_what_the_cards_say(
    mark: Mark | None, memories: list[float] | None, status: Status
) -> None:
    assert status_of(mark, None if memories is None else list(map(memory, memories))) == status


def test_coverage_counts_running_words_and_names_apart() -> None:
    kinds: dict[str, TokenKind] = {
        "我": "word",
        "北京": "name",
        "，": "punctuation",
        "A": "latin",
        "3": "number",
    }
    text = ["我", "喜欢", "北京", "，", "我", "A", "3", "茶"]
    words = [
        Word(Token(0, len(part), part, kinds.get(part, "word")), part, (), (), (), None, None)
        for part in text
    ]
    statuses: dict[str, Status] = {"我": "known", "喜欢": "learning", "茶": "ignored"}
    counted = coverage(words, lambda headword: statuses.get(headword, "new"))
    assert counted == Coverage(new=0, learning=1, known=2, ignored=1, names=1)
    assert counted.words == 4
    assert counted.known_share == 0.75
    assert coverage([], lambda _: "new").known_share == 1.0
