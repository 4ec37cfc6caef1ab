"""A search of one's words, in the grammar of Anki's browser: `nihao is:due -tag:idiom level:3-4`.

Words of a query must all hold. What is written is looked for in characters of either script, in pinyin with
or without tones, and in English; `key:value` asks for more, and `-` before anything turns it round.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from studytui.errors import UsageError
from studytui.session.words.note_edit import HTML_TAG
from studytui.study.notes.note import Note
from studytui.study.vocabulary import Status
from studytui.text.characters import is_han
from studytui.text.find import plain_letters
from studytui.text.pinyin import marked

if TYPE_CHECKING:
    from studytui.store.config import Script

Standing = Literal["due", "leech", "suspended", "known", "ignored", "learning", "new"]
STANDINGS: tuple[Standing, ...] = ("due", "new", "learning", "known", "ignored", "leech", "suspended")
"""What may stand after `is:`."""
KEYS = ("is", "level", "text", "tag")


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A note, or a marked word that has none, as a list shows it."""

    key: str
    """The note's id, or the headword of a marked word."""
    headword: str
    traditional: str
    syllables: tuple[str, ...]
    """As in `Note.syllables`."""
    reading: str
    """With tone marks, a space between syllables."""
    letters: str
    """The reading without tones, to sort by."""
    gloss: str
    """In a line."""
    status: Status
    hsk: int | None
    note: Note | None
    """None for a word that is only marked."""
    due: int | None
    """Study days until a card comes back first, 0 or less for today; None if none will."""
    stability: float | None
    """Days, of the weakest of its cards; None before the first answer."""
    lapses: int
    """How often its cards were forgotten, together."""
    standings: frozenset[Standing]
    """What of it holds for `is:`."""
    texts: tuple[str, ...]
    """Titles of the texts that it was taken from."""
    sought: str
    """What a search looks through: see `sought_in`."""

    def written(self, script: Script) -> str:
        """The word in a script."""
        return self.traditional or self.headword if script == "traditional" else self.headword


@dataclass(frozen=True, slots=True)
class _Written:
    """What is looked for as it is written."""

    needles: tuple[str, ...]
    """Of which one must stand in `OwnWord.sought`."""
    is_there: bool = True
    """Whether it is to be there, and not to be missing."""


_Test = _Written | Callable[[OwnWord], bool]


@dataclass(frozen=True, slots=True)
class WordQuery:
    """What is looked for."""

    tests: tuple[_Test, ...] = ()
    """All must hold."""
    unclear: str = ""
    """What of it was not understood and does not count, in a sentence; empty if all was."""

    def narrows(self, before: WordQuery) -> bool:
        """Whether it finds nothing that another one, to which something was typed, did not find."""
        if not before.tests or len(self.tests) < len(before.tests):
            return False
        *same, longer = self.tests[: len(before.tests)]
        *others, shorter = before.tests
        if same != others or not isinstance(longer, _Written) or not isinstance(shorter, _Written):
            return False
        if longer == shorter:
            return True
        one_each = len(longer.needles) == len(shorter.needles) == 1
        goes_on = longer.needles[0].startswith(shorter.needles[0])
        return longer.is_there and shorter.is_there and one_each and goes_on

    def of(self, words: Iterable[OwnWord]) -> list[OwnWord]:
        """Those of some words that it finds, in their order."""
        found = list(words)
        for test in self.tests:
            if not isinstance(test, _Written):
                found = [word for word in found if test(word)]
            elif test.is_there and len(test.needles) == 1:  # nearly all searches: a letter waits for this
                needle = test.needles[0]
                found = [word for word in found if needle in word.sought]
            else:
                found = [
                    word
                    for word in found
                    if any(needle in word.sought for needle in test.needles) is test.is_there
                ]
        return found


_TERM = re.compile(r'(-?)(?:(?![ln]u:)([a-zA-Z]+):(?:"([^"]*)"?|(\S*))|"([^"]*)"?|(\S+))', re.IGNORECASE)
"""`lu:4` is a syllable and no key."""
_TONES = re.compile("[\u0300\u0301\u0304\u030c]")
_LATIN = re.compile(r"[a-z0-9]+")
_LEVELS = re.compile("([1-9])(?:-([1-9]))?")
_NUMBER = re.compile("(?<![A-Za-z0-9])[0-9]")
_BETWEEN = re.compile("[^A-Za-z0-9|]+")


def parse(text: str) -> WordQuery:
    """The query of a text. What cannot be understood is left out, and said in `unclear`."""
    tests: list[_Test] = []
    unclear = ""
    for minus, key, quoted, plain, phrase, written in _TERM.findall(text):
        try:
            test = _asked(key.lower(), quoted or plain) if key else _written(phrase or written)
        except UsageError as error:
            unclear = unclear or str(error)
            continue
        if test is not None:
            tests.append(_not(test) if minus else test)
    return WordQuery(tuple(tests), unclear)


