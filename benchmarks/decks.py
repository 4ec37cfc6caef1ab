"""What of the bundled texts is above their level, for who writes one.

    python benchmarks/decks.py [NAME...]

One line a text: level, name, characters, the share of running words within the level, and the words above it
with their level (- where no list has them) and how often they stand there.
"""

from __future__ import annotations

import sys

from studytui.text.annotate import open_annotator
from studytui.text.source.source import bundled
from studytui.wording import hsk_band
from tests.text.deck_levels import above


def main(names: list[str]) -> None:
    """Print it of the texts that are named, or of all."""
    annotator = open_annotator()
    for deck in bundled():
        if names and deck.name not in names:
            continue
        found = above(deck, annotator)
        characters = len("".join(deck.path.read_text("utf-8").split()))
        told = []
        for word, count in found.words.most_common():
            level = annotator.lexicon.level(word)
            times = "" if count == 1 else f" x{count}"
            told.append(f"{word}({'-' if level is None else hsk_band(level)}){times}")
        head = f"{hsk_band(deck.level):<3} {deck.name:<24} {characters:>5}"
        print(f"{head} {found.share_within:.3f}  {', '.join(told)}")


if __name__ == "__main__":
    main(sys.argv[1:])
