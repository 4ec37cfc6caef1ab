"""What a line shows of itself: how it ends, how it begins, how wide it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from studytui.text import characters
from studytui.text.punctuation import (
    CLOSERS,
    COLONS,
    COMMAS,
    ENDS,
    ENUMERATION,
    OPENERS,
    PAUSES,
    POINTS,
    QUOTES_CLOSE,
    QUOTES_OPEN,
    SEMICOLONS,
    STRAIGHT_QUOTES,
    ends_sentence,
    in_number_or_address,
)

NEVER_FIRST: Final = ENDS + PAUSES + POINTS + "—％%·～" + CLOSERS
"""What typesetters do not let begin a line."""

# Characters of two cells, by their East Asian Width (W and F).
_WIDE: Final = (
    "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f"
    "\uff01-\uff60\uffe0-\uffe6"
    "\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f900-\U0001f9ff\U00020000-\U0003fffd"
)
WIDE = re.compile(f"[{_WIDE}]")
_NARROW = re.compile(f"[^{_WIDE}]")
_AMBIGUOUS = re.compile("[“”‘’—…·×÷°±→①-⑳■□●○◆◇★☆※]")
_ODD_SPACE = re.compile(f"(?<=[{_WIDE}“”‘’—…])[ \u00a0]+(?=[{_WIDE}“”‘’—…])")
HAN = re.compile(f"[{characters.HAN}]")

INDENT: Final = "\u3000\u3000"
"""What a Chinese paragraph begins with."""
_CHAPTER_NUMBER: Final = (
    r"第\s*[0-9０-９〇零一二三四五六七八九十百千两]{1,8}\s*[章回节節卷篇部集幕场場折话話讲講课課]"
)
CHAPTER_NUMBER = re.compile(_CHAPTER_NUMBER)
CHAPTER = re.compile(
    r"(?:[☆★◆◇■□▲△※]+[、\s]?)?(?:"
    rf"[【〖\[]{_CHAPTER_NUMBER}[】〗\]]|[【〖\[（(]{{1,2}}{_CHAPTER_NUMBER}[^。！？]{{0,30}}[】〗\]）)]{{1,2}}$"
    rf"|(?:正文\s*)?{_CHAPTER_NUMBER}"
    r"(?=$|[\s　：:、.．（(《“—-]|[^的是中之里在和与同课本]{1,24}$)"
    r"|(?:楔子|序章|序言|前言|引子|尾声|尾聲|终章|終章|后记|後記|目录|目錄|附录|附錄|番外|自序|代序|题记|題記)"
    r"(?=$|[\s　：:一二三四五六七八九十])"
    r"|[上中下][部卷篇编編册冊](?=$|[\s　：:])"
    r"|(?:[卷场場]|场景|場景)\s?[0-9０-９一二三四五六七八九十百]{1,4}(?=$|[\s　：:])"
    r"|(?:Chapter|CHAPTER|Part|PART)\s+(?:[0-9IVXLC]+\b|(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven"
    r"|Twelve|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|ELEVEN|TWELVE)\b)"
    r")"
)
_BULLET: Final = "•●○■□◆◇★☆▲△▪▫‣⁃◦※➢➤✓✔►▶"
LIST_ITEM = re.compile(
    rf"[{_BULLET}]\s*\S"
    r"|[-*+–]\s+\S"
    r"|[0-9０-９]{1,3}(?:[、．]|[.)）](?![0-9０-９]))\s*\S"
    r"|[（(][0-9０-９一二三四五六七八九十]{1,3}[）)]\s*\S"
    r"|[①-⑳⑴-⒇⒈-⒛㈠-㈩]\s*\S"
    r"|[一二三四五六七八九十]{1,3}、\S"
    r"|[甲乙丙丁ABCDEFabcdef][、.．)）]\s*\S"
)
MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")
LABEL = re.compile(
    r"([^\s，。、；：？！“”（）()《》:,.!?]{1,6})(?:[（(][^（）()：:。]{1,12}[）)])?\s?[：:](?!//)"
)
"""Who speaks, and how he does: `甲：…`, `小张（笑着）：…`."""
FIELD = re.compile(r"(?:[A-Za-z][\w .'-]{0,15}|[【［\[][^】］\]\s]{1,8}[】］\]])[：:]\s*\S|【[^】\s]{1,12}】")
"""What a field or a turn is called where it is no Chinese name: `A: …`, `Tom：…`, `【注释】…`."""
TIME = re.compile(
    r"[\[(（]?(?:[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?[ T]?)?\s*"
    r"[0-9]{1,2}[:：][0-9]{2}(?:[:：.][0-9]{2,3})*[\])）]?(?![0-9])"
)
"""The time that a line of a transcript or a chat begins with."""
_SAYING: Final = "说道问答叫喊想指出强调表示认为讲曰云称写如下是即"
_ASKING: Final = ("问", "答", "問")
"""What a question and its answer are marked with."""
_CLAUSE: Final = re.compile("[的了着没就也都很]")
"""What stands in a clause, and in no speaker's name."""
RULE = re.compile(r"(?:[-=_*—─━═~～·.＊※…◆◇★☆●○■□＝－]\s*){3,}")
PAGE_NUMBER = re.compile(
    r"(?:[-‐–—―－~～·•]{1,3}\s*[0-9０-９]{1,4}\s*[-‐–—―－~～·•]{1,3}"
    r"|[-‐–—―－=_]{2,60}\s*(?:(?:第|[页頁]面?|[Pp]age)\s*)?[0-9０-９]{1,4}\s*(?:[页頁]\s*)?[-‐–—―－=_]{0,60}"
    r"|第\s*[0-9０-９]{1,4}\s*[页頁](?:\s*[,，/／]?\s*共\s*[0-9０-９]{1,4}\s*[页頁])?"
    r"|[Pp]age\s+[0-9]{1,4}(?:\s+of\s+[0-9]{1,4})?|[0-9]{1,4}\s*/\s*[0-9]{1,4})"
)
STOP = re.compile(f"[{re.sub('[!-~]', '', ENDS + SEMICOLONS)}](?!$)")
"""A sentence's end inside a line; a Western mark may stand in an address."""
BARE_NUMBER = re.compile(r"[0-9０-９]{1,4}|[ivxlcIVXLC]{1,7}")

