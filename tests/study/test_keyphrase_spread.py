"""Listed phrases that do not stand in a text word by word."""

from __future__ import annotations

from random import Random

import pytest

from studytui.study.notes.card import TEMPLATES
from studytui.study.notes.note import Example, Note
from studytui.study.notes_from_text import note_of
from studytui.study.phrases.ranking import key_phrases
from studytui.study.phrases.separable import spread
from studytui.study.questions.judge import judge
from studytui.study.questions.question import BLANK
from studytui.study.questions.quiz import question_for, quiz
from studytui.study.scheduling.due_index import cards_of
from studytui.text.annotate import Annotator, open_annotator
from studytui.text.document import Document, Paragraph
from studytui.text.token import AnnotatedDocument


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return open_annotator()


def document(annotator: Annotator, text: str) -> AnnotatedDocument:
    return annotator.document(Document("a", "", "utf-8", (Paragraph("paragraph", text, range(len(text))),)))


def found(annotator: Annotator, text: str) -> list[tuple[str, str]]:
    return [(each.headword, each.text) for each in spread(document(annotator, text), annotator.lexicon)]


@pytest.mark.parametrize(
    ("text", "phrase", "written"),
    [
        ("他叹了口气。", "叹口气", "叹了口气"),
        ("这些年吃过不少亏。", "吃亏", "吃过不少亏"),
        ("有人钻了空子。", "钻空子", "钻了空子"),
        ("我来开个玩笑。", "开玩笑", "开个玩笑"),
        ("他钻了法律的空子。", "钻空子", "钻了法律的空子"),
        ("他总爱开别人的玩笑。", "开玩笑", "开别人的玩笑"),
        ("她幫了我們，也吃了虧。", "吃亏", "吃了虧"),
        ("她是刀子嘴豆腐心。", "刀子嘴豆腐心", "刀子嘴豆腐心"),
        ("国家集中力量办大事。", "集中力量办大事", "集中力量办大事"),
    ],
)
def test_phrases_are_found(annotator: Annotator, text: str, phrase: str, written: str) -> None:
    assert (phrase, written) in found(annotator, text)


@pytest.mark.parametrize(
    "text",
    [
        "他吃了，亏本了。",  # not 吃亏: a comma stands between
        "有了空子就钻。",
        "他说了什么话？",
        "这里下了一场雨水。",
    ],
)
def test_what_only_stands_near_is_none(annotator: Annotator, text: str) -> None:
    assert not found(annotator, text)


def test_a_saying_in_two_halves_is_written_with_any_pause(annotator: Annotator) -> None:
    lexicon = annotator.lexicon
    halves = next(
        phrase
        for phrases in lexicon.long_phrases().values()
        for phrase in phrases
        if phrase.count("，") == 1 and len(phrase) == 9
    )
    for pause in ("，", "、", ""):
        text = f"俗话说，{halves.replace('，', pause)}。"
        assert (halves, halves.replace("，", pause)) in found(annotator, text)


def test_a_split_phrase_is_listed_whole_and_its_leftovers_are_not(annotator: Annotator) -> None:
    text = "他叹了口气，说有人钻了空子，大家都吃了亏。"
    listed = key_phrases(document(annotator, text), annotator.lexicon, lambda _: "new", limit=None)
    by_headword = {phrase.headword: phrase for phrase in listed}
    assert {"叹口气", "钻空子", "吃亏"} <= by_headword.keys()
    assert not {"口气", "空子", "亏", "叹", "钻"} & by_headword.keys()
    hole = by_headword["钻空子"]
    assert (hole.phrase, hole.syllables) == ("钻空子", ("zuan1", "kong4", "zi5"))
    ((paragraph, start, end),) = hole.occurrences
    assert (paragraph, text[start:end]) == (0, "钻了空子")
    assert hole.example is not None
    assert "钻了空子" in hole.example.text


def test_a_split_phrase_is_no_gap_and_a_saying_keeps_its_pause(annotator: Annotator) -> None:
    text = "他心里明白，大家都吃了亏，这样的计划只是无源之水、无本之木，不会长久。"
    parted = document(annotator, text)
    phrases = key_phrases(parted, annotator.lexicon, lambda _: "new", limit=None)
    loss = next(phrase for phrase in phrases if phrase.headword == "吃亏")
    tree = next(phrase for phrase in phrases if phrase.headword == "无源之水，无本之木")
    asked = quiz([loss, tree], parted, annotator.lexicon, lambda _: "learning", 12, 1)
    assert {question.kind for question in asked if question.note.headword == "吃亏"} >= {
        "recall",
        "recognition",
    }
    assert all(question.kind != "cloze" for question in asked if question.note.headword == "吃亏")
    gap = next(question for question in asked if question.kind == "cloze")
    assert f"{BLANK * 4}、{BLANK * 4}" in gap.prompt
    assert any(hint.startswith("8 characters: w…") for hint in gap.hints)
    for typed in ("无源之水、无本之木", "无源之水无本之木", "无源之水，无本之木", "無源之水，無本之木"):
        assert judge(gap, typed).outcome == "correct"
    # The card of a note whose sentence has it apart asks for it by its meaning.
    note = note_of(loss, parted)
    question = question_for(note, "cloze", None, annotator.lexicon, [], Random(1))
    assert question.kind == "recall"
    assert "no sentence has it in one piece" in question.reasons
    assert cards_of(note, TEMPLATES) == ("recognition", "recall", "reading")


def test_what_is_only_put_together_is_shown_by_its_parts_and_not_asked_by_them(annotator: Annotator) -> None:
    parts = ("食堂 dining hall", "安全 safety")
    example = Example("大家都重视食堂安全。", 5, 9, "a", "A")
    syllables = ("shi2", "tang2", "an1", "quan2")
    note = Note("食堂安全", syllables, "食堂安全", parts, kind="term", example=example)
    assert cards_of(note, TEMPLATES) == ("recognition", "reading", "cloze")
    question = question_for(note, "recognition", None, annotator.lexicon, [], Random(1))
    assert (question.form, question.answer) == ("reveal", "literally: dining hall + safety")
