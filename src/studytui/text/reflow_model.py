"""Where paragraphs end, judged from all that a text's lines show, weighed as this text uses it.

A hidden Markov model over lines. Each line is followed by a `JOIN` (its paragraph goes on), an `END` (its
paragraph is done) or it is a `HEAD` (a headline or another line by itself). What is seen of a line depends
on that: how it ends, how far it falls short of the wrap, the empty lines and the indent that follow, how the
next line begins. Of these only punctuation means the same in every text. So the rest is learned from the
text itself (expectation maximisation, begun from several guesses of the layout, the likeliest kept): in one
file an empty line parts paragraphs, in another it follows every line, in a third it is where a column ended.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Final

JOIN, END, HEAD = 0, 1, 2
"""What follows a line."""
_STATES = (JOIN, END, HEAD)

_SAMPLE = 900
"""Lines from which the weights are learned."""
_CHUNK = 150
_ROUNDS = 5
_PIECE = 20_000
"""Lines that are decided at once."""
_OVERLAP = 100
_LANGUAGE = 300.0
"""How many lines the usual rates of punctuation weigh."""
_IMPOSSIBLE = frozenset({"wide", "over", "unknown"})
"""No text teaches that a line without a wrap goes on."""
_UNLIKELY = frozenset({"wide", "over", "unknown", "short"})
"""Nor, if it is wrapped evenly, that a short line does."""
_WRAP = 8.0
"""How many lines the usual meaning of a full line weighs."""
_RAGGED_IS_RARE = 10.0
"""How much likelier a text must be as a ragged one to be taken for it, as a logarithm."""
_LAYOUT = 5.0
"""How many lines the usual layout weighs."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of one line and of the step to the next."""

    ending: str
    """How it ends, see `reflow_marks.ending`."""
    gap: str
    """How far it falls short of the wrap, see `reflow_widths.gaps`."""
    blank: str
    """What stands between it and the next: `0`, `1`, `2` (or more) empty lines, or a `page` break."""
    indent: str
    """The next line's indent: `same` as the text's margin, `in`, or `far` in."""
    beginning: str
    """How the next line begins: as `reflow_marks.beginning` says, or as is `usual` in this text."""
    quoted: bool
    """Whether a quotation is open at its end."""
    split: bool
    """Whether a number or a Latin word goes on in the next line."""


_Table = tuple[dict[str, float], dict[str, float], dict[str, float]]
"""For JOIN, END and HEAD, the probability of each value."""
_Step = tuple[float, float, float]
"""The probability of JOIN, END and HEAD."""


def _ends(
    final: float,
    spoken: float,
    colon: float,
    semicolon: float,
    comma: float,
    none: float,
    opening: float = 0.0002,
    head: float = 0.00001,
) -> dict[str, float]:
    return {
        "final": final,
        "spoken": spoken,
        "colon": colon,
        "semicolon": semicolon,
        "comma": comma,
        "open": opening,
        "none": none,
        "head": head,
    }


# Language: the same in every layout, so hardly moved by the text. Rates per line of some twenty characters.
_ENDING: Final[_Table] = (
    _ends(final=0.045, spoken=0.012, colon=0.006, semicolon=0.006, comma=0.11, opening=0.01, none=0.811),
    _ends(final=0.7, spoken=0.22, colon=0.035, semicolon=0.015, comma=0.008, none=0.02, head=0.0003),
    _ends(final=0.04, spoken=0.01, colon=0.03, semicolon=0.005, comma=0.01, none=0.85, head=0.05),
)
_BEGINNING: Final[_Table] = (
    {"closer": 0.04, "quote": 0.025, "chapter": 0.0002, "mark": 0.003, "usual": 0.004, "other": 0.928},
    {"closer": 0.0003, "quote": 0.15, "chapter": 0.02, "mark": 0.06, "usual": 0.06, "other": 0.71},
    {"closer": 0.0003, "quote": 0.12, "chapter": 0.06, "mark": 0.06, "usual": 0.03, "other": 0.73},
)
_QUOTED: Final[_Table] = (
    {"True": 0.15, "False": 0.85},
    {"True": 0.03, "False": 0.97},
    {"True": 0.01, "False": 0.99},
)
_SPLIT: Final[_Table] = (
    {"True": 0.02, "False": 0.98},
    {"True": 0.001, "False": 0.999},
    {"True": 0.004, "False": 0.996},
)


