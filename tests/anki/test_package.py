"""Packages, judged by Anki's own back end."""

from __future__ import annotations

import json
import tempfile
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from studytui.anki.out import models
from studytui.anki.out.export import export
from studytui.study.notes.card import TEMPLATES, Template, card_id
from studytui.study.notes.note import Note
from studytui.study.notes.review import Rating
from studytui.study.scheduling.scheduler import Scheduler
from studytui.text.token import Entry
from tests.anki.conftest import Import, Judge
from tests.anki.deck import CORE, FACTS, FLOWER, GROW, NOTES, example
from tests.anki.packages import tables

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_import_twice(tmp_path: Path, judge: Judge) -> None:
    target = tmp_path / "deck.apkg"
    done = export(NOTES, target, deck_title="一座城市", templates=TEMPLATES)
    # Four words, three of them with a sentence.
    assert (done.path, done.notes, done.cards, done.left_out) == (target, 4, 15, 0)
    assert judge.take(target) == Import(new=4, updated=0, duplicate=0, rejected=0)
    assert judge.take(target) == Import(new=0, updated=0, duplicate=4, rejected=0)
    assert len(judge.cards()) == 15
    judge.assert_sound()
    # Check Database makes the cards that a note ought to have: none was wanting.
    assert len(judge.cards()) == 15


def test_an_edited_gloss_updates_the_note(tmp_path: Path, judge: Judge) -> None:
    ledger = tmp_path / "state" / "ledger.json"
    first, second, third = (tmp_path / f"{name}.apkg" for name in "abc")
    export(NOTES, first, deck_title="t", at=AT, ledger=ledger)
    edited = [replace(CORE, glosses=("the heart of it",)), *NOTES[1:]]
    # The clock went back in between: the change must count all the same.
    export(edited, second, deck_title="t", at=AT - timedelta(days=2), ledger=ledger)
    judge.take(first)
    assert judge.take(second) == Import(new=0, updated=1, duplicate=3, rejected=0)
    assert judge.fields("核心")["Meaning"] == "the heart of it"
    export(NOTES, third, deck_title="t", at=AT + timedelta(days=1), ledger=ledger)
    assert judge.take(third).updated == 1
    assert "nucleus" in judge.fields("核心")["Meaning"]
    judge.assert_sound()


def test_a_clock_alone_updates_too(tmp_path: Path, judge: Judge) -> None:
    first, second = tmp_path / "a.apkg", tmp_path / "b.apkg"
    export(NOTES, first, deck_title="t", at=AT)
    edited = replace(GROW, glosses=("to grow",), example=example("孩子发展得好。", "发展"))
    export([CORE, edited], second, deck_title="t", at=AT + timedelta(hours=1))
    judge.take(first)
    assert judge.take(second) == Import(new=0, updated=2, duplicate=0, rejected=0)
    assert judge.fields("发展")["Gap"] == '孩子<span class="gap">＿＿</span>得好。'
    judge.assert_sound()


def test_a_second_text_with_old_and_new_words(tmp_path: Path, judge: Judge) -> None:
    first, second = tmp_path / "a.apkg", tmp_path / "b.apkg"
    export([CORE, GROW], first, deck_title="t", at=AT)
    export([CORE, FACTS, FLOWER], second, deck_title="t", at=AT)
    judge.take(first)
    assert judge.take(second) == Import(new=2, updated=0, duplicate=1, rejected=0)
    judge.assert_sound()


def test_two_readings_are_two_notes(tmp_path: Path, judge: Judge) -> None:
    walk, row = Note("行", ("xing2",), "行", ("to walk",)), Note("行", ("hang2",), "行", ("row", "line"))
    export([walk, row], tmp_path / "a.apkg", deck_title="t")
    assert judge.take(tmp_path / "a.apkg").new == 2
    assert {card.note()["Pinyin"] for card in judge.cards()} == {"xíng", "háng"}
    judge.assert_sound()


