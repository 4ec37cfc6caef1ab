"""The real application over a real, empty collection."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from studytui.store.collection import Collection
from studytui.store.desk import Desk
from studytui.store.locations import Locations
from studytui.text.annotate import Annotator, open_annotator
from studytui.tui.app import Start, StudytuiApp
from studytui.tui.screens.reader import ReaderScreen

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
def at_desk(annotator: Annotator) -> Callable[[Collection], Desk]:
    def sit(collection: Collection) -> Desk:
        desk = Desk(collection)
        desk._annotator = annotator
        collection.level_of = annotator.lexicon.level
        return desk

    return sit


@pytest.fixture
def desk(collection: Collection, at_desk: Callable[[Collection], Desk]) -> Desk:
    return at_desk(collection)


@pytest.fixture
def make_app(desk: Desk) -> MakeApp:
    def make(start: Start | None = None) -> StudytuiApp:
        return StudytuiApp(desk, start)

    return make