def _gaps(
    full: float,
    weak: float,
    near: float,
    indented: float,
    short: float,
    widest: float,
    wide: float = 0.003,
    over: float = 0.0003,
    unknown: float = 0.001,
) -> dict[str, float]:
    return {
        "full": full,
        "weak": weak,
        "near": near,
        "indented": indented,
        "short": short,
        "widest": widest,
        "wide": wide,
        "over": over,
        "unknown": unknown,
    }


# Layout: where to begin; the text itself decides. A paragraph's first line has its own table, since its
# indent may have been lost.
_GAP: Final[_Table] = (
    _gaps(full=0.84, weak=0.1, near=0.03, indented=0.01, short=0.001, widest=0.015),
    _gaps(
        full=0.05,
        weak=0.05,
        near=0.04,
        indented=0.1,
        short=0.54,
        widest=0.02,
        wide=0.05,
        over=0.05,
        unknown=0.1,
    ),
    _gaps(
        full=0.02,
        weak=0.03,
        near=0.03,
        indented=0.05,
        short=0.7,
        widest=0.01,
        wide=0.03,
        over=0.01,
        unknown=0.12,
    ),
)
_FIRST_GAP: Final = _gaps(full=0.74, weak=0.1, near=0.05, indented=0.08, short=0.003, widest=0.015)
_BLANK: Final[_Table] = (
    {"0": 0.93, "1": 0.04, "2": 0.01, "page": 0.02},
    {"0": 0.5, "1": 0.36, "2": 0.12, "page": 0.02},
    {"0": 0.4, "1": 0.4, "2": 0.18, "page": 0.02},
)
_INDENT: Final[_Table] = (
    {"same": 0.97, "in": 0.02, "far": 0.01},
    {"same": 0.5, "in": 0.46, "far": 0.04},
    {"same": 0.5, "in": 0.46, "far": 0.04},
)
_STEPS: Final[tuple[_Step, _Step, _Step]] = ((0.75, 0.25, 0.0), (0.66, 0.24, 0.1), (0.4, 0.15, 0.45))
"""From what followed the line before to what follows this one; a headline is one line."""


@dataclass(frozen=True, slots=True)
class _Weights:
    """The model's probabilities; each table has those of JOIN, END and HEAD."""

    ending: _Table = _ENDING
    beginning: _Table = _BEGINNING
    gap: _Table = _GAP
    first_gap: dict[str, float] = field(default_factory=lambda: _FIRST_GAP)
    """Of a JOIN after a paragraph's first line; `gap` has that of the others."""
    blank: _Table = _BLANK
    indent: _Table = _INDENT
    steps: tuple[_Step, _Step, _Step] = _STEPS
    ragged: bool = False
    """Whether lines of one paragraph may be of any length."""

    def of(self, sight: Sight) -> tuple[float, float, float, float]:
        """How likely `sight` is where a paragraph goes on, goes on after its first line, ends; in a head."""
        found = [
            self.ending[state][sight.ending]
            * self.beginning[state][sight.beginning]
            * self.blank[state][sight.blank]
            * self.indent[state][sight.indent]
            * _QUOTED[state][str(sight.quoted)]
            * _SPLIT[state][str(sight.split)]
            for state in _STATES
        ]
        return (
            found[JOIN] * self.gap[JOIN][sight.gap],
            found[JOIN] * self.first_gap[sight.gap],
            found[END] * self.gap[END][sight.gap],
            found[HEAD] * self.gap[HEAD][sight.gap],
        )