def test_same_content_same_bytes(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.json"
    contents = []
    for turn in range(3):
        target = tmp_path / f"{turn}.apkg"
        export(NOTES, target, deck_title="t", at=AT + timedelta(days=turn), ledger=ledger)
        contents.append(target.read_bytes())
    assert contents[0] == contents[1] == contents[2]
    export(NOTES, tmp_path / "a.apkg", deck_title="t")
    export(NOTES, tmp_path / "b.apkg", deck_title="t")
    assert (tmp_path / "a.apkg").read_bytes() == (tmp_path / "b.apkg").read_bytes() != contents[0]


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b'{"version": 1, "notes": {"a": 3}}', b"\xff\xfe"])
def test_a_broken_ledger_is_begun_anew(tmp_path: Path, broken: bytes) -> None:
    ledger = tmp_path / "ledger.json"
    ledger.write_bytes(broken)
    export(NOTES, tmp_path / "a.apkg", deck_title="t", at=AT, ledger=ledger)
    first = (tmp_path / "a.apkg").read_bytes()
    export(NOTES, tmp_path / "a.apkg", deck_title="t", at=AT + timedelta(1), ledger=ledger)
    assert (tmp_path / "a.apkg").read_bytes() == first


def test_a_ledger_that_cannot_be_kept_does_not_stop_the_export(tmp_path: Path, judge: Judge) -> None:
    (tmp_path / "file").write_text("in the way")
    export(NOTES, tmp_path / "a.apkg", deck_title="t", at=AT, ledger=tmp_path / "file" / "ledger.json")
    assert judge.take(tmp_path / "a.apkg").new == 4


def test_nothing_is_left_behind_and_it_is_compressed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    folder = tmp_path / "out"
    folder.mkdir()
    export(NOTES, folder / "deck.apkg", deck_title="t")
    assert not list(temporary.iterdir())
    assert [path.name for path in folder.iterdir()] == ["deck.apkg"]
    with zipfile.ZipFile(folder / "deck.apkg") as archive:
        assert archive.namelist() == ["collection.anki2", "media"]
        # The time of writing would show in the bytes.
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        entry = archive.getinfo("collection.anki2")
        assert entry.compress_size < entry.file_size / 4


def test_the_guid_follows_from_the_note_alone(tmp_path: Path) -> None:
    found = []
    for name, note in (("a", CORE), ("b", replace(CORE, glosses=("x",), hsk=None, example=None))):
        export([note], tmp_path / f"{name}.apkg", deck_title=name)
        connection = tables(tmp_path / f"{name}.apkg")
        found.append(connection.execute("SELECT id, guid, mid FROM notes").fetchall())
        connection.close()
    # Learners' collections know the note by this: it must never change.
    assert found[0] == found[1] == [CORE_IN_ANKI]


CORE_IN_ANKI = (1_193_431_723_084, "sae6b767090a58c4d5a8", models.MODEL_ID)


@pytest.mark.parametrize(
    ("templates", "expected"),
    [
        (("recognition",), {"Meaning"}),
        (("recall", "reading"), {"Word", "Reading"}),
        (("cloze",), {"Cloze"}),
        (TEMPLATES, {"Meaning", "Word", "Reading", "Cloze"}),
    ],
)
def test_templates_by_choice(
    tmp_path: Path, judge: Judge, templates: tuple[Template, ...], expected: set[str]
) -> None:
    export([CORE], tmp_path / "a.apkg", deck_title="t", templates=templates)
    judge.take(tmp_path / "a.apkg")
    judge.assert_sound()
    assert {card.template()["name"] for card in judge.cards()} == expected


def test_a_template_added_later_makes_its_cards(tmp_path: Path, judge: Judge) -> None:
    for name, templates in (("a", ("recognition",)), ("b", TEMPLATES)):
        at = AT if name == "a" else AT + timedelta(1)
        export([CORE], tmp_path / f"{name}.apkg", deck_title="t", templates=templates, at=at)
        judge.take(tmp_path / f"{name}.apkg")
    assert len(judge.cards()) == 4
    judge.assert_sound()


