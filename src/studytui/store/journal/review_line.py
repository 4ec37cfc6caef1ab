"""A review's line of the journal, typed: almost all lines are reviews, and a replay reads a million of them.

What is accepted here is what `studytui.store.journal.payload` accepts, written the usual way. Any other line
is left to the slower way of reading, which takes all that JSON can say.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, MsgspecError, Struct, UnsetType
from msgspec.json import Decoder

from studytui.study.notes.review import Rating
from studytui.study.scheduling.scheduler import Terms

USUAL = Terms()


class Reviewed(Struct, frozen=True, gc=False, eq=False, forbid_unknown_fields=True):
    """The payload of a `review` event, as a mapping; and an answer (see `scheduler.Answered`)."""

    v: Literal[1]
    id: str
    at: datetime
    device: str
    type: Literal["review"]
    card: str
    rating: Rating
    took_ms: Annotated[int, Meta(ge=0)]
    kind: str
    given: str | None
    day: date
    # No zone is more than 14 hours from UTC, and no day turns over later than 23 hours after midnight.
    offset: Annotated[int, Meta(ge=-1440, le=1440)]
    leech: bool | UnsetType = UNSET
    fuzz: Annotated[float, Meta(ge=0, lt=1)] | UnsetType = UNSET
    confused: str | UnsetType = UNSET
    batch: str | UnsetType = UNSET
    retention: float | UnsetType = UNSET
    learning: list[int] | UnsetType = UNSET
    relearning: list[int] | UnsetType = UNSET

    @property
    def chance(self) -> float | None:
        """See `Answer.chance`."""
        return None if self.fuzz is UNSET else self.fuzz

    @property
    def terms(self) -> Terms:
        """What the learner asked of the schedule."""
        retention, learning, relearning = self.retention, self.learning, self.relearning
        if retention is UNSET and learning is UNSET and relearning is UNSET:
            return USUAL
        return _terms(
            USUAL.retention if retention is UNSET else retention,
            USUAL.learning if learning is UNSET else tuple(learning),
            USUAL.relearning if relearning is UNSET else tuple(relearning),
        )

    def said(self) -> dict[str, Any]:
        """The payload as it is written."""
        payload: dict[str, Any] = {
            "card": self.card,
            "rating": int(self.rating),
            "took_ms": self.took_ms,
            "kind": self.kind,
            "given": self.given,
            "day": self.day.isoformat(),
            "offset": self.offset,
        }
        for key in _MORE:
            value = getattr(self, key)
            if value is not UNSET:
                payload[key] = value
        return payload

    def __getitem__(self, key: str) -> Any:
        value = getattr(self, key) if key in _KEYS else UNSET
        if value is UNSET:
            raise KeyError(key)
        if key == "day":
            return self.day.isoformat()
        return int(self.rating) if key == "rating" else value

    def get(self, key: str, default: Any = None) -> Any:
        """As of a dictionary."""
        try:
            return self[key]
        except KeyError:
            return default

    def keys(self) -> KeysView[str]:
        """As of a dictionary."""
        return self.said().keys()

    def items(self) -> ItemsView[str, Any]:
        """As of a dictionary."""
        return self.said().items()

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key in _KEYS and getattr(self, key) is not UNSET

    def __iter__(self) -> Iterator[str]:
        return iter(self.said())

    def __len__(self) -> int:
        return len(self.said())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Reviewed):
            return self.said() == other.said()
        return self.said() == other if isinstance(other, Mapping) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # as any mapping's


Mapping.register(Reviewed)

_ALWAYS = ("card", "rating", "took_ms", "kind", "given", "day", "offset")

_MORE = ("leech", "fuzz", "confused", "batch", "retention", "learning", "relearning")

_KEYS = frozenset((*_ALWAYS, *_MORE))

_DECODER = Decoder(Reviewed)

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


def decode_review(line: bytes) -> Reviewed | None:
    """The review that a line says; None if it does not say one, or not the usual way."""
    try:
        said = _DECODER.decode(line)
        at, name = said.at, said.id.encode("ascii")
        # As `time_of` and `milliseconds`, which a million lines would call.
        if (
            at.tzinfo is not UTC
            or at.microsecond % 1000
            or len(name) != 26
            or name[0] > _LAST
            or int(name.translate(_CROCKFORD), 32) >> 80 != (at - _EPOCH) // _MILLISECOND
            or not -2 <= said.day.toordinal() - at.toordinal() <= 2
        ):
            return None
        # Most lines say none of these; `terms` itself is a call, for a million lines.
        if said.retention is not UNSET or said.learning is not UNSET or said.relearning is not UNSET:
            check_terms(said.terms)
    except (MsgspecError, ValueError, OverflowError):
        return None
    return said


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


@lru_cache(maxsize=256)
def _terms(retention: float, learning: tuple[int, ...], relearning: tuple[int, ...]) -> Terms:
    # The same object each time: a replay sees at once that nothing has changed.
    return Terms(retention, learning, relearning)


def terms_of(said: Mapping[str, Any]) -> Terms:
    """The terms of an answer. In format 1 what is not written is 0.9; 1 and 10 minutes; 10 minutes.

    Raises:
        TypeError, ValueError: they cannot be.
    """
    if "retention" not in said and "learning" not in said and "relearning" not in said:
        return USUAL
    terms = _terms(
        float(said.get("retention", USUAL.retention)),
        tuple(map(int, said.get("learning", USUAL.learning))),
        tuple(map(int, said.get("relearning", USUAL.relearning))),
    )
    check_terms(terms)
    return terms


def check_terms(terms: Terms) -> None:
    """Raises ValueError if a line says terms that no learner can ask for."""
    steps = (*terms.learning, *terms.relearning)
    if not 0.5 <= terms.retention < 1 or len(steps) > 40 or not all(0 < step <= 31 * 86400 for step in steps):
        raise ValueError("terms that cannot be")


def terms_to_json(terms: Terms) -> dict[str, Any]:
    """What of the terms must be written: see `terms_of`."""
    said: dict[str, Any] = {}
    if terms.retention != USUAL.retention:
        said["retention"] = terms.retention
    if terms.learning != USUAL.learning:
        said["learning"] = list(terms.learning)
    if terms.relearning != USUAL.relearning:
        said["relearning"] = list(terms.relearning)
    return said
