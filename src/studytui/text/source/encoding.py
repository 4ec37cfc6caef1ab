"""Which encoding a Chinese text is in: decode it several ways and see which reads as Chinese.

Detectors that count byte patterns fail on short texts and on a single damaged byte. A wrong decoding
of Chinese gives rare characters, the right one gives common ones, so the common ones are counted.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from math import inf

from studytui.errors import StudytuiError

# The most frequent characters of modern written Chinese, simplified first, then the traditional
# forms that differ. Written by hand; only membership counts, the order does not.
_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实"
    "日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政"
    "美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员"
    "解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件"
    "计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象"
    "完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔吧呢吗啊"
    "早晚朋友爱喜欢吃喝请谢您店买卖钱岁钟昨春夏秋冬风雨雪红黄蓝绿黑花树鸟鱼狗猫饭菜茶车站站城村河湖"
    "這個們來為國說時會對過發後裡裏種經麼學現當沒動還進樣從實軍無與長機關點業將兩間問並應戰頭體見產話"
    "給門聲員論處義幾認條氣題爾別變總電數報結務場計統區隊決馬書聽達強難權設記類據邊張該規萬覺術領確傳師"
    "觀讓識帶導爭運筆嗎愛歡請謝買賣錢歲鐘風紅黃藍綠樹鳥魚貓飯車開東兒階層窮貧責務壓處緊單舉極軟彈"
    "，。、；：？！“”‘’（）《》「」『』—…　０１２３４５６７８９"
)

_RUN_OF_COMMON = re.compile(f"[{''.join(sorted(_COMMON))}]+")

_BOMS = (
    # UTF-32's little-endian mark begins with UTF-16's, so it is looked for first.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# In the order of preference when two read equally well. GB18030 contains GBK and GB2312; CP950 is
# Big5 with Microsoft's additions, and what only Hong Kong's set has is an error in it.
_CANDIDATES = ("gb18030", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")
_WRONG = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1a\x80-\x9f\ud800-\udfff]")
"""What a wrong decoding leaves: replacements, private characters, controls."""
_WRONG_RUN = re.compile(f"{_WRONG.pattern}+")
_UNCOMMON = re.compile("[\u0400-\u04ff\u3040-\u30ff\uac00-\ud7af]")
"""Cyrillic, kana and hangul, which it leaves too, and which Chinese has hardly ever."""
_RUNS = re.compile(rb"[^\x00-\x2f]+")
"""What may hold characters of several bytes: none of theirs is lower in GB18030 and Big5."""
_EUC = re.compile(rb"(?:[\xa1-\xfe]{2})+")
_SURE = 8
"""Characters beyond ASCII without a fault from which a text is UTF-8: in GB 2312 one in a million is so by
chance."""
_COMMON_ENOUGH = 0.3
"""Share of common characters from which a line reads as Chinese."""
_FEW = 6
"""Characters from which an encoding that is only refused is told."""
_SAMPLE = 48 * 1024
"""Bytes of the beginning that are judged."""
_SHORT = 2048
"""Bytes of the beginning that are judged path by path, where the plain way finds damage."""
_MOST_MENDED = 256 * 1024
"""Bytes that are read path by path; in a file with more damage than that the rest is read plainly."""

_HZ = re.compile(rb"~\{(?:[!-w][!-~])+")
"""Chinese of HZ (RFC 1843): pairs of bytes of GB 2312 without their high bits, between ~{ and ~}."""
_LOST = -2.5
"""What it costs to take a byte for damage: more than one odd character, less than a run of them."""
_LOST_RUNS = (_LOST, -3.2, -3.8)
"""The same for one, two, three bytes in a row: a stray byte inside a character takes both halves along."""


class UnknownEncodingError(StudytuiError):
    """No encoding makes text of the bytes. The message does not name the file."""


_UNKNOWN = (
    "it is in no encoding known here (UTF-8, UTF-16, GB18030, Big5); "
    "open it where it looks right, and save it as UTF-8."
)


def decode(raw: bytes) -> tuple[str, str]:
    """The text of `raw`, and the Python name of the codec that reads it.

    A byte that the encoding does not allow becomes U+FFFD; every other character is kept, line ends and
    controls included. A byte order mark is a sign of the encoding and not a character of the text: position 0
    is the character after it.

    Raises UnknownEncodingError if no encoding makes Chinese or plain text of it.
    """
    for mark, codec in _BOMS:
        if raw.startswith(mark):
            return raw.decode(codec, "replace"), codec
    if raw.isascii() and b"\0" not in raw:
        return (_hz(raw), "hz") if _HZ.search(raw) else (raw.decode("ascii"), "utf-8")
    sample = raw[:_SAMPLE]
    if _is_utf8(sample):
        return _utf8(raw), "utf-8"
    if _is_euc_tw(sample):
        raise UnknownEncodingError(
            "it is in EUC-TW, which is not read here; convert it (`iconv -f EUC-TW -t UTF-8`) and open that."
        )
    name = max(_CANDIDATES, key=lambda candidate: _plausibility(sample, candidate))
    text = sample.decode(name, "replace")
    if len(raw) <= _SHORT or _WRONG.search(text) or not _is_chinese(text):
        # Damaged, or none of these: each is given its best reading of a beginning, and the best one wins.
        short = sample[:_SHORT]
        readings = ((codec, _best(short, codec)) for codec in (*_CANDIDATES, "utf-8"))
        name, (_, text) = max(readings, key=lambda reading: reading[1][0])
    if not _is_chinese(text):
        raise UnknownEncodingError(_UNKNOWN)
    return _read(raw, name), name


def _hz(raw: bytes) -> str:
    """HZ decoded, line by line: a stretch that is not ended ends with its line."""
    return "\n".join(line.decode("hz", "replace") for line in raw.split(b"\n"))


def _utf8(raw: bytes) -> str:
    """UTF-8 decoded; lines that are none, but read as Chinese in another encoding, as they are meant.

    Files are put together from others (`cat`, forum archives), and each keeps its own encoding.
    """
    text = raw.decode("utf-8", "replace")
    if "\ufffd" not in text:
        return text
    lines = raw.split(b"\n")
    for number, line in enumerate(lines):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            plain = line.decode("utf-8", "replace")
            readings = [_best(line[:_SHORT], codec) for codec in _CANDIDATES[:3]]
            best, codec = max(
                (score, codec) for (score, _), codec in zip(readings, _CANDIDATES, strict=False)
            )
            if best > 2 * max(1.0, _score(plain)) and plain.count("\ufffd") > 2:
                lines[number] = _read(line, codec).encode("utf-8", "surrogatepass")
    return b"\n".join(lines).decode("utf-8", "replace")


def _is_euc_tw(sample: bytes) -> bool:
    """Whether bytes read as Chinese in EUC-TW, whose first plane is in the order of Big5."""
    pairs = [pair for run in _EUC.findall(sample) for pair in zip(run[::2], run[1::2], strict=False)]
    text = "".join(_of_big5((high - 0xC4) * 94 + low - 0xA1) for high, low in pairs if high >= 0xC4)
    return (
        len(text) >= _FEW
        and common_share(text) > 0.4
        and common_share(text) * len(text)
        > 1.5 * max(_plausibility(sample, codec) for codec in ("gb18030", "cp950"))
    )


def _of_big5(number: int) -> str:
    """The character with a number among Big5's commoner ones, which begin at A440."""
    lead, trail = divmod(number, 157)
    trail += 0x40 if trail < 63 else 0xA1 - 63
    return bytes((0xA4 + lead, trail)).decode("cp950", "replace") if lead < 0x5B else "\ufffd"


