"""HTML: the article of a page, without what stands around it.

The article is the element whose passages weigh most, where a passage weighs what it has of running text:
characters and punctuation, less links. This is the idea of Arc90's Readability; the weights are fitted to
Chinese, where a sentence is short in characters and a comma says much.
"""

from __future__ import annotations

import codecs
import re

from studytui.errors import StudytuiError
from studytui.text.source.encoding import decode
from studytui.text.source.formats.elements import Page, Passage, read_page, with_tables
from studytui.text.source.formats.extract import Composer, Extract
from studytui.text.source.formats.tags import flow
from studytui.text.source.garbled import put_right

MAX_BYTES = 16 * 1024 * 1024
"""The largest page that is read; the longest novels on one page are half of it."""

_META = re.compile(
    rb"<meta\s[^>]{0,400}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
_XML = re.compile(rb"<\?xml\s[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What pages say, and what they mean: GB18030 contains the other two, and `big5` is what Windows writes.
_MEANT = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950", "euc_tw": "cp950", "hz": "hz"}
# Codecs of text. Python has others, which take time without bounds (`punycode`) or unpack something.
_TEXT = frozenset(
    (
        "ascii", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7",
        "gb18030", "cp950", "big5hkscs", "hz", "iso2022_jp", "iso2022_kr", "shift_jis", "cp932", "euc_jp",
        "euc_kr", "cp949", "koi8-r", "cp1251", "cp1252", "iso8859-1", "iso8859-15",
    )
)  # fmt: skip

_STOP = re.compile("[，。、；：？！“”…]")
_ASIDE = re.compile(
    r"comment|footer|\bfoot|sidebar|\bside\b|-side|side-|recommend|related|\bshare(?:bar|box|tool)?\b|toolbar|\bnav|menu|breadcrumb|crumb"
    r"|copyright|\bad-|\bads?\b|advert|banner|hot-?(?:list|news|rank)|\brank|\btags?\b|pagination|\bpager|login|widget"
    r"|popup|modal|\btoc\b|mw-jump|jump-to-nav|navbox|catlinks|\breflist|\breferences\b|reference-list|mw-references|printfooter|sitesub|subscribe|contentinfo|complementary|disclaimer|qrcode|reply|praise|statement|quick-?nav"
)
_SITE = re.compile(r"[_|｜\-–—]+")
"""What parts a page's title from the name of its site."""
_BODY = re.compile(
    r"artical|article|artibody|trs_editor|content|\bbody|main|post|entry|\btext|story|detail|articlebody|rich_media"
)
_NOT_ARTICLE = frozenset({"nav", "aside", "footer", "form", "menu", "address", "figcaption", "details"})
_BYLINE = re.compile(
    r"^(?:责任?编辑|责编|编辑|作者|来源|原标题|原文|版权|声明|免责声明|转载|扫码|扫一扫|分享|关注|点击|阅读|上一篇|下一篇|相关|推荐"
    r"|責任編輯|編輯|來源|版權|聲明|轉載|分享到|本文来源|打开APP|返回|收藏|举报|评论|更多)[^。]{0,40}$"
)


def read_html(raw: bytes, shown: str) -> Extract:
    """The article of the page `raw`, its headings, lists, tables and code kept apart.

    Raises StudytuiError if the page is too large, in no known encoding, or has no article.
    """
    if len(raw) > MAX_BYTES:
        raise StudytuiError(
            f"{shown} is a page of more than {MAX_BYTES >> 20} MB: save its text and open that."
        )
    text, encoding = decode_markup(raw)
    text, notices = put_right(text, shown)
    page = read_page(flow(text))
    chosen = _article(page)
    if not chosen:
        raise StudytuiError(
            f"{shown} is a page without any text: it may be made by a script; save its text instead."
        )
    composer = Composer()
    for passage in chosen:
        composer.add(passage.kind, passage.text)
    return composer.finish(encoding, _title(page, chosen), notices)


def decode_markup(raw: bytes) -> tuple[str, str]:
    """The text of an HTML or XML file and its codec: by its mark, what it says of itself, or how it reads.

    Raises StudytuiError if no encoding makes text of it.
    """
    if raw.startswith(_BOMS):
        return decode(raw)
    try:
        # A page saved again by another program often says what it was before.
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    said = _XML.search(raw, 0, 1024) or _META.search(raw, 0, 8192)
    if said is not None:
        try:
            name = codecs.lookup(said[1].decode("ascii")).name
            name = _MEANT.get(name, name)
            text = raw.decode(name, "replace") if name in _TEXT else ""
        except (LookupError, ValueError, AssertionError):
            pass
        else:
            if text and text.count("�") * 200 <= len(text):
                return text, name
    return decode(raw)


def _article(page: Page) -> list[Passage]:
    """The passages of the article of `page`, in order."""
    everything = with_tables(page.passages)
    asides = _asides(page)
    passages = [passage for passage in everything if not asides[passage.node]]
    weights = [_weight(passage) for passage in passages]
    if sum(weights) < 0.12 * sum(map(_weight, everything)):
        # The names of this page mean something else.
        passages, weights = everything, [_weight(passage) for passage in everything]
    totals: dict[int, float] = {}
    for passage, weight in zip(passages, weights, strict=True):
        node, share = passage.node, 1.0
        # A paragraph's own element is not the article; what holds many paragraphs is.
        while node >= 0 and share > 0.02:
            totals[node] = totals.get(node, 0.0) + weight * share
            if page.nodes[node].name not in _INNER:
                share *= 0.75
            node = page.nodes[node].parent
    if not any(totals.values()):
        return passages
    best = max(
        totals, key=lambda node: totals[node] * (1.3 if _BODY.search(page.nodes[node].signature) else 1.0)
    )
    if page.nodes[best].name in _INNER:
        best = max(page.nodes[best].parent, 0)
    within = _within(page, best)
    inside = [index for index, passage in enumerate(passages) if within[passage.node]]
    first = inside[0]
    # A title stands just before the article's element, or a little above it.
    start = next(
        (index for index in range(first - 1, max(first - 12, -1), -1) if _named(page, passages[index])),
        first,
    )
    chosen = [passages[start]] if start < first else []
    chosen += [passages[index] for index in inside if _belongs(passages[index])]
    return _trimmed(chosen)


_INNER = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "pre", "blockquote"})


