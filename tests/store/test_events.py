"""What a journal's line may say: it is an event or it is refused, and nothing stops for it."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.errors import NewerFormatError
from studytui.store.journal import journal
from studytui.store.journal.event_ids import milliseconds, new_id, time_of
from studytui.store.journal.event_lines import LONGEST, decode, encode
from studytui.store.journal.events import Event, Reviewed, new_event
from studytui.store.locations import Locations
from studytui.store.state.fold import fold
from studytui.store.state.replay import History
from tests.store.acts import START, some_events


def a_line(**other: object) -> bytes:
    said = {
        "v": 1, "id": new_id(START, b"0" * 10), "at": "2026-03-01T09:00:00.000Z", "device": "workspace-1",
        "type": "review", "card": "水/shui3#cloze", "rating": 3, "took_ms": 900, "kind": "cloze",
        "given": None, "day": "2026-03-01", "offset": 0,
    }  # fmt: skip
    return json.dumps({**said, **other}, ensure_ascii=False).encode("utf-8", "surrogatepass")


def a_note_line(**other: object) -> bytes:
    note = {"headword": "水", "syllables": ["shui3"], "traditional": "水", "glosses": ["water"]}
    said = json.loads(a_line(type="note", act="put", note={**note, **other}))
    del said["card"]
    return json.dumps(said).encode()


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"leech": True},
        {"fuzz": 0.25, "confused": "山"},
        {"retention": 0.8, "learning": []},
        {"more": 1},
        {"given": "“\n\u2028"},
        {"offset": -300},
        {"at": "2026-03-01T10:00:00.000+01:00"},
        {"at": "2026-03-01T09:00:00.000400Z"},
        {"id": new_id(START + timedelta(days=999), b"0" * 10)},
    ],
)
def test_what_can_be_is_read(other: dict[str, object]) -> None:
    event = decode(a_line(**other))
    assert isinstance(event, Reviewed)
    assert event.at == START
    assert decode(encode(event)) == event


@pytest.mark.parametrize(
    "other",
    [
        {"rating": 5},
        {"rating": "3"},
        {"rating": True},
        {"took_ms": -1},
        {"took_ms": 1.5},
        {"took_ms": 10**400},
        {"took_ms": True},
        {"day": "2026-03-09"},
        {"day": 3},
        {"day": "9999-12-31"},
        {"offset": 2000},
        {"offset": 10**30},
        {"fuzz": 1.0},
        {"fuzz": float("nan")},
        {"given": 3},
        {"given": "\ud800"},
        {"given": "x" * 5000},
        {"retention": 2},
        {"retention": float("inf")},
        {"learning": [0]},
        {"learning": "x"},
        {"learning": [60] * 100},
        {"leech": 1},
        {"card": 3},
        {"card": ""},
        {"card": "水"},
        {"card": "#cloze"},
        {"card": "水/shui3#dance"},
        {"card": "水\x1b[2J/x#cloze"},
        {"card": "\ud800/x#cloze"},
        {"card": "水" * 30_000 + "#cloze"},
        {"kind": "\x07"},
        {"confused": "\0"},
        {"confused": ""},
        {"batch": "x" * 100},
        {"type": "dance"},
        {"type": "mark"},
        {"type": "mark", "headword": "", "status": "known"},
        {"type": "mark", "headword": "  ", "status": "known"},
        {"type": "mark", "headword": "水", "status": "loved"},
        {"type": "mark", "headword": "水\x9b", "status": "known"},
        {"type": "undo"},
        {"type": "undo", "target": []},
        {"type": "undo", "target": "a", "more": [""]},
        {"type": "undo", "target": "a", "more": ["a"] * 4001},
        {"type": "note", "act": "put"},
        {"type": "note", "act": "suspend", "card": None},
        {"type": "note", "act": "juggle"},
        {"type": "note", "act": "bury", "day": None},
        {"type": "place", "document": "d", "paragraph": -1, "offset": 0},
        {"type": "place", "document": "d", "paragraph": 10**18, "offset": 0},
        {"type": "place", "document": "d", "paragraph": True, "offset": 0},
        {"type": "text", "document": "d\n", "title": "t", "name": "n"},
        {"type": "text", "document": "d", "title": "\x1b]52;c;eA==\x07", "name": "n"},
        {"type": "segment", "text": "山水", "parts": ["山"], "scope": "everywhere"},
        {"type": "segment", "text": "", "parts": [], "scope": "everywhere"},
        {"type": "segment", "text": "山", "parts": ["山", ""], "scope": "everywhere"},
        {"type": "segment", "text": "山", "parts": ["山"], "scope": "text"},
        {"type": "segment", "text": "山", "parts": ["山"], "scope": []},
        {"type": "optimised", "weights": [1.0] * 20},
        {"type": "optimised", "weights": [1e300] * 21},
        {"type": "optimised", "weights": [float("nan")] * 21},
        {"type": "redate", "target": "x", "days": 10**9},
        {"type": "placement", "headword": "水", "known": True},
        {"type": "placement", "headword": "水", "known": "yes", "batch": "one"},
        {"type": "placement", "headword": "水\n", "known": True, "batch": "one"},
        {"type": "placement", "headword": "水", "known": True, "batch": "\x1b[31m"},
        {"type": "mark", "headword": "水", "status": "probable"},
        {"type": "setting", "name": "pinyin", "value": "all"},
        {"type": "setting", "name": "pin\x1byin", "value": "1"},
        {"type": "setting", "name": "pinyin", "value": "[" * 4000},
    ],
)
def test_an_event_that_says_what_cannot_be_is_not_understood(other: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".*"):
        decode(a_line(**other))


@pytest.mark.parametrize(
    "other",
    [
        {"headword": ""},
        {"headword": "水\n"},
        {"headword": "\x1b[31m"},
        {"headword": "水" * 2000},
        {"syllables": "shui3"},
        {"syllables": [["shui3"]]},
        {"glosses": [1]},
        {"glosses": ["\x00"]},
        {"traditional": "\udcff"},
        {"frequency": float("inf")},
        {"frequency": "4"},
        {"hsk": 10**20},
        {"hsk": 0},
        {"example": {"text": "水", "start": 0, "end": 2, "document_id": "d", "title": "t"}},
        {"example": {"text": "水", "start": -1, "end": 1, "document_id": "d", "title": "t"}},
        {"example": {"text": "水", "start": 0, "end": 10**12, "document_id": "d", "title": "t"}},
        {"example": {"text": "水\x1b", "start": 0, "end": 1, "document_id": "d", "title": "t"}},
        {"example": []},
    ],
)
def test_a_note_that_cannot_be_is_not_understood(other: dict[str, object]) -> None:
    assert decode(a_note_line()).subject == ("note", "水/shui3")
    with pytest.raises(ValueError, match=r".*"):
        decode(a_note_line(**other))


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"1e999",
        b"NaN",
        b"9" * 5000,
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"\xff\xfe",
        b'{"v":1,"v":2,"id":"x","type":"mark"}',
        b'{"v":2}',
        b'{"v":1e999}',
        a_line()[:-1] + b',"v":2}',
        a_line(v=2)[:-1] + b',"device":"other"}',
        a_line(v=10**400),
        a_line(v=2.0),
        a_line(v=0),
        a_line(v="2"),
        a_line(v=2, id="x"),
        a_line(v=2, at="yesterday"),
        a_line(v=2, device=3),
        a_line(at="9999-12-31T23:59:59.000Z"),
        a_line(at="0001-01-01T00:00:00.000Z"),
        a_line(at="1969-12-31T23:59:59.000Z"),
        a_line(at="2026-03-01T09:00:00.000"),
        a_line(at=1772355600),
        a_line(at="2026-03-01T09:00:00.001Z"),
        a_line(id=new_id(START, b"0" * 10)[:-1]),
        a_line(device="\x1b"),
        a_line(id="7" + "Z" * 25),
        a_line(given="x" * LONGEST),
        a_line(device="\ud800"),
        a_line(id=new_id(datetime(9999, 12, 31, tzinfo=UTC), b"0" * 10), at="9999-12-31T00:00:00.000Z"),
    ],
)
def test_what_is_no_event_is_no_event(line: bytes) -> None:
    with pytest.raises(ValueError, match=r".*") as found:
        decode(line)
    assert not isinstance(found.value, NewerFormatError)


def test_an_event_of_a_later_format_is_one() -> None:
    with pytest.raises(NewerFormatError):
        decode(a_line(v=2))
    with pytest.raises(NewerFormatError):
        decode(a_line(v=7, type="dance", steps=[1, {"two": 3}]))


@pytest.mark.parametrize(
    "name",
    ["", "0" * 25, "8" + "0" * 25, "0" * 25 + "U", "0" * 25 + "u", "0" * 24 + "_0", " " + "0" * 25, "٠" * 26],
)
def test_what_is_no_ulid_is_no_event(name: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        time_of(name)
    with pytest.raises(ValueError, match=r".*"):
        decode(a_line(id=name))


@given(st.integers(0, 2**43), st.binary(min_size=10, max_size=10), st.integers(0, 2**43))
def test_an_id_tells_its_time_or_that_it_follows_another(moment: int, chance: bytes, before: int) -> None:
    at, past = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=each) for each in (moment, before))
    assert time_of(new_id(at, chance)) == milliseconds(at) == moment
    other = new_id(past, b"\xff" * 10)
    assert new_id(at, chance, other) > other
    assert time_of(new_id(at, chance, other)) == max(moment, before + 1)


def test_a_name_that_is_not_utf_8_comes_through() -> None:
    said = {"document": "d", "title": "题", "name": "/home/li/\udcff.txt"}
    event = new_event(new_id(START, b"0" * 10), START, "lap-2", "text", said)
    line = encode(event)
    assert json.loads(line.decode())["name"] == said["name"]
    assert decode(line) == event == decode(line.replace(b"\\udcff", b"\xed\xb3\xbf"))


def test_what_no_journal_would_take_is_not_written() -> None:
    with pytest.raises(ValueError, match="no name"):
        new_event(new_id(START, b"0" * 10), START, "lap-2", "mark", {"headword": "水\x1b", "status": "known"})


def history_of(tmp_path: Path, events: list[Event]) -> History:
    locations = Locations.find({"STUDYTUI_HOME": str(tmp_path)})
    journal.Appender(locations.journal / "workspace-1.jsonl").append(events)
    history = History(locations)
    history.load()
    return history


def test_weights_that_were_adopted_before_those_that_hold_change_nothing_else(tmp_path: Path) -> None:
    """Only other weights make it necessary to fold everything again."""
    events = [event for event in some_events(random.Random(6), 900) if event.type != "undo"]
    adopted = [event for event in events if event.type == "optimised"]
    early, last = adopted[0], adopted[-1]
    history = history_of(tmp_path, [*(event for event in events if event not in (early, last)), last])
    other = journal.Appender(history.locations.journal / "lap-2.jsonl")
    other.append([early])
    assert history.refresh() == {("weights", "")}
    assert history.state == fold(events)
    at = events[-1].at
    undo = new_event(new_id(at, b"\xff" * 10), at, "lap-2", "undo", {"target": last.id})
    other.append([undo])
    assert history.refresh() is None
    assert history.state == fold([*events, undo])
    again = new_event(new_id(at, b"\xff" * 9 + b"\x01"), at, "lap-2", "undo", {"target": early.id})
    other.append([again])
    history.refresh()
    assert history.state == fold([*events, undo, again])


@pytest.mark.parametrize("late", [1, 60])
def test_late_answers_renew_their_cards_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: int
) -> None:
    """Few are looked for in the text, for many all is read; nothing else is folded again."""
    events = some_events(random.Random(9), 400)
    came = [event for event in events[100:] if event.type == "review"][:late]
    history = history_of(tmp_path, [event for event in events if event not in came])
    monkeypatch.setattr(History, "rebuild", None)
    journal.Appender(history.locations.journal / "lap-2.jsonl").append(came)
    assert history.refresh() == {event.subject for event in came}
    assert history.state == fold(events)
