"""Where paragraphs end, judged from all that a text's lines show, weighed as this text uses it.

A hidden Markov model over lines. Each line is followed by a `JOIN` (its paragraph goes on), an `END` (its
paragraph is done) or it is a `HEAD` (a headline or another line by itself). What is seen of a line depends
on that: how it ends, how far it falls short of the wrap, the empty lines and the indent that follow, how the
next line begins. Of these only punctuation means the same in every text. So the rest is learned from the
text itself (expectation maximisation, from several guesses of the layout, each with its own usual rates to
hold it back; the likeliest is kept): in one file an empty line parts paragraphs, in another it follows every
line, in a third it is where a column ended.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import log

from studytui.text.reflow.model.rates import (
    END,
    GUESSES,
    HEAD,
    JOIN,
    STATES,
    Guess,
    Rates,
    Sight,
    Step,
    Table,
)

_SAMPLE = 900
"""Lines from which the rates are learned."""
_CHUNK = 150
_ROUNDS = 5
_PIECE = 20_000
"""Lines that are decided at once."""
_OVERLAP = 100
_LANGUAGE = 300.0
"""How many lines the usual rates of punctuation weigh."""
_WRAP = 8.0
"""How many lines the usual meaning of a full line weighs."""
_LAYOUT = 5.0
"""How many lines the usual layout weighs."""


def breaks(sights: Sequence[Sight]) -> list[int]:
    """JOIN, END or HEAD for each of `sights`: the likeliest for each."""
    if not sights:
        return []
    rates = _learn(sights)
    emissions = _Emissions(rates)
    decided: list[int] = []
    for start in range(0, len(sights), _PIECE):
        # Each piece is seen with some lines of its neighbours.
        low, high = max(0, start - _OVERLAP), min(len(sights), start + _PIECE + _OVERLAP)
        chances = _chances([emissions[sight] for sight in sights[low:high]], rates.steps)
        for joined, ended, head in chances[start - low : start - low + _PIECE]:
            decided.append(JOIN if joined > 0.5 else END if ended >= head else HEAD)
    return decided


class _Emissions(dict[Sight, tuple[float, float, float, float]]):
    """`Rates.of`, computed once for each kind of sight."""

    def __init__(self, rates: Rates) -> None:
        super().__init__()
        self._rates = rates

    def __missing__(self, sight: Sight) -> tuple[float, float, float, float]:
        found = self[sight] = self._rates.of(sight)
        return found


def _learn(sights: Sequence[Sight]) -> Rates:
    chunks = _chunks(sights)
    best: tuple[float, Rates] | None = None
    for guess in GUESSES:
        rates = guess.begin
        for _ in range(_ROUNDS):
            rates = _Count(chunks, rates).fitted(guess)
        merit = _Count(chunks, rates).likelihood - _strain(rates, guess) - guess.rarity
        if best is None or merit > best[0] + 1e-6:
            best = (merit, rates)
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
    emissions: Sequence[tuple[float, float, float, float]], steps: Sequence[Step]
) -> tuple[list[Step], list[float]]:
    """The scaled forward probabilities of each line's states, and the scales."""
    (jj, je, _), (ej, ee, eh), (hj, he, hh) = steps
    forward: list[Step] = []
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
    emissions: Sequence[tuple[float, float, float, float]], steps: Sequence[Step], scales: list[float]
) -> list[Step]:
    """The scaled backward probabilities of each line's states."""
    (jj, je, _), (ej, ee, eh), (hj, he, hh) = steps
    backward: list[Step] = [(1.0, 1.0, 1.0)] * len(emissions)
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


def _chances(emissions: Sequence[tuple[float, float, float, float]], steps: Sequence[Step]) -> list[Step]:
    """For each line how likely it is followed by JOIN, by END, or is a HEAD, all lines considered."""
    forward, scales = _forward(emissions, steps)
    backward = _backward(emissions, steps, scales)
    return [(a * x, b * y, c * z) for (a, b, c), (x, y, z) in zip(forward, backward, strict=True)]


