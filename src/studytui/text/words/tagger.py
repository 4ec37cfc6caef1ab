"""The part of speech of each word in its sentence: 研究 is a noun in 他们的研究, a verb in 想研究历史.

A linear model chooses among the classes that the dictionary allows a word, by the words and classes beside it
(M. Collins, "Discriminative training methods for hidden Markov models", EMNLP 2002: an averaged perceptron,
here from left to right without search). `benchmarks/teach_tagger.py` makes its weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from studytui.text.token import Token
from studytui.text.word_lists import lines

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon

Weights = Mapping[str, Mapping[str, int]]
"""By feature: for each class, how much it speaks for it."""

EDGE = "x"
"""Where a sentence or a clause begins or ends."""
_KINDS = {"punctuation": EDGE, "number": "m", "name": "n", "latin": "n"}
"""What a token that is no word counts as."""


@cache
def weights() -> Weights:
    """The model's weights, read once.

    Raises StudytuiError when their file cannot be read.
    """
    table: dict[str, dict[str, int]] = {}
    for line in lines("tagger_weights.tsv"):
        feature, *classes = line.split("\t")
        table[feature] = {each[0]: int(each[1:]) for each in classes}
    return table


def tags(tokens: Sequence[Token], headwords: Sequence[str], lexicon: Lexicon) -> list[str]:
    """A letter for each token: n, v, a, d (adverb), t (time), o (other), m (number), x (punctuation).

    Of a paragraph's tokens and their simplified forms. A word that the dictionary has not is a noun.
    """
    return tagged(allowed_classes(tokens, headwords, lexicon), headwords, weights())


def allowed_classes(tokens: Sequence[Token], headwords: Sequence[str], lexicon: Lexicon) -> list[str]:
    """What each token may be, the likeliest first."""
    return [
        _KINDS.get(token.kind) or lexicon.classes(headword) or "n"
        for token, headword in zip(tokens, headwords, strict=True)
    ]


def tagged(allowed: Sequence[str], headwords: Sequence[str], weights: Weights) -> list[str]:
    """The class of each word, of those that are `allowed` it."""
    found: list[str] = []
    for place, classes in enumerate(allowed):
        if len(classes) == 1:
            found.append(classes)
            continue
        known = [
            row for feature in features(place, allowed, headwords, found) if (row := weights.get(feature))
        ]
        best, most = classes[0], sum([row.get(classes[0], 0) for row in known])
        for each in classes[1:]:
            if (merit := sum([row.get(each, 0) for row in known])) > most:
                best, most = each, merit
        found.append(best)
    return found


def features(
    place: int, allowed: Sequence[str], headwords: Sequence[str], before: Sequence[str]
) -> tuple[str, ...]:
    """What is known of the word at `place`; `before` are the classes of the words before it."""
    headword, classes = headwords[place], allowed[place]
    last = len(headwords) - 1
    left = headwords[place - 1] if place else EDGE
    right = headwords[place + 1] if place < last else EDGE
    left_class = before[place - 1] if place else EDGE
    right_class = allowed[place + 1][0] if place < last else EDGE
    further = allowed[place + 2][0] if place + 1 < last else EDGE
    length = "1" if len(headword) == 1 else "2"
    return (
        f"w{headword}",
        f"c{classes}",
        f"l{left}",
        f"r{right}",
        f"L{left_class}{length}",
        f"R{right_class}{length}",
        f"B{left_class}{right_class}",
        f"F{right_class}{further}",
        f"D{before[place - 2] if place > 1 else EDGE}{left_class}",
        f"C{classes}{left_class}{right_class}",
        f"e{headword[-1]}",
    )
