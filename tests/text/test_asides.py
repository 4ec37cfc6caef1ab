"""What is no part of what a text says stands apart, and nothing is taught from it."""

from __future__ import annotations

import pytest

from studytui.study.phrases.ranking import key_phrases
from studytui.text.annotate import Annotator
from studytui.text.document import Source
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.reflow.reflow import read_document, reflow
from studytui.text.words.segment import Segmenter
from tests.text.faults import PARAGRAPHS, bare, wrapped


def read(text: str) -> list[tuple[str, str]]:
    return [(paragraph.kind, paragraph.text) for paragraph in reflow(text).paragraphs]


@pytest.mark.parametrize(
    "line",
    [
        "----------",
        "＊＊＊",
        "◇　◇　◇",
        "~~~~~~",
        "☆、",
        "喜欢山路请大家收藏：(www.example.com)小说网更新速度最快。",
        "一秒记住【书阁 www.example.com】，精彩小说无弹窗免费阅读！",
        "（未完待续。如果您喜欢这部作品，欢迎来投推荐票、月票。）",
        "求收藏！求推荐！求一切！",
        "『加入书签，方便阅读』",
        "扫码下载客户端，查看更多精彩内容",
        "本文版权归原作者所有，转载请注明出处",
        "本页使用了标题或全文手工转换",
        "来源：城市晚报",
        "※　※　※",
        "www.example.com",
        "https://example.com/a?b=1",
        "请收藏本站：example.net",
        "求月票，求收藏！",
        "（本章未完，请点击下一页继续阅读）",
        "(未完待续)",
        "上一章 目录 下一章",
        "长按二维码关注我们",
        "跳到导航跳到搜索",
        "第三章 井边的石头........27",
        "[3] 王某. 茶的历史[M]. 北京: 某某出版社, 2001.",
        "^ 李某. 茶与生活. 2010.",
        "wǒ měi tiān dōu qù xué xiào",
        "ㄋㄧˇ ㄏㄠˇ",
        "わたしは毎日学校へ行きます",
        "☆",
        "·",
        "§",
        "首页 > 新闻 > 国内新闻",
        "首页 | 小说 | 登录 | 注册",
        "当前位置：书库>历史>大河",
        "分类：中国的河流",
        "打印本页 关闭窗口",
    ],
)
def test_a_line_that_says_nothing_is_an_aside(line: str) -> None:
    prose = "\n".join(wrapped(PARAGRAPHS[0], 40))
    found = read(f"{prose}\n{line}\n{prose}")
    assert [kind for kind, _ in found] == ["paragraph", "aside", "paragraph"]
    assert bare(found[0][1]) == bare(found[2][1]) == bare(PARAGRAPHS[0])


@pytest.mark.parametrize(
    "sentence",
    [
        "他关注的是孩子们每天能不能吃饱。",
        "我把网站的地址写在了黑板上，请大家记下来。",
        "下一章我们再说这件事。",
        "老师说：请记住今天的话。",
        "她在编辑部工作了二十年。",
        "他打开首页，登录以后什么也没看见。",
    ],
)
def test_a_sentence_is_none(sentence: str) -> None:
    assert ("paragraph", sentence) in read(f"{PARAGRAPHS[0]}\n{sentence}\n{PARAGRAPHS[2]}")


@pytest.mark.parametrize(
    ("heading", "entries"),
    [
        ("目录", ["第一章　童年　1", "第二章　离家　23", "第三章　归途　58"]),
        ("目　次", ["第一章 童年", "第二章 离家", "后记"]),
        ("目錄：", ["一、河邊的小鎮　3", "二、離家的那一天　20"]),
    ],
)
def test_a_table_of_contents_is_aside_and_the_chapter_after_it_a_heading(
    heading: str, entries: list[str]
) -> None:
    text = "\n".join([heading, *entries, "第一章 童年", PARAGRAPHS[0], "第二章 离家", PARAGRAPHS[1]])
    assert [kind for kind, _ in read(text)][1:] == [
        *["aside"] * len(entries),
        *["heading", "paragraph"] * 2,
    ]


