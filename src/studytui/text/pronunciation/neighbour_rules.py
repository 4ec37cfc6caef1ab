"""Which reading a word has beside the words around it: rules over words and their classes.

A rule is a line: a word, its reading, and its neighbours, where `_` is the word itself. A neighbour is

    上|下      one of these words                 ~个        a word that ends so
    n,v        a word that may be a noun or verb  n!,v!      one that is first of all a noun or verb
    -n,v       a word that is neither             *          any word
    ^  $       where a clause begins or ends      @person    a word of a kind

`|` and `,` are the same, and each may be followed by `?` (it may be missing) or `+` (up to four, none too).
The first rule that fits is taken. Classes are the letters of `_tagged`.

The rules lie in `data/lists/neighbours.txt`, written by hand and looked over on CPP's development set and on
four samples of novels, each of books that the ones before had none of. The rules of `polyphones`, which see
characters alone, are asked where none of these fits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.token import Token, TokenKind
from studytui.text.word_lists import lines

_REACH = 8
"""How many words on either side are seen."""
_EDGE = "。/w "
_UNITS = frozenset(
    ("小时", "钟头", "星期", "礼拜", "周", "岁", "人", "国", "地", "天", "年", "公里", "千米", "分钟", "秒钟")
)
"""What numbers count with, though it is no measure word."""

Rule = tuple[tuple[str, ...], re.Pattern[str], re.Pattern[str]]


class NeighbourRules:
    """The rules over the words of one lexicon. Safe to use from several threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[tuple[str, TokenKind], str] = {}

    def reading(
        self, headword: str, sentence: str, start: int, tokens: Sequence[Token], at: int
    ) -> tuple[str, ...] | None:
        """The reading of a word between the words before and after it; None without a rule that fits.

        Args:
            headword: the word, in simplified characters.
            sentence: its sentence, in simplified characters.
            start: where it stands in the sentence.
            tokens: of a paragraph that holds the sentence.
            at: which of them the word is.
        """
        rules = _rules(headword)
        if not rules:
            return None
        offset = tokens[at].start - start
        seen = [
            self._tagged(sentence[max(0, token.start - offset) : token.end - offset], token.kind)
            if 0 <= token.start - offset < len(sentence)
            else _EDGE
            for token in tokens[max(0, at - _REACH) : at + _REACH + 1]
        ]
        own = min(at, _REACH)
        before, after = _EDGE + "".join(seen[:own]), "".join(seen[own + 1 :]) + _EDGE
        for reading, behind, ahead in rules:
            if behind.search(before) and ahead.match(after):
                return reading
        return None

    def is_counted_with(self, token: Token) -> bool:
        """Whether a number before a word counts with it: 2个, 2小时, 2人."""
        if token.kind != "word":
            return False
        return (
            token.text in _UNITS
            or self._lexicon.tag(token.text)[:1] in ("q", "m")
            or "q" in self._tagged(token.text, token.kind)
        )

    def _tagged(self, text: str, kind: TokenKind) -> str:
        known = self._known.get((text, kind))
        if known is None:
            known = self._known[text, kind] = _tagged(text, kind, self._lexicon)
        return known


def _tagged(text: str, kind: TokenKind, lexicon: Lexicon) -> str:
    """A word with its classes, as the rules' patterns see it: `老师/n `, `得/u `.

    Classes: those of `Lexicon.classes`; for what they call other, jieba's own letter (r pronoun, p
    preposition, c conjunction, u and y particles, f side, q measure word). Of our own: b a verb with its
    object (吃饭), l another verb of two characters or more that is no adjective, s a verb or adjective of
    one character, k a verb that is no noun, q what is counted with, i another word of four characters that
    is no noun or verb, h a name, m a number, w punctuation, x Latin letters.
    """
    if kind != "word":
        letter = {"name": "h", "number": "m", "latin": "x"}.get(kind, "w")
        return f"{text.replace('/', '.').strip()}/{letter} "
    tag = lexicon.tag(text)[:1]
    if tag == "m":
        tag = "q" if len(text) == 1 else "o"
    classes = lexicon.classes(text).replace("o", tag if tag in "rpcuyfqdh" else "o") or tag
    if tag in "dcp" and classes.startswith("n"):
        # 有点 and 须 are nouns to the dictionary's English alone.
        classes = tag + classes
    if len(text) == 1:
        classes += "s" if classes[:1] in ("v", "a") or tag in ("v", "a") else ""
    elif (classes.startswith("v") or tag == "v") and "a" not in classes:
        classes += "b" if lexicon.classes(text[-1]).startswith("n") else "l"
    if len(text) == 4 and not classes.startswith(("n", "v")):
        classes += "i"
    if classes.startswith("v") and "n" not in classes:
        classes += "k"
    if "q" not in classes and any(
        gloss.startswith("classifier for") for entry in lexicon.entries(text) for gloss in entry.glosses
    ):
        classes += "q"
    return f"{text}/{classes} "


def has_rules(headword: str) -> bool:
    """Whether any rule speaks of a word."""
    return headword in _written()[1]


@cache
def _rules(headword: str) -> tuple[Rule, ...]:
    """The rules of a word, made when it is first met."""
    kinds, written = _written()
    rules: list[Rule] = []
    for reading, *around in written.get(headword, ()):
        place = around.index("_")
        behind, ahead = (
            "".join(_pattern(each, kinds) for each in some) for some in (around[:place], around[place + 1 :])
        )
        # A neighbour begins where the one before it ends.
        rules.append((tuple(reading.split("|")), re.compile(rf"(?:^|(?<= )){behind}\Z"), re.compile(ahead)))
    return tuple(rules)


@cache
def _written() -> tuple[dict[str, str], dict[str, list[list[str]]]]:
    """The kinds of words, and the lines of each word's rules."""
    kinds: dict[str, str] = {}
    rules: dict[str, list[list[str]]] = {}
    for line in lines("neighbours.txt"):
        headword, *rest = line.split()
        if headword.startswith("@"):
            kinds[headword[1:]] = "|".join(each if each.isascii() else f"~{each}" for each in rest)
        else:
            rules.setdefault(headword, []).append(rest)
    return kinds, rules


_KIND = re.compile(r"@(\w+)")
_BETWEEN = re.compile("[|,]")


def _pattern(neighbour: str, kinds: dict[str, str]) -> str:
    """A neighbour of a rule as a regular expression over words with their classes."""
    often = {"?": "?", "+": "{0,4}"}.get(neighbour[-1], "")
    body = neighbour[: -1 if often else None]
    others = body.startswith("-")
    body = _KIND.sub(lambda kind: kinds[kind[1]], body.removeprefix("-"))
    choices = "|".join(_choice(each) for each in _BETWEEN.split(body))
    return rf"(?:(?!{choices})[^/ ]*/\w* ){often}" if others else f"(?:{choices}){often}"


def _choice(choice: str) -> str:
    if choice == "*":
        return r"[^/ ]*/\w* "
    if choice in ("^", "$"):
        return r"[^/ ]*/w "
    if choice.startswith("~"):
        return rf"[^/ ]*{choice[1:]}/\w* "
    if choice.isascii():
        return rf"[^/ ]*/{choice[0]}\w* " if choice.endswith("!") else rf"[^/ ]*/\w*{choice}\w* "
    return rf"{choice}/\w* "
