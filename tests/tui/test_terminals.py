"""The real program in a real pseudo-terminal, as terminals name themselves; and how it leaves one."""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from itertools import pairwise
from pathlib import Path

import pyte
import pytest

from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from tests.faults.terminal import RATINGS, Terminal


@pytest.mark.parametrize(
    "environ",
    [
        {"TERM": "xterm-256color"},
        {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
        {"TERM": "xterm-256color", "NO_COLOR": "1"},
        {"TERM": "screen-256color"},
        {"TERM": "xterm"},
        {"TERM": "linux"},
        {"TERM": "vt100"},
    ],
    ids=lambda environ: "-".join(environ.values()),
)
def test_the_home_screen_opens_and_quits_on_every_kind_of_terminal(
    environ: dict[str, str], home: Path
) -> None:
    terminal = Terminal(**environ)
    terminal.wait_for("HowmuchChinesedoyouread?")
    terminal.send("\x11")
    assert terminal.exit_status() == 0
    assert b"\x1b[?1049l" in terminal.raw
    assert "has a fault" not in terminal.raw.decode(errors="replace")


@pytest.mark.parametrize("where", ["2>{}", "2>&-", "2>/dev/full"])
def test_the_screen_goes_to_the_terminal_wherever_complaints_go(
    where: str, home: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    log.touch()
    command = f"exec '{sys.executable}' -m studytui read two-teas {where.format(log)}"
    terminal = Terminal.of("sh", "-c", command)
    terminal.wait_for("两杯茶")
    terminal.send("\x11")
    assert terminal.exit_status() == 0
    assert b"\x1b[?1049l" in terminal.raw
    assert log.read_bytes() == b""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was(number: signal.Signals, home: Path) -> None:
    terminal = Terminal("read", "two-teas")
    terminal.wait_for("两杯茶")
    os.kill(terminal.pid, number)
    assert terminal.exit_status() == 128 + number
    for restored in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l"):
        assert terminal.raw.rindex(restored) > terminal.raw.index(b"\x1b[?1049h")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP])
def test_a_review_that_is_cut_off_keeps_what_was_rated(number: signal.Signals, home: Path) -> None:
    with Collection.open(Locations.find({"STUDYTUI_HOME": str(home)})) as collection:
        workspace = Workspace(collection)
        document = workspace.open("two-teas")
        collection.add_notes(workspace.notes_for(document, 8))
    terminal = Terminal("review")
    for _ in range(2):
        assert terminal.answer()
        terminal.rate("3")
    assert terminal.answer()  # judged, but not rated
    os.kill(terminal.pid, number)
    terminal.exit_status()
    with Collection.open(Locations.find({"STUDYTUI_HOME": str(home)})) as collection:
        assert sum(memory.reps for memory in collection.state.memories.values()) == 2
        assert collection.check() == ()


@pytest.mark.parametrize("answers", [True, False], ids=["answers", "dumb"])
def test_keys_typed_ahead_rate_nothing(answers: bool, home: Path) -> None:
    with Collection.open(Locations.find({"STUDYTUI_HOME": str(home)})) as collection:
        workspace = Workspace(collection)
        collection.add_notes(workspace.notes_for(workspace.open("two-teas"), 8))

    def rated() -> int:
        with Collection.open(Locations.find({"STUDYTUI_HOME": str(home)})) as collection:
            return sum(memory.reps for memory in collection.state.memories.values())

    terminal = Terminal("review")
    held: list[str] = []
    if not answers:
        terminal.screen.write_process_input = held.append
    terminal.wait_for("Anewword")
    while "Anewword" in terminal.shown:
        terminal.send("\r")
        terminal.settle(0.5)
    terminal.send("1313131\r3\r3")  # pasted, or buffered while the line stood still
    terminal.settle(0.5)
    assert rated() == 0
    terminal.wait_for(RATINGS)
    if answers:  # a slow line: the verdict is drawn here only after the key was pressed
        terminal.screen.write_process_input = held.append
        terminal.send("3")
        terminal.wait_for_next()
        terminal.settle(0.5)
        terminal.send("13")
        terminal.settle(0.5)
        assert rated() == 1
        for answer in held:
            terminal.send(answer)
        terminal.screen.write_process_input = terminal.send
        terminal.send("1")
        terminal.wait_for(RATINGS)
        terminal.settle(0.5)
    before = rated()
    terminal.rate("3")
    terminal.send("\x11")
    assert terminal.exit_status() == 0
    assert rated() == before + 1


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP])
def test_a_quiz_that_is_cut_off_is_offered_again(number: signal.Signals, home: Path) -> None:
    terminal = Terminal("quiz", "two-teas")
    terminal.wait_for("12new·0done")
    os.kill(terminal.pid, number)
    terminal.exit_status()
    terminal = Terminal()
    terminal.wait_for("tQuiz,12left")
    terminal.send("t")
    terminal.wait_for("12new·0done")
    terminal.send("\x11")
    assert terminal.exit_status() == 0


