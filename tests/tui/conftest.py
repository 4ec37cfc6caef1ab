"""The real application over a real, empty collection."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from studytui.store.collection import Collection
from studytui.store.desk import Desk
from studytui.store.locations import Locations
from studytui.tui.app import Start, StudytuiApp

MakeApp = Callable[..., StudytuiApp]


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
