"""Saying which words one knows already."""

from __future__ import annotations

from textual.widgets import Static

from studytui.session.workspace import Workspace
from studytui.store.config import Config
from studytui.text.lexicon import hsk2
from studytui.tui.screens.home.home_screen import HomeScreen
from studytui.tui.screens.known_words.level import LevelScreen, OlderLevelScreen
from studytui.tui.widgets.key_bar import KeyBar
from tests.tui.conftest import MakeApp
from tests.tui.test_reader import reading


async def test_a_new_learner_is_asked_and_the_answer_is_kept(make_app: MakeApp, workspace: Workspace) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        today = app.screen.query_one("#home-today", Static)
        assert "Say what you know" in str(today.render())
        await pilot.press("L")
        assert isinstance(app.screen, LevelScreen)
        await pilot.press("j", "j", "j", "enter")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert "Say what you know" not in str(today.render())
        assert app.screen.query_one(KeyBar).told == "Words up to HSK 3 count as known."
    assert Config.read(workspace.collection.locations.settings).known_hsk == 3


async def test_in_the_reader_a_level_shows_everywhere_at_once(
    make_app: MakeApp, workspace: Workspace
) -> None:
    async with reading(make_app, workspace, "two-teas") as (_, pilot, screen):
        header = screen.query_one("#reader-header", Static)
        assert "new 100 %" in str(header.render())
        assert "L Level" in str(screen.query_one(KeyBar).render())
        phrases = len(screen.phrases)
        await pilot.press("L", "2")
        await screen.workers.wait_for_complete()
        await pilot.pause()
        word = screen.view.word
        assert word is not None
        assert "new 100 %" not in str(header.render())
        assert "L Level" not in str(screen.query_one(KeyBar).render())
        assert len(screen.phrases) < phrases
        await pilot.press("L", "escape")
        assert workspace.collection.config.known_hsk == 2
        await pilot.press("L", "0")
        assert "new 100 %" in str(header.render())


async def test_settings_that_cannot_be_written_are_said(make_app: MakeApp, workspace: Workspace) -> None:
    async with reading(make_app, workspace, "two-teas") as (app, pilot, _):
        settings = workspace.collection.locations.settings
        settings.parent.mkdir(parents=True)
        settings.write_text("colour = 1\n", encoding="utf-8")
        await pilot.press("L", "4")
        await pilot.pause()
        assert workspace.collection.config.known_hsk == 0
        assert "no setting 'colour'" in [note.message for note in app._notifications][-1]


def test_many_marks_move_what_is_thought_of_words_beyond_them(workspace: Workspace) -> None:
    collection, lexicon = workspace.collection, workspace.lexicon
    collection.set_known_hsk(3)
    fifth = list(lexicon.headwords(2, 5))
    word, marked = fifth[0], fifth[1:30]
    before = collection.chance(word)
    for headword in marked:
        collection.mark(headword, "known")
    assert collection.chance(word) > before
    counts = dict.fromkeys(fifth[:200], 3)
    span = collection.interval(counts)
    assert span is not None
    assert 0 < span[0] < span[1] < 1
    collection.set_known_hsk(0)
    assert collection.interval(counts) is None


def test_a_transparent_word_is_known_by_its_parts(workspace: Workspace) -> None:
    collection = workspace.collection
    collection.set_known_hsk(6)
    for word in ("这个", "不是", "不能", "不会", "每天", "第一次", "几个", "一家", "热茶"):
        assert collection.status(word) == "known", word
    collection.set_known_hsk(0)
    assert collection.status("热茶") == "new"
    collection.mark_all({"热": "known", "茶": "learning"})
    assert collection.status("热茶") == "learning"
    collection.mark("茶", "known")
    assert collection.status("热茶") == "known"
    collection.mark("热茶", "learning")
    assert collection.status("热茶") == "learning"
    assert collection.status("东西") == "new"


async def test_a_level_of_the_older_lists_is_chosen_as_any_other(
    make_app: MakeApp, workspace: Workspace
) -> None:
    app = make_app()
    async with app.run_test(size=(45, 20)) as pilot:
        await pilot.press("L", "9")
        await pilot.pause()
        assert isinstance(app.screen, OlderLevelScreen)
        await pilot.press("4")
        await pilot.pause()
        assert app.screen.query_one(KeyBar).told == "Words up to HSK 2.0 level 4 count as known."
    collection = workspace.collection
    kept = Config.read(collection.locations.settings)
    assert (kept.known_hsk, kept.hsk_version) == (4, "2.0")
    listed = [word for word in ("咖啡", "西瓜", "长城", "抱歉") if hsk2.level(word)]
    assert len(listed) == 4
    # 抱歉 is of HSK 6 today, and of level 4 before: who learned by the older lists knows it.
    assert (workspace.lexicon.level("抱歉") or 0) > 4
    assert {collection.status(word) for word in listed} == {"known"}
    assert workspace.level == 2
    collection.set_known_hsk(4)
    assert collection.config.hsk_version == "3.0"
    assert collection.status("抱歉") != "known"
