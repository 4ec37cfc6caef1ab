"""Text that was once read in a wrong encoding and saved so (浠栦粠, ä»–ä»Ž, 锟斤拷), put right.

A wrong reading is undone by writing the characters in the codec that was wrong and reading the bytes in the
one that was meant. Only Chinese comes out of that as Chinese, so it is judged by its common characters.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from typing import Final, NamedTuple

from studytui.errors import StudytuiError
from studytui.text.characters import is_han
from studytui.text.document import LOST
from studytui.text.source.encoding import common_share, foreign_in, worth

_Pair = tuple[str, str]
_PAIRS: Final[tuple[_Pair, ...]] = (
    ("gb18030", "utf-8"),
    ("cp1252", "utf-8"),
    ("cp950", "utf-8"),
    ("cp1252", "gb18030"),
    ("cp1252", "cp950"),
    ("cp950", "gb18030"),
    ("gb18030", "cp950"),
)
"""The codec that a text was wrongly read in, and the one that it was written in."""
_NAMES = {"utf-8": "UTF-8", "gb18030": "GBK", "cp950": "Big5", "cp1252": "Latin-1"}

_FEWEST = 3
"""Letters beyond ASCII from which a line can be judged by itself."""
_READS = 0.3
"""Share of common characters from which a line reads as Chinese: running text has more than half."""
_BETTER = 1.8
"""How many times as many common characters what is put right must have."""
_SOUND = 0.3
"""Worth of a line's average character from which it stands as it is. Of words that only look better undone
(蹦蹦跳跳, 厚古薄今) it is 0.4 in 95 of 100, of garbled lines less than that in 95 of 100."""
_GAINED = 0.5
"""How much more the average character must be worth once it is put right."""
_GAINED_ALONE = 1.0
"""The same of a short line where no long one was garbled in its way. Of CC-CEDICT's words in both scripts, a
line each, none is altered; at 0.5 five are."""
_MOST_LOST = 0.25
"""Share of lost characters up to which a line is put right."""
_STRANGE = -0.3
"""Worth of a line's average character below which nobody wrote it so; that of running text is about 0.6."""
_LONG = 10
"""Characters beyond ASCII from which such a line is called garbled."""
_UNFIT = 0.5
"""Share of garbled characters from which a text teaches nothing."""

_REPLACED = re.compile("(?:锟斤拷|锟斤|斤拷锟|拷锟斤)+")
"""U+FFFD, written in UTF-8 and read as GBK: what stood there is lost."""
_OTHER_WORDS = re.compile("[\u0370-\u03ff]{3,}|[\u0400-\u04ff]{3,}")
"""Words in Greek or Cyrillic: a wrong reading has such letters one by one, among others."""
_ZHUYIN = re.compile("[\u3105-\u312f]")
_RUN_OF_LOST = re.compile(f"{LOST}+")


class Mended(NamedTuple):
    """A text put right."""

    text: str
    """One U+FFFD stands for each stretch that is lost."""
    said: str
    """What was done, in a sentence without its end; empty if nothing was."""
    unfit: bool
    """Whether so much is garbled still that nothing can be learnt from it."""


def _as_one_byte(error: UnicodeError) -> tuple[bytes, int]:
    """For a character that the wrong codec has not: its byte in Latin-1, or one that no encoding allows."""
    assert isinstance(error, UnicodeEncodeError)  # noqa: S101  (it is registered for encoding alone)
    characters = error.object[error.start : error.end]
    return bytes(ord(each) if ord(each) < 0x100 else 0xFF for each in characters), error.end


codecs.register_error("studytui.one_byte", _as_one_byte)


