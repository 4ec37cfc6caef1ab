"""From HTML to blocks of text, each with where in the page it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from studytui.text.document import ParagraphKind
from studytui.text.source.formats.extract import folded, refuse_more_than_a_book
from studytui.text.source.formats.tags import Tag

_HIDDEN = frozenset(
    [
        "script",
        "style",
        "rt",
        "rp",
        "rtc",
        "template",
        "noscript",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "map",
        "select",
        "datalist",
        "button",
        "textarea",
        "input",
        "dialog",
        "xmp",
        "noembed",
        "noframes",
        "head",
        "title",
    ]
)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_HEADING = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCK = _HEADING | frozenset(
    [
        "html",
        "body",
        "div",
        "p",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "address",
        "details",
        "summary",
        "fieldset",
        "form",
        "center",
        "hr",
        "menu",
        "hgroup",
    ]
)
_ENDS_P = _BLOCK - {"html", "body"}
_SIBLINGS = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "tr": {"tr", "td", "th"},
    "option": {"option"},
}
_SIBLINGS |= {"td": {"td", "th"}, "th": {"td", "th"}}
_NOT_TEXT = frozenset({"mw-editsection", "mw-jump-link", "mw-cite-backlink", "noprint"})
"""Classes of what is not of the text: a wiki's edit links."""
_MARKS = frozenset({"reference", "footnote-ref"})
"""Classes of marks of notes in a line; books call whole paragraphs so, letters and quotations."""
_NOTE_MARK = re.compile(
    r"[\[［(（〔【]?\s*(?:\d{1,4}|[a-z]|[*†‡]|注\s*\d{0,3})\s*[\]］)）〕】]?", re.IGNORECASE
)
_BRACKETS = "[［(（〔【"
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MAX_DEPTH = 256
"""Elements open at once; deeper ones are read as if they were not there."""

_MAX_NODES = 300_000
"""Block-level elements that are told apart; those after them count as part of the one they stand in."""


@dataclass(slots=True)
class Node:
    """A block-level element."""

    name: str
    """Its tag."""
    parent: int
    """The index of the one it stands in; -1 for none."""
    signature: str
    """Its class, id and role, in lower case."""


@dataclass(slots=True)
class Passage:
    """A block of text, with what is needed to judge whether it is part of the article."""

    kind: ParagraphKind
    text: str
    """On one line, but for code and verse."""
    linked: int
    """How many of its characters are links."""
    node: int
    """The index of the Node it stands in."""
    row: int
    """The index of the table row's Node it is a cell of; -1 for none."""
    anchors: tuple[str, ...] = ()
    """The ids that links may lead to it by: its own, and those of what stands in it or before it."""


@dataclass(slots=True)
class Page:
    """What a page is made of."""

    title: str = ""
    """What its `title` element says."""
    nodes: list[Node] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    """In the order of the page."""


