"""The ids of events: ULIDs, which begin with a time and so give events their order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

YEARS = range(1970, 2500)
"""A clock without a battery begins in 1970; from the last no interval leads out of the calendar."""

_LAST_TIME = 16_725_225_599_999
"""Milliseconds of a ULID: the end of `YEARS`."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_MILLISECOND = timedelta(milliseconds=1)

# A ULID is in Crockford's base 32, which leaves out I, L, O and U; Python's base 32 has 0-9 and A-V, and
# lets much else pass: lower case, signs, underscores.
_CROCKFORD = bytes.maketrans(
    b"JKMNPQRSTVWXYZ" + b"ILOUabcdefghijklmnopqrstuvwxyz_+- \t\n\r\v\f",
    b"IJKLMNOPQRSTUV" + b"!" * 39,
)

_LAST = ord("7")
"""What a ULID can begin with: 26 characters hold 130 bits, and it has 128."""


def new_id(at: datetime, chance: bytes, after: str | None = None) -> str:
    """A ULID: the time, to the millisecond, and 10 random bytes.

    Args:
        at: the time.
        chance: the random bytes.
        after: an id that it must follow in order; its time is a millisecond after that then.
    """
    from ulid import ULID

    time = milliseconds(at)
    if after is not None:
        time = max(time, min(time_of(after) + 1, _LAST_TIME))
    return str(ULID.from_bytes(time.to_bytes(6) + chance))


def milliseconds(at: datetime) -> int:
    """Since 1970 began (UTC)."""
    return (at - _EPOCH) // _MILLISECOND


def time_of(name: str) -> int:
    """The time that a ULID begins with, in milliseconds since 1970 began.

    Raises:
        ValueError: it is not a ULID.
    """
    raw = name.encode("ascii")
    if len(raw) != 26 or raw[0] > _LAST:
        raise ValueError("not a ULID")
    return int(raw.translate(_CROCKFORD), 32) >> 80


def check_id(name: str, at: datetime) -> None:
    """Raises ValueError if an id is not one, begins before the time of its event (UTC), or that cannot be."""
    raw = name.encode("ascii")
    # As `time_of` and `milliseconds`, which a million lines would call.
    if (
        at.year not in YEARS
        or len(raw) != 26
        or raw[0] > _LAST
        or not (at - _EPOCH) // _MILLISECOND <= int(raw.translate(_CROCKFORD), 32) >> 80 <= _LAST_TIME
    ):
        raise ValueError("an id that belies its time, or a time that cannot be")
