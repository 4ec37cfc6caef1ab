"""Words that mean what their parts mean, and words that do not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from studytui.study.transparent import judgements, parts_of
from studytui.text.lexicon.lexicon import Lexicon

DATA = Path(__file__).parent / "data"

_ADDED = """
这个 不是 不能 不会 每天 第一次 几个 一家 热茶 小城 山路 放进 停下来 看不懂 看看 说说话 孩子们 星期一 周三
"""
_ADDED_UP = _ADDED.split()
_OWN = "东西 马上 小心 大家 左右 地道 一定 不过 看起来 早上 上 的 龙"
_THEMSELVES = _OWN.split()


@pytest.fixture(scope="module")
def lexicon() -> Iterator[Lexicon]:
    with closing(Lexicon.open()) as opened:
        yield opened


def _words(name: str) -> list[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return list(dict.fromkeys(word for line in lines if not line.startswith("#") for word in line.split()))


def _wrong(name: str, want: bool, lexicon: Lexicon) -> float:
    words = _words(name)
    return sum((parts_of(word, lexicon) is not None) != want for word in words) / len(words)


@pytest.mark.parametrize(
    ("name", "want", "bound"),
    [("drawn_transparent.txt", True, 0.18), ("drawn_opaque.txt", False, 0.2)],
)
def test_words_that_nobody_judged_for_the_program(
    name: str, want: bool, bound: float, lexicon: Lexicon
) -> None:
    assert not set(_words(name)) & judgements().keys()
    assert _wrong(name, want, lexicon) <= bound


def test_what_was_judged_holds(lexicon: Lexicon) -> None:
    judged = judgements()
    assert len(judged) > 15000
    wrong = [word for word, made in judged.items() if (parts_of(word, lexicon) is not None) != made]
    assert not wrong


@pytest.mark.parametrize("word", _ADDED_UP)
def test_parts_come_back_as_words_that_the_whole_holds(word: str, lexicon: Lexicon) -> None:
    parts = parts_of(word, lexicon)
    assert parts
    assert all(part and set(part) <= set(word) and part != word for part in parts)


@pytest.mark.parametrize("word", _THEMSELVES)
def test_what_its_parts_do_not_tell_stands_for_itself(word: str, lexicon: Lexicon) -> None:
    assert parts_of(word, lexicon) is None


def test_no_text_is_too_odd(lexicon: Lexicon) -> None:
    for word in ("", "一", "一" * 500, "不" * 300, "看" * 40, "𠮷𠮷", "ab", "一a", "们", "第", "第一"):
        parts = parts_of(word, lexicon)
        assert parts is None or all(parts)
