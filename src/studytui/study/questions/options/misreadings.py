"""Likeness of characters and syllables: what the eye and the ear of a learner mix up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from studytui.study.questions.typed_pinyin import sound_of
from studytui.text.word_lists import lines

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon


_ALIKE: dict[str, frozenset[str]] = {}
for _group in " ".join(lines("similar_characters.txt")).split():
    for _character in _group:
        _ALIKE[_character] = _ALIKE.get(_character, frozenset()) | frozenset(_group) - {_character}

_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("f", "h"), ("b", "p"), ("d", "t"),
             ("g", "k"), ("j", "q"), ("q", "x"), ("j", "x"), ("zh", "j"), ("ch", "q"), ("sh", "x"),
             ("zh", "ch"), ("r", "l"))  # fmt: skip
_FINALS = (("an", "ang"), ("en", "eng"), ("in", "ing"), ("ian", "iang"), ("uan", "uang"), ("ao", "ou"),
           ("u", "v"), ("un", "vn"), ("ie", "ve"), ("e", "uo"), ("ui", "ei"), ("iu", "ou"))  # fmt: skip
_SOUNDS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")


def alike(character: str, lexicon: Lexicon | None = None) -> tuple[str, ...]:
    """Characters easily taken for this one, likest first.

    Those that differ by a stroke (己, 已) stand in a list of ours; those that share most of their components
    (揭, 渴, 竭) in the lexicon, without which only the list counts.
    """
    listed = sorted(_ALIKE.get(character, frozenset()))
    return tuple(dict.fromkeys([*listed, *(lexicon.alike(character) if lexicon is not None else "")]))


def redrawn(headword: str, lexicon: Lexicon | None = None) -> Iterator[str]:
    """The headword with one character replaced by one that looks like it; most are no words."""
    for index, character in enumerate(headword):
        for other in alike(character, lexicon):
            yield headword[:index] + other + headword[index + 1 :]


def misheard(syllables: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The reading with one syllable replaced by one that sounds near it: zh for z, ang for an and so on.

    The tone number stays. Some are no Mandarin syllables; a lookup finds nothing for them.
    """
    for index, syllable in enumerate(syllables):
        sound = sound_of(syllable)
        tone = "" if sound.tone is None else str(sound.tone)
        for letters in sorted(_near(sound.letters)):
            spelt = letters.replace("v", "u" if letters[:1] in tuple("jqxy") else "u:")
            yield (*syllables[:index], spelt + tone, *syllables[index + 1 :])


def _near(letters: str) -> frozenset[str]:
    initial = next((sound for sound in _SOUNDS if letters.startswith(sound)), "")
    final = letters[len(initial) :]
    found = {
        other + final for pair in _INITIALS for one, other in (pair, pair[::-1]) if one == initial and final
    }
    found |= {initial + other for pair in _FINALS for one, other in (pair, pair[::-1]) if one == final}
    return frozenset(found - {letters})