def kept_place(home: Path) -> tuple[str, tuple[int, int]] | None:
    """Of the text on the home screen: its title, and where reading stopped."""
    with Collection.open(Locations.find({"STUDYTUI_HOME": str(home)})) as collection:
        texts = collection.library.texts()
        place = collection.library.place(texts[0].id) if texts else None
        return (texts[0].title, (place.paragraph, place.offset)) if place is not None else None


def read_on(terminal: Terminal) -> None:
    """Moves to the end of the text's first paragraphs, and a word on."""
    terminal.wait_for("wordsto95%")
    terminal.send("}}l")
    terminal.wait_for("杯bēi")


@pytest.fixture(scope="module")
def place_by_q(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, tuple[int, int]]:
    """What is kept when a reader leaves in the usual way."""
    home = tmp_path_factory.mktemp("home")
    terminal = Terminal("read", "two-teas", STUDYTUI_HOME=str(home))
    read_on(terminal)
    terminal.send("q")
    assert terminal.exit_status() == 0
    kept = kept_place(home)
    assert kept is not None
    assert kept[1] != (0, 0)
    return kept


@pytest.mark.parametrize("way", ["SIGTERM", "SIGHUP", "ctrl+q", "closed", "SIGKILL"])
def test_the_place_is_kept_on_every_way_out(
    way: str, home: Path, place_by_q: tuple[str, tuple[int, int]]
) -> None:
    terminal = Terminal("read", "two-teas")
    read_on(terminal)
    if way == "ctrl+q":
        terminal.send("\x11")
        assert terminal.exit_status() == 0
    elif way == "closed":
        os.close(terminal.fd)
        assert terminal.ended() == 128 + signal.SIGHUP
    elif way == "SIGKILL":  # then it is the place where the cursor rested
        end = time.monotonic() + 60
        while kept_place(home) != place_by_q:
            assert time.monotonic() < end
            terminal.read(0.2)
        os.kill(terminal.pid, signal.SIGKILL)
        terminal.exit_status()
    else:
        os.kill(terminal.pid, signal.Signals[way])
        assert terminal.exit_status() == 128 + signal.Signals[way]
    assert kept_place(home) == place_by_q


def test_a_terminal_that_nobody_reads_keeps_no_process(
    home: Path, place_by_q: tuple[str, tuple[int, int]]
) -> None:
    """A stalled line: what is written stands still, and so did the program, whatever signal came."""
    terminal = Terminal("read", "two-teas")
    read_on(terminal)
    for _ in range(60):  # each sends the whole screen again, far more than the line takes
        terminal.send("\x0c")
        select.select([], [], [], 0.02)
    os.kill(terminal.pid, signal.SIGTERM)
    assert terminal.ended() == 128 + signal.SIGTERM
    os.close(terminal.fd)
    assert kept_place(home) == place_by_q


def test_a_terminal_closed_with_output_in_flight_ends_the_program(
    home: Path, place_by_q: tuple[str, tuple[int, int]]
) -> None:
    terminal = Terminal("read", "two-teas")
    read_on(terminal)
    for _ in range(60):
        terminal.send("\x0c")
        select.select([], [], [], 0.02)
    os.close(terminal.fd)
    assert terminal.ended() == 128 + signal.SIGHUP
    assert kept_place(home) == place_by_q


