"""Nothing that others wrote is obeyed by the terminal: every command, fed with hostile names and contents."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

import studytui
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.study.notes.note import Note
from studytui.text.characters import escaped, is_unsafe, printable, printable_line

HOSTILE = "\x1b]52;c;cm0gLXJm\x07\x1b[2J\x9b31m\x7f\u202eevil\u2066\u2028\ufeff"
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
CHINESE = "我们今天去北京。老师们都很高兴，我们喝茶，朋友也喝茶。"


def outputs(*arguments: str, stdin: bytes = b"") -> tuple[str, str]:
    """What a command writes, as a terminal would get it."""
    done = subprocess.run(
        [sys.executable, "-m", "studytui", *arguments],
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    return done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def hostile_home(home: Path) -> Locations:
    """A learner's folder into which another machine wrote what it liked."""
    locations = Locations.find(os.environ)
    with Collection.open(locations) as collection:
        collection.add_note(Note("朋友", ("peng2", "you5"), "朋友", ("friend",)))
    name = f"lap{HOSTILE.replace('/', '')}"
    own = next(locations.journal.glob("*.jsonl"))
    lines = own.read_text("utf-8").replace("friend", json.dumps(HOSTILE)[1:-1])
    (locations.journal / "other-1.jsonl").write_text(lines + "not JSON " + HOSTILE + "\n", "utf-8")
    (locations.journal / f"{name}.jsonl").write_text(lines, "utf-8")
    return locations


@pytest.mark.parametrize(
    "arguments",
    [
        ("stats",), ("stats", "--json"), ("review", "--plain"), ("review", "--json"), ("check",),
        ("check", "--json"), ("check", "--repair"), ("export", "-o", "out.md"), ("export", "-o", HOSTILE),
        ("read", f"no {HOSTILE}"), ("clean", f"no {HOSTILE}"), (f"command {HOSTILE}",),
        ("quiz", "x", "--limit", HOSTILE), ("export", "x", "--cards", HOSTILE, "-o", "x.csv"),
        ("import", f"no {HOSTILE}"), ("sync", "--remote", f"/nowhere/{HOSTILE}"), ("stats", f"--{HOSTILE}"),
        ("review", f"no {HOSTILE}", "--plain"),
    ],
)  # fmt: skip
def test_no_command_lets_a_control_character_out(
    arguments: tuple[str, ...], hostile_home: Locations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for stream in outputs(*arguments):
        assert FORBIDDEN.search(stream) is None, stream


@pytest.mark.parametrize("command", ["read", "clean", "tokens", "phrases", "quiz", "import"])
@pytest.mark.parametrize("json_", [False, True])
def test_no_text_lets_a_control_character_out(command: str, json_: bool, home: Path, tmp_path: Path) -> None:
    path = tmp_path / f"text{HOSTILE.replace('/', '')}.txt"
    path.write_text(f"{HOSTILE}\n{CHINESE}{HOSTILE}\n朋友{HOSTILE}\n", "utf-8")
    options = ["--json"] if json_ and command != "read" else []
    for stream in outputs(command, str(path), *options):
        assert FORBIDDEN.search(stream) is None, stream


def test_a_hostile_setting_is_named_without_being_obeyed(home: Path) -> None:
    settings = Locations.find(os.environ).settings
    settings.parent.mkdir(parents=True)
    settings.write_text(f"theme = {json.dumps(HOSTILE)}\n{json.dumps(HOSTILE)} = 1\n", "utf-8")
    for stream in outputs("stats"):
        assert FORBIDDEN.search(stream) is None


def test_what_is_unsafe_is_said_once() -> None:
    """Controls, directions, halves, no characters; not letters, nor emoji with their joiners and variants."""
    for code in range(0x110000):
        category, character = unicodedata.category(chr(code)), chr(code)
        if category in ("Cc", "Cs", "Zl", "Zp") or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
            assert is_unsafe(character), hex(code)
        elif category[0] in "LNPS":
            assert not is_unsafe(character), hex(code)
    assert not is_unsafe("👩‍🏫 龜󠄀 é")


def test_how_unsafe_text_is_printed() -> None:
    assert printable_line("一\n二\t三\x1b[2J") == "一 二 三�[2J"
    assert printable("一\n二\t三\x1b[2J\r") == "一\n二\t三�[2J�"
    line = json.dumps({"a": f"{HOSTILE}\ud800\U0001fffe中"}, ensure_ascii=False)
    assert json.loads(escaped(line)) == json.loads(line)
    assert not is_unsafe(escaped(line))
    assert "中" in escaped(line)


def test_the_commands_print_in_one_place() -> None:
    """`print` stands in cli/output.py, and in cli/main.py for what went wrong."""
    folder = Path(studytui.__file__).parent
    printing = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    }
    assert printing == {"cli/output.py", "cli/main.py"}
