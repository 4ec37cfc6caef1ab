"""EPUB: a zip of pages in the order of the book's spine.

A zip may claim anything of itself, so what is unpacked is counted as it comes, and nothing is written. The
XML files are read as markup (see markup.py): a file can define no entity and name no other file.
"""

from __future__ import annotations

import io
import lzma
import re
import unicodedata
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from operator import itemgetter
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote

from studytui.errors import StudytuiError
from studytui.text.source.formats.elements import Page, Passage, read_page, with_tables
from studytui.text.source.formats.extract import Composer, Extract, folded
from studytui.text.source.formats.html import decode_markup
from studytui.text.source.formats.tags import Tag, flow
from studytui.text.source.garbled import put_right

MAX_TEXT = 32 * 1024 * 1024
"""Bytes of pages that are unpacked from one book."""
MAX_PAGE = 8 * 1024 * 1024
"""Bytes of one page: a whole novel in a file is half of it."""
MAX_RATIO = 200
"""How many times as large as in the zip a page may be; text becomes three to ten times as large."""
_CHAPTER = re.compile(
    "第?[0-9一二三四五六七八九十百千〇零两壹贰叁肆伍陆柒捌玖拾]{1,8}(?:([章节回卷部篇集幕折])|(?=[^0-9])|$)"
)
_DIGITS = "0123456789一二三四五六七八九十"
_NOTE = re.compile(r"[\[［〔【(（]\s*(?:注\s*)?\d{1,3}\s*[\]］〕】)）]")
"""The mark of a note, which a title has on its page and not in the contents, or the other way round."""
_SMALL = 256 * 1024
"""Bytes below which the ratio does not matter."""
_MAX_FILES = 20_000
_MAX_DIRECTORY = 8 * 1024 * 1024
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_PAGES = ("application/xhtml+xml", "text/html", "application/xml", "text/x-oeb1-document")
# zipfile says NotImplementedError of a compression it does not know.
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError)


def read_epub(raw: bytes, shown: str) -> Extract:
    """The text of the book `raw`: its pages in the order of the spine, no ruby readings or page numbers.

    Raises StudytuiError if the book is damaged, protected, too large, or has no text.
    """
    book = _Book(raw, shown)
    package = book.package()
    book.refuse_protected()
    tags = [(tag, said) for tag, said in _tags(book.text(package))]
    title = next((said.strip() for tag, said in tags if tag.name == "title" and tag.opens), "")
    composer = Composer()
    opening = [tag for tag, _ in tags if tag.opens]
    listed = _spine(package, opening)
    pages = list(dict.fromkeys(found for name in listed if (found := book.find(name))))
    if not pages:
        raise book.damaged("its list of pages names none that is in it")
    book.refuse_large(pages)
    contents = _contents(book, package, opening)
    garbled: tuple[str, ...] = ()
    elsewhere: set[str] = set()
    for name in pages:
        text, said = put_right(book.text(name), shown)
        garbled = garbled or said
        _compose(read_page(flow(text)), contents.get(name, []), elsewhere, composer)
    return composer.finish(
        "epub", title, (*_missing(shown, [each for each in listed if not book.find(each)]), *garbled)
    )


def _missing(shown: str, names: list[str]) -> tuple[str, ...]:
    """What the learner should hear of pages that the book lists and has not."""
    if not names:
        return ()
    some = ", ".join(name.rpartition("/")[2] for name in names[:3]) + (", …" if names[3:] else "")
    what = "a page that is" if len(names) == 1 else f"{len(names)} pages that are"
    return (f"{shown} lists {what} not in it ({some}): the rest is here.",)


class _Title(NamedTuple):
    """What the book's contents call a chapter."""

    text: str
    """Its title."""
    anchor: str
    """The id in its page that the chapter begins at; empty for the page's beginning."""


def _compose(page: Page, titles: list[_Title], elsewhere: set[str], composer: Composer) -> None:
    """Adds a page's passages; those that say what the book's contents call its chapters are headings.

    `elsewhere` are the titles that earlier pages should have said and did not: contents may lead to a wrong
    page. Those of this page are taken out of it and put into it.
    """
    numbers = {i for i, node in enumerate(page.nodes) if "pagebreak" in node.signature}
    passages = [
        passage
        for passage in with_tables(page.passages)
        if passage.node not in numbers and page.nodes[passage.node].name != "nav"
    ]
    said, unsaid = _headings(passages, titles, elsewhere)
    for index, passage in enumerate(passages):
        for title in unsaid.get(index, ()):
            composer.add("heading", title)
        linked = passage.linked >= len(passage.text) and passage.kind != "heading"
        kind = "heading" if index in said else "aside" if linked else passage.kind
        composer.add(kind, passage.text)
    for title in unsaid.get(len(passages), ()):
        composer.add("heading", title)


