"""The fewest words to a share of a text."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from studytui.study.coverage import words_to
from studytui.study.vocabulary import Status

NAMES = "甲乙丙丁戊己庚辛"
STATUSES: list[Status] = ["new", "learning", "known", "ignored"]


def brute_force(aim: float, counts: dict[str, int], statuses: dict[str, Status]) -> int:
    """Tries every set of words, the small ones first."""
    total = sum(counts.values())
    covered = sum(count for word, count in counts.items() if statuses[word] in ("known", "ignored"))
    unknown = [word for word in counts if statuses[word] in ("new", "learning")]
    for size in range(len(unknown) + 1):
        for chosen in combinations(unknown, size):
            if covered + sum(counts[word] for word in chosen) >= round(aim * total, 6):
                return size
    raise AssertionError("knowing every word is knowing the text")


@given(
    st.dictionaries(st.sampled_from(NAMES), st.tuples(st.integers(1, 30), st.sampled_from(STATUSES))),
    st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.98, 1.0]),
)
@settings(max_examples=200)
def test_no_smaller_set_of_words_would_do(words: dict[str, tuple[int, Status]], aim: float) -> None:
    counts = {word: count for word, (count, _) in words.items()}
    statuses = {word: status for word, (_, status) in words.items()}
    assert words_to(aim, counts, statuses.__getitem__) == brute_force(aim, counts, statuses)


def test_an_example() -> None:
    counts = {"的": 60, "网络": 30, "鼠标": 6, "键盘": 4}
    assert words_to(0.95, counts, lambda word: "known" if word == "的" else "new") == 2
    assert words_to(0.6, counts, lambda word: "known" if word == "的" else "new") == 0
    assert words_to(0.95, {}, lambda _: "new") == 0
