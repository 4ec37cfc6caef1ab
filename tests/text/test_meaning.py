"""The gloss shown first is the one for this place, as the neighbours tell."""

from __future__ import annotations

import pytest

from studytui.study.language.gloss import short_gloss
from studytui.text.annotate import Annotator, open_annotator
from studytui.text.word_lists import lines


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return open_annotator()


def first_gloss(annotator: Annotator, text: str, word: str) -> str:
    return next(each.gloss[0] for each in annotator.paragraph(text) if each.text == word)


@pytest.mark.parametrize(
    ("text", "word", "said"),
    [
        ("这台电视我用不了", "了", "able"),
        ("他在打游戏", "打", "to play"),
        ("把水倒入锅里", "倒", "to pour"),
        ("比上一部手机好", "上", "previous"),
        ("肉熟了", "熟", "cooked"),
        ("我一般不去", "一般", "generally"),
        ("电视坏了", "坏", "broken"),
        ("茎上长出来的芽", "长", "grow"),
        ("开大火煮十分钟", "开", "turn on"),
        ("他买一块肉", "一块", "piece"),
        ("这块肉很大", "块", "piece"),
        ("我找不到座位", "不到", "unable"),
        ("不到两公里", "不到", "less"),
        ("他松了一口气", "一口气", "breath"),
        ("没有多少人", "多少", "(not) many"),
        ("在妈妈的照顾下长大", "下", "under"),
        ("看看住的地方", "住", "to live"),
        ("又累又饿", "又", "both"),
        ("他又悄悄地走了，妈妈又哭了", "又", "again"),
        ("别把光挡住", "光", "light"),
        ("只剩几把黑色的", "把", "classifier"),
        ("你家有几口人?", "几", "how many"),
        ("天是蓝的", "天", "sky"),
        ("过了三天", "天", "day"),
        ("回到原来的房间", "原来", "former"),
        ("他比较累", "比较", "relatively"),
        ("他想请你吃饭", "请", "invite"),
        ("她送孩子回家", "送", "take"),
        ("这是他们的责任感", "责任感", "sense"),
        ("我什么都不想吃", "什么", "anything"),
        ("他自然不会来", "自然", "naturally"),
        ("大自然的声音，自然的颜色", "自然", "nature"),
        ("最后他走了", "最后", "finally"),
        ("最后一个人", "最后", "last"),
        ("我站在门口", "站", "to stand"),
        ("他往上看", "上", "up"),
        ("无论是你还是我", "还是", "or"),
        ("地上有草，他长出了胡子", "长", "grow"),
        ("一共花了三百块", "花", "spend"),
        ("走了十里路", "里", "li"),
        ("桌上有两根筷子", "根", "measure"),
        ("那条路很长", "条", "measure"),
        ("每位客人都来了", "位", "measure"),
        ("这棵树的根很深", "根", "root"),
        ("请把窗户打开", "把", "object"),
        ("三把雨伞", "把", "classifier"),
        ("你喝茶还是咖啡？", "还是", "or"),
        ("雨停了，他还是没走。", "还是", "still"),
        ("我们还是回去吧。", "还是", "had better"),
        ("天气冷了。", "了", "change of state"),
        ("他吃了两碗饭。", "了", "completed action"),
        ("孩子们唱起来", "起来", "after a verb"),
        ("你说下去", "下去", "to go on"),
        ("門前有一棵大树", "大树", "大 big"),
        ("我们住在老街", "老街", "老 old"),
        ("长城很长", "长城", "Great Wall"),
        ("我在複習", "複習", "review"),
        ("他们在开会", "在", "in progress"),
        ("他在家里", "在", "in"),
        ("我对音乐有兴趣", "对", "to, towards"),
        ("你说得对。", "对", "right"),
        ("本周没有课", "本", "this"),
        ("五本杂志", "本", "measure"),
        ("台灣很美", "台灣", "Taiwan"),
        ("我去过北京。", "过", "have done before"),
        ("他从来没吃过这种菜。", "过", "have done before"),
        ("我们在这里过年。", "过年", "New Year"),
        ("这并不难。", "并", "before a negation"),
        ("他来了，并带来了一封信。", "并", "and"),
        ("天快黑了。", "快", "soon"),
        ("他跑得很快。", "快", "fast"),
        ("他一边吃饭一边看书。", "一边", "while"),
        ("我们去过数次。", "数", "several"),
        ("该公司有很多人。", "该", "the said"),
        ("你该走了。", "该", "should"),
        ("桌上有苹果、香蕉等水果。", "等", "and so on"),
        ("请等我。", "等", "to wait"),
        ("他比我高得多。", "多", "much"),
        ("别说话！", "别", "don't"),
        ("我想去北京。", "想", "to want to"),
        ("这次会议代表大家的意见。", "代表", "represent"),
        ("他是我们的代表。", "代表", "representative"),
        ("这是红的。", "的", "the one(s)"),
        ("我的书", "的", "of"),
        ("我买的书", "的", "links a description"),
        ("连孩子也知道。", "也", "even"),
        ("那我们走吧。", "那", "in that case"),
        ("从北京到上海很远。", "到", "until"),
        ("树下站着一个人。", "站", "to stand"),
        ("树上有一朵花。", "花", "flower"),
        ("他坐在树下，买了一块布。", "布", "cloth"),
        ("“等等，我也去！”", "等等", "wait a moment"),
        ("盖上锅盖，锁住水分。", "住", "firmly"),
        ("本法第三条", "条", "article"),
        ("她坐在那里等日落。", "等", "to wait"),
        ("这间教室很大。", "间", "classifier"),
        ("他给我寄来一张照片。", "来", "towards the speaker"),
        ("他支持我。", "支持", "to support"),
        ("午饭前他在看书。", "前", "before"),
        ("没问题。", "没", "there is no"),
        ("他们从森林的一边跑到另一边。", "一边", "one side"),
        ("他就这么消失了。", "这么", "like this"),
        ("红的，大的，都好。", "的", "links a description"),
    ],
)
def test_the_first_gloss_is_the_one_for_this_place(
    annotator: Annotator, text: str, word: str, said: str
) -> None:
    assert said in first_gloss(annotator, text, word)


@pytest.mark.parametrize("word", ["玻璃", "小姐", "同志", "鸡", "兔子"])
def test_slang_stands_in_no_short_gloss(annotator: Annotator, word: str) -> None:
    glosses = annotator.lexicon.entries(word)[0].glosses
    shown = short_gloss(glosses)
    assert shown
    assert not any(sly in shown for sly in ("homosexual", "prostitute", "gay", "mistress"))


def test_each_line_of_the_list_is_whole_and_each_of_its_words_has_an_entry(annotator: Annotator) -> None:
    for line in lines("context_glosses.tsv"):
        words, before, behind, gloss = line.split("\t")
        assert before.split()
        assert behind.split()
        assert gloss == gloss.strip()
        # A word whose gloss stands nowhere would be a line that no place can reach.
        assert all(annotator.lexicon.entries(word) for word in words.split()), line


def test_a_line_reaches_no_further_than_the_sentence(annotator: Annotator) -> None:
    assert "while" not in first_gloss(annotator, "他站在一边。我在一边等。", "一边")
    assert "or" not in first_gloss(annotator, "他还是不来。你来吗？", "还是").split()