_PARTING = {"0": 0.03, "1": 0.8, "2": 0.15, "page": 0.02}
_UNBROKEN = {"0": 0.97, "1": 0.01, "2": 0.004, "page": 0.016}
_EVERYWHERE = {"0": 0.07, "1": 0.83, "2": 0.08, "page": 0.02}
_ANY_GAP = _gaps(full=0.4, weak=0.15, near=0.15, indented=0.1, short=0.15, widest=0.03)
_INDENTED = {"same": 0.05, "in": 0.9, "far": 0.05}

_GUESSES: Final = (
    _Weights(),
    # An empty line parts paragraphs; the same, of lines of any length; an empty line follows every line.
    _Weights(blank=(_UNBROKEN, _PARTING, _PARTING)),
    _Weights(
        blank=(_UNBROKEN, _PARTING, _PARTING), gap=(_ANY_GAP, *_GAP[1:]), first_gap=_ANY_GAP, ragged=True
    ),
    _Weights(blank=(_EVERYWHERE, _EVERYWHERE, _EVERYWHERE)),
    # An indent begins a paragraph.
    _Weights(indent=({"same": 0.985, "in": 0.01, "far": 0.005}, _INDENTED, _INDENTED)),
    # A line is a paragraph: nothing was wrapped.
    _Weights(steps=((0.5, 0.5, 0.0), (0.02, 0.9, 0.08), (0.02, 0.68, 0.3))),
)


def breaks(sights: Sequence[Sight]) -> list[int]:
    """JOIN, END or HEAD for each of `sights`: the likeliest for each."""
    if not sights:
        return []
    weights = _learn(sights)
    emissions = _Emissions(weights)
    decided: list[int] = []
    for start in range(0, len(sights), _PIECE):
        # Each piece is seen with some lines of its neighbours.
        low, high = max(0, start - _OVERLAP), min(len(sights), start + _PIECE + _OVERLAP)
        chances = _chances([emissions[sight] for sight in sights[low:high]], weights.steps)
        for joined, ended, head in chances[start - low : start - low + _PIECE]:
            decided.append(JOIN if joined > 0.5 else END if ended >= head else HEAD)
    return decided


class _Emissions(dict[Sight, tuple[float, float, float, float]]):
    """`_Weights.of`, computed once for each kind of sight."""

    def __init__(self, weights: _Weights) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, sight: Sight) -> tuple[float, float, float, float]:
        found = self[sight] = self._weights.of(sight)
        return found


def _learn(sights: Sequence[Sight]) -> _Weights:
    chunks = _chunks(sights)
    best: tuple[float, _Weights] | None = None
    for guess in _GUESSES:
        weights = guess
        for _ in range(_ROUNDS):
            weights = _Count(chunks, weights).weights()
        merit = _Count(chunks, weights).likelihood + _prior(weights)
        if best is None or merit > best[0] + 1e-6:
            best = (merit, weights)
    assert best is not None  # noqa: S101 - there are guesses
    return best[1]


def _chunks(sights: Sequence[Sight]) -> list[Sequence[Sight]]:
    """All of a short text; of a long one some stretches, spread evenly."""
    if len(sights) <= _SAMPLE:
        return [sights]
    count = _SAMPLE // _CHUNK
    step = (len(sights) - _CHUNK) / (count - 1)
    return [sights[int(step * k) : int(step * k) + _CHUNK] for k in range(count)]


def _forward(
    emissions: Sequence[tuple[float, float, float, float]], steps: Sequence[_Step]
) -> tuple[list[_Step], list[float]]:
    """The scaled forward probabilities of each line's states, and the scales."""
    (jj, je, _), (ej, ee, eh), (hj, he, hh) = steps
    forward: list[_Step] = []
    scales: list[float] = []
    a, b, c = 0.0, 1.0, 0.0
    for later, first, end, head in emissions:
        x = a * jj * later + (b * ej + c * hj) * first
        y = (a * je + b * ee + c * he) * end
        z = (b * eh + c * hh) * head
        scale = x + y + z
        a, b, c = x / scale, y / scale, z / scale
        forward.append((a, b, c))
        scales.append(scale)
    return forward, scales