def test_contents_without_entries_are_none() -> None:
    text = f"目录\n第一章 童年\n{PARAGRAPHS[0]}"
    assert [kind for kind, _ in read(text)] == ["heading", "heading", "paragraph"]


def test_references_are_asides_and_their_heading_is_a_heading() -> None:
    text = f"{PARAGRAPHS[0]}\n\n参考资料\n陆某：《茶的历史》，2001年\nhttps://example.com/tea"
    assert [kind for kind, _ in read(text)] == ["paragraph", "heading", "aside", "aside"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("你好(nǐ hǎo)，我叫王明（Wáng Míng）。", "你好，我叫王明。"),
        ("他会说(hui4 shuo1)英文[ying1 wen2]。", "他会说英文。"),
        ("今天天气[tian1 qi4;n]很好。", "今天天气很好。"),
        ("我們學習(ㄒㄩㄝˊ ㄒㄧˊ)中文。", "我們學習中文。"),
        (
            "茶[编辑]起源于中国[1]，[2][3]可以提神[注 1]，很早就传到日本[4]:25。",
            "茶起源于中国，可以提神，很早就传到日本。",
        ),
        ("他在苹果(Apple)公司工作，用的是 C++ 和 a[1]。", "他在苹果(Apple)公司工作，用的是 C++ 和 a[1]。"),
        ("我们[编者]在这里（北京）等你（见第3页）。", "我们[编者]在这里（北京）等你（见第3页）。"),
        ("春天(chūntiān)来了，云(yún)很白(bái)。", "春天来了，云很白。"),
        ("我（wo）喜欢（xi huan）绿（lv）色。", "我喜欢绿色。"),
        ("他(he)能(can)看。", "他(he)能(can)看。"),
        ("我ㄨㄛˇ是ㄕˋ學ㄒㄩㄝˊ生ㄕㄥ，他ㄉ朋友。", "我是學生，他ㄉ朋友。"),
        ("全长六千公里[a]，济南惨案〔5〕以后，数组a[i]。", "全长六千公里，济南惨案以后，数组a[i]。"),
    ],
)
def test_readings_and_marks_of_notes_are_left_out(text: str, left: str) -> None:
    found = reflow(text)
    assert [paragraph.text for paragraph in found.paragraphs] == [left]
    for paragraph in found.paragraphs:
        assert "".join(text[place] for place in paragraph.origin) == left
    assert (found.annotations > 0) == (text != left)


def test_how_many_were_left_out_is_said() -> None:
    document = read_document(Source("a.txt", "a", "学习(xuéxí)中文(Zhōngwén)。", "utf-8"))
    assert document.warning is not None
    assert "2 readings" in document.warning


def test_no_phrase_comes_from_an_aside() -> None:
    lexicon = Lexicon.open()
    text = f"{PARAGRAPHS[5]}\n求推荐票，求收藏！\n{PARAGRAPHS[6]}"
    document = read_document(Source("a.txt", "a", text, "utf-8"))
    assert [paragraph.kind for paragraph in document.paragraphs] == ["paragraph", "aside", "paragraph"]
    found = key_phrases(
        Annotator(lexicon, Segmenter(lexicon)).document(document), lexicon, lambda _: "new", limit=None
    )
    assert found
    assert all(paragraph != 1 for phrase in found for paragraph, _, _ in phrase.occurrences)


def test_sections_of_a_wiki_are_headings_and_its_contents_are_none() -> None:
    text = (
        "长江[编辑]\n长江是亚洲最长的河流[1]。\n目录\n1 名称\n1.1 古名\n2 参见\n名称[编辑 | 编辑源代码]\n"
        "古代称为“江”。\n参见[編輯]\n黄河\n珠江\n"
    )
    assert read(text) == [
        ("heading", "长江"),
        ("paragraph", "长江是亚洲最长的河流。"),
        ("heading", "目录"),
        ("aside", "1 名称"),
        ("aside", "1.1 古名"),
        ("aside", "2 参见"),
        ("heading", "名称"),
        ("paragraph", "古代称为“江”。"),
        ("heading", "参见"),
        ("verse", "黄河"),
        ("verse", "珠江"),
    ]
