"""Makes the pictures of the README: python benchmarks/pictures.py [FOLDER], by default docs/pictures.

The real application reads a bundled text in an empty home, with the keys that are named here. The home screen
is that of a learner who has answered for ten days.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytui.session.workspace import Workspace

PICTURES: dict[str, tuple[tuple[int, int], list[str]]] = {
    "home": ((112, 34), []),
    "reader": ((96, 28), ["p", "m", "p", "a", "p", "p"]),
    "readings": ((96, 28), ["v", "v", "/", *"tushuguan", "enter"]),
    "phrases": ((112, 22), ["f", "a", "j"]),
}
MORNING = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def study_for_days(workspace: Workspace, clock: list[datetime]) -> None:
    """Ten days of answers to the words of three texts, up to the morning that `clock` has."""
    from studytui.study.notes.review import Rating

    collection, morning = workspace.collection, clock[0]
    clock[0] = morning - timedelta(days=10)
    for name in ("two-teas", "broken-chair", "margins"):
        document = workspace.open(name)
        collection.library.remember(document)
        collection.add_notes(workspace.notes_for(document, 12))
        collection.library.set_place(document.id, len(document.paragraphs) // 2, 0)
    for day in range(10):
        for card in list(collection.queue())[: (14, 9, 17, 11, 0, 8, 15, 12, 9, 13)[day]]:
            clock[0] += timedelta(seconds=20)
            rating = Rating.AGAIN if clock[0].second % 7 == 0 else Rating.GOOD
            collection.answer(card.id, rating, 9000, "recognition")
        clock[0] = morning - timedelta(days=9 - day)


async def take(name: str, size: tuple[int, int], keys: list[str]) -> str:
    """The picture of a state as SVG."""
    from studytui.session.workspace import Workspace
    from studytui.store.collection import Collection
    from studytui.store.locations import Locations
    from studytui.tui.app import Start, StudytuiApp
    from studytui.tui.screens.reader.reader import ReaderScreen
    from studytui.tui.widgets.key_bar import KeyBar

    with tempfile.TemporaryDirectory() as home:
        os.environ["STUDYTUI_HOME"] = home
        clock = [MORNING]
        with Collection.open(Locations.find(os.environ), clock=lambda: clock[0]) as collection:
            # A learner of some years; and quotation marks as wide as the fonts of pictures draw them.
            marks = 1 if name == "readings" else 2
            collection.config = replace(collection.config, known_hsk=4, ambiguous_width=marks)
            workspace = Workspace(collection)
            start = Start("read", workspace.begin("newspaper"))
            if name == "home":
                study_for_days(workspace, clock)
                start = Start()
            app = StudytuiApp(workspace, start)
            async with app.run_test(size=size) as pilot:
                app.animation_level = "none"
                await pilot.pause()
                screen = app.screen
                while isinstance(screen, ReaderScreen) and screen.annotated is None:
                    await app.workers.wait_for_complete()
                    await pilot.pause()
                await app.workers.wait_for_complete()
                await pilot.press(*keys)
                await pilot.pause(0.2)
                app.clear_notifications()
                for bar in app.screen.query(KeyBar):
                    bar.clear()
                await pilot.pause(0.1)
                return app.export_screenshot(title=f"studytui: {name}")


def main() -> None:
    """Writes each picture."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    for name, (size, keys) in PICTURES.items():
        path = folder / f"{name}.svg"
        path.write_text(asyncio.run(take(name, size, keys)), "utf-8")
        print(path)


if __name__ == "__main__":
    main()
