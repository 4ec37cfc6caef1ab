"""Candidates for wrong options: words like the answer, nearest first, by family."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Protocol

from studytui.study.language.word_kind import may_be_a_person
from studytui.study.language.word_vectors import vector
from studytui.study.questions.options.misreadings import alike, misheard, redrawn
from studytui.study.questions.options.right_answer import STANDING, TERM, Right, measures_of
from studytui.study.questions.options.usual_words import LEAST, is_usual
from studytui.study.questions.question import Family
from studytui.text.lexicon.lexicon import Lexicon

_PLACE = 2.0
"""What it weighs that a word stands in the answer's places; a part of speech weighs 1.5, a level 0.25."""
_CHANCE = 0.15
"""How far chance moves a word among those that can stand in a gap."""
_CHOSEN_AMONG = 24
"""The nearest words among which chance chooses."""
_DRAWN = 200
"""How many words of the band are looked at for one question."""
_AROUND = 3000
"""So many words of about the answer's frequency are looked at, where no list has its level."""
_NEAREST = 5
"""So many look-alikes of a character are looked for in words, and so many words of each are taken."""
_ENOUGH = 5
"""With so many of the answer's part of speech among them, no other is needed."""


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
        if times > 0 and len(headword) == length and is_usual(lexicon, headword):
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
                and (family in ("text", "sense") or is_usual(lexicon, headword))
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
                if family == "sense" and not is_usual(lexicon, headword):
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
        if is_usual(lexicon, headword):
            yield found_in[headword], headword


def _nearest(right: Right, headwords: Iterable[str]) -> list[str]:
    """Those that stand in the same places as the answer, as far as that is known."""
    near = {headword: right.standing(headword) for headword in headwords}
    standing = [headword for headword, how in near.items() if how >= STANDING]
    standing.sort(key=lambda headword: (-near[headword], headword))
    fit = (headword for headword in standing if is_usual(right.lexicon, headword) and right.differs(headword))
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
    ours, theirs = right.measures, measures_of(lexicon.entries(headword))
    if ours & theirs:
        distance -= 0.8
    elif bool(ours) != bool(theirs):
        distance += 0.8  # a chair may be broken, a will may not
    # 味儿 for 闹钟: as long on paper, but not in the mouth.
    if headword.endswith("儿") != right.headword.endswith("儿"):
        distance += 2
    return distance


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
    if length == TERM and right.expression:
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
    zipf = max(right.zipf, LEAST.get(length, 0.0))
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
