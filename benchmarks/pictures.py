"""Makes the pictures of the README: python benchmarks/pictures.py [FOLDER], by default docs/pictures.

The real application reads a bundled text in an empty home, with the keys that are named here. The home screen
and the tour, one SVG that turns its frames over, are of a learner who has answered for ten days.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from studytui.session.workspace import Workspace
    from studytui.store.locations import Locations

PICTURES: dict[str, tuple[tuple[int, int], list[str]]] = {
    "home": ((112, 34), []),
    "reader": ((96, 28), ["p", "m", "p", "a", "p", "p"]),
    "readings": ((96, 28), ["v", "v", "/", *"tushuguan", "enter"]),
    "phrases": ((112, 22), ["f", "a", "j"]),
}
TOUR_SIZE = 88, 26
SECONDS = 3
"""That a frame stands."""
TOUR: tuple[tuple[tuple[str, ...], str], ...] = (
    ((), "Home: what is due, and where you were reading"),
    (("C",), "C goes on in the text: words that are new to you are underlined"),
    (("n",), "n steps to the next word that is new; its entry stands below"),
    (("a",), "a learns it: it gets cards, with the sentence that it stands in"),
    (("v", "v"), "v puts the pinyin over the words"),
    (("v", "f"), "f lists the phrases of the text, best first"),
    (("escape", "t"), "t begins a quiz: a new word is met before it is asked"),
    (("enter",) * 3, "then words are asked"),
    (("enter",), "the answer, and when it comes back by how well you knew it"),
    (("escape", "escape", "escape", "S"), "S tells how it goes"),
)
"""The keys that are pressed, and what is said below the frame."""
_SAID = 34
"""Units of the picture's own that the line below takes."""
_TEXT = re.compile(
    r'<text (class="[^"]*") x="([\d.]+)" (y="[^"]*") textLength="([\d.]+)" ([^>]*)>([^<]*)</text>'
)
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


def settle(locations: Locations) -> None:
    """Settings of a learner of some years; and quotation marks and tones as narrow as pictures draw them."""
    locations.settings.parent.mkdir(parents=True, exist_ok=True)
    locations.settings.write_text("known_hsk = 4\nambiguous_width = 1\n", "utf-8")


def in_cells(picture: str) -> str:
    """A picture in which each character stands in its own cells.

    Rich gives a run the width of as many cells as it has characters, which presses Chinese to the half.
    """

    def placed(run: re.Match[str]) -> str:
        style, start, line, length, rest, escaped = run.groups()
        text = html.unescape(escaped)
        if cell_len(text) == len(text):
            return run[0]
        cell = float(length) / len(text)
        places = [f"{float(start) + cell * cell_len(text[:number]):g}" for number in range(len(text))]
        return f'<text {style} x="{" ".join(places)}" {line} {rest}>{escaped}</text>'

    return _TEXT.sub(placed, picture)


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
        locations = Locations.find(os.environ)
        settle(locations)
        with Collection.open(locations, clock=lambda: clock[0]) as collection:
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
                return in_cells(app.export_screenshot(title=f"studytui: {name}"))


async def tour() -> list[str]:
    """Each frame of the tour, as SVG: the application in one session."""
    from studytui.session.workspace import Workspace
    from studytui.store.collection import Collection
    from studytui.store.locations import Locations
    from studytui.tui.app import Start, StudytuiApp
    from studytui.tui.widgets.key_bar import KeyBar

    clock: list[datetime] = [MORNING]
    taken: list[str] = []
    with tempfile.TemporaryDirectory() as home:
        os.environ["STUDYTUI_HOME"] = home
        locations = Locations.find(os.environ)
        settle(locations)
        with Collection.open(locations, clock=lambda: clock[0]) as collection:
            workspace = Workspace(collection)
            study_for_days(workspace, clock)
            app = StudytuiApp(workspace, Start())
            async with app.run_test(size=TOUR_SIZE) as pilot:
                app.animation_level = "none"
                for keys, _ in TOUR:
                    for key in keys:
                        await pilot.press(key)
                        await app.workers.wait_for_complete()
                        await pilot.pause(0.2)
                    await app.workers.wait_for_complete()
                    await pilot.pause(0.5)
                    app.clear_notifications()
                    for bar in app.screen.query(KeyBar):
                        bar.clear()
                    await pilot.pause(0.2)
                    taken.append(in_cells(app.export_screenshot(title="studytui")))
    return taken


def turned_over(pictures: list[str]) -> str:
    """One SVG of several, each shown for its part of the time; who wants less motion sees the first."""
    width, height = map(float, re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', pictures[0])[0])
    all_, share = SECONDS * len(pictures), 100 / len(pictures)
    style = (
        f".frame {{ visibility: hidden; animation: turn {all_:g}s step-end infinite; }}"
        f"@keyframes turn {{ 0% {{ visibility: visible; }} {share:.3f}% {{ visibility: hidden; }} }}"
        f".said {{ font: 19px sans-serif; fill: #888; text-anchor: middle; }}"
        "@media (prefers-reduced-motion: reduce) {"
        " .frame { animation: none; } .frame:first-of-type { visibility: visible; } }"
    )
    frames = [
        f'<g class="frame" style="animation-delay: {number * SECONDS - all_:g}s">'
        + picture.replace("<svg ", f'<svg width="{width:g}" height="{height:g}" ', 1)
        + f'<text class="said" x="{width / 2:g}" y="{height + _SAID - 10:g}">{said}</text></g>'
        for number, (picture, (_, said)) in enumerate(zip(pictures, TOUR, strict=True))
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height + _SAID:g}">'
        f"<style>{style}</style>{''.join(frames)}</svg>\n"
    )


def main() -> None:
    """Writes each picture."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    for name, (size, keys) in PICTURES.items():
        path = folder / f"{name}.svg"
        path.write_text(asyncio.run(take(name, size, keys)), "utf-8")
        print(path)
    path = folder / "tour.svg"
    path.write_text(turned_over(asyncio.run(tour())), "utf-8")
    print(path)


if __name__ == "__main__":
    main()
