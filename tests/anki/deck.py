"""Notes for the tests of the export."""

from __future__ import annotations

from studytui.study.notes.note import Example, Note


def example(text: str, target: str, title: str = "一座城市", document: str = "0123456789abcdef") -> Example:
    start = text.index(target)
    return Example(text, start, start + len(target), document, title)


CORE = Note(
    "核心",
    ("he2", "xin1"),
    "核心",
    ("core", "nucleus", "heart (of the matter)"),
    4,
    4.7,
    "word",
    example("城市的核心是人，不是高楼。", "核心"),
)
GROW = Note(
    "发展",
    ("fa1", "zhan3"),
    "發展",
    ("to develop",),
    2,
    5.6,
    "word",
    example("这几年城市发展得很快。", "发展"),
)
FACTS = Note(
    "实事求是",
    ("shi2", "shi4", "qiu2", "shi4"),
    "實事求是",
    ("to seek truth from facts",),
    7,
    3.1,
    "idiom",
    example("说话做事都要实事求是。", "实事求是"),
)
FLOWER = Note("花儿", ("hua1", "r5"), "花兒", ("flower",), 1, 4.0)
NOTES = (CORE, GROW, FACTS, FLOWER)
