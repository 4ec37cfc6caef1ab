"""Makes the pictures of the README: python benchmarks/pictures.py [FOLDER], by default docs/pictures.

The real application reads a bundled text in an empty home, with the keys that are named here.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

PICTURES: dict[str, tuple[tuple[int, int], list[str]]] = {
    "reader": ((96, 28), ["p", "m", "p", "a", "p", "p"]),
    "readings": ((96, 28), ["v", "v", "/", *"tushuguan", "enter"]),
    "phrases": ((112, 22), ["f", "a", "j"]),
}
MORNING = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


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
        with Collection.open(Locations.find(os.environ), clock=lambda: MORNING) as collection:
            # A learner of some years; and quotation marks as wide as the fonts of pictures draw them.
            marks = 1 if name == "readings" else 2
            collection.config = replace(collection.config, known_hsk=4, ambiguous_width=marks)
            workspace = Workspace(collection)
            app = StudytuiApp(workspace, Start("read", workspace.begin("newspaper")))
            async with app.run_test(size=size) as pilot:
                app.animation_level = "none"
                await pilot.pause()
                screen = app.screen
                while isinstance(screen, ReaderScreen) and screen.annotated is None:
                    await app.workers.wait_for_complete()
                    await pilot.pause()
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
