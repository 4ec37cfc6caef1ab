"""Candidates for wrong options: words like the answer, nearest first, by family."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Protocol

from studytui.study.language import gloss
from studytui.study.language.hypernyms import likeness
from studytui.study.language.word_kind import (
    CLASSES,
    LITTLE,
    classes_of,
    is_expression,
    is_person,
    may_be_a_person,
    parts_of_speech,
)
from studytui.study.language.word_vectors import fitness, nearness, vector
from studytui.study.notes.note import Note
from studytui.study.questions.misreadings import alike, misheard, redrawn
from studytui.study.questions.question import Family
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.token import Entry

FAMILIES: tuple[Family, ...] = ("sound", "shape", "sense", "text")
"""The ways in which an option can be wrong."""


class Phrase(Protocol):
    """What a pool is made of: a `Note`, or a `KeyPhrase`."""

    @property
    def headword(self) -> str:
        """Simplified."""

    @property
    def traditional(self) -> str:
        """The same in traditional characters."""

    @property
    def syllables(self) -> tuple[str, ...]:
        """The reading, a syllable each."""

    @property
    def kind(self) -> str:
        """`word`, `idiom`, `phrase` or `term`."""


_RUDE = re.compile(
    r"vulgar|taboo|derog|offensive|profan|slur|sexual|\bsex\b|penis|vagina|breast|genital|prostitut"
    r"|brothel|whore|\brape|fuck|\bshit|\bass\b|excrement|feces|urine|corpse|suicide|murder|slang"
    r"|swear|mistress|concubine|terroris|massacre|genocide|slaughter|\bkill|violence|\bcrim|dementia"
    r"|hunger strike|slavery|dissident|\bNazi|assassin|kidnap|abduct|\bcoffin|funeral|hostage|tortur"
    r"|behead|execution\b|\bdeath|\bdead\b|\bdies?\b|to die|poison|heroin|cocaine|narcotic|drug addict"
    r"|\bbomb|cancer\b|tumou?r|\bgrave\b|\btomb\b|hanged|gravestone|tombstone|mental illness"
    r"|\bash(?:es)?\b|cremat|anus|rectum|toilet|lavatory|massage|schizo|diarrh|vomit|spit\b|chauvinis"
    r"|extremis|racis|fascis|rightist|coup d|incest|adulter|castrat|\bbury|robber",
    re.IGNORECASE,
)
"""Nothing to meet unasked in a quiz."""
_RARE = re.compile(
    r"\((?:archaic|old|dialect|literary|Tw|loanword|Cantonese|Taiwan)\b|variant of", re.IGNORECASE
)
_SPECIAL = re.compile(
    r"\((?:comput|chem|math|phys|biol|botan|zool|anat|geol|astron|ling|gram|elec|econ|law|statist|mil|naut|sport"
    r"|music|medic|TCM|Budd|relig|philos|psych|finance|bird|tennis|chess|wushu|tele)[a-z.]*\)|[<>=\d%]"
)
"""Labels of subjects of their own, and formulas: nothing that a learner of general texts meets."""
_GRAMMAR = ("d", "c", "p", "r", "u")
"""jieba's tags of adverbs and words of grammar."""
_PROPER = ("nr", "ns", "nt", "nz")


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a gap, simplified."""

    before: str = ""
    """The word or mark before it; empty where nothing stands."""
    after: str = ""
    part: str = ""
    """The answer's part of speech in its sentence, as `words.tagger` says it; empty if it is not known."""


