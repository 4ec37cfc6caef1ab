"""Readings that the words around decide: what is a verb, what a noun, who is spoken of.

The sentences were written for this project, before the rules that they try were looked over. The character
between the brackets is read as said.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from studytui.text.annotate import Annotator, open_annotator

SENTENCES = """
我们[得]赶快出发。 dei3
想学好汉语，[得]多听多说。 dei3
妈妈说她[得]先去银行。 dei3
要买票你们[得]排队。 dei3
司机[得]有驾照。 dei3
这道题[得]想一想。 dei3
明天早上六点就[得]起床。 dei3
孩子们[得]早点儿睡。 dei3
作业[得]今天写完。 dei3
下雨了，[得]带把伞。 dei3
做这个菜[得]放糖。 dei3
修好它至少[得]两个小时。 dei3
看来[得]请人帮忙。 dei3
开车[得]小心。 dei3
出国[得]办护照。 dei3
我还[得]再想想。 dei3
这药[得]饭后吃。 dei3
钱[得]省着花。 dei3
你[得]听医生的话。 dei3
老人[得]有人照顾。 dei3
这么贵，[得]花多少钱啊！ dei3
房子太旧了，[得]修一修。 dei3
他跑[得]比我快。 de5
雨下[得]很大。 de5
他们玩[得]非常开心。 de5
你说[得]有道理。 de5
她累[得]说不出话来。 de5
孩子高兴[得]跳了起来。 de5
菜做[得]不错。 de5
今天热[得]要命。 de5
房间打扫[得]干干净净。 de5
他[得]了一等奖。 de2
我考试[得]了九十分。 de2
他去年[得]过一场大病。 de2
二加三[得]五。 de2
书我已经[还]给图书馆了。 huan2
你什么时候[还]我钱？ huan2
欠的债总要[还]的。 huan2
他把自行车[还]给了邻居。 huan2
我明天去[还]车。 huan2
借人家的东西要按时[还]。 huan2
这笔钱我一定[还]你。 huan2
贷款十年才能[还]清。 huan2
他[还]没来呢。 hai2
你[还]认识我吗？ hai2
外面[还]下着雨。 hai2
我[还]想喝一杯。 hai2
他比我[还]高。 hai2
票[还]剩两张。 hai2
这件[还]可以。 hai2
弟弟会从一[数]到一百。 shu3
请你[数]一下有多少人。 shu3
她在[数]钱。 shu3
妈妈教孩子[数]数字。 shu3
晚上躺在草地上[数]星星。 shu3
班里[数]小王最聪明。 shu3
这个[数]太大了。 shu4
他住了[数]天。 shu4
风车[转]得很快。 zhuan4
月亮绕着地球[转]。 zhuan4
他在屋里[转]来[转]去。 zhuan4
我在商场里[转]了一下午。 zhuan4
前面路口往右[转]。 zhuan3
请把这封信[转]给他。 zhuan3
他[转]过头来看我。 zhuan3
天气由晴[转]阴。 zhuan3
我们要在上海[转]机。 zhuan3
电风扇还在[转]。 zhuan4
妈妈[为]我做了一碗面。 wei4
大家都[为]他高兴。 wei4
医生[为]病人看病。 wei4
我们[为]祖国感到自豪。 wei4
她[为]孩子付出了一切。 wei4
不要[为]小事生气。 wei4
学校[为]学生提供午餐。 wei4
他[为]这件事发愁。 wei4
全程[为]十公里。 wei2
北京[为]中国首都。 wei2
他被评[为]优秀学生。 wei2
会议时间[为]下午三点。 wei2
他把这里改[为]图书馆。 wei2
爷爷在院子里[种]花。 zhong4
春天人们忙着[种]地。 zhong4
这里适合[种]水稻。 zhong4
门前[种]着两棵枣树。 zhong4
去年[种]的树都活了。 zhong4
我喜欢这[种]颜色。 zhong3
有两[种]办法。 zhong3
农民[种]了一片玉米。 zhong4
弟弟[长]高了。 zhang3
墙角[长]出了小草。 zhang3
小狗[长]得真快。 zhang3
他越[长]越高。 zhang3
她[长]着一双大眼睛。 zhang3
头发太[长]了。 chang2
这条路有多[长]？ chang2
这座桥[长]三百米。 chang2
树上[长]满了果子。 zhang3
我的家乡就是我[长]大的地方。 zhang3
我上班，奶奶帮我[看]孩子。 kan1
请帮我[看]一下包。 kan1
她在家[看]孩子。 kan1
我喜欢[看]书。 kan4
他去医院[看]病人。 kan4
爷爷替人[看]仓库。 kan1
我把雨伞[落]在出租车上了。 la4
他把手机[落]在办公室了。 la4
这里[落]了一个字。 la4
东西都带齐，别[落]下什么。 la4
树叶[落]在地上。 luo4
太阳[落]下去了。 luo4
他把目光[落]在那张照片上。 luo4
孩子们在[地]上画画。 di4
爸爸在擦[地]。 di4
农民下[地]去了。 di4
他轻轻[地]关上门。 de5
雨不停[地]下。 de5
他们热烈[地]鼓掌。 de5
请一步一步[地]做。 de5
这片[地]是我们家的。 di4
姐姐[背]着书包上学去了。 bei1
他把老人[背]到医院。 bei1
我[背]了三十个单词。 bei4
她能[背]很多唐诗。 bei4
他的[背]很疼。 bei4
他[背]着一袋大米。 bei1
鞋带[散]了。 san3
会议[散]了。 san4
她的头发[散]着。 san3
人群慢慢[散]了。 san4
[曾]先生来过。 zeng1
[单]老师教我们语文。 shan4
她姓[解]。 xie4
我姓[曾]，你呢？ zeng1
[任]经理在吗？ ren2
[仇]女士是律师。 qiu2
我认识[查]教授。 zha1
请[盖]医生过来。 ge3
他姓[单]，叫[单]志强。 shan4
[区]校长讲话了。 ou1
他[任]校长三年了。 ren4
孩子睡[着]了。 zhao2
灯还亮[着]。 zhe5
火柴点不[着]。 zhao2
他这一[着]真厉害。 zhao1
衣服还没[干]。 gan1
你们在[干]什么呢？ gan4
嘴唇很[干]。 gan1
他[干]得不错。 gan4
别光[干]等，做点什么。 gan1
我们在那里住了一[宿]。 xiu3
一[石]米有多重？ dan4
就业[率]提高了。 lu:4
他[率]队出国比赛。 shuai4
他终于考[中]了。 zhong4
一枪打[中]了。 zhong4
这事[难]办。 nan2
他[好]吃懒做。 hao4
这辆车可以[调]头吗？ diao4
把声音[调]小一点。 tiao2
他被[调]到北京工作。 diao4
晚上我[吐]了三次。 tu4
别随地[吐]痰。 tu3
她给我[盛]了一碗汤。 cheng2
树上[结]满了苹果。 jie1
天[转]冷了。 zhuan3
他喝酒喝[吐]了。 tu4
这台机器[转]不动了。 zhuan4
"""

ANNOTATOR: Annotator = open_annotator()


def read(sentence: str) -> dict[int, str]:
    """The syllable of each character that has one of its own."""
    found: dict[int, str] = {}
    for word in ANNOTATOR.paragraph(sentence):
        if len(word.syllables) == len(word.text):
            places = range(word.token.start, word.token.end)
            found.update(zip(places, map(str.lower, word.syllables), strict=True))
    return found


def cases() -> Iterator[tuple[str, list[int], str]]:
    """(sentence, places of the characters, reading) of each case."""
    for line in SENTENCES.strip().splitlines():
        marked, _, reading = line.partition(" ")
        places: list[int] = []
        sentence = ""
        for character in marked:
            if character == "[":
                places.append(len(sentence))
            elif character != "]":
                sentence += character
        yield sentence, places, reading


def test_polyphones_beside_their_neighbours() -> None:
    wrong = []
    asked = 0
    for sentence, places, reading in cases():
        syllables = read(sentence)
        for place in places:
            asked += 1
            if syllables.get(place) != reading:
                wrong.append(f"{sentence} {sentence[place]} {syllables.get(place)}, not {reading}")
    assert asked > 160
    assert len(wrong) <= 0.03 * asked, wrong


def spoken(text: str, number: str) -> str:
    """How the token that begins with `number` is read."""
    return next(
        " ".join(word.syllables) for word in ANNOTATOR.paragraph(text) if word.text.startswith(number)
    )


@pytest.mark.parametrize(
    ("text", "number", "syllables"),
    [
        ("有事就打110。", "110", "yao1 yao1 ling2"),
        ("110米栏", "110", "yi1 bai3 yi1 shi2"),
        ("快拨打120急救", "120", "yao1 er4 ling2"),
        ("来了120个人", "120", "yi1 bai3 er4 shi2"),
        ("我的电话是13800138000。", "138", "yao1 san1 ba1 ling2 ling2 yao1 san1 ba1 ling2 ling2 ling2"),
        ("他住1208房间", "1208", "yao1 er4 ling2 ba1"),
        ("有1208个房间", "1208", "yi1 qian1 er4 bai3 ling2 ba1"),
        ("坐315路公交车", "315", "san1 yao1 wu3"),
        ("买2斤苹果", "2", "liang3"),
        ("走了2 个小时", "2", "liang3"),
        ("住在2楼", "2", "er4"),
        ("2两白酒", "2", "er4"),
        ("22个人", "22", "er4 shi2 er4"),
        ("8:05出发", "8:05", "ba1 dian3 ling2 wu3"),
        ("１０：３０开会", "１０", "shi2 dian3 san1 shi2"),
        ("下午2:00", "2:00", "liang3 dian3"),
        ("比分是10:12", "10:12", "shi2 bi3 shi2 er4"),
        ("以3:2获胜", "3:2", "san1 bi3 er4"),
        ("约2/3的人", "2/3", "san1 fen1 zhi1 er4"),
        ("2024年底", "2024", "er4 ling2 er4 si4"),
        ("2008级学生", "2008", "er4 ling2 ling2 ba1"),
        ("他是80后。", "80", "ba1 ling2"),
    ],
)
def test_a_number_is_read_by_what_it_counts(text: str, number: str, syllables: str) -> None:
    assert spoken(text, number) == syllables


def test_a_full_width_comma_parts_two_numbers() -> None:
    assert [word.text for word in ANNOTATOR.paragraph("重1/3，长1.5")] == ["重", "1/3", "，", "长", "1.5"]


@pytest.mark.parametrize(
    ("word", "syllable"), [("乾", "gan1"), ("幹", "gan4"), ("隻", "zhi1"), ("髮", "fa4"), ("發", "fa1")]
)
def test_the_traditional_spelling_decides(word: str, syllable: str) -> None:
    assert read(f"這個{word}。")[2] == syllable
