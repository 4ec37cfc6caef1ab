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
_METRIC = r"(?:[kcdmμn]m|[km]?g|[mc]?l|mL|L|[kKM]?[Ww]h?|[kMG]?Hz|mAh|[kK]?[VW]|s|m|h|min|mph)"
"""Units that a number counts, and no name is made of: 5kg is a numeral and kg, but 3D, 5G, 4K are names."""

PIECES = re.compile(
    r"(?P<run>(?:\w|○|(?<=\d)[.．,:：/／](?=\d)|(?<=[A-Za-z])[.'’&@/\-](?=[A-Za-z0-9])|(?<=[\d])[%％‰]"
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
_DIGITS = rf"\d+(?:[.．,:：/／]\d+)*(?:[{_UNITS}]+(?:分之(?=[\d{_CHINESE}]))?)?(?:[%％‰]+)?"
_SPANS = re.compile(
    rf"(?P<latin>(?:\d+(?!{_METRIC}(?![^\W{HAN}])))?{_LETTER}(?:[^\W{HAN}]|[.．'’&@/+\-](?=[^\W{HAN}]))*[+#]*)"
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


_PLAIN = str.maketrans("０１２３４５６７８９．：／％", "0123456789.:/%")
_FIGURES = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?")
_SCORE = re.compile(r"比[分数例率]?[是为]?\s*$")
_DATE = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")
_FRACTION = re.compile(r"(\d+)/(\d+)")
_RATIO = re.compile(r"\d+(?:\.\d+)?(?::\d+(?:\.\d+)?)+")
_GROUPS = ("", "万", "亿", "万亿")

_NAMED_BY_DIGITS = re.compile(
    r"(?:电话|手机|手机号|热线|号码|房间|房号|座机|传真|密码|邮编|编号|学号|工号|卡号|账号|车牌|代码|微信|QQ|拨|拨打|致电)"
    r"(?:号码?)?(?:是|为|了)?[\s:：“]*(?:[\d\- ]*-)?$"
)
"""What stands before a number that names something: its digits are read one by one."""
_CALL = re.compile(r"(?:打|拨|叫|呼叫|的|找)[了过]?[\s“]*$")
_EMERGENCY = frozenset(("110", "119", "120", "122", "114"))
_ROOM = re.compile(
    r"\s*(?:号?(?:房|室|病房|包间|包厢|寝室|宿舍|教室|航班)|次(?:列车|航班|车)|路(?:公交|公共|车|电车|$|[，。]))"
)
_DIALLED = re.compile(r"[\s”]*(?:报警|热线|电话|急救|指挥|平台|来电|接警|警察)")
_CLASS_OF = re.compile(r"年|届|级(?!别)|款")
_DECADE = re.compile(r"后(?![来面边天方果退悔勤卫])")
_ORDINAL = re.compile(
    r"\s*(?:号|楼|月|日|班|路|年级|层|线|中|届|期|版|章|节|课|页|单元|级|栋|幢|排|座|队|组|等奖|维|进制|度|两)"
)


def spoken_number(text: str, before: str = "", after: str = "", counting: bool = False) -> str:
    """A numeral as it is read aloud, in Chinese characters: `19日` -> `十九日`, `7.5%` -> `百分之七点五`.

    `10:30` is a time, `3:2` a ratio, `1/3` a fraction, `2025/3/1` a date. A year of four digits, a number
    that begins with 0, a telephone number, the number of a room and one of more than 16 digits are read digit
    by digit, and 1 as 幺 in those that name something.

    Args:
        text: the numeral.
        before: what stands before it in its sentence.
        after: what follows it.
        counting: whether a measure word follows: 2 is 两 then.
    """
    text = text.translate(_PLAIN)
    if (clock := _CLOCK.fullmatch(text)) and not _SCORE.search(before):
        return _time(*clock.groups())
    if date := _DATE.fullmatch(text):
        year, month, day = date.groups()
        return f"{_by_digits(year)}年{_in_words(int(month))}月{_in_words(int(day))}日"
    if fraction := _FRACTION.fullmatch(text):
        return f"{spoken_number(fraction[2])}分之{spoken_number(fraction[1])}"
    if _RATIO.fullmatch(text):
        return "比".join(map(spoken_number, text.split(":")))
    if text.isascii() and text.isdigit() and (spoken := _named(text, before, after)):
        return spoken
    if counting and text == "2" and not _ORDINAL.match(after):
        return "两"
    if text in ("2千", "2万", "2亿"):
        return "两" + text[1:]
    percent = text.endswith(("%", "‰"))
    if percent:
        text = ("百分之" if text[-1] == "%" else "千分之") + text.rstrip("%‰")

    def read(match: re.Match[str]) -> str:
        whole, _, decimals = match[0].replace(",", "").partition(".")
        is_year = len(whole) == 4 and (text[match.end() :] or after).startswith("年")
        if is_year or len(whole) > 16 or (whole[0] == "0" and len(whole) > 1):
            spoken = _by_digits(whole)
        else:
            spoken = _in_words(int(whole))
        if decimals:
            spoken += "点" + _by_digits(decimals)
        return spoken

    return _FIGURES.sub(read, text)


_DIGITS_READ = "零一二三四五六七八九"


def _by_digits(digits: str) -> str:
    return "".join(_DIGITS_READ[int(digit)] for digit in digits)


def _named(digits: str, before: str, after: str) -> str:
    """Digits that name something, one by one; empty for what is counted with them."""
    emergency = digits in _EMERGENCY and (
        bool(_CALL.search(before) or _DIALLED.match(after))
        or (digits in ("110", "119") and not after[:1].strip("，。！？；、”"))
    )
    if (
        emergency
        or (len(digits) == 11 and digits[0] == "1")
        or (len(digits) > 2 and (_NAMED_BY_DIGITS.search(before) or _ROOM.match(after)))
    ):
        return _by_digits(digits).replace("一", "幺")
    if len(digits) == 4 and digits[:2] in ("19", "20") and _CLASS_OF.match(after):
        return _by_digits(digits)
    if len(digits) == 2 and digits[1] in "05" and _DECADE.match(after):
        return _by_digits(digits)
    return ""


def _time(hour: str, minute: str, second: str | None) -> str:
    spoken = ("两" if int(hour) == 2 else _in_words(int(hour))) + "点"
    if int(minute) or second:
        spoken += ("零" if int(minute) in range(1, 10) else "") + _in_words(int(minute))
    return spoken + (f"分{_in_words(int(second))}秒" if second else "")


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