class _Count:
    """What a text is expected to show under some rates, counted over its lines."""

    def __init__(self, chunks: Sequence[Sequence[Sight]], rates: Rates) -> None:
        self.likelihood = 0.0
        """Natural logarithm of the probability of all that is seen."""
        self._seen: dict[Sight, list[float]] = {}
        self._steps = [[0.0] * 3 for _ in STATES]
        emissions = _Emissions(rates)
        for chunk in chunks:
            self._add(chunk, [emissions[sight] for sight in chunk], rates.steps)

    def _add(
        self,
        chunk: Sequence[Sight],
        emissions: Sequence[tuple[float, float, float, float]],
        steps: Sequence[Step],
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

    def fitted(self, guess: Guess) -> Rates:
        """The rates that fit the counts, held back by what is usual in such a layout."""
        gap: dict[tuple[int, str], float] = {}
        usual = guess.usual
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
        return Rates(
            ending=_fit(usual.ending, tallies["ending"], (_LANGUAGE,) * 3),
            beginning=_fit(usual.beginning, tallies["beginning"], (_LANGUAGE / 4,) * 3),
            gap=(
                _blend(usual.gap[JOIN], gap, 0, _WRAP, guess.untaught),
                _blend(usual.gap[END], gap, 2, 2 * _WRAP),
                _blend(usual.gap[HEAD], gap, 3, _LANGUAGE),
            ),
            first_gap=_blend(usual.first_gap, gap, 1, _WRAP, guess.untaught),
            blank=_fit(usual.blank, tallies["blank"], guess.blank_lines),
            indent=_fit(usual.indent, tallies["indent"], guess.indents),
            steps=(
                _step(usual.steps[JOIN], self._steps[JOIN], _LAYOUT),
                _step(usual.steps[END], self._steps[END], _LAYOUT),
                _step(usual.steps[HEAD], self._steps[HEAD], 8 * _LAYOUT),
            ),
        )


def _fit(usual: Table, tally: Mapping[tuple[int, str], float], strengths: Sequence[float]) -> Table:
    return (
        _blend(usual[JOIN], tally, JOIN, strengths[JOIN]),
        _blend(usual[END], tally, END, strengths[END]),
        _blend(usual[HEAD], tally, HEAD, strengths[HEAD]),
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


def _step(usual: Step, counts: Sequence[float], strength: float) -> Step:
    total = strength + sum(counts)
    a, b, c = ((strength * chance + count) / total for chance, count in zip(usual, counts, strict=True))
    return a, b, c


def _strain(rates: Rates, guess: Guess) -> float:
    """How far `rates` are from what is usual: minus the logarithm of their Dirichlet density, at most 0."""
    usual = guess.usual
    strain = _WRAP * _distance(usual.first_gap.values(), rates.first_gap.values())
    for held, found, strengths in (
        (usual.ending, rates.ending, (_LANGUAGE,) * 3),
        (usual.beginning, rates.beginning, (_LANGUAGE / 4,) * 3),
        (usual.gap, rates.gap, (_WRAP, 2 * _WRAP, _LANGUAGE)),
        (usual.blank, rates.blank, guess.blank_lines),
        (usual.indent, rates.indent, guess.indents),
    ):
        for before, after, strength in zip(held, found, strengths, strict=True):
            strain += strength * _distance(before.values(), after.values())
    for state, strength in zip(STATES, (_LAYOUT, _LAYOUT, 8 * _LAYOUT), strict=True):
        strain += strength * _distance(usual.steps[state], rates.steps[state])
    return strain


def _distance(usual: Iterable[float], found: Iterable[float]) -> float:
    """From one distribution to another: their Kullback-Leibler divergence."""
    return sum(a * log(a / b) for a, b in zip(usual, found, strict=True) if a)
