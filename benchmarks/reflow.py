"""How well reflow undoes what files do to paragraphs: `python benchmarks/reflow.py [CLEAN...]`.

CLEAN is a text with one paragraph a line; without one, the bundled decks are used, as they are reflowed.
Each is broken in eight ways at several widths and seeds, and reflowed. Printed for each way: the F1 of the
boundaries (mean and worst), whether every character came back, and characters a second. Before it, of made-up
texts whose lines were never wrapped, the share of lines that did not stay as they were. Nothing is asserted.
"""

from __future__ import annotations

import sys
from collections import Counter
from itertools import product
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from studytui.text.reflow.reflow import reflow
from studytui.text.source.encoding import decode
from studytui.text.source.source import bundled, load
from tests.text.faults import FAULTS, bare, broken, f1
from tests.text.unwrapped import KINDS, unwrapped

WIDTHS = (20, 28, 36, 48, 64, 80)
"""Cells: lines of ten to forty characters."""
SEEDS = (1, 2, 3)


def paragraphs(names: list[str]) -> dict[str, list[str]]:
    """The paragraphs of each text."""
    if not names:
        return {
            deck.name: [paragraph.text for paragraph in reflow(load(deck.name).text).paragraphs]
            for deck in bundled()
        }
    lines = {name: decode(Path(name).read_bytes())[0].splitlines() for name in names}
    return {name: [line.strip() for line in found if line.strip()] for name, found in lines.items()}


def print_unwrapped() -> None:
    """Print how many lines of texts that were never wrapped are joined or cut."""
    print("never wrapped: lines, and the share of them that is wrong without marks, with 。 and with ，")
    forms = list(product((4, 8, 16, 40, 120), SEEDS, (False, True), ("", "\u3000\u3000")))
    for kind in KINDS:
        shares: list[str] = []
        total = 0
        for mark in ("", "。", "，"):
            wrong = written = 0
            for count, seed, blanks, indent in forms:
                made = unwrapped(kind, count, seed, mark, blanks, indent)
                wanted = Counter(bare(line) for line in made if line)
                paragraphs = reflow("\n".join(made)).paragraphs
                found = Counter(bare(line) for each in paragraphs for line in each.text.split("\n"))
                written += wanted.total()
                wrong += (wanted - found).total()
            total += written
            shares.append(f"{wrong / written:.4f}")
        print(f"  {kind:<12} {total:>6}  {'  '.join(shares)}")


def main() -> None:
    """Print the figures of every text."""
    print_unwrapped()
    for name, clean in paragraphs(sys.argv[1:]).items():
        print(f"{name}: {len(clean)} paragraphs, {sum(map(len, clean)):,} characters")
        print(f"  {'fault':<14} {'F1':>6} {'worst':>6} {'whole':>6} {'characters/s':>13}")
        for fault in FAULTS:
            figures: list[float] = []
            whole = True
            characters = 0
            seconds = 0.0
            for width in WIDTHS:
                for seed in SEEDS:
                    text = broken(clean, fault, width, seed)
                    begin = perf_counter()
                    found = [paragraph.text for paragraph in reflow(text).paragraphs]
                    seconds += perf_counter() - begin
                    characters += len(text)
                    figures.append(f1(clean, found))
                    whole = whole and bare("".join(found)) == bare("".join(clean))
            mean = sum(figures) / len(figures)
            print(
                f"  {fault:<14} {mean:>6.3f} {min(figures):>6.3f} {'yes' if whole else 'NO':>6}"
                f" {characters / seconds:>13,.0f}"
            )
        unchanged = f1(clean, [paragraph.text for paragraph in reflow("\n".join(clean)).paragraphs])
        print(f"  {'clean':<14} {unchanged:>6.3f}")


if __name__ == "__main__":
    main()
