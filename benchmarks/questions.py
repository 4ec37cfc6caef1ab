"""Draws questions over texts for a person to judge, and counts the judgements.

    python benchmarks/questions.py FILE... [--count 200] [--seed 1] [--sheet judged.tsv]
    python benchmarks/questions.py --tally judged.tsv

The first prints the questions with their options, families and reasons, spread evenly over the texts; with
`--sheet` it also writes a table with an empty column `fault`. Write a word in it where a question is not
good (`two answers`, `gives away`, `silly option`, `bad sentence`, `bad phrase`, `bad gloss`, …) and leave it
empty where a teacher could set it. The second counts what was written, by kind.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections import Counter
from pathlib import Path

from studytui.errors import StudytuiError
from studytui.study.phrases.ranking import key_phrases
from studytui.study.questions.question import Question
from studytui.study.questions.quiz import quiz
from studytui.study.vocabulary import Status
from studytui.text.annotate import open_annotator
from studytui.text.reflow.reflow import read_document
from studytui.text.source.source import load

COLUMNS = ("text", "kind", "form", "fault", "prompt", "hints", "answer", "options", "reasons")


def new(_: str) -> Status:
    """Nothing is known: the hardest case, where everything is asked by choice."""
    return "new"


def drawn(names: list[str], count: int, seed: int, phrases: int) -> list[tuple[str, Question]]:
    """`count` questions, as many of each text as it has to give."""
    annotator = open_annotator()
    each: list[list[tuple[str, Question]]] = []
    for name in names:
        document = annotator.document(read_document(load(name)))
        found = key_phrases(document, annotator.lexicon, new, phrases)
        asked = quiz(found, document, annotator.lexicon, new, count, seed)
        each.append([(document.document.title, question) for question in asked])
    rng = random.Random(seed)
    taken: list[tuple[str, Question]] = []
    for place in range(count):
        for questions in sorted(each, key=len):
            if place < len(questions) and len(taken) < count:
                taken.append(questions[place])
    rng.shuffle(taken)
    return taken


def show(number: int, title: str, question: Question) -> str:
    """A question as the judge reads it."""
    lines = [f"{number}. [{question.kind}, {question.form}] {question.prompt}    ({title})"]
    lines += [f"      hint: {hint}" for hint in question.hints]
    lines += [
        f"   {'*' if option.family == 'answer' else ' '} {place}) {option.text}   {option.family}"
        for place, option in question.numbered
    ]
    lines.append(f"      answer: {question.answer}")
    lines += [f"      - {reason}" for reason in question.reasons]
    # The linter's view of the other sentences with the phrase; of all, where none served.
    others = question.linted[1:] if question.kind == "cloze" else question.linted
    for each in others:
        verdict = "would serve, too" if each.taken else "passed over"
        lines.append(f"      ~ {verdict} ({each.fitness:.2f}): {each.text}: {'; '.join(each.reasons)}")
    return "\n".join(lines)


def write_sheet(path: Path, questions: list[tuple[str, Question]]) -> None:
    """The table to be judged."""
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file, dialect="excel-tab")
        sheet.writerow(COLUMNS)
        for title, question in questions:
            options = " / ".join(f"{option.text} ({option.family})" for option in question.options)
            sheet.writerow(
                (
                    title,
                    question.kind,
                    question.form,
                    "",
                    question.prompt,
                    " / ".join(question.hints),
                    question.answer,
                    options,
                    "; ".join(question.reasons),
                )
            )


def tally(path: Path) -> str:
    """The judgements counted: a line for each kind, then one for each fault."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, dialect="excel-tab"))
    total = Counter(row["kind"] for row in rows)
    good: Counter[str] = Counter()
    faults: Counter[tuple[str, str]] = Counter()
    for row in rows:
        fault = row["fault"].strip()
        if fault:
            faults[fault, row["kind"]] += 1
        else:
            good[row["kind"]] += 1
    lines = [f"{'kind':<14}{'asked':>6}{'good':>6}{'share':>8}"]
    lines += [
        f"{kind:<14}{total[kind]:>6}{good[kind]:>6}{good[kind] / total[kind]:>8.0%}" for kind in sorted(total)
    ]
    asked = sum(total.values())
    lines.append(f"{'all':<14}{asked:>6}{sum(good.values()):>6}{sum(good.values()) / max(1, asked):>8.0%}")
    lines += [f"{fault} ({kind}): {count}" for (fault, kind), count in faults.most_common()]
    return "\n".join(lines)


def main() -> int:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", nargs="*", metavar="FILE", help="a path, or the name of a bundled deck")
    parser.add_argument("--count", type=int, default=200, help="how many questions (200)")
    parser.add_argument("--seed", type=int, default=1, help="of the draw (1)")
    parser.add_argument("--phrases", type=int, default=60, help="key phrases of each text (60)")
    parser.add_argument("--sheet", type=Path, help="also write a table to be judged, tab-separated")
    parser.add_argument("--tally", type=Path, help="count the judgements of such a table, and nothing else")
    given = parser.parse_args()
    try:
        if given.tally is not None:
            print(tally(given.tally))
            return 0
        if not given.texts:
            parser.error("name at least one text")
        questions = drawn(given.texts, given.count, given.seed, given.phrases)
        if given.sheet is not None:
            write_sheet(given.sheet, questions)
    except (StudytuiError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    for number, (title, question) in enumerate(questions, start=1):
        print(show(number, title, question))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
