"""Text that was saved in a wrong encoding is put right, or named; nothing is taught from what is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytui.errors import StudytuiError
from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.text.document import LOST
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.reflow.reflow import read_document
from studytui.text.source.encoding import UnknownEncodingError, decode
from studytui.text.source.garbled import mended
from studytui.text.source.source import load

SIMPLIFIED = "那只小船慢慢地离开了岸边，船上的人都在唱歌。\n“你听见了吗？”姐姐问，“他们唱的是家乡的歌。”"
TRADITIONAL = "那隻小船慢慢地離開了岸邊，船上的人都在唱歌。"
ONE_LINE = SIMPLIFIED.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "meant"),
    [(SIMPLIFIED, "utf-8"), (SIMPLIFIED, "gb18030"), (TRADITIONAL, "cp950"), (TRADITIONAL, "utf-8")],
)
def test_what_lost_nothing_is_put_right_wholly(text: str, meant: str) -> None:
    found = mended(text.encode(meant).decode("latin-1"))
    assert found.text == text
    assert "put right" in found.said
    assert not found.unfit


@pytest.mark.parametrize("wrong", ["gbk", "gb18030", "cp1252"])
def test_what_is_lost_is_marked_and_the_rest_put_right(wrong: str) -> None:
    found = mended(SIMPLIFIED.encode("utf-8").decode(wrong, "replace"))
    kept = [each for each in found.text if each != LOST]
    assert LOST in found.text
    assert len(kept) > 0.6 * len(SIMPLIFIED)
    assert sum(each in SIMPLIFIED for each in kept) > 0.95 * len(kept)


@pytest.mark.parametrize(
    "text",
    [
        SIMPLIFIED,
        TRADITIONAL,
        "小白兔\n蹦蹦跳跳\n真可爱",
        "厚古薄今\n独来独往\n厚积薄发\n吸尘器\n追星族",
        "換湯不換藥\n唯唯諾諾\n虛假廣告\n數模轉換器",
        "氢氦锂铍硼碳氮氧氟氖钠镁铝硅磷硫氯氩钾钙",
        "Il était là, à côté.",
    ],
)
def test_a_sound_text_is_left_alone(text: str) -> None:
    assert mended(text) == (text, "", False)


def test_no_word_of_the_dictionary_is_taken_for_garbled() -> None:
    words = "\n".join(row[0] for row in Lexicon.open().segmentation_words())
    assert mended(words) == (words, "", False)


def test_short_lines_of_a_garbled_song_are_put_right() -> None:
    song = "雨夜\n远山\n我在窗前等你回来的那个晚上没有月亮\n你没有来"
    assert mended(song.encode("gb18030").decode("cp950", "replace")).text == song


def test_one_garbled_line_among_sound_ones() -> None:
    bad = ONE_LINE.encode("gb18030").decode("latin-1")
    found = mended(f"{TRADITIONAL}\n{bad}\n{SIMPLIFIED}")
    assert found.text == f"{TRADITIONAL}\n{ONE_LINE}\n{SIMPLIFIED}"


def test_what_was_written_over_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lost.txt"
    path.write_text("锟斤拷锟斤拷他锟斤拷锟斤拷锟斤拷来了锟斤拷锟斤拷锟斤拷锟斤拷。", "utf-8")
    with pytest.raises(StudytuiError, match="garbled"):
        load(str(path))


def test_nothing_is_taught_from_a_sentence_with_lost_characters(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    lost = "教�授在图书馆里讲了三个小时的课，学生们都很佩服他。"
    path.write_text(f"图书馆里的老人给他留了一个靠窗的座位。\n{lost}\n{lost}", "utf-8")
    document = read_document(load(str(path)))
    assert document.warning is not None
    assert "2 places" in document.warning
    home = Locations(*(tmp_path / each for each in ("data", "state", "config", "cache")))
    with Collection.open(home) as collection:
        workspace = Workspace(collection)
        phrases = workspace.phrases(workspace.annotate(document))
    assert phrases
    assert all(LOST not in phrase.example.text for phrase in phrases if phrase.example)
    assert not {"佩服", "小时"} & {phrase.phrase for phrase in phrases}


def test_hz_is_read() -> None:
    text = "明天我们去北京大学看朋友。"
    raw = text.encode("hz") + b"\nOK ~~ ~{;6S-\n"
    assert decode(raw) == (f"{text}\nOK ~ 欢迎\n", "hz")


def test_a_tilde_and_a_brace_are_no_hz() -> None:
    assert decode(b"a ~{ b ~} c")[1] == "utf-8"


def euc_tw(character: str) -> bytes:
    """A character of CNS 11643's first plane, which has the common characters in the order of Big5."""
    big5 = character.encode("cp950")
    if not "\u4e00" <= character <= "\u9fff" or big5[0] > 0xC6:
        return b"\xa1\xa2"
    number = (big5[0] - 0xA4) * 157 + (big5[1] - 0x40 if big5[1] < 0x7F else big5[1] - 0xA1 + 63)
    return bytes((0xC4 + number // 94, 0xA1 + number % 94))


def test_euc_tw_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnknownEncodingError, match="EUC-TW"):
        decode(b"".join(map(euc_tw, TRADITIONAL)))


def test_lines_of_another_encoding_in_a_file_are_read_as_they_are_meant() -> None:
    foreign = "别人寄来的这一行是另外的编码。\n"
    raw = f"{SIMPLIFIED}\n".encode() * 4 + foreign.encode("gbk") + TRADITIONAL.encode("big5")
    assert decode(raw) == (f"{SIMPLIFIED}\n" * 4 + foreign + TRADITIONAL, "utf-8")


def test_the_euro_of_windows(tmp_path: Path) -> None:
    path = tmp_path / "euro.txt"
    path.write_bytes("这本书要".encode("gbk") + b"\x80" + "五，一点儿也不贵，我们都买了。".encode("gbk"))
    assert load(str(path)).text == "这本书要€五，一点儿也不贵，我们都买了。"


def test_two_nuls_make_no_binary(tmp_path: Path) -> None:
    path = tmp_path / "nul.txt"
    path.write_bytes(f"{SIMPLIFIED}\0\0{SIMPLIFIED}".encode())
    document = read_document(load(str(path)))
    assert "\0" not in "".join(paragraph.text for paragraph in document.paragraphs)
    assert document.warning is not None


@pytest.mark.parametrize("line", ["＊＊＊", "◇　◇　◇", "════════", "※※※※※", "①②③④⑤", "……………"])
def test_marks_alone_are_not_garbled(line: str) -> None:
    assert mended(f"{TRADITIONAL}\n{line}\n{SIMPLIFIED}").said == ""


@pytest.mark.parametrize(
    "line",
    [
        "译" + "\xa0" * 12 + "者",
        "\xa0" * 20 + "江苏凤凰" + "\xa0" * 4,
        "А. Чехов. Рассказы",
        "ἐν ἀρχῇ Λόγος ἦν",
    ],
)
def test_spaces_and_words_of_other_alphabets_are_not_garbled(line: str) -> None:
    assert mended(f"{TRADITIONAL}\n{line}\n{SIMPLIFIED}").said == ""


def test_utf_8_with_the_controls_of_latin_1_is_put_right() -> None:
    text = "今天天气很好，我们一起去公园散步吧。"
    wrong = decode(text.encode().decode("latin-1").encode())[0]
    assert mended(wrong).text == text


def test_zhuyin_is_not_garbled() -> None:
    assert mended("ㄋㄧˇ ㄏㄠˇ\n你好\n我ㄨㄛˇ是ㄕˋ學ㄒㄩㄝˊ生ㄕㄥ").said == ""