def test_what_rests_is_kept_once(home: Path) -> None:
    """Bytes in the journal: a place for a rest, and none for a cursor that did not move."""
    terminal = Terminal("read", "two-teas")
    read_on(terminal)
    journal = next(iter((home / "data" / "journal").glob("*.jsonl")), None)
    end = time.monotonic() + 60
    while journal is None:
        assert time.monotonic() < end
        terminal.read(0.2)
        journal = next(iter((home / "data" / "journal").glob("*.jsonl")), None)
    terminal.send("lh")  # and back to where it was
    terminal.settle(0.5)
    terminal.send("q")
    terminal.exit_status()
    events = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
    assert [event["type"] for event in events][:2] == ["text", "place"]
    places = [(event["paragraph"], event["offset"]) for event in events if event["type"] == "place"]
    assert all(before != after for before, after in pairwise(places))


def test_ctrl_z_without_a_shell_says_so_and_goes_on(home: Path) -> None:
    terminal = Terminal(
        "read", "two-teas"
    )  # the first process of its session, as under `ssh -t host studytui`
    terminal.wait_for("wordsto95%")
    terminal.send("\x1a")
    terminal.wait_for("Noshellisthere")
    os.kill(terminal.pid, signal.SIGTSTP)
    terminal.send("\x11")
    assert terminal.exit_status() == 0


def test_ctrl_z_in_a_shell_suspends_and_fg_comes_back(home: Path) -> None:
    """A shell with job control: it has the terminal back, and continues the program."""
    script = 'bash --norc --noprofile -i -c "set -m; $0 -m studytui read two-teas; echo STOPPED; fg"'
    terminal = Terminal.of("sh", "-c", script, sys.executable)
    terminal.wait_for("wordsto95%")
    terminal.send("\x1a")
    while b"STOPPED" not in terminal.raw:
        assert terminal.read(1)
    terminal.wait_for("两杯茶")
    terminal.settle(0.5)
    terminal.send("\x11")
    terminal.exit_status()


def test_the_screen_is_drawn_again_and_left_by_their_keys(home: Path) -> None:
    terminal = Terminal("read", "two-teas")
    terminal.wait_for("wordsto95%")
    while terminal.read(0.5) and select.select([terminal.fd], [], [], 0.5)[0]:
        pass
    before = len(terminal.raw)
    terminal.screen.reset()  # as after another program has written over it
    terminal.send("\x0c")
    terminal.wait_for("两杯茶")
    terminal.wait_for("?Help")
    assert len(terminal.raw) - before > 1000
    terminal.send("\x11")
    assert terminal.exit_status() == 0


def test_a_terminal_of_one_screen_is_left_empty(home: Path) -> None:
    """GNU screen as it comes and the Linux console ignore the change to a screen of the program's own."""
    terminal = Terminal("read", "two-teas", TERM="screen")
    terminal.wait_for("两杯茶")
    terminal.send("q")
    assert terminal.exit_status() == 0
    before, _, after = terminal.raw.rpartition(b"\x1b[?1049l")
    screen = pyte.Screen(80, 24)
    pyte.ByteStream(screen).feed(before.replace(b"\x1b[?1049h", b"") + after)
    assert [line for line in screen.display if line.strip()] == []
    assert (screen.cursor.x, screen.cursor.y) == (0, 0)


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"LC_ALL": None, "LANG": "C"}, {"LC_ALL": "zh_CN.GBK"}])
def test_a_locale_that_is_not_utf_8_is_said(locale: dict[str, str | None], home: Path) -> None:
    terminal = Terminal("read", "two-teas", **locale)
    terminal.wait_for("Thelocaleis")
    terminal.send("\x11")
    assert terminal.exit_status() == 0


@pytest.mark.parametrize(
    "gone",
    ["terminal_app.DRAWS_WITH += ('_gone',)", "terminal_app.is_frame = lambda renderable: False"],
    ids=["method", "kind"],
)
def test_where_textual_has_changed_it_draws_itself(gone: str, home: Path) -> None:
    """Our drawing needs some of what Textual does not promise; without it the screens are the same."""
    code = (
        f"from studytui.tui.terminal import terminal_app; {gone}; from studytui.__main__ import main; main()"
    )
    terminal = Terminal.of(sys.executable, "-c", code, "read", "two-teas")
    terminal.wait_for("两杯茶")
    terminal.send("?")
    terminal.wait_for("Move")
    terminal.send("\x11")
    assert terminal.exit_status() == 0
