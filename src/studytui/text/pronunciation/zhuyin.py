"""Zhuyin (bopomofo) of numbered pinyin syllables, as Taiwan's schools write it, and the way back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from studytui.text.pinyin import split_tone


def _table(written: str) -> dict[str, str]:
    pairs = written.split()
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


_INITIALS = _table(
    """
    zh ㄓ  ch ㄔ  sh ㄕ  b ㄅ  p ㄆ  m ㄇ  f ㄈ  d ㄉ  t ㄊ  n ㄋ  l ㄌ  g ㄍ  k ㄎ  h ㄏ  j ㄐ
    q ㄑ  x ㄒ  r ㄖ  z ㄗ  c ㄘ  s ㄙ
    """
)
_FINALS = _table(
    """
    a ㄚ  o ㄛ  e ㄜ  ê ㄝ  ai ㄞ  ei ㄟ  ao ㄠ  ou ㄡ  an ㄢ  en ㄣ  ang ㄤ  eng ㄥ  er ㄦ  i ㄧ
    ia ㄧㄚ  io ㄧㄛ  ie ㄧㄝ  iai ㄧㄞ  iao ㄧㄠ  iu ㄧㄡ  iou ㄧㄡ  ian ㄧㄢ  in ㄧㄣ  iang ㄧㄤ
    ing ㄧㄥ  u ㄨ  ua ㄨㄚ  uo ㄨㄛ  uai ㄨㄞ  ui ㄨㄟ  uei ㄨㄟ  uan ㄨㄢ  un ㄨㄣ  uen ㄨㄣ
    uang ㄨㄤ  ong ㄨㄥ  ueng ㄨㄥ  ü ㄩ  üe ㄩㄝ  üan ㄩㄢ  ün ㄩㄣ  iong ㄩㄥ
    """
)
_WHOLE = _table(
    """
    r ㄦ  m ㄇ  n ㄋ  ng ㄫ  hm ㄏㄇ  hng ㄏㄫ  yi ㄧ  wu ㄨ  yu ㄩ  yong ㄩㄥ  ying ㄧㄥ
    yin ㄧㄣ  you ㄧㄡ  wei ㄨㄟ  wen ㄨㄣ  weng ㄨㄥ
    """
)
_TONES = {"2": "ˊ", "3": "ˇ", "4": "ˋ"}
_LETTER = "\u3105-\u312f\u31a0-\u31bf"
_TYPED = re.compile(f"(˙?)([{_LETTER}]+)([ˉˊˇˋ˙]?)")
_TONE_OF = {"": "1", "ˉ": "1", "ˊ": "2", "ˇ": "3", "ˋ": "4", "˙": "5"}
_BUZZING = {"zhi", "chi", "shi", "ri", "zi", "ci", "si"}


def zhuyin(syllable: str) -> str:
    """A numbered syllable in zhuyin: `he2` -> `ㄏㄜˊ`, `xi5` -> `˙ㄒㄧ`; what is no pinyin stays as it is."""
    letters, digit = split_tone(syllable)
    spelt = _spell(letters.lower().replace("u:", "ü").replace("v", "ü")) if digit else None
    if spelt is None:
        return "?" if letters.lower() == "xx" else syllable
    return f"˙{spelt}" if digit == "5" else spelt + _TONES.get(digit, "")


def separate(syllables: Iterable[str]) -> str:
    """The syllables in zhuyin, a space between each."""
    return " ".join(map(zhuyin, syllables))


def is_zhuyin(text: str) -> bool:
    """Whether zhuyin stands in what was typed."""
    return _TYPED.search(text) is not None


def typed_as_pinyin(text: str, syllables: Iterable[str]) -> str:
    """Typed zhuyin as numbered pinyin, a space between: `ㄋㄧˇㄏㄠˇ` -> `ni3 hao3`.

    Args:
        text: with or without spaces; a syllable without a mark is in the first tone. What is no zhuyin stays.
        syllables: the letters of all syllables that there are, ü as `v`: among them each run is cut, the
            longest first.
    """
    letters: dict[str, str] = {}
    for each in sorted(syllables):
        if (spelt := _spell(each.replace("v", "ü"))) is not None:
            letters.setdefault(spelt, each)

    def pinyin(typed: re.Match[str]) -> str:
        before, run, after = typed.groups()
        found = _cut(run, letters)
        tones = ["1"] * (len(found) - 1) + [_TONE_OF[after]]
        if before:
            tones[0] = "5"
        return "".join(f" {each}{tone}" for each, tone in zip(found, tones, strict=True))

    return _TYPED.sub(pinyin, text).strip()


def _cut(run: str, letters: Mapping[str, str]) -> list[str]:
    found: list[str] = []
    while run:
        size = next((size for size in range(len(run), 0, -1) if run[:size] in letters), 1)
        found.append(letters.get(run[:size], run[:size]))
        run = run[size:]
    return found


def _spell(letters: str) -> str | None:
    if letters in _WHOLE:
        return _WHOLE[letters]
    if letters in _BUZZING:
        return _INITIALS[letters[:-1]]
    if letters.startswith("y"):
        # ya, ye, yue, yuan: the spelling of i- and ü- without an initial.
        return _FINALS.get("ü" + letters[2:] if letters.startswith("yu") else "i" + letters[1:])
    if letters.startswith("w"):
        return _FINALS.get("u" + letters[1:])
    initial = letters[:2] if letters[:2] in _INITIALS else letters[:1]
    if initial not in _INITIALS:
        return _FINALS.get(letters)
    final = letters[len(initial) :]
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "ü" + final[1:]
    found = _FINALS.get(final)
    return _INITIALS[initial] + found if found else None
