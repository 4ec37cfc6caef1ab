"""Sound inputs made hostile: bytes, JSON, zip files, databases."""

from __future__ import annotations

import io
import json
import random
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

STRINGS = (
    "", " ", "\x00", "水\x1b]52;c;aGFjaw==\x07", "\x1b[2J水", "\x9b2J", "\u202e水", "\u2028", "\ufeff",
    "\x7f\r\n", "水" * 30_000, "a" * 100_000, "../../x", "[bold]水[/", "{{c1::" * 300, "。" + "1" * 60,
    "<!--" * 500, "水" + "(" * 2000, "9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00Z", "2026-02-30",
    "水/shui3#recognition", "水/#", "/", "#", "%s{0}", "charset=punycode", "𠀀" * 50, "水\t山",
    "x" * 300 + "/" + "y" * 300, "＿" * 99, "1" * 5000,
)  # fmt: skip
"""What a field may hold that should not: long, or obeyed by a terminal, or with a meaning elsewhere."""

VALUES = (
    "null", "true", "0", "-1", "9" * 18, str(10**400), "-" + "9" * 400, "1e999", "-1e999", "NaN", "0.5",
    "1e-320", "{}", "[]", '"\\ud800"', '{"v":1}', "[" * 3000 + "]" * 3000, '{"a":' * 3000 + "1" + "}" * 3000,
    '"' + "\\u0000" * 9 + '"',
)  # fmt: skip
"""The same as JSON says it."""


def of_bytes(rng: random.Random, content: bytes) -> bytes:
    """Some bytes changed, lost, doubled, or put in."""
    made = bytearray(content)
    for _ in range(rng.choice([1, 1, 2, 5, 30])):
        at = rng.randint(0, len(made))
        length = rng.choice([1, 1, 2, 8, 100])
        match rng.randrange(6):
            case 0:
                made[at : at + length] = b""
            case 1:
                made[at:at] = made[at : at + length] * rng.choice([1, 1, 500])
            case 2:
                made[at : at + length] = rng.randbytes(length)
            case 3 if made:
                made[min(at, len(made) - 1)] ^= 1 << rng.randrange(8)
            case 4:
                made[at:at] = rng.choice(STRINGS).encode("utf-8", "surrogatepass")
            case 5 if rng.random() < 0.2:
                del made[at:]
    return bytes(made)


def of_json(rng: random.Random, content: bytes) -> bytes:
    """A value of it replaced, a key lost, doubled or added; or its bytes changed."""
    if rng.random() < 0.15:
        return of_bytes(rng, content)
    said = json.loads(content)
    replaced: dict[str, str] = {}
    for number in range(rng.choice([1, 1, 1, 2, 4])):
        places = list(_places(said))
        if not places:
            break
        holder, key = rng.choice(places)
        mark = f"@@{number}@@"
        match rng.randrange(8):
            case 0 if isinstance(holder, dict):
                del holder[key]
            case 1 if isinstance(holder, dict):
                holder[mark] = holder[key]
                replaced[f'"{mark}"'] = json.dumps(key)
            case 2 | 3 | 4:
                replaced[f'"{mark}"'] = json.dumps(rng.choice(STRINGS), ensure_ascii=rng.random() < 0.5)
                holder[key] = mark
            case _:
                replaced[f'"{mark}"'] = rng.choice(VALUES)
                holder[key] = mark
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    for mark, raw in replaced.items():
        text = text.replace(mark, raw)
    return text.encode("utf-8", "surrogatepass")


def _places(said: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON value that holds another."""
    items = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
    for key, value in list(items):
        yield said, key
        yield from _places(value)


def of_zip(rng: random.Random, content: bytes) -> bytes:
    """A member made hostile, be it a database, JSON or bytes; or the zip file's own bytes changed."""
    if rng.random() < 0.2:
        return of_bytes(rng, content)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = rng.choice(old.namelist())
        for name in old.namelist():
            member = old.read(name)
            if name == chosen:
                member = of_database(rng, member) if member.startswith(b"SQLite") else of_bytes(rng, member)
            new.writestr(name, member)
    return made.getvalue()


def of_database(rng: random.Random, content: bytes) -> bytes:
    """Some fields of some rows replaced; or its bytes changed."""
    if rng.random() < 0.2:
        return of_bytes(rng, content)
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(content)
        with closing(sqlite3.connect(file.name)) as database:
            tables = [
                row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            for _ in range(rng.choice([1, 1, 3])):
                table = rng.choice([name for name in tables if not name.startswith("sqlite_")])
                rows = database.execute(f'SELECT rowid, * FROM "{table}"')
                columns = [column[0] for column in rows.description][1:]
                row, column = rng.choice(rows.fetchall() or [(0,)]), rng.choice(columns)
                was = row[1 + columns.index(column)] if len(row) > 1 else None
                value: Any = rng.choice(STRINGS)
                if isinstance(was, str) and was.startswith("{") and rng.random() < 0.8:
                    value = of_json(rng, was.encode()).decode("utf-8", "replace")
                elif rng.random() < 0.4:
                    value = rng.choice([None, -1, 0, 2**62, 0.5, b"\xff\xfe"])
                try:
                    database.execute(
                        f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?',
                        (
                            value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
                            if isinstance(value, str)
                            else value,
                            row[0],
                        ),
                    )
                except sqlite3.Error:
                    continue  # a key that stands there already
            database.commit()
        return Path(file.name).read_bytes()
