"""Our own phrasebook: every line is sound, and says something that the dictionary does not."""

from __future__ import annotations

from pathlib import Path

import opencc
import pytest

import studytui
from studytui.text.lexicon.cedict import lines, parse
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.token import Entry

FOLDER = Path(studytui.__file__).parent / "data" / "phrasebook"
_ALIKE = str.maketrans("著像", "着象")
"""What Taiwan writes otherwise though both are simplified forms, too."""
KINDS = ("expression", "idiom", "saying", "term")


def phrases(kind: str) -> list[Entry]:
    return list(parse(lines(FOLDER / f"{kind}.u8")))


def test_there_is_a_file_for_each_kind() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*(f"{kind}.u8" for kind in KINDS), "meanings.tsv"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_phrase_is_whole(kind: str) -> None:
    to_simplified = opencc.OpenCC("t2s")
    found = phrases(kind)
    assert len({entry.simplified for entry in found}) == len(found)
    for entry in found:
        characters = [character for character in entry.simplified if character != "，"]
        assert len(entry.syllables) == len(characters), entry
        assert all(syllable[-1] in "12345" for syllable in entry.syllables), entry
        assert len(entry.traditional) == len(entry.simplified), entry
        back = to_simplified.convert(entry.traditional).translate(_ALIKE)
        assert back == to_simplified.convert(entry.simplified).translate(_ALIKE), entry
        assert 0 < len(entry.glosses) <= 4, entry
        assert all(gloss.isascii() and 0 < len(gloss) <= 70 for gloss in entry.glosses), entry


def test_no_phrase_is_of_two_kinds_and_all_are_found() -> None:
    every = [entry.simplified for kind in KINDS for entry in phrases(kind)]
    assert len(set(every)) == len(every)
    lexicon = Lexicon.open()
    for kind in KINDS:
        for entry in phrases(kind):
            assert lexicon.phrase(entry.simplified) == kind, entry
            assert lexicon.entries(entry.simplified)[0].glosses == entry.glosses


def test_readings_are_readings_of_the_characters() -> None:
    lexicon = Lexicon.open()
    for kind in KINDS:
        for entry in phrases(kind):
            characters = [character for character in entry.simplified if character != "，"]
            for character, syllable in zip(characters, entry.syllables, strict=True):
                known = {each.syllables[0].lower() for each in lexicon.entries(character)}
                assert syllable[-1] == "5" or syllable in known | RARE.get(character, set()), (
                    entry,
                    syllable,
                )


RARE = {"磅": {"pang2"}, "谁": {"shui2"}, "咋": {"zha1"}, "嘀": {"di2"}, "达": {"da1"}, "瘩": {"da1"}}
"""Readings that characters have in phrases alone."""


def test_the_meanings_lead() -> None:
    lexicon = Lexicon.open()
    rows = [line.split("\t") for line in (FOLDER / "meanings.tsv").read_text("utf-8").splitlines()]
    assert len({headword for headword, _ in rows}) == len(rows)
    for headword, glosses in rows:
        assert glosses.isascii()
        assert len(glosses) <= 70, headword
        first = lexicon.entries(headword)[0].senses[0].glosses
        assert first == tuple(gloss.strip() for gloss in glosses.split(";")), headword
