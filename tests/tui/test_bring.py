"""Import from the application: a report first, then consent; undo undoes it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from anki.collection import Collection as AnkiCollection
from textual import events
from textual.containers import Vertical, VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Input, Static

from studytui.cli.import_command import look
from studytui.session.workspace import Workspace
from studytui.store.journal import journal
from studytui.tui.app import Start, StudytuiApp
from studytui.tui.screens.home.home_screen import HomeScreen
from studytui.tui.screens.import_dialog import ASKS, KINDS, BringScreen, is_list
from studytui.tui.screens.typed_path import Paths, typed_name
from tests.anki.packages import add, schedule, write
from tests.tui.conftest import MakeApp
from tests.tui.test_moving import said as toasts


@pytest.fixture
def app(workspace: Workspace) -> StudytuiApp:
    return StudytuiApp(workspace, Start(), None, partial(look, workspace))


async def ask(app: StudytuiApp, pilot: Pilot[None], path: Path) -> BringScreen:
    """Names the file, and waits until it was looked at."""
    await pilot.pause()
    if not isinstance(app.screen, BringScreen):
        await pilot.press("I")
        await pilot.pause()
    assert isinstance(app.screen, BringScreen)
    app.screen.query_one(Input).value = str(path)
    await pilot.press("enter")
    await app.workers.wait_for_complete()
    await pilot.pause()
    return app.screen


def said(screen: BringScreen) -> str:
    parts = (screen.query_one(f"#import-{name}", Static) for name in ("said", "conclusion"))
    return "\n".join(str(part.render()) for part in parts if part.display)


def written(app: StudytuiApp) -> int:
    return sum(path.stat().st_size for path in journal.files(app.collection.locations.journal))


async def test_a_package_is_reported_then_brought_in_then_undone(app: StudytuiApp, tmp_path: Path) -> None:
    anki = AnkiCollection(str(tmp_path / "collection.anki2"))
    try:
        for word, days in (("核心", 40), ("发展", 5)):
            schedule(anki, add(anki, (word, "x")), interval=days)
        package = write(anki, tmp_path, "new.colpkg")
    finally:
        anki.close()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(app, pilot, package)
        report = said(screen)
        assert "known           1" in report
        assert "Nothing has been changed yet. With Enter: 1 word marked as known" in report
        assert written(app) == 0
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert app.collection.statuses(("核心", "发展")) == {"核心": "known", "发展": "learning"}
        await pilot.press("u")
        await pilot.pause()
        assert app.collection.statuses(("核心", "发展")) == {"核心": "new", "发展": "new"}


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_what_would_change_is_in_sight_below_a_long_report(
    app: StudytuiApp, tmp_path: Path, size: tuple[int, int]
) -> None:
    anki = AnkiCollection(str(tmp_path / "collection.anki2"))
    try:
        for word in ("核心", "发展", "x", "不是词典里的词"):
            schedule(anki, add(anki, (word, "x")), interval=40)
        package = write(anki, tmp_path, "legacy.apkg")
    finally:
        anki.close()
    async with app.run_test(size=size) as pilot:
        screen = await ask(app, pilot, package)
        conclusion = screen.query_one("#import-conclusion", Static)
        assert conclusion.region.height >= 1
        box = screen.query_one(Vertical)
        assert box.content_region.contains_region(conclusion.region)
        report = screen.query_one("#import-report", VerticalScroll)
        assert report.region.height >= 2
        await pilot.press("end")
        await pilot.pause()
        assert report.scroll_y == report.max_scroll_y


async def test_names_are_completed(app: StudytuiApp, tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "hsk3.csv").write_text("词语\n核心\n", "utf-8")
    (tmp_path / "words" / "hsk.pdf").write_bytes(b"")
    suggest = Paths(KINDS).get_suggestion
    assert await suggest(f"{tmp_path}/wo") == f"{tmp_path}/words/"
    assert await suggest(f"{tmp_path}/words/hs") == f"{tmp_path}/words/hsk3.csv"
    for nothing in (f"{tmp_path}/words/", f"{tmp_path}/none/a", "~nobody-of-this-name/a", "\0/a", ""):
        assert await suggest(nothing) is None
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("I")
        await pilot.pause()
        field = app.screen.query_one(Input)
        field.value = f"{tmp_path}/words/h"
        field.action_end()
        while not field._suggestion:
            await pilot.pause()
        await pilot.press("right", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, BringScreen)
        assert "1 word marked as known" in said(app.screen)


async def test_escape_leaves_everything_as_it_was(app: StudytuiApp, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("核心\n发展\n城市\n", "utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(app, pilot, words)
        assert "3 words marked as known" in said(screen)
        await pilot.press("escape")
        await pilot.pause()
        # Back at the path, which can be mended; the report is gone.
        assert app.screen is screen
        assert said(screen) == ASKS
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert written(app) == 0


async def test_words_that_are_pasted_are_a_list_too(app: StudytuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("I")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, BringScreen)
        for text, told in (
            ("今天天气很好，我们去公园吧。", "What was pasted is no list of words"),
            ("核心\n发展\n城市\n", "3 words marked as known"),
        ):
            screen.query_one(Input).post_message(events.Paste(text))
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert told in said(screen)
        assert written(app) == 0
        await pilot.press("m")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "3 words marked as being learned" in said(screen)
        await pilot.press("m")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        words = ("核心", "发展", "城市")
        assert set(app.collection.statuses(words).values()) == {"known"}
        await pilot.press("u")
        await pilot.pause()
        assert set(app.collection.statuses(words).values()) == {"new"}


def test_a_name_that_is_pasted_is_no_list() -> None:
    for words in ("我 你 好", "我/你/好", "核心\r发展", "核心\tcore\r\n发展\tdevelop\r\n", "好"):
        assert is_list(words), words
    for name in ("/home/me/词语.csv", "词语.TXT", "'/mnt/my list.apkg'\n", "~/生词/one", "hsk3.csv", "a\n"):
        assert not is_list(name), name


async def test_the_words_of_a_list_can_be_ones_that_are_being_learned(
    app: StudytuiApp, tmp_path: Path
) -> None:
    words = tmp_path / "words.txt"
    words.write_text("核心\n发展\n城市\n", "utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(app, pilot, words)
        await pilot.press("m")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "3 words marked as being learned" in said(screen)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.collection.status("城市") == "learning"
        # A second time there is nothing to agree to.
        screen = await ask(app, pilot, words)
        await pilot.press("m")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Nothing in it is new" in said(screen)
        before = written(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is screen
        assert written(app) == before


@pytest.mark.parametrize("content", [None, b"", b"PK\x05\x06" + b"\0" * 18, b"PK\x03\x04 broken", b"hello\n"])
async def test_what_cannot_be_read_is_said_in_a_sentence(
    app: StudytuiApp, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "[b]a.apkg"
    if content is not None:
        path.write_bytes(content)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(app, pilot, path)
        sentence = said(screen)
        assert sentence.endswith(".")
        assert "[b]a.apkg" in sentence
        assert not screen.query_one(Input).disabled
        assert written(app) == 0


async def test_a_folder_that_is_gone_is_no_fault(
    app: StudytuiApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("I")
        await pilot.pause()
        assert isinstance(app.screen, BringScreen)
        assert app.screen.query_one(Input).value == f"{Path.home()}/"


async def test_without_a_reader_of_packages_it_is_said(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("I")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert any("studytui import" in sentence for sentence in toasts(app))


def test_a_path_that_begins_anew_counts_from_there(tmp_path: Path) -> None:
    inner = tmp_path / "tmp" / "kept.txt"
    inner.parent.mkdir()
    inner.touch()
    for typed, meant in {
        "/home/me/article.txt": "/home/me/article.txt",
        "/home/me//mnt/article.txt": "/mnt/article.txt",
        "/home/me//mnt//srv/article.txt ": "/srv/article.txt",
        "/home/me/~/article.txt": "~/article.txt",
        "/home/me/~": "~",
        "/home/me/'/mnt/my article.txt'": "/mnt/my article.txt",
        "/home/me/https://example.org/a": "https://example.org/a",
        "~backup/a.txt": "~backup/a.txt",
        "article.txt": "article.txt",
        f"{tmp_path}//tmp/kept.txt": f"{tmp_path}//tmp/kept.txt",  # nothing else is called so
    }.items():
        assert typed_name(typed) == meant
