"""The gloss shown first is the one for this place, as the neighbours tell."""

from __future__ import annotations

import pytest

from studytui.study.language.gloss import short_gloss
from studytui.text.annotate import Annotator, open_annotator


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return open_annotator()


def first_gloss(annotator: Annotator, text: str, word: str) -> str:
    return next(each.gloss[0] for each in annotator.paragraph(text) if each.text == word)


@pytest.mark.parametrize(
    ("text", "word", "said"),
    [
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
