from __future__ import annotations

import pytest

from studytui.errors import StudytuiError
from studytui.text.document import Source
from studytui.text.reflow.reflow import read_document
from studytui.text.source.formats.extract import Extract
from studytui.text.source.formats.html import read_html
from tests.text.formats.samples import PAGE


def blocks(found: Extract) -> list[tuple[str, str]]:
    return [(block.kind, found.text[block.start : block.end]) for block in found.blocks or ()]


def test_the_article_and_nothing_else_of_the_page() -> None:
    found = read_html(PAGE.encode(), "page.html")
    assert blocks(found) == [
        ("heading", "河边的书店"),
        ("paragraph", "老张在河边开了一家书店，已经二十年了。店不大，书却很多，从地上一直堆到屋顶。"),
        ("paragraph", "他常说：“书要让人够得着”，所以书架都不高……"),
        ("heading", "下雨的下午"),
        ("paragraph", "有一天下雨，店里来了一个孩子，浑身都湿了，手里抱着一本旧书。"),
        ("list", "第一本书，讲的是山里的事情。"),
        ("list", "第二本书，讲的是海上的事情。"),
        ("paragraph", "孩子把书放下，说这本书是从这里买的，现在想换一本新的。"),
    ]
    assert (found.title, found.encoding) == ("河边的书店", "utf-8")


@pytest.mark.parametrize(
    ("codec", "said", "expected"),
    [
        ("gb18030", "gb2312", "gb18030"),
        ("cp950", "big5", "cp950"),
        ("utf-8", "gb2312", "utf-8"),  # saved again by another program
        ("utf-16", "utf-8", "utf-16"),
        ("gb18030", "nonsense", "gb18030"),
    ],
)
def test_encoding_by_mark_by_what_reads_and_by_what_the_page_says(
    codec: str, said: str, expected: str
) -> None:
    meta = f'<meta charset="{said}">'
    page = f"<html><head>{meta}</head><body><p>我們在河邊的書店見面，他說今天不下雨。</p></body></html>"
    found = read_html(page.encode(codec), "page")
    assert found.text == "我們在河邊的書店見面，他說今天不下雨。"
    assert found.encoding == expected


def test_tables_verse_and_code_keep_their_lines() -> None:
    page = """<html><body><article><p>下面是一张表，写着每天的水位，还有一首诗，请大家慢慢看。</p>
    <table><tr><th>日子</th><th>水位</th></tr><tr><td>周一</td><td>三米</td></tr></table>
    <p>河水向东流，<br>白云向西走。<br>我问河边人，<br>何时再回头？</p>
    <pre>for 天 in 周:\n    print(天)</pre></article></body></html>"""
    assert blocks(read_html(page.encode(), "page"))[1:] == [
        ("table", "日子 | 水位\n周一 | 三米"),
        ("verse", "河水向东流，\n白云向西走。\n我问河边人，\n何时再回头？"),
        ("code", "for 天 in 周:\n    print(天)"),
    ]


def test_hidden_text_and_unclosed_tags() -> None:
    hidden = "<div style='display: none'>看不见</div><p hidden>也看不见"
    page = f"<html><body><p>第一段说了一些话，后面没有结束<p>第二段也说了一些话，也没有。{hidden}"
    assert [text for _, text in blocks(read_html(page.encode(), "page"))] == [
        "第一段说了一些话，后面没有结束",
        "第二段也说了一些话，也没有。",
    ]


def test_a_page_made_by_a_script_says_so() -> None:
    with pytest.raises(StudytuiError, match="script"):
        read_html(b"<html><body><script>load()</script></body></html>", "page.html")


@pytest.mark.parametrize(
    "pattern", ["<!--", "<a ", '<a b="', "<", "&#", "<div>", "<li><ul>", "中<br>", "<table><td>中"]
)
def test_odd_markup_ends(pattern: str) -> None:
    # 400 kB of `<!--` took Python's own parser 100 seconds: this would be seen, without a clock.
    assert "中文" in read_html(("<html><p>中文" + pattern * 20_000).encode(), "page").text


def test_a_page_of_more_paragraphs_than_a_book_is_refused() -> None:
    with pytest.raises(StudytuiError, match="300,000 paragraphs"):
        read_html(("<html>" + "<p>中" * 300_001).encode(), "page")


def test_paragraphs_have_the_places_of_the_extracted_text_and_nothing_unsafe() -> None:
    page = "<html><body><p>他说：\x1b]52;c;eA==\x07“好，我们走吧。”&#8203;天黑了，路很远。</p></body></html>"
    found = read_html(page.encode(), "page")
    document = read_document(Source("page", "page", found.text, found.encoding, found.blocks))
    (paragraph,) = document.paragraphs
    assert paragraph.text == "他说：“好，我们走吧。”天黑了，路很远。"
    assert [found.text[place] for place in paragraph.origin] == list(paragraph.text)
    assert document.removed == 2


WIKI = """<html><body><div class="mw-jump-link">跳到导航</div><div id="content"><h1>茶</h1>
<div id="toc" class="toc"><ul><li>1 茶的历史和来源</li><li>2 茶的种类和做法，还有喝法</li></ul></div>
<p>茶是一种用茶叶泡成的饮料<sup class="reference"><a href="#n">[1]</a></sup>，起源于中国<sup>[注1]</sup>，
大约十平方米<sup>2</sup>的地里<a href="#x"><sup>3</sup></a>就能种出来。</p>
<h2>历史<span class="mw-editsection">[<a>编辑</a>]</span></h2>
<p>早在唐代，茶就已经传到了日本<sup><a epub:type="noteref">*</a></sup>，后来又传到欧洲。</p>
<div class="reflist"><ol class="references"><li>陆某，《茶的历史》，北京。</li></ol></div></div></html>"""


def test_the_marks_and_lists_of_a_wiki_page_are_not_its_text() -> None:
    assert blocks(read_html(WIKI.encode(), "page")) == [
        ("heading", "茶"),
        (
            "paragraph",
            "茶是一种用茶叶泡成的饮料，起源于中国，大约十平方米2的地里就能种出来。",
        ),
        ("heading", "历史"),
        ("paragraph", "早在唐代，茶就已经传到了日本，后来又传到欧洲。"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "　　他走进院子。<br>　　院子里没有人<br>　　“谁在那儿？”<br>　　没有人回答。",
        "他走进院子。<br>院子里没有人。<br>“谁在那儿？”<br>没有人回答。",
    ],
    ids=["indented", "stops"],
)
def test_prose_with_breaks_alone_is_paragraphs(body: str) -> None:
    found = blocks(read_html(f"<html><body>{body}</body></html>".encode(), "page"))
    assert [kind for kind, _ in found] == ["paragraph"] * 4


def test_stanzas_with_breaks_alone_are_stanzas() -> None:
    lines = "河水流过<br>我家门口<br>带走白云<br><br>小船走了<br>留下月光<br>照着我们"
    assert blocks(read_html(f"<html><body><div>{lines}</div></body></html>".encode(), "page")) == [
        ("verse", "河水流过\n我家门口\n带走白云"),
        ("verse", "小船走了\n留下月光\n照着我们"),
    ]
