"""Files of every format, made for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

PAGE = """<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><title>河边的书店_晨光新闻网</title>
<style>p { color: red; }</style><script>var 题 = "<p>脚本里的字，不该出现。</p>";</script></head>
<body>
<nav class="top-nav"><ul><li><a href="/">首页</a></li><li><a href="/news">新闻中心</a></li></ul></nav>
<div class="wrap">
  <div class="sidebar"><h3>热门排行</h3><ul>
    <li><a href="/1">城里最好吃的十家面馆，你去过几家？</a></li>
    <li><a href="/2">今年冬天会不会下雪，专家这样说。</a></li></ul></div>
  <div class="article-content">
    <h1>河边的书店</h1>
    <!-- <p>注释里的字，也不该出现。</p> -->
    <p>老张在河边开了一家书店，<b>已经</b>二十年了。店不大，
       书却很多，从地上一直堆到屋顶。</p>
    <p>他常说：&ldquo;书要让人够得着&rdquo;，所以书架都不高&hellip;&hellip;</p>
    <h2>下雨的下午</h2>
    <p>有一天下雨，<ruby>店<rp>(</rp><rt>diàn</rt><rp>)</rp></ruby>里来了一个孩子，浑身都湿了，手里
      <a href="/x">抱着</a>一本旧书。</p>
    <ul><li>第一本书，讲的是山里的事情。</li><li>第二本书，讲的是海上的事情。</li></ul>
    <p>孩子把书放下，说这本书是从这里买的，现在想换一本新的。</p>
  </div>
  <div id="comments"><p>网友评论：写得真好，我每天路过这家店，从来没有进去过。</p></div>
</div>
<footer><p>版权所有，未经许可不得转载。</p></footer>
</body></html>"""


def epub(
    pages: Mapping[str, bytes | str],
    *,
    spine: Sequence[str] | None = None,
    extra: Mapping[str, str] | None = None,
    title: str = "两条河",
    compression: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A book of `pages`, name to XHTML, in a folder OEBPS; read in the order of `spine`."""
    order = list(pages) if spine is None else spine
    package = (
        f'<?xml version="1.0"?><package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>{title}</dc:title></metadata><manifest>"
        + "".join(
            f'<item id="p{i}" href="{n}" media-type="application/xhtml+xml"/>' for i, n in enumerate(order)
        )
        + "</manifest><spine>"
        + "".join(f'<itemref idref="p{i}"/>' for i in range(len(order)))
        + "</spine></package>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as book:
        book.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        book.writestr(
            "META-INF/container.xml",
            '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        )
        book.writestr("OEBPS/book.opf", package)
        for name, page in pages.items():
            book.writestr(f"OEBPS/{name}", page)
        for name, text in (extra or {}).items():
            book.writestr(name, text)
    return packed.getvalue()


def xhtml(body: str) -> str:
    """A page of a book."""
    head = '<?xml version="1.0"?><html><head><title>页</title><link href="a.css"/></head>'
    return f"{head}<body>{body}</body></html>"


def pdf(
    pages: Sequence[Sequence[tuple[float, float, str]]], *, header: str = "", password: str | None = None
) -> bytes:
    """Pages of 400 x 600 points; each text stands at its left end and base line, in 12 points."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    written = io.BytesIO()
    lock = StandardEncryption(password, canPrint=0) if password is not None else None
    canvas = Canvas(written, pagesize=(400, 600), encrypt=lock, invariant=1)
    for number, page in enumerate(pages, 1):
        canvas.setFont("STSong-Light", 12)
        if header:
            canvas.drawString(160, 575, header)
            canvas.drawString(190, 20, f"— {number} —")
        for left, base, text in page:
            canvas.drawString(left, base, text)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


SRT = """1
00:00:01,000 --> 00:00:03,000
<i>你今天怎么</i>
这么早就来了？

2
00:00:03,500 --> 00:00:05,000
{\\an8}- 我睡不着。
- 那就坐一会儿吧。

3
00:00:05,500 --> 00:00:07,000
{\\an8}- 我睡不着。
- 那就坐一会儿吧。

4
00:00:08,000 --> 00:00:09,000
2024
"""
