"""Joining and cutting words in the reader: at once, kept, undone, and where it was asked for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.pilot import Pilot

from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.tui.app import Start, StudytuiApp
from studytui.tui.screens.reader.reader import ReaderScreen
from studytui.tui.screens.recut_dialog import MendScreen
from studytui.tui.widgets.text.text_view import Place
from tests.tui.conftest import MakeApp

TEXT = "老师说高兴趣味很多。\n\n学生也说高兴趣味很多，高兴就好。\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


async def settled(app: StudytuiApp, pilot: Pilot[None]) -> ReaderScreen:
    await app.workers.wait_for_complete()
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()
    screen = app.screen
    assert isinstance(screen, ReaderScreen)
    return screen


def words(screen: ReaderScreen, paragraph: int) -> list[str]:
    return [word.text for word in screen.view.words[paragraph] or ()]


def on_word(screen: ReaderScreen, paragraph: int, text: str) -> None:
    word = next(word for word in screen.view.words[paragraph] or () if word.text == text)
    screen.view.go_to(Place(paragraph, word.token.start))


async def test_joining_holds_in_the_text_at_once_and_is_undone(
    make_app: MakeApp, workspace: Workspace, file: Path
) -> None:
    app = make_app(Start("read", workspace.begin(str(file))))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await settled(app, pilot)
        before = [words(screen, 0), words(screen, 1)]
        assert "老师" in before[0]
        on_word(screen, 0, "老师")
        following = before[0][before[0].index("老师") + 1]
        await pilot.press("J")
        assert "老师" + following in words(screen, 0)
        assert screen.view.word is not None
        assert screen.view.word.text == "老师" + following
        await pilot.press("u")
        assert [words(screen, 0), words(screen, 1)] == before


async def test_a_cut_is_chosen_from_the_dictionary_s_and_kept_over_a_restart(
    make_app: MakeApp, workspace: Workspace, file: Path
) -> None:
    app = make_app(Start("read", workspace.begin(str(file))))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await settled(app, pilot)
        on_word(screen, 1, "学生")
        await pilot.press("c")
        chooser = app.screen
        assert isinstance(chooser, MendScreen)
        assert chooser._ways[0] == ("学生",)
        assert chooser._ways[1] == ("学", "生")
        await pilot.press("j", "enter")
        assert words(screen, 1)[:2] == ["学", "生"]
        await pilot.press("escape")
    # The same words in other lines, in another file: the learner's cut is still there.
    again = file.with_name("again.txt")
    again.write_text("　　老师说高兴趣味很多。\n　　学生也说高兴\n趣味很多，高兴就好。\n", encoding="utf-8")
    with Collection.open(Locations.find(os.environ)) as collection:
        other = Workspace(collection)
        annotated = other.annotate(other.open(str(again)))
        assert [word.text for word in annotated.words[1]][:2] == ["学", "生"]
        elsewhere = other.annotate(other.open("two-teas"))
        assert not any(word.text == "学" for words in elsewhere.words for word in words)


async def test_a_cut_at_one_place_leaves_the_other(
    make_app: MakeApp, workspace: Workspace, file: Path
) -> None:
    app = make_app(Start("read", workspace.begin(str(file))))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await settled(app, pilot)
        assert words(screen, 1).count("高兴") == 2
        on_word(screen, 1, "高兴")
        await pilot.press("c", "tab", "j", "enter")  # Tab: at this place alone
        assert words(screen, 1).count("高兴") == 1
        assert words(screen, 1).count("高") == 1
        assert words(screen, 0).count("高兴") == 1


async def test_a_cut_everywhere_holds_in_every_text(
    make_app: MakeApp, workspace: Workspace, file: Path
) -> None:
    app = make_app(Start("read", workspace.begin(str(file))))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await settled(app, pilot)
        on_word(screen, 0, "老师")
        await pilot.press("c", "tab", "tab", "j", "enter")
        assert words(screen, 0)[:2] == ["老", "师"]
    other = file.with_name("other.txt")
    other.write_text("我的老师姓李，他是好老师。", encoding="utf-8")
    assert "老师" not in [word.text for word in workspace.annotate(workspace.open(str(other))).words[0]]


async def test_the_coverage_counts_the_words_as_they_are_cut_now(
    make_app: MakeApp, workspace: Workspace, file: Path
) -> None:
    app = make_app(Start("read", workspace.begin(str(file))))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await settled(app, pilot)
        on_word(screen, 1, "学生")
        await pilot.press("c", "j", "enter")
        counted = sum(
            word.token.kind == "word" for of_paragraph in screen.view.words for word in of_paragraph or ()
        )
        assert screen._tally.coverage(workspace.collection.status).words == counted
