"""Journals as sets of lines: what one has and another has not."""

from __future__ import annotations

from studytui.errors import NewerFormatError
from studytui.store.journal.event_lines import NotUnderstoodError, decode


def whole(content: bytes) -> bytes:
    """The whole lines of a journal; what follows the last line break has not arrived yet."""
    return content[: content.rfind(b"\n") + 1]


def missing(here: bytes, there: bytes) -> bytes:
    """The lines of `there` that are not in `here`, in their order, each once. Both are whole lines."""
    if there.startswith(here):
        return there[len(here) :]
    if here.startswith(there):
        return b""
    known = set(split(here))
    return b"".join(line for line in dict.fromkeys(split(there)) if line not in known)


def split(content: bytes) -> list[bytes]:
    """The whole lines, each with its line break."""
    # Not `splitlines`, which parts at a lone carriage return, too.
    return [line + b"\n" for line in content.split(b"\n")[:-1]]


def events_in(content: bytes) -> bytes:
    """The lines that are events, those of a later version too."""
    return b"".join(line for line in split(content) if is_event(line))


def is_event(line: bytes) -> bool:
    """Whether a line is an event; one of a later version is."""
    try:
        decode(line)
    except (NewerFormatError, NotUnderstoodError):
        return True
    except ValueError:
        return False
    return True
