"""Markdown: headings, lists, quotes, tables and code kept apart, the marks taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from studytui.errors import StudytuiError
from studytui.text.document import ParagraphKind
from studytui.text.source.encoding import decode
from studytui.text.source.formats.elements import is_verse, read_page, with_tables
from studytui.text.source.formats.extract import Composer, Extract
from studytui.text.source.formats.tags import flow
from studytui.text.source.garbled import put_right

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_BYTES = 8 * 1024 * 1024
"""The largest file that is read: two long novels."""

_PART = 64 * 1024
"""Characters after which a part may end."""
_MOST = 256 * 1024
"""Characters of the largest part."""
_WIKI_LINK = re.compile(r"\[\[([^\[\]\n]{1,300})\]\]")
_EMBEDDED = re.compile(r"!\[\[[^\[\]\n]{1,300}\]\]")
_MARKED = re.compile(r"==(?=\S)([^=\n]{1,500})==")
_NOTE = re.compile(r"\[\^[^\]\s]{1,60}\]")
_MARGIN = re.compile(r"\A\[![A-Za-z-]{2,20}\][+-]?\s*|(?<![!-~])\s?\^[A-Za-z0-9-]{1,60}\Z")
"""What kind of remark a quotation is (`[!note]`), and the name of a paragraph behind it (`^a1b2`)."""
_REMARK = re.compile(r"%%[^%\n]{0,500}%%")
_LINE_END = re.compile(r"\r\n?|[\u2028\u2029]")
_TASK = re.compile(r"\A\[[ xX]\]\s+")
"""The box of an item that is to be ticked off."""
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_FRONT = re.compile(r"---[ \t]*\n(?P<front>.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title[ \t]*:[ \t]*(?P<title>.+)$", re.MULTILINE)


def read_markdown(raw: bytes, shown: str) -> Extract:
    """The text of the Markdown file `raw` (CommonMark with tables).

    A paragraph of several lines may be hard-wrapped, or may be several to a writer who leaves no empty lines:
    its block is marked as wrapped, for the reflow to judge.

    Raises StudytuiError if the file is too large, in no known encoding, or has no text.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    if len(raw) > MAX_BYTES:
        raise StudytuiError(f"{shown} has more than {MAX_BYTES >> 20} MB of Markdown: save it as plain text.")
    text, encoding = decode(raw)
    text, notices = put_right(text, shown)
    text = _LINE_END.sub("\n", text)
    title = ""
    front = _FRONT.match(text)
    if front is not None:
        line = _FRONT_TITLE.search(front["front"])
        title = line["title"].strip(" \t\"'") if line is not None else ""
        text = text[front.end() :]
    composer = Composer()
    first = ""
    try:
        reader = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
        references: dict[str, object] = {}
        for part in _parts(text):
            for kind, said, wrapped in _blocks(reader.parse(part, references)):
                first = first or (said if kind == "heading" else "")
                composer.add(kind, said, wrapped=wrapped)
    except (RecursionError, ValueError, IndexError) as error:
        raise StudytuiError(f"{shown} nests its Markdown too deeply: save it as plain text.") from error
    found = composer.finish(encoding, title or first, notices)
    if not found.blocks:
        raise StudytuiError(f"{shown} has no text in it, only Markdown's marks: choose another file.")
    return found


def _parts(text: str) -> Iterator[str]:
    """`text` in parts that are parsed one at a time: a parsed file takes 300 times its size in memory.

    The cut falls on an empty line before one that is not indented and outside fenced code if it can.
    """
    part: list[str] = []
    size = 0
    fence = ""
    for line in text.splitlines(keepends=True):
        mark = _FENCE.match(line)
        if mark is not None and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        if size > _MOST or (size > _PART and not fence and part[-1].isspace() and not line[0].isspace()):
            yield "".join(part)
            part, size, fence = [], 0, ""
        for start in range(0, len(line), _MOST):
            if start:
                yield "".join(part)
                part, size = [], 0
            part.append(line[start : start + _MOST])
            size += len(part[-1])
    yield "".join(part)


def _blocks(tokens: Sequence[Token]) -> list[tuple[ParagraphKind, str, bool]]:
    """Kind, text, and whether it may be hard-wrapped, of each block."""
    found: list[tuple[ParagraphKind, str, bool]] = []
    lists = 0
    heading = note = False
    rows: list[list[str]] | None = None
    for token in tokens:
        match token.type:
            case "heading_open" | "heading_close":
                heading = token.nesting == 1
            case "footnote_block_open" | "footnote_block_close":
                note = token.nesting == 1
            case "list_item_open" | "list_item_close":
                lists += token.nesting
            case "table_open":
                rows = []
            case "tr_open" if rows is not None:
                rows.append([])
            case "table_close" if rows is not None:
                found.append(("table", "\n".join(" | ".join(row) for row in rows), False))
                rows = None
            case "fence" | "code_block":
                found.append(("code", token.content.rstrip("\n"), False))
            case "html_block":
                found += [
                    (p.kind, p.text, False) for p in with_tables(read_page(flow(token.content)).passages)
                ]
            case "inline":
                text, hard = _inline(token.children or ())
                if lists:
                    text = _TASK.sub("", text)
                lines = [line for line in text.split("\n") if line.strip()]
                if rows:
                    rows[-1].append(" ".join(lines))
                elif note:  # said beside the text: nothing is asked of it
                    found.append(("aside", " ".join(lines), False))
                elif heading:
                    found.append(("heading", " ".join(lines), False))
                elif hard and len(lines) > 2 and is_verse(lines):
                    found.append(("verse", "\n".join(lines), False))
                else:
                    found.append(("list" if lists else "paragraph", "\n".join(lines), len(lines) > 1))
    return found


def _inline(children: Sequence[Token]) -> tuple[str, bool]:
    """The text of what stands in a paragraph, and whether its writer broke every line on purpose."""
    pieces: list[str] = []
    soft = hard = hidden = 0
    for child in children:
        if child.type == "html_inline":
            name = child.content.lower().strip("</> ").split(" ")[0]
            if name in ("rt", "rp", "script", "style"):
                hidden += -1 if child.content.startswith("</") else 1
                hidden = max(hidden, 0)
            elif name == "br":
                pieces.append("\n")
                hard += 1
        elif hidden:
            continue
        elif child.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
            soft += child.type == "softbreak"
            hard += child.type == "hardbreak"
        elif child.type == "text":
            pieces.append(_unmarked(child.content))
        elif child.type in ("code_inline", "text_special"):
            pieces.append(child.content)
    return "".join(pieces), hard > 0 and not soft


def _unmarked(text: str) -> str:
    """A text without the marks of Obsidian and its kind: `==x==`, `[[a|b]]`, `[^1]`, `%%remark%%`."""
    text = _MARGIN.sub("", _EMBEDDED.sub("", _REMARK.sub("", text)))
    return _NOTE.sub("", _MARKED.sub(r"\1", _WIKI_LINK.sub(_shown_link, text)))


def _shown_link(match: re.Match[str]) -> str:
    """What a wiki link shows: its own words, or the name of the page without the place in it."""
    page, _, words = match[1].partition("|")
    return words or page.partition("#")[0] or page.partition("#")[2]
