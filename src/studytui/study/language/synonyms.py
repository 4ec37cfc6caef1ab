"""English words near enough in meaning that two glosses with them could both be called right.

Wider than a thesaurus on purpose: a wrong option that is turned away costs nothing, one that is right does.
"""

from __future__ import annotations

from functools import cache

from studytui.study.language.stem import stem
from studytui.text.word_lists import lines


@cache
def _concepts() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in lines("synonyms.txt"):
        name = f"~{group.split()[0]}"
        for word in group.split():
            found.setdefault(stem(word), set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def concepts(stems: frozenset[str]) -> frozenset[str]:
    """The stems and the groups they are in, named by the group's first word (`~increase`)."""
    known = _concepts()
    return stems.union(*(known[word] for word in stems if word in known))
