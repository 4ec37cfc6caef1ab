"""Homes that the program itself has made, by commands and keys."""

from __future__ import annotations

import random
import sqlite3
import subprocess
from pathlib import Path

from studytui.text.source.source import bundled
from tests.faults.program import ROOT, environment
from tests.faults.terminal import Terminal

TEXTS = ("two-teas", "broken-chair")
"""Short ones: what is tried here is not how long they take."""

SETTINGS = "new_per_day = 5000\nreviews_per_day = 9999\nleech_threshold = 0\n"
"""So that a review never runs out of cards."""


class Words:
    """Words of the dictionary that a quiz here does not ask for, each once, the frequent ones first."""

    def __init__(self, start: int = 500) -> None:
        lexicon = ROOT / "src" / "studytui" / "data" / "lexicon.sqlite"
        with sqlite3.connect(f"file:{lexicon}?mode=ro", uri=True) as database:
            rows = database.execute(
                "SELECT headword FROM word WHERE listed AND NOT proper AND length = 2 "
                "ORDER BY zipf DESC, headword"
            )
            asked = "".join(deck.path.read_text("utf-8") for deck in bundled() if deck.name in TEXTS)
            self._words = [str(row[0]) for row in rows if row[0] not in asked]
        self._at = start

    def next(self, count: int) -> list[str]:
        """So many that were not given yet."""
        self._at += count
        return self._words[self._at - count : self._at]


def new(home: Path) -> Path:
    """An empty home with settings."""
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text(SETTINGS, "utf-8")
    return home


def studied(home: Path, answers: int = 8) -> Path:
    """A home in which a quiz was begun, an answer taken back, a word marked and a text left in the middle."""
    new(home)
    terminal = Terminal("quiz", TEXTS[0], "--seed", "1", STUDYTUI_HOME=str(home))
    rng = random.Random(1)
    for _ in range(answers):
        terminal.rate(rng.choice("1234") if terminal.answer() else "\r")
    terminal.answer()
    terminal.press("u", "Undone")
    terminal.kill()
    terminal = Terminal("read", TEXTS[1], STUDYTUI_HOME=str(home))
    terminal.wait_for("坏椅子")
    for key in "nmnanninn":
        terminal.settle()
        terminal.send(key)
    terminal.settle()
    terminal.send("q")
    assert terminal.exit_status() == 0
    return home


def bare_repository(path: Path) -> Path:
    """An empty git repository to meet in."""
    subprocess.run(
        ["git", "init", "--quiet", "--bare", "--initial-branch=main", str(path)],
        env=environment(),
        check=True,
    )
    return path
