"""EPUB: a zip of pages in the order of the book's spine.

A zip may claim anything of itself, so what is unpacked is counted as it comes, and nothing is written. The
XML files are read as markup (see markup.py): a file can define no entity and name no other file.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from studytui.errors import StudytuiError
from studytui.text.source.formats.elements import Page, read_page, with_tables
from studytui.text.source.formats.extract import Composer, Extract
from studytui.text.source.formats.html import decode_markup
from studytui.text.source.formats.tags import Tag, flow

MAX_TEXT = 32 * 1024 * 1024
"""Bytes of pages that are unpacked from one book."""
MAX_PAGE = 8 * 1024 * 1024
"""Bytes of one page: a whole novel in a file is half of it."""
MAX_RATIO = 200
"""How many times as large as in the zip a page may be; text becomes three to ten times as large."""
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
    pages = [name for name in _spine(package, [tag for tag, _ in tags if tag.opens]) if book.has(name)]
    book.refuse_large(pages)
    for name in pages:
        _compose(read_page(flow(book.text(name))), composer)
    if not pages:
        raise book.damaged("its list of pages names none that is in it")
    return composer.finish("epub", title)


def _compose(page: Page, composer: Composer) -> None:
    numbers = {i for i, node in enumerate(page.nodes) if "pagebreak" in node.signature}
    for passage in with_tables(page.passages):
        if passage.node in numbers or page.nodes[passage.node].name == "nav":
            continue
        composer.add(passage.kind, passage.text)


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
            if media in _PAGES and "nav" not in properties.split():
                pages.append(_inside(dirname(package), href))
    # A page that stands in the spine twice is read once: else a small book could be made endless.
    return list(dict.fromkeys(pages))


def _inside(folder: str, href: str) -> str:
    """The name in the zip that `href` means in `folder`; what would leave the zip names nothing in it."""
    return normpath(join(folder, unquote(href.partition("#")[0]))).lstrip("/")


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

    def damaged(self, why: str) -> StudytuiError:
        """The error that says the book is damaged, and why."""
        return StudytuiError(f"{self._shown} is a damaged EPUB ({why}): fetch it again.")

    def has(self, name: str) -> bool:
        """Whether there is a member called `name`."""
        return name in self._names

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
