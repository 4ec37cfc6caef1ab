"""The library: texts are renamed, archived and deleted, and what they are made of is counted once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studytui.errors import StudytuiError
from studytui.session import library as library_module
from studytui.session.adding import add_text, pasted, previewed, previews_of
from studytui.session.library import (
    LibraryText,
    TextFigures,
    counts_of,
    every_figure,
    figures_of,
    in_order,
    library,
    suited,
    text_to_go_on_with,
    with_words,
)
from studytui.session.suggestions import text_to_begin_with
from studytui.session.workspace import Workspace
from studytui.store import text_counts
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.store.state.records import ReadingPlace
from studytui.store.sync.exchange import sync
from studytui.store.text_counts import TextCounts

RAIN = "今天下雨，我没有出门，在家看书。"
HILL = "昨天我们去爬山，山上的风很大。"


@pytest.fixture
def opened(home: Path) -> Callable[[str], Workspace]:
    """Opens the learner's workspace on a machine; what is under one home is one machine's."""

    def open_(machine: str = "home") -> Workspace:
        return Workspace(Collection.open(Locations.find({"STUDYTUI_HOME": str(home.parent / machine)})))

    return open_


Opened = Callable[..., Workspace]


def added(workspace: Workspace, text: str) -> str:
    preview = previewed(workspace, pasted(text))
    add_text(workspace, preview)
    return preview.document.id


def shelves(workspace: Workspace) -> list[LibraryText]:
    return library(workspace, workspace.collection.due_counts())


def met(workspace: Workspace, folder: Path) -> None:
    collection = workspace.collection
    sync(collection.locations, collection.clock, str(folder), None)
    collection.refresh()


def titles(workspace: Workspace) -> list[str]:
    return [record.title for record in workspace.collection.library.texts()]


def test_a_name_of_ones_own_stays_however_the_text_is_opened(
    opened: Opened, tmp_path: Path, home: Path
) -> None:
    file = tmp_path / "b.txt"
    file.write_text(RAIN, encoding="utf-8")
    workspace = opened()
    collection = workspace.collection
    collection.library.remember(workspace.open(str(file)))
    collection.library.rename(workspace.id_of(str(file)), "  雨天的\n日记 ")
    assert titles(workspace) == ["雨天的 日记"]
    for _ in range(2):  # opened again by its path, by its name, and by another machine's start
        for name in (str(file), "雨天的 日记"):
            document = workspace.open(name)
            assert document.title == "雨天的 日记"
            collection.library.remember(document)
        again = workspace.open_again(collection.library.texts()[0])
        assert collection.library.text(document.id) == again.document
        file.unlink(missing_ok=True)
    collection.close()
    assert titles(opened()) == ["雨天的 日记"]
    assert collection.undo() == "Undone: the new name 雨天的 日记."
    assert titles(opened()) == ["b"]


@pytest.mark.parametrize("title", ["", " \n", "\x1b[31m", "长" * 201])
def test_a_title_that_cannot_stand_in_a_list_is_refused(title: str, opened: Opened) -> None:
    workspace = opened()
    name = added(workspace, RAIN)
    if title == "\x1b[31m":  # what a terminal would obey is no part of a title
        workspace.collection.library.rename(name, title)
        assert titles(workspace) == ["[31m"]
        return
    with pytest.raises(StudytuiError, match="from 1 to 200 characters"):
        workspace.collection.library.rename(name, title)


def test_archive_and_deletion_are_undone_one_after_the_other(opened: Opened) -> None:
    workspace = opened()
    collection = workspace.collection
    name = added(workspace, RAIN)
    collection.library.archive(name)
    assert [text.part for text in shelves(workspace)][:1] == ["archive"]
    collection.library.delete(name)
    assert titles(workspace) == []
    assert collection.library.titles()[name] == RAIN  # its notes still say where they are from
    for act in (collection.library.delete, collection.library.archive):
        with pytest.raises(StudytuiError, match="no such text"):
            act(name)
    assert collection.undo() == "Undone: deleting a text."
    assert collection.library.texts()[0].archived
    assert collection.undo() == "Undone: putting a text into the archive."
    assert not collection.library.texts()[0].archived
    collection.library.delete(name)
    added(workspace, RAIN)
    assert titles(workspace) == [RAIN]


def test_machines_that_meet_agree_on_the_library(opened: Opened, tmp_path: Path) -> None:
    one, two = opened("one"), opened("two")
    rain, hill = added(one, RAIN), added(one, HILL)
    meeting = tmp_path / "stick"
    meeting.mkdir()
    for workspace in (one, two):
        met(workspace, meeting)
    two.collection.library.rename(rain, "雨")
    one.collection.library.archive(rain)
    two.collection.library.delete(hill)
    for workspace in (one, two, one):
        met(workspace, meeting)
    assert one.collection.state.texts == two.collection.state.texts
    assert [(record.title, record.archived) for record in one.collection.library.texts()] == [("雨", True)]


def test_a_folder_is_added_with_what_is_below_it_and_what_cannot_be_read_is_said(
    opened: Opened, tmp_path: Path
) -> None:
    workspace = opened()
    (tmp_path / "小说" / ".git").mkdir(parents=True)
    (tmp_path / "小说" / "雨.txt").write_text(RAIN, encoding="utf-8")
    (tmp_path / "山.md").write_text(f"# 山\n\n{HILL}\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no such thing", encoding="utf-8")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "小说" / ".git" / "x.txt").write_text(HILL, encoding="utf-8")
    found = list(previews_of(workspace, tmp_path))
    assert [str(each) for each in found if isinstance(each, StudytuiError)] == [
        f"{tmp_path / 'notes.txt'} has no Chinese in it: choose a Chinese text."
    ]
    for each in found:
        if not isinstance(each, StudytuiError):
            add_text(workspace, each)
    assert {text.title: text.folder for text in shelves(workspace) if text.part == "own"} == {
        "雨": "小说",
        "山": tmp_path.name,
    }
    known = [each.known for each in previews_of(workspace, tmp_path) if not isinstance(each, StudytuiError)]
    assert known == [True, True]


def test_a_preview_says_what_cleaning_did_and_the_lines_can_be_kept(opened: Opened) -> None:
    workspace = opened()
    wrapped = "　　今天下雨，我没有出门，\n在家看书。我觉得这本书\n很好看。\n" * 6
    preview = previewed(workspace, pasted(wrapped))
    assert preview.cleaning == "156 characters in 6 paragraphs: 12 of 18 lines joined."
    kept = previewed(workspace, preview.source, "keep")
    assert "joined" not in kept.cleaning
    assert kept.document.id == preview.document.id
    add_text(workspace, kept)
    assert workspace.collection.library.lines_of(kept.document.id) == "keep"
    assert previewed(workspace, preview.source).lines == "keep"
    assert "already in your library" in previewed(workspace, preview.source).cleaning


def test_counts_are_kept_and_a_damaged_file_of_them_is_made_again(opened: Opened) -> None:
    workspace = opened()
    added(workspace, RAIN)
    text = shelves(workspace)[0]
    counts = counts_of(workspace, text)
    assert counts is not None
    assert counts.characters == len(RAIN)
    assert counts.headwords["今天"] == 1
    (file,) = (workspace.collection.locations.cache / "counts").iterdir()
    before = file.stat().st_ino
    assert counts_of(workspace, text) == counts
    assert file.stat().st_ino == before
    for spoiled in (b"", b"[" * 9999, b'{"lengths":[-1],"headwords":{},"level":1}', b"\xff"):
        file.write_bytes(spoiled)
        assert counts_of(workspace, text) == counts


def test_what_the_build_has_counted_is_taken_and_what_it_has_not_is_counted(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = opened()
    monkeypatch.setattr(library_module, "_of_decks", {})
    text = next(each for each in shelves(workspace) if each.deck is not None)
    cache = workspace.collection.locations.cache / "counts"

    def counts_with(packaged: bytes) -> TextCounts | None:
        (tmp_path / "packaged.json").write_bytes(packaged)
        monkeypatch.setattr(text_counts, "PACKAGED", tmp_path / "packaged.json")
        text_counts.packaged.cache_clear()
        library_module._of_decks.clear()
        return counts_of(workspace, text)

    try:
        counted = counts_with(b"{}")
        assert counted is not None
        (file,) = cache.iterdir()
        ours = b'{"lengths":[7],"headwords":{"\xe4\xb8\x8d":7},"level":1}'
        of_build = counts_with(b'{"%s":%s}' % (file.name.encode(), ours))
        assert of_build == TextCounts((7,), {"不": 7}, 1)
        for useless in (b"", b'{"another.json":%s}' % ours, b'{"%s":1}' % file.name.encode()):
            assert counts_with(useless) == counted
    finally:
        text_counts.packaged.cache_clear()


def test_figures_are_the_learners_and_change_with_what_is_known(opened: Opened) -> None:
    workspace = opened()
    collection = workspace.collection
    name = added(workspace, RAIN)
    before = every_figure(workspace, shelves(workspace)[:1])[name]
    assert (before.low, before.read) == (0.0, None)
    collection.mark_all(dict.fromkeys(["今天", "下雨"], "known"))
    collection.library.set_place(name, 0, 8)
    text = shelves(workspace)[0]
    counts = counts_of(workspace, text)
    assert counts is not None
    after = figures_of(workspace, text.place, counts)
    assert after.new == before.new - 2
    assert after.low == pytest.approx(2 / after.words)
    assert after.read == pytest.approx(8 / len(RAIN))


def figures(low: float, characters: int = 100) -> TextFigures:
    return TextFigures(characters, 80, low, low, int(100 * (1 - low)), 1, 3, None)


def test_texts_are_put_in_order_and_found_by_what_is_said_of_them(opened: Opened) -> None:
    workspace = opened()
    decks = [text for text in shelves(workspace) if text.deck is not None]
    levels = [text.deck.level for text in in_order(decks, {}, "level") if text.deck]
    assert levels == sorted(levels)
    of = {
        text.key: figures(low, long)
        for text, low, long in zip(decks, (0.5, 0.9, 0.7), (3, 1, 2), strict=False)
    }
    assert [text.key for text in in_order(decks[:3], of, "readable")] == [decks[at].key for at in (1, 2, 0)]
    assert [text.key for text in in_order(decks[:3], of, "length")] == [decks[at].key for at in (1, 2, 0)]
    assert in_order(decks, of, "readable")[:3] == in_order(decks[:3], of, "readable")  # not counted: last
    workspace.collection.library.remember(workspace.open(decks[2].key))
    added(workspace, RAIN)
    workspace.collection.library.remember(workspace.open(decks[1].key))
    recent = [text.key for text in in_order(shelves(workspace), {}, "recent")]
    assert [recent[0], *recent[2:4]] == [decks[at].key for at in (1, 2, 0)]  # the last first, then the shelf
    deck = decks[0].deck
    assert deck is not None
    for query in (deck.title, deck.english.upper(), f"hsk {deck.level} {deck.topics[0]}", deck.name[:5]):
        assert decks[0] in with_words(decks, {}, query)
    assert with_words(decks, {}, f"{deck.title} nothing-of-the-kind") == []
    of_level = [text.key for text in decks if text.deck and text.deck.level == 7]
    assert [text.key for text in with_words(decks, {}, "HSK  7")] == of_level


def test_what_is_proposed_next_can_be_read_and_was_not_begun() -> None:
    place = ReadingPlace(0, 1, datetime(2026, 5, 1, tzinfo=UTC))
    shares = {"easy": 0.99, "right": 0.96, "hard": 0.8, "begun": 0.955}
    texts = [LibraryText(name, name, None, None, place if name == "begun" else None, 0) for name in shares]
    of = {name: figures(share) for name, share in shares.items()}
    found = suited(texts, of)
    assert found is not None
    assert found.key == "right"
    hardest = suited([text for text in texts if text.key in ("hard", "begun")], of)
    assert hardest is not None
    assert hardest.key == "hard"
    assert suited([], of) is None


def test_home_proposes_first_what_the_first_start_opens(opened: Opened) -> None:
    workspace = opened()
    texts = shelves(workspace)
    counted = {texts[-1].key: TextFigures(500, 300, 0.96, 0.97, 9, 0, 7, None)}
    proposed = text_to_go_on_with(workspace, texts, counted)
    assert proposed is not None
    assert proposed.deck == text_to_begin_with(workspace) != texts[-1].deck


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_lyric_is_called_alike_pasted_and_from_a_file(opened: Opened, tmp_path: Path, gap: str) -> None:
    workspace = opened()
    lyric = (
        f"凌晨的便利店{gap}凌晨三点的便利店\n灯还亮着\n我买了一杯咖啡\n坐在窗边\n\n路上没有人\n只有风在走\n"
    )
    (tmp_path / "song.txt").write_text(lyric, "utf-8")
    (of_file,) = previews_of(workspace, tmp_path)
    assert not isinstance(of_file, StudytuiError)
    assert previewed(workspace, pasted(lyric)).document.title == of_file.document.title == "凌晨的便利店"


SONG = "老街的灯\n\n老街的灯还亮着\n你走过的路还在\n\n雨落在屋檐上\n落在你寄来的信上\n"


def test_a_preview_shows_stanzas_and_counts_verse_by_its_lines(opened: Opened) -> None:
    workspace = opened()
    preview = previewed(workspace, pasted(SONG))
    assert "\n".join(preview.rows) + "\n" == SONG
    assert preview.cleaning.startswith("32 characters in 1 paragraph and 4 lines of verse, of 5 lines.")


def test_the_lines_of_a_pasted_text_can_be_read_otherwise_then_and_later(opened: Opened) -> None:
    workspace = opened()
    wrapped = "今天下雨，我没有出门，\n在家看书。我觉得这本书\n很好看，你也看看吧。\n" * 4
    preview = previewed(workspace, pasted(wrapped))
    add_text(workspace, preview)
    (record,) = workspace.collection.library.texts()
    joined = workspace.open_again(record).document
    assert len(joined.paragraphs) < 12
    kept = workspace.with_lines(joined, "keep").document
    assert [paragraph.text for paragraph in kept.paragraphs] == wrapped.split()
    (record,) = workspace.collection.library.texts()
    assert workspace.open_again(record).document.paragraphs == kept.paragraphs
    assert workspace.with_lines(kept, "auto").document.paragraphs == joined.paragraphs
