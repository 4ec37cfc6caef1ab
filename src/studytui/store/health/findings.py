"""What `check` finds, a few words for each kind and file however many lines are meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from studytui.wording import many

FindingKind = Literal[
    "torn", "foreign", "unknown", "twice", "differs", "future", "backwards", "lost", "snapshot", "newer",
    "unreadable", "text",
]  # fmt: skip

_LINES = 3
"""Lines of a file that are named; of the others it is said how many they are."""

_FILES = 10
"""Files that a person is told of, for each kind."""

_BLOCK = 1 << 20
"""Bytes that are read at a time."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something of one kind that is not as it should be with a file."""

    kind: FindingKind
    file: Path
    line: int | None
    """The first line that is meant, counted from 1; None if it is about the file."""
    sentence: str
    """What is wrong, and whether it does harm."""
    matters: bool = True
    """Whether the files are not sound for it; what does no harm is told all the same."""
    mended: bool = False
    """Whether `repair` does something about it."""
    lines: int = 1
    """How many lines are meant; 1 if it is about the file."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What can be wrong with a line, and with lines."""

    kind: FindingKind
    one: str
    """What is said of one line, after its name."""
    many: str
    """What is said of more."""
    matters: bool = True
    mended: bool = False


@dataclass(slots=True)
class _Places:
    """Where in a file the lines are that have one fault."""

    first: list[int] = field(default_factory=list)
    """Where the first of them begin, in bytes."""
    count: int = 0


class Faults:
    """The faults of one file's lines, as they are met in its order."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._found: dict[Fault, _Places] = {}

    def add(self, fault: Fault, start: int) -> None:
        """A line that begins at byte `start` has a fault."""
        places = self._found.setdefault(fault, _Places())
        places.count += 1
        if len(places.first) < _LINES:
            places.first.append(start)

    def findings(self) -> Iterator[Finding]:
        """One for each fault.

        Raises:
            OSError: the file cannot be read.
        """
        numbers = _numbers(self.path, {start for places in self._found.values() for start in places.first})
        # What was cut off comes first: what follows may be its other half.
        for fault, places in sorted(self._found.items(), key=lambda found: found[0].kind != "torn"):
            lines = sorted(numbers[start] for start in places.first)
            sentence = f"{self.path.name}:{_listed(lines, places.count)}"
            sentence += f" {fault.one if places.count == 1 else fault.many}"
            yield Finding(
                fault.kind, self.path, lines[0], sentence, fault.matters, fault.mended, places.count
            )


def _listed(lines: Sequence[int], count: int) -> str:
    """`3`; `3, 5 and 9`; `3, 5, 9 and 12 more lines`."""
    told = [f"{line}" for line in lines]
    more = count - len(told)
    if more:
        told.append(many(more, "more line"))
    return " and ".join([", ".join(told[:-1]), told[-1]] if told[1:] else told)


def _numbers(path: Path, starts: set[int]) -> dict[int, int]:
    """The numbers of the lines that begin at these bytes of a file."""
    found: dict[int, int] = {}
    line, at = 1, 0
    with path.open("rb") as file:
        for start in sorted(starts):
            while at < start and (block := file.read(min(_BLOCK, start - at))):
                line += block.count(b"\n")
                at += len(block)
            found[start] = line
    return found


def told(findings: Sequence[Finding]) -> Iterator[str]:
    """The findings in sentences: of each kind the first files, and how much there is in the others."""
    by_kind: defaultdict[FindingKind, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_kind[finding.kind].append(finding)
    for group in by_kind.values():
        yield from (finding.sentence for finding in group[:_FILES])
        if more := group[_FILES:]:
            lines = sum(finding.lines for finding in more)
            yield f"the same of {lines:,} more lines, in {len(more):,} more places"
