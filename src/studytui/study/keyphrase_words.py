"""What a token can be in a phrase: grammar's glue, a bound suffix, a noun, a verb; and what an idiom is.

Everything here holds for the language, nothing for one text. Word classes come from the lexicon's tags
(jieba's), which are noisy for single words; they steer the search and never decide alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from studytui.text.token import Word

if TYPE_CHECKING:
    from studytui.text.lexicon import Lexicon

WordClass = Literal["noun", "verb", "adjective", "adverb", "other"]

FUNCTION_WORDS = frozenset(
    ["的", "地", "得", "了", "着", "过", "吗", "呢", "吧", "啊", "呀", "嘛", "啦", "哦", "哎", "喂", "嗯", "么", "之", "者", "所", "等", "等等", "似的", "的话", "而已", "罢了", "我", "你", "您", "他", "她", "它", "我们", "你们", "他们", "她们", "它们", "咱", "咱们", "自己", "人家", "别人", "大家", "彼此", "本人", "某", "某些", "各", "各自", "各位", "这", "那", "哪", "这个", "那个", "哪个", "这些", "那些", "哪些", "这里", "那里", "哪里", "这儿", "那儿", "哪儿", "这样", "那样", "这么", "那么", "这种", "那种", "这边", "那边", "这次", "那次", "这时", "那时", "此", "此时", "其", "其他", "其它", "其中", "其实", "另", "另外", "每", "每个", "每天", "任何", "一切", "所有", "有的", "有些", "一些", "一点", "一点儿", "谁", "什么", "怎么", "怎样", "怎么样", "为什么", "多少", "几", "何", "如何", "为何", "多么", "是", "不是", "有", "没有", "没", "无", "不", "别", "勿", "未", "非", "就是", "也是", "还是", "都是", "便是", "即", "即使", "即便", "就要", "就会", "也许", "或许", "可能", "大概", "能", "会", "要", "想", "得", "该", "可", "可以", "能够", "应", "应该", "应当", "必须", "需要", "愿意", "肯", "敢", "不能", "不会", "不要", "不用", "不必", "不得", "不可", "不该", "和", "与", "跟", "同", "及", "以及", "并", "并且", "而", "而且", "或", "或者", "但", "但是", "可是", "然而", "不过", "只是", "却", "则", "因", "因为", "因此", "因而", "所以", "由于", "于是", "如果", "假如", "要是", "若", "虽", "虽然", "尽管", "既", "既然", "无论", "不论", "不管", "只要", "只有", "除非", "除了", "除", "甚至", "何况", "况且", "不仅", "不但", "不只", "从而", "否则", "以便", "以免", "以利于", "例如", "比如", "譬如", "然后", "接着", "此外", "总之", "并非", "而是", "也就是", "就", "才", "也", "还", "都", "又", "再", "更", "最", "很", "太", "挺", "真", "好", "极", "极其", "非常", "十分", "特别", "尤其", "相当", "比较", "稍", "稍微", "有点", "有点儿", "越", "越来越", "更加", "更为", "最为", "过于", "如此", "几乎", "差不多", "大约", "约", "只", "仅", "仅仅", "光", "单", "共", "总", "总共", "一共", "全", "全都", "已", "已经", "曾", "曾经", "刚", "刚刚", "刚才", "正", "正在", "在", "将", "将要", "快要", "便", "仍", "仍然", "仍旧", "依然", "一直", "总是", "常", "常常", "经常", "往往", "有时", "有时候", "时常", "永远", "从来", "从不", "忽然", "突然", "马上", "立刻", "立即", "终于", "究竟", "到底", "毕竟", "居然", "竟然", "果然", "当然", "确实", "的确", "真的", "一定", "必然", "当", "当时", "时", "时候", "以前", "以后", "之前", "之后", "之间", "之中", "之一", "之类", "后", "前", "后来", "以来", "起来", "在", "于", "从", "自", "自从", "向", "往", "朝", "对", "对于", "关于", "至于", "由", "被", "把", "将", "让", "使", "叫", "给", "为", "为了", "以", "用", "按", "按照", "根据", "依照", "通过", "经过", "随着", "沿着", "比", "跟着", "到", "至", "直到", "离", "凭", "靠", "像", "好像", "如", "如同", "似乎", "除", "连", "替", "因着", "作为", "称为", "成为", "变成", "当作", "上", "下", "里", "内", "外", "中", "间", "左", "右", "旁", "边", "面", "上面", "下面", "里面", "外面", "前面", "后面", "旁边", "中间", "里边", "外边", "上边", "下边", "方面", "一方面", "来", "去", "起", "出", "进", "回", "开", "过来", "过去", "上来", "上去", "下来", "下去", "出来", "出去", "进来", "进去", "回来", "回去", "开来", "一", "二", "两", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千", "万", "亿", "零", "半", "多", "少", "几个", "许多", "很多", "不少", "大量", "无数", "一个", "一样", "一般", "一起", "一边", "一下", "一下子", "个", "位", "名", "只", "条", "张", "把", "本", "件", "间", "家", "座", "次", "回", "遍", "趟", "种", "些", "点", "块", "元", "年", "月", "日", "号", "天", "岁", "分", "秒", "点钟", "小时", "分钟", "双", "对", "群", "批", "头", "匹", "棵", "朵", "片", "颗", "粒", "杯", "碗", "瓶", "盘", "段", "句", "篇", "首", "幅", "辆", "架", "艘", "台", "部", "套", "届", "项", "层", "道", "股", "阵", "场", "份", "米", "公里", "斤", "公斤", "今天", "昨天", "明天", "做", "搞", "弄", "使得", "进行", "予以", "加以", "给予", "说", "说道", "表示", "指出", "强调", "认为", "觉得", "看来", "据说", "所谓", "看看", "第", "初", "老", "小", "大", "新", "多", "吧", "哈", "唉", "嗨", "喔", "咦", "哼", "呵", "嘿", "啥", "咋", "俺", "仨", "俩", "不再", "不用说", "就算", "哪怕", "为止", "左右", "以内", "以外", "以上", "以下", "不断", "当天", "此次", "今后", "有关", "相关", "之所以", "是否", "能否", "可否", "不知", "不同", "同样", "同时", "首先", "其次", "最后", "最终", "首", "本", "该", "各种", "多种", "种种", "多次", "再次", "一再", "进一步", "有所", "有着", "具有", "属于", "位于", "等于", "在于", "来自", "出于", "有利于", "无法", "没法", "不见", "不到", "得到", "来到", "去到", "看到", "听到", "看见", "听见"]
)
"""Words that hold sentences together, and the commonest of verbs: they begin, end or make no phrase."""

SUFFIXES = frozenset("感性化力观率度型式界者论")
"""Bound endings that make a noun of a word of two characters: 获得 + 感, 颠覆 + 性."""

PREFIXES = frozenset("新正微高非反超亚准软硬云零核")
"""Single characters that begin a term before a word of two: 新 + 常态, 正 + 能量."""

_ALLUSIVE = frozenset("之其而乎者焉矣兮若如以于无不莫勿自相何所")
"""Words of the classical language that idioms are built with."""

_IDIOM_GLOSS = re.compile(r"\b(?:idiom|idioms|saying|proverb|set phrase|set expression)\b", re.IGNORECASE)
_CLASSES: tuple[tuple[str, WordClass], ...] = (
    ("vn", "noun"),
    ("an", "noun"),
    ("ad", "adverb"),
    ("n", "noun"),
    ("j", "noun"),
    ("l", "noun"),
    ("s", "noun"),
    ("v", "verb"),
    ("i", "other"),
    ("a", "adjective"),
    ("z", "adjective"),
    ("b", "adjective"),
    ("d", "adverb"),
)


def is_glue(word: Word) -> bool:
    """Whether a token can neither begin nor end a phrase: grammar, punctuation, a name or a number."""
    return word.token.kind != "word" or word.headword in FUNCTION_WORDS


def is_reduplicated(headword: str) -> bool:
    """Whether a word is another said twice for a light touch (看看, 商量商量, 试一试)."""
    half = len(headword) // 2
    if len(headword) == 3 and headword[0] == headword[2]:
        return headword[1] in "一了不"
    return len(headword) in (2, 4) and headword[:half] == headword[half:]


def word_class(word: str, lexicon: Lexicon) -> WordClass:
    """The class of a word: the dictionary's glosses first where they agree, else the lexicon's tag."""
    glosses = [entry.glosses for entry in lexicon.entries(word)[:1]]
    verbal = [gloss.startswith("to ") for gloss in glosses[0][:4]] if glosses else []
    tag = lexicon.tag(word)
    named: WordClass = next((name for start, name in _CLASSES if tag.startswith(start)), "other")
    if not verbal:
        return named
    if all(verbal):
        return "noun" if tag in ("vn", "n") else "verb"
    return "noun" if named == "verb" and not verbal[0] else named


def says_idiom(text: str, lexicon: Lexicon) -> bool:
    """Whether the dictionary calls it an idiom, a saying or a proverb."""
    return any(
        _IDIOM_GLOSS.search(gloss) is not None for entry in lexicon.entries(text) for gloss in entry.glosses
    )


def is_attested(text: str, lexicon: Lexicon) -> bool:
    """Whether some word list holds it as one word: the dictionary, a frequency list, a tag list."""
    return bool(lexicon.tag(text)) or lexicon.frequency(text) is not None or text in lexicon


def has_idiom_shape(tokens: tuple[Word, ...], lexicon: Lexicon) -> bool:
    """Whether tokens of four characters, in no list, are put together as idioms are.

    Either a figure (强强联合, 爱才惜才), or characters that are not words by themselves any more, at least
    two of them (论 资 排 辈), or one with a classical particle (无 本 之 木). A plain sentence of
    four everyday words (小猫吃鱼) is none of these.
    """
    text = "".join(word.text for word in tokens)
    if len(text) != 4 or any(word.token.kind != "word" for word in tokens):
        return False
    singles = [word for word in tokens if len(word.text) == 1]
    figure = text[0] == text[2] or text[1] == text[3] or text[0] == text[1] or text[2] == text[3]
    bound = [word for word in singles if (word.hsk or 9) >= 4 and word.headword not in FUNCTION_WORDS]
    allusive = any(character in _ALLUSIVE for character in text[1:3])
    if figure:
        return len(singles) >= 2 and not any(word.headword in FUNCTION_WORDS for word in tokens)
    if any(word.headword in FUNCTION_WORDS and word.text not in _ALLUSIVE for word in singles):
        return False
    return len(singles) >= 2 and len(bound) >= (1 if allusive else 2)