def _weight(passage: Passage) -> float:
    """How much running text there is in `passage`."""
    own = len(passage.text) - 2 * passage.linked
    if passage.kind == "heading" or own < 8:
        return 0.0
    return float(own**0.9) * (0.3 + min(len(_STOP.findall(passage.text)), own / 8) * 8 / own)


def _asides(page: Page) -> list[bool]:
    """For each node, whether it stands in something that its name says is not the article."""
    found: list[bool] = []
    for node in page.nodes:  # a node's parent stands before it
        outer = node.parent >= 0 and found[node.parent]
        if node.name in _NOT_ARTICLE:
            found.append(True)
        elif node.name not in ("html", "body") and _ASIDE.search(node.signature[:500]):
            found.append(outer or not _BODY.search(node.signature[:500]))
        else:
            found.append(outer)
    return found


def _within(page: Page, ancestor: int) -> list[bool]:
    """For each node, whether it is `ancestor` or stands in it."""
    found: list[bool] = []
    for number, node in enumerate(page.nodes):
        found.append(number == ancestor or (node.parent >= 0 and found[node.parent]))
    return found


def _named(page: Page, passage: Passage) -> bool:
    """Whether `passage` says what the page's title says."""
    if passage.kind != "heading":
        return len(passage.text) > 7 and not passage.linked and passage.text in page.title
    return len(passage.text) > 3 and (
        passage.text[:20] in page.title or page.nodes[passage.node].name == "h1"
    )


def _belongs(passage: Passage) -> bool:
    return passage.linked * 2 < len(passage.text) or (
        len(passage.text) > 60 and passage.linked * 3 < len(passage.text) * 2
    )


def _trimmed(chosen: list[Passage]) -> list[Passage]:
    """`chosen` without the notes on its source, editor and copyright at its ends."""
    while len(chosen) > 1 and _BYLINE.match(chosen[-1].text):
        chosen.pop()
    return [
        passage
        for index, passage in enumerate(chosen)
        if not (index < 4 and passage.kind == "paragraph" and _BYLINE.match(passage.text))
    ]


def _title(page: Page, chosen: list[Passage]) -> str:
    if chosen[0].kind == "heading":
        return chosen[0].text
    return _SITE.split(page.title, maxsplit=1)[0].strip() or page.title