def test_notes_that_lack_something(tmp_path: Path, judge: Judge) -> None:
    unglossed = Note("某某", ("mou3", "mou3"), "某某", ())
    unread = Note("卡拉OK", (), "", ("karaoke",))
    done = export([unglossed, unread, CORE], tmp_path / "a.apkg", deck_title="t", templates=TEMPLATES)
    judge.take(tmp_path / "a.apkg")
    judge.assert_sound()
    made = {(card.note()["Word"], card.template()["name"]) for card in judge.cards()}
    assert {name for word, name in made if word == "某某"} == {"Meaning", "Reading"}
    assert {name for word, name in made if word == "卡拉OK"} == {"Meaning", "Word"}
    assert len(made) == done.cards == 8


def test_a_choice_that_leaves_notes_out(tmp_path: Path) -> None:
    done = export(NOTES, tmp_path / "a.apkg", deck_title="t", templates=("cloze",))
    assert (done.notes, done.cards, done.left_out) == (3, 3, 1)


COUNTING = (Entry("個", "个", ("ge4",), ()), Entry("條", "条", ("tiao2",), ()))


def test_the_fields(tmp_path: Path, judge: Judge) -> None:
    readings = {GROW.id: "zhè jǐ nián ， chéngshì fāzhǎn de hěn kuài 。"}
    parts, places = {GROW.id: "verb, noun"}, {GROW.id: "paragraph 3 of 12"}
    export(
        NOTES,
        tmp_path / "a.apkg",
        deck_title="t",
        sentence_readings=readings,
        parts_of_speech=parts,
        measure_words={GROW.id: COUNTING},
        places=places,
    )
    judge.take(tmp_path / "a.apkg")
    assert judge.fields("发展") == {
        "Word": "发展",
        "Other script": "發展",
        "Simplified": "发展",
        "Traditional": "發展",
        "Pinyin": "fā zhǎn",
        "Pinyin numbers": "fa1 zhan3",
        "Ruby": '<ruby class="tone1">发<rt>fā</rt></ruby><ruby class="tone3">展<rt>zhǎn</rt></ruby>',
        "Meaning": "to develop",
        "Masked meaning": "",
        "Part of speech": "verb, noun",
        "Measure words": "个 gè, 条 tiáo",
        "Kind": "word",
        "HSK": "2",
        "Frequency": "very common",
        "Sentence": '这几年城市<b class="target">发展</b>得很快。',
        "Sentence pinyin": "zhè jǐ nián, chéngshì fāzhǎn de hěn kuài.",
        "Source": "一座城市",
        "Place": "paragraph 3 of 12",
        "Hint": "f… z…",
        "Word language": "zh-Hans",
        "Sentence language": "zh-Hans",
        "Taiwan voice": "",
        "Meaning card": "y",
        "Word card": "y",
        "Reading card": "",
        "Gap": '这几年城市<span class="gap">＿＿</span>得很快。',
        "Notes": "",
    }
    assert judge.fields("核心")["Meaning"] == (
        "<ol><li>core</li><li>nucleus</li><li>heart (of the matter)</li></ol>"
    )
    assert judge.fields("实事求是")["Gap"] == '说话做事都要<span class="gap">＿＿＿＿</span>。'


def test_traditional_first(tmp_path: Path, judge: Judge) -> None:
    export([GROW], tmp_path / "a.apkg", deck_title="t", script="traditional", at=AT)
    judge.take(tmp_path / "a.apkg")
    fields = judge.fields("發展")
    assert (fields["Other script"], fields["Word language"]) == ("发展", "zh-Hant")
    assert fields["Ruby"].startswith('<ruby class="tone1">發')
    # The sentence is as the text has it.
    assert (fields["Simplified"], fields["Sentence language"]) == ("发展", "zh-Hans")
    judge.assert_sound()
    # The script is no part of the identity.
    export([GROW], tmp_path / "b.apkg", deck_title="t", at=AT + timedelta(1))
    assert judge.take(tmp_path / "b.apkg") == Import(new=0, updated=1, duplicate=0, rejected=0)


