"""Numerals and Latin letters inside Chinese text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HAN = r"\u2e80-\u2fdf\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CHINESE = "〇零一二三四五六七八九十百千万亿兆两廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億兩"
_UNITS = "十百千万亿兆萬億"
_LETTER = rf"[^\W\d_{_HAN}]"

PIECES = re.compile(
    rf"(?P<run>(?:\w|(?<=\w)[.．,:：/'’&+\-_](?=[^\W{_HAN}])|(?<=\d)[%％‰℃°]+|(?<=[A-Za-z])[+#]+)+)"
    r"|(?P<space>\s+)|(?P<repeated>([^\w\s])\4+)|(?P<mark>.)",
    re.DOTALL,
)
"""Cuts a text into runs of letters and digits, and the punctuation between them."""

_DIGITS = rf"\d+(?:[.．,:：/\-]\d+)*(?:[{_UNITS}]+(?:分之)?)?(?:[%％‰℃°]+)?"
_NUMERAL = rf"[{_CHINESE}几数]*[{_CHINESE}][{_CHINESE}几]*"
_SPANS = re.compile(
    rf"(?P<latin>{_LETTER}(?:[^\W{_HAN}]|[.'’&+\-_](?=[^\W{_HAN}]))*[+#]*)"
    rf"|(?P<digits>{_DIGITS})"
    rf"|(?P<chinese>{_NUMERAL}分之{_NUMERAL}(?:点[{_CHINESE}]+)?|{_NUMERAL})"
)
_WHOLE = re.compile(rf"{_NUMERAL}|第?[{_CHINESE}]+")


def numerals(run: str) -> list[tuple[int, int, str]]:
    """The spans of a run that are no Chinese words: (start, end, `latin`, `digits` or `chinese`)."""
    return list(_spans(run))


def _spans(run: str) -> Iterator[tuple[int, int, str]]:
    for match in _SPANS.finditer(run):
        yield match.start(), match.end(), str(match.lastgroup)


def is_chinese_number(piece: str) -> bool:
    """Whether a piece of text is a numeral in Chinese characters."""
    return _WHOLE.fullmatch(piece) is not None
