"""Listed phrases that do not stand in a text word by word.

Long ones are found by their characters, whatever the sentence was cut into: 刀子嘴豆腐心, 无源之水、无本之木.
A verb and its object are found with what stands between them: 钻了法律的空子, 叹了口气, 吃过不少亏.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from studytui.study.language.gloss import is_verbal
from studytui.study.language.word_tests import names_something
from studytui.study.phrases.candidates import Candidate, Occurrence, kind_of_listed
from studytui.text.token import AnnotatedDocument, Word

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon

_PAUSES = str.maketrans("、；,;", "，，，，")
"""A saying of two halves is written with any of them."""
_ASPECTS = frozenset("了过着")
_BETWEEN_WORDS = """
个 一 一个 点 点儿 些 几 几个 一点 一点儿 一些 一下 一次 次 口 一口 句 场 一场
不少 许多 很多 大 多少 什么 多年
"""
_BETWEEN = frozenset(_BETWEEN_WORDS.split())
"""What may follow 了, 过 or 着, or stand alone, between a verb and its object; also whose it is (他的)."""
_MOST_BETWEEN = 4
_NO_VERBS = frozenset("有是在没说来去到让叫给把被")


def spread(document: AnnotatedDocument, lexicon: Lexicon) -> list[Candidate]:
    """Both kinds, each phrase once with all its places, in order of first appearance."""
    found: dict[tuple[str, int], Candidate] = {}
    for index, row in enumerate(document.words):
        if document.document.paragraphs[index].kind == "aside":
            continue
        for headword, first, last in (*_long(row, lexicon), *_split(row, lexicon)):
            place = Occurrence(index, first, last, row[first].token.start, row[last - 1].token.end)
            slot = (headword, last - first)
            if slot not in found:
                words = row[first:last]
                kind = kind_of_listed(headword, words, lexicon)
                as_listed = "" if "".join(word.headword for word in words) == headword else headword
                found[slot] = Candidate(words, kind, "listed", listed_as=as_listed)
            found[slot].places.append(place)
    return list(found.values())


def _long(row: tuple[Word, ...], lexicon: Lexicon) -> Iterator[tuple[str, int, int]]:
    """Phrases of five characters and more, the longest at each place: (headword, first token, last + 1)."""
    text = "".join(word.headword for word in row).translate(_PAUSES)
    starts: dict[int, int] = {}
    place = 0
    for token, word in enumerate(row):
        starts[place] = token
        place += len(word.headword)
    starts[place] = len(row)
    phrases = lexicon.long_phrases()
    covered = 0
    for place, first in starts.items():
        if place < covered:
            continue
        for phrase, written in _forms(phrases.get(text[place : place + 2], ())):
            last = starts.get(place + len(written))
            if last is not None and text.startswith(written, place):
                covered = place + len(written)
                dated = phrase.endswith(("世纪", "年代"))
                if last - first > 1 and not dated and not names_something(phrase, lexicon):
                    yield phrase, first, last
                break


def _forms(phrases: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Phrases as they are listed, then without their pauses: 三天打鱼，两天晒网 is written so, too."""
    yield from ((phrase, phrase) for phrase in phrases)
    yield from ((phrase, phrase.replace("，", "")) for phrase in phrases if "，" in phrase)


def _split(row: tuple[Word, ...], lexicon: Lexicon) -> Iterator[tuple[str, int, int]]:
    """A verb and its object with something between them: (headword, first token, last + 1)."""
    for first, verb in enumerate(row):
        if verb.token.kind != "word" or len(verb.text) > 2 or verb.headword in _NO_VERBS:
            continue
        for last in range(first + 2, min(first + 2 + _MOST_BETWEEN, len(row))):
            between = row[first + 1 : last]
            if any(word.token.kind == "punctuation" for word in between):
                break
            if (
                row[last].token.kind == "word"
                and _may_part(between)
                and _is_verb_and_object(verb, row[last], lexicon)
            ):
                yield verb.headword + row[last].headword, first, last + 1
                break


def _may_part(between: tuple[Word, ...]) -> bool:
    """Whether words leave a verb and its object one expression: 吃 过不少 亏, 钻 了法律的 空子."""
    words = [word.headword for word in between]
    rest = words[1:] if words[0] in _ASPECTS else words
    whose = len(rest) in (2, 3) and rest[-1] == "的"
    return whose or all(headword in _BETWEEN for headword in rest)


def _is_verb_and_object(verb: Word, thing: Word, lexicon: Lexicon) -> bool:
    """Whether both together are a verb of the dictionary that is worth knowing as one (吃亏, 打交道)."""
    headword = verb.headword + thing.headword
    if len(headword) > 5 or headword not in lexicon or "v" not in lexicon.classes(verb.headword):
        return False
    if len(headword) == 2 and lexicon.level(headword) is None:
        return False  # 下 + 水, 开 + 口: too often two words that only met
    return is_verbal(lexicon.entries(headword)[0].glosses[0])
