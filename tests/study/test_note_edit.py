"""What a learner writes in the lines of a note."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studytui.errors import StudytuiError
from studytui.session.words.note_edit import BREAK, LONGEST, edited, lines_of
from studytui.study.notes.note import Example, Note

NOTE = Note(
    "长大",
    ("chang2", "da4"),
    "長大",
    ("to grow up", "to be <big>"),
    2,
    example=Example("他长大了。", 1, 3, "0" * 16, "我的书"),
    remark="<div>a &amp; b</div>c<br><b>d</b>",
)


def test_a_note_that_nothing_is_changed_of_is_the_same() -> None:
    assert edited(NOTE, lines_of(NOTE)) == NOTE
    assert lines_of(NOTE).remark == f"a & b{BREAK}c{BREAK}d"
    bare = replace(NOTE, example=None, remark="", syllables=())
    assert edited(bare, lines_of(bare)) == bare


@pytest.mark.parametrize("written", ["zhǎng dà", "zhang3 da4", "zhang3da4", " Zhǎng  dà ".lower()])
def test_a_reading_is_put_right_and_the_note_stays_the_same_note(written: str) -> None:
    note = edited(NOTE, replace(lines_of(NOTE), reading=written))
    assert (note.syllables, note.id, note.own) == (("zhang3", "da4"), NOTE.id, ("reading",))
    back = edited(note, replace(lines_of(note), reading="cháng dà"))
    assert (back.syllables, back.known_as, back.id) == (NOTE.syllables, (), NOTE.id)


def test_meaning_sentence_and_remark_are_the_learner_s_own() -> None:
    lines = replace(
        lines_of(NOTE), meaning="to grow;  to age； ", sentence="她【長 大】了", remark=f"<i>{BREAK}x"
    )
    note = edited(NOTE, lines)
    assert note.glosses == ("to grow", "to age")
    assert note.example == Example("她長 大了", 1, 4, "0" * 16, "我的书")
    assert note.remark == "&lt;i&gt;<br>x"
    assert note.own == ("meaning", "sentence")
    assert lines_of(note).remark == f"<i>{BREAK}x"
    assert edited(note, replace(lines_of(note), sentence="我長大了")).example == Example(
        "我長大了", 1, 3, "0" * 16, "我的书"
    )
    none = edited(note, replace(lines_of(note), sentence=" "))
    assert none.example is None
    own = edited(none, replace(lines_of(none), sentence="长大！")).example
    assert own == Example("长大！", 0, 2, "", "")


@pytest.mark.parametrize(
    ("line", "written", "said"),
    [
        ("meaning", " ; ", "needs a meaning"),
        ("reading", "zhǎngdà", "a space between syllables"),
        ("reading", "zhang", "has 2 syllables, and not 1"),
        ("reading", "", "no reading"),
        ("reading", "xyz3 da4", "no reading"),
        ("reading", "zhǎng dà le", "has 2 syllables, and not 3"),
        ("sentence", "没有这个词", "put what stands for it in 【】"),
        ("remark", "x" * (LONGEST + 1), "at most"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_changed(line: str, written: str, said: str) -> None:
    with pytest.raises(StudytuiError, match=said):
        edited(NOTE, replace(lines_of(NOTE), **{line: written}))
