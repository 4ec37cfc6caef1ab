"""Hostile content at every door: what somebody else, or a failing disk, has written."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.faults import homes, hostile, journals
from tests.faults.program import Done, Program, environment
from tests.faults.terminal import Terminal
from tests.text.formats import samples

STORY = "从前有一个老人，每天下午三点来喝茶。他总是要两杯茶。"
SOUND = f"两杯茶\n\n{STORY}\n\n“您等谁？”我问。他笑了：“等一个老朋友。”\n"

MARKDOWN = f"""---
title: 茶
---
# 茶

{SOUND}
> 引用

1. 一
2. 二

| 甲 | 乙 |
|--|--|
| 丙 | 丁[^1] |

```
x
```
[^1]: 注
"""

ASS = f"""[Script Info]
ScriptType: v4.00+

[Events]
Format: Start, End, Style, Text
Dialogue: 0:00:01.00,0:00:02.00,A,{{\\i1}}{STORY}
"""

PAGES = {"1.xhtml": samples.xhtml(f"<h1>茶</h1><p>{SOUND}</p>"), "2.xhtml": samples.xhtml(f"<p>{SOUND}</p>")}

FORMATS: dict[str, bytes] = {
    "a.txt": SOUND.encode(),
    "big5.txt": SOUND.replace("两", "兩").encode("big5", "replace"),
    "a.md": MARKDOWN.encode(),
    "a.html": samples.PAGE.encode(),
    "a.epub": samples.epub(PAGES),
    "a.pdf": samples.pdf([[(40, 500 - 14 * at, line) for at, line in enumerate(SOUND.split())]]),
    "a.srt": samples.SRT.encode(),
    "a.vtt": b"WEBVTT\n\n" + samples.SRT.replace(",", ".").encode(),
    "a.ass": ASS.encode(),
}

ASKED = (
    ("stats",), ("stats", "--json"), ("review", "--plain"), ("review", "--json"), ("check",),
    ("check", "--json"), ("check", "--repair"), ("export", "-o", "{out}.csv"), ("export", "-o", "{out}.md"),
    ("export", "-o", "{out}.apkg"), ("read", "two-teas", "--plain"), ("tokens", "{text}"),
    ("import", "{list}", "--yes"),     ("review", "两杯茶", "--plain"), ("quiz", "{text}", "--plain"),
)  # fmt: skip
"""What is asked of a home; all of it must be done, whatever one line of it says."""

KEYS = (
    "learning_steps", "templates", "theme", "keys", "sync", "known_hsk", "pinyin", "fuzz",
    "desired_retention", "odd",
)  # fmt: skip
"""Of the settings, and one that is none."""

TAKES_LONG = ("export", "phrases", "quiz", "read")
"""What works on words, and takes a hundred times as long as what reads a file: it is asked less often."""

OF_A_TEXT = (
    ("clean", "{in}"), ("clean", "{in}", "--json"), ("tokens", "{in}"), ("tokens", "{in}", "--json"),
    ("phrases", "{in}"), ("read", "{in}", "--plain"), ("quiz", "{in}", "--plain", "--limit", "3"),
    ("export", "{in}", "-o", "{out}.apkg"),
)  # fmt: skip


class Inputs:
    """A home that is as it was before each input."""

    def __init__(self, folder: Path, program: Program, rng: random.Random) -> None:
        self.folder = folder
        self.program = program
        self.rng = rng
        self.home = homes.studied(folder / "home")
        for name, content in {"text.txt": SOUND, "list.txt": "水\n山\n"}.items():
            (folder / name).write_text(content, "utf-8")
        self.remote = homes.bare_repository(folder / "remote.git")
        self._must(self.program.run(self.home, "sync", "--remote", str(self.remote)))
        package = folder / "sound.apkg"
        self._must(self.program.run(self.home, "export", homes.TEXTS[0], "-o", str(package)))
        self.package = package.read_bytes()
        self.lines = list(journals.lines(self.home))
        self.own = journals.lines(self.home)
        shutil.copytree(self.home, folder / "sound")
        self.head = self._git("rev-parse", "main").strip()

    def _must(self, done: Done) -> None:
        assert done.status == 0, done.err

    def _git(self, *arguments: str, stdin: bytes = b"") -> bytes:
        command = ["git", "--git-dir", str(self.remote), *arguments]
        return subprocess.run(command, input=stdin, env=environment(), check=True, capture_output=True).stdout

    def try_door(self, door: str) -> list[str]:
        """One hostile input at a door; what is wrong then."""
        shutil.rmtree(self.home)
        shutil.copytree(self.folder / "sound", self.home)
        done, may_fail = DOORS[door](self)
        found = done.faults(self.home)
        named = b"newer studytui" in done.err  # a later format is refused, rightly
        if done.status and not may_fail and not named and done.arguments[0] != "check":
            found.append(f"stopped: {done.err!r}")
        if self.own - journals.lines(self.home):
            found.append("a line of the journal is gone")
        return [f"{' '.join(done.arguments)}: {sentence}" for sentence in found]

    def ask(self, wanted: tuple[tuple[str, ...], ...] = ASKED) -> Done:
        """One of the things that may be asked."""
        places = {"{text}": "text.txt", "{list}": "list.txt", "{in}": "in", "{out}": "out"}
        asked = self.rng.choice(wanted)
        if asked[0] in TAKES_LONG and self.rng.random() < 0.8:
            asked = self.rng.choice([each for each in wanted if each[0] not in TAKES_LONG])
        for mark, name in places.items():
            asked = tuple(word.replace(mark, str(self.folder / name)) for word in asked)
        return self.program.run(self.home, *asked)

    def ask_home(self) -> Done:
        """One of the things that may be asked of a home, now and then of the app itself."""
        return self.look() if self.rng.random() < 0.02 else self.ask()

    def look(self) -> Done:
        """The app, some keys in it, and the way out; what it sent beside its own sequences is the output."""
        screen: tuple[str, ...] = self.rng.choice(
            [(), ("review",), ("read", "two-teas"), ("quiz", "two-teas")]
        )
        terminal = Terminal(*screen, STUDYTUI_HOME=str(self.home))
        complaint = b""
        try:
            terminal.wait_for("?Help", "Escleavesit", "Esccancels")
            for key in "sj?1":
                terminal.settle()
                terminal.send(key)
            terminal.settle()
            terminal.send("\x11")
            status = terminal.exit_status()
        except AssertionError as error:
            terminal.kill()
            status, complaint = -signal.SIGALRM, str(error).encode()
        # A sequence that came with an input is told from the app's own by what stands behind it.
        sequence = rb"\x1b(\[[0-?]*[ -/]*[@-~](?!\xe6\xb0\xb4)|[=>78]|\]22;[a-z]*\x07)|[\r\b]"
        rest = re.sub(sequence, b"", terminal.raw)
        return Done(("the app", *screen), status, rest, complaint)

    def foreign_lines(self) -> bytes:
        """Lines of another machine, most of which say something odd."""
        made = []
        for number in range(self.rng.randint(1, 6)):
            said = json.loads(self.rng.choice(self.lines))
            said["id"], said["device"] = said["id"][:-3] + f"{number:03}", "other-1"
            line = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
            made.append(hostile.of_json(self.rng, line) if self.rng.random() < 0.8 else line)
        return b"\n".join(made) + b"\n"

    def foreign_files(self) -> dict[str, bytes]:
        """What a folder or repository may hold that another machine wrote to; some names are no file's."""
        text = self.rng.choice(sorted((self.home / "data" / "texts").glob("*/text.json")))
        name = self.rng.choice([text.parent.name, "0123456789abcdef", "..", "x" * 200, "\x1b[2J"])
        odd = self.rng.choice(
            ["-rf", "a\tb", "\x1b]52;c;eA==\x07", "other-1~2", "other-1~999999", "CON", "a\\b", "水", "."]
        )
        return {
            "journal/other-1.jsonl": self.foreign_lines(),
            f"journal/{odd}.jsonl": self.foreign_lines(),
            f"texts/{name}/text.json": hostile.of_json(self.rng, text.read_bytes()),
        }

    # -- the doors: each returns what was done, and whether it may refuse

    def journal(self) -> tuple[Done, bool]:
        """A journal that came from another machine."""
        name = self.rng.choice(
            ["other-1.jsonl"] * 4 + ["x\x1b[2J.jsonl", "其他.jsonl", "a b~2.jsonl", ".jsonl"]
        )
        (self.home / "data" / "journal" / name).write_bytes(self.foreign_lines())
        return self.ask_home(), False

    def texts(self) -> tuple[Done, bool]:
        """A text that is kept; to open it again mends it."""
        path = self.rng.choice(sorted((self.home / "data" / "texts").glob("*/text.json")))
        path.write_bytes(hostile.of_json(self.rng, path.read_bytes()))
        return self.ask_home(), False

    def state(self) -> tuple[Done, bool]:
        """The state, which can be made again."""
        path = self.home / "data" / "state.json"
        path.write_bytes(hostile.of_json(self.rng, path.read_bytes()))
        return self.ask_home(), False

    def own_files(self) -> tuple[Done, bool]:
        """What this machine keeps for itself: its name, a second copy, what was exported, cached words."""
        kept = [
            path for name in ("state", "cache") for path in (self.home / name).rglob("*") if path.is_file()
        ]
        path = self.rng.choice([path for path in kept if "sync.git" not in path.parts])
        make = hostile.of_json if path.suffix == ".json" and path.stat().st_size else hostile.of_bytes
        path.write_bytes(make(self.rng, path.read_bytes()))
        return self.ask(), True

    def settings(self) -> tuple[Done, bool]:
        """config.toml, as a hand may spoil it."""
        values = [
            *hostile.VALUES,
            *map(json.dumps, hostile.STRINGS),
            "2026-01-01",
            "{ a = 1 }",
            "inf",
            "0x10",
        ]
        said = f"{homes.SETTINGS}\n{self.rng.choice(KEYS)} = {self.rng.choice(values)}\n".encode()
        if self.rng.random() < 0.4:
            said = hostile.of_bytes(self.rng, said)
        (self.home / "config" / "config.toml").write_bytes(said)
        return self.ask(), True

    def file(self, name: str) -> tuple[Done, bool]:
        """A text file of one format."""
        make = hostile.of_zip if name.endswith(".epub") else hostile.of_bytes
        return self._given(name, make(self.rng, FORMATS[name]), OF_A_TEXT)

    def packages(self) -> tuple[Done, bool]:
        """A package of Anki's."""
        wanted = (("import", "{in}"), ("import", "{in}", "--yes"), ("import", "{in}", "--json"))
        return self._given("a.apkg", hostile.of_zip(self.rng, self.package), wanted)

    def lists(self) -> tuple[Done, bool]:
        """A list of words."""
        rows = [
            ["水", "shuǐ", "water"],
            ["山", "shān", "mountain; hill"],
            ["朋友", "péngyou", '"a" friend'],
        ] * 4
        between = self.rng.choice([",", "\t", ";", "|"])
        said = "".join(f"{between.join(row)}\n" for row in rows).encode(
            self.rng.choice(["utf-8", "gb18030", "utf-16"])
        )
        wanted = (("import", "{in}"), ("import", "{in}", "--yes"))
        return self._given(
            self.rng.choice(["a.csv", "a.tsv", "a.txt"]), hostile.of_bytes(self.rng, said), wanted
        )

    def _given(self, name: str, content: bytes, wanted: tuple[tuple[str, ...], ...]) -> tuple[Done, bool]:
        path = self.folder / f"in{name}"
        path.write_bytes(content)
        return self.ask(
            tuple(tuple(word.replace("{in}", str(path)) for word in asked) for asked in wanted)
        ), True

    def git(self) -> tuple[Done, bool]:
        """What another machine, or anybody, has put into the remote."""
        files = self.foreign_files()
        stream = [
            b"commit refs/heads/main\ncommitter \x1b[1m <a@b> 1 +0000\ndata 4\n\x1b[2J\nfrom %s\n" % self.head
        ]
        for path, content in files.items():
            mode = self.rng.choice(["100644"] * 8 + ["100755", "120000"])
            if ".." not in path.split("/"):
                quoted = (
                    json.dumps(path, ensure_ascii=False)
                    .replace("\\u001b", "\\033")
                    .replace("\\u0007", "\\007")
                )
                stream.append(f"M {mode} inline {quoted}\ndata {len(content)}\n".encode() + content + b"\n")
        self._git("fast-import", "--quiet", "--force", stdin=b"".join(stream))
        done = self.program.run(self.home, "sync")
        if done.status or done.faults(self.home):
            return done, False
        return self.ask_home(), False

    def stick(self) -> tuple[Done, bool]:
        """A folder to meet in, on which anybody may have written, with files, links, pipes and folders."""
        stick = self.folder / "stick"
        shutil.rmtree(stick, ignore_errors=True)
        files = self.foreign_files()
        own = (self.home / "state" / "device").read_text().strip()
        if self.rng.random() < 0.5:
            files[f"journal/{own}.jsonl"] = hostile.of_bytes(self.rng, b"\n".join(self.lines) + b"\n")
        for at, content in files.items():
            if ".." in at.split("/"):
                continue
            path = stick / at
            path.parent.mkdir(parents=True, exist_ok=True)
            match self.rng.randrange(12):
                case 0:
                    path.mkdir()
                case 1:
                    os.mkfifo(path)
                case 2:
                    path.symlink_to(self.rng.choice(["/dev/zero", "nowhere", str(self.home), path.name]))
                case _:
                    path.write_bytes(content)
        done = self.program.run(self.home, "sync", str(stick))
        if done.status or done.faults(self.home):
            return done, True
        return self.ask_home(), False


DOORS: dict[str, Callable[[Inputs], tuple[Done, bool]]] = {
    "journal": Inputs.journal,
    "texts": Inputs.texts,
    "state": Inputs.state,
    "own files": Inputs.own_files,
    "settings": Inputs.settings,
    **{name: partial(Inputs.file, name=name) for name in FORMATS},
    "packages": Inputs.packages,
    "lists": Inputs.lists,
    "git": Inputs.git,
    "stick": Inputs.stick,
}


def run(folder: Path, count: int, seed: int, doors: tuple[str, ...] = tuple(DOORS)) -> dict[str, list[str]]:
    """So many inputs a door; by door and number what was wrong."""
    found = {}
    with Program(each=50) as program:
        inputs = Inputs(folder, program, random.Random())
        for door in doors:
            for number in range(count):
                inputs.rng.seed(f"{seed} {door} {number}")
                if wrong := inputs.try_door(door):
                    found[f"{door} {number}"] = wrong
    return found