_UNIT = re.compile(
    rf"[{re.escape(OPENERS)}]*(?:[A-Za-z0-9_./:@%+#&'-]{{1,24}}|.)[{re.escape(NEVER_FIRST)}]{{0,3}}"
)
_QUOTE = re.compile("[“”「」『』﹁﹂﹃﹄]")
_ALNUM = re.compile("[A-Za-z0-9０-９]")


def has_odd_spaces(texts: Iterable[str]) -> bool:
    """Whether spaces stand anywhere between Chinese characters: in a tenth of the lines with punctuation."""
    lines = odd = 0
    for text in texts:
        if "，" in text or "。" in text:
            lines += 1
            odd += _ODD_SPACE.search(text) is not None
    return odd * 10 > lines


def cells(text: str, ambiguous: int = 1, odd: bool = False) -> int:
    """The width of `text` in cells.

    `ambiguous` is how many cells `“ ” — …` take: a terminal draws one, a typesetter two. `odd`: the spaces
    between Chinese characters were put in later, and have no width.
    """
    width = 2 * len(text) - len(_NARROW.findall(text))
    if odd and (" " in text or "\u00a0" in text):
        width -= sum(len(space) for space in _ODD_SPACE.findall(text))
    if ambiguous == 2:
        width += len(_AMBIGUOUS.findall(text))
    return width


def unit(text: str) -> str:
    """What could not be parted at the beginning of `text`: brackets, a character or a word, punctuation."""
    found = _UNIT.match(text)
    return found.group() if found else text[:1]


_NOTE = re.compile(
    r"(?<=[。！？”’」』…])(?:[\[［【〔(（]\s*(?:注\s*)?[0-9]{1,3}\s*[\]］】〕)）]|[0-9①-⑳])++$"
)
"""A note's number after a sentence."""


def ending(text: str) -> str:
    """How a line ends: `final`, `spoken` (final, in quotation marks), `colon`, `semicolon`, `comma`,
    `open` (bracket) or `none`."""
    if text[-1] in "0123456789]］】〕)）①②③④⑤⑥⑦⑧⑨⑩":
        text = _NOTE.sub("", text)
    last = text[-1]
    if last in CLOSERS or last in STRAIGHT_QUOTES:
        body = text.rstrip(CLOSERS + STRAIGHT_QUOTES)
        if not body or not ends_sentence(body, len(body) - 1):
            return "none"
        return "spoken" if last in QUOTES_CLOSE or last in STRAIGHT_QUOTES else "final"
    if ends_sentence(text, len(text) - 1):
        return "final"
    if last in COLONS:
        return "colon"
    if last in SEMICOLONS:
        return "semicolon"
    if last in COMMAS or last in ENUMERATION:
        return "comma"
    if last in OPENERS:
        return "open"
    if last == "." and len(text) > 1 and not WIDE.match(text[-2]):
        return "final"
    return "none"


def beginning(text: str) -> str:
    """How a line begins: `closer` (what never does), `quote`, `chapter`, `mark` (of a list) or `other`."""
    first = text[0]
    if first in NEVER_FIRST and not (first in "—…·" and text[:2] not in ("——", "……")):
        return "other" if text[:2] in ("——", "……") else "closer"
    if first in QUOTES_OPEN or first in STRAIGHT_QUOTES:
        return "quote"
    if CHAPTER.match(text) or MARKDOWN_HEADING.match(text) or RULE.fullmatch(text):
        return "chapter"
    if LIST_ITEM.match(text):
        return "mark"
    return "other"


def stands_alone(text: str, full: bool) -> bool:
    """Whether a line is a heading or a rule by its own marks. `full`: it fills its line, and may go on."""
    if MARKDOWN_HEADING.match(text) or RULE.fullmatch(text):
        return True
    return not full and CHAPTER.match(text) is not None and ending(text) == "none" and cells(text) <= 64


def label(text: str) -> str | None:
    """The speaker's name that `text` begins with, as in `甲：你好`."""
    found = LABEL.match(text)
    if found is None or _CLAUSE.search(found.group(1)):
        return None
    if found.group(1)[-1] in _SAYING and found.group(1) not in _ASKING:
        return None
    if not HAN.search(found.group(1)):
        return None
    if in_number_or_address(text, found.end() - 1):
        return None
    return found.group(1)


def within_word(before: str, after: str) -> bool:
    """Whether a number or a Latin word goes on from one line to the next."""
    return bool(_ALNUM.match(before[-1]) and _ALNUM.match(after[0]))


def quoted_after(text: str, quoted: bool) -> bool:
    """Whether a quotation is still open at the end of `text`, if one was (`quoted`) at its beginning."""
    last = None
    for match in _QUOTE.finditer(text):
        last = match.group()
    return quoted if last is None else last in QUOTES_OPEN
