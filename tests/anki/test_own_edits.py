"""What a learner wrote anew, deleted or began again here: how it leaves for Anki, and that it stays so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studytui.session.words.note_edit import edited, lines_of
from studytui.store.collection import Collection
from studytui.study.notes.card import card_id
from tests.anki.conftest import Judge
from tests.anki.deck import CORE, GROW
from tests.anki.packages import write
from tests.anki.test_import_reviews import answer, bring, locations, send, studied


@pytest.fixture
def anki(judge: Judge) -> Judge:
    judge.collection.set_config("fsrs", True)
    return judge


def test_a_note_written_anew_is_the_same_note_in_anki(tmp_path: Path, home: Path, anki: Judge) -> None:
    with studied(home) as collection:
        send(collection, anki, tmp_path)
        notes = len(anki.collection.find_notes(""))
        lines = replace(
            lines_of(CORE),
            reading="hé xìn",
            meaning="heart of it",
            remark="mine & <mine>",
            sentence="【核心】！",
        )
        assert collection.edit_note(edited(CORE, lines))
        send(collection, anki, tmp_path)
        assert len(anki.collection.find_notes("")) == notes
        note = anki.card("核心", "Meaning").note()
        assert "heart of it" in note["Meaning"]
        assert (note["Pinyin numbers"], note["Notes"]) == ("he2 xin4", "mine &amp; &lt;mine&gt;")
        assert note["Sentence"] == '<b class="target">核心</b>！'


def test_a_note_whose_reading_was_put_right_comes_back_to_another_machine(
    tmp_path: Path, home: Path, anki: Judge
) -> None:
    with studied(home) as collection:
        collection.edit_note(edited(GROW, replace(lines_of(GROW), reading="fà zhǎn")))
        mended = collection.note(GROW.id)
        send(collection, anki, tmp_path)
        path = write(anki.collection, tmp_path, "new.apkg")
        memories = {card: memory for card, memory in collection.state.memories.items() if GROW.id in card}
    with Collection.open(locations(tmp_path / "other")) as other:
        bring(path, other)
        note = other.note(GROW.id)
        assert mended is not None
        assert note is not None
        assert (note.syllables, note.known_as) == (mended.syllables, GROW.syllables)
        assert memories
        assert other.state.memories.keys() >= memories.keys()


def test_what_was_deleted_or_begun_anew_here_is_so_in_the_next_package(
    tmp_path: Path, home: Path, anki: Judge
) -> None:
    with studied(home) as collection:
        send(collection, anki, tmp_path)
        path = write(anki.collection, tmp_path, "new.apkg")
        collection.delete_notes([GROW.id])
        collection.cards.forget([CORE.id])
        # What Anki knew before brings neither back.
        bring(path, collection)
        assert collection.note(GROW.id) is None
        assert card_id(CORE.id, "recognition") not in collection.state.memories
        # What was studied there since does.
        answer(anki, "发展", "Meaning", "3")
        bring(write(anki.collection, tmp_path, "later.apkg"), collection)
        assert collection.note(GROW.id) is not None