def foreign_in(text: str) -> int:
    """How many characters beyond ASCII there are."""
    return len(text) - len(text.encode("ascii", "ignore"))


def common_share(text: str) -> float:
    """The share of common Chinese characters among those beyond ASCII; 0 if there are none."""
    foreign = foreign_in(text)
    return sum(map(len, _RUN_OF_COMMON.findall(text))) / foreign if foreign else 0.0


def _is_chinese(text: str) -> bool:
    """Whether there are enough common characters, and little that is wrong."""
    foreign = foreign_in(text)
    common = sum(map(_COMMON.__contains__, text))
    # Chinese has one in two or three, other bytes one in fifty. One stray byte may cost a run of three.
    runs = len(_WRONG_RUN.findall(text))
    return 20 * common >= foreign and 3 * runs <= foreign


def _read(raw: bytes, codec: str) -> str:
    """`raw` decoded; a byte too many costs itself, not all the pairs of bytes that follow it."""
    text = raw.decode(codec, "replace")
    if codec.startswith("utf"):
        return text
    if len(raw) <= _SHORT:
        return _best(raw, codec)[1]
    if not _WRONG.search(text):
        return text
    pieces: list[str] = []
    done = mended = 0
    for match in _RUNS.finditer(raw):
        run = match.group()
        if mended + len(run) > _MOST_MENDED or not _WRONG.search(run.decode(codec, "replace")):
            continue
        pieces += [raw[done : match.start()].decode(codec, "replace"), _best(run, codec)[1]]
        done = match.end()
        mended += len(run)
    pieces.append(raw[done:].decode(codec, "replace"))
    return "".join(pieces)