def test_a_text_in_traditional_characters_has_its_words_so_and_its_voice(
    tmp_path: Path, judge: Judge
) -> None:
    """Whatever the setting says; a word that is written in one way alone follows its text."""
    notes = [
        replace(GROW, example=example("城市發展得很快。", "發展", "臺北的雨", "f" * 16)),
        replace(CORE, example=example("城市的核心是人。", "核心", "臺北的雨", "f" * 16)),
        FACTS,
    ]
    counting = {GROW.id: COUNTING}
    export(notes, tmp_path / "a.apkg", deck_title="t", templates=TEMPLATES, measure_words=counting)
    judge.take(tmp_path / "a.apkg")
    fields = judge.fields("發展")
    assert (fields["Other script"], fields["Simplified"]) == ("发展", "发展")
    assert fields["Measure words"] == "個 gè, 條 tiáo"
    for word, voice in (("發展", "zh_TW"), ("核心", "zh_TW"), ("实事求是", "zh_CN")):
        spoken = [
            tag.lang
            for card in judge.cards()
            if card.note()["Word"] == word
            for tag in card.render_output().answer_av_tags
        ]
        assert spoken == [voice] * 4
        assert judge.fields(word)["Word language"] == ("zh-Hans" if voice == "zh_CN" else "zh-Hant")
    judge.assert_sound()
    export(notes[:1], tmp_path / "a.md", deck_title="t")
    assert "發展 (发展)" in (tmp_path / "a.md").read_text("utf-8").replace("\\", "")


def test_zhuyin_if_that_is_set(tmp_path: Path, judge: Judge) -> None:
    export(
        NOTES,
        tmp_path / "a.apkg",
        deck_title="t",
        templates=TEMPLATES,
        phonetics="zhuyin",
        sentence_readings={GROW.id: "ㄔㄥˊ ㄕˋ ㄈㄚ ㄓㄢˇ 。"},
        measure_words={GROW.id: COUNTING},
    )
    judge.take(tmp_path / "a.apkg")
    fields = judge.fields("发展")
    assert (fields["Pinyin"], fields["Pinyin numbers"]) == ("ㄈㄚ ㄓㄢˇ", "fa1 zhan3")
    assert (fields["Hint"], fields["Measure words"]) == ("ㄈ… ㄓ…", "个 ㄍㄜˋ, 条 ㄊㄧㄠˊ")
    assert fields["Ruby"].startswith('<ruby class="tone1">发<rt>ㄈㄚ</rt></ruby>')
    assert fields["Sentence pinyin"] == "ㄔㄥˊ ㄕˋ ㄈㄚ ㄓㄢˇ 。"
    judge.assert_sound()
    export(NOTES, tmp_path / "a.md", deck_title="t", phonetics="zhuyin")
    assert "ㄈㄚ ㄓㄢˇ" in (tmp_path / "a.md").read_text("utf-8")


def test_tags_and_decks_by_text(tmp_path: Path, judge: Judge) -> None:
    other = replace(
        FACTS, example=example("要实事求是。", "实事求是", "第二篇 (上): 'A::B' \"C\" <b>", "f" * 16)
    )
    export([GROW, other, FLOWER], tmp_path / "a.apkg", deck_title="我的词")
    judge.take(tmp_path / "a.apkg")
    placed = {
        card.note()["Word"]: (judge.collection.decks.name(card.did), set(card.note().tags))
        for card in judge.cards()
    }
    assert placed["发展"] == (
        "studytui::一座城市",
        {"studytui::text::一座城市", "studytui::kind::word", "studytui::hsk::2"},
    )
    deck, tags = placed["实事求是"]
    assert deck == "studytui::第二篇 (上): 'A：：B' ”C” ＜b＞"
    assert tags == {"studytui::text::第二篇_上_A_B_C_b", "studytui::kind::idiom", "studytui::hsk::7-9"}
    assert placed["花儿"][0] == "studytui::我的词"
    assert {deck.name for deck in judge.collection.decks.all_names_and_ids()} == {
        "Default",
        "studytui",
        *(deck for deck, _ in placed.values()),
    }


