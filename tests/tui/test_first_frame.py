"""What is loaded and begun before the first frame: over SSH, a learner waits for each of it at each start."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.faults.terminal import Terminal

PROBE = """
import gc, json, os, sys, threading
from textual.drivers.linux_driver import LinuxDriver
from studytui.__main__ import main

out, shown, *sys.argv[1:] = sys.argv[1:]
send = LinuxDriver.write

def write(self, data):
    send(self, data)
    if shown in data:
        threads = [thread.name for thread in threading.enumerate()]
        told = {"modules": list(sys.modules), "threads": threads, "collects": gc.isenabled(), "frame": data}
        with open(out, "w") as file:
            json.dump(told, file)
        os._exit(0)

LinuxDriver.write = write
main()
"""
"""Runs the program until it has sent something, and then says what there is by then."""

HEAVY = {
    "jieba",
    "pypinyin",
    "opencc",
    "genanki",
    "fsrs_rs_python",
    "pkg_resources",
    "sqlite3",
    "email",
    "http",
}
"""What takes long to load."""
ANYWHERE = """
    session.text_titles session.workspace
    study.coverage study.knowledge study.language.function_words study.levels study.vocabulary
    study.notes.card study.notes.note study.notes.review
    study.scheduling.due_index study.scheduling.fsrs study.scheduling.queue study.scheduling.scheduler
    study.scheduling.study_day
    text.characters text.document text.layout text.lexicon.hsk2 text.pinyin text.script text.token
    text.word_lists text.words.recut
"""
HOME = """
    session.library session.suggestions session.today
    text.source.source
"""
READ = """
    text.find text.pronunciation.zhuyin text.punctuation text.reflow.positions text.sentence
    text.source.source
"""
REVIEW = "session.asking.stopwatch study.questions.question text.pronunciation.zhuyin"


def by_then(shown: str, tmp_path: Path, *command: str) -> dict[str, list[str]]:
    """What is there once something was sent to the terminal."""
    out = tmp_path / "told.json"
    terminal = Terminal.of(sys.executable, "-c", PROBE, str(out), shown, *command)
    assert terminal.exit_status() == 0, terminal.shown
    told: dict[str, list[str]] = json.loads(out.read_text("utf-8"))
    return told


@pytest.mark.parametrize(
    ("command", "shown", "more"),
    [
        ((), "Library", HOME),
        (("read", "{text}"), "河边", READ),
        (("review",), "Preparing", REVIEW),
    ],
    ids=["home", "read", "review"],
)
def test_before_the_first_frame_only_what_draws_it_is_loaded(
    command: tuple[str, ...], shown: str, more: str, home: Path, tmp_path: Path
) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text("known_hsk = 2\n")  # else it begins with the first run
    text = tmp_path / "text.txt"
    text.write_text("春天来了，河边的柳树绿了，孩子们在风里放风筝。\n" * 50, "utf-8")
    named = [part.format(text=text) for part in command]
    if named[:1] == ["read"]:
        by_then(shown, tmp_path, *named)  # another time it is not cleaned again
    told = by_then(shown, tmp_path, *named)
    assert not HEAVY & {name.partition(".")[0] for name in told["modules"]}
    may_be = {f"studytui.{name}" for name in (*ANYWHERE.split(), *more.split())}
    layers = ("studytui.session.", "studytui.study.", "studytui.text.", "studytui.anki.")
    loaded = {name for name in told["modules"] if name.startswith(layers)}
    packages = {name for name in loaded if any(other.startswith(f"{name}.") for other in (*loaded, *may_be))}
    assert loaded - packages <= may_be
    assert not [name for name in told["threads"] if name.startswith("asyncio")], "work is under way"
    assert not told["collects"], "Python looks for garbage"


def test_a_new_text_is_cleaned_without_the_dictionary(home: Path, tmp_path: Path) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text("known_hsk = 2\n")
    text = tmp_path / "text.txt"
    text.write_text("春天来了，河边的柳树绿了，孩子们在风里放风筝。\n" * 50, "utf-8")
    assert not HEAVY & {
        name.partition(".")[0] for name in by_then("河边", tmp_path, "read", str(text))["modules"]
    }


def test_home_has_its_keys_in_the_first_frame(home: Path, tmp_path: Path) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text("known_hsk = 2\n")
    told = by_then("Library", tmp_path)
    assert "Quit" in told["frame"]
