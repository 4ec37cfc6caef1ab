from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest

from studytui.errors import StudytuiError
from studytui.text.document import Source
from studytui.text.reflow.reflow import read_document
from studytui.text.source.formats.epub import read_epub
from studytui.text.source.formats.extract import Extract
from tests.text.formats.samples import epub, xhtml

ONE = xhtml("<h1>第一章</h1><p>河水<ruby>流<rt>liú</rt></ruby>过村子。</p>")
TWO = xhtml("<h2>第二章</h2><p>雨下了三天。<span epub:type='pagebreak'/></p>")


def test_pages_in_the_order_of_the_spine() -> None:
    found = read_epub(
        epub({"b.xhtml": TWO, "a%20a.xhtml": "", "a a.xhtml": ONE}, spine=["a%20a.xhtml", "b.xhtml"]), "x"
    )
    assert [(b.kind, found.text[b.start : b.end]) for b in found.blocks or ()] == [
        ("heading", "第一章"),
        ("paragraph", "河水流过村子。"),
        ("heading", "第二章"),
        ("paragraph", "雨下了三天。"),
    ]
    assert found.title == "两条河"


def test_a_page_that_stands_in_the_spine_often_is_read_once() -> None:
    assert read_epub(epub({"a.xhtml": ONE}, spine=["a.xhtml"] * 50), "x").text.count("村子") == 1


def test_names_that_leave_the_book_name_nothing() -> None:
    with pytest.raises(StudytuiError, match="list of pages"):
        read_epub(epub({"a.xhtml": ONE}, spine=["../../../etc/passwd", "/etc/passwd"]), "x")


def test_entities_are_not_expanded_and_nothing_is_fetched() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "哈哈"><!ENTITY b SYSTEM "file:///etc/passwd">]>' + xhtml(
        "<p>说&a;&b;完。</p>"
    )
    assert read_epub(epub({"a.xhtml": bomb}), "x").text.endswith("说&a;&b;完。")


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bomb_is_refused_in_little_memory(compression: int) -> None:
    book = epub({"a.xhtml": b"a" * 40_000_000}, compression=compression)
    tracemalloc.start()
    with pytest.raises(StudytuiError, match=r"memory|damaged"):
        read_epub(book, "x")
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    book = epub({"a.xhtml": b"a" * 20_000_000})
    size = (20_000_000).to_bytes(4, "little")
    assert size in book
    with pytest.raises(StudytuiError):
        read_epub(book.replace(size, (1000).to_bytes(4, "little")), "x")


def test_drm_is_said_and_obfuscated_fonts_are_none() -> None:
    says = '<encryption><EncryptedData><EncryptionMethod Algorithm="{}"/></EncryptedData></encryption>'
    fonts = says.format("http://www.idpf.org/2008/embedding")
    aes = says.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    assert "村子" in read_epub(epub({"a.xhtml": ONE}, extra={"META-INF/encryption.xml": fonts}), "x").text
    with pytest.raises(StudytuiError, match="DRM"):
        read_epub(epub({"a.xhtml": ONE}, extra={"META-INF/encryption.xml": aes}), "x")


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_a_book_cut_short_is_said_to_be_damaged(part: float) -> None:
    book = epub({"a.xhtml": ONE, "b.xhtml": TWO})
    with pytest.raises(StudytuiError, match="damaged"):
        read_epub(book[: int(len(book) * part)], "x")


CONTENTS = """<?xml version="1.0"?><ncx><navMap>
<navPoint><navLabel><text>第一章 河边</text></navLabel><content src="a.xhtml"/></navPoint>
<navPoint><navLabel><text>第二章　山 上</text></navLabel><content src="a.xhtml#two"/></navPoint>
<navPoint><navLabel><text>尾声</text></navLabel><content src="B.xhtml"/></navPoint>
</navMap></ncx>"""
NAV = """<html><body><nav epub:type="toc"><ol>
<li><a href="a.xhtml">第一章 <b>河边</b></a></li><li><a href="a.xhtml#two">第二章　山 上</a></li>
<li><a href="b.xhtml">尾声</a></li></ol></nav>
<nav epub:type="page-list"><ol><li><a href="a.xhtml#p1">河边有一家书店。</a></li></ol></nav></body></html>"""
CHAPTERS = {
    "a.xhtml": "<p>第一章</p><p>河边</p><p>河边有书。</p><p id='two'><b>第二章 山上</b></p><p>山上有雪。</p>",
    "b.xhtml": "<div>尾 声</div><p>雪停了。</p>",
}


def with_contents(item: str) -> bytes:
    """A book whose contents are in the manifest's further item."""
    written = zipfile.ZipFile(io.BytesIO(epub(CHAPTERS)))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as book:
        for name in written.namelist():
            content = written.read(name)
            if name.endswith(".opf"):
                content = content.replace(b"</manifest>", item.encode() + b"</manifest>")
            book.writestr(name, content)
        book.writestr("OEBPS/toc.ncx", CONTENTS)
        book.writestr("OEBPS/nav.xhtml", NAV)
    return target.getvalue()


