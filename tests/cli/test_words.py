"""`words` and `lookup`: what they print for people, for programs and into a pipe."""

from __future__ import annotations

import json
import os
from contextlib import closing

import pytest

from studytui.cli.main import run
from studytui.session.words.lookup import look_up_parts
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.study.notes.note import Example, Note
from studytui.text.document import Document, Paragraph
from studytui.text.lexicon.lexicon import Lexicon

SENTENCE = "他终于长大了。"


@pytest.fixture(autouse=True)
def noted(home: object) -> None:
    kept = Document("book.txt", "我的书", "utf-8", (Paragraph("paragraph", SENTENCE, tuple(range(7))),), 0)
    example = Example(SENTENCE, 3, 5, kept.id, kept.title)
    with Collection.open(Locations.find(os.environ)) as collection:
        collection.library.remember(kept)
        collection.add_note(Note("长大", ("zhang3", "da4"), "長大", ("grow\x1b[2J up",), 2, example=example))
        collection.add_note(Note("吃了再说", ("chi1",), "吃了再說", ("eat first",), kind="phrase"))
        collection.mark("咖啡", "known")


def test_own_words_are_listed_in_a_pipe_and_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["words", "zhangda"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.split("\t")[:2] == ["长大", "zhǎng dà"]
    assert line.split("\t")[-1] == "我的书"
    assert "\x1b" not in line
    assert run(["words", "--json", "--", "-is:known"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {each["headword"]: each["texts"] for each in found} == {"长大": ["我的书"], "吃了再说": []}
    assert found[0].keys() >= {"headword", "reading", "gloss", "status", "due", "texts"}
    assert run(["words", "zzz"]) == 0
    told = capsys.readouterr()
    assert (told.out, "no word matches zzz" in told.err) == ("", True)
    assert run(["words", "is:dew"]) == 2
    assert "is: takes due" in capsys.readouterr().err


def test_what_is_not_found_or_not_understood_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["words", "is:leech"]) == 0
    assert "no word matches is:leech" in capsys.readouterr().err
    assert run(["words", "-is:known"]) == 2
    assert "studytui words -- -is:known" in capsys.readouterr().err


def test_a_word_is_looked_up_with_its_characters_and_sentences_of_one_s_own_texts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["lookup", "--json", "長大"]) == 0
    (found,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (found["headword"], found["reading"], found["hsk"]) == ("长大", "zhǎng dà", 2)
    assert (found["status"], found["texts"]) == ("learning", ["我的书"])
    assert [each["character"] for each in found["characters"]] == ["长", "大"]
    assert found["examples"][0] == {
        "text": SENTENCE, "start": 3, "end": 5, "title": "我的书",
        "document": found["examples"][0]["document"],
    }  # fmt: skip
    assert run(["lookup", "grow", "up"]) == 0
    assert "长大 長大  zhǎng dà" in capsys.readouterr().out
    assert run(["lookup", "长大"]) == 0
    assert "他终于【长大】了。  (我的书)" in capsys.readouterr().out


def test_what_only_the_learner_has_is_found_and_what_nobody_has_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["lookup", "吃了再说"]) == 0
    assert "your note: chī  eat first" in capsys.readouterr().out
    assert run(["lookup", "电费"]) == 0
    assert "电 electricity" in capsys.readouterr().out
    with closing(Lexicon.open()) as lexicon:
        assert [entry.simplified for entry in look_up_parts(lexicon, "电费")] == ["电", "费"]
        assert look_up_parts(lexicon, "qq") == ()
    assert run(["lookup", "qq\x1b[2Jq"]) == 1
    said = capsys.readouterr().err
    assert "look it up by characters, pinyin or English" in said
    assert "\x1b" not in said
