"""What lines usually show, by what follows them: the rates that a text's own are learned from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

JOIN, END, HEAD = 0, 1, 2
"""What follows a line."""
STATES = (JOIN, END, HEAD)


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of one line and of the step to the next."""

    ending: str
    """How it ends, see `line_marks.ending`."""
    gap: str
    """How far it falls short of the wrap, see `widths.gaps`."""
    blank: str
    """What stands between it and the next: `0`, `1`, `2` (or more) empty lines, or a `page` break."""
    indent: str
    """The next line's indent: `same` as the text's margin, `in`, or `far` in."""
    beginning: str
    """How the next line begins: as `line_marks.beginning` says, or as is `usual` in this text."""
    quoted: bool
    """Whether a quotation is open at its end."""
    split: bool
    """Whether a number or a Latin word goes on in the next line."""
    stopped: bool
    """Whether a sentence ends inside it."""
    parted: bool
    """Whether the next line begins something new whatever the widths say."""


Table = tuple[dict[str, float], dict[str, float], dict[str, float]]
"""For JOIN, END and HEAD, the probability of each value."""
Step = tuple[float, float, float]
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
ENDING: Final[Table] = (
    _ends(final=0.045, spoken=0.012, colon=0.006, semicolon=0.006, comma=0.11, opening=0.01, none=0.811),
    _ends(final=0.7, spoken=0.22, colon=0.035, semicolon=0.015, comma=0.008, none=0.02, head=0.0003),
    _ends(final=0.04, spoken=0.01, colon=0.03, semicolon=0.005, comma=0.01, none=0.85, head=0.05),
)
BEGINNING: Final[Table] = (
    {"closer": 0.04, "quote": 0.025, "chapter": 0.0002, "mark": 0.003, "usual": 0.004, "other": 0.928},
    {"closer": 0.0003, "quote": 0.15, "chapter": 0.02, "mark": 0.06, "usual": 0.06, "other": 0.71},
    {"closer": 0.0003, "quote": 0.12, "chapter": 0.06, "mark": 0.06, "usual": 0.03, "other": 0.73},
)
_QUOTED: Final[Table] = (
    {"True": 0.15, "False": 0.85},
    {"True": 0.03, "False": 0.97},
    {"True": 0.01, "False": 0.99},
)
_SPLIT: Final[Table] = (
    {"True": 0.02, "False": 0.98},
    {"True": 0.001, "False": 0.999},
    {"True": 0.004, "False": 0.996},
)
_STOPPED: Final[Table] = (
    {"True": 0.15, "False": 0.85},
    {"True": 0.15, "False": 0.85},
    {"True": 0.01, "False": 0.99},
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
GAP: Final[Table] = (
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
FIRST_GAP: Final = _gaps(full=0.74, weak=0.1, near=0.05, indented=0.08, short=0.003, widest=0.015)
BLANK: Final[Table] = (
    {"0": 0.93, "1": 0.04, "2": 0.01, "page": 0.02},
    {"0": 0.5, "1": 0.36, "2": 0.12, "page": 0.02},
    {"0": 0.4, "1": 0.4, "2": 0.18, "page": 0.02},
)
INDENT: Final[Table] = (
    {"same": 0.97, "in": 0.02, "far": 0.01},
    {"same": 0.5, "in": 0.46, "far": 0.04},
    {"same": 0.5, "in": 0.46, "far": 0.04},
)
STEPS: Final[tuple[Step, Step, Step]] = ((0.75, 0.25, 0.0), (0.66, 0.24, 0.1), (0.4, 0.15, 0.45))
"""From what followed the line before to what follows this one; a headline is one line."""


_PARTED_ANYWAY: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Rates:
    """How likely all is that is seen of a line; each table has those of JOIN, END and HEAD."""

    ending: Table = ENDING
    beginning: Table = BEGINNING
    gap: Table = GAP
    first_gap: dict[str, float] = field(default_factory=lambda: FIRST_GAP)
    """Of a JOIN after a paragraph's first line; `gap` has that of the others."""
    blank: Table = BLANK
    indent: Table = INDENT
    steps: tuple[Step, Step, Step] = STEPS

    def of(self, sight: Sight) -> tuple[float, float, float, float]:
        """How likely `sight` is where a paragraph goes on, goes on after its first line, ends; in a head."""
        found = [
            self.ending[state][sight.ending]
            * self.beginning[state][sight.beginning]
            * self.blank[state][sight.blank]
            * self.indent[state][sight.indent]
            * _QUOTED[state][str(sight.quoted)]
            * _SPLIT[state][str(sight.split)]
            * _STOPPED[state][str(sight.stopped)]
            for state in STATES
        ]
        if sight.parted:
            found[JOIN] *= _PARTED_ANYWAY
        return (
            found[JOIN] * self.gap[JOIN][sight.gap],
            found[JOIN] * self.first_gap[sight.gap],
            found[END] * self.gap[END][sight.gap],
            found[HEAD] * self.gap[HEAD][sight.gap],
        )


USUAL: Final = Rates()

_UNTAUGHT = frozenset({"wide", "over", "unknown", "short"})
_ANY_UNTAUGHT = frozenset({"wide", "over", "unknown"})


@dataclass(frozen=True, slots=True)
class Guess:
    """A layout that a text may have."""

    begin: Rates
    """Where learning begins."""
    usual: Rates = USUAL
    """What is usual in such a layout; it holds back what is learned."""
    untaught: frozenset[str] = _UNTAUGHT
    """The gaps that no text of it teaches to be followed by a JOIN: there was no wrap."""
    blank_lines: tuple[float, float, float] = (5.0, 5.0, 5.0)
    """How many lines its usual empty lines weigh, after JOIN, END and HEAD."""
    indents: tuple[float, float, float] = (5.0, 5.0, 5.0)
    """How many lines its usual indents weigh, in the same way."""
    rarity: float = 0.0
    """How much likelier a text must be by it to be taken for it, as a logarithm."""


_PARTING = {"0": 0.03, "1": 0.8, "2": 0.15, "page": 0.02}
_UNBROKEN = {"0": 0.97, "1": 0.01, "2": 0.004, "page": 0.016}
_EVERYWHERE = {"0": 0.07, "1": 0.83, "2": 0.08, "page": 0.02}
ANY_GAP = _gaps(full=0.4, weak=0.15, near=0.15, indented=0.1, short=0.15, widest=0.03)
_INDENTED = {"same": 0.05, "in": 0.9, "far": 0.05}

_RAGGED = Rates(gap=(ANY_GAP, *GAP[1:]), first_gap=ANY_GAP)

# Where every paragraph has the same mark (an empty line after it, an indent) and no other line has, it is the
# mark that tells. So a paragraph may end without a full stop: a headline of several lines does.
_ANY_END: Final[Table] = (
    ENDING[JOIN],
    _ends(final=0.68, spoken=0.2, colon=0.035, semicolon=0.015, comma=0.0095, none=0.06, head=0.0003),
    ENDING[HEAD],
)
_PARTED = Rates(
    ending=_ANY_END,
    blank=(
        {"0": 0.992, "1": 0.0005, "2": 0.0005, "page": 0.007},
        {"0": 0.02, "1": 0.8, "2": 0.16, "page": 0.02},
        {"0": 0.05, "1": 0.73, "2": 0.2, "page": 0.02},
    ),
)
_PARTED_RAGGED = replace(_PARTED, gap=_RAGGED.gap, first_gap=ANY_GAP)
_ALL_INDENTED = Rates(
    ending=_ANY_END,
    indent=(
        {"same": 0.999, "in": 0.0005, "far": 0.0005},
        {"same": 0.02, "in": 0.93, "far": 0.05},
        {"same": 0.05, "in": 0.88, "far": 0.07},
    ),
)
_FIRM = (2000.0, 30.0, 30.0)

GUESSES: Final = (
    Guess(USUAL),
    # An empty line parts paragraphs; the same, of lines of any length; an empty line follows every line.
    Guess(Rates(blank=(_UNBROKEN, _PARTING, _PARTING))),
    Guess(replace(_RAGGED, blank=(_UNBROKEN, _PARTING, _PARTING)), _RAGGED, _ANY_UNTAUGHT, rarity=10.0),
    Guess(Rates(blank=(_EVERYWHERE, _EVERYWHERE, _EVERYWHERE))),
    # An indent begins a paragraph.
    Guess(Rates(indent=({"same": 0.985, "in": 0.01, "far": 0.005}, _INDENTED, _INDENTED))),
    # A line is a paragraph: nothing was wrapped.
    Guess(Rates(steps=((0.5, 0.5, 0.0), (0.02, 0.9, 0.08), (0.02, 0.68, 0.3)))),
    # Only empty lines part paragraphs, and none stands inside one; the same, of lines of any length. Here the
    # usual is firm: a text that shows otherwise does not bend it, and is likelier by another guess.
    Guess(_PARTED, _PARTED, blank_lines=_FIRM),
    Guess(_PARTED_RAGGED, _PARTED_RAGGED, _ANY_UNTAUGHT, blank_lines=_FIRM),
    # Every paragraph is indented, and no other line.
    Guess(_ALL_INDENTED, _ALL_INDENTED, indents=_FIRM),
)
