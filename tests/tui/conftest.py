"""The real application over a real, empty collection."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from studytui.store.collection import Collection
from studytui.store.desk import Desk
from studytui.store.locations import Locations
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


@pytest.fixture
def desk(collection: Collection) -> Desk:
    return Desk(collection)


@pytest.fixture
def make_app(desk: Desk) -> MakeApp:
    def make(start: Start | None = None) -> StudytuiApp:
        return StudytuiApp(desk, start)

    return make
