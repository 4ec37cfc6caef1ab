"""Key phrases and clozes of a text: against a teacher's list, and laid out for a person to judge.

    python benchmarks/keyphrases.py FILE [--list LIST] [--limit N] [--known LEVEL] [--clozes]

LIST has a phrase a line; idioms begin with `I ` (a capital I and a space). Printed are the phrases with
`*` where they are on the list and `~` where they overlap with one that is, then recall at 30, 60 and
100, recall of idioms among the first N, and the time that finding them takes. `--known 3` stands for a
learner who has all of HSK 1 to 3. With `--clozes`, the best sentence of each phrase follows with the
linter's view, and how often each reason was given.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from pathlib import Path

from studytui.study.examples.cloze import judged
from studytui.study.language.gloss import in_a_line
from studytui.study.phrases.ranking import KeyPhrase, key_phrases
from studytui.study.vocabulary import Status
from studytui.text.annotate import open_annotator
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.reflow.reflow import read_document
from studytui.text.source.source import load
from studytui.text.token import AnnotatedDocument

RECALL_AT = (30, 60, 100)


class Learner:
    """Knows every word up to an HSK level."""

    def __init__(self, lexicon: Lexicon, level: int) -> None:
        self.lexicon = lexicon
        self.level = level

    def status(self, headword: str) -> Status:
        """`known` up to the level."""
        return "known" if (self.lexicon.level(headword) or 9) <= self.level else "new"


def teachers_list(path: Path | None) -> tuple[set[str], set[str]]:
    """All phrases of a list, and the idioms among them."""
    phrases: set[str] = set()
    idioms: set[str] = set()
    for line in path.read_text(encoding="utf-8").splitlines() if path else ():
        name = line.removeprefix("I ").removeprefix("- ").strip()
        if name and not name.startswith("#"):
            phrases.add(name)
            if line.startswith("I "):
                idioms.add(name)
    return phrases, idioms


def mark(phrase: str, wanted: set[str]) -> str:
    """`*` on the list, `~` overlapping with what is, a space otherwise."""
    if phrase in wanted:
        return "*"
    return "~" if any(phrase in other or other in phrase for other in wanted) else " "


def report(phrases: tuple[KeyPhrase, ...], wanted: set[str], idioms: set[str], limit: int) -> None:
    """Prints the phrases and how they compare with the list."""
    for place, phrase in enumerate(phrases[:limit], 1):
        gloss = in_a_line(phrase.gloss, 2)
        line = f"{place:3} {mark(phrase.phrase, wanted)} {phrase.score:.3f} {phrase.phrase}"
        print(f"{line}  {phrase.reading}  {gloss}")
        print(f"            {phrase.reason}")
    if not wanted:
        return
    first = {phrase.phrase for phrase in phrases[:limit]}
    print(f"\non the list: {len(first & wanted)} of {len(first)}")
    for size in RECALL_AT:
        found = {phrase.phrase for phrase in phrases[:size]} & wanted
        print(f"recall at {size}: {len(found)} of {len(wanted)}")
    if idioms:
        missed = sorted(idiom for idiom in idioms if not any(idiom in phrase for phrase in first))
        print(f"idioms: {len(idioms) - len(missed)} of {len(idioms)}; missed: {' '.join(missed)}")


def clozes(phrases: tuple[KeyPhrase, ...], document: AnnotatedDocument, learner: Learner) -> None:
    """Prints each phrase's best sentence and what the linter says."""
    reasons: Counter[str] = Counter()
    taken = 0
    for phrase in phrases:
        best = judged(phrase.occurrences, document, learner.lexicon, learner.status)[0]
        taken += best.taken
        reasons.update(re.sub(r"\d+|: .*|, .*,", "", reason) for reason in best.reasons)
        gap = "＿" * (best.end - best.start)
        shown = f"{best.text[: best.start]}{gap}{best.text[best.end :]}"
        print(f"{'+' if best.taken else '-'} {best.fitness:.2f} {shown}")
        print(f"       {phrase.phrase}: {'; '.join(best.reasons)}")
    print(f"\ntaken: {taken} of {len(phrases)}")
    for reason, count in reasons.most_common():
        print(f"{count:4} {reason}")


def main() -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--list", type=Path)
    parser.add_argument("--limit", type=int, default=40)
    parser.add_argument("--known", type=int, default=0, metavar="LEVEL")
    parser.add_argument("--clozes", action="store_true")
    options = parser.parse_args()
    annotator = open_annotator()
    document = annotator.document(read_document(load(options.file)))
    learner = Learner(annotator.lexicon, options.known)
    began = time.perf_counter()
    phrases = key_phrases(document, annotator.lexicon, learner.status, max(options.limit, *RECALL_AT))
    took = time.perf_counter() - began
    report(phrases, *teachers_list(options.list), options.limit)
    if options.clozes:
        print()
        clozes(phrases[: options.limit], document, learner)
    characters = sum(len(paragraph.text) for paragraph in document.document.paragraphs)
    print(f"\n{characters} characters in {took * 1000:.0f} ms, with an empty dictionary cache")


if __name__ == "__main__":
    main()
