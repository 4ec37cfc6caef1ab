"""The words that a field of somebody's card, or a cell of somebody's list, is about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from html import unescape
from typing import Final

from studytui.text.characters import UNSAFE, is_han

Lookup = Callable[[str], str | None]
"""A written form -> its simplified headword; None if the dictionary has none."""

_LONGEST: Final = 4000
"""Characters of HTML; a field about one word is shorter."""
_MOST_HAN: Final = 24
"""Chinese characters on the line; the longest proverb of the dictionary has 20."""

_CLOZE: Final = re.compile(r"\{\{c\d{1,3}::((?:(?!::)[^{}])*+)(?:::[^{}]*+)?\}\}")
_SOUND: Final = re.compile(r"\[(?:sound|anki:play|anki:tts)[^\]]{0,500}+\]")
_SILENT: Final = re.compile(
    r"<!--.*?(?:-->|$)|<(script|style|rt|rp|title|svg)\b[^<>]*+>.*?(?:</\1\s*>|$)", re.DOTALL | re.IGNORECASE
)
_BREAK: Final = re.compile(
    r"<(?:br|/?(?:p|div|li|ul|ol|tr|table|h[1-6]|hr|blockquote))\b[^<>]*+>", re.IGNORECASE
)
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*+>")
_INVISIBLE: Final = re.compile(f"(?![\t\n])[{UNSAFE}\u00ad\u200c\u200d]")

_ASIDE: Final = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|\{[^{}]*\}|<[^<>]*>|〈[^〈〉]*〉"
)
_BRACKETS: Final = re.compile(r"[()\[\]【】〔〕{}<>〈〉]")
_NUMBERING: Final = re.compile(r"^\s*\d+\s*[.、):]?\s*")
_TRAILING: Final = re.compile(r"(?<![\s\d¹²³⁴…~.。!?！？:：-])[\s\d¹²³⁴…~.。!?！？:：-]++$")
_EITHER: Final = re.compile("[/|=]")
_LIST: Final = re.compile("[;,、，；]")


def plain_text(html: str) -> str:
    """A field without its markup: sounds, clozes' brackets and hints, readings above characters, tags.

    What begins a new line on the card does so here.
    """
    text = html
    if "{{" in text:
        for _ in range(4):  # a cloze may stand in another
            text, changes = _CLOZE.subn(r"\1", text)
            if not changes:
                break
    if "[" in text:
        text = _SOUND.sub(" ", text)
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", _SILENT.sub("", text)))
    if "&" in text:
        text = unescape(text)
    return _INVISIBLE.sub("", text.replace("\u2028", "\n").replace("\xa0", " ").replace("\u3000", " "))


def has_han(text: str) -> bool:
    """Whether there is a Chinese character in a text."""
    return any(map(is_han, text))


def words_in(field: str, lookup: Lookup, *, html: bool = True) -> tuple[str, ...]:
    """The simplified headwords that a field names, in order; none if it names no word of the dictionary.

    A sentence names none; `头发[頭髮]`, `头发 (頭髮) tóufa`, `頭髮`, `本（名）` name one; `爸爸|爸` two.
    """
    if len(field) > _LONGEST:
        return ()
    text = plain_text(field) if html else _INVISIBLE.sub("", field.replace("\u3000", " "))
    if found := _words_of(next((line for line in text.splitlines() if has_han(line)), "").strip(), lookup):
        return found
    # What a cloze asks for is its word, whatever sentence stands around it.
    asked = _CLOZE.findall(field) if html and "{{" in field else []
    return _distinct([_one(unicodedata.normalize("NFKC", plain_text(each)), lookup) for each in asked])


def _words_of(line: str, lookup: Lookup) -> tuple[str, ...]:
    if not line or sum(map(is_han, line)) > _MOST_HAN:
        return ()
    # Compatibility forms become plain ones, but a full-width comma belongs to some proverbs.
    line = unicodedata.normalize("NFC", line)
    if word := lookup(line):
        return (word,)
    line = unicodedata.normalize("NFKC", line)
    either = _EITHER.split(_outside(line))
    if len(either) > 1:
        return _distinct([_one(part, lookup) for part in either])
    several = _LIST.split(_outside(line))
    if len(several) > 1:
        found = [_one(part, lookup) for part in several if has_han(part)]
        # A sentence has commas too, and a part of it may well be a word.
        return _distinct(found) if all(found) else ()
    return _distinct([_one(line, lookup)])


def _outside(line: str) -> str:
    """A line without what stands in brackets, if anything Chinese is left of it then."""
    outside = line
    for _ in range(3):
        outside, changes = _ASIDE.subn(" ", outside)
        if not changes:
            break
    return outside if has_han(outside) else line


def _one(part: str, lookup: Lookup) -> str | None:
    """The headword that a part of a line names."""
    part = _NUMBERING.sub("", part)
    outside, inlined = _outside(part), _BRACKETS.sub("", part)
    # `(一)点儿` has its bracket inside the word; `本(名)` has it behind.
    for form in (inlined, outside) if _BRACKETS.match(part.lstrip()) else (outside, inlined):
        bare = _TRAILING.sub("", form).strip()
        for attempt in (bare, bare.replace(" ", "")):
            if word := lookup(attempt):
                return word
        runs = _han_runs(bare)
        if runs and (word := lookup(runs[0])) and _other_script(runs[1:], word, lookup):
            return word
    return None


def _other_script(runs: list[str], word: str, lookup: Lookup) -> bool:
    """Whether all that follows is the same word, written in another way (头发 頭髮)."""
    return all(lookup(run) == word for run in runs)


def _han_runs(text: str) -> list[str]:
    """The stretches of Chinese characters."""
    runs: list[str] = []
    inside = False
    for character in text:
        if is_han(character):
            if inside:
                runs[-1] += character
            else:
                runs.append(character)
            inside = True
        else:
            inside = False
    return runs


def _distinct(found: list[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in found if word))
