"""The list of one's words: what a search finds, in which order, and what of each it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytui.session.asking.learner_questions import LearnerQuestions
from studytui.session.words.note_edit import edited, lines_of
from studytui.session.words.own_words import ORDERS, OwnWords
from studytui.session.words.text_examples import TextExamples
from studytui.session.words.word_query import parse
from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.study.notes.card import card_id
from studytui.study.notes.note import Example, Note
from studytui.study.notes.review import Rating
from studytui.study.notes_from_text import note_of
from studytui.study.scheduling.study_day import StudyDays
from studytui.text.document import Document, Paragraph

START = datetime(2026, 5, 1, 9, tzinfo=UTC)
HELLO = Note("你好", ("ni3", "hao3"), "你好", ("hello", "hi"), 1)
GREEN = Note("绿", ("lu:4",), "綠", ("green",), 3, example=Example("绿了。", 0, 1, "t1", "茶馆"))
GROW = Note("长大", ("zhang3", "da4"), "長大", ("to grow up",), 2, remark="not <i>cháng</i>")
LATE = Note("来不及", ("lai2", "bu5", "ji2"), "來不及", ("there's not enough time",), 4, kind="idiom")


class Clock:
    at = START

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(home: Path, clock: Clock) -> Iterator[Workspace]:
    locations = Locations.find({"STUDYTUI_HOME": str(home)})
    with Collection.open(locations, clock, StudyDays(UTC, 4)) as collection:
        for note in (HELLO, GREEN, GROW, LATE):
            collection.add_note(note)
        collection.mark("西安", "known")
        yield Workspace(collection)


@pytest.fixture
def found(workspace: Workspace) -> Callable[[str], list[str]]:
    def find(query: str) -> list[str]:
        words = OwnWords(workspace)
        words.read()
        return [word.headword for word in words.find(parse(query))]

    return find


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "来不及 长大 绿 你好 西安"),
        ("nihao", "你好"),
        ("ni hao", "你好"),
        ("nǐ hǎo", "你好"),
        ("NI3HAO3", "你好"),
        ("ni2hao3", ""),
        ("hao", "你好"),
        ("ao", ""),
        ("níhǎo", ""),
        ("lv lü lu:4 lǜ lü4 lv4", "绿"),
        ("lú", ""),
        ("xi'an", "西安"),
        ("長", "长大"),
        ("长大", "长大"),
        ("gro", "长大"),
        ("row", ""),
        ("theres time", "来不及"),
        ('"enough time"', "来不及"),
        ('"time enough"', ""),
        ("not", "来不及 长大"),
        ("-not", "绿 你好 西安"),
        ("level:1-2", "长大 你好"),
        ("level:none", "西安"),
        ("text:茶", "绿"),
        ('text:"茶馆" green', "绿"),
        ("tag:idiom", "来不及"),
        ("tag:remark", "长大"),
        ("is:known", "西安"),
        ("is:new -level:4", "长大 绿 你好"),
        ("%", "来不及 长大 绿 你好 西安"),
    ],
)
def test_a_search_finds_by_characters_pinyin_english_and_standing(
    found: Callable[[str], list[str]], query: str, expected: str
) -> None:
    assert found(query) == expected.split()


@pytest.mark.parametrize("wrong", ["is:dew", "is:", "level:12", "level:x", "sort:due", "a:b"])
def test_what_a_search_cannot_ask_is_said_and_the_rest_counts(
    found: Callable[[str], list[str]], wrong: str
) -> None:
    assert parse(wrong).unclear
    assert found(f"{wrong} nihao") == ["你好"]


def test_a_word_tells_when_it_is_due_and_how_well_it_is_remembered(
    workspace: Workspace, clock: Clock
) -> None:
    collection = workspace.collection
    for note, days in ((HELLO, 0), (GREEN, 1)):
        for template in ("recognition", "recall"):
            collection.answer(card_id(note.id, template), Rating.EASY, 1000, "recall")
        clock.at += timedelta(days=days)
    clock.at += timedelta(days=30)
    for _ in range(collection.config.leech_threshold):
        for rating in (Rating.AGAIN, Rating.GOOD):
            collection.answer(card_id(GREEN.id, "recall"), rating, 1000, "recall")
            clock.at += timedelta(days=2)
    collection.cards.suspend_all([GROW.id])
    words = OwnWords(workspace)
    words.read()
    by_name = {word.headword: word for word in words}
    hello, green, grow, city = (by_name[each] for each in ("你好", "绿", "长大", "西安"))
    assert hello.due is not None
    assert hello.due < 0
    assert hello.standings == {"due", "learning"}
    assert (green.lapses, "leech" in green.standings) == (collection.config.leech_threshold, True)
    assert "suspended" in green.standings
    memory = collection.state.memories[card_id(GREEN.id, "recall")]
    assert green.stability == memory.stability
    assert grow.standings == {"suspended", "new"}
    assert (city.reading, city.gloss[:4], city.status, city.note) == ("Xī ān", "Xi'a", "known", None)
    for order in ORDERS:
        assert {word.key for word in words.find(parse(""), order)} == {word.key for word in words}
    assert next(iter(words.find(parse(""), "lapses"))) is green
    assert [word.headword for word in words.find(parse(""), "word")] == [
        "来不及",
        "绿",
        "你好",
        "西安",
        "长大",
    ]
    collection.mark("你好", "known")
    words.renew(["你好"])
    assert [(word.due, word.status) for word in words if word.headword == "你好"] == [(None, "known")]


def test_a_search_that_is_typed_on_finds_what_it_would_find_at_once(workspace: Workspace) -> None:
    typed, anew = OwnWords(workspace), OwnWords(workspace)
    typed.read()
    anew.read()
    for text in ("nihao", "n h", "-n", "is:new -l", "l l4", '"not e', "好 h", "3 ni3", "lü lǜ", "is:known x"):
        for end in (*range(1, len(text) + 1), *range(len(text), 0, -1)):
            anew.read()
            for order in ("added", "word"):
                assert typed.find(parse(text[:end]), order) == anew.find(parse(text[:end]), order)


@pytest.mark.parametrize(
    "act",
    [
        lambda collection: collection.delete_notes([HELLO.id]),
        lambda collection: collection.mark_all({"绿": "known", "水": "ignored"}),
        lambda collection: collection.mark("西安", "new"),
        lambda collection: collection.add_note(Note("水", ("shui3",), "水", ("water",))),
        lambda collection: (collection.mark("你好", "known"), collection.delete_notes([HELLO.id])),
        lambda collection: collection.cards.suspend_all([HELLO.id, GREEN.id]),
    ],
)
def test_words_that_were_changed_are_read_again_as_all_would_be(
    workspace: Workspace, act: Callable[[Collection], object]
) -> None:
    words, anew = OwnWords(workspace), OwnWords(workspace)
    words.read()
    act(workspace.collection)
    words.renew(["你好", "绿", "西安", "水"])
    anew.read()
    assert {word.key: word for word in words} == {word.key: word for word in anew}


def text(title: str, *paragraphs: str) -> Document:
    made = tuple(Paragraph("paragraph", each, tuple(range(len(each)))) for each in paragraphs)
    return Document(f"{title}.txt", title, "utf-8", made, 0)


def test_examples_are_sentences_of_one_s_own_texts_that_have_the_word_and_not_its_characters(
    workspace: Workspace,
) -> None:
    collection = workspace.collection
    assert TextExamples(workspace).of(["和服"]) == ()
    collection.library.remember(text("甲", "这是产品和服务。她穿着和服，很美。", "和服很贵。和服不便宜。"))
    collection.library.remember(text("乙", "茶很好。", f"{'他说话，' * 40}她买和服，{'他又说话，' * 40}"))
    collection.library.remember(text("丙", "後來他長大了。"))
    examples = TextExamples(workspace)
    found = examples.of(["和服"])
    assert [(each.title, each.text[each.start : each.end]) for each in found] == [
        ("乙", "和服"),
        ("甲", "和服"),
        ("甲", "和服"),
    ]
    assert found[1].text == "她穿着和服，很美。"
    assert found[0].text.startswith("…")
    assert len(found[0].text) < 70
    assert [each.text for each in examples.of(["长大", "長大"])] == ["後來他長大了。"]
    collection.library.remember(text("丁", "他长大了。"))
    assert len(examples.of(["长大", "長大"])) == 2


def test_a_quiz_asks_the_reading_and_meaning_that_the_learner_wrote(workspace: Workspace) -> None:
    annotated = workspace.annotate(workspace.open("two-teas"))
    phrases = workspace.phrases(annotated)
    for phrase in phrases:
        note = note_of(phrase, annotated)
        workspace.collection.add_note(note)
        lines = replace(
            lines_of(note), meaning="a meaning of mine", reading=" ".join(["shi4"] * len(note.headword))
        )
        workspace.collection.edit_note(edited(note, lines))
    asked = LearnerQuestions(workspace).quiz(annotated, phrases, 12, 1)
    questions = [question for question in asked if question.card]
    assert questions
    for question in questions:
        assert set(question.note.syllables) == {"shi4"}
        assert question.note.glosses == ("a meaning of mine",)
        assert workspace.collection.note(question.note.id) is not None
