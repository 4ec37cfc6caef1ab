"""The real application over a real, empty collection."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.text.annotate import Annotator, open_annotator
from studytui.tui.app import Start, StudytuiApp
from studytui.tui.screens.reader.reader import ReaderScreen

MakeApp = Callable[..., StudytuiApp]


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries follow the cursor at once: a test presses keys faster than fingers do."""
    monkeypatch.setattr(ReaderScreen, "REST", 0.0)


@pytest.fixture
def collection(home: object) -> Iterator[Collection]:
    with Collection.open(Locations.find(os.environ)) as opened:
        yield opened


@pytest.fixture(scope="session")
def annotator() -> Annotator:
    """One for all tests: it holds nothing of a learner's, and takes half a second to open."""
    return open_annotator(None)


@pytest.fixture
def at_workspace(annotator: Annotator) -> Callable[[Collection], Workspace]:
    def sit(collection: Collection) -> Workspace:
        workspace = Workspace(collection)
        workspace._annotator, workspace._lexicon = annotator, annotator.lexicon
        collection.knows_words_by(annotator.lexicon)
        return workspace

    return sit


@pytest.fixture
def workspace(collection: Collection, at_workspace: Callable[[Collection], Workspace]) -> Workspace:
    return at_workspace(collection)


@pytest.fixture
def make_app(workspace: Workspace) -> MakeApp:
    def make(start: Start | None = None) -> StudytuiApp:
        return StudytuiApp(workspace, start)

    return make
