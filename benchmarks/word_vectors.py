"""Makes the vectors of words: `studytui/data/lists/word_vectors.tsv`.

    apt-get download sunpinyin-data sunpinyin-utils libsunpinyin3v5
    for each in *.deb; do dpkg -x $each sunpinyin; done
    sunpinyin/usr/bin/tslminfo -v -p sunpinyin/usr/lib/*/sunpinyin/data/lm_sc.t3g > bigrams.txt
    pip install numpy scipy scikit-learn
    python benchmarks/word_vectors.py bigrams.txt sunpinyin/usr/lib/*/sunpinyin/data/pydict_sc.bin \
        > src/studytui/data/lists/word_vectors.tsv

The bigrams of open-gram, a language model of Chinese prose, say what stands beside what. Positive pointwise
mutual information of each word with its left and its right neighbours, brought down to a few dimensions by a
singular value decomposition, puts words together that stand in the same places (O. Levy, Y. Goldberg and
I. Dagan, "Improving distributional similarity", TACL 2015).

Given judged pairs of a word and an option (`word`, `option`, `verdict`; tab-separated) with `--judged`, it
also says on standard error how well nearness tells options that can stand in the word's place from others.
"""

from __future__ import annotations

import argparse
import base64
import csv
import struct
import sys
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.metrics import roc_auc_score
from sklearn.utils.extmath import randomized_svd

from studytui.study.language.word_vectors import MEANING, PLACE, UNIT
from studytui.text.lexicon.lexicon import Lexicon

LEAST_MET = 10
"""A word with fewer different neighbours has no vector worth having."""
COMMON = 3.0
"""Zipf frequency from which a word is taken, if no list of levels has it; idioms are, always."""
IDIOM = 4
MARKS = "，。；？！：、"
"""Punctuation whose place counts, too: what stands before a comma ends something."""
_HEAD = """\
# Where words stand (`study/language/word_vectors.py`): a word, then base64 of {meaning} signed bytes for what
# it is like, one for how firmly it keeps its place, {place} each for what it asks of those after and before.
# Source: made by benchmarks/word_vectors.py from the bigrams of open-gram 0.1.22 (sunpinyin-data; Kefu Chai,
# Yong Sun, Wei Xue, Mike Qin, virus huo, Tinyfool; CC BY-SA 3.0). CC BY-SA 4.0."""


def dictionary(path: Path) -> list[str]:
    """The words of sunpinyin's dictionary by their numbers: UTF-32, each ended by a zero."""
    data = path.read_bytes()
    count, _, start = struct.unpack("<3I", data[:12])
    return data[start:].decode("utf-32-le", errors="replace").split("\0")[:count]


def bigrams(path: Path) -> tuple[dict[int, float], Any, Any, Any]:
    """How often each word is met; then first words, second words and probabilities of the second."""
    single: dict[int, float] = {}
    first: list[int] = []
    second: list[int] = []
    share: list[float] = []
    level = ""
    with path.open(encoding="ascii") as lines:
        for line in lines:
            if line.startswith("\\"):
                level = line[1]
            elif level == "1":
                number, probability, *_ = line.split()
                single[int(number)] = float(probability)
            elif level == "2":
                left, right, probability, *_ = line.split()
                first.append(int(left))
                second.append(int(right))
                share.append(float(probability))
            elif level == "3":
                break
    return single, np.array(first), np.array(second), np.array(share)


def chosen(words: list[str], single: dict[int, float], lexicon: Lexicon) -> list[int]:
    """The numbers of the words to learn from; of two numbers of one word, the commoner."""
    best: dict[str, int] = {}
    for number, word in enumerate(words):
        if not single.get(number) or not 0 < len(word) <= IDIOM or not (word in MARKS or word in lexicon):
            continue
        if word not in best or single[number] > single[best[word]]:
            best[word] = number
    return sorted(best.values())


def is_wanted(word: str, lexicon: Lexicon) -> bool:
    """Whether a word gets a line: one that a learner may meet."""
    return (
        word in MARKS
        or lexicon.level(word) is not None
        or (lexicon.frequency(word) or 0.0) >= COMMON
        or (len(word) == IDIOM and lexicon.frequency(word) is not None)
    )


def information(rows: Any, columns: Any, joint: Any, single: Any, place: Any, size: int) -> sparse.csr_matrix:
    """Positive pointwise mutual information, a row for each chosen word."""
    kept = place[rows] >= 0
    value = np.log(joint[kept] / (single[rows[kept]] * single[columns[kept]]))
    return sparse.csr_matrix(
        (np.maximum(value, 0.0), (place[rows[kept]], columns[kept])), shape=(size, len(single))
    )


def packed(*parts: Any) -> str:
    """Figures as signed bytes, in base64."""
    whole = np.concatenate([np.atleast_1d(part) for part in parts])
    return base64.b64encode(np.clip(np.rint(whole), -127, 127).astype(np.int8).tobytes()).decode("ascii")


def main() -> int:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bigrams", type=Path, help="what tslminfo prints")
    parser.add_argument("dictionary", type=Path, help="pydict_sc.bin")
    parser.add_argument("--judged", type=Path, help="pairs of word and option with a verdict")
    given = parser.parse_args()
    words = dictionary(given.dictionary)
    met, first, second, share = bigrams(given.bigrams)
    single = np.full(max(len(words), max(met) + 1), 1e-12)
    single[list(met)] = list(met.values())
    lexicon = Lexicon.open()
    numbers = chosen(words, met, lexicon)
    place = np.full(len(single), -1)
    place[numbers] = np.arange(len(numbers))
    joint = single[first] * share
    after = information(first, second, joint, single, place, len(numbers))
    before = information(second, first, joint, single, place, len(numbers))
    whole = sparse.hstack([after, before]).tocsr()
    own, weight, other = randomized_svd(whole, MEANING, random_state=1, n_iter=4)
    length = np.linalg.norm(own, axis=1)
    like = own / np.maximum(length, 1e-12)[:, None]
    # What it asks of its neighbours: the same dimensions from the neighbours' side.
    asks = other.T * weight
    wants_after = asks[len(single) :][numbers][:, :PLACE]
    wants_before = asks[: len(single)][numbers][:, :PLACE]
    firm = 127 / np.quantile(length, 0.999)
    most = np.quantile(np.abs(np.concatenate([wants_after, wants_before])), 0.999)
    enough = np.diff(whole.indptr) >= LEAST_MET
    print(_HEAD.format(meaning=MEANING, place=PLACE))
    for row, number in enumerate(numbers):
        if enough[row] and is_wanted(words[number], lexicon):
            print(
                words[number],
                packed(
                    like[row] * UNIT,
                    length[row] * firm,
                    wants_after[row] * 127 / most,
                    wants_before[row] * 127 / most,
                ),
                sep="\t",
            )
    if given.judged is not None:
        rows = {words[number]: row for row, number in enumerate(numbers)}
        with given.judged.open(encoding="utf-8", newline="") as table:
            pairs = [
                (pair["verdict"] != "silly", float(like[rows[pair["word"]]] @ like[rows[pair["option"]]]))
                for pair in csv.DictReader(table, dialect="excel-tab")
                if pair["word"] in rows and pair["option"] in rows
            ]
        right, near = zip(*pairs, strict=True)
        print(f"{len(pairs)} pairs: area under the curve {roc_auc_score(right, near):.3f}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
