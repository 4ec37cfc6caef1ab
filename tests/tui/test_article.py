"""The entry of a word: what is told, in which order, in whole characters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from rich.cells import cell_len

from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.study.notes.card import card_id
from studytui.study.notes.note import Note
from studytui.study.notes.review import Rating
from studytui.text.token import Word
from studytui.tui.widgets.entry_text import Subject, article, longest_parts
from studytui.tui.widgets.wrapped_text import rows_of
from studytui.tui.word_history import history


def word_in(workspace: Workspace, text: str, wanted: str) -> Word:
    return next(word for word in workspace.annotator.paragraph(text) if word.text == wanted)


def told(workspace: Workspace, word: Word, airy: bool = True, width: int = 60, **more: str) -> list[str]:
    subject = Subject(word, "new", None, more.get("elsewhere", ""), more.get("history", ""))
    lines = article(subject, workspace.lexicon, "pinyin", airy=airy)
    return [row.plain for row in rows_of(lines, width)]


def test_the_reading_of_this_sentence_comes_first(workspace: Workspace) -> None:
    bank = told(workspace, word_in(workspace, "他走进银行。", "银行"))
    assert bank[0].startswith("银行  yín háng  銀行  HSK 2")
    alone = told(workspace, word_in(workspace, "我行，你也行。", "行"))
    assert alone[0].startswith("行  xíng")
    assert any(row.startswith("háng") for row in alone[1:])
    assert next(i for i, row in enumerate(alone) if row.startswith("háng")) > 1


def test_senses_are_numbered_a_line_each_where_there_is_room(workspace: Workspace) -> None:
    word = word_in(workspace, "会场里没有人。", "会场")
    assert "1. meeting place" in told(workspace, word)
    assert any(row.startswith("1. meeting place  2. ") for row in told(workspace, word, airy=False))


def test_measure_words_parts_and_characters(workspace: Workspace) -> None:
    rows = told(workspace, word_in(workspace, "我在图书馆里。", "图书馆"), elsewhere="3 times in this text")
    assert any(row.startswith("measure words: ") for row in rows)
    order = [
        next(i for i, row in enumerate(rows) if row.startswith(start))
        for start in ("图书馆", "measure", "3 times", "图书 ", "图 ", "书 ", "馆 ")
    ]
    assert order == sorted(order)


def test_a_character_means_what_it_does_in_this_word(workspace: Workspace) -> None:
    rows = told(workspace, word_in(workspace, "他应邀发言。", "应邀"))
    assert any(row.startswith("应 yìng  to answer") for row in rows)
    rows = told(workspace, word_in(workspace, "这是应该的。", "应该"))
    assert any(row.startswith("应 yīng") for row in rows)


@pytest.mark.parametrize("width", [12, 20, 33, 78])
@pytest.mark.parametrize("wanted", ["行", "的", "图书馆", "会场", "和风细雨", "一"])
def test_no_row_is_wider_than_the_panel_and_nothing_is_lost(
    workspace: Workspace, width: int, wanted: str
) -> None:
    word = next(word for word in workspace.annotator.paragraph(f"{wanted}。"))
    subject = Subject(word, "new", None, "2 times in this text", "noted 2026-05-04")
    lines = article(subject, workspace.lexicon, "pinyin", airy=True)
    rows = rows_of(lines, width)
    assert all(cell_len(row.plain) <= width for row in rows)
    assert "".join("".join(row.plain.split()) for row in rows) == "".join(
        "".join(line.content.plain.split()) for line in lines
    )


@pytest.mark.parametrize(
    ("headword", "parts"),
    [("图书馆", ("图书", "馆")), ("图书馆员", ("图书馆", "员")), ("银行", ("银", "行")), ("人", ("人",))],
)
def test_a_compound_s_parts_are_the_longest_there_are(
    workspace: Workspace, headword: str, parts: tuple[str, ...]
) -> None:
    assert longest_parts(headword, workspace.lexicon) == parts


def test_a_learner_s_history_with_a_word(home: object) -> None:
    import os

    from studytui.store.locations import Locations

    now = datetime(2026, 5, 4, 9, tzinfo=UTC)
    clock = [now]
    with Collection.open(Locations.find(os.environ), clock=lambda: clock[0]) as collection:
        workspace = Workspace(collection)
        word = word_in(workspace, "会场里没有人。", "会场")
        assert history(collection, word) == ""
        note = Note(word.headword, word.syllables, "會場", ("meeting place",))
        collection.add_note(note)
        assert history(collection, word) == "noted 2026-05-04; not asked yet"
        card = card_id(note.id, "recognition")
        collection.answer(card, Rating.EASY, 1000, "recognition")
        days = (collection.state.memories[card].due_day - collection.days.day(now)).days
        assert history(collection, word) == (f"noted 2026-05-04; recognition due in {days} days (1 review)")
        clock[0] = now + timedelta(days=days)
        collection.answer(card, Rating.AGAIN, 1000, "recognition")
        assert "recognition being learned (2 reviews, forgotten once)" in history(collection, word)
        collection.cards.suspend(card)
        assert history(collection, word) == "noted 2026-05-04; recognition suspended"