_MOST_PARTS = 3
"""Passages that one title may stand in: 第一章, its name, a motto."""
_LONGEST_TITLE = 60
_LEAST = 2
"""Letters of a title that has to be said in full."""
_FEWEST = 3
"""A title and its page share more letters than these, and half of them, if one has more than the other."""
_NEAR = 8
"""Passages after the place that contents lead to, among which the title is looked for first."""


def _headings(
    passages: list[Passage], titles: list[_Title], elsewhere: set[str]
) -> tuple[set[int], dict[int, list[str]]]:
    """Which passages say the titles, in their order, and by the passage before which they belong those titles
    that none says: they stand there as pictures. A title may stand in several short passages together."""
    anchors = {anchor: index for index, each in reversed([*enumerate(passages)]) for anchor in each.anchors}
    plain = [_letters(passage.text[: 2 * _LONGEST_TITLE]) for passage in passages]
    said = {index for index, text in enumerate(plain) if text in elsewhere}
    elsewhere.difference_update(plain)
    unsaid: dict[int, list[str]] = {}
    start = 0
    named = {_letters(title.text) for title in titles}
    saying = _SayingPassages(plain, named - {""})
    for title in titles:
        wanted = _letters(title.text)
        there = anchors.get(title.anchor)
        found = there is not None and saying.first(wanted, there, there + _NEAR)
        found = found or saying.first(wanted, start, len(plain))
        if found:
            said.update(found)
            start = found.stop
            continue
        place = there if there is not None else start
        if _is_pictured(wanted, plain[place : place + _MOST_PARTS], named):
            unsaid.setdefault(place, []).append(title.text)
        elif len(wanted) > _FEWEST:
            elsewhere.add(wanted)
    return said, unsaid


