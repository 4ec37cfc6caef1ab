"""SIGKILL at any moment of whatever writes: nothing acknowledged is lost, nothing is there twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
import zipfile
from contextlib import suppress
from pathlib import Path

from tests.faults import homes, journals
from tests.faults.program import Program, command
from tests.faults.terminal import Terminal

KINDS = ("review", "quiz", "sync", "import", "export", "repair")

GARBAGE = b'nonsense\n\xff\xfe\n{"v":1}\n'


class Kills:
    """Homes that are killed in again and again; what is wrong afterwards is returned as sentences."""

    def __init__(self, folder: Path, program: Program, rng: random.Random) -> None:
        self.folder = folder
        self.program = program
        self.rng = rng
        self.home = homes.studied(folder / "home")
        self.lap = homes.new(folder / "lap")
        self.remote = homes.bare_repository(folder / "remote.git")
        self.words = homes.Words()
        self.took = dict.fromkeys(KINDS, 1.0)
        """Seconds that the last command of a kind took which was not killed."""

    def kill(self, kind: str) -> list[str]:
        """One kill; what is wrong afterwards."""
        before = journals.lines(self.home)
        found: list[str] = getattr(self, f"_{kind}")()
        found += [f"lost: {line!r}" for line in before - self._kept()][:3]
        found += [f"twice: {name}" for name in journals.doubled(self.home)][:3]
        checked = self.program.run(self.home, "check")
        found += checked.faults(self.home)
        if checked.status != 0:
            found.append(f"check says {(checked.out + checked.err)!r}")
        return found

    def _kept(self) -> journals.Lines:
        """The lines in the journals, and those that a repair set aside."""
        aside = b"".join(path.read_bytes() for path in (self.home / "data" / "journal").glob("*.torn"))
        return journals.lines(self.home) | journals.counted(aside)

    def _killed(self, kind: str, process: subprocess.Popen[bytes]) -> bool:
        """Kills a command at a random moment, half the time with all it started; False if it was done."""
        began = time.monotonic()
        with suppress(subprocess.TimeoutExpired):
            process.wait(self.rng.uniform(0, self.took[kind] * 1.1))
        if process.poll() is None:
            if self.rng.random() < 0.5:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.send_signal(signal.SIGKILL)
            process.communicate()
            return True
        self.took[kind] = time.monotonic() - began
        _, err = process.communicate()
        assert process.returncode == 0, err
        return False

    def _answers(self, *arguments: str) -> list[str]:
        before = journals.of_type(self.home, "review")
        terminal = Terminal(*arguments, STUDYTUI_HOME=str(self.home))
        given = 0
        for _ in range(self.rng.randint(0, 6)):
            card = terminal.answer()
            if card is None:
                break
            terminal.rate(self.rng.choice("1123") if card else "\r")
            given += card
        else:
            card = terminal.answer()
            if card is not None:
                terminal.send("1" if card else "\r")
                for _ in range(self.rng.randint(0, 12)):
                    terminal.read(0.003)
                terminal.kill()
                given += card and not terminal.is_settled()
        if terminal.alive:
            terminal.kill()
        kept = len(journals.of_type(self.home, "review").keys() - before.keys())
        # The one answer that may be there without having been acknowledged was being given.
        return [] if given <= kept <= given + 1 else [f"{given} answers were acknowledged, {kept} are kept"]

    def _review(self) -> list[str]:
        return self._answers("review")

    def _quiz(self) -> list[str]:
        return self._answers("quiz", self.rng.choice(homes.TEXTS), "--seed", str(self.rng.randrange(99)))

    def _import(self) -> list[str]:
        """A list whose import is killed, and then done: every word is marked, each once."""
        words = self.words.next(40)
        path = self.folder / "words.txt"
        path.write_text("\n".join(words), "utf-8")
        self._killed("import", command(self.home, "import", str(path), "--yes"))
        done = self.program.run(self.home, "import", str(path), "--yes")
        marked = [mark["headword"] for mark in journals.of_type(self.home, "mark").values()]
        wrong = [word for word in words if marked.count(word) != 1]
        return done.faults(self.home) + ([f"not marked once: {wrong}"] if wrong else [])

    def _export(self) -> list[str]:
        """The file is the old one or the new one, whole."""
        path = self.folder / "out.apkg"
        if self.rng.random() < 0.5:
            path.unlink(missing_ok=True)
        before = path.read_bytes() if path.exists() else None
        self._killed("export", command(self.home, "export", "-o", str(path)))
        after = path.read_bytes() if path.exists() else None
        if after is None or after == before:
            return [] if after == before else ["the old file is gone"]
        with zipfile.ZipFile(path) as package:
            return [] if package.testzip() is None else ["half a file"]

    def _sync(self) -> list[str]:
        """Two machines push at once, one is studied on and its sync killed; then both have all."""
        found: list[str] = []
        path = self.folder / "mark.txt"

        def mark(home: Path) -> None:
            path.write_text("\n".join(self.words.next(3)), "utf-8")
            found.extend(self.program.run(home, "import", str(path), "--yes").faults(home))

        mark(self.home)
        mark(self.lap)
        killed, other = (
            command(home, "sync", "--remote", str(self.remote)) for home in (self.home, self.lap)
        )
        mark(self.home)
        self._killed("sync", killed)
        _, complaints = other.communicate()
        found += [repr(complaints)] if other.returncode else []
        for home in (self.home, self.lap, self.home):
            done = self.program.run(home, "sync", "--remote", str(self.remote))
            found += done.faults(home) + ([repr(done.err)] if done.status else [])
        if journals.lines(self.home) != journals.lines(self.lap):
            found.append("two machines that met differ")
        return found

    def _repair(self) -> list[str]:
        """Garbage in the own journal: it is set aside or still there, and a second repair ends it."""
        own = self.home / "data" / "journal" / f"{(self.home / 'state' / 'device').read_text().strip()}.jsonl"
        sound = journals.counted(own.read_bytes())
        lines = own.read_bytes().splitlines(keepends=True)
        at = self.rng.randint(0, len(lines))
        own.write_bytes(b"".join([*lines[:at], GARBAGE, *lines[at:]]))
        self._killed("repair", command(self.home, "check", "--repair"))
        if journals.counted(GARBAGE) - self._kept():
            return ["what was damaged is gone"]
        done = self.program.run(self.home, "check", "--repair")
        found = done.faults(self.home)
        if journals.counted(own.read_bytes()) != sound:
            found.append("the journal is not what it was before the damage")
        return found


def run(folder: Path, count: int, seed: int) -> dict[str, list[str]]:
    """So many kills of each kind in turn; by kind and number what was wrong."""
    with Program() as program:
        kills = Kills(folder, program, random.Random(seed))
        found = {}
        for number in range(count):
            kind = KINDS[number % len(KINDS)]
            wrong = kills.kill(kind)
            if wrong:
                found[f"{kind} {number}"] = wrong
        return found