class _Reader:
    """Follows the tags of a page."""

    def __init__(self) -> None:
        self.page = Page(nodes=[Node("html", -1, "")])
        self._stack: list[tuple[str, int]] = []  # the open elements, each with the Node in force before it
        self._open: dict[str, int] = {}  # how many of each name are open
        self._node = 0
        self._hidden = 0  # the length of the stack above which all is hidden; 0 for nothing
        self._titled = False
        self._lines: list[list[str]] = [[]]
        self._linked = 0
        self._anchors: list[str] = []  # the ids met since the last passage
        self._raised: list[
            tuple[int, bool]
        ] = []  # for each open `sup`, where it begins, and if a link is in it

    def read(self, flow: Iterable[Tag | str]) -> Page:
        in_title = False
        for piece in flow:
            if isinstance(piece, str):
                if in_title and not self._titled:
                    self.page.title, self._titled = folded(piece), True
                self._text(piece)
                continue
            in_title = piece.name == "title" and piece.opens and not piece.closes
            if piece.opens:
                self._start(piece)
            elif piece.name in ("p", "br") and not self._open.get(piece.name):
                self._break()
            else:
                self._close(piece.name)
        self._flush()
        return self.page

    def _text(self, text: str) -> None:
        if self._hidden:
            return
        self._lines[-1].append(text)
        if self._open.get("a"):
            self._linked += len(text.strip())

    def _start(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            self._break()
            return
        if name == "body":
            while self._hidden and self._stack:  # a head that was never closed hides nothing of the body
                self._pop()
        if name in _ENDS_P and self._open.get("p"):
            self._close("p")
        for sibling in _SIBLINGS.get(name, ()):
            self._close(sibling, within={"ul", "ol", "menu", "dl", "table", "select"})
        if name in _BLOCK:
            self._flush()
        attributes = tag.attributes
        if anchor := attributes.get("id") or (name == "a" and attributes.get("name")):
            self._anchors.append(anchor)
        if name in _VOID or tag.closes:
            return
        if len(self._stack) >= _MAX_DEPTH and (self._hidden or name not in _HIDDEN):
            return
        self._stack.append((name, self._node))
        self._open[name] = self._open.get(name, 0) + 1
        if name == "sup":
            self._raised.append((len(self._lines[-1]), bool(self._open.get("a"))))
        elif name == "a" and self._raised:
            self._raised[-1] = (self._raised[-1][0], True)
        if name in _BLOCK:
            signature = " ".join(
                attributes.get(key, "") for key in ("class", "id", "role", "itemprop")
            ).lower()
            if len(self.page.nodes) < _MAX_NODES:
                self.page.nodes.append(Node(name, self._node, signature))
                self._node = len(self.page.nodes) - 1
        hidden = (
            name in _HIDDEN
            or "hidden" in attributes
            or not (_NOT_TEXT if name in _BLOCK else _NOT_TEXT | _MARKS).isdisjoint(
                attributes.get("class", "").split()
            )
            or (name != "body" and attributes.get("aria-hidden") == "true")
            or ("style" in attributes and _INVISIBLE.search(attributes["style"]) is not None)
        )
        # WeChat shows an article's body by script alone: `visibility: hidden` on it means nothing.
        if hidden and not self._hidden and attributes.get("id") != "js_content":
            self._hidden = len(self._stack)

    def _close(self, name: str, within: Iterable[str] = ()) -> None:
        """Closes the innermost `name`, unless there is none, or one of `within` stands between."""
        if not self._open.get(name):
            return
        inline = name not in _BLOCK
        for depth in range(len(self._stack) - 1, -1, -1):
            open_name = self._stack[depth][0]
            if open_name == name:
                while len(self._stack) > depth:
                    self._pop()
                return
            if open_name in within or (inline and open_name in _BLOCK and name not in _HIDDEN):
                return

    def _pop(self) -> None:
        name = self._stack[-1][0]
        if name in _BLOCK:
            self._flush()
        elif name == "sup" and self._raised:
            self._end_raised()
        self._node = self._stack.pop()[1]
        self._open[name] -= 1
        if len(self._stack) < self._hidden:
            self._hidden = 0

    def _end_raised(self) -> None:
        """Leaves out what was raised, if it is the mark of a note: a number that is a link or in brackets."""
        start, linked = self._raised.pop()
        said = "".join(self._lines[-1][start:]).strip()
        if _NOTE_MARK.fullmatch(said) and (linked or said[0] in _BRACKETS):
            del self._lines[-1][start:]

    def _break(self) -> None:
        if not self._hidden:
            self._lines.append([])

    def _flush(self) -> None:
        """Ends the block that is being read."""
        raw = ["".join(pieces) for pieces in self._lines]
        linked, self._linked, self._lines, self._raised = self._linked, 0, [[]], []
        if self._open.get("pre"):
            text = "\n".join(raw).strip("\n")
            if text.strip():
                self._passage("code", text, linked)
            return
        if self._kind() == "heading" and sum(map(len, raw)) <= _LONGEST_HEADING:
            raw = [" ".join(line for line in map(folded, raw) if line)]
        characters = sum(map(len, raw)) or 1
        for stanza in _stanzas(raw):
            share = linked * sum(map(len, stanza)) // characters
            if len(stanza) > 2 and is_verse(stanza):
                self._passage("verse", "\n".join(map(folded, stanza)), share)
            else:
                for line in map(folded, stanza):
                    self._passage(self._kind(), line, share // len(stanza))

    def _kind(self) -> ParagraphKind:
        if any(self._open.get(name) for name in _HEADING):
            return "heading"
        return "list" if self._open.get("li") else "paragraph"

    def _passage(self, kind: ParagraphKind, text: str, linked: int) -> None:
        refuse_more_than_a_book(len(self.page.passages))
        row = -1
        if self._open.get("td") or self._open.get("th"):
            nodes, row = self.page.nodes, self._node
            while row > 0 and nodes[row].name != "tr":
                row = nodes[row].parent
        anchors, self._anchors = tuple(self._anchors), []
        self.page.passages.append(Passage(kind, text, linked, self._node, max(row, 0) or -1, anchors))


def _stanzas(raw: list[str]) -> list[list[str]]:
    """Lines that the writer broke, parted where some are empty; those without anything to see left out."""
    found: list[list[str]] = [[]]
    for line in raw:
        if folded(line):
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [stanza for stanza in found if stanza]


_LONGEST_HEADING = 120
"""Characters up to which the lines of a heading are one: books put whole chapters into one, too."""
_LONGEST_STANZA = 40
_ENDS = tuple("。！？!?…”」』")


def is_verse(lines: list[str]) -> bool:
    """Whether lines the writer broke are verse: short, none a whole paragraph, and none begun like one.

    Prose on a page that has no other marks than breaks is indented, or ends most of its lines with a stop.
    """
    plain = [line.strip() for line in lines]
    if max(map(len, plain)) > 24 or any("。" in line[:-1] for line in plain) or len(lines) > _LONGEST_STANZA:
        return False
    indented = sum(line.startswith(("\u3000\u3000", "\xa0\xa0")) for line in lines)
    return 2 * indented < len(lines) and 4 * sum(line.endswith(_ENDS) for line in plain) <= 3 * len(lines)


def read_page(flow: Iterable[Tag | str]) -> Page:
    """The page that `flow` (see markup.flow) writes down; hidden elements and ruby readings are left out.

    Raises StudytuiError if it has more passages than a book.
    """
    return _Reader().read(flow)


def with_tables(passages: list[Passage]) -> list[Passage]:
    """`passages` with each row of a table on a line; a table that only lays out the page is taken apart."""
    result: list[Passage] = []
    index = 0
    while index < len(passages):
        end = index
        while end < len(passages) and passages[end].row >= 0:
            end += 1
        cells = passages[index:end]
        if len(cells) > 3 and max(len(cell.text) for cell in cells) <= 60:
            rows: dict[int, list[str]] = {}
            for cell in cells:
                rows.setdefault(cell.row, []).append(cell.text)
            if len(rows) > 1 and len(cells) > len(rows):
                text = "\n".join(" | ".join(row) for row in rows.values())
                anchors = tuple(anchor for cell in cells for anchor in cell.anchors)
                linked = sum(cell.linked for cell in cells)
                result.append(Passage("table", text, linked, cells[0].node, cells[0].row, anchors))
                index = end
                continue
        result += cells or [passages[index]]
        index = max(end, index + 1)
    return result
