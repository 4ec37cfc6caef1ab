"""Which encoding a Chinese text is in: decode it several ways and see which reads as Chinese.

Detectors that count byte patterns fail on short texts and on a single damaged byte. A wrong decoding
of Chinese gives rare characters, the right one gives common ones, so the common ones are counted.
"""

from __future__ import annotations

import codecs
import re

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
_UNCOMMON = re.compile("[\u0400-\u04ff\u3040-\u30ff]")
"""Cyrillic and kana, which it leaves too, and which Chinese has hardly ever."""
_PAIRS = re.compile(rb"[^\x00-\x2f]+")
"""What may hold characters of several bytes: none of theirs is lower in GB18030 and Big5."""
_LONGEST_MENDED = 1500
"""Bytes; trying each takes the square of them."""
_MOST_MENDED = 20
_SAMPLE = 48 * 1024
"""Bytes of the beginning that are judged."""


class UnknownEncodingError(StudytuiError):
    """No encoding makes text of the bytes. The message does not name the file."""


_UNKNOWN = (
    "It is in no encoding known here (UTF-8, UTF-16, GB18030, Big5): "
    "open it where it looks right, and save it as UTF-8."
)


def decode(raw: bytes) -> tuple[str, str]:
    """The text of `raw`, and the Python name of the codec that reads it.

    A byte that the encoding does not allow becomes U+FFFD; every other character is kept, line ends and
    controls included. A byte order mark is a sign of the
    encoding and not a character of the text: position 0 is the character after it.

    Raises UnknownEncodingError if no encoding makes Chinese or plain text of it.
    """
    for mark, codec in _BOMS:
        if raw.startswith(mark):
            return raw.decode(codec, "replace"), codec
    if raw.isascii() and b"\0" not in raw:
        return raw.decode("ascii"), "utf-8"
    sample = raw[:_SAMPLE]
    if _is_utf8(sample):
        return raw.decode("utf-8", "replace"), "utf-8"
    name = max(_CANDIDATES, key=lambda candidate: _plausibility(sample, candidate))
    text = _read(sample, name)
    foreign = sum(character > "\x7f" for character in text)
    common = sum(map(_COMMON.__contains__, text))
    # Chinese has one in two or three, other bytes one in fifty.
    if 20 * common < foreign or 3 * len(_WRONG.findall(text)) > foreign:
        raise UnknownEncodingError(_UNKNOWN)
    return _read(raw, name), name


def _read(raw: bytes, codec: str) -> str:
    """`raw` decoded; a byte too many costs itself, not all the pairs of bytes that follow it."""
    text = raw.decode(codec, "replace")
    if codec.startswith("utf") or not _WRONG.search(text):
        return text
    pieces: list[str] = []
    done = mended = 0
    for match in _PAIRS.finditer(raw):
        piece = match.group()
        if len(piece) > _LONGEST_MENDED or not _WRONG.search(piece.decode(codec, "replace")):
            continue
        pieces += [raw[done : match.start()].decode(codec, "replace"), _mended(piece, codec)]
        done = match.end()
        mended += 1
        if mended == _MOST_MENDED:
            break
    pieces.append(raw[done:].decode(codec, "replace"))
    return "".join(pieces)


def _mended(piece: bytes, codec: str) -> str:
    """`piece` decoded as it reads best: as it is, or without one of its bytes, U+FFFD in its place."""
    best = piece.decode(codec, "replace")
    most = _merit(best) + 2
    for index in range(len(piece)):
        text = f"{piece[:index].decode(codec, 'replace')}\ufffd{piece[index + 1 :].decode(codec, 'replace')}"
        merit = _merit(text)
        if merit > most:
            best, most = text, merit
    return best


def _merit(text: str) -> int:
    return sum(map(_COMMON.__contains__, text)) - 2 * len(_WRONG.findall(text)) - len(_UNCOMMON.findall(text))


def _plausibility(sample: bytes, codec: str) -> int:
    """How much `sample` reads as Chinese under `codec`: common characters less twice the wrong ones."""
    return _merit(sample.decode(codec, "replace"))


def _is_utf8(sample: bytes) -> bool:
    """Whether `sample` is UTF-8, but for a few bytes: nothing else looks like it by chance."""
    text = sample.decode("utf-8", "replace")
    return sum(character > "\x7f" for character in text) >= 4 * len(_WRONG.findall(text))
