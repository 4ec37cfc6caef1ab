"""How well a placement tells which words of a text a learner knows, beside what a level alone tells.

    python benchmarks/knowledge.py [FILE...]

Learners are made by rules of their own, not by the model: they learned by a list, by reading, know none but
the commonest words, or have written words from Japanese; one has the level that is said by ear alone. Each
answers a placement; then the running words of the texts are judged. Without files some bundled texts are
taken, to see that it runs, no more.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from hashlib import blake2b
from random import Random

from studytui.study.knowledge import PROBABLE, Knowledge
from studytui.study.placement import Placement
from studytui.study.transparent import parts_of
from studytui.text.annotate import Annotator, open_annotator
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.reflow.reflow import read_document
from studytui.text.source.source import load

Learner = Callable[[str], bool]
DECKS = ("two-teas", "broken-chair", "margins", "newspaper")


def _draw(learner: str, word: str) -> float:
    """The same number, 0 to 1, each time."""
    return int.from_bytes(blake2b(f"{learner}\t{word}".encode(), digest_size=4).digest()) / 2**32


def _whole(lexicon: Lexicon, name: str, chance: Callable[[str], float]) -> Learner:
    """A learner who knows a word by chance, and what is made of known words."""

    def knows(word: str) -> bool:
        parts = parts_of(word, lexicon)
        if parts is not None and all(map(knows, parts)):
            return _draw(name, word) < 0.97
        return _draw(name, word) < chance(word)

    return knows


def learners(lexicon: Lexicon) -> dict[str, tuple[int, Learner]]:
    """By name: the level that the learner says, and whether a word is known."""
    found: dict[str, tuple[int, Learner]] = {}
    for level in range(1, 8):

        def by_list(word: str, level: int = level) -> float:
            of = lexicon.level(word)
            if of is None:
                return 0.6 if (lexicon.frequency(word) or 0) > 6 - level / 3 else 0.04
            return 0.95 if of <= level else 0.3 if of == level + 1 else 0.05

        found[f"list {level}"] = (level, _whole(lexicon, f"list {level}", by_list))
    for zipf in (5.2, 4.7, 4.2, 3.6):

        def by_reading(word: str, zipf: float = zipf) -> float:
            above = (lexicon.frequency(word) or 0.0) - zipf
            return 0.97 if above > 0.4 else 0.75 if above > 0 else 0.3 if above > -0.4 else 0.03

        level = {5.2: 1, 4.7: 3, 4.2: 5, 3.6: 6}[zipf]
        found[f"reads {zipf}"] = (level, _whole(lexicon, f"reads {zipf}", by_reading))

    def by_japanese(word: str) -> float:
        if lexicon.classes(word)[:1] in ("o", "d"):
            return 0.1  # 了, 吗, 已经: Japanese writes none of them so
        formal = len(word) > 1 and (lexicon.level(word) or 7) >= 3
        return 0.9 if formal else 0.7

    ranked = sorted(
        (word for length in (1, 2, 3) for word in lexicon.headwords(length)),
        key=lambda word: -(lexicon.frequency(word) or 0.0),
    )
    for count in (0, 30, 100, 200):
        first = frozenset(ranked[:count])
        found[f"first {count}"] = (0, first.__contains__)
    found["Japanese"] = (0, _whole(lexicon, "Japanese", by_japanese))
    found["HSK 4 by ear"] = (4, lambda word: (lexicon.level(word) or 9) == 1 and _draw("ear", word) < 0.05)
    return found


def main(names: list[str]) -> None:
    """Prints a line a learner."""
    annotator: Annotator = open_annotator()
    lexicon = annotator.lexicon
    words = [
        word.headword
        for name in names
        for paragraph in annotator.document(read_document(load(name))).words
        for word in paragraph
        if word.token.kind == "word"
    ]
    print(f"{len(words)} running words of {len(names)} texts")
    print(f"{'learner':14}{'knows':>7}{'level':>8}{'+parts':>8}{'placed':>8}{'asked':>7}{'ability':>9}")
    for name, (level, knows) in learners(lexicon).items():
        placement = Placement(lexicon, level, Random(7))
        while not placement.done:
            word = placement.word
            placement.answer(knows(word) if word in lexicon else _draw(name, word) < 0.05)
        knowledge = placement.knowledge

        def listed(word: str, level: int = level) -> bool:
            return (lexicon.level(word) or 9) <= level

        def parted(word: str, by: Learner = listed) -> bool:
            parts = parts_of(word, lexicon)
            return by(word) or (parts is not None and all(parted(part, by) for part in parts))

        def modelled(word: str, knowledge: Knowledge = knowledge) -> bool:
            parts = parts_of(word, lexicon)
            if parts is not None and all(modelled(part, knowledge) for part in parts):
                return True
            return knowledge.chance(word) >= PROBABLE

        truth = [knows(word) for word in words]
        right = [
            sum(by(word) == true for word, true in zip(words, truth, strict=True)) / len(words)
            for by in (listed, parted, modelled)
        ]
        asked = len(placement.answers)
        shares = "".join(f"{share:8.1%}" for share in right)
        print(f"{name:14}{sum(truth) / len(words):7.0%}{shares}{asked:7}{knowledge.ability[0]:9.1f}")


if __name__ == "__main__":
    main(sys.argv[1:] or list(DECKS))
