"""Numerals, dates and Latin letters inside Chinese text."""

from __future__ import annotations

import re

from studytui.text.characters import HAN

_DIGIT = "〇○零一二三四五六七八九"
_CHINESE = f"{_DIGIT}十百千万亿兆两廿卅"
NUMERALS = frozenset(_CHINESE + "0123456789０１２３４５６７８９")
"""The characters that numbers are written with."""
_FORMAL = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿"
_UNITS = "十百千万亿兆"
_LETTER = rf"[^\W\d_{HAN}]"

PIECES = re.compile(
    r"(?P<run>(?:\w|○|(?<=\d)[.．,，:：/／](?=\d)|(?<=[A-Za-z])[.'’&@/\-](?=[A-Za-z0-9])|(?<=[\d])[%％‰]"
    r"|(?<=[A-Za-z])[+#]{1,2})+)"
    r"|(?P<space>\s+)|(?P<repeated>([^\w\s])\4+)|(?P<mark>.)",
    re.DOTALL,
)
"""Cuts a text into runs of letters and digits, and the punctuation between them. It covers every text."""

_NUMERAL = rf"(?:[{_FORMAL}]{{2,}}|(?:[几数](?=[{_UNITS}]))?[{_CHINESE}]+(?:(?<=十)几[{_UNITS}]*)?)"
_DATES = (
    # Years, months, days and hours, where the unit does not begin a longer word.
    rf"(?:\d{{4}}|(?<!\d)[4-9４-９]\d|[{_DIGIT}]{{4}}|(?<![{_CHINESE}])[{_DIGIT}]{{2}})年(?![代底初末度终均])"
    r"|(?<!\d)(?:1[0-2]|0?[1-9]|１[０-２]|０?[１-９])月(?:份|(?![底初末球亮饼]))"
    r"|(?<!\d)(?:[12]\d|3[01]|0?[1-9]|[１２]\d|３[０１]|０?[１-９])日(?![本报常语记夜子程元期历益前后])"
    r"|(?<!\d)(?:1?\d|2[0-4]|１?\d|２[０-４])时(?![间候代期常装速报尚不而差刻段])"
    rf"|(?<=月)[一二三四五六七八九]日(?![本报常语记夜子程元期历益前后])"
    rf"|(?<![{_CHINESE}])[二三]?十[一二三四五六七八九]?日(?![本报常语记夜子程元期历益前后])"
)
_DIGITS = rf"\d+(?:[.．,，:：/／]\d+)*(?:[{_UNITS}]+(?:分之(?=[\d{_CHINESE}]))?)?(?:[%％‰]+)?"
_SPANS = re.compile(
    rf"(?P<latin>{_LETTER}(?:[^\W{HAN}]|[.'’&@/\-](?=[^\W{HAN}]))*[+#]*)"
    rf"|(?P<digits>{_DATES}|第?{_DIGITS})"
    rf"|(?P<chinese>第[{_CHINESE}几]+|{_NUMERAL}分之{_NUMERAL}(?:点[{_DIGIT}]+)?"
    rf"|{_NUMERAL}点[{_DIGIT}]+(?![{_UNITS}分刻钟半])|{_NUMERAL})"
)
_WHOLE = re.compile(rf"第?{_NUMERAL}")
_CHINESE_DATE = re.compile(rf"[{_CHINESE}]+[年日]")


def numerals(run: str) -> dict[tuple[int, int], str]:
    """The spans `[start, end)` of a run that are no vocabulary, and what each is.

    `latin` and `digits` cannot be cut; `chinese`, a numeral or date in Chinese characters, may be, since
    its characters may belong to a word (三 in 三心二意).
    """
    found: dict[tuple[int, int], str] = {}
    for match in _SPANS.finditer(run):
        kind = str(match.lastgroup)
        if kind == "digits" and _CHINESE_DATE.fullmatch(match[0]):
            kind = "chinese"
        found[match.span()] = kind
    return found


def is_chinese_number(piece: str) -> bool:
    """Whether a piece of text is a numeral in Chinese characters."""
    return _WHOLE.fullmatch(piece) is not None


_PLAIN = str.maketrans("０１２３４５６７８９．，：％", "0123456789.,:%")
_FIGURES = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_GROUPS = ("", "万", "亿", "万亿")


def spoken_number(text: str) -> str:
    """A numeral as it is read aloud, in Chinese characters: `19日` -> `十九日`, `7.5%` -> `百分之七点五`.

    A year of four digits, a number that begins with 0 and one of more than 16 digits are read digit by digit.
    """
    text = text.translate(_PLAIN)
    percent = text.endswith(("%", "‰"))
    if percent:
        text = ("百分之" if text[-1] == "%" else "千分之") + text.rstrip("%‰")

    def read(match: re.Match[str]) -> str:
        whole, _, decimals = match[0].replace(",", "").partition(".")
        is_year = len(whole) == 4 and text.startswith("年", match.end())
        if is_year or len(whole) > 16 or (whole[0] == "0" and len(whole) > 1):
            spoken = "".join(_DIGITS_READ[int(digit)] for digit in whole)
        else:
            spoken = _in_words(int(whole))
        if decimals:
            spoken += "点" + "".join(_DIGITS_READ[int(digit)] for digit in decimals)
        return spoken

    return _FIGURES.sub(read, text)


_DIGITS_READ = "零一二三四五六七八九"


def _in_words(number: int) -> str:
    if number == 0:
        return "零"
    groups: list[str] = []
    for unit in _GROUPS:
        number, group = divmod(number, 10_000)
        if group:
            words = _thousands(group)
            groups.append(("零" if group < 1000 and number else "") + words + unit)
        elif groups and not groups[-1].startswith("零"):
            groups.append("零")
    spoken = "".join(reversed(groups)).strip("零")
    return spoken[1:] if spoken.startswith("一十") else spoken


def _thousands(group: int) -> str:
    words = ""
    for unit, digit in zip(("千", "百", "十", ""), map(int, f"{group:04}"), strict=True):
        if digit:
            words += _DIGITS_READ[digit] + unit
        elif words and not words.endswith("零"):
            words += "零"
    return words.strip("零")
