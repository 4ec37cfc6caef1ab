"""Times every pattern of the package on text made to make it slow. Run by `test_patterns.py` in a process.

Each pattern is given strings made of its own letters, of a length and of twice that length. A pattern that
reads each character a bounded number of times takes twice as long; what takes more than that is printed.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import random
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import studytui

ROOT = Path(studytui.__file__).parent
LENGTHS = (24, 200, 6000)
"""Characters; the exponential show at the first, before they could run for ever."""
SLOW = 0.006
"""Seconds at the last of LENGTHS: some ten times what a linear pattern takes. Less is not looked at twice."""
GRAIN = 0.016
"""Seconds: the steps in which some systems count processor time."""
GIVEN_UP = 2.0
"""Seconds of processor time after which a search is broken off."""
MARKS = (
    "<!--", "-->", "<!---->", "<!--a--> ", "{{c1::", "::", "}}", "[sound:", "<script>", "<script", "</script",
    "<li>", "</li>", "<br",
    '<b class="target">', "</b>", "<rt>", "<b ", "f(", "f()", " = ", "CL:", "CL:a[", "//", "https://a@",
    "。1",
    "; \n", "[Script Info]", "00:00:01,000 --> ", "{\\an8}", "{\\", "title: ", "---\n", "(a) ", "see ",
    "一点一",
    "<meta charset=", '<?xml encoding="', "第一章", "第", "1.", "fig. ", "lit ", "a-", "~2",
    "~2.jsonl", "1:00",
)  # fmt: skip
"""What the formats that are read are made of; given to every pattern."""
ALPHABET = " \t\nab1.:,-_<>()[]{}\"'/\\中。，（“"
WHOLE = {"search", "sub", "subn", "findall", "finditer", "split"}


def modules() -> list[ModuleType]:
    """All modules of the package but its entry points."""
    names = [found.name for found in pkgutil.walk_packages([str(ROOT)], "studytui.")]
    return [importlib.import_module(name) for name in names if not name.endswith(("__main__", "pdf_child"))]


def held(value: Any) -> Iterator[re.Pattern[Any]]:
    """The patterns in a global: itself, or what a container has."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from held(each)
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from held(each)


def methods_used() -> dict[str, set[str]]:
    """Name of a global -> the methods that anything in the package calls on it."""
    used: dict[str, set[str]] = {}
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute):
                owner = node.value.value if isinstance(node.value, ast.Subscript) else node.value
                name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", None)
                if name is not None:
                    key = f"{path.relative_to(ROOT).with_suffix('').as_posix().replace('/', '.')}:{name}"
                    used.setdefault(key, set()).add(node.attr)
                    used.setdefault(f"*:{name}", set()).add(node.attr)
    return used


def all_patterns() -> list[tuple[str, re.Pattern[Any], set[str]]]:
    """Every pattern, with its name and how it is used."""
    used = methods_used()
    found: dict[int, tuple[str, re.Pattern[Any], set[str]]] = {}
    for module in modules():
        short = module.__name__.removeprefix("studytui.")
        for name, value in vars(module).items():
            for pattern in held(value):
                own = used.get(f"{short}:{name}", set())
                methods = own if name.startswith("_") else used.get(f"*:{name}", set())
                entry = found.setdefault(id(pattern), (f"{short}.{name}", pattern, set[str]()))
                entry[2].update(methods)
    return list(found.values())


def attacks(pattern: re.Pattern[Any], rng: random.Random) -> Iterator[tuple[str, str, str]]:
    """What a text begins with, what it repeats, and what it ends with."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    plain = re.sub(r"\\[AZbBdDsSwW]|\(\?(?:P<\w+>|[:=!]|<[=!])", " ", source)
    plain = re.sub(r"\\([^\w\s])", r"\1", plain)
    plain = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), plain)
    letters = sorted(set(plain) | set(ALPHABET))
    if len(letters) > 48:
        letters = sorted({*rng.sample(letters, 24), *ALPHABET})
    words = sorted(set(re.findall(r"[A-Za-z]{2,}|[\u4e00-\u9fff]{2,}|<!--|-->|\{\{c|::|\]\]", plain)))[:24]
    pieces = [*letters, *words]
    for one in (*pieces, *MARKS):
        yield "", one, ""
        yield "x", one, "\x01"
    for start in MARKS:
        for one in " a:<":
            yield start, one, "\x01"
    pieces += [*words, *MARKS]
    for _ in range(100):
        start = "".join(rng.choices(pieces, k=rng.randint(0, 2)))
        yield start, "".join(rng.choices(pieces, k=rng.randint(1, 4))), rng.choice(["", "\x01", "中", "\n"])


def uses(pattern: re.Pattern[Any], methods: set[str]) -> Iterator[tuple[str, Callable[[Any], object]]]:
    """The ways in which the package uses a pattern."""
    if methods & WHOLE or not methods & {"match", "fullmatch"}:
        yield "search", lambda text: sum(1 for _ in pattern.finditer(text))
    if "match" in methods:
        yield "match", pattern.match
    if "fullmatch" in methods:
        yield "fullmatch", pattern.fullmatch


class GivenUpError(Exception):
    """A search took too long."""


def give_up(number: int, frame: object) -> None:
    raise GivenUpError


def seconds(use: Callable[[Any], object], text: str | bytes) -> float:
    """Processor time of one use."""
    start = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, GIVEN_UP)
    try:
        use(text)
    except GivenUpError:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - start


def usual_seconds(use: Callable[[Any], object], pattern: re.Pattern[Any]) -> float:
    """What a text of the last of LENGTHS takes that is made for nothing in particular."""
    made = "".join(random.Random(1).choices(ALPHABET, k=LENGTHS[-1]))
    text = made if isinstance(pattern.pattern, str) else made.encode()
    return sum(seconds(use, text) for _ in range(12)) / 12


def grows(use: Callable[[Any], object], short: str | bytes, long: str | bytes) -> bool:
    """Whether a text twice as long takes more than three times as long, the clock's grain aside."""
    times = 1 if seconds(use, short) > 10 * GRAIN else 12
    one = sum(seconds(use, short) for _ in range(times))
    two = sum(seconds(use, long) for _ in range(times))
    return two > 10 * GRAIN and two > 3 * one


def slow_case(pattern: re.Pattern[Any], methods: set[str], rng: random.Random) -> tuple[str, ...] | None:
    """The first way found to make a pattern slow: how it is used, and beginning, middle and end of a text."""
    usual = {name: usual_seconds(use, pattern) for name, use in uses(pattern, methods)}
    for start, middle, end in attacks(pattern, rng):

        def text(length: int, start: str = start, middle: str = middle, end: str = end) -> str | bytes:
            made = start + middle * (length // len(middle)) + end
            return made if isinstance(pattern.pattern, str) else made.encode()

        for name, use in uses(pattern, methods):
            for length in LENGTHS:
                if seconds(use, text(length)) < max(SLOW, 4 * usual[name]):
                    continue
                if all(grows(use, text(times * length), text(2 * times * length)) for times in (1, 2)):
                    return name, start, middle, end
                break
    return None


def main() -> None:
    signal.signal(signal.SIGVTALRM, give_up)
    found = all_patterns()
    slow = []
    for name, pattern, methods in found:
        case = slow_case(pattern, methods, random.Random(name))
        if case is not None:
            slow.append([name, *case])
    print(json.dumps({"patterns": len(found), "slow": slow}))


if __name__ == "__main__":
    main()
