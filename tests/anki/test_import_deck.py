"""What a package of somebody's own cards says: which field holds the words, and how each word stands."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import genanki
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.anki.back import importing
from studytui.anki.back.field_words import words_in
from studytui.anki.back.survey import Survey
from studytui.errors import UsageError
from studytui.store.collection import Collection
from studytui.store.journal import journal
from studytui.store.locations import Locations
from studytui.study.notes.card import card_id
from studytui.study.notes.review import Rating
from studytui.text.lexicon.lexicon import Lexicon
from tests.anki.conftest import Judge
from tests.anki.deck import CORE, GROW
from tests.anki.packages import FORMATS, add, edit_database, look, repack, schedule, write


def note_type(judge: Judge, name: str, fields: Sequence[str], sides: int = 1) -> None:
    """A note type whose cards show the first field."""
    models = judge.collection.models
    made = models.new(name)
    for field in fields:
        models.add_field(made, models.new_field(field))
    for side in range(sides):
        template = models.new_template(f"Card {side + 1}")
        template["qfmt"], template["afmt"] = f"{{{{{fields[0]}}}}}{side}", "back"
        models.add_template(made, template)
    models.add(made)


def reasons(found: Survey) -> dict[str, int]:
    return {each.reason: each.count for each in found.skipped}


@pytest.mark.parametrize("name", FORMATS)
def test_words_stand_as_their_cards_do(name: str, tmp_path: Path, judge: Judge) -> None:
    anki = judge.collection
    for word, interval, stability, kind in (
        ("核心", 40, None, 2),
        ("发展", 20, None, 2),
        ("城市", 5, 30.5, 2),
        ("高楼", 90, 12.0, 2),
        ("朋友", 0, None, 1),
        ("公园", 60, None, 3),
    ):
        schedule(anki, add(anki, (word, "x")), interval=interval, stability=stability, kind=kind)
    add(anki, ("老师", "x"))
    suspended = add(anki, ("学生", "x"))
    schedule(anki, suspended, interval=100)
    anki.sched.suspend_cards([suspended.id])
    found = look(write(anki, tmp_path, name))
    assert found.words == {
        "核心": "known",
        "发展": "learning",
        "城市": "known",
        "高楼": "known",
        "朋友": "learning",
        "公园": "learning",
        "老师": "new",
        "学生": "known",
    }
    assert [found.count(standing) for standing in ("known", "learning", "new", "suspended")] == [4, 3, 1, 0]
    assert [(column.kind, column.name, column.notes, column.words) for column in found.columns] == [
        ("Basic", "Front", 8, 8)
    ]
    assert found.skipped == ()


def test_a_day_far_off_is_known_too(tmp_path: Path, judge: Judge) -> None:
    """Put off by hand, by weeks; and suspended, since it was known (strong) or since it was not (weak)."""
    anki = judge.collection
    cards = {word: add(anki, (word, "x")) for word in ("核心", "发展", "城市", "高楼", "朋友")}
    for word, card in cards.items():
        schedule(anki, card, interval=100 if word == "高楼" else 3)
    for word, days in (("核心", 60), ("发展", 20), ("城市", 21)):
        anki.db.execute("update cards set due = ? where id = ?", anki.sched.today + days, cards[word].id)
    anki.sched.suspend_cards([cards["高楼"].id, cards["朋友"].id])
    for name in ("new.apkg", "legacy.apkg"):
        assert look(write(anki, tmp_path, name)).words == {
            "核心": "known",
            "发展": "learning",
            "城市": "known",
            "高楼": "known",
            "朋友": "suspended",
        }


def test_a_deck_of_sentences_tells_of_their_words(tmp_path: Path, judge: Judge) -> None:
    """Spoonfed and the like: no field holds a word; what a sentence is made of stands as its card does."""
    anki = judge.collection
    known = ("我明天要去<b>图书馆</b>。[sound:1.mp3]", "她在图书馆等朋友。", "我喜欢喝咖啡。")
    learning = ("这座城市發展得很快。", "朋友的公司在高楼里。")
    new = ("老师教学生写毛笔字。",)
    for sentences, interval in ((known, 40), (learning, 3), (new, None)):
        for sentence in sentences:
            card = add(anki, ("I am in English.", sentence))
            if interval is not None:
                schedule(anki, card, interval=interval)
    found = look(write(anki, tmp_path, "new.apkg"))
    expected = {
        "图书馆": "known", "明天": "known", "朋友": "known", "喜欢": "known", "咖啡": "known",
        "城市": "learning", "发展": "learning", "公司": "learning", "老师": "new", "学生": "new",
    }  # fmt: skip
    assert {word: found.words.get(word) for word in expected} == expected
    assert "明天要" not in found.words
    assert [(column.name, column.notes, column.words) for column in found.columns] == [("Back", 6, 6)]


def test_a_package_of_the_oldest_format(tmp_path: Path) -> None:
    """`collection.anki2` alone, as genanki and many programs still write it."""
    model = genanki.Model(
        1607392319,
        "Mine",
        fields=[{"name": "Hanzi"}],
        templates=[{"name": "1", "qfmt": "{{Hanzi}}", "afmt": "x"}],
    )
    deck = genanki.Deck(2059400110, "Chinese")
    for word in ("核心", "發展"):
        deck.add_note(genanki.Note(model=model, fields=[word]))
    path = tmp_path / "old.apkg"
    genanki.Package(deck).write_to_file(str(path))
    found = look(path)
    assert found.words == {"核心": "new", "发展": "new"}
    assert found.columns[0].name == "Hanzi"


def test_the_decoy_is_not_taken_for_the_collection(tmp_path: Path, judge: Judge) -> None:
    add(judge.collection, ("核心", "x"))
    path = write(judge.collection, tmp_path, "new.apkg")

    def fill(members: dict[str, bytes]) -> None:
        decoy = "update notes set flds = '发展' || char(31) || 'x'"
        members["collection.anki2"] = edit_database(members["collection.anki2"], decoy)

    assert set(look(repack(path, tmp_path / "a.apkg", fill)).words) == {"核心"}

    def unsaid(members: dict[str, bytes]) -> None:
        fill(members)
        del members["meta"]

    assert set(look(repack(path, tmp_path / "b.apkg", unsaid)).words) == {"核心"}


def test_several_cards_and_several_notes(tmp_path: Path, judge: Judge) -> None:
    anki = judge.collection
    name = "Basic (and reversed card)"

    def both(word: str, one: int, other: int, *, suspend: bool = False) -> None:
        """Two cards with intervals; 0 is new."""
        cards = add(anki, (word, f"{word} x"), name).note().cards()
        for card, interval in zip(cards, (one, other), strict=True):
            if interval:
                schedule(anki, card, interval=interval)
        if suspend:
            anki.sched.suspend_cards([cards[1].id])

    both("核心", 50, 30)
    both("发展", 50, 3)
    both("城市", 50, 0)
    both("高楼", 50, 3, suspend=True)
    schedule(anki, add(anki, ("发展", "again")), interval=99)
    add(anki, ("核心", "again"))
    found = look(write(anki, tmp_path, "new.apkg"))
    # A card that was never asked says nothing against the one that was; the best note of a word counts.
    assert found.words == {"核心": "known", "发展": "known", "城市": "known", "高楼": "known"}
    anki.remove_notes(anki.find_notes("Front:发展 Back:again"))
    assert look(write(anki, tmp_path, "new.apkg")).words["发展"] == "learning"


HANZI = (
    ("1", "hé xīn", "核心", "核心", "个", "core", "城市的核心是人。"),
    ("2", "fā zhǎn", "發展", "发展", "个", "to develop", "城市發展得很快。"),
    ("3", "tóu fa", "頭髮", "头发", "根", "hair", "他的頭髮很長。"),
    ("4", "tú shū guǎn", "圖書館", "图书馆", "座", "library", "圖書館很大。"),
    ("5", "měi tiān zǎo shang", "每天早上他", "每天早上他", "", "every morning he", "每天早上他跑步。"),
)


def test_the_field_with_the_words_is_found(tmp_path: Path, judge: Judge) -> None:
    note_type(
        judge, "Hanzi", ("Key", "Pinyin", "Traditional", "Simplified", "Measure", "English", "Sentence")
    )
    for row in HANZI:
        add(judge.collection, row, "Hanzi")
    path = write(judge.collection, tmp_path, "new.apkg")
    found = look(path)
    assert found.columns[0].name == "Traditional"
    assert set(found.words) == {"核心", "发展", "头发", "图书馆"}
    assert reasons(found) == {"are not words of the dictionary": 1}
    assert found.skipped[0].examples == ("每天早上他",)
    named = look(path, field="measure")
    assert (named.columns[0].name, set(named.words)) == ("Measure", {"个", "根", "座"})
    with pytest.raises(UsageError, match=r"No note type has a field 'Hanyu'; there are .*Pinyin"):
        look(path, field="Hanyu")


def test_what_is_no_chinese_vocabulary_is_skipped_with_its_reason(tmp_path: Path, judge: Judge) -> None:
    anki = judge.collection
    for name in ("Capitals", "Japanese", "Sentences"):
        note_type(judge, name, ("Front", "Back"))
    for word in ("核心", "发展", "城市"):
        add(anki, (word, "x"))
    for place in ("France", "Italy"):
        add(anki, (place, "x"), "Capitals")
    for word, reading in (("学校", "がっこう"), ("先生", "せんせい"), ("电话", "でんわ")):
        add(anki, (word, reading), "Japanese")
    for picture in ("1.jpg", "2.jpg", "3.jpg"):
        add(anki, ("请看这张图，说一说。", picture), "Sentences")
    add(anki, ("English only", "x"))
    found = look(write(anki, tmp_path, "legacy.colpkg"))
    assert set(found.words) == {"核心", "发展", "城市"}
    assert reasons(found) == {
        "are Japanese, by their kana": 3,
        "hold no Chinese": 2,
        "are of a type in which no field holds words or sentences": 3,
        "hold no Chinese in that field": 1,
    }


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("<div><b>核</b>心</div>", ("核心",)),
        ("核心[sound:he2xin1.mp3]", ("核心",)),
        ("核心<br>城市的核心是人。", ("核心",)),
        ("<style>.发展{}</style><!-- 城市 -->核心", ("核心",)),
        ("<ruby>核<rt>hé</rt>心<rt>心</rt></ruby>", ("核心",)),
        ("核[hé]心[xīn]", ("核心",)),
        ("&#26680;&#x5FC3;&nbsp;", ("核心",)),
        ("核\u200b心", ("核心",)),
        ("核心 hé xīn (n.)", ("核心",)),
        ("頭髮", ("头发",)),
        ("头发 (頭髮)", ("头发",)),
        ("头发【頭髮】", ("头发",)),
        ("頭髮 / 头发", ("头发",)),
        ("爸爸|爸", ("爸爸", "爸")),
        ("爱、喜欢", ("爱", "喜欢")),
        ("本（名）", ("本",)),
        ("（一）点儿", ("一点儿",)),
        ("12. 核心", ("核心",)),
        ("点2", ("点",)),
        ("你好！", ("你好",)),
        ("卡拉OK", ("卡拉OK",)),
        ("三人行，必有我师", ("三人行，必有我师",)),
        ("城市的{{c1::核心::centre}}是人", ("核心",)),
        ("{{c1::核心}}和{{c2::高楼}}", ("核心", "高楼")),
        ("城市的核心是人，不是高楼。", ()),
        ("我们去吧，好不好", ()),
        ("我 喜欢 你", ()),
        ("core", ()),
        ("", ()),
        ("图" * 30, ()),
        ("<<<核心", ("核心",)),
    ],
)
def test_words_of_a_field(field: str, words: tuple[str, ...]) -> None:
    with closing(Lexicon.open()) as lexicon:
        assert words_in(field, lexicon.simplified) == words
        # What nobody would write on a card of a word is not searched for one.
        assert words_in(field + " " * 5000, lexicon.simplified) == ()


_PIECES = (
    "核心", "發展", "。", "，", " ", "(", "）", "[", "]", "{{c1::", "}}", "::", "<br>", "<div", "</", ">",
    "&#", ";", "<rt>", "[sound:", "/", "|", "1", ".", "\x00", "\ud800", "a", "\n",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join) | st.text(max_size=60))
def test_whatever_stands_in_a_field_its_words_are_headwords(field: str) -> None:
    with closing(Lexicon.open()) as lexicon:
        for html in (True, False):
            for word in words_in(field, lexicon.simplified, html=html):
                assert lexicon.entries(word)[0].simplified == word


def test_cards_of_a_cloze_type_are_about_what_is_taken_out(tmp_path: Path, judge: Judge) -> None:
    anki = judge.collection
    for sentence in ("城市的{{c1::核心}}是人。", "这几年城市{{c1::發展::develop}}得很快。"):
        add(anki, (sentence, ""), "Cloze")
    found = look(write(anki, tmp_path, "new.apkg"))
    assert set(found.words) == {"核心", "发展"}
    assert found.columns[0].name == "Text"


# What is done about it


@pytest.fixture
def package(tmp_path: Path, judge: Judge) -> Path:
    anki = judge.collection
    for word, interval in (("核心", 40), ("发展", 40), ("城市", 3), ("高楼", 3), ("朋友", 40), ("公园", 3)):
        schedule(anki, add(anki, (word, "x")), interval=interval)
    add(anki, ("老师", "x"))
    return write(anki, tmp_path, "new.apkg")


def files(home: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}


def open_at(home: Path) -> Collection:
    return Collection.open(
        Locations.find({"STUDYTUI_HOME": str(home)}), lambda: datetime(2026, 3, 1, tzinfo=UTC)
    )


def test_a_survey_and_a_plan_write_nothing(package: Path, home: Path) -> None:
    with open_at(home) as collection:
        collection.mark("水", "known")
    before = files(home)
    with open_at(home) as collection:
        planned = importing.plan(look(package, collection), collection)
        assert (len(planned.known), len(planned.learning)) == (3, 3)
    assert files(home) == before


def test_what_the_learner_has_said_holds(package: Path, home: Path) -> None:
    with open_at(home) as collection:
        collection.mark("核心", "ignored")
        collection.mark("发展", "learning")
        collection.mark("城市", "known")
        collection.mark("高楼", "learning")
        planned = importing.plan(look(package, collection), collection)
        # Being learned here and known in Anki is known; nothing is ever taken back.
        assert (planned.known, planned.learning, planned.left) == (("发展", "朋友"), ("公园",), 3)
        assert importing.carry_out(planned, collection) == importing.Carried(2, 1, 0, 0)
        statuses = collection.statuses(("核心", "发展", "城市", "高楼", "朋友", "公园", "老师"))
        assert list(statuses.values()) == [
            "ignored", "known", "known", "learning", "known", "learning", "new",
        ]  # fmt: skip


def test_a_second_time_adds_nothing(package: Path, home: Path) -> None:
    with open_at(home) as collection:
        importing.carry_out(importing.plan(look(package, collection), collection), collection)
        written = [path.read_bytes() for path in journal.files(collection.locations.journal)]
    with open_at(home) as collection:
        planned = importing.plan(look(package, collection), collection)
        assert (planned.known, planned.learning, planned.left) == ((), (), 6)
        assert importing.carry_out(planned, collection) == importing.Carried(0, 0, 0, 0)
        assert written == [path.read_bytes() for path in journal.files(collection.locations.journal)]
        assert collection.check() == ()


def test_an_import_is_undone_as_one_act(package: Path, home: Path) -> None:
    with open_at(home) as collection:
        collection.mark("水", "known")
        collection.mark("发展", "learning")
        importing.carry_out(importing.plan(look(package, collection), collection), collection)
        assert len(collection.state.marks) == 7
    with open_at(home) as collection:
        assert collection.undo() == "Undone: marking 6 words."
        assert collection.state.marks == {"水": "known", "发展": "learning"}
        assert collection.undo() == "Undone: marking 发展 as learning."
        assert importing.plan(look(package, collection), collection).left == 0
    with open_at(home) as collection:
        assert collection.state.marks == {"水": "known"}
        assert collection.check() == ()


def test_cards_here_tell_more_of_a_word_than_cards_elsewhere(package: Path, home: Path) -> None:
    """A word that was studied here keeps its own memory; a note that was not is no memory."""
    with open_at(home) as collection:
        collection.add_notes([CORE, GROW])
        collection.answer(card_id(CORE.id, "recall"), Rating.AGAIN, 900, kind="recall")
        planned = importing.plan(look(package, collection), collection)
        assert "核心" not in planned.known
        assert "发展" in planned.known
        importing.carry_out(planned, collection)
        assert (collection.status("核心"), collection.status("发展")) == ("learning", "known")


def test_progress_is_told(package: Path) -> None:
    told: list[Any] = []
    look(package, on_progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 7), (7, 7)]
