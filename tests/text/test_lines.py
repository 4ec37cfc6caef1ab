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


@pytest.mark.parametrize(
    "text",
    [
        "问：你平时喜欢做什么\n答：我喜欢打篮球\n问：周末呢\n答：在家休息",
        "王经理（笑着）：欢迎欢迎\n小张：谢谢王经理\n小张（放下包）：路上有点儿堵",
        "大卫　　你周末做什么\n玛丽　　我去爬山，你呢\n大卫　　我在家睡觉\n玛丽　　你真懒",
    ],
)
def test_turns_of_a_conversation_are_dialogue_however_the_speaker_is_marked(text: str) -> None:
    assert kinds(text) == ["dialogue"] * (text.count("\n") + 1)
    assert lines_of(text) == [bare(line) for line in text.split("\n")]


@pytest.mark.parametrize(
    "text",
    [
        "(  )1. 小明每天几点起床\nA 六点  B 七点  C 八点\n(  )2. 他怎么去学校\nA 走路  B 坐车  C 骑车",
        "3. 他昨天____去上班\nA. 没有  B. 不  C. 别\n4. 我们____认识十年了\nA. 就  B. 已经  C. 才",
        "（　）他是北方人\n（　）他喜欢游泳",
    ],
)
def test_questions_and_their_options_are_no_table(text: str) -> None:
    assert lines_of(text) == [bare(line) for line in text.split("\n")]
    assert "table" not in kinds(text)


@pytest.mark.parametrize("above", ["静夜思\n李白", "《春晓》\n唐·孟浩然", "山行\n杜牧（唐）"])
def test_the_title_and_the_poet_above_a_poem_stay_two_lines(above: str) -> None:
    poem = "白日依山尽\n黄河入海流\n欲穷千里目\n更上一层楼"
    assert lines_of(f"{above}\n{poem}") == [bare(line) for line in f"{above}\n{poem}".split("\n")]


@pytest.mark.parametrize(
    "heading",
    [
        *("【第三章】夜谈", "[第12章] 归来", "Chapter One", "CHAPTER TWELVE", "Chapter 1 归来", "卷一 少年"),
        *("下部", "☆、第一章 雨夜", "场景二：街上", "终章 远行"),
    ],
)
def test_more_forms_of_a_chapters_heading(heading: str) -> None:
    assert kinds(f"{PARAGRAPHS[0]}\n{heading}\n{PARAGRAPHS[1]}") == ["paragraph", "heading", "paragraph"]


@pytest.mark.parametrize("heading", ["第{}章 雨", "Chapter {} 雨"])
def test_lines_that_are_as_short_as_each_other_were_not_wrapped(heading: str) -> None:
    text = "".join(f"{heading.format(number)}\n下雨了。\n" for number in (1, 2, 3))
    assert kinds(text) == ["heading", "paragraph"] * 3


def test_sections_that_are_numbered_in_one_or_more_places() -> None:
    text = (
        "1. 概述\n本品家用。\n1.1 安装\n先放稳。\n1.2 使用\n按红钮。\n2. 维护\n每月洗一次。\n价格\n1.5 万元\n"
    )
    assert kinds(text)[:8] == ["heading", "paragraph"] * 4


def test_what_is_said_under_a_name_and_a_time_is_no_heading() -> None:
    text = "2023/5/1 10:02 小明\n今天去爬山吗\n2023/5/1 10:03 小红\n去啊 几点\n2023/5/1 10:04 小明\n八点\n"
    assert kinds(text) == ["dialogue", "paragraph"] * 3


def test_spaces_in_a_line_that_was_not_wrapped_stay() -> None:
    found = reflow("做法\nA 他病了\nB 他很忙\n鸡蛋 3个\n").paragraphs
    assert [each.text for each in found] == ["做法", "A 他病了", "B 他很忙", "鸡蛋 3个"]


def test_the_first_two_lines_of_a_poem_are_what_it_is_called_and_whose_it_is() -> None:
    assert kinds(
        "再别康桥\n徐志摩\n\n轻轻的我走了，\n正如我轻轻的来；\n我轻轻的招手，\n作别西天的云彩。\n"
    ) == [
        *("heading", "paragraph"),
        *["verse"] * 4,
    ]


@pytest.mark.parametrize(
    "mark", ["----------------------- 页面 {}-----------------------", "-- {}", "— {} —"]
)
def test_marks_of_pages_and_what_stands_at_their_head_are_no_text(mark: str) -> None:
    half = "牛顿那时不大注意学习，成绩很差，有一天他被一个高年级的学生恨恨地踢了一脚，十分疼痛，从此他发奋"
    pages = [
        f"{half}\n\n{mark.format(number)}\n\n牛顿传·{number}·\n学习，成了最好的学生。\n"
        for number in range(4)
    ]
    found = [paragraph.text for paragraph in reflow("".join(pages)).paragraphs]
    assert found == [f"{half}学习，成了最好的学生。"] * 4


def test_chapters_in_a_series_are_headings_whatever_their_titles_say() -> None:
    titles = [
        "第一节为什么要研究这种现象 (1)",
        "第二节同性的与异性的",
        "第三部分不同的象限，不同的人们（1）",
    ]
    body = "这一部分讲的是另一件事情，和前面说的没有关系。\n(本章完)"
    text = "".join(f"{title}\n{body}\n" for title in titles)
    assert kinds(text) == ["heading", "paragraph", "aside"] * 3
