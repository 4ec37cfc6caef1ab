"""An event as a line of a journal, and back: the one door by which events come in.

Whatever writes a journal, here or on another machine, `decode` decides what counts. What it lets in is
bounded and can be folded, exported and shown; a line that it refuses counts for nothing and stops nothing.
"""

from __future__ import annotations

import json
from datetime import UTC
from typing import Any, NoReturn

from msgspec import MsgspecError, convert, to_builtins
from msgspec.json import Decoder

from studytui.errors import NewerFormatError
from studytui.store.journal.events import FORMAT, AnyEvent, Envelope, Event, check_envelope

LONGEST = 1 << 18
"""Bytes of a line; what the program writes has some hundreds, a note with a long sentence some thousands."""

_DECODER = Decoder(AnyEvent)


class NotUnderstoodError(ValueError):
    """A line is an event, but not one that this version can make sense of."""


def encode(event: Event) -> bytes:
    """The event's line, with its line break."""
    said = to_builtins(event)
    at = event.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    line = {"v": FORMAT, "id": event.id, "at": at, "device": event.device, "type": said.pop("type")}
    line |= {key: value for key, value in said.items() if key not in line}
    # A name that is not UTF-8 has lone surrogates in Python: `\udcff` is how JSON writes one.
    written = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    return written.encode("utf-8", "backslashreplace") + b"\n"


def decode(line: bytes) -> Event:
    """The event of a line.

    Of a key that a line has twice the last counts, but for what would make it a line of a later format.

    Raises:
        NewerFormatError: it has a later format.
        NotUnderstoodError: it is an event, but says something that cannot be.
        ValueError: it is not an event.
    """
    if len(line) > LONGEST:
        raise ValueError("too long")
    try:
        event: Event = _DECODER.decode(line)
    except (MsgspecError, ValueError, RecursionError):
        event = _decode_otherwise(line)
    check_envelope(event)
    try:
        event.check()
    except (ValueError, OverflowError) as error:
        raise NotUnderstoodError(str(error)) from None
    return event


def decode_again(line: bytes) -> Event:
    """As `decode`, of a line that it took before: what was found to be right is not looked at again.

    Raises:
        ValueError: the line is another one by now.
    """
    try:
        event: Event = _DECODER.decode(line)
    except (MsgspecError, ValueError, RecursionError):
        return decode(line)
    usual = event.at.tzinfo is UTC and not event.at.microsecond % 1000
    return event if usual else decode(line)


def _decode_otherwise(line: bytes) -> Event:
    """What msgspec does not take: names that are not UTF-8, later formats; or it says why it is no event."""
    try:
        fields = json.loads(
            line.decode("utf-8", "surrogatepass"), object_pairs_hook=_object, parse_constant=_refuse
        )
        envelope = convert(fields, Envelope)
    except RecursionError:
        raise ValueError("too deep") from None
    check_envelope(envelope)
    if envelope.v > FORMAT:
        raise NewerFormatError(f"format {envelope.v}")
    try:
        event: Event = convert(fields, AnyEvent)
    except (MsgspecError, ValueError, OverflowError, RecursionError) as error:
        raise NotUnderstoodError(str(error)) from None
    return event


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a key stands twice")
    return fields


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")