def _backward(
    emissions: Sequence[tuple[float, float, float, float]], steps: Sequence[_Step], scales: list[float]
) -> list[_Step]:
    """The scaled backward probabilities of each line's states."""
    (jj, je, _), (ej, ee, eh), (hj, he, hh) = steps
    backward: list[_Step] = [(1.0, 1.0, 1.0)] * len(emissions)
    a, b, c = 1.0, 1.0, 1.0
    for index in range(len(emissions) - 1, 0, -1):
        later, first, end, head = emissions[index]
        scale = scales[index]
        x, y, z = first * a / scale, end * b / scale, head * c / scale
        a, b, c = (
            jj * later * a / scale + je * y,
            ej * x + ee * y + eh * z,
            hj * x + he * y + hh * z,
        )
        backward[index - 1] = (a, b, c)
    return backward


def _chances(emissions: Sequence[tuple[float, float, float, float]], steps: Sequence[_Step]) -> list[_Step]:
    """For each line how likely it is followed by JOIN, by END, or is a HEAD, all lines considered."""
    forward, scales = _forward(emissions, steps)
    backward = _backward(emissions, steps, scales)
    return [(a * x, b * y, c * z) for (a, b, c), (x, y, z) in zip(forward, backward, strict=True)]


class _Count:
    """What a text is expected to show under some weights, counted over its lines."""

    def __init__(self, chunks: Sequence[Sequence[Sight]], weights: _Weights) -> None:
        self._ragged = weights.ragged
        self.likelihood = 0.0
        """Natural logarithm of the probability of all that is seen."""
        self._seen: dict[Sight, list[float]] = {}
        self._steps = [[0.0] * 3 for _ in _STATES]
        emissions = _Emissions(weights)
        for chunk in chunks:
            self._add(chunk, [emissions[sight] for sight in chunk], weights.steps)

    def _add(
        self,
        chunk: Sequence[Sight],
        emissions: Sequence[tuple[float, float, float, float]],
        steps: Sequence[_Step],
    ) -> None:
        forward, scales = _forward(emissions, steps)
        backward = _backward(emissions, steps, scales)
        self.likelihood += sum(map(log, scales))
        (jj, je, _), (ej, ee, eh), (hj, he, hh) = steps
        before = (0.0, 1.0, 0.0)
        (njj, nje, _), (nej, nee, neh), (nhj, nhe, nhh) = self._steps
        for sight, (later, first, end, head), scale, after, now in zip(
            chunk, emissions, scales, backward, forward, strict=True
        ):
            a, b, c = before
            x, y, z = first * after[0] / scale, end * after[1] / scale, head * after[2] / scale
            to_later = a * jj * later * after[0] / scale
            from_end, from_head = b * ej * x, c * hj * x
            njj += to_later
            nje += a * je * y
            nej += from_end
            nee += b * ee * y
            neh += b * eh * z
            nhj += from_head
            nhe += c * he * y
            nhh += c * hh * z
            seen = self._seen.setdefault(sight, [0.0] * 4)
            seen[0] += to_later
            seen[1] += from_end + from_head
            seen[2] += now[1] * after[1]
            seen[3] += now[2] * after[2]
            before = now
        self._steps = [[njj, nje, 0.0], [nej, nee, neh], [nhj, nhe, nhh]]

    def weights(self) -> _Weights:
        """The weights that fit the counts, held back by what is usual."""
        gap: dict[tuple[int, str], float] = {}
        fixed = _IMPOSSIBLE if self._ragged else _UNLIKELY
        usual, usual_first = (_ANY_GAP, _ANY_GAP) if self._ragged else (_GAP[JOIN], _FIRST_GAP)
        tallies: dict[str, dict[tuple[int, str], float]] = {
            "ending": {},
            "beginning": {},
            "blank": {},
            "indent": {},
        }
        for sight, (later, first, end, head) in self._seen.items():
            for column, count in enumerate((later, first, end, head)):
                gap[column, sight.gap] = gap.get((column, sight.gap), 0.0) + count
            for name, tally in tallies.items():
                value = getattr(sight, name)
                for state, count in ((JOIN, later + first), (END, end), (HEAD, head)):
                    tally[state, value] = tally.get((state, value), 0.0) + count
        return _Weights(
            ending=_fit(_ENDING, tallies["ending"], _LANGUAGE),
            beginning=_fit(_BEGINNING, tallies["beginning"], _LANGUAGE / 4),
            gap=(
                _blend(usual, gap, 0, _WRAP, fixed),
                _blend(_GAP[END], gap, 2, 2 * _WRAP),
                _blend(_GAP[HEAD], gap, 3, _LANGUAGE),
            ),
            first_gap=_blend(usual_first, gap, 1, _WRAP, fixed),
            blank=_fit(_BLANK, tallies["blank"], _LAYOUT),
            indent=_fit(_INDENT, tallies["indent"], _LAYOUT),
            steps=(
                _step(_STEPS[JOIN], self._steps[JOIN]),
                _step(_STEPS[END], self._steps[END]),
                _step(_STEPS[HEAD], self._steps[HEAD], 8 * _LAYOUT),
            ),
            ragged=self._ragged,
        )


