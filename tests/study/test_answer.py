"""Answers: a table of what learners type, round trips, and the ratings proposed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from studytui.study.answer import judge
from studytui.study.note import Note
from studytui.study.question import Form, Kind, Question
from studytui.text.pinyin import joined

TABLE = Path(__file__).with_name("answers.txt")
Case = tuple[str, str, str, tuple[str, ...], tuple[str, ...], str, str]


def cases() -> list[Case]:
    found: list[Case] = []
    head: tuple[str, str, str, tuple[str, ...], tuple[str, ...]] | None = None
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        outcome, colon, answers = line.partition(": ")
        if colon and outcome in ("correct", "partly", "wrong"):
            assert head is not None
            found.extend(
                (*head, re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), answer), outcome)
                for answer in answers.split(" | ")
            )
            continue
        front, _, glosses = line.partition(" / ")
        kind, headword, traditional, *syllables = front.split()
        head = (kind, headword, traditional, tuple(syllables), tuple(filter(None, glosses.split("; "))))
    return found


CASES = cases()


def question(kind: str, note: Note, answer: str, form: Form = "typed") -> Question:
    kinds: dict[str, Kind] = {
        "reading": "reading",
        "tone": "tone",
        "recall": "recall",
        "cloze": "cloze",
        "recognition": "recognition",
    }
    return Question(
        kinds[kind], form, f"{note.id}#{kind}", note, note.headword, answer, headword=note.headword
    )


def test_the_table_is_large_and_says_each_thing_once() -> None:
    assert len(CASES) >= 300
    assert len({case[:6] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=[f"{case[0]}-{case[1]}-{case[5]}" for case in CASES])
def test_table(case: Case) -> None:
    kind, headword, traditional, syllables, glosses, answer, outcome = case
    note = Note(headword, syllables, traditional, glosses)
    expected = {"reading": joined(syllables), "tone": joined(syllables), "recognition": "; ".join(glosses)}
    verdict = judge(question(kind, note, expected.get(kind, headword)), answer)
    assert verdict.outcome == outcome, verdict
