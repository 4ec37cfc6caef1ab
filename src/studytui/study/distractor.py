"""Wrong options: like the answer in sound, in shape, in sense, or from the same text; never right.

A candidate is a word of the dictionary that learners may meet. It is turned away when it could be a second
right answer: it shares a content word of any gloss with the answer, is a variant of it, stands in the
prompt, or goes with the same neighbours in this text or in the dictionary.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Protocol

from studytui.study import gloss
from studytui.study.lookalike import misheard, redrawn
from studytui.study.note import Note
from studytui.study.question import Family, Option
from studytui.study.spelling import accepted_tones, sound_of
from studytui.text.lexicon import Lexicon
from studytui.text.pinyin import joined
from studytui.text.token import Entry

FAMILIES: tuple[Family, ...] = ("sound", "shape", "sense", "text")


class Phrase(Protocol):
    """What a pool is made of: a `Note`, or a `KeyPhrase`."""

    @property
    def headword(self) -> str:
        """Simplified."""

    @property
    def syllables(self) -> tuple[str, ...]:
        """The reading, a syllable each."""


@dataclass(frozen=True, slots=True)
class Context:
    """Where a cloze's answer stands."""

    sentence: str
    """The whole sentence; no option may stand in it."""
    before: str = ""
    """The word before the blank; empty at the start of a clause."""
    after: str = ""
    """The word after it."""
    rivals: frozenset[str] = frozenset()
    """Headwords that stand beside one of the same neighbours somewhere in this text."""
    traditional: bool = False
    """Options are to be shown in traditional characters."""


_RUDE = re.compile(
    r"vulgar|taboo|derog|offensive|profan|slur|sexual|\bsex\b|penis|vagina|breast|prostitut|brothel|whore|rape|fuck"
    r"|\bshit|\bass\b|corpse|suicide|slang|swear",
    re.IGNORECASE,
)
_RARE = re.compile(
    r"\((?:archaic|old|dialect|literary|Tw|loanword|Cantonese|Taiwan)\b|variant of", re.IGNORECASE
)
_PROPER = ("nr", "ns", "nt", "nz")
_CLASSES = {
    **dict.fromkeys(("vn", "vd", "vg"), "v"),
    **dict.fromkeys(("an", "ad", "ag", "z", "b"), "a"),
    "ng": "n",
    "l": "i",
}
"""jieba's finer tags, coarsened."""


def distractors(
    note: Note,
    lexicon: Lexicon,
    pool: Sequence[Phrase],
    rng: random.Random,
    count: int = 3,
    *,
    context: Context | None = None,
    confused: Mapping[str, int] | None = None,
) -> tuple[Option, ...]:
    """Up to `count` wrong headwords for this note's headword, of as many families as there are.

    `pool` is this text's own phrases. `confused` says how often this learner took which headword for this
    one; those come first. Fewer come back only where the dictionary has no more of that length.
    """
    right = _Right(note, lexicon)
    picked: list[Option] = []
    fields: list[frozenset[str]] = []
    for family, headword in _ranked(right, lexicon, pool, rng, confused or {}):
        if len(picked) == count:
            break
        if any(option.headword == headword for option in picked):
            continue
        meaning = _field(lexicon, headword)
        if not right.differs(headword) or any(meaning & other for other in fields):
            continue
        if context is not None and not _out_of_place(right, headword, context, lexicon):
            continue
        text = headword
        if context is not None and context.traditional:
            entries = lexicon.entries(headword)
            text = entries[0].traditional if entries else headword
        picked.append(Option(text, family, headword))
        fields.append(meaning)
    return tuple(picked)


