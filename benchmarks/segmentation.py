"""Word segmentation F1 on the SIGHAN 2005 test data, and readings of the CPP polyphone test.

    python benchmarks/segmentation.py FOLDER [--errors N]

FOLDER holds what is at hand of `{pku,msr,cityu}_test_gold.utf8`, `as_testing_gold.utf8` (SIGHAN 2005,
icwb2-data) and `cpp_test.sent`, `cpp_test.lb` (g2pM's CPP); neither may be shipped with us. Figures are
printed, not judged: the corpora disagree with each other on what a word is.

F1 in November 2026 (jieba as it comes: PKU .818, MSR .813):

    PKU .900   MSR .877   CityU .852   AS .859   (traditional text is converted for the cut)
    CPP test .939 of 10,254 polyphones; .946 with the dictionary's neutral tones taken as right

The weights of the readings were fitted on CPP's development set; names, numerals and the few constants of
segmentation were looked over on PKU and MSR themselves.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from studytui.text.characters import is_han
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.pronunciation.token_readings import Reader
from studytui.text.words.segment import Segmenter

GOLDS = ("pku_test_gold", "msr_test_gold", "cityu_test_gold", "as_testing_gold")


def spans(pieces: Iterable[str]) -> set[tuple[int, int]]:
    """The pieces' places in the text that they make together."""
    found: set[tuple[int, int]] = set()
    start = 0
    for piece in pieces:
        found.add((start, start + len(piece)))
        start += len(piece)
    return found


def segmentation(segmenter: Segmenter, gold: Path, errors: int) -> None:
    """Prints precision, recall and F1 over one gold file, and its commonest errors."""
    right = ours = theirs = characters = 0
    joins: Counter[str] = Counter()
    splits: Counter[str] = Counter()
    begin = time.perf_counter()
    for line in gold.read_text(encoding="utf-8-sig").splitlines():
        pieces = line.split()
        text = "".join(pieces)
        characters += len(text)
        cut = [token.text for token in segmenter.tokens(text)]
        a, b = spans(cut), spans(pieces)
        right, ours, theirs = right + len(a & b), ours + len(a), theirs + len(b)
        if errors:
            starts_a, starts_b = {start for start, _ in a}, {start for start, _ in b}
            for start, end in a - b:
                inner = "|".join(_cut(text, start, end, starts_b))
                if "|" in inner and end in starts_b | {len(text)} and start in starts_b:
                    joins[inner] += 1
            for start, end in b - a:
                inner = "|".join(_cut(text, start, end, starts_a))
                if "|" in inner and end in starts_a | {len(text)} and start in starts_a:
                    splits[inner] += 1
    seconds = time.perf_counter() - begin
    precision, recall = right / ours, right / theirs
    f1 = 2 * precision * recall / (precision + recall)
    print(
        f"{gold.stem:18} P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}  "
        f"({characters} characters in {seconds:.1f} s)"
    )
    for title, counted in (("joined, should be", joins), ("cut, should be one", splits)):
        if errors:
            print(f"  {title}:", " ".join(f"{piece}×{n}" for piece, n in counted.most_common(errors)))


def _cut(text: str, start: int, end: int, starts: set[int]) -> Iterable[str]:
    cuts = [start, *sorted(place for place in starts if start < place < end), end]
    return (text[a:b] for a, b in pairwise(cuts))


def readings(segmenter: Segmenter, reader: Reader, folder: Path, name: str, errors: int) -> None:
    """Prints how many of the CPP test's polyphones are read right."""
    sentences = (folder / f"{name}.sent").read_text(encoding="utf-8").splitlines()
    labels = (folder / f"{name}.lb").read_text(encoding="utf-8").split()
    right = neutral = 0
    wrong: Counter[str] = Counter()
    seconds = time.perf_counter()
    for marked, label in zip(sentences, labels, strict=True):
        before, target, after = re.split("▁", marked)[:3]
        text, place = before + target + after, len(before)
        tokens = segmenter.tokens(text)
        at, token = next((at, token) for at, token in enumerate(tokens) if token.end > place)
        syllables = reader.syllables(token.text, text, token.start, token.kind, tokens, at)
        # A number's digits and a foreign name's dots have no syllable.
        chinese = [offset for offset, character in enumerate(token.text) if is_han(character)]
        aligned = dict(zip(chinese, syllables, strict=len(syllables) == len(chinese)))
        read = aligned.get(place - token.start, "?").lower()
        if read == label.lower():
            right += 1
        elif read[:-1] == label[:-1] and read.endswith("5"):
            neutral += 1
        else:
            wrong[f"{target}:{label}<>{read}"] += 1
    seconds = time.perf_counter() - seconds
    print(
        f"{name:18} {right / len(labels):.4f} of {len(labels)} polyphones in {seconds:.1f} s; "
        f"{(right + neutral) / len(labels):.4f} with neutral tones (关系, 知识) taken as right"
    )
    if errors:
        print("  wrong:", " ".join(f"{case}×{n}" for case, n in wrong.most_common(errors)))


def main() -> None:
    """Measures what is in the folder."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--errors", type=int, default=0, help="show the N commonest errors of each kind")
    arguments.add_argument("--only", default="", help="only files whose name begins so")
    options = arguments.parse_args()
    lexicon = Lexicon.open()
    with tempfile.TemporaryDirectory() as cache:
        segmenter = Segmenter(lexicon, Path(cache))
        segmenter.load()
        for name in GOLDS:
            gold = options.folder / f"{name}.utf8"
            if gold.is_file() and name.startswith(options.only):
                segmentation(segmenter, gold, options.errors)
        for name in ("cpp_dev", "cpp_test"):
            if (options.folder / f"{name}.sent").is_file() and name.startswith(options.only):
                readings(segmenter, Reader(lexicon), options.folder, name, options.errors)


if __name__ == "__main__":
    main()
