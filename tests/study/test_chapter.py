"""Chapters of a long text, and their phrases put together."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from studytui.study.notes.note import Example
from studytui.study.phrases.chapter import LEAST, MOST, Chapter, chapters, is_long, together
from studytui.study.phrases.ranking import KeyPhrase
from studytui.text.document import Document, Paragraph


def document(*paragraphs: tuple[str, int]) -> Document:
    """Of (kind or heading text, length): a number of 字 for running text."""
    return Document(
        "novel.txt",
        "小说",
        "utf-8",
        tuple(
            Paragraph("paragraph", "字" * size, ()) if name == "" else Paragraph("heading", name, ())
            for name, size in paragraphs
        ),
    )


def spans(text: Document) -> list[tuple[str, int, int]]:
    return [(chapter.title, chapter.first, chapter.last) for chapter in chapters(text)]


def test_chapters_begin_at_headings() -> None:
    text = document(("开头", 0), ("", 9000), ("中间", 0), ("", 9000), ("", 100), ("结尾", 0), ("", 9000))
    assert spans(text) == [("开头", 0, 2), ("中间", 2, 5), ("结尾", 5, 7)]


def test_numbered_chapters_hold_other_headings() -> None:
    text = document(("第一回 出门", 0), ("", 9000), ("题外话", 0), ("", 9000), ("第二回 回家", 0), ("", 9000))
    assert spans(text) == [("第一回 出门", 0, 4), ("第二回 回家", 4, 6)]


def test_a_short_chapter_goes_with_the_next() -> None:
    text = document(("序", 0), ("", 200), ("一", 0), ("", 9000), ("二", 0), ("", 9000))
    assert spans(text) == [("序", 0, 4), ("二", 4, 6)]


def test_a_text_without_headings_is_cut_in_even_slices() -> None:
    text = document(*[("", 1000)] * 60)
    assert is_long(text)
    assert spans(text) == [("", 0, 20), ("", 20, 40), ("", 40, 60)]


def test_a_text_without_paragraphs_has_no_chapters() -> None:
    assert chapters(document()) == ()


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "", "", "第三章 雨", "小标题"]), st.integers(1, 3 * MOST // 2)),
        min_size=1,
        max_size=40,
    )
)
def test_every_paragraph_is_in_one_chapter(parts: list[tuple[str, int]]) -> None:
    text = document(*parts)
    found = chapters(text)
    assert [chapter.first for chapter in found] == [0, *(chapter.last for chapter in found[:-1])]
    assert found[-1].last == len(text.paragraphs)
    assert all(chapter.first < chapter.last for chapter in found)
    longest = max(len(paragraph.text) for paragraph in text.paragraphs)
    sizes = [sum(len(text.paragraphs[n].text) for n in range(c.first, c.last)) for c in found]
    assert all(size <= MOST + LEAST + longest for size in sizes)


def phrase(headword: str, score: float, *places: tuple[int, int]) -> KeyPhrase:
    return KeyPhrase(
        headword, headword, headword, (), (), "word", len(places), score,
        f"a word, used {'once' if len(places) == 1 else f'{len(places)} times'}; HSK 5; not yet known",
        5, 4.0, tuple((paragraph, start, start + len(headword)) for paragraph, start in places), None,
    )  # fmt: skip


WHOLE = document(("", 10))
ONE, TWO = Chapter("一", 0, 10), Chapter("二", 10, 30)


def test_a_phrase_of_two_chapters_counts_all_its_places() -> None:
    listed = together(
        WHOLE, [(ONE, [phrase("灯塔", 0.5, (3, 0))]), (TWO, [phrase("灯塔", 0.6, (0, 4), (7, 1))])]
    )
    assert len(listed) == 1
    assert listed[0].occurrences == ((3, 0, 2), (10, 4, 6), (17, 1, 3))
    assert (listed[0].count, listed[0].score) == (3, 0.62)
    assert listed[0].reason == "a word, used 3 times in 2 chapters; HSK 5; not yet known"


def test_of_overlapping_phrases_of_two_chapters_the_better_stands() -> None:
    listed = together(
        WHOLE,
        [
            (ONE, [phrase("灯塔守护人", 0.7, (1, 0))]),
            (TWO, [phrase("灯塔", 0.6, (0, 4)), phrase("海", 0.2, (1, 1))]),
        ],
    )
    assert [each.headword for each in listed] == ["灯塔守护人", "海"]
    listed = together(
        WHOLE, [(ONE, [phrase("灯塔守护人", 0.5, (1, 0))]), (TWO, [phrase("灯塔", 0.6, (0, 4))])]
    )
    assert [each.headword for each in listed] == ["灯塔"]


def test_an_example_names_the_whole_text() -> None:
    found = replace(phrase("灯塔", 0.5, (1, 0)), example=Example("灯塔亮了。", 0, 2, "a chapter", "小说"))
    example = together(WHOLE, [(ONE, [found])])[0].example
    assert example is not None
    assert example.document_id == WHOLE.id


def test_the_limit_takes_the_best() -> None:
    listed = together(WHOLE, [(ONE, [phrase("灯塔", 0.5, (1, 0))]), (TWO, [phrase("海浪", 0.6, (0, 4))])], 1)
    assert [each.headword for each in listed] == ["海浪"]