class Right:
    """The answer, with all that makes another word right beside it."""

    def __init__(self, note: Note, lexicon: Lexicon, beside: Beside | None = None) -> None:
        self.note = note
        self.beside = beside
        self.lexicon = lexicon
        self.headword = note.headword
        entries = lexicon.entries(note.headword)
        self.forms = {note.headword, note.traditional} | {
            form for entry in entries for form in (entry.simplified, entry.traditional)
        }
        self.field = gloss.field(note.glosses) | field_of(lexicon, note.headword)
        self.expression = len(note.headword) > 3 and is_expression(note.headword, note.kind, lexicon)
        self.parts = ("n",) if note.kind == "term" else parts_of_speech(lexicon, note.headword, note.glosses)
        if beside is not None and beside.part and beside.part in "nvad" and not self.expression:
            # 研究 is offered among verbs where it is one.
            self.parts = (beside.part, *(each for each in self.parts if each != beside.part))
        self.person = is_person(note.headword, note.glosses)
        self.measures = _measures(entries)
        self.tag = _class(lexicon, note.headword, note.kind)
        self.zipf = note.frequency if note.frequency is not None else lexicon.frequency(note.headword)
        self.level = note.hsk if note.hsk is not None else lexicon.level(note.headword)
        self._standing: dict[str, float] = {}

    def standing(self, headword: str) -> float:
        """How well a word can stand where the answer stands, 0 (or nothing is known) to 1 and a bit more."""
        if headword not in self._standing:
            self._standing[headword] = self._stands(headword)
        return self._standing[headword]

    def _stands(self, headword: str) -> float:
        near = nearness(self.headword, headword)
        if near is None and len(self.headword) == len(headword) == _TERM and not self.expression:
            near = nearness(self.headword[2:], headword[2:])  # 文物保护: a term is what its last word is
        part = self.parts[0]
        if near is None:
            # Of a rare word it is known at most what sort of thing it is: 牛腩 is offered among food.
            alike = likeness(self.headword, headword, part) if part in _SORT else None
            return _RARE_NEAR + _SORT[part][0] * (alike - _SORT[part][1]) if alike is not None else 0.0
        if part in _SORT and near > _FAR:
            weight, usual = _SORT[part]
            alike = likeness(self.headword, headword, part)
            near = min(near, _AS_NEAR) + weight * ((usual if alike is None else alike) - usual)
        beside = self.beside
        fit = fitness(headword, beside.before, beside.after) if beside is not None and near > _FAR else 0.0
        return near + _BESIDE * max(-1.0, min(2.0, fit))

    def same_class(self, headword: str) -> bool:
        """Whether a word is of the answer's part of speech, coarsely."""
        return _class(self.lexicon, headword) == self.tag

    def fits(self, headword: str, kind: str = "word", *, any_being: bool = False) -> bool:
        """Whether a word could stand for the answer by its make: as an idiom or not, as a part of speech.

        Where the answer is somebody, only a person will do, unless `any_being` lets things stand, too.
        """
        if len(self.headword) > 3:
            expression = is_expression(headword, kind, self.lexicon)
            if expression or self.expression:
                return expression == self.expression
        if self.person and not any_being and not may_be_a_person(headword, self.lexicon):
            return False
        # Terms are things, whatever the last of their words is by itself (百姓生活).
        parts = ("n",) if kind == "term" else parts_of_speech(self.lexicon, headword)
        if self.parts[0] == "t":
            return parts[0] in ("t", "n")
        if self.parts[0] in LITTLE:
            return parts[0] in LITTLE or self.lexicon.tag(headword)[:1] in _GRAMMAR
        return parts[0] == self.parts[0]

    def differs(self, headword: str) -> bool:
        """Whether it is another word with another meaning."""
        if headword in self.forms or headword + "儿" in self.forms or headword == self.headword + "儿":
            return False
        entries = self.lexicon.entries(headword)
        if any(entry.traditional in self.forms for entry in entries):
            return False
        if any(form in text for entry in entries for text in entry.glosses for form in self.forms):
            return False
        field = field_of(self.lexicon, headword)
        return not (field & self.field or _compounded(field, self.field) or self._goes_alike(headword))

    def _goes_alike(self, headword: str) -> bool:
        """Whether only a direction differs (赶来, 赶往), or half of four characters (亲自动手)."""
        ours = self.headword
        if len(ours) == len(headword) == 2:
            return ours[0] == headword[0] and ours[1] in _DIRECTIONS and headword[1] in _DIRECTIONS
        return len(ours) == len(headword) == 4 and (ours[:2] == headword[:2] or ours[2:] == headword[2:])


@lru_cache(maxsize=8192)
def field_of(lexicon: Lexicon, headword: str) -> frozenset[str]:
    """The content words of every gloss of every entry."""
    return gloss.field(text for entry in lexicon.entries(headword) for text in entry.glosses)


_DIRECTIONS = frozenset("来去往上下到向过回进出起开")