def _fit(usual: _Table, tally: Mapping[tuple[int, str], float], strength: float) -> _Table:
    return (
        _blend(usual[JOIN], tally, JOIN, strength),
        _blend(usual[END], tally, END, strength),
        _blend(usual[HEAD], tally, HEAD, strength),
    )


def _blend(
    usual: Mapping[str, float],
    tally: Mapping[tuple[int, str], float],
    column: int,
    strength: float,
    fixed: Collection[str] = (),
) -> dict[str, float]:
    """Counts and `strength` observations of what is usual, as probabilities; those of `fixed` stay usual."""
    found = {
        value: strength * chance + (0.0 if value in fixed else tally.get((column, value), 0.0))
        for value, chance in usual.items()
    }
    total = sum(found.values())
    return {value: count / total for value, count in found.items()}


def _step(usual: _Step, counts: Sequence[float], strength: float = _LAYOUT) -> _Step:
    total = strength + sum(counts)
    a, b, c = ((strength * chance + count) / total for chance, count in zip(usual, counts, strict=True))
    return a, b, c


def _prior(weights: _Weights) -> float:
    """How usual `weights` are: the logarithm of their Dirichlet density, but for a constant."""
    density = -_RAGGED_IS_RARE if weights.ragged else 0.0
    for usual, table, strength in (
        (_ENDING, weights.ending, (_LANGUAGE,) * 3),
        (_BEGINNING, weights.beginning, (_LANGUAGE / 4,) * 3),
        (_GAP, weights.gap, (_WRAP, 2 * _WRAP, _LANGUAGE)),
        (_BLANK, weights.blank, (_LAYOUT,) * 3),
        (_INDENT, weights.indent, (_LAYOUT,) * 3),
    ):
        for state in _STATES:
            density += strength[state] * sum(
                chance * log(table[state][value]) for value, chance in usual[state].items()
            )
    density += _WRAP * sum(chance * log(weights.first_gap[v]) for v, chance in _FIRST_GAP.items())
    for state, force in zip(_STATES, (_LAYOUT, _LAYOUT, 8 * _LAYOUT), strict=True):
        density += force * sum(
            chance * log(found)
            for chance, found in zip(_STEPS[state], weights.steps[state], strict=True)
            if chance
        )
    return density
