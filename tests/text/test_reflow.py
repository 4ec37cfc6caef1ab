"""What reflow makes of each kind of text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from studytui.errors import StudytuiError
from studytui.text.document import Source
from studytui.text.reflow.reflow import read_document, reflow
from studytui.text.source.source import load
from tests.text.faults import FAULTS, PARAGRAPHS, bare, broken, f1, wrapped


def texts(text: str) -> list[str]:
    return [paragraph.text for paragraph in reflow(text).paragraphs]


def kinds(text: str) -> list[str]:
    return [paragraph.kind for paragraph in reflow(text).paragraphs]


class TestFaults:
    """The eight faults, at widths from ten to forty characters."""

    # Where nothing but a short line tells, a paragraph whose last line is full cannot be told from its next.
    CUELESS = ("plain", "double spaced")

    @pytest.mark.parametrize("fault", FAULTS)
    @pytest.mark.parametrize("width", [20, 26, 36, 50, 80])
    def test_boundaries_are_found_and_no_character_is_lost(self, fault: str, width: int) -> None:
        paragraphs = PARAGRAPHS * 3
        found = texts(broken(paragraphs, fault, width, seed=width))
        assert bare("".join(found)) == bare("".join(paragraphs))
        assert f1(paragraphs, found) >= (0.75 if fault in self.CUELESS else 0.95)

    @pytest.mark.parametrize("fault", ["indented", "parted", "odd spaces", "pages"])
    def test_paragraphs_come_back_letter_by_letter(self, fault: str) -> None:
        assert [text.replace(" ", "") for text in texts(broken(PARAGRAPHS, fault, 44, seed=5))] == [
            text.replace(" ", "") for text in PARAGRAPHS
        ]

    def test_a_long_text_learns_from_samples(self) -> None:
        paragraphs = PARAGRAPHS * 60
        found = texts(broken(paragraphs, "indented", 40, seed=1))
        assert f1(paragraphs, found) >= 0.995


class TestMarkedParagraphs:
    """Where every paragraph has an empty line or an indent, that decides, and nothing else does."""

    HEADED = (
        "一口井和一个村子的两本练习簿",
        "测量员：水位年年降低，全村人一起想办法",
        *PARAGRAPHS[:5],
        "爷爷的短线",
        *PARAGRAPHS[5:],
    )

    @pytest.mark.parametrize("width", [20, 28, 36, 48, 60, 80])
    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_lines_of_any_length_and_wrapped_headlines(self, width: int, seed: int) -> None:
        found = texts(broken(self.HEADED, "ragged", width, seed))
        assert f1(self.HEADED, found) >= 0.95

    @pytest.mark.parametrize("fault", ["parted", "indented"])
    @pytest.mark.parametrize("width", [20, 28, 38])
    def test_a_headline_that_fills_its_line_is_not_joined(self, fault: str, width: int) -> None:
        found = texts(broken(self.HEADED, fault, width, seed=1))
        assert [bare(text) for text in found] == [bare(text) for text in self.HEADED]

    def test_short_lines_inside_a_paragraph_are_joined(self) -> None:
        # Of three lines of twenty cells the first two are one: every other line is half as long.
        texts_of_lines = [
            re.sub(r"(.+)\n(.+\n.+)", r"\1\2", "\n".join(wrapped(paragraph, 20))) for paragraph in PARAGRAPHS
        ]
        found = texts("\n\n".join(texts_of_lines))
        assert [bare(text) for text in found] == [bare(text) for text in PARAGRAPHS]


class TestNewspaper:
    """A page that was set in columns: several widths, lost indents, headlines in the middle."""

    PAGE = """\
 县图书馆昨日举行座谈会，会上讨论了阅览室
的开放时间，听取了读者的意见，并且宣布从下
月起每晚延长两个小时。馆长说，读者的需要就
是图书馆的钟表，只要还有人坐在灯下，灯就不

会先灭。

与会的有中学教师、退休工人、出租车司机和
几位在附近工地上班的青年。他们说，下班以后
能有一个安静的地方坐一坐，比什么都好，希望
座位再多一些，茶水再热一些。

让灯光等一等读者
阅览室夜间开放时间延长两小时

