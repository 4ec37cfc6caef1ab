"""Texts that would break a package, a card or a learner's Anki if they were believed."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.anki.out import markup
from studytui.anki.out.export import export
from studytui.anki.out.fields import AnkiNote, anki_notes
from studytui.anki.out.lint import fault, lint
from studytui.errors import StudytuiError
from studytui.study.notes.card import TEMPLATES
from studytui.study.notes.note import Example, Note
from tests.anki.conftest import Import, Judge
from tests.anki.deck import CORE

HOSTILE = (
    "<script>alert(1)</script>",
    "</main><b>",
    "<!-- ",
    "a}}b{{c1::x}}",
    "{{FrontSide}}",
    "{{#Word}}{{/Meaning}}{{c2::了}}",
    "甲::乙",
    ":",
    "}",
    "{{c1::",
    "&lt;&amp;&",
    "\"'`",
    "[sound:a.mp3]",
    "[latex]x[/latex] [$]x[/$]",
    r"\(x^2\) \[y\]",
    "[anki:tts lang=zh_CN]甲[/anki:tts]",
    "一\x1f二\x00三\x1b[31m",
    "一\u202e二\u2066三",
    "👩‍👩‍👧😀",
    "𠮷𡃁𪚥",
    "\u0338斜",
    "e\u0301 \u212b \uf900",
    "甲\n乙\r\n丙\u2028丁",
    "=HYPERLINK(1)",
    "#!甲",
    "%s {0} $1 \\1",
    "\ud800孤",
    "\ufdd0\uffff\ufeff末",
)


def hostile_note(text: str) -> Note:
    """The text in every place that a text can have."""
    sentence = f"{text}前{text}后{text}"
    begin = len(text)
    return Note(
        f"字{text}",
        ("zi4", text),
        f"字{text}",
        (text, f"{text} gloss"),
        None,
        None,
        text,
        Example(sentence, begin, begin + 1 + len(text), text, f"题{text}"),
    )


def test_every_hostile_text_at_once(tmp_path: Path, judge: Judge) -> None:
    notes = [hostile_note(text) for text in HOSTILE]
    target = tmp_path / "deck.apkg"
    done = export(notes, target, deck_title="题", templates=TEMPLATES)
    assert done.notes == len(HOSTILE)
    assert judge.take(target) == Import(new=done.notes, updated=0, duplicate=0, rejected=0)
    assert judge.take(target) == Import(new=0, updated=0, duplicate=done.notes, rejected=0)
    assert len(judge.cards()) == done.cards == 4 * len(HOSTILE)
    judge.assert_sound()
    assert len(judge.cards()) == done.cards


def body(side: str) -> str:
    return side.split("</style>")[-1]


def test_hostile_text_is_shown_letter_by_letter(tmp_path: Path, judge: Judge) -> None:
    text = "<img src=x onerror=alert(1)> {{Word}} [sound:x.mp3] \\(x\\) a::b}} & \"'"
    export([hostile_note(text)], tmp_path / "a.apkg", deck_title="题", templates=TEMPLATES)
    judge.take(tmp_path / "a.apkg")
    for card in judge.cards():
        output = card.render_output()
        for side in (output.question_text, output.answer_text):
            assert "<img" not in side
            assert "[sound" not in side
            assert "\\(" not in side
        shown = html.unescape(re.sub(r"<[^>]*>", "", body(output.answer_text))).replace("\u200b", "")
        assert shown.count(text) >= 3
        # Nothing but our own speech is to be played.
        assert all(hasattr(tag, "field_text") for tag in output.answer_av_tags)
    assert not judge.collection.media.check().missing


texts = st.text(st.characters() | st.sampled_from("<>&{}:[]\\'\"\x1f\u0301\u0338\u3099甲乙"), max_size=12)


@given(texts)
def test_markup_keeps_the_text_and_adds_nothing(text: str) -> None:
    written = markup.plain(text)
    assert not re.search(r"[<>\"'{}\[\\\x00-\x1f]", written)
    assert html.unescape(written).replace("\u200b", "") == markup.clean(text).replace("\u200b", "")
    assert unicodedata.is_normalized("NFC", f"<b>{written}</b>")
    written.encode()


@given(texts, texts, texts)
def test_a_gap_is_as_wide_as_what_is_missing(before: str, target: str, after: str) -> None:
    parts = [markup.plain(part) for part in (before, target, after)]
    written = markup.gapped(parts[0], parts[1], parts[2])
    gap = written.removeprefix(f'{parts[0]}<span class="gap">').removesuffix(f"</span>{parts[2]}")
    assert gap == "＿" * len(markup.clean(target).replace("\u200b", ""))
    assert unicodedata.is_normalized("NFC", written)


@given(texts)
def test_deck_levels_and_tags_are_one_level(text: str) -> None:
    name, tag = markup.deck_level(text), markup.tag(text)
    assert name.strip() == name != ""
    assert "::" not in f"a::{name}::b".removeprefix("a::").removesuffix("::b")
    assert '"' not in name
    assert tag
    assert not re.search(r"[\s:\"*]", tag)


def made(note: Note) -> AnkiNote:
    notes = anki_notes([note], deck_title="t", templates=TEMPLATES, script="simplified", sentence_readings={})
    return next(iter(notes))


def edited(anki_note: AnkiNote, place: int, text: str) -> AnkiNote:
    fields = (*anki_note.fields[:place], text, *anki_note.fields[place + 1 :])
    return replace(anki_note, fields=fields, content="\x1f".join(fields))


def test_the_linter_names_the_note() -> None:
    with pytest.raises(StudytuiError, match=r"核心/he2 xin1.*twice"):
        lint([made(CORE), made(CORE)])
    with pytest.raises(StudytuiError, match=r"核心/he2 xin1.*no card"):
        lint([replace(made(CORE), templates=())])


@pytest.mark.parametrize(
    ("place", "text", "complaint"),
    [
        (7, "a\x1fb", "control character"),
        (7, "a\0b", "control character"),
        (7, "e\u0301", "normal form"),
        (8, "{{Word}}", "brackets"),
        (0, " ", "headword"),
    ],
)
def test_the_linter_finds_what_anki_would_refuse(place: int, text: str, complaint: str) -> None:
    sound = made(CORE)
    assert fault(sound) == ""
    assert complaint in fault(edited(sound, place, text))


def test_the_linter_finds_a_gap_of_nothing() -> None:
    blank = replace(CORE, example=Example("城市的  是人。", 3, 5, "d", "题"))
    assert "is empty" in fault(made(blank))


@pytest.mark.parametrize("span", [(3, 3), (5, 3), (-2, 2), (10, 99)])
def test_a_target_outside_its_sentence_is_refused(tmp_path: Path, span: tuple[int, int]) -> None:
    note = replace(CORE, example=Example("城市的核心是人。", *span, "d", "题"))
    with pytest.raises(StudytuiError, match="核心/he2 xin1"):
        export([note], tmp_path / "a.apkg", deck_title="题")
    assert not list(tmp_path.glob("*"))


def test_no_headword_is_refused(tmp_path: Path) -> None:
    for headword in ("", " ", "\x1f"):
        with pytest.raises(StudytuiError, match="no headword"):
            export([Note(headword, ("a1",), "", ("x",))], tmp_path / "a.apkg", deck_title="题")
