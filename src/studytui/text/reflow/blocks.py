"""Lines that must stay lines: code, tables, verse and asides, found before anything is joined."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import log
from typing import Final, Literal, NamedTuple

from studytui.text.punctuation import CLOSERS, ENDS, OPENERS, PAUSES, POINTS, QUOTES_OPEN
from studytui.text.reflow.asides import asides
from studytui.text.reflow.line_marks import CHAPTER, HAN, LIST_ITEM, cells, ending
from studytui.text.reflow.lines import Line

BlockKind = Literal["code", "table", "verse", "aside", "dialogue", "heading"]


class KeptLines(NamedTuple):
    """Lines `[start, end)` that stay as they are."""

    start: int
    end: int
    kind: BlockKind


_FENCE = re.compile(r"(```+|~~~+)")
_CELLS = re.compile("\t|\u2003|(?<=\\S) {2,}(?=\\S)|(?<=\\S)(?:\u3000{2,}| \u3000|\u3000 )(?=\\S)")
_BLANK = re.compile(r"[（(]\s*[）)]")
_OPTION = re.compile(r"(?<![A-Za-z])[A-HＡ-Ｈ](?:[.．、)）:：]\s*|\s+)(?=[^\sA-Za-z])")
_CODE = re.compile(
    r"[{};]\s*$"
    r"|^\s*(?:#include|import |from \w+ import|def |class |return\b|print\(|if .*:$|for .*:$|while .*:$"
    r"|else:|elif |try:|except|const |let |var |function |public |private |\$ |>>> |//|/\*|\*/|<\/?\w+)"
    r"|^(?:(?!\w\().)*+\w\(.*\)\s*+[;{:]?\s*$|^\s*[\w.\[\]]+\s*[-+*/]?=\s*\S",
    re.ASCII,
)
_STOP: Final = ENDS + PAUSES + POINTS + "—"
_CLAUSE = re.compile(rf"[\s{re.escape(_STOP + OPENERS + CLOSERS)}]+")
_VERSE_WIDTH = 44
"""Cells of the longest line of verse: two phrases of seven, with their punctuation, and some more."""
_NAME = 5
"""Characters of the longest name of a speaker."""
_WEIGHTY = 5.0
_LONGEST_CODE = 2000
"""Lines that a fence is looked for over."""


def blocks(found: Sequence[Line]) -> list[KeptLines]:
    """The blocks of code, tables and verse, and what is no part of the text, in order, none overlapping."""
    result: list[KeptLines] = []
    index = loose = 0
    apart = asides(found)
    while index < len(found):
        end, kind = (index + 1, "aside") if index in apart else _block_at(found, index)
        if kind is None:
            index += 1
            continue
        result += _free_verse(found, loose, index)
        result.append(KeptLines(index, end, kind))
        index = loose = end
    return result + _free_verse(found, loose, len(found))


def _block_at(found: Sequence[Line], start: int) -> tuple[int, BlockKind | None]:
    """The end and the kind of the block that begins at `start`; no kind if none does."""
    fence = _FENCE.match(found[start].text)
    if fence is not None:
        for end in range(start + 1, min(len(found), start + _LONGEST_CODE)):
            if found[end].text.startswith(fence.group()[:3]):
                return end + 1, "code"
    for kind, holds in _KINDS:
        end = _while(found, start, holds)
        if end - start >= 2:
            return end, "dialogue" if kind == "table" and _is_spoken(found[start:end]) else kind
    end = _regular_verse(found, start)
    return end, "verse" if end > start else None


def _while(found: Sequence[Line], start: int, holds: Callable[[Line], bool]) -> int:
    """The end of the lines from `start` on, with nothing between them, for which `holds`."""
    end = start
    while end < len(found) and holds(found[end]) and (end == start or not _apart(found[end])):
        end += 1
    return end


def _apart(line: Line) -> bool:
    return line.blanks > 0 or line.page


def _is_row(line: Line) -> bool:
    text = line.text
    if (
        text.count("|") >= 2
        or text.count("│") >= 2
        or (text[0] in "┌├└╔╠╚+" and text[-1] in "┐┤┘╗╣╝+" and len(text) > 2)
    ):
        return True
    if _BLANK.match(text) or len(_OPTION.findall(text)) > 1:
        return False  # a question's place for its answer, and its options
    return len(text) <= 120 and _CELLS.search(text) is not None and text[-1] not in ENDS + "”"


def _is_spoken(rows: Sequence[Line]) -> bool:
    """Whether rows of two cells are turns of a conversation: names come back, and what is said does not."""
    cells_of_rows = [_CELLS.split(row.text) for row in rows]
    if any(len(row) != 2 or len(row[0]) > _NAME or not HAN.search(row[1]) for row in cells_of_rows):
        return False
    names = {name for name, _ in cells_of_rows}
    return 1 < len(names) <= len(rows) // 2 and len({said for _, said in cells_of_rows}) == len(rows)


def _is_code(line: Line) -> bool:
    text = line.text
    if len(text) > 160 or len(HAN.findall(text)) * 3 > len(text):
        return False
    return _CODE.search(text) is not None


def _regular_verse(found: Sequence[Line], start: int) -> int:
    """Classical verse: lines of the same number of phrases, all of four to seven characters, all alike."""
    measure = _measure(found[start])
    if measure is None:
        return start
    end = start + 1
    while end < len(found) and not _apart(found[end]) and _measure(found[end]) == measure:
        end += 1
    phrases = (end - start) * measure[0]
    punctuated = measure[2]
    # Four phrases alike by chance are unlikely if each ends in punctuation; unmarked ones say less.
    if phrases >= 4 and end - start >= 2 and (punctuated or (measure[1] in (5, 7) and end - start in (4, 8))):
        return end
    return start


def _measure(line: Line) -> tuple[int, int, bool] | None:
    """Phrases in a line, characters in each, whether it ends in punctuation; None if it is not verse."""
    text = line.text
    if len(text) > 24 or text[0] in QUOTES_OPEN or LIST_ITEM.match(text) or CHAPTER.match(text):
        return None
    phrases = [phrase for phrase in _CLAUSE.split(text) if phrase]
    length = len(phrases[0]) if phrases else 0
    if not 4 <= length <= 7 or any(len(phrase) != length for phrase in phrases):
        return None
    if not all(HAN.match(character) for phrase in phrases for character in phrase):
        return None
    return len(phrases), length, text[-1] in _STOP


def _free_verse(found: Sequence[Line], start: int, stop: int) -> list[KeptLines]:
    """Other verse in `[start, stop)`: at least four short lines that nearly all end where a phrase does.

    Wrapped prose ends a line in punctuation one time in seven, so each line is weighed against that; a
    stretch that weighs nothing any more cannot begin one.
    """
    result: list[KeptLines] = []
    first = index = start
    end = start
    weight = 0.0
    commas = 0
    # The longer a text, the more of its prose looks like verse by chance.
    needed = _WEIGHTY + log(len(found) + 1)
    while index <= stop:
        line = found[index] if index < stop else None
        gained = None if line is None or (index > first and _apart(line)) else _weight(line)
        if gained is not None and weight + gained >= 0 and line is not None:
            weight += gained
            index += 1
            commas += ending(line.text) in ("comma", "semicolon", "colon")
            if weight >= needed and index - first >= 4 and commas * 4 >= index - first and gained > 0:
                end = index
            continue
        if end > first:
            result.append(KeptLines(first, end, "verse"))
        # A new stanza may begin with the very line that did not belong to this one.
        index = max(index if index > first else index + 1, end)
        first, end, weight, commas = index, index, 0.0, 0
    return result


def _weight(line: Line) -> float | None:
    """How much likelier `line` is in verse than in wrapped prose, as a logarithm; None if in neither."""
    text = line.text
    if cells(text) > _VERSE_WIDTH or text[0] in QUOTES_OPEN or LIST_ITEM.match(text) or CHAPTER.match(text):
        return None
    inner = any(character in _STOP for character in text[:-1])
    if text[-1] in _STOP:
        return 0.7 if inner else 2.2
    return -3.0 if inner else -1.0


_KINDS: Final[tuple[tuple[BlockKind, Callable[[Line], bool]], ...]] = (("table", _is_row), ("code", _is_code))
