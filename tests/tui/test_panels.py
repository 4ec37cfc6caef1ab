"""What the frames of the home screen say, at every width."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from studytui.session.library import LibraryText, TextFigures
from studytui.session.today import TodayPage
from studytui.store.state.records import ReadingPlace
from studytui.study.scheduling.queue import DueCount
from studytui.text.source.source import bundled
from studytui.tui.screens.home.library_rows import columns_for, head, row
from studytui.tui.screens.home.panels import (
    Hint,
    NextText,
    minutes,
    next_frame,
    next_lines,
    strip,
    to_come,
    today_frame,
    today_lines,
)

SATURDAY = date(2026, 11, 28)
BUSY = TodayPage(
    SATURDAY, DueCount(6, 2, 1210), 93.4, 14, (0, 120, 3, 1, 0, 60, 9), 2, (112, 8, 0, 3, 1040, 0, 7)
)
EMPTY = TodayPage(SATURDAY, DueCount(), 0.0, 20, (0,) * 7, 0, (0,) * 7)
HINTS = [Hint("r", "Review", first=True), Hint("t", "Quiz, 12 left")]
FOUND = TextFigures(1204, 800, 0.88, 0.92, 1014, 200, 6, 0.425)


@pytest.mark.parametrize("page", [BUSY, EMPTY], ids=["busy", "empty"])
@pytest.mark.parametrize("width", [20, 43, 54, 78, 98, 130])
def test_no_line_is_longer_than_its_place(page: TodayPage, width: int) -> None:
    place = ReadingPlace(1, 2, datetime(2026, 11, 27, tzinfo=UTC))
    text = LibraryText("margins", "页边的人" * 9, None, bundled()[0], place, 1234)
    found = NextText(text, FOUND, "读完最后一页，我有些舍不得，" * 9)
    hint = Hint("c", "Go on")
    for hints in ([], HINTS[:1], HINTS):
        frame = today_frame(page, hints, width) if width >= 44 else []
        for line in (*frame, *today_lines(page, hints, width)):
            assert line.cell_length <= width
    for line in (*next_frame(found, hint, width, 7), *next_lines(found, hint, width)):
        assert line.cell_length <= width
    assert len(next_frame(found, hint, width, 7)) == len(today_frame(page, HINTS, width)) == 7
    for apart in (False, True):
        assert row(text, FOUND, width, apart).cell_length == head(width).cell_length == width
        assert row(text, None, width, apart).cell_length == width


def test_the_frames_say_what_there_is_to_do() -> None:
    wide = "\n".join(line.plain for line in today_frame(BUSY, HINTS, 60))
    for told in (
        "1,218 due",
        "about 93 minutes",
        "r Review",
        "1,212 to review, 6 new",
        "14 new cards left today",
    ):
        assert told in wide
    assert "2 days in a row" in wide
    assert "S M T W T F S" in wide  # the last seven days, today's last
    assert "Sun 112  Mon 8  Tue 0" in wide
    plain = "\n".join(line.plain for line in today_lines(EMPTY, [], 43))
    assert "Nothing is due" in plain
    assert "in a row" not in plain
    narrow = today_lines(BUSY, HINTS, 41)[1].plain
    assert narrow.endswith("  t Quiz, 12 left")  # a key is read whole
    assert "…" not in narrow


def test_days_are_drawn_by_their_share_of_the_busiest() -> None:
    assert strip((0, 8, 4, 1)) == "·█▄▁"
    assert strip((0, 0)) == "··"
    assert strip((1, 1000)) == "▁█"


def test_minutes_and_days_to_come_are_told_in_whole() -> None:
    assert [minutes(count) for count in (0.2, 0.9, 6.4)] == [
        "under a minute",
        "about 1 minute",
        "about 6 minutes",
    ]
    assert to_come(BUSY, 15) == "Sun 112  Mon 8"
    assert to_come(BUSY, 5) == ""


def test_columns_leave_where_there_is_no_room() -> None:
    assert [column.name for column in columns_for(41)] == ["known", "due"]
    assert [column.name for column in columns_for(76)] == ["level", "read", "known", "new", "due"]
    assert len(columns_for(116)) == 7
