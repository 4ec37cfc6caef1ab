"""Wrong options: real words of the right size, by family, and never right themselves."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from studytui.study.language import gloss
from studytui.study.language.gloss import cleaned
from studytui.study.language.word_kind import is_expression, is_person, parts_of_speech
from studytui.study.notes.note import Note
from studytui.study.questions.options.distractors import (
    Context,
    distractors,
    gloss_distractors,
    tone_distractors,
)
from studytui.study.questions.options.misreadings import alike, misheard, redrawn
from studytui.study.questions.options.right_answer import STANDING, Beside, Right, field_of
from studytui.study.questions.typed_pinyin import accepted_tones, compare
from studytui.text.lexicon.lexicon import Lexicon

HEADWORDS = [
    "发展",
    "提高",
    "经济",
    "治理",
    "环境",
    "买",
    "卖",
    "图书馆",
    "绿色",
    "大",
    "未",
    "认真",
    "技术",
    "坚持",
    "核心",
    "母亲",
    "成熟",
    "吃",
    "网络",
    "桌子",
    "高兴",
    "已经",
    "画蛇添足",
    "自言自语",
    "乱七八糟",
    "有限公司",
    "互联网",
    "讨论",
    "保护",
    "严肃",
    "便宜",
    "骑",
    "锁",
    "慢慢",
    "忽然",
    "幸福",
    "困难",
    "机会",
    "结果",
    "玩儿",
]


@pytest.fixture(scope="module")
def lexicon() -> Iterator[Lexicon]:
    opened = Lexicon.open()
    yield opened
    opened.close()


def note_of(lexicon: Lexicon, headword: str) -> Note:
    entry = lexicon.entries(headword)[0]
    return Note(
        headword,
        entry.syllables,
        entry.traditional,
        entry.glosses,
        lexicon.level(headword),
        lexicon.frequency(headword),
    )


@pytest.fixture(scope="module")
def pool(lexicon: Lexicon) -> list[Note]:
    return [note_of(lexicon, headword) for headword in HEADWORDS]


@pytest.mark.parametrize("headword", HEADWORDS)
def test_three_words_of_the_same_size_that_mean_something_else(
    lexicon: Lexicon, pool: list[Note], headword: str
) -> None:
    note = note_of(lexicon, headword)
    for seed in range(5):
        options = distractors(note, lexicon, pool, random.Random(seed))
        assert len(options) == 3
        assert len({option.text for option in options} | {headword}) == 4
        for option in options:
            assert len(option.text) == len(headword)
            assert option.text in lexicon
            assert option.family in ("sound", "shape", "sense", "text")
            assert not field_of(lexicon, option.headword) & field_of(lexicon, headword)
            known = lexicon.level(option.text) is not None
            assert known or (lexicon.frequency(option.text) or 0) >= 1.6


def test_the_same_seed_draws_the_same_options(lexicon: Lexicon, pool: list[Note]) -> None:
    note = note_of(lexicon, "发展")
    first = distractors(note, lexicon, pool, random.Random(7))
    assert first == distractors(note, lexicon, pool, random.Random(7))
    assert any(first != distractors(note, lexicon, pool, random.Random(seed)) for seed in range(8, 16))


def test_families_are_what_they_are_called(lexicon: Lexicon, pool: list[Note]) -> None:
    seen: dict[str, int] = {}
    for note in pool:
        for seed in range(4):
            for option in distractors(note, lexicon, pool, random.Random(seed)):
                seen[option.family] = seen.get(option.family, 0) + 1
                word = option.headword
                if option.family == "text":
                    assert word in HEADWORDS
                elif option.family == "shape":
                    assert set(word) & set(note.headword) or any(
                        one in alike(other, lexicon) for one, other in zip(word, note.headword, strict=True)
                    )
                elif option.family == "sound":
                    readings = {
                        tuple(syllable.rstrip("12345").lower() for syllable in reading)
                        for reading in (note.syllables, *misheard(note.syllables))
                    }
                    assert any(
                        tuple(syllable.rstrip("12345").lower() for syllable in entry.syllables) in readings
                        for entry in lexicon.entries(word)
                    )
    assert set(seen) == {"sound", "shape", "sense", "text"}
    assert min(seen.values()) > 5  # few that sound alike are of one class


def test_no_option_stands_in_the_sentence_or_fits_its_neighbours(lexicon: Lexicon, pool: list[Note]) -> None:
    note = note_of(lexicon, "经济")
    sentence = "治理环境也是发展技术和经济的机会。"
    rivals = frozenset(
        option.headword
        for seed in range(10)
        for option in distractors(note, lexicon, pool, random.Random(seed))
    )
    context = Context(sentence, "市场", "学", rivals)
    for seed in range(10):
        options = distractors(note, lexicon, pool, random.Random(seed), context=context)
        assert len(options) == 3
        for option in options:
            assert option.text not in sentence
            assert option.text not in rivals
            assert "市场" + option.text not in lexicon
            assert option.text + "学" not in lexicon


def test_in_a_cloze_no_sister_of_the_answer_is_offered(lexicon: Lexicon, pool: list[Note]) -> None:
    note = note_of(lexicon, "提高")
    for seed in range(20):
        for option in distractors(note, lexicon, pool, random.Random(seed), context=Context("要＿＿水平。")):
            assert not (set(option.text) & set("提高") and lexicon.tag(option.text) == "v")


def test_options_in_a_traditional_sentence_are_traditional(lexicon: Lexicon, pool: list[Note]) -> None:
    note = note_of(lexicon, "经济")
    context = Context("要發展經濟。")
    for seed in range(6):
        for option in distractors(
            note, lexicon, pool, random.Random(seed), context=context, traditional=True
        ):
            assert option.text == lexicon.entries(option.headword)[0].traditional


def test_what_was_confused_before_comes_first(lexicon: Lexicon, pool: list[Note]) -> None:
    note = note_of(lexicon, "经济")
    for seed in range(5):
        options = distractors(note, lexicon, pool, random.Random(seed), confused={"经历": 2, "经济学家": 9})
        assert options[0].headword == "经历"


@pytest.mark.parametrize("headword", HEADWORDS)
def test_wrong_meanings_look_like_the_right_one_and_say_something_else(
    lexicon: Lexicon, pool: list[Note], headword: str
) -> None:
    note = note_of(lexicon, headword)
    answer = gloss.short_gloss(note.glosses)
    for seed in range(4):
        options = gloss_distractors(note, lexicon, pool, random.Random(seed))
        assert len(options) == 3
        for option in options:
            assert not gloss.content(option.text) & gloss.field(note.glosses)
            assert gloss.is_verbal(option.text) == gloss.is_verbal(answer)
            assert not any(mark in option.text for mark in ("CL:", "(", "[", "idiom", "lit.", "variant"))
            assert option.text.isascii()


def test_a_phrase_known_by_its_parts_has_no_meaning_to_choose(lexicon: Lexicon, pool: list[Note]) -> None:
    note = Note("核心技术", (), "核心技术", ("核心 core", "技术 technology"), kind="term")
    assert gloss_distractors(note, lexicon, pool, random.Random(1)) == ()
    assert gloss.in_a_line(note.glosses) == "literally: core + technology"
    assert gloss.in_a_line(("to merge", "to integrate", "fusion"), 2) == "to merge; to integrate"


def test_how_a_word_is_read_elsewhere_is_none_of_its_meanings() -> None:
    assert gloss.in_a_line(("father", "also pr. fùqin", "CL:個")) == "father; CL:個"
    assert gloss.in_a_line(("steaming hot", "(coll.) also pr. rètēngtēng")) == "steaming hot"
    assert gloss.in_a_line(("to allow (Taiwan pr. tìng)",)) == "to allow (Taiwan pr. tìng)"
    assert gloss.in_a_line(("Taiwan pr. xiá",)) == "Taiwan pr. xiá"


@pytest.mark.parametrize(
    ("headword", "reading"),
    [("发展", "fa1 zhan3"), ("你好", "ni3 hao3"), ("一个", "yi1 ge4"), ("不是", "bu4 shi4"),
     ("东西", "dong1 xi5"), ("玩儿", "wan2 r5"), ("买", "mai3"), ("展览馆", "zhan3 lan3 guan3")],
)  # fmt: skip
def test_tones_differ_and_none_is_right_by_sandhi(headword: str, reading: str) -> None:
    note = Note(headword, tuple(reading.split()), headword, ())
    for seed in range(20):
        options = tone_distractors(note, random.Random(seed))
        assert len({option.text for option in options}) == 3
        for option in options:
            verdicts = compare(option.text, note.syllables, headword)
            assert all(verdict.letters for verdict in verdicts)
            assert not all(verdict.tone for verdict in verdicts)


def test_a_neutral_syllable_alone_has_no_third_tone_sandhi() -> None:
    assert accepted_tones(("ni3", "hao3")) == (frozenset({2, 3}), frozenset({3}))
    assert accepted_tones(("ma5",)) == (frozenset({5, None}),)


def test_characters_alike_are_alike_both_ways() -> None:
    for character in "己未土拔治很":
        assert alike(character)
        for other in alike(character):
            assert character in alike(other)
    assert "末来" in set(redrawn("未来"))
    assert alike("龘") == ()


def test_components_tell_what_looks_alike(lexicon: Lexicon) -> None:
    for one, others in (("揭", "竭渴"), ("境", "镜竟"), ("滋", "慈磁"), ("源", "原"), ("持", "待特")):
        assert set(others) <= set(alike(one, lexicon)), one
    # A common radical alone makes no likeness.
    for one, other in (("海", "河"), ("推", "扫"), ("说", "计"), ("吃", "叶")):
        assert other not in alike(one, lexicon), one
    assert {"推迟", "堆积"}.isdisjoint(redrawn("推进", lexicon))
    assert "滋养" in set(redrawn("磁养", lexicon))


def test_misheard_changes_one_syllable_and_keeps_its_tone() -> None:
    found = set(misheard(("zhi4", "lan2")))
    assert {("zi4", "lan2"), ("zhi4", "lang2"), ("zhi4", "nan2")} <= found
    for reading in found:
        assert sum(left != right for left, right in zip(reading, ("zhi4", "lan2"), strict=True)) == 1
    assert ("nu4",) in set(misheard(("nu:4",)))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("to develop", "to develop"),
        ("(idiom) to add feet to a snake", "to add feet to a snake"),
        ("lit. to draw a snake; fig. to ruin by overdoing", "to ruin by overdoing"),
        ("(bound form) ear", "ear"),
        ("old variant of 個|个[ge4]", ""),
        ("surname Ren", ""),
        ("CL:個|个[ge4]", ""),
        ("abbr. for 科技[ke1 ji4]", ""),
        ("see 中國|中国[Zhong1 guo2]", ""),
        ("to seek; to look for", "to seek; to look for"),
        ("meadow (grassland)", "meadow"),
        ("a kind of 米", ""),
        ("county in Jiujiang 九江[Jiu3 jiang1], Jiangxi", "county in Jiujiang, Jiangxi"),
    ],
)
def test_glosses_are_cleaned_of_what_would_give_them_away(raw: str, clean: str) -> None:
    assert gloss.cleaned(raw) == clean


def test_a_short_gloss_takes_the_first_meanings_that_fit() -> None:
    assert gloss.short_gloss(("development", "growth", "to develop")) == "development; growth"
    assert gloss.short_gloss(("surname Ma", "horse")) == "horse"
    floats = ("the tide rises, the boat floats (idiom)", "fig. to change with the trend")
    assert gloss.short_gloss(floats) == "to change with the trend"
    assert gloss.short_gloss(("variant of 碗",)) == ""
    assert gloss.short_gloss(("核心 core; nucleus", "技术 technology")) == ""
    assert gloss.short_gloss(("论 opinion", "资 resources", "排 a row", "辈 lifetime")) == ""
    assert gloss.short_gloss(("之 (particle, as (said) of 的[de5])",)) == ""
    assert gloss.short_gloss(("root (of a tree (or a word)) and stem",)) == "root and stem"
    assert len(gloss.short_gloss(("a very long meaning that goes on " * 5,))) < 60


def test_words_of_one_concept_are_no_safe_pair() -> None:
    assert gloss.field(["to raise"]) & gloss.field(["growth"])
    assert gloss.field(["stubborn mule"]).isdisjoint(gloss.field(["cheap ticket"]))
    assert gloss.content("developing") == gloss.content("development") == gloss.content("to develop")


def test_idioms_stand_among_idioms_and_terms_among_terms(lexicon: Lexicon, pool: list[Note]) -> None:
    for headword, idiom in (("相辅相成", True), ("归根结底", True), ("社会主义", False), ("网络空间", False)):
        note = note_of(lexicon, headword)
        for seed in range(4):
            for option in distractors(note, lexicon, [], random.Random(seed)):
                assert is_expression(option.headword, "word", lexicon) is idiom, option


def test_a_synonym_that_differs_by_a_direction_is_no_option(lexicon: Lexicon) -> None:
    note = note_of(lexicon, "赶来")
    for seed in range(20):
        options = {option.headword for option in distractors(note, lexicon, [], random.Random(seed))}
        assert not options & {"赶往", "赶到", "赶上", "赶去"}


def test_nothing_grim_is_offered(lexicon: Lexicon, pool: list[Note]) -> None:
    grim = {"暗杀", "绑架", "棺材", "墓碑", "葬礼", "毒品", "刺客", "肿瘤", "上吊"}
    for headword in ("搬家", "光彩", "包容", "会场", "冰箱"):
        for seed in range(15):
            note = note_of(lexicon, headword)
            options = distractors(note, lexicon, pool, random.Random(seed))
            options += gloss_distractors(note, lexicon, pool, random.Random(seed))
            assert not grim & {option.headword for option in options}


def test_for_somebody_the_options_are_persons(lexicon: Lexicon, pool: list[Note]) -> None:
    for headword, least in (("邮递员", 3), ("市民", 3), ("服务员", 3)):
        note = note_of(lexicon, headword)
        for seed in range(6):
            context = Context(f"到场的还有{headword}。", "还有")
            options = distractors(note, lexicon, pool, random.Random(seed), context=context)
            glosses = [lexicon.entries(option.headword)[0].glosses for option in options]
            assert sum(map(is_person, (option.headword for option in options), glosses)) >= least, options


def test_no_turn_of_grammar_stands_beside_an_expression(lexicon: Lexicon, pool: list[Note]) -> None:
    said = replace(note_of(lexicon, "对我来说"), kind="phrase")
    honest = Note(
        "老老实实", ("lao3", "lao3", "shi2", "shi2"), "老老實實", ("honest; sincere",), kind="phrase"
    )
    for seed in range(8):
        options = distractors(honest, lexicon, [said], random.Random(seed))
        assert len(options) == 3
        assert not {"对我来说", "这就是说"} & {option.text for option in options}


def test_idioms_may_begin_with_any_word(lexicon: Lexicon) -> None:
    for idiom in ("一举一动", "从容不迫", "为所欲为", "与众不同", "不拘一格", "天长地久"):
        assert is_expression(idiom, "word", lexicon), idiom


def test_idioms_in_other_words_are_no_options_for_one_another(lexicon: Lexicon) -> None:
    note = note_of(lexicon, "方方面面")
    other = note_of(lexicon, "四面八方")
    for seed in range(8):
        options = gloss_distractors(note, lexicon, [other], random.Random(seed))
        assert "四面八方" not in {option.headword for option in options}


def test_what_is_done_to_something_keeps_it() -> None:
    assert cleaned("to hear (a case)") == "to hear a case"
    assert cleaned("to complement one another (idiom)") == "to complement one another"
    assert cleaned("to run (coll.)") == "to run"


@pytest.mark.parametrize("headword", ["辣椒", "草原", "鼓励", "美丽", "不由自主", "县级"])
def test_most_options_are_words_that_stand_in_the_same_places(lexicon: Lexicon, headword: str) -> None:
    entry = lexicon.entries(headword)[0]
    note = Note(headword, entry.syllables, entry.traditional, entry.glosses, lexicon.level(headword))
    right = Right(note, lexicon)
    for seed in range(5):
        options = distractors(note, lexicon, [], random.Random(seed))
        # Where one character tells the answer (县级), what shares one with it comes before that.
        near = [
            option.headword
            for option in options
            if right.standing(option.headword) >= STANDING or set(option.headword) & set(headword)
        ]
        assert len(options) == 3
        assert len(near) >= 2, (seed, options)


def test_what_stands_beside_the_gap_speaks_for_an_option(lexicon: Lexicon) -> None:
    entry = lexicon.entries("高兴")[0]
    note = Note("高兴", entry.syllables, entry.traditional, entry.glosses)
    alone, after_very = Right(note, lexicon), Right(note, lexicon, Beside("很", "，"))
    assert after_very.standing("漂亮") > alone.standing("漂亮")
    assert after_very.standing("桌子") <= alone.standing("桌子")


def test_the_part_of_speech_is_the_one_of_the_sentence(lexicon: Lexicon) -> None:
    entry = lexicon.entries("研究")[0]
    note = Note("研究", entry.syllables, entry.traditional, entry.glosses)
    as_noun, as_verb = (Right(note, lexicon, Beside("", "", part)) for part in "nv")
    assert as_noun.parts[0] == "n"
    assert as_verb.parts[0] == "v"


@pytest.mark.parametrize("headword", ["观测者", "创作者", "乘务员"])
def test_a_rare_person_is_among_persons(lexicon: Lexicon, headword: str) -> None:
    note = note_of(lexicon, headword)
    for seed in range(4):
        options = distractors(note, lexicon, [], random.Random(seed))
        persons = [is_person(each.headword, lexicon.entries(each.headword)[0].glosses) for each in options]
        assert sum(persons) >= 2, options


@pytest.mark.parametrize(
    ("headword", "part"),
    [
        ("毫无价值", "a"),
        ("毫无意义", "a"),
        ("各族人民", "n"),
        ("闭路电视", "n"),
        ("物理学家", "n"),
        ("大蒜", "n"),
        ("相比之下", "d"),
    ],
)
def test_a_word_is_what_the_dictionary_and_the_tags_say(lexicon: Lexicon, headword: str, part: str) -> None:
    assert parts_of_speech(lexicon, headword)[0] == part


@pytest.mark.parametrize("headword", ["物理学家", "生物学家", "正六边形"])
def test_a_thing_of_four_characters_is_not_offered_among_idioms(lexicon: Lexicon, headword: str) -> None:
    note = note_of(lexicon, headword)
    for seed in range(4):
        for option in distractors(note, lexicon, [], random.Random(seed)):
            assert not is_expression(option.headword, "word", lexicon), option


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("to open (of an event)", "to open"),
        ("to break out (of a war)", "to break out"),
        ("to hear (a case)", "to hear a case"),
        ("to settle (with sb)", "to settle with sb"),
    ],
)
def test_an_aside_becomes_no_part_of_a_meaning(text: str, shown: str) -> None:
    assert cleaned(text) == shown


def test_what_an_idiom_says_literally_is_shown_last() -> None:
    glimpse = ("lit. flower viewing from horseback (idiom)", "a fleeting glance in passing")
    assert gloss.short_gloss(glimpse) == "a fleeting glance in passing"
    long = "a kind of shuttlecock used to play games in which it is kept in the air without using the hands"
    assert gloss.short_gloss((long, "game played with such a shuttlecock")) == "a kind of shuttlecock"
