"""Lines that were never wrapped stay lines, whatever they are of."""

from __future__ import annotations

import pytest

from studytui.text.reflow.reflow import reflow
from tests.text.faults import PARAGRAPHS, bare, wrapped
from tests.text.unwrapped import KINDS, unwrapped


def lines_of(text: str) -> list[str]:
    found = reflow(text).paragraphs
    return [bare(line) for paragraph in found for line in paragraph.text.split("\n")]


def kinds(text: str) -> list[str]:
    return [paragraph.kind for paragraph in reflow(text).paragraphs]


@pytest.mark.parametrize("mark", ["", "。"])
@pytest.mark.parametrize("blanks", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_every_line_stays_a_line(kind: str, blanks: bool, mark: str) -> None:
    for lines, seed in ((4, 1), (12, 2), (40, 3)):
        made = unwrapped(kind, lines, seed, mark, blanks)
        assert lines_of("\n".join(made)) == [bare(line) for line in made if line]


@pytest.mark.parametrize("kind", KINDS)
def test_lines_among_wrapped_prose_stay_and_the_prose_is_joined(kind: str) -> None:
    made = unwrapped(kind, 12, 4)
    prose = ["\n".join(wrapped(paragraph, 40)) for paragraph in PARAGRAPHS]
    found = lines_of("\n\n".join([*prose, "\n".join(made), *prose]))
    assert found == [bare(line) for line in (*PARAGRAPHS, *made, *PARAGRAPHS)]


def test_a_song_is_a_title_and_verse() -> None:
    song = "旧车站\n\n月光照着铁轨\n没有人再来\n我把信放回口袋\n\n风吹过站台\n你说明年会回来\n雪还没有化开"
    assert kinds(song) == ["heading", *["verse"] * 6]


def test_a_list_ends_where_prose_begins() -> None:
    text = (
        "明天去郊外野餐，请每个人按照下面的单子把东西带好，一样都不要忘记：\n· 面包\n· 水果\n· 两瓶水\n"
        "吃完以后请把垃圾都收起来，放进袋子里带回家，不要留在草地上。"
    ).replace("·", "•")
    assert kinds(text) == ["paragraph", "list", "list", "list", "paragraph"]


def test_paragraphs_with_the_indent_of_print_are_paragraphs() -> None:
    text = "第1章 船\n\u3000\u3000船已经开了\n\u3000\u3000谁也没有说话\n第2章 岸\n\u3000\u3000天亮了。"
    assert kinds(text) == ["heading", "paragraph", "paragraph", "heading", "paragraph"]


@pytest.mark.parametrize("text", ["高1:1的塔建成了。\n比分3:2让人激动。", "网址http://a.cn/b。\n你好。"])
def test_a_colon_in_a_score_or_an_address_names_no_speaker(text: str) -> None:
    assert kinds(text) == ["paragraph", "paragraph"]


def test_a_title_under_the_number_of_its_chapter_is_a_heading() -> None:
    story = "第二章\n雨夜\n\n　　他走进门，外面还下着大雨。\n\n第三章\n他走了。后来没有人见过他。"
    assert kinds(story) == ["heading", "heading", "paragraph", "heading", "paragraph"]


def test_an_advertisement_behind_a_sentence_stands_by_itself() -> None:
    page = (
        "　　船就开了。“再见！”最新章节请访问 www.example.com\n　　他看了看 a.cn 的那一页。\n　　母亲走了。"
    )
    found = [(each.kind, each.text) for each in reflow(page).paragraphs]
    assert found == [
        ("paragraph", "船就开了。“再见！”"),
        ("aside", "最新章节请访问 www.example.com"),
        ("paragraph", "他看了看 a.cn 的那一页。"),
        ("paragraph", "母亲走了。"),
    ]


def test_what_joins_a_picture_stays_and_what_joins_nothing_goes() -> None:
    (paragraph,) = reflow("我们一家👨\u200d👩\u200d👧去公\u200d园。").paragraphs
    assert paragraph.text == "我们一家👨\u200d👩\u200d👧去公园。"


def test_a_space_for_a_line_break_stands_at_the_break_though_a_control_character_is_before_it() -> None:
    text = "我\n[\x1b\n["
    places = [place for each in reflow(text).paragraphs for place in each.origin]
    assert "\x1b" not in [text[place] for place in places]