def _compounded(field: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a word of one meaning ends in one of the other: friend, girlfriend."""
    return any(
        len(short) > 4 and long != short and long.endswith(short)
        for one, two in ((field, other), (other, field))
        for short in one
        for long in two
    )


STANDING = 0.6
"""From here on a word may stand where the answer does: of 2,064 options judged by hand 48 % of those above it
could (nouns at 0.9 and more 65 %, verbs at 0.8 and more 57 %), of those below 26 %."""
_SORT = {"n": (0.8, 0.5), "v": (0.4, 0.25)}
"""What it weighs that two words mean the same sort of thing, and how alike two words usually are: with it
nearness tells nouns that can stand from others with an area under the curve of .755 (without .70), verbs
with .66 (.65)."""
_RARE_NEAR = 0.45
"""How near a word counts to one whose places are not known."""
_FAR = 0.1
"""What is no nearer than this stands nowhere the answer does, whatever it means."""
_PLACE = 2.0
"""What it weighs that a word stands in the answer's places; a part of speech weighs 1.5, a level 0.25."""
_BESIDE = 0.1
"""What a word's liking for its neighbours in the sentence weighs beside its nearness to the answer."""
_AS_NEAR = 0.9
"""Nearer than this is no better: of options judged by hand as many could stand at 0.8 as at 0.95."""
_CHANCE = 0.15
"""How far chance moves a word among those that can stand in a gap."""
_CHOSEN_AMONG = 24
"""The nearest words among which chance chooses."""
_TERM = 4
"""Characters of a term of two words."""
_DRAWN = 200
"""How many words of the band are looked at for one question."""
_AROUND = 3000
"""So many words of about the answer's frequency are looked at, where no list has its level."""
_NEAREST = 5
"""So many look-alikes of a character are looked for in words, and so many words of each are taken."""
_ENOUGH = 5
"""With so many of the answer's part of speech among them, no other is needed."""


def is_traditional(text: str, lexicon: Lexicon) -> bool:
    """Whether a text has a character that is only written so in traditional script."""
    return any(
        all(entry.simplified != character for entry in entries)
        for character, entries in lexicon.characters(text)
        if entries
    )


MOSTLY = 0.01
"""Share of characters only written so in traditional script from which a text is in it, and no quotation."""


def is_mostly_traditional(paragraphs: Iterable[str], lexicon: Lexicon, enough: int = 2000) -> bool:
    """Whether a text is in traditional script, judged by its first `enough` characters."""
    seen = found = 0
    for text in paragraphs:
        for character, entries in lexicon.characters(text[: enough - seen]):
            found += bool(entries) and all(entry.simplified != character for entry in entries)
        seen += len(text)
        if seen >= enough:
            break
    return found > MOSTLY * min(seen, enough)


def _class(lexicon: Lexicon, headword: str, kind: str = "word") -> str:
    """The part of speech, coarsely: n, v, a, d, i (idiom)…; from the wording of the gloss if untagged."""
    if kind == "idiom":
        return "i"
    tag = lexicon.tag(headword)
    if tag not in ("i", "l") and (classes := classes_of(headword, lexicon)):
        return classes[0]
    if tag and tag not in ("x", "zg", "g", "eng"):
        return CLASSES.get(tag, tag[:1])
    entries = lexicon.entries(headword)
    if entries and any("(idiom)" in text for text in entries[0].glosses):
        return "i"
    return "v" if entries and entries[0].glosses and gloss.is_verbal(entries[0].glosses[0]) else "n"


_LEAST = {1: 4.2, 2: 3.6, 3: 3.4}
"""The Zipf frequency, by length in characters, from which a word without a level is met in life."""


def _usual(lexicon: Lexicon, headword: str) -> bool:
    """Whether it is a word to show: in the dictionary, met in life, no name, nothing rude or archaic."""
    entries = lexicon.entries(headword)
    if not entries or lexicon.tag(headword) in _PROPER or _proper(entries):
        return False
    frequency = lexicon.frequency(headword) or 0.0
    least = _LEAST.get(len(headword), 2.2 if lexicon.tag(headword) == "i" else 2.6)
    if lexicon.level(headword) is None and frequency < least:
        return False
    glosses = entries[0].glosses
    if not glosses or glosses[0][:1].isupper() or _SPECIAL.search(glosses[0]):
        return False
    return not any(_RUDE.search(text) or _RARE.search(text) for text in glosses)


def _proper(entries: Iterable[Entry]) -> bool:
    return any(entry.syllables[:1] and entry.syllables[0][:1].isupper() for entry in entries)


def ranked(
    right: Right,
    lexicon: Lexicon,
    pool: Sequence[Phrase],
    rng: random.Random,
    confused: Mapping[str, int],
    length: int | None = None,
) -> Iterator[tuple[Family, str]]:
    """Candidates in the order to be tried: confused before, then one of each family in turn.

    They are of the answer's length in characters, or of `length`.

    Of a gap (`right.beside`) all that can stand there come before the others. Else, where it is known which
    words stand in the answer's places, every second is one of those, or sense comes last in a round. Within
    a family the nearest in place, part of speech, frequency and level are first, with a little chance.
    """
    length = length or len(right.headword)
    families: dict[Family, list[str]] = {
        "sound": _sounding(right, lexicon),
        "shape": _shaped(right, lexicon),
        "text": [phrase.headword for phrase in pool],
        "sense": _sensible(right, lexicon, length),
    }
    found_in: dict[str, Family] = {}
    for family, headwords in families.items():
        for headword in headwords:
            found_in.setdefault(headword, family)
    for headword, times in sorted(confused.items(), key=lambda each: (-each[1], each[0])):
        if times > 0 and len(headword) == length and _usual(lexicon, headword):
            yield found_in.get(headword, "sense"), headword
    if right.beside is not None:
        # In a gap what can stand there comes first, whatever else it has in common with the answer.
        of_length = {
            headword: family
            for headword, family in found_in.items()
            if len(headword) == length and headword != right.headword
        }
        yield from _standing_in(right, lexicon, of_length, rng)
    queues: dict[Family, list[str]] = {}
    near_by: list[str] = []
    for family, headwords in families.items():
        ours = sorted(
            {
                headword
                for headword in headwords
                if len(headword) == length
                and headword != right.headword
                and (family in ("text", "sense") or _usual(lexicon, headword))
            }
        )
        if family == "sense":
            alike = [headword for headword in ours if right.same_class(headword)]
            ours = alike if len(alike) >= _ENOUGH else ours
            near_by = _nearest(right, ours)
            ours = near_by or rng.sample(ours, min(len(ours), _DRAWN))
        chance = {headword: rng.random() for headword in ours}
        near = {headword: _unlikeness(right, lexicon, headword) + chance[headword] for headword in ours}
        if family == "shape":
            # What looks alike is more to the point than what only shares a character.
            near |= {
                headword: near[headword] - 1.5
                for headword in redrawn(right.headword, lexicon)
                if headword in near
            }
        queues[family] = sorted(ours, key=lambda headword: (near[headword], headword), reverse=True)
    others: list[Family] = ["sound", "shape", "text"]
    rng.shuffle(others)
    order: list[Family] = [*others, "sense"]
    if near_by:
        # Two of three can stand where the answer does; the third is like it in another way.
        order = [each for other in others for each in ("sense", other)]
    if length > 3 and not right.expression:
        # Four characters that are two words: the dictionary's (骨髓移植) stand out among a text's own.
        for headword in reversed(queues["text"]):
            yield "text", headword
    while any(queues.values()):
        for family in order:
            while queues[family]:
                headword = queues[family].pop()
                if family == "sense" and not _usual(lexicon, headword):
                    continue
                yield family, headword
                break


def _standing_in(
    right: Right, lexicon: Lexicon, found_in: Mapping[str, Family], rng: random.Random
) -> Iterator[tuple[Family, str]]:
    """Those of the words found that can stand in the answer's place, the likeliest first.

    Chance changes places of those that are nearly alike.
    """
    near: dict[str, float] = {}
    for headword in found_in:
        standing = right.standing(headword)
        if standing >= STANDING:
            near[headword] = standing + _CHANCE * rng.random()
    for headword in sorted(near, key=lambda headword: (-near[headword], headword)):
        if _usual(lexicon, headword):
            yield found_in[headword], headword


def _nearest(right: Right, headwords: Iterable[str]) -> list[str]:
    """Those that stand in the same places as the answer, as far as that is known."""
    near = {headword: right.standing(headword) for headword in headwords}
    standing = [headword for headword, how in near.items() if how >= STANDING]
    standing.sort(key=lambda headword: (-near[headword], headword))
    fit = (headword for headword in standing if _usual(right.lexicon, headword) and right.differs(headword))
    return list(islice(fit, _CHOSEN_AMONG))


def _unlikeness(right: Right, lexicon: Lexicon, headword: str) -> float:
    """How far a word is from the answer as something to be met: place, class, frequency, level."""
    distance = 0.0 if right.same_class(headword) else 1.5
    distance -= _PLACE * min(1.0, right.standing(headword))
    frequency = lexicon.frequency(headword)
    if right.zipf is not None and frequency is not None:
        distance += 0.5 * abs(right.zipf - frequency)
    level = lexicon.level(headword)
    if right.level is not None and level is not None:
        distance += 0.25 * abs(right.level - level)
    elif right.level is None and right.zipf is not None:
        # Of 修好 no list says how hard it is; 转达 is surely harder.
        distance += 0.25 * max(0.0, (level or 8) - _band_of(right.zipf))
    if may_be_a_person(headword, lexicon) != right.person:
        distance += 1.5
    ours, theirs = right.measures, _measures(lexicon.entries(headword))
    if ours & theirs:
        distance -= 0.8
    elif bool(ours) != bool(theirs):
        distance += 0.8  # a chair may be broken, a will may not
    # 味儿 for 闹钟: as long on paper, but not in the mouth.
    if headword.endswith("儿") != right.headword.endswith("儿"):
        distance += 2
    return distance


_VAGUE = frozenset("个種种项項次些点點类類件")
"""Measure words that say nothing of a thing's make."""


def _measures(entries: Sequence[Entry]) -> frozenset[str]:
    """The measure words by which a thing is counted, as far as they tell what it is like (台, 把)."""
    return frozenset(entries[0].classifiers) - _VAGUE if entries else frozenset()


def _band_of(zipf: float) -> float:
    """The HSK level of most words that are as frequent."""
    return next(
        (level for least, level in ((5.5, 2.0), (4.8, 4.0), (4.2, 5.0), (3.5, 6.0)) if zipf >= least), 7.0
    )


def _sounding(right: Right, lexicon: Lexicon) -> list[str]:
    """Words that sound the same but for tones, or nearly the same."""
    syllables = right.note.syllables
    if not syllables:
        return []
    found = [entry.simplified for entry in lexicon.homophones(syllables)]
    if len(syllables) <= 3:
        for reading in misheard(syllables):
            found += [entry.simplified for entry in lexicon.homophones(reading)[:4]]
    return found


def _shaped(right: Right, lexicon: Lexicon) -> list[str]:
    """Words that look like it, words with a character in common, and with one that looks like its own."""
    found = [headword for headword in redrawn(right.headword, lexicon) if headword in lexicon]
    if len(right.headword) > 1:
        for character in dict.fromkeys(right.headword):
            found += _holding(lexicon, character, len(right.headword))
        for place, character in enumerate(right.headword):
            for other in alike(character, lexicon)[:_NEAREST]:
                holding = _holding(lexicon, other, len(right.headword))
                found += [headword for headword in holding if headword[place] == other][:_NEAREST]
    return found


@lru_cache(maxsize=2048)
def _holding(lexicon: Lexicon, character: str, length: int, limit: int = 60) -> tuple[str, ...]:
    """The commonest words of this length with this character."""
    holding = (headword for headword in _band(lexicon, length, None) if character in headword)
    return tuple(islice(holding, limit))


def _sensible(right: Right, lexicon: Lexicon, length: int) -> list[str]:
    """Words of the same level or, without one, of about the same frequency; an idiom has all others."""
    every = _band(lexicon, length, None)
    if length == _TERM and right.expression:
        return [headword for headword in every if vector(headword)]
    if right.level is not None:
        near: list[str] = []
        for wide in (1, 2, 3):
            # Of three characters a level has few words.
            near = [
                headword
                for level in range(max(1, right.level - wide), min(7, right.level + wide) + 1)
                for headword in _band(lexicon, length, level)
            ]
            if len(near) >= _DRAWN:
                break
        return near
    if right.zipf is None:
        return list(every[:2500])
    low, high = 0, len(every)
    # Of a rarer word those of its own frequency are hardly met: the rarest of the usual ones serve.
    zipf = max(right.zipf, _LEAST.get(length, 0.0))
    while low < high:
        middle = (low + high) // 2
        frequency = lexicon.frequency(every[middle])
        if frequency is not None and frequency > zipf:
            low = middle + 1
        else:
            high = middle
    start = max(0, low - _AROUND // 2)
    return list(every[start : start + _AROUND])


@lru_cache(maxsize=64)
def _band(lexicon: Lexicon, length: int, level: int | None) -> tuple[str, ...]:
    return lexicon.headwords(length, level)
