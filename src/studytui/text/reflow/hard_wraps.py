"""Which lines of a text were wrapped and which never were, weighed before anything is joined.

Lyrics, dialogues, lists and chats have short lines without a full stop, and so has wrapped prose. What
tells them apart is what stands at the breaks: a wrap cuts words in two, and sentences end inside its lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from studytui.text.characters import is_han
from studytui.text.reflow.line_marks import (
    FIELD,
    INDENT,
    LIST_ITEM,
    STOP,
    TIME,
    beginning,
    cells,
    ending,
    label,
)
from studytui.text.reflow.lines import Line
from studytui.text.reflow.widths import gaps

Known = Callable[[set[str]], set[str]]
"""Those of some strings that are words."""

# How much likelier each thing is where a line without an end mark was wrapped than where it stands as it was
# written, as logarithms. Counted on 40 novels, 60 weeklies, 80 essays and 80 laws wrapped at 20, 36, 60 and
# 80 cells, and on the 1,500 modern poems, 369 recipes, 60 weeklies and 80 laws that never were. A word stands
# across 36 to 57 % of the breaks of the former and 0.6 to 2 % of the latter.
_WORD_ACROSS: Final = 3.2
_WORD_ACROSS_IN_VERSE: Final = 2.4
"""The same of narrow lines: poets part words, too."""
_NO_WORD_ACROSS: Final = -0.5
_SENTENCE_ENDS_INSIDE: Final = {"full": 2.0, "weak": 2.0, "widest": 2.0, "near": 1.0, "short": 0.5}
"""By how far the line falls short of the wrap; lines of many widths are paragraphs, and hold sentences."""
_NO_END_IN_A_CHARACTER: Final = -0.012
_NEXT_ENDS_A_SENTENCE: Final = 0.8
"""Who ends one line with a full stop ends them all, but in verse."""
_BEGINS_WITH_A_CLOSER: Final = 4.0
_ENDS_WITH_AN_OPENER: Final = 3.0
_BY_GAP: Final = {
    "full": 0.5,
    "weak": 0.0,
    "widest": 0.7,
    "near": -0.3,
    "indented": -0.7,
    "short": -1.0,
    "wide": -1.0,
    "unknown": -1.5,
    "over": -3.0,
}
_ENDED_BY_GAP: Final = {"wide": -1.0, "unknown": -0.7, "over": -3.0}
"""The same of a line that ends a sentence: nobody wraps at no width, or beyond the common one."""
_REACH: Final = 4
"""Lines around a mark among which there is another one like it."""
NARROWEST: Final = 18
"""Cells below which nobody wraps: lines that are as long as each other are so by chance."""
_NARROW: Final = 30
"""Cells of lines that are often as long as each other by chance, or since a poet wanted them so."""
_CHANGE: Final = 8.0
"""How unlikely it is that wrapped lines follow others or the other way round, as a logarithm."""
_CHANGE_AFTER_AN_END: Final = 5.0
"""The same after a sentence's end or an empty line."""


def never_wrapped(found: Sequence[Line], known: Known) -> list[bool]:
    """For each of `found`, whether it stands as it was written: no part of a line that was wrapped."""
    if len(found) < 2:
        return [False] * len(found)
    if all(cells(line.text) < NARROWEST for line in found):
        return [True] * len(found)
    weights = _weights(found, known)
    if all(weight == 0.0 for weight in weights):
        return [False] * len(found)
    wrapped, kept = 0.0, 0.0
    came_from: list[tuple[bool, bool]] = []
    """For each line, whether the likeliest line before it was kept: if it is wrapped, if it is kept."""
    ended = True
    for line, weight in zip(found, weights, strict=False):
        change = _CHANGE_AFTER_AN_END if ended or line.blanks > 0 or line.page else _CHANGE
        ended = ending(line.text) in ("final", "spoken")
        came_from.append((kept - change > wrapped, kept >= wrapped - change))
        wrapped, kept = max(wrapped, kept - change) + weight, max(kept, wrapped - change)
    state = kept > wrapped
    states = [state]
    for if_wrapped, if_kept in reversed(came_from[1:]):
        state = if_kept if state else if_wrapped
        states.append(state)
    states.reverse()
    return [*states, states[-1]]


