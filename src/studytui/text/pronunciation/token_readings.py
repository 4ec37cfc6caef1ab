"""How a token is read in its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from studytui.text.characters import is_han
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.lexicon.preferred_readings import IN_NAMES, PREFERRED_READINGS
from studytui.text.pinyin import numbered
from studytui.text.pronunciation.neighbour_rules import NeighbourRules, has_rules
from studytui.text.pronunciation.polyphones import by_context
from studytui.text.token import Token, TokenKind
from studytui.text.words.neighbours import base_of
from studytui.text.words.numerals import spoken_number
from studytui.text.words.person_names import ADDRESSES

_NEAR = 16
"""How many characters on either side decide."""
_STRETCH = 500
"""pypinyin is given no more characters at once: a text without any full stop must not cost minutes."""
# Weights of the evidence for a character's reading, fitted on the CPP development set.
_GUESS, _COMMON, _SENSES, _NAMED = 0.7, 5.0, 0.8, 8.0

_AFTER_FAMILY = ADDRESSES | {
    "姓", "氏", "某", "某某", "总", "工", "姐", "哥", "叔", "姨", "婶", "嫂", "伯", "爷", "府",
    "主席", "书记", "总理", "总统", "部长", "省长", "市长", "县长", "镇长", "乡长", "处长", "科长", "所长",
    "会长", "社长", "行长", "班长", "总裁", "董事长", "博士", "工程师", "导演", "秘书", "将军", "司令",
    "法官", "警察", "记者", "馆长", "站长", "团长", "组长", "店长", "总监", "大使", "教官", "上校", "阿姨",
}  # fmt: skip
"""What follows a surname alone."""
_NO_FAMILY = frozenset("那还过都和中这应教为得着只从当")
"""Surnames that before a title are another word."""

_DIMINUTIVES = {"小": "Xiao3", "老": "Lao3"}
"""How 小 and 老 are read before a surname."""


class Reader:
    """Readings by the dictionary; where it leaves a choice, by neighbours, pypinyin and frequency."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._rules = NeighbourRules(lexicon)
        # The last stretch and its guesses, in one value: threads may share a reader.
        self._last: tuple[str, tuple[str, ...]] = ("", ())
        self._readings: dict[str, list[tuple[str, ...]]] = {}
        self._characters: dict[str, dict[str, tuple[float, float, float]]] = {}

    def syllables(
        self,
        headword: str,
        sentence: str,
        start: int,
        kind: TokenKind = "word",
        tokens: Sequence[Token] = (),
        at: int = 0,
    ) -> tuple[str, ...]:
        """The reading of `headword`, which stands (in simplified form) at `sentence[start:]`.

        `tokens[at]` is its token among those of its paragraph, as the text has it: with them its neighbours
        and its traditional spelling (乾, 幹, 干) help to decide.

        A word of the dictionary is read as one of its entries; a number as it is spoken, digits too; another
        text has one syllable for each Chinese character, and none for what is not Chinese.
        """
        readings = self._readings.get(headword)
        if readings is None:
            readings = list(dict.fromkeys(entry.syllables for entry in self._lexicon.entries(headword)))
            self._readings[headword] = readings
        if len(readings) == 1 and len(headword) > 1 and not has_rules(headword):
            return readings[0]
        if tokens:
            ruled = self._rules.reading(headword, sentence, start, tokens, at)
            if ruled is not None and kind != "name":
                return ruled
            if family := self._family(headword, kind, tokens, at):
                return (family,)
            readings = self._as_written(readings, headword, tokens[at].text)
        if len(readings) == 1:
            return readings[0]
        if not readings and kind == "number":
            # Digits are read too: 19日 is shi2 jiu3 ri4.
            before, after = sentence[max(0, start - _NEAR) : start], sentence[start + len(headword) :][:_NEAR]
            following = next((token for token in tokens[at + 1 :][:2] if token.text.strip()), None)
            counting = following is not None and self._rules.is_counted_with(following)
            spoken = spoken_number(headword, before, after, counting)
            # A month of digits is no name: 3月 is san1 yue4.
            return tuple(syllable.lower() for syllable in self._by_parts(spoken, spoken, 0, kind))
        if not readings and (base := base_of(headword)) is not None and base in self._lexicon:
            return self._reduplicated(headword, base, sentence, start)
        if not readings:
            return self._by_parts(headword, sentence, start, kind)
        if len(headword) == 1:
            return self._one_character(readings, headword, sentence, start, kind)
        preferred = tuple(PREFERRED_READINGS.get(headword, "").split())
        if preferred in readings:
            return preferred
        guess = self._guess(sentence, start, len(headword))
        lower = [reading for reading in readings if reading[0][:1].islower()] or readings
        return guess if guess in lower else lower[0]

    def _family(self, character: str, kind: TokenKind, tokens: Sequence[Token], at: int) -> str | None:
        """The reading of a surname alone: after 姓, before 姓, 氏 or a title; None elsewhere."""
        if len(character) > 1 or kind != "word":
            return None
        before = tokens[at - 1] if at else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        said = before is not None and before.text == "姓"
        if not said and (after is None or after.text not in _AFTER_FAMILY or character in _NO_FAMILY):
            return None
        # 他任校长 is a verb with its object, 任校长来了 a person.
        acts = "v" in self._lexicon.classes(character) and before is not None
        if not said and acts and before is not None and before.kind != "punctuation":
            classes = self._lexicon.classes(before.text)
            if before.kind != "word" or classes[:1] in ("n", "d") or self._lexicon.tag(before.text) == "r":
                return None
        return self._lexicon.surname_reading(character)

    def _as_written(
        self, readings: list[tuple[str, ...]], headword: str, written: str
    ) -> list[tuple[str, ...]]:
        """Those readings that a traditional spelling has: 乾 is gan1, 幹 gan4."""
        if written == headword or len(readings) < 2:
            return readings
        entries = self._lexicon.entries(headword)
        spelt = dict.fromkeys(entry.syllables for entry in entries if entry.traditional == written)
        return list(spelt) or readings

    def _one_character(
        self, readings: list[tuple[str, ...]], character: str, sentence: str, start: int, kind: TokenKind
    ) -> tuple[str, ...]:
        if kind == "name" and (family := self._lexicon.surname_reading(character)):
            return (family,)
        by_letters = {"".join(reading).lower(): reading for reading in reversed(readings)}
        before, after = sentence[max(0, start - _NEAR) : start], sentence[start + 1 : start + 1 + _NEAR]
        syllable = by_context(character, before, after) or PREFERRED_READINGS.get(character)
        if syllable is None or syllable not in by_letters:
            syllable = self._likeliest(character, sentence, start, kind)
        return by_letters.get(syllable, readings[0])

    def _reduplicated(self, headword: str, base: str, sentence: str, start: int) -> tuple[str, ...]:
        """老老实实 and 说说话, by the reading of what is doubled; the second one gets its full tone."""
        first, second = self.syllables(base, sentence, start + 1)
        if len(headword) == 3:
            return (first, first, second)
        if second.endswith("5"):
            second = self._likeliest(base[1], sentence, start + 2, "word")
        return (first, first, second, second)

    def _by_parts(self, text: str, sentence: str, start: int, kind: TokenKind) -> tuple[str, ...]:
        """A text that is no headword: by its parts of one reading, else character by character."""
        # A short name's characters are its own: 重盈 in 王重盈 is no word. A long one holds words (大学).
        person = kind == "name" and len(text) < 4
        parts = tuple(text) if person or "·" in text else self._lexicon.parts(text)
        if person and len(text) == 2 and text[0] in _DIMINUTIVES:
            family = self._lexicon.surname_reading(text[1])
            if family is not None:
                return (_DIMINUTIVES[text[0]], family)
        syllables: list[str] = []
        place = start
        for part in parts:
            known = {entry.syllables for entry in self._lexicon.entries(part)} if len(part) > 1 else set()
            if len(known) == 1:
                syllables.extend(known.pop())
            else:
                for offset, character in enumerate(part):
                    if not is_han(character):
                        continue
                    first = person and place == start and len(text) > 1
                    family = self._lexicon.surname_reading(character) if first else None
                    syllables.append(family or self._likeliest(character, sentence, place + offset, kind))
            place += len(part)
        return tuple(filter(None, syllables))

    def _likeliest(self, character: str, sentence: str, start: int, kind: TokenKind) -> str:
        evidence = self._evidence(character)
        if len(evidence) == 1:
            return next(iter(evidence))
        preferred = (IN_NAMES if kind == "name" else PREFERRED_READINGS).get(character)
        if preferred in evidence:
            return preferred
        guess = "".join(self._guess(sentence, start, 1))
        if not evidence:
            return guess

        def weight(syllable: str) -> float:
            common, named, senses = evidence[syllable]
            by_name = _NAMED * named if kind == "name" else 0.0
            return _GUESS * (syllable == guess) + _COMMON * common + _SENSES * senses + by_name

        return max(evidence, key=weight)

    def _evidence(self, character: str) -> dict[str, tuple[float, float, float]]:
        """Reading -> its shares in words and in names, and of the dictionary's senses."""
        known = self._characters.get(character)
        if known is None:
            shares = self._lexicon.reading_shares(character)
            senses: dict[str, float] = {}
            for entry in self._lexicon.entries(character):
                syllable = "".join(entry.syllables).lower()
                senses[syllable] = senses.get(syllable, 0.0) + len(entry.senses)
            total = sum(senses.values())
            known = self._characters[character] = {
                syllable: (*shares.get(syllable, (0.0, 0.0)), count / total)
                for syllable, count in senses.items()
            }
        return known

    def _guess(self, sentence: str, start: int, length: int) -> tuple[str, ...]:
        """pypinyin's syllables for what stands at `sentence[start:]`; empty for what is not Chinese.

        It is given the characters between two punctuation marks, since it looks no further itself.
        """
        first = start - start % _STRETCH
        begin = end = start
        while begin > first and is_han(sentence[begin - 1]):
            begin -= 1
        while end < min(len(sentence), first + _STRETCH) and is_han(sentence[end]):
            end += 1
        stretch = sentence[begin:end]
        last, guesses = self._last
        if stretch != last:
            guesses = _pypinyin(stretch)
            self._last = (stretch, guesses)
        return guesses[start - begin : start - begin + length]