def _not(test: _Test) -> _Test:
    if isinstance(test, _Written):
        return _Written(test.needles, is_there=False)
    return lambda word: not test(word)


def _asked(key: str, value: str) -> _Test:
    """What `key:value` asks for.

    Raises:
        UsageError: there is no such key or value.
    """
    folded = value.casefold()
    if key == "is":
        standing = next((each for each in STANDINGS if each == folded), None)
        if standing is None:
            raise UsageError(f"is: takes {', '.join(STANDINGS)}, not {value!r}")
        return lambda word: standing in word.standings
    if key == "level":
        levels = _levels(folded)
        return lambda word: word.hsk in levels
    if key == "text":
        return lambda word: any(folded in title.casefold() for title in word.texts)
    if key == "tag":
        return lambda word: word.note is not None and folded in _tags(word.note)
    raise UsageError(f"there is no {key}: in a search, only {', '.join(f'{each}:' for each in KEYS)}")


def _levels(value: str) -> frozenset[int | None]:
    if value == "none":
        return frozenset({None})
    match = _LEVELS.fullmatch(value)
    if match is None:
        raise UsageError(f"level: takes a level of HSK, as 3, 7-9, 1-4 or none, not {value!r}")
    first, last = int(match[1]), int(match[2] or match[1])
    return frozenset(min(level, 7) for level in range(first, last + 1))  # the standard does not part 7 to 9


def _tags(note: Note) -> tuple[str, ...]:
    """What kind of note it is, and whether the learner wrote on it."""
    return (note.kind, *(("edited",) if note.own else ()), *(("remark",) if note.remark else ()))


def _written(value: str) -> _Test | None:
    wanted = needles(value)
    return _Written(wanted) if wanted else None


def needles(written: str) -> tuple[str, ...]:
    """Of what stands in `sought_in`, that of which one must be there; none for what holds nothing to seek."""
    folded = written.casefold()
    if any(map(is_han, folded)):
        return ("".join(folded.split()),)
    if any(letter.isdigit() for letter in folded):
        numbered = "".join(folded.replace("u:", "v").replace("ü", "v").split())
        return tuple({begun(numbered), *_phrase(folded)})
    if has_tones(folded):
        return (begun(_marks(folded)),)
    letters = plain_letters(folded)
    return tuple({begun(letters), *_phrase(folded)}) if letters else ()


def has_tones(written: str) -> bool:
    """Whether something is pinyin with the marks of tones."""
    return _TONES.search(unicodedata.normalize("NFD", written)) is not None


def _phrase(folded: str) -> tuple[str, ...]:
    words = english_words(folded)
    return ("".join(map(begun, words)),) if words else ()


def begun(word: str) -> str:
    """A word with a mark of where it begins: a capital, which is found faster than a sign before each."""
    return f"|{word.title()}" if word[:1].isdigit() else word.title()


def _marks(reading: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFC", reading) if letter.isalpha())


@lru_cache(maxsize=4096)
def _spellings(syllable: str) -> tuple[str, str, str]:
    """A syllable as letters, with its mark, and with its number."""
    folded = syllable.casefold()
    return plain_letters(folded), _marks(marked(folded)), folded.replace("u:", "v")


def english_words(text: str) -> list[str]:
    """The words of an English text, in lower case and ASCII."""
    return _LATIN.findall(_plain(text))


def _plain(text: str) -> str:
    """In lower case, without apostrophes and what is not ASCII."""
    folded = text.casefold().replace("'", "").replace("’", "")
    if not folded.isascii():
        folded = "".join(each for each in unicodedata.normalize("NFD", folded) if each.isascii())
    return folded


def _all_begun(text: str) -> str:
    """As `begun`, of all words of an English text."""
    titled = _plain(text).title()
    return _BETWEEN.sub("", _NUMBER.sub(r"|\g<0>", titled))


def sought_in(
    headword: str, traditional: str, syllables: tuple[str, ...], glosses: Iterable[str], remark: str = ""
) -> str:
    """What a search looks through, of one word: characters, then pinyin and English, each begun by a capital.

    The pinyin stands there from each of its syllables on, as letters, with marks and with numbers: `hao`
    finds 你好, `ao` does not.
    """
    pieces = [f"{headword} {traditional} ".casefold()]
    for spelt in zip(*map(_spellings, syllables), strict=True):
        pieces += [begun("".join(spelt[first:])) for first in range(len(spelt))]
    said = "; ".join(glosses)
    pieces.append(_all_begun(f"{said}; {HTML_TAG.sub(' ', remark)}" if remark else said))
    return "".join(pieces)
