"""From characters of a decoded text back to the bytes of the file: the original is never out of reach."""

from __future__ import annotations

import codecs
from array import array
from collections.abc import Sequence

from studytui.text.document import LOST, Paragraph, Source

_AHEAD = 3
"""Characters behind damage that must be found again, to know where it ends."""
_MARKS = {
    "utf-8-sig": ((codecs.BOM_UTF8, "utf-8"),),
    "utf-16": ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")),
    "utf-32": ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")),
}


def byte_offsets(raw: bytes, text: str, codec: str) -> Sequence[int]:
    """Where each character of a text begins in the bytes it was decoded from, and, last, where it ends.

    Args:
        raw: the file.
        text: `encoding.decode(raw)`, its damage as U+FFFD.
        codec: the codec that was found.

    Returns:
        `len(text) + 1` byte offsets, never decreasing. A byte order mark belongs to no character.
    """
    place = 0
    for mark, plain in _MARKS.get(codec, ()):
        if raw.startswith(mark):
            place, codec = len(mark), plain
            break
    offsets = array("Q")
    index = 0
    while index < len(text):
        character = text[index]
        if character != LOST or raw.startswith(LOST.encode(codec, "ignore") or b"\0\0", place):
            offsets.append(place)
            place += _length(raw, place, character, codec)
            index += 1
            continue
        end = index
        while end < len(text) and text[end] == LOST:
            end += 1
        resumed = _resume(raw, place, text[end : end + _AHEAD], end - index, codec)
        for step in range(end - index):
            offsets.append(min(resumed, place + step))
        place, index = resumed, end
    offsets.append(len(raw) if text.endswith(LOST) else place)
    return offsets


def _length(raw: bytes, place: int, character: str, codec: str) -> int:
    """Bytes of a character; some characters have two codes, and this file may use the other one."""
    if raw[place : place + 1] == b"\x80" and character == "€":
        return 1  # as code page 936 has it
    usual = character.encode(codec, "ignore")
    if usual and raw.startswith(usual, place):
        return len(usual)
    for length in (1, 2, 3, 4):
        if raw[place : place + length].decode(codec, "ignore") == character:
            return length
    return len(usual) or 1


def _resume(raw: bytes, place: int, following: str, lost: int, codec: str) -> int:
    """Where the characters after damage go on, at most four bytes for each lost character away."""
    wanted = following.partition(LOST)[0].encode(codec, "ignore")
    if not wanted:
        return min(len(raw), place + lost)
    for step in range(1, 4 * lost + 4):
        if raw.startswith(wanted, place + step):
            return place + step
    return min(len(raw), place + lost)


def byte_spans(source: Source, paragraphs: Sequence[Paragraph]) -> list[list[tuple[int, int]]] | None:
    """For each paragraph, the stretches `[start, end)` of the file's bytes that it was made of.

    None where the text was taken out of a format with markup: its positions are not the file's.
    """
    if source.raw is None:
        return None
    offsets = byte_offsets(source.raw, source.text, source.encoding)
    return [[(offsets[start], offsets[end]) for start, end in paragraph.spans()] for paragraph in paragraphs]
