"""Word lists: whatever a learner's other programs and course books write."""

from __future__ import annotations

import codecs
import zipfile
from pathlib import Path

import pytest
from anki.collection import NoteIdsLimit

from studytui.anki.back import importing
from studytui.anki.out.export import export
from studytui.errors import StudytuiError, UsageError
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from tests.anki.conftest import Judge
from tests.anki.deck import NOTES
from tests.anki.packages import add, look

WORDS = ("核心", "发展", "城市", "图书馆", "朋友", "你好", "爱", "水")


def a_list(folder: Path, text: str, name: str = "list.txt", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_a_word_a_line(tmp_path: Path) -> None:
    found = look(a_list(tmp_path, "\n".join(WORDS)))
    assert found.words == dict.fromkeys(WORDS, "known")
    assert found.listed
    assert [(column.kind, column.name) for column in found.columns] == [("", "column 1")]
    assert found.skipped == ()


def test_a_list_can_be_of_words_that_are_being_learned(tmp_path: Path) -> None:
    found = look(a_list(tmp_path, "\n".join(WORDS)), standing="learning")
    assert found.words == dict.fromkeys(WORDS, "learning")


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("gb18030", b""),
        ("gb2312", b""),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, mark: bytes, line_end: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = ("词语,拼音", *(f"{word},x" for word in WORDS))
    path.write_bytes(mark + line_end.join(rows).encode(encoding) + line_end.encode(encoding))
    found = look(path)
    assert set(found.words) == set(WORDS)
    assert found.columns[0].name == "词语"


def test_big5(tmp_path: Path) -> None:
    found = look(a_list(tmp_path, "核心\n發展\n城市\n圖書館\n朋友\n你好\n愛\n水\n", encoding="big5"))
    assert set(found.words) == set(WORDS)


@pytest.mark.parametrize("separator", ["\t", ",", ";", "|"])
@pytest.mark.parametrize("heading", [True, False])
def test_a_table_of_a_course(separator: str, heading: bool, tmp_path: Path) -> None:
    rows = [["Level", "Simplified", "Traditional", "Pinyin", "English"]] if heading else []
    for word, traditional in zip(
        WORDS, ("核心", "發展", "城市", "圖書館", "朋友", "你好", "愛", "水"), strict=True
    ):
        rows.append(
            ["3", word, traditional, "pīn yīn", '"core; nucleus, heart"' if separator != "|" else "core"]
        )
    found = look(a_list(tmp_path, "\n".join(map(separator.join, rows))))
    assert set(found.words) == set(WORDS)
    assert found.columns[0].name == ("Simplified" if heading else "column 2")


def test_variants_numbers_and_notes_in_a_cell(tmp_path: Path) -> None:
    text = "1,爸爸|爸\n2,本（名）\n3,点2\n4,（一）点儿\n5,你好！\n6,不但…而且…\n"
    found = look(a_list(tmp_path, text, "hsk.csv"))
    assert set(found.words) == {"爸爸", "爸", "本", "点", "一点儿", "你好"}
    assert [(each.reason, each.count) for each in found.skipped] == [("are not words of the dictionary", 1)]


def test_pleco(tmp_path: Path) -> None:
    lines = (
        "//HSK/3",
        "头发[頭髮]\ttou2fa5\thair (on the head)",
        '发展[發展]\tfa1zhan3\tto develop, "grow',
        "//HSK/4",
        "核心\the2xin1\tcore",
    )
    assert set(look(a_list(tmp_path, "\n".join(lines))).words) == {"头发", "发展", "核心"}


def test_a_stray_quote_swallows_nothing(tmp_path: Path) -> None:
    lines = [f'{word}\t"unfinished' if place == 2 else f"{word}\tx" for place, word in enumerate(WORDS)]
    long = [f"不是词典里的词{place}\t{'x' * 700}" for place in range(10)]
    assert set(look(a_list(tmp_path, "\n".join([*lines, *long]))).words) == set(WORDS)


CELLS = (
    ("核心", "hé xīn", "core", "城市的核心是人，\n不是高楼。\n1, 2, 3"),
    ("发展", "fā zhǎn", "to develop", "发展得快\n很好"),
)


@pytest.mark.parametrize("separator", ["\t", ",", ";", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("heading", [True, False])
@pytest.mark.parametrize("times", [1, 40])
def test_cells_of_several_lines(
    separator: str, line_end: str, heading: bool, times: int, tmp_path: Path
) -> None:
    """As Anki's own importer reads them; a table that says the same again and again is a table."""
    rows = [("Word", "Pinyin", "Meaning", "Example"), *(CELLS * times)] if heading else CELLS * times
    text = line_end.join(separator.join(f'"{cell}"' for cell in row) for row in rows) + line_end
    found = look(a_list(tmp_path, text, "list.csv"))
    assert set(found.words) == {"核心", "发展"}
    assert found.columns[0].notes == 2 * times


@pytest.mark.parametrize(
    "text",
    [
        "核心，发展，城市，图书馆，朋友，水",
        "核心、发展、城市、图书馆、朋友、水",
        "核心,发展,城市,图书馆,朋友,水\n",
        "核心 发展 城市 图书馆 朋友 水",
        "核心　发展　城市　图书馆　朋友　水",
        "核心\t发展\t城市\n图书馆\t朋友\t水\n",
        "核心; 发展; 城市; 图书馆; 朋友; 水",
        "核心 发展\n城市 图书馆\n朋友 水",
    ],
)
def test_several_words_on_a_line_are_all_read(text: str, tmp_path: Path) -> None:
    found = look(a_list(tmp_path, text))
    assert set(found.words) == {"核心", "发展", "城市", "图书馆", "朋友", "水"}


def test_a_word_in_both_scripts_is_one_word(tmp_path: Path) -> None:
    assert set(look(a_list(tmp_path, "发展 發展\n头发 頭髮\n核心 核心\n")).words) == {"发展", "头发", "核心"}
    assert set(look(a_list(tmp_path, "发展,發展\n头发,頭髮\n爱,愛\n")).words) == {"发展", "头发", "爱"}


def test_private_characters_of_pleco_are_no_letters(tmp_path: Path) -> None:
    lines = (
        "核\ueab3心\ueab4\the2xin1\t\ueab1core",
        "\ueab2发展\tfa1zhan3\tnoun\ueab1growth",
        "城市\tcheng2shi4\tcity",
    )
    assert set(look(a_list(tmp_path, "\n".join(lines))).words) == {"核心", "发展", "城市"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('["核心", "发展", "城市"]', "is JSON"),
        ('{"words": [{"word": "核心"}, {"word": "发展"}]}', "is JSON"),
        ('\ufeff\n[["核心", "core"]]', "is JSON"),
    ],
)
def test_what_is_not_read_says_why(content: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(StudytuiError, match=says):
        look(a_list(tmp_path, content))
    with zipfile.ZipFile(tmp_path / "list.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(StudytuiError, match="save it as CSV"):
        look(tmp_path / "list.xlsx")


def test_japanese_without_kana_is_asked_about(tmp_path: Path) -> None:
    """Most of its words are words of the Chinese dictionary, too."""
    words = ("電車", "学校", "駅", "先生", "会社", "図書館", "元気", "時間")
    japanese = "".join(f"{word},x\n" for word in words)
    assert "駅, 図, 気" in look(a_list(tmp_path, japanese)).japanese
    chinese = "".join(f"{word},x\n" for word in (*WORDS, "發展", "圖書館", "氣", "從"))
    assert look(a_list(tmp_path, chinese + "駅,x\n")).japanese == ""


def test_the_column_can_be_named(tmp_path: Path) -> None:
    path = a_list(tmp_path, "word,opposite\n大,小\n多,少\n")
    assert set(look(path).words) == {"大", "多"}
    assert set(look(path, field="Opposite").words) == {"小", "少"}
    with pytest.raises(UsageError, match="There is no column 'third' in it; there are word, opposite"):
        look(path, field="third")


def test_ankis_notes_in_plain_text(tmp_path: Path, judge: Judge) -> None:
    for word in WORDS:
        add(judge.collection, (f"<b>{word}</b>[sound:a.mp3]", 'a "quoted"<br>line'))
    path = tmp_path / "notes.txt"
    judge.collection.export_note_csv(
        out_path=str(path),
        limit=NoteIdsLimit(list(judge.collection.find_notes(""))),
        with_html=True,
        with_tags=True,
        with_deck=True,
        with_notetype=True,
        with_guid=True,
    )
    assert path.read_text("utf-8").startswith("#separator:tab")
    assert look(path).words == dict.fromkeys(WORDS, "known")


@pytest.mark.parametrize("ending", ["csv", "tsv"])
def test_our_own_table_says_nothing_of_what_is_known(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"out.{ending}"
    export(NOTES, path, deck_title="t")
    found = look(path)
    assert found.words == {"核心": "new", "发展": "new", "实事求是": "new", "花儿": "new"}
    assert found.columns[0].name == "Word"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("\n\n  \n", "is empty"),
        ("apple,pear\nplum,fig\n", "has no Chinese in it"),
        ("城市的核心是人，不是高楼。\n这几年城市发展得很快，房子很高。\n", "is no list of words"),
        ("学校,がっこう\n先生,せんせい\n電話,でんわ\n", "is Japanese"),
    ],
)
def test_what_is_no_list(text: str, says: str, tmp_path: Path) -> None:
    path = a_list(tmp_path, text)
    with pytest.raises(StudytuiError, match=says) as caught:
        look(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"\x00\x01\x02" * 400, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9])
def test_what_is_no_text(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(content)
    with pytest.raises(StudytuiError):
        look(path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no file"):
        look(tmp_path / "none.csv")
    with pytest.raises(UsageError, match="is a directory"):
        look(tmp_path)
    with pytest.raises(UsageError, match="There is no file"):
        look(tmp_path / ("x" * 10 + "\0"))


def test_a_list_is_carried_out_once(tmp_path: Path, home: Path) -> None:
    path = a_list(tmp_path, "\n".join(WORDS))
    with Collection.open(Locations.find({"STUDYTUI_HOME": str(home)})) as collection:
        planned = importing.plan(look(path), collection)
        assert importing.carry_out(planned, collection).known == len(WORDS)
        assert set(collection.statuses(WORDS).values()) == {"known"}
        again = importing.plan(look(path), collection)
        assert (again.known, again.left) == ((), len(WORDS))
