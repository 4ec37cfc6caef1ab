"""How sure a question is to be a good one, and that a quiz asks the surest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from studytui.study.examples.cloze import SentenceVerdict
from studytui.study.language.hypernyms import likeness
from studytui.study.notes.note import Note
from studytui.study.phrases.ranking import key_phrases
from studytui.study.questions.options.right_answer import STANDING, Beside, Right
from studytui.study.questions.options.sureness import (
    alike,
    gives_away,
    of_meaning,
    of_options,
    of_sentence,
    of_target,
)
from studytui.study.questions.question import Option
from studytui.study.questions.quiz import LEAST, quiz
from studytui.study.vocabulary import Status
from studytui.text.annotate import Annotator, open_annotator
from studytui.text.reflow.reflow import read_document
from studytui.text.source.source import load


@pytest.fixture(scope="module")
def annotator() -> Iterator[Annotator]:
    opened = open_annotator()
    yield opened
    opened.lexicon.close()


def note_of(annotator: Annotator, headword: str) -> Note:
    entry = annotator.lexicon.entries(headword)[0]
    return Note(
        headword, entry.syllables, entry.traditional, entry.glosses, annotator.lexicon.level(headword)
    )


@pytest.mark.parametrize(
    ("word", "nearer", "farther", "part"),
    [
        ("草原", "沙漠", "键盘", "n"),
        ("辣椒", "生姜", "轮椅", "n"),
        ("牛肉", "猪肉", "牛仔", "n"),
        ("老师", "律师", "老鼠", "n"),
        ("降低", "增加", "降落", "v"),
    ],
)
def test_words_for_the_same_sort_of_thing_are_alike(word: str, nearer: str, farther: str, part: str) -> None:
    near, far = likeness(word, nearer, part), likeness(word, farther, part)
    assert near is not None
    assert far is not None
    assert near > far + 0.1
    assert likeness(word, word, part) == 1.0
    assert likeness(nearer, word, part) == near


def test_of_a_word_that_has_no_such_class_nothing_is_said() -> None:
    assert likeness("草原", "忽然", "n") is None
    assert likeness("草原", "㐀㐀", "n") is None


def test_a_word_of_one_meaning_is_surer_than_one_of_many(annotator: Annotator) -> None:
    sure = {
        word: of_meaning(note_of(annotator, word), "", annotator.lexicon) for word in ("电池", "提起", "打")
    }
    assert sure["电池"] > sure["提起"] > sure["打"]
    harvest = note_of(annotator, "拆除")
    assert of_meaning(harvest, "v", annotator.lexicon) > of_meaning(harvest, "n", annotator.lexicon)
    composed = replace(harvest, glosses=("拆 to open", "除 to get rid of"))
    assert of_meaning(composed, "v", annotator.lexicon) == 0.0


def test_what_explains_itself_or_is_put_together_is_no_sure_target(annotator: Annotator) -> None:
    plain = note_of(annotator, "电池")
    assert of_target(plain, 3, annotator.lexicon) == 1.0
    assert of_target(note_of(annotator, "热茶"), 3, annotator.lexicon) < 1.0
    assert of_target(replace(plain, headword="监控平台"), 3, annotator.lexicon) < 1.0
    assert of_target(note_of(annotator, "朋友"), 3, annotator.lexicon) < 1.0


def test_a_whole_sentence_is_surer_than_what_is_left_of_one() -> None:
    whole = SentenceVerdict(True, 0.9, (), "我们小区的图书馆很大，大家都喜欢来看书。", 5, 8, (0, 5, 8))
    assert (
        of_sentence(whole)
        > of_sentence(replace(whole, opened=True))
        > of_sentence(replace(whole, closed=True))
    )
    assert of_sentence(whole) > of_sentence(replace(whole, text=whole.text.rstrip("。")))
    short = replace(whole, text="图书馆很大。", start=0, end=3, opened=True)
    assert of_sentence(short) < of_sentence(replace(whole, opened=True))


def test_options_that_cannot_stand_make_no_gap(annotator: Annotator) -> None:
    note = note_of(annotator, "辣椒")

    def sure(*words: str, beside: Beside = Beside("的", "很", "n")) -> float:  # noqa: B008 - a value
        options = [Option("辣椒", "answer", "辣椒"), *(Option(word, "sense", word) for word in words)]
        return of_options(note, beside, options, annotator.lexicon)

    assert sure("黄瓜", "生姜", "豆腐") > 0.5
    assert sure("黄瓜", "生姜", "忽然") == 0.0
    assert sure() == 0.0
    client = note_of(annotator, "客户端")
    told = [Option(word, "sense", word) for word in ("消费者", "购买者", "纳税人")]
    assert of_options(client, Beside("的", "", "n"), told, annotator.lexicon) == 0.0
    entry = replace(note, headword="查阅", glosses=("to consult",))
    told = [Option(word, "sense", word) for word in ("参考", "搜索", "查询")]
    free, bound = (of_options(entry, Beside("", after, "v"), told, annotator.lexicon) for after in ("", "了"))
    assert free > bound > 0.0
    for neighbours in (("", "鱼"), ("", "工业革命"), ("IP", ""), ("把", "")):
        assert sure("黄瓜", "生姜", "豆腐", beside=Beside(*neighbours, "n")) < sure("黄瓜", "生姜", "豆腐")
    assert sure("黄瓜", "生姜", "豆腐", beside=Beside("牛肉", "", "n")) < sure("黄瓜", "生姜", "豆腐")


@pytest.mark.parametrize("deck", ["broken-chair"])
def test_a_quiz_asks_in_a_gap_only_what_could_be_another_word(annotator: Annotator, deck: str) -> None:
    def new(_: str) -> Status:
        return "new"

    text = annotator.document(read_document(load(deck)))
    phrases = key_phrases(text, annotator.lexicon, new)
    gaps = 0
    for seed in range(3):
        questions = quiz(phrases, text, annotator.lexicon, new, min(20, len(phrases) // 5), seed)
        for question in questions:
            if question.kind == "cloze":
                gaps += 1
                right = Right(question.note, annotator.lexicon)
                # Without its neighbours a word may stand a little worse than beside them.
                assert all(
                    right.standing(option.headword) > STANDING - 0.2
                    for option in question.options
                    if option.family != "answer"
                ), question
        known = [question for question in questions if question.card]
        assert len({question.note.id for question in known}) == len(known)
    assert gaps


@pytest.mark.parametrize("word", ["忘掉", "放入", "鞋子", "包饺子", "工作人员", "大寨"])
def test_what_is_seen_through_by_who_knows_its_parts_is_no_sure_target(
    annotator: Annotator, word: str
) -> None:
    assert of_target(note_of(annotator, word), 5, annotator.lexicon) < LEAST
    assert of_target(note_of(annotator, "丘陵"), 5, annotator.lexicon) == 1.0


def test_a_meaning_of_another_part_of_speech_or_of_one_case_is_not_sure(annotator: Annotator) -> None:
    for word, part in (("瞬间", "n"), ("驻军", "n"), ("修炼", "v")):
        assert of_meaning(note_of(annotator, word), part, annotator.lexicon) < LEAST
    assert of_meaning(note_of(annotator, "烧酒"), "n", annotator.lexicon) < LEAST


def test_of_people_more_words_can_stand_than_of_ideas(annotator: Annotator) -> None:
    def sure(word: str, *others: str) -> float:
        options = [Option(each, "sense", each) for each in others]
        return of_options(note_of(annotator, word), Beside("的", "", "n"), options, annotator.lexicon)

    assert sure("丈夫", "乘客", "车主", "父亲") > sure("兔子", "狐狸", "大象", "老鼠")
    assert sure("兔子", "狐狸", "大象", "老鼠") > sure("可能性", "购买力", "影响力", "工作量")


def test_options_of_another_part_of_speech_do_not_serve(annotator: Annotator) -> None:
    note = note_of(annotator, "缓慢")

    def same(*words: str) -> float:
        return alike(note, [Option(word, "sense", word) for word in words], annotator.lexicon)

    assert same("陡峭", "明亮", "潮湿") == 1.0
    assert same("邻居", "居民", "礼貌") < 0.6


@pytest.mark.parametrize(
    ("word", "others"),
    [("瓜农", ("华贵", "湿润")), ("愈来愈", ("空荡荡", "五星级")), ("未经", ("微型", "正当"))],
)
def test_one_option_of_another_class_is_seen(
    annotator: Annotator, word: str, others: tuple[str, ...]
) -> None:
    right = Right(note_of(annotator, word), annotator.lexicon)
    assert not any(map(right.agrees, others))


def test_what_a_character_tells_needs_others_with_a_character(annotator: Annotator) -> None:
    def told(word: str, *others: str) -> bool:
        options = [Option(each, "sense", each) for each in others]
        return gives_away(note_of(annotator, word), options, annotator.lexicon)

    assert told("木桩", "政法", "身子", "资本")
    assert told("木桩", "木匠", "身子", "资本")
    assert not told("木桩", "木匠", "木板", "资本")
    assert told("外资", "物业", "船舶", "经贸")
    assert not told("外资", "外科", "外观", "经贸")
    # What means nearly the same is no help: it would be right, too.
    assert told("强壮", "强硬", "强劲", "壮观")


@pytest.mark.parametrize(
    ("word", "other"),
    [("想念", "怀念"), ("惦记", "想念"), ("口袋", "背包"), ("黄牛", "公牛"), ("黄牛", "奶牛")],
)
def test_a_word_that_means_the_same_is_no_wrong_option(annotator: Annotator, word: str, other: str) -> None:
    assert not Right(note_of(annotator, word), annotator.lexicon).differs(other)
    assert Right(note_of(annotator, "兔子"), annotator.lexicon).differs("狐狸")
