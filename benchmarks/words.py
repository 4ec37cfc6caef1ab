"""How long a typed letter takes in a list of many words, in milliseconds of the processor."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path
from statistics import median
from time import process_time

from studytui.session.words.own_words import ORDERS, OwnWords
from studytui.session.words.word_query import parse
from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.study.notes.note import Example, Note
from studytui.text.lexicon.lexicon import Lexicon
from studytui.tui.app import StudytuiApp

SCREEN = (120, 40)
TYPED = ("n", "ni", "nihao", "to", "好", "是", "is:due", "h is:new level:1-4", "-is:new", "nǐ", "ni3")


def notes(count: int) -> list[Note]:
    """So many notes of words of the dictionary."""
    found: list[Note] = []
    lexicon = Lexicon.open()
    for length in (2, 3, 4, 1, 5, 6, 7, 8):
        for headword in lexicon.headwords(length):
            for entry in lexicon.entries(headword):
                example = Example(f"他说{headword}。", 2, 2 + len(headword), f"{len(found) % 40:016x}", "题")
                found.append(
                    Note(
                        headword,
                        entry.syllables,
                        entry.traditional,
                        entry.glosses,
                        lexicon.level(headword),
                        example=example,
                    )
                )
                if len(found) == count:
                    lexicon.close()
                    return found
    raise SystemExit(f"the dictionary has only {len(found):,} readings of words")


async def on_the_screen(workspace: Workspace) -> None:
    """Prints what a letter takes until its rows are drawn, in the application itself."""
    app = StudytuiApp(workspace)
    async with app.run_test(size=SCREEN) as pilot:
        await pilot.press("w")
        await app.workers.wait_for_complete()
        await pilot.press("slash")
        for key in "nihao":
            began = process_time()
            await pilot.press(key)
            print(f"typed {key!r} on the screen: {1000 * (process_time() - began):.0f} ms")


def main() -> None:
    """Prints milliseconds."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--notes", type=int, default=100_000)
    count = options.parse_args().notes
    with tempfile.TemporaryDirectory() as folder:
        locations = Locations.find({"STUDYTUI_HOME": str(Path(folder))})
        with Collection.open(locations) as collection:
            collection.add_notes(notes(count))
            workspace = Workspace(collection)
            words = OwnWords(workspace)
            for what in ("reading them first", "reading them again"):
                began = process_time()
                words.read()
                print(f"{what}: {1000 * (process_time() - began):,.0f} ms for {len(words):,}")
            for order in ORDERS:
                began = process_time()
                words.find(parse(""), order)
                print(f"sorting by {order}: {1000 * (process_time() - began):,.0f} ms")
            for typed in TYPED:
                took = []
                for _ in range(7):
                    words.find(parse(""))  # else it would be sought in what was found before
                    began = process_time()
                    found = words.find(parse(typed), "word")
                    took.append(process_time() - began)
                print(f"{typed!r}: {1000 * median(took):.1f} ms, {len(found):,} found")
            asyncio.run(on_the_screen(workspace))


if __name__ == "__main__":
    main()
