"""The command `export`: which notes, which cards, and what is said of them."""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from studytui.anki.out.fields import FIELDS
from studytui.cli.main import run
from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.study.notes.card import TEMPLATES, card_id
from studytui.study.notes.review import Rating
from tests.anki.packages import tables


def learn(*names: str) -> None:
    """Takes three notes from each text, and answers a reading of the first."""
    with Collection.open(Locations.find(os.environ)) as collection:
        workspace = Workspace(collection)
        for name in names:
            document = workspace.open(name)
            collection.library.remember(document)
            collection.add_notes(workspace.notes_for(document, 3))
        collection.answer(card_id(collection.notes()[0].id, "reading"), Rating.GOOD, 900, kind="reading")


def made(package: Path) -> Counter[str]:
    """How many cards of which kind are in a package."""
    connection = tables(package)
    rows = connection.execute("SELECT ord FROM cards").fetchall()
    connection.close()
    return Counter(TEMPLATES[order] for (order,) in rows)


@pytest.mark.parametrize(
    ("cards", "expected"),
    [
        ("recognition", {"recognition": 5}),
        ("cloze, reading", {"reading": 5, "cloze": 5}),
        ("recall,recall", {"recall": 5}),
        (None, {"recognition": 5, "recall": 5, "cloze": 5}),
    ],
)
def test_which_cards_are_made_is_chosen(
    home: Path, tmp_path: Path, cards: str | None, expected: dict[str, int]
) -> None:
    chosen = [] if cards is None else ["--cards", cards]
    assert run(["export", "margins", "-o", str(tmp_path / "a.apkg"), "--limit", "5", *chosen]) == 0
    assert made(tmp_path / "a.apkg") == expected


@pytest.mark.parametrize("cards", ["reverse", "", ",", "recognition;recall"])
def test_a_kind_that_is_none(
    home: Path, tmp_path: Path, cards: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", "margins", "-o", str(tmp_path / "a.apkg"), "--cards", cards]) == 2
    said = capsys.readouterr().err
    assert "recognition, recall, reading, cloze" in said
    assert len(said.splitlines()) == 1
    assert list(tmp_path.glob("*.apkg")) == []


def test_without_a_text_all_notes_leave(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "all.apkg"
    assert run(["export", "-o", str(target)]) == 1
    assert "no notes yet" in capsys.readouterr().err
    assert not target.exists()
    learn("two-teas", "margins")
    assert run(["export", "-o", str(target), "--json"]) == 0
    written = json.loads(capsys.readouterr().out)
    assert written["notes"] == 6
    # The reading that was answered leaves with them, though readings are not among the settings' cards.
    assert made(target) == {"recognition": 6, "recall": 6, "cloze": 6, "reading": 1}
    connection = tables(target)
    (decks,) = connection.execute("SELECT decks FROM col").fetchone()
    assert connection.execute("SELECT count() FROM revlog").fetchone() == (1,)
    connection.close()
    assert {"studytui::两杯茶", "studytui::页边的人"} <= {each["name"] for each in json.loads(decks).values()}
    # Without progress it is as new as the others; where the kinds are named, those are made and no others.
    assert run(["export", "-o", str(target), "--no-progress"]) == 0
    assert made(target)["reading"] == 1
    connection = tables(target)
    assert connection.execute("SELECT DISTINCT type FROM cards").fetchall() == [(0,)]
    connection.close()
    assert run(["export", "-o", str(target), "--cards", "recognition"]) == 0
    assert made(target) == {"recognition": 6}


def test_the_same_notes_give_the_same_bytes(home: Path, tmp_path: Path) -> None:
    learn("two-teas")
    contents = []
    for name in ("a", "b"):
        assert run(["export", "two-teas", "-o", str(tmp_path / f"{name}.apkg")]) == 0
        contents.append((tmp_path / f"{name}.apkg").read_bytes())
    assert contents[0] == contents[1]


def test_a_sentence_says_where_it_stands(home: Path, tmp_path: Path) -> None:
    """In a text that is named, and in one that was kept; not in one that is gone."""
    learn("two-teas")
    with Collection.open(Locations.find(os.environ)) as collection:
        lost = collection.notes()[0]
        assert lost.example is not None
        collection.add_note(replace(lost, example=replace(lost.example, document_id="f" * 16)))
    places: dict[str, str] = {}
    for name in (["margins"], []):
        assert run(["export", *name, "-o", str(tmp_path / "a.apkg"), "--limit", "3"]) == 0
        connection = tables(tmp_path / "a.apkg")
        order = FIELDS.index("Place")
        rows = [fields.split("\x1f") for (fields,) in connection.execute("SELECT flds FROM notes")]
        places |= {row[0]: row[order] for row in rows}
        connection.close()
    assert places.pop(lost.headword) == ""
    assert len(places) == 5
    assert all(re.fullmatch(r"paragraph \d+ of \d+", place) for place in places.values())


def test_progress_is_shown_on_a_terminal_alone(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["export", "margins", "-o", str(tmp_path / "a.apkg")]
    assert run(command) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert run(command) == 0
    shown = capsys.readouterr().err
    percents = [int(each) for each in re.findall(r"Exporting: (\d+) %", shown)]
    assert percents == sorted(set(percents))
    assert (percents[0], percents[-1]) == (0, 100)
    assert shown.endswith("\r\x1b[K")


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("第一次坐夜班火车", "第一次坐夜班火车"),
        ("臺北的雨", "臺北的雨"),
        ("第三章 夜里", "mine"),
        ("目录", "mine"),
        ("一、夜里的火车", "mine"),
        ("冬天，我和同学从北京西站出发，坐了一夜的火车去兰州。", "mine"),
    ],
)
def test_a_deck_is_named_by_the_texts_own_title(home: Path, tmp_path: Path, first: str, title: str) -> None:
    text = tmp_path / "mine.txt"
    rest = "车厢里挤满了回家过年的人，行李架上塞得满满当当。\n\n一个老大爷提着两只活鸡，不好意思地笑了笑。\n"
    text.write_text(f"{first}\n\n{rest}")
    assert run(["export", str(text), "-o", str(tmp_path / "a.apkg"), "--limit", "5"]) == 0
    connection = tables(tmp_path / "a.apkg")
    decks = json.loads(connection.execute("SELECT decks FROM col").fetchone()[0])
    connection.close()
    assert {deck["name"] for deck in decks.values()} - {"Default", "studytui"} == {f"studytui::{title}"}
