"""Readings of words in their sentences: polyphones, neutral tones, names, numbers, sandhi."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.pronunciation.token_readings import Reader, with_sandhi
from studytui.text.words.numerals import spoken_number
from studytui.text.words.segment import Segmenter

# The character between the brackets is read as said; written for this project.
POLYPHONES = """
他跑[得]很快 de5            我[得]走了 dei3              她[得]了冠军 de2            你们[得]小心 dei3
这本书写[得]真好 de5        慢慢[地]走过来 de5           [地]上有水 di4              高兴[地]笑了 de5
这块[地]很大 di4            他睡[着]了 zhao2             门开[着] zhe5               别[着]急 zhao2
我吃[了]饭 le5              这件事我忘不[了] liao3       [了]解情况 liao3            太好[了]！ le5
你说得[对] dui4             他在银[行]工作 hang2         这样做[行]吗 xing2          请看第三[行] hang2
两[行]字 hang2              自[行]车坏了 xing2           河很[长] chang2             孩子[长]大了 zhang3
他[长]得像爸爸 zhang3       校[长]来了 zhang3            头发很[长]。 chang2         [长]城很有名 chang2
这个箱子很[重] zhong4       请[重]写一遍 chong2          [重]新开始 chong2           这很[重]要 zhong4
我[还]没吃饭 hai2           我明天[还]书 huan2           请把钱[还]给我 huan2        他[还]是学生 hai2
我们[都]来了 dou1           北京是首[都] du1             大[都]市很热闹 du1          他们[都]很忙 dou1
我[为]人民服务 wei4         他被选[为]班长 wei2          你[为]什么不来 wei4         [为]了孩子 wei4
这里以农业[为]主 wei2       [中]国很大 zhong1            他[中]了奖 zhong4           在房间[中]间 zhong1
今天天气很[好] hao3         他很[好]奇 hao4              我的爱[好]是游泳 hao4       我[只]有一个弟弟 zhi3
一[只]猫 zhi1               两[只]手 zhi1                [只]要努力 zhi3             她[教]我中文 jiao1
他是[教]师 jiao4            佛[教]很古老 jiao4           这[种]水果 zhong3           农民在[种]树 zhong4
各[种]各样 zhong3           还[差]五分钟 cha4            成绩很[差] cha4             他出[差]了 chai1
时[差]很大 cha1             [多]少钱 duo1                [少]年宫 shao4              人很[少]。 shao3
请[数]一[数] shu3           人[数]很多 shu4              他的白[发]多了 fa4          [发]现问题 fa1
我[当]老师 dang1            别上[当] dang4               房子[倒]了 dao3             他[倒]了一杯水 dao4
十[分]钟 fen1               一部[分] fen4                你在[干]什么 gan4           衣服[干]了。 gan1
[更]好了 geng4              他没有[空] kong4             天[空]很蓝 kong1            我很快[乐] le4
她喜欢音[乐] yue4           太[累]了 lei4                积[累]经验 lei3             [量]一[量]身高 liang2
这道题很[难] nan2           遇[难]的人 nan4              东西很[便]宜 pian2          方[便]面 bian4
一[切]都好 qie4             [切]菜 qie1                  唱一首歌[曲] qu3            [弯]曲 wan1
[散]步 san4                 [散]文 san3                  我[应]该去 ying1            反[应]很快 ying4
[相]信我 xiang1             照[相]机 xiang4              高[兴] xing4                [兴]奋 xing1
向左[转] zhuan3             地球绕着太阳[转]动 zhuan4    [朝]南走 chao2              [朝]阳升起 zhao1
放了三天[假] jia4           这是[假]的 jia3              睡[觉] jiao4                我[觉]得 jue2
[没]过多久，雨停了 mei2      水[没]过了膝盖 mo4           他常[为]人服务 wei4          一本[教]画画的书 jiao1
别把我[当]客人 dang4         把书[当]枕头 dang4           一页接一页[地]看 de5         一块[地] di4
借了不[还] huan2             这钱[还]还是不[还]？ huan2   来还是不来，[还]没定 hai2    那件事[得]我去说 dei3
雨下[得]我很烦 de5           找[得]到 de5                 请把门[关]上 guan1           [山]上有雪 shan1
我说不[过]他 guo4            我[没]收到信 mei2
投[降] xiang2               气温下[降] jiang4            宝[藏] zang4                [藏]起来 cang2
"""

LEXICON = Lexicon.open()


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(LEXICON)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(LEXICON)


def cases() -> list[tuple[str, list[int], str]]:
    """(sentence, places of the characters, reading) of each case."""
    found = []
    pieces = POLYPHONES.split()
    for marked, reading in zip(pieces[::2], pieces[1::2], strict=True):
        sentence, places = "", []
        for character in marked:
            if character == "[":
                places.append(len(sentence))
            elif character != "]":
                sentence += character
        found.append((sentence, places, reading))
    return found


def read_at(segmenter: Segmenter, reader: Reader, sentence: str, place: int) -> str:
    tokens = segmenter.tokens(sentence)
    at, token = next((at, token) for at, token in enumerate(tokens) if token.end > place)
    syllables = reader.syllables(token.text, sentence, token.start, token.kind, tokens, at)
    assert len(syllables) == len(token.text), (token, syllables)
    return syllables[place - token.start]


def test_polyphones_in_their_sentences(segmenter: Segmenter, reader: Reader) -> None:
    wrong = []
    asked = 0
    for sentence, places, reading in cases():
        for place in places:
            asked += 1
            read = read_at(segmenter, reader, sentence, place).lower()
            if read != reading:
                wrong.append(f"{sentence} {sentence[place]} {read}, not {reading}")
    assert asked >= 100
    assert len(wrong) <= 0.04 * asked, wrong


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("东西", ("dong1", "xi5")),
        ("爸爸", ("ba4", "ba5")),
        ("朋友", ("peng2", "you5")),
        ("什么", ("shen2", "me5")),
        ("故事", ("gu4", "shi5")),
        ("妻子", ("qi1", "zi5")),
        ("漂亮", ("piao4", "liang5")),
        ("花儿", ("hua1", "r5")),
        ("女儿", ("nu:3", "er2")),
        ("绿色", ("lu:4", "se4")),
        ("银行", ("yin2", "hang2")),
        ("北京", ("Bei3", "jing1")),
    ],
)
def test_words_are_read_as_the_dictionary_says(reader: Reader, word: str, syllables: tuple[str, ...]) -> None:
    assert reader.syllables(word, f"这是{word}。", 2) == syllables


@pytest.mark.parametrize(
    ("name", "syllables"),
    [
        ("单小明", ("Shan4", "xiao3", "ming2")),
        ("曾国强", ("Zeng1", "guo2", "qiang2")),
        ("葛文华", ("Ge3", "wen2", "hua2")),
        ("任小强", ("Ren2", "xiao3", "qiang2")),
        ("单", ("Shan4",)),
        ("小曾", ("Xiao3", "Zeng1")),
    ],
)
def test_surnames_have_readings_of_their_own(reader: Reader, name: str, syllables: tuple[str, ...]) -> None:
    assert reader.syllables(name, f"{name}来了", 0, "name") == syllables


def test_a_reduplication_is_read_as_what_is_doubled(reader: Reader) -> None:
    assert reader.syllables("老老实实", "老老实实", 0) == ("lao3", "lao3", "shi2", "shi2")
    assert reader.syllables("说说话", "我们说说话", 2) == ("shuo1", "shuo1", "hua4")
    assert reader.syllables("漂漂亮亮", "漂漂亮亮的", 0) == ("piao4", "piao4", "liang4", "liang4")


def test_a_phrase_without_an_entry_is_read_by_its_parts(reader: Reader) -> None:
    assert reader.syllables("核心技术", "掌握核心技术", 2) == ("he2", "xin1", "ji4", "shu4")
    assert reader.syllables("银行行长", "他是银行行长", 2) == ("yin2", "hang2", "hang2", "zhang3")


def test_what_is_not_chinese_has_no_reading(reader: Reader) -> None:
    assert reader.syllables("Python", "用Python", 1, "latin") == ()
    assert reader.syllables("。", "好。", 1, "punctuation") == ()


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("7亿", "七亿"),
        ("19日", "十九日"),
        ("2016年", "二零一六年"),
        ("40年", "四十年"),
        ("3.5%", "百分之三点五"),
        ("１２０万", "一百二十万"),
        ("1,234,567", "一百二十三万四千五百六十七"),
        ("10010", "一万零一十"),
        ("1005", "一千零五"),
        ("20000003", "二千万零三"),
        ("100500000", "一亿零五十万"),
        ("007", "零零七"),
        ("0", "零"),
        ("第3", "第三"),
        ("三分之一", "三分之一"),
    ],
)
def test_numbers_as_they_are_spoken(text: str, spoken: str) -> None:
    assert spoken_number(text) == spoken


def test_numbers_are_read_aloud(reader: Reader) -> None:
    assert reader.syllables("19日", "本月19日上午", 2, "number") == ("shi2", "jiu3", "ri4")
    assert reader.syllables("3月", "在3月", 1, "number") == ("san1", "yue4")
    assert reader.syllables("7亿", "有7亿", 1, "number") == ("qi1", "yi4")


@given(st.text(alphabet="0123456789.,%年月日万亿第零一", max_size=30))
def test_any_numeral_can_be_spoken(text: str) -> None:
    assert not set(spoken_number(text)) & set("0123456789")


@given(
    st.text(alphabet="的地得了着行长abc。7发发㐀𠮷々〇!\n", max_size=20),
    st.integers(0, 25),
    st.integers(1, 6),
)
def test_any_stretch_can_be_read(text: str, start: int, length: int) -> None:
    piece = text[start : start + length]
    for syllable in Reader(LEXICON).syllables(piece, text, start):
        assert syllable


def test_a_token_may_reach_over_its_sentence(reader: Reader) -> None:
    assert len(reader.syllables("了得地", "了", 0)) == 3


@pytest.mark.parametrize(
    ("text", "citation", "spoken"),
    [
        ("你好", "ni3 hao3", "ni2 hao3"),
        ("我想买", "wo3 xiang3 mai3", "wo2 xiang2 mai3"),
        ("不是", "bu4 shi4", "bu2 shi4"),
        ("不好", "bu4 hao3", "bu4 hao3"),
        ("一个", "yi1 ge4", "yi2 ge4"),
        ("一样", "yi1 yang4", "yi2 yang4"),
        ("一起", "yi1 qi3", "yi4 qi3"),
        ("一天", "yi1 tian1", "yi4 tian1"),
        ("第一次", "di4 yi1 ci4", "di4 yi1 ci4"),
        ("十一", "shi2 yi1", "shi2 yi1"),
        ("一九", "yi1 jiu3", "yi1 jiu3"),
        ("统一", "tong3 yi1", "tong3 yi1"),
        ("医院", "yi1 yuan4", "yi1 yuan4"),
        ("部件", "bu4 jian4", "bu4 jian4"),
    ],
)
def test_sandhi_for_display(text: str, citation: str, spoken: str) -> None:
    assert " ".join(with_sandhi(tuple(citation.split()), text)) == spoken


def test_sandhi_without_the_text_moves_third_tones_alone() -> None:
    assert with_sandhi(("ni3", "hao3")) == ("ni2", "hao3")
    assert with_sandhi(("bu4", "shi4")) == ("bu4", "shi4")
    assert with_sandhi(()) == ()
