"""Where sentences and clauses end, whatever form of the marks a text has; and characters in other forms."""

from __future__ import annotations

import unicodedata

import pytest

from studytui.study.examples.trim import cuts
from studytui.text.characters import standard
from studytui.text.punctuation import CLOSERS, OPENERS
from studytui.text.reflow.line_marks import ending
from studytui.text.reflow.reflow import reflow
from studytui.text.sentence import sentence_spans
from tests.text.faults import PARAGRAPHS, bare, f1, wrapped


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize("mark", "。．｡︒！﹗︕？﹖︖﹒")
def test_every_form_of_an_end_ends_a_sentence(mark: str) -> None:
    first, second = f"天气很好{mark}", f"我们走吧{mark}"
    assert sentences(first + second) == [first, second]
    assert ending(first) == "final"


@pytest.mark.parametrize("mark", "，,﹐、､﹑：﹕；﹔")
def test_no_form_of_a_pause_does(mark: str) -> None:
    assert sentences(f"天气很好{mark}我们走吧。") == [f"天气很好{mark}我们走吧。"]
    assert ending(f"天气很好{mark}") != "final"


@pytest.mark.parametrize(
    "text",
    ["约翰．史密斯来了。", "他考了３．５分。", "请看网易.com上的文章。", "价格是3.5元。", "１．带一把伞"],
)
def test_a_point_inside_something_ends_nothing(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("会议将在明天下午2:30在三楼的会议室开始，请大家准时参加。", "2:30"),
        ("昨天晚上的比赛打成了3：2，主队的观众都非常激动。", "3：2"),
        ("新的网址是http://a.cn/b，欢迎各位老师同学前来参观。", "http://a.cn/b"),
    ],
)
def test_no_cut_parts_a_time_a_score_or_an_address(text: str, whole: str) -> None:
    place = text.index(whole)
    for target in ((0, 2), (len(text) - 3, len(text) - 1)):
        for cut in cuts(text, (0, len(text)), target, 40, {}):
            for edge in (cut.start, cut.end):
                assert not place < edge < place + len(whole)


def test_openers_and_closers_are_pairs() -> None:
    assert len(OPENERS) == len(CLOSERS) == len(set(OPENERS + CLOSERS)) // 2


@pytest.mark.parametrize("width", [24, 36, 40, 60])
def test_prose_with_full_width_points_is_joined(width: int) -> None:
    paragraphs = [paragraph.replace("。", "．") for paragraph in PARAGRAPHS * 3]
    found = [
        paragraph.text
        for paragraph in reflow(
            "\n".join("\u3000\u3000" + "\n".join(wrapped(text, width)) for text in paragraphs)
        ).paragraphs
    ]
    assert bare("".join(found)) == bare("".join(paragraphs))
    assert f1(paragraphs, found) >= 0.95


class TestStandard:
    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("⼀个⼈⾛在⼤街上", "一个人走在大街上"),
            ("⻓城上⻋站⻛很⼤，⻅到了⻢⽼师", "长城上车站风很大，见到了马老师"),
            ("靑年吿訴", "青年告訴"),
            ("\uf9e4\uf90a", "理金"),
            ("１２：３０，ＡＢＣ！", "１２：３０，ＡＢＣ！"),
        ],
    )
    def test_of_another_form(self, text: str, wanted: str) -> None:
        assert standard(text) == wanted

    def test_every_radical_is_a_character_and_every_position_stays(self) -> None:
        radicals = [chr(code) for code in range(0x2E80, 0x2FD6) if unicodedata.category(chr(code)) == "So"]
        assert len(radicals) > 300
        changed = [standard(radical) for radical in radicals if radical != "⺀"]
        assert all(len(form) == 1 and not "\u2e80" <= form <= "\u2fdf" for form in changed)

    def test_of_a_text_keeps_the_map(self) -> None:
        text = "他⽤⼿机看了⼀下⽂件。\n⽅便⾯很好吃，⽼师说⾷物要新鲜。"
        for paragraph in reflow(text).paragraphs:
            assert paragraph.text == standard("".join(text[place] for place in paragraph.origin))