_numbered = cache(numbered)
"""There are some 1,500 syllables."""


def _pypinyin(sentence: str) -> tuple[str, ...]:
    import pypinyin

    lazy: Any = pypinyin.lazy_pinyin
    read = lazy(
        sentence,
        style=pypinyin.Style.TONE,
        errors=lambda other: [""] * len(other),
    )
    if len(read) != len(sentence):
        return ("",) * len(sentence)
    return tuple(map(_numbered, read))


def with_sandhi(syllables: tuple[str, ...], text: str = "") -> tuple[str, ...]:
    """The syllables as they are spoken one after the other; for display, never for a note's identity.

    Third tones before a third tone rise (`ni3 hao3` -> `ni2 hao3`); 不 is `bu2` before a fourth tone; 一 is
    `yi2` before a fourth tone and `yi4` before the others, but keeps its tone at the end, as an ordinal and
    in a numeral. `text`, one character a syllable, tells 不 and 一 apart from their homophones; without it
    only third tones change.
    """
    spoken = list(syllables)
    tones = [syllable[-1] for syllable in syllables]
    aligned = len(text) == len(syllables)
    for place in range(len(spoken) - 2, -1, -1):
        own, after = tones[place], spoken[place + 1][-1]
        character = text[place] if aligned else ""
        before = text[place - 1] if aligned and place else ""
        if character == "不" and own == "4" and after == "4":
            spoken[place] = "bu2"
        elif character == "一" and own == "1" and before not in _ORDINAL and text[place + 1] not in _NUMERALS:
            if after in "123":
                spoken[place] = "yi4"
            elif after == "4":
                spoken[place] = "yi2"
        elif own == "3" and tones[place + 1] == "3":
            spoken[place] = syllables[place][:-1] + "2"
    return tuple(spoken)


_NUMERALS = frozenset("〇零一二三四五六七八九十")
_ORDINAL = _NUMERALS | {"第"}
