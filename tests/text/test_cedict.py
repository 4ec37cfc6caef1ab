"""CC-CEDICT's lines: every one is an entry, and the glosses are made plain."""

from __future__ import annotations

import gzip
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.text.lexicon.cedict import (
    CedictError,
    Facts,
    WordFacts,
    is_proper,
    is_reference,
    lines,
    parse,
    parse_senses,
    plain,
    rank,
    telling,
    write,
)
from studytui.text.token import Entry


def entry(line: str) -> Entry:
    (only,) = parse([line])
    return only


@pytest.mark.parametrize(
    ("line", "simplified", "syllables"),
    [
        ("核心 核心 [he2 xin1] /core/nucleus/", "核心", ("he2", "xin1")),
        ("綠 绿 [lu:4] /green/", "绿", ("lu:4",)),
        (
            "約翰·保羅 约翰·保罗 [Yue1 han4 · Bao3 luo2] /John Paul/",
            "约翰·保罗",
            ("Yue1", "han4", "Bao3", "luo2"),
        ),
        ("3C 3C [san1 C] /consumer electronics/", "3C", ("san1", "C")),
        ("花兒 花儿 [hua1 r5] /erhua variant of 花[hua1]/", "花儿", ("hua1", "r5")),
        ("々 々 [xx5] /iteration mark/", "々", ("xx5",)),
        ("𠮷 𠮷 [ji2] /variant of 吉[ji2]/", "𠮷", ("ji2",)),
        ("AT&T AT&T [A T & T] /telephone company/", "AT&T", ("A", "T", "T")),
        ("新 新 [[xin1]] /new/", "新", ("xin1",)),
    ],
)
def test_lines_that_naive_patterns_lose(line: str, simplified: str, syllables: tuple[str, ...]) -> None:
    parsed = entry(line)
    assert (parsed.simplified, parsed.syllables) == (simplified, syllables)
    assert parsed.senses


def test_comments_and_blank_lines_are_no_entries() -> None:
    assert list(parse(["# CC-CEDICT\n", "\n", "一 一 [yi1] /one/\n"])) == [entry("一 一 [yi1] /one/")]


def test_a_line_that_is_no_entry_is_named() -> None:
    with pytest.raises(CedictError, match="line 2"):
        list(parse(["一 一 [yi1] /one/", "一 二 三"]))


def test_senses_are_cut_at_slashes_and_semicolons_outside_brackets() -> None:
    senses, classifiers = parse_senses(
        "to take; to hold (a; b)/(bound form) hand/CL:隻|只[zhi1],雙|双[shuang1]"
    )
    assert [sense.glosses for sense in senses] == [("to take", "to hold (a; b)"), ("(bound form) hand",)]
    assert classifiers == ("只", "双")


def test_classifiers_inside_a_gloss_are_taken_out() -> None:
    senses, classifiers = parse_senses("shop (CL:家[jia1])/store")
    assert [sense.glosses for sense in senses] == [("shop",), ("store",)]
    assert classifiers == ("家",)


@pytest.mark.parametrize(
    ("notation", "shown"),
    [
        ("variant of 個|个[ge4]", "variant of 个 (gè)"),
        ("see 西安[Xi1 an1]", "see 西安 (Xī'ān)"),
        ("Taiwan pr. [xia4 hai2]", "Taiwan pr. xiàhái"),
        (
            "abbr. for 北京大學|北京大学[Bei3 jing1 Da4 xue2], Peking University",
            "abbr. for 北京大学 (Běijīng Dàxué), Peking University",
        ),
        ("a [red] herring {x} <b>&", "a [red] herring {x} <b>&"),
    ],
)
def test_notation_is_made_plain(notation: str, shown: str) -> None:
    assert plain(notation) == shown


@given(st.text(alphabet="个個|[]()ge4 ;/CL:,abc·", max_size=60))
def test_any_gloss_can_be_parsed(text: str) -> None:
    senses, _ = parse_senses(text)
    assert all(gloss.strip() for sense in senses for gloss in sense.glosses)


def test_vocabulary_before_names_and_meanings_before_references() -> None:
    surname = entry("任 任 [Ren2] /surname Ren/")
    verb = entry("任 任 [ren4] /to assign/to appoint/")
    assert rank([surname, verb], {}) == [verb, surname]
    variant = entry("喫 吃 [chi1] /variant of 吃[chi1]/")
    eat = entry("吃 吃 [chi1] /to eat/")
    assert rank([variant, eat], {}) == [eat, variant]
    assert is_proper(surname)
    assert is_reference(variant)
    assert not is_reference(eat)


def test_a_word_is_not_explained_by_itself() -> None:
    repair = entry("修 修 [xiu1] /to repair/")
    meat = entry("脩 修 [xiu1] /variant of 修[xiu1]/")
    shop = entry("舖 铺 [pu4] /variant of 鋪|铺[pu4]/store/")
    other = entry("彷 仿 [fang3] /variant of 訪|访[fang3]/")
    assert telling([repair, meat]) == (repair,)
    assert telling([meat]) == (meat,)
    assert telling([shop])[0].glosses == ("store",)
    assert telling([other]) == (other,)


def test_a_known_reading_comes_first() -> None:
    entries = list(parse(["還 还 [huan2] /to pay back/to return/to restore/", "還 还 [hai2] /still/"]))
    assert [e.syllables for e in rank(entries, {})] == [("hai2",), ("huan2",)]


def test_plain_and_packed_files_are_read_whatever_their_name(tmp_path: Path) -> None:
    text = "\ufeff# comment\n一 一 [yi1] /one/\n"
    (tmp_path / "a.gz").write_text(text, encoding="utf-8")
    (tmp_path / "b.u8").write_bytes(gzip.compress(text.encode()))
    assert [list(parse(lines(tmp_path / name))) for name in ("a.gz", "b.u8")] == [
        [entry("一 一 [yi1] /one/")]
    ] * 2


def test_the_file_is_the_same_for_the_same_input(tmp_path: Path) -> None:
    entries = list(
        parse(["行 行 [hang2] /row/", "行 行 [xing2] /to walk/capable/", "銀行 银行 [yin2 hang2] /bank/"])
    )
    facts = Facts(
        {"银行": WordFacts(2, 5.3, 7684, "n"), "某地": WordFacts(None, None, 5, "ns")}, {"inputs": "x"}
    )
    for name in ("a", "b"):
        assert write(tmp_path / name, entries, facts) == 3
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
    with closing(sqlite3.connect(tmp_path / "a")) as connection:
        assert connection.execute("SELECT simplified, syllables, rank FROM entry ORDER BY id").fetchall() == [
            ("行", "xing2", 0),
            ("行", "hang2", 1),
            ("银行", "yin2 hang2", 0),
        ]
        (senses,) = connection.execute("SELECT senses FROM entry WHERE simplified = '行'").fetchone()
        assert json.loads(senses) == [["to walk"], ["capable"]]
        assert connection.execute("SELECT listed FROM word WHERE headword = '某地'").fetchone() == (0,)


def test_nothing_is_left_behind_when_writing_fails(tmp_path: Path) -> None:
    entries = list(parse(["一 一 [yi1] /one/"]))
    broken = Facts({"一": WordFacts(hsk=None, zipf=None, count=None, tag="")})  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        write(tmp_path / "lexicon", entries, broken)
    assert list(tmp_path.iterdir()) == []