座位不够，读者自己带来了小板凳
老馆长：书要让人够得着

“我每天晚上八点以后才有空，以前走到门口，灯已经关了。
现在好了，下了班慢慢走过来，还能看两个小时的书，看完再
骑车回家，路上想想书里的人，觉得这一天没有白过。”

一位姓郑的出租车司机说，他的车里总放着一本从这里借
来的小说，等客人的时候看几页，一个冬天看完了十二本。有
位客人上车时看见了，也去办了一张借书证，两个人后来常常
在阅览室里碰见。

座谈会结束以后，几位读者没有马上离开。他
们围着书架，讨论起下个月的读书会应该读哪一
本书，一位退休的老师主张读历史，两位青年主
张读小说，出租车司机说，读什么都行，只要大
家一起读，就比一个人读有意思得多。他们一直
谈到闭馆的铃声响起。
"""

    def test_columns_are_joined_and_headlines_stand_alone(self) -> None:
        found = reflow(self.PAGE).paragraphs
        assert [paragraph.text[-7:] for paragraph in found] == [
            "灯就不会先灭。",
            "茶水再热一些。",
            "灯光等一等读者",
            "时间延长两小时",
            "己带来了小板凳",
            "书要让人够得着",
            "天没有白过。”",
            "阅览室里碰见。",
            "馆的铃声响起。",
        ]
        assert [paragraph.kind for paragraph in found[2:6]] == ["heading"] * 4


class TestNeverJoined:
    """What must keep its lines."""

    PROSE = "".join(PARAGRAPHS[6:8])

    def with_prose(self, block: str) -> str:
        prose = "\n".join(wrapped(self.PROSE, 40))
        return f"{prose}\n\n{block}\n\n{prose}\n"

    def test_classical_verse(self) -> None:
        lines = ["白日依山尽，", "黄河入海流。", "欲穷千里目，", "更上一层楼。"]
        found = reflow(self.with_prose("\n".join(lines))).paragraphs
        assert [paragraph.text for paragraph in found if paragraph.kind == "verse"] == lines
        assert len(found) == 6

    def test_verse_of_uneven_lines(self) -> None:
        lines = [
            "我从远方走来，",
            "带着一身的雨；",
            "你从梦里醒来，",
            "窗外已经是春天。",
            "我们谁也不说话，",
            "只听见河水。",
        ]
        found = reflow("\n".join(lines)).paragraphs
        assert [(paragraph.kind, paragraph.text) for paragraph in found] == [
            ("verse", line) for line in lines
        ]

    def test_dialogue(self) -> None:
        turns = [
            "老师：你们看见了什么？",
            "小明：一只鸟！",
            "老师：它在做什么？",
            "小明：它在喝水。",
            "老师：写下来吧。",
        ]
        assert texts("\n".join(turns)) == turns
        assert set(kinds("\n".join(turns))) == {"dialogue"}

    def test_quoted_turns(self) -> None:
        turns = ["“你去哪儿？”", "“去河边。”", "“等我一下！”", "“快一点儿，船要开了。”"]
        assert texts("\n".join(turns)) == turns

    def test_list(self) -> None:
        marks = ["1. 带一把伞", "2. 带一瓶水，最好是热的", "3. 带上你的练习簿和两支铅笔"]
        assert texts(self.with_prose("\n".join(marks)))[1:-1] == marks
        assert kinds(self.with_prose("\n".join(marks)))[1:-1] == ["list"] * 3

    def test_wrapped_list_items_are_joined(self) -> None:
        item = "• 每个星期天都要去看井，记下日期、天气和水面离井口的距离，不要忘记写上自己的名字。"
        text = self.with_prose("\n".join(wrapped(item, 40) * 2))
        assert texts(text)[1:-1] == [item, item]

    def test_table(self) -> None:
        table = "日期\t天气\t水位\n3月1日\t晴\t4米\n3月8日\t雨\t3米"
        found = reflow(self.with_prose(table)).paragraphs
        assert [paragraph.kind for paragraph in found].count("table") == 1
        assert found[1].text == table.replace("\t", "\u2003")

    def test_markdown_headings_and_code(self) -> None:
        text = self.with_prose("# 水位记录\n\n```python\nfor 天 in 日期:\n    print(天)\n```\n\n## 结论")
        found = reflow(text).paragraphs
        assert [(paragraph.kind, paragraph.text) for paragraph in found[1:-1]] == [
            ("heading", "# 水位记录"),
            ("code", "```python\nfor 天 in 日期:\n    print(天)\n```"),
            ("heading", "## 结论"),
        ]

    def test_chapter_headings(self) -> None:
        prose = "\n".join(wrapped(self.PROSE, 40))
        text = f"第一章 井\n{prose}\n第二章 线与字\n{prose}"
        found = reflow(text).paragraphs
        assert [paragraph.text for paragraph in found if paragraph.kind == "heading"] == [
            "第一章 井",
            "第二章 线与字",
        ]
        assert len(found) == 4

    def test_a_title_is_not_joined_to_its_text(self) -> None:
        assert texts("井边\n" + PARAGRAPHS[0]) == ["井边", PARAGRAPHS[0]]

    def test_a_rule_stands_alone(self) -> None:
        assert "* * *" in texts(self.with_prose("* * *"))


class TestSpaces:
    def test_a_word_cut_by_a_wrap_is_whole_again(self) -> None:
        text = "\n".join(wrapped(PARAGRAPHS[0], 20))
        assert texts(text) == [PARAGRAPHS[0]]

    def test_odd_spaces_between_chinese_go(self) -> None:
        assert texts("他 每天早上都要 到河 边去看一看 ，然后 才去 学校 。") == [
            "他每天早上都要到河边去看一看，然后才去学校。"
        ]

    def test_spaces_around_numbers_are_one_way_or_the_other(self) -> None:
        assert texts("村里有 7户人家，养了 20头牛和30只羊。") == ["村里有7户人家，养了20头牛和30只羊。"]
        spaced = "村里有 7 户人家，养了 20 头牛和 30 只羊。"
        assert texts(spaced) == [spaced]

    def test_a_space_that_parts_a_headline_stays(self) -> None:
        assert texts("第三章 春天来了\n" + PARAGRAPHS[0])[0] == "第三章 春天来了"

    def test_english_is_joined_by_a_space_and_numbers_by_nothing(self) -> None:
        text = (
            "他在练习簿的第一页上写了一句英文：the well is\n"
            "older than the village，意思是说，这口井比村子\n"
            "还要老得多。老师看了很高兴，说村子里的人是19\n"
            "50年以后才搬来的，井却在很久以前就有了。\n"
        )
        (found,) = texts(text)
        assert "the well is older" in found
        assert "是1950年" in found


class TestOrigin:
    def test_every_character_is_where_it_says(self) -> None:
        text = broken(PARAGRAPHS, "pages", 30, seed=2)
        for paragraph in reflow(text).paragraphs:
            for character, position in zip(paragraph.text, paragraph.origin, strict=True):
                assert text[position] == character or (character == " " and text[position] in "\r\n")

    def test_spans_cover_the_lines_a_paragraph_was_made_of(self) -> None:
        text = "一个很长很长很长很长的\n句子在这里结束。"
        (paragraph,) = reflow(text).paragraphs
        assert paragraph.spans() == ((0, 11), (12, 20))


class TestSafety:
    @pytest.mark.parametrize(
        ("text", "left"),
        [
            ("我\x1b[31m爱\x1b[0m你。", "我爱你。"),
            ("我\x1b]52;c;bWFsaWNl\x07爱你。", "我爱你。"),
            ("我\x1b]0;标题\x1b\\爱你。", "我爱你。"),
            ("我\x9b31m爱你。", "我爱你。"),
            ("我\x9d52;c;x\x9c爱你。", "我爱你。"),
            ("我\x1bP1$r\x1b\\爱你。", "我爱你。"),
            ("我\x07爱\x08你\x7f。", "我爱你。"),
            ("\u202e我爱\u2066你\u2069。", "我爱你。"),
            ("我\u200b爱\u200d你\ufeff。", "我爱你。"),
            ("我\u00ad爱你。", "我爱你。"),
        ],
    )
    def test_what_a_terminal_would_obey_is_taken_out(self, text: str, left: str) -> None:
        found = reflow(text)
        assert [paragraph.text for paragraph in found.paragraphs] == [left]
        assert found.removed > 0

    def test_clean_text_loses_nothing(self) -> None:
        assert reflow("\n".join(PARAGRAPHS)).removed == 0

    @pytest.mark.parametrize(
        "markup", ["[red]我[/red]。", "[@click=app.quit]我[/]。", "<b>我</b>&amp;你。", "[/b]我。"]
    )
    def test_markup_is_text(self, markup: str) -> None:
        assert texts(markup) == [markup]

    def test_halves_of_characters_are_an_error(self) -> None:
        with pytest.raises(StudytuiError, match="surrogates"):
            reflow("我\ud800你")

    @pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028", "\u2029"])
    def test_every_line_break_is_one(self, ending: str) -> None:
        assert texts(ending.join(wrapped(PARAGRAPHS[5], 30))) == [PARAGRAPHS[5]]

    def test_page_numbers_go_and_numbers_in_the_text_stay(self) -> None:
        lines = wrapped(PARAGRAPHS[5], 30)
        text = "\n".join([*lines[:4], "— 12 —", "\f" + lines[4], *lines[5:]])
        assert texts(text) == [PARAGRAPHS[5]]
        assert "1990" in "".join(texts("那一年是\n\n1990\n\n年份写在墙上。"))


class TestDocument:
    def test_of_a_source(self) -> None:
        document = read_document(Source("a.txt", "a", "\x1b[1m" + PARAGRAPHS[0], "utf-8"))
        assert (document.name, document.title, document.encoding) == ("a.txt", "a", "utf-8")
        assert document.removed == 1
        assert [paragraph.text for paragraph in document.paragraphs] == [PARAGRAPHS[0]]

    def test_with_nothing_left_is_an_error(self) -> None:
        with pytest.raises(StudytuiError, match="nothing to read"):
            read_document(Source("a.txt", "a", "\x1b[1m\n\u200b", "utf-8"))


class TestDecks:
    """The bundled texts, damaged on purpose, against their paragraphs as they were written."""

    @pytest.mark.parametrize(
        "gold", sorted(Path(__file__).parent.glob("data/*.paragraphs.txt")), ids=lambda gold: gold.name
    )
    def test_every_paragraph_is_found(self, gold: Path) -> None:
        name = gold.name.partition(".")[0]
        wanted = [line for line in gold.read_text("utf-8").split("\n") if line.strip()]
        assert [bare(text) for text in texts(load(name).text)] == [bare(text) for text in wanted]


NIGHT, MORNING, LATER = (
    "那天晚上下了很大的雨，街上一个人也没有。我站在车站里，等着最后一班车。",
    "第二天早上，雨停了。我在门口看见一把旧伞，不知道是谁留下的。",
    "后来我再也没有见过那个人，可是那把伞我一直留着。",
)


@pytest.mark.parametrize(
    "numbers",
    [
        ("1", "2", "3"),
        ("１、相遇", "２、离别", "３、重逢"),
        ("一、", "二、", "三、"),
        ("1. 相遇", "2. 离别", "3. 重逢"),
        ("一", "二", "三"),
    ],
)
def test_numbers_that_count_sections_are_headings(numbers: tuple[str, ...]) -> None:
    pairs = zip(numbers, (NIGHT, MORNING, LATER), strict=True)
    text = "\n\n".join(each for pair in pairs for each in pair)
    kinds = [(each.kind, each.text) for each in reflow(text).paragraphs]
    assert [said for kind, said in kinds if kind == "heading"] == list(numbers)
    assert [said for kind, said in kinds if kind == "paragraph"] == [NIGHT, MORNING, LATER]


@pytest.mark.parametrize(
    "text",
    [
        f"7\n\n{NIGHT}\n\n3\n\n{MORNING}",  # they count nothing
        f"1、买米\n\n2、买菜\n\n3、回家\n\n{NIGHT}",  # a list
        f"{NIGHT}\n\n1\n\n{MORNING}",  # one alone
        f"1、他说他明天不来了。\n\n{NIGHT}\n\n2、她说她也不来了。\n\n{MORNING}",  # sentences
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert "heading" not in {each.kind for each in reflow(text).paragraphs}