@pytest.mark.parametrize(
    "item",
    [
        '<item id="c" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
        '<item id="c" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
    ],
    ids=["ncx", "nav"],
)
def test_what_the_book_s_contents_name_are_headings(item: str) -> None:
    found = read_epub(with_contents(item), "x")
    headings = [found.text[each.start : each.end] for each in found.blocks or () if each.kind == "heading"]
    assert headings == ["第一章", "河边", "第二章 山上", "尾 声"]


def test_a_page_of_another_case_is_found_and_a_missing_one_is_named() -> None:
    pages = {"One.xhtml": "<p>第一页上的话。</p>", "页二.xhtml": "<p>第二页上的话。</p>"}
    spine = ["one.XHTML", "%E9%A1%B5%E4%BA%8C.xhtml", "gone.xhtml"]
    found = read_epub(epub(pages, spine=spine), "book.epub")
    assert found.text.split("\n") == ["第一页上的话。", "第二页上的话。"]
    assert len(found.notices) == 1
    assert "gone.xhtml" in found.notices[0]
    assert "book.epub" in found.notices[0]


def test_a_page_that_is_packed_beyond_what_text_can_be_is_refused() -> None:
    """It is smaller than a page may be, and a thousand times as large as in the zip."""
    page = xhtml(f"<p>{'啊' * 1_000_000}</p>")
    with pytest.raises(StudytuiError, match="memory"):
        read_epub(epub({"a.xhtml": page}), "x")
    stored = read_epub(epub({"a.xhtml": page}, compression=zipfile.ZIP_STORED), "x")
    assert stored.text.count("啊") == 1_000_000


def test_contents_of_titles_that_no_page_says_end() -> None:
    # Each title was compared with each paragraph: half an hour for this book, which a suite would see.
    names = "".join(f'<li><a href="a.xhtml">{"一" * (at % 50 + 9)}章</a></li>' for at in range(20_000))
    items = '<item id="c" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    book = epub({"a.xhtml": "<p>二三</p>" * 20_000}, extra={"OEBPS/nav.xhtml": f"<nav>{names}</nav>"})
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b"</manifest>", items.encode() + b"</manifest>"))
    assert read_epub(made.getvalue(), "x").text.count("二三") == 20_000


def headings_of(found: Extract) -> list[str]:
    return [found.text[each.start : each.end] for each in found.blocks or () if each.kind == "heading"]


LONG = "那天晚上下了很大的雨，街上一个人也没有，我站在车站里，等着最后一班车，等了很久很久也没有来。"


@pytest.mark.parametrize(
    ("pages", "named", "expected"),
    [
        ({"a.xhtml": f"<p><img src='1.png'/></p><p>{LONG}</p>"}, {"a.xhtml": "雨夜"}, ["雨夜"]),
        ({"t.xhtml": "<img src='1.png'/>", "a.xhtml": f"<p>{LONG}</p>"}, {"t.xhtml": "第一章"}, ["第一章"]),
        # A picture of the cover is no chapter; a title that is written otherwise is not doubled.
        ({"t.xhtml": "<img src='1.png'/>", "a.xhtml": f"<p>{LONG}</p>"}, {"t.xhtml": "封面"}, []),
        ({"a.xhtml": f"<p>壹　大雨</p><p>{LONG}</p>"}, {"a.xhtml": "第一章 雨夜"}, []),
        # What is short below it is a chapter of it, or leads to one.
        ({"a.xhtml": "<p>朱元璋篇</p><p>朱允炆篇</p>"}, {"a.xhtml": "壹 洪武大帝"}, ["壹 洪武大帝"]),
        (
            {"a.xhtml": f"<h2>第一卷 森林</h2><p>{LONG}</p>"},
            {"a.xhtml": "第一部 海上"},
            ["第一部 海上", "第一卷 森林"],
        ),
    ],
)
def test_titles_that_are_pictures_are_taken_from_the_contents(
    pages: dict[str, str], named: dict[str, str], expected: list[str]
) -> None:
    points = "".join(
        f'<navPoint><navLabel><text>{title}</text></navLabel><content src="{page}"/></navPoint>'
        for page, title in named.items()
    )
    item = '<item id="c" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    book = epub(pages, extra={"OEBPS/toc.ncx": f"<ncx><navMap>{points}</navMap></ncx>"})
    assert headings_of(read_epub(with_items(book, item), "x")) == expected


def test_of_two_contents_the_fuller_one_holds() -> None:
    short = (
        '<html><body><nav epub:type="toc"><ol><li><a href="b.xhtml">尾声</a></li></ol></nav></body></html>'
    )
    items = (
        '<item id="c" href="short.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        '<item id="d" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    )
    book = epub(CHAPTERS, extra={"OEBPS/short.xhtml": short, "OEBPS/toc.ncx": CONTENTS})
    assert headings_of(read_epub(with_items(book, items), "x")) == ["第一章", "河边", "第二章 山上", "尾 声"]


