"""Five machines of one learner, one a clone, whose clocks differ and whose journals meet in every way."""

from __future__ import annotations

import json
import random
import shutil
from contextlib import ExitStack
from pathlib import Path

from tests.faults import homes, journals
from tests.faults.program import CLOCK, Program
from tests.faults.terminal import Terminal

CLOCKS = ("0", "420", "-540", "172800", "-259200")
"""Seconds by which each machine's clock is wrong."""


class Machine:
    """A home, and the program in it under a clock of its own."""

    def __init__(self, home: Path, clock: str, open_programs: ExitStack) -> None:
        self.home = home
        self.environ = {CLOCK: clock}
        self._program = open_programs.enter_context(Program(self.environ))
        self.wrong: list[str] = []

    @property
    def journal(self) -> Path:
        """Its journal folder, as people copy it."""
        return self.home / "data" / "journal"

    def run(self, *arguments: str) -> bytes:
        """A command that must do what it is asked; what it printed."""
        done = self._program.run(self.home, *arguments)
        self.wrong += done.faults(self.home) + ([repr(done.err)] if done.status else [])
        return done.out

    def mark(self, words: list[str]) -> int:
        """Marks words as known, by a list; how many acts were acknowledged."""
        path = self.home / "words.txt"
        path.write_text("\n".join(words), "utf-8")
        said = json.loads(self.run("import", str(path), "--yes", "--json") or b"{}")
        return int(said.get("marked_known", 0))

    def study(self, rng: random.Random) -> int:
        """Some answers on the screen, then the line drops; how many were acknowledged."""
        arguments = rng.choice(
            [["review"], ["quiz", rng.choice(homes.TEXTS), "--seed", str(rng.randrange(99))]]
        )
        terminal = Terminal(*arguments, STUDYTUI_HOME=str(self.home), **self.environ)
        given = 0
        for _ in range(rng.randint(1, 8)):
            card = terminal.answer()
            if card is None:
                break
            terminal.rate(rng.choice("1234") if card else "\r")
            given += card
        terminal.kill()
        return given


class Machines:
    """What they do, and what of it was acknowledged."""

    def __init__(self, folder: Path, rng: random.Random, open_programs: ExitStack) -> None:
        self.folder = folder
        self.rng = rng
        self.remote = homes.bare_repository(folder / "remote.git")
        self.stick = folder / "stick"
        self.stick.mkdir()
        self.words = homes.Words()
        self.acknowledged: set[str] = set()
        self.acts = 0
        self.acknowledged |= journals.acts(homes.studied(folder / "0"))
        for name in "123":
            homes.new(folder / name)
        self.all = [Machine(folder / str(at), CLOCKS[at], open_programs) for at in range(4)]
        self._open_programs = open_programs

    def clone(self) -> None:
        """The first machine's disk is copied, and both go on."""
        shutil.copytree(self.folder / "0", self.folder / "4")
        self.all.append(Machine(self.folder / "4", CLOCKS[4], self._open_programs))

    def act(self) -> list[str]:
        """One session on one machine; what is wrong after it."""
        machine = self.rng.choice(self.all)
        before = journals.acts(machine.home)
        if self.rng.random() < 0.8:
            given = machine.mark(self.words.next(self.rng.randint(1, 15)))
        else:
            given = machine.study(self.rng)
        kept = journals.acts(machine.home) - before - self.acknowledged
        self.acknowledged |= kept
        self.acts += given
        return [] if len(kept) == given else [f"{given} acts were acknowledged, {len(kept)} are kept"]

    def meet(self) -> None:
        """Two machines exchange what they have, in one of the ways that people know."""
        one, other = self.rng.sample(self.all, 2)
        way = self.rng.choice(["git", "folder", "scp", "rsync"])
        if way == "git":
            self.sync(one)
        elif way == "folder":
            one.run("sync", str(self.stick))
            other.run("sync", str(self.stick))
        else:
            copy_over(one.journal, other.journal, times=way == "rsync")
            copy_over(other.journal, one.journal, times=way == "rsync")

    def sync(self, machine: Machine) -> None:
        """Through git."""
        machine.run("sync", "--remote", str(self.remote))

    def judge(self) -> list[str]:
        """Everyone meets everyone; then all have all, once, and say the same of it."""
        for machine in self.all * 2:
            self.sync(machine)
        found = [f"{machine.home.name}: {sentence}" for machine in self.all for sentence in machine.wrong]
        told = []
        for machine in self.all:
            have = journals.acts(machine.home)
            if lost := self.acknowledged - have:
                found.append(f"{machine.home.name} lost {len(lost)} of {len(self.acknowledged)}")
            found += [f"{machine.home.name} has twice: {name}" for name in journals.doubled(machine.home)][:3]
            said = json.loads(machine.run("stats", "--json"))
            told.append({key: said[key] for key in ("known", "ignored", "cards")})
            marked = {mark["headword"] for mark in journals.of_type(machine.home, "mark").values()}
            if said["known"] < len(marked) - 10:  # some of the first home's are marked as being learnt
                found.append(f"{machine.home.name} says {said['known']} words known of {len(marked)} marked")
        if any(each != told[0] for each in told):
            found.append(f"they say different things: {told}")
        return found


def copy_over(source: Path, target: Path, *, times: bool) -> None:
    """Whole files over whole files: as `scp`, or as `rsync -a`, which leaves what looks alike."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.glob("*")) if source.exists() else ():
        there = target / path.name
        if times and there.exists():
            here, that = path.stat(), there.stat()
            if (here.st_size, int(here.st_mtime)) == (that.st_size, int(that.st_mtime)):
                continue
        (shutil.copy2 if times else shutil.copy)(path, there)


def run(folder: Path, count: int, seed: int) -> dict[str, list[str]]:
    """So many acts or some more; what is wrong in the end, and at which act."""
    rng = random.Random(seed)
    found: dict[str, list[str]] = {}
    with ExitStack() as open_programs:
        machines = Machines(folder, rng, open_programs)
        while machines.acts < count:
            if len(machines.all) == 4 and machines.acts >= count // 4:
                machines.clone()
            if wrong := machines.act():
                found[f"act {machines.acts}"] = wrong
            if rng.random() < 0.4:
                machines.meet()
        if wrong := machines.judge():
            found["in the end"] = wrong
    return found
