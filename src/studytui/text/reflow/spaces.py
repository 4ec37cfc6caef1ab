"""The spaces of a paragraph: those that a wrap or a careless copy put in go, the others stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from studytui.text.reflow.line_marks import HAN, WIDE
from studytui.text.reflow.lines import Line, Run, slice_runs

_SPACE = re.compile(r"[\s]+")
_LATIN = re.compile("[A-Za-z0-9]")
_CHINESE_MARK = "“”‘’—…·"
_BOUNDARY = re.compile(f"(?<={HAN.pattern})( ?)(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])( ?)(?={HAN.pattern})")

Piece = tuple[str, tuple[Run, ...]]
"""Characters, and where they stood."""


def spaced(texts: Iterable[str]) -> bool:
    """Whether a text sets Chinese apart from Latin letters and numbers: four times in five by a space."""
    with_space = without = 0
    for text in texts:
        for match in _BOUNDARY.finditer(text):
            if match.end() > match.start():
                with_space += 1
            else:
                without += 1
    return with_space > 4 * without


def stack(lines: Sequence[Line], kind: str) -> Piece:
    """The text of `lines` with their line breaks. In `code` the margins stay; a tab becomes a space."""
    texts: list[str] = []
    runs: list[Run] = []
    tab = "\u2003" if kind == "table" else " "
    for line, following in pairwise((*lines, None)):
        assert line is not None  # noqa: S101 - only the last one's follower is
        if kind == "code":
            texts.append(line.margin[0].replace("\t", tab))
            runs += line.margin[1]
        texts.append(line.text.replace("\t", tab))
        runs += line.runs
        if following is not None:
            texts.append("\n")
            runs.append((line.end, line.end + 1))
    return "".join(texts), tuple(runs)


def join(lines: Sequence[Line], apart: bool, parted: bool = False) -> Piece:
    """The text of `lines` as one, without odd spaces.

    `apart`: a space stays between Chinese and Latin; `parted`: between Chinese and Chinese, too.
    """
    texts: list[str] = []
    runs: list[Run] = []
    for line, following in pairwise((*lines, None)):
        assert line is not None  # noqa: S101 - only the last one's follower is
        text, places = tidy(line.text, line.runs, apart, parted)
        texts.append(text)
        runs += places
        if following is not None and _needs_space(line.text[-1], following.text[0], apart):
            texts.append(" ")
            runs.append((line.end, line.end + 1))
    return "".join(texts), tuple(runs)


def tidy(text: str, runs: tuple[Run, ...], apart: bool, parted: bool) -> Piece:
    """`text` with its odd spaces gone and every other one single; see `join`."""
    if len(text.split(maxsplit=1)) == 1:
        return text, runs
    kept: list[str] = []
    places: list[Run] = []
    done = 0
    for match in _SPACE.finditer(text):
        start, end = match.span()
        space = _space(text[start - 1], match.group(), text[end], apart, parted)
        if space == match.group():
            continue
        kept.append(text[done:start])
        places += slice_runs(runs, done, start)
        if space:
            kept.append(space)
            places += slice_runs(runs, start, start + 1)
        done = end
    if not done:
        return text, runs
    kept.append(text[done:])
    places += slice_runs(runs, done, len(text))
    return "".join(kept), tuple(places)


def _space(before: str, space: str, after: str, apart: bool, parted: bool) -> str:
    """What a space between two characters becomes."""
    if "\u3000" in space:
        return "\u3000"
    if _chinese(before) and _chinese(after):
        return " " if parted else ""
    if _mixed(before, after) and not apart:
        return ""
    return " "


def _needs_space(before: str, after: str, apart: bool) -> bool:
    """Whether a line break stood where a space belongs."""
    if _mixed(before, after):
        return apart
    if _chinese(before) or _chinese(after):
        return False
    if before in "-/–_@" or after in ".,;:!?)]}%":
        return False
    return not (before.isdigit() and after.isdigit())


def _mixed(before: str, after: str) -> bool:
    return bool(HAN.match(before) and _LATIN.match(after)) or bool(_LATIN.match(before) and HAN.match(after))


def _chinese(character: str) -> bool:
    return character in _CHINESE_MARK or WIDE.match(character) is not None
