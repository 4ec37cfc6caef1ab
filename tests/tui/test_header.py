"""The reader's first line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.study.vocabulary import Coverage
from studytui.tui.header import Told, header, percent

covers = st.builds(Coverage, *[st.integers(0, 5000)] * 6)
tolds = st.builds(
    Told,
    st.text(st.sampled_from("让互联网更好 abc"), min_size=1, max_size=60),
    st.none() | covers,
    st.none() | st.integers(0, 9999),
    st.sampled_from(["", "finding the words: 37 %"]),
    st.floats(0, 1),
    st.none() | st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda pair: (min(pair), max(pair))),
)


@given(tolds, st.integers(20, 220))
def test_it_fills_the_line_and_no_more(told: Told, width: int) -> None:
    line = header(told, width)
    assert line.cell_length == width
    assert line.plain.endswith("%")


@given(covers)
def test_nothing_is_rounded_to_all_or_none(covered: Coverage) -> None:
    for part in (covered.new, covered.learning, covered.known):
        said = percent(part, covered.words)
        assert (said == "0") == (part == 0)
        assert (said == "100") == (part == covered.words > 0)


FULL = Told("让互联网更好", Coverage(485, 20, 495, 0, 30), 23, "", 0.124)


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (100, "让互联网更好  known 50 %  learning 2 %  new 48 %  names 30  23 words to 95 %"),
        (78, "让互联网更好  known 50  learning 2  new 48 %  names 30  23 words to 95 %"),
        (67, "让互联网更好  known 50  learning 2  new 48 %  23 words to 95 %"),
        (49, "让互联网更好  known 50  learning 2  new 48 %"),
        (42, "让互联网更好  known 50 %  23 to 95 %"),
        (38, "让互联网更好  known 50 %"),
        (20, "让互联网更好"),
    ],
)
def test_with_less_room_less_is_told(width: int, line: str) -> None:
    told = header(FULL, width).plain
    assert told == line + " " * (width - len("12%") - len(line) - 6) + "12%"


@pytest.mark.parametrize(("read", "said"), [(0.0, "0%"), (0.0049, "0%"), (0.999, "99%"), (1.0, "100%")])
def test_only_the_end_is_the_whole(read: float, said: str) -> None:
    told = Told("文", None, None, "", read)
    assert header(told, 30).plain.split()[-1] == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(0.881, 0.917, "88-92"), (0.9, 0.9, "90"), (0.0, 1.0, "0-100"), (0.996, 1.0, "99-100")],
)
def test_what_is_guessed_is_a_span(low: float, high: float, said: str) -> None:
    told = replace(FULL, between=(low, high))
    assert f"known {said} %" in header(told, 100).plain


@pytest.mark.parametrize(("low", "high"), [(0.38, 0.5), (0.0, 0.03), (0.97, 1.0), (0.5, 0.5)])
def test_the_figures_of_a_guess_add_up(low: float, high: float) -> None:
    """A beginner read `known 25-45 %  learning 3 %  new 91 %`."""
    covered = Coverage(new=91, probable=2, known=4, learning=3)
    line = header(Told("文", covered, None, "", 0.0, (low, high)), 100).plain
    known, learning, new = (
        [int(each) for each in line.split(f"{name} ")[1].split(" ")[0].split("-")]
        for name in ("known", "learning", "new")
    )
    assert known[0] + learning[0] + new[0] <= 100 <= known[-1] + learning[0] + new[-1]
    assert known[0] + learning[0] + new[-1] in (100, max(100, known[0] + learning[0]))
