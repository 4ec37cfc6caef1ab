"""English stems, for comparing glosses."""

from __future__ import annotations

import re
from functools import lru_cache

_DOUBLED = re.compile(r"([b-df-hj-np-rt-z])\1$")
_SUFFIXES = (
    "izations", "ization", "isation", "ations", "ation", "ments", "ment", "nesses", "ness", "ities", "ity",
    "fully", "ful", "ingly", "ings", "ing", "edly", "ied", "ies", "ed", "ions", "ion", "ives", "ive",
    "ance", "ence", "ants", "ant", "ent", "ically", "ical", "ally", "als", "al", "ers", "er", "ors", "or",
    "ably", "able", "ible", "ly", "es", "s", "e", "y",
)  # fmt: skip


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word's stem: cut harder than a stemmer would, since two words too alike is the safe mistake."""
    stemmed = _DOUBLED.sub(r"\1", word.removesuffix("'s"))
    for _ in range(2):
        for suffix in _SUFFIXES:
            least = 3 if suffix in ("s", "es", "e", "y", "ing", "ings") else 4
            if (
                stemmed.endswith(suffix)
                and len(stemmed) - len(suffix) >= least
                and not stemmed.endswith("ss")
            ):
                stemmed = stemmed[: -len(suffix)]
                break
    return stemmed
