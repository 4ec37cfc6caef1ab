"""The index of a journal's lines finds what reading all of it finds."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytui.store.journal import journal, line_index
from studytui.store.journal.journal import Event, encode, new_id
from studytui.store.journal.line_index import LineIndex
from studytui.store.journal.payload import subject
from studytui.store.locations import Locations
from studytui.store.state.fold import fold
from studytui.store.state.replay import History
from tests.store.acts import CARDS, chances, histories, some_events

Found = list[tuple[str, tuple[str, str] | None]]


def by_reading(path: Path, subjects: set[tuple[str, str]], ids: set[str], end: int) -> Found:
    events = journal.read(path, 0, end).events
    return [(each.id, subject(each)) for each in events if each.id in ids or subject(each) in subjects]


def found(index: LineIndex, subjects: set[tuple[str, str]], ids: set[str], end: int) -> Found:
    return [(event.id, about) for event, about in index.events(subjects, ids, end)]


@given(histories, chances, st.sampled_from([64, 700, 1 << 24]), st.sampled_from([0, 1000, 1 << 20]))
@settings(deadline=None)
def test_it_finds_what_reading_all_finds(
    events: list[Event], rng: random.Random, block: int, much: int
) -> None:
    """While the journal grows, with foreign lines in it, with the index read again, or damaged."""
    subjects = sorted({about for event in events if (about := subject(event)) is not None})
    with tempfile.TemporaryDirectory() as root, pytest.MonkeyPatch.context() as patch:
        patch.setattr(line_index, "_BLOCK", block)
        patch.setattr(line_index, "_MUCH", much)
        path, cache = Path(root) / "workspace-1.jsonl", Path(root) / "cache"
        path.touch()
        index = LineIndex(path, cache)
        waiting = (
            [*map(encode, events), *[b"no event\n"] * 3, *map(encode, rng.choices(events, k=5))]
            if events
            else []
        )
        rng.shuffle(waiting)
        while waiting:
            part = b"".join(waiting.pop() for _ in range(min(len(waiting), rng.randint(1, 25))))
            with path.open("ab") as file:
                file.write(part)
            chosen = set(rng.sample(subjects, rng.randint(0, min(3, len(subjects)))))
            ids = {event.id for event in rng.choices(events, k=rng.randint(0, 3))} | {"水" * 26}
            end = path.stat().st_size
            assert found(index, chosen, ids, end) == by_reading(path, chosen, ids, end)
            if rng.random() < 0.4:
                index = LineIndex(path, cache)
            kept = sorted((cache / "lines" / path.name).glob("*"))
            if kept and rng.random() < 0.2:
                rng.choice(kept).write_bytes(rng.choice([b"damaged", b"\0" * 80, b""]))
            # What lies beyond `end` is not meant, though another process may have indexed it.
            cut = journal.read(path).starts[-1] if journal.read(path).events else 0
            assert found(index, chosen, ids, cut) == by_reading(path, chosen, ids, cut)


def test_a_journal_that_was_put_back_or_mended_is_indexed_anew(tmp_path: Path) -> None:
    path = tmp_path / "workspace-1.jsonl"
    events = some_events(random.Random(4), 60)
    path.write_bytes(b"".join(map(encode, events)))
    index = LineIndex(path, tmp_path / "cache")
    chosen = {("card", CARDS[0])}
    whole = found(index, chosen, set(), path.stat().st_size)
    assert len(whole) > 3
    for mended in (events[3:], events[:20], events[::-1]):
        path.write_bytes(b"".join(map(encode, mended)))
        end = path.stat().st_size
        for each in (index, LineIndex(path, tmp_path / "cache")):
            assert found(each, chosen, set(), end) == by_reading(path, chosen, set(), end)


def test_it_does_without_a_cache_folder(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file stands where the folder should be")
    path = tmp_path / "workspace-1.jsonl"
    path.write_bytes(b"".join(map(encode, some_events(random.Random(4), 60))))
    chosen, end = {("card", CARDS[1])}, path.stat().st_size
    assert found(LineIndex(path, tmp_path / "cache"), chosen, set(), end) == by_reading(
        path, chosen, set(), end
    )


def test_its_files_stay_few_as_a_journal_grows(tmp_path: Path) -> None:
    path, cache = tmp_path / "workspace-1.jsonl", tmp_path / "cache"
    for event in some_events(random.Random(4), 300):
        with path.open("ab") as file:
            file.write(encode(event))
        list(LineIndex(path, cache).events((), {event.id}, path.stat().st_size))
    assert len(list((cache / "lines" / path.name).iterdir())) <= 10


def test_weights_that_were_adopted_before_those_that_hold_change_nothing_else(tmp_path: Path) -> None:
    """Only other weights make it necessary to fold everything again."""
    locations = Locations.find({"STUDYTUI_HOME": str(tmp_path)})
    events = [event for event in some_events(random.Random(6), 900) if event.type != "undo"]
    adopted = [event for event in events if event.type == "optimised"]
    early, last = adopted[0], adopted[-1]
    rest = [event for event in events if event not in (early, last)]
    journal.Appender(locations.journal / "workspace-1.jsonl").append([*rest, last])
    history = History(locations)
    history.load()
    journal.Appender(locations.journal / "lap-2.jsonl").append([early])
    assert history.refresh() == {("weights", "")}
    assert history.state == fold(events)
    at = events[-1].at
    undo = Event(new_id(at, b"\xff" * 10), at, "lap-2", "undo", {"target": last.id})
    journal.Appender(locations.journal / "lap-2.jsonl").append([undo])
    assert history.refresh() is None
    assert history.state == fold([*events, undo])
    again = Event(new_id(at, b"\xff" * 9 + b"\x01"), at, "lap-2", "undo", {"target": early.id})
    journal.Appender(locations.journal / "lap-2.jsonl").append([again])
    history.refresh()
    assert history.state == fold([*events, undo, again])


def test_a_late_answer_renews_its_card_from_its_own_lines_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locations = Locations.find({"STUDYTUI_HOME": str(tmp_path)})
    events = some_events(random.Random(9), 400)
    late = next(event for event in events[100:] if event.type == "review")
    mine = [event for event in events if event is not late]
    journal.Appender(locations.journal / "workspace-1.jsonl").append(mine)
    history = History(locations)
    history.load()
    path = locations.journal / "workspace-1.jsonl"
    list(LineIndex(path, locations.cache).events((), {"x"}, path.stat().st_size))
    read: list[int] = []
    lines_at = journal.lines_at

    def counting(path: Path, starts: list[int]) -> object:
        read.extend(starts)
        return lines_at(path, starts)

    monkeypatch.setattr(journal, "lines_at", counting)
    monkeypatch.setattr(journal, "search", None)
    journal.Appender(locations.journal / "lap-2.jsonl").append([late])
    assert history.refresh() == {subject(late)}
    assert history.state == fold(events)
    assert len(read) <= 1 + sum(subject(event) == subject(late) for event in mine)
