"""The packaged lexicon: complete, ordered, and quick to ask."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.errors import StudytuiError
from studytui.text.lexicon.lexicon import PACKAGED, Lexicon, build

LEXICON = Lexicon.open()


def glosses(headword: str) -> tuple[str, ...]:
    return LEXICON.entries(headword)[0].glosses


def test_no_entry_is_hidden() -> None:
    with closing(sqlite3.connect(f"{PACKAGED.as_uri()}?mode=ro", uri=True)) as connection:
        entries, headwords = connection.execute(
            "SELECT count(*), count(DISTINCT simplified) FROM entry JOIN word ON headword = simplified "
            "WHERE phrase = ''"
        ).fetchone()
    assert entries == 122_143
    assert headwords == 118_617


def test_both_forms_find_the_entry() -> None:
    assert LEXICON.entries("網絡") == LEXICON.entries("网络")
    assert LEXICON.entries("網絡")[0].simplified == "网络"
    assert "網絡" in LEXICON
    assert "网络" in LEXICON
    assert "食堂安全" not in LEXICON
    assert "" not in LEXICON
    assert LEXICON.entries("[red]'; DROP TABLE entry") == ()


@pytest.mark.parametrize(
    ("headword", "syllables", "gloss"),
    [
        ("任", ("ren4",), "to assign"),
        ("吃", ("chi1",), "to eat"),
        ("个", ("ge4",), "(classifier used before a noun that has no specific classifier)"),
        ("叫", ("jiao4",), "to be called"),
        ("东西", ("dong1", "xi5"), "thing"),
        ("还", ("hai2",), "still"),
        ("绿", ("lu:4",), "green"),
    ],
)
def test_the_entry_that_a_learner_needs_is_first(
    headword: str, syllables: tuple[str, ...], gloss: str
) -> None:
    first = LEXICON.entries(headword)[0]
    assert first.syllables == syllables
    assert first.glosses[0] == gloss


def test_no_headword_of_the_hsk_begins_with_a_name_or_a_reference_if_it_has_more() -> None:
    from studytui.text.lexicon.cedict import is_reference

    wrong = []
    for level in range(1, 8):
        for length in (1, 2, 3, 4):
            for headword in LEXICON.headwords(length, level):
                entries = LEXICON.entries(headword)
                if is_reference(entries[0]) and not all(map(is_reference, entries)):
                    wrong.append(headword)
    assert wrong == []


def test_levels_are_those_of_the_2021_standard() -> None:
    levels = {word: LEXICON.level(word) for word in ("爱", "网络", "核心", "人工智能", "揭榜挂帅")}
    assert levels == {"爱": 1, "网络": 4, "核心": 6, "人工智能": 7, "揭榜挂帅": None}
    assert LEXICON.level("愛") == 1


def test_frequencies_are_zipf() -> None:
    common, rare = LEXICON.frequency("的"), LEXICON.frequency("饕餮")
    assert common is not None
    assert rare is not None
    assert 7 < common < 8
    assert 1 < rare < 3.5
    assert LEXICON.frequency("揭榜挂帅") is None


def test_longest_headwords_and_parts() -> None:
    assert LEXICON.prefixes("中华人民共和国成立") == ("中华人民共和国", "中华", "中")
    assert LEXICON.prefixes("在北京大学里", 1)[0] == "北京大学"
    assert LEXICON.prefixes("核心", 2) == ()
    assert LEXICON.parts("食堂安全") == ("食堂", "安全")
    assert LEXICON.parts("無本生意")[0] in ("無", "無本")
    assert LEXICON.parts("x核心") == ("x", "核心")


@given(st.text(alphabet="核心技术网络安全abc。 x的是在", max_size=20))
def test_parts_are_the_text(text: str) -> None:
    assert "".join(LEXICON.parts(text)) == text


def test_characters_come_in_order_with_their_entries() -> None:
    found = LEXICON.characters("a核·心")
    assert [character for character, _ in found] == ["核", "心"]
    assert all(entries for _, entries in found)


def test_homophones_share_letters_commonest_first() -> None:
    found = LEXICON.homophones(("shi2", "jian1"))
    assert {"时间", "实践", "事件", "世间"} <= {entry.simplified for entry in found}
    assert found[0].simplified == "时间"
    assert {entry.simplified for entry in LEXICON.homophones(("lu:4",))} >= {"绿", "旅", "律"}
    assert LEXICON.homophones(("zzz1",)) == ()


def test_headwords_of_a_level_are_vocabulary_in_a_fixed_order() -> None:
    first = LEXICON.headwords(2, 1)
    assert first == LEXICON.headwords(2, 1)
    assert {len(word) for word in first} == {2}
    assert {LEXICON.level(word) for word in first} == {1}
    frequencies = [LEXICON.frequency(word) or 0 for word in first]
    assert frequencies == sorted(frequencies, reverse=True)
    assert len(LEXICON.headwords(2)) > 40_000
    assert LEXICON.headwords(99) == ()


def test_threads_may_share_it() -> None:
    lexicon = Lexicon.open()
    words = list(LEXICON.headwords(2, 5))[:300]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lexicon.entries, words)) == [LEXICON.entries(word) for word in words]
    lexicon.close()


def test_a_missing_lexicon_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StudytuiError, match=r"missing: make it again\.$"):
        Lexicon.open(tmp_path / "none.sqlite")


def test_a_damaged_lexicon_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.sqlite"
    path.write_bytes(b"no database" * 500)
    with pytest.raises(StudytuiError, match="cannot be read"):
        Lexicon.open(path)
    # The head is whole, the rest is not.
    whole = PACKAGED.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    lexicon = Lexicon.open(path)
    with pytest.raises(StudytuiError, match="cannot be read"):
        lexicon.entries("核心")
    lexicon.close()


def test_a_lexicon_of_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version=99")
    with pytest.raises(StudytuiError, match="format 99"):
        Lexicon.open(path)


def test_the_file_can_stand_in_a_folder_with_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "a b?c#d%20 学"
    folder.mkdir()
    shutil.copy(PACKAGED, folder / "lexicon.sqlite")
    with closing(Lexicon.open(folder / "lexicon.sqlite")) as lexicon:
        assert "核心" in lexicon


@pytest.mark.parametrize("packed", [False, True])
def test_a_learner_may_bring_a_newer_dictionary(tmp_path: Path, packed: bool) -> None:
    text = "# CC-CEDICT\n核心 核心 [he2 xin1] /kernel (new)/\n新詞語 新词语 [xin1 ci2 yu3] /a new word/\n"
    source, target = tmp_path / "cedict_ts.u8", tmp_path / "folder" / "mine.sqlite"
    source.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    assert build(source, target) == 2
    with closing(Lexicon.open(target)) as lexicon:
        assert lexicon.entries("核心")[0].glosses == ("kernel (new)",)
        assert lexicon.entries("新詞語")[0].simplified == "新词语"
        assert lexicon.level("核心") == LEXICON.level("核心")
        # The phrasebook comes along.
        assert lexicon.entries("刀子嘴豆腐心") == LEXICON.entries("刀子嘴豆腐心") != ()
        assert lexicon.phrase("刀子嘴豆腐心") == "saying"
        assert lexicon.frequency("核心") == LEXICON.frequency("核心")
        assert lexicon.identity() != LEXICON.identity()
        assert "网络" not in lexicon


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"this is not a dictionary\n", "line 1"),
        (b"# only a comment\n", "has no entry"),
        (b"\xff\xfe\x00", "cannot be read as a dictionary"),
        (b"\x1f\x8b broken", "cannot be read as a dictionary"),
    ],
)
def test_a_file_that_is_no_dictionary_is_one_sentence(tmp_path: Path, content: bytes, message: str) -> None:
    source = tmp_path / "bad.u8"
    source.write_bytes(content)
    with pytest.raises(StudytuiError, match=message):
        build(source, tmp_path / "target.sqlite")
    assert not (tmp_path / "target.sqlite").exists()