def _best(raw: bytes, codec: str) -> tuple[float, str]:
    """The likeliest reading of bytes, some of which may be damage, and its score (see `_score`).

    Of all ways to cut the bytes into characters and lost bytes (each U+FFFD), the one whose characters are
    the commonest: the shortest path over the bytes, from the end.
    """
    if codec.startswith("utf"):
        text = raw.decode(codec, "replace")
        return _score(text), text
    lengths = (1, 2, 4) if codec == "gb18030" else (1, 2)
    best: list[tuple[float, int, str]] = [(0.0, 0, "")] * (len(raw) + 1)
    for start in range(len(raw) - 1, -1, -1):
        way = (-inf, 1, "")
        for lost, cost in enumerate(_LOST_RUNS[: len(raw) - start], 1):
            way = max(way, (best[start + lost][0] + cost, lost, "\ufffd" * lost))
        for length in lengths if raw[start] >= 0x80 else (1,):
            character = _character(raw[start : start + length], codec)
            if character and start + length <= len(raw):
                way = max(way, (best[start + length][0] + worth(character), length, character))
        best[start] = way
    pieces: list[str] = []
    place = 0
    while place < len(raw):
        _, length, character = best[place]
        pieces.append(character)
        place += length
    return best[0][0], "".join(pieces)


@lru_cache(maxsize=100_000)
def _character(encoded: bytes, codec: str) -> str:
    """The one character that bytes stand for; empty if they stand for none, or for more."""
    if encoded == b"\x80" and codec == "gb18030":
        return "€"  # in code page 936, which files of Windows called GBK are in
    try:
        text = encoded.decode(codec)
    except UnicodeDecodeError:
        return ""
    return text if len(text) == 1 else ""


@lru_cache(maxsize=100_000)
def worth(character: str) -> float:
    """How much a character speaks for the reading it is in.

    The national standards sort their characters into common ones and others: GB 2312's first level begins
    at B0A1 and Big5's at A440, and each ends where the second begins.
    """
    if character in _COMMON:
        return 1.0
    if character < "\x80":
        return 0.0 if character.isprintable() or character in "\t\n\r\f\x1b" else _LOST
    if _WRONG.match(character) or _UNCOMMON.match(character):
        return _LOST
    gb, big5 = (_two_bytes(character, codec) for codec in ("gb2312", "big5"))
    if b"\xb0\xa1" <= gb <= b"\xd7\xf9" or b"\xa4\x40" <= big5 <= b"\xc6\x7e":
        return 0.4
    return -0.7 if gb or big5 else -1.5


def _two_bytes(character: str, codec: str) -> bytes:
    return character.encode(codec, "ignore")


def _score(text: str) -> float:
    """The worth of all characters, of which a text with fewer, commoner characters has more."""
    return sum(map(worth, text))


def _merit(text: str) -> int:
    return sum(map(_COMMON.__contains__, text)) - 2 * len(_WRONG.findall(text)) - len(_UNCOMMON.findall(text))


def _plausibility(sample: bytes, codec: str) -> int:
    """How much `sample` reads as Chinese under `codec`: common characters less twice the wrong ones."""
    return _merit(sample.decode(codec, "replace"))


def _is_utf8(sample: bytes) -> bool:
    """Whether `sample` is UTF-8, but for a few bytes or for some lines: nothing else looks like it by chance.

    The controls of Latin-1 (U+0080 to U+009F) in it are what a wrong reading left: they make it no other.
    """
    text = sample.decode("utf-8", "replace")
    wrong, foreign = len(_WRONG.findall(text)), foreign_in(text)
    if foreign >= 4 * wrong or (foreign >= _SURE and "\ufffd" not in text[:-1]):
        return True
    return b"\0" not in sample and any(
        foreign_in(line) >= _FEW and "\ufffd" not in line and common_share(line) > _COMMON_ENOUGH
        for line in text.split("\n")
    )