class _SayingPassages:
    """Where a page's passages say titles; found in one pass, since a book may have thousands of both."""

    def __init__(self, plain: list[str], titles: set[str]) -> None:
        self._exact: dict[str, list[tuple[int, int]]] = {}
        self._parts: dict[str, list[tuple[int, int]]] = {}
        self._longer: dict[str, list[tuple[int, int]]] = {}
        lengths = {len(title) for title in titles if len(title) > _FEWEST}
        for index in range(len(plain) if titles else 0):
            for end in range(index + 1, min(index + _MOST_PARTS, len(plain)) + 1):
                together = "".join(plain[index:end])
                places = self._exact.setdefault(together, []) if together in titles else None
                if places is not None and (not places or places[-1][0] < index):
                    places.append((index, end))
            # A number or 附录 that one writes and the other does not is no matter.
            part = plain[index].rstrip(_DIGITS)
            if part:
                self._parts.setdefault(part, []).append((index, index + 1))
            for length in lengths:
                if length < len(part) < 2 * length and part[-length:] in titles:
                    self._longer.setdefault(part[-length:], []).append((index, index + 1))

    def first(self, title: str, start: int, stop: int) -> range | None:
        """The first passages from `start` on, and before `stop`, that say a title."""
        found = [self._exact.get(title)]
        if len(title) > _LEAST:
            most = range(len(title) - max(_FEWEST, len(title) // 2))
            said = {title, *_ends(title), *(title[at:] for at in most)}
            found += [self._longer.get(title), *map(self._parts.get, said)]
        at = [
            places[place]
            for places in found
            if places and (place := bisect_left(places, (start, 0))) < len(places)
        ]
        first = min(at, key=itemgetter(0), default=(stop, stop))
        return range(*first) if first[0] < stop else None


def _is_pictured(title: str, following: list[str], named: set[str]) -> bool:
    """Whether a chapter's title, not said by the passages that follow, stands there as a picture.

    It does before a long passage, alone, and if it is a chapter's of whose name they say nothing; not before
    a short passage that says it otherwise: with a number of its own. `named` are all titles of the contents.
    """
    if following and len(following[0]) > _LONGEST_TITLE / 2:
        return True
    number = _CHAPTER.match(title)
    if number is None or not following:
        return number is not None
    first = _CHAPTER.match(following[0])
    if first and first[1] in ("", None, number[1]) and following[0] not in named:
        return False
    name = title[number.end() :] or title
    pairs = {name[at : at + 2] for at in range(len(name) - 1)}
    short = [each for each in following if len(each) <= _LONGEST_TITLE / 2]
    return max((sum(pair in each for pair in pairs) for each in short), default=0) * 3 < len(pairs) * 2


def _ends(title: str) -> tuple[str, ...]:
    """A title without its number (第一章雨夜: 雨夜), where it has one."""
    match = _CHAPTER.match(title)
    return (title[match.end() :],) if match and len(title) > match.end() else ()


def _letters(text: str) -> str:
    """A text by its letters and characters alone, as contents and pages space and point it otherwise."""
    plain = unicodedata.normalize("NFKC", _NOTE.sub("", text))
    return "".join(each for each in plain if each.isalnum()).casefold()


def _contents(book: _Book, package: str, tags: list[Tag]) -> dict[str, list[_Title]]:
    """By page, what the book's contents (`nav.xhtml` or `toc.ncx`) call the chapters in it, in order."""
    items = [tag.attributes for tag in tags if tag.name == "item"]
    navs = [each for each in items if "nav" in each.get("properties", "").split()]
    ncx = [each for each in items if each.get("media-type", "").lower() == "application/x-dtbncx+xml"]
    best: dict[str, list[_Title]] = {}
    for item, read in [*((each, _nav) for each in navs), *((each, _ncx) for each in ncx)]:
        name = book.find(_inside(dirname(package), item.get("href", "")))
        if not name:
            continue
        titles: dict[str, list[_Title]] = {}
        for title, href in read(book.text(name)):
            page = book.find(_inside(dirname(name), href))
            if page and len(title) <= _LONGEST_TITLE:
                titles.setdefault(page, []).append(_Title(title, unquote(href.partition("#")[2])))
        # Some books have a `nav` of three entries beside an `ncx` of them all.
        if sum(map(len, titles.values())) > sum(map(len, best.values())):
            best = titles
    return best


def _ncx(text: str) -> Iterator[tuple[str, str]]:
    """The titles of `toc.ncx`, each with what it points to."""
    title: str | None = None
    pages = False
    for tag, said in _tags(text):
        if tag.name == "pagelist":
            pages = tag.opens
        elif tag.name == "text" and tag.opens and not pages:
            title = folded(said)
        elif tag.name == "content" and tag.opens and title:
            yield title, tag.attributes.get("src", "")
            title = None


def _nav(text: str) -> Iterator[tuple[str, str]]:
    """The titles of `nav.xhtml`, each with what it points to; lists of pages and landmarks are none."""
    said: list[str] = []
    href, listed = "", True
    for tag, after in _tags(text):
        if tag.name == "nav" and tag.opens:
            listed = tag.attributes.get("epub:type", "toc") == "toc"
        elif tag.name == "a" and tag.opens:
            href, said = tag.attributes.get("href", ""), [after]
        elif tag.name == "a" and href:
            if listed:
                yield folded("".join(said)), href
            href = ""
        elif href:
            said.append(after)


def _tags(text: str) -> Iterator[tuple[Tag, str]]:
    """Each tag, with the text that follows it."""
    last: Tag | None = None
    said: list[str] = []
    for piece in flow(text):
        if isinstance(piece, str):
            said.append(piece)
        else:
            if last is not None:
                yield last, "".join(said)
            last, said = piece, []
    if last is not None:
        yield last, "".join(said)


def _spine(package: str, tags: list[Tag]) -> list[str]:
    """The names in the zip of the book's pages, in the order they are read in."""
    manifest: dict[str, tuple[str, str, str]] = {}
    for tag in tags:
        if tag.name == "item":
            attributes = tag.attributes
            manifest.setdefault(
                attributes.get("id", ""),
                (
                    attributes.get("href", ""),
                    attributes.get("media-type", "").lower(),
                    attributes.get("properties", ""),
                ),
            )
    pages: list[str] = []
    for tag in tags:
        if tag.name == "itemref" and tag.attributes.get("idref", "") in manifest:
            href, media, properties = manifest[tag.attributes["idref"]]
            named = href.lower().endswith((".xhtml", ".html", ".htm"))
            if (media in _PAGES or named) and "nav" not in properties.split():
                pages.append(_inside(dirname(package), href))
    # A page that stands in the spine twice is read once: else a small book could be made endless.
    return list(dict.fromkeys(pages))


def _inside(folder: str, href: str) -> str:
    """The name in the zip that `href` means in `folder`; what would leave the zip names nothing in it."""
    return normpath(join(folder, unquote(href.partition("#")[0]))).lstrip("/")


def _name_key(name: str) -> str:
    """A member's name as systems that do not tell case and composed characters apart see it."""
    return unicodedata.normalize("NFC", unquote(name).replace("\\", "/")).casefold()


class _Book:
    """The zip, its members read one at a time and counted."""

    def __init__(self, raw: bytes, shown: str) -> None:
        self._shown = shown
        self._left = MAX_TEXT
        end = raw.rfind(b"PK\x05\x06")
        # Before zipfile makes an object of each: how many there are said to be, and how long their list is.
        if end < 0 or len(raw) < end + 22:
            raise self.damaged("its end is missing")
        if int.from_bytes(raw[end + 12 : end + 16], "little") > _MAX_DIRECTORY:
            raise self.damaged("it lists too many files")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except _BROKEN as error:
            raise self.damaged("its list of files cannot be read") from error
        names = self._zip.namelist()
        if len(names) > _MAX_FILES:
            raise self.damaged("it lists too many files")
        self._names = {normpath(name): name for name in reversed(names)}
        self._folded = {_name_key(name): name for name in self._names}

    def damaged(self, why: str) -> StudytuiError:
        """The error that says the book is damaged, and why."""
        return StudytuiError(f"{self._shown} is a damaged EPUB ({why}): fetch it again.")

    def has(self, name: str) -> bool:
        """Whether there is a member called `name`."""
        return name in self._names

    def find(self, name: str) -> str:
        """The member that is called so, in whatever case and form of Unicode; empty if there is none."""
        return name if name in self._names else self._folded.get(_name_key(name), "")

    def package(self) -> str:
        """The name of the package document, which lists the pages."""
        if self.has("META-INF/container.xml"):
            for tag, _ in _tags(self.text("META-INF/container.xml")):
                if tag.name == "rootfile" and tag.opens:
                    name = _inside("", tag.attributes.get("full-path", ""))
                    if self.has(name):
                        return name
        found = next((name for name in self._names if name.lower().endswith(".opf")), None)
        if found is None:
            raise self.damaged("it has no list of pages")
        return found

    def refuse_protected(self) -> None:
        """Raises StudytuiError if pages are encrypted; fonts may be."""
        protected = self.has("META-INF/rights.xml") or self.has("META-INF/sinf.xml")
        if self.has("META-INF/encryption.xml"):
            for tag, _ in _tags(self.text("META-INF/encryption.xml")):
                if tag.name == "encryptionmethod" and tag.opens:
                    protected |= tag.attributes.get("algorithm") not in _FONTS
        if protected:
            raise StudytuiError(
                f"{self._shown} is protected by DRM and can be opened only by its own shop's reader: "
                "choose a book without it."
            )

    def refuse_large(self, names: list[str]) -> None:
        """Raises StudytuiError if the pages `names` say that they are more than a book can hold."""
        if sum(self._zip.getinfo(self._names[name]).file_size for name in names) > MAX_TEXT:
            raise self._too_large()

    def _too_large(self) -> StudytuiError:
        return StudytuiError(
            f"{self._shown} unpacks to more than a book can hold: it is damaged, or made to fill the memory; "
            "fetch it again."
        )

    def text(self, name: str) -> str:
        """The text of a member. Raises StudytuiError if it cannot be had, or is too much."""
        member = self._zip.getinfo(self._names[name])
        if member.flag_bits & 1:
            raise StudytuiError(f"{self._shown} is locked with a password: unlock it and open it again.")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # EPUB allows no other, and zipfile unpacks the others in one piece, however large.
            raise self.damaged("a page in it is packed in a way that EPUB does not know")
        limit = min(MAX_PAGE, self._left, max(_SMALL, member.compress_size * MAX_RATIO))
        try:
            with self._zip.open(member) as stream:
                raw = stream.read(limit + 1)
        except (*_BROKEN, RuntimeError) as error:
            raise self.damaged("a page in it cannot be unpacked") from error
        if len(raw) > limit:
            raise self._too_large()
        self._left -= len(raw)
        return decode_markup(raw)[0] if raw.strip() else ""
