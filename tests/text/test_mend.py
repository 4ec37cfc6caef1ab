"""Merges and splits: what they change, what they leave alone, and what they survive."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studytui.text.token import Token
from studytui.text.words.recut import CONTEXT, SCOPES, Mend, alternatives, mend_at, mended


def tokens(*texts: str) -> tuple[Token, ...]:
    found: list[Token] = []
    place = 0
    for text in texts:
        found.append(Token(place, place + len(text), text, "word" if text.isalnum() else "punctuation"))
        place += len(text)
    return tuple(found)


def cut(text: str) -> tuple[Token, ...]:
    return tokens(*text)


def texts(found: tuple[Token, ...]) -> list[str]:
    return [token.text for token in found]


def test_a_merge_everywhere_joins_each_occurrence_that_stands_on_tokens() -> None:
    words = tokens("核心", "技术", "，", "核心", "技术", "员")
    found = mended(words, "核心技术，核心技术员", [Mend(("核心技术",))], cut)
    assert texts(found) == ["核心技术", "，", "核心技术", "员"]
    assert [token.kind for token in found] == ["word", "punctuation", "word", "word"]


def test_a_merge_does_not_cut_a_word_that_only_begins_alike() -> None:
    words = tokens("发展", "中国", "家")
    assert mended(words, "发展中国家", [Mend(("发展中",))], cut) == words


def test_a_split_holds_in_its_text_alone() -> None:
    words = tokens("人才", "竞争")
    mend = mend_at("人才竞争", 0, ("人", "才"), "text", "a")
    assert mend.holds_in("a")
    assert not mend.holds_in("b")
    assert texts(mended(words, "人才竞争", [mend], cut)) == ["人", "才", "竞争"]


def test_a_place_is_known_by_its_surroundings() -> None:
    text = "他说网络好，我说网络不好，大家都说网络还可以。"
    words = tokens(*text)
    at = text.index("网络", 5)
    mend = mend_at(text, at, ("网络",), "place", "a")
    assert len(mend.before) == len(mend.after) == CONTEXT
    found = texts(mended(words, text, [mend], cut))
    assert found.count("网络") == 1
    longer = "开头加了一些话。" + text
    assert texts(mended(tokens(*longer), longer, [mend], cut)).count("网络") == 1


def test_a_place_is_cut_even_through_tokens_of_a_newer_segmenter() -> None:
    text = "研究生命起源"
    mend = mend_at(text, 2, ("生命",), "place", None)
    found = mended(tokens("研究生", "命", "起源"), text, [mend], cut)
    assert texts(found) == ["研", "究", "生命", "起源"]


def test_the_last_word_is_the_later_mend_s() -> None:
    words = tokens("新", "常态")
    found = mended(words, "新常态", [Mend(("新常态",)), Mend(("新常", "态"))], cut)
    assert texts(found) == ["新常", "态"]


def test_alternatives_put_words_of_the_dictionary_first() -> None:
    ways = alternatives("研究生命", {"研究", "生命", "研究生"}.__contains__)
    assert ways[0] == ("研究生命",)
    assert ways[1] == ("研究", "生命")
    assert ("研究生", "命") in ways
    assert len(set(ways)) == len(ways) == 8


@given(
    st.lists(st.text("网络安全人，", min_size=1, max_size=4), min_size=1, max_size=12),
    st.data(),
)
def test_joined_tokens_stay_the_paragraph(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    words = tokens(*pieces)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    middle = data.draw(st.integers(start + 1, end))
    parts = tuple(part for part in (text[start:middle], text[middle:end]) if part)
    scope = data.draw(st.sampled_from(SCOPES))
    found = mended(words, text, [mend_at(text, start, parts, scope, "a")], cut)
    place = 0
    for token in found:
        assert token.start == place
        assert token.text == text[token.start : token.end]
        place = token.end
    assert place == len(text)
    assert mended(found, text, [mend_at(text, start, parts, scope, "a")], cut) == found
