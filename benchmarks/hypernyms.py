"""Makes the places of words in WordNet: `studytui/data/lists/hypernyms.tsv`.

    apt-get download wordnet-base && dpkg -x wordnet-base_*.deb wordnet
    python benchmarks/hypernyms.py wordnet/usr/share/wordnet > src/studytui/data/lists/hypernyms.tsv

A Chinese word is looked up by the head of its first English glosses, as a noun and as a verb. What is kept
is the way from the top of WordNet to its meaning: `entity, physical entity, object, land, grassland`, a
character for each step. Words whose ways run together for long are the same sort of thing (草原, 沙漠).
"""

from __future__ import annotations

import argparse
import re
from functools import cache
from pathlib import Path

from studytui.study.language.word_vectors import vector
from studytui.text.lexicon.lexicon import Lexicon

GLOSSES, SENSES = 2, 2
"""So many glosses of a word are looked up, and so many senses of each; more tell no more."""
LONGEST = 4
LEAST = 2.6
"""Zipf frequency from which a word is taken that is in no other list: 牛腩, 被窝."""
PARTS = ("noun", "verb")
STEPS = [chr(code) for code in range(0x30, 0x600) if chr(code).isalnum()]
"""What a step to the so-manieth meaning below is written as."""
_ENDINGS = (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ing", ""), ("ing", "e"), ("ed", "e"))
_ASIDE = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_ARTICLE = re.compile(r"^(?:an?|the) ")
_AFTER_HEAD = re.compile(r" (?:of|for|in|on|with|to|from|used|that|who|which) ")
_HEAD = """\
# What sort of thing a word means (`study/language/hypernyms.py`): a word, the ways to its meanings as a noun,
# and as a verb; the same beginnings are the same classes.
# Source: made by benchmarks/hypernyms.py from the dictionary's glosses and WordNet 3.0, Copyright 2006 by
# Princeton University, all rights reserved; used under the WordNet licence (NOTICE.md). CC BY-SA 4.0."""


class WordNet:
    """The nouns or the verbs of WordNet's database files."""

    def __init__(self, folder: Path, part: str) -> None:
        self._senses: dict[str, list[str]] = {}
        for line in (folder / f"index.{part}").read_text(encoding="ascii").splitlines():
            if not line.startswith(" "):
                lemma, _, count, *rest = line.split()
                self._senses[lemma] = rest[-int(count) :]
        self._above: dict[str, str] = {}
        for line in (folder / f"data.{part}").read_text(encoding="utf-8").splitlines():
            if not line.startswith(" "):
                number, *fields = line.split(" | ")[0].split()
                start = 3 + 2 * int(fields[2], 16)
                pointers = fields[start + 1 : start + 1 + 4 * int(fields[start])]
                above = next(
                    (pointers[at + 1] for at in range(0, len(pointers), 4) if pointers[at] in ("@", "@i")), ""
                )
                self._above[number] = above
        irregular = (folder / f"{part}.exc").read_text(encoding="ascii").splitlines()
        self._irregular = dict(line.split()[:2] for line in irregular)
        below: dict[str, list[str]] = {}
        for number, above in self._above.items():
            below.setdefault(above, []).append(number)
        self._step = {each: STEPS[at] for all_ in below.values() for at, each in enumerate(sorted(all_))}

    def senses(self, word: str) -> list[str]:
        """The numbers of an English word's meanings, the commonest first."""
        lemma = word.lower().replace(" ", "_")
        forms = [lemma, self._irregular.get(lemma, "")]
        forms += [lemma[: -len(end)] + put for end, put in _ENDINGS if lemma.endswith(end)]
        return next((self._senses[form] for form in forms if form in self._senses), [])

    @cache  # noqa: B019 - two of them live as long as the program
    def way(self, number: str) -> str:
        """The steps from the top to a meaning."""
        above = self._above[number]
        return (self.way(above) if above else "") + self._step[number]


def ways(glosses: tuple[str, ...], part: str, words: WordNet) -> list[str]:
    """The ways to what the first glosses mean as this part of speech."""
    found: list[str] = []
    for gloss in glosses[:GLOSSES]:
        plain = re.split("[;,/]", _ASIDE.sub("", gloss).strip())[0].strip()
        verbal = plain.startswith("to ")
        if verbal != (part == "verb"):
            continue
        if verbal:
            said = plain[3:].split()
            # `to give up`, else `to give`; but `to be lonely` is no way of being.
            tried = [" ".join(said[:length]) for length in (3, 2, 1)]
            if said and said[0] in ("be", "become", "get", "feel"):
                tried = tried[:2]
        else:
            said = _AFTER_HEAD.split(_ARTICLE.sub("", plain))[0].split()
            tried = [" ".join(said[at:]) for at in range(len(said))]
        senses = next((senses for each in tried if (senses := words.senses(each))), [])
        found += [words.way(number) for number in senses[:SENSES]]
    return list(dict.fromkeys(found))


def main() -> int:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("wordnet", type=Path, help="the folder with index.noun and data.noun")
    folder: Path = parser.parse_args().wordnet
    english = {part: WordNet(folder, part) for part in PARTS}
    lexicon = Lexicon.open()
    print(_HEAD)
    for length in range(1, LONGEST + 1):
        for headword in sorted(lexicon.headwords(length)):
            entries = lexicon.entries(headword)
            met = (lexicon.frequency(headword) or 0.0) >= LEAST
            if not entries or not (met or lexicon.level(headword) or vector(headword)):
                continue
            columns = [" ".join(ways(entries[0].glosses, part, english[part])) for part in PARTS]
            if any(columns):
                print(headword, *columns, sep="\t")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
