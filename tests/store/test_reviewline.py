"""A review's line read the quick way says what it says read the slow way."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.store.journal import journal
from studytui.store.journal.journal import Event, decode, encode, new_id
from studytui.store.journal.payload import answer_of
from studytui.store.journal.review_line import Reviewed, decode_review, milliseconds, time_of
from tests.store.acts import chances, some_events

START = datetime(2026, 3, 1, 9, tzinfo=UTC)


def slowly(line: bytes, monkeypatch: pytest.MonkeyPatch) -> Event:
    """The event of a line, read by what takes all that JSON can say."""
    with monkeypatch.context() as patch:
        patch.setattr(journal, "decode_review", lambda line: None)
        return decode(line)


def a_line(**other: object) -> bytes:
    said = {
        "v": 1, "id": new_id(START, b"0" * 10), "at": "2026-03-01T09:00:00.000Z", "device": "workspace-1",
        "type": "review", "card": "水/shui3#cloze", "rating": 3, "took_ms": 900, "kind": "cloze",
        "given": None, "day": "2026-03-01", "offset": 0,
    }  # fmt: skip
    return json.dumps({**said, **other}, ensure_ascii=False).encode("utf-8", "surrogatepass")


@given(chances)
def test_both_ways_agree_on_what_we_write(rng: random.Random) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        for event in some_events(rng, 40, 0.1):
            line = encode(event)
            quick, slow = decode(line), slowly(line, monkeypatch)
            assert quick == slow == event
            assert dict(quick.payload) == slow.payload
            assert encode(quick) == line or event.type != "review"
            one, other = answer_of(quick), answer_of(slow)
            assert (one is None) is (other is None)
            if one is not None and other is not None:
                for what in ("at", "day", "offset", "rating", "terms", "chance"):
                    assert getattr(one, what) == getattr(other, what)


def test_a_usual_line_is_read_the_quick_way() -> None:
    for other in ({}, {"leech": True}, {"fuzz": 0.25, "confused": "山"}, {"retention": 0.8, "learning": []}):
        said: object = decode(a_line(**other)).payload
        assert type(said) is Reviewed


@pytest.mark.parametrize(
    "other",
    [
        {"rating": 5}, {"rating": "3"}, {"took_ms": -1}, {"took_ms": 1.5}, {"day": "2026-03-09"}, {"day": 3},
        {"offset": 2000}, {"fuzz": 1.0}, {"fuzz": None}, {"given": 3}, {"more": 1}, {"retention": 2},
        {"learning": [0]}, {"learning": "x"}, {"card": 3}, {"at": "2026-03-01T10:00:00.000+01:00"},
        {"at": "2026-03-01T09:00:00.000400Z"}, {"given": "\ud800"}, {"leech": 1},
    ],
)  # fmt: skip
def test_any_other_line_is_read_as_ever(other: dict[str, object]) -> None:
    line = a_line(**other)
    assert decode_review(line) is None
    event = decode(line)
    assert type(event.payload) is dict
    assert event.at == START


@pytest.mark.parametrize(
    "name",
    ["", "0" * 25, "8" + "0" * 25, "0" * 25 + "U", "0" * 25 + "u", "0" * 24 + "_0", " " + "0" * 25, "٠" * 26],
)
def test_what_is_no_ulid_is_no_event(name: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        time_of(name)
    with pytest.raises(ValueError, match=r".*"):
        decode(a_line(id=name))


@given(st.integers(0, 2**47), st.binary(min_size=10, max_size=10))
def test_an_id_tells_its_time(moment: int, chance: bytes) -> None:
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=moment % 2**43)
    assert time_of(new_id(at, chance)) == milliseconds(at) == moment % 2**43


def test_ids_have_the_order_of_places() -> None:
    events = some_events(random.Random(5), 300)
    assert sorted(events, key=lambda event: event.id) == sorted(events, key=lambda event: event.place)


def test_a_review_reads_as_a_mapping() -> None:
    said = decode(a_line(leech=True)).payload
    assert said["leech"] is True
    assert said.get("fuzz") is None
    assert "confused" not in said
    assert {**said} == dict(said.items())
    written = dict(said.items())
    assert {key: said[key] for key in said} == written
    assert all(type(said[key]) is type(value) for key, value in written.items())
    assert not any(key in said or said.get(key) for key in ("id", "at", "type", "confused", "chance"))
    with pytest.raises(KeyError):
        said["id"]
    assert len(said) == len(list(said)) == 8
    assert said == dict(said)
    assert said != {**said, "rating": 1}
