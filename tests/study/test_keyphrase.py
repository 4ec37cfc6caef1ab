"""Key phrases: what is found, what never is, in which order for whom, and the notes made of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studytui.study.language.function_words import FUNCTION_WORDS
from studytui.study.language.literal_glosses import as_noun
from studytui.study.language.word_tests import has_idiom_shape
from studytui.study.notes.note import Example, note_id
from studytui.study.notes_from_text import note_of, note_of_word
from studytui.study.phrases.ranking import KeyPhrase, key_phrases
from studytui.study.vocabulary import Status
from studytui.text.annotate import Annotator, open_annotator
from studytui.text.document import Document, Paragraph
from studytui.text.token import AnnotatedDocument

WETLAND = [
    "湿地公园里的候鸟",
    "去年秋天，青河市的湿地公园迎来了三万多只候鸟。为了这一天，市民李建国和邻居们齐心协力干了六年。",
    "六年前，这里污水横流，臭气熏天，来散步的人寥寥无几。市政府决定拆掉河边的厂房，开展生态修复。"
    "生态修复不能一蹴而就：先要清理淤泥，再种上芦苇，让河水慢慢恢复自净能力。",
    "如今，生态修复的成果有目共睹。湿地公园依山傍水，游人络绎不绝，附近居民的幸福感明显提升。"
    "专家说，生态修复是一项长期工程，不能半途而废，更不能急功近利。",
    "候鸟最怕噪音。公园管理处因地制宜，把观鸟台建在芦苇深处，还请志愿者向游客讲解候鸟的迁徙路线。"
    "“候鸟来了，说明我们没有白忙。”李建国笑着说。",
]
IDIOMS = {
    "齐心协力", "臭气熏天", "寥寥无几", "一蹴而就", "有目共睹", "依山傍水", "络绎不绝", "半途而废",
    "急功近利", "因地制宜",
}  # fmt: skip
BREAKFAST = [
    "星期天的早上",
    "星期天早上，我和妹妹去公园跑步。公园很大，有很多树，也有很多花。",
    "跑步以后，我们去饭馆吃早饭。妹妹喜欢喝牛奶，我喜欢喝茶。饭馆的面包很便宜，也很好吃。",
    "回家的时候下雨了，我们没有带雨伞，衣服都湿了。妈妈笑着说：“快去洗澡！”",
]


def new(_: str) -> Status:
    return "new"


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return open_annotator()


def document(annotator: Annotator, paragraphs: list[str]) -> AnnotatedDocument:
    made = tuple(
        Paragraph("heading" if index == 0 and len(paragraphs) > 1 else "paragraph", text, range(len(text)))
        for index, text in enumerate(paragraphs)
    )
    return annotator.document(Document("sample", paragraphs[0], "utf-8", made))


@pytest.fixture(scope="module")
def wetland(annotator: Annotator) -> AnnotatedDocument:
    return document(annotator, WETLAND)


@pytest.fixture(scope="module")
def phrases(annotator: Annotator, wetland: AnnotatedDocument) -> tuple[KeyPhrase, ...]:
    return key_phrases(wetland, annotator.lexicon, new)


def test_idioms_are_found(phrases: tuple[KeyPhrase, ...]) -> None:
    found = {phrase.phrase for phrase in phrases if phrase.kind == "idiom"}
    assert found >= IDIOMS


def test_a_term_of_several_words_stands_as_one(phrases: tuple[KeyPhrase, ...]) -> None:
    term = next(phrase for phrase in phrases if phrase.phrase == "生态修复")
    assert term.kind == "term"
    assert term.count == 4
    assert not {"生态", "修复"} & {phrase.phrase for phrase in phrases}
    assert term.gloss == ("ecological restoration",)
    assert term.syllables == ("sheng1", "tai4", "xiu1", "fu4")


def test_what_the_text_turns_on_is_near_the_top(phrases: tuple[KeyPhrase, ...]) -> None:
    top = [phrase.phrase for phrase in phrases[:20]]
    assert "候鸟" in top
    assert "生态修复" in top


def test_names_numbers_and_grammar_are_no_phrases(annotator: Annotator, wetland: AnnotatedDocument) -> None:
    every = key_phrases(wetland, annotator.lexicon, new, limit=None)
    listed = {phrase.phrase for phrase in every}
    assert not listed & FUNCTION_WORDS
    assert not listed & {"李建国", "建国", "三万", "六年", "一天", "李"}
    for phrase in listed:
        assert phrase[0] not in "的了着是们和", phrase
        assert phrase[-1] not in "的了着是和", phrase


def test_nothing_is_listed_twice(annotator: Annotator, wetland: AnnotatedDocument) -> None:
    listed = [phrase.headword for phrase in key_phrases(wetland, annotator.lexicon, new, limit=None)]
    assert len(listed) == len(set(listed))
    for one in listed:
        holders = [other for other in listed if other != one and len(one) > 1 and one in other]
        assert not holders, (one, holders)


def test_every_occurrence_is_where_it_is_said_to_be(
    wetland: AnnotatedDocument, phrases: tuple[KeyPhrase, ...]
) -> None:
    for phrase in phrases:
        assert phrase.count == len(phrase.occurrences) > 0
        for paragraph, start, end in phrase.occurrences:
            assert wetland.document.paragraphs[paragraph].text[start:end] == phrase.phrase
    assert sum(text.count("候鸟") for text in WETLAND) == next(
        phrase.count for phrase in phrases if phrase.phrase == "候鸟"
    )


def test_best_first_and_the_same_again(
    annotator: Annotator, wetland: AnnotatedDocument, phrases: tuple[KeyPhrase, ...]
) -> None:
    scores = [phrase.score for phrase in phrases]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert key_phrases(wetland, annotator.lexicon, new) == phrases
    assert key_phrases(wetland, annotator.lexicon, new, limit=7) == phrases[:7]


def test_known_and_ignored_are_left_out_and_parts_come_back(
    annotator: Annotator, wetland: AnnotatedDocument
) -> None:
    marks: dict[str, Status] = {"候鸟": "known", "络绎不绝": "ignored"}
    listed = {
        phrase.phrase
        for phrase in key_phrases(wetland, annotator.lexicon, lambda word: marks.get(word, "new"))
    }
    assert not listed & marks.keys()
    assert "一蹴而就" in listed


def test_what_is_being_learnt_steps_back(
    annotator: Annotator, wetland: AnnotatedDocument, phrases: tuple[KeyPhrase, ...]
) -> None:
    first = phrases[0]
    again = key_phrases(
        wetland, annotator.lexicon, lambda word: "learning" if word == first.headword else "new"
    )
    later = next(phrase for phrase in again if phrase.headword == first.headword)
    assert later.score < first.score
    assert later.reason.endswith("being learned")


def test_a_beginner_is_given_easier_words(annotator: Annotator, wetland: AnnotatedDocument) -> None:
    def knows(most: int) -> list[int]:
        def status(headword: str) -> Status:
            return "known" if (annotator.lexicon.level(headword) or 9) <= most else "new"

        chosen = key_phrases(wetland, annotator.lexicon, status, limit=12)
        return [phrase.hsk if phrase.hsk is not None else 8 for phrase in chosen]

    assert sum(knows(1)) < sum(knows(5))


def test_a_beginners_text_has_a_beginners_words(annotator: Annotator) -> None:
    listed = key_phrases(document(annotator, BREAKFAST), annotator.lexicon, new, limit=12)
    assert {phrase.kind for phrase in listed} == {"word"}
    assert {"跑步", "公园", "洗澡"} <= {phrase.phrase for phrase in listed}
    assert sum((phrase.hsk or 9) <= 2 for phrase in listed[:8]) >= 6  # and 雨伞


def test_the_reason_is_in_words(phrases: tuple[KeyPhrase, ...]) -> None:
    reasons = {phrase.phrase: phrase.reason for phrase in phrases}
    assert reasons["一蹴而就"] == "an idiom, used once; outside the HSK lists; not yet known"
    assert reasons["络绎不绝"] == "an idiom, used once; HSK 7-9; not yet known"
    assert reasons["候鸟"].startswith("a word of the headline, used 5 times")


@pytest.mark.parametrize(
    "text",
    ["茶香酒浓", "修旧如旧", "走来走去"],
)
def test_the_shape_of_an_idiom(annotator: Annotator, text: str) -> None:
    tokens = annotator.paragraph(text)
    assert len(tokens) > 1
    assert has_idiom_shape(tokens, annotator.lexicon)


@pytest.mark.parametrize(
    "text",
    [
        "小猫吃鱼",
        "云缝里漏",
        "他看了书",
        "收不收费",
        "问去不去",
        "灼灼才华",
        "静静地立",
        "我和你们",
        "小梅睁大",
        "吃饭睡觉",
        "雨下大了",
    ],
)
def test_not_the_shape_of_an_idiom(annotator: Annotator, text: str) -> None:
    assert not has_idiom_shape(annotator.paragraph(text), annotator.lexicon)


@pytest.mark.parametrize(
    ("sentence", "phrase", "kind"),
    [
        ("走廊里进进出出的人很多。", "进进出出", "phrase"),
        ("山下暮色四合，灯一盏一盏亮了。", "暮色四合", "idiom"),
        ("隔壁房间里有人鼾声如雷，我一夜没睡。", "鼾声如雷", "idiom"),
        ("他刻苦攻关，终于做出了新药。", "刻苦攻关", "phrase"),
        ("學生絡繹不絕地走進圖書館。", "絡繹不絕", "idiom"),
    ],
)
def test_expressions_that_the_words_are_cut_across(
    annotator: Annotator, sentence: str, phrase: str, kind: str
) -> None:
    listed = key_phrases(document(annotator, [sentence]), annotator.lexicon, new)
    assert {found.phrase: found.kind for found in listed}.get(phrase) == kind


@pytest.mark.parametrize(
    ("sentence", "chance"),
    [
        ("孩子的嘴唇哆嗦，说不出话来。", "嘴唇哆嗦"),
        ("门卫敲了半天，没有人开门。", "敲了半天"),
        ("你问收不收费，我也不知道。", "问收不收"),
        ("从那以后，外交部再也没有消息。", "外交部"),
        ("那天他一次买了三本书。", "一次"),
        ("她把银针比作钢针，说做人要有骨气。", "比作钢针"),
        ("这首诗我在课本上学过，至今会背。", "上学"),
        ("我一直在等老师的下一句话。", "一句话"),
        ("孩子们坐在同一间教室里。", "同一"),
        ("他们采访了一名退休邮递员。", "退休邮递员"),
        ("妻子飘零在外，没能赶回来。", "妻子飘零在外"),
        ("隔壁的老人送来一篮子春笋。", "篮子春笋"),
        ("他饿着肚子闻了两个钟头香味。", "钟头香味"),
        ("法院认为，租客有权解除合同。", "租客有权"),
        ("有的鱼用光引诱猎物，有的用光吓退敌人。", "用光引诱猎物"),
        ("房东说，楼上住户也来过。", "楼上住户"),
        ("少年想学一门手艺糊口。", "手艺糊口"),
        ("你师父压根儿没打算教你。", "师父压根儿"),
        ("要做到旋律高昂，人人爱听。", "旋律高昂"),
        ("我们星期天去公园跑步。", "公园跑步"),
    ],
)
def test_chance_neighbours_are_no_phrase(annotator: Annotator, sentence: str, chance: str) -> None:
    listed = key_phrases(document(annotator, [sentence]), annotator.lexicon, new, limit=None)
    assert chance not in {found.phrase for found in listed}


def test_a_chain_of_nouns_between_a_verb_and_a_mark_is_a_term(annotator: Annotator) -> None:
    sentence = "要在今后几年里推进网络强国建设，让大家受益。"
    listed = key_phrases(document(annotator, [sentence]), annotator.lexicon, new, limit=None)
    term = next(found for found in listed if found.phrase == "网络强国建设")
    assert term.kind == "term"
    assert not {"网络强国", "强国建设"} & {found.phrase for found in listed}


def test_a_short_form_that_a_text_has_coined_is_found_with_what_follows(annotator: Annotator) -> None:
    lines = ["推动茶旅事业，要靠大家。", "茶旅事业为了人民。", "大家都来支持茶旅事业。", "这也是茶旅事业。"]
    listed = key_phrases(document(annotator, lines), annotator.lexicon, new)
    term = next(found for found in listed if found.phrase == "茶旅事业")
    # What 茶旅 is short for, its characters do not say.
    assert term.gloss == ("事业 undertaking",)
    assert term.syllables == ("cha2", "lu:3", "shi4", "ye4")
    assert re.search(r"used 4 times \(\d+\.\d% of its words\)", term.reason)
    once = key_phrases(document(annotator, lines[:1]), annotator.lexicon, new, limit=None)
    assert "茶旅事业" not in {found.phrase for found in once}


def test_what_a_text_is_about_comes_before_ordinary_words_with_an_ending(annotator: Annotator) -> None:
    lines = [
        "网络安全",
        "网络安全是大家的事。",
        "要重视网络安全，这样的批评才是建设性的。",
        "谁来保护网络安全？",
    ]
    order = [found.phrase for found in key_phrases(document(annotator, lines), annotator.lexicon, new)]
    assert order[0] == "网络安全"
    assert "建设性" in order


def test_parts_are_named_as_things_in_a_term_and_in_old_meanings_in_an_idiom(annotator: Annotator) -> None:
    lines = ["食堂安全不是小事，人人都要重视食堂安全。", "这里，茶香酒浓，人也舒服。"]
    found = {
        each.phrase: each for each in key_phrases(document(annotator, lines), annotator.lexicon, new, None)
    }
    assert found["食堂安全"].gloss == ("食堂 dining hall", "安全 safety")
    assert found["茶香酒浓"].gloss == ("茶 tea", "香 fragrant", "酒 alcohol", "浓 strong")


def test_no_part_of_a_term_is_named_as_another_is() -> None:
    assert as_noun(("to design", "to plan", "design"))[0] == "to design"
    assert as_noun(("to compete", "competition"))[0] == "competition"
    assert as_noun(("system", "setup"), ["system"]) == ("setup", "system")
    assert as_noun(("system",), ["system"]) == ("system",)
    assert as_noun(()) == ()


@pytest.mark.parametrize("word", ["虽说", "如果说", "说起", "还有", "什么样", "别的"])
def test_words_of_grammar_are_no_phrase(annotator: Annotator, word: str) -> None:
    text = document(annotator, [f"{word}这件事，老人总是叹气。"])
    assert word not in {found.phrase for found in key_phrases(text, annotator.lexicon, new, limit=None)}


def test_what_a_text_brings_in_as_a_name_is_no_phrase_in_it(annotator: Annotator) -> None:
    named = document(annotator, ["我叫小雨。", "小雨喜欢画画，每天放学都画一张。"])
    weather = document(annotator, ["窗外下着小雨，路上没有人。"])
    listed = [
        {found.phrase for found in key_phrases(text, annotator.lexicon, new, None)}
        for text in (named, weather)
    ]
    assert "小雨" not in listed[0]
    assert "小雨" in listed[1]


def test_a_character_that_mostly_stands_beside_the_same_one_is_no_phrase(annotator: Annotator) -> None:
    text = document(annotator, ["蓝笔问作者，作者不答。蓝笔又问，作者还是不答。蓝笔笑了。"])
    assert not {"蓝", "笔"} & {found.phrase for found in key_phrases(text, annotator.lexicon, new, None)}


def test_terms_inside_a_long_chain_of_nouns_are_found(annotator: Annotator) -> None:
    text = document(annotator, ["会议讨论了信息领域军民融合技术体系等问题，还提到能力建设顶层设计等问题。"])
    listed = {found.phrase for found in key_phrases(text, annotator.lexicon, new, None)}
    assert {"军民融合", "顶层设计"} <= listed


@pytest.mark.parametrize("paragraphs", [["。"], ["Nothing Chinese here, 42."], ["的了在是。"], ["好"]])
def test_texts_with_nothing_to_learn(annotator: Annotator, paragraphs: list[str]) -> None:
    assert key_phrases(document(annotator, paragraphs), annotator.lexicon, new) == ()


def test_an_empty_document(annotator: Annotator) -> None:
    empty = AnnotatedDocument(Document("empty", "empty", "utf-8", ()), ())
    assert key_phrases(empty, annotator.lexicon, new) == ()


pieces = st.lists(
    st.sampled_from(
        [
            *("".join(WETLAND[1:])[place : place + 7] for place in range(0, 210, 7)),
            "，", "。", "“", "”", "、", "《", "2026", "API", " ", "了", "的", "一蹴而就", "看看", "𠮷",
        ]
    ),
    min_size=1,
    max_size=30,
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paragraphs=st.lists(pieces, min_size=1, max_size=3))
def test_whatever_the_text(annotator: Annotator, paragraphs: list[list[str]]) -> None:
    text = document(annotator, ["".join(paragraph) for paragraph in paragraphs])
    listed = key_phrases(text, annotator.lexicon, new, limit=None)
    headwords = [phrase.headword for phrase in listed]
    assert len(set(headwords)) == len(headwords)
    for phrase in listed:
        assert phrase.headword not in FUNCTION_WORDS
        for paragraph, start, end in phrase.occurrences:
            assert text.document.paragraphs[paragraph].text[start:end] == phrase.phrase
        if phrase.example is not None:
            assert phrase.example.text[phrase.example.start : phrase.example.end] == phrase.phrase


def test_a_note_of_a_phrase(wetland: AnnotatedDocument, phrases: tuple[KeyPhrase, ...]) -> None:
    phrase = next(phrase for phrase in phrases if phrase.phrase == "络绎不绝")
    for text in (wetland, wetland.document):
        note = note_of(phrase, text)
        assert note.id == note_id("络绎不绝", ("luo4", "yi4", "bu4", "jue2"))
        assert note.traditional == "絡繹不絕"
        assert note.kind == "idiom"
        assert note.hsk == 7
        assert isinstance(note.example, Example)
        assert note.example.text[note.example.start : note.example.end] == "络绎不绝"
        assert note.example.document_id == wetland.document.id
        assert note.example.title == WETLAND[0]


def test_a_note_of_a_word_has_the_sentence_it_stands_in(
    annotator: Annotator, wetland: AnnotatedDocument
) -> None:
    index, word = next(
        (index, word) for index, row in enumerate(wetland.words) for word in row if word.text == "噪音"
    )
    note = note_of_word(word, index, wetland, annotator.lexicon)
    assert note.headword == "噪音"
    assert note.syllables == ("zao4", "yin1")
    assert note.glosses
    assert note.example is not None
    assert note.example.text == "候鸟最怕噪音。"
    assert note.example.text[note.example.start : note.example.end] == "噪音"


def test_a_word_alone_in_its_paragraph_has_no_sentence(annotator: Annotator) -> None:
    alone = document(annotator, ["噪音"])
    note = note_of_word(alone.words[0][0], 0, alone, annotator.lexicon)
    assert note.example is None
    assert note.kind == "word"


@pytest.mark.parametrize(
    ("sentences", "word", "meant"),
    [
        (["这个游戏的玩法很有意思。", "那种玩法我没见过。"], "玩法", "(leisure) rules of the game"),
        (["他没有忘记自己的誓言。"], "誓言", "oath"),
        (["银行的报价太高，我们的报价比较低。"], "报价", "quoted price"),
        (["他们报价以后，我们才报价。"], "报价", "to quote a price"),
    ],
)
def test_what_is_a_thing_wherever_it_stands_is_glossed_as_one(
    annotator: Annotator, sentences: list[str], word: str, meant: str
) -> None:
    found = key_phrases(document(annotator, ["标题", *sentences]), annotator.lexicon, new, None)
    assert next(phrase for phrase in found if phrase.headword == word).gloss[0] == meant


def test_who_speaks_is_no_phrase_but_a_word_that_is_said_is(annotator: Annotator) -> None:
    lines = [
        "房东：你好，你想租房子吗？",
        "房客：是的，这个房子的电费贵吗？",
        "房东：不贵。",
        "房客：我想签合同。",
    ]
    found = key_phrases(document(annotator, lines), annotator.lexicon, new, None)
    assert found
    assert not {"房东", "房客"} & {phrase.headword for phrase in found}
    said = key_phrases(document(annotator, [*lines, "房东：以前的房东走了。"]), annotator.lexicon, new, None)
    (landlord,) = [phrase for phrase in said if phrase.headword == "房东"]
    assert landlord.occurrences == ((4, 6, 8),)


@pytest.mark.parametrize(
    ("sentence", "cut"),
    [
        ("对负责的修理工，大家都很感谢。", "理工"),
        ("那时候，我很是不情愿。", "情愿"),
        ("诊疗室里的兔子不见了。", "诊疗"),
        ("志愿者小陈说，他们一早就来了。", "陈说"),
    ],
)
def test_part_of_a_longer_word_is_no_phrase(annotator: Annotator, sentence: str, cut: str) -> None:
    found = key_phrases(document(annotator, [sentence]), annotator.lexicon, new, None)
    assert cut not in {each.phrase for each in found}


def test_words_that_only_stood_beside_another_are_found_themselves(annotator: Annotator) -> None:
    lines = ["他家的供水管道坏了，到处都是令人难堪的妖术谣传。", "敌人的营地很远，他从未见过。"]
    found = key_phrases(document(annotator, lines), annotator.lexicon, new, None)
    assert {"供水", "管道", "妖术", "谣传", "营地", "从未"} <= {each.phrase for each in found}
