"""What a word of grammar means in its place, by what stands around it: `data/lists/context_glosses.tsv`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from studytui.text.word_lists import lines
from studytui.text.words.tagger import EDGE

_ENDS = frozenset("。！？；!?;…\n")
_WIDE = {"?": "？", "!": "！", ",": "，", ":": "：", ";": "；"}
"""A text of narrow marks has the same clauses."""
_FAR = 20
"""How many words `…` may stand for."""
_HELPING_WORDS = (
    "想 要 能 会 可以 可 应该 应 必须 敢 肯 愿意 喜欢 开始 继续 打算 需要 希望 准备 去 来 是 有 没有 让 得"
)
_HELPING = frozenset(_HELPING_WORDS.split())
"""Verbs before which no complement stands: 想到北京 is no 想 with 到."""
_MEASURE = "q"
_ORDINAL = "r"

Item = frozenset[str] | None
"""What a neighbour may be; None for any words of the sentence."""
IsMeasure = Callable[[str], bool]
"""Whether a headword is a measure word."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What stands on one side of a word."""

    items: tuple[Item, ...]
    """The nearest first."""
    none_of: frozenset[str]
    """What the nearest must not be."""
    behind: bool
    """Which side it is."""

    def fits(self, place: int, headwords: Sequence[str], tags: Sequence[str], is_measure: IsMeasure) -> bool:
        """Whether the neighbours of the word at `place` are as it says."""
        step = 1 if self.behind else -1
        at = place + step

        def meets(at: int, wanted: frozenset[str]) -> bool:
            if not 0 <= at < len(headwords):
                return EDGE in wanted
            word, tag = _WIDE.get(headwords[at], headwords[at]), tags[at]
            if word in wanted or (_ORDINAL in wanted and word.startswith("第")):
                return True
            if _MEASURE in wanted and is_measure(word):
                return True
            return tag in wanted and (self.behind or tag != "v" or word not in _HELPING)

        if self.none_of and meets(at, self.none_of):
            return False
        anywhere = False
        for wanted in self.items:
            if wanted is None:
                anywhere = True
                continue
            if anywhere:
                far = next(
                    far
                    for far in range(at, at + step * _FAR, step)
                    if meets(far, wanted) or _ends(far, headwords) or far == at + step * (_FAR - 1)
                )
                if not meets(far, wanted):
                    return False
                at, anywhere = far + step, False
            elif not meets(at, wanted):
                return False
            else:
                at += step
        return True


def _ends(at: int, headwords: Sequence[str]) -> bool:
    return not 0 <= at < len(headwords) or headwords[at] in _ENDS


def _pattern(text: str, behind: bool) -> _Pattern:
    if text == "-":
        return _Pattern((), frozenset(), behind)
    if text.startswith("!"):
        return _Pattern((), frozenset(text[1:].split("|")), behind)
    items = [None if each == "…" else frozenset(each.split("|")) for each in text.split()]
    return _Pattern(tuple(items if behind else reversed(items)), frozenset(), behind)


@cache
def _rules() -> dict[str, tuple[tuple[_Pattern, _Pattern, str], ...]]:
    rules: dict[str, tuple[tuple[_Pattern, _Pattern, str], ...]] = {}
    for line in lines("context_glosses.tsv"):
        words, before, behind, gloss = line.split("\t")
        for word in words.split():
            rules[word] = (*rules.get(word, ()), (_pattern(before, False), _pattern(behind, True), gloss))
    return rules


def context_gloss(place: int, headwords: Sequence[str], tags: Sequence[str], is_measure: IsMeasure) -> str:
    """The gloss of the word at `place`; empty for what its neighbours do not tell.

    `tags` are as of `tagger.tags`. Raises StudytuiError when the list cannot be read.
    """
    for before, behind, gloss in _rules().get(headwords[place], ()):
        if before.fits(place, headwords, tags, is_measure) and behind.fits(
            place, headwords, tags, is_measure
        ):
            return gloss
    return ""
