"""Clozes: which sentences are taken, how they are trimmed, and what the linter says of the others."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studytui.study.examples.cloze import (
    LEAST,
    MOST,
    MOST_JUDGED,
    Occurrence,
    SentenceVerdict,
    clozes,
    example,
    judge,
    judged,
)
from studytui.study.language.function_words import CONNECTIVES
from studytui.study.vocabulary import Status
from studytui.text.annotate import Annotator, open_annotator
from studytui.text.document import Document, Paragraph, ParagraphKind
from studytui.text.token import AnnotatedDocument


def known(_: str) -> Status:
    return "known"


def new(_: str) -> Status:
    return "new"


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return open_annotator()


def document(annotator: Annotator, *paragraphs: str, kind: ParagraphKind = "paragraph") -> AnnotatedDocument:
    made = tuple(Paragraph(kind, text, range(len(text))) for text in paragraphs)
    return annotator.document(Document("sample", "样本", "utf-8", made))


def every(text: AnnotatedDocument, target: str) -> list[Occurrence]:
    found: list[Occurrence] = []
    for index, paragraph in enumerate(text.document.paragraphs):
        start = paragraph.text.find(target)
        while start >= 0:
            found.append((index, start, start + len(target)))
            start = paragraph.text.find(target, start + 1)
    return found


def verdict(annotator: Annotator, sentence: str, target: str) -> SentenceVerdict:
    text = document(annotator, sentence)
    return judge(every(text, target)[0], text, annotator.lexicon, known)


@pytest.mark.parametrize(
    ("sentence", "target", "text"),
    [
        # A sentence of the right length is left as it is.
        ("图书馆的座位每天早上都很紧张。", "紧张", "图书馆的座位每天早上都很紧张。"),
        # What joins it to the sentence before is left off, with its comma.
        ("但是，图书馆的座位每天早上都很紧张。", "紧张", "图书馆的座位每天早上都很紧张。"),
        ("因此图书馆决定延长开放的时间。", "延长", "图书馆决定延长开放的时间。"),
        # A clause that points back is cut away when the rest serves.
        ("这让大家都很高兴，图书馆决定延长开放的时间。", "延长", "图书馆决定延长开放的时间。"),
        # What stands before an entry of a list is no part of its sentence.
        ("3. 图书馆的座位每天早上都很紧张。", "紧张", "图书馆的座位每天早上都很紧张。"),
        ("- 图书馆的座位每天早上都很紧张。", "紧张", "图书馆的座位每天早上都很紧张。"),
        ("（二）图书馆的座位每天早上都很紧张。", "紧张", "图书馆的座位每天早上都很紧张。"),
        # A quotation mark whose other half is in another sentence goes.
        ("“图书馆的座位每天早上都很紧张。你最好早一点来。”", "座位", "图书馆的座位每天早上都很紧张。"),
    ],
)
def test_trimmed(annotator: Annotator, sentence: str, target: str, text: str) -> None:
    judgement = verdict(annotator, sentence, target)
    assert judgement.text == text
    assert judgement.taken, judgement.reasons
    assert judgement.text[judgement.start : judgement.end] == target


@pytest.mark.parametrize(
    "sentence", ["《伦敦心跳》是一个很有意思的作品。", "我看了《城市的心跳和呼吸》，很喜欢。"]
)
def test_a_piece_of_a_title_is_not_asked(annotator: Annotator, sentence: str) -> None:
    assert not verdict(annotator, sentence, "心跳").taken
    assert verdict(annotator, "看完《伦敦》以后，他的心跳变得很快。", "心跳").taken


def test_the_answer_in_a_longer_form_gives_it_away(annotator: Annotator) -> None:
    judgement = verdict(annotator, "她想让男朋友去送衣服，可是她的男友一直在打游戏。", "男友")
    assert "男朋友" not in judgement.text or not judgement.taken
    assert verdict(annotator, "她想让弟弟去送衣服，可是她的男友一直在打游戏。", "男友").taken


@pytest.mark.parametrize(
    ("sentence", "target", "reason"),
    [
        ("我很紧张。", "紧张", "too short: 5 characters"),
        ("紧张的学生越紧张，图书馆就越紧张。", "紧张", "the answer stands elsewhere in the sentence"),
        ("他们都觉得图书馆很安静。", "安静", "its opening, 他们, points back to what is not shown"),
        ("这说明图书馆的工作很重要。", "重要", "its opening, 这, points back to what is not shown"),
        (
            "一位从很远的山区小学来到省城图书馆的年轻老师把学生写给管理员的三十七封感谢信和画都放在了门口的长桌上。",
            "感谢信",
            "too long: 51 characters and no clause boundary to trim at",
        ),
    ],
)
def test_passed_over(annotator: Annotator, sentence: str, target: str, reason: str) -> None:
    judgement = verdict(annotator, sentence, target)
    assert not judgement.taken
    assert reason in judgement.reasons


def test_a_long_sentence_is_cut_at_its_commas(annotator: Annotator) -> None:
    sentence = (
        "春天来了以后，图书馆后面的小花园里开满了各种颜色的花，来看书的人常常先在花园里坐一会儿，"
        "听听鸟的叫声，再上楼去找自己喜欢的座位，一直看到晚上关门。"
    )
    for target in ("颜色", "叫声", "关门"):
        judgement = verdict(annotator, sentence, target)
        assert judgement.taken, judgement.reasons
        assert LEAST <= len(judgement.text) <= MOST
        assert judgement.text in sentence
        assert "trimmed at a clause boundary" in judgement.reasons
        before = sentence[: sentence.index(judgement.text)]
        assert not before or before[-1] == "，"


def test_the_gap_is_between_before_and_after(annotator: Annotator) -> None:
    text = document(annotator, "图书馆的座位每天早上都很紧张。")
    (cloze,) = clozes(every(text, "座位"), text, annotator.lexicon, known)
    assert (cloze.before, cloze.target, cloze.after) == ("图书馆的", "座位", "每天早上都很紧张。")
    assert cloze.before + cloze.target + cloze.after == cloze.text


def test_the_best_sentence_comes_first_and_none_twice(annotator: Annotator) -> None:
    text = document(
        annotator,
        "他们都喜欢这里的座位。",
        "图书馆的座位每天早上都很紧张。",
        "图书馆的座位每天早上都很紧张。",
        "座位。",
    )
    verdicts = judged(every(text, "座位"), text, annotator.lexicon, known)
    assert [judgement.text for judgement in verdicts] == [
        "图书馆的座位每天早上都很紧张。",
        "他们都喜欢这里的座位。",
        "座位。",
    ]
    assert [judgement.taken for judgement in verdicts] == [True, False, False]
    best = example(every(text, "座位"), text, annotator.lexicon, known)
    assert best is not None
    assert best.text == verdicts[0].text
    assert best.document_id == text.document.id


def test_a_headline_only_when_there_is_nothing_else(annotator: Annotator) -> None:
    headline = document(annotator, "市图书馆延长开放时间至深夜", kind="heading")
    alone = judge(every(headline, "延长")[0], headline, annotator.lexicon, known)
    assert "it is a headline" in alone.reasons
    body = document(annotator, "图书馆决定延长开放的时间。")
    assert alone.fitness < judge(every(body, "延长")[0], body, annotator.lexicon, known).fitness
    assert example(every(headline, "延长"), headline, annotator.lexicon, known) is not None


def test_a_phrase_that_stands_alone_has_no_example(annotator: Annotator) -> None:
    text = document(annotator, "座位", "座位。")
    assert example(every(text, "座位"), text, annotator.lexicon, known) is None
    assert clozes(every(text, "座位"), text, annotator.lexicon, known) == ()


def test_a_sentence_of_known_words_is_better(annotator: Annotator) -> None:
    text = document(annotator, "古刹的飞檐在暮霭中若隐若现，石阶布满青苔。")
    at = every(text, "若隐若现")[0]
    strange = judge(at, text, annotator.lexicon, new)
    familiar = judge(at, text, annotator.lexicon, known)
    assert strange.fitness < familiar.fitness
    assert any("may be hard" in reason for reason in strange.reasons)
    assert "the other words are easy or known" in familiar.reasons


def test_what_is_easy_depends_on_the_learner(annotator: Annotator) -> None:
    text = document(annotator, "图书馆的座位每天早上都很紧张。")
    at = every(text, "座位")[0]
    beginner = judge(at, text, annotator.lexicon, new, easy=1)
    advanced = judge(at, text, annotator.lexicon, new, easy=6)
    assert beginner.fitness < advanced.fitness


def test_a_part_of_a_long_answer_gives_it_away(annotator: Annotator) -> None:
    shown = verdict(annotator, "城市的空气污染和土壤污染都需要治理。", "土壤污染")
    assert "part of the answer stands elsewhere in the sentence" in shown.reasons
    hidden = verdict(annotator, "城市的空气质量和土壤污染都需要治理。", "土壤污染")
    assert hidden.fitness > shown.fitness


pieces = st.lists(
    st.sampled_from(
        [
            "图书馆", "座位", "但是", "因此", "他们", "紧张", "延长", "开放的时间", "很", "我", "，",
            "，", "。", "；", "“", "”", "《", "》", "（", "）", "、", "！", " ", "\"", "——",
            "3.5", "API", "小明说：", "\n",
        ]
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=pieces, after=pieces)
def test_whatever_stands_around(annotator: Annotator, before: list[str], after: list[str]) -> None:
    text = document(annotator, "".join(before) + "成语" + "".join(after))
    whole = text.document.paragraphs[0].text
    judgement = judge(every(text, "成语")[0], text, annotator.lexicon, new)
    assert judgement.text in whole
    assert judgement.text[judgement.start : judgement.end] == "成语"
    assert judgement.reasons
    assert 0 <= judgement.fitness <= 1
    if judgement.taken:
        assert sum(not character.isspace() for character in judgement.text) in range(LEAST, MOST + 1)
        assert judgement.text.count("成语") == 1
        for opening, closing in ("“”", "《》", "（）"):
            assert judgement.text.count(opening) == judgement.text.count(closing)
        assert not judgement.text.startswith(("他们", *CONNECTIVES))


def test_a_sentence_is_not_cut_off_before_what_it_leads_to(annotator: Annotator) -> None:
    sentence = (
        "图书馆的管理员站在楼梯旁边轻声地说，明天早上的讲座改到三楼的大教室，下课的时候，"
        "请大家把椅子放回原来的位置，再到门口拿自己的书包。"
    )
    for target, ending in (("楼梯", "说"), ("讲座", "时候")):
        text = document(annotator, sentence)
        judgement = judge(every(text, target)[0], text, annotator.lexicon, known)
        assert not judgement.text.endswith(ending)
        assert judgement.taken, judgement.reasons


@pytest.mark.parametrize(
    ("sentence", "target"),
    [("我真想走过去跟他握握手，谢谢他。", "握手"), ("晚上她常来跟奶奶说说话，很热闹。", "说话")],
)
def test_half_of_the_answer_is_not_left_beside_the_gap(
    annotator: Annotator, sentence: str, target: str
) -> None:
    found = verdict(annotator, sentence, target)
    assert not found.taken
    assert "a character of the answer stands right beside the gap" in found.reasons


def test_of_a_word_that_comes_thousands_of_times_some_sentences_are_judged(annotator: Annotator) -> None:
    """A line without an end, or a refrain, must not cost the square of its length."""
    text = "快来看这里的风景，" * 2000 + "风景真好。"
    words = annotator.paragraph(text)
    paragraph = Paragraph("paragraph", text, range(len(text)))
    document = AnnotatedDocument(Document("x", "x", "utf-8", (paragraph,)), (words,))
    places = [(0, word.token.start, word.token.end) for word in words if word.text == "风景"]
    assert len(places) == 2001
    verdicts = judged(places, document, annotator.lexicon, lambda _: "new")
    assert 0 < len(verdicts) <= MOST_JUDGED
    assert all(len(verdict.text) <= MOST for verdict in verdicts if verdict.taken)


@pytest.mark.parametrize(
    ("sentence", "target", "hard", "kept"),
    [
        (
            "这次的情况大家都明白，技艺荒疏懈怠，我们的事情就会一直是纸上谈兵。",
            "纸上谈兵",
            "技艺荒疏懈怠",
            "荒疏",
        ),
        ("老师的话我们不仅应该好好地听，而且要揣摩斟酌。", "应该", "揣摩斟酌", "而且"),
    ],
)
def test_a_clause_keeps_the_one_that_it_leans_on(
    annotator: Annotator, sentence: str, target: str, hard: str, kept: str
) -> None:
    """Even if that one is hard."""
    text = document(annotator, sentence)

    def status(headword: str) -> Status:
        return "new" if headword in hard else "known"

    assert kept in judge(every(text, target)[0], text, annotator.lexicon, status, 2).text


def test_a_pointer_right_before_the_gap_weighs_against_it(annotator: Annotator) -> None:
    pointed = verdict(annotator, "科技人员要树立这个理想，为社会作出贡献。", "理想")
    assert any("这个 before the gap" in reason for reason in pointed.reasons)
    plain = verdict(annotator, "科技人员要树立一个理想，为社会作出贡献。", "理想")
    assert plain.fitness > pointed.fitness


@pytest.mark.parametrize("mark", ["小王：", "A：", "小王（笑）：", "⑦", "【挂霜】", "(3)"])
def test_who_speaks_and_marks_of_a_list_stay_out_of_the_sentence(annotator: Annotator, mark: str) -> None:
    said = "我昨天在图书馆门口看见了你的老师。"
    assert verdict(annotator, mark + said, "图书馆").text == said
