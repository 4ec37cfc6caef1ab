"""What is written into a text beside its words: readings in brackets, and the marks of notes.

A learner's textbook has 学习(xuéxí), a copied page 茶[1] and 历史[编辑]. They part words, give answers away
and are no vocabulary: they are left out of the text that is read, and their number is told.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from studytui.text.characters import HAN, is_han
from studytui.text.punctuation import CLOSERS, ENDS, PAUSES
from studytui.text.reflow.lines import Line, Run

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon

_BRACKETED: Final = re.compile(
    rf"(?<=[{HAN}])[ \t]?(?:\((?P<a>[^()\n]{{1,80}})\)|（(?P<b>[^（）\n]{{1,80}})）"
    r"|\[(?P<c>[^\[\]\n]{1,80})\]|［(?P<d>[^［］\n]{1,80})］|【(?P<e>[^【】\n]{1,80})】)"
)
_TONE_MARKS: Final = re.compile("[\u0300\u0301\u0304\u030c]")
_NUMBERED: Final = re.compile(r"(?:[a-zü]{1,5}:?[1-5][\s'’·\-]*)+(?:;\s*[a-z]{1,6})?", re.IGNORECASE)
_SYLLABLE: Final = re.compile(
    "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:[iuü]?(?:ang?|eng?)|ing?|[uü]n|ong|iong|[iu]?ai|uei|ui|[ue]i|i?ao|iou|iu|ou|[iuü]?[aeo]|er|[iuüv])r?"
    r"[\s'’·\-,，.]*",
    re.IGNORECASE,
)
_LETTERS: Final = re.compile(r"[A-Za-zü:'’ ]+")
_ZHUYIN_AFTER: Final = re.compile(
    rf"(?<=[{HAN}])(?:˙?[\u3105-\u312f\u31a0-\u31bf]{{1,3}}[ˉˊˇˋ]|˙[\u3105-\u312f]{{1,3}}|[\u3105-\u312f]{{2,3}}˙?)"
)
"""Zhuyin behind its character without brackets; one letter without a tone may stand for a word (ㄉ)."""
_ZHUYIN: Final = re.compile("[\u3105-\u312f\u31a0-\u31bfˉˊˇˋ˙\\s·]+")
_EDITED: Final = re.compile(r"\s*[\[［][编編][辑輯]")
_NOTE_MARK: Final = re.compile(
    rf"(?<=[{HAN}{re.escape(ENDS + PAUSES + CLOSERS)}A-Za-z0-9])"
    r"(?:[\[［〔](?:\d{1,3}|(?:注|註|note)\s*\d{1,3}|[编編][辑輯](?:源代[码碼]|原始碼)?(?:\s*\|\s*[编編][辑輯](?:源代[码碼]|原始碼)?)?|[a-z]|[来來]源[请請]求|需要引用"
    r"|[谁誰何]?[谁誰時时]?[？?]|失效[链連][接結]|永久失效[链連][接結]|可疑)[\]］〕](?::\d{1,4}(?:[-–]\d{1,4})?)?)+"
)


def is_reading(text: str) -> bool:
    """Whether `text` is nothing but pinyin with tones, or zhuyin."""
    said = text.strip()
    if not said:
        return False
    if _ZHUYIN.fullmatch(said):
        return any("\u3105" <= character <= "\u312f" for character in said)
    if _NUMBERED.fullmatch(said):
        return True
    apart = unicodedata.normalize("NFD", said)
    plain = unicodedata.normalize("NFC", _TONE_MARKS.sub("", apart))
    return _TONE_MARKS.search(apart) is not None and _is_spelled(plain)


def _is_spelled(text: str) -> bool:
    """Whether letters without tones are syllables of pinyin, the longest first."""
    place = 0
    while place < len(text):
        syllable = _SYLLABLE.match(text, place)
        if syllable is None:
            return False
        place = syllable.end()
    return True


def written_beside(text: str) -> list[Run]:
    """The stretches of `text` that are readings in brackets or marks of notes, in order."""
    found = [
        match.span()
        for match in _BRACKETED.finditer(text)
        if is_reading(said := match[match.lastgroup or 0]) or _reads(text, match.start(), said)
    ]
    found += [match.span() for match in _ZHUYIN_AFTER.finditer(text)]
    found += [match.span() for match in _NOTE_MARK.finditer(text) if _is_mark(text, match.start())]
    return sorted(found)


def edited_section(text: str, line: Line) -> bool:
    """Whether a wiki's link to edit a section follows a line of `text`: it is the section's heading."""
    return _EDITED.match(text, line.runs[-1][1], line.end) is not None


def _reads(text: str, place: int, said: str) -> bool:
    """Whether `said` is the reading of the characters before `place`, written without tones: 你(ni).

    What is spelled like pinyin may be English (他(he), 能(can)), so the dictionary is asked.
    """
    letters = "".join(each for each in said.lower().replace("ü", "u:") if each.isalpha() or each == ":")
    if not _LETTERS.fullmatch(said):
        return False
    while letters and place and is_han(text[place - 1]):
        place -= 1
        ends = [each for each in _readings(text[place]) if letters.endswith(each)]
        if not ends:
            return False
        letters = letters.removesuffix(max(ends, key=len))
    return not letters


@cache
def _readings(character: str) -> frozenset[str]:
    """How a character can be read, without tones; `v` for ü is as good as `u:`."""
    spelled = {entry.syllables[0].rstrip("12345").lower() for entry in _lexicon().entries(character)}
    return frozenset(spelled | {each.replace("u:", "v") for each in spelled})


@cache
def _lexicon() -> Lexicon:
    from studytui.text.lexicon.lexicon import Lexicon  # most texts are cleaned without it

    return Lexicon.open()


def _is_mark(text: str, start: int) -> bool:
    """Whether brackets are a note's and no index of a program's: `a[1]`, `a[i]`."""
    return not text[start - 1].isascii() or not text[start - 1].isalnum() or not text[start + 1].isascii()
