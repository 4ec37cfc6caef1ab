"""Tells a copied machine from the one that it was copied from: two must not write under one name.

What is compared is the machine's own id and the file that bears its name in the journal. A host that got
another name, a home that was moved and a backup that was restored in its place are no copies. Nor is a home
that several machines share through a network or on a stick: its file is the same one wherever it is read. A
copy of a whole disk, ids and all, cannot be told so; it is when its lines and the other's meet.
"""

from __future__ import annotations

import json
import uuid
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from studytui.store.files import failure, write_whole
from studytui.store.locations import Locations

_IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"), Path("/etc/hostid"))

_SAME = 2
"""Seconds by which the times of one file may differ: FAT keeps even seconds."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """Where a name was given, or used last."""

    machine: str
    """A fingerprint of the machine's id; empty if it has none that lasts."""
    folder: str
    """The state folder."""
    inode: int
    """Of the file with the name."""
    changed: int
    """When that file was made, or its place or rights changed, in seconds since 1970 began."""


def is_copy(locations: Locations) -> bool:
    """Whether the state folder is a copy of another machine's, or of another folder that is still in use.

    Raises:
        StudytuiError: the machine's facts cannot be kept for the next time.
    """
    now = _facts(locations)
    before = _remembered(locations.machine)
    if before == now:
        return False
    if before is not None and _parted(before, now, locations):
        return True
    remember(locations)
    return False


def remember(locations: Locations) -> None:
    """Keeps where the machine's name is used.

    Raises:
        StudytuiError: it cannot be written.
    """
    write_whole(locations.machine, json.dumps(asdict(_facts(locations))).encode() + b"\n")


def _parted(before: _Facts, now: _Facts, locations: Locations) -> bool:
    same_file = before.inode == now.inode or abs(before.changed - now.changed) <= _SAME
    if before.machine and now.machine and before.machine != now.machine:
        return not same_file
    other = Path(before.folder) / locations.device.name
    with suppress(OSError):
        return not other.samefile(locations.device) and other.read_bytes() == locations.device.read_bytes()
    return False


def _facts(locations: Locations) -> _Facts:
    try:
        about = locations.device.stat()
    except OSError as error:
        raise failure("read", locations.device, error) from error
    folder = str(locations.state.resolve())
    return _Facts(_machine(), folder, about.st_ino, int(about.st_ctime))


def _machine() -> str:
    for path in _IDS:
        with suppress(OSError):
            if told := path.read_bytes().strip():
                return _fingerprint(told)
    node = uuid.getnode()
    # A network address that is random, or given by software, is another one tomorrow.
    return "" if node >> 40 & 0b11 else _fingerprint(node.to_bytes(6))


def _fingerprint(told: bytes) -> str:
    # The id itself is to be kept to the machine: machine-id(5).
    return sha256(b"studytui\0" + told).hexdigest()[:32]


def _remembered(path: Path) -> _Facts | None:
    try:
        told = json.loads(path.read_bytes())
        return _Facts(str(told["machine"]), str(told["folder"]), int(told["inode"]), int(told["changed"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return None
