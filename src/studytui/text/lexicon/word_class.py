"""What part of speech a word is, by the English of its dictionary entry and the tag of a corpus.

Neither tells by itself: the tags of the corpus are noisy (沙哑 a noun, 全额 a name), and the dictionary says
`to …` of verbs alone. What `hoarse`, `repeatedly` and `workmanship` are, a lexicon of English knows.

Standard library only: the wheel's build runs this before anything is installed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

_WEIGHTS = (1.0, 0.8, 0.6, 0.4, 0.3)
"""What the first gloss says of a word, the next, and so on."""
_TAGGED = 0.8
"""What the tag of the corpus says."""
_LEAST = 0.24
"""A share of what is said from which a class is one of the word's."""
_TAGS = {
    **dict.fromkeys(("n", "ng", "s", "j", "nz"), "n"),
    **dict.fromkeys(("v", "vg", "vi", "vq"), "v"),
    "vn": "vn",
    **dict.fromkeys(("a", "ag", "z", "b"), "a"),
    "ad": "ad",
    "an": "an",
    **dict.fromkeys(("d", "dg"), "d"),
    **dict.fromkeys(("t", "tg"), "t"),
    **dict.fromkeys(("r", "p", "c", "u", "y", "e", "o", "m", "q", "f", "k", "h", "i", "l"), "o"),
}
"""jieba's tags; what they leave open is missing."""
_ENGLISH = {
    "NN": "n", "NNS": "n", "NNP": "n", "NNPS": "n",
    "JJ": "a", "JJR": "a", "JJS": "a", "VBN": "a", "VBG": "a", "VBD": "a",
    "RB": "d", "RBR": "d", "RBS": "d", "EX": "d",
    "VB": "v", "VBP": "v", "VBZ": "v",
}  # fmt: skip
_ASIDE = re.compile(r"(?:(?<!\s)\s++)?[(\[][^()\[\]]*[)\]]")
_LABEL = re.compile(r"^(?:lit|fig|also|usu|coll|esp|abbr)\b\.?:?\s+", re.IGNORECASE)
_ADJECTIVAL = re.compile("(?:ful|ous|able|ible|less|ish|ic|ive)$")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_HOW_WORDS = "at in on by with without within under from for as to through out off"
_HOW = frozenset(_HOW_WORDS.split())
"""Beginnings of an adverbial: at once, by hand, in vain."""
_BEHIND_WORDS = """
of for in on at with from to by that which who whose where when like between among about
used than into as and or
"""
_BEHIND = frozenset(_BEHIND_WORDS.split())
"""What follows the head of an English noun phrase."""
_SAID_WORDS = "i you he she we they it there what how why who that's it's let's don't please"
_SAID = frozenset(_SAID_WORDS.split())
"""Beginnings of a whole sentence."""
_GRAMMAR = frozenset(("interjection", "particle", "marker", "suffix", "prefix", "classifier", "conjunction"))
"""What only words of grammar are called."""


def classes_of(glosses: Sequence[str], tag: str, english: Mapping[str, str]) -> str:
    """The classes of a word, the likeliest first: n, v, a, d (adverb), t (time) and o (other).

    Args:
        glosses: its dictionary's, in order; the first five count.
        tag: jieba's; empty where there is none.
        english: the commonest Penn Treebank tag of English words, in lower case.
    """
    said: defaultdict[str, float] = defaultdict(float)
    told = 0
    for gloss in glosses:
        found = _class_of(gloss, english)
        if found and told < len(_WEIGHTS):
            said[found] += _WEIGHTS[told]
            told += 1
    for found in _TAGS.get(tag, ""):
        # English has no word class for what these two are (今天 is `today`, 们 `plural marker`).
        said[found] += _TAGGED * (2.5 if found in "to" else 1) / len(_TAGS[tag])
    total = sum(said.values())
    order = sorted(said, key=lambda found: (-said[found], "nvadto".index(found)))
    # What the corpus has as a noun made of a verb or an adjective (vn, an) is one, whatever else.
    return "".join(
        found for found in order if said[found] >= _LEAST * total or (found == "n" and tag in ("vn", "an"))
    )


def _class_of(gloss: str, english: Mapping[str, str]) -> str:
    """The class that one gloss speaks for; empty where it does not tell."""
    text = gloss
    while (shorter := _LABEL.sub("", _ASIDE.sub("", text).strip())) != text:
        text = shorter
    words = [word.lower() for word in _WORD.findall(text)]
    if not words or words[0] in ("abbr", "see", "variant"):
        return ""  # it only points somewhere
    if words[0] == "to" and len(words) > 1:
        return "v"
    if words[0] in ("be", "become"):
        return "v"
    if words[0] in _SAID or not _GRAMMAR.isdisjoint(words):
        return "o"
    if words[0] in _HOW and len(words) > 1:
        return "d"
    if len(words) > 1 and words[0] in ("a", "an", "the", "one's"):
        return "n"
    head = next((place for place, word in enumerate(words[1:], 1) if word in _BEHIND), len(words)) - 1
    return _tagged(words[head], english)


def _tagged(word: str, english: Mapping[str, str]) -> str:
    tag = english.get(word)
    if tag is None and "-" in word:
        tag = english.get(word.rsplit("-", 1)[-1])
    if tag is not None:
        found = _ENGLISH.get(tag, "o")
        # Of `wonderful` and `repeatedly` the form tells, whatever the corpus had most.
        if found == "n" and _ADJECTIVAL.search(word):
            return "a" if english.get(f"{word}s") is None else found
        return found
    for ending, found in (("ly", "d"), ("ness", "n"), ("ing", "n"), ("ed", "a"), ("s", "n")):
        if word.endswith(ending):
            return found
    return _ENGLISH.get(english.get(word.rstrip("s"), "NN"), "n")


def english_tags(lines: Iterable[str]) -> dict[str, str]:
    """The tags of a lexicon of English words in Brill's form (`word TAG`), by word in lower case.

    Where a word is listed in several cases, what begins small counts.
    """
    tags: dict[str, str] = {}
    for line in lines:
        word, _, tag = line.strip().partition(" ")
        if not tag or line.startswith(";"):
            continue
        if word == word.lower() or word.lower() not in tags:
            tags[word.lower()] = tag.split()[0]
    return tags