def gloss_distractors(
    note: Note,
    lexicon: Lexicon,
    pool: Sequence[Phrase],
    rng: random.Random,
    count: int = 3,
    *,
    confused: Mapping[str, int] | None = None,
) -> tuple[Option, ...]:
    """Up to `count` wrong meanings, worded like the right one: as long, and as a verb if it is one.

    None shares a content word with any sense of the note, nor comes from a word that shares both a
    character and its part of speech, since such pairs are mostly synonyms.
    """
    right = _Right(note, lexicon)
    answer = gloss.short_gloss(note.glosses)
    if not answer:
        return ()
    picked: list[Option] = []
    fields: list[frozenset[str]] = []
    loose: list[tuple[Option, frozenset[str]]] = []
    for family, headword in _ranked(right, lexicon, pool, rng, confused or {}):
        if len(picked) == count:
            break
        if not right.differs(headword) or any(option.headword == headword for option in picked):
            continue
        if set(headword) & set(note.headword) and right.same_class(headword):
            continue
        entries = lexicon.entries(headword)
        text = gloss.short_gloss(entries[0].glosses) if entries else ""
        meaning = gloss.field(entries[0].glosses) if entries else frozenset()
        if not text or gloss.is_verbal(text) != gloss.is_verbal(answer) or meaning & right.field:
            continue
        if any(meaning & other for other in fields) or text[0].isupper() != answer[0].isupper():
            continue
        option = Option(text, family, headword)
        if abs(len(text) - len(answer)) > max(10, len(answer) // 2):
            loose.append((option, meaning))
            continue
        picked.append(option)
        fields.append(meaning)
    for option, meaning in loose:
        if len(picked) < count and not any(meaning & other for other in fields):
            picked.append(option)
            fields.append(meaning)
    return tuple(picked)


def tone_distractors(note: Note, rng: random.Random, count: int = 3) -> tuple[Option, ...]:
    """Up to `count` readings with the right letters and wrong tones; none is right after sandhi."""
    syllables = note.syllables
    accepted = accepted_tones(syllables, note.headword)
    near = {1: (4, 2), 2: (3, 1), 3: (2, 4), 4: (1, 2), 5: (1, 4)}
    found: dict[tuple[str, ...], None] = {}
    sounds = [sound_of(syllable) for syllable in syllables]
    spoken = [index for index, sound in enumerate(sounds) if sound.tone in near and sound.letters != "r"]
    for _ in range(60):
        if not spoken or len(found) == count:
            break
        changed = list(syllables)
        # One wrong tone is harder to see than several.
        for index in rng.sample(spoken, min(len(spoken), rng.choice((1, 1, 2)))):
            tone = sound_of(syllables[index]).tone or 5
            changed[index] = syllables[index].rstrip("12345") + str(rng.choice((*near[tone], *(1, 2, 3, 4))))
        if any(
            sound_of(syllable).tone not in tones for syllable, tones in zip(changed, accepted, strict=True)
        ):
            found.setdefault(tuple(changed))
    return tuple(Option(joined(reading), "sound") for reading in found)


class _Right:
    """The answer, with all that makes another word right beside it."""

    def __init__(self, note: Note, lexicon: Lexicon) -> None:
        self.note = note
        self.lexicon = lexicon
        self.headword = note.headword
        entries = lexicon.entries(note.headword)
        self.forms = {note.headword, note.traditional} | {
            form for entry in entries for form in (entry.simplified, entry.traditional)
        }
        self.field = gloss.field(note.glosses) | _field(lexicon, note.headword)
        self.tag = _class(lexicon, note.headword, note.kind)
        self.zipf = note.frequency if note.frequency is not None else lexicon.frequency(note.headword)
        self.level = note.hsk if note.hsk is not None else lexicon.level(note.headword)

    def same_class(self, headword: str) -> bool:
        return _class(self.lexicon, headword) == self.tag

    def differs(self, headword: str) -> bool:
        """Whether it is another word with another meaning."""
        if headword in self.forms or headword + "儿" in self.forms or headword == self.headword + "儿":
            return False
        entries = self.lexicon.entries(headword)
        if any(entry.traditional in self.forms for entry in entries):
            return False
        if any(form in text for entry in entries for text in entry.glosses for form in self.forms):
            return False
        return not (_field(self.lexicon, headword) & self.field)


@lru_cache(maxsize=8192)
def _field(lexicon: Lexicon, headword: str) -> frozenset[str]:
    """The content words of every gloss of every entry."""
    return gloss.field(text for entry in lexicon.entries(headword) for text in entry.glosses)


def _class(lexicon: Lexicon, headword: str, kind: str = "word") -> str:
    """The part of speech, coarsely: n, v, a, d, i (idiom)…; from the wording of the gloss if untagged."""
    if kind == "idiom":
        return "i"
    tag = lexicon.tag(headword)
    if tag and tag not in ("x", "zg", "g", "eng"):
        return _CLASSES.get(tag, tag[:1])
    entries = lexicon.entries(headword)
    if entries and any("(idiom)" in text for text in entries[0].glosses):
        return "i"
    return "v" if entries and entries[0].glosses and gloss.is_verbal(entries[0].glosses[0]) else "n"


def _usual(lexicon: Lexicon, headword: str) -> bool:
    """Whether it is a word to show: in the dictionary, met in life, no name, nothing rude or archaic."""
    entries = lexicon.entries(headword)
    if not entries or lexicon.tag(headword) in _PROPER or _proper(entries):
        return False
    frequency = lexicon.frequency(headword) or 0.0
    least = {1: 4.2, 2: 3.2}.get(len(headword), 1.6)
    if lexicon.level(headword) is None and frequency < least:
        return False
    glosses = entries[0].glosses
    return bool(glosses) and not any(_RUDE.search(text) or _RARE.search(text) for text in glosses)


def _proper(entries: Iterable[Entry]) -> bool:
    return any(entry.syllables[:1] and entry.syllables[0][:1].isupper() for entry in entries)


def _ranked(
    right: _Right,
    lexicon: Lexicon,
    pool: Sequence[Phrase],
    rng: random.Random,
    confused: Mapping[str, int],
) -> Iterator[tuple[Family, str]]:
    """Candidates in the order to be tried: confused before, then one of each family in turn.

    Sense comes last in a round but never runs out; within a family the nearest in part of speech,
    frequency and level are first, with a little chance.
    """
    length = len(right.headword)
    families: dict[Family, list[str]] = {
        "sound": _sounding(right, lexicon),
        "shape": _shaped(right, lexicon),
        "text": [phrase.headword for phrase in pool],
        "sense": _sensible(right, lexicon),
    }
    found_in: dict[str, Family] = {}
    for family, headwords in families.items():
        for headword in headwords:
            found_in.setdefault(headword, family)
    for headword, times in sorted(confused.items(), key=lambda each: (-each[1], each[0])):
        if times > 0 and len(headword) == length and _usual(lexicon, headword):
            yield found_in.get(headword, "sense"), headword
    queues: dict[Family, list[str]] = {}
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
        if family == "sense" and len(ours) > 80:
            ours = rng.sample(ours, 80)
        chance = {headword: rng.random() for headword in ours}
        near = {headword: _unlikeness(right, lexicon, headword) + chance[headword] for headword in ours}
        queues[family] = sorted(ours, key=lambda headword: (near[headword], headword), reverse=True)
    order: list[Family] = ["sound", "shape", "text"]
    rng.shuffle(order)
    order.append("sense")
    while any(queues.values()):
        for family in order:
            while queues[family]:
                headword = queues[family].pop()
                if family == "sense" and not _usual(lexicon, headword):
                    continue
                yield family, headword
                break


def _unlikeness(right: _Right, lexicon: Lexicon, headword: str) -> float:
    """How far a word is from the answer as something to be met: class, frequency, level."""
    distance = 0.0 if right.same_class(headword) else 1.5
    frequency = lexicon.frequency(headword)
    if right.zipf is not None and frequency is not None:
        distance += 0.5 * abs(right.zipf - frequency)
    level = lexicon.level(headword)
    if right.level is not None and level is not None:
        distance += 0.25 * abs(right.level - level)
    return distance


def _sounding(right: _Right, lexicon: Lexicon) -> list[str]:
    """Words that sound the same but for tones, or nearly the same."""
    syllables = right.note.syllables
    if not syllables:
        return []
    found = [entry.simplified for entry in lexicon.homophones(syllables)]
    if len(syllables) <= 3:
        for reading in misheard(syllables):
            found += [entry.simplified for entry in lexicon.homophones(reading)[:4]]
    return found


def _shaped(right: _Right, lexicon: Lexicon) -> list[str]:
    """Words with a character in common, and words that look like it."""
    found = [headword for headword in redrawn(right.headword) if headword in lexicon]
    if len(right.headword) > 1:
        for character in dict.fromkeys(right.headword):
            found += _holding(lexicon, character, len(right.headword))
    return found


@lru_cache(maxsize=2048)
def _holding(lexicon: Lexicon, character: str, length: int, limit: int = 60) -> tuple[str, ...]:
    """The commonest words of this length with this character."""
    holding = (headword for headword in _band(lexicon, length, None) if character in headword)
    return tuple(islice(holding, limit))


def _sensible(right: _Right, lexicon: Lexicon) -> list[str]:
    """Words of the same level or, without one, of about the same frequency."""
    length = len(right.headword)
    if right.level is not None:
        return [
            headword
            for level in (right.level - 1, right.level, right.level + 1)
            if 1 <= level <= 7
            for headword in _band(lexicon, length, level)
        ]
    every = _band(lexicon, length, None)
    if right.zipf is None:
        return list(every[:800])
    low, high = 0, len(every)
    while low < high:
        middle = (low + high) // 2
        frequency = lexicon.frequency(every[middle])
        if frequency is not None and frequency > right.zipf:
            low = middle + 1
        else:
            high = middle
    start = max(0, low - 150)
    return list(every[start : start + 300])


@lru_cache(maxsize=64)
def _band(lexicon: Lexicon, length: int, level: int | None) -> tuple[str, ...]:
    return lexicon.headwords(length, level)


def _out_of_place(right: _Right, headword: str, context: Context, lexicon: Lexicon) -> bool:
    """Whether a word does not fit the blank: the tests for a second right answer in a cloze.

    It must not stand in the sentence, nor elsewhere in the text beside the same neighbours, nor make a
    dictionary word with one of them. A word of the same class that shares its last character (核心技术,
    前沿技术) or its first (提高, 提升) is mostly a sister of the answer, and fits where it does.
    """
    entries = lexicon.entries(headword)
    forms = {headword, *(entry.traditional for entry in entries)}
    if any(form in context.sentence for form in forms) or headword in context.rivals:
        return False
    if right.same_class(headword) and set(headword) & set(right.headword):
        return False
    return not (
        (context.before and context.before + headword in lexicon)
        or (context.after and headword + context.after in lexicon)
    )