def with_items(book: bytes, items: str) -> bytes:
    """A book with further items in its manifest."""
    written = zipfile.ZipFile(io.BytesIO(book))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as changed:
        for name in written.namelist():
            content = written.read(name)
            if name.endswith(".opf"):
                content = content.replace(b"</manifest>", items.encode() + b"</manifest>")
            changed.writestr(name, content)
    return target.getvalue()


def book_with(page: str, *points: tuple[str, str], more: str = "") -> Extract:
    """What is read of a book of `a.xhtml` and `b.xhtml`, whose contents have titles and what they lead to."""
    listed = "".join(
        f'<navPoint><navLabel><text>{title}</text></navLabel><content src="{href}"/></navPoint>'
        for title, href in points
    )
    item = '<item id="c" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    pages = {"a.xhtml": page, "b.xhtml": more} if more else {"a.xhtml": page}
    book = epub(pages, extra={"OEBPS/toc.ncx": f"<ncx><navMap>{listed}</navMap></ncx>"})
    return read_epub(with_items(book, item), "x")


def kinds(found: Extract) -> list[tuple[str, str]]:
    """The paragraphs of a book, each with its kind."""
    document = read_document(Source("x", "x", found.text, "epub", found.blocks, ()))
    return [(each.kind, each.text) for each in document.paragraphs]


def test_a_heading_is_where_the_contents_lead_to_in_the_page() -> None:
    page = (
        f"<p>本章说三件事：</p><p>出发</p><p>路上</p><p id='one'>出发</p><p>{LONG}</p>"
        f"<p><a id='two'/>路上</p><p>{LONG}</p><p id='three'><img src='3.png'/></p><p>{LONG}</p>"
    )
    found = kinds(
        book_with(page, ("出发", "a.xhtml#one"), ("路上", "a.xhtml#two"), ("回家", "a.xhtml#three"))
    )
    assert [kind for kind, _ in found] == ["paragraph"] * 3 + ["heading", "paragraph"] * 3
    assert [text for kind, text in found if kind == "heading"] == ["出发", "路上", "回家"]


def test_a_title_is_known_with_a_break_a_note_or_a_number_too_many() -> None:
    page = (
        f"<h1>附录<br/>百部书单<br/>书和人的生命是连在一起的</h1><p>{LONG}</p><p>关于此战〔1〕的方针</p><p>{LONG}</p>"
        f"<p>第一章：回信　１</p><p>{LONG}</p><p>《旧屋》手记（摘录）</p><p>{LONG}</p>"
    )
    titles = ("附录 百部书单", "关于此战的方针", "第一章／回信", "附录：《旧屋》手记（摘录）")
    found = kinds(book_with(page, *((title, "a.xhtml") for title in titles)))
    assert [text for kind, text in found if kind == "heading"] == [
        "附录 百部书单 书和人的生命是连在一起的",
        "关于此战的方针",
        "第一章：回信　１",
        "《旧屋》手记（摘录）",
    ]


def test_a_title_that_the_contents_lead_to_a_page_too_early_for() -> None:
    found = book_with(
        f"<h2>造钟</h2><p>{LONG}</p>",
        ("让证据说话", "a.xhtml"),
        more=f"<p>&gt;&gt; 让证据说话</p><p>{LONG}</p>",
    )
    assert headings_of(found)[-1] == ">> 让证据说话"


def test_chapters_of_a_book_whose_contents_do_not_name_them() -> None:
    sections = "".join(f"<p>{n}</p><p>{LONG}</p>" for n in (1, 2, 3))
    page = f"<p>第一章 雨夜</p>{sections}<p>第二章</p><p>天亮</p>{sections}<p>第三天他就走了，没有回来。</p>"
    found = [text for kind, text in kinds(book_with(page, ("开始", "a.xhtml"))) if kind == "heading"]
    assert found == ["第一章 雨夜", "1", "2", "3", "第二章", "天亮", "1", "2", "3"]


def test_what_only_leads_elsewhere_or_advertises_is_no_text() -> None:
    page = (
        "<p><a href='b.xhtml'>第一章 雨夜</a></p><p><a href='c.xhtml'>第二章 天亮</a></p>"
        f"<p>{LONG}</p><p>更多好书请访问 www.example.com</p><p>(本章完)</p>"
    )
    assert [kind for kind, _ in kinds(book_with(page))] == ["aside", "aside", "paragraph", "aside", "aside"]


def test_a_paragraph_of_a_class_reference_is_no_mark_of_a_note() -> None:
    page = "<p class='reference'>亲爱的阿米尔，愿你平安<a class='reference' href='#n'>3</a>。</p>"
    assert book_with(page).text == "亲爱的阿米尔，愿你平安。"