def test_titles_that_differ_in_case_alone(tmp_path: Path, judge: Judge) -> None:
    """Anki takes two such names for one deck."""
    upper, lower = (
        example("核心在此。", "核心", "My Text"),
        example("发展得快。", "发展", "my text", "f" * 16),
    )
    notes = [replace(CORE, example=upper), replace(GROW, example=lower)]
    export(notes, tmp_path / "a.apkg", deck_title="t")
    assert judge.take(tmp_path / "a.apkg").new == 2
    assert len({judge.collection.decks.name(card.did) for card in judge.cards()}) == 1
    judge.assert_sound()


def test_new_cards_in_the_order_given(tmp_path: Path, judge: Judge) -> None:
    order = [FACTS, FLOWER, CORE, GROW]
    export(order, tmp_path / "a.apkg", deck_title="一座城市")
    judge.take(tmp_path / "a.apkg")
    cards = sorted(judge.cards(), key=lambda card: card.due)
    assert list(dict.fromkeys(card.note()["Word"] for card in cards)) == [note.headword for note in order]
    assert [card.due for card in cards] == list(range(1, len(cards) + 1))


def test_cards_of_one_note_are_days_apart(tmp_path: Path, judge: Judge) -> None:
    """Even where Anki buries no siblings: it shows 20 new cards a day."""
    notes = [replace(GROW, headword=chr(0x4E00 + number) + "展") for number in range(200)]
    export(notes, tmp_path / "a.apkg", deck_title="t", templates=TEMPLATES)
    judge.take(tmp_path / "a.apkg")
    days: dict[int, list[int]] = {}
    for card in judge.cards():
        days.setdefault(card.nid, []).append(card.due // 20)
    assert all(len(shown) == 4 for shown in days.values())
    gaps = [after - before for shown in days.values() for before, after in pairwise(sorted(shown))]
    assert min(gaps) >= 3


def test_siblings_are_buried(tmp_path: Path, judge: Judge) -> None:
    """The learner who has just seen a word is not asked for it in its sentence."""
    card = card_id(CORE.id, "recognition")
    memory = Scheduler().review(None, AT, Rating.EASY)
    export(NOTES, tmp_path / "a.apkg", deck_title="t", templates=TEMPLATES, memories={card: memory})
    judge.take(tmp_path / "a.apkg")
    judge.collection.decks.select(judge.collection.decks.id("studytui"))
    first = judge.card("核心", "Meaning")
    first.start_timer()
    states = judge.collection._backend.get_scheduling_states(first.id)
    judge.collection.sched.answer_card(
        judge.collection.sched.build_answer(card=first, states=states, rating=2)
    )
    queues = {card.template()["name"]: card.queue for card in judge.cards() if card.nid == first.nid}
    assert [queues[name] for name in ("Word", "Reading", "Cloze")] == [-2, -2, -2]


def test_speech_stands_on_the_right_side(tmp_path: Path, judge: Judge) -> None:
    export([GROW], tmp_path / "a.apkg", deck_title="t", templates=TEMPLATES)
    judge.take(tmp_path / "a.apkg")
    spoken = {}
    for card in judge.cards():
        output = card.render_output()
        assert not output.question_av_tags
        spoken[card.template()["name"]] = [(tag.lang, tag.field_text) for tag in output.answer_av_tags]
    word, sentence = [("zh_CN", "发展")], [("zh_CN", "这几年城市发展得很快。")]
    assert spoken == {"Meaning": word, "Word": word, "Reading": word, "Cloze": sentence}


def test_measure_words_stand_on_backs_alone(tmp_path: Path, judge: Judge) -> None:
    counting = {GROW.id: COUNTING}
    export([GROW, CORE], tmp_path / "a.apkg", deck_title="t", templates=TEMPLATES, measure_words=counting)
    judge.take(tmp_path / "a.apkg")
    for card in judge.cards():
        output = card.render_output()
        assert "个 gè" not in output.question_text
        assert ("Measure words:" in output.answer_text) is (card.note()["Word"] == "发展")


def test_fronts_do_not_tell_the_answer(tmp_path: Path, judge: Judge) -> None:
    export([replace(GROW, example=None)], tmp_path / "a.apkg", deck_title="t", templates=TEMPLATES)
    judge.take(tmp_path / "a.apkg")
    for name, secret in (("Meaning", "develop"), ("Word", "發展"), ("Reading", "zhǎn")):
        output = judge.card("发展", name).render_output()
        assert secret not in output.question_text
        assert secret in output.answer_text


def test_glosses_that_hold_the_word_are_masked_on_fronts(tmp_path: Path, judge: Judge) -> None:
    glosses = ("发 to send out", "variant of 發展[fa1 zhan3]", "see 展开 [zhan3 kai1]")
    export([replace(GROW, glosses=glosses)], tmp_path / "a.apkg", deck_title="t", templates=TEMPLATES)
    judge.take(tmp_path / "a.apkg")
    word = judge.card("发展", "Word").render_output()
    assert (
        "<li>～ to send out</li><li>variant of ～</li><li>see ～开 &#91;zhan3 kai1]</li>"
        in word.question_text
    )
    assert "<li>发 to send out</li>" in word.answer_text
    cloze = judge.card("发展", "Cloze").render_output()
    assert "<li>～ to send out</li>" in cloze.question_text
    assert "<li>发 to send out</li>" in judge.card("发展", "Meaning").render_output().answer_text
    judge.assert_sound()


def test_the_cloze_front_hides_the_word(tmp_path: Path, judge: Judge) -> None:
    export([GROW], tmp_path / "a.apkg", deck_title="t", templates=("cloze",))
    judge.take(tmp_path / "a.apkg")
    output = judge.card("发展", "Cloze").render_output()
    body = output.question_text.split("</style>")[-1]
    assert '<span class="gap">＿＿</span>' in body
    assert "zhǎn" not in body
    assert "发展" not in body


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    export(NOTES, tmp_path / "a.apkg", deck_title="t", on_progress=lambda done, of: told.append((done, of)))
    assert told[0] == (0, 4)
    assert told[-1] == (4, 4)
    assert told == sorted(told)


def test_the_note_types_are_those_that_are_published(tmp_path: Path) -> None:
    """A change of fields, templates or style must come with a later `MODELS_CHANGED`."""
    described = models.model().to_json(models.MODELS_CHANGED, models.DECK_ID)
    digest = sha256(json.dumps(described, sort_keys=True).encode()).hexdigest()[:16]
    assert (models.MODELS_CHANGED, digest) == PUBLISHED


PUBLISHED = (1_795_824_000, "d85f15f6737e31f3")


def test_learners_own_changes_stay(tmp_path: Path, judge: Judge) -> None:
    """A learner who edited a note in Anki after our export keeps the edit until we have a newer one."""
    export(NOTES, tmp_path / "a.apkg", deck_title="t", at=AT)
    judge.take(tmp_path / "a.apkg")
    note = judge.card("核心", "Meaning").note()
    note["Meaning"] = "my own"
    judge.collection.update_note(note)
    judge.take(tmp_path / "a.apkg")
    assert judge.fields("核心")["Meaning"] == "my own"
