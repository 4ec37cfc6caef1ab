from __future__ import annotations

import pysubs2
import pytest

from studytui.errors import StudytuiError
from studytui.text.document import Source
from studytui.text.reflow.reflow import read_document
from studytui.text.source.formats.recognise import extract
from studytui.text.source.formats.subtitles import read_subtitles
from tests.text.formats.samples import SRT


def said(text: str) -> list[str]:
    return read_subtitles(text.encode(), "x").text.split("\n")


def test_one_block_a_cue_without_times_tags_and_doubles() -> None:
    found = read_subtitles(SRT.encode(), "x")
    assert [(b.kind, found.text[b.start : b.end]) for b in found.blocks or ()] == [
        ("paragraph", "你今天怎么 这么早就来了？"),
        ("dialogue", "我睡不着。"),
        ("dialogue", "那就坐一会儿吧。"),
        ("paragraph", "2024"),
    ]


def test_webvtt_with_notes_styles_voices_and_names() -> None:
    text = (
        "WEBVTT - 标题\n\nSTYLE\n::cue { color: red }\n\nNOTE 这是说明\n\n开头\n"
        "00:01.000 --> 00:02.000 align:start\n"
        "<v 老张>坐下<00:00:01.500><c.red>再说</c>。\n\nNOTE\n又一个说明\n\n2\n00:03.000 --> 00:04.000\n"
        "<ruby>好<rt>hǎo</rt></ruby>吧 &amp; 行。\n"
    )
    assert said(text) == ["坐下再说。", "好吧 & 行。"]


def test_rolling_captions_are_said_once() -> None:
    cues = ["今天下雨", "今天下雨\n我们不出门", "我们不出门\n在家看书", "在家看书", "在家看书和报纸"]
    text = "\n\n".join(f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n{cue}" for i, cue in enumerate(cues, 1))
    assert said(text) == ["今天下雨", "我们不出门", "在家看书", "和报纸"]


def test_substation_in_the_order_of_time_without_overrides_and_drawings() -> None:
    text = (
        "[Script Info]\nTitle: 片子\n\n[V4+ Styles]\nFormat: Name\nStyle: 默认\n\n[Events]\n"
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Dialogue: 0,0:00:05.00,0:00:06.00,默认,,0,0,0,,后说的，{\\i1}有逗号{\\i0}。\n"
        "Dialogue: 0,0:00:01.00,0:00:02.00,默认,,0,0,0,,先说的，\\N第二行。\n"
        "Comment: 0,0:00:01.00,0:00:02.00,默认,,0,0,0,,说明\n"
        "Dialogue: 0,0:00:03.00,0:00:04.00,默认,,0,0,0,,{\\p1}m 0 0 l 1 1{\\p0}\n"
    )
    assert said(text) == ["先说的，第二行。", "后说的，有逗号。"]


def test_the_cues_are_those_that_pysubs2_finds() -> None:
    text = "\n\n".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n<b>第{n}句话。</b>" for n in range(1, 40)
    )
    assert said(text) == [event.plaintext for event in pysubs2.SSAFile.from_string(text)]


def test_no_cues_is_said() -> None:
    with pytest.raises(StudytuiError, match="no subtitles"):
        read_subtitles("WEBVTT\n\n中文".encode(), "x.vtt")


LYRICS = (
    "[ti:旧车站]\n[ar:无名]\n[by:x]\n\n[00:01.00]月光照着铁轨\n[00:05][01:10.20]没有人再来\n"
    "[00:09.80]<00:09.80>风<00:10.10>吹过站台\n"
)


@pytest.mark.parametrize("name", ["song.lrc", "song.txt"])
def test_lyrics_are_verse_without_times_and_tags(name: str) -> None:
    found = extract(LYRICS.encode(), name, name)
    assert found is not None
    assert found.title == "旧车站"
    assert found.blocks is not None
    assert {block.kind for block in found.blocks} == {"verse"}
    assert found.text.split("\n") == ["月光照着铁轨", "没有人再来", "风吹过站台"]


def test_a_chat_with_times_in_brackets_is_no_song() -> None:
    assert extract("[10:01] 小红: 你到了吗\n[10:02] 小明: 快了\n".encode(), "chat.txt", "chat.txt") is None


@pytest.mark.parametrize("other", ["Where are you?", "どこにいますか", "Où es-tu ?", "Ты где?"])
def test_a_second_language_stands_apart(other: str) -> None:
    cues = [f"你在哪儿？\n{other}", f"B: {other}\n我在家，\n等你回来。"]
    cues += ["只有中文，还有 OK 这个词。", f"C: {other}"]
    text = "\n\n".join(f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n{cue}" for i, cue in enumerate(cues, 1))
    found = read_subtitles(text.encode(), "x")
    assert [(block.kind, found.text[block.start : block.end]) for block in found.blocks or ()] == [
        ("paragraph", "你在哪儿？"),
        ("aside", other),
        ("paragraph", "我在家，等你回来。"),
        ("aside", f"B: {other}"),
        ("paragraph", "只有中文，还有 OK 这个词。"),
        ("paragraph", f"C: {other}"),
    ]


def test_lines_of_other_languages_and_of_pinyin_in_a_song_are_asides() -> None:
    raw = "[00:01.00]Moon is out\n[00:01.00]月亮出来了\n[00:09.00]yuè liàng chū lái le\n".encode()
    found = read_subtitles(raw, "x.lrc")
    document = read_document(Source("x", "x", found.text, "utf-8", found.blocks, ()))
    kinds = {each.text: each.kind for each in document.paragraphs}
    assert kinds == {"Moon is out": "aside", "月亮出来了": "verse", "yuè liàng chū lái le": "aside"}