def mended(text: str) -> Mended:
    """A decoded text, its lines put right that were once read in a wrong encoding."""
    lines = text.split("\n")
    short: list[int] = []
    ways: Counter[_Pair] = Counter()
    garbled = whole = 0  # characters beyond ASCII
    for number, line in enumerate(lines):
        foreign = foreign_in(line)
        whole += foreign
        if "锟" in line or "斤拷" in line:
            garbled += sum(map(len, _REPLACED.findall(line)))
            line = lines[number] = _REPLACED.sub(LOST, line)
        # Most lines read as they stand, so that is asked first. Zhuyin comes in numbers, or not at all.
        if not foreign or common_share(line) >= _READS or len(_ZHUYIN.findall(line)) * 3 > foreign:
            continue
        if foreign < _LONG:
            short.append(number)
            continue
        undone, pair = max(
            ((_undone(line, *pair), pair) for pair in _PAIRS), key=lambda each: _merit(each[0])
        )
        if _merit(line) < _SOUND and _is_better(line, undone, _GAINED):
            lines[number] = undone
            ways[pair] += 1
        elif _is_strange(line):
            garbled += foreign
    # A short line looks better undone by chance: it is the long ones that tell how a text was garbled.
    told = bool(ways)
    pairs, gain = (tuple(ways), _GAINED) if told else (_PAIRS, _GAINED_ALONE)
    for number in short:
        line = lines[number]
        undone, pair = max(((_undone(line, *pair), pair) for pair in pairs), key=lambda each: _merit(each[0]))
        letters = sum(each.isalpha() for each in line if each > "\x7f")
        if not told and (_merit(line) >= _SOUND or letters < _FEWEST):
            continue
        if _is_better(line, undone, gain):
            lines[number] = undone
            ways[pair] += 1
    text = "\n".join(lines)
    lost = len(_RUN_OF_LOST.findall(text))
    said = ""
    if ways:
        wrong, meant = ways.most_common(1)[0][0]
        said = f"was garbled ({_NAMES[meant]} once read as {_NAMES[wrong]}) and has been put right"
        if lost:
            said += ", but for what is lost"
    elif garbled:
        said = "is garbled in places, since it was saved in a wrong encoding"
    return Mended(text, said, whole > 0 and garbled + lost >= _UNFIT * whole)


def put_right(text: str, shown: str) -> tuple[str, tuple[str, ...]]:
    """A decoded text of the file `shown`, mended, and what the learner should hear of that.

    Raises StudytuiError if so much of it is garbled that nothing can be learnt from it.
    """
    found = mended(text)
    if found.unfit:
        raise StudytuiError(
            f"{shown} is garbled: most of its characters were lost when it was saved in a wrong encoding; "
            "get it again from where it came."
        )
    return found.text, (f"{shown} {found.said}.",) if found.said else ()


def _undone(line: str, wrong: str, meant: str) -> str:
    """A line as it was before it was read in a wrong codec; U+FFFD for what is lost."""
    # Of code page 936, 0x80 is the euro sign, which GB18030 writes otherwise.
    raw = line.replace("€", "\x80") if wrong == "gb18030" else line
    encoded = raw.replace(LOST, "\udfff").encode(wrong, "studytui.one_byte")
    return _RUN_OF_LOST.sub(LOST, encoded.decode(meant, "replace"))


def _merit(line: str) -> float:
    return sum(map(worth, line)) / max(1, len(line))


def _is_better(line: str, undone: str, gain: float) -> bool:
    """Whether a line is Chinese once it is undone, and was none: `gain` is how much it must win at least."""
    if not any(map(is_han, undone)) or _merit(undone) < _merit(line) + gain:
        return False
    share = common_share(undone)
    lost = undone.count(LOST) - line.count(LOST)
    foreign = foreign_in(undone)
    return share >= max(_READS, _BETTER * common_share(line)) and lost <= _MOST_LOST * foreign


def _is_strange(line: str) -> bool:
    plain = unicodedata.normalize("NFKC", _OTHER_WORDS.sub("", line))  # ＭＶ as MV
    foreign = [each for each in plain if each > "\x7f" and not each.isspace()]
    return len(foreign) >= _LONG and sum(map(worth, foreign)) < _STRANGE * len(foreign)
