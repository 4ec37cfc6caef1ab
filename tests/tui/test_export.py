"""Export from the application: the path is asked for, progress is shown, failures are said."""

from __future__ import annotations

import json
import zipfile
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, ProgressBar, Static

from studytui.cli.exporting import write_notes
from studytui.session.workspace import Opening, Workspace
from studytui.tui.app import Start, StudytuiApp
from studytui.tui.screens.export_dialog import FORMATS, ExportScreen, TickBox
from studytui.tui.screens.home.home_screen import HomeScreen
from studytui.tui.screens.phrase_list import PhrasesScreen
from studytui.tui.screens.reader.reader import ReaderScreen
from tests.anki.packages import tables


@pytest.fixture
def app(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StudytuiApp:
    """The reader of a bundled text, as the command line starts it."""
    monkeypatch.chdir(tmp_path)
    return StudytuiApp(
        workspace, Start("read", Opening(workspace.open("two-teas"))), partial(write_notes, workspace)
    )


async def ask(app: StudytuiApp, pilot: Pilot[None]) -> ExportScreen:
    """Goes to the question for the path, once the phrases are found."""
    await pilot.pause()
    reader = app.screen
    assert isinstance(reader, ReaderScreen)
    while reader.annotated is None:
        await app.workers.wait_for_complete()
        await pilot.pause()
    await pilot.press("f")
    assert isinstance(app.screen, PhrasesScreen)
    await pilot.press("e")
    await pilot.pause()
    assert isinstance(app.screen, ExportScreen)
    return app.screen


async def test_a_package_is_written_where_the_program_was_started(app: StudytuiApp, tmp_path: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(app, pilot)
        assert screen.query_one(Input).value == str(tmp_path / "两杯茶.apkg")
        assert not screen.query_one(ProgressBar).display
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, PhrasesScreen)
        assert "collection.anki2" in zipfile.ZipFile(tmp_path / "两杯茶.apkg").namelist()
        assert [note.message for note in app._notifications][-1].startswith(str(tmp_path / "两杯茶.apkg"))


async def test_what_cannot_be_written_is_said_and_asked_again(app: StudytuiApp, tmp_path: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(app, pilot)
        field, said = screen.query_one(Input), screen.query_one("#export-said", Static)
        field.value = str(tmp_path / "missing" / "a.apkg")
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.screen is screen
        assert "does not exist" in str(said.render())
        field.value = str(tmp_path / "a.docx")
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "ends in none of" in str(said.render())
        field.value = str(tmp_path / "a.md")
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, PhrasesScreen)
        assert (tmp_path / "a.md").read_text("utf-8").startswith("#")


async def test_a_file_that_is_there_is_named_before_it_is_replaced(app: StudytuiApp, tmp_path: Path) -> None:
    (tmp_path / "两杯茶.apkg").write_bytes(b"old")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(app, pilot)
        await pilot.pause()
        said = screen.query_one("#export-said", Static)
        assert "will be replaced" in str(said.render())
        screen.query_one(Input).value = str(tmp_path / "other.apkg")
        await pilot.pause()
        assert str(said.render()) == FORMATS
        await pilot.press("escape")
        assert isinstance(app.screen, PhrasesScreen)
        assert (tmp_path / "两杯茶.apkg").read_bytes() == b"old"


async def test_a_file_that_is_there_is_replaced_only_after_a_second_enter(
    app: StudytuiApp, tmp_path: Path
) -> None:
    target = tmp_path / "两杯茶.apkg"
    target.write_bytes(b"a stranger's")
    other = tmp_path / "other.md"
    other.write_text("also a stranger's", encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(app, pilot)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.screen is screen
        assert "Enter once more" in str(screen.query_one("#export-said", Static).render())
        assert target.read_bytes() == b"a stranger's"
        screen.query_one(Input).value = str(other)  # the yes was for another file
        await pilot.pause()
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert other.read_text("utf-8") == "also a stranger's"
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, PhrasesScreen)
        assert other.read_text("utf-8").startswith("#")
        assert target.read_bytes() == b"a stranger's"


async def test_cards_and_progress_are_chosen(app: StudytuiApp, tmp_path: Path) -> None:
    collection = app.collection
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(app, pilot)
        ticked = {choice.id: str(choice.render())[1] for choice in screen.query(TickBox)}
        assert ticked == {
            "export-recognition": "x",
            "export-recall": "x",
            "export-reading": " ",
            "export-cloze": "x",
            "export-progress": "x",
        }
        # None at all is refused, in words.
        await pilot.press("tab", "space", "tab", "space", "tab", "tab", "space", "enter")
        await pilot.pause()
        assert "at least one" in str(screen.query_one("#export-said", Static).render())
        await pilot.press("shift+tab", "space", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, PhrasesScreen)
    connection = tables(tmp_path / "两杯茶.apkg")
    notes = [fields.split("\x1f") for (fields,) in connection.execute("SELECT flds FROM notes")]
    assert {tuple(fields[-5:-2]) for fields in notes} == {("", "", "y")}
    assert connection.execute("SELECT count() FROM cards").fetchone() == (len(notes),)
    connection.close()
    assert not collection.notes()


async def test_all_notes_leave_from_the_home_screen(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("two-teas", "margins"):
        document = workspace.open(name)
        workspace.collection.library.remember(document)
        workspace.collection.add_notes(workspace.notes_for(document, 2))
    app = StudytuiApp(workspace, Start(), partial(write_notes, workspace))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, ExportScreen)
        assert app.screen.query_one(Input).value == str(tmp_path / "studytui.apkg")
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
    connection = tables(tmp_path / "studytui.apkg")
    (decks,) = connection.execute("SELECT decks FROM col").fetchone()
    connection.close()
    names = {deck["name"] for deck in json.loads(decks).values()}
    assert {"studytui::两杯茶", "studytui::页边的人"} <= names
