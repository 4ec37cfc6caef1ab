"""Sentences of free collections with their translation: examples beside those of the learner's texts.

`hatch_build.py` makes the table; `NOTICE.md` names the collections and their licences.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGED = Path(__file__).parents[2] / "data" / "sentences.tsv"

HANDY = 14
"""Characters of a sentence that says enough and is read at a glance."""


@dataclass(frozen=True, slots=True)
class CollectedSentence:
    """A sentence of a collection."""

    text: str
    """In simplified characters."""
    english: str
    source: str
    """The collection's name."""


def sentences_with(headword: str) -> tuple[CollectedSentence, ...]:
    """The sentences in which these characters stand, those of a handy length first.

    Whether they are that word there is not looked at.
    """
    found = [each for each in _sentences(PACKAGED) if headword in each.text]
    return tuple(sorted(found, key=lambda each: (abs(len(each.text) - HANDY), each.text)))


@cache
def _sentences(path: Path) -> tuple[CollectedSentence, ...]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return ()  # examples are an addition: a learner's own texts have some
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple(CollectedSentence(*row) for row in rows if len(row) == 3)
