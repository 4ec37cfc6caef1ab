"""Tables, read by Anki's own back end and by Python's."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from anki.collection import ImportCsvRequest

from studytui.anki.out.export import export
from studytui.anki.out.tables import cell
from studytui.study.notes.card import TEMPLATES
from studytui.study.notes.note import Note
from tests.anki.conftest import Judge
from tests.anki.deck import CORE, GROW, NOTES, example
from tests.anki.test_hostile import HOSTILE, hostile_note

ENDINGS = (".csv", ".tsv")


def take(judge: Judge, table: Path) -> Any:
    metadata = judge.collection.get_csv_metadata(path=str(table), delimiter=None)
    return judge.collection.import_csv(ImportCsvRequest(path=str(table), metadata=metadata)).log


def rows(table: Path) -> list[list[str]]:
    lines = [line for line in table.read_text("utf-8").splitlines(keepends=True) if not line.startswith("#")]
    return list(csv.reader(lines, delimiter="\t" if table.suffix == ".tsv" else ","))


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_table_updates_the_notes_of_a_package(tmp_path: Path, judge: Judge, ending: str) -> None:
    package, table = tmp_path / "a.apkg", tmp_path / f"a{ending}"
    at = datetime(2026, 1, 1, tzinfo=UTC)
    export(NOTES, package, deck_title="一座城市", templates=TEMPLATES, at=at)
    judge.take(package)
    before = {card.id: card.note().items() for card in judge.cards()}
    export(NOTES, table, deck_title="一座城市", templates=TEMPLATES)
    log = take(judge, table)
    assert (len(log.new), len(log.updated)) == (0, 0)
    assert len(log.duplicate) + len(log.first_field_match) == len(NOTES)
    assert {card.id: card.note().items() for card in judge.cards()} == before
    edited = replace(CORE, glosses=("the heart of it; its seed",), example=example("一个核心。", "核心"))
    export([edited, *NOTES[1:]], table, deck_title="一座城市", templates=TEMPLATES)
    log = take(judge, table)
    assert (len(log.new), len(log.updated)) == (0, 1)
    assert judge.fields("核心")["Meaning"] == "the heart of it; its seed"
    judge.assert_sound()


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_table_makes_new_notes_with_deck_tags_and_cards(tmp_path: Path, judge: Judge, ending: str) -> None:
    export([CORE], tmp_path / "a.apkg", deck_title="t", templates=TEMPLATES)
    judge.take(tmp_path / "a.apkg")
    table = tmp_path / f"b{ending}"
    done = export([GROW], table, deck_title="t", templates=("recognition", "reading"))
    assert (done.notes, done.cards) == (1, 2)
    assert len(take(judge, table).new) == 1
    made = [card for card in judge.cards() if card.note()["Word"] == "发展"]
    assert {card.template()["name"] for card in made} == {"Meaning", "Reading"}
    assert {judge.collection.decks.name(card.did) for card in made} == {"studytui::一座城市"}
    assert "studytui::hsk::2" in made[0].note().tags
    judge.assert_sound()
    # What came by a table and then comes by a package is the same note.
    export([GROW], tmp_path / "c.apkg", deck_title="t", templates=("recognition", "reading"))
    assert judge.take(tmp_path / "c.apkg").new == 0


@pytest.mark.parametrize("ending", ENDINGS)
def test_hostile_text_in_a_table(tmp_path: Path, judge: Judge, ending: str) -> None:
    export([CORE], tmp_path / "a.apkg", deck_title="t")
    judge.take(tmp_path / "a.apkg")
    notes = [hostile_note(text) for text in HOSTILE]
    table = tmp_path / f"b{ending}"
    export(notes, table, deck_title="t")
    assert len(take(judge, table).new) == len(HOSTILE)
    judge.assert_sound()
    # The same fields as by the package.
    export(notes, tmp_path / "c.apkg", deck_title="t", at=datetime(2020, 1, 1, tzinfo=UTC))
    by_table = {card.note().guid: card.note().fields for card in judge.cards()}
    judge.take(tmp_path / "c.apkg")
    by_both = {card.note().guid: card.note().fields for card in judge.cards()}
    assert by_table.items() <= by_both.items()


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_cell_is_a_formula(tmp_path: Path, ending: str) -> None:
    table = tmp_path / f"a{ending}"
    for sign in ("=", "+", "-", "@", "\t=", " =", "＝", "|", "%"):
        note = Note(f"{sign}1+1", ("yi1",), f"{sign}1+1", (f"{sign}cmd", "x"), kind=f"{sign}k")
        export([note], table, deck_title=f"{sign}t")
        (row,) = rows(table)
        assert not [text for text in row if re.match(r"\s*[=+\-@\t\r|%＝＋－＠]", text)]
        assert not row[0].startswith("#")


def test_a_formula_sign_is_an_entity() -> None:
    assert cell("=1+1") == '"&#61;1+1"'
    assert cell(" @a") == '" &#64;a"'
    assert cell('say "a=b"') == '"say ""a=b"""'
    assert cell("") == '""'


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_header(tmp_path: Path, ending: str) -> None:
    table = tmp_path / f"a{ending}"
    export([CORE], table, deck_title="t")
    header = [line for line in table.read_text("utf-8").splitlines() if line.startswith("#")]
    separator = "," if ending == ".csv" else "\t"
    columns = next(line for line in header if line.startswith("#columns:")).removeprefix("#columns:")
    names = columns.split(separator)
    assert header[0] == f"#separator:{'Comma' if ending == '.csv' else 'Tab'}"
    assert "#html:true" in header
    assert "#notetype:studytui" in header
    assert f"#deck column:{names.index('Deck') + 1}" in header
    assert f"#tags column:{names.index('Tags') + 1}" in header
    assert f"#guid column:{names.index('GUID') + 1}" in header
    assert "CC BY-SA 4.0" in header[-1]
    (row,) = rows(table)
    assert dict(zip(names, row, strict=True))["Word"] == "核心"


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_collection_without_our_note_type_gets_whole_cards(
    tmp_path: Path, judge: Judge, ending: str
) -> None:
    notes = [CORE, Note("#标签", ("biao1", "qian1"), "#標籤", ("hashtag",)), GROW]
    export(notes, tmp_path / f"a{ending}", deck_title="t", templates=("recognition", "cloze"))
    assert len(take(judge, tmp_path / f"a{ending}").new) == 3
    shown = {}
    for card in judge.cards():
        output = card.render_output()
        shown[card.note()["Front"]] = output.answer_text
        assert judge.collection.decks.name(card.did).startswith("studytui::")
    assert shown.keys() == {"核心", "#标签", "发展"}
    assert all(part in shown["发展"] for part in ("發展", "fā zhǎn", "to develop", "这几年城市"))
    assert "hashtag" in shown["#标签"]
    judge.assert_sound()


def test_a_table_of_gaps_alone(tmp_path: Path, judge: Judge) -> None:
    export([CORE], tmp_path / "a.apkg", deck_title="t", templates=("cloze",))
    judge.take(tmp_path / "a.apkg")
    table = tmp_path / "b.csv"
    done = export([GROW], table, deck_title="t", templates=("cloze",))
    assert (done.notes, done.cards) == (1, 1)
    assert len(take(judge, table).new) == 1
    assert judge.fields("发展")["Gap"] == '这几年城市<span class="gap">＿＿</span>得很快。'
    judge.assert_sound()
