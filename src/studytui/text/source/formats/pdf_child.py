"""Run as a program of its own: a PDF on standard input, its lines on standard output, a JSON array a page.

The library that reads PDFs is written in C++ and unpacks what the file tells it to. In a process of its own,
with a limit on memory, the worst a file can do is to end that process.

A line is `[left, bottom, right, top, text, base line]` in points; the array's first two elements are the
page's width and height. An object `{"error": …}` instead of an array says why there is no more.
"""

from __future__ import annotations

import ctypes
import json
import resource
import sys
from typing import Any

MEMORY = 1024 * 1024 * 256
"""Bytes of data this process may have beyond the file itself."""
MAX_PAGES = 5000
MAX_CHARACTERS = 16_000_000
MAX_LINES = 1_000_000
"""Runs of characters on all pages; a book of 5,000 pages has a fifth of it."""
_MAX_ON_PAGE = 100_000
_PASSWORD = 4
"""What FPDF_GetLastError says when a password is wanted."""

_Line = list[Any]


def main() -> int:
    """Reads, writes, and returns the exit status."""
    raw = sys.stdin.buffer.read()
    _limit(MEMORY + 2 * len(raw))
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError:
        return _say({"error": "password" if pdfium.FPDF_GetLastError() == _PASSWORD else "damaged"})
    characters_left, lines_left = MAX_CHARACTERS, MAX_LINES
    for number in range(min(len(document), MAX_PAGES)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            _say([0, 0])
            continue
        lines, count = _lines(pdfium, text.raw)
        _say([*page.get_size(), *lines])
        text.close()
        page.close()
        characters_left -= count
        lines_left -= len(lines)
        if min(characters_left, lines_left) < 0:
            return _say({"error": "long"})
    if len(document) > MAX_PAGES:
        return _say({"error": "long"})
    return _say({"error": "" if len(document) else "damaged"})


def _limit(size: int) -> None:
    """No more than `size` bytes of memory, where the system can hold to it."""
    for kind in (resource.RLIMIT_DATA, resource.RLIMIT_CORE):
        wanted = 0 if kind == resource.RLIMIT_CORE else size
        _, most = resource.getrlimit(kind)
        if most == resource.RLIM_INFINITY or wanted <= most:
            resource.setrlimit(kind, (wanted, wanted))


def _say(what: object) -> int:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()
    return 0


def _lines(pdfium: Any, text: Any) -> tuple[list[_Line], int]:
    """The runs of characters on one base line, in the order of the file, and the number of characters."""
    count = min(pdfium.FPDFText_CountChars(text), _MAX_ON_PAGE)
    lines: list[_Line] = []
    line: _Line | None = None
    box = pdfium.FS_RECTF()
    where = ctypes.byref(box)
    x, y = ctypes.c_double(), ctypes.c_double()
    space = False
    high = 0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:  # on some systems a character beyond the BMP comes in two halves
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code in (0x20, 0xA0, 0x09):
            space = True
            continue
        if code < 0x20 or 0xD800 <= code < 0xE000 or code > 0x10FFFF or code in (0xFFFE, 0xFFFF):
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, index, where):
            continue
        left, right, bottom, top = box.left, box.right, box.bottom, box.top
        size = max(top - bottom, 1.0)
        if (
            line is None
            or abs((bottom + top) - (line[1] + line[3])) > size
            or left < line[2] - size
            or left - line[2] > 0.8 * size
        ):
            stands = pdfium.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
            line = [left, bottom, right, top, chr(code), y.value if stands else bottom]
            lines.append(line)
        else:
            line[4] += (" " if space else "") + chr(code)
            line[1], line[2], line[3] = min(line[1], bottom), max(line[2], right), max(line[3], top)
        space = False
    return [[*(round(edge, 1) for edge in line[:4]), line[4], round(line[5], 1)] for line in lines], count


if __name__ == "__main__":
    sys.exit(main())