def ends_anyway(found: Sequence[Line]) -> list[bool]:
    """For each line but the last, whether the next one begins something new whatever the widths say.

    The next line bears a mark that a neighbour bears as well: of a list or of options, the name of a speaker
    or a field, a time. Or it has the indent of a Chinese paragraph, two full-width spaces, unlike others.
    """
    marks = [_mark(line.text) for line in found]
    names = Counter(label(line.text) for line in found)
    indented = [line.margin[0] == INDENT for line in found]
    telling = 0 < sum(indented) <= 0.8 * len(found)
    result: list[bool] = []
    for index in range(1, len(found)):
        mark = marks[index]
        # A colon near the beginning of a wrapped line is commoner than any other mark.
        reach = 1 if mark == "label" else _REACH
        near = (*marks[max(0, index - reach) : index], *marks[index + 1 : index + 1 + reach])
        marked = mark is not None and (
            mark in near or (mark == "label" and names[label(found[index].text)] > 1)
        )
        result.append(marked or (telling and indented[index]))
    return result


def _mark(text: str) -> str | None:
    """What kind of mark a line begins with, if any."""
    if TIME.match(text):
        return "time"
    if LIST_ITEM.match(text):
        return "number" if text[0].isdigit() else "letter" if text[0].isalpha() else "bullet"
    return "label" if label(text) or FIELD.match(text) else None


def _weights(found: Sequence[Line], known: Known) -> list[float]:
    """For each line but the last how much likelier it was wrapped than not; 0 if it ends a sentence."""
    across = _words_across(found, known)
    weights: list[float] = []
    for line, following, gap, word in zip(found, found[1:], gaps(list(found)), across, strict=False):
        end = ending(line.text)
        if end in ("final", "spoken"):
            weights.append(_ENDED_BY_GAP.get(gap, 0.0))
            continue
        start = beginning(following.text)
        if start in ("mark", "chapter"):
            weights.append(0.0)  # what begins with a mark begins in any case
            continue
        ends_next = ending(following.text) in ("final", "spoken")
        # Of a handful of lines the widest is as wide as itself: a full stop after it tells more.
        by_chance = gap == "full" or (gap == "widest" and not ends_next)
        narrow = by_chance and cells(line.text) < _NARROW
        weight = 0.0 if narrow else _BY_GAP[gap]
        across_here = _WORD_ACROSS if cells(line.text) >= _NARROW else _WORD_ACROSS_IN_VERSE
        if word is not None:
            weight += across_here if word else _NO_WORD_ACROSS
        if STOP.search(line.text):
            weight += _SENTENCE_ENDS_INSIDE.get(gap, 0.0)
        else:
            weight += _NO_END_IN_A_CHARACTER * len(line.text)
        if start == "closer":
            weight += _BEGINS_WITH_A_CLOSER
        if ends_next and cells(line.text) >= _NARROW:
            weight += _NEXT_ENDS_A_SENTENCE
        if end == "open":
            weight += _ENDS_WITH_AN_OPENER
        weights.append(weight)
    return weights


def _words_across(found: Sequence[Line], known: Known) -> list[bool | None]:
    """For each line but the last whether a word of two to four characters goes on in the next line.

    None where either side is not Chinese.
    """
    candidates: list[set[str] | None] = []
    for line, following in pairwise(found):
        if not (is_han(line.text[-1]) and is_han(following.text[0])):
            candidates.append(None)
            continue
        tail, head = line.text[-3:], following.text[:3]
        candidates.append(
            {
                tail[-before:] + head[:after]
                for before in range(1, len(tail) + 1)
                for after in range(1, min(len(head), 4 - before) + 1)
            }
        )
    words = known(set().union(*(some for some in candidates if some is not None)))
    return [None if some is None else not words.isdisjoint(some) for some in candidates]
