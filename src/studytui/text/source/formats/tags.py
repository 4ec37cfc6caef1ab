"""HTML and XML as a flow of tags and text, in time that grows with the length alone.

No entity is ever defined by the file, nothing is fetched, nothing nests: what a hostile file can do is to be
read as odd text. (Python's own `html.parser` took 100 seconds on 400 kB of `<!--` before 2025's mending, and
Pythons without it are still in use.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape

# Each alternative, once begun, ends at the latest at the end of the text: nothing is scanned twice.
_TAG = re.compile(
    r"<!--.*?(?:--!?>|\Z)"
    r"|<!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)"
    r"|<[!?][^>]*+(?:>|\Z)"
    r"|<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*+)"
    r"(?P<attributes>(?:[^>=]++|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?+)*+)(?:>|\Z)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=/\"'>]++)(?:\s*+=\s*+(?:\"([^\"]*+)|'([^']*+)|([^\s>]++)))?+")
_RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title"})
_RAW_END = {name: re.compile(f"</{name}(?=[\\s/>]|\\Z)", re.IGNORECASE) for name in _RAW}
_MAX_ATTRIBUTES = 20_000
"""Characters of attributes that are looked at: a picture may be written into one."""


@dataclass(frozen=True)
class Tag:
    """`<name …>` or `</name>`."""

    name: str
    """In lower case, without the prefix of its namespace."""
    opens: bool
    """Whether it opens its element."""
    closes: bool
    """Whether it closes its element; `<br/>` does both."""
    source: str
    """The attributes as they stand in the file."""

    @cached_property
    def attributes(self) -> dict[str, str]:
        """Name, in lower case and without prefix, to value; the first of two alike counts."""
        found: dict[str, str] = {}
        for name, *values in _ATTRIBUTE.findall(self.source[:_MAX_ATTRIBUTES]):
            found.setdefault(name.lower().rpartition(":")[2], unescape("".join(values)))
        return found


def flow(text: str) -> Iterator[Tag | str]:
    """The tags and the stretches of text of `text`, in order; entities are resolved, comments left out.

    What stands in an element whose content is no markup (`script`, `style`, `title`, …) is one stretch.
    """
    position = 0
    while position < len(text):
        match = _TAG.search(text, position)
        if match is None:
            yield unescape(text[position:])
            return
        if match.start() > position:
            yield unescape(text[position : match.start()])
        position = match.end()
        if match["cdata"] is not None:
            yield match["cdata"]
        elif match["name"] is not None:
            attributes = match["attributes"]
            empty = attributes.endswith("/")
            name = match["name"].lower().rpartition(":")[2]
            tag = Tag(name, not match["end"], bool(match["end"]) or empty, attributes)
            yield tag
            if name in _RAW and tag.opens and not empty and ":" not in match["name"]:
                end = _RAW_END[name].search(text, position)
                stop = end.start() if end is not None else len(text)
                if stop > position:
                    yield (
                        unescape(text[position:stop])
                        if name in ("title", "textarea")
                        else text[position:stop]
                    )
                position = stop
